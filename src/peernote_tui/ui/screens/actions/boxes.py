"""What the tracker is made of beside its rows: the list, the filter, and the line to add or change an action item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static

from peernote_tui.domain.action_line import (
    LONGEST_LINE,
    ActionLine,
    parse_action_line,
    write_action_line,
)
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.names import Called
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.line_completing import LineSuggester, offered_owner
from peernote_tui.ui.line_echo import echo_line
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.peer_list import PeerList
from peernote_tui.ui.widgets.text_input import TextInput


class ActionList(PeerList):
    """The action items; left and right choose the view."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "screen.view(1)", "View", id="actions.next_view", tooltip="The next view: what is shown."),
        Binding(
            "left", "screen.view(-1)", "View before", id="actions.view_before", show=False, tooltip="The view before."
        ),
    ]


class FilterBox(TextInput):
    """Words that an action item, its participant or its owner must hold."""

    HELP_TEXT = sentences.FILTER_HELP
    MAY_BE_LOST = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.list", "To the list", id="actions.list", tooltip="Keep the filter."),
        Binding("down", "screen.list", "To the list", show=False, tooltip="Keep the filter."),
    ]


class FilterTold(Widget):
    """What is filtered and how many are marked, in one line with the ways out; not there when nothing is."""

    only: reactive[str] = reactive("")
    marked: reactive[int] = reactive(0)

    def on_mount(self) -> None:
        """Begin away."""
        self._show()

    def watch_only(self) -> None:
        """Show what is filtered."""
        self._show()

    def watch_marked(self) -> None:
        """Show how many are marked."""
        self._show()

    def render(self) -> Content:
        """Draw what is on; the ways out are left out first where room is short."""
        parts: list[tuple[str, str]] = []
        if self.marked:
            parts += [(sentences.marked(self.marked), "bold $primary"), (f"   {sentences.MARKS_WAY}", "$muted")]
        if self.only:
            gap = "   " if parts else ""
            parts += [(f"{gap}{sentences.FILTERED} ", "$muted"), (self.only, "bold $primary")]
            parts.append((f"   {sentences.FILTER_WAY}", "$muted"))
        whole = safe.assemble(*parts)
        if whole.cell_length > self.content_size.width and self.marked and self.only:
            whole = safe.assemble(parts[0], *parts[2:])
        return whole.truncate(self.content_size.width, ellipsis=True)

    def _show(self) -> None:
        self.display = bool(self.only or self.marked)
        self.refresh()


class AddBox(TextInput):
    """A new action item in one line."""

    HELP_TEXT = sentences.ADD_ACTION_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Add it", id="actions.keep", tooltip="Add the action item."),
        Binding(
            "f8",
            "screen.for_another",
            "For another",
            id="actions.for_another",
            tooltip="Choose another participant for this action item.",
        ),
    ]


class EditBox(TextInput):
    """An action item as one line, to be changed."""

    HELP_TEXT = sentences.EDIT_ACTION_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Keep it", id="actions.keep_edit", tooltip="Keep the action item as written."),
    ]


class LinePanel(Vertical):
    """A line for an action item that opens over the list and says back what it understands.

    Args:
        key: Of its field.
        label: Of its field.
        box: Where the line is typed.
    """

    @dataclass
    class Written(Message):
        """Enter on a line that is understood."""

        panel: LinePanel
        line: ActionLine

        @property
        def control(self) -> LinePanel:
            """The panel, for `@on(LinePanel.Written, "#adder")`."""
            return self.panel

    def __init__(self, key: str, label: str, box: TextInput, *, id: str) -> None:  # noqa: A002 Textual's name
        super().__init__(id=id)
        self._box = box
        box.suggester = LineSuggester(lambda: (self._today, offered_owner(self._person)))
        self._field = Field(key, label, box, hint=sentences.ADD_ACTION_HINT)
        self._head = Static("", classes="line-for", markup=False)
        self._whose = self._called = ""
        self._today = date.min
        self._kept_due: date | None = None
        self._person: Called | None = None
        self._day_first: bool | None = None

    def compose(self) -> ComposeResult:
        """Lay out whose it is and the line."""
        yield self._head
        yield self._field

    def on_mount(self) -> None:
        """Begin away."""
        self.display = False

    @property
    def typed(self) -> str:
        """What stands in the line."""
        return self._box.value

    def begin(
        self, head: Content, person: Called, today: date, *, day_first: bool | None, kept_due: date | None = None
    ) -> None:
        """Say whose line it is.

        Args:
            head: What stands over the line.
            person: The participant.
            today: The local day.
            day_first: How 3/4 is read; None refuses it.
            kept_due: The day it is due already, which may have passed.
        """
        self._kept_due, self._person = kept_due, person
        self._head.update(head)
        self._whose, self._called = person.name, naming.as_owner(person)
        self._today, self._day_first = today, day_first
        self._say_back()

    def load(self, typed: str) -> None:
        """Put a line into the box; no change and no undo step."""
        self._box.load(typed)
        self._field.set_error(None)
        self._say_back()

    def focus_line(self) -> None:
        """Put focus in the line."""
        self._field.focus_control()

    def refuse(self, sentence: str) -> None:
        """Say under the line why it is not taken."""
        self._field.set_error(sentence)

    def write(self, line: ActionLine) -> str:
        """A line as it is typed here."""
        return write_action_line(line, today=self._today, participant_name=self._whose, day_first=self._day_first)

    def read(self, typed: str) -> ActionLine:
        """What a line means here.

        Raises:
            InvalidInputError: It is not understood.
        """
        return parse_action_line(
            typed,
            today=self._today,
            participant_name=self._whose,
            day_first=self._day_first,
            kept_due=self._kept_due,
        )

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        self._field.set_error(None)
        self._say_back()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            self.post_message(self.Written(self, self.read(self.typed)))
        except InvalidInputError as error:
            self.refuse(str(error))

    def _say_back(self) -> None:
        """Say what was understood; while typing, nothing is called wrong."""
        try:
            line = self.read(self.typed)
        except InvalidInputError:
            self._field.set_echo(None)
            return
        self._field.set_echo(echo_line(line, today=self._today, called=self._called))


def line_box() -> AddBox:
    """The box for a new action item."""
    return AddBox(max_length=LONGEST_LINE, placeholder=sentences.ADD_ACTION_EXAMPLE)
