"""Sentences about taking changes back."""

from __future__ import annotations

NOTHING_TO_TAKE_BACK = "Nothing to take back: nothing was changed since the vault was opened."
