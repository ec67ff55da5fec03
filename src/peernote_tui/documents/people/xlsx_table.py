"""Workbooks as Excel, LibreOffice and Google Sheets write them, read with openpyxl."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

from peernote_tui.documents.people.table import (
    LARGEST_FILE,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    FileKind,
    Odd,
    PeopleFileError,
    Row,
    Table,
    Watch,
    unwatched,
)
from peernote_tui.documents.workbook import (
    WorkbookError,
    cell_text,
    damaged,
    has_formulas,
    open_archive,
    require_no_old_workbook,
)
from peernote_tui.documents.workbook_library import openpyxl
from peernote_tui.domain.errors import PeerNoteError

LARGEST_UNPACKED = 4 * LARGEST_FILE
"""Bytes of everything in a workbook together; more is a trap or no list of people."""
_MOST_EMPTY_ROWS = 1_100_000
_TITLES = 10
_EVERY = 1000
_OR_AS = " or CSV"


def read_xlsx(
    data: bytes, *, known: Callable[[tuple[str, ...]], int], sheet: str = "", watch: Watch = unwatched
) -> Table:
    """One sheet of a workbook: values, not formulas; days as days; numbers with all their digits.

    Args:
        data: The file.
        known: How many of these headers mean something; so headers below a title are found.
        sheet: The name of the sheet; the first one with something in it when empty.
        watch: Told of the progress.

    Raises:
        PeopleFileError: It is no workbook, is encrypted, damaged or a trap, or has no such sheet.
    """
    try:
        require_no_old_workbook(data, or_as=_OR_AS)
        archive = open_archive(data, largest_unpacked=LARGEST_UNPACKED, or_as=_OR_AS)
    except WorkbookError as error:
        raise PeopleFileError(error.sentence, error.way_out) from None
    with archive, warnings.catch_warnings():
        # openpyxl warns of styles and extensions that it passes over; they are not ours to tell.
        warnings.simplefilter("ignore")
        try:
            return _read(data, archive, known, sheet, watch)
        except PeerNoteError:
            raise
        except Exception:  # noqa: BLE001 what broken XML makes openpyxl, zipfile and expat raise is no one family
            broken = damaged(or_as=_OR_AS)
            raise PeopleFileError(broken.sentence, broken.way_out) from None


def _read(
    data: bytes, archive: zipfile.ZipFile, known: Callable[[tuple[str, ...]], int], wanted: str, watch: Watch
) -> Table:
    if not openpyxl.DEFUSEDXML:
        raise PeopleFileError("Workbooks cannot be read: the package defusedxml is missing.", "Install PeerNote anew.")
    with closing(openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)) as book:
        sheets = [each for each in book.worksheets if each.sheet_state == "visible"] or list(book.worksheets)
        names = tuple(each.title for each in sheets)
        chosen = [each for each in book.worksheets if each.title.casefold() == wanted.casefold()] if wanted else sheets
        if not chosen:
            raise PeopleFileError(
                "The workbook has no sheet of this name.", f"It has: {', '.join(names)}." if names else ""
            )
        for number, one in enumerate(chosen):
            path = one._worksheet_path  # noqa: SLF001 the only way to the part of the archive
            formulas: Any = None
            if has_formulas(archive, path):
                formulas = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            try:
                other = None if formulas is None else formulas[one.title]
                table = _table(one, other, known, watch)
            finally:
                if formulas is not None:
                    formulas.close()
            if table.headers or number == len(chosen) - 1:
                break
    if not table.headers:
        raise PeopleFileError("There is nothing on this sheet.", f"The workbook has: {', '.join(names)}.")
    told = [f"Read from the sheet “{one.title}”.", *table.told]
    if len(names) > 1 and not wanted:
        told.append(f"The workbook has {len(names)} sheets: {', '.join(names)}.")
    return Table(
        FileKind.XLSX,
        table.headers,
        table.rows,
        tuple(told),
        sheets=names,
        sheet=one.title,
        header_line=table.header_line,
    )


def _table(sheet: Any, formulas: Any, known: Callable[[tuple[str, ...]], int], watch: Watch) -> Table:
    head: list[tuple[int, tuple[str, ...]]] = []
    rows: list[Row] = []
    records = _records(sheet, formulas)
    for number, cells in records:
        head.append((number, cells))
        if len(head) >= _TITLES:
            break
    if not head:
        return Table(FileKind.XLSX, (), ())
    # Titles may stand above the headers; one of their words may mean something by chance, two are headers.
    meant = [known(cells) for _, cells in head]
    at = max(range(len(head)), key=lambda place: (meant[place] if not place or meant[place] > 1 else -1, -place))
    header_line, headers = head[at]
    told = [f"The headers stand in row {header_line}; what is above them was passed over."] if at else []
    width = len(headers)
    for number, cells in (*head[at + 1 :], *records):
        if len(rows) >= MOST_ROWS:
            raise PeopleFileError(f"There are more than {MOST_ROWS:,} rows.", "Split the sheet.", line=number)
        problem = ""
        if any(cells[width:]):
            problem = f"it has {len(cells)} cells, and there are {width} headers."
        rows.append(Row(number, (*cells[:width], *("",) * (width - len(cells))), problem))
        if len(rows) % _EVERY == 0:
            watch(len(rows))
    return Table(FileKind.XLSX, headers, tuple(rows), tuple(told), header_line=header_line)


def _records(sheet: Any, formulas: Any) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows that hold something, by number."""
    # What a sheet says of its own size is not to be trusted.
    sheet.reset_dimensions()
    written: Iterator[Any] | None = None
    if formulas is not None:
        formulas.reset_dimensions()
        written = iter(formulas.iter_rows())
    seen = 0
    for number, found in enumerate(sheet.iter_rows(), start=1):
        beside = next(written, ()) if written is not None else ()
        seen += len(found)
        if number > _MOST_EMPTY_ROWS or seen > MOST_CELLS:
            raise PeopleFileError("This sheet has more rows or columns than a list of people.", "Save it as CSV.")
        cells = [cell_text(cell) for cell in found]
        for place, cell in enumerate(beside):
            if cell.data_type == "f" and place < len(cells) and not cells[place]:
                cells[place] = Odd("a formula stands here, and its value is not in the file; open and save it once")
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise PeopleFileError(f"There are more than {MOST_COLUMNS:,} columns.", "Is it a list of people?")
        if any(cells):
            yield number, tuple(cells)
