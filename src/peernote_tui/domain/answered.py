"""The answers of a note as the expressions of its template work with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any

from peernote_tui.domain.answers import stored_value, typed_value
from peernote_tui.domain.expressions import evaluate, holds, parse
from peernote_tui.domain.note import ActionReview, AgreedAction, NextContact, NoteContent
from peernote_tui.domain.template import FieldKind, Template, TemplateField

_DERIVED = ("day", "start", "end", "session", "minutes")


def answer(content: NoteContent, key: str) -> Any:
    """The answer to a field: a core field of the content, or a custom answer; None when there is neither."""
    if key in NoteContent.model_fields:
        return getattr(content, key)
    return content.custom.get(key)


class Answers(Mapping[str, Any]):
    """What every field of a template holds, by key, worked out when it is asked for.

    A field that is not shown holds nothing for the others, and a computed one holds what its expression gives. A field
    that depends on itself, which checking a template finds, holds nothing there.

    Args:
        template: The version the draft was begun with.
        content: Its content.
    """

    def __init__(self, template: Template, content: NoteContent) -> None:
        self._content = content
        self._fields = {field.key: field for section in template.sections for field in section.fields}
        self._shown: dict[str, bool] = {}
        self._values: dict[str, Any] = {}
        self._asking: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        if key not in self._fields and key not in _DERIVED:
            raise KeyError(key)
        if key not in self._values:
            if key in self._asking:
                return None
            self._asking.add(key)
            self._values[key] = self._value(key)
            self._asking.discard(key)
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        yield from dict.fromkeys((*_DERIVED, *self._fields))

    def __len__(self) -> int:
        return len(dict.fromkeys((*_DERIVED, *self._fields)))

    @property
    def today(self) -> date:
        """The day of the contact, by which `today()` is meant, so that a note says the same on any later day."""
        return self._content.day or date.min

    def shown(self, field: TemplateField) -> bool:
        """Whether the other answers let a field be asked."""
        if field.key not in self._shown:
            self._shown[field.key] = self._is_shown(field)
        return self._shown[field.key]

    def computed(self, field: TemplateField) -> Any:
        """What a computed field gives, as it is stored; None where it gives nothing."""
        return stored_value(self[field.key])

    def asks(self, show_if: Mapping[str, tuple[str, ...]] | str) -> bool:
        """Whether each named field has one of the values, or the expression holds; yes where nothing is said."""
        if isinstance(show_if, str):
            return not show_if or holds(parse(show_if), self, today=self.today)
        return all(self._is_one_of(key, values) for key, values in show_if.items())

    def _is_shown(self, field: TemplateField) -> bool:
        if field.retired:
            return False
        hidden = any(self._is_one_of(key, values) for key, values in field.hide_if.items())
        return not hidden and self.asks(field.show_if)

    def _is_one_of(self, key: str, values: tuple[str, ...]) -> bool:
        value = answer(self._content, key)
        if isinstance(value, list | tuple):
            return any(str(each) in values for each in value)
        return ("" if value is None else str(value)) in values or (
            isinstance(value, bool) and ("yes" if value else "no") in values
        )

    def _value(self, key: str) -> Any:
        content = self._content
        if key == "session":
            return (content.start, content.end) if content.start and content.end else None
        if key == "minutes":
            return None if content.minutes is None else Decimal(content.minutes)
        if key in _DERIVED:
            return getattr(content, key)
        field = self._fields[key]
        if not self.shown(field):
            return None
        if field.kind is FieldKind.COMPUTED:
            return evaluate(parse(field.value), self, today=self.today)
        if key in NoteContent.model_fields:
            return _plain(getattr(content, key))
        return typed_value(field, content.custom.get(key))


def _plain(value: Any) -> Any:
    """A core answer as expressions know values."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool | str | date | time) or value is None:
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, NextContact):
        return value.day
    if isinstance(value, tuple):
        return tuple(each.text if isinstance(each, AgreedAction | ActionReview) else each for each in value)
    return None
