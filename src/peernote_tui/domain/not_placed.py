"""Pieces of a file that were not understood where they stand: kept with the draft until somebody places them.

They stand beside what is typed, so that they are stored, rescued and erased with the draft, and count as its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from peernote_tui.domain.base import LONG_TEXT, Model, clean_text

_KEY = "not_placed"
_LONGEST = LONG_TEXT - 5_000
"""Characters of one piece; a longer one is kept as several."""


class NotPlaced(Model):
    """A piece of a file.

    Attributes:
        label: The label it stood under; empty for none.
        words: As it stands there.
        why: Why it stands in no box, in a sentence.
    """

    label: str = ""
    words: str
    why: str = ""


def not_placed(typed: Mapping[str, str]) -> tuple[NotPlaced, ...]:
    """The pieces that are not placed yet, in the order of the file, from what a draft keeps typed."""
    found = sorted((key, text) for key, text in typed.items() if key.startswith(f"{_KEY}."))
    return tuple(_read(text) for _, text in found)


def with_not_placed(typed: Mapping[str, str], pieces: Iterable[NotPlaced]) -> dict[str, str]:
    """What a draft keeps typed, with these pieces in the place of those before."""
    kept = {key: text for key, text in typed.items() if not key.startswith(f"{_KEY}.")}
    parts = [part for piece in pieces for part in _parts(piece)]
    return {**kept, **{f"{_KEY}.{number:06}": _written(part) for number, part in enumerate(parts)}}


def unplaced_warning(typed: Mapping[str, str]) -> tuple[str, ...]:
    """What to look at twice before a note is signed while pieces are not placed; nothing when all are."""
    count = sum(key.startswith(f"{_KEY}.") for key in typed)
    if not count:
        return ()
    are = "1 piece of the file is" if count == 1 else f"{count} pieces of the file are"
    return (f"{are} not placed; signing puts {'it' if count == 1 else 'them'} aside.",)


def _parts(piece: NotPlaced) -> Iterable[NotPlaced]:
    starts = range(0, max(len(piece.words), 1), _LONGEST)
    return (piece.model_copy(update={"words": piece.words[start : start + _LONGEST]}) for start in starts)


def _written(piece: NotPlaced) -> str:
    """Label and reason in a line each, then the words."""
    line = " ".join(clean_text(piece.label).split())
    why = " ".join(clean_text(piece.why).split())
    return f"{line[:2000]}\n{why[:2000]}\n{clean_text(piece.words)}"


def _read(text: str) -> NotPlaced:
    label, _, rest = text.partition("\n")
    why, _, words = rest.partition("\n")
    return NotPlaced(label=label, words=words, why=why)
