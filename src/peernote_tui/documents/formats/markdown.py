"""A document as Markdown (CommonMark, with the tables of GitHub's dialect)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import singledispatch

from peernote_tui.documents.document import (
    Boxes,
    Document,
    Facts,
    Heading,
    Made,
    Notice,
    PageBreak,
    Paper,
    Paragraph,
    Piece,
    Table,
    WritingLines,
)
from peernote_tui.documents.note_document import BlockKind

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$])")
_AT_START = re.compile(r"^(\s*)([-+=>]|\d{1,9}(?=[.)]))")
_ENTITY = re.compile(r"&(?=#?\w+;)")


def render(document: Document, *, paper: Paper = Paper.A4) -> Made:  # noqa: ARG001 Markdown knows no pages
    """The document as UTF-8 Markdown; what was written stands there as it was, whatever it would mean."""
    lines = [f"# {_text(document.title)}"]
    for line in (document.about, document.made, document.anchor):
        if line:
            lines += ["", _text(line)]
    for piece in document.pieces:
        lines += ["", *_markdown(piece)]
    return Made(data=("\n".join(lines).rstrip("\n") + "\n").encode())


@singledispatch
def _markdown(piece: Piece) -> Iterator[str]:
    raise TypeError(type(piece).__name__)


@_markdown.register
def _(piece: Heading) -> Iterator[str]:
    # The document's own title is the first level.
    yield f"{'#' * (piece.level + 1)} {_line(piece.text)}"


@_markdown.register
def _(piece: Facts) -> Iterator[str]:
    yield from _table(("", ""), piece.rows)


@_markdown.register
def _(piece: Paragraph) -> Iterator[str]:
    first, rest = {BlockKind.TEXT: ("", ""), BlockKind.QUOTE: ("> ", "> "), BlockKind.ITEM: ("- ", "  ")}[piece.how]
    yield from _paragraph(piece.text, first, rest)


@_markdown.register
def _(piece: Notice) -> Iterator[str]:
    yield f"**{_line(piece.text)}**"


@_markdown.register
def _(piece: Table) -> Iterator[str]:
    yield from _table(piece.heads, piece.rows)


@_markdown.register
def _(piece: WritingLines) -> Iterator[str]:
    yield from _question(piece.label, piece.hint)
    if piece.value:
        yield from _paragraph(piece.value)
    else:
        yield "\\\n".join([r"\_" * 40] * piece.lines)


@_markdown.register
def _(piece: Boxes) -> Iterator[str]:
    yield from _question(piece.label, piece.hint)
    if piece.across:
        yield " ".join(f"{'☒' if value in piece.ticked else '☐'} {_line(label)}" for value, label in piece.options)
        return
    for value, label in piece.options:
        yield f"- [{'x' if value in piece.ticked else ' '}] {_line(label)}"


@_markdown.register
def _(piece: PageBreak) -> Iterator[str]:  # noqa: ARG001 one is like the other
    yield "---"


def _question(label: str, hint: str) -> Iterator[str]:
    yield f"#### {_line(label)}"
    yield ""
    if hint:
        yield from (f"*{_line(hint)}*", "")


def _table(heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    yield f"| {' | '.join(_cell(head) for head in heads)} |"
    yield f"|{'---|' * len(heads)}"
    yield from (f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows)


def _paragraph(text: str, first: str = "", rest: str = "") -> Iterator[str]:
    """Line ends within a paragraph are kept: a backslash at the end of a line is a break."""
    lines = _text(text).split("\n")
    for number, line in enumerate(lines):
        begin = rest if number else first
        end = "\\" if number + 1 < len(lines) and line.strip() and lines[number + 1].strip() else ""
        yield f"{begin}{line}{end}".rstrip(" ")


def _cell(text: str) -> str:
    return "<br>".join(_text(text).split("\n"))


def _line(text: str) -> str:
    return " ".join(_text(text).split())


def _text(text: str) -> str:
    """Text that means nothing but itself."""
    told = _ENTITY.sub(r"\\&", _SPECIAL.sub(r"\\\1", text))
    # Four spaces at the beginning of a line would make it code.
    return "\n".join(_AT_START.sub(r"\1\\\2", line.lstrip(" \t")) for line in told.split("\n"))
