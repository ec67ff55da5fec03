"""A document as one HTML file that needs nothing else, and prints on A4 or Letter."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from html import escape

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

_STYLE = """\
body { font: 16px/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif; color: #1a1a1a; max-width: 44rem;
  margin: 2rem auto; padding: 0 1rem; }
header, footer, .quiet { color: #5c5c5c; font-size: .85rem; }
header { border-bottom: 1px solid #bbb; padding-bottom: .5rem; }
h1, h2, h3, h4 { line-height: 1.25; margin: 1.6em 0 .4em; break-after: avoid; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; } h3 { font-size: 1rem; }
h4 { font-size: .95rem; color: #5c5c5c; margin-top: 1em; }
p, li, td, th, dd { white-space: pre-line; overflow-wrap: anywhere; }
p { margin: .4em 0; } ul { margin: .4em 0; padding-left: 1.4em; }
blockquote { margin: .4em 0; padding-left: 1em; border-left: 3px solid #bbb; }
.notice { background: #f5f5f5; border-left: 3px solid #1a1a1a; padding: .6em .9em; font-weight: 600; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: start; vertical-align: top; padding: .35em .6em .35em 0; border-bottom: 1px solid #ddd; }
tr { break-inside: avoid; }
.facts th { width: 9rem; font-weight: normal; color: #5c5c5c; } .facts th, .facts td { border: 0; }
.room td { border: 1px solid #999; height: 2rem; } .across { word-spacing: .35em; }
.line { border-bottom: 1px solid #999; height: 2rem; } .page { break-after: page; }
@media print { body { max-width: none; margin: 0; padding: 0; font-size: 11pt; color: #000; }
  p { orphans: 3; widows: 3; } }
"""


def render(document: Document, *, paper: Paper = Paper.A4) -> Made:
    """The document as UTF-8 HTML without scripts, pictures or addresses."""
    size = {Paper.A4: "A4", Paper.LETTER: "letter"}[paper]
    parts = [
        f'<!DOCTYPE html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(document.title)}</title>",
        f"<style>\n{_STYLE}@page {{ size: {size}; margin: 20mm; }}\n</style>\n</head>\n<body>",
        f"<header><p>{_text(document.title)}</p>",
        *(f"<p>{_text(line)}</p>" for line in (document.about, document.made) if line),
        "</header>\n<main>",
        *_body(document.pieces),
        "</main>",
        *([f"<footer><p>{_text(document.anchor)}</p></footer>"] if document.anchor else []),
        "</body>\n</html>\n",
    ]
    return Made(data="\n".join(parts).encode())


def _body(pieces: tuple[Piece, ...]) -> Iterator[str]:
    """The pieces; items that follow each other are one list."""
    listed = False
    for piece in pieces:
        item = isinstance(piece, Paragraph) and piece.how is BlockKind.ITEM and not piece.quiet
        if item != listed:
            yield "<ul>" if item else "</ul>"
            listed = item
        yield from _html(piece)
    if listed:
        yield "</ul>"


@singledispatch
def _html(piece: Piece) -> Iterator[str]:
    raise TypeError(type(piece).__name__)


@_html.register
def _(piece: Heading) -> Iterator[str]:
    yield f'<h{piece.level} dir="auto">{_text(piece.text)}</h{piece.level}>'


@_html.register
def _(piece: Facts) -> Iterator[str]:
    yield '<table class="facts">'
    yield from (
        f'<tr><th scope="row">{_text(label)}</th><td dir="auto">{_text(value)}</td></tr>' for label, value in piece.rows
    )
    yield "</table>"


@_html.register
def _(piece: Paragraph) -> Iterator[str]:
    tag = {BlockKind.TEXT: "p", BlockKind.QUOTE: "blockquote", BlockKind.ITEM: "li"}[piece.how]
    if piece.quiet:
        yield f'<p class="quiet" dir="auto">{_text(piece.text)}</p>'
    elif piece.how is BlockKind.QUOTE:
        yield f'<blockquote><p dir="auto">{_text(piece.text)}</p></blockquote>'
    else:
        yield f'<{tag} dir="auto">{_text(piece.text)}</{tag}>'


@_html.register
def _(piece: Notice) -> Iterator[str]:
    yield f'<p class="notice" dir="auto">{_text(piece.text)}</p>'


@_html.register
def _(piece: Table) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{_text(head)}</th>' for head in piece.heads)
    room = ' class="room"' if piece.key else ""
    yield f"<table{room}>\n<thead><tr>{heads}</tr></thead>\n<tbody>"
    for row in piece.rows:
        yield "<tr>" + "".join(f'<td dir="auto">{_text(cell)}</td>' for cell in row) + "</tr>"
    yield "</tbody>\n</table>"


@_html.register
def _(piece: WritingLines) -> Iterator[str]:
    yield from _question(piece.label, piece.hint)
    if piece.value:
        yield f'<p dir="auto">{_text(piece.value)}</p>'
    else:
        yield '<div class="line"></div>' * piece.lines


@_html.register
def _(piece: Boxes) -> Iterator[str]:
    yield from _question(piece.label, piece.hint)
    if piece.across:
        boxes = " ".join(f"{'☒' if value in piece.ticked else '☐'} {label}" for value, label in piece.options)
        yield f'<p class="across">{_text(boxes)}</p>'
        return
    for value, label in piece.options:
        yield f'<p dir="auto">{"☒" if value in piece.ticked else "☐"} {_text(label)}</p>'


@_html.register
def _(piece: PageBreak) -> Iterator[str]:  # noqa: ARG001 one is like the other
    yield '<div class="page"></div>'


def _question(label: str, hint: str) -> Iterator[str]:
    yield f'<h3 dir="auto">{_text(label)}</h3>'
    if hint:
        yield f'<p class="quiet">{_text(hint)}</p>'


def _text(text: str) -> str:
    return escape(text)
