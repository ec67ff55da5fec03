"""The fields that only a template asks: one line each, several choices, rows; and what is only told."""

from __future__ import annotations

from typing import Any

from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Static

from peernote_tui.domain.answer_rows import row_example, row_line, row_words, understand_row
from peernote_tui.domain.answered import Answers, answer
from peernote_tui.domain.answers import Asked, answer_text, answer_words, referred, scale_ends, understand_answer
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.names import fold
from peernote_tui.domain.note import NoteContent
from peernote_tui.domain.references import reference
from peernote_tui.domain.template import CORE_KINDS, FieldKind, TemplateField
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.referring import PeopleSuggester
from peernote_tui.ui.screens.note_wizard.facts import Facts, answered, with_typed
from peernote_tui.ui.widgets.action_rows import ActionRow, ActionRows
from peernote_tui.ui.widgets.scale_field import TOP
from peernote_tui.ui.widgets.tag_field import TagField
from peernote_tui.ui.widgets.text_input import TextInput

LINE = 2_000
TOLD = frozenset({FieldKind.HEADING, FieldKind.COMPUTED})
"""Kinds that ask nothing."""
_ELSEWHERE = CORE_KINDS | TOLD | {FieldKind.LONG_TEXT, FieldKind.OWN_WORDS, FieldKind.CHOICE, FieldKind.YES_NO,
                                  FieldKind.TAGS, FieldKind.CHOICES, FieldKind.ROWS}  # fmt: skip


class Told(Static):
    """A heading, or what was computed from the other answers."""

    def __init__(self, source: TemplateField) -> None:
        super().__init__("", classes="step--told", markup=False)
        self.source = source

    def tell(self, answers: Answers) -> None:
        """Say it anew, or nothing while it is not shown or gives nothing."""
        field = self.source
        if field.kind is FieldKind.HEADING:
            text = Content.assemble(
                safe.content(field.label, "bold $secondary"),
                safe.content(f"\n{field.hint}" if field.hint else "", "$muted"),
            )
        else:
            words = answer_words(field, answers.computed(field)) or "–"
            text = Content.assemble(safe.content(f"{field.label}  ", "$muted"), safe.content(words, "$secondary"))
        self.update(text)
        self.display = answers.shown(field)


def is_line(field: TemplateField) -> bool:
    """Whether a field of a template's own is answered in one line, whatever it means."""
    if field.key in NoteContent.model_fields or field.kind in _ELSEWHERE:
        return False
    return field.kind is not FieldKind.SCALE or not fits_scale(field)


def fits_scale(field: TemplateField) -> bool:
    """Whether the numbers of a scale are few enough to be shown."""
    least, most = scale_ends(field)
    return 0 <= least < most <= TOP


def build(field: TemplateField, draft: Draft, facts: Facts) -> Widget | None:
    """The control of a field that only templates ask; None for every other."""
    if is_line(field):
        return build_line(field, draft, facts)
    if field.kind is FieldKind.CHOICES:
        return build_choices(field, draft)
    return build_rows(field, draft, facts) if field.kind is FieldKind.ROWS else None


def build_line(field: TemplateField, draft: Draft, facts: Facts) -> TextInput:
    """The box for an answer in one line."""
    box = TextInput(
        line_text(field, draft, facts),
        max_length=LINE,
        placeholder=field.example,
        select_on_focus=bool(field.default),
    )
    if field.kind is FieldKind.STAFF:
        box.suggester = SuggestFromList(facts.staff, case_sensitive=False)
    elif field.kind is FieldKind.PARTICIPANT:
        box.suggester = PeopleSuggester(facts.people, facts.participant.id)
    return box


def line_text(field: TemplateField, draft: Draft, facts: Facts) -> str:
    """What stands in the box of a line: as typed, or the answer; a participant as far as names may be seen."""
    held = answer(draft.content, field.key)
    who = referred(held) if field.kind is FieldKind.PARTICIPANT else ""
    return draft.typed.get(field.key) or (facts.people.words(who) if who else answer_text(field, held))


