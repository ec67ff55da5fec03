"""The parts of an expression of the language of templates, as the translation of XPath puts them together."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, DecimalException
from typing import Literal, NamedTuple, Protocol, TypeAlias

from peernote_tui.documents.xlsform.xpath import CannotReadError, Node
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.patterns import read_pattern
from peernote_tui.domain.template import FieldKind

Type: TypeAlias = Literal["number", "text", "date", "time", "truth", "choice", "several", "rows", "column", "any"]
OR, AND, COMPARED, SUM, PRODUCT, ONE = range(6)
"""How tightly operators bind, the loosest first."""


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
    binds: int = ONE


class Saying(Protocol):
    """What translates an expression, as functions reach it."""

    def part(self, node: Node) -> Said:
        """A part of the expression."""
        ...

    def number(self, node: Node) -> Said:
        """A part as a number."""
        ...

    def several(self, node: Node) -> Said:
        """What sums and counts take: an answer, or a column of rows."""
        ...


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


def within(said: Said, binds: int) -> str:
    """A part inside a larger one, in brackets where it binds more loosely."""
    return said.text if said.binds >= binds else f"({said.text})"


def listed(parts: list[Said]) -> str:
    """Parts with commas between."""
    return ", ".join(part.text for part in parts)


def common(*parts: Said) -> Type:
    """What several parts give, where one of them is taken."""
    kinds = {part.type for part in parts}
    return kinds.pop() if len(kinds) == 1 else "any"


def plain_number(text: str) -> str:
    """A text that is a number, as expressions have it; empty when it is none."""
    try:
        number = Decimal(text.strip())
    except DecimalException:
        return ""
    return format(number, "f") if number.is_finite() and 0 <= number < 10**9 else ""
