"""What counting needs to know of a note and of an action item, and no more."""

from __future__ import annotations

from typing import NamedTuple


class CountedContact(NamedTuple):
    """A signed note: the contact it tells of, and what decides how it counts."""

    participant_id: str
    """Of the record it was entered in, which may have become part of another."""
    signed_at: str
    day: str
    start: str | None
    end: str | None
    kind: str
    mode: str | None
    rating: int | None
    tags: list[str]
    template_id: str
    template_version: int
    zone: str
    pack_id: str | None
    """Of the rule pack it was signed under; None for notes from before there were any."""
    pack_version: int | None


class CountedAction(NamedTuple):
    """An action item, as it stood at the moment that was asked for."""

    owner: str
    status: str
    due: str | None
    agreed_on: str | None
    """The day of the contact it was agreed at; None for one that was added alone."""
    created_at: str
