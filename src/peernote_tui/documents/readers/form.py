"""A filled form as every reader gives it: its lines in their order, nothing left out, and nothing understood yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from peernote_tui.domain.errors import InvalidInputError

LARGEST_FILE = 32 * 1024 * 1024
"""Bytes; a file beyond this is no filled form."""
MOST_TEXT = 2_000_000
"""Characters of all lines together; a note of ten answers, each as long as a field takes, is no longer."""
MOST_LINES = 10_000


class FormFileError(InvalidInputError):
    """A file cannot be read as a filled form: why, and the way out."""

    def __init__(self, sentence: str, way_out: str = "") -> None:
        super().__init__(sentence, way_out, field="file")


class LineKind(Enum):
    """What a line of a form is."""

    HEADING = "heading"
    TEXT = "text"
    ROW = "row"
    """A row of a table, or what a field of a PDF form holds."""
    EDGE = "edge"
    """What stands at the edge of the page, in a footnote or a remark."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a form.

    Attributes:
        kind: What it is.
        text: Its words; of a row its first cell.
        cells: The further cells of a row.
        inside: Whether it stands within something: indented, or in a box. So it is no label.
        key: The key of the field it answers, where the file itself says that.
        ticked: By the value or label of each box that the file itself tells apart, whether it is ticked.
    """

    kind: LineKind
    text: str
    cells: tuple[str, ...] = ()
    inside: bool = False
    key: str = ""
    ticked: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What a file holds.

    Attributes:
        kind: What sort of file it is: "Word", "text", "Markdown", "PDF".
        lines: From top to bottom.
        marked: Whether labels are told apart from words by the file itself, as headings or cells of a table.
    """

    kind: str
    lines: tuple[Line, ...]
    marked: bool = False


STAMP = re.compile(r"\bform [a-z0-9][a-z0-9_-]{0,59} \d{1,6}\b")
"""What a form of ours says at its foot: which version of which template it is."""


def stamp(form: FilledForm) -> tuple[str, int] | None:
    """The template and version that a form says it is of, as it is printed: "form peer-support 1"; None for none."""
    for line in reversed(form.lines):
        for text in (line.text, *line.cells):
            if found := STAMP.search(text):
                _, template, version = found[0].split()
                return template, int(version)
    return None


def require_short(length: int, lines: int) -> None:
    """Refuse what is far too long for a form, before more is made of it.

    Args:
        length: Characters.
        lines: Lines.

    Raises:
        FormFileError: It is.
    """
    if length > MOST_TEXT or lines > MOST_LINES:
        raise FormFileError(
            "This file holds more words than a filled form does.", "Is it the right file? Split it, one note a file."
        )


def checked(form: FilledForm) -> FilledForm:
    """The form, unless it is empty or far too long for one.

    Raises:
        FormFileError: It is.
    """
    require_short(sum(len(line.text) + sum(map(len, line.cells)) for line in form.lines), len(form.lines))
    if not any(line.text.strip() or any(line.cells) or line.ticked for line in form.lines):
        raise FormFileError("There is nothing written in this file.", "Save it once more in the program it comes from.")
    return form
