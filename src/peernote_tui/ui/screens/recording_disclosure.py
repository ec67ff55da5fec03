"""Recording what was told by word of mouth, sent by post or handed out elsewhere: one page, through the same door."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.dates import say_day
from peernote_tui.domain.disclosure import Purpose
from peernote_tui.domain.errors import InvalidInputError, PeerNoteError
from peernote_tui.services.disclosing import Request
from peernote_tui.services.half_typed import keep_typed, typed_before
from peernote_tui.services.ordering import Ahead, look_ahead
from peernote_tui.services.recording_disclosures import record_disclosure, sharing_consents_on, understand_when
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.handing_fields import asked, consent_choices
from peernote_tui.ui.screens.handing_terms import Terms
from peernote_tui.ui.unaccounted import keeps_no_account
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.form import Form

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp

_TYPED = "recording_disclosure"
"""Under which form what was typed for a participant waits, see `services.half_typed`."""
_TYPED_KEYS = ("when", "to", "address", "purpose_words", "reason", "what")
_AT = {"form": "how", "recipients": "to"}


class RecordDisclosureScreen(Terms):
    """Asks what was handed on, when, how, to whom and on what basis; gives the id of the entry."""

    PLACE = sentences.RECORD_DISCLOSURE
    NAME = "record_disclosure"
    FIRST_KEYS = ("record_disclosure.keep",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f8",
            "record",
            "Record",
            id="record_disclosure.keep",
            tooltip="Enter it into the account of disclosures.",
        ),
    ]

    def __init__(self, ahead: Ahead) -> None:
        super().__init__(ahead)
        self._kept: dict[str, str] = {}
        self._at: datetime | None = None

    @classmethod
    async def come_back(cls, app: PeerNoteApp, own: dict[str, Any]) -> Self:
        """Ask again; what was typed is put back."""
        return cls(await app.gateway.call(look_ahead, str(own["participant"])))

    def own_place(self) -> dict[str, Any]:
        """Out of whose record."""
        return {"participant": self.subject}

    @property
    def half_typed(self) -> bool:
        """Nothing: what is typed is kept in the vault when the screen is left."""
        return False

    @property
    def day(self) -> date:
        """The day it was handed on."""
        return in_zone(self._at, self.workspace.clock.zone).date() if self._at else self.workspace.today

    def compose_body(self) -> ComposeResult:
        """Lay out the questions, and below them what is to be known."""
        choices = {
            "how": sentences.TOLD_HOW,
            "purpose": sentences.TOLD_PURPOSES,
            "consent": consent_choices(self.ahead.consents),
        }
        with Form():
            yield from asked(sentences.RECORD_FIELDS, choices)
        yield Static("", id="ahead", markup=False)

    def on_mount(self) -> None:
        """Begin with the moment."""
        self.set_person(self.ahead.participant.called)
        self.query_one("#when").focus()
        self.follow()

    async def reload(self) -> None:
        """Put back what was typed before, and look which consents held on the day."""
        if not self.house.gateway.is_open:
            return
        if not self._kept:
            kept = await self.ask(typed_before, self.subject, form=_TYPED) or {}
            self._kept = {key: str(kept[key]) for key in _TYPED_KEYS if kept.get(key)}
            for key, value in self._kept.items():
                if not self.box(key).value:
                    self.box(key).load(value)
        await self._look_at_day()

    async def settle_in(self, own: dict[str, Any]) -> None:
        """Fit the questions to what was put back."""
        del own
        await self._look_at_day()

    async def flush(self) -> None:
        """Keep what is typed until it is recorded."""
        typed = {key: value for key in _TYPED_KEYS if (value := self.box(key).value.strip())}
        if typed != self._kept and not keeps_no_account(self.house):
            await self.house.gateway.call(keep_typed, self.subject, typed, form=_TYPED)
            self._kept = typed

    def go_back(self) -> None:
        """Keep what is typed, and leave."""
        self.run_worker(self._leave(), description="leave", exclusive=True, group="leave")

    async def _leave(self) -> None:
        with suppress(PeerNoteError):
            await self.flush()
        self.dismiss(None)

    def said_below(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What else whoever heard it has to be told, and that an entry stays as it is."""
        theirs = self.chosen("purpose") == Purpose.PARTICIPANT.value
        tell = [sentences.TELL_PART2] if self.ahead.participant.covered_by_part2 and not theirs else []
        return (*tell, sentences.ENTRY_WILL_STAY), ()

    def action_record(self) -> None:
        """Enter it into the account."""
        try:
            # In the order of the questions.
            at, how = self._when(), self._how()
            given = self.given()
            request = Request(
                **given.model_dump(), participant_id=self.subject, what=self.box("what").value, form=how, at=at
            )
        except InvalidInputError as error:
            self.refuse(error.field, str(error))
            return
        self.run_worker(self._record(request), description="record disclosure", exclusive=True, group="change")

    async def _record(self, request: Request) -> None:
        gateway = self.house.gateway
        try:
            recorded = await gateway.call(record_disclosure, request)
        except PeerNoteError as error:
            where = getattr(error, "field", "")
            self.refuse(_AT.get(where, where), str(error))
            return
        # It stands in the account; what cannot be forgotten now changes nothing of that.
        with suppress(PeerNoteError):
            await gateway.call(keep_typed, self.subject, {}, form=_TYPED)
        self._kept = {}
        self.house.announce(sentences.disclosure_recorded(recorded.what, recorded.to))
        self.dismiss(recorded.id)

    def _how(self) -> str:
        if not self.chosen("how"):
            raise InvalidInputError(sentences.TOLD_HOW_MISSING, field="how")
        return self.chosen("how")

    def _when(self) -> datetime | None:
        """When it was handed on, as it is typed.

        Raises:
            InvalidInputError: It is not understood.
        """
        try:
            return understand_when(self.workspace, self.box("when").value, day_first=self.house.settings.day_first)
        except InvalidInputError as error:
            error.field = "when"
            raise

    @on(ChoiceField.Changed)
    def _chosen_other(self, event: ChoiceField.Changed) -> None:
        event.stop()
        self.answered(str(event.field.id))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.answered(str(event.input.id))
        if event.input.id == "when":
            self.run_worker(self._look_at_day(), description="day", exclusive=True, group="day")

    async def _look_at_day(self) -> None:
        try:
            self._at, said = self._when(), ""
        except InvalidInputError:
            self._at, said = None, None
        if self._at is not None:
            said = f"{say_day(self.day, today=self.workspace.today)}, {self._at:%H:%M}"
        self.field("when").set_echo(said or None)
        held = await self.ask(sharing_consents_on, self.subject, self._at)
        if held is not None and self.is_attached:
            self.take(replace(self.ahead, consents=held))

    @on(ChoiceField.Submitted)
    def _went_on(self, event: ChoiceField.Submitted) -> None:
        event.stop()
        self._go_on_from(str(event.field.id))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._go_on_from(str(event.input.id))

    def _go_on_from(self, key: str) -> None:
        last = [each for each in sentences.RECORD_FIELDS if self.field(each).display][-1]
        if key == last:
            self.say(sentences.RECORD_READY)
        else:
            self.go_on(key)
