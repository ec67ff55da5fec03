"""The wizard on a correction: the note as it stands now is put right; the review shows what changes and asks why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Self

from textual import on
from textual.widgets import ContentSwitcher

from peernote_tui.documents.addendum_words import TITLES
from peernote_tui.documents.note_changes import NoteChange
from peernote_tui.documents.note_document import Block, DocumentField, DocumentSection, NoteDocument
from peernote_tui.domain.addendum import AddendumKind, Amendment
from peernote_tui.domain.clock import local_now
from peernote_tui.domain.dates import say_day
from peernote_tui.domain.errors import NoteIncompleteError, PeerNoteError
from peernote_tui.services import amending
from peernote_tui.services.correcting import CorrectionReview, review_correction
from peernote_tui.ui import sentences
from peernote_tui.ui.safe import Cell
from peernote_tui.ui.screens.note_wizard.opening import Opened, fetch
from peernote_tui.ui.screens.note_wizard.review import ReviewPane
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.note_wizard.steps import AnswerField
from peernote_tui.ui.widgets.peer_list import Heading, Line

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp


class CorrectionPane(ReviewPane):
    """What a correction changes, what is missing, and its reason."""

    def __init__(self, reason: str) -> None:
        hint = sentences.REASON_HINTS[AddendumKind.CORRECTION.value]
        super().__init__(late_reason=reason, label=sentences.REASON_LABEL, hint=hint)

    def show_correction(self, found: CorrectionReview) -> None:
        """Show a correction as it would be signed now."""
        lines: list[Line] = []
        self._places = {}
        if found.missing:
            lines.append(Heading(sentences.REVIEW_MISSING, len(found.missing)))
            for number, gap in enumerate(found.missing):
                lines.append(self._row(f"gap-{number}", (gap.section, gap.key), Cell(f"! {gap.sentence}", "$error")))
        else:
            lines.append(Heading(sentences.REVIEW_READY, style="bold $success"))
        self._list.show(lines)
        self._list.styles.height = min(9, len(lines))
        self._list.can_focus = bool(self._places)
        self._late.display = True
        self._page.show(changes_document(found.changes))


class CorrectionWizard(NoteWizard):
    """Writes one correction; gives None.

    Args:
        opened: What `load` fetched.
        day: Of the contact that the signed note tells of.
    """

    PLACE = "Correction"
    NAME = "correction"

    def __init__(self, opened: Opened, day: date | None) -> None:
        super().__init__(opened)
        self._day = day

    @classmethod
    async def load(cls, app: PeerNoteApp, draft_id: str) -> Self:
        """Fetch everything the wizard shows; only outcomes that the note tells of are asked about.

        Raises:
            PeerNoteError: The draft is not there any more.
        """
        opened = await app.gateway.call(fetch, draft_id, country=app.settings.country)
        note_id = opened.draft.amendment.note_id if opened.draft.amendment else ""
        history = await app.gateway.call(amending.note_with_addenda, note_id)
        return cls(replace(opened, open_actions=()), history.note.content.day)

    async def on_mount(self) -> None:
        """Say which note is put right; the wizard's own part of it comes after this."""
        day = say_day(self._day, today=self.workspace.today) if self._day else ""
        self.say(sentences.correction_of(day))

    async def _show_review(self) -> None:
        for field in self.query(AnswerField):
            if field.enter_typed_tag():
                self._take(field)
        found = await self.ask(review_correction, self.draft.id) if await self._flushed() else None
        if found is None:
            self.house.release_keys()
            return
        switcher = self.query_one("#steps", ContentSwitcher)
        if not switcher.query("#review"):
            pane = CorrectionPane(self._amendment.reason)
            pane.display = False
            await switcher.mount(pane)
        pane = self.query_one(CorrectionPane)
        pane.show_correction(found)
        switcher.current = "review"
        self._follow()
        self.call_after_refresh(self._focus_correction, pane, found)
        self.refresh_bindings()

    def _focus_correction(self, pane: CorrectionPane, found: CorrectionReview) -> None:
        if not self.is_returning:
            pane.focus_first(late=True, missing=any(gap.key for gap in found.missing))
        self.call_later(self.app.call_later, self.house.release_keys)

    @property
    def _amendment(self) -> Amendment:
        amendment = self.draft.amendment
        if amendment is None:
            raise AssertionError("a correction corrects something")
        return amendment

    @on(ReviewPane.LateReason)
    def _keep_why(self, event: ReviewPane.LateReason) -> None:
        # The wizard's own handler would keep it as the reason of a late entry.
        event.prevent_default()
        amendment = self._amendment.model_copy(update={"reason": event.text})
        self._drafting.change(self.draft.model_copy(update={"amendment": amendment}))

    async def _sign_note(self, late_reason: str) -> None:  # noqa: ARG002 the draft holds the reason
        try:
            await self.flush()
            signed = await self.house.gateway.call(amending.sign_amendment, self.draft.id)
        except PeerNoteError as error:
            gaps = error.missing if isinstance(error, NoteIncompleteError) else ()
            self.say(gaps[0] if gaps else str(error), tone="error")
            self._signing = False
            return
        now = f"{local_now(self.workspace.clock):%H:%M}"
        self.house.announce(sentences.added_signed(TITLES[signed.kind], now))
        self.dismiss(None)


def changes_document(changes: Sequence[NoteChange]) -> NoteDocument:
    """What a correction changes, as a page: each question with what it said before and what it will say."""
    sections = tuple(
        DocumentSection(
            title=change.label,
            fields=tuple(
                DocumentField(
                    key=f"{change.key} {which}", label=which, blocks=(Block(text=words or sentences.NO_ANSWER),)
                )
                for which, words in ((sentences.BEFORE, change.before), (sentences.AFTER, change.after))
            ),
        )
        for change in changes
    )
    return NoteDocument(
        title=sentences.CHANGES_TITLE if changes else sentences.NOT_CHANGED_YET,
        facts=(),
        sections=sections,
        footing=(sentences.SIGNED_FOR_GOOD, sentences.TRACKER_STAYS),
    )
