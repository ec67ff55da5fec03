"""Time as it is handed in: an instant, and the zone it is lived in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class Clock(Protocol):
    """What the core asks of a clock. Nothing in it looks at the machine's time by itself."""

    @property
    def zone(self) -> str:
        """IANA name of the zone the person is in, such as `America/New_York`."""
        ...

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


def local_now(clock: Clock) -> datetime:
    """The present as the person's wall clock shows it, aware."""
    return in_zone(clock.now(), clock.zone)


def local_today(clock: Clock) -> date:
    """Today in the person's zone."""
    return local_now(clock).date()


def in_zone(instant: datetime, zone: str) -> datetime:
    """An instant on the wall clock of a zone; UTC where the zone's rules are unknown on this machine."""
    try:
        return instant.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # A name such as "America" is a folder of the zone data, and a very long one no file name.
        return instant.astimezone(UTC)
