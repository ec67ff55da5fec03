"""The fields of a participant's page as a form: their controls, what stands in them, and the page it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from textual import events
from textual.content import Content
from textual.widget import Widget

from peernote_tui.domain.base import LINE, NAME, Model, clean_line
from peernote_tui.domain.dates.words import MONTH_NAMES
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.page_fields import Entries, free_entries, with_answers, words_of
from peernote_tui.domain.page_lines import (
    parse_contact,
    parse_custom,
    parse_other_id,
    parse_person,
    say_contact,
    say_custom,
    say_other_id,
    say_person,
)
from peernote_tui.domain.participant import (
    BirthPrecision,
    Contact,
    ContactKind,
    CustomField,
    OtherId,
    Participant,
    ParticipantDetails,
    PersonAround,
)
from peernote_tui.domain.template import TemplateField
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.reaching import safety_short
from peernote_tui.ui.screens.page_answers import PREFIX
from peernote_tui.ui.widgets.action_rows import ActionList, ActionRow, ActionRows
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.text_input import TextInput

FormState = dict[str, Any]
"""What stands in each field, in terms of JSON: a text, the key of a choice, or rows with the half-typed line."""

_BIRTH = 60
_BAR = 2
TEXTS = {
    "name": NAME,
    "pronouns": NAME,
    "phone": NAME,
    "about": LINE,
    "born": _BIRTH,
    "external_id": NAME,
    "legal_name": NAME,
}
"""Fields of one text, with the most characters each holds."""
SAFETY = ("call", "voicemail", "text")
CHOICES = {**dict.fromkeys(SAFETY, sentences.SAFE_CHOICES), "part2": sentences.PART2_CHOICES}


@dataclass(frozen=True)
class Listed:
    """How one kind of entry is typed, kept and shown.

    Attributes:
        read: Understands a line; raises `InvalidInputError`.
        say: The line that would enter it again.
        told: What its row says, the first thing first.
        model: Its model; None for plain text.
    """

    read: Callable[[str], Any]
    say: Callable[[Any], str]
    told: Callable[[Any], tuple[str, ...]]
    model: type[Model] | None = None

    def row(self, item: Any) -> ActionRow:
        """The row of an entry."""
        return ActionRow(id="", text=self._words(item), who="", due="", line=self.say(item), meaning=item)

    def read_row(self, line: str) -> ActionRow:
        """Understand a line; what is wrong with it is a `ValueError`, as rows want it."""
        try:
            return self.row(self.read(line))
        except InvalidInputError as error:
            raise ValueError(str(error)) from None

    def echo(self, line: str) -> str:
        """Say back what a line is understood as; of plain text there is nothing to say."""
        if self.model is None or not line.strip():
            return ""
        try:
            return self._words(self.read(line))
        except InvalidInputError as error:
            return str(error)

    def _words(self, item: Any) -> str:
        return " · ".join(part for part in self.told(item) if part)

    def kept(self, item: Any) -> Any:
        """An entry in terms of JSON."""
        return item.model_dump(mode="json") if isinstance(item, Model) else item

    def known(self, value: Any) -> Any:
        """An entry from terms of JSON."""
        return self.model.model_validate(value) if self.model else str(value)


def _plain(longest: int) -> Listed:
    return Listed(lambda text: clean_line(text, field="", longest=longest), str, lambda text: (text,))


def _contact_told(item: Contact) -> tuple[str, ...]:
    # What is safe is read before the number.
    phone = item.kind is ContactKind.PHONE
    told = safety_short(item.safety) if phone else item.kind.value
    return told, item.value, item.label, item.remark


def _person_told(item: PersonAround) -> tuple[str, ...]:
    emergency = sentences.IN_AN_EMERGENCY if item.emergency else ""
    return emergency, item.name, item.relation, item.phone, item.remark


LISTED: Mapping[str, Listed] = {
    "aliases": _plain(NAME),
    "contacts": Listed(parse_contact, say_contact, _contact_told, Contact),
    "people": Listed(parse_person, say_person, _person_told, PersonAround),
    "goals": _plain(LINE),
    "strengths": _plain(LINE),
    "languages": _plain(NAME),
    "other_ids": Listed(parse_other_id, say_other_id, lambda item: (item.label, item.value), OtherId),
    "custom": Listed(parse_custom, say_custom, lambda item: (f"{item.label}: {item.value}",), CustomField),
}


class EntryList(ActionList):
    """Entries, whole: a long one goes on in the next line."""

    def lines(self, width: int) -> list[Content]:
        """Draw each entry with a sign before it."""
        drawn = []
        for place, row in enumerate(self.rows):
            here = self.has_focus and place == self.at
            bar = ("▌ ", "$primary") if here else ("○ ", "$muted")
            first, *rest = safe.content(row.text, "bold" if here else "").wrap(max(1, width - _BAR))
            drawn.append(Content.assemble(bar, first))
            drawn += [Content.assemble(" " * _BAR, more) for more in rest]
        return drawn


class EntryRows(ActionRows):
    """Entries of a participant's page, one a line."""

    HELP_TEXT = sentences.ROWS_HELP
    LIST = EntryList


class CoveredInput(TextInput):
    """A text that is covered as long as focus is elsewhere."""

    def on_mount(self) -> None:
        """Begin covered."""
        self.password = not self.has_focus

    def on_focus(self, _event: events.Focus) -> None:
        """Show it to whoever went there."""
        self.password = False

    def on_blur(self, _event: events.Blur) -> None:
        """Cover it again."""
        self.password = True


