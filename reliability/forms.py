"""XLSForms made on the spot, for tests and for fire."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl

HEADERS = (
    "type",
    "name",
    "label",
    "hint",
    "required",
    "relevant",
    "constraint",
    "calculation",
    "appearance",
    "default",
)
SURVEY = (
    ("begin_group", "visit", "The visit"),
    ("text", "name", "Who was met", "As on file", "yes"),
    ("date", "dob", "Born", None, None, None, ". < today()"),
    ("calculate", "age", None, None, None, None, None, "int((today() - ${dob}) div 365.25)"),
    ("select_multiple needs or_other", "needs", "What is needed", None, "yes", None, "count-selected(.) < 3"),
    ("integer", "fares", "Fares", None, None, "selected(${needs}, 'bus') and ${age} >= 16", ". >= 0 and . <= 20"),
    ("end_group",),
    ("begin_repeat", "household", "Household"),
    ("text", "member", "Name", None, "true()"),
    ("decimal", "income", "Income"),
    ("end_repeat",),
    ("calculate", "total", "In all", None, None, None, None, "sum(${income}) + coalesce(${fares}, 0) * 2.5"),
    ("acknowledge", "read", "Read aloud", None, "yes"),
    ("geopoint", "gps", "Where"),
)
CHOICES = (("list_name", "name", "label"), ("needs", "bus", "Bus pass"), ("needs", "food", "Food box"))
SETTINGS = (("form_title", "form_id", "version"), ("Home visit", "home_visit", 3))


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    """A workbook with these sheets, each a list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsform(
    survey: Sequence[Sequence[object]] = SURVEY,
    choices: Sequence[Sequence[object]] = CHOICES,
    settings: Sequence[Sequence[object]] = SETTINGS,
    headers: Sequence[str] = HEADERS,
) -> bytes:
    """An XLSForm; `survey` is without its headers."""
    return workbook(survey=[headers, *survey], choices=choices, settings=settings)
