"""Today: what is owed to whom, right now."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.consent import ConsentScope
from peernote_tui.domain.names import first_name
from peernote_tui.services.today import MOST_ROWS, TodayView, today_view
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.briefing import brief_beside
from peernote_tui.ui.flows import group_session, new_note, open_consents, open_draft
from peernote_tui.ui.meeting_ways import not_held
from peernote_tui.ui.owing import (
    open_contact_card,
    put_draft_aside,
    put_group_aside,
    settle_action,
    snooze_action,
)
from peernote_tui.ui.rescuing import offer_rescued_drafts
from peernote_tui.ui.screens.today_rows import Entry, Kind, entries, lines
from peernote_tui.ui.screens.vault_screen import VaultTopScreen
from peernote_tui.ui.undoing import take_back_on
from peernote_tui.ui.widgets.peer_list import PeerList
from peernote_tui.ui.widgets.side_pane import SidePane

_MINUTE = 60.0
_WHOLE = 500
"""Lines of one kind, once somebody asked for those that were left out."""
_EVENING = 16
"""From this hour on the sweep is offered beside the day."""
_WORKS_ON = {
    "settle": (Kind.ACTION,),
    "snooze": (Kind.ACTION,),
    "put_aside": (Kind.DRAFT, Kind.GROUP),
    "not_held": (Kind.CONTACT, Kind.MEETING),
}
"""Which lines an act of this screen is for."""


class TodayScreen(VaultTopScreen):
    """Notes to finish, actions due and meetings, with a briefing on whoever is highlighted.

    What Space, p and d change can be taken back with u, and so can what another screen changed in this session.
    """

    PLACE = "Today"
    NAME = "today"
    FIRST_KEYS = (
        "list.open",
        "today.done",
        "today.partly",
        "today.snooze",
        "today.aside",
        "today.not_held",
        "today.sweep",
        "today.undo",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "settle('done')", "Done", id="today.done", tooltip="The action item is done."),
        Binding("p", "settle('partly')", "Partly", id="today.partly", tooltip="The action item is partly done."),
        Binding("s", "snooze", sentences.SNOOZE, id="today.snooze", tooltip=sentences.SNOOZE_TIP),
        Binding("d", "put_aside", "Put aside", id="today.aside", tooltip="Put the draft aside; u brings it back."),
        Binding(
            "x",
            "not_held",
            sentences.MEETING_NOT_HELD,
            id="today.not_held",
            tooltip="The meeting did not take place: write the no-show note, move it, or say why it is not needed.",
        ),
        Binding("e", "sweep", sentences.SWEEP, id="today.sweep", tooltip=sentences.SWEEP_TIP),
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
        self._whole = False

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
        view = await self.ask(today_view, most=_WHOLE if self._whole else MOST_ROWS)
        # It may be locked by now.
        if view is None or not self.house.gateway.is_open:
            return
        self._entries = entries(view)
        self.query_one("#day", Static).update(_head(view))
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
        kinds = _WORKS_ON.get(action)
        if kinds is not None:
            return entry is not None and entry.kind in kinds
        if action == "rescued":
            return bool(self.house.rescue_standing.waiting)
        return super().check_action(action, parameters)

    def action_settle(self, status: str) -> None:
        """Say what became of the highlighted action item."""
        if (entry := self._highlighted) is not None:
            self._change(
                settle_action(self, entry.target, ActionStatus(status), text=entry.text, name=entry.name), "settle"
            )

    def action_snooze(self) -> None:
        """Ask until when the highlighted action item waits."""
        if (entry := self._highlighted) is not None:
            self._flow(snooze_action(self, entry.target, text=entry.text, name=entry.name), "snooze")

    def action_put_aside(self) -> None:
        """Put the highlighted draft aside."""
        if (entry := self._highlighted) is None:
            return
        if entry.kind is Kind.GROUP:
            self._change(put_group_aside(self, entry.target, topic=entry.name), "put aside")
        else:
            self._change(put_draft_aside(self, entry.target, name=entry.name), "put aside")

    def action_not_held(self) -> None:
        """Ask what became of the highlighted meeting, which did not take place."""
        if (entry := self._highlighted) is not None and entry.meeting:
            asked = not_held(self, entry.meeting, entry.participant_id, name=entry.name)
            self._flow(asked, "meeting")

    def action_sweep(self) -> None:
        """Begin, or go on with, the end of day sweep."""
        from peernote_tui.ui.screens.sweep import SweepScreen

        self.app.push_screen(SweepScreen())

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
            self._flow(self._way(entry), "open")

    @on(OptionList.OptionHighlighted, "PeerList")
    def _moved(self) -> None:
        self.refresh_bindings()
        self._brief()

    async def _way(self, entry: Entry) -> None:
        house = self.house
        match entry.kind:
            case Kind.GROUP:
                await group_session(house, entry.target)
            case Kind.DRAFT:
                await open_draft(house, entry.target)
            case Kind.ACTION:
                await house.go_to("actions", row=entry.target)
            case Kind.CONSENT:
                await open_consents(house, entry.participant_id, giving=ConsentScope(entry.text))
            case Kind.CALL:
                await open_contact_card(self, entry.participant_id, meeting_id=entry.meeting)
            case Kind.BACKUP:
                self.action_backups()
            case Kind.MORE if entry.target == Kind.ACTION.value:
                await house.go_to("actions")
            case Kind.MORE:
                self._whole = True
                await self.reload()
            case _:
                await new_note(house, entry.participant_id, meeting_id=entry.meeting)

    def _flow(self, way: Coroutine[Any, Any, None], description: str) -> None:
        async def flow() -> None:
            await way
            if self.is_current:
                await self.reload()

        self.house.run_worker(flow(), description=description, exclusive=True, group="flow")

    def _change(self, act: Coroutine[Any, Any, None], description: str) -> None:
        async def change() -> None:
            await act
            await self.reload()

        self.run_worker(change(), description=description, group="change")

    async def _undo(self) -> None:
        if await take_back_on(self) is not None:
            await self.reload()

    def _minute(self) -> None:
        if self.is_current:
            self.reload_soon()

    @work(description="brief", exclusive=True, group="brief")
    async def _brief(self) -> None:
        await brief_beside(self, lambda: self._highlighted.participant_id if self._highlighted else "")

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


def _head(view: TodayView) -> Content:
    """The day, and the offer of the sweep: in the evening, and when something is left from earlier days."""
    day = safe.content(sentences.day_heading(view.now.date()))
    if not view.due or not (view.from_before or view.now.hour >= _EVENING):
        return day
    return Content.assemble(day, "   ", (sentences.end_of_day_hint(view.due), "not bold $muted"))
