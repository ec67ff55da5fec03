"""When a note is due, and whether it is late."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from peernote_tui.domain.base import Model
from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.note import Note
from peernote_tui.domain.working_days import USUAL, WorkingDays

HOURS_OF_A_YEAR = 8760
MOST_HOURS = 10 * HOURS_OF_A_YEAR
MOST_BUSINESS_DAYS = 260


class DueClock(Model):
    """How long after a contact its note may be signed before it is late."""

    hours: int = 24
    """From the end of the contact."""
    business_days: int | None = None
    """To the end of that business day after the contact, instead of hours; None counts hours."""

    @property
    def words(self) -> str:
        """The time allowed, such as `24 hours`, `2 business days` or `1 year`."""
        count, what = (self.hours, "hour") if self.business_days is None else (self.business_days, "business day")
        if what == "hour" and count and count % HOURS_OF_A_YEAR == 0:
            count, what = count // HOURS_OF_A_YEAR, "year"
        return f"{count} {what}" if count == 1 else f"{count} {what}s"


def starts_at(note: Note) -> datetime | None:
    """The instant the contact began, in UTC, reading the note's wall clock in the note's zone."""
    return _instant(note.starts_at_local(), note.zone)


def ends_at(note: Note) -> datetime | None:
    """The instant the contact ended, in UTC, reading the note's wall clock in the note's zone."""
    return _instant(note.ends_at_local(), note.zone)


def due_at(note: Note, clock: DueClock, days: WorkingDays = USUAL) -> datetime | None:
    """When the note is to be signed, in UTC; None while the contact has no day.

    Business days are counted on the wall clock of the note's zone from the day on which the contact ended, which does
    not count; the note is due at the end of the last one.
    """
    ended = note.ends_at_local()
    return None if ended is None else due_after(ended, note.zone, clock, days)


def due_after(ended: datetime, zone_name: str, clock: DueClock, days: WorkingDays = USUAL) -> datetime:
    """As `due_at`, of a contact that ended at this moment on the wall clock of a zone."""
    if clock.business_days is None:
        return _at(ended, zone_name) + timedelta(hours=clock.hours)
    last = datetime.combine(days.after(ended.date(), clock.business_days), time.max)
    zone = _zone(zone_name)
    # Where a change of the clocks repeats or skips the end of that day, the later reading counts.
    return max(last.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))


def is_late(note: Note, clock: DueClock, now: datetime, days: WorkingDays = USUAL) -> bool:
    """Whether signing `now` makes it a late entry."""
    due = due_at(note, clock, days)
    return due is not None and now > due


def span(day: date, start: time, end: time, zone: str) -> tuple[datetime, datetime]:
    """The instants between which a contact took place, in UTC; an end before the start is on the following day."""
    began = datetime.combine(day, start)
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    return _at(began, zone), _at(began + timedelta(minutes=minutes % (24 * 60)), zone)


def _instant(wall: datetime | None, zone_name: str) -> datetime | None:
    return None if wall is None else _at(wall, zone_name)


def _at(wall: datetime, zone_name: str) -> datetime:
    # A wall-clock time that a DST change skips or repeats is read as its first occurrence. In UTC, because adding
    # hours to a local time counts on the wall clock, which skips and repeats some.
    return wall.replace(tzinfo=_zone(zone_name)).astimezone(UTC)


def _zone(name: str) -> tzinfo | None:
    return in_zone(datetime.fromisoformat("2000-01-01T00:00:00+00:00"), name).tzinfo
