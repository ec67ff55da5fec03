"""The box for one line of an action item, and the panel in which it opens over a list."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from peernote_tui.domain.action_line import LONGEST_LINE, ActionLine
from peernote_tui.domain.errors import InvalidInputError, PeerNoteError
from peernote_tui.ui import sentences
from peernote_tui.ui.action_lines import LineReader
from peernote_tui.ui.line_completing import LineSuggester
from peernote_tui.ui.shelf import Shelf
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.text_input import TextInput

_LINE = "line"


class ActionBox(TextInput):
    """An action item in one line."""

    HELP_TEXT = sentences.LINE_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Keep it", id="line.keep", tooltip="Keep the action item as it is written."),
    ]


class ActionPanel(Vertical):
    """A line for an action item that opens over a list, is completed, and says back what it understands.

    What is typed waits in the vault, over Esc, locking and leaving, until it is kept.

    Args:
        key: Of its field.
        label: Of its field.
        box: Where the line is typed.
    """

    @dataclass
    class Written(Message):
        """Enter on a line that is understood."""

        panel: ActionPanel
        line: ActionLine

        @property
        def control(self) -> ActionPanel:
            """The panel, for `@on(ActionPanel.Written, "#adder")`."""
            return self.panel

    def __init__(self, key: str, label: str, box: ActionBox, *, id: str) -> None:  # noqa: A002 Textual's name
        super().__init__(id=id)
        self._box = box
        box.suggester = LineSuggester(lambda: self._reader)
        self._field = Field(key, label, box, hint=sentences.ADD_ACTION_HINT)
        self._head = Static("", classes="line-for", markup=False)
        self._reader: LineReader | None = None
        self._shelf: Shelf | None = None
        self._first = self._shelved = ""

    def compose(self) -> ComposeResult:
        """Lay out whose it is and the line."""
        yield self._head
        yield self._field

    def on_mount(self) -> None:
        """Begin away."""
        self.display = False

    async def begin(
        self,
        reader: LineReader,
        shelf: Shelf,
        *,
        head: Content | None = None,
        held: ActionLine | None = None,
        carry: bool = False,
    ) -> None:
        """Say whose line it is, and put back what was typed there before.

        Args:
            reader: What a line means here.
            shelf: Where it waits.
            head: What stands over the line.
            held: What it says to begin with; nothing when left out.
            carry: Whether what stands in the box goes along to whom `shelf` is about.
        """
        if shelf != self._shelf:
            with suppress(PeerNoteError):
                await self._leave(carry=carry)
            self._shelf, self._shelved = shelf, ""
        self._reader = reader
        self._head.display = head is not None
        self._head.update(head or "")
        self._first = reader.write(held) if held is not None else ""
        if held is not None or not self.typed:
            with suppress(PeerNoteError):
                self._shelved = (await shelf.words()).get(_LINE, "")
            self._box.load(self._shelved or self._first)
            self._field.set_error(None)
        self._say_back()

    async def _leave(self, *, carry: bool) -> None:
        """Let words wait where they were typed, or take them along."""
        if self._shelf is None:
            return
        if not carry:
            await self.flush()
            self._box.load("")
        elif self._shelved:
            await self._shelf.put({})

    async def flush(self) -> None:
        """Let what is typed wait.

        Raises:
            PeerNoteError: It could not be stored.
        """
        typed = self.typed if self.typed.strip() and self.typed != self._first else ""
        if self._shelf is not None and typed != self._shelved:
            await self._shelf.put({_LINE: typed} if typed else {})
            self._shelved = typed

    async def done(self) -> None:
        """Empty the line: it is kept."""
        self._box.load("")
        self._first = ""
        self._field.set_error(None)
        self._field.set_echo(None)
        # Kept is kept: what cannot be forgotten stands here once more, and that is all.
        with suppress(PeerNoteError):
            await self.flush()
        self._shelf = None

    @property
    def typed(self) -> str:
        """What stands in the line."""
        return self._box.value

    def focus_line(self) -> None:
        """Put focus in the line."""
        self._field.focus_control()

    def refuse(self, sentence: str) -> None:
        """Say under the line why it is not taken."""
        self._field.set_error(sentence)

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        """Whoever goes elsewhere finds the line again."""
        self.run_worker(self._keep(), description="keep the line", group="keep")

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        self._field.set_error(None)
        self._say_back()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if self._reader is None:
            return
        try:
            self.post_message(self.Written(self, self._reader.read(self.typed)))
        except InvalidInputError as error:
            self.refuse(str(error))

    async def _keep(self) -> None:
        # Locking stores it again, and says where that is not possible.
        with suppress(PeerNoteError):
            await self.flush()

    def _say_back(self) -> None:
        self._field.set_echo(self._reader.echo(self.typed) if self._reader is not None else None)


def line_box() -> ActionBox:
    """The box for a new action item."""
    return ActionBox(max_length=LONGEST_LINE, placeholder=sentences.ACTION_EXAMPLE)