def stored_state(person: Participant, asks: Sequence[TemplateField] = ()) -> FormState:
    """What stands in the form when nothing was typed.

    Args:
        person: The page as it is stored.
        asks: The fields that a template gives every page.
    """
    state: FormState = {key: getattr(person, key) for key in TEXTS}
    state["born"] = birth_typed(person)
    state |= {key: getattr(person.phone_safety, key).value for key in SAFETY}
    state["part2"] = person.part2.value
    for key, kind in LISTED.items():
        items = free_entries(asks, person.custom) if key == "custom" else getattr(person, key)
        state[key] = {"rows": [kind.kept(item) for item in items], "line": ""}
    state |= {PREFIX + field.key: words_of(field, person.custom) for field in asks}
    return state


def build_control(key: str, state: FormState) -> Widget:
    """The control of a field, with what stands in it."""
    if key in LISTED:
        kind, value = LISTED[key], state[key]
        return EntryRows(
            kind.read_row,
            kind.echo,
            rows=[kind.row(kind.known(item)) for item in value["rows"]],
            typed=value["line"],
            example=sentences.EDIT_FIELDS[key][2],
            longest=LINE,
        )
    if key in CHOICES:
        return ChoiceField(CHOICES[key], value=state[key])
    kind_of_box = CoveredInput if key == "legal_name" else TextInput
    return kind_of_box(state[key], max_length=TEXTS[key])


def load_control(control: Widget, key: str, state: FormState) -> None:
    """Put another state into a control, without a message."""
    if isinstance(control, ActionRows):
        kind, value = LISTED[key], state[key]
        control.load([kind.row(kind.known(item)) for item in value["rows"]], value["line"])
    elif isinstance(control, ChoiceField):
        control.load(state[key])
        control.refresh(layout=True)
    elif isinstance(control, TextInput):
        control.load(state[key])


def state_of(control: Widget, key: str) -> Any:
    """What stands in a control."""
    if isinstance(control, ActionRows):
        kind = LISTED[key]
        return {"rows": [kind.kept(row.meaning) for row in control.rows], "line": control.typed}
    if isinstance(control, ChoiceField):
        # No answer is "not asked yet", or "not reviewed".
        return control.value or CHOICES[key][-1][0]
    return cast("TextInput", control).value


def with_left_behind(
    typed: FormState, person: Participant, asks: Sequence[TemplateField], labels: Mapping[str, str]
) -> FormState:
    """What was typed before, where an answer to a field that is asked no more becomes an entry of its own.

    Args:
        typed: By field, as it was kept.
        person: The page as it is stored.
        asks: The fields that a template gives every page now.
        labels: What fields of templates are called, by key, those that are asked no more among them.
    """
    asked = {field.key for field in asks}
    keys = [key.removeprefix(PREFIX) for key in typed if key.startswith(PREFIX)]
    left = [key for key in keys if key not in asked and key in labels and typed[PREFIX + key]]
    if not left:
        return typed
    custom = typed.get("custom") or stored_state(person, asks)["custom"]
    rows = [*custom["rows"], *({"label": labels[key], "value": typed[PREFIX + key]} for key in left)]
    return {**typed, "custom": {**custom, "rows": rows}}


def entries_of(person: Participant, state: FormState, asks: Sequence[TemplateField]) -> Entries:
    """The entries of an agency's own that a state makes; as they are stored where none was touched."""
    stored = stored_state(person, asks)
    answers = {field.key: state[PREFIX + field.key] for field in asks}
    if state["custom"] == stored["custom"] and all(state[PREFIX + key] == stored[PREFIX + key] for key in answers):
        return person.custom
    free = tuple(CustomField.model_validate(each) for each in state["custom"]["rows"])
    return with_answers(asks, answers, free)


def details_of(
    person: Participant,
    state: FormState,
    born: str,
    precision: BirthPrecision | None,
    asks: Sequence[TemplateField] = (),
) -> ParticipantDetails:
    """The page that a state makes.

    Args:
        person: The page as it is stored; what was not touched stays exactly as it is there.
        state: What stands in the form; no half-typed lines any more.
        born: The birth date as it was understood.
        precision: How well it is known.
        asks: The fields that a template gives every page.
    """
    stored = stored_state(person, asks)
    page = person.model_dump(mode="json", include=set(ParticipantDetails.model_fields))
    for key in (key for key in TEXTS if key != "born" and state[key] != stored[key]):
        page[key] = state[key]
    if state["born"] != stored["born"]:
        page["born"], page["birth_precision"] = born, precision
    page["phone_safety"] = {key: state[key] for key in SAFETY}
    page["part2"] = state["part2"]
    for key in LISTED:
        page[key] = state[key]["rows"]
    page["custom"] = entries_of(person, state, asks)
    return ParticipantDetails.model_validate(page)


def birth_typed(person: Participant) -> str:
    """A birth date as it would be typed: "2 May 1990", "1990", "about 1990"."""
    if not person.born:
        return ""
    if person.birth_precision is BirthPrecision.ESTIMATED:
        return f"about {person.birth_year}"
    if len(person.born) == len("YYYY") or person.birth_precision is BirthPrecision.YEAR:
        return person.birth_year
    day = date.fromisoformat(person.born)
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
