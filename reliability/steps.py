"""What somebody does at the keyboard without knowing where it leads: one step at a time, chosen by chance or given."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from textual.app import App
from textual.widgets import Input, TextArea

from reliability.nasty_vault import FILES, LONG, NASTY

SIZES = ((80, 24), (80, 24), (60, 20), (120, 40), (40, 10))
MOVES = ("tab", "shift+tab", "enter", "escape", "up", "down", "left", "right", "pageup", "pagedown", "home", "end",
         "space", "enter", "tab", "down")  # fmt: skip
EDITS = ("backspace", "delete", "ctrl+z", "ctrl+y", "ctrl+w", "ctrl+a", "ctrl+k", "ctrl+u", "ctrl+x", "ctrl+v",
         "shift+left", "shift+home", "ctrl+left")  # fmt: skip
PLAUSIBLE = (
    "fri", "mon 2pm", "tomorrow", "now", "2-245", "13:00", "now-45", "1pm", "2026-11-25", "12/1", "yesterday", "5",
    "call housing office @me fri", "bus pass @other:Aunt Jo every friday", "@both next week #food", "maria", "x1",
    "@me overdue", "due:this week", "grounding", "not yet", "done", "yes", "no", "new", "Harbor Clinic", "housing",
    "1990", "she/her", "mk", ";mk", ";rtl ", "0", "10", "-1", "99999999999", "half a sentence", "#tag", "?", "/",
)  # fmt: skip
RARELY = frozenset({"ctrl+q", "ctrl+l"})
_BORED = 15
"""Steps on one kind of screen after which something else is looked for."""
MARK = "zqmark"
"""How a word begins that must not be lost."""


@dataclass(frozen=True)
class Step:
    """One thing that is done.

    Attributes:
        kind: "keys" (names, pressed without waiting in between), "type" or "paste" (a text), "size" (columns and
            rows), "minutes" (that pass), "home" (Esc until it goes no further), "unlock" (the passphrase).
        value: As the kind says.
        waits: Whether its effect is waited for before the next.
    """

    kind: str
    value: Any = None
    waits: bool = True

    def line(self) -> str:
        """As one line of a file."""
        return json.dumps([self.kind, self.value, self.waits], ensure_ascii=False)

    @classmethod
    def read(cls, line: str) -> Step:
        """Read `line`."""
        return cls(*json.loads(line))


@dataclass
class Chooser:
    """Chooses the next step by chance, the same for the same seed and the same screens.

    Attributes:
        files: The folder whose files are named in boxes.
    """

    chance: random.Random
    files: Path
    marks: int = 0
    patience: float = field(init=False)
    """How often the effect of a step is waited for; one walk is more hasty than another."""
    _here: str = ""
    _stayed: int = 0
    _ahead: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.patience = self.chance.choice((0.3, 0.7, 0.9))

    def next(self, app: App[Any]) -> Step:
        """What to do now."""
        if self._ahead:
            return self._ahead.pop(0)
        here = type(app.screen).__name__
        self._stayed = self._stayed + 1 if here == self._here else 0
        self._here = here
        if self._stayed > _BORED:
            self._stayed = 0
            step = self._palette(app)
            self._ahead.insert(0, step)
            return Step("home")
        if here == "CommandPalette":
            self._ahead.append(Step("keys", ["escape"]))
        waits = self.chance.random() < self.patience
        ways = (self._bound, self._move, self._word, self._edit, self._palette, self._rest, self._burst)
        way = self.chance.choices(ways, (30, 16, 20 if _box(app) else 6, 6 if _box(app) else 1, 6, 6, 6))[0]
        step = way(app)
        return Step(step.kind, step.value, waits)

    def _bound(self, app: App[Any]) -> Step:
        keys = sorted(key for key, found in app.screen.active_bindings.items() if found.enabled)
        rare = self.chance.random() < 0.1
        return Step("keys", [self.chance.choice([key for key in keys if rare or key not in RARELY] or ["escape"])])

    def _move(self, _app: App[Any]) -> Step:
        return Step("keys", [self.chance.choice(MOVES)])

    def _edit(self, _app: App[Any]) -> Step:
        return Step("keys", [self.chance.choice(EDITS)] * self.chance.choice((1, 1, 3)))

    def _word(self, app: App[Any]) -> Step:
        text = self._text()
        if _box(app) and self.chance.random() < 0.5:
            self.marks += 1
            text = f"{text[:80]} {MARK}{self.marks:05d}"
        if _box(app) and self.chance.random() < 0.5:
            self._ahead.append(Step("keys", ["enter"], waits=self.chance.random() < 0.5))
        return Step("paste" if len(text) > 100 or self.chance.random() < 0.15 else "type", text)

    def _text(self) -> str:
        kind = self.chance.random()
        if kind < 0.55:
            return self.chance.choice(PLAUSIBLE)
        if kind < 0.7:
            return str(self.files / self.chance.choice(FILES))
        if kind < 0.96:
            return self.chance.choice(NASTY)
        return LONG + "\n" + LONG

    def _palette(self, app: App[Any]) -> Step:
        labels = sorted({found.binding.description for found in app.screen.active_bindings.values()} - {""})
        words = self.chance.choice([*labels, *NASTY[:4], "referrals", "report", "hand out", "form", "calendar", "note"])
        self._ahead += [Step("type", words[:30]), Step("keys", ["down"] * self.chance.choice((0, 0, 1, 3)))]
        # The first Enter takes the first hit, the second does it.
        self._ahead += [Step("keys", ["enter"]), Step("keys", [self.chance.choice(("enter", "enter", "escape"))])]
        return Step("keys", ["ctrl+p"])

    def _rest(self, _app: App[Any]) -> Step:
        kind = self.chance.random()
        if kind < 0.4:
            return Step("size", self.chance.choice(SIZES))
        if kind < 0.6:
            return Step("minutes", self.chance.choice((1, 1, 14, 90, 600)))
        if kind < 0.8:
            self._ahead.append(Step("keys", [self.chance.choice("1234")]))
            self._ahead.append(Step("keys", [self.chance.choice("abcdefghijklmnopqrstuvwxyz")]))
        return Step("home")

    def _burst(self, app: App[Any]) -> Step:
        return Step(
            "keys", [self._bound(app).value[0], *(self.chance.choice(MOVES) for _ in range(3)), *self._bound(app).value]
        )


def _box(app: App[Any]) -> bool:
    return isinstance(app.focused, Input | TextArea)
