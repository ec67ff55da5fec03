"""What an XLSForm demands of answers, said in the entries of a template's field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from peernote_tui.documents.xlsform.languages import Speech
from peernote_tui.documents.xlsform.report import Notes, Sheet
from peernote_tui.documents.xlsform.saying import Speaker, checked
from peernote_tui.documents.xlsform.tree import Item
from peernote_tui.documents.xlsform.words import Known, UnknownNameError, readable
from peernote_tui.documents.xlsform.xpath import Call, CannotReadError, Named, Node, Number, Text, read_xpath
from peernote_tui.domain.answers import Asked, choice_digits, understand_answer
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.expressions import parse
from peernote_tui.domain.expressions.parsing import Call as Said
from peernote_tui.domain.template import FieldKind, TemplateField

_ANY_DAY = Asked(datetime(2026, 1, 5, 12))  # noqa: DTZ001 a wall clock, to read defaults by
_WORKED_OUT = re.compile(r"\$\{|[\w-]\(")
_YES = frozenset({"yes", "true", "true()", "1"})
_NO = frozenset({"", "no", "false", "false()", "0"})
_TEXTS = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.PHONE, FieldKind.ATTESTATION})
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_NO_DEFAULT = frozenset({FieldKind.SCALE, FieldKind.COMPUTED, FieldKind.HEADING, FieldKind.ROWS, FieldKind.ATTESTATION})


@dataclass
class Rules:
    """Turns the rules of questions into entries, and tells of those that it cannot.

    Attributes:
        speaker: Puts expressions into other words.
        speech: What the form says.
        notes: Takes what is told.
    """

    speaker: Speaker
    speech: Speech
    notes: Notes

    def shown(self, item: Item, within: tuple[str, ...]) -> str:
        """When a question is asked: under its own condition and those of the groups it stands in."""
        own = self.condition(item)
        parts = [*within, *([own] if own else [])]
        if len(parts) == 1:
            return parts[0]
        whole = " and ".join(f"({part})" if _is_either(part) else part for part in parts)
        try:
            return checked(whole) if whole else ""
        except CannotReadError:
            self.untold(item, "relevant", item.row["relevant"], "it is too long together with those of its groups")
            return own

    def condition(self, item: Item) -> str:
        """The condition of a question or a group alone; empty when it has none that can be said."""
        text = item.row["relevant"]
        if not text or text.strip().casefold() in {"true()", "yes"}:
            return ""
        return self._said(item, "relevant", text)

    def required(self, item: Item) -> dict[str, Any]:
        """Whether the signature waits for a question, and what is said while it does."""
        text = item.row["required"].strip()
        if text.casefold() in _NO:
            return {}
        if text.casefold() not in _YES:
            self.untold(item, "required", text, "a template needs an answer always or never; it is not needed here")
            return {}
        missing = self.speech.text(item.row, "required_message")
        return {"required": True, **({"missing": missing} if missing else {})}

    def value(self, item: Item) -> str:
        """What a question computes; empty when it cannot be said."""
        return self._said(item, "calculation", item.row["calculation"])

    def constraint(self, item: Item, field: TemplateField, known: Known, *, in_rows: bool) -> dict[str, Any]:
        """What an answer must be."""
        text = item.row["constraint"]
        if not text:
            return {}
        said = self.speech.text(item.row, "constraint_message")
        try:
            tree = read_xpath(text)
            pattern = _pattern(tree) if field.kind in _TEXTS else None
            if pattern is not None:
                return {"pattern": readable(pattern), "pattern_say": said}
            bounds = _bounds(tree, field) if in_rows or not said else None
            if bounds is not None:
                return bounds
            if in_rows:
                self.untold(item, "constraint", text, "columns of rows take a least, a most or a pattern only")
                return {}
            return {"must": self.speaker.say_of(tree, known), "must_say": said}
        except CannotReadError as error:
            self.untold(item, "constraint", text, str(error))
        except UnknownNameError as error:
            self._unknown(item, "constraint", error)
        return {}

    def default(self, item: Item, field: TemplateField) -> dict[str, Any]:
        """What stands there when a note is begun."""
        text = item.row["default"]
        if not text:
            return {}
        if field.kind in _NO_DEFAULT:
            self.untold(item, "default", text, "this is for the person to say")
            return {}
        typed = _typed(field, text)
        try:
            fits = typed is not None and understand_answer(field, typed, _ANY_DAY) is not None
        except InvalidInputError:
            fits = False
        if not fits:
            self.untold(item, "default", text, "it is worked out anew for each form, or does not fit the question")
            return {}
        return {"default": typed}

    def untold(self, item: Item, column: str, text: str, why: str) -> None:
        """A rule of the form is left out, with the reason."""
        left = {
            "relevant": "It is asked always",
            "constraint": "Its answer is not checked so",
            "calculation": "It is not worked out",
            "required": "It is not needed to sign",
            "default": "It begins empty",
        }.get(column, "This is left out")
        by_hand = column != "default" and not why.startswith("columns")
        way_out = "Write it into the template by hand; see docs/templates.md." if by_hand else ""
        self.notes.tell(item.row.number, f"{left}: {why}.", way_out, column=column, name=item.name, text=text)

    def _said(self, item: Item, column: str, text: str) -> str:
        try:
            return self.speaker.say(text)
        except CannotReadError as error:
            self.untold(item, column, text, str(error))
        except UnknownNameError as error:
            self._unknown(item, column, error)
        return ""

    def _unknown(self, item: Item, column: str, error: UnknownNameError) -> None:
        self.notes.fault(
            Sheet.SURVEY,
            item.row.number,
            f"It refers to “{error.name[:60]}”, which is no question of this form.",
            "Correct the name, or delete the rule.",
            column=column,
            name=item.name,
        )


def _is_either(text: str) -> bool:
    tree = parse(text).tree
    return isinstance(tree, Said) and tree.name == "or"


def _typed(field: TemplateField, text: str) -> str | None:
    """A default as it would be typed; None for one that is worked out."""
    plain = text.replace(" ", "")
    if plain == "today()" and field.kind is FieldKind.DATE:
        return "today"
    if _WORKED_OUT.search(plain):
        return None
    values = [choice.value for choice in field.choices]
    digits = choice_digits(field)
    if field.kind is FieldKind.CHOICE:
        return digits[values.index(text)] if text in values else None
    if field.kind is FieldKind.CHOICES:
        parts = text.split()
        return ", ".join(digits[values.index(part)] for part in parts) if set(parts) <= set(values) else None
    return text.removesuffix(":00.000") if field.kind is FieldKind.TIME else text


def _all_of(node: Node) -> Iterator[Node]:
    if isinstance(node, Call) and node.name == "and":
        for given in node.given:
            yield from _all_of(given)
    else:
        yield node


def _pattern(tree: Node) -> str | None:
    """The pattern, where an answer must fit one and nothing else."""
    if isinstance(tree, Call) and tree.name == "regex" and len(tree.given) == 2 and tree.given[0] == Named(""):
        return tree.given[1].text if isinstance(tree.given[1], Text) else None
    return None


def _bounds(tree: Node, field: TemplateField) -> dict[str, Any] | None:
    """The least and the most, where an answer must lie between numbers and nothing else."""
    if field.kind is not FieldKind.NUMBER:
        return None
    found: dict[str, Any] = {}
    for part in _all_of(tree):
        if not isinstance(part, Call) or part.name not in _FLIPPED or len(part.given) != 2:
            return None
        sign, (one, other) = part.name, part.given
        if other == Named(""):
            sign, one, other = _FLIPPED[sign], other, one
        number = _number(other)
        if one != Named("") or number is None or (sign in {"<", ">"} and field.places):
            return None
        entry = "least" if sign.startswith(">") else "most"
        bound: Decimal | None = number
        if sign in {"<", ">"}:
            # Between whole numbers, more than 3 is 4 and more.
            bound = number + (1 if sign == ">" else -1) if number % 1 == 0 else None
        if bound is None or entry in found:
            return None
        found[entry] = bound
    # A least that the field has already, as that of a range, is the stricter one of both.
    if field.least is not None and "least" in found:
        found["least"] = max(found["least"], field.least)
    if field.most is not None and "most" in found:
        found["most"] = min(found["most"], field.most)
    return found


def _number(node: Node) -> Decimal | None:
    if isinstance(node, Number):
        return Decimal(node.text)
    if (
        isinstance(node, Call)
        and node.name == "-"
        and node.given[0] == Number("0")
        and isinstance(node.given[1], Number)
    ):
        return -Decimal(node.given[1].text)
    return None
