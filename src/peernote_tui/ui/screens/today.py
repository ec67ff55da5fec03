"""Today: what is owed to whom, right now."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import OptionList, Static

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.names import first_name
from peernote_tui.services.changing_actions import settle
from peernote_tui.services.groups import discard_group, restore_group
from peernote_tui.services.participants import brief
from peernote_tui.services.today import TodayView, today_view
from peernote_tui.services.writing import discard_draft, restore_draft
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.briefing import sections, who
from peernote_tui.ui.flows import group_session, new_note, open_consents, open_draft, open_participant
from peernote_tui.ui.rescuing import offer_rescued_drafts
from peernote_tui.ui.screens.today_rows import Entry, Kind, entries, lines
from peernote_tui.ui.screens.vault_screen import VaultTopScreen
from peernote_tui.ui.undoing import push_actions, take_back_on
from peernote_tui.ui.widgets.peer_list import PeerList
from peernote_tui.ui.widgets.side_pane import SidePane

_MINUTE = 60.0
_SETTLE_SECONDS = 0.05
"""How long the highlight rests before its participant is looked up; a held arrow key asks once."""


class TodayScreen(VaultTopScreen):
    """Notes to finish, actions due and meetings, with a briefing on whoever is highlighted.

    What Space, p and d change can be taken back with u, and so can what another screen changed in this session.
    """

    PLACE = "Today"
    NAME = "today"
    FIRST_KEYS = ("list.open", "today.done", "today.partly", "today.aside", "house.new_note", "today.undo")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "settle('done')", "Done", id="today.done", tooltip="The action item is done."),
        Binding("p", "settle('partly')", "Partly", id="today.partly", tooltip="The action item is partly done."),
        Binding("d", "put_aside", "Put aside", id="today.aside", tooltip="Put the draft aside; u brings it back."),
        Binding("u", "undo", "Undo", id="today.undo", tooltip="Take the last change back, then the one before."),
        Binding(
            "r",
            "rescued",
            "Drafts kept outside",
            id="today.rescued",
            tooltip="Bring back drafts that the vault could not take.",
        ),
        Binding("slash", "app.find", "Find", id="today.find", show=False, tooltip="Find a participant."),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._entries: dict[str, Entry] = {}
        self._week = ""
        self._late = False

    def compose_body(self) -> ComposeResult:
        """Lay out the day, the list, and the briefing beside."""
        with Horizontal(classes="columns"):
            with Vertical(classes="main"):
                yield Static("", id="day", classes="title", markup=False)
                yield Static("", id="standing", markup=False)
                yield PeerList((), id="today")
            yield SidePane()

    def on_mount(self) -> None:
        """Begin in the list, and look at the clock once a minute."""
        self._list.focus()
        self.set_interval(_MINUTE, self._minute)

    async def reload(self) -> None:
        """List anew, keeping the highlight, and brief anew on it."""
        if not self.house.gateway.is_open:
            return
        view = await self.ask(today_view)
        if view is None:
            return
        self._entries = entries(view)
        self.query_one("#day", Static).update(sentences.day_heading(view.now.date()))
        self._list.set_empty(self._empty_sentence(view))
        self._list.show(lines(view))
        self._week = sentences.notes_this_week(view.signed_this_week, view.late_this_week)
        self._late = bool(view.late_this_week)
        self.show_backup_standing()
        self._show_disk_standing()
        self.refresh_bindings()
        self._brief()

    def show_backup_standing(self) -> None:
        """Say in the top line when the last backup is old, and once in the notice line why none could be made."""
        if not self._week or not self.house.gateway.is_open:
            return
        standing, now = self.house.backup_standing, self.workspace.clock.now()
        age = sentences.backup_age(standing.last, now)
        warns = self._late or sentences.is_too_old(standing.last, now)
        self.set_status(" · ".join(filter(None, (self._week, age))), tone="warning" if warns else "muted")
        news, tone = standing.take_news(now)
        if news:
            self.say(news, tone=tone)

    def _show_disk_standing(self) -> None:
        """Say under the day what the disk did, and which drafts wait outside the vault; nothing as a rule."""
        rescued = self.house.rescue_standing
        told = (
            sentences.RESERVE_USED if self.workspace.standing.reserve_used else "",
            sentences.rescued_waiting(rescued.waiting),
            sentences.rescued_unusable(rescued.unusable),
        )
        line = self.query_one("#standing", Static)
        line.update(safe.content("\n".join(filter(None, told)), "$primary", keep_lines=True))
        line.display = any(told)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the keys that fit the highlighted line."""
        entry = self._highlighted
        if action == "settle":
            return entry is not None and entry.kind is Kind.ACTION
        if action == "put_aside":
            return entry is not None and entry.kind in (Kind.DRAFT, Kind.GROUP)
        if action == "rescued":
            return bool(self.house.rescue_standing.waiting)
        return super().check_action(action, parameters)

    def action_settle(self, status: str) -> None:
        """Say what became of the highlighted action item."""
        if (entry := self._highlighted) is not None:
            self.run_worker(self._settle(entry, ActionStatus(status)), description="settle", group="change")

    def action_put_aside(self) -> None:
        """Put the highlighted draft aside."""
        if (entry := self._highlighted) is not None:
            self.run_worker(self._put_aside(entry), description="put aside", group="change")

    def action_rescued(self) -> None:
        """Ask about the drafts that were kept outside the vault."""
        task = offer_rescued_drafts(self.house, asked=True)
        self.house.run_worker(task, description="rescued", exclusive=True, group="flow")

    def action_undo(self) -> None:
        """Take the last change back."""
        self.run_worker(self._undo(), description="undo", group="change")

    @on(OptionList.OptionSelected, "PeerList")
    def _selected(self) -> None:
        if (entry := self._highlighted) is not None:
            self.house.run_worker(self._way(entry), description="open", exclusive=True, group="flow")

    @on(OptionList.OptionHighlighted, "PeerList")
    def _moved(self) -> None:
        self.refresh_bindings()
        self._brief()

    async def _way(self, entry: Entry) -> None:
        if entry.kind is Kind.GROUP:
            await group_session(self.house, entry.target)
        elif entry.kind is Kind.DRAFT:
            await open_draft(self.house, entry.target)
        elif entry.kind is Kind.ACTION:
            await open_participant(self.house, entry.participant_id)
        elif entry.kind is Kind.CONSENT:
            await open_consents(self.house, entry.participant_id)
        else:
            await new_note(self.house, entry.participant_id)

    async def _settle(self, entry: Entry, status: ActionStatus) -> None:
        change = await self.ask(settle, [entry.target], status)
        if change is None:
            return
        push_actions(self.house.undoing, sentences.undone(entry.text), change)
        self.say(sentences.settled(status.value, entry.text, entry.name), way=sentences.u_to_undo())
        await self.reload()

    async def _put_aside(self, entry: Entry) -> None:
        if entry.kind is Kind.GROUP:
            if await self.ask(discard_group, entry.target) is not None:
                back = sentences.group_back(entry.name)
                self.house.undoing.push(back, partial(restore_group, group_id=entry.target), about=entry.target)
                self.say(sentences.group_aside(entry.name), way=sentences.u_to_undo())
                await self.reload()
            return
        if await self.ask(discard_draft, entry.target) is None:
            return
        back = sentences.draft_back(entry.name)
        self.house.undoing.push(back, partial(restore_draft, draft_id=entry.target), about=entry.target)
        self.say(sentences.draft_aside(entry.name), way=sentences.u_to_undo())
        await self.reload()

    async def _undo(self) -> None:
        if await take_back_on(self) is not None:
            await self.reload()

    def _minute(self) -> None:
        if self.is_current:
            self.reload_soon()

    @work(description="brief", exclusive=True, group="brief")
    async def _brief(self) -> None:
        pane = self.query_one(SidePane)
        entry = self._highlighted
        if entry is None or not entry.participant_id:
            pane.show(())
            return
        await asyncio.sleep(_SETTLE_SECONDS)
        if not self.house.gateway.is_open:
            return
        found = await self.ask(brief, entry.participant_id)
        now = self._highlighted
        if found is not None and now is not None and now.participant_id == entry.participant_id:
            title, detail = who(found.participant)
            pane.show(sections(found), title=title, detail=detail)

    def _empty_sentence(self, view: TodayView) -> str:
        if view.participants:
            return sentences.NOTHING_OWED
        return sentences.first_day(first_name(self.workspace.author.name))

    @property
    def _list(self) -> PeerList:
        return self.query_one(PeerList)

    @property
    def _highlighted(self) -> Entry | None:
        found = self.query(PeerList)
        return self._entries.get(found.first().highlighted_id or "") if found else None
