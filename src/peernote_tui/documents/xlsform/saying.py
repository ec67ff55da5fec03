"""An expression of an XLSForm in the language of templates, or the reason why it cannot be said in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, DecimalException
from typing import Literal, NamedTuple, TypeAlias

from peernote_tui.documents.xlsform.xpath import Call, CannotReadError, Named, Node, Number, Text, read_xpath
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.expressions import parse
from peernote_tui.domain.patterns import read_pattern
from peernote_tui.domain.template import FieldKind

Type: TypeAlias = Literal["number", "text", "date", "time", "truth", "choice", "several", "rows", "column", "any"]
_TYPES: dict[FieldKind, Type] = {
    FieldKind.NUMBER: "number",
    FieldKind.SCALE: "number",
    FieldKind.TEXT: "text",
    FieldKind.LONG_TEXT: "text",
    FieldKind.PHONE: "text",
    FieldKind.ATTESTATION: "text",
    FieldKind.DATE: "date",
    FieldKind.TIME: "time",
    FieldKind.YES_NO: "truth",
    FieldKind.CHOICE: "choice",
    FieldKind.CHOICES: "several",
    FieldKind.TAGS: "several",
    FieldKind.ROWS: "rows",
}
_OR, _AND, _COMPARED, _SUM, _PRODUCT, _ONE = range(6)
_SIGNS = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "div": _PRODUCT, "mod": _PRODUCT}
_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
_MOST_TIMES = 20
_AGREED = "OK"
"""What an acknowledged question holds. Source: ODK XForms specification, "trigger"."""


class UnknownNameError(Exception):
    """An expression names a question that the form does not have."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Known:
    """A question of the form, as expressions reach it.

    Attributes:
        key: Its key in the template.
        kind: What it became; None when it was left out.
        rows: The key of the rows whose column it is.
        says: The expression that it stands for, where it is no field.
        why: Why expressions cannot use it.
        calculation: The expression of a calculated one, as the form has it.
    """

    key: str = ""
    kind: FieldKind | None = None
    rows: str = ""
    says: str = ""
    why: str = "was not carried over"
    calculation: str = ""


class Said(NamedTuple):
    """A part of an expression: its words, what it gives, and how tightly its outermost operator binds."""

    text: str
    type: Type
    binds: int = _ONE


@dataclass
class Speaker:
    """Puts expressions into other words.

    Attributes:
        known: Every question of the form by name.
    """

    known: Mapping[str, Known]
    _types: dict[str, Type | str] = field(default_factory=dict)

    def say(self, text: str, *, itself: Known | None = None) -> str:
        """An expression in the language of templates.

        Args:
            text: As the form has it.
            itself: What `.` stands for.

        Raises:
            CannotReadError: It cannot be said; the message says why, as part of a sentence.
            UnknownNameError: It names what is no question.
        """
        return checked(_Saying(self, itself).part(read_xpath(text)).text)

    def say_of(self, node: Node, itself: Known) -> str:
        """The same for an expression that was read already."""
        return checked(_Saying(self, itself).part(node).text)

    def type_of(self, known: Known) -> Type:
        """What a question gives; for a calculated one, what its expression gives.

        Raises:
            CannotReadError: Its expression cannot be said.
        """
        if known.kind is not FieldKind.COMPUTED:
            return _TYPES.get(known.kind, "any") if known.kind else "any"
        held = self._types.get(known.key)
        if held is None:
            self._types[known.key] = "any"
            try:
                self._types[known.key] = held = _Saying(self, None).part(read_xpath(known.calculation)).type
            except CannotReadError:
                self._types[known.key] = held = ""
        if not held:
            raise CannotReadError("it asks for a calculation that cannot be carried over")
        return held  # type: ignore[return-value]  # one of the types, or empty


def checked(text: str) -> str:
    """An expression that the language of templates takes.

    Raises:
        CannotReadError: It is too long or too deep for it.
    """
    try:
        parse(text)
    except InvalidInputError:
        raise CannotReadError("it is too long or too deep") from None
    return text


