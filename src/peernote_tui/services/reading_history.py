"""The history of an action item, read: who said what of it and when, and what was changed, in words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from peernote_tui.documents.note_document import owner_words
from peernote_tui.domain.action_item import ActionEvent, ActionItem, ActionStatus
from peernote_tui.domain.base import Model
from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.dates import say_day
from peernote_tui.domain.names import first_name
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.recurrence import say_recurrence
from peernote_tui.services.participants import participant_in
from peernote_tui.services.workspace import Workspace

_FIELDS = {
    "text": "what",
    "due": "by when",
    "tags": "tags",
    "confidence": "confidence",
    "repeats": "recurs",
    "referral": "referral",
}
"""What the fields of an action item are called, but who takes it on, which is told as one."""


class FieldChange(Model):
    """What one part of an action item said before and says since; empty for nothing."""

    what: str
    before: str
    after: str


class HistoryEntry(Model):
    """One change of an action item.

    Attributes:
        at: On the local wall clock.
        by: Who made it; empty where that is not known here.
        status: What it was called since.
        words: The participant's words.
        changes: What else was changed.
        reason: Why.
        note_id: The note that told of it.
        born: It came of the closing of the one before in its series.
        taken_back: That closing was taken back.
    """

    at: datetime
    by: str
    status: ActionStatus
    words: str
    changes: tuple[FieldChange, ...]
    reason: str
    note_id: str | None
    born: bool
    taken_back: bool


def action_history(workspace: Workspace, action_id: str, *, called: str = "") -> tuple[HistoryEntry, ...]:
    """Everything that became of an action item, the first thing first.

    Args:
        workspace: The open vault.
        action_id: Which one.
        called: How its participant is called here; by first name when empty.

    Raises:
        NotFoundError: It is not there, or its participant is not.
    """
    with workspace.reading() as work:
        events = work.action_items.events(action_id)
        action = work.action_items.get(action_id)
        named = called or (first_name(participant_in(work, action.participant_id).name) if action is not None else "")
    return tuple(_entry(workspace, action, event, named) for event in events if action is not None)


def _entry(workspace: Workspace, action: ActionItem, event: ActionEvent, named: str) -> HistoryEntry:
    told = {name: pair for name, pair in event.change.items() if isinstance(pair, list) and len(pair) == _PAIR}
    changes = [
        FieldChange(what=_FIELDS[name], before=_said(name, before, workspace), after=_said(name, after, workspace))
        for name, (before, after) in told.items()
        if name in _FIELDS
    ]
    if "owner" in told or "owner_name" in told:
        before, after = (
            owner_words(Owner(_at(told, "owner", place, action)), str(_at(told, "owner_name", place, action)), named)
            for place in (0, 1)
        )
        changes.append(FieldChange(what="who", before=before, after=after))
    unlisted = told.get("unlisted")
    return HistoryEntry(
        at=in_zone(event.at, workspace.clock.zone),
        by=workspace.author.name if event.by == workspace.author.id else "",
        status=event.status,
        words=event.words,
        changes=tuple(changes),
        reason=str(event.change.get("reason", "")),
        note_id=event.note_id,
        born="born_from" in told or unlisted == [True, False],
        taken_back=unlisted == [False, True],
    )


_PAIR = 2


def _at(told: dict[str, Any], name: str, place: int, action: ActionItem) -> Any:
    """What a field said before or after a change; one that the change left as it was says what it says now."""
    return told[name][place] if name in told else getattr(action, name)


def _said(name: str, value: Any, workspace: Workspace) -> str:
    if value in (None, "", []):
        return ""
    if name == "due":
        return say_day(date.fromisoformat(value), today=workspace.today)
    if name == "tags":
        return " ".join(f"#{tag}" for tag in value)
    if name == "repeats":
        return say_recurrence(value, today=workspace.today)
    if name == "confidence":
        return f"{value} of 10"
    return str(value["stage"]) if name == "referral" else str(value)