def take_line(field: TemplateField, text: str, draft: Draft, facts: Facts) -> Draft:
    """The draft with what a line means, or with the line kept as not understood."""
    if field.kind is FieldKind.PARTICIPANT and text:
        held = referred(answer(draft.content, field.key))
        who = held if held and text == facts.people.words(held) else facts.people.meant(text)
        if who:
            return with_typed(answered(draft, field, reference(who)), field.key, "")
    try:
        return with_typed(answered(draft, field, understand_answer(field, text, _asked(facts))), field.key, "")
    except InvalidInputError:
        return with_typed(answered(draft, field, None), field.key, text)


def line_fault(field: TemplateField, text: str, facts: Facts) -> str:
    """Why a line is not understood, in a sentence; empty when it is."""
    try:
        understand_answer(field, text, _asked(facts))
    except InvalidInputError as error:
        return str(error)
    return ""


def echo_line(field: TemplateField, draft: Draft, facts: Facts) -> str:
    """What was understood of a line, where it reads another way than it was typed."""
    if draft.typed.get(field.key):
        return ""
    value = answer(draft.content, field.key)
    if field.kind is FieldKind.PARTICIPANT and referred(value):
        return sentences.NAME_STAYS_OUT
    words = answer_words(field, value, today=facts.today)
    return "" if words == answer_text(field, value) else words


def build_choices(field: TemplateField, draft: Draft) -> TagField:
    """The control for several of the choices."""
    labels = {choice.value: choice.label for choice in field.choices}
    chosen = [labels[value] for value in answer(draft.content, field.key) or () if value in labels]
    return TagField(list(labels.values()), tags=chosen, typed=draft.typed.get(field.key, ""), fold=fold, longest=LINE)


def take_choices(field: TemplateField, control: TagField, draft: Draft) -> Draft:
    """The draft with the choices; what is none of them is kept as not understood."""
    values = {fold(choice.label): choice.value for choice in field.choices}
    known = [values[fold(tag)] for tag in control.tags if fold(tag) in values]
    strange = [tag for tag in control.tags if fold(tag) not in values]
    return with_typed(
        answered(draft, field, known or None), field.key, ", ".join([*strange, control.typed]).strip(", ")
    )


def build_rows(field: TemplateField, draft: Draft, facts: Facts) -> ActionRows:
    """The control for repeating rows: one line each, a semicolon between two answers."""
    return ActionRows(
        lambda text: _read_row(field, text, facts),
        lambda text: _echo_row(field, text, facts),
        rows=[_row(field, row) for row in answer(draft.content, field.key) or ()],
        typed=draft.typed.get(field.key, ""),
        example=row_example(field),
        longest=LINE,
    )


def take_rows(field: TemplateField, control: ActionRows, draft: Draft) -> Draft:
    """The draft with the rows; a line without Enter is kept as typed."""
    rows = [row.meaning for row in control.rows]
    return with_typed(answered(draft, field, rows or None), field.key, control.typed)


def _read_row(field: TemplateField, text: str, facts: Facts) -> ActionRow:
    try:
        return _row(field, understand_row(field, text, _asked(facts)))
    except InvalidInputError as error:
        raise ValueError(str(error)) from None


def _echo_row(field: TemplateField, text: str, facts: Facts) -> str:
    if not text.strip():
        return ""
    try:
        return row_words(field, understand_row(field, text, _asked(facts)))
    except InvalidInputError as error:
        return str(error)


def _row(field: TemplateField, row: dict[str, Any]) -> ActionRow:
    return ActionRow(id="", text=row_words(field, row), who="", due="", line=row_line(field, row), meaning=row)


def _asked(facts: Facts) -> Asked:
    return Asked(facts.now(), facts.day_first)
