"""The tracker's keys that say what became of action items, until when, whose they are, and take it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.owner import Owner
from peernote_tui.services.changing_actions import reassign, settle
from peernote_tui.services.reading_history import action_history
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.flows import open_note
from peernote_tui.ui.screens.actions.dialogs import (
    ActionDialog,
    Assigned,
    Changes,
    ReassignDialog,
    SnoozeDialog,
    Told,
    WordsDialog,
    snooze_dialog,
    snoozed_until,
)
from peernote_tui.ui.screens.actions.frame import TrackerFrame
from peernote_tui.ui.screens.actions.history import HistoryDialog
from peernote_tui.ui.screens.referrals import change_referral
from peernote_tui.ui.undoing import take_back_on

_SAYS_SO = 100
"""Action items changed together from which it is said that it works."""


class ChangingVerbs(TrackerFrame):
    """What became of action items; one act, one transaction, taken back as one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "settle('done')", "Done", id="actions.done", tooltip="It is done; a done one is open again."),
        Binding(
            "p",
            "settle('partly')",
            "Partly",
            id="actions.partly",
            tooltip="It is partly done; pressed again, it is open as before.",
        ),
        Binding(
            "n",
            "settle('not_yet')",
            "Not yet",
            id="actions.not_yet",
            show=False,
            tooltip="It is not done yet; pressed again, it is open as before.",
        ),
        Binding(
            "c",
            "settle('changed')",
            "Changed",
            id="actions.changed",
            show=False,
            tooltip="Something else was agreed in its place.",
        ),
        Binding(
            "x", "settle('dropped')", "Let go", id="actions.drop", show=False, tooltip="It is no longer to be done."
        ),
        Binding(
            "d",
            "words",
            "In their words",
            id="actions.words",
            show=False,
            tooltip="Say what became of it with the participant's own words.",
        ),
        Binding("s", "snooze", sentences.SNOOZE, id="actions.snooze", tooltip=sentences.SNOOZE_TIP),
        Binding("r", "reassign", "Reassign", id="actions.reassign", show=False, tooltip="Say who takes it on."),
        Binding(
            "f",
            "referral",
            "How far the referral is",
            id="actions.referral",
            show=False,
            tooltip=sentences.REFERRAL_MOVE_TIP,
        ),
        Binding(
            "l",
            "note",
            "Its note",
            id="actions.note",
            show=False,
            tooltip="Open the note that the action item was agreed in.",
        ),
        Binding(
            "h",
            "history",
            "History",
            id="actions.history",
            show=False,
            tooltip="Who changed the action item when, and why.",
        ),
        Binding("u", "undo", "Undo", id="actions.undo", tooltip="Take the last change back, then the one before."),
    ]

    def action_settle(self, status: str) -> None:
        """Say what became of what is meant."""
        ids = self.meant
        if not ids:
            return
        wanted = ActionStatus(status)
        there = {each.action.id: each.action.status for each in self.rows}
        now = [there.get(each, ActionStatus.OPEN) for each in ids]
        if all(each is wanted or (wanted is ActionStatus.DONE and not each.is_open) for each in now):
            wanted = ActionStatus.OPEN
        self._do(ids, wanted)

    def action_words(self) -> None:
        """Ask for the participant's words."""
        if ids := self.meant:
            self.ask_over(self._ask_words(ids))

    def action_snooze(self) -> None:
        """Ask until when."""
        if ids := self.meant:
            self.ask_over(self._ask_until(ids))

    def action_reassign(self) -> None:
        """Ask who takes it on."""
        if ids := self.meant:
            self.ask_over(self._ask_who(ids))

    def action_undo(self) -> None:
        """Take the last change back."""
        self.run_worker(self._undo(), description="undo", group="change")

    def action_referral(self) -> None:
        """Ask how far a referral has come, or say that it is none."""
        if (listing := self.only_one()) is None:
            return
        if listing.action.referral is None:
            self.say(sentences.NO_REFERRAL)
            return
        self.run_worker(self._move_referral(listing.action.id), description="referral", exclusive=True, group="flow")

    async def _move_referral(self, action_id: str) -> None:
        if await change_referral(self, action_id):
            await self.look(highlight=action_id)

    def action_note(self) -> None:
        """Open the note it came from, or say that there is none."""
        if (listing := self.only_one()) is None:
            return
        if listing.action.note_id is None:
            self.say(sentences.FROM_NO_NOTE)
            return
        self.house.run_worker(
            open_note(self.house, listing.action.note_id), description="open", exclusive=True, group="flow"
        )

    def action_history(self) -> None:
        """Show what became of it since it was agreed."""
        if (listing := self.only_one()) is not None:
            self.ask_over(self._show_history(listing.action.id))

    def dialog_open(self) -> ActionDialog | None:
        """The dialog that stands over the screen."""
        return next((each for each in self.app.screen_stack if isinstance(each, ActionDialog)), None)

    def ask_again(self, asked_by: str) -> None:
        """Ask again what was being asked when the vault was locked; its words wait there."""
        asking: dict[str, Callable[..., Any]] = {
            SnoozeDialog.ASKED_BY: self._ask_until,
            WordsDialog.ASKED_BY: self._ask_words,
            ReassignDialog.ASKED_BY: self._ask_who,
        }
        if asked_by in asking and (ids := self.meant):
            self.ask_over(asking[asked_by](ids))

    def _do(self, ids: tuple[str, ...], status: ActionStatus) -> None:
        subject = self.named(ids)
        self._done_with(ids, status)
        self.run_worker(self._settle(ids, status, subject), description="change action item", group="change")

    def _done_with(self, ids: tuple[str, ...], status: ActionStatus) -> None:
        """Leave out at once what is done with together: the next key means the next line."""
        open_now = {each.action.id: each.action.status.is_open for each in self.rows}
        if any(open_now.get(each, True) != status.is_open for each in ids):
            self.marks.clear()
            self.take_out(ids)

    async def _settle(self, ids: tuple[str, ...], status: ActionStatus, subject: str) -> None:
        self._say_working(ids)
        change = await self.ask(settle, ids, status)
        await self._changed(change, subject, sentences.actions_settled(status.value, subject))

    async def _ask_words(self, ids: tuple[str, ...]) -> None:
        async def take(told: Told) -> Changes:
            self._say_working(ids)
            return await self.house.gateway.call(settle, ids, told.status, words=told.words)

        subject = self.named(ids)
        change = await self.answer_of(WordsDialog(ids, subject, take))
        if change:
            status = change[0].after.status
            self._done_with(ids, status)
            await self._changed(change, subject, sentences.actions_settled(status.value, subject))

    async def _ask_until(self, ids: tuple[str, ...]) -> None:
        subject = self.named(ids)
        change = await self.answer_of(snooze_dialog(self, ids, subject, first=lambda: self._say_working(ids)))
        if change:
            await self._changed(change, subject, snoozed_until(change, subject, self.workspace.today))

    async def _ask_who(self, ids: tuple[str, ...]) -> None:
        async def take(answer: Assigned) -> Changes:
            self._say_working(ids)
            return await self.house.gateway.call(reassign, ids, answer.owner, answer.name)

        subject = self.named(ids)
        listing = next((each for each in self.rows if each.action.id == ids[0]), None) if len(ids) == 1 else None
        called = naming.as_owner(listing.called) if listing is not None else ""
        change = await self.answer_of(ReassignDialog(ids, subject, take, called))
        if change:
            after = change[0].after
            who = {Owner.PARTICIPANT: called or sentences.REASSIGN_THEM, Owner.OTHER: after.owner_name}.get(
                after.owner, after.owner.value
            )
            await self._changed(change, subject, sentences.reassigned(subject, safe.clean(who)))

    async def _changed(self, change: Changes | None, subject: str, said: str) -> None:
        if change is not None:
            self.remember(change, subject, said)
        await self.look()

    async def _show_history(self, action_id: str) -> None:
        listing = next((each for each in self.rows if each.action.id == action_id), None)
        if listing is None:
            return
        called = naming.as_owner(listing.called)
        found = await self.ask(action_history, action_id, called=called)
        if found is not None:
            await self.answer_of(HistoryDialog(listing, found[::-1], self.workspace))

    async def _undo(self) -> None:
        if (taken := await take_back_on(self)) is not None:
            await self.look(highlight=taken.about or None)

    def _say_working(self, ids: Sequence[str]) -> None:
        if len(ids) >= _SAYS_SO:
            self.say(sentences.working_on(len(ids)))
