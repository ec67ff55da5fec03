"""Participants as CSV and XLSX, in columns that are read back without loss."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from peernote_tui.documents.people.csv_table import defuse
from peernote_tui.documents.people.table import Watch, unwatched
from peernote_tui.domain.participant import (
    Contact,
    CustomField,
    OtherId,
    Part2Status,
    Participant,
    PersonAround,
    Safe,
)

SHEET = "Participants"
_EVERY = 500
_NARROWEST, _WIDEST = 8, 48
_NO_DAY = (1980, 1, 1, 0, 0, 0)
_TEXT, _BOLD = 1, 2
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
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<sheets><sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
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
_SAFE_WORDS = {Safe.NOT_ASKED: "", Safe.YES: "yes", Safe.NO: "no"}
_PART2_WORDS = {Part2Status.NOT_REVIEWED: "", Part2Status.YES: "yes", Part2Status.NO: "no"}


def _lines(values: Sequence[str]) -> str:
    return "\n".join(value for value in values if value)


_SINGLE: tuple[tuple[str, Callable[[Participant], str]], ...] = (
    ("Name", lambda who: who.name),
    ("Legal name", lambda who: who.legal_name),
    ("Also called (one a line)", lambda who: _lines(who.aliases)),
    ("Pronouns", lambda who: who.pronouns),
    ("Born", lambda who: who.born),
    ("Birth date is", lambda who: who.birth_precision.value if who.birth_precision else ""),
    ("ID", lambda who: who.external_id),
    ("Phone", lambda who: who.phone),
    ("Safe to call", lambda who: _SAFE_WORDS[who.phone_safety.call]),
    ("Safe to leave voicemail", lambda who: _SAFE_WORDS[who.phone_safety.voicemail]),
    ("Safe to text", lambda who: _SAFE_WORDS[who.phone_safety.text]),
    ("In their own words", lambda who: who.about),
    ("42 CFR Part 2", lambda who: _PART2_WORDS[who.part2]),
    ("Languages (one a line)", lambda who: _lines(who.languages)),
    ("Strengths (one a line)", lambda who: _lines(who.strengths)),
    ("Goals (one a line)", lambda who: _lines(who.goals)),
    ("Archived", lambda who: who.archived_at.date().isoformat() if who.archived_at else ""),
)


def _contact(one: Contact) -> tuple[str, ...]:
    safe = (_SAFE_WORDS[each] for each in (one.safety.call, one.safety.voicemail, one.safety.text))
    return (one.kind.value, one.value, one.label, *safe, one.remark)


def _person(one: PersonAround) -> tuple[str, ...]:
    return (one.name, one.relation, one.phone, "yes" if one.emergency else "no", one.remark)


def _other_id(one: OtherId) -> tuple[str, ...]:
    return (one.label, one.value)


def _custom(one: CustomField) -> tuple[str, ...]:
    return (one.label, one.value)


@dataclass(frozen=True, slots=True)
class _Group:
    """Columns that are repeated by number, as often as the fullest record needs."""

    name: str
    attribute: str
    parts: tuple[str, ...]
    cells: Callable[[Any], tuple[str, ...]]


_SAFE_HEADERS = ("safe to call", "safe to leave voicemail", "safe to text")
_GROUPS = (
    _Group("Other ID", "other_ids", ("label", "value"), _other_id),
    _Group("Contact", "contacts", ("kind", "value", "label", *_SAFE_HEADERS, "remark"), _contact),
    _Group("Person", "people", ("name", "relation", "phone", "emergency", "remark"), _person),
    _Group("Custom", "custom", ("question", "answer"), _custom),
)


def write_csv(people: Sequence[Participant], *, mark: bool = True, watch: Watch = unwatched) -> bytes:
    """Participants as CSV in UTF-8, after RFC 4180; what a spreadsheet would take for a formula is defused.

    Args:
        people: Whom.
        mark: Begin with the mark of UTF-8, without which Excel reads letters beyond ASCII wrong.
        watch: Told of the progress.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for cells in _table(people, watch):
        writer.writerow([defuse(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig" if mark else "utf-8")


def write_xlsx(people: Sequence[Participant], *, watch: Watch = unwatched) -> bytes:
    """Participants as a workbook of one sheet; every cell is text, so that no number loses a zero.

    It is put together here, in memory: openpyxl writes a sheet to a readable temporary file first.
    """
    rows = list(_table(people, watch))
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
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in (*_PARTS.items(), ("xl/worksheets/sheet1.xml", "".join(sheet))):
            # The date of a part would say when the list was made, and make two files of one list differ.
            book.writestr(zipfile.ZipInfo(name, _NO_DAY), text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _cells(number: int, cells: Sequence[str]) -> Iterator[str]:
    style = _BOLD if number == 1 else _TEXT
    for at, text in enumerate(cells, start=1):
        if text:
            place = f"{_letters(at)}{number}"
            yield (
                f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
                f"{escape(_xml_text(text), quote=False)}</t></is></c>"
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


def _width(column: Sequence[str]) -> int:
    longest = max(len(line) for cell in column for line in cell.split("\n"))
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def _table(people: Sequence[Participant], watch: Watch) -> Iterator[list[str]]:
    """The headers and a row for each; the first columns are always the same, numbered ones follow as needed."""
    counts = [max((len(getattr(who, group.attribute)) for who in people), default=0) for group in _GROUPS]
    headers = [header for header, _ in _SINGLE]
    for group, count in zip(_GROUPS, counts, strict=True):
        headers += [f"{group.name} {number} {part}" for number in range(1, count + 1) for part in group.parts]
    yield headers
    for number, who in enumerate(people, start=1):
        cells = [read(who) for _, read in _SINGLE]
        for group, count in zip(_GROUPS, counts, strict=True):
            found = getattr(who, group.attribute)
            for at in range(count):
                cells += group.cells(found[at]) if at < len(found) else ("",) * len(group.parts)
        yield cells
        if number % _EVERY == 0:
            watch(number)
