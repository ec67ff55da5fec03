"""Answers that mean somebody: another participant by their record, so that their name is not in the note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from peernote_tui.domain.answers import ANOTHER, referred
from peernote_tui.domain.note import NoteContent
from peernote_tui.domain.template import FieldKind, Template, TemplateField

ERASED = "somebody whose record was erased"
NAMES_STAY_OUT = "Other people's names do not belong in a note; a role or initials will do."


def reference(participant_id: str) -> dict[str, str]:
    """The answer that means a participant, as it is stored."""
    return {"participant": participant_id}


def referred_in(template: Template, contents: Iterable[NoteContent]) -> tuple[str, ...]:
    """Ids of the participants that answers mean, each once."""
    found = (referred(value) for content in contents for _, value in _answers(template, content))
    return tuple(dict.fromkeys(each for each in found if each))


def with_words(template: Template, content: NoteContent, words: Mapping[str, str]) -> NoteContent:
    """What a note holds, to be laid out: with words in the place of who is meant.

    Args:
        template: The version it was begun with.
        content: What it holds.
        words: By id, how a participant is called there; who is not in it reads "another participant".
    """

    def said(field: TemplateField, value: Any) -> Any:
        if field.kind is FieldKind.PARTICIPANT and (who := referred(value)):
            return words.get(who) or ANOTHER
        if field.kind is FieldKind.ROWS and isinstance(value, list):
            columns = {column.key: column for column in field.columns}
            return [
                {key: said(columns[key], cell) if key in columns else cell for key, cell in row.items()}
                if isinstance(row, dict)
                else row
                for row in value
            ]
        return value

    custom = {key: said(field, content.custom[key]) for key, field in _own(template) if key in content.custom}
    return content.model_copy(update={"custom": {**content.custom, **custom}})


def named_freely(template: Template, content: NoteContent) -> tuple[str, ...]:
    """What to look at twice: a question that asks for a participant holds words instead."""
    free = {
        field.label
        for field, value in _answers(template, content)
        if field.kind is FieldKind.PARTICIPANT and isinstance(value, str) and value.strip()
    }
    return tuple(f"“{label}”: {NAMES_STAY_OUT}" for label in sorted(free))


def _own(template: Template) -> Iterator[tuple[str, TemplateField]]:
    yield from ((field.key, field) for section in template.sections for field in section.fields)


def _answers(template: Template, content: NoteContent) -> Iterator[tuple[TemplateField, Any]]:
    for key, field in _own(template):
        value = content.custom.get(key)
        yield field, value
        for row in value if field.kind is FieldKind.ROWS and isinstance(value, list) else ():
            if isinstance(row, Mapping):
                yield from ((column, row.get(column.key)) for column in field.columns)