class _Saying:
    def __init__(self, speaker: Speaker, itself: Known | None) -> None:
        self._speaker = speaker
        self._itself = itself
        self._parts: dict[int, Said] = {}

    def part(self, node: Node) -> Said:
        """A part of the expression; what is asked for again is known."""
        if id(node) not in self._parts:
            self._parts[id(node)] = self._part(node)
        return self._parts[id(node)]

    def _part(self, node: Node) -> Said:
        if isinstance(node, Number):
            return Said(node.text, "number")
        if isinstance(node, Text):
            return Said(quoted(node.text), "text")
        if isinstance(node, Named):
            return self._answer(node)
        if node.name in {"and", "or"}:
            binds = _AND if node.name == "and" else _OR
            one, other = (_within(self.part(each), binds) for each in node.given)
            return Said(f"{one} {node.name} {other}", "truth", binds)
        if node.name in _COMPARISONS:
            return self._compared(node.name, *node.given)
        if node.name in _SIGNS:
            return self._reckoned(node.name, *node.given)
        said = _FUNCTIONS.get(node.name)
        if said is None:
            raise CannotReadError(f"it uses {node.name}(), which templates do not know")
        least, most, say = said
        if not least <= len(node.given) <= most:
            raise CannotReadError(f"{node.name}() has another number of values than it takes")
        return say(self, node.given)

    def _answer(self, node: Named, *, of_rows: bool = False) -> Said:
        known = self._itself if not node.name else self._speaker.known.get(node.name)
        if known is None:
            if node.name:
                raise UnknownNameError(node.name)
            raise CannotReadError("a dot stands for no answer there")
        if known.says:
            return Said(known.says, "date")
        if known.kind is None:
            raise CannotReadError(f"it asks for “{node.name}”, which {known.why}")
        if known.rows:
            if not of_rows:
                raise CannotReadError("it asks for one answer out of repeating rows")
            return Said(f"{known.rows}.{known.key}", "column")
        return Said(known.key, self._speaker.type_of(known))

    def several(self, node: Node) -> Said:
        """What sums and counts take: an answer, or a column of rows."""
        return self._answer(node, of_rows=True) if isinstance(node, Named) else self.part(node)

    def number(self, node: Node) -> Said:
        """A part as a number."""
        if isinstance(node, Text) and (plain := _plain_number(node.text)):
            return Said(plain, "number")
        said = self.part(node)
        if said.type in {"number", "any"}:
            return said
        if said.type in {"choice", "text"}:
            return Said(f"number({said.text})", "number")
        if said.type == "truth":
            return Said(f"if({said.text}, 1, 0)", "number")
        raise CannotReadError("it reckons with what is no number")

    def _reckoned(self, sign: str, left: Node, right: Node) -> Said:
        binds = _SIGNS[sign]
        kinds = (self.part(left).type, self.part(right).type)
        gives: Type = "number"
        if sign in {"+", "-"} and "date" in kinds:
            one, other = (self.part(node) if kind == "date" else self.number(node)
                          for node, kind in zip((left, right), kinds, strict=True))  # fmt: skip
            if kinds == ("date", "date") and sign == "+":
                raise CannotReadError("it adds two days")
            if kinds[0] != "date" and sign == "-":
                raise CannotReadError("it takes a day from a number")
            gives = "number" if kinds == ("date", "date") else "date"
        else:
            one, other = self.number(left), self.number(right)
        right_text = _within(other, binds + 1)
        if one.text == "0" and sign == "-":
            return Said(f"-{_within(other, _ONE)}", gives, _PRODUCT)
        word = {"div": "/"}.get(sign, sign)
        return Said(f"{_within(one, binds)} {word} {right_text}", gives, binds)

    def _compared(self, sign: str, left: Node, right: Node) -> Said:
        if sign in {"=", "!="}:
            for one, other in ((left, right), (right, left)):
                if isinstance(other, Text) and other.text and (said := self._is(one, other)) is not None:
                    return Said(f"not ({said.text})", "truth", _AND) if sign == "!=" else said
        one, other = self.part(left), self.part(right)
        empty = quoted("") in {one.text, other.text}
        if {one.type, other.type} & {"several", "rows", "column"} and not (empty and sign in {"=", "!="}):
            raise CannotReadError("it compares several answers at once")
        if {one.type, other.type} in ({"date", "number"}, {"time", "number"}, {"date", "time"}, {"date", "choice"}):
            raise CannotReadError("it compares a day or a time with something else")
        return Said(f"{_within(one, _SUM)} {sign} {_within(other, _SUM)}", "truth", _COMPARED)

    def _is(self, node: Node, text: Text) -> Said | None:
        """Whether an answer is a text, where that is said in another way; None where it is not."""
        if not isinstance(node, Named):
            return None
        said = self._answer(node)
        if said.type == "several":
            return Said(f"selected({said.text}, {quoted(text.text)}) and count({said.text}) = 1", "truth", _AND)
        if said.type == "truth":
            if text.text != _AGREED:
                raise CannotReadError("it compares a confirmation with another text than OK")
            return Said(f"{said.text} = yes", "truth", _COMPARED)
        return None


_Given: TypeAlias = tuple[Node, ...]


def _not(saying: _Saying, given: _Given) -> Said:
    return Said(f"not ({saying.part(given[0]).text})", "truth", _AND)


def _selected(saying: _Saying, given: _Given) -> Said:
    one = saying.part(given[0])
    if one.type not in {"several", "choice"}:
        raise CannotReadError("selected() is asked of what is no choice")
    value = Text(given[1].text) if isinstance(given[1], Number) else given[1]
    return Said(f"selected({one.text}, {saying.part(value).text})", "truth")


