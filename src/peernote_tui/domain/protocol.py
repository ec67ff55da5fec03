"""The protocol card: what to do in a crisis, and whom to call. It is shown; nothing is scored and nothing decided."""

from __future__ import annotations

from enum import StrEnum

from peernote_tui.domain.base import Model, clean_text
from peernote_tui.domain.errors import InvalidInputError

MOST_LINES = 12
"""Lines of an agency's own card: it stands above the first questions of a note."""
LONGEST_LINE = 200


class CardName(StrEnum):
    """The cards that a template can show."""

    SAFETY = "safety"


class CrisisLine(Model):
    """Whom to call in one country."""

    country: str
    """US, CA, UK, AU."""
    emergency: str
    """The number for danger to life."""
    line: str
    source: str
    zones: tuple[str, ...]
    """IANA names of its zones, or their beginnings where they end in a slash."""


class Protocol(Model):
    """What ships: steps that hold everywhere, and the crisis lines."""

    steps: tuple[str, ...]
    lines: tuple[CrisisLine, ...]


def card_lines(protocol: Protocol, own: str, *, country: str | None, zone: str) -> tuple[str, ...]:
    """The card as it is shown, line by line.

    Args:
        protocol: What ships.
        own: The agency's own card, which stands in the place of the other; empty for none.
        country: Whose numbers are shown; those of the zone's country when None, all where the zone has none here.
        zone: IANA name of the zone the person is in.
    """
    if own.strip():
        return tuple(own.strip().split("\n"))
    here = [line for line in protocol.lines if line.country == country]
    here = here or [line for line in protocol.lines if any(_lies_in(zone, one) for one in line.zones)]
    if len(here) == 1:
        return (f"Danger to life: call {here[0].emergency}", here[0].line, *protocol.steps)
    everywhere = (f"{line.country}: {line.emergency} · {line.line}" for line in protocol.lines)
    return ("Danger to life, and a crisis line:", *everywhere, *protocol.steps)


def own_card(text: str) -> str:
    """An agency's own card as it may be kept.

    Raises:
        InvalidInputError: It has too many lines, or one that is too long.
    """
    lines = [" ".join(line.split()) for line in clean_text(text).strip().split("\n")]
    if len(lines) > MOST_LINES:
        raise InvalidInputError(f"The card has more than {MOST_LINES} lines.", "Keep to what is needed in a crisis.")
    if any(len(line) > LONGEST_LINE for line in lines):
        raise InvalidInputError(f"A line of the card is longer than {LONGEST_LINE} characters.", "Make two of it.")
    return "\n".join(lines)


def _lies_in(zone: str, named: str) -> bool:
    return zone.startswith(named) if named.endswith("/") else zone == named
