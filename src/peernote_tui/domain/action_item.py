"""Action items: what was agreed, who takes it on, by when, and what became of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field, JsonValue

from peernote_tui.domain.base import Line, Model, Name, Tag
from peernote_tui.domain.called import AboutParticipant
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.referral import Referral


class ActionStatus(StrEnum):
    """What has become of an action item. "Not yet" is never "failed"."""

    OPEN = "open"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    DONE = "done"
    CHANGED = "changed"
    DROPPED = "dropped"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self in OPEN_STATUSES


OPEN_STATUSES = frozenset({ActionStatus.OPEN, ActionStatus.PARTLY, ActionStatus.NOT_YET})


class ActionItem(Model):
    """An action item as the vault holds it."""

    id: str
    participant_id: str
    note_id: str | None = None
    """The note it was agreed in; None when it was added alone."""
    text: Line
    owner: Owner
    owner_name: Name = ""
    """Who, when the owner is somebody else."""
    due: date | None = None
    """A day in the place's calendar, never an instant."""
    status: ActionStatus = ActionStatus.OPEN
    words: Line = ""
    """The participant's own words at the last change."""
    tags: Annotated[tuple[Tag, ...], Field(max_length=20)] = ()
    """Words to find it by, without the #."""
    confidence: Annotated[int, Field(ge=0, le=10)] | None = None
    """How sure the participant is of it, 0 to 10."""
    repeats: Name = ""
    """How it recurs, as `recurrence` says it, such as "every friday"; empty for once."""
    born_from: str | None = None
    """The action item of the same series whose closing made this one."""
    referral: Referral | None = None
    unlisted: bool = False
    """Lists leave it out, and the history keeps it: the closing that bore it was taken back."""
    created_at: datetime
    changed_at: datetime

    def changes_from(self, before: ActionItem) -> dict[str, JsonValue]:
        """What an event says beside status and words: by the name of each changed field what it held and holds."""
        beside = {"status", "words", "changed_at", "created_at"}
        old, new = (each.model_dump(mode="json", exclude=beside) for each in (before, self))
        return {name: [old[name], new[name]] for name in new if old[name] != new[name]}


class ActionEvent(Model):
    """One change of an action item; events are only ever added."""

    id: str
    action_id: str
    status: ActionStatus
    words: Line = ""
    note_id: str | None = None
    change: dict[str, JsonValue] = Field(default_factory=dict)
    """What else was changed: by the name of the field what it held before and holds now, as a list of two; under
    `reason` why, in a line."""
    at: datetime
    by: str


class ActionListing(AboutParticipant):
    """An action item with what a list needs to name its participant."""

    action: ActionItem

    @property
    def about_id(self) -> str:
        """Id of the participant."""
        return self.action.participant_id


_WEEK = 7


class DueGroup(StrEnum):
    """The headings action items stand under."""

    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"
    NO_DATE = "no_date"


def days_of(group: DueGroup | None, today: date) -> tuple[date | None, date | None]:
    """The first and the last due day under a heading; None where it has no such end."""
    ends = {
        DueGroup.OVERDUE: (None, -1),
        DueGroup.TODAY: (0, 0),
        DueGroup.THIS_WEEK: (1, _WEEK),
        DueGroup.LATER: (_WEEK + 1, None),
    }
    first, last = ends.get(group, (None, None)) if group is not None else (None, None)
    return (
        None if first is None else today + timedelta(days=first),
        None if last is None else today + timedelta(days=last),
    )


def due_group(due: date | None, today: date) -> DueGroup:
    """The heading an open action item stands under; "this week" is the seven days that begin tomorrow."""
    if due is None:
        return DueGroup.NO_DATE
    if due < today:
        return DueGroup.OVERDUE
    if due == today:
        return DueGroup.TODAY
    if due <= today + timedelta(days=_WEEK):
        return DueGroup.THIS_WEEK
    return DueGroup.LATER
