"""Adding a participant in place, with those who may be the same person in view."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList, Static

from peernote_tui.domain.dates import Precision, age_words, understand_birth
from peernote_tui.domain.dates.words import MONTH_NAMES
from peernote_tui.domain.errors import InvalidInputError, PeerNoteError, RefusedError
from peernote_tui.domain.names import clean_name
from peernote_tui.domain.page_lines import parse_phone
from peernote_tui.domain.participant import BirthPrecision, Participant, ParticipantDetails, Safety
from peernote_tui.services.participants import add_participant
from peernote_tui.ui import sentences
from peernote_tui.ui.reaching import safety_short
from peernote_tui.ui.screens.alike_list import AlikeList
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.form import Form
from peernote_tui.ui.widgets.text_input import TextInput

if TYPE_CHECKING:
    from peernote_tui.domain.dates import Birth
    from peernote_tui.services.sameness import AlikeParticipant
    from peernote_tui.services.workspace import Workspace

_MOST_ALIKE = 3
_NO_NAME = "-"
_PHONE_DIGITS = 7
_KEYS = ("name", "pronouns", "born", "external_id", "phone")
_WIDTHS = {"name": 0, "phone": 0}


class AddParticipant(Vertical):
    """A short form: name, pronouns, birth date or age, ID, phone. Only the name is needed.

    What was typed stays until the screen closes or the participant is added.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+s,f2",
            "save",
            "Add",
            id="participants.save",
            tooltip="Add the participant. Only a name is needed.",
        ),
        Binding(
            "f8",
            "add_anyway",
            "Add as new",
            id="participants.add_anyway",
            tooltip="Add the participant as somebody new, although somebody alike is here.",
        ),
    ]

    @dataclass
    class Added(Message):
        """A participant is in the vault now."""

        participant: Participant

    @dataclass
    class Known(Message):
        """It is one of those who are there already."""

        participant_id: str

    def __init__(self) -> None:
        super().__init__(id="add-participant")
        self._prefilled: dict[str, str] = {}
        self._saving = False

    def compose(self) -> ComposeResult:
        """Lay out the questions, and below them who may be the same person."""
        yield Static(sentences.ADD_PARTICIPANT, classes="title", markup=False)
        with Form():
            for key in _KEYS:
                label, hint = sentences.ADD_FIELDS[key]
                yield Field(
                    key,
                    label,
                    TextInput(max_length=200),
                    hint=hint,
                    width=_WIDTHS.get(key, 24),
                    optional=key != "name",
                    id=f"add-{key.replace('_', '-')}",
                )
        yield AlikeList()

    def begin(self, typed: str) -> None:
        """Go to the form, with what stood in the find box as the name, phone or ID.

        Args:
            typed: The text of the box; what a person wrote into the form by hand is not replaced.
        """
        typed = typed.strip()
        if typed:
            key = _meant(typed)
            for other, guess in self._prefilled.items():
                if other != key and self._text(other) == guess:
                    self._input(other).load("")
            if self._text(key) in ("", self._prefilled.get(key, "")):
                self._input(key).load(typed)
                self._prefilled = {key: typed}
        self._field("name").focus_control()
        self._look_alike()

    def say_back(self) -> None:
        """Say what was understood of words that stood here before the screen was left."""
        self._echo_birth(complain=False)
        self._echo_phone()

    def action_save(self) -> None:
        """Add the participant."""
        if not self._saving:
            self.run_worker(self._save(), description="add participant", group="save")

    def action_add_anyway(self) -> None:
        """Add the participant, who is not the one who is likely here."""
        if not self._saving and self._alike.asking:
            self.run_worker(self._save(anyway=True), description="add participant", group="save")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The second way to add is there only where the first one asks."""
        if action == "add_anyway":
            return self.is_mounted and self._alike.asking
        return super().check_action(action, parameters)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input is self._input("phone"):
            self.action_save()
        else:
            self.screen.focus_next()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        key = next(key for key in _KEYS if self._input(key) is event.input)
        self._field(key).set_error(None)
        if key == "born":
            self._echo_birth(complain=False)
        if key == "phone":
            self._echo_phone()
        if key != "pronouns":
            self._look_alike()

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        # Focus is lost, too, when the vault locks.
        if event.input is self._input("born") and self._host.house.gateway.is_open:
            self._echo_birth(complain=True)

    @on(OptionList.OptionSelected, "#alike")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id:
            self.post_message(self.Known(event.option_id))

    @on(OptionList.OptionHighlighted, "#alike")
    def _marked(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()

    async def _save(self, *, anyway: bool = False) -> None:
        details = self._details()
        if details is None:
            return
        others = self._alike.others
        self._saving = True
        try:
            call = self._host.house.gateway.call
            alike = await call(_alike_people, details)
            if not anyway and any(one.likely and one.participant.id not in others for one in alike):
                self._show_alike(alike, asking=True)
                return
            added = await call(add_participant, details, not_same=others)
        except PeerNoteError as error:
            self._refused(error)
            return
        finally:
            self._saving = False
        for key in _KEYS:
            self._input(key).load("")
            self._field(key).set_echo(None)
            self._field(key).set_error(None)
        self._prefilled = {}
        self._alike.clear()
        self.post_message(self.Added(added))

    def _details(self) -> ParticipantDetails | None:
        """What the form says, or None after showing what is missing."""
        wrong = None
        try:
            clean_name(self._text("name"))
        except InvalidInputError as error:
            self._field("name").set_error(str(error))
            wrong = "name"
        birth = self._echo_birth(complain=True)
        if self._field("born").error:
            wrong = wrong or "born"
        if wrong:
            self._field(wrong).focus_control()
            return None
        phone, safety = parse_phone(self._text("phone"))
        return ParticipantDetails(
            name=self._text("name"),
            pronouns=self._text("pronouns"),
            born=birth.value if birth else "",
            birth_precision=BirthPrecision(birth.precision.value) if birth else None,
            external_id=self._text("external_id"),
            phone=phone,
            phone_safety=safety,
        )

    def _refused(self, error: PeerNoteError) -> None:
        # Beside the name, the only thing the vault refuses is an ID that somebody has already.
        key = "external_id" if isinstance(error, RefusedError) else getattr(error, "field", "")
        if key in _KEYS:
            self._field(key).set_error(str(error))
            self._field(key).focus_control()
        else:
            self._host.say(str(error), tone="error")

    def _echo_birth(self, *, complain: bool) -> Birth | None:
        field, text = self._field("born"), self._text("born")
        birth = None
        if text:
            try:
                birth = self._understood(text)
            except InvalidInputError as error:
                if complain:
                    field.set_error(str(error))
        if birth is not None or not text:
            field.set_error(None)
        field.set_echo(say_birth(birth, self._host.workspace.today) if birth else None)
        return birth

    def _echo_phone(self) -> None:
        _number, safety = parse_phone(self._text("phone"))
        self._field("phone").set_echo(safety_short(safety) if safety != Safety() else None)

    def _look_alike(self) -> None:
        if self._alike.asking:
            self._alike.show(())
            self.screen.refresh_bindings()
        self.run_worker(self._find_alike(), description="find", exclusive=True, group="alike")

    async def _find_alike(self) -> None:
        """Show who is like what was typed so far; an answer that came too late is dropped."""
        typed = self._typed_so_far()
        if typed is None:
            self._show_alike(())
            return
        alike = await self._host.ask(_alike_people, typed)
        if alike is not None and typed == self._typed_so_far():
            self._show_alike(alike)

    def _typed_so_far(self) -> ParticipantDetails | None:
        """What of the form can tell somebody; None when nothing yet can."""
        texts = {key: self._text(key) for key in ("name", "external_id", "phone")}
        if not any(texts.values()):
            return None
        birth = None
        if born := self._text("born"):
            with suppress(InvalidInputError):
                birth = self._understood(born)
        return ParticipantDetails(
            **{**texts, "name": texts["name"] or _NO_NAME},
            born=birth.value if birth else "",
            birth_precision=BirthPrecision(birth.precision.value) if birth else None,
        )

    def _show_alike(self, people: tuple[AlikeParticipant, ...], *, asking: bool = False) -> None:
        self._alike.show(people, asking=asking)
        self.screen.refresh_bindings()

    @property
    def _alike(self) -> AlikeList:
        return self.query_one(AlikeList)

    def _understood(self, text: str) -> Birth:
        return understand_birth(text, today=self._host.workspace.today, day_first=self._host.house.settings.day_first)

    @property
    def _host(self) -> VaultScreen[Any]:
        return cast("VaultScreen[Any]", self.screen)

    def _field(self, key: str) -> Field:
        return self.query_one(f"#add-{key.replace('_', '-')}", Field)

    def _input(self, key: str) -> TextInput:
        return self._field(key).query_one(TextInput)

    def _text(self, key: str) -> str:
        return self._input(key).value.strip()


def say_birth(birth: Birth, today: date) -> str:
    """A birth date back in words, with what was not typed: "2 May 1990, age 36", "born about 1992"."""
    if birth.precision is Precision.ESTIMATED:
        return sentences.born_about(birth.value)
    age = sentences.age(age_words(birth, today))
    if birth.precision is Precision.YEAR:
        return age
    day = date.fromisoformat(birth.value)
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}, {age}"


def _alike_people(workspace: Workspace, details: ParticipantDetails) -> tuple[AlikeParticipant, ...]:
    from peernote_tui.services.sameness import look_alikes

    return look_alikes(workspace, details, limit=_MOST_ALIKE)


def _meant(typed: str) -> str:
    """Tell whether what was looked for is a name, a phone number or an ID."""
    digits = sum(character.isdigit() for character in typed)
    if not digits:
        return "name"
    letters = any(character.isalpha() for character in typed)
    return "phone" if digits >= _PHONE_DIGITS and not letters else "external_id"
