"""What the wizard knows beside the draft, and how a draft takes an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from peernote_tui.domain.action_item import ActionItem
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.note import NoteContent
from peernote_tui.domain.participant import Participant
from peernote_tui.domain.template import Template, TemplateField
from peernote_tui.ui.referring import PeopleBook


@dataclass(frozen=True)
class Facts:
    """What the wizard knows beside the draft.

    Attributes:
        participant: For whom the note is.
        template: The version the draft was begun with.
        open_actions: Last time's actions that are still open.
        used_tags: By field key, tags used before, the most used first.
        now: Gives the local present, aware.
        new_id: Makes an id.
        zone: IANA name of the zone the person is in now.
        day_first: How 3/4 is read; None refuses what can be read both ways.
        card: The lines of the protocol card, where the template shows one.
        staff: Staff that notes named before, the most named first.
        people: Who is meant by what stands in a box that asks for a participant.
    """

    participant: Participant
    template: Template
    open_actions: tuple[ActionItem, ...]
    used_tags: dict[str, tuple[str, ...]]
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    zone: str
    day_first: bool | None = None
    card: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    people: PeopleBook = field(default_factory=PeopleBook)

    @property
    def today(self) -> date:
        """Today in the person's zone."""
        return self.now().date()


def answered(draft: Draft, field: TemplateField, value: Any) -> Draft:
    """The draft with another answer to a field; the same draft when nothing changed."""
    content = draft.content
    if field.key in NoteContent.model_fields:
        if getattr(content, field.key) == value:
            return draft
        changed = content.model_copy(update={field.key: value})
    else:
        custom = list(value) if isinstance(value, tuple) else value
        others = {key: each for key, each in content.custom.items() if key != field.key}
        own = {} if custom is None or custom in ("", []) else {field.key: custom}
        if {**others, **own} == content.custom:
            return draft
        changed = content.model_copy(update={"custom": {**others, **own}})
    return draft.model_copy(update={"content": changed})


def with_typed(draft: Draft, key: str, text: str) -> Draft:
    """The draft with other text that is not understood yet; empty takes it away."""
    if draft.typed.get(key, "") == text:
        return draft
    typed = {name: value for name, value in draft.typed.items() if name != key}
    return draft.model_copy(update={"typed": {**typed, key: text} if text else typed})


def with_content(draft: Draft, **answers: Any) -> Draft:
    """The draft with other core answers, by name."""
    return draft.model_copy(update={"content": draft.content.model_copy(update=answers)})
