"""The log on screen: who did what and when, and whether everything still holds."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from peernote_tui.domain.names import Called
from peernote_tui.services.reading_log import LogLine, LogPage, read_log
from peernote_tui.ui import sentences
from peernote_tui.ui.flows import open_participant
from peernote_tui.ui.handing import hand_over_soon
from peernote_tui.ui.naming import NamedRow
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.screens.verify import VerifyScreen
from peernote_tui.ui.widgets.peer_list import Line, PeerList, Row

PAGE = 100
"""Entries fetched at a time."""
_MORE = "more"
_COLUMNS = (
    Column(7),  # number
    Column(12),  # when; "23 Nov 14:52" just fits
    Column(20, flex=3),  # what
    Column(10, flex=2),  # about whom
    Column(10, flex=1, gone_below=84),  # by whom
)
_WHOM = 3


class LogList(PeerList):
    """The entries; v checks them all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "screen.verify", "Verify", id="log.verify", tooltip="Check the file, the log and every note."),
        Binding(
            "c",
            "screen.copy",
            "Copy to the clipboard",
            id="log.copy",
            tooltip="The anchor of the log, for another program. It asks first.",
        ),
    ]


class LogScreen(VaultScreen[None]):
    """Every entry of the log, the newest first, or those about one participant.

    Args:
        participant_id: About whom; everybody when None.
        called: Whom, for the top line.
    """

    PLACE = sentences.LOG_PLACE
    FIRST_KEYS = ("list.open", "log.verify", "log.copy")

    def __init__(self, participant_id: str | None = None, called: Called | None = None) -> None:
        super().__init__()
        self._about = participant_id
        self._called = called
        self._lines: list[LogLine] = []
        self._more = False
        self._anchor = ""

    def compose_body(self) -> ComposeResult:
        """Lay out the list."""
        yield LogList(_COLUMNS, empty=sentences.LOG_EMPTY)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.set_person(self._called)
        self.query_one(LogList).focus()

    async def reload(self) -> None:
        """Fetch the newest entries."""
        if self.house.gateway.is_open:
            page = await self.ask(read_log, participant_id=self._about, limit=max(PAGE, len(self._lines)))
            if page is not None and self.is_attached:
                self._lines.clear()
                self._take(page)

    def action_verify(self) -> None:
        """Check everything."""
        self.app.push_screen(VerifyScreen())

    def action_copy(self) -> None:
        """Hand the anchor over, as on Verify."""
        if self._anchor:
            hand_over_soon(self, self._anchor, sentences.COPY_ANCHOR_QUESTION, asked_with="c")

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if event.option_id == _MORE:
            self.run_worker(self._fetch_more(), description="more of the log", group="reload")
            return
        line = next((each for each in self._lines if str(each.entry.sequence) == event.option_id), None)
        if line is None or not line.participant_name:
            self.say(sentences.LOG_ENTRY_STAYS)
            return
        self.house.run_worker(
            open_participant(self.house, line.participant_id), description="open", exclusive=True, group="flow"
        )

    async def _fetch_more(self) -> None:
        page = await self.ask(read_log, participant_id=self._about, before=self._lines[-1].entry.sequence, limit=PAGE)
        if page is not None and self.is_attached:
            self._take(page)

    def _take(self, page: LogPage) -> None:
        self._lines += page.lines
        self._more = page.more
        self._anchor = page.anchor
        self.set_status(page.anchor)
        rows: list[Line] = [_row(line) for line in self._lines]
        if page.more:
            rows.append(Row(_MORE, ("", "", Cell(sentences.LOG_MORE, "$muted"), "", "")))
        self.query_one(LogList).show(rows)


def _row(line: LogLine) -> Row:
    erased = sentences.ERASED_RECORD if line.participant_id else ""
    return NamedRow(
        str(line.entry.sequence),
        (
            Cell(str(line.entry.sequence), "$muted"),
            Cell(f"{line.at.day:>2} {line.at:%b %H:%M}", "$muted"),
            line.what,
            Cell(erased, "$secondary"),
            Cell(line.by, "$muted"),
        ),
        columns=_COLUMNS,
        person=line.called if line.participant_name else None,
        name_at=_WHOM,
        apart_at=_WHOM,
        name_style="$secondary",
    )
