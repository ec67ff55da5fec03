"""A document as plain text, for any program and any time."""

from __future__ import annotations

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
from peernote_tui.documents.plain import WIDTH, wrapped

_UNDER = {1: "=", 2: "-"}
_FIRST = {BlockKind.TEXT: "  ", BlockKind.QUOTE: "  > ", BlockKind.ITEM: "  - "}
_ROOM = "_" * 60
"""Where something is to be written."""
_REST = {BlockKind.TEXT: "  ", BlockKind.QUOTE: "  > ", BlockKind.ITEM: "    "}


def render(document: Document, *, paper: Paper = Paper.A4) -> Made:  # noqa: ARG001 text knows no pages
    """The document as UTF-8 text with lines of at most 78 characters."""
    lines = [document.title, "=" * min(len(document.title), WIDTH)]
    lines += [line for line in (document.about, document.made, document.anchor) if line]
    for piece in document.pieces:
        lines += _lines(piece)
    return Made(data=("\n".join(lines).rstrip("\n") + "\n").encode())


@singledispatch
def _lines(piece: Piece) -> Iterator[str]:
    raise TypeError(type(piece).__name__)


@_lines.register
def _(piece: PageBreak) -> Iterator[str]:  # noqa: ARG001 one is like the other
    yield ""
    yield "-" * WIDTH


@_lines.register
def _(piece: Heading) -> Iterator[str]:
    yield ""
    yield from wrapped(piece.text, WIDTH)
    if piece.level in _UNDER:
        yield _UNDER[piece.level] * min(len(piece.text), WIDTH)


@_lines.register
def _(piece: Notice) -> Iterator[str]:
    yield ""
    yield from wrapped(f"! {piece.text}", WIDTH, rest="  ")


@_lines.register
def _(piece: Facts) -> Iterator[str]:
    yield ""
    yield from _facts(piece.rows)


@_lines.register
def _(piece: Paragraph) -> Iterator[str]:
    first, rest = ("", "") if piece.quiet else (_FIRST[piece.how], _REST[piece.how])
    yield from wrapped(piece.text, WIDTH, first=first, rest=rest)


@_lines.register
def _(piece: Table) -> Iterator[str]:
    # Each row is a block of its own: columns side by side would not fit what people write.
    for row in piece.rows:
        yield ""
        cells = tuple(zip(piece.heads, row, strict=True))
        if piece.key:
            cells = tuple((head, value or _ROOM[:40]) for head, value in cells)
        yield from _facts(tuple((head, value) for head, value in cells if value))


@_lines.register
def _(piece: WritingLines) -> Iterator[str]:
    yield from _label(piece.label, piece.hint)
    written = wrapped(piece.value, WIDTH, first="  ", rest="  ") if piece.value else []
    yield from written or [f"  {_ROOM}"] * piece.lines


@_lines.register
def _(piece: Boxes) -> Iterator[str]:
    yield from _label(piece.label, piece.hint)
    if piece.across:
        boxes = (f"[{'x' if value in piece.ticked else ' '}] {label}" for value, label in piece.options)
        yield "  " + "  ".join(boxes)
        return
    for value, label in piece.options:
        yield from wrapped(label, WIDTH, first=f"  [{'x' if value in piece.ticked else ' '}] ", rest="      ")


def _label(label: str, hint: str) -> Iterator[str]:
    yield ""
    yield from wrapped(f"{label} ({hint})" if hint else label, WIDTH)


def _facts(rows: tuple[tuple[str, str], ...]) -> Iterator[str]:
    width = max((len(label) for label, _ in rows), default=0)
    for label, value in rows:
        yield from wrapped(value, WIDTH, first=f"{label:<{width}}  ", rest=" " * (width + 2))
