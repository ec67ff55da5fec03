"""A choice of one participant's notes: marked with the space bar, taken with Enter."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from peernote_tui.domain.note import NoteRow
from peernote_tui.domain.participant import Participant
from peernote_tui.services.ordering import notes_to_choose
from peernote_tui.ui import sentences
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.screens.notes import MOST, day_cell, how_word, note_words
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.peer_list import PeerList, Row

_COLUMNS = (Column(1), Column(11), Column(5), Column(9), Column(20, flex=1))


class ChoiceList(PeerList):
    """The notes; space marks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Take these", id="choice.take", tooltip="Take the marked notes, or this one."),
        Binding("space", "screen.mark", "Mark", id="choice.mark", tooltip="Choose this note, or leave it out."),
        Binding("a", "screen.mark_all", "All or none", id="choice.all", tooltip="Choose every listed note, or none."),
    ]


class NoteChoice(VaultScreen[tuple[str, ...]]):
    """Gives the ids of the chosen notes, the oldest first, or None.

    Args:
        participant: Whose notes.
        chosen: Those that are marked already.
    """

    PLACE = sentences.CHOOSE_NOTES_PLACE
    FIRST_KEYS = ("choice.take", "choice.mark", "choice.all")

    def __init__(self, participant: Participant, chosen: tuple[str, ...]) -> None:
        super().__init__()
        self._participant = participant
        self._marked = set(chosen)
        self._notes: tuple[NoteRow, ...] = ()

    def compose_body(self) -> ComposeResult:
        """Lay out the list."""
        yield ChoiceList(_COLUMNS, empty=sentences.CHOOSE_NOTES_EMPTY)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.set_person(self._participant.called)
        self.query_one(ChoiceList).focus()

    async def reload(self) -> None:
        """List the notes."""
        found = await self.ask(notes_to_choose, self._participant.id, MOST) if self.house.gateway.is_open else None
        if found is None or not self.is_attached:
            return
        self._notes, total = found
        if total > len(self._notes):
            self.say(sentences.NOTES_SHOWN_MOST)
        self._show()

    def action_mark(self) -> None:
        """Choose the highlighted note, or leave it out."""
        note_id = self.query_one(ChoiceList).highlighted_id
        if note_id:
            self._marked ^= {note_id}
            self._show()

    def action_mark_all(self) -> None:
        """Choose all, or none."""
        listed = {note.id for note in self._notes}
        self._marked = set() if listed <= self._marked else listed
        self._show()

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        chosen = self._marked or {event.option_id or ""}
        self.dismiss(tuple(note.id for note in reversed(self._notes) if note.id in chosen))

    def _show(self) -> None:
        today = self.workspace.today
        rows = [
            Row(
                note.id,
                (
                    Cell("✓", "$success") if note.id in self._marked else "",
                    day_cell(note, today=today),
                    Cell(f"{note.start:%H:%M}" if note.start else "", "$muted"),
                    Cell(how_word(note), "$secondary"),
                    note_words(note, else_place=True),
                ),
            )
            for note in self._notes
        ]
        self.query_one(ChoiceList).show(rows)
        self.set_status(sentences.notes_chosen(len(self._marked), len(self._notes)))
