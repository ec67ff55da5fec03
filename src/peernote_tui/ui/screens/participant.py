"""A participant: who they are, what is open, and everything that happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import OptionList, Static

from peernote_tui.domain.action_item import ActionItem, ActionStatus
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.consent import ConsentScope
from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.domain.pronouns import pronouns
from peernote_tui.domain.timeline import TimelineEntry
from peernote_tui.services.action_items import add_action
from peernote_tui.services.changing_actions import settle
from peernote_tui.services.consenting import withdraw_consent
from peernote_tui.services.participants import get_participant, view_participant
from peernote_tui.ui import naming, sentences
from peernote_tui.ui.action_lines import LineReader
from peernote_tui.ui.briefing import sections
from peernote_tui.ui.flows import open_consents, open_draft, open_note
from peernote_tui.ui.screens.aside import AsideScreen
from peernote_tui.ui.screens.erasing import EraseScreen
from peernote_tui.ui.screens.holding import change_hold
from peernote_tui.ui.screens.log import LogScreen
from peernote_tui.ui.screens.page_list import PageList
from peernote_tui.ui.screens.participant_edits import ChangeDialog, merge_page
from peernote_tui.ui.screens.participant_keeping import KeepingVerbs
from peernote_tui.ui.screens.participant_page import COLUMNS, Page, gather, lines, row_id
from peernote_tui.ui.screens.participant_timeline import MORE, VIEWS, TimelineView, entry_row_id
from peernote_tui.ui.screens.progress import ProgressScreen
from peernote_tui.ui.shelf import Shelf
from peernote_tui.ui.undoing import push_added, with_next
from peernote_tui.ui.widgets.action_line import ActionPanel, line_box
from peernote_tui.ui.widgets.confirm import Confirm
from peernote_tui.ui.widgets.side_pane import SidePane

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp

PAGE = 20
"""Entries of the timeline fetched at a time."""
_IN_THE_LIST = ("actions", "next", "consent", "ratings")
"""Keys of the sections of the briefing that the list shows already."""


class ParticipantScreen(KeepingVerbs):
    """One participant's page.

    Undo goes back through the session, whatever screen made a change.

    Args:
        participant_id: Whose page it is.
    """

    PLACE = sentences.PARTICIPANT_PLACE
    NAME = "participant"
    FIRST_KEYS = (
        "house.new_note",
        "list.open",
        "participant.done",
        "participant.partly",
        "participant.add",
        "participant.consent",
    )

    def __init__(self, participant_id: str) -> None:
        super().__init__(participant_id)
        self._limit = PAGE
        self._view: TimelineView = VIEWS[0]

    @classmethod
    async def come_back(cls, app: PeerNoteApp, own: dict[str, Any]) -> Self:
        """Open the page again, if the participant is still there."""
        return cls((await app.gateway.call(get_participant, str(own["participant"]))).id)

    def own_place(self) -> dict[str, Any]:
        """Whose page, how much of the timeline, and which line is open."""
        line = "action" if self._adder.display else ""
        return {"participant": self.subject, "limit": self._limit, "view": self._view.key, "line": line}

    async def settle_in(self, own: dict[str, Any]) -> None:
        """Fetch as much again, and open the line that was open."""
        self._limit = max(PAGE, int(own["limit"]))
        self._view = next((view for view in VIEWS if view.key == own.get("view")), VIEWS[0])
        await self.reload()
        if own["line"] == "action":
            await self._open_adder()

    def compose_body(self) -> ComposeResult:
        """Lay out who it is, the lines to type into, the list, and the briefing beside."""
        with Horizontal(classes="columns"):
            with Vertical(classes="main"):
                yield Static("", id="person", markup=False)
                yield ActionPanel("add", sentences.ADD_ACTION, line_box(), id="adder")
                yield PageList(COLUMNS)
            yield SidePane()

    def on_mount(self) -> None:
        """Begin in the list."""
        self._list.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Fit long actions to the new width."""
        super().on_resize(event)
        self.call_after_refresh(self._lay_anew)

    async def reload(self) -> None:
        """Fetch the page anew, keeping the highlight."""
        if self.house.gateway.is_open:
            await self.fetch()

    def go_back(self) -> None:
        """From an open line to the list, keeping what is typed in it; from the list back."""
        if self._adder.display:
            self._close_lines()
        else:
            super().go_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show what cannot be done now as such."""
        if action == "settle":
            return self._highlighted_action is not None
        if action == "withdraw":
            return True if self._may_write else None
        return super().check_action(action, parameters)

    def action_settle(self, status: str) -> None:
        """Say what became of the highlighted action item."""
        action = self._highlighted_action
        if action is not None:
            wanted = ActionStatus.OPEN if action.status is ActionStatus(status) else ActionStatus(status)
            self.run_worker(self._settle(action, wanted), description="change action item", group="change")

    def action_add(self) -> None:
        """Open the line for a new action item, with what was typed before."""
        if self.page is not None:
            self.house.hold_keys()
            self.run_worker(self._open_adder(), description="add action item", exclusive=True, group="add")

    async def flush(self) -> None:
        """Let what is typed in the line wait."""
        for panel in self.query(ActionPanel):
            await panel.flush()

    def action_view(self, step: int) -> None:
        """Show another kind of entry in the timeline."""
        self._view = VIEWS[(VIEWS.index(self._view) + step) % len(VIEWS)]
        self._limit = PAGE
        self.run_worker(self._show_view(), description="timeline", exclusive=True, group="view")

    async def _show_view(self) -> None:
        await self.fetch()
        self.action_timeline()

    def action_progress(self) -> None:
        """Show how things went, month by month."""
        if self.page is not None:
            self.app.push_screen(ProgressScreen(self.subject, self.page.briefing.participant.called))

    def action_timeline(self) -> None:
        """Go to the timeline."""
        self._list.go_to_timeline()

    def action_merge(self) -> None:
        """Make another record part of this one, or show those that are."""
        self.run_worker(merge_page(self, self.subject, self.edited), description="merge", exclusive=True, group="flow")

    def action_consent(self) -> None:
        """Go to their consents; where nothing may be written yet, to the question how they agreed."""
        giving = None if self._may_write else ConsentScope.NOTES
        self.house.run_worker(
            open_consents(self.house, self.subject, giving=giving), description="consents", exclusive=True, group="flow"
        )

    def action_withdraw(self) -> None:
        """Ask whether consent is withdrawn."""
        if self._may_write:
            self.run_worker(self._withdraw(), description="withdraw consent", exclusive=True, group="withdraw")

    def action_log(self) -> None:
        """Show the log about this participant."""
        called = self.page.briefing.participant.called if self.page else None
        self.app.push_screen(LogScreen(self.subject, called))

    def action_hold(self) -> None:
        """Set or lift a legal hold."""
        if self.page is not None:
            held = self.page.briefing.participant.held_at is not None
            self.run_worker(change_hold(self, held=held), description="legal hold", exclusive=True, group="hold")

    def action_erase(self) -> None:
        """Show what erasing the record would take."""
        self.app.push_screen(EraseScreen(self.subject), self._erased)

    def _erased(self, said: str | None) -> None:
        if said:
            # This screen comes to the front once more before it goes, and would take the sentence.
            self.call_later(self._leave, said)

    def _leave(self, said: str) -> None:
        self.house.announce(said)
        self.dismiss(None)

    @on(OptionList.OptionHighlighted, "PageList")
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(OptionList.OptionSelected, "PageList")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        kind, _, item = (event.option_id or "").partition(":")
        if kind == MORE:
            self._limit += PAGE
            self.run_worker(self.fetch(), description="more", group="reload")
            return
        if kind == "progress":
            self.action_progress()
            return
        entry = self._entry(event.option_id or "")
        if kind == "draft" or (entry is not None and entry.event == "begun"):
            self.house.run_worker(open_draft(self.house, item), description="open draft", exclusive=True, group="flow")
        elif entry is not None and entry.event == "put_aside":
            self.app.push_screen(AsideScreen())
        elif entry is not None and entry.event == "edited":
            self.app.push_screen(ChangeDialog(entry), self.taken_back_in_dialog)
        elif (here := self.meeting_here()) is not None:
            self.write_up(here[0])
        elif (action := self._highlighted_action) is not None and action.referral is not None:
            self.action_referrals()
        elif note_id := entry.note_id if entry is not None else action and action.note_id:
            self.house.run_worker(open_note(self.house, note_id), description="open note", exclusive=True, group="flow")
        else:
            self.say(sentences.NOTHING_BEHIND.get(kind, sentences.NOTHING_MORE))

    def _entry(self, row: str) -> TimelineEntry | None:
        entries = self.page.timeline.entries if self.page is not None else ()
        return next((entry for entry in entries if entry_row_id(entry) == row), None)

    @on(ActionPanel.Written)
    def _written(self, event: ActionPanel.Written) -> None:
        self.run_worker(self._add(event.line), description="add action item", group="change")

    def highlighted_row(self) -> str:
        """Id of the highlighted row; empty for none."""
        return self._list.highlighted_id or "" if self.is_mounted else ""

    async def fetch(self, highlight: str | None = None) -> None:
        """Fetch the page and show it; `highlight` names the row to go to."""
        if self.page is None and await self.ask(view_participant, self.subject) is None:
            return
        page = await self.ask(gather, self.subject, self._limit, self._view)
        if page is None or not self.is_attached:
            return
        self.page = page
        briefing = page.briefing
        person = briefing.participant
        self.set_person(person.called)
        self.set_status(sentences.notes_signed(briefing.notes))
        self._lay(page, highlight)
        self.show_head()
        self.query_one(SidePane).show(sections(briefing, without=_IN_THE_LIST))
        self.refresh_bindings()

    def _lay_anew(self) -> None:
        if self.page is not None and self.is_attached:
            self._lay(self.page)

    def _lay(self, page: Page, highlight: str | None = None) -> None:
        # The scrollbar may come with these very lines, so its cells are left free.
        room = self._list.content_region.width - self._list.styles.scrollbar_size_vertical - 2
        self._list.show(lines(page, max(0, room)), highlight=highlight)

    async def _settle(self, action: ActionItem, status: ActionStatus) -> None:
        change = await self.ask(settle, [action.id], status)
        if change is not None:
            self.edited(change)
            said = sentences.action_became(status.value, action.text)
            self.say(said, way=with_next(sentences.WAY_UNDO, change, self.workspace.today))
            await self.fetch()

    async def _add(self, line: ActionLine) -> None:
        try:
            added = await self.house.gateway.call(add_action, self.subject, line)
        except PeerNoteError as error:
            self._adder.refuse(str(error))
            return
        await self._adder.done()
        self._close_lines()
        await self.fetch(row_id("action", added.id))
        push_added(self.house.undoing, added)
        self.say(sentences.action_is_added(added.text), tone="success", way=sentences.WAY_UNDO)

    async def _withdraw(self) -> None:
        if self.page is None:
            return
        person = self.page.briefing.participant
        forms = pronouns(person.pronouns)
        sure = await self.app.push_screen_wait(
            Confirm(
                sentences.withdraw_question(naming.by_number(person.called), forms),
                sentences.withdraw_consequence(forms),
                yes=sentences.WITHDRAW_YES,
                asked_with="w",
            )
        )
        if sure and await self.ask(withdraw_consent, self.subject) is not None:
            await self.fetch()
            self.say(sentences.CONSENT_WITHDRAWN)

    async def _open_adder(self) -> None:
        try:
            if self.page is None:
                return
            self.say_nothing()
            person = self.page.briefing.participant.called
            reader = LineReader(person, self.workspace.today, self.house.settings.day_first)
            await self._adder.begin(reader, Shelf("new action", (person.id,)))
            self._adder.display = True
            self._adder.focus_line()
        finally:
            self.house.release_keys()

    def _close_lines(self) -> None:
        self._list.focus()
        self._adder.display = False

    @property
    def _may_write(self) -> bool:
        return self.page is not None and self.page.briefing.consent.active

    @property
    def _highlighted_action(self) -> ActionItem | None:
        if self.page is None or not self.is_mounted:
            return None
        wanted = self._list.highlighted_id
        found = (action for action in self.page.briefing.open_actions if row_id("action", action.id) == wanted)
        return next(found, None)

    @property
    def _list(self) -> PageList:
        return self.query_one(PageList)

    @property
    def _adder(self) -> ActionPanel:
        return self.query_one(ActionPanel)
