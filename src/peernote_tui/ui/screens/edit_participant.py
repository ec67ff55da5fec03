"""Changing a participant's page: every field of it in one form, by keyboard; nothing typed is lost."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar, Self

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from peernote_tui.domain.answers import Asked
from peernote_tui.domain.dates import Birth, understand_birth
from peernote_tui.domain.errors import InvalidInputError, PeerNoteError, RefusedError
from peernote_tui.domain.names import clean_name
from peernote_tui.domain.page_fields import answerable, entry_problems
from peernote_tui.domain.participant import BirthPrecision, Participant, ParticipantChange
from peernote_tui.domain.template import Template
from peernote_tui.services.half_typed import keep_typed, save_typed, typed_before
from peernote_tui.services.page_fields import labels_by_key, page_template
from peernote_tui.services.participants import get_participant
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.add_participant import say_birth
from peernote_tui.ui.screens.edit_fields import (
    LISTED,
    FormState,
    build_control,
    details_of,
    entries_of,
    load_control,
    state_of,
    stored_state,
    with_left_behind,
)
from peernote_tui.ui.screens.page_answers import PREFIX, AnswerField, answer_fault, answer_fields, load_answer
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.action_rows import ActionRows
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.form import Form
from peernote_tui.ui.widgets.scale_field import ScaleField
from peernote_tui.ui.widgets.tag_field import TagField
from peernote_tui.ui.widgets.text_input import TextInput

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp

PAUSE_SECONDS = 0.6
"""From the first unkept key until what is typed is kept in the vault."""
_ASKS_BEFORE = "born"
"""The field that those of an agency's template stand before."""
_WIDTHS = {"pronouns": 24, "born": 24, "external_id": 24, "phone": 24}


_Changed = Input.Changed | ChoiceField.Changed | ScaleField.Changed | TagField.Changed | ActionRows.Changed


