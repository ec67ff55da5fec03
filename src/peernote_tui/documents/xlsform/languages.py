"""Which of a form's languages is taken, and what it says in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from peernote_tui.documents.xlsform.report import Notes, Sheet
from peernote_tui.documents.xlsform.sheets import FormSheet, Row

_CODE = re.compile(r"(.*?)\s*\(\s*([\w-]+)\s*\)")
_TAG = re.compile(
    r"</?(?:span|br|b|i|u|p|font|strong|em|small|big|a|center|div|img|sub|sup|h[1-6])\b[^<>]{0,300}>", re.IGNORECASE
)
_MARKS = re.compile(r"\*\*|__|(?m:^\s*#{1,6}\s+)")
_STAR = re.compile(r"(?<![\w*])[*_](\S[^*_\n]*?)[*_](?![\w*])")


@dataclass
class Speech:
    """What a form says, in the language that was chosen.

    Attributes:
        language: As the form names it; empty for the columns that name none.
        languages: All there are.
        borrowed: How many texts were missing in that language and taken from another.
    """

    language: str
    languages: tuple[str, ...]
    borrowed: list[int] = field(default_factory=list)

    def text(self, row: Row, column: str) -> str:
        """A label, hint or message in one line, without marks of how it should look; empty when there is none."""
        texts = row.spoken.get(column, {})
        found = next((text for name, text in texts.items() if _same(name, self.language)), "")
        if not found and texts:
            found = texts.get("") or next(iter(texts.values()))
            if "" not in texts:
                self.borrowed.append(row.number)
        return plain_words(found)


def plain_words(text: str) -> str:
    """A text in one line without HTML tags, headings and emphasis in Markdown."""
    bare = _STAR.sub(r"\1", _MARKS.sub("", _TAG.sub(" ", text)))
    return " ".join(bare.replace("&nbsp;", " ").replace("&amp;", "&").replace("&lt;", "<").split())


def choose_language(sheets: Iterable[FormSheet], asked: str, default: str, notes: Notes) -> Speech:
    """The language that was asked for, else that of the settings, else of columns without one, else the first.

    One that is asked for and not there is a fault.
    """
    found: dict[str, str] = {}
    unnamed = False
    for sheet in sheets:
        for name in sheet.languages:
            found.setdefault(name.casefold(), name)
        unnamed = unnamed or any("" in texts for row in sheet.rows for texts in row.spoken.values())
    names = tuple(found.values())
    if asked.strip():
        chosen = _named(asked, names)
        if chosen is None:
            has = f"It has: {', '.join(names)}." if names else "It has one language only; leave this out."
            notes.fault("", 0, "The form does not have this language.", has)
        return Speech(chosen or "", names)
    if default.strip() and (chosen := _named(default, names)) is not None:
        return Speech(chosen, names)
    if unnamed or not names:
        return Speech("", names)
    if default.strip():
        notes.tell(
            0,
            f"The settings name the language {default.strip()}, which no column is in; {names[0]} was taken.",
            column="default_language",
            sheet=Sheet.SETTINGS,
        )
    return Speech(names[0], names)


def _named(asked: str, names: tuple[str, ...]) -> str | None:
    """The language that is meant by its name, its code in brackets, or a beginning that only one has."""
    wanted = asked.strip().casefold()
    for name in names:
        parts = _CODE.fullmatch(name)
        if wanted in {name.casefold(), *((parts[1].casefold(), parts[2].casefold()) if parts else ())}:
            return name
    beginning = [name for name in names if name.casefold().startswith(wanted)]
    return beginning[0] if len(beginning) == 1 else None


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
