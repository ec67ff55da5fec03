"""Consent: where a participant stands for each scope, what was given and withdrawn, and recording both."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import OptionList, Static

from peernote_tui.domain.consent import Consent, ConsentEvent, ConsentScope
from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.domain.participant import Participant
from peernote_tui.services.consenting import consents, give_consent, withdraw_consent
from peernote_tui.services.half_typed import CONSENT, keep_typed, typed_before
from peernote_tui.services.participants import get_participant
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.screens.base import PeerModal
from peernote_tui.ui.screens.consent_form import ConsentForm
from peernote_tui.ui.screens.consent_rows import COLUMNS, Target, ending, lines, more_about, targets
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.confirm import Confirm
from peernote_tui.ui.widgets.peer_list import PeerList

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp

_MEANS = {
    ConsentScope.NOTES: sentences.WITHDRAW_NOTES_MEANS,
    ConsentScope.SHARING: sentences.WITHDRAW_SHARING_MEANS,
}


class ConsentList(PeerList):
    """Where somebody stands, and the history; single keys act on the highlighted line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "screen.give", "Record consent", id="consent.give", tooltip="Record that they agreed."),
        Binding(
            "w",
            "screen.withdraw",
            "Withdraw",
            id="consent.withdraw",
            tooltip="Record that they withdrew the consent in the highlighted line. It asks first.",
        ),
    ]


