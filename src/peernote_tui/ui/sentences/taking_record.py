"""Sentences about a participant's whole record out of another vault."""

from __future__ import annotations

RECORD_PLACE = "Take in a record"
RECORD_TIP = "A participant's whole record out of another vault, as JSON: looked at first, then taken in."
RECORD_NEW = "Not in this vault yet."
RECORD_KNOWN = "In this vault already."
RECORD_COMES = "What becomes of it"
RECORD_TOLD = "To be known"
RECORD_REFUSED = "Why it cannot be taken in"
RECORD_KEYS = "F8 takes it in as it stands here, all or nothing, after a backup. Esc takes nothing in."
RECORD_ALL_HERE = "Everything that can be taken in is here already. F8 opens their page."
RECORD_NOTHING = "Nothing of it is taken in. Esc goes back to the file."
RECORD_TAKING = "Taking it in, after a backup."
RECORD_TAKEN = "The record is taken in."
RECORD_KEY_LABEL = "Passphrase"
RECORD_KEY_HINT = "Of the age file. Enter reads it; F3 shows what is typed."
RECORD_CLOSED = "This file is closed with age. Type its passphrase below."


def record_made(by: str, at: str, purpose: str) -> str:
    """Say where a record comes from."""
    return f"Made by {by}, {at}; {purpose}." if by else f"Made {at}; {purpose}."


def pages_differ(fields: str) -> str:
    """Say in which fields the page here and that of the file differ."""
    return f"The page here and that of the file differ in: {fields}."


def likely_same(named: str) -> str:
    """Say that somebody else here has the same ID."""
    return f"{named} has the same ID here and is likely the same person: m on a page merges the two."
