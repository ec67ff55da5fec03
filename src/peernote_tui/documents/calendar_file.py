"""Meetings and due days as an iCalendar file (RFC 5545), which Outlook, Google Calendar and Apple Calendar read.

Everything that such programs differ in is decided for what all three of them do:

* A meeting agreed as "Tue 14:00" is that wall time where it takes place, so it is written as a floating time, without a
  zone. It stays 14:00 whatever zone the laptop, the phone or the calendar is in, and no clock change moves it.
* A due day is an event of a whole day that keeps nobody busy, and no to-do: of a file's to-dos, Google Calendar shows
  none and the others few.
* The id is the same in every export, and `SEQUENCE` and `LAST-MODIFIED` grow with each change, so that a file taken in
  again changes what is there instead of doubling it. What was called off says so in its status and, for programs that
  do not look at that, in its title.
* No alarm: it would put the title on a locked screen at a moment nobody chose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event

from peernote_tui.domain.calendar_row import CalendarKind, CalendarNames, CalendarRow
from peernote_tui.domain.names import initials

_PRODUCT = "-//PeerNote//PeerNote//EN"
_LENGTH = timedelta(hours=1)
"""How long a meeting stands in the calendar; how long it will take is not known."""
_MOST = 2**31 - 1
# What the format does not take in a text (RFC 5545, 3.1), and line breaks, which a title has none of.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_TITLES = {
    (CalendarKind.MEETING, False): "Meeting",
    (CalendarKind.MEETING, True): "Meeting called off",
    (CalendarKind.ACTION, False): "Action due",
    (CalendarKind.ACTION, True): "Action no longer due",
}


def write_calendar(
    rows: Sequence[CalendarRow],
    *,
    names: CalendarNames = CalendarNames.NONE,
    places: bool = False,
    notices: Sequence[str] = (),
) -> bytes:
    """A calendar as a file; the same rows give the same bytes.

    Args:
        rows: What stands in it.
        names: How much of the participants' names.
        places: Whether the places of meetings are in it.
        notices: What has to go along with it; it stands in the description of the calendar (RFC 7986, 5.2).
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    if notices:
        calendar.add("description", _line(" ".join(notices)))
    for row in sorted(rows, key=lambda row: (row.day, row.at or time.min, row.id)):
        calendar.add_component(_event(row, names, places=places))
    return bytes(calendar.to_ical())


def _event(row: CalendarRow, names: CalendarNames, *, places: bool) -> Event:
    event = Event()
    event.add("uid", row.id)
    # Without a method, the stamp is when what stands here was written last (RFC 5545, 3.8.7.2).
    changed = row.changed_at.astimezone(UTC)
    event.add("dtstamp", changed)
    event.add("created", row.created_at.astimezone(UTC))
    event.add("last-modified", changed)
    event.add("sequence", min(max(0, int((row.changed_at - row.created_at).total_seconds())), _MOST))
    event.add("summary", _line(_title(row, names)))
    event.add("status", "CANCELLED" if row.called_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if row.called_off or row.at is None else "OPAQUE")
    event.add("class", "PRIVATE")
    if places and row.place:
        event.add("location", _line(row.place))
    begin = row.day if row.at is None else datetime.combine(row.day, row.at.replace(microsecond=0, tzinfo=None))
    event.add("dtstart", begin)
    try:
        end = begin + (_LENGTH if row.at is not None else timedelta(days=1))
    except OverflowError:
        # The last day there is: a day then has no end to be written, and a meeting none either.
        return event
    event.add("dtend", end)
    return event


def _line(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()


def _title(row: CalendarRow, names: CalendarNames) -> str:
    title = _TITLES[row.kind, row.called_off]
    if names is CalendarNames.NONE:
        return title
    name = row.participant_name
    return f"{title}: {initials(name) if names is CalendarNames.INITIALS else name}"
