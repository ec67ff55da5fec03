"""What of a note leaves the vault: everything but private answers, and answers that another one hides.

What a private answer gives a computed field is private too: it would tell of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from peernote_tui.domain.addendum import Addendum
from peernote_tui.domain.expressions import parse
from peernote_tui.domain.note import Note, NoteContent
from peernote_tui.domain.template import CORE_KINDS, FieldKind, Template, TemplateField
from peernote_tui.domain.template_rules import hidden_answers, is_answered

STAYED = "Private answers stayed in the vault that this came from, so its seal cannot be checked here."


def private_fields(template: Template) -> tuple[TemplateField, ...]:
    """The fields whose answers never leave the vault, those computed from one among them."""
    fields = [field for section in template.sections for field in section.fields if field.kind not in CORE_KINDS]
    found = {field.key for field in fields if field.private}
    columns = {(field.key, column.key) for field in fields for column in field.columns if column.private}
    more = True
    while more:
        told = {field.key for field in fields if field.key not in found and _tells(field, found, columns)}
        more = bool(told)
        found |= told
    return tuple(field for field in fields if field.key in found)


def private_columns(field: TemplateField) -> frozenset[str]:
    """Keys of the columns of repeating rows whose answers never leave the vault."""
    return frozenset(column.key for column in field.columns if column.private)


def has_private(template: Template, field: TemplateField) -> bool:
    """Whether the answer to a field, or a part of it, never leaves the vault."""
    return bool(private_columns(field)) or field.key in {each.key for each in private_fields(template)}


def leaving_note(template: Template, note: Note) -> Note:
    """A note as it leaves the vault; `left_out` names the fields whose answers stayed.

    Args:
        template: The version it was begun with.
        note: The note, as the vault holds it.
    """
    content, left_out = _leaving(template, note.content, signed=note.signed_at is not None)
    return note.model_copy(update={"content": content, "left_out": left_out}) if left_out else note


def leaving_content(template: Template, content: NoteContent) -> NoteContent:
    """What a draft of this template holds, as it leaves the vault."""
    return _leaving(template, content, signed=False)[0]


def leaving_addendum(template: Template, addendum: Addendum) -> Addendum:
    """As `leaving_note`, of what was added to a note of this template."""
    if addendum.content is None:
        return addendum
    content, left_out = _leaving(template, addendum.content, signed=addendum.signed_at is not None)
    return addendum.model_copy(update={"content": content, "left_out": left_out}) if left_out else addendum


def stayed(left: Iterable[Note | Addendum]) -> int:
    """How many answers stayed when these left the vault."""
    return sum(len(each.left_out) for each in left)


def stayed_words(count: int) -> str:
    """Say how many answers stayed when a file was written; empty for none."""
    if not count:
        return ""
    return (
        "1 private or hidden answer was left out."
        if count == 1
        else f"{count} private or hidden answers were left out."
    )


def _tells(field: TemplateField, private: set[str], columns: set[tuple[str, str]]) -> bool:
    if field.kind is not FieldKind.COMPUTED:
        return False
    answers = parse(field.value).answers
    return any(each.key in private or (each.key, each.column) in columns for each in answers)


def _leaving(template: Template, content: NoteContent, *, signed: bool) -> tuple[NoteContent, tuple[str, ...]]:
    # A signature waits until nothing is hidden, so that what is signed leaves as it was sealed.
    staying = {field.key: field for field in private_fields(template)}
    if not signed:
        staying |= {field.key: field for field in hidden_answers(template, content) if field.kind not in CORE_KINDS}
    custom: dict[str, Any] = {key: value for key, value in content.custom.items() if key not in staying}
    core = {key: NoteContent.model_fields[key].get_default() for key in staying if key in NoteContent.model_fields}
    left_out = [key for key in staying if key in content.custom or (key in core and getattr(content, key) != core[key])]
    for field in (field for section in template.sections for field in section.fields):
        columns = private_columns(field)
        if columns and isinstance(rows := custom.get(field.key), list) and is_answered(field, content):
            custom[field.key] = [_without(row, columns) for row in rows]
            if custom[field.key] != rows:
                left_out.append(field.key)
    return content.model_copy(update={**core, "custom": custom}), tuple(left_out)


def _without(row: Any, columns: frozenset[str]) -> Any:
    return {key: value for key, value in row.items() if key not in columns} if isinstance(row, Mapping) else row
