"""A short list to take one line from: typing narrows it, Enter takes the highlighted one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static

from peernote_tui.domain.names import fold
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.safe import Column
from peernote_tui.ui.screens.base import PeerModal
from peernote_tui.ui.widgets.peer_list import Heading, Line, PeerList, Row
from peernote_tui.ui.widgets.text_input import TextInput

_TALLEST = 12


class PickBox(TextInput):
    """The line that narrows the list; nothing is lost with its words."""

    MAY_BE_LOST: ClassVar[bool] = True
    TAKES_SNIPPETS: ClassVar[bool] = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Take it", id="pick.take", tooltip="Take the highlighted line."),
        Binding("down", "screen.move(1)", "Next", show=False, tooltip="To the next line."),
        Binding("up", "screen.move(-1)", "Previous", show=False, tooltip="To the line before."),
    ]


class PickOne(PeerModal[str]):
    """Gives the line that was taken, or None.

    Args:
        title: What is taken from it.
        groups: Lines under headings; an empty heading is left out.
    """

    def __init__(self, title: str, groups: Sequence[tuple[str, Sequence[str]]]) -> None:
        super().__init__()
        self._title = title
        self._groups = groups

    def compose(self) -> ComposeResult:
        """Lay out the line and the list."""
        with Vertical(classes="dialog picking"):
            yield Static(safe.content(self._title, "bold"), markup=False)
            yield PickBox(placeholder=sentences.PICK_PROMPT, max_length=60)
            yield PeerList((Column(20, flex=1),), empty=sentences.PICK_NONE, id="picks")
            yield Static(safe.content(sentences.PICK_KEYS), classes="dialog--keys", markup=False)

    def on_mount(self) -> None:
        """Begin in the line, with everything shown."""
        self._list.can_focus = False
        self._list.styles.height = min(_TALLEST, len(self._lines("")) * 2)
        self.query_one(PickBox).focus()
        self._list.show(self._lines(""))

    def action_move(self, step: int) -> None:
        """Move the highlight."""
        if step > 0:
            self._list.action_cursor_down()
        else:
            self._list.action_cursor_up()

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._list.show(self._lines(event.value))

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def _take(self) -> None:
        if (taken := self._list.highlighted_id) is not None:
            group, _, place = taken.partition(".")
            self.dismiss(self._groups[int(group)][1][int(place)])

    def _lines(self, typed: str) -> list[Line]:
        wanted = fold(typed.strip())
        lines: list[Line] = []
        for number, (heading, each) in enumerate(self._groups):
            rows = [Row(f"{number}.{place}", (words,)) for place, words in enumerate(each) if wanted in fold(words)]
            if rows:
                lines += [Heading(heading, style="bold $secondary"), *rows] if heading else rows
        return lines

    @property
    def _list(self) -> PeerList:
        return self.query_one("#picks", PeerList)
