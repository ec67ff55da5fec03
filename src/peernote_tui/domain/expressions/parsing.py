"""Reading an expression into a tree, with the place of every fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.expressions.functions import FUNCTIONS
from peernote_tui.domain.patterns import read_pattern

LONGEST = 2_000
_MOST_TOKENS = 400
_DEEPEST = 40
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d{1,15}(?:\.\d{1,9})?)(?![\w.])|(?P<text>'[^'\n]*'|\"[^\"\n]*\")"
    r"|(?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)?)|(?P<sign><=|>=|!=|==|[=<>+\-*/(),])|(?P<end>$)|(?P<wrong>.))",
    re.DOTALL,
)
_COMPARISONS = {"=": "=", "==": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_WORDS = {"true": True, "yes": True, "false": False, "no": False}


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, a text, yes or no."""

    value: Decimal | str | bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a field, or with a dot that of a column of repeating rows."""

    key: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A function, or an operator written between what it takes."""

    name: str
    given: tuple[Node, ...]


Node: TypeAlias = Literal | Answer | Call


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that was read.

    Attributes:
        text: As it was written.
        tree: What it means.
    """

    text: str
    tree: Node

    @property
    def answers(self) -> frozenset[Answer]:
        """The answers it depends on."""
        return frozenset(node for node in _all(self.tree) if isinstance(node, Answer))

    @property
    def depth(self) -> int:
        """How many parts stand within each other."""
        return _depth(self.tree)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    place: int


@lru_cache(maxsize=2_000)
def parse(text: str) -> Expression:
    """Read an expression.

    Raises:
        InvalidInputError: It is not one; the sentence says at which character, and never quotes it.
    """
    if len(text) > LONGEST:
        raise InvalidInputError(f"This expression is longer than {LONGEST} characters.", "Split it over two fields.")
    reader = _Reader(text)
    tree = reader.either(0)
    if reader.here.kind != "end":
        raise reader.fault("Something is left over")
    return Expression(text, tree)


class _Reader:
    """Goes through the tokens of one expression."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        # Each is at most two calls deep when the expression is worked out.
        if len(self._tokens) > _MOST_TOKENS:
            raise InvalidInputError(
                f"This expression has more than {_MOST_TOKENS} words and signs.", "Split it over two fields."
            )
        self._place = 0

    @property
    def here(self) -> _Token:
        return self._tokens[self._place]

    def fault(self, what: str) -> InvalidInputError:
        return InvalidInputError(
            f"{what} at character {self.here.place + 1} of the expression.",
            "It looks like: mode = 'phone' and minutes(session) > 15.",
        )

    def either(self, depth: int) -> Node:
        if depth > _DEEPEST:
            raise self.fault("Too many brackets")
        found = self._both(depth)
        while self._take("or"):
            found = Call("or", (found, self._both(depth)))
        return found

    def _both(self, depth: int) -> Node:
        found = self._denied(depth)
        while self._take("and"):
            found = Call("and", (found, self._denied(depth)))
        return found

    def _denied(self, depth: int) -> Node:
        denials = 0
        while self._take("not"):
            denials += 1
        found = self._compared(depth)
        return Call("not", (found,)) if denials % 2 else found

    def _compared(self, depth: int) -> Node:
        found = self._sum(depth)
        sign = _COMPARISONS.get(self.here.text) if self.here.kind == "sign" else None
        if sign is None:
            return found
        self._place += 1
        return Call(sign, (found, self._sum(depth)))

    def _sum(self, depth: int) -> Node:
        found = self._product(depth)
        while self.here.kind == "sign" and self.here.text in "+-":
            sign = self._next().text
            found = Call(sign, (found, self._product(depth)))
        return found

    def _product(self, depth: int) -> Node:
        found = self._signed(depth)
        while (self.here.kind == "sign" and self.here.text in "*/") or self._is_word("div", "mod"):
            sign = self._next().text
            found = Call({"div": "/"}.get(sign, sign), (found, self._signed(depth)))
        return found

    def _signed(self, depth: int) -> Node:
        minus = 0
        while self.here.kind == "sign" and self.here.text == "-":
            self._place += 1
            minus += 1
        found = self._one(depth)
        return Call("-", (Literal(Decimal(0)), found)) if minus % 2 else found

    def _one(self, depth: int) -> Node:
        token = self.here
        if token.kind == "number":
            self._place += 1
            return Literal(Decimal(token.text))
        if token.kind == "text":
            self._place += 1
            return Literal(token.text[1:-1])
        if token.kind == "sign" and token.text == "(":
            self._place += 1
            found = self.either(depth + 1)
            self._close()
            return found
        if token.kind == "name" and token.text not in {"and", "or", "div", "mod"}:
            self._place += 1
            if self.here.text == "(" and self.here.kind == "sign":
                return self._call(token, depth)
            if token.text in _WORDS:
                return Literal(_WORDS[token.text])
            key, _, column = token.text.partition(".")
            return Answer(key, column)
        raise self.fault("A value is missing")

    def _call(self, token: _Token, depth: int) -> Node:
        function = FUNCTIONS.get(token.text)
        if function is None:
            self._place -= 1
            raise self.fault("An unknown function")
        self._place += 1
        given: list[Node] = []
        if not (self.here.kind == "sign" and self.here.text == ")"):
            given.append(self.either(depth + 1))
            while self.here.kind == "sign" and self.here.text == ",":
                self._place += 1
                given.append(self.either(depth + 1))
        self._close()
        if not function.least <= len(given) <= function.most:
            raise self.fault(f"{token.text}() with another number of values than it takes")
        if token.text == "fits":
            if not isinstance(given[1], Literal) or not isinstance(given[1].value, str):
                raise self.fault("fits() whose pattern is no text in quotation marks")
            read_pattern(given[1].value)
        return Call(token.text, tuple(given))

    def _close(self) -> None:
        if not (self.here.kind == "sign" and self.here.text == ")"):
            raise self.fault("A closing bracket is missing")
        self._place += 1

    def _take(self, word: str) -> bool:
        if not self._is_word(word):
            return False
        self._place += 1
        return True

    def _is_word(self, *words: str) -> bool:
        return self.here.kind == "name" and self.here.text in words

    def _next(self) -> _Token:
        self._place += 1
        return self._tokens[self._place - 1]


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while True:
        match = _TOKEN.match(text, place)
        kind = match.lastgroup if match else None
        if match is None or kind is None or kind == "wrong":
            wrong = match.start("wrong") if match else place
            raise InvalidInputError(
                f"The sign at character {wrong + 1} of the expression has no meaning there.",
                "Texts stand in quotation marks, answers are named by their key.",
            )
        yield _Token(kind, match[kind], match.start(kind))
        if kind == "end":
            return
        place = match.end()


def _depth(node: Node) -> int:
    return 1 + max(map(_depth, node.given), default=0) if isinstance(node, Call) else 1


def _all(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Call):
        for given in node.given:
            yield from _all(given)
