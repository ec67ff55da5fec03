"""Sentences about filled forms that are taken in, and about what is not placed."""

from __future__ import annotations

TAKE_FORM_COMMAND = "Take in a filled form"
TAKE_FORM_TIP = "A filled DOCX, PDF form, Markdown or text becomes a draft to review."
TAKE_FORM_TITLE = "Take in a filled form"
TAKE_FORM_FILE = "File"
TAKE_FORM_HINT = "DOCX, PDF form, Markdown or text. It becomes a draft to review. Right completes a name."
UNPLACED_TIP = "Put a piece of the file that is not placed where the cursor stands, or away."
UNPLACED_TITLE = "Not placed: put a piece where the cursor stands, or away"
UNPLACED_NO_BOX = "Not placed: go to a box first to put a piece there"
NOTHING_UNPLACED = "Everything is placed."
PUT_IN = "Where the cursor stands"
PUT_AWAY = "Away, it is not needed"
PUT_BACK = "Back on the list"
PIECE_TOO_LONG = "The box did not take all of it, so it stays on the list."


def form_taken_in(template: str, placed: int, left: int) -> str:
    """Say how a form was read, and how much of it."""
    answers = "1 answer" if placed == 1 else f"{placed} answers"
    rest = f", {left} not placed: they stand beside, F10 places them." if left else "."
    return f"Read as “{template}”: {answers}{rest}"


def not_placed_heading(count: int) -> str:
    """The heading beside, over what is not placed."""
    return f"Not placed ({count})"


def piece(label: str, words: str) -> str:
    """A piece of a file with the label it stood under."""
    return f"{label}: {words}" if label else words


def put_in(number: int, said: str) -> str:
    """A line that puts a piece in."""
    return f"{number} put in: {said}"


def put_away(number: int, said: str) -> str:
    """A line that puts a piece away."""
    return f"{number} away: {said}"


def put_back(number: int, said: str) -> str:
    """A line that puts a piece back on the list."""
    return f"{number} back: {said}"


def pieces_left(count: int) -> str:
    """Say how many pieces are not placed yet."""
    if not count:
        return NOTHING_UNPLACED
    return "1 piece is not placed yet." if count == 1 else f"{count} pieces are not placed yet."
