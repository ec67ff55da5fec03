"""When a note is due, and whether it is late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.note import Note


def starts_at(note: Note) -> datetime | None:
    """The instant the contact began, in UTC, reading the note's wall clock in the note's zone."""
    return _instant(note.starts_at_local(), note.zone)


def ends_at(note: Note) -> datetime | None:
    """The instant the contact ended, in UTC, reading the note's wall clock in the note's zone."""
    return _instant(note.ends_at_local(), note.zone)


def _instant(wall: datetime | None, zone_name: str) -> datetime | None:
    if wall is None:
        return None
    # A wall-clock time that a DST change skips or repeats is read as its first occurrence.
    zone = in_zone(datetime.fromisoformat("2000-01-01T00:00:00+00:00"), zone_name).tzinfo
    # In UTC, because adding hours to a local time counts on the wall clock, which skips and repeats some.
    return wall.replace(tzinfo=zone).astimezone(UTC)


def due_at(note: Note, due_hours: int) -> datetime | None:
    """When the note is to be signed, in UTC; None while the contact has no day."""
    ended = ends_at(note)
    return None if ended is None else ended + timedelta(hours=due_hours)


def is_late(note: Note, due_hours: int, now: datetime) -> bool:
    """Whether signing `now` makes it a late entry."""
    due = due_at(note, due_hours)
    return due is not None and now > due
