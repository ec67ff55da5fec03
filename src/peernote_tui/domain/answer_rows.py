"""Repeating rows: each typed in one line, a semicolon between two answers, and said in one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from peernote_tui.domain.answers import Asked, answer_text, answer_words, choice_digits, understand_answer
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.template import FieldKind, TemplateField

_BETWEEN = ";"


def understand_row(field: TemplateField, text: str, asked: Asked) -> dict[str, Any]:
    """One row as it is stored, from a line such as `bus pass; 2.50`.

    Raises:
        InvalidInputError: An answer does not fit its column, or there are more of them than columns.
    """
    cells = [cell.strip() for cell in text.split(_BETWEEN)]
    if len(cells) > len(field.columns):
        raise InvalidInputError(
            f"There are {len(field.columns)} answers in a row.", f"Between two stands a {_BETWEEN}", field=field.key
        )
    row: dict[str, Any] = {}
    for column, cell in zip(field.columns, cells, strict=False):
        value = understand_answer(column, cell, asked)
        if value is not None:
            row[column.key] = value
    lacking = next((column for column in field.columns if column.required and column.key not in row), None)
    if lacking is not None:
        raise InvalidInputError(f"{lacking.label} is missing in this row.", field=field.key)
    return row


def row_words(field: TemplateField, row: Mapping[str, Any]) -> str:
    """One of repeating rows in one line: "Bus pass · 2.50 USD · Yes"."""
    words = (answer_words(column, row.get(column.key)) for column in field.columns)
    return " · ".join(word for word in words if word)


def row_line(field: TemplateField, row: Mapping[str, Any]) -> str:
    """One row as it would be typed."""
    line = f"{_BETWEEN} ".join(_cell(column, row.get(column.key)) for column in field.columns)
    return line.rstrip(f"{_BETWEEN} ")


def row_example(field: TemplateField) -> str:
    """What a row looks like: the examples of its columns, or their labels."""
    return f"{_BETWEEN} ".join(column.example or column.label for column in field.columns)


def _cell(column: TemplateField, value: Any) -> str:
    """An answer as it would be typed between semicolons: choices by number where their words hold a comma or one."""
    if column.kind not in (FieldKind.CHOICE, FieldKind.CHOICES) or value is None:
        return answer_text(column, value)
    chosen = value if isinstance(value, list | tuple) else [value]
    words = zip(choice_digits(column), column.choices, strict=True)
    typed = {choice.value: digit if set(choice.label) & {",", _BETWEEN} else choice.label for digit, choice in words}
    return ", ".join(typed.get(str(each), str(each)) for each in chosen)
