"""What is wrong with a template of the fields of participants' pages, beside what is wrong with any template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime

from peernote_tui.domain.answers import Asked, understand_answer
from peernote_tui.domain.base import NAME
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.expressions import parse
from peernote_tui.domain.note import NoteContent
from peernote_tui.domain.page_fields import label_key
from peernote_tui.domain.template import FieldChoice, FieldKind, Template, TemplateField
from peernote_tui.domain.template_faults import DERIVED, Fault, Place

MOST_PAGE_FIELDS = 60
"""A page holds a hundred entries of an agency's own; some are left for what is asked of one person alone."""
PAGE_KINDS = frozenset(
    {
        FieldKind.TEXT,
        FieldKind.LONG_TEXT,
        FieldKind.OWN_WORDS,
        FieldKind.NUMBER,
        FieldKind.MONEY,
        FieldKind.DATE,
        FieldKind.YES_NO,
        FieldKind.CHOICE,
        FieldKind.CHOICES,
        FieldKind.PHONE,
        FieldKind.TAGS,
        FieldKind.SCALE,
        FieldKind.HEADING,
    }
)
"""What a page can hold in one line."""
_ANY_DAY = Asked(datetime(2026, 1, 5, 12))  # noqa: DTZ001 a wall clock, to read labels by


def page_faults(template: Template) -> Iterator[Fault]:
    """What keeps a template that can be used otherwise from being one of a page."""
    if template.actions:
        yield Fault(
            place=Place(action=0), sentence="A page agrees no actions.", way_out="Take them away; notes can agree them."
        )
    fields = [field for section in template.sections for field in section.fields]
    labels = Counter(label_key(field.label) for field in fields if _is_asked(field))
    if sum(map(_is_asked, fields)) > MOST_PAGE_FIELDS:
        yield Fault(
            place=Place(),
            sentence=f"There are more than {MOST_PAGE_FIELDS} fields, and a page is one form.",
            way_out="Retire those that are no longer needed.",
        )
    for number, section in enumerate(template.sections):
        for index, field in enumerate(section.fields):
            place = Place(section=number, field=index)
            for wrong, entry, what, way_out in _WRONG:
                if wrong(field):
                    yield _fault(field, place, entry, what, way_out)
            if _is_asked(field) and labels[label_key(field.label)] > 1:
                yield _fault(
                    field, place, "label", "is the label of more than one field", "The page tells them by their labels."
                )
            yield from _of_its_choices(field, place)


def _is_asked(field: TemplateField) -> bool:
    return not field.retired and field.kind is not FieldKind.HEADING


def _names_a_contact(field: TemplateField) -> bool:
    try:
        named = {answer.key for answer in parse(field.must).answers} if field.must else set()
    except InvalidInputError:
        return False
    return bool(named & DERIVED)


_ALONE = "Let it be asked of everybody."
_WRONG: tuple[tuple[Callable[[TemplateField], bool], str, str, str], ...] = (
    (
        lambda field: field.kind not in PAGE_KINDS,
        "kind",
        "is of a kind that a page cannot hold",
        f"Such kinds are: {', '.join(kind.value for kind in FieldKind if kind in PAGE_KINDS)}.",
    ),
    (lambda field: field.key in NoteContent.model_fields, "key", "has a key of notes", "Use another key."),
    (
        lambda field: bool(field.label.strip()) and not label_key(field.label),
        "label",
        "has a label of signs alone",
        "Say what it asks.",
    ),
    (lambda field: ":" in field.label, "label", "has a colon, which ends a question on a page", "Leave it out."),
    (lambda field: len(field.label) > NAME, "label", f"is longer than {NAME} characters", "Put some into the hint."),
    (lambda field: bool(field.show_if), "show_if", "depends on others, which no field of a page can", _ALONE),
    (lambda field: bool(field.hide_if), "hide_if", "depends on others, which no field of a page can", _ALONE),
    (lambda field: bool(field.alternatives), "alternatives", "has a stand-in, which no field of a page can", _ALONE),
    (lambda field: bool(field.default), "default", "has a default, and a page is not begun", "Take default away."),
    (
        lambda field: field.private,
        "private",
        "is private, and a page leaves the vault as a whole",
        "Ask it in a note, where it can be private.",
    ),
    (_names_a_contact, "must", "asks for a contact, and a page has none", "Use today() and the fields of this file."),
)
"""What a field of a page cannot be: how it shows, which entry, what to say, and the way out."""


def _of_its_choices(field: TemplateField, place: Place) -> Iterator[Fault]:
    """The page keeps the label of a choice, so that has to be read as the same one again."""
    for choice in field.choices if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES) else ():
        if not _reads_back(field, choice):
            yield _fault(
                field,
                place,
                "choices",
                f"has the choice “{choice.label}”, which can be read as another one",
                "Give each a label of its own, without commas, and digits only in their order.",
            )


def _reads_back(field: TemplateField, choice: FieldChoice) -> bool:
    several = field.kind is FieldKind.CHOICES
    if several and ("," in choice.label or ";" in choice.label):
        return False
    try:
        found = understand_answer(field, choice.label, _ANY_DAY)
    except InvalidInputError:
        return False
    return bool(found == ([choice.value] if several else choice.value))


def _fault(field: TemplateField, place: Place, entry: str, what: str, way_out: str) -> Fault:
    said = field.label.strip() or field.key
    return Fault(place=place.model_copy(update={"entry": entry}), sentence=f"“{said}” {what}.", way_out=way_out)
