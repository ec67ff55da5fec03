"""How to reach somebody: what is safe before each number, and what they agreed to."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from peernote_tui.domain.calling import ways_to
from peernote_tui.services.participants import Briefing
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.contact_safety import reaching_lines
from peernote_tui.ui.reaching import person_told
from peernote_tui.ui.screens.base import PeerModal
from peernote_tui.ui.widgets.side_pane import laid


class ContactCard(PeerModal[str]):
    """Gives "note", "again" or "page", or None to step back.

    Args:
        briefing: What is known of the participant.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "answer('note')", "Note", id="card.note", tooltip="Write down the call."),
        Binding("v", "answer('again')", "Another day", id="card.again", tooltip="Try on another day."),
        Binding("o", "answer('page')", "Their page", id="card.page", tooltip="Open the participant's page."),
    ]

    def __init__(self, briefing: Briefing) -> None:
        super().__init__()
        self._briefing = briefing

    def compose(self) -> ComposeResult:
        """Lay out whom, the safe ways first, whom to call in an emergency, and the keys."""
        found, person = self._briefing, self._briefing.participant
        lines = reaching_lines(ways_to(person), found.voicemail, found.text)
        told = [laid(line) for line in lines] or [safe.content(sentences.NO_NUMBER, "$muted")]
        told += [
            Content.assemble((f"{sentences.EMERGENCY}: ", "$secondary"), person_told(each))
            for each in person.people
            if each.emergency
        ]
        with Vertical(classes="dialog dialog--wide"):
            head = ((naming.name(person.called), "bold"), "  ", (naming.apart(person.called), "$muted"))
            yield Static(safe.assemble(*head), markup=False)
            yield Static(Content("\n").join(told), classes="dialog--text", markup=False)
            yield Static(safe.content(sentences.CARD_KEYS), classes="dialog--keys", markup=False)

    def action_answer(self, answer: str) -> None:
        """Answer and close."""
        self.dismiss(answer)