def _count_selected(saying: _Saying, given: _Given) -> Said:
    one = saying.part(given[0])
    if one.type not in {"several", "choice"}:
        raise CannotReadError("count-selected() is asked of what is no choice")
    return Said(f"count({one.text})", "number")


def _if(saying: _Saying, given: _Given) -> Said:
    condition, yes, no = (saying.part(each) for each in given)
    return Said(f"if({condition.text}, {yes.text}, {no.text})", _common(yes, no))


def _coalesce(saying: _Saying, given: _Given) -> Said:
    parts = [saying.part(each) for each in given]
    return Said(f"coalesce({_listed(parts)})", _common(*parts))


def _length(saying: _Saying, given: _Given) -> Said:
    one = saying.part(given[0])
    if one.type not in {"text", "any", "choice"}:
        raise CannotReadError("it asks for the length of what is no text")
    return Said(f"length({one.text})", "number")


def _regex(saying: _Saying, given: _Given) -> Said:
    pattern = given[1]
    if not isinstance(pattern, Text):
        raise CannotReadError("its pattern is no text")
    one = saying.part(given[0])
    if one.type not in {"text", "choice", "any", "number"}:
        raise CannotReadError("it holds a pattern against what is no text")
    subject = f"join({one.text})" if one.type in {"number", "any"} else one.text
    return Said(f"fits({subject}, {quoted(readable(pattern.text))})", "truth")


def _today(_: _Saying, __: _Given) -> Said:
    return Said("today()", "date")


def _as_day(saying: _Saying, given: _Given) -> Said:
    one = saying.part(given[0])
    if one.type not in {"date", "text"}:
        raise CannotReadError("it makes a day of something else")
    return Said(one.text, "date", one.binds)


def _as_number(saying: _Saying, given: _Given) -> Said:
    # The number of a day counts days, so that the day itself serves where days are taken from each other.
    one = saying.part(given[0])
    return one if one.type == "date" else saying.number(given[0])


def _as_text(saying: _Saying, given: _Given) -> Said:
    parts = [saying.part(each) for each in given]
    if any(part.type in {"truth", "several", "rows", "column"} for part in parts):
        raise CannotReadError("it puts together what is no text")
    return Said(f"join({_listed(parts)})", "text")


def _joined(saying: _Saying, given: _Given) -> Said:
    column = saying.several(given[1])
    if given[0] != Text(", ") or column.type != "column":
        raise CannotReadError("it joins texts in another way than templates can")
    return Said(f"join({column.text})", "text")


def _whole(saying: _Saying, given: _Given) -> Said:
    return Said(f"whole({saying.number(given[0]).text})", "number")


def _round(saying: _Saying, given: _Given) -> Said:
    return Said(f"round({_listed([saying.number(each) for each in given])})", "number")


def _of_numbers(name: str) -> Callable[[_Saying, _Given], Said]:
    def say(saying: _Saying, given: _Given) -> Said:
        parts = [saying.several(each) for each in given]
        numbers = [
            part if part.type == "column" else saying.number(each) for part, each in zip(parts, given, strict=True)
        ]
        return Said(f"{name}({_listed(numbers)})", "number")

    return say


def _count(saying: _Saying, given: _Given) -> Said:
    one = saying.several(given[0])
    if one.type not in {"rows", "column"}:
        raise CannotReadError("it counts what does not repeat")
    return Said(f"count({one.text})", "number")


def _once(saying: _Saying, given: _Given) -> Said:
    return saying.part(given[0])


_FUNCTIONS: dict[str, tuple[int, int, Callable[[_Saying, _Given], Said]]] = {
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


def quoted(text: str) -> str:
    """A text as expressions have it.

    Raises:
        CannotReadError: It holds quotation marks of both kinds, or a line break.
    """
    if "\n" in text or ("'" in text and '"' in text):
        raise CannotReadError("it holds a text that cannot be quoted")
    return f'"{text}"' if "'" in text else f"'{text}'"


def readable(pattern: str) -> str:
    """A regular expression that templates take.

    Raises:
        CannotReadError: They do not take it.
    """
    try:
        read_pattern(pattern)
    except InvalidInputError:
        raise CannotReadError("it holds a pattern that templates do not know") from None
    return pattern


def _within(said: Said, binds: int) -> str:
    return said.text if said.binds >= binds else f"({said.text})"


def _listed(parts: list[Said]) -> str:
    return ", ".join(part.text for part in parts)


def _common(*parts: Said) -> Type:
    kinds = {part.type for part in parts}
    return kinds.pop() if len(kinds) == 1 else "any"


def _plain_number(text: str) -> str:
    try:
        number = Decimal(text.strip())
    except DecimalException:
        return ""
    return format(number, "f") if number.is_finite() and 0 <= number < 10**9 else ""
