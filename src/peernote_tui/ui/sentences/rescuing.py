"""A disk that refuses: what is said while it does, and what was kept elsewhere meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

RESERVE_USED = (
    "There is hardly any room left on the disk, and the reserve is used up. Make room soon; what is saved is safe."
)
SAVED_AGAIN = "Saved again. The vault holds everything that stands here."
RESCUED_TITLE = "A draft was kept outside the vault"
_STANDS = {
    "newer": "The vault holds an earlier form of it.",
    "both-changed": "The draft in the vault was written in since, too.",
    "gone": "The vault does not hold this draft any more: it was signed, or never arrived.",
}


def kept_elsewhere(trouble: str, place: str) -> str:
    """Say why a draft is not saved, and where it is kept meanwhile."""
    return f"{trouble} Saving is tried again. What stands here is kept, encrypted: {place}"


def left_elsewhere(trouble: str, place: str) -> str:
    """Say where a draft is that was left while it could not be saved."""
    return f"{trouble} Open the draft again to go on. What you wrote is kept, encrypted: {place}"


def rescued_for(name: str, since: str, words: int) -> str:
    """Say whose draft a rescue file holds; `since` is such as "14:02" or "Fri 20 Nov, 14:02"."""
    length = "1 word" if words == 1 else f"{words:,} words"
    return f"For {name}, from {since}, {length}."


def rescued_stands(state: str) -> str:
    """Say how a rescue file stands to the vault."""
    return _STANDS[state]


def rescued_keys(state: str) -> str:
    """Name the keys of the question about a rescue file."""
    if state == "newer":
        return "Enter  Bring it back      k  Keep both      Esc  Later"
    return "Enter  Bring it back as a further draft      Esc  Later"


def rescued_number(number: int, total: int) -> str:
    """Say which of several rescue files this is; empty for the only one."""
    return f"{number} of {total}" if total > 1 else ""


def rescued_back(names: Sequence[str]) -> str:
    """Say that drafts came back."""
    if len(names) == 1:
        return f"The draft for {names[0]} is back in the vault."
    return f"{len(names)} drafts are back in the vault."


def rescued_waiting(count: int) -> str:
    """Say that rescue files wait for an answer; empty for none."""
    if not count:
        return ""
    return "1 draft waits outside the vault: r" if count == 1 else f"{count} drafts wait outside the vault: r"


def rescued_unusable(count: int) -> str:
    """Say that rescue files cannot be brought back; empty for none."""
    if not count:
        return ""
    which = "1 rescue file cannot be read and is" if count == 1 else f"{count} rescue files cannot be read and are"
    return f"{which} kept: peernote rescue list"
