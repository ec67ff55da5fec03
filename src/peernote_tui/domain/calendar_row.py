"""What is planned and what is due, as a calendar of another program takes it."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum

from peernote_tui.domain.base import Line
from peernote_tui.domain.called import AboutParticipant


class CalendarKind(StrEnum):
    """What stands in a calendar."""

    MEETING = "meeting"
    ACTION = "action"


class CalendarNames(StrEnum):
    """How much of a name leaves the vault with a calendar."""

    NONE = "none"
    INITIALS = "initials"
    FULL = "names"


class CalendarRow(AboutParticipant):
    """A meeting, or the day an action item is due.

    Attributes:
        kind: Which of the two.
        id: Of the follow-up or the action item; the same in every export.
        participant_id: Whom it is about.
        day: By the calendar where it takes place.
        at: On the wall clock there; None for the whole day.
        place: Where; empty for an action item.
        called_off: Whether it is no longer meant to take place, or no longer due.
        created_at: When it was written down.
        changed_at: When it was changed last.
    """

    kind: CalendarKind
    id: str
    participant_id: str
    day: date
    at: time | None = None
    place: Line = ""
    called_off: bool = False
    created_at: datetime
    changed_at: datetime

    @property
    def about_id(self) -> str:
        """Id of the participant."""
        return self.participant_id
