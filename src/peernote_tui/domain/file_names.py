"""Names of files that every system takes, and that say nobody's name."""

from __future__ import annotations

import unicodedata
from datetime import date

_NEVER = frozenset('<>:"|?*\\/')
_RESERVED = frozenset(
    [
        "con",
        "prn",
        "aux",
        "nul",
        "conin$",
        "conout$",
        *(f"{port}{number}" for port in ("com", "lpt") for number in "123456789¹²³"),
    ]
)
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
_JOINS = "\u200c\u200d"
"""Persian is written with the one, and signs of several people with the other."""
_LONGEST = 200
"""Bytes of a name, with room for what is added while it is written; file systems take 255."""


def _is_never(sign: str) -> bool:
    return sign in _NEVER or sign < " "


def name_fault(name: str) -> str:
    """Why a name cannot be that of a file on every system, in words that end a sentence; empty when it can.

    A stick or a synced folder comes to Windows sooner or later, so its rules hold everywhere. Signs that turn the
    direction of letters round, or are not seen, let a name look like another one ("fdp.exe" like "exe.pdf").

    Sources: Microsoft, "Naming Files, Paths, and Namespaces"; Unicode Technical Report 36, 2.10.
    """
    wrong = dict.fromkeys("a control character" if each < " " else each for each in sorted(name) if _is_never(each))
    if not name:
        return "it is empty"
    if wrong:
        return f"Windows takes no {' '.join(wrong)} in a name"
    if any(unicodedata.category(each) in _UNSEEN and each not in _JOINS for each in name):
        return "it holds a sign that is not seen"
    if name.partition(".")[0].strip().casefold() in _RESERVED:
        return "Windows keeps it for a device"
    if name.endswith((".", " ")):
        return "Windows takes no name that ends with a dot or a space"
    return "it is too long" if len(name.encode("utf-8", "surrogatepass")) > _LONGEST else ""


def proposed_name(kind: str, day: date, suffix: str, number: int = 1) -> str:
    """A name that says nobody's: "note-2026-11-23.pdf", then "note-2026-11-23-2.pdf"."""
    return f"{kind}-{day.isoformat()}{'' if number < 2 else f'-{number}'}{suffix}"
