"""What a template says about a note's content: what is shown, what is missing."""

from __future__ import annotations

from peernote_tui.domain.answer_checks import answer_problem, must_problem
from peernote_tui.domain.answered import Answers, answer
from peernote_tui.domain.answers import Asked, understand_answer
from peernote_tui.domain.base import Model
from peernote_tui.domain.note import SESSION_FIELDS, NoteContent, NoteKind
from peernote_tui.domain.template import CORE_KINDS, FieldKind, Template, TemplateField, TemplateSection
from peernote_tui.domain.template_check import depends_on

_PREFILLED = {"place": "", "mode": None}
"""What the program fills in by itself when a note is begun, and what stands there when it is not asked for."""


class Missing(Model):
    """A gap between a draft and its signature, and where to fill it."""

    section: int
    """Index of the section."""
    key: str
    """Key of the field."""
    sentence: str


def is_shown(template: Template, field: TemplateField, content: NoteContent) -> bool:
    """Whether the other answers let a field be asked."""
    return Answers(template, content).shown(field)


def shown_fields(template: Template, section: TemplateSection, content: NoteContent) -> tuple[TemplateField, ...]:
    """The fields of a section that are asked, given the other answers."""
    answers = Answers(template, content)
    return tuple(field for field in section.fields if answers.shown(field))


def is_answered(field: TemplateField, content: NoteContent) -> bool:
    """Whether a field holds an answer that a signature can rest on."""
    if field.kind is FieldKind.SESSION:
        # What did not take place has no end.
        ended = content.end is not None or content.kind is NoteKind.NO_SHOW
        return content.day is not None and content.start is not None and ended
    value = answer(content, field.key)
    if isinstance(value, str):
        return bool(value.strip())
    if field.kind is FieldKind.TAGS:
        return any(str(tag).strip() for tag in value or ())
    if field.kind in (FieldKind.ACTION_REVIEWS, FieldKind.ACTION_ROWS, FieldKind.CHOICES, FieldKind.ROWS):
        return bool(value)
    return value is not None


def missing(template: Template, content: NoteContent, *, may_write: bool) -> tuple[Missing, ...]:
    """Everything that still stands between a draft and its signature, in the order of the form.

    Args:
        template: The version the draft was begun with.
        content: The draft's content.
        may_write: Whether consent is on file; an emergency reason in the content serves instead.
    """
    gaps: list[Missing] = []
    answers = Answers(template, content)
    for index, section in enumerate(template.sections):
        for field in section.fields:
            if not answers.shown(field):
                continue
            sentence = _gap(template, field, content, may_write=may_write) or _misfit(field, content, answers)
            if sentence:
                gaps.append(Missing(section=index, key=field.key, sentence=sentence))
    return tuple(gaps)


def hidden_answers(template: Template, content: NoteContent) -> tuple[TemplateField, ...]:
    """Fields that hold an answer but are not shown any more, because another answer changed."""
    answers = Answers(template, content)
    fields = (field for section in template.sections for field in section.fields)
    return tuple(field for field in fields if not answers.shown(field) and _holds_words(field, content))


def hidden_gap(template: Template, field: TemplateField) -> Missing:
    """What to say of an answer that is not shown any more, and where the answer stands that hides it."""
    keys = depends_on(field)
    if keys == {"kind"}:
        sentence = f"“{field.label}” holds words that this kind of contact does not show. Change the kind to see them."
        return Missing(section=0, key="kind", sentence=sentence)
    places = [(number, one.key) for number, section in enumerate(template.sections) for one in section.fields]
    section, key = next(((number, key) for number, key in places if key in keys), (0, field.key))
    sentence = f"“{field.label}” holds an answer that another one hides now. Change that one to see it, or take it out."
    return Missing(section=section, key=key, sentence=sentence)


def as_signed(template: Template, content: NoteContent) -> NoteContent:
    """The content as a signature freezes it.

    Place and mode go where the form does not ask for them, and so does a hidden yes or no that the template let stand,
    for they were filled in by the program; what computed fields give is written down.
    """
    answers = Answers(template, content)
    fields = [field for section in template.sections for field in section.fields]
    hidden = {
        field.key: _PREFILLED[field.key] for field in fields if field.key in _PREFILLED and not answers.shown(field)
    }
    given = {field.key: answers.computed(field) for field in fields if field.kind is FieldKind.COMPUTED}
    computed = {key: value for key, value in given.items() if value is not None}
    unasked = {field.key for field in fields if not answers.shown(field)}
    asked = {key: value for key, value in content.custom.items() if key not in unasked}
    return content.model_copy(update={**hidden, "custom": {**asked, **computed}})


def begun_content(template: Template, content: NoteContent, asked: Asked) -> NoteContent:
    """The content that a note begins with, and what the template lets stand there by itself.

    Args:
        template: The form.
        content: What is known without it: day and time, last place, last mode.
        asked: When and where the note is begun.
    """
    fields = [field for section in template.sections for field in section.fields]
    given = {
        field.key: understand_answer(field, field.default, asked)
        for field in fields
        if field.default and not field.retired
    }
    core = {key: given.pop(key) for key in list(given) if key in NoteContent.model_fields}
    kind = {"kind": template.kind} if template.kind else {}
    still_asked = {field.key for field in fields if not field.retired}
    unasked = {key: empty for key, empty in _PREFILLED.items() if key not in still_asked}
    return NoteContent.model_validate({**content.model_dump(), **unasked, **kind, **core, "custom": given})


def _holds_words(field: TemplateField, content: NoteContent) -> bool:
    # Place and mode are prefilled, so that their presence says nothing about what a person wrote.
    if field.key in SESSION_FIELDS:
        return False
    # Of a yes or no that stood there by itself nobody can say whether a person meant it.
    if field.kind is FieldKind.YES_NO and (field.key in NoteContent.model_fields or field.default):
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


def _misfit(field: TemplateField, content: NoteContent, answers: Answers) -> str:
    """What is wrong with an answer to a template's own field: its kind, its pattern, its own rule."""
    if field.key in NoteContent.model_fields or field.kind in CORE_KINDS:
        return ""
    problem = answer_problem(field, content.custom.get(field.key))
    return problem or must_problem(field, answers, today=answers.today)
