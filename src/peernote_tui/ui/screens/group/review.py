"""The notes of a group session: what is ready is signed together, the rest says what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from peernote_tui.domain.errors import NotFoundError, PeerNoteError
from peernote_tui.domain.note import Note
from peernote_tui.services.group_notes import (
    GroupReview,
    LineReview,
    LineState,
    review_group,
    sign_group,
    take_back_notes,
)
from peernote_tui.ui import sentences
from peernote_tui.ui.naming import NamedRow
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.screens.one_line import OneLine
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.shelf import Shelf
from peernote_tui.ui.widgets.peer_list import PeerList

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp

_COLUMNS = (
    Column(1),  # sign
    Column(14, flex=1),  # name
    Column(8),  # what tells two of one name apart
    Column(15, flex=1),  # where the note stands
)
_LINES_STEP = 3
_SAID = {
    LineState.READY: ("○", sentences.GROUP_READY, "$success"),
    LineState.GAPS: ("!", "", "$warning"),
    LineState.NO_CONSENT: ("!", "", "$error"),
    LineState.WAITING: ("○", sentences.GROUP_WAITING, "$muted"),
    LineState.SIGNED: ("✓", sentences.GROUP_SIGNED, "$success"),
    LineState.ASIDE: ("–", sentences.GROUP_ASIDE, "$muted"),
}


class GroupReviewScreen(VaultScreen[None]):
    """Everybody of a group session, and where their note stands.

    Args:
        group_id: Which group session.
    """

    PLACE = sentences.GROUP_REVIEW
    NAME = "group_review"
    FIRST_KEYS = ("list.open", "group.sign", "group.take_back", "group.go_on")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "sign", "Sign all that are ready", id="group.sign",
                tooltip="Sign every note that can be signed, all of them or none. They never change after that."),
        Binding("u", "take_back", "Make lines again", id="group.take_back",
                tooltip="Take the drafts back: they become lines of the group session again."),
        Binding("e", "go_on", "Write on", id="group.go_on",
                tooltip="Back to the group session, for those who have no note yet."),
    ]  # fmt: skip

    def __init__(self, group_id: str) -> None:
        super().__init__()
        self._group_id = group_id
        self._found: GroupReview | None = None
        self._busy = False

    @classmethod
    async def come_back(cls, app: PeerNoteApp, own: dict[str, Any]) -> Self:
        """Show them again, if there still are any."""
        await app.gateway.call(review_group, str(own["group"]))
        return cls(str(own["group"]))

    def own_place(self) -> dict[str, Any]:
        """Which group session."""
        return {"group": self._group_id}

    def compose_body(self) -> ComposeResult:
        """Lay out the list."""
        yield PeerList((), empty=sentences.GROUP_REVIEW_EMPTY, id="group-notes")

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one(PeerList).focus()

    async def reload(self) -> None:
        """List anew."""
        if not self.house.gateway.is_open:
            return
        try:
            found = await self.house.gateway.call(review_group, self._group_id)
        except NotFoundError:
            # Its last note is signed, and the group session gone with it.
            if self.is_current:
                self.house.announce(sentences.GROUP_ALL_SIGNED)
                self.dismiss(None)
            return
        except PeerNoteError as error:
            self.say(str(error), tone="error")
            return
        self._show(found)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Sign what is ready; take back what is a draft; write on while somebody has no note."""
        states = {each.state for each in self._found.lines} if self._found else set()
        if action == "sign":
            return LineState.READY in states
        if action == "take_back":
            return bool(states & {LineState.READY, LineState.GAPS})
        if action == "go_on":
            return bool(states & {LineState.NO_CONSENT, LineState.WAITING})
        return super().check_action(action, parameters)

    def action_sign(self) -> None:
        """Sign what is ready; say why where it is late."""
        if not self._busy:
            self._busy = True
            self.house.run_worker(self._sign(), description="sign", group="flow")

    def action_take_back(self) -> None:
        """Make lines of the drafts again, and go on writing them."""
        self.house.run_worker(self._take_back(), description="take back", group="flow")

    def action_go_on(self) -> None:
        """Back to the group session."""
        self.house.run_worker(self._write_on(), description="write on", group="flow")

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        line = next((each for each in self._lines if each.line.id == event.option_id), None)
        if line is not None:
            self.house.run_worker(self._open(line), description="open", group="flow")

    async def _open(self, line: LineReview) -> None:
        from peernote_tui.ui.flows import open_consents, open_draft, open_note

        if line.state in (LineState.READY, LineState.GAPS):
            await open_draft(self.house, line.line.id)
        elif line.state is LineState.SIGNED:
            await open_note(self.house, line.line.id)
        elif line.state is LineState.NO_CONSENT:
            await open_consents(self.house, line.participant.id)
        elif line.state is LineState.WAITING:
            await self._write_on()

    async def _write_on(self) -> None:
        from peernote_tui.ui.screens.group.screen import GroupScreen

        try:
            screen = await GroupScreen.load(self.house, self._group_id, step=_LINES_STEP)
        except PeerNoteError as error:
            self.say(str(error), tone="error")
            return
        await self.give_way_to(screen)

    async def _sign(self) -> None:
        try:
            if self._found is not None and self._found.late:
                signed = await self._sign_late()
            else:
                signed = await self.ask(sign_group, self._group_id)
            if signed is not None and self.is_attached:
                left = len(self._lines) - len(signed) - sum(each.state is LineState.SIGNED for each in self._lines)
                self.say(sentences.group_signed(len(signed), left))
                await self.reload()
        finally:
            self._busy = False

    async def _sign_late(self) -> tuple[Note, ...] | None:
        async def take(reason: str) -> tuple[Note, ...]:
            return await self.house.gateway.call(sign_group, self._group_id, late_reason=reason)

        asked = OneLine(
            sentences.GROUP_SIGN_HEADING,
            sentences.REASON_LABEL,
            hint=sentences.GROUP_LATE_HINT,
            shelf=Shelf("late group", (self._group_id,)),
            take=take,
        )
        signed: tuple[Note, ...] | None = await self.app.push_screen_wait(asked)
        if signed is None:
            self.say(sentences.GROUP_LATE_FIRST, tone="warning")
        return signed

    async def _take_back(self) -> None:
        found = await self.ask(take_back_notes, self._group_id)
        if found is None:
            return
        stay = sum(each.line.made and each.state in (LineState.READY, LineState.GAPS) for each in found.lines)
        self.house.announce(sentences.group_not_taken_back(stay) if stay else sentences.GROUP_BACK)
        await self._write_on()

    def _show(self, found: GroupReview) -> None:
        self._found = found
        self.query_one(PeerList).show([_row(each) for each in found.lines])
        self.set_status(sentences.sign_together(len(found.ready)) if found.ready else "")
        self.refresh_bindings()

    @property
    def _lines(self) -> tuple[LineReview, ...]:
        return self._found.lines if self._found else ()


def _row(each: LineReview) -> NamedRow:
    sign, words, style = _SAID[each.state]
    attended = sentences.ATTENDANCES[each.line.attendance.value]
    told = words or " ".join(each.missing)
    return NamedRow(
        each.line.id,
        (Cell(sign, style), "", "", Cell(" · ".join(filter(None, (attended, words or sentences.GROUP_GAPS))), style)),
        below="" if words else told,
        columns=_COLUMNS,
        person=each.participant.called,
        name_at=1,
        apart_at=2,
    )
