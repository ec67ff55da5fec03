"""Who does it: "@me", "@Anna", or @ and a name in quotes."""

from __future__ import annotations

import re

from peernote_tui.domain.action_line.line import Reading
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.names import LONGEST_NAME, first_name, fold
from peernote_tui.domain.owner import Owner

_OWNER = re.compile(r"@([^\W\d_][\w.'’-]*?)[.,;:!?]*")
_QUOTED = re.compile(r'@"([^"]*[^"\s][^"]*)"[.,;:!?]*')
_OWNER_WORDS = {
    "me": Owner.ME, "myself": Owner.ME, "both": Owner.BOTH, "us": Owner.BOTH, "we": Owner.BOTH,
    "her": Owner.PARTICIPANT, "him": Owner.PARTICIPANT, "them": Owner.PARTICIPANT, "she": Owner.PARTICIPANT,
    "he": Owner.PARTICIPANT, "they": Owner.PARTICIPANT, "participant": Owner.PARTICIPANT,
}  # fmt: skip
DAY_WORDS_AND_NAMES = frozenset({"sun", "sat", "wed", "weds", "mon"})


def name_at(word: str) -> str:
    """The name that a word with an @ holds; empty when it is no owner."""
    if quoted := _QUOTED.fullmatch(word):
        return " ".join(quoted[1].split())
    match = _OWNER.fullmatch(word)
    return "" if match is None or match[1].endswith(("'s", "’s")) else match[1]


def owner_place(words: list[str]) -> int | None:
    """Where the owner stands.

    Raises:
        InvalidInputError: Two are named.
    """
    places = [index for index, word in enumerate(words) if name_at(word)]
    if len({(fold(name_at(words[index])), words[index].startswith('@"')) for index in places}) > 1:
        raise InvalidInputError("Two people stand after @.", "Name one, or write @both for the participant and you.")
    return places[-1] if places else None


def read_owner(word: str, participant_name: str, reading: Reading) -> tuple[Owner, str]:
    """Who is meant, with the name when it is someone else; a name in quotes always is.

    Raises:
        InvalidInputError: It is a day, or too long.
    """
    name = name_at(word)
    folded = fold(name)
    quoted = word.startswith('@"')
    if not quoted and participant_name.strip() and folded == fold(first_name(participant_name)):
        return Owner.PARTICIPANT, ""
    if not quoted and folded in _OWNER_WORDS:
        return _OWNER_WORDS[folded], ""
    if not quoted and folded not in DAY_WORDS_AND_NAMES and reading.days([name]):
        raise InvalidInputError("After @ comes who does it, not when.", "For example: call housing office @me fri")
    if len(name) > LONGEST_NAME:
        raise InvalidInputError(
            f"The name after @ is longer than {LONGEST_NAME} characters.", "Use a shorter form of it."
        )
    return Owner.OTHER, name
