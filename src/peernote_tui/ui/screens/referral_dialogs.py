"""The two dialogs of a referral: to begin one, and to say how far it has come."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Static

from peernote_tui.documents.referral_words import (
    BARRIER_WORDS,
    OUTCOME_WORDS,
    STAGE_WORDS,
    basis_words,
    consent_words,
    loop_words,
)
from peernote_tui.domain.action_item import ActionItem
from peernote_tui.domain.base import LINE
from peernote_tui.domain.consent import Consent
from peernote_tui.domain.dates import Moment, Toward, say_day, say_moment, understand_day, understand_moment
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.names import Called
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.referral import ReferralBarrier, ReferralOutcome, ReferralStage
from peernote_tui.domain.referral_loop import Asked, Step, asks, next_stages
from peernote_tui.services.changing_actions import ActionChange
from peernote_tui.services.referrals import ReferralView, begin_referral, move_referral, step_back
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.screens.base import ResultT
from peernote_tui.ui.screens.keeping import KeepingModal
from peernote_tui.ui.shelf import Shelf
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.form import Form
from peernote_tui.ui.widgets.text_input import TextInput

_BACK = "back"
_WITHOUT = "without"
_MOST_CONSENTS = 8
"""Consents to choose from, the last given; the ninth digit says that none is needed."""
_LONGEST_WHEN = 120
_LONGEST_LABEL = 28
_LONGEST_TITLE, _LONGEST_BASIS = 120, 300
"""Cells; what is longer would push the questions out of a small window."""
_SHOWN_AT = {"without_consent": "without", "why_covered": "covers", "consent_id": "consent", "appointment": "when"}
"""Where a fault is said whose question has another name."""


class ReferralDialog(KeepingModal[ResultT]):
    """Fields, F2 that keeps them, and a refusal said where it belongs; what was typed stays.

    Args:
        shelf: Where the words wait.
        day_first: How numbers such as 5/6 are ordered.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,ctrl+s", "keep", "Keep", id="referral.keep", priority=True, tooltip="Keep what stands here.")
    ]

    def __init__(self, shelf: Shelf, *, day_first: bool | None) -> None:
        super().__init__(shelf, self._carry_out)
        self.day_first = day_first

    def action_keep(self) -> None:
        """Keep what stands here; for subclasses."""

    @on(Input.Submitted)
    @on(ChoiceField.Submitted)
    def _entered(self, event: Input.Submitted | ChoiceField.Submitted) -> None:
        event.stop()
        shown = [each for each in self.query(Field) if each.display]
        here = next(place for place, each in enumerate(shown) if event.control in each.walk_children())
        if here + 1 < len(shown):
            shown[here + 1].focus_control()
        else:
            self.action_keep()

    async def _carry_out(self, verb: Callable[..., ResultT]) -> ResultT:
        return await self.gateway.call(verb)

    def refuse(self, sentence: str, name: str = "") -> None:
        """Say what is wrong under the question it is about, or under the first one that is answered wrongly."""
        shown = [each for each in self.query(Field) if each.display]
        wanted = _SHOWN_AT.get(name, name)
        field = next((each for each in shown if each.key == f"referral-{wanted}"), None)
        field = field or next((each for each in shown if each.key == "referral-consent"), shown[0])
        field.set_error(sentence)
        field.focus_control()

    def field(self, name: str) -> Field:
        """The field of that name."""
        return self.query_one(f"#field-referral-{name}", Field)

    def said(self, name: str) -> str:
        """What stands in the box of that name; empty where it is not asked."""
        field = self.field(name)
        return str(getattr(field.control, "value", "") or "").strip() if field.display else ""


