"""Meetings: what passed without a note, then everything that is planned, by day."""

from __future__ import annotations

import asyncio
from datetime import datetime
from itertools import groupby
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import OptionList

from peernote_tui.domain.dates import say_day
from peernote_tui.domain.follow_up import FollowUp, FollowUpListing
from peernote_tui.domain.names import Called
from peernote_tui.domain.next_contact import say_mode
from peernote_tui.services.meetings import open_meetings
from peernote_tui.services.participants import brief, get_participant
from peernote_tui.ui import sentences
from peernote_tui.ui.briefing import sections, who
from peernote_tui.ui.naming import NamedRow
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.screens.meeting_verbs import MEETING_KEYS, MeetingVerbs
from peernote_tui.ui.screens.participants import ParticipantsScreen
from peernote_tui.ui.screens.today_rows import when_in_short
from peernote_tui.ui.undoing import take_back_on
from peernote_tui.ui.widgets.peer_list import Heading, Line, PeerList
from peernote_tui.ui.widgets.side_pane import SidePane

MOST = 200
"""Meetings listed at most; what passed comes first, so nothing that is owed is cut off."""
_SETTLE_SECONDS = 0.05
"""How long the highlight rests before its participant is looked up; a held arrow key asks once."""
_COLUMNS = (
    Column(12),  # time; in what passed "22 Nov 14:00"
    Column(12),  # name
    Column(8),  # what tells two of one name apart
    Column(9),  # how, or that a draft was begun; "in person" just fits
    Column(10, flex=1),  # where
)


class MeetingList(PeerList):
    """Open meetings; single keys act on the highlighted one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Write note", id="meeting.note", tooltip="Begin the note of this meeting."),
        *MEETING_KEYS,
        Binding(
            "u", "screen.undo", "Undo", id="meeting.undo", tooltip="Take the last change back, then the one before."
        ),
    ]


class MeetingsScreen(MeetingVerbs):
    """Every open meeting, with a briefing on the participant of the highlighted one."""

    PLACE = sentences.MEETINGS_PLACE
    NAME = "meetings"
    FIRST_KEYS = ("meeting.note", "meeting.plan", "meeting.move", "meeting.cancel", "meeting.undo")

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, FollowUpListing] = {}

    def compose_body(self) -> ComposeResult:
        """Lay out the list, and the briefing beside."""
        with Horizontal(classes="columns"):
            with Vertical(classes="main"):
                yield MeetingList(_COLUMNS, empty=sentences.MEETINGS_EMPTY, id="meetings")
            yield SidePane()

    def on_mount(self) -> None:
        """Begin in the list."""
        self._list.focus()

    async def reload(self) -> None:
        """List anew, keeping the highlight."""
        await self._show()

    async def show_meeting(self, meeting_id: str) -> None:
        """List anew with that meeting highlighted."""
        await self._show(meeting_id)

    def meeting_here(self) -> tuple[FollowUp, Called] | None:
        """The highlighted meeting, and with whom it is."""
        row = self._highlighted
        return (row.follow_up, row.called) if row is not None else None

    async def whom_to_meet(self) -> Called | None:
        """Ask with whom."""
        chosen = await self.app.push_screen_wait(ParticipantsScreen(choosing=True))
        person = await self.ask(get_participant, chosen) if chosen else None
        return person.called if person is not None else None

    def action_undo(self) -> None:
        """Take the last change of the session back."""
        self.run_worker(self._undo(), description="undo", group="change")

    async def _undo(self) -> None:
        if (taken := await take_back_on(self)) is not None:
            await self._show(taken.about or None)

    async def _show(self, highlight: str | None = None) -> None:
        if not self.house.gateway.is_open:
            return
        found = await self.ask(open_meetings, limit=MOST)
        if found is None or not self.is_attached:
            return
        self._rows = {row.follow_up.id: row for row in found.meetings}
        passed = sum(row.follow_up.has_passed(found.now) for row in found.meetings)
        self.set_status(sentences.meetings_counted(found.total, passed))
        lines = meeting_lines(found.meetings, found.now)
        if found.total > len(found.meetings):
            lines.append(Heading(sentences.meetings_shown(len(found.meetings), found.total), style="$muted"))
        self._list.show(lines, highlight=highlight)
        self.refresh_bindings()
        self._brief()

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()
        self._brief()

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        if (row := self._highlighted) is not None:
            self.write_up(row.follow_up)

    @work(description="brief", exclusive=True, group="brief")
    async def _brief(self) -> None:
        pane, row = self.query_one(SidePane), self._highlighted
        if row is None:
            pane.show(())
            return
        await asyncio.sleep(_SETTLE_SECONDS)
        found = await self.ask(brief, row.about_id) if self.house.gateway.is_open else None
        if found is not None and row is self._highlighted:
            title, detail = who(found.participant)
            pane.show(sections(found), title=title, detail=detail)

    @property
    def _highlighted(self) -> FollowUpListing | None:
        lists = self.query(MeetingList)
        return self._rows.get(lists.first().highlighted_id or "") if lists else None

    @property
    def _list(self) -> MeetingList:
        return self.query_one(MeetingList)


def meeting_lines(rows: tuple[FollowUpListing, ...], now: datetime) -> list[Line]:
    """What passed under one heading, then each day under its own; `now` is local."""
    today = now.date()
    passed = [row for row in rows if row.follow_up.has_passed(now)]
    made: list[Line] = []
    if passed:
        made += [Heading(sentences.PASSED_WITHOUT_NOTE, len(passed)), *(_row(row, now) for row in passed)]
    ahead = (row for row in rows if not row.follow_up.has_passed(now))
    for day, theirs in groupby(ahead, key=lambda row: row.follow_up.day):
        made += [Heading(sentences.capital(say_day(day, today=today))), *(_row(row, now) for row in theirs)]
    return made


def _row(row: FollowUpListing, now: datetime) -> NamedRow:
    meeting = row.follow_up
    at = f"{meeting.at:%H:%M}" if meeting.at else sentences.NO_TIME
    if meeting.has_passed(now):
        when = Cell(when_in_short(meeting.day, meeting.at, now), "$error")
    else:
        when = Cell(at, "$primary")
    how = Cell(sentences.DRAFT_BEGUN, "$primary") if row.draft_id else Cell(say_mode(meeting.mode), "$secondary")
    cells = (when, "", "", how, meeting.place)
    return NamedRow(meeting.id, cells, columns=_COLUMNS, person=row.called, name_at=1, apart_at=2)
