"""Identifiers made at creation, so that two laptops can meet later without renumbering."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from uuid import UUID

_MILLISECONDS_MASK = (1 << 48) - 1
# Counted in whole numbers: the rounding of a float would let two neighbouring milliseconds be one.
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_VERSION = 7
_MILLISECOND = timedelta(milliseconds=1)


def new_id(now: datetime) -> str:
    """A UUID version 7 (RFC 9562, section 5.7) as its 36-character text.

    Args:
        now: An aware instant; its milliseconds lead the id, so that ids sort by creation.
    """
    milliseconds = (now - _EPOCH) // _MILLISECOND & _MILLISECONDS_MASK
    value = milliseconds << 80 | _VERSION << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return str(UUID(int=value))


def made_at(identifier: str) -> datetime | None:
    """When an id of `new_id` was made, to the millisecond, in UTC; None of another kind of id."""
    try:
        known = UUID(identifier)
        return _EPOCH + (known.int >> 80) * _MILLISECOND if known.version == _VERSION else None
    except (ValueError, OverflowError):
        return None


def is_id(text: str) -> bool:
    """Whether a text is the canonical form of a UUID."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
