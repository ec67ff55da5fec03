"""A report as text, CSV and XLSX. The same report gives the same bytes."""

from __future__ import annotations

import textwrap
from enum import StrEnum
from itertools import groupby

from peernote_tui.documents.report_rows import ReportRow, report_remarks, report_rows
from peernote_tui.documents.sheet import Cell, csv_bytes, xlsx_bytes
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.report import PeriodReport

WIDTH = 60
"""Cells of the text, so that it reads the same in the narrowest terminal."""
_LABEL, _COUNT, _HOURS, _UNITS = 20, 9, 9, 8
_HEADERS = ("Section", "What", "Count", "Hours", "Units", "Remark")
_ABOUT = "About"


class ReportForm(StrEnum):
    """The forms a report is written in."""

    TEXT = "text"
    CSV = "csv"
    XLSX = "xlsx"


SUFFIXES = {".txt": ReportForm.TEXT, ".csv": ReportForm.CSV, ".xlsx": ReportForm.XLSX}
"""How the name of a file says its form."""


def form_of(suffix: str) -> ReportForm:
    """The form that the end of a file's name says.

    Raises:
        InvalidInputError: It says none.
    """
    found = SUFFIXES.get(suffix.casefold())
    if found is None:
        raise InvalidInputError("The name of the file does not say its form.", "End it with .txt, .csv or .xlsx.")
    return found


def report_file(report: PeriodReport, form: ReportForm) -> bytes:
    """The whole file."""
    if form is ReportForm.TEXT:
        return ("\n".join(report_lines(report)) + "\n").encode()
    rows = [_HEADERS, *_cells(report)]
    return csv_bytes(rows) if form is ReportForm.CSV else xlsx_bytes(rows, name="Report")


def report_title(report: PeriodReport) -> str:
    """What stands over a report."""
    return f"Report for {report.period.words}"


def report_dates(report: PeriodReport) -> str:
    """Which days a report is of, and when it was made."""
    return f"{report.period.first} to {report.period.last}, made on {report.made_on}"


def report_lines(report: PeriodReport, width: int = WIDTH) -> list[str]:
    """The report as lines of at most `width` cells; a screen reader reads label, count, hours and units in order."""
    lines = [report_title(report), report_dates(report)]
    for (section, timed), rows in groupby(report_rows(report), key=lambda row: (row.section, row.timed)):
        # No heading over what stands where others have hours: "60 in 100" is no length.
        hours = f"{'hours':>{_HOURS}}" if timed else ""
        units = f"{'units':>{_UNITS}}" if timed and report.units else ""
        lines += ["", f"{section:<{_LABEL}}{'count':>{_COUNT}}{hours}{units}"]
        lines += [_line(row) for row in rows]
    for remark in report_remarks(report):
        lines += ["", *textwrap.wrap(remark, width, break_on_hyphens=False)]
    return lines


def hours_words(minutes: int) -> str:
    """A length as hours and minutes, such as `31:45`."""
    return f"{minutes // 60}:{minutes % 60:02}"


def _line(row: ReportRow) -> str:
    hours = "" if row.minutes is None else hours_words(row.minutes)
    units = "" if row.units is None else str(row.units)
    label = f"  {row.label}" if row.section else row.label
    numbers = f"{label:<{_LABEL}}{row.count:>{_COUNT}}"
    if row.remark:
        return f"{numbers}   {row.remark}"
    return f"{numbers}{hours:>{_HOURS}}{units:>{_UNITS}}".rstrip()


def _cells(report: PeriodReport) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = [
        (
            row.section or "All",
            row.label,
            int(row.count) if row.count.isdigit() else row.count,
            "" if row.minutes is None else round(row.minutes / 60, 2),
            "" if row.units is None else row.units,
            row.remark,
        )
        for row in report_rows(report)
    ]
    about = (report_title(report), report_dates(report), *report_remarks(report))
    return rows + [(_ABOUT, text, "", "", "", "") for text in about]
