"""Tables as CSV and as the smallest workbook that spreadsheets open, the same bytes for the same tables."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from peernote_tui.documents.people.csv_table import defuse

Cell = str | int | float
"""Text stays text, so that no number in it loses a zero; a number is one a spreadsheet can add up."""
_NARROWEST, _WIDEST = 8, 48
_NO_DAY = (1980, 1, 1, 0, 0, 0)
_PLAIN, _TEXT, _BOLD = 0, 1, 2
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PANES = (
    '<sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" '
    'state="frozen"/></sheetView></sheetViews>'
)
# The smallest workbook after ECMA-376 that has a style for text (format 49) and a bold one for headers.
_PARTS = {
    "[Content_Types].xml": (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        "SHEETS"
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>SHEETS</sheets></workbook>'),
    "xl/_rels/workbook.xml.rels": (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'SHEETS<Relationship Id="rIdS" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'{_XML}<styleSheet xmlns="{_MAIN}">'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}
_EACH = {
    "[Content_Types].xml": (
        f'<Override PartName="/xl/worksheets/sheet{{at}}.xml" ContentType="{_KIND}.worksheet+xml"/>'
    ),
    "xl/workbook.xml": '<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>',
    "xl/_rels/workbook.xml.rels": (
        f'<Relationship Id="rId{{at}}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{{at}}.xml"/>'
    ),
}
"""What these parts say of each sheet."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook.

    Attributes:
        name: Plain words, at most 31 characters.
        rows: The headers, then a row each, all of one length.
    """

    name: str
    rows: Sequence[Sequence[Cell]]


def csv_bytes(rows: Iterable[Sequence[Cell]], *, mark: bool = True) -> bytes:
    """A table as CSV in UTF-8, after RFC 4180; what a spreadsheet would take for a formula is defused.

    Args:
        rows: The headers, then a row each.
        mark: Begin with the mark of UTF-8, without which Excel reads letters beyond ASCII wrong.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for cells in rows:
        writer.writerow([defuse(cell) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue().encode("utf-8-sig" if mark else "utf-8")


def xlsx_bytes(rows: Sequence[Sequence[Cell]], *, name: str) -> bytes:
    """A table as a workbook of one sheet; see `Sheet` for both arguments."""
    return book_bytes([Sheet(name, rows)])


def book_bytes(sheets: Sequence[Sheet]) -> bytes:
    """Tables as a workbook.

    It is put together here, in memory: openpyxl writes a sheet to a readable temporary file first.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for part, text in _PARTS.items():
            each = _EACH.get(part, "")
            told = "".join(each.format(at=at, name=sheet.name) for at, sheet in enumerate(sheets, start=1))
            _write(book, part, text.replace("SHEETS", told))
        for at, sheet in enumerate(sheets, start=1):
            _write(book, f"xl/worksheets/sheet{at}.xml", _sheet_xml(sheet.rows))
    return out.getvalue()


def _write(book: zipfile.ZipFile, part: str, text: str) -> None:
    # The date of a part would say when the list was made, and make two files of one list differ.
    book.writestr(zipfile.ZipInfo(part, _NO_DAY), text.encode(), zipfile.ZIP_DEFLATED)


def _sheet_xml(rows: Sequence[Sequence[Cell]]) -> str:
    last = f"{_letters(len(rows[0]))}{len(rows)}"
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{_width(column)}" customWidth="1"/>'
        for at, column in enumerate(zip(*rows, strict=True), start=1)
    )
    sheet = [f'{_XML}<worksheet xmlns="{_MAIN}"><dimension ref="A1:{last}"/>{_PANES}<cols>{widths}</cols><sheetData>']
    for number, cells in enumerate(rows, start=1):
        sheet.append(f'<row r="{number}">{"".join(_cells(number, cells))}</row>')
    sheet.append(f'</sheetData><ignoredErrors><ignoredError sqref="A1:{last}" numberStoredAsText="1"/></ignoredErrors>')
    sheet.append("</worksheet>")
    return "".join(sheet)


def _cells(number: int, cells: Sequence[Cell]) -> Iterator[str]:
    style = _BOLD if number == 1 else _TEXT
    for at, cell in enumerate(cells, start=1):
        place = f"{_letters(at)}{number}"
        if not isinstance(cell, str):
            yield f'<c r="{place}" s="{_PLAIN}"><v>{cell}</v></c>'
        elif cell:
            yield (
                f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
                f"{escape(_xml_text(cell), quote=False)}</t></is></c>"
            )


def _xml_text(text: str) -> str:
    """A text as a workbook keeps it: signs that XML has no room for are written `_xFFFE_` (ECMA-376, ST_Xstring)."""
    text = re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return re.sub("[\ufffe\uffff]", lambda match: f"_x{ord(match[0]):04X}_", text)


def _letters(column: int) -> str:
    """The name of a column, counted from 1: A to Z, then AA, AB and so on."""
    name = ""
    while column:
        column, place = divmod(column - 1, 26)
        name = chr(ord("A") + place) + name
    return name


def _width(column: Sequence[Cell]) -> int:
    longest = max(len(line) for cell in column for line in str(cell).split("\n"))
    return min(max(longest + 2, _NARROWEST), _WIDEST)
