"""What is wrong with a file that a person wrote, told by line."""

from __future__ import annotations

from peernote_tui.domain.base import Model


class LineFault(Model):
    """One thing that is wrong in a file."""

    line: int
    """From 1; 1 where it is about the whole."""
    sentence: str
    way_out: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.sentence} {self.way_out}".rstrip()
