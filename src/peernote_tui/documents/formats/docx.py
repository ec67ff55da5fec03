"""A document as DOCX: real headings and tables of two columns, which word processors and Google Docs keep."""

from __future__ import annotations

import unicodedata
import zipfile
from datetime import UTC, datetime
from functools import singledispatchmethod
from io import BytesIO

import docx
from docx.document import Document as Word
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row, CT_Tbl
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from peernote_tui.documents.document import (
    Boxes,
    Document,
    DocumentKind,
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

_SIZES = {Paper.A4: (210.0, 297.0), Paper.LETTER: (215.9, 279.4)}
_MARGIN, _LABEL = 20.0, 42.0
_ROOM, _LINE = 9.0, 6.5
"""Millimetres of a row to write into, and of each further line of it."""
_QUIET, _TOLD = 8.5, 9.5
"""Points of what is beside the matter, and of labels beside their values."""
_INSIDE = 108
"""Twentieths of a point between the edge of a cell and its words."""
_NORMAL = "Normal"
_PALE = RGBColor(0x60, 0x60, 0x60)
_STYLES = {BlockKind.TEXT: _NORMAL, BlockKind.QUOTE: "Quote", BlockKind.ITEM: "List Bullet"}
_LATER = (
    "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct",
    "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
    "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
    "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
"""What follows the borders and the ground among the properties of a paragraph (ECMA-376, 17.3.1.26)."""
_ALWAYS = (1980, 1, 1, 0, 0, 0)
"""When the parts of the file say they were made; a document says it itself."""


def render(document: Document, *, paper: Paper = Paper.A4) -> Made:
    """The document as DOCX; the same bytes for the same document."""
    page = _Page(document, paper)
    for piece in document.pieces:
        page.put(piece)
    return Made(data=page.saved())


class _Page:
    """Adds pieces from top to bottom."""

    def __init__(self, document: Document, paper: Paper) -> None:
        self._word: Word = docx.Document()
        self._is_form = document.kind is DocumentKind.FORM
        section = self._word.sections[0]
        wide, high = _SIZES[paper]
        section.page_width, section.page_height = Mm(wide), Mm(high)
        section.left_margin = section.right_margin = Mm(_MARGIN)
        section.top_margin = section.bottom_margin = Mm(_MARGIN)
        self._width = wide - 2 * _MARGIN
        self._ids: dict[str, str] = {}
        self._breaks = False
        self._style(_NORMAL, 10.5, space=4)
        for level, size, before in ((1, 16, 14), (2, 13, 10), (3, 11, 8)):
            self._style(f"Heading {level}", size, space=3, before=before)
        pale = self._style("Heading 4", 10.5, space=2, before=6)
        pale.font.italic, pale.font.color.rgb = False, _PALE
        self._style("Quote", 10.5, space=4)
        self._style("List Bullet", 10.5, space=2)
        self._properties(document)
        self._across(section.header.paragraphs[0], document.about, document.title)
        self._across(section.footer.paragraphs[0], document.anchor, "")
        self._numbered(section.footer.paragraphs[0])
        if document.made:
            self._add(document.made, quiet=True)

    def saved(self) -> bytes:
        """The bytes of the file."""
        made, same = BytesIO(), BytesIO()
        self._word.save(made)
        # The library writes the present time into the archive.
        with zipfile.ZipFile(made) as held, zipfile.ZipFile(same, "w", zipfile.ZIP_DEFLATED) as kept:
            for entry in held.infolist():
                moved = zipfile.ZipInfo(entry.filename, _ALWAYS)
                moved.compress_type = zipfile.ZIP_DEFLATED
                kept.writestr(moved, held.read(entry))
        return same.getvalue()

    @singledispatchmethod
    def put(self, piece: Piece) -> None:
        """Add a piece under what is there."""
        raise TypeError(type(piece).__name__)

    @put.register
    def _(self, piece: Heading) -> None:
        self._add(piece.text, style=f"Heading {piece.level}")

    @put.register
    def _(self, piece: Facts) -> None:
        self._table(piece.rows, (_LABEL, self._width - _LABEL), labels=True)

    @put.register
    def _(self, piece: Paragraph) -> None:
        style = _NORMAL if piece.quiet else _STYLES[piece.how]
        paragraph = self._add(piece.text, style=style, quiet=piece.quiet)
        # On a form it is what the room below it asks.
        paragraph.paragraph_format.keep_with_next = (piece.quiet and self._is_form) or None

    @put.register
    def _(self, piece: Notice) -> None:
        _set_apart(self._add(piece.text, bold=True))

    @put.register
    def _(self, piece: Table) -> None:
        widths = tuple(self._width * share for share in piece.shares)
        self._table((piece.heads, *piece.rows), widths, head=True, room=bool(piece.key))

    @put.register
    def _(self, piece: WritingLines) -> None:
        self._question(piece.label, piece.hint)
        if piece.value:
            self._add(piece.value)
        # One cell to write in: typed words grow it, and it prints as so many lines of room.
        else:
            self._table((("",),), (self._width,), room=True, high=_ROOM + (piece.lines - 1) * _LINE)

    @put.register
    def _(self, piece: Boxes) -> None:
        self._question(piece.label, piece.hint)
        if piece.across:
            boxes = (f"{'☒' if value in piece.ticked else '☐'} {label}" for value, label in piece.options)
            self._add("    ".join(boxes))
            return
        for value, label in piece.options:
            self._add(f"{'☒' if value in piece.ticked else '☐'} {label}")

    @put.register
    def _(self, piece: PageBreak) -> None:  # noqa: ARG002 one is like the other
        # A paragraph of its own would be an empty page where this one is full.
        self._breaks = True

    def _question(self, label: str, hint: str) -> None:
        self._add(label, style="Heading 3")
        if hint:
            self._add(hint, quiet=True).paragraph_format.keep_with_next = True

    def _add(self, text: str, *, style: str = _NORMAL, quiet: bool = False, bold: bool = False) -> WordParagraph:
        paragraph = self._word.add_paragraph()
        if style != _NORMAL:
            # By its name the library looks it up among all, each time: half of the time of a long document.
            paragraph._p.style = self._ids[style]  # noqa: SLF001 the library has no word for it
        if self._breaks:
            paragraph.paragraph_format.page_break_before, self._breaks = True, False
        self._fill(paragraph, text, quiet=quiet, bold=bold)
        return paragraph

    def _fill(
        self, paragraph: WordParagraph, text: str, *, quiet: bool = False, bold: bool = False, size: float = _QUIET
    ) -> None:
        run = paragraph.add_run(text)
        if quiet:
            run.font.size, run.font.color.rgb = Pt(size), _PALE
        run.bold = bold or None
        if _is_from_the_right(text):
            _from_the_right(paragraph, run)

    def _table(
        self,
        rows: tuple[tuple[str, ...], ...],
        widths: tuple[float, ...],
        *,
        labels: bool = False,
        head: bool = False,
        room: bool = False,
        high: float = _ROOM,
    ) -> None:
        if not rows:
            return
        if self._breaks:
            self._add("")
        table = self._word.add_table(rows=len(rows), cols=len(widths))
        _ruled(table._tbl, none=labels, sides=room)  # noqa: SLF001 the library has no word for it
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        cells = table._cells  # noqa: SLF001 asking for each cell anew takes a second per hundred rows
        for place, cell in enumerate(cells):
            row, column = divmod(place, len(widths))
            cell.width = Mm(widths[column])
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
            # Room to write stays with its question.
            cell.paragraphs[0].paragraph_format.keep_with_next = (room and row + 1 < len(rows)) or None
            quiet = labels and column == 0
            self._fill(cell.paragraphs[0], rows[row][column], bold=head and row == 0, quiet=quiet, size=_TOLD)
        for row in () if labels else list(table.rows)[head:]:
            if room:
                row.height, row.height_rule = Mm(high), WD_ROW_HEIGHT_RULE.AT_LEAST
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 the library has no word for it
        if head:
            _repeats(table.rows[0]._tr)  # noqa: SLF001 the library has no word for it
        after = self._word.add_paragraph().paragraph_format
        after.space_after, after.line_spacing = Pt(0), Pt(6)

    def _style(self, name: str, size: float, *, space: float, before: float = 0) -> ParagraphStyle:
        style = self._word.styles[name]
        if not isinstance(style, ParagraphStyle):
            raise TypeError(name)
        style.font.name, style.font.size = "Calibri", Pt(size)
        style.font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
        style.paragraph_format.space_after, style.paragraph_format.space_before = Pt(space), Pt(before)
        self._ids[name] = style.style_id
        return style

    def _properties(self, document: Document) -> None:
        told = self._word.core_properties
        told.title, told.author, told.comments, told.language = document.title, "PeerNote", "", document.language
        told.created = told.modified = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
        told.last_modified_by, told.revision = "PeerNote", 1
        for spoken in self._word.styles.element.iter(qn("w:lang")):
            spoken.set(qn("w:val"), document.language)

    def _across(self, paragraph: WordParagraph, left: str, right: str) -> None:
        paragraph.style = self._word.styles[_NORMAL]
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(self._width), WD_TAB_ALIGNMENT.RIGHT)
        self._fill(paragraph, f"{left}\t{right}", quiet=True)

    def _numbered(self, paragraph: WordParagraph) -> None:
        for text, field in (("", "PAGE"), (" of ", "NUMPAGES")):
            if text:
                self._fill(paragraph, text, quiet=True)
            for kind, words in (("begin", ""), ("", field), ("separate", ""), ("shown", "1"), ("end", "")):
                run = paragraph.add_run(words if kind == "shown" else "")
                run.font.size, run.font.color.rgb = Pt(_QUIET), _PALE
                if kind != "shown":
                    run._r.append(_field(kind, words))  # noqa: SLF001 the library has no word for it


def _field(kind: str, words: str) -> BaseOxmlElement:
    if kind:
        element = OxmlElement("w:fldChar")
        element.set(qn("w:fldCharType"), kind)
        return element
    element = OxmlElement("w:instrText")
    element.text = words
    return element


def _ruled(table: CT_Tbl, *, none: bool, sides: bool) -> None:
    """Give a table a pale line under each row, and around each cell where it has `sides`; it begins at the margin.

    The order of its properties is that of the schema (ECMA-376, 17.4.59), which some programs insist on.
    """
    edges = ("top", "left", "bottom", "right", "insideH", "insideV") if sides else ("top", "bottom", "insideH")
    borders = OxmlElement("w:tblBorders")
    for edge in () if none else edges:
        borders.append(_line(edge, 4, 0, "C8C8C8"))
    indent, inside = OxmlElement("w:tblInd"), OxmlElement("w:tblCellMar")
    left = OxmlElement("w:left")
    for element, width in ((indent, _INSIDE if sides else 0), (left, _INSIDE if sides else 0)):
        element.set(qn("w:w"), str(width))
        element.set(qn("w:type"), "dxa")
    inside.append(left)
    look = table.tblPr.find(qn("w:tblLook"))
    for element in (indent, borders, inside):
        look.addprevious(element)


def _line(edge: str, size: int, space: int, color: str) -> BaseOxmlElement:
    line = OxmlElement(f"w:{edge}")
    for name, value in (("val", "single"), ("sz", str(size)), ("space", str(space)), ("color", color)):
        line.set(qn(f"w:{name}"), value)
    return line


def _set_apart(paragraph: WordParagraph) -> None:
    """Give a notice a bar at its side and a pale ground, so that it is seen in black and white, too."""
    borders, ground = OxmlElement("w:pBdr"), OxmlElement("w:shd")
    borders.append(_line("left", 24, 8, "1A1A1A"))
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "F5F5F5")):
        ground.set(qn(f"w:{name}"), value)
    format_ = paragraph.paragraph_format
    format_.keep_together, format_.left_indent, format_.space_before = True, Mm(4), Pt(4)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 the library has no word for it
    for element in (borders, ground):
        properties.insert_element_before(element, *_LATER)


def _repeats(row: CT_Row) -> None:
    """Let a row stand at the head of every page its table reaches."""
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _is_from_the_right(text: str) -> bool:
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def _from_the_right(paragraph: WordParagraph, run: Run) -> None:
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 the library has no word for it
    properties.insert_element_before(OxmlElement("w:bidi"), *_LATER[_LATER.index("w:bidi") + 1 :])
    run.font.rtl = True
