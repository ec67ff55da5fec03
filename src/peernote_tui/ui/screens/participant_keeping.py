"""What a participant's page does with the record itself: change it, take changes back, archive it, reopen it."""

from __future__ import annotations

from textual.widgets import Static

from peernote_tui.domain.base import LINE
from peernote_tui.domain.follow_up import FollowUp
from peernote_tui.domain.names import Called
from peernote_tui.services.keeping_records import archive_participant, reopen_participant, take_back_change
from peernote_tui.ui import sentences
from peernote_tui.ui.giving import hand_out_soon
from peernote_tui.ui.screens.meeting_verbs import MeetingVerbs
from peernote_tui.ui.screens.one_line import OneLine
from peernote_tui.ui.screens.participant_about import head
from peernote_tui.ui.screens.participant_edits import Change, edit_page, remember
from peernote_tui.ui.screens.participant_page import Page, of_several, row_id
from peernote_tui.ui.shelf import Shelf
from peernote_tui.ui.undoing import take_back_on


class KeepingVerbs(MeetingVerbs):
    """The half of a participant's page that keeps the record.

    Args:
        participant_id: Whose page it is.
    """

    def __init__(self, participant_id: str) -> None:
        super().__init__()
        self.subject = participant_id
        """Whom Ctrl+N begins a note for."""
        self.page: Page | None = None
        self._legal_name = False

    async def fetch(self, highlight: str | None = None) -> None:
        """Fetch the page and show it; for subclasses."""

    def highlighted_row(self) -> str:
        """Id of the highlighted row; for subclasses."""
        return ""

    def meeting_here(self) -> tuple[FollowUp, Called] | None:
        """The highlighted meeting, with whom the page is about."""
        if self.page is None:
            return None
        kind, _, meeting_id = self.highlighted_row().partition(":")
        found = self.page.briefing.follow_ups if kind == "plan" else ()
        meeting = next((each for each in found if each.id == meeting_id), None)
        return (meeting, self.page.briefing.participant.called) if meeting else None

    async def whom_to_meet(self) -> Called | None:
        """Whom the page is about."""
        return self.page.briefing.participant.called if self.page else None

    async def show_meeting(self, meeting_id: str) -> None:
        """Fetch anew with that meeting highlighted."""
        await self.fetch(row_id("plan", meeting_id))

    def show_head(self) -> None:
        """Show who it is, with the legal name where it was asked for."""
        if self.page is not None:
            shown = head(self.page.briefing, legal_name=self._legal_name, several=of_several(self.page))
            self.query_one("#person", Static).update(shown)

    def action_undo(self) -> None:
        """Take the last change of the session back."""
        self.run_worker(self._undo(), description="undo", group="change")

    def action_referrals(self) -> None:
        """Show to whom they are referred."""
        from peernote_tui.ui.screens.referrals import ReferralsScreen

        if self.page is not None:
            self.app.push_screen(ReferralsScreen(self.page.briefing.participant.called))

    def action_hand_out(self) -> None:
        """Hand something of the record out."""
        hand_out_soon(self.house, self.subject)

    def action_disclosures(self) -> None:
        """Show what was handed out of the record."""
        from peernote_tui.ui.screens.disclosures import DisclosuresScreen

        if self.page is not None:
            self.app.push_screen(DisclosuresScreen(self.subject, self.page.briefing.participant.called))

    def action_edit(self) -> None:
        """Change what the page says."""
        self.run_worker(
            edit_page(self, self.subject, self.edited), description="edit page", exclusive=True, group="edit"
        )

    def edited(self, change: Change | None) -> None:
        """Remember a change of the page, so that it can be taken back."""
        if change is not None:
            remember(self.house.undoing, change)

    def action_legal_name(self) -> None:
        """Show the legal name for as long as the page is open, or cover it again."""
        if self.page is None:
            return
        if not self.page.briefing.participant.legal_name:
            self.say(sentences.NO_LEGAL_NAME)
            return
        self._legal_name = not self._legal_name
        self.show_head()

    def taken_back_in_dialog(self, change_id: str | None) -> None:
        """Take the change of that id back, when there is one."""
        if change_id:
            self.run_worker(self._take_back_edit(change_id), description="undo", group="change")

    async def _take_back_edit(self, change_id: str) -> None:
        if await self.ask(take_back_change, change_id) is not None:
            self.say(sentences.TAKEN_BACK)
            await self.fetch()

    async def _undo(self) -> None:
        if (taken := await take_back_on(self)) is not None:
            await self.fetch(self._row_about(taken.about))

    def _row_about(self, item_id: str) -> str | None:
        planned = self.page.briefing.follow_ups if self.page else ()
        kind = "plan" if any(each.id == item_id for each in planned) else "action"
        return row_id(kind, item_id) if item_id else None

    def action_archive(self) -> None:
        """Archive the record, for a reason; or reopen it."""
        if self.page is not None:
            archived = self.page.briefing.participant.archived_at is not None
            verb = self._reopen() if archived else self._archive(self.page)
            self.run_worker(verb, description="archive", exclusive=True, group="archive")

    async def _archive(self, page: Page) -> None:
        open_ = sentences.still_open(len(page.drafts), len(page.briefing.open_actions), len(page.briefing.follow_ups))

        async def take(reason: str) -> object:
            return await self.house.gateway.call(archive_participant, self.subject, reason)

        asked = OneLine(
            sentences.ARCHIVE_TITLE,
            sentences.ARCHIVE_WHY,
            hint=sentences.ARCHIVE_HINT,
            shelf=Shelf("archive", (self.subject,)),
            take=take,
            longest=LINE,
            told=open_,
        )
        if await self.app.push_screen_wait(asked) is not None:
            await self.fetch()
            self.say(sentences.ARCHIVED_NOW, tone="success")

    async def _reopen(self) -> None:
        if await self.ask(reopen_participant, self.subject) is not None:
            await self.fetch()
            self.say(sentences.REOPENED_NOW, tone="success")
