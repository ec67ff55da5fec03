"""Word documents (.docx), as Word, LibreOffice, Google Docs and pandoc write them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from peernote_tui.documents.readers.form import FilledForm, Line, LineKind
from peernote_tui.documents.readers.parts import Parts, attribute, child, damaged, local, require_shallow
from peernote_tui.domain.base import clean_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DOCUMENT = "word/document.xml"
_TRANSPARENT = frozenset(
    {"sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo"}
)
_GONE = frozenset({"del", "moveFrom", "Fallback", "pPr", "rPr", "instrText", "delText", "sdtPr"})
_SIGNS = {"t": "", "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SYMBOLS = {"F0FE": "☒", "F0FD": "☒", "F052": "☒", "F053": "☒", "F0A8": "☐", "F06F": "☐", "F0A3": "☐", "F0FC": "☒"}
"""Signs of the fonts Wingdings and Wingdings 2 that stand for boxes."""
_OFF = frozenset({"0", "false", "off", "none"})
_EDGES = ("word/header", "word/footer", "word/footnotes", "word/endnotes", "word/comments")
_UNREAD = ("Extended", "Extensible", "Ids")
_BODY_TEXT = 9
"""The outline level of what is no heading."""


def read_docx(data: bytes) -> FilledForm:
    """The lines of a document: headings, paragraphs, rows of tables, and what stands at the edges of its pages.

    What was deleted while changes were tracked is not there; what was inserted is.

    Raises:
        FormFileError: It is no Word document, is locked, damaged or a trap.
    """
    parts = Parts(data)
    root = parts.tree(_main(parts))
    require_shallow(root)
    body = child(root, "body")
    if body is None:
        raise damaged()
    styles = _Styles(parts.tree("word/styles.xml") if "word/styles.xml" in parts.names else None)
    lines = [*_blocks(body, styles), *_edges(parts, styles)]
    return FilledForm("Word", tuple(lines), marked=True)


def _main(parts: Parts) -> str:
    """Where the document itself stands, which is not the same in every program."""
    if _DOCUMENT in parts.names:
        return _DOCUMENT
    found = (name for name in sorted(parts.names) if name.startswith("word/document") and name.endswith(".xml"))
    name = next(found, "")
    if not name:
        raise damaged()
    return name


class _Styles:
    """Which styles are headings and lists.

    Args:
        root: The part with the styles; None where the document has none.
    """

    def __init__(self, root: Element | None) -> None:
        self._headings: set[str] = set()
        self._lists: set[str] = set()
        for style in () if root is None else root:
            if local(style) != "style":
                continue
            named = child(style, "name")
            # The names of built-in styles are English in every language.
            name = "" if named is None else attribute(named, "val").lower()
            if name.startswith(("heading", "title", "subtitle")) or _outlined(child(style, "pPr")):
                self._headings.add(attribute(style, "styleId"))
            elif name.startswith("list"):
                self._lists.add(attribute(style, "styleId"))

    def is_heading(self, paragraph: Element) -> bool:
        """Whether a paragraph is a heading."""
        return self._style(paragraph) in self._headings or _outlined(child(paragraph, "pPr"))

    def is_item(self, paragraph: Element) -> bool:
        """Whether a paragraph is an item of a list."""
        return self._style(paragraph) in self._lists or child(child(paragraph, "pPr"), "numPr") is not None

    @staticmethod
    def _style(paragraph: Element) -> str:
        style = child(child(paragraph, "pPr"), "pStyle")
        return "" if style is None else attribute(style, "val")


def _outlined(properties: Element | None) -> bool:
    level = child(properties, "outlineLvl")
    value = "" if level is None else attribute(level, "val")
    return value.isascii() and value.isdigit() and int(value[:3]) < _BODY_TEXT


def _blocks(parent: Element, styles: _Styles, *, inside: bool = False) -> Iterator[Line]:
    for element in parent:
        name = local(element)
        if name == "p":
            yield from _paragraph(element, styles, inside=inside)
        elif name == "tbl":
            yield from _table(element, styles)
        elif name in _TRANSPARENT or name in {"AlternateContent", "Choice"}:
            yield from _blocks(element, styles, inside=inside)


def _paragraph(element: Element, styles: _Styles, *, inside: bool) -> Iterator[Line]:
    boxes: list[Element] = []
    text = clean_text("".join(_texts(element, boxes))).strip("\n ")
    if styles.is_heading(element) and not inside:
        if text.strip():
            yield Line(LineKind.HEADING, " ".join(text.split()))
    else:
        marked = f"- {text}" if text and styles.is_item(element) else text
        for line in marked.split("\n"):
            yield Line(LineKind.TEXT, line, inside=inside)
    for box in boxes:
        yield from _blocks(box, styles, inside=True)


def _texts(element: Element, boxes: list[Element]) -> Iterator[str]:
    for each in element:
        name = local(each)
        if name in _GONE:
            continue
        if name == "txbxContent":
            # A box of text hangs on a paragraph and is none of its words.
            boxes.append(each)
        elif name == "sym":
            yield _SYMBOLS.get(attribute(each, "char").upper(), "?")
        elif name == "fldChar":
            yield _old_box(each)
        elif name in _SIGNS:
            yield (each.text or "") + _SIGNS[name]
        else:
            yield from _texts(each, boxes)


def _old_box(element: Element) -> str:
    """The box of a form field as Word had them before 2007; empty for every other field."""
    box = child(child(element, "ffData"), "checkBox")
    if box is None:
        return ""
    found = child(box, "checked")
    state = child(box, "default") if found is None else found
    ticked = state is not None and attribute(state, "val").lower() not in _OFF
    return "☒ " if ticked else "☐ "


def _table(table: Element, styles: _Styles) -> Iterator[Line]:
    for row in _within(table, "tr"):
        cells = [list(_blocks(cell, styles, inside=True)) for cell in _within(row, "tc")]
        if len(cells) == 1:
            yield from cells[0]
        elif cells:
            first, *others = [_words(cell) for cell in cells]
            yield Line(LineKind.ROW, first, tuple(others))


def _within(parent: Element, wanted: str) -> Iterator[Element]:
    for element in parent:
        name = local(element)
        if name == wanted:
            yield element
        elif name in _TRANSPARENT:
            yield from _within(element, wanted)


def _words(lines: list[Line]) -> str:
    """What stands in a cell, tables within it line by line."""
    return "\n".join("  ".join(filter(None, (line.text, *line.cells))) for line in lines).strip()


def _edges(parts: Parts, styles: _Styles) -> Iterator[Line]:
    for name in sorted(parts.names):
        if name.startswith(_EDGES) and name.endswith(".xml") and not name.removesuffix(".xml").endswith(_UNREAD):
            root = parts.tree(name)
            require_shallow(root)
            # Notes and remarks stand in elements of their own.
            for parent in (root, *root):
                for line in _blocks(parent, styles):
                    if text := "  ".join(filter(None, (line.text.strip(), *line.cells))):
                        yield Line(LineKind.EDGE, text)
