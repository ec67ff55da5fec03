"""The question what a column of a file is."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static

from peernote_tui.documents.people.columns import Column, Field
from peernote_tui.domain.names import fold
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.safe import Column as Cells
from peernote_tui.ui.screens.base import PeerModal
from peernote_tui.ui.widgets.peer_list import PeerList, Row
from peernote_tui.ui.widgets.text_input import TextInput


class _Words(TextInput):
    MAY_BE_LOST = True


class ChooseColumn(PeerModal[Field]):
    """Gives the field that was chosen, or None to change nothing.

    Args:
        column: Which column.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Next", show=False, tooltip="To the next line."),
        Binding("up", "move(-1)", "Previous", show=False, tooltip="To the line before."),
    ]

    def __init__(self, column: Column) -> None:
        super().__init__()
        self._column = column

    def compose(self) -> ComposeResult:
        """Lay out the question, the box and the list."""
        with Vertical(classes="dialog"):
            yield Static(safe.content(sentences.CHOOSE_FIELD, "bold"), markup=False)
            yield Static(safe.content(self._column.name, "$secondary"), markup=False)
            yield _Words(id="narrow", max_length=60)
            yield PeerList((Cells(30, flex=1),), empty=sentences.NO_SUCH_FIELD, id="fields")
            yield Static(safe.content(sentences.CHOOSE_FIELD_KEYS, "$muted"), classes="dialog--keys", markup=False)

    def on_mount(self) -> None:
        """Begin in the box, at what the column is now."""
        self._show("", highlight=self._column.field)
        self.query_one("#narrow").focus()

    def action_move(self, step: int) -> None:
        """Move the highlight while the box keeps focus."""
        found = self.query_one(PeerList)
        (found.action_cursor_down if step > 0 else found.action_cursor_up)()

    @on(Input.Changed, "#narrow")
    def _narrowed(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(Input.Submitted, "#narrow")
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if (chosen := self.query_one(PeerList).highlighted_id) is not None:
            self.dismiss(Field(chosen))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(Field(event.option_id or Field.LEFT_OUT))

    def _show(self, typed: str, *, highlight: str | None = None) -> None:
        begun = fold(typed)
        found = [Row(each, (words,)) for each, words in sentences.IMPORT_FIELDS.items() if begun in fold(words)]
        # What begins like it stands first.
        found.sort(key=lambda row: bool(begun) and not fold(str(row.cells[0])).startswith(begun))
        self.query_one(PeerList).show(found, highlight=highlight or (found[0].id if found else None))
