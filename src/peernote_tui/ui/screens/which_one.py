"""Before a note is begun for one of several of one name: who this is, and who it is not."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from peernote_tui.domain.participant import Participant
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.screens.base import PeerModal

_MOST_OTHERS = 4


class WhichOne(PeerModal[bool]):
    """Gives True to write about the participant, None to step back.

    Args:
        participant: Whom the note would be about.
        others: Who is called alike.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "sure", "Write about them", id="which.sure", tooltip="Begin the note for this participant."),
    ]

    def __init__(self, participant: Participant, others: tuple[Participant, ...]) -> None:
        super().__init__()
        self._participant = participant
        self._others = others

    def compose(self) -> ComposeResult:
        """Lay out who it is, who it is not, and the keys."""
        person = self._participant.called
        others = [sentences.not_them(_told(other)) for other in self._others[:_MOST_OTHERS]]
        if (left := len(self._others) - len(others)) > 0:
            others.append(sentences.and_more(left))
        with Vertical(classes="dialog"):
            yield Static(
                safe.assemble((naming.name(person), "bold"), "  ", (naming.apart(person), "$primary")), markup=False
            )
            yield Static(
                safe.content("\n".join(others), "$muted", keep_lines=True), classes="dialog--text", markup=False
            )
            yield Static(safe.content(sentences.WHICH_ONE_KEYS), classes="dialog--keys", markup=False)

    def action_sure(self) -> None:
        """Write about them."""
        self.dismiss(True)


def _told(other: Participant) -> str:
    """What is different about another of the name; their number first."""
    number = naming.number(other.called) or naming.name(other.called)
    more = " · ".join(part for part in (other.pronouns, other.birth_year) if part)
    return f"{number} ({more})" if more else number
