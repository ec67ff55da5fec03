"""The sheets of an XLSForm as rows of named cells."""

from __future__ import annotations

import difflib
import io
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from peernote_tui.documents.people.table import Odd
from peernote_tui.documents.workbook import (
    WorkbookError,
    cell_text,
    damaged,
    has_formulas,
    is_workbook,
    open_archive,
    require_no_old_workbook,
)
from peernote_tui.documents.workbook_library import openpyxl
from peernote_tui.documents.xlsform.report import Notes, Sheet
from peernote_tui.domain.base import clean_text
from peernote_tui.domain.errors import PeerNoteError

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes; forms of hundreds of questions take a tenth of it."""
_LARGEST_UNPACKED = 16 * 1024 * 1024
_MOST_ROWS = 20_000
_MOST_COLUMNS = 300
_MOST_CELLS = 400_000
_LONGEST_CELL = 5_000

_ALIASES = {
    "command": "type",
    "tag": "name",
    "value": "name",
    "caption": "label",
    "list name": "list_name",
    "listname": "list_name",
    "relevance": "relevant",
    "bind::relevant": "relevant",
    "bind::required": "required",
    "bind::constraint": "constraint",
    "constraint message": "constraint_message",
    "constraining message": "constraint_message",
    "bind::jr:constraintmsg": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "required message": "required_message",
    "requiredmsg": "required_message",
    "bind::jr:requiredmsg": "required_message",
    "jr:requiredmsg": "required_message",
    "calculate": "calculation",
    "bind::calculate": "calculation",
    "readonly": "read_only",
    "read only": "read_only",
    "bind::readonly": "read_only",
    "control::appearance": "appearance",
    "body::appearance": "appearance",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "control::jr:count": "repeat_count",
    "choice filter": "choice_filter",
    "guidance hint": "guidance_hint",
    "title": "form_title",
    "set form title": "form_title",
    "form title": "form_title",
    "form id": "form_id",
    "set form id": "form_id",
    "id_string": "form_id",
    "default language": "default_language",
}
"""Other names for columns, as they were used over the years. Source: xlsform.org and the aliases of pyxform."""
_IN_LANGUAGES = frozenset({"label", "hint", "guidance_hint", "constraint_message", "required_message"})
_LANGUAGE = re.compile(r"(.+?)\s*::?\s*(.+)")


@dataclass(frozen=True)
class Row:
    """One row of a sheet.

    Attributes:
        number: As the spreadsheet program counts, from 1.
        cells: What stands in it, by the name of the column; without empty cells.
        spoken: Labels, hints and messages, by column and language; the language is empty where none is named.
    """

    number: int
    cells: Mapping[str, str]
    spoken: Mapping[str, Mapping[str, str]]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class FormSheet:
    """One sheet.

    Attributes:
        name: Its name.
        columns: By the name that is used here, the header as it stands there.
        languages: In the order of the columns.
        rows: Below the header, without empty ones.
        header_row: The row of the headers; 0 when the sheet is empty.
    """

    name: str
    columns: Mapping[str, str]
    languages: tuple[str, ...]
    rows: tuple[Row, ...]
    header_row: int = 1


def read_sheets(data: bytes, notes: Notes) -> dict[str, FormSheet]:
    """The sheets survey, choices and settings, as far as they are there; faults go into the notes.

    Raises:
        WorkbookError: The file is no workbook that can be opened.
    """
    if len(data) > LARGEST_FILE:
        raise WorkbookError(
            f"The file is larger than {LARGEST_FILE // 2**20} MB. It was not read.", "Is it the form? Pictures can go."
        )
    if not data:
        raise WorkbookError("The file is empty.", "Is it the right one?")
    require_no_old_workbook(data)
    if not is_workbook(data):
        raise WorkbookError("This is no .xlsx file.", "Open the form in a spreadsheet program and save it as .xlsx.")
    raw = _cells_of(data)
    found: dict[str, FormSheet] = {}
    for title, rows in raw.items():
        if (name := title.strip().casefold()) in set(Sheet) and name not in found:
            found[name] = _sheet(name, rows, notes)
    if Sheet.SURVEY not in found:
        near = difflib.get_close_matches("survey", [title.casefold() for title in raw], 1)
        has = ", ".join(f"“{title}”" for title in list(raw)[:8])
        hint = f"Rename the sheet “{near[0]}” to survey." if near else f"It has: {has}." if has else ""
        notes.fault("", 0, "There is no sheet called survey, where the questions of an XLSForm stand.", hint)
    elif not found[Sheet.SURVEY].rows:
        notes.fault(Sheet.SURVEY, 0, "There is no question on this sheet.", "Each row below the headers is one.")
    return found


def _cells_of(data: bytes) -> dict[str, list[tuple[int, list[str]]]]:
    """By title of the sheet, its rows that hold something."""
    with open_archive(data, largest_unpacked=_LARGEST_UNPACKED) as archive, warnings.catch_warnings():
        # openpyxl warns of styles and extensions that it passes over; they are not ours to tell.
        warnings.simplefilter("ignore")
        if not openpyxl.DEFUSEDXML:
            raise WorkbookError(
                "Workbooks cannot be read: the package defusedxml is missing.", "Install PeerNote anew."
            )
        try:
            with closing(_load(data, values=True)) as book:
                wanted = [each for each in book.worksheets if each.title.strip().casefold() in set(Sheet)]
                written = None
                if any(has_formulas(archive, each._worksheet_path) for each in wanted):  # noqa: SLF001 the only way
                    written = _load(data, values=False)
                others: dict[str, list[tuple[int, list[str]]]] = {each.title: [] for each in book.worksheets}
                budget = [_MOST_CELLS]
                return {
                    **others,
                    **{
                        each.title: list(_rows(each, written[each.title] if written else None, budget))
                        for each in wanted
                    },
                }
        except PeerNoteError:
            raise
        except Exception:  # noqa: BLE001 what broken XML makes openpyxl, zipfile and expat raise is no one family
            raise damaged() from None


def _load(data: bytes, *, values: bool) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)


def _rows(sheet: Any, written: Any, budget: list[int]) -> Iterator[tuple[int, list[str]]]:
    # What a sheet says of its own size is not to be trusted.
    sheet.reset_dimensions()
    beside: Iterator[Any] = iter(())
    if written is not None:
        written.reset_dimensions()
        beside = iter(written.iter_rows())
    for number, found in enumerate(sheet.iter_rows(), start=1):
        formulas = next(beside, ())
        budget[0] -= len(found) + 1
        if number > _MOST_ROWS or budget[0] < 0:
            raise WorkbookError(
                f"The sheet “{sheet.title}” has more rows or columns than a form.",
                "Delete the empty rows and columns behind its end, and save it.",
            )
        cells = [_text(cell) for cell in found[:_MOST_COLUMNS]]
        for place, cell in enumerate(formulas[:_MOST_COLUMNS]):
            if cell.data_type == "f" and place < len(cells) and not cells[place]:
                cells[place] = Odd("a formula stands here, and its value is not in the file; open and save it once")
        while cells and not cells[-1]:
            cells.pop()
        if any(cells):
            yield number, cells


def _text(cell: Any) -> str:
    text = cell_text(cell)
    return text if isinstance(text, Odd) else clean_text(text)[:_LONGEST_CELL].strip()


def _sheet(name: str, rows: list[tuple[int, list[str]]], notes: Notes) -> FormSheet:
    if not rows:
        return FormSheet(name, {}, (), (), 0)
    header_row, headers = rows[0]
    places: dict[int, tuple[str, str]] = {}
    seen: dict[tuple[str, str], str] = {}
    for place, header in enumerate(headers):
        if not header.strip():
            continue
        read = _column(header)
        if read in seen:
            sentence = f"The column “{header}” is there twice."
            if seen[read] != header:
                sentence = f"The columns “{seen[read]}” and “{header}” mean the same."
            notes.fault(name, header_row, sentence, "Keep one of them.", column=header)
            continue
        seen[read] = header
        places[place] = read
    languages = dict.fromkeys(language for column, language in places.values() if language and column in _IN_LANGUAGES)
    return FormSheet(
        name,
        {column: seen[column, language] for column, language in places.values() if not language},
        tuple(languages),
        tuple(_row(name, number, cells, places, notes) for number, cells in rows[1:]),
        header_row,
    )


def _column(header: str) -> tuple[str, str]:
    """The column and the language that a header names."""
    plain = " ".join(header.split())
    folded = plain.casefold()
    if folded in _ALIASES:
        return _ALIASES[folded], ""
    if (match := _LANGUAGE.fullmatch(plain)) is not None:
        base = match[1].casefold()
        base = _ALIASES.get(base, base).replace(" ", "_")
        if base in _IN_LANGUAGES:
            return base, match[2]
        if base == "media" or base.startswith("media:") or base in {"image", "audio", "video", "big-image"}:
            return folded, ""
    return folded.replace(" ", "_"), ""


def _row(sheet: str, number: int, cells: list[str], places: Mapping[int, tuple[str, str]], notes: Notes) -> Row:
    named: dict[str, str] = {}
    spoken: dict[str, dict[str, str]] = {}
    for place, (column, language) in places.items():
        text = cells[place] if place < len(cells) else ""
        if not text:
            continue
        if isinstance(text, Odd):
            notes.fault(sheet, number, f"This cell has no value: {text}.", "Write the value itself.", column=column)
            continue
        if column in _IN_LANGUAGES:
            spoken.setdefault(column, {})[language] = text
        else:
            named[column] = text
    return Row(number, named, spoken)
