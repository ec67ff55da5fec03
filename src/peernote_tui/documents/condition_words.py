"""When a question is asked, told in words for people who read it on paper."""

from __future__ import annotations

from collections.abc import Mapping

from peernote_tui.domain.expressions import parse
from peernote_tui.domain.expressions.parsing import Answer, Call, Literal, Node
from peernote_tui.domain.template import Template

_SOMETIMES = "the other answers ask for it"
_BETWEEN = {"=": "is", "!=": "is not", "<": "is under", "<=": "is at most", ">": "is over", ">=": "is at least"}


def condition_words(template: Template, condition: Mapping[str, tuple[str, ...]] | str) -> str:
    """A condition as it follows “only if”: "Kind is No-show"; what no few words can tell is told as such.

    Args:
        template: The form.
        condition: A `show_if` or `hide_if`; not an empty one.
    """
    if isinstance(condition, str):
        return _told(template, parse(condition).tree) or _SOMETIMES
    return " and ".join(
        f"{_asked(template, key)} is {' or '.join(_answer(template, key, value) for value in values)}"
        for key, values in condition.items()
    )


def _told(template: Template, node: Node) -> str:
    """An expression in words; empty where there are none for it."""
    match node:
        case Answer(key, ""):
            return f"{_asked(template, key)} is Yes"
        case Call("and" | "or" as between, given):
            parts = [_told(template, each) for each in given]
            return f" {between} ".join(parts) if all(parts) else ""
        case Call("not", (Answer(key, ""),)):
            return f"{_asked(template, key)} is No"
        case Call("selected", (Answer(key, ""), Literal(str(value)))):
            return f"{_asked(template, key)} has {_answer(template, key, value)}"
        case Call(sign, (Answer(key, ""), Literal(value))) | Call(
            sign, (Call("number", (Answer(key, ""),)), Literal(value))
        ) if sign in _BETWEEN:
            said = ("Yes" if value else "No") if isinstance(value, bool) else str(value)
            return f"{_asked(template, key)} {_BETWEEN[sign]} {_answer(template, key, said)}"
    return ""


def _asked(template: Template, key: str) -> str:
    field = template.field(key)
    return field.label if field else key


def _answer(template: Template, key: str, value: str) -> str:
    field = template.field(key)
    labels = {choice.value: choice.label for choice in field.choices} if field else {}
    return labels.get(value) or {"yes": "Yes", "no": "No", "": "empty"}.get(value, value)