class EditParticipant(VaultScreen[ParticipantChange]):
    """The form; it closes with the change that was saved, or with None.

    What is typed is kept in the vault while typing and comes back with the form until it is saved or put aside.

    Args:
        person: The page as it is stored.
        typed: What was typed before and not saved, by field.
        template: What gives every page further fields; None without one.
    """

    PLACE = sentences.EDIT_PLACE
    NAME = "edit_participant"
    FIRST_KEYS = ("edit.save", "edit.as_stored")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "save", "Save", id="edit.save", tooltip="Save what was changed on this page."),
        Binding(
            "f8",
            "as_stored",
            "As stored",
            id="edit.as_stored",
            tooltip="Show the page as it is stored; pressed again, what you had typed is back.",
        ),
    ]

    def __init__(self, person: Participant, typed: FormState, template: Template | None = None) -> None:
        super().__init__()
        self.subject = person.id
        """Whom Ctrl+N begins a note for."""
        self._person = person
        self._template = template
        self._asks = answerable(template)
        self._stored = stored_state(person, self._asks)
        # What an older PeerNote kept may know fields that are none any more.
        self._state: FormState = {key: typed.get(key, value) for key, value in self._stored.items()}
        self._kept: FormState = dict(typed)
        self._aside: FormState = {}
        self._turn = asyncio.Lock()
        self._soon = self._saving = False

    @classmethod
    async def load(cls, app: PeerNoteApp, participant_id: str) -> Self:
        """Fetch the page and what was typed on it before.

        Raises:
            NotFoundError: There is no such participant.
        """
        person = await app.gateway.call(get_participant, participant_id)
        template = await app.gateway.call(page_template)
        typed, labels = await app.gateway.call(typed_before, participant_id), await app.gateway.call(labels_by_key)
        return cls(person, with_left_behind(typed, person, answerable(template), labels), template)

    @classmethod
    async def come_back(cls, app: PeerNoteApp, own: dict[str, Any]) -> Self:
        """Open the form again, with what was typed."""
        return await cls.load(app, str(own["participant"]))

    def own_place(self) -> dict[str, Any]:
        """Whose page."""
        return {"participant": self._person.id}

    @property
    def half_typed(self) -> bool:
        """Nothing that only the place would keep: what is typed lies in the vault."""
        return False

    def compose_body(self) -> ComposeResult:
        """Lay out every field under its heading."""
        with Form():
            for key, (label, hint, _example) in sentences.EDIT_FIELDS.items():
                if key == _ASKS_BEFORE and self._template is not None:
                    yield from answer_fields(self._template, self._stored, self._state, self._asked)
                if key in sentences.EDIT_SECTIONS:
                    yield Static(sentences.EDIT_SECTIONS[key], classes="title", markup=False)
                control = build_control(key, self._state)
                yield Field(key, label, control, hint=hint, width=_WIDTHS.get(key, 0))

    def on_mount(self) -> None:
        """Begin with the name, and say what was typed before."""
        self.set_person(self._person.called)
        self._count()
        self._field("name").focus_control()
        self._echo_birth(complain=False)
        self._echo_answers()
        if self.changed:
            self.say(sentences.TYPED_BEFORE)

    @property
    def changed(self) -> FormState:
        """What differs from the stored page, by field."""
        return {key: value for key, value in self._state.items() if value != self._stored[key]}

    async def flush(self) -> None:
        """Keep in the vault what is typed and not kept yet.

        Raises:
            PeerNoteError: It could not be stored.
        """
        async with self._turn:
            while (wanted := self.changed) != self._kept:
                await self.house.gateway.call(keep_typed, self._person.id, wanted)
                self._kept = wanted

    def go_back(self) -> None:
        """Step back to the page; what is typed is kept for the next time."""
        self.run_worker(self._leave(), description="leave form", exclusive=True, group="leave")

    def action_save(self) -> None:
        """Save what was changed."""
        if not self._saving:
            self.run_worker(self._save(), description="save page", group="save")

    def action_as_stored(self) -> None:
        """Put aside what is typed, or bring it back."""
        if changed := self.changed:
            self._aside, said = changed, sentences.PUT_ASIDE
            self._state = dict(self._stored)
        elif self._aside:
            self._state, said = {**self._stored, **self._aside}, sentences.BROUGHT_BACK
        else:
            self.say(sentences.NOTHING_PUT_ASIDE)
            return
        for field in self.query(Field):
            if isinstance(field, AnswerField):
                load_answer(field.control, field.source, self._state[field.key], self._asked)
            else:
                load_control(field.control, field.key, self._state)
            field.set_error(None)
        self._echo_birth(complain=False)
        self._echo_phone()
        self._echo_answers()
        self._changed()
        self.say(said)

    @on(Input.Changed)
    @on(ChoiceField.Changed)
    @on(ScaleField.Changed)
    @on(TagField.Changed)
    @on(ActionRows.Changed)
    def _typed(self, event: _Changed) -> None:
        event.stop()
        field = self._around(event.control)
        if field is None:
            return
        field.set_error(None)
        self._take(field)
        if field.key == "born":
            self._echo_birth(complain=False)
        elif field.key == "phone":
            self._echo_phone()
        elif isinstance(field, AnswerField):
            field.echo_words(self._state[field.key], self._asked)
        self._changed()

    @on(Input.Submitted)
    @on(ChoiceField.Submitted)
    @on(ScaleField.Submitted)
    @on(TagField.Submitted)
    @on(ActionRows.Submitted)
    def _entered(self, event: Message) -> None:
        event.stop()
        self.focus_next()

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        if event.input is self._field("born").control:
            self._echo_birth(complain=True)
        elif event.input is self._field("name").control:
            self._name_is_fine()
        elif isinstance(field := self._around(event.input), AnswerField) and field.key in self.changed:
            field.set_error(answer_fault(field.source, self._state[field.key], self._asked) or field.error)

    @on(TextInput.Cut)
    def _tell_cut(self, event: TextInput.Cut) -> None:
        self.say(sentences.cut_paste(event.limit), tone="warning")

    async def _leave(self) -> None:
        if not await self.stores_before_leaving():
            return
        if self.changed:
            self.house.announce(sentences.TYPED_KEPT, tone="muted")
        self.dismiss(None)

    async def _save(self) -> None:
        birth = self._checked()
        if birth is None:
            return
        self._saving = True
        try:
            async with self._turn:
                details = details_of(self._person, self._state, *birth, self._asks)
                order = self.house.settings.day_first
                change = await self.house.gateway.call(save_typed, self._person.id, details, day_first=order)
                self._kept = self.changed
        except PeerNoteError as error:
            self._refused(error)
            return
        finally:
            self._saving = False
        self._stored = dict(self._state)
        self._kept = {}
        said = sentences.page_saved(change.fields) if change else sentences.NOTHING_CHANGED
        self.house.announce(said, tone="success" if change else "muted")
        self.dismiss(change)

    def _checked(self) -> tuple[str, BirthPrecision | None] | None:
        """The birth date as it is understood, when everything can be saved; None after saying what cannot."""
        wrong: list[str] = []
        if not self._name_is_fine():
            wrong.append("name")
        for key in LISTED:
            field = self._field(key)
            rows = field.control
            if isinstance(rows, ActionRows) and (why := rows.enter()):
                field.set_error(why)
                wrong.append(key)
            self._take(field)
        birth = self._echo_birth(complain=True)
        if self._field("born").error:
            wrong.append("born")
        entries = entries_of(self._person, self._state, self._asks)
        for key, sentence in entry_problems(self._asks, entries, self._person.custom, self._asked).items():
            wrong.append(key if key == "custom" else PREFIX + key)
            self._field(wrong[-1]).set_error(sentence)
        if wrong:
            first = next(field for field in self.query(Field) if field.key in wrong)
            first.focus_control()
            return None
        return (birth.value, BirthPrecision(birth.precision.value)) if birth else ("", None)

    def _name_is_fine(self) -> bool:
        try:
            clean_name(self._state["name"])
        except InvalidInputError as error:
            self._field("name").set_error(str(error))
            return False
        return True

    def _refused(self, error: PeerNoteError) -> None:
        # Beside the name, the only thing a rule refuses here is an ID that somebody has already.
        key = "external_id" if isinstance(error, RefusedError) else getattr(error, "field", "")
        if key in sentences.EDIT_FIELDS:
            self._field(key).set_error(str(error))
            self._field(key).focus_control()
        else:
            self.say(str(error), tone="error")

    def _echo_birth(self, *, complain: bool) -> Birth | None:
        field, text = self._field("born"), self._state["born"].strip()
        birth = None
        if text:
            try:
                birth = understand_birth(text, today=self.workspace.today, day_first=self.house.settings.day_first)
            except InvalidInputError as error:
                if complain and text != self._stored["born"]:
                    field.set_error(str(error))
        if birth is not None or not text:
            field.set_error(None)
        field.set_echo(say_birth(birth, self.workspace.today) if birth else None)
        return birth

    def _echo_phone(self) -> None:
        another = self._state["phone"].strip() not in ("", self._stored["phone"])
        self._field("phone").set_echo(sentences.NEW_NUMBER if another and self._stored["phone"] else None)

    def _echo_answers(self) -> None:
        for field in self.query(AnswerField):
            field.echo_words(self._state[field.key], self._asked)

    @property
    def _asked(self) -> Asked:
        return Asked(self.workspace.local_now, self.house.settings.day_first)

    def _take(self, field: Field) -> None:
        words = field.words if isinstance(field, AnswerField) else state_of(field.control, field.key)
        self._state[field.key] = words

    def _changed(self) -> None:
        self._count()
        if not self._soon:
            self._soon = True
            self.set_timer(PAUSE_SECONDS, self._keep_now)

    def _keep_now(self) -> None:
        self._soon = False
        self.run_worker(self._keep_typed(), description="keep what is typed", group="keep")

    async def _keep_typed(self) -> None:
        try:
            await self.flush()
        except PeerNoteError as error:
            self.say(str(error), tone="error")

    def _count(self) -> None:
        self.set_status(sentences.edits_waiting(len(self.changed)))

    @staticmethod
    def _around(control: Widget) -> Field | None:
        return next((node for node in control.ancestors if isinstance(node, Field)), None)

    def _field(self, key: str) -> Field:
        return self.query_one(f"#field-{key}", Field)
