"""The question whether to go on with a draft or to begin another note."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from peernote_tui.domain.clock import in_zone, local_today
from peernote_tui.domain.dates import Moment, say_moment
from peernote_tui.domain.draft import DraftRow
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.screens.base import PeerModal

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp


class ResumeDraft(PeerModal[str]):
    """Gives "resume", "new", or None to step back.

    Args:
        row: The participant's draft, the last changed one when there are several.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer('resume')", "Go on with it", id="resume.go_on", tooltip="Open the draft."),
        Binding(
            "n",
            "answer('new')",
            "New note",
            id="resume.new",
            tooltip="Begin another note. The draft stays as it is.",
        ),
    ]

    def __init__(self, row: DraftRow) -> None:
        super().__init__()
        self._row = row

    def compose(self) -> ComposeResult:
        """Lay out whose draft it is, where it stands, and the keys."""
        row = self._row
        with Vertical(classes="dialog"):
            told = sentences.has_draft(naming.in_short(row.called))
            yield Static(safe.assemble((told, "bold"), "  ", (naming.apart(row.called), "$muted")), markup=False)
            yield Static(safe.content(self._where()), classes="dialog--text", markup=False)
            yield Static(safe.content(sentences.RESUME_KEYS), classes="dialog--keys", markup=False)

    def action_answer(self, answer: str) -> None:
        """Answer and close."""
        self.dismiss(answer)

    def _where(self) -> str:
        clock = cast("PeerNoteApp", self.app).gateway.workspace.clock
        changed = in_zone(self._row.draft.changed_at, clock.zone)
        today = local_today(clock)
        moment = Moment(changed.date(), changed.time())
        since = f"{moment.at:%H:%M}" if moment.day == today else say_moment(moment, today=today)
        return sentences.draft_stands(
            since, self._row.step_number, self._row.steps, self._row.step_title, len(self._row.missing)
        )
