"""Who an action item is for."""

from __future__ import annotations

from enum import StrEnum


class Owner(StrEnum):
    """The one who takes an action item on."""

    PARTICIPANT = "participant"
    ME = "me"
    BOTH = "both"
    OTHER = "other"
