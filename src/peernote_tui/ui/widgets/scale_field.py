"""A number on a scale, from 0 to 10 or within, or no answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from peernote_tui.ui import safe, sentences
from peernote_tui.ui.widgets.lines import LinesWidget

TOP = 10


class ScaleField(LinesWidget, can_focus=True):
    """A labelled scale, from 0 to 10 where nothing else is said, that begins unanswered.

    Digits set it (1 and then 0 make 10), arrows move it, Delete or Backspace clears it, Enter goes on.

    Args:
        low: What the least means.
        high: What the most means.
        value: Number to begin with, or None.
        ends: The least and the most, within 0 to 10.
        id: Widget id.
        classes: CSS classes.
    """

    HELP_TEXT = sentences.SCALE_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Next field", id="field.next", tooltip="Go on to the next field."),
        Binding("left,down", "step(-1)", "One less", show=False),
        Binding("right,up", "step(1)", "One more", show=False),
        Binding("delete,backspace", "clear", "No answer", show=False),
    ]

    value: reactive[int | None] = reactive(None, init=False)
    """0 to 10, or None for no answer."""

    @dataclass
    class Changed(Message):
        """Another number, or none."""

        field: ScaleField
        value: int | None

        @property
        def control(self) -> ScaleField:
            """The field, for `@on(ScaleField.Changed, "#id")`."""
            return self.field

    @dataclass
    class Submitted(Message):
        """Enter: go on."""

        field: ScaleField

        @property
        def control(self) -> ScaleField:
            """The field, for `@on(ScaleField.Submitted, "#id")`."""
            return self.field

    def __init__(
        self,
        low: str,
        high: str,
        *,
        value: int | None = None,
        ends: tuple[int, int] = (0, TOP),
        id: str | None = None,  # noqa: A002 Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.low = low
        self.high = high
        self.least, self.most = ends
        self._typed_one = False
        self.set_reactive(ScaleField.value, self.validate_value(value))

    def validate_value(self, value: int | None) -> int | None:
        """Keep the number on the scale."""
        return None if value is None else max(self.least, min(self.most, value))

    def load(self, value: int | None) -> None:
        """Set the number from storage without a `Changed` message."""
        with self.prevent(self.Changed):
            self.value = value

    def watch_value(self) -> None:
        """Tell the new number."""
        self.post_message(self.Changed(self, self.value))

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Keep digits from reaching the screen's commands."""
        return bool(key) and character is not None and character in "0123456789"

    def on_key(self, event: events.Key) -> None:
        """Set the number by digit."""
        if event.character and event.character in "0123456789":
            event.stop()
            event.prevent_default()
            digit = int(event.character)
            self.value = TOP if digit == 0 and self._typed_one and self.most == TOP else digit
            self._typed_one = digit == 1
        else:
            self._typed_one = False

    def on_blur(self) -> None:
        """Forget a half-typed 10."""
        self._typed_one = False

    def action_step(self, step: int) -> None:
        """Move by one; from no answer, begin at the near end."""
        self._typed_one = False
        self.value = self.value + step if self.value is not None else (self.least if step > 0 else self.most)

    def action_clear(self) -> None:
        """Leave the question unanswered."""
        self._typed_one = False
        self.value = None

    def action_submit(self) -> None:
        """Go on."""
        self.post_message(self.Submitted(self))

    def lines(self, width: int) -> list[Content]:
        """Draw the numbers with what the ends mean, beside them or, where room is short, below."""
        numbers = self._numbers(" ")
        low, high = safe.clean(self.low), safe.clean(self.high)
        if numbers.cell_length + safe.width(low) + safe.width(high) + 3 <= width:
            # One cell in front, so that the label beside and these words are not read as one.
            return [Content.assemble((f" {low} ", "$muted"), numbers, (f" {high}", "$muted"))]
        if numbers.cell_length > width:
            numbers = self._numbers("")
        half = max(1, (numbers.cell_length - 2) // 2)
        low, high = safe.shorten(low, half), safe.shorten(high, half)
        gap = " " * max(2, numbers.cell_length - safe.width(low) - safe.width(high))
        return [numbers, Content.styled(f"{low}{gap}{high}", "$muted")]

    def _numbers(self, pad: str) -> Content:
        live = "$primary" if self.has_focus else "$text"
        parts: list[tuple[str, str]] = []
        for number in range(self.least, self.most + 1):
            if number > self.least and not pad:
                parts.append((" ", "on $chip"))
            chosen = "bold $on-primary on $primary"
            # Where there are no colours, the sign tells.
            sign = "✓" if pad and number == self.value else pad
            parts.append((f"{sign}{number}{pad}", chosen if number == self.value else f"{live} on $chip"))
        return Content.assemble(*parts)
