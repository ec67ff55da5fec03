"""What is worth a second look in when a contact was: warnings, never walls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from peernote_tui.domain.called import AboutParticipant
from peernote_tui.domain.note import Note, NoteKind
from peernote_tui.domain.timeliness import ends_at, span, starts_at

LONG_CONTACT_MINUTES = 4 * 60


class Neighbour(AboutParticipant):
    """A contact near another in time, signed or a draft, as far as is needed to compare the two."""

    note_id: str
    participant_id: str
    author_id: str
    kind: NoteKind
    day: date
    start: time
    end: time
    zone: str
    signed: bool

    @property
    def about_id(self) -> str:
        """Id of the participant."""
        return self.participant_id

    @property
    def span(self) -> tuple[datetime, datetime]:
        """First and last instant, in UTC; an end before the start is on the following day."""
        return span(self.day, self.start, self.end, self.zone)


class Overlap(AboutParticipant):
    """Another contact at the same time."""

    note_id: str
    participant_id: str
    start: time
    end: time
    signed: bool
    same_participant: bool

    @property
    def about_id(self) -> str:
        """Id of the participant."""
        return self.participant_id

    def sentence(self, name: str) -> str:
        """Say it; `name` is what the other contact's participant is called here."""
        what = "note" if self.signed else "draft"
        when = f"{self.start:%H:%M} to {self.end:%H:%M}"
        if self.same_participant:
            return f"Another {what} tells of a contact with {name} at the same time, {when}."
        return f"At the same time you were with {name}, says a {what}, {when}."


def time_warnings(note: Note, now: datetime) -> tuple[str, ...]:
    """What is odd about a contact by itself.

    Args:
        note: The note.
        now: The present instant.
    """
    content = note.content
    found = []
    ended = ends_at(note)
    if content.start is not None and content.end is not None and content.end < content.start:
        found.append("The end is before the start, so the contact is read as ending on the next day.")
    if content.start is not None and content.end == content.start:
        found.append("Start and end are the same, so the contact has no length.")
    if ended is not None and ended > now:
        found.append("The contact ends later than now.")
    if (content.minutes or 0) > LONG_CONTACT_MINUTES:
        found.append("The contact is longer than four hours.")
    return tuple(found)


def overlaps(note: Note, participants: Iterable[str], neighbours: Iterable[Neighbour]) -> tuple[Overlap, ...]:
    """The other contacts of the same author, or with the same participant, at the same time.

    A contact that ends when another begins is not at the same time, and neither is one that did not take place. The
    notes of one group, which each participant has one of, go together.

    Args:
        note: The note.
        participants: The ids under which its participant is known.
        neighbours: Other contacts near it in time.
    """
    began, ended, content = starts_at(note), ends_at(note), note.content
    if began is None or ended is None or content.start is None or content.end is None:
        return ()
    if content.kind is NoteKind.NO_SHOW:
        return ()
    whose = set(participants)
    found = []
    for other in neighbours:
        same = other.participant_id in whose
        first, last = other.span
        if other.kind is NoteKind.NO_SHOW or not (same or other.author_id == note.author.id):
            continue
        together = {content.kind, other.kind} == {NoteKind.GROUP} and (first, last) == (began, ended)
        if (together and not same) or not (first < ended and began < last):
            continue
        told = other.model_dump(include=set(Overlap.model_fields) - {"same_participant"})
        found.append(Overlap(**told, same_participant=same))
    return tuple(sorted(found, key=lambda each: (not each.same_participant, each.start)))