class BeginReferral(ReferralDialog[ActionItem]):
    """Begins a referral and gives the action item, or None when it was closed.

    Args:
        person: Whom it is for.
        day_first: How numbers such as 5/6 are ordered.
    """

    def __init__(self, person: Called, *, day_first: bool | None) -> None:
        super().__init__(Shelf("refer", (person.id,)), day_first=day_first)
        self._person = person

    def compose(self) -> ComposeResult:
        """Lay out the questions."""
        with Form(classes="dialog dialog--wide"):
            title = sentences.referral_of(naming.by_number(self._person))
            yield Static(safe.content(title, "bold"), markup=False)
            yield _field("to", sentences.REFERRAL_TO, _box(), sentences.REFERRAL_TO_HINT)
            yield _field("accepted", sentences.REFERRAL_ACCEPTED, ChoiceField(sentences.REFERRAL_ANSWERS))
            yield _field("owner", sentences.REFERRAL_OWNER, ChoiceField(sentences.REFERRAL_OWNERS, value="me"))
            yield _field("text", sentences.REFERRAL_TEXT, _box(), sentences.REFERRAL_TEXT_HINT)
            yield _field("due", sentences.REFERRAL_DUE, _box(_LONGEST_WHEN), sentences.REFERRAL_DUE_HINT)
            yield Static(safe.content(sentences.REFERRAL_KEYS), classes="dialog--keys", markup=False)

    def on_mount(self) -> None:
        """Begin with to whom."""
        self.field("to").focus_control()

    def action_keep(self) -> None:
        """Begin it."""
        today, text = self.gateway.workspace.today, self.said("due")
        try:
            due = understand_day(text, today=today, toward=Toward.FUTURE, day_first=self.day_first) if text else None
        except InvalidInputError as error:
            self.refuse(str(error), "due")
            return
        verb = partial(
            begin_referral,
            participant_id=self._person.id,
            to=self.said("to"),
            text=self.said("text"),
            owner=Owner(self.said("owner") or "me"),
            due=due,
            accepted=self.said("accepted") == ReferralStage.ACCEPTED.value,
        )
        self.give(verb)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        field = next(each for each in self.query(Field) if event.control in each.walk_children())
        field.set_error(None)
        if field.key != "referral-due":
            return
        today = self.gateway.workspace.today
        try:
            day = understand_day(event.value, today=today, toward=Toward.FUTURE, day_first=self.day_first)
        except InvalidInputError:
            field.set_echo(None)
        else:
            field.set_echo(say_day(day, today=today))


