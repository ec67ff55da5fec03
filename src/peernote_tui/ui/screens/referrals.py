"""Referrals: what waits for whom since when, and those that ended."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Self

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from peernote_tui.documents.referral_words import STAGE_WORDS, WAITS_FOR, basis_words, stage_words
from peernote_tui.domain.names import Called
from peernote_tui.domain.referral import Standing
from peernote_tui.services.changing_actions import ActionChange, take_back
from peernote_tui.services.participants import get_participant
from peernote_tui.services.referrals import ReferralView, list_referrals, sharing_today, view_referral
from peernote_tui.ui import sentences
from peernote_tui.ui.flows import open_participant
from peernote_tui.ui.naming import NamedRow
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.screens.participants import ParticipantsScreen
from peernote_tui.ui.screens.referral_dialogs import BeginReferral, MoveReferral
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.undoing import push_added, take_back_on
from peernote_tui.ui.widgets.peer_list import Heading, Line, PeerList

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp

MOST = 200
_COLUMNS = (
    Column(1),  # sign
    Column(14),  # name
    Column(8),  # what tells two of one name apart
    Column(14, flex=1),  # to whom
    Column(12),  # stage; "acknowledged" just fits
)


class ReferralRows(PeerList):
    """Referrals; single keys act on the highlighted one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "How far", id="referral.move", tooltip=sentences.REFERRAL_MOVE_TIP),
        Binding("a", "screen.begin", "Begin one", id="referral.begin", tooltip=sentences.REFERRAL_BEGIN_TIP),
        Binding("c", "screen.ended", "Ended", id="referral.ended", tooltip=sentences.REFERRAL_CLOSED_TIP),
        Binding("o", "screen.person", "Participant", id="referral.person", tooltip=sentences.REFERRAL_PERSON_TIP),
        Binding(
            "u", "screen.undo", "Undo", id="referral.undo", tooltip="Take the last change back, then the one before."
        ),
    ]


