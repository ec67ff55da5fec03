"""A list of holidays as a text file: one a line, the date first, then the name."""

from __future__ import annotations

import re
from datetime import date

from pydantic import ValidationError

from peernote_tui.documents.line_faults import LineFault
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.working_days import MOST_HOLIDAYS, Holiday

MOST_BYTES = 256 * 1024
_LINE = re.compile(r"\s*\"?(\d{4}-\d\d-\d\d)\"?(?:\s*[,;\t]\s*|\s+|$)(.*)")
_FORM = "Write it as: 2026-12-25 Christmas Day"


def read_holidays(data: bytes) -> tuple[Holiday, ...]:
    """Holidays of a file.

    A line is a date as YYYY-MM-DD and a name, with a comma, a semicolon, a tab or a space between. Empty lines, what
    follows a #, and a first line without a date, as tables have it, are passed over.

    Raises:
        InvalidInputError: A line is none; the sentence names the first one, and how many there are.
    """
    found, wrong = _read(data)
    if wrong:
        more = f" There are {len(wrong) - 1} more." if len(wrong) > 1 else ""
        raise InvalidInputError(f"Line {wrong[0].line} of the list: {wrong[0].sentence}{more}", wrong[0].way_out)
    return found


def holiday_faults(data: bytes) -> tuple[LineFault, ...]:
    """Everything that is wrong with such a file, by line; empty when it can be used."""
    return _read(data)[1]


def _read(data: bytes) -> tuple[tuple[Holiday, ...], tuple[LineFault, ...]]:
    if len(data) > MOST_BYTES:
        return (), (LineFault(line=1, sentence="The file is too large.", way_out="Is it a list of holidays?"),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        sentence = "Here stands what is no UTF-8 text."
        return (), (LineFault(line=line, sentence=sentence, way_out="Save the file as UTF-8."),)
    found: list[Holiday] = []
    wrong: list[LineFault] = []
    for number, row in enumerate(text.split("\n"), start=1):
        told = row.partition("#")[0].strip()
        if not told or (number == 1 and not any(sign.isdigit() for sign in told)):
            continue
        holiday = _holiday(told)
        if holiday is None:
            wrong.append(LineFault(line=number, sentence="This is no date with a name.", way_out=_FORM))
        else:
            found.append(holiday)
    if not found and not wrong:
        wrong.append(LineFault(line=1, sentence="There is no holiday in it.", way_out=_FORM))
    if len({holiday.day for holiday in found}) > MOST_HOLIDAYS:
        sentence = f"There are more than {MOST_HOLIDAYS} holidays."
        wrong.append(LineFault(line=1, sentence=sentence, way_out="Leave out those of past years."))
    return tuple(found), tuple(wrong)


def _holiday(line: str) -> Holiday | None:
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    try:
        return Holiday(day=date.fromisoformat(match[1]), name=match[2].strip().strip('"').strip())
    except (ValueError, ValidationError):
        return None
