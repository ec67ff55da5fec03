"""Reading the expressions of XLSForms: the part of XPath 1.0 and of the ODK functions that forms use.

Source: the ODK XForms specification (getodk.github.io/xforms-spec), "XPath functions" and "XPath operators".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

LONGEST = 4_000
_DEEPEST = 40
_MOST_TOKENS = 400
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d{1,15}(?:\.\d{0,9})?|\.\d{1,9})|(?P<text>'[^'\n]*'|\"[^\"\n]*\")"
    r"|\$\{\s*(?P<answer>[^{}\s]{1,200})\s*\}|(?P<word>and|or|div|mod)(?![\w:-])"
    r"|(?P<name>[A-Za-z][A-Za-z0-9]*(?:[:-][A-Za-z0-9]+)*)(?=\s*\()|(?P<sign><=|>=|!=|[=<>+\-*(),])|(?P<self>\.)(?![./\w])|(?P<end>$)|(?P<wrong>.))",
    re.DOTALL,
)
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " "})
_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})


class CannotReadError(Exception):
    """An expression uses what is not known here; the message says what, as part of a sentence."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was written."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text without its quotation marks."""

    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """`${name}`, or with an empty name the `.` of a constraint."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function, or an operator between what it takes."""

    name: str
    given: tuple[Node, ...]


Node: TypeAlias = Number | Text | Named | Call


def read_xpath(text: str) -> Node:
    """Read an expression.

    Raises:
        CannotReadError: It is none, or uses what is not known here.
    """
    if len(text) > LONGEST:
        raise CannotReadError("it is too long")
    reader = _Reader(text.translate(_QUOTES))
    tree = reader.either(0)
    if reader.here[0] != "end":
        raise CannotReadError(f"“{reader.here[1]}” cannot be read there")
    return tree


class _Reader:
    """Goes through the tokens of one expression, each a pair of kind and text."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        if len(self._tokens) > _MOST_TOKENS:
            raise CannotReadError("it is too long")
        self._place = 0

    @property
    def here(self) -> tuple[str, str]:
        return self._tokens[self._place]

    def either(self, depth: int) -> Node:
        if depth > _DEEPEST:
            raise CannotReadError("it has too many brackets")
        found = self._both(depth)
        while self._take("word", "or"):
            found = Call("or", (found, self._both(depth)))
        return found

    def _both(self, depth: int) -> Node:
        found = self._compared(depth)
        while self._take("word", "and"):
            found = Call("and", (found, self._compared(depth)))
        return found

    def _compared(self, depth: int) -> Node:
        found = self._sum(depth)
        while self.here[0] == "sign" and self.here[1] in _COMPARISONS:
            found = Call(self._next(), (found, self._sum(depth)))
        return found

    def _sum(self, depth: int) -> Node:
        found = self._product(depth)
        while self.here[0] == "sign" and self.here[1] in {"+", "-"}:
            found = Call(self._next(), (found, self._product(depth)))
        return found

    def _product(self, depth: int) -> Node:
        found = self._signed(depth)
        while self.here in {("sign", "*"), ("word", "div"), ("word", "mod")}:
            found = Call(self._next(), (found, self._signed(depth)))
        return found

    def _signed(self, depth: int) -> Node:
        minus = False
        while self._take("sign", "-"):
            minus = not minus
        found = self._one(depth)
        return Call("-", (Number("0"), found)) if minus else found

    def _one(self, depth: int) -> Node:
        kind, text = self.here
        if kind == "end":
            raise CannotReadError("it ends too early")
        self._place += 1
        match kind:
            case "number":
                return Number(text.removesuffix(".") if not text.startswith(".") else f"0{text}")
            case "text":
                return Text(text[1:-1])
            case "answer":
                return Named(text)
            case "self":
                return Named("")
            case "name":
                return self._call(text, depth)
        if text == "(":
            found = self.either(depth + 1)
            self._close()
            return found
        raise CannotReadError(f"“{text}” cannot be read there")

    def _call(self, name: str, depth: int) -> Node:
        self._close("(")
        given: list[Node] = []
        if not self._take("sign", ")"):
            given.append(self.either(depth + 1))
            while self._take("sign", ","):
                given.append(self.either(depth + 1))
            self._close()
        return Call(name, tuple(given))

    def _close(self, sign: str = ")") -> None:
        if not self._take("sign", sign):
            raise CannotReadError("a bracket is missing")

    def _take(self, kind: str, text: str) -> bool:
        if self.here != (kind, text):
            return False
        self._place += 1
        return True

    def _next(self) -> str:
        self._place += 1
        return self._tokens[self._place - 1][1]


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    place = 0
    while True:
        match = _TOKEN.match(text, place)
        kind = match.lastgroup if match else None
        if match is None or kind is None or kind == "wrong":
            raise CannotReadError(f"“{text[place:].strip()[:12]}” cannot be read there")
        yield kind, match[kind]
        if kind == "end":
            return
        place = match.end()
