"""Working an expression out, given the answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, DecimalException
from typing import Any, TypeAlias

from peernote_tui.domain.expressions.functions import FUNCTIONS, is_answered
from peernote_tui.domain.expressions.parsing import Answer, Expression, Literal, Node

Value: TypeAlias = Decimal | str | bool | date | time | tuple[Any, ...] | None
"""A number, a text, yes or no, a date, a time, several of them, or nothing."""
Rows: TypeAlias = tuple[Mapping[str, Value], ...]
"""Repeating rows: each by column key."""

_LARGEST = Decimal(10) ** 15


def evaluate(expression: Expression, answers: Mapping[str, Value | Rows], *, today: date) -> Value:
    """The value of an expression; None where an answer that it needs is missing or does not fit.

    Args:
        expression: As it was read.
        answers: By field key.
        today: The day of writing.
    """
    found: Value = _work_out(expression.tree, answers, today)
    return found


def holds(expression: Expression, answers: Mapping[str, Value | Rows], *, today: date) -> bool:
    """Whether an expression is true; a missing value is not."""
    return _truth(evaluate(expression, answers, today=today))


def _work_out(node: Node, answers: Mapping[str, Any], today: date) -> Any:
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Answer):
        return _answer(node, answers)
    if node.name == "today":
        return today
    if node.name in {"and", "or"}:
        left = _truth(_work_out(node.given[0], answers, today))
        if left is (node.name == "or"):
            return left
        return _truth(_work_out(node.given[1], answers, today))
    if node.name == "if":
        chosen = node.given[1] if _truth(_work_out(node.given[0], answers, today)) else node.given[2]
        return _work_out(chosen, answers, today)
    given = [_work_out(each, answers, today) for each in node.given]
    if node.name == "not":
        return not _truth(given[0])
    if node.name in FUNCTIONS:
        return FUNCTIONS[node.name].work(*given)
    if node.name in {"+", "-", "*", "/", "mod"}:
        return _reckon(node.name, *given)
    return _compare(node.name, *given)


def _answer(node: Answer, answers: Mapping[str, Any]) -> Any:
    value = answers.get(node.key)
    if not node.column:
        return value
    if not isinstance(value, tuple):
        return None
    return tuple(row.get(node.column) for row in value if isinstance(row, Mapping))


def _reckon(sign: str, left: Any, right: Any) -> Decimal | date | None:
    if sign in {"+", "-"} and (isinstance(left, date) or isinstance(right, date)):
        return _reckon_days(sign, left, right)
    if not isinstance(left, Decimal) or not isinstance(right, Decimal):
        return None
    try:
        match sign:
            case "+":
                found = left + right
            case "-":
                found = left - right
            case "*":
                found = left * right
            case "/":
                found = left / right
            case _:
                found = left % right
    except DecimalException:
        return None
    return found if abs(found) <= _LARGEST else None


def _reckon_days(sign: str, left: Any, right: Any) -> Decimal | date | None:
    """A day and a number of days give a day, two days the days between them; a day may be written as text."""
    if sign == "+" and isinstance(left, Decimal):
        left, right = right, left
    day, other = _as(date, left), _as(date, right)
    if day is None:
        return None
    if sign == "-" and other is not None:
        return Decimal((day - other).days)
    if not isinstance(right, Decimal) or right != right.to_integral_value():
        return None
    try:
        found: date = day + timedelta(days=int(right if sign == "+" else -right))
    except OverflowError:
        return None
    return found


def _compare(sign: str, left: Any, right: Any) -> bool:
    if sign in {"=", "!="}:
        return _same(left, right) is (sign == "=")
    left, right = _fitting(left, right)
    if left is None or right is None:
        return False
    match sign:
        case "<":
            return bool(left < right)
        case "<=":
            return bool(left <= right)
        case ">":
            return bool(left > right)
        case _:
            return bool(left >= right)


def _same(left: Any, right: Any) -> bool:
    if right == "" or left == "":
        return not is_answered(left) and not is_answered(right)
    if isinstance(left, bool) or isinstance(right, bool):
        return isinstance(left, bool) and left is right
    fitting = _fitting(left, right)
    return fitting[0] == fitting[1] if None not in fitting else False


def _fitting(left: Any, right: Any) -> tuple[Any, Any]:
    """Two values that can be compared, or None for each: a date may be compared with one written as text."""
    for kind in (Decimal, date, time, str):
        one = _as(kind, left)
        other = _as(kind, right)
        if one is not None and other is not None:
            return one, other
    return None, None


def _as(kind: type, value: Any) -> Any:
    if isinstance(value, bool):
        return None
    if kind is date and isinstance(value, datetime):
        return None
    if isinstance(value, kind):
        return value
    if not isinstance(value, str) or kind is str:
        return None
    try:
        if kind is Decimal:
            found = Decimal(value)
            return found if found.is_finite() else None
        return kind.fromisoformat(value) if kind in (date, time) else None
    except (ValueError, DecimalException):
        return None


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return value != 0
    return is_answered(value)
