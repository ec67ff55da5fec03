"""One line of text, with the manners a person expects and Textual's own Input lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input
from textual.widgets.input import Selection

from peernote_tui.domain.snippets import REACH
from peernote_tui.ui import safe
from peernote_tui.ui.widgets.snippet_box import SnippetBox

CAP = 4_000
_KEPT_STEPS = 200


class TextInput(Input, SnippetBox):
    """A one-line field: undo and redo, whole pastes, word deletion to the left.

    * Ctrl+Z and Ctrl+Y undo and redo; a run of typing is one step per word.
    * A paste of several lines becomes one line joined by spaces; control characters are dropped.
    * What does not fit is cut and said with a `Cut` message instead of being refused in silence.
    * Snippets become their words, see `SnippetBox`; Enter ends one and goes on.
    * It validates nothing while a person types: listen to `Input.Blurred` for that.
    * Messages are those of Input: `Input.Changed`, `Input.Submitted` (Enter), `Input.Blurred`.

    Args:
        value: Text to begin with.
        placeholder: A short example; labels belong to the `Field` around it.
        max_length: Most characters it holds, at most 4,000.
        password: Show bullets, keep no undo history.
        select_on_focus: Select everything when focus arrives, for fields whose guess is often replaced.
        id: Widget id.
        classes: CSS classes.
    """

    MAY_BE_LOST: ClassVar[bool] = False
    """Whether nothing is lost with its words: they only look for something, or are a secret."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Next field", id="field.next", tooltip="Go on to the next field."),
        Binding("ctrl+z,super+z", "undo", "Undo", show=False, tooltip="Take back the last typing."),
        Binding("ctrl+y,super+y", "redo", "Redo", show=False, tooltip="Bring back what was undone."),
        Binding(
            "ctrl+w,ctrl+backspace,alt+backspace",
            "delete_left_word",
            "Delete the word to the left",
            show=False,
        ),
    ]

    @dataclass
    class Cut(Message):
        """Something did not fit and was left out.

        Attributes:
            input: The field.
            limit: Characters it holds.
            dropped: Characters left out.
        """

        input: TextInput
        limit: int
        dropped: int

        @property
        def control(self) -> TextInput:
            """The field, for `@on(TextInput.Cut, "#id")`."""
            return self.input

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        max_length: int = CAP,
        password: bool = False,
        select_on_focus: bool = False,
        id: str | None = None,  # noqa: A002 Textual's name for it
        classes: str | None = None,
    ) -> None:
        self._undo_steps: list[tuple[str, int]] = []
        self._redo_steps: list[tuple[str, int]] = []
        self._travelling = False
        self._step_ended = False
        self._cursor_before = 0
        limit = max(1, min(max_length, CAP))
        super().__init__(
            placeholder=safe.clean(placeholder),
            password=password,
            max_length=limit,
            select_on_focus=select_on_focus,
            validate_on=(),
            id=id,
            classes=classes,
        )
        self.cursor_blink = False
        self.set_reactive(TextInput.value, safe.clean(value)[:limit])

    def on_mount(self) -> None:
        """Put the cursor behind the first text; it is no change and no undo step."""
        given = self.value
        self.set_reactive(TextInput.value, "")
        self.load(given)

    @property
    def limit(self) -> int:
        """Most characters the field holds."""
        return self.max_length or CAP

    def load(self, value: str) -> None:
        """Set the text from storage: no undo step, no `Changed` message, cursor at the end."""
        self._travelling = True
        try:
            with self.prevent(Input.Changed):
                self.value = safe.clean(value)[: self.limit]
        finally:
            self._travelling = False
        self._undo_steps.clear()
        self._redo_steps.clear()
        self.cursor_position = len(self.value)

    def place_left(self) -> dict[str, Any]:
        """The words with cursor and selection; of a secret nothing."""
        if self.password or not self.value:
            return {}
        return {"text": self.value, "anchor": self.selection.start, "cursor": self.selection.end}

    def return_to(self, left: dict[str, Any]) -> None:
        """Hold these words again, no change and no undo step; the cursor stands where it stood in them."""
        if self.value != left["text"]:
            self.load(str(left["text"]))
        end = len(self.value)
        self.selection = Selection(min(int(left["anchor"]), end), min(int(left["cursor"]), end))

    def insert_pasted(self, pasted: str) -> None:
        """Put text from outside in place of the selection, cleaned, joined and cut to fit."""
        room = self._room()
        lines = (line.strip() for line in pasted[: room * 2 + 1_000].splitlines())
        text = (
            safe.clean(" ".join(line for line in lines if line))
            if "\n" in pasted or "\r" in pasted
            else (safe.clean(pasted[: room * 2 + 1_000]))
        )
        dropped = max(0, len(text) - room, len(pasted) - room - 1_000)
        self.replace(text[:room], *sorted(self.selection))
        self.pasted()
        if dropped:
            self.post_message(self.Cut(self, self.limit, dropped))

    def on_key(self, event: events.Key) -> None:
        """Write out the snippet that this key ends; Enter does so as it goes on."""
        found = self.ended_by(event) if event.is_printable and len(self.value) < self.limit else None
        if found is not None and event.character is not None:
            event.stop()
            event.prevent_default()
            self.insert_text_at_cursor(event.character)
            self.put_expansion(found, event.character)

    async def action_submit(self) -> None:
        """Write out the snippet that stands before the cursor, and go on; stay where something is to be filled in."""
        found = self.expansion()
        if found is not None:
            self.put_expansion(found, "")
        if found is None or found.cursor is None:
            await super().action_submit()

    def action_cursor_right(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 the signature is Textual's
        """Take the first snippet that begins with what is typed, or move the cursor."""
        if select or not self.take_first():
            super().action_cursor_right(select)

    def action_end(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 the signature is Textual's
        """Move to the end; there, take the completion that is shown."""
        if not select and self.cursor_at_end:
            super().action_cursor_right()
        else:
            super().action_end(select)

    def left_of_cursor(self) -> str:
        """The last characters before the cursor; nothing of a secret."""
        start, end = self.selection
        return self.value[max(0, end - REACH - 1) : end] if start == end and not self.password else ""

    @property
    def place(self) -> int:
        """The cursor, in characters."""
        return self.selection.end

    def put_instead(self, count: int, text: str, cursor: int) -> None:
        """Put a text in the place of characters left of the cursor, in an undo step of its own, cut to fit."""
        end = self.cursor_position
        start = max(0, end - count)
        line = " ".join(text.splitlines()) if "\n" in text else text
        fitting = line[: self._room() + end - start]
        self._step_ended = True
        self.replace(fitting, start, end)
        self._step_ended = True
        self.cursor_position = min(start + cursor, len(self.value))
        if len(fitting) < len(line):
            self.post_message(self.Cut(self, self.limit, len(line) - len(fitting)))

    def watch_selection(self) -> None:
        """Follow which snippets may be meant."""
        self.look_for_snippets()

    def _room(self) -> int:
        start, end = sorted(self.selection)
        return max(0, self.limit - (len(self.value) - (end - start)))

    def on_paste(self, event: events.Paste) -> None:
        """Take the whole paste, not only its first line."""
        event.stop()
        event.prevent_default()
        self.insert_pasted(event.text)

    def action_paste(self) -> None:
        """Paste from the program's own clipboard."""
        self.insert_pasted(self.app.clipboard)

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace a range and remember where the cursor stood; every edit comes through here."""
        self._cursor_before = self.cursor_position
        super().replace(text, start, end)

    def restricted(self) -> None:
        """Say that the field is full instead of ringing the bell."""
        self.post_message(self.Cut(self, self.limit, 1))

    def watch_value(self, old: str, new: str) -> None:
        """Remember the text before a change, one step per word of typing."""
        if self._travelling or self.password or old == new:
            return
        self._redo_steps.clear()
        ended, self._step_ended = self._step_ended, False
        if self._undo_steps and not ended and _goes_on(self._undo_steps[-1][0], old, new):
            return
        self._undo_steps.append((old, self._cursor_before))
        del self._undo_steps[:-_KEPT_STEPS]

    def action_undo(self) -> None:
        """Take back one step."""
        self._travel(self._undo_steps, self._redo_steps)

    def action_redo(self) -> None:
        """Bring one step back."""
        self._travel(self._redo_steps, self._undo_steps)

    @property
    def can_undo(self) -> bool:
        """Whether Ctrl+Z has anything to take back."""
        return bool(self._undo_steps)

    def _travel(self, source: list[tuple[str, int]], other: list[tuple[str, int]]) -> None:
        if not source:
            return
        value, cursor = source.pop()
        other.append((self.value, self.cursor_position))
        self._travelling = True
        try:
            self.value = value
        finally:
            self._travelling = False
        self.cursor_position = min(cursor, len(value))


def _goes_on(step: str, old: str, new: str) -> bool:
    """Tell whether a change continues the word whose beginning is already an undo step."""
    if len(new) != len(old) + 1 or len(old) <= len(step):
        return False
    at = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
    inserted = new[at]
    return new[:at] + new[at + 1 :] == old and not (inserted.isspace() or (at and old[at - 1].isspace()))
