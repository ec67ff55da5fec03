"""What is wrong with an answer as it is stored: its kind, its range, its pattern, and its template's own rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal, DecimalException
from typing import Any

from peernote_tui.domain.base import LINE, LONG_TEXT
from peernote_tui.domain.expressions import holds, parse
from peernote_tui.domain.patterns import read_pattern
from peernote_tui.domain.template import FieldKind, TemplateField

MOST_ROWS = 100
SCALE_TO = 10
"""The end of a scale that says none."""
_PHONE = re.compile(r"\+?[\d\s()./-]{3,40}(?:\s?(?:x|ext\.?)\s?\d{1,8})?", re.IGNORECASE)
_LONGEST_NUMBER = 30


def answer_problem(field: TemplateField, value: Any) -> str:
    """What is wrong with a stored answer, in a sentence; empty when nothing is, or when there is none."""
    if value is None:
        return ""
    try:
        problem = _CHECKS.get(field.kind, _text_problem)(field, value)
    except (TypeError, ValueError, DecimalException, AttributeError):
        return f"“{field.label}” holds what is no {field.kind.value.replace('_', ' ')}."
    if problem:
        return problem
    if field.pattern and isinstance(value, str) and not read_pattern(field.pattern).fits(value):
        return field.pattern_say or f"“{field.label}” is not written as it should be."
    return ""


def must_problem(field: TemplateField, values: Mapping[str, Any], *, today: date) -> str:
    """What a field's own rule says against its answer, given all answers; empty when it holds or is not answered."""
    if not field.must or values.get(field.key) in (None, "", ()):
        return ""
    if holds(parse(field.must), values, today=today):
        return ""
    return field.must_say or f"“{field.label}” does not fit the other answers."


def _text_problem(field: TemplateField, value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    longest = LONG_TEXT if field.kind in (FieldKind.LONG_TEXT, FieldKind.OWN_WORDS) else LINE
    if len(value) > longest:
        return f"“{field.label}” is longer than {longest} characters."
    return ""


def _participant_problem(field: TemplateField, value: Any) -> str:
    if not isinstance(value, dict):
        return _text_problem(field, value)
    if set(value) != {"participant"} or not isinstance(value["participant"], str) or not value["participant"]:
        raise TypeError
    return ""


def _phone_problem(field: TemplateField, value: Any) -> str:
    return _text_problem(field, value) or ("" if _PHONE.fullmatch(value) else "A phone number is needed here.")


def _number_problem(field: TemplateField, value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_NUMBER:
        raise TypeError
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError
    exponent = number.normalize().as_tuple().exponent
    places = field.places if field.kind is FieldKind.NUMBER else max(field.places, 2)
    if isinstance(exponent, int) and -exponent > places:
        kept = "a whole number" if places == 0 else f"at most {places} digits after the point"
        return f"“{field.label}” takes {kept}."
    return _range_problem(field, number)


def _range_problem(field: TemplateField, number: Decimal) -> str:
    if field.least is not None and number < field.least:
        return f"“{field.label}” is at least {field.least}."
    if field.most is not None and number > field.most:
        return f"“{field.label}” is at most {field.most}."
    return ""


def _whole_problem(field: TemplateField, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    if field.kind is FieldKind.SCALE:
        low = field.least if field.least is not None else Decimal(0)
        high = field.most if field.most is not None else Decimal(SCALE_TO)
        return "" if low <= value <= high else f"“{field.label}” is a number from {low} to {high}."
    if value < 0:
        raise ValueError
    return _range_problem(field, Decimal(value))


def _date_problem(_: TemplateField, value: Any) -> str:
    date.fromisoformat(value)
    return ""


def _time_problem(_: TemplateField, value: Any) -> str:
    time.fromisoformat(value)
    return ""


def _span_problem(_: TemplateField, value: Any) -> str:
    start, end = value
    time.fromisoformat(start)
    time.fromisoformat(end)
    return ""


def _yes_problem(_: TemplateField, value: Any) -> str:
    if not isinstance(value, bool):
        raise TypeError
    return ""


def _choice_problem(field: TemplateField, value: Any) -> str:
    known = {choice.value for choice in field.choices}
    chosen = value if field.kind is FieldKind.CHOICES else [value]
    if not isinstance(chosen, list | tuple):
        raise TypeError
    return "" if all(each in known for each in chosen) else f"“{field.label}” holds an answer that is not offered."


def _tags_problem(_: TemplateField, value: Any) -> str:
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise TypeError
    return ""


def _rows_problem(field: TemplateField, value: Any) -> str:
    if not isinstance(value, list | tuple):
        raise TypeError
    if len(value) > MOST_ROWS:
        return f"“{field.label}” has more than {MOST_ROWS} rows."
    for row in value:
        known = {column.key: column for column in field.columns}
        for key, cell in row.items():
            if key not in known:
                return f"“{field.label}” has a column that the template does not ask for."
            if problem := answer_problem(known[key], cell):
                return problem
    return ""


def _nothing_problem(_: TemplateField, __: Any) -> str:
    return ""


_CHECKS: dict[FieldKind, Callable[[TemplateField, Any], str]] = {
    FieldKind.NUMBER: _number_problem,
    FieldKind.MONEY: _number_problem,
    FieldKind.DATE: _date_problem,
    FieldKind.TIME: _time_problem,
    FieldKind.TIME_SPAN: _span_problem,
    FieldKind.DURATION: _whole_problem,
    FieldKind.SCALE: _whole_problem,
    FieldKind.YES_NO: _yes_problem,
    FieldKind.CHOICE: _choice_problem,
    FieldKind.CHOICES: _choice_problem,
    FieldKind.TAGS: _tags_problem,
    FieldKind.ROWS: _rows_problem,
    FieldKind.PHONE: _phone_problem,
    FieldKind.PARTICIPANT: _participant_problem,
    FieldKind.COMPUTED: _nothing_problem,
    FieldKind.HEADING: _nothing_problem,
}
