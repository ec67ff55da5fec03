"""A draft: a note that is still being written, saved while typing."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from peernote_tui.domain.addendum import Amendment
from peernote_tui.domain.base import LongText, Model
from peernote_tui.domain.called import AboutParticipant
from peernote_tui.domain.note import DEFAULT_TEMPLATE, NoteContent


class Draft(Model):
    """An unsigned note.

    `typed` keeps, by field key, what stands in a box but is not understood yet (half a time, an action line
    without Enter), so that no keystroke is lost between two saves.
    """

    id: str
    participant_id: str
    template: str = DEFAULT_TEMPLATE
    template_version: int = 1
    zone: str = ""
    """IANA name of the zone the contact was lived in; times in the content are its wall clock."""
    content: NoteContent = NoteContent()
    typed: dict[str, LongText] = Field(default_factory=dict)
    step: int = 0
    """Index of the section last looked at."""
    begun_at: datetime
    changed_at: datetime
    discarded_at: datetime | None = None
    meeting_id: str | None = None
    """Id of the follow-up it was begun from, which its signature closes; None for none."""
    amendment: Amendment | None = None
    """What this is about to add to a signed note; None for a note of its own."""


class DraftRow(AboutParticipant):
    """A draft as Today and the lists show it: whose, which step, how old, what is missing."""

    draft: Draft
    step_title: str = ""
    step_number: int = 1
    steps: int = 5
    missing: tuple[str, ...] = ()
    emergency: bool = False
    """Whether it is written without consent, for an emergency."""
    adds_to: date | None = None
    """The day of the contact whose note it adds to; None for a note of its own."""
    due_at: datetime | None = None
    """When the note is to be signed, in UTC; None while the contact has no day."""

    @property
    def about_id(self) -> str:
        """Id of the participant."""
        return self.draft.participant_id
