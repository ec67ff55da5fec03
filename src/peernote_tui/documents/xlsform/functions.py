"""The functions of XPath and ODK that templates have an equal for.

Source: ODK XForms specification, "XPath functions".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from peernote_tui.documents.xlsform.words import AND, Said, Saying, common, listed, quoted, readable
from peernote_tui.documents.xlsform.xpath import Call, CannotReadError, Node, Number, Text

_MOST_TIMES = 20

_Given: TypeAlias = tuple[Node, ...]


def _not(saying: Saying, given: _Given) -> Said:
    return Said(f"not ({saying.part(given[0]).text})", "truth", AND)


def _selected(saying: Saying, given: _Given) -> Said:
    one = saying.part(given[0])
    if one.type not in {"several", "choice"}:
        raise CannotReadError("selected() is asked of what is no choice")
    value = Text(given[1].text) if isinstance(given[1], Number) else given[1]
    return Said(f"selected({one.text}, {saying.part(value).text})", "truth")


def _count_selected(saying: Saying, given: _Given) -> Said:
    one = saying.part(given[0])
    if one.type not in {"several", "choice"}:
        raise CannotReadError("count-selected() is asked of what is no choice")
    return Said(f"count({one.text})", "number")


def _if(saying: Saying, given: _Given) -> Said:
    condition, yes, no = (saying.part(each) for each in given)
    return Said(f"if({condition.text}, {yes.text}, {no.text})", common(yes, no))


def _coalesce(saying: Saying, given: _Given) -> Said:
    parts = [saying.part(each) for each in given]
    return Said(f"coalesce({listed(parts)})", common(*parts))


def _length(saying: Saying, given: _Given) -> Said:
    one = saying.part(given[0])
    if one.type not in {"text", "any", "choice"}:
        raise CannotReadError("it asks for the length of what is no text")
    return Said(f"length({one.text})", "number")


def _regex(saying: Saying, given: _Given) -> Said:
    pattern = given[1]
    if not isinstance(pattern, Text):
        raise CannotReadError("its pattern is no text")
    one = saying.part(given[0])
    if one.type not in {"text", "choice", "any", "number"}:
        raise CannotReadError("it holds a pattern against what is no text")
    subject = f"join({one.text})" if one.type in {"number", "any"} else one.text
    return Said(f"fits({subject}, {quoted(readable(pattern.text))})", "truth")


def _today(_: Saying, __: _Given) -> Said:
    return Said("today()", "date")


def _as_day(saying: Saying, given: _Given) -> Said:
    one = saying.part(given[0])
    if one.type not in {"date", "text"}:
        raise CannotReadError("it makes a day of something else")
    return Said(one.text, "date", one.binds)


def _as_number(saying: Saying, given: _Given) -> Said:
    # The number of a day counts days, so that the day itself serves where days are taken from each other.
    one = saying.part(given[0])
    return one if one.type == "date" else saying.number(given[0])


def _as_text(saying: Saying, given: _Given) -> Said:
    parts = [saying.part(each) for each in given]
    if any(part.type in {"truth", "several", "rows", "column"} for part in parts):
        raise CannotReadError("it puts together what is no text")
    return Said(f"join({listed(parts)})", "text")


def _joined(saying: Saying, given: _Given) -> Said:
    column = saying.several(given[1])
    if given[0] != Text(", ") or column.type != "column":
        raise CannotReadError("it joins texts in another way than templates can")
    return Said(f"join({column.text})", "text")


def _whole(saying: Saying, given: _Given) -> Said:
    return Said(f"whole({saying.number(given[0]).text})", "number")


def _round(saying: Saying, given: _Given) -> Said:
    return Said(f"round({listed([saying.number(each) for each in given])})", "number")


def _of_numbers(name: str) -> Callable[[Saying, _Given], Said]:
    def say(saying: Saying, given: _Given) -> Said:
        parts = [saying.several(each) for each in given]
        numbers = [
            part if part.type == "column" else saying.number(each) for part, each in zip(parts, given, strict=True)
        ]
        return Said(f"{name}({listed(numbers)})", "number")

    return say


def _count(saying: Saying, given: _Given) -> Said:
    one = saying.several(given[0])
    if one.type not in {"rows", "column"}:
        raise CannotReadError("it counts what does not repeat")
    return Said(f"count({one.text})", "number")


def _once(saying: Saying, given: _Given) -> Said:
    return saying.part(given[0])


_FUNCTIONS: dict[str, tuple[int, int, Callable[[Saying, _Given], Said]]] = {
    "not": (1, 1, _not),
    "true": (0, 0, lambda _, __: Said("yes", "truth")),
    "false": (0, 0, lambda _, __: Said("no", "truth")),
    "selected": (2, 2, _selected),
    "count-selected": (1, 1, _count_selected),
    "if": (3, 3, _if),
    "coalesce": (2, _MOST_TIMES, _coalesce),
    "string-length": (1, 1, _length),
    "regex": (2, 2, _regex),
    "today": (0, 0, _today),
    "date": (1, 1, _as_day),
    "decimal-date": (1, 1, _as_day),
    "decimal-date-time": (1, 1, _as_day),
    "number": (1, 1, _as_number),
    "string": (1, 1, _as_text),
    "concat": (1, _MOST_TIMES, _as_text),
    "join": (2, 2, _joined),
    "int": (1, 1, _whole),
    "round": (1, 2, _round),
    "sum": (1, _MOST_TIMES, _of_numbers("sum")),
    "min": (1, _MOST_TIMES, _of_numbers("min")),
    "max": (1, _MOST_TIMES, _of_numbers("max")),
    "count": (1, 1, _count),
    "once": (1, 1, _once),
}
"""By name: the fewest values it takes, the most, and how it is said."""


def call(saying: Saying, node: Call) -> Said:
    """A function of the form.

    Raises:
        CannotReadError: Templates have no equal for it, or not for what it is given.
    """
    known = _FUNCTIONS.get(node.name)
    if known is None:
        raise CannotReadError(f"it uses {node.name}(), which templates do not know")
    least, most, say = known
    if not least <= len(node.given) <= most:
        raise CannotReadError(f"{node.name}() has another number of values than it takes")
    return say(saying, node.given)
