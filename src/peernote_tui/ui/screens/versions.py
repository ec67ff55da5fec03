"""The versions of a corrected note, two at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from peernote_tui.documents.note_changes import compared
from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.dates import say_day
from peernote_tui.services.notes import read_again
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.versions_page import VersionsPage

if TYPE_CHECKING:
    from peernote_tui.services.notes import NoteView
    from peernote_tui.ui.app import PeerNoteApp


class VersionsScreen(VaultScreen[None]):
    """What a note said as it was signed and after each correction, with what differs marked.

    Args:
        view: The note, with at least one correction.
    """

    PLACE = sentences.VERSIONS_PLACE
    NAME = "versions"
    FIRST_KEYS = ("versions.before", "versions.next", "page.on")
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, view: NoteView) -> None:
        super().__init__()
        self._view = view
        self._corrections = [each for each in view.addenda if each.content is not None]
        self._at = max(0, len(self._corrections) - 1)
        self.subject = view.participant.id
        """Whom Ctrl+N begins a note for."""

    @classmethod
    async def come_back(cls, app: PeerNoteApp, own: dict[str, Any]) -> Self:
        """Compare again; the note below it is what was read."""
        screen = cls(await app.gateway.call(read_again, str(own["note"])))
        screen._at = max(0, min(int(own["at"]), len(screen._corrections) - 1))
        return screen

    def own_place(self) -> dict[str, Any]:
        """Which note, and which of its corrections."""
        return {"note": self._view.note.id, "at": self._at}

    def compose_body(self) -> ComposeResult:
        """Lay out which two are compared, and the two."""
        yield Static("", id="compared", markup=False)
        yield VersionsPage()

    def on_mount(self) -> None:
        """Begin with the last correction."""
        self.set_person(self._view.participant.called)
        self._show()
        self.query_one(VersionsPage).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Step only where there is a version."""
        if action == "version":
            step = parameters[0] if parameters and isinstance(parameters[0], int) else 0
            return 0 <= self._at + step < len(self._corrections)
        return super().check_action(action, parameters)

    def action_version(self, by: int) -> None:
        """Compare the versions before or after these."""
        if 0 <= self._at + by < len(self._corrections):
            self._at += by
            self._show()
            self.refresh_bindings()

    def _show(self) -> None:
        if not self._corrections:
            return
        view, correction = self._view, self._corrections[self._at]
        before = self._corrections[self._at - 1].content if self._at else None
        answers = compared(
            view.note, view.template, before or view.note.content, correction.content or view.note.content
        )
        differ = sum(answer.differs for answer in answers)
        self.set_status(sentences.version_counted(self._at + 2, len(self._corrections) + 1))
        told = sentences.version_told(self._called(self._at), differ, correction.reason)
        self.query_one("#compared", Static).update(safe.content(told))
        self.query_one(VersionsPage).show((self._called(self._at - 1), self._called(self._at)), answers)

    def _called(self, at: int) -> str:
        """What a version is called; -1 is the note as it was signed."""
        stands = self._corrections[at] if at >= 0 else self._view.note
        at_signing = in_zone(stands.signed_at or stands.entered_at or self.workspace.clock.now(), stands.zone)
        day = say_day(at_signing.date(), today=self.workspace.today)
        return sentences.version_called(day, f"{at_signing:%H:%M}", corrected=at >= 0)
