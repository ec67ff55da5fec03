"""Names of files that every system takes, and that say nobody's name."""

from __future__ import annotations

from datetime import date

_NEVER = frozenset('<>:"|?*\\/')
_RESERVED = frozenset(
    [
        "con",
        "prn",
        "aux",
        "nul",
        *(f"com{number}" for number in range(1, 10)),
        *(f"lpt{number}" for number in range(1, 10)),
    ]
)
_LONGEST = 200
"""Bytes of a name, with room for what is added while it is written; file systems take 255."""


def name_fault(name: str) -> str:
    """Why a name cannot be that of a file on every system, in words that end a sentence; empty when it can.

    A stick or a synced folder comes to Windows sooner or later, so its rules hold everywhere.

    Source: Microsoft, "Naming Files, Paths, and Namespaces".
    """
    wrong = sorted({each for each in name if each in _NEVER or ord(each) < ord(" ")})
    if not name:
        return "it is empty"
    if wrong:
        shown = " ".join(each if each >= " " else "a control character" for each in wrong)
        return f"Windows takes no {shown} in a name"
    if name.partition(".")[0].strip().casefold() in _RESERVED:
        return "Windows keeps it for a device"
    if name.endswith((".", " ")):
        return "Windows takes no name that ends with a dot or a space"
    return "it is too long" if len(name.encode("utf-8", "surrogatepass")) > _LONGEST else ""


def proposed_name(kind: str, day: date, suffix: str, number: int = 1) -> str:
    """A name that says nobody's: "note-2026-11-23.pdf", then "note-2026-11-23-2.pdf"."""
    return f"{kind}-{day.isoformat()}{'' if number < 2 else f'-{number}'}{suffix}"