class ConsentDetail(PeerModal[None]):
    """One row of the history in full.

    Args:
        parts: What it says, one thing a line.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "close", "Close", id="dialog.done", show=False, tooltip="Close and change nothing."),
    ]

    def __init__(self, parts: tuple[str, ...]) -> None:
        super().__init__()
        self._parts = parts

    def compose(self) -> ComposeResult:
        """Lay out the lines."""
        with VerticalScroll(classes="dialog dialog--wide") as box:
            box.border_subtitle = sentences.HELP_CLOSE
            yield Static(safe.content(self._parts[0], "bold"), markup=False)
            yield Static(
                safe.content("\n".join(self._parts[1:]), keep_lines=True), classes="dialog--text", markup=False
            )

    def on_mount(self) -> None:
        """Let the arrow keys scroll what is longer than the screen."""
        self.query_one(VerticalScroll).focus()


class ConsentsScreen(VaultScreen[None]):
    """A participant's consents.

    Args:
        participant_id: Whose consents they are.
        giving: The scope to ask about at once; None begins in the list.
    """

    PLACE = sentences.CONSENTS_PLACE
    NAME = "consents"
    FIRST_KEYS = ("consent.record", "consent.give", "consent.withdraw", "list.open", "house.new_note")

    def __init__(self, participant_id: str, *, giving: ConsentScope | None = None) -> None:
        super().__init__()
        self.subject = participant_id
        """Whom Ctrl+N begins a note for."""
        self._giving = giving
        self._person: Participant | None = None
        self._history: tuple[Consent, ...] = ()
        self._targets: dict[str, Target] = {}

    @classmethod
    async def come_back(cls, app: PeerNoteApp, own: dict[str, Any]) -> Self:
        """Open the screen again, if the participant is still there."""
        return cls((await app.gateway.call(get_participant, str(own["participant"]))).id)

    def own_place(self) -> dict[str, Any]:
        """Whose consents, and whether the form is open."""
        return {"participant": self.subject, "form": self._form.display}

    async def settle_in(self, own: dict[str, Any]) -> None:
        """Fetch anew, and open the form if it was open."""
        await self.reload()
        if own["form"]:
            self._open_form(None)

    @property
    def half_typed(self) -> bool:
        """Nothing: what is typed is kept in the vault when the form is left."""
        return False

    def compose_body(self) -> ComposeResult:
        """Lay out what covers the record, the form, and the list."""
        with Vertical(classes="main"):
            yield Static("", id="part2", markup=False)
            yield ConsentForm()
            yield ConsentList(COLUMNS, id="consents")

    def on_mount(self) -> None:
        """Begin in the list."""
        self._form.display = False
        self._list.focus()

    async def reload(self) -> None:
        """Fetch anew, keeping the highlight."""
        await self._fetch()

    async def _fetch(self, highlight: str | None = None) -> None:
        if not self.house.gateway.is_open:
            return
        person = await self.ask(get_participant, self.subject)
        history = await self.ask(consents, self.subject)
        if person is None or history is None or not self.is_attached:
            return
        first = self._person is None
        self._person, self._history = person, history
        today = self.workspace.today
        self._targets = targets(history, today)
        self.set_person(person.called)
        means = f" {sentences.PART2_MEANS}" if person.covered_by_part2 else ""
        self.query_one("#part2", Static).update(
            safe.content(f"{sentences.PART2_TOLD[person.part2.value]}{means}", "$muted")
        )
        self._list.show(lines(history, today), highlight=highlight)
        self.refresh_bindings()
        if first:
            self._form.load(await self.ask(typed_before, self.subject, form=CONSENT) or {})
            if self._giving is not None and not self.is_returning:
                self._open_form(self._giving)

    async def flush(self) -> None:
        """Keep what is typed in the form."""
        if self._person is not None:
            typed = self._form.typed if self._form.holds_words else {}
            if typed != await self.house.gateway.call(typed_before, self.subject, form=CONSENT):
                await self.house.gateway.call(keep_typed, self.subject, typed, form=CONSENT)

    def go_back(self) -> None:
        """From the form to the list, keeping what is typed; from the list back."""
        if self._form.display and self._giving is None:
            self._close_form()
            if self._form.holds_words:
                self.say(sentences.CONSENT_TYPED_KEPT)
        else:
            self.run_worker(self._leave(), description="leave consents", exclusive=True, group="leave")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show what cannot be done now as such."""
        if action == "withdraw":
            target = self._highlighted
            return True if target is not None and target.holds else None
        return super().check_action(action, parameters)

    def action_give(self) -> None:
        """Open the form, with the scope of the highlighted line."""
        target = self._highlighted
        self._open_form(target.scope if target is not None and not self._form.holds_words else None)

    def action_withdraw(self) -> None:
        """Ask whether the consent in the highlighted line was withdrawn."""
        target = self._highlighted
        if target is None or not target.holds:
            self.say(sentences.NOTHING_TO_WITHDRAW)
            return
        self.run_worker(self._withdraw(target), description="withdraw consent", exclusive=True, group="withdraw")

    @on(OptionList.OptionHighlighted, "ConsentList")
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(OptionList.OptionSelected, "ConsentList")
    def _chosen(self) -> None:
        target = self._highlighted
        if target is None:
            return
        if target.consent is None or (target.whole and not target.holds):
            self._open_form(target.scope)
        else:
            self.app.push_screen(ConsentDetail(_in_full(target.consent, self.workspace.today)))

    @on(ConsentForm.Recorded)
    def _recorded(self, event: ConsentForm.Recorded) -> None:
        self.run_worker(self._give(event), description="record consent", exclusive=True, group="change")

    async def _give(self, event: ConsentForm.Recorded) -> None:
        given = event.given
        try:
            recorded = await self.house.gateway.call(
                give_consent,
                self.subject,
                scope=given.scope,
                how=given.how,
                starts_on=given.starts_on,
                expires_on=given.expires_on,
                remark=given.remark,
                details=given.details,
            )
            self._form.load({})
            await self.house.gateway.call(keep_typed, self.subject, {}, form=CONSENT)
        except PeerNoteError as error:
            if not self._form.refuse(error):
                self.say(str(error), tone="error")
            return
        if self._giving is not None:
            self.house.announce(sentences.CONSENT_RECORDED, tone="success")
            self.dismiss(None)
            return
        self._close_form()
        shared = recorded.scope is ConsentScope.SHARING
        await self._fetch(f"now:{recorded.id}" if shared else f"scope:{recorded.scope.value}")
        self.say(sentences.CONSENT_RECORDED, tone="success")

    async def _withdraw(self, target: Target) -> None:
        if self._person is None or target.consent is None:
            return
        name = naming.by_number(self._person.called)
        sure = await self.app.push_screen_wait(
            Confirm(
                sentences.withdraw_what(name, target.scope.value, target.consent.details.recipient),
                _MEANS.get(target.scope, sentences.WITHDRAW_OTHER_MEANS),
                yes=sentences.WITHDRAW_YES,
                asked_with="w",
            )
        )
        named = "" if target.whole else target.consent.id
        if not sure:
            return
        if await self.ask(withdraw_consent, self.subject, scope=target.scope, consent_id=named) is not None:
            await self.reload()
            self.say(sentences.WITHDRAWN_NOW)

    async def _leave(self) -> None:
        if not await self.stores_before_leaving():
            return
        if self._form.holds_words:
            self.house.announce(sentences.CONSENT_TYPED_KEPT, tone="muted")
        self.dismiss(None)

    def _open_form(self, scope: ConsentScope | None) -> None:
        if self._person is None:
            return
        self.say_nothing()
        self._form.display = True
        self._list.display = False
        self._form.begin(self._person, self.workspace.today, day_first=self.house.settings.day_first, scope=scope)

    def _close_form(self) -> None:
        self._list.display = True
        self._form.display = False
        self._list.focus()

    @property
    def _list(self) -> ConsentList:
        return self.query_one(ConsentList)

    @property
    def _form(self) -> ConsentForm:
        return self.query_one(ConsentForm)

    @property
    def _highlighted(self) -> Target | None:
        return self._targets.get(self._list.highlighted_id or "") if self.is_mounted else None


def _in_full(row: Consent, today: date) -> tuple[str, ...]:
    scope = sentences.CONSENT_SCOPES[row.scope.value]
    if row.event is ConsentEvent.WITHDRAWN:
        return (f"{scope}, {sentences.CONSENT_STANDS_NOT['withdrawn']}", row.starts_on.isoformat(), row.remark)
    how = sentences.CONSENT_HOW[row.how.value] if row.how else ""
    whom = (row.details.recipient,) if row.details.recipient else ()
    days = ", ".join(part for part in (sentences.since(row.starts_on.isoformat()), ending(row, today)) if part)
    return (f"{scope}, {how}", *whom, days, *more_about(row))
