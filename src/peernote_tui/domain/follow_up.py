"""A follow-up: the next contact, as agreed in step five of a note or planned by itself; on screen a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from peernote_tui.domain.base import Line, LongText, Model
from peernote_tui.domain.called import AboutParticipant
from peernote_tui.domain.note import Mode

CLOSE_BY = timedelta(minutes=30)
"""Two meetings that begin less than this apart are told of when one is planned."""


class FollowUp(Model):
    """A planned contact; it is open until a note of it is signed or it is said that it will not take place.

    Day and time are those of the wall clock where it takes place: what was agreed stays what was agreed, whatever
    zone the laptop is in and whatever a clock does in that night.
    """

    id: str
    participant_id: str
    note_id: str | None = None
    day: date
    at: time | None = None
    place: Line = ""
    topics: LongText = ""
    mode: Mode | None = None
    """How the two mean to be in contact; None when that was not said."""
    closed_by_note_id: str | None = None
    cancelled_at: datetime | None = None
    """When it was said that it will not take place; None for as long as it is meant to."""
    reason: Line = ""
    """Why it will not take place, or why it was moved."""
    created_at: datetime

    @property
    def open(self) -> bool:
        """Whether it still wants a note."""
        return self.closed_by_note_id is None and self.cancelled_at is None

    def has_passed(self, now: datetime) -> bool:
        """Whether its time is over; `now` is local, and its zone plays no part."""
        if self.day != now.date():
            return self.day < now.date()
        return self.at is not None and self.at < now.time().replace(tzinfo=None)


class FollowUpListing(AboutParticipant):
    """A follow-up with what a list needs to name its participant."""

    follow_up: FollowUp
    draft_id: str = ""
    """Id of the draft that was begun from it; empty while there is none."""

    @property
    def about_id(self) -> str:
        """Id of the participant."""
        return self.follow_up.participant_id


def told_of(meetings: Sequence[FollowUp], day: date, start: time | None) -> tuple[FollowUp, ...]:
    """Which of a participant's meetings a note of a contact is about, where it was not begun from one.

    Those of earlier days, and of its own day the one that is nearest to it: a note of the morning leaves the
    meeting of the afternoon open.

    Args:
        meetings: Open ones.
        day: The day of the contact.
        start: When it began; None when that is not known.
    """
    earlier = tuple(meeting for meeting in meetings if meeting.day < day)
    began = _minutes(start) if start else 0

    def distance(meeting: FollowUp) -> tuple[int, bool]:
        return (abs(_minutes(meeting.at) - began) if meeting.at else 0, meeting.at is None)

    same = sorted((meeting for meeting in meetings if meeting.day == day), key=distance)
    return (*earlier, *same[:1])


def near(one: FollowUp, day: date, at: time | None) -> bool:
    """Whether a meeting would begin at about that moment; one without a time is near none."""
    if one.day != day or one.at is None or at is None:
        return False
    return abs(_minutes(one.at) - _minutes(at)) * 60 < CLOSE_BY.total_seconds()


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
