"""Sentences about taking changes back."""

from __future__ import annotations

NOTHING_TO_TAKE_BACK = "Nothing is left to take back of what was changed since the vault was opened."


def next_ones_stay(count: int) -> str:
    """Say that what a closing bore stays; empty for none."""
    if count == 0:
        return ""
    if count == 1:
        return "The next one stays: something was done with it since."
    return f"{count} next ones stay: something was done with them since."


def next_one(due: str) -> str:
    """Say that closing an action item that recurs made the next one; `due` is such as "Fri 4 Dec"."""
    return f"The next one: {due}."


def added_taken_back(text: str) -> str:
    """Say that a new action item is gone again."""
    return f"Not added after all. {text}"
