r"""Regular expressions that always end: what a template asks of a text, matched in time linear in its length.

A pattern from a file could keep a backtracking matcher busy for ever, so this one keeps the set of places where it can
be instead (Thompson 1968, "Regular expression search algorithm"). It knows characters, `.`, `\d \w \s` and their
opposites, `[a-z]` and `[^a-z]`, groups, `|`, `? * + {m,n}`; a pattern stands for the whole text. Looking around and
references back are refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from peernote_tui.domain.errors import InvalidInputError

LONGEST = 200
_MOST_STATES = 2_000
_MOST_TIMES = 100
_DEEPEST = 30
_CLASSES: dict[str, Callable[[str], bool]] = {
    "d": str.isdecimal,
    "w": lambda character: character.isalnum() or character == "_",
    "s": str.isspace,
}
_ESCAPES = {"n": "\n", "t": "\t"}

Test: TypeAlias = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of the machine: where it is entered, and the places it is left from."""

    entry: int
    exit: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that was read.

    Attributes:
        tests: For each state, what the next character must be; None where none is taken.
        steps: For each state, where it leads.
        entry: The first state.
        end: The last one.
    """

    tests: tuple[Test | None, ...]
    steps: tuple[tuple[int, ...], ...]
    entry: int
    end: int

    def fits(self, text: str) -> bool:
        """Whether the whole text is as the pattern says."""
        here = self._reached({self.entry})
        for character in text:
            passed = {self.steps[state][0] for state in here if (test := self.tests[state]) and test(character)}
            if not passed:
                return False
            here = self._reached(passed)
        return self.end in here

    def _reached(self, states: set[int]) -> set[int]:
        """The states that are reached without a character."""
        found, waiting = set(states), list(states)
        while waiting:
            state = waiting.pop()
            if self.tests[state] is None:
                fresh = [step for step in self.steps[state] if step not in found]
                found.update(fresh)
                waiting += fresh
        return found


@lru_cache(maxsize=500)
def read_pattern(text: str) -> Pattern:
    """Read a regular expression.

    Raises:
        InvalidInputError: It is none, is too large, or asks for what is not known here; the sentence names the place.
    """
    if len(text) > LONGEST:
        raise InvalidInputError(f"This pattern is longer than {LONGEST} characters.", "Ask for less.")
    return _Builder(text).build()


class _Builder:
    """Reads a pattern and builds its machine."""

    def __init__(self, text: str) -> None:
        self._text = text.removeprefix("^")
        self._shift = len(text) - len(self._text)
        if self._text.endswith("$") and not self._text.endswith("\\$"):
            self._text = self._text[:-1]
        self._place = 0
        self._tests: list[Test | None] = []
        self._steps: list[list[int]] = []

    def build(self) -> Pattern:
        piece = self._either(0)
        if self._place < len(self._text):
            raise self._fault("A closing bracket without an opening one")
        return Pattern(tuple(self._tests), tuple(tuple(steps) for steps in self._steps), piece.entry, piece.exit)

    def _fault(self, what: str) -> InvalidInputError:
        return InvalidInputError(
            f"{what} at character {self._place + self._shift + 1} of the pattern.",
            r"Patterns look like: [A-Z]-\d{4}.",
        )

    def _state(self, test: Test | None = None) -> int:
        if len(self._tests) >= _MOST_STATES:
            raise InvalidInputError("This pattern repeats too much.", "Ask for less.")
        self._tests.append(test)
        self._steps.append([])
        return len(self._tests) - 1

    def _either(self, depth: int) -> _Piece:
        if depth > _DEEPEST:
            raise self._fault("Too many brackets")
        branches = [self._row(depth)]
        while self._take("|"):
            branches.append(self._row(depth))
        if len(branches) == 1:
            return branches[0]
        entry, leave = self._state(), self._state()
        for branch in branches:
            self._steps[entry].append(branch.entry)
            self._steps[branch.exit].append(leave)
        return _Piece(entry, leave)

    def _row(self, depth: int) -> _Piece:
        entry = leave = self._state()
        while self._place < len(self._text) and self._text[self._place] not in "|)":
            piece = self._repeated(depth)
            self._steps[leave].append(piece.entry)
            leave = piece.exit
        return _Piece(entry, leave)

    def _repeated(self, depth: int) -> _Piece:
        began = self._place
        piece = self._one(depth)
        ended = self._place
        times = self._times()
        if times is None:
            return piece
        least, most = times
        entry = leave = self._state()
        for number in range(max(least, most or least + 1)):
            if number:
                piece = self._again(began, ended, depth)
            self._steps[leave].append(piece.entry)
            skip = leave
            leave = self._state()
            self._steps[piece.exit].append(leave)
            if number >= least:
                self._steps[skip].append(leave)
            if most is None and number == max(least, 1) - 1:
                self._steps[piece.exit].append(piece.entry)
        if most == 0:
            return _Piece(entry, entry)
        return _Piece(entry, leave)

    def _again(self, began: int, ended: int, depth: int) -> _Piece:
        after, self._place = self._place, began
        piece = self._one(depth)
        if self._place != ended:
            raise self._fault("A repetition that cannot be read twice")
        self._place = after
        return piece

    def _times(self) -> tuple[int, int | None] | None:
        if self._take("?"):
            found: tuple[int, int | None] = (0, 1)
        elif self._take("*"):
            found = (0, None)
        elif self._take("+"):
            found = (1, None)
        elif self._take("{"):
            found = self._counted()
        else:
            return None
        if self._place < len(self._text) and self._text[self._place] in "?*+{":
            raise self._fault("A second repetition")
        return found

    def _counted(self) -> tuple[int, int | None]:
        end = self._text.find("}", self._place)
        low, comma, high = self._text[self._place : end].partition(",")
        if end < 0 or not low.isascii() or not low.isdigit() or (high and not (high.isascii() and high.isdigit())):
            raise self._fault("A number of times is missing")
        least = int(low[:4])
        most = least if not comma else int(high[:4]) if high else None
        if least > _MOST_TIMES or (most is not None and not least <= most <= _MOST_TIMES):
            raise self._fault(f"A number of times that is not between 0 and {_MOST_TIMES}")
        self._place = end + 1
        return least, most

    def _one(self, depth: int) -> _Piece:
        sign = self._text[self._place]
        if sign == "(":
            return self._group(depth)
        if sign in "?*+{":
            raise self._fault("A repetition of nothing")
        self._place += 1
        if sign == ".":
            return self._taking(lambda character: character != "\n")
        if sign == "[":
            return self._taking(self._set())
        if sign == "\\":
            return self._taking(self._escape())
        if sign in "^$":
            raise self._fault("A beginning or end inside the pattern")
        return self._taking(lambda character: character == sign)

    def _group(self, depth: int) -> _Piece:
        self._place += 1
        if self._take("?") and not self._take(":"):
            raise self._fault("Looking around, which is not known here")
        piece = self._either(depth + 1)
        if not self._take(")"):
            raise self._fault("A closing bracket is missing")
        return piece

    def _taking(self, test: Test) -> _Piece:
        entry, leave = self._state(test), self._state()
        self._steps[entry].append(leave)
        return _Piece(entry, leave)

    def _escape(self) -> Test:
        if self._place >= len(self._text):
            raise self._fault("A sign is missing")
        sign = self._text[self._place]
        self._place += 1
        if sign.lower() in _CLASSES:
            known = _CLASSES[sign.lower()]
            return known if sign.islower() else lambda character: not known(character)
        if sign in _ESCAPES:
            return lambda character: character == _ESCAPES[sign]
        if sign.isalnum():
            self._place -= 1
            raise self._fault("A sign that has no meaning here")
        return lambda character: character == sign

    def _set(self) -> Test:
        opposite = self._take("^")
        tests: list[Test] = []
        first = True
        while first or not self._take("]"):
            first = False
            if self._place >= len(self._text):
                raise self._fault("A closing bracket is missing")
            tests.append(self._member())
        return lambda character: any(test(character) for test in tests) is not opposite

    def _member(self) -> Test:
        sign = self._text[self._place]
        self._place += 1
        if sign == "\\":
            return self._escape()
        if self._text[self._place : self._place + 1] == "-" and self._text[self._place + 1 : self._place + 2] not in {
            "",
            "]",
        }:
            last = self._text[self._place + 1]
            if last < sign or last == "\\":
                raise self._fault("A range that runs backwards")
            self._place += 2
            return lambda character: sign <= character <= last
        return lambda character: character == sign

    def _take(self, sign: str) -> bool:
        if self._text[self._place : self._place + 1] != sign:
            return False
        self._place += 1
        return True
