"""The fields that an agency's template gives every participant's page.

An answer lies among the page's entries of an agency's own, under the label of its field, as it would be typed: so it
reads without the template, and stays an entry as any other when the field is renamed or retired.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from peernote_tui.domain.answer_checks import must_problem
from peernote_tui.domain.answers import Asked, answer_text, typed_value, understand_answer
from peernote_tui.domain.base import LINE, clean_line
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.expressions import parse
from peernote_tui.domain.names import fold
from peernote_tui.domain.participant import CustomField
from peernote_tui.domain.template import FieldKind, Template, TemplateField

Entries = tuple[CustomField, ...]


def label_key(label: str) -> str:
    """A label as it is compared: case, accents, spaces and signs at its ends do not count."""
    return " ".join(fold(label).replace("_", " ").strip(" *:?#").split())


def asked_fields(template: Template | None) -> tuple[TemplateField, ...]:
    """The fields of a page in the order of their template, headings among them; none without a template."""
    sections = template.sections if template else ()
    return tuple(field for section in sections for field in section.fields if not field.retired)


def answerable(template: Template | None) -> tuple[TemplateField, ...]:
    """The same without the headings."""
    return tuple(field for field in asked_fields(template) if field.kind is not FieldKind.HEADING)


def entry_of(field: TemplateField, entries: Sequence[CustomField]) -> CustomField | None:
    """The entry that answers a field: the first with its label."""
    if field.kind is FieldKind.HEADING:
        return None
    return next((entry for entry in entries if label_key(entry.label) == label_key(field.label)), None)


def words_of(field: TemplateField, entries: Sequence[CustomField]) -> str:
    """What a page answers to a field, as it would be typed; empty without an answer."""
    entry = entry_of(field, entries)
    return entry.value if entry else ""


def free_entries(fields: Sequence[TemplateField], entries: Entries) -> Entries:
    """The entries that answer no field."""
    taken = {id(entry) for field in fields if (entry := entry_of(field, entries)) is not None}
    return tuple(entry for entry in entries if id(entry) not in taken)


def with_answers(fields: Sequence[TemplateField], answers: Mapping[str, str], free: Entries) -> Entries:
    """The entries of a page: the answers in the order of the fields, then the others.

    Args:
        fields: The fields of the page.
        answers: By key of a field, what is typed there.
        free: Entries that answer no field.
    """
    given = ((field, " ".join(answers.get(field.key, "").split())) for field in fields)
    return (*(CustomField(label=field.label, value=words) for field, words in given if words), *free)


def entry_problems(
    fields: Sequence[TemplateField], entries: Entries, before: Entries, asked: Asked, *, whole: bool = True
) -> dict[str, str]:
    """What keeps entries from being stored, in a sentence by key of the field; `custom` where an answer is twice.

    Nothing is wrong with a page whose entries stay as they are: what a later version of the template asks for holds
    nobody back from noting a new phone number.

    Args:
        fields: The fields of the page.
        entries: As they are to be.
        before: As they are stored; an answer that stays is not asked about again.
        asked: When and where they are typed.
        whole: Whether what is required has to be there.
    """
    if entries == before:
        return {}
    found: dict[str, str] = {}
    values: dict[str, Any] = {}
    for field in fields:
        words = words_of(field, entries)
        try:
            values[field.key] = typed_value(field, _read(field, words, asked))
        except InvalidInputError as error:
            if words != words_of(field, before):
                found[field.key] = str(error)
            values[field.key] = None
        if whole and field.required and not words:
            found[field.key] = field.missing or f"“{field.label}” is needed."
    changed = {field.key for field in fields if words_of(field, entries) != words_of(field, before)}
    for field in fields:
        concerned = {field.key} | {answer.key for answer in parse(field.must).answers} if field.must else set()
        if concerned & changed and (problem := must_problem(field, values, today=asked.now.date())):
            found.setdefault(field.key, problem)
    labels = {label_key(field.label) for field in fields if field.kind is not FieldKind.HEADING}
    twice = [entry for entry in free_entries(fields, entries) if label_key(entry.label) in labels]
    if any(entry not in before for entry in twice):
        found["custom"] = f"“{twice[-1].label}” is a field of its own and is answered already. Change it there."
    return found


def settled_entries(
    fields: Sequence[TemplateField], entries: Entries, before: Entries, asked: Asked, *, whole: bool = True
) -> Entries:
    """The entries of a page as they are stored: what was typed for a field under its label, and as it is understood.

    Raises:
        InvalidInputError: One does not fit; `field` is the key, and the sentence never quotes what was typed.
    """
    if entries == before:
        return before
    labels = {field.key: f"“{field.label}”" for field in fields}
    for key, sentence in entry_problems(fields, entries, before, asked, whole=whole).items():
        where = labels.get(key, "")
        raise InvalidInputError(sentence if where in sentence else f"{where}: {sentence}", field=key)
    settled = {}
    for field in fields:
        entry = entry_of(field, entries)
        if entry is not None and entry not in before:
            words = clean_line(answer_text(field, _read(field, entry.value, asked)), field=field.key)
            settled[id(entry)] = CustomField(label=field.label, value=words)
    return tuple(settled.get(id(entry), entry) for entry in entries)


def _read(field: TemplateField, words: str, asked: Asked) -> Any:
    if len(words) > LINE:
        raise InvalidInputError(f"This line is longer than {LINE} characters.", "Use fewer words.", field=field.key)
    return understand_answer(field, words, asked)
