"""An expression of an XLSForm in the language of templates, or the reason why it cannot be said in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from peernote_tui.documents.xlsform.functions import call
from peernote_tui.documents.xlsform.words import (
    AND,
    COMPARED,
    ONE,
    OR,
    PRODUCT,
    SUM,
    Known,
    Said,
    Type,
    UnknownNameError,
    plain_number,
    quoted,
    within,
)
from peernote_tui.documents.xlsform.xpath import CannotReadError, Named, Node, Number, Text, read_xpath
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.expressions import parse
from peernote_tui.domain.template import FieldKind

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
_SIGNS = {"+": SUM, "-": SUM, "*": PRODUCT, "div": PRODUCT, "mod": PRODUCT}
_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
_MOST_IN_A_ROW = 60
_AGREED = "OK"
"""What an acknowledged question holds. Source: ODK XForms specification, "trigger"."""


@dataclass
class Speaker:
    """Puts expressions into other words.

    Attributes:
        known: Every question of the form by name.
    """

    known: Mapping[str, Known]
    _types: dict[str, Type | str] = field(default_factory=dict)
    _asking: list[str] = field(default_factory=list)

    def say(self, text: str, *, itself: Known | None = None) -> str:
        """An expression in the language of templates.

        Args:
            text: As the form has it.
            itself: What `.` stands for.

        Raises:
            CannotReadError: It cannot be said; the message says why, as part of a sentence.
            UnknownNameError: It names what is no question.
        """
        return self.say_of(read_xpath(text), itself)

    def say_of(self, node: Node, itself: Known | None) -> str:
        """The same for an expression that was read already."""
        try:
            return checked(_Saying(self, itself).part(node).text)
        except RecursionError:
            raise CannotReadError("it is too long or too deep") from None

    def type_of(self, known: Known) -> Type:
        """What a question gives; for a calculated one, what its expression gives.

        Raises:
            CannotReadError: Its expression cannot be said.
        """
        if known.kind is not FieldKind.COMPUTED:
            return _TYPES.get(known.kind, "any") if known.kind else "any"
        held = self._types.get(known.key)
        if held is None:
            if len(self._asking) >= _MOST_IN_A_ROW:
                raise CannotReadError("it asks for calculations that ask for others, too many one after another")
            self._asking.append(known.key)
            self._types[known.key] = "any"
            try:
                self._types[known.key] = held = _Saying(self, None).part(read_xpath(known.calculation)).type
            except CannotReadError:
                self._types[known.key] = held = ""
            finally:
                self._asking.pop()
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
            binds = AND if node.name == "and" else OR
            one, other = (within(self.part(each), binds) for each in node.given)
            return Said(f"{one} {node.name} {other}", "truth", binds)
        if node.name in _COMPARISONS:
            return self._compared(node.name, *node.given)
        if node.name in _SIGNS:
            return self._reckoned(node.name, *node.given)
        return call(self, node)

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
        if isinstance(node, Text) and (plain := plain_number(node.text)):
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
        one: Said
        other: Said
        if sign in {"+", "-"} and "date" in kinds:
            one, other = (
                self.part(each) if kind == "date" else self.number(each)
                for each, kind in zip((left, right), kinds, strict=True)
            )
            if kinds == ("date", "date") and sign == "+":
                raise CannotReadError("it adds two days")
            if kinds[0] != "date" and sign == "-":
                raise CannotReadError("it takes a day from a number")
            gives = "number" if kinds == ("date", "date") else "date"
        else:
            one, other = self.number(left), self.number(right)
        right_text = within(other, binds + 1)
        if one.text == "0" and sign == "-":
            return Said(f"-{within(other, ONE)}", gives, PRODUCT)
        word = {"div": "/"}.get(sign, sign)
        return Said(f"{within(one, binds)} {word} {right_text}", gives, binds)

    def _compared(self, sign: str, left: Node, right: Node) -> Said:
        if sign in {"=", "!="}:
            for named, text in ((left, right), (right, left)):
                if isinstance(text, Text) and text.text and (said := self._is(named, text)) is not None:
                    return Said(f"not ({said.text})", "truth", AND) if sign == "!=" else said
        one, other = self.part(left), self.part(right)
        empty = quoted("") in {one.text, other.text}
        if {one.type, other.type} & {"several", "rows", "column"} and not (empty and sign in {"=", "!="}):
            raise CannotReadError("it compares several answers at once")
        if {one.type, other.type} in ({"date", "number"}, {"time", "number"}, {"date", "time"}, {"date", "choice"}):
            raise CannotReadError("it compares a day or a time with something else")
        return Said(f"{within(one, SUM)} {sign} {within(other, SUM)}", "truth", COMPARED)

    def _is(self, node: Node, text: Text) -> Said | None:
        """Whether an answer is a text, where that is said in another way; None where it is not."""
        if not isinstance(node, Named):
            return None
        said = self._answer(node)
        if said.type == "several":
            return Said(f"selected({said.text}, {quoted(text.text)}) and count({said.text}) = 1", "truth", AND)
        if said.type == "truth":
            if text.text != _AGREED:
                raise CannotReadError("it compares a confirmation with another text than OK")
            return Said(f"{said.text} = yes", "truth", COMPARED)
        return None