class ReferralsScreen(VaultScreen[None]):
    """Open referrals of everybody or of one, those that wait too long first; or those that ended.

    Args:
        participant: Of whom; None for everybody.
    """

    PLACE = sentences.REFERRALS_PLACE
    NAME = "referrals"
    FIRST_KEYS = ("referral.move", "referral.begin", "referral.ended", "referral.person", "referral.undo")

    def __init__(self, participant: Called | None = None) -> None:
        super().__init__()
        self._about = participant
        self._ended = False
        self._views: dict[str, ReferralView] = {}

    @classmethod
    async def come_back(cls, app: PeerNoteApp, own: dict[str, Any]) -> Self:
        """Show the same list again."""
        about = str(own["participant"])
        return cls((await app.gateway.call(get_participant, about)).called if about else None)

    def own_place(self) -> dict[str, Any]:
        """Of whom, and which list."""
        return {"participant": self._about.id if self._about else "", "closed": self._ended}

    async def settle_in(self, own: dict[str, Any]) -> None:
        """Show the list that was shown."""
        self._ended = bool(own["closed"])
        await self.reload()

    def compose_body(self) -> ComposeResult:
        """Lay out the list."""
        yield ReferralRows(_COLUMNS, empty=sentences.REFERRALS_EMPTY, id="referrals")

    def on_mount(self) -> None:
        """Begin in the list."""
        self.set_person(self._about)
        self._list.focus()

    async def reload(self) -> None:
        """List anew, keeping the highlight."""
        await self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Open a page only where a line is highlighted."""
        if action == "person":
            return self._highlighted is not None
        return super().check_action(action, parameters)

    def action_begin(self) -> None:
        """Begin a referral, asking first for whom where it is not known."""
        self.run_worker(self._begin(), description="begin referral", exclusive=True, group="flow")

    def action_ended(self) -> None:
        """Show those that ended, or the open ones again."""
        self._ended = not self._ended
        self.reload_soon()

    def action_person(self) -> None:
        """Open the page of whom the highlighted one is about."""
        if (view := self._highlighted) is not None:
            flow = open_participant(self.house, view.action.participant_id)
            self.house.run_worker(flow, description="open", exclusive=True, group="flow")

    def action_undo(self) -> None:
        """Take the last change of the session back."""
        self.run_worker(self._undo(), description="undo", group="change")

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        if (view := self._highlighted) is not None:
            flow = self._move(view.action.id)
            self.run_worker(flow, description="move referral", exclusive=True, group="flow")

    @on(OptionList.OptionHighlighted)
    def _moved_on(self) -> None:
        self.refresh_bindings()

    async def _begin(self) -> None:
        person = self._about
        if person is None:
            chosen = await self.app.push_screen_wait(ParticipantsScreen(choosing=True))
            found = await self.ask(get_participant, chosen) if chosen else None
            if found is None:
                return
            person = found.called
        dialog = BeginReferral(person, day_first=self.house.settings.day_first)
        action = await self.app.push_screen_wait(dialog)
        if action is None or action.referral is None:
            return
        self._ended = False
        await self._show(action.id)
        push_added(self.house.undoing, action)
        stage = STAGE_WORDS[action.referral.stage]
        self.say(sentences.referral_moved(action.referral.to, stage), tone="success", way=sentences.u_to_undo())

    async def _move(self, action_id: str) -> None:
        if await change_referral(self, action_id):
            await self._show(action_id)

    async def _undo(self) -> None:
        if (taken := await take_back_on(self)) is not None:
            await self._show(taken.about or None)

    async def _show(self, highlight: str | None = None) -> None:
        if not self.house.gateway.is_open:
            return
        closed = self._ended
        found = await self.ask(
            list_referrals,
            closed=closed,
            participant_id=self._about.id if self._about else None,
            limit=MOST,
            wait_days=self.house.settings.referral_days,
        )
        if found is None or not self.is_attached or closed is not self._ended:
            return
        self._views = {view.action.id: view for view in found.referrals}
        late = [view for view in found.referrals if view.late and not closed]
        rest = [view for view in found.referrals if view not in late]
        lines: list[Line] = []
        for title, views in (
            (sentences.REFERRALS_LATE, late),
            (sentences.REFERRALS_ENDED if closed else sentences.REFERRALS_OPEN, rest),
        ):
            if views:
                lines += [Heading(title, len(views)), *(_row(view, found.today) for view in views)]
        self._list.set_empty(sentences.REFERRALS_NONE_CLOSED if closed else sentences.REFERRALS_EMPTY)
        self._list.show(lines, highlight=highlight)
        self.set_status("" if closed else sentences.referrals_counted(len(found.referrals), len(late)))
        self.refresh_bindings()

    @property
    def _highlighted(self) -> ReferralView | None:
        lists = self.query(ReferralRows)
        return self._views.get(lists.first().highlighted_id or "") if lists else None

    @property
    def _list(self) -> ReferralRows:
        return self.query_one(ReferralRows)


async def change_referral(screen: VaultScreen[Any], action_id: str) -> ActionChange | None:
    """Ask how far a referral has come, say it and remember how it is taken back; in a worker of a screen."""
    house = screen.house
    view = await screen.ask(view_referral, action_id, wait_days=house.settings.referral_days)
    consents = await screen.ask(sharing_today, view.action.participant_id) if view else None
    if view is None or consents is None:
        return None
    dialog = MoveReferral(view, consents, day_first=house.settings.day_first, wait_days=house.settings.referral_days)
    change = await screen.app.push_screen_wait(dialog)
    referral = change.after.referral if change is not None else None
    if change is None or referral is None:
        return None
    house.undoing.push(sentences.referral_undone(referral.to), partial(take_back, changes=[change]), about=action_id)
    said = stage_words(referral, today=screen.workspace.today)
    screen.say(sentences.referral_moved(referral.to, said), way=sentences.u_to_undo())
    return change


def _row(view: ReferralView, today: Any) -> NamedRow:
    referral = view.referral
    sign = Cell("!", "$error") if view.late else Cell(*_SIGNS[referral.stage.is_open])
    stage = STAGE_WORDS[referral.stage]
    # Since when, the appointment, or what came of it: below, where there is room in every window.
    more = stage_words(referral, today=today).removeprefix(stage).lstrip(": ")
    below = " · ".join(filter(None, (more, WAITS_FOR.get(referral.stage, ""))))
    if view.standing in (Standing.WITHDRAWN, Standing.ENDED) and referral.stage.is_open:
        below = basis_words(referral, view.consent, standing=view.standing, ended_on=view.ended_on, today=today).rsplit(
            ". ", 1
        )[-1]
    cells = (sign, "", "", referral.to, Cell(stage, "$secondary"))
    return NamedRow(
        view.action.id, cells, below=below, columns=_COLUMNS, person=view.listing.called, name_at=1, apart_at=2
    )


_SIGNS = {True: ("○", "$muted"), False: ("–", "$muted")}
