"""Who is in the vault already and may be the person that is being added."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from peernote_tui.ui import naming, sentences
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.widgets.peer_list import PeerList, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peernote_tui.services.sameness import AlikeParticipant

_COLUMNS = (Column(12, flex=1), Column(12, flex=2))


class AlikePeople(PeerList):
    """The people themselves; N says of the highlighted one that it is somebody else."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "n",
            "other",
            "Not the same",
            id="participants.not_same",
            tooltip="The highlighted one is not the person you add; again takes it back.",
        ),
    ]

    def action_other(self) -> None:
        """Mark the highlighted one as somebody else, or no longer."""
        if isinstance(self.parent, AlikeList) and self.highlighted_id is not None:
            self.parent.toggle(self.highlighted_id)


class AlikeList(Vertical):
    """A heading and the people below it; empty when there is nobody alike.

    Attributes:
        asking: Whether it stands there as a question, because somebody was to be added who is likely here.
    """

    def __init__(self) -> None:
        super().__init__(id="alike-people")
        self.asking = False
        self._people: tuple[AlikeParticipant, ...] = ()
        self._others: set[str] = set()

    def compose(self) -> ComposeResult:
        """Lay out heading and list."""
        yield Static("", id="alike-heading", markup=False)
        yield AlikePeople(_COLUMNS, id="alike")

    @property
    def others(self) -> tuple[str, ...]:
        """Ids of those who were marked as somebody else."""
        return tuple(sorted(self._others))

    def show(self, people: Sequence[AlikeParticipant], *, asking: bool = False) -> None:
        """Show these people, the likeliest first.

        Args:
            people: Who may be the same.
            asking: Ask whether it is one of them.
        """
        self._people = tuple(people)
        self.asking = asking and bool(self._people)
        self._lay()

    def toggle(self, participant_id: str) -> None:
        """Mark somebody as another person, or no longer."""
        self._others ^= {participant_id}
        self.asking = False
        self._lay()

    def clear(self) -> None:
        """Forget the people and what was said of them."""
        self._others.clear()
        self.show(())

    def _lay(self) -> None:
        heading = (sentences.LIKELY_HERE if self.asking else sentences.ALREADY_HERE) if self._people else ""
        style = "bold $warning" if self.asking else "bold $secondary"
        self.query_one("#alike-heading", Static).update(Content.styled(heading, style))
        people = self.query_one(AlikePeople)
        people.can_focus = bool(self._people)
        people.show([self._row(alike) for alike in self._people])

    def _row(self, alike: AlikeParticipant) -> Row:
        person = alike.participant
        if person.id in self._others:
            said = Content.styled(sentences.NOT_THE_SAME, "$muted")
        else:
            because = sentences.alike_because(alike.reasons)
            said = Content.styled(because, "$secondary" if alike.likely else "$muted")
        return Row(person.id, (naming.name(person.called), Cell(naming.apart(person.called), "$muted")), below=said)
