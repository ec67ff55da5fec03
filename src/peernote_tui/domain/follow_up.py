"""A follow-up: the next contact, as agreed in step five of a note."""

from __future__ import annotations

from datetime import date, datetime, time

from peernote_tui.domain.base import Line, LongText, Model
from peernote_tui.domain.called import AboutParticipant
from peernote_tui.domain.note import Mode


class FollowUp(Model):
    """A planned contact; it shows on Today until a note for that day or later is signed."""

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


class FollowUpListing(AboutParticipant):
    """A follow-up with what a list needs to name its participant."""

    follow_up: FollowUp

    @property
    def about_id(self) -> str:
        """Id of the participant."""
        return self.follow_up.participant_id
