"""Between a template's field and a control: building it from a draft, and reading it back."""

from __future__ import annotations

from typing import Any

from textual.widget import Widget

from peernote_tui.domain.answered import answer
from peernote_tui.domain.answers import choice_digits, scale_ends
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.names import fold
from peernote_tui.domain.note import Mode, NoteContent, NoteKind
from peernote_tui.domain.template import FieldKind, TemplateField
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.note_wizard import agreeing, moments, own_fields
from peernote_tui.ui.screens.note_wizard.facts import Facts, answered, with_typed
from peernote_tui.ui.widgets.action_reviews import ActionReviews
from peernote_tui.ui.widgets.action_rows import ActionRows
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.note_area import NoteArea
from peernote_tui.ui.widgets.scale_field import ScaleField
from peernote_tui.ui.widgets.tag_field import TagField
from peernote_tui.ui.widgets.text_input import TextInput

LINE = own_fields.LINE


def build(field: TemplateField, draft: Draft, facts: Facts) -> Widget:
    """The control that takes the answer to a field, filled from the draft."""
    value = answer(draft.content, field.key)
    if own := own_fields.build(field, draft, facts):
        return own
    match field.kind:
        case FieldKind.LONG_TEXT | FieldKind.OWN_WORDS:
            area = NoteArea(str(value or ""))
            # Who comes back to a draft goes on where the words end.
            area.move_cursor(area.document.end)
            return area
        case FieldKind.CHOICE | FieldKind.YES_NO:
            return _choice(field, value)
        case FieldKind.TAGS:
            used = facts.used_tags.get(field.key, ())
            return TagField(
                [*used, *field.suggestions], tags=value or (), typed=draft.typed.get(field.key, ""), fold=fold
            )
        case FieldKind.SCALE:
            return ScaleField(field.low, field.high, value=value, ends=scale_ends(field))
        case FieldKind.SESSION:
            return TextInput(moments.session_text(draft, field.key, facts), max_length=120, select_on_focus=True)
        case FieldKind.NEXT_CONTACT:
            return TextInput(moments.moment_text(draft, field.key), max_length=120, select_on_focus=True)
        case FieldKind.ACTION_REVIEWS:
            return agreeing.build_reviews(draft, facts)
        case FieldKind.ACTION_ROWS:
            return agreeing.build_rows(field, draft, facts)
        case _:
            return TextInput(str(value or ""), max_length=LINE)


def take(field: TemplateField, control: Widget, draft: Draft, facts: Facts) -> Draft:
    """The draft with what stands in the control now; never loses what is not understood yet."""
    match control:
        case NoteArea():
            return answered(draft, field, control.text)
        case ChoiceField():
            return _take_choice(field, control, draft)
        case TagField() if field.kind is FieldKind.CHOICES:
            return own_fields.take_choices(field, control, draft)
        case TagField():
            return with_typed(answered(draft, field, control.tags), field.key, control.typed)
        case ScaleField():
            return answered(draft, field, control.value)
        case ActionReviews():
            return agreeing.take_reviews(field, control, draft, facts)
        case ActionRows() if field.kind is FieldKind.ROWS:
            return own_fields.take_rows(field, control, draft)
        case ActionRows():
            return agreeing.take_rows(field, control, draft)
        case TextInput():
            return _take_line(field, control.value, draft, facts)
    return draft


def fault(field: TemplateField, control: Widget, facts: Facts) -> str:
    """What is wrong with what stands in the control, in a sentence; said when it is left."""
    if not isinstance(control, TextInput):
        return ""
    if own_fields.is_line(field):
        return own_fields.line_fault(field, control.value, facts)
    return moments.fault(field, control.value, facts)


def echo(field: TemplateField, draft: Draft, facts: Facts) -> str:
    """What was understood, said back in words; empty where nothing needs saying."""
    return own_fields.echo_line(field, draft, facts) if own_fields.is_line(field) else moments.echo(field, draft, facts)


def _take_line(field: TemplateField, text: str, draft: Draft, facts: Facts) -> Draft:
    if own_fields.is_line(field):
        return own_fields.take_line(field, text, draft, facts)
    if field.kind is FieldKind.SESSION:
        return moments.take_session(field, text, draft, facts)
    if field.kind is FieldKind.NEXT_CONTACT:
        return moments.take_moment(field, text, draft, facts)
    return answered(draft, field, text)


def _take_choice(field: TemplateField, control: ChoiceField, draft: Draft) -> Draft:
    chosen = control.value
    if field.kind is FieldKind.YES_NO:
        # Whether a note was written together is yes or not said; a template's own question knows no, too.
        return answered(draft, field, chosen == "yes" if chosen or not is_own(field) else None)
    if field.key == "mode":
        return answered(draft, field, Mode(chosen) if chosen else None)
    if field.key == "kind":
        # A note always has a kind, because the form follows it.
        if chosen is None:
            control.load(draft.content.kind.value)
        return answered(draft, field, NoteKind(chosen or draft.content.kind))
    return answered(draft, field, chosen)


def is_own(field: TemplateField) -> bool:
    """Whether a field is a template's own, and not one that every note has."""
    return field.key not in NoteContent.model_fields


def _choice(field: TemplateField, value: Any) -> ChoiceField:
    if field.kind is FieldKind.CHOICE:
        pairs = [(choice.value, choice.label) for choice in field.choices]
        return ChoiceField(pairs, value=value, digits=choice_digits(field))
    said = "yes" if value else "no" if value is False and is_own(field) else None
    return ChoiceField(sentences.YES_NO, value=said)
