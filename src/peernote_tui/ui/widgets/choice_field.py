"""One choice of a few, by one key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from peernote_tui.ui import sentences
from peernote_tui.ui.widgets.chips import Chip, chip_lines
from peernote_tui.ui.widgets.lines import LinesWidget


class ChoiceField(LinesWidget, can_focus=True):
    """Chips side by side: "1 In person  2 Phone  3 Video  4 Text".

    A digit, the first letter or the left and right arrows choose; Enter goes on. Nothing is chosen
    unless told so. At most nine choices have a digit.

    Args:
        choices: Pairs of key (what is stored) and label (what is shown).
        value: Key of the choice to begin with, or None.
        digits: What is pressed for each choice; its place, from 1, when left out.
        id: Widget id.
        classes: CSS classes.
    """

    HELP_TEXT = sentences.CHOICE_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Next field", id="field.next", tooltip="Go on to the next field."),
        Binding("left", "step(-1)", "Choice before", show=False),
        Binding("right", "step(1)", "Choice after", show=False),
        Binding("delete,backspace", "clear", "No answer", show=False),
    ]

    value: reactive[str | None] = reactive(None, init=False)
    """Key of the chosen choice, or None. Something unknown becomes None."""

    @dataclass
    class Changed(Message):
        """Another choice was made, or none."""

        field: ChoiceField
        value: str | None

        @property
        def control(self) -> ChoiceField:
            """The field, for `@on(ChoiceField.Changed, "#id")`."""
            return self.field

    @dataclass
    class Submitted(Message):
        """Enter: go on."""

        field: ChoiceField

        @property
        def control(self) -> ChoiceField:
            """The field, for `@on(ChoiceField.Submitted, "#id")`."""
            return self.field

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        *,
        value: str | None = None,
        digits: Sequence[str] = (),
        id: str | None = None,  # noqa: A002 Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.choices = tuple(choices)
        self.digits = tuple(digits) or tuple(str(place) for place in range(1, len(self.choices) + 1))
        self.set_reactive(ChoiceField.value, self.validate_value(value))

    def validate_value(self, value: str | None) -> str | None:
        """Keep only a choice that exists."""
        return value if any(key == value for key, _label in self.choices) else None

    def load(self, value: str | None) -> None:
        """Set the choice from storage without a `Changed` message."""
        with self.prevent(self.Changed):
            self.value = value

    def place_left(self) -> dict[str, Any]:
        """The choice."""
        return {"value": self.value} if self.value is not None else {}

    def return_to(self, left: dict[str, Any]) -> None:
        """Show that choice again, where it still exists."""
        if self.value != left["value"]:
            self.load(str(left["value"]))

    def watch_value(self) -> None:
        """Show and tell the new choice."""
        self.refresh(layout=True)
        self.post_message(self.Changed(self, self.value))

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Keep the digits and letters that choose from reaching the screen's commands."""
        return bool(character) and self._meant(character or "") is not None and len(key) > 0

    def on_key(self, event: events.Key) -> None:
        """Choose by digit or first letter."""
        if event.character and (meant := self._meant(event.character)) is not None:
            event.stop()
            event.prevent_default()
            self.value = meant

    def action_step(self, step: int) -> None:
        """Choose the neighbour, stopping at the ends."""
        keys = [key for key, _label in self.choices]
        if not keys:
            return
        at = keys.index(self.value) + step if self.value in keys else (0 if step > 0 else len(keys) - 1)
        self.value = keys[max(0, min(at, len(keys) - 1))]

    def action_clear(self) -> None:
        """Leave the question unanswered."""
        self.value = None

    def action_submit(self) -> None:
        """Go on."""
        self.post_message(self.Submitted(self))

    def lines(self, width: int) -> list[Content]:
        """Draw the chips."""
        return chip_lines(self._chips(), width, live=self.has_focus, longest=width)

    def _meant(self, character: str) -> str | None:
        if character.isdigit():
            return self.choices[self.digits.index(character)][0] if character in self.digits else None
        letter = character.casefold()
        hits = [key for key, label in self.choices if label[:1].casefold() == letter]
        if self.value in hits:
            return hits[(hits.index(self.value) + 1) % len(hits)]
        return hits[0] if hits else None

    def _chips(self) -> list[Chip]:
        return [
            Chip(label, key=digit if len(digit) == 1 else "", chosen=key == self.value)
            for digit, (key, label) in zip(self.digits, self.choices, strict=True)
        ]
