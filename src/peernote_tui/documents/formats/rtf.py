"""A document as RTF 1.9.1, for those who ask for a DOC: every word processor since 1995 opens it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import singledispatch
from itertools import accumulate

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

_TWIPS = {Paper.A4: (11906, 16838), Paper.LETTER: (12240, 15840)}
_MARGIN = 1134
_LABEL, _ROOM = 2400, 560
_STYLES = (
    r"{\stylesheet{\s0\f0\fs21 Normal;}{\s1\outlinelevel0\f0\b\fs32 heading 1;}"
    r"{\s2\outlinelevel1\f0\b\fs26 heading 2;}{\s3\outlinelevel2\f0\b\fs22 heading 3;}"
    r"{\s4\outlinelevel3\f0\b\fs20 heading 4;}}"
)
_NUMBER = r"{\field{\*\fldinst PAGE}{\fldrslt 1}} of {\field{\*\fldinst NUMPAGES}{\fldrslt 1}}"
_HEADS = {1: (32, 320), 2: (26, 240), 3: (22, 160), 4: (20, 100)}
"""Half-points and twips before, by the level of a heading."""


def render(document: Document, *, paper: Paper = Paper.A4) -> Made:
    """The document as RTF in ASCII; other letters are written as their numbers."""
    wide, high = _TWIPS[paper]
    width = wide - 2 * _MARGIN
    across = rf"\pard\tqr\tx{width}\f0\fs17\cf2 "
    lines = [
        r"{\rtf1\ansi\ansicpg1252\deff0\uc1",
        r"{\fonttbl{\f0\fswiss\fcharset0 Calibri;}{\f1\fswiss\fcharset0 Arial;}}",
        r"{\colortbl;\red26\green26\blue26;\red92\green92\blue92;\red160\green160\blue160;}",
        _STYLES,
        rf"{{\info{{\title {_text(document.title)}}}}}",
        rf"\paperw{wide}\paperh{high}\margl{_MARGIN}\margr{_MARGIN}\margt{_MARGIN}\margb{_MARGIN}",
        rf"{{\header{across}{_text(document.about)}\tab {_text(document.title)}\par}}",
        rf"{{\footer{across}{_text(document.anchor)}\tab {_NUMBER}\par}}",
    ]
    if document.made:
        lines.append(rf"\pard\f0\fs17\cf2 {_text(document.made)}\par")
    for piece in document.pieces:
        lines += _rtf(piece, width)
    return Made(data=("\r\n".join([*lines, "}"]) + "\r\n").encode("ascii"))


@singledispatch
def _rtf(piece: Piece, width: int) -> Iterator[str]:
    raise TypeError(type(piece).__name__, width)


@_rtf.register
def _(piece: Heading, width: int) -> Iterator[str]:  # noqa: ARG001 as wide as the page
    size, before = _HEADS[piece.level]
    style = rf"\s{piece.level}\outlinelevel{piece.level - 1}\keepn\sb{before}\sa80\f0\b\fs{size}\cf1"
    yield rf"{_begin(piece.text)}{style} {_text(piece.text)}\b0\par"


@_rtf.register
def _(piece: Facts, width: int) -> Iterator[str]:
    for row in piece.rows:
        yield from _row(row, (_LABEL, width), ruled=False)
    yield r"\pard\fs8\par"


@_rtf.register
def _(piece: Paragraph, width: int) -> Iterator[str]:  # noqa: ARG001 as wide as the page
    if piece.quiet:
        yield rf"{_begin(piece.text)}\sa40\f0\fs17\cf2 {_text(piece.text)}\par"
    elif piece.how is BlockKind.ITEM:
        yield rf"{_begin(piece.text)}\fi-280\li560\sa40\f0\fs21\cf1 \'95\tab {_text(piece.text)}\par"
    elif piece.how is BlockKind.QUOTE:
        yield rf"{_begin(piece.text)}\li560\brdrl\brdrs\brdrw20\brsp120\sa80\f0\fs21\cf1 {_text(piece.text)}\par"
    else:
        yield rf"{_begin(piece.text)}\sa100\f0\fs21\cf1 {_text(piece.text)}\par"


@_rtf.register
def _(piece: Notice, width: int) -> Iterator[str]:  # noqa: ARG001 as wide as the page
    yield rf"{_begin(piece.text)}\box\brdrs\brdrw10\brsp80\sa160\f0\b\fs21\cf1 {_text(piece.text)}\b0\par"


@_rtf.register
def _(piece: Table, width: int) -> Iterator[str]:
    edges = tuple(int(width * share) for share in accumulate(piece.shares))
    yield from _row(piece.heads, edges, head=True)
    for row in piece.rows:
        yield from _row(row, edges, room=bool(piece.key))
    yield r"\pard\fs8\par"


@_rtf.register
def _(piece: WritingLines, width: int) -> Iterator[str]:
    yield from _question(piece.label, piece.hint)
    if piece.value:
        yield from _rtf(Paragraph(text=piece.value), width)
        return
    yield from [r"\pard\sb240\brdrb\brdrs\brdrw10\f0\fs21  \par"] * piece.lines


@_rtf.register
def _(piece: Boxes, width: int) -> Iterator[str]:  # noqa: ARG001 as wide as the page
    yield from _question(piece.label, piece.hint)
    if piece.across:
        boxes = "   ".join(f"{'☒' if value in piece.ticked else '☐'} {label}" for value, label in piece.options)
        yield rf"\pard\li280\sa40\f0\fs21\cf1 {_text(boxes)}\par"
        return
    for value, label in piece.options:
        box = "☒" if value in piece.ticked else "☐"
        yield rf"\pard\li280\sa40\f0\fs21\cf1 {_text(f'{box}  {label}')}\par"


@_rtf.register
def _(piece: PageBreak, width: int) -> Iterator[str]:  # noqa: ARG001 one is like the other
    yield r"\page"


def _question(label: str, hint: str) -> Iterator[str]:
    # A heading, so that a form which is saved as DOCX still tells its questions from what was answered.
    yield rf"\pard\s3\outlinelevel2\keepn\sb160\sa40\f0\b\fs21\cf1 {_text(label)}\b0\par"
    if hint:
        yield rf"\pard\keepn\sa40\f0\fs17\cf2 {_text(hint)}\par"


def _row(
    cells: tuple[str, ...], edges: tuple[int, ...], *, head: bool = False, ruled: bool = True, room: bool = False
) -> Iterator[str]:
    """A row of a table; `room` to write in it stands between lines on all sides, and is high enough for a hand."""
    sides = "tlbr" if room else "b"
    rule = "".join(rf"\clbrdr{side}\brdrs\brdrw5\brdrcf3" for side in sides) if ruled else ""
    repeated = (r"\trhdr" if head else "") + (rf"\trrh{_ROOM}" if room else "")
    yield rf"\trowd\trkeep\trgaph80{repeated}" + "".join(rf"{rule}\cellx{edge}" for edge in edges)
    bold = (r"\b ", r"\b0") if head else ("", "")
    for cell in cells:
        yield rf"{_begin(cell)}\intbl\sb40\sa40\f0\fs20\cf1 {bold[0]}{_text(cell)}{bold[1]}\cell"
    yield r"\row"


def _begin(text: str) -> str:
    """How a paragraph begins: on the side of its first letter with a direction."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"R", "AL"}:
            return r"\pard\rtlpar\qr"
        if direction == "L":
            break
    return r"\pard"


def _text(text: str) -> str:
    return "".join(_sign(character) for character in text)


def _sign(character: str) -> str:
    if character in "\\{}":
        return "\\" + character
    if character == "\n":
        return "\\line "
    if character == "\t":
        return "\\tab "
    if " " <= character <= "~":
        return character
    # Sixteen bits at a time, signed; the question mark (3f) is for readers that know no Unicode.
    units = character.encode("utf-16-le")
    numbers = (int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2))
    return "".join(f"\\u{number}\\'3f" for number in numbers)
