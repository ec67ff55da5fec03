"""Lists with delimiters: CSV as spreadsheets, Google and Outlook write it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator

from peernote_tui.documents.people.encodings import decode
from peernote_tui.documents.people.table import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    FileKind,
    PeopleFileError,
    Row,
    Table,
    Watch,
    unwatched,
)

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright strokes"}
_LOOKED_AT = 30
_TITLES = 10
_SEP = re.compile(r'"?sep=([,;\t|])"?', re.IGNORECASE)
_EVERY = 1000
FORMULA = "=+-@\t＝＋－＠'"
"""Signs that begin a formula in a spreadsheet, and the one that keeps them from it (OWASP, CSV injection)."""


def defuse(text: str) -> str:
    """A value that no spreadsheet takes for a formula; `undefused` gives it back."""
    first, second = text[:1], text[1:2]
    quoted = first == "'" and bool(second) and second in FORMULA
    return f"'{text}" if first and (quoted or (first != "'" and first in FORMULA)) else text


def undefused(text: str) -> str:
    """The value behind an apostrophe that keeps it from being a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in FORMULA else text


def read_csv(
    data: bytes, *, known: Callable[[tuple[str, ...]], int], encoding: str = "", watch: Watch = unwatched
) -> Table:
    """A list with delimiters.

    Args:
        data: The file.
        known: How many of these headers mean something; so delimiter and headers are found.
        encoding: What the file is written in; empty to find out.
        watch: Told of the progress.

    Raises:
        PeopleFileError: The file is no list, or its encoding cannot be told.
    """
    decoded = decode(data, encoding)
    text = decoded.text
    told = [f"Read as {decoded.encoding}, because {decoded.why}."]
    if not text.strip():
        raise PeopleFileError("The file is empty.", "Is it the right one?")
    if (at := text.find("\ufffd")) >= 0:
        line = text.count("\n", 0, at) + 1
        told.append(f"Line {line} holds “\ufffd”: letters were lost there before the file came here. Look at it.")
    delimiter, titles, skipped = _layout(text, known)
    told.append(f"Its columns are parted by {DELIMITERS[delimiter]}.")
    records = _records(text, delimiter, skip=skipped)
    header_line, headers = _headers(records, titles)
    if titles:
        told.append(f"The headers stand on line {header_line}; what is above them was passed over.")
    rows: list[Row] = []
    short: list[int] = []
    for record in records:
        if not record.problem and not any(cell and not cell.isspace() for cell in record.cells):
            continue
        _require_room(len(rows), len(headers), record.line)
        row = _fitted(record, len(headers))
        if not row.problem and len(record.cells) < len(headers):
            short.append(record.line)
        rows.append(row)
        if len(rows) % _EVERY == 0:
            watch(len(rows))
    if short:
        which = "1 row has" if len(short) == 1 else f"{len(short)} rows have"
        told.append(f"{which} fewer cells than there are headers, the first on line {short[0]}; the rest is empty.")
    return Table(
        FileKind.CSV,
        headers,
        tuple(rows),
        tuple(told),
        encoding=decoded.encoding,
        header_line=header_line,
        defused=True,
    )


def _headers(records: Iterator[Row], titles: int) -> tuple[int, tuple[str, ...]]:
    """The line of the headers and what stands there, after so many rows of titles."""
    filled = (record for record in records if any(record.cells) or record.problem)
    for record in filled:
        if titles:
            titles -= 1
            continue
        if record.problem:
            raise PeopleFileError(f"Line {record.line}, where the headers are: {record.problem}", line=record.line)
        headers = [cell.strip() for cell in record.cells]
        while headers and not headers[-1]:
            headers.pop()
        if len(headers) > MOST_COLUMNS:
            raise PeopleFileError(f"There are more than {MOST_COLUMNS:,} columns.", "Is it a list of people?")
        return record.line, tuple(headers)
    return 0, ()


def _require_room(rows: int, columns: int, line: int) -> None:
    if rows >= MOST_ROWS:
        raise PeopleFileError(f"There are more than {MOST_ROWS:,} rows.", "Split the file.", line=line)
    if rows * columns >= MOST_CELLS:
        raise PeopleFileError("There are too many rows of too many columns.", "Split the file.", line=line)


def _fitted(record: Row, width: int) -> Row:
    if record.problem:
        return Row(record.line, ("",) * width, record.problem)
    cells = record.cells
    if len(cells) == width:
        return record
    if len(cells) > width:
        if any(cell.strip() for cell in cells[width:]):
            return Row(
                record.line,
                ("",) * width,
                f"it has {len(cells)} cells, and there are {width} headers; a delimiter inside a text needs "
                "quotation marks around the text.",
            )
        cells = cells[:width]
    return Row(record.line, (*cells, *("",) * (width - len(cells))))


def _layout(text: str, known: Callable[[tuple[str, ...]], int]) -> tuple[str, int, int]:
    """The delimiter, how many rows stand above the headers, and how many characters to pass over."""
    first, _, _ = text.partition("\n")
    if match := _SEP.fullmatch(first.strip(" \r")):
        return match[1], 0, len(first) + 1
    best = (0, 0, 0, ",", 0)
    for rank, delimiter in enumerate(DELIMITERS):
        head = []
        for record in _records(text[:200_000], delimiter):
            if any(record.cells):
                head.append(record)
            if len(head) >= _LOOKED_AT:
                break
        for above, record in enumerate(head[:_TITLES]):
            means = known(record.cells)
            # A title above the headers may by chance mean one thing; two are headers.
            if above and means < 2:
                continue
            width = len(record.cells)
            alike = sum(len(one.cells) == width for one in head) if width > 1 else 0
            best = max(best, (means, alike, -rank - above * len(DELIMITERS), delimiter, above))
    return best[3], best[4], 0


def _records(text: str, delimiter: str, *, skip: int = 0) -> Iterator[Row]:
    """Each record with the line where it begins; after one that cannot be read it goes on with the next line."""
    source = io.StringIO(text, newline="")
    source.seek(skip)
    line = 1 + text.count("\n", 0, skip)
    while True:
        start = source.tell()
        lines = _Lines(source)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        began = line
        try:
            for cells in reader:
                yield Row(began, tuple(cells))
                began = line + reader.line_num
                start = lines.after
        except csv.Error as error:
            yield Row(began, ("",), _said(str(error)))
            source.seek(start)
            if not source.readline():
                return
            line = began + 1
        else:
            return


class _Lines:
    """The lines of a text, with the place after the last one that was handed out."""

    def __init__(self, source: io.StringIO) -> None:
        self._source = source
        self.after = source.tell()

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._source.readline()
        if not line:
            raise StopIteration
        self.after += len(line)
        return line


def _said(error: str) -> str:
    if "unexpected end" in error or "larger than field limit" in error:
        return "a quotation mark opens here and does not close."
    return "a quotation mark stands inside a quoted text; inside it is written twice."
