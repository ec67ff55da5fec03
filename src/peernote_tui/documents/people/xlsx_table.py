"""Workbooks as Excel, LibreOffice and Google Sheets write them, read with openpyxl."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime, time
from typing import Any

import openpyxl

from peernote_tui.documents.people.table import (
    LARGEST_FILE,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    FileKind,
    MadeDay,
    Odd,
    PeopleFileError,
    Row,
    Table,
    Watch,
    unwatched,
)
from peernote_tui.domain.errors import PeerNoteError

LARGEST_UNPACKED = 4 * LARGEST_FILE
"""Bytes of everything in a workbook together; more is a trap or no list of people."""
_MOST_TIMES_SMALLER = 200
"""How many times smaller a part of a workbook may be packed; sheets of text reach about a hundred."""
_SMALL = 1024 * 1024
_MOST_PARTS = 2_000
_MOST_EMPTY_ROWS = 1_100_000
_TITLES = 10
_EVERY = 1000
_CHUNK = 256 * 1024
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_ZEROS = re.compile(r"[0\-/ ().]*0[0\-/ ().]*")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_MIDNIGHT = time(0)


def is_workbook(data: bytes) -> bool:
    """Whether a file is a zip archive, as workbooks are."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def require_no_old_workbook(data: bytes) -> None:
    """Refuse what Excel wrote before 2007, and workbooks under a lock of their own, with the way out.

    Raises:
        PeopleFileError: The file is one of them (the container of [MS-CFB]).
    """
    if not data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise PeopleFileError(
            "This workbook is encrypted.",
            "Open it in the program that made it, and save a copy that is not.",
        )
    raise PeopleFileError(
        "This is a workbook in the old form (.xls) or another old Office file.",
        "Open it in a spreadsheet program and save it as .xlsx or CSV.",
    )


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
    require_no_old_workbook(data)
    with _archive(data) as archive:
        _require_harmless(archive)
        with warnings.catch_warnings():
            # openpyxl warns of styles and extensions that it passes over; they are not ours to tell.
            warnings.simplefilter("ignore")
            try:
                return _read(data, archive, known, sheet, watch)
            except PeerNoteError:
                raise
            except Exception:  # noqa: BLE001 what broken XML makes openpyxl, zipfile and expat raise is no one family
                raise _damaged() from None


def _damaged() -> PeopleFileError:
    return PeopleFileError(
        "This workbook is damaged or is none.",
        "Open it in a spreadsheet program and save it anew as .xlsx or CSV.",
    )


def _archive(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise _damaged() from None


def _require_harmless(archive: zipfile.ZipFile) -> None:
    """Look at what the parts say they become before one of them is unpacked; more than they say never comes out."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names:
        if "mimetype" in names or "content.xml" in names:
            raise PeopleFileError(
                "This is an OpenDocument file.", "Open it in a spreadsheet program and save it as .xlsx or CSV."
            )
        raise PeopleFileError("This is a zip archive and no workbook.", "Unpack it, and import the list that is in it.")
    if any(part.flag_bits & 0x1 for part in parts):
        raise PeopleFileError(
            "This workbook is encrypted.", "Open it in the program that made it, and save a copy that is not."
        )
    too_much = sum(part.file_size for part in parts) > LARGEST_UNPACKED or len(parts) > _MOST_PARTS
    trap = any(
        part.file_size > _SMALL and part.file_size > _MOST_TIMES_SMALLER * max(part.compress_size, 1) for part in parts
    )
    if too_much or trap:
        raise PeopleFileError(
            "This workbook would unpack to far more than a list of people holds. It was not opened.",
            "If it is sound, save the sheet as CSV and import that.",
        )


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
            if _has_formulas(archive, path):
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


def _has_formulas(archive: zipfile.ZipFile, path: str) -> bool:
    """Whether a sheet holds formulas; without any, its cells need to be read only once."""
    before = b""
    with archive.open(path) as part:
        while chunk := part.read(_CHUNK):
            if _FORMULA.search(before + chunk):
                return True
            before = chunk[-40:]
    return False


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
        cells = [_cell(cell) for cell in found]
        for place, cell in enumerate(beside):
            if cell.data_type == "f" and place < len(cells) and not cells[place]:
                cells[place] = Odd("a formula stands here, and its value is not in the file; open and save it once")
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise PeopleFileError(f"There are more than {MOST_COLUMNS:,} columns.", "Is it a list of people?")
        if any(cells):
            yield number, tuple(cells)


def _cell(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        if cell.data_type == "e":
            return Odd("the spreadsheet says that this cell is in error")
        return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), value).strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return MadeDay(value.date().isoformat()) if value.time() == _MIDNIGHT else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return MadeDay(value.isoformat())
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or ""))
    return str(value)


def _number(value: float, number_format: str) -> str:
    """A number with all its digits, and with the zeros and strokes that its format shows."""
    if isinstance(value, float):
        if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124 that is what NaN is
            return Odd("the spreadsheet says that this cell is in error")
        if abs(value) >= 1e15:
            return Odd("a number of more than 15 digits, of which a spreadsheet keeps only the first; write it as text")
        if not value.is_integer():
            return repr(value)
    digits = str(int(value))
    zeros = number_format.count("0")
    shape = number_format.replace("\\", "").replace('"', "")
    if zeros > 1 and digits.isdigit() and len(digits) <= zeros and _ZEROS.fullmatch(shape) and "." not in shape:
        left = iter(digits.zfill(zeros))
        return "".join(next(left) if sign == "0" else sign for sign in shape)
    return digits
