"""Action items as rows for people and as documents for programs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import short
from peernote_tui.cli.participants import who_document

if TYPE_CHECKING:
    from peernote_tui.domain.action_item import ActionItem, ActionListing
    from peernote_tui.domain.participant import Participant


def row_document(row: ActionListing, today: date) -> dict[str, Any]:
    """One action item of a list, with its participant."""
    return {
        **action_document(row.action, today),
        "participant": {"id": row.action.participant_id, **who_document(row)},
    }


def with_person(action: ActionItem, person: Participant, today: date) -> dict[str, Any]:
    """One action item, with its participant."""
    return {
        **action_document(action, today),
        "participant": {
            "id": person.id,
            "name": person.name,
            "pronouns": person.pronouns,
            "external_id": person.external_id,
            "birth_year": person.birth_year,
        },
    }


def action_document(action: ActionItem, today: date) -> dict[str, Any]:
    """One action item: its fields, and under which heading it stands."""
    from peernote_tui.domain.action_item import DueGroup, due_group

    group = due_group(action.due, today) if action.status.is_open else None
    return {
        **action.model_dump(mode="json", exclude={"unlisted"}),
        "group": group.value if group else None,
        "overdue": group is DueGroup.OVERDUE,
    }


def row(listing: ActionListing, today: date) -> tuple[str, ...]:
    """One action item of a list, cell by cell."""
    from peernote_tui.documents.note_document import STATUS_WORDS, owner_words
    from peernote_tui.domain.dates import say_day, say_due
    from peernote_tui.domain.names import first_name

    action = listing.action
    due = ""
    if action.due is not None:
        due = (say_due if action.status.is_open else say_day)(action.due, today=today)
    return (
        short(action.id),
        due,
        action.text,
        " ".join(f"#{tag}" for tag in action.tags),
        said_repeats(action, today),
        owner_words(action.owner, action.owner_name, first_name(listing.participant_name)),
        listing.participant_name,
        listing.external_id,
        STATUS_WORDS[action.status],
        f"“{action.words}”" if action.words else "",
    )


def said_repeats(action: ActionItem, today: date) -> str:
    """How an action item recurs, in words; empty for once."""
    from peernote_tui.domain.recurrence import say_recurrence

    return say_recurrence(action.repeats, today=today) if action.repeats else ""


def said_action(action: ActionItem, person: Participant, today: date) -> str:
    """An action item in one line: what, who, by when, how it recurs, its tags."""
    from peernote_tui.documents.note_document import owner_words
    from peernote_tui.domain.dates import say_due
    from peernote_tui.domain.names import first_name

    parts = (
        action.text,
        owner_words(action.owner, action.owner_name, first_name(person.name)),
        say_due(action.due, today=today) if action.due else "",
        said_repeats(action, today),
        f"confidence {action.confidence} of 10" if action.confidence is not None else "",
        " ".join(f"#{tag}" for tag in action.tags),
    )
    return " · ".join(part for part in parts if part)
