"""Plain text: a filled form of ours, or labels with words behind or under them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from peernote_tui.documents.people.encodings import decode
from peernote_tui.documents.people.table import PeopleFileError
from peernote_tui.documents.plain import WIDTH
from peernote_tui.documents.readers.form import FilledForm, FormFileError, Line, LineKind
from peernote_tui.domain.base import clean_text

_UNDERLINE = re.compile(r"([=-])\1{2,}")
_BEGINS_ANEW = re.compile(r"\s*(?:[-*•>]\s|\d+[.)]\s|\[[ xX]?\]|[☐☒☑✓✔])")


def decoded(data: bytes) -> str:
    """The text of a file in whatever encoding can be told.

    Raises:
        FormFileError: It is no text, or its encoding cannot be told.
    """
    try:
        text = decode(data).text
    except PeopleFileError:
        raise FormFileError(
            "This is neither a document, nor a PDF, nor a text whose letters can be told.",
            "Save it as .docx, or as text in UTF-8.",
        ) from None
    return clean_text(text)


def read_text(text: str) -> FilledForm:
    """The lines of a text; what is underlined is a heading, what is indented stands within."""
    return FilledForm("text", tuple(_lines(text.split("\n"))))


def _lines(lines: list[str]) -> Iterator[Line]:
    held: Line | None = None
    last = ""
    for number, raw in enumerate(lines):
        line = raw.rstrip()
        after = lines[number + 1].strip() if number + 1 < len(lines) else ""
        inside = line[:1] in {" ", "\t"}
        if _UNDERLINE.fullmatch(line.strip()):
            continue
        if held is not None and held.kind is LineKind.TEXT and held.inside is inside and goes_on(last, line):
            held = Line(LineKind.TEXT, f"{held.text} {line.strip()}", inside=inside)
            last = line
            continue
        if held is not None:
            yield held
        is_heading = bool(line and not inside and _UNDERLINE.fullmatch(after))
        held = Line(LineKind.HEADING if is_heading else LineKind.TEXT, line.strip(), inside=inside)
        last = line
    if held is not None:
        yield held


def goes_on(before: str, line: str, *, width: int = WIDTH) -> bool:
    """Whether a line was broken off only because the next word did not fit into the width of the text."""
    words = line.split(maxsplit=1)
    if not before.strip() or not words or _BEGINS_ANEW.match(line):
        return False
    return len(before) <= width < len(before) + 1 + len(words[0])
