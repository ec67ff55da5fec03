"""The question what is to be added to a signed note."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static

from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.domain.note import CONTACT_TEMPLATE, Note
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.screens.base import PeerModal
from peernote_tui.ui.widgets.peer_list import PeerList, Row

LATE = "late"
"""The choice of a contact that was never noted: a note of its own."""
SEND, TAKE = "send", "take"
"""The choices to send the note to whoever co-signs it, and to take in the co-signature."""
_COLUMNS = (Column(1), Column(23), Column(28, flex=1))


def ways_to_add(note: Note, kinds: tuple[AddendumKind, ...]) -> tuple[str, ...]:
    """What can be added to a note, by the names of the choices.

    Args:
        note: The signed note.
        kinds: What was added already.
    """
    bare, in_error = note.template.id == CONTACT_TEMPLATE, AddendumKind.IN_ERROR in kinds
    return tuple(
        way
        for way, can in (
            (AddendumKind.ADDENDUM.value, not bare),
            (AddendumKind.CORRECTION.value, not in_error),
            (AddendumKind.STATEMENT.value, not bare),
            (AddendumKind.IN_ERROR.value, not in_error),
            (LATE, True),
            (SEND, True),
            (TAKE, True),
        )
        if can
    )


class AddChooser(PeerModal[str]):
    """Gives what to add: a kind of `AddendumKind`, `LATE`, `SEND`, `TAKE`, or None to step back.

    Args:
        ways: What can be added, see `ways_to_add`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add('addendum')", "Addendum", id="add.addendum", tooltip="Something new belongs to this note."),
        Binding("c", "add('correction')", "Correction", id="add.correction", tooltip="Something in it is wrong."),
        Binding(
            "s",
            "add('statement')",
            "Participant's statement",
            id="add.statement",
            tooltip="What the participant wants to stand beside this note, in their words.",
        ),
        Binding(
            "e",
            "add('in_error')",
            "Written in error",
            id="add.in_error",
            tooltip="The note should not be in this record. It stays readable.",
        ),
        Binding(
            "l",
            "add('late')",
            "A contact never noted",
            id="add.late",
            tooltip="Begin the note of an earlier contact; it says that it is a late entry.",
        ),
        Binding(
            "o",
            "add('send')",
            "Send for co-signature",
            id="add.send",
            tooltip="Write the note to a file for a supervisor, who signs a statement under it.",
        ),
        Binding(
            "t",
            "add('take')",
            "Take in a co-signature",
            id="add.take",
            tooltip="Read the file that came back; the statement stands under its note.",
        ),
    ]

    def __init__(self, ways: tuple[str, ...]) -> None:
        super().__init__()
        self._ways = ways

    def compose(self) -> ComposeResult:
        """Lay out the question and the choices."""
        with Vertical(classes="dialog dialog--list"):
            yield Static(safe.content(sentences.ADD_QUESTION, "bold"), markup=False)
            yield PeerList(_COLUMNS, id="ways")
            yield Static(safe.content(sentences.ADD_KEYS), classes="dialog--keys", markup=False)

    def on_mount(self) -> None:
        """Begin in the list."""
        rows = []
        for way in self._ways:
            key, title, meant = sentences.WAYS_TO_ADD[way]
            rows.append(Row(way, (Cell(key, "$primary"), Cell(title, "bold"), Cell(meant, "$muted"))))
        self.query_one(PeerList).show(rows)
        self.query_one(PeerList).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Take only the keys of what can be added."""
        if action == "add":
            return bool(parameters) and parameters[0] in self._ways
        return super().check_action(action, parameters)

    def action_add(self, way: str) -> None:
        """Answer and close."""
        self.dismiss(way)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_id)
