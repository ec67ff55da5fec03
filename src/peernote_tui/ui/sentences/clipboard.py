"""Handing text over to the terminal's clipboard."""

from __future__ import annotations

COPY_NOTE_QUESTION = "Copy this note to the clipboard?"
COPY_SELECTION_QUESTION = "Copy the selected words to the clipboard?"
COPY_ANCHOR_QUESTION = "Copy the anchor of the log to the clipboard?"
CLIPBOARD_YES = "Copy it"
CLIPBOARD_CLEARED = "The terminal was told to empty the clipboard."
NOTHING_SELECTED = "Nothing is selected. Shift with the arrow keys selects words."


def clipboard_consequence(seconds: int) -> str:
    """Say what it means to put something on the clipboard."""
    return (
        "Every program on this computer can read the clipboard, and some keep a history of it. PeerNote has it "
        f"emptied after {seconds} seconds, and when the vault locks. Whether the terminal obeys, and who has read it "
        "by then, PeerNote cannot know."
    )


def on_the_clipboard(clock: str) -> str:
    """Say that it was handed over; `clock` is local time with seconds, such as "14:52:45"."""
    return f"Handed to the clipboard, until {clock} or until the vault locks."


def too_long_for_clipboard(size: int, most: int) -> str:
    """Say that it does not fit, and what does; both in bytes."""
    return (
        f"Not copied: this is {-(-size // 1000):,} KB long, and terminals take {most // 1000:,} KB. Of a draft, select "
        "less; a signed note is written to a file by: peernote notes export"
    )
