"""What a template says about a note's content: what is shown, what is missing."""

from __future__ import annotations

from typing import Any

from peernote_tui.domain.base import Model
from peernote_tui.domain.note import SESSION_FIELDS, NoteContent
from peernote_tui.domain.template import FieldKind, Template, TemplateField, TemplateSection


class Missing(Model):
    """A gap between a draft and its signature, and where to fill it."""

    section: int
    """Index of the section."""
    key: str
    """Key of the field."""
    sentence: str


def answer(content: NoteContent, key: str) -> Any:
    """The answer to a field: a core field of the content, or a custom answer; None when there is neither."""
    if key in NoteContent.model_fields:
        return getattr(content, key)
    return content.custom.get(key)


def is_shown(field: TemplateField, content: NoteContent) -> bool:
    """Whether the other answers let a field be asked."""
    if any(_text(content, key) not in values for key, values in field.show_if.items()):
        return False
    return not any(_text(content, key) in values for key, values in field.hide_if.items())


def shown_fields(section: TemplateSection, content: NoteContent) -> tuple[TemplateField, ...]:
    """The fields of a section that are asked, given the other answers."""
    return tuple(field for field in section.fields if is_shown(field, content))


def is_answered(field: TemplateField, content: NoteContent) -> bool:
    """Whether a field holds an answer that a signature can rest on."""
    if field.kind is FieldKind.SESSION:
        return content.day is not None and content.start is not None and content.end is not None
    value = answer(content, field.key)
    if isinstance(value, str):
        return bool(value.strip())
    if field.kind is FieldKind.TAGS:
        return any(str(tag).strip() for tag in value or ())
    if field.kind in (FieldKind.SCALE, FieldKind.YES_NO):
        return value is not None
    return bool(value)


def missing(template: Template, content: NoteContent, *, may_write: bool) -> tuple[Missing, ...]:
    """Everything that still stands between a draft and its signature, in the order of the form.

    Args:
        template: The version the draft was begun with.
        content: The draft's content.
        may_write: Whether consent is on file; an emergency reason in the content serves instead.
    """
    gaps: list[Missing] = []
    for index, section in enumerate(template.sections):
        for field in shown_fields(section, content):
            sentence = _gap(template, field, content, may_write=may_write)
            if sentence:
                gaps.append(Missing(section=index, key=field.key, sentence=sentence))
    return tuple(gaps)


def hidden_answers(template: Template, content: NoteContent) -> tuple[TemplateField, ...]:
    """Fields that hold an answer but are not shown any more, because another answer changed."""
    fields = (field for section in template.sections for field in section.fields)
    return tuple(field for field in fields if not is_shown(field, content) and _holds_words(field, content))


def without_hidden_prefills(template: Template, content: NoteContent) -> NoteContent:
    """The content without place and mode where the form does not ask for them: they were filled in by the program."""
    hidden = {
        field.key
        for section in template.sections
        for field in section.fields
        if field.key in ("place", "mode") and not is_shown(field, content)
    }
    cleared = {"place": "", "mode": None}
    return content.model_copy(update={key: cleared[key] for key in hidden}) if hidden else content


def _holds_words(field: TemplateField, content: NoteContent) -> bool:
    # Place and mode are prefilled, so that their presence says nothing about what a person wrote.
    if field.key in SESSION_FIELDS or field.kind is FieldKind.YES_NO:
        return False
    return is_answered(field, content)


def _gap(template: Template, field: TemplateField, content: NoteContent, *, may_write: bool) -> str:
    if field.kind is FieldKind.CONSENT:
        allowed = may_write or content.emergency_reason.strip()
        return "" if allowed else field.missing or field.label
    if not field.required or is_answered(field, content):
        return ""
    others = (template.field(key) for key in field.alternatives)
    if any(other is not None and is_answered(other, content) for other in others):
        return ""
    if field.kind is FieldKind.SESSION:
        return _session_gap(content)
    return field.missing or f"{field.label} is missing."


def _session_gap(content: NoteContent) -> str:
    if content.day is None:
        return "The day and time of the contact are missing."
    if content.start is None:
        return "The start time is missing."
    return "The end time is missing."


def _text(content: NoteContent, key: str) -> str:
    value = answer(content, key)
    return "" if value is None else str(value)