class MoveReferral(ReferralDialog[ActionChange]):
    """Shows the loop, moves it, and gives the change, or None when it was closed.

    Args:
        view: The referral, with what it was one step before.
        consents: The consents to sharing that hold today.
        day_first: How numbers such as 5/6 are ordered.
        wait_days: Days until a stage that waits for an answer is due.
    """

    def __init__(
        self,
        view: ReferralView,
        consents: tuple[Consent, ...],
        *,
        day_first: bool | None,
        wait_days: int,
    ) -> None:
        # What was said at another stage answers other questions.
        about = (view.action.participant_id, view.action.id)
        super().__init__(Shelf(f"referral:{view.referral.stage.value}", about), day_first=day_first)
        self._view = view
        self._consents = {consent.id: consent for consent in consents[-_MOST_CONSENTS:]}
        self._wait_days = wait_days

    def compose(self) -> ComposeResult:
        """Lay out the loop and every question there may be."""
        view, today = self._view, self.gateway.workspace.today
        naming_them = [each.id for each in self._consents.values() if each.names(view.referral.to)]
        words = {**STAGE_WORDS, **({ReferralStage.SENT: sentences.REFERRAL_MORE} if view.referral.handed_on else {})}
        stages = [(stage.value, words[stage]) for stage in next_stages(view.referral)]
        stages += [(_BACK, sentences.REFERRAL_BACK)] if view.before is not None else []
        consents = [(key, safe.shorten(each.details.recipient, _LONGEST_LABEL)) for key, each in self._consents.items()]
        grounds = ChoiceField(
            [*consents, (_WITHOUT, sentences.REFERRAL_NONE_NEEDED)],
            value=naming_them[0] if len(naming_them) == 1 else None,
        )
        basis = basis_words(view.referral, view.consent, standing=view.standing, ended_on=view.ended_on, today=today)
        with Form(classes="dialog dialog--wide"):
            said, to = view.action.text, view.referral.to
            said = said if to in said else sentences.referral_echo(to, said)
            title = f"{naming.by_number(view.listing.called)}: {said}"
            yield Static(safe.content(safe.shorten(title, _LONGEST_TITLE), "bold"), markup=False)
            yield Static(safe.content(loop_words(view.referral), "$primary"), id="referral-loop", markup=False)
            if basis:
                yield Static(
                    safe.content(safe.shorten(basis, _LONGEST_BASIS), "$muted"), id="referral-basis", markup=False
                )
            yield _field("stage", sentences.REFERRAL_STAGE, ChoiceField(stages), sentences.REFERRAL_STAGE_HINT)
            yield _field("reason", sentences.REFERRAL_REASON, _box(), sentences.REFERRAL_REASON_HINT)
            hint = sentences.REFERRAL_CONSENT_HINT if consents else sentences.REFERRAL_NO_CONSENT
            yield _field("consent", sentences.REFERRAL_CONSENT, grounds, hint)
            yield _field("covers", sentences.REFERRAL_COVERS, _box(), sentences.REFERRAL_COVERS_HINT)
            yield _field("without", sentences.REFERRAL_WITHOUT, _box(), sentences.REFERRAL_WITHOUT_HINT)
            yield _field("when", sentences.REFERRAL_WHEN, _box(_LONGEST_WHEN), sentences.REFERRAL_WHEN_HINT)
            outcomes = ChoiceField([(key.value, words) for key, words in OUTCOME_WORDS.items()])
            yield _field("outcome", sentences.REFERRAL_OUTCOME, outcomes, sentences.REFERRAL_RESULT_HINT)
            barriers = ChoiceField([(key.value, words) for key, words in BARRIER_WORDS.items()])
            yield _field("barrier", sentences.REFERRAL_BARRIER, barriers, sentences.REFERRAL_RESULT_HINT)
            yield _field("words", sentences.REFERRAL_WORDS, _box(), sentences.REFERRAL_WORDS_HINT)
            yield Static(safe.content(sentences.REFERRAL_KEYS), classes="dialog--keys", markup=False)

    def on_mount(self) -> None:
        """Begin with the stage."""
        self._follow()
        self.field("stage").focus_control()

    def action_keep(self) -> None:
        """Move it, or say what is missing."""
        stage = self.said("stage")
        if not stage:
            self.refuse(sentences.REFERRAL_NO_STAGE, "stage")
        elif stage == _BACK:
            self.give(partial(step_back, action_id=self._view.action.id, reason=self.said("reason")))
        elif self.field("consent").display and not self.said("consent"):
            self.refuse(sentences.REFERRAL_NO_GROUND, "consent")
        else:
            self._move(ReferralStage(stage))

    @on(ChoiceField.Changed)
    def _chosen(self, event: ChoiceField.Changed) -> None:
        event.stop()
        field = next(each for each in self.query(Field) if event.control in each.walk_children())
        field.set_error(None)
        # The one answer takes the place of the other.
        other = {"referral-outcome": "barrier", "referral-barrier": "outcome"}.get(field.key)
        if other and event.value:
            self.field(other).query_one(ChoiceField).load(None)
            self.field(other).set_error(None)
        self._follow()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        field = next(each for each in self.query(Field) if event.control in each.walk_children())
        field.set_error(None)
        if field.key == "referral-when":
            try:
                moment = self._moment()
            except InvalidInputError:
                moment = None
            field.set_echo(say_moment(moment, today=self.gateway.workspace.today) if moment else None)

    def _move(self, stage: ReferralStage) -> None:
        try:
            moment = self._moment() if self.said("when") else None
        except InvalidInputError as error:
            self.refuse(str(error), "when")
            return
        ground, outcome, barrier = self.said("consent"), self.said("outcome"), self.said("barrier")
        without = self.said("without")
        if ground == _WITHOUT and not without:
            self.refuse(sentences.REFERRAL_WITHOUT_HINT, "without")
            return
        step = Step(
            consent_id="" if ground == _WITHOUT else ground,
            why_covered=self.said("covers"),
            without_consent=without,
            day=moment.day if moment else None,
            at=moment.at if moment else None,
            outcome=ReferralOutcome(outcome) if outcome else None,
            barrier=ReferralBarrier(barrier) if barrier else None,
            words=self.said("words"),
        )
        moved = partial(
            move_referral, action_id=self._view.action.id, stage=stage, step=step, wait_days=self._wait_days
        )
        self.give(moved)

    def _moment(self) -> Moment:
        now = self.gateway.workspace.local_now.replace(tzinfo=None)
        return understand_moment(self.said("when"), now=now, toward=Toward.FUTURE, day_first=self.day_first)

    def _follow(self) -> None:
        """Show only what the chosen stage asks for."""
        stage = self.said("stage")
        asked = asks(self._view.referral, ReferralStage(stage)) if stage and stage != _BACK else ()
        closing = Asked.RESULT in asked
        self.field("consent").display = Asked.BASIS in asked
        ground = self.said("consent")
        consent = self._consents.get(ground)
        shown = {
            "reason": stage == _BACK,
            "covers": consent is not None and not consent.names(self._view.referral.to),
            "without": ground == _WITHOUT,
            "when": Asked.APPOINTMENT in asked,
            **dict.fromkeys(("outcome", "barrier", "words"), closing),
        }
        for name, show in shown.items():
            self.field(name).display = show
        today = self.gateway.workspace.today
        self.field("consent").set_echo(consent_words(consent, today=today) if consent else None)


def _field(name: str, label: str, control: Widget, hint: str = "") -> Field:
    return Field(f"referral-{name}", label, control, hint=hint)


def _box(longest: int = LINE) -> TextInput:
    return TextInput(max_length=longest)
