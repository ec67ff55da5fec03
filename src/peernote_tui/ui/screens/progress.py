"""Progress over time of one participant, a year of months at a time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from textual.app import ComposeResult
from textual.binding import BindingType

from peernote_tui.documents.progress_words import month_name
from peernote_tui.domain.dates.days import add_months
from peernote_tui.domain.names import Called
from peernote_tui.domain.progress import Progress
from peernote_tui.services.participants import get_participant
from peernote_tui.services.progress import progress
from peernote_tui.ui import naming, sentences
from peernote_tui.ui.progress_chart import MOST_MONTHS, chart
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.lines_page import LinesPage

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp


class ProgressScreen(VaultScreen[None]):
    """Agreements and what became of them, how things were, contacts, concerns.

    Args:
        participant_id: Whose.
        called: Whom, for the top line.
    """

    PLACE = sentences.PROGRESS_PLACE
    NAME = "progress"
    FIRST_KEYS = ("time.earlier", "time.later", "page.on")
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, participant_id: str, called: Called) -> None:
        super().__init__()
        self.subject = participant_id
        """Whom Ctrl+N begins a note for."""
        self._called = called
        self._progress: Progress | None = None
        self._until: date | None = None

    @classmethod
    async def come_back(cls, app: PeerNoteApp, own: dict[str, Any]) -> Self:
        """Open the page again, if the participant is still there."""
        person = await app.gateway.call(get_participant, str(own["participant"]))
        screen = cls(person.id, person.called)
        screen._until = date.fromisoformat(own["until"]) if own["until"] else None
        return screen

    def own_place(self) -> dict[str, Any]:
        """Whose, and up to which month."""
        return {"participant": self.subject, "until": self._until.isoformat() if self._until else ""}

    def compose_body(self) -> ComposeResult:
        """Lay out the page."""
        yield LinesPage()

    def on_mount(self) -> None:
        """Begin at the top."""
        self.set_person(self._called)
        self.query_one(LinesPage).focus()

    async def reload(self) -> None:
        """Count anew."""
        if self.house.gateway.is_open:
            found = await self.ask(progress, self.subject)
            if found is not None and self.is_attached:
                self._progress = found
                self._show(found)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Step only where something is known."""
        if action == "step":
            months, found = self._months, self._progress
            if found is None:
                return False
            return months[0] > found.first if parameters == (-1,) else months[-1] < found.last
        return super().check_action(action, parameters)

    def action_step(self, by: int) -> None:
        """Show the months before or after these."""
        if self._progress is not None and self.check_action("step", (by,)):
            moved = add_months(self._months[-1], by * MOST_MONTHS)
            first = add_months(self._progress.first, min(MOST_MONTHS, _months_in(self._progress)) - 1)
            self._until = min(max(moved, first), self._progress.last)
            self._show(self._progress)

    @property
    def _months(self) -> tuple[date, ...]:
        return self._progress.months(MOST_MONTHS, until=self._until) if self._progress else ()

    def _show(self, found: Progress) -> None:
        months, name = self._months, naming.as_owner(self._called)
        self.set_status(sentences.months_shown(month_name(months[0]), month_name(months[-1])))
        self.query_one(LinesPage).show(lambda width: chart(found, name, months, width))
        self.refresh_bindings()


def _months_in(found: Progress) -> int:
    return (found.last.year - found.first.year) * 12 + found.last.month - found.first.month + 1
