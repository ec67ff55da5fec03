"""The people of a group session as a list: who they are, whether they were there, what they have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType

from peernote_tui.domain.group_session import GroupContent, GroupLine
from peernote_tui.services.groups import GroupPerson
from peernote_tui.ui import sentences
from peernote_tui.ui.naming import NamedRow
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.widgets.peer_list import PeerList

_COLUMNS = (
    Column(1),  # sign
    Column(14, flex=1),  # name
    Column(8),  # what tells two of one name apart
    Column(12),  # "did not come"
    Column(12, flex=2, gone_below=56),  # their line
)


class GroupList(PeerList):
    """Everybody with a line; the keys that change one work on the highlighted row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space",
            "screen.attendance",
            "Attendance",
            id="group.attendance",
            tooltip="Whether the highlighted participant came, left early or did not come.",
        ),
        Binding(
            "x,delete",
            "screen.take_out",
            "Take out",
            id="group.take_out",
            tooltip="Take the highlighted participant out of the group; u brings them back with their line.",
        ),
        Binding(
            "u", "screen.undo_people", "Undo", id="group.undo", show=False, tooltip="Bring back who was taken out."
        ),
    ]

    def tell(self, content: GroupContent, people: Mapping[str, GroupPerson], *, highlight: str | None = None) -> None:
        """Show everybody anew.

        Args:
            content: The group session.
            people: Who they are, by the id of the line.
            highlight: The line to highlight; the one before when None.
        """
        rows = [_row(line, people[line.id]) for line in content.lines if line.id in people]
        self.show(rows, highlight=highlight)


def _row(line: GroupLine, person: GroupPerson) -> NamedRow:
    sign, standing = _standing(line, person)
    return NamedRow(
        line.id,
        (sign, "", "", standing, Cell(_excerpt(line), "$muted")),
        columns=_COLUMNS,
        person=person.participant.called,
        name_at=1,
        apart_at=2,
    )


def _standing(line: GroupLine, person: GroupPerson) -> tuple[Cell, Cell]:
    attendance = sentences.ATTENDANCES[line.attendance.value]
    if line.made:
        return Cell("✓", "$success"), Cell(attendance or sentences.GROUP_MADE_SIGN, "$success")
    if line.contact_only:
        return Cell("✓", "$success"), Cell(sentences.GROUP_CONTACT_ONLY, "$muted")
    if person.why_closed and not line.emergency_reason.strip():
        return Cell("!", "$error"), Cell(attendance or sentences.GROUP_NO_CONSENT, "$error")
    words = line.reason if line.attendance.value == "no_show" else line.response
    return (Cell("✓", "$success") if words.strip() else Cell("○", "$muted")), Cell(attendance, "$secondary")


def _excerpt(line: GroupLine) -> str:
    return " ".join((line.reason or line.response or line.next_step).split())
