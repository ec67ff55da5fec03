"""Recording a consent: only the questions that apply to this scope and this person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pydantic import ValidationError
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from peernote_tui.domain.consent import ConsentDetails, ConsentHow, ConsentScope, GivenBy
from peernote_tui.domain.consent_rules import Element, Minority, minority
from peernote_tui.domain.dates import Toward, say_day, understand_day
from peernote_tui.domain.errors import ConsentIncompleteError, InvalidInputError, PeerNoteError
from peernote_tui.domain.participant import Participant
from peernote_tui.ui import sentences
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.form import Form
from peernote_tui.ui.widgets.text_input import TextInput

_LONGEST = 500
_LONGEST_DAY = 60
_CHOICES = {
    "scope": sentences.SCOPE_CHOICES,
    "how": sentences.HOW_CHOICES,
    "given_by": sentences.GIVER_CHOICES,
    "parent_involved": sentences.YES_NO_CHOICES,
}
_OPTIONAL = frozenset({"recipient_address", "starts", "until", "ends_when", "remark"})
_SHARING = frozenset({"recipient", "recipient_address", "what", "purpose", "ends_when"})
_MINOR = frozenset({"given_by", "basis"})
_PARENTS = frozenset({"parent_involved", "parent_why"})
_NAMES = frozenset({"witness", "given_by_name"})
_LONGEST_NAME = 200
_SHOWN_AT = {"end": "until", "signature": "how", "of_age": "basis", "on": "starts"}
"""Where a gap is said whose question has another name."""


@dataclass(frozen=True)
class Given:
    """A consent as the form says it."""

    scope: ConsentScope
    how: ConsentHow
    starts_on: date | None
    expires_on: date | None
    remark: str
    details: ConsentDetails


class ConsentForm(Vertical):
    """Asks how a consent was given and what belongs to it; what was typed stays until it is recorded."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "record", "Record it", id="consent.record", tooltip="Record the consent as it stands."),
    ]

    @dataclass
    class Recorded(Message):
        """The form is complete, as far as it can tell."""

        given: Given

    def __init__(self) -> None:
        super().__init__(id="consent-form")
        self._person: Participant | None = None
        self._today = date.min
        self._day_first: bool | None = None

    def compose(self) -> ComposeResult:
        """Lay out every question there may be."""
        yield Static(sentences.GIVE_CONSENT, classes="title", markup=False)
        yield Static("", id="consent-minor", markup=False)
        with Form():
            for key, (label, hint) in sentences.CONSENT_FIELDS.items():
                yield Field(
                    key, label, _control(key), hint=hint, optional=key in _OPTIONAL, id=f"consent-{_dashed(key)}"
                )

    def begin(
        self, person: Participant, today: date, *, day_first: bool | None, scope: ConsentScope | None = None
    ) -> None:
        """Ask about this person.

        Args:
            person: Who agreed, or for whom somebody did.
            today: The local day.
            day_first: How 3/4 is read; None refuses it.
            scope: The scope to begin with, unless another is chosen already.
        """
        self._person, self._today, self._day_first = person, today, day_first
        if scope is not None:
            self._choice("scope").load(scope.value)
        self._follow()
        self._field("how" if self._choice("scope").value else "scope").focus_control()

    @property
    def typed(self) -> dict[str, str]:
        """What stands in the form, by question; empty answers are left out."""
        found = {field.key: _value(field.control) for field in self.query(Field)}
        return {key: value for key, value in found.items() if value.strip()}

    @property
    def holds_words(self) -> bool:
        """Whether anything was typed, beside choices."""
        return any(key not in _CHOICES for key in self.typed)

    def load(self, typed: dict[str, str]) -> None:
        """Put back what was typed before; an empty mapping empties the form."""
        for field in self.query(Field):
            value = str(typed.get(field.key, ""))
            if isinstance(field.control, ChoiceField):
                field.control.load(value or None)
            elif isinstance(field.control, TextInput):
                field.control.load(value)
            field.set_error(None)
            field.set_echo(None)
        if self._person is not None:
            self._follow()

    def refuse(self, error: PeerNoteError) -> bool:
        """Say under the questions why it is not recorded; False when no question is to blame."""
        if isinstance(error, ConsentIncompleteError):
            gaps = {_SHOWN_AT.get(name, name): Element(name).sentence for name in error.missing}
        else:
            name = getattr(error, "field", "")
            gaps = {_SHOWN_AT.get(name, name): str(error)}
        shown = [field for field in self.query(Field) if field.key in gaps]
        for field in shown:
            field.display = True
            field.set_error(gaps[field.key])
        if shown:
            shown[0].focus_control()
        return bool(shown)

    def action_record(self) -> None:
        """Record the consent, or say what is missing."""
        given = self._understood()
        if given is not None:
            self.post_message(self.Recorded(given))

    @on(ChoiceField.Changed)
    @on(Input.Changed)
    def _changed(self, event: ChoiceField.Changed | Input.Changed) -> None:
        event.stop()
        field = _around(event.control)
        field.set_error(None)
        self._follow()

    @on(ChoiceField.Submitted)
    @on(Input.Submitted)
    def _entered(self, event: ChoiceField.Submitted | Input.Submitted) -> None:
        event.stop()
        field = _around(event.control)
        shown = [one for one in self.query(Field) if one.display]
        after = shown[shown.index(field) + 1 :]
        # Where nothing else is needed, Enter after the form of the consent is all it takes; Tab goes on to the rest.
        optional = _OPTIONAL - {"until"} if self._choice("scope").value == ConsentScope.SHARING.value else _OPTIONAL
        if not after or (field.key not in ("scope", *optional) and all(one.key in optional for one in after)):
            self.action_record()
        else:
            after[0].focus_control()

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        field = _around(event.control)
        if field.key in ("starts", "until"):
            self._day(field.key, complain=True)

    def _understood(self) -> Given | None:
        scope, how = self._choice("scope").value, self._choice("how").value
        wrong: list[Field] = []
        for key, value, sentence in (
            ("scope", scope, sentences.SCOPE_MISSING),
            ("how", how, sentences.HOW_MISSING),
        ):
            if value is None:
                self._field(key).set_error(sentence)
                wrong.append(self._field(key))
        days = {key: self._day(key, complain=True) for key in ("starts", "until")}
        wrong += [self._field(key) for key in days if self._field(key).error]
        details = self._details()
        if wrong or scope is None or how is None or details is None:
            if wrong:
                wrong[0].focus_control()
            return None
        remark = _value(self._field("remark").control)
        return Given(ConsentScope(scope), ConsentHow(how), days["starts"], days["until"], remark, details)

    def _details(self) -> ConsentDetails | None:
        # What is not asked does not count, although it may have been typed before another scope was chosen.
        asked = {field.key: _value(field.control).strip() for field in self.query(Field) if field.display}
        said = {key: value for key, value in asked.items() if value and key in ConsentDetails.model_fields}
        try:
            return ConsentDetails.model_validate(said)
        except ValidationError as error:
            key = str(error.errors(include_url=False, include_input=False, include_context=False)[0]["loc"][0])
            self._field(key).set_error(sentences.CONSENT_FIELDS[key][1])
            self._field(key).focus_control()
            return None

    def _follow(self) -> None:
        """Show only the questions that apply, and say back what is understood."""
        scope, how = self._choice("scope").value, self._choice("how").value
        giver = self._choice("given_by").value or GivenBy.PARTICIPANT.value
        age = self._minority()
        applies: dict[str, Callable[[], bool]] = {
            **dict.fromkeys(_SHARING, lambda: scope == ConsentScope.SHARING.value),
            **dict.fromkeys(_MINOR, lambda: age is not Minority.NO),
            **dict.fromkeys(
                _PARENTS, lambda: age is Minority.YES or (age is Minority.MAYBE and giver != GivenBy.PARTICIPANT.value)
            ),
            "given_by_name": lambda: age is not Minority.NO and giver != GivenBy.PARTICIPANT.value,
            "witness": lambda: how == ConsentHow.WITNESSED.value,
        }
        for field in self.query(Field):
            field.display = applies.get(field.key, lambda: True)()
        note = self.query_one("#consent-minor", Static)
        note.update(sentences.MINOR_TOLD.get(age.value, ""))
        note.display = age is not Minority.NO
        for key in ("starts", "until"):
            self._day(key, complain=False)

    def _minority(self) -> Minority:
        if self._person is None:
            return Minority.NO
        return minority(self._person, self._day("starts", complain=False) or self._today)

    def _day(self, key: str, *, complain: bool) -> date | None:
        field, text = self._field(key), _value(self._field(key).control).strip()
        toward = Toward.PAST if key == "starts" else Toward.FUTURE
        try:
            day = understand_day(text, today=self._today, toward=toward, day_first=self._day_first) if text else None
        except InvalidInputError as error:
            field.set_echo(None)
            if complain:
                field.set_error(str(error))
            return None
        field.set_echo(say_day(day, today=self._today) if day else None)
        return day

    def _field(self, key: str) -> Field:
        return self.query_one(f"#consent-{_dashed(key)}", Field)

    def _choice(self, key: str) -> ChoiceField:
        return self._field(key).query_one(ChoiceField)


def _control(key: str) -> Widget:
    if key in _CHOICES:
        return ChoiceField(_CHOICES[key])
    if key in ("starts", "until"):
        return TextInput(max_length=_LONGEST_DAY)
    return TextInput(max_length=_LONGEST_NAME if key in _NAMES else _LONGEST)


def _value(control: Widget) -> str:
    return str(getattr(control, "value", "") or "")


def _dashed(key: str) -> str:
    return key.replace("_", "-")


def _around(control: Widget) -> Field:
    return next(node for node in control.ancestors if isinstance(node, Field))
