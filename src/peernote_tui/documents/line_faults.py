"""What is wrong with a file that a person wrote, told by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from peernote_tui.domain.base import Model
from peernote_tui.domain.errors import InvalidInputError


class LineFault(Model):
    """One thing that is wrong in a file."""

    line: int
    """From 1; 1 where it is about the whole."""
    sentence: str
    way_out: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.sentence} {self.way_out}".rstrip()


def in_order(found: Iterable[LineFault]) -> tuple[LineFault, ...]:
    """Faults by line, each told once."""
    unlike = {(fault.line, fault.sentence): fault for fault in found}
    return tuple(sorted(unlike.values(), key=lambda fault: fault.line))


def refuse_any(found: Sequence[LineFault], what: str) -> None:
    """Refuse a file that has faults.

    Args:
        found: Its faults, in order.
        what: What it is a file of, such as "the template".

    Raises:
        InvalidInputError: There are some; the sentence names the first with its line, and how many there are.
    """
    if found:
        first = found[0]
        more = f" There are {len(found) - 1} more." if len(found) > 1 else ""
        raise InvalidInputError(f"Line {first.line} of {what}: {first.sentence}{more}", first.way_out)
