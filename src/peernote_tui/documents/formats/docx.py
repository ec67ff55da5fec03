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
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT
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
_MARGIN, _LABEL, _ROOM = 20.0, 42.0, 9.0
_PALE = RGBColor(0x60, 0x60, 0x60)
_STYLES = {BlockKind.TEXT: "Normal", BlockKind.QUOTE: "Quote", BlockKind.ITEM: "List Bullet"}
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
        self._style("Normal", 10.5, space=4)
        for level, size in ((1, 16), (2, 13), (3, 11)):
            self._style(f"Heading {level}", size, space=3, before=(14, 10, 8)[level - 1])
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
        style = "Normal" if piece.quiet else _STYLES[piece.how]
        paragraph = self._add(piece.text, style=style, quiet=piece.quiet)
        # On a form it is what the room below it asks.
        paragraph.paragraph_format.keep_with_next = (piece.quiet and self._is_form) or None

    @put.register
    def _(self, piece: Notice) -> None:
        self._add(piece.text, bold=True)

    @put.register
    def _(self, piece: Table) -> None:
        widths = tuple(self._width * share for share in piece.shares)
        self._table((piece.heads, *piece.rows), widths, head=True, room=bool(piece.key))

    @put.register
    def _(self, piece: WritingLines) -> None:
        self._question(piece.label, piece.hint)
        if piece.value:
            self._add(piece.value)
        # One cell to write in: typed words grow it, and it prints as lines of room.
        else:
            self._table((("\n" * (piece.lines - 1),),), (self._width,), room=True)

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
        self._word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _question(self, label: str, hint: str) -> None:
        self._add(label, style="Heading 3")
        if hint:
            self._add(hint, quiet=True).paragraph_format.keep_with_next = True

    def _add(self, text: str, *, style: str = "Normal", quiet: bool = False, bold: bool = False) -> WordParagraph:
        paragraph = self._word.add_paragraph(style=style)
        self._fill(paragraph, text, quiet=quiet, bold=bold)
        return paragraph

    def _fill(self, paragraph: WordParagraph, text: str, *, quiet: bool = False, bold: bool = False) -> None:
        run = paragraph.add_run(text)
        if quiet:
            run.font.size, run.font.color.rgb = Pt(8.5), _PALE
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
    ) -> None:
        if not rows:
            return
        table = self._word.add_table(rows=len(rows), cols=len(widths))
        _ruled(table._tbl, sides=room)  # noqa: SLF001 the library has no word for it
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
            self._fill(cell.paragraphs[0], rows[row][column], bold=head and row == 0, quiet=quiet)
        for row in list(table.rows)[head:] if room else ():
            row.height, row.height_rule = Mm(_ROOM), WD_ROW_HEIGHT_RULE.AT_LEAST
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 the library has no word for it
        if head:
            _repeats(table.rows[0]._tr)  # noqa: SLF001 the library has no word for it
        self._word.add_paragraph().paragraph_format.space_after = Pt(0)

    def _style(self, name: str, size: float, *, space: float, before: float = 0) -> None:
        style = self._word.styles[name]
        if not isinstance(style, ParagraphStyle):
            raise TypeError(name)
        style.font.name, style.font.size = "Calibri", Pt(size)
        style.font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
        style.paragraph_format.space_after, style.paragraph_format.space_before = Pt(space), Pt(before)

    def _properties(self, document: Document) -> None:
        told = self._word.core_properties
        told.title, told.author, told.comments, told.language = document.title, "PeerNote", "", document.language
        told.created = told.modified = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
        told.last_modified_by, told.revision = "PeerNote", 1

    def _across(self, paragraph: WordParagraph, left: str, right: str) -> None:
        paragraph.style = self._word.styles["Normal"]
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(self._width), WD_TAB_ALIGNMENT.RIGHT)
        self._fill(paragraph, f"{left}\t{right}", quiet=True)

    def _numbered(self, paragraph: WordParagraph) -> None:
        for text, field in (("", "PAGE"), (" of ", "NUMPAGES")):
            if text:
                self._fill(paragraph, text, quiet=True)
            for kind, words in (("begin", ""), ("", field), ("separate", ""), ("shown", "1"), ("end", "")):
                run = paragraph.add_run(words if kind == "shown" else "")
                run.font.size, run.font.color.rgb = Pt(8.5), _PALE
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


def _ruled(table: CT_Tbl, *, sides: bool = False) -> None:
    """Give a table a pale line under each row, and between its columns only where it has `sides`."""
    borders = OxmlElement("w:tblBorders")
    edges = ("top", "left", "bottom", "right", "insideH", "insideV") if sides else ("top", "bottom", "insideH")
    for edge in edges:
        line = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "C8C8C8")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table.tblPr.append(borders)


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
    paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001 the library has no word for it
    run.font.rtl = True
