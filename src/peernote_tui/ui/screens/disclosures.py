"""The account of disclosures: what was handed out, to whom, what for, and what it rested on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from peernote_tui.documents.document import DocumentKind
from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.dates import say_day
from peernote_tui.domain.names import Called
from peernote_tui.services.disclosing import void
from peernote_tui.services.participants import get_participant
from peernote_tui.services.reading_disclosures import AccountLine, read_account
from peernote_tui.ui import naming, sentences
from peernote_tui.ui.giving import hand_out_soon, record_soon
from peernote_tui.ui.naming import NamedRow
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.screens.consents import ConsentDetail
from peernote_tui.ui.screens.one_line import OneLine
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.shelf import Shelf
from peernote_tui.ui.widgets.peer_list import PeerList

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp

MOST = 500
"""Entries listed at most."""
_OWN = (Column(12), Column(14, flex=2), Column(18, flex=3), Column(11, flex=1), Column(5, gone_below=70))
_ALL = (Column(12), Column(16, flex=1), Column(12, flex=2), Column(14, flex=3), Column(9, gone_below=70))
_WHOM = 1


class AccountList(PeerList):
    """The entries; single keys act on the highlighted one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "a",
            "screen.record",
            "Record",
            id="disclosure.record",
            tooltip=sentences.RECORD_DISCLOSURE_TIP,
        ),
        Binding(
            "x",
            "screen.take_back",
            "Take back",
            id="disclosure.take_back",
            tooltip="Say that it did not leave after all, and why. Both entries stay.",
        ),
        Binding(
            "p",
            "screen.accounting",
            "Print the accounting",
            id="disclosure.accounting",
            tooltip="The account as a document, as a participant may ask for it.",
        ),
    ]


class DisclosuresScreen(VaultScreen[None]):
    """The account of one participant, or the last entries over all.

    Args:
        participant_id: Whose; everybody's when None.
        called: Whom, for the top line.
    """

    PLACE = sentences.DISCLOSURES_PLACE
    NAME = "disclosures"
    FIRST_KEYS = ("list.open", "disclosure.record", "disclosure.take_back", "disclosure.accounting")

    def __init__(self, participant_id: str | None = None, called: Called | None = None) -> None:
        super().__init__()
        self._about = participant_id
        if participant_id is not None:
            self.subject = participant_id
        self._called = called
        self._lines: tuple[AccountLine, ...] = ()

    @classmethod
    async def come_back(cls, app: PeerNoteApp, own: dict[str, Any]) -> Self:
        """Open the account again, if the participant is still there."""
        if not own["participant"]:
            return cls()
        person = await app.gateway.call(get_participant, str(own["participant"]))
        return cls(person.id, person.called)

    def own_place(self) -> dict[str, Any]:
        """Whose account."""
        return {"participant": self._about or ""}

    def compose_body(self) -> ComposeResult:
        """Lay out the list."""
        yield AccountList(_OWN if self._about else _ALL, empty=sentences.DISCLOSURES_EMPTY)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.set_person(self._called)
        self._list.focus()

    async def reload(self) -> None:
        """Fetch the account."""
        found = await self.ask(read_account, self._about, limit=MOST) if self.house.gateway.is_open else None
        if found is None or not self.is_attached:
            return
        self._lines = found
        self._list.show([self._row(line) for line in found])
        self.set_status(sentences.entries_counted(len(found), most=len(found) == MOST))

    def action_record(self) -> None:
        """Record what left without PeerNote."""
        record_soon(self.house, self._about)

    def action_take_back(self) -> None:
        """Ask why the highlighted entry did not come to pass."""
        line = self._highlighted
        if line is None:
            return
        if not line.stands:
            self.say(sentences.ENTRY_STAYS)
            return
        self.run_worker(self._take_back(line), description="take back", exclusive=True, group="flow")

    def action_accounting(self) -> None:
        """Hand the accounting out."""
        whose = self._about or (self._highlighted.disclosure.participant_id if self._highlighted else None)
        if whose is not None:
            hand_out_soon(self.house, whose, DocumentKind.ACCOUNTING)

    async def _take_back(self, line: AccountLine) -> None:
        async def take(why: str) -> object:
            return await self.house.gateway.call(void, line.disclosure.id, why)

        about = (line.disclosure.participant_id, line.disclosure.id)
        dialog = OneLine(
            sentences.TAKE_BACK_TITLE,
            sentences.TAKE_BACK_LABEL,
            hint=sentences.TAKE_BACK_HINT,
            shelf=Shelf("void", about),
            take=take,
        )
        if await self.app.push_screen_wait(dialog) is not None:
            await self.reload()
            self.say(sentences.ENTRY_TAKEN_BACK, tone="success")

    @on(OptionList.OptionSelected)
    def _opened(self) -> None:
        line = self._highlighted
        if line is not None:
            whom = "" if self._about else naming.by_number(line.called)
            zone = self.workspace.clock.zone
            entered = self._moment(in_zone(line.entered_at, zone)) if line.entered_at else ""
            said = sentences.disclosure_in_full(line, self._moment(line.at), whom, entered)
            self.app.push_screen(ConsentDetail(said))

    def _moment(self, at: datetime) -> str:
        return f"{say_day(at.date(), today=self.workspace.today)}, {at:%H:%M}"

    def _row(self, line: AccountLine) -> NamedRow:
        row = line.disclosure
        mark = sentences.TAKEN_BACK_MARK if line.is_taken_back else sentences.TAKES_BACK_MARK if row.voids else ""
        when = Cell(f"{line.at.day:>2} {line.at:%b %H:%M}", "$muted")
        to = Cell(row.to, "bold" if line.stands else "$muted")
        below = f"{mark}: {row.reason}" if row.voids else mark
        if self._about:
            cells = (when, to, row.what, Cell(line.purpose, "$secondary"), Cell(row.form, "$muted"))
            return NamedRow(row.id, cells, below=below)
        everybody = (when, "", to, row.what, Cell(line.purpose, "$secondary"))
        return NamedRow(
            row.id,
            everybody,
            below=below,
            person=line.called,
            name_at=_WHOM,
            apart_at=_WHOM,
            columns=_ALL,
            name_style="$secondary",
        )

    @property
    def _highlighted(self) -> AccountLine | None:
        wanted = self._list.highlighted_id
        return next((line for line in self._lines if line.disclosure.id == wanted), None)

    @property
    def _list(self) -> AccountList:
        return self.query_one(AccountList)
