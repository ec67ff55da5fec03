"""A conversation in plain lines: one question, one answer, nothing drawn."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

from peernote_tui.cli.context import clean, is_terminal

BACK = "<"
HELP = "?"
PARAGRAPH = "."


class Talk:
    """Says lines and asks questions on a terminal, or with a script at the other end.

    Args:
        out: Where questions go; standard error when standard output is to hold JSON.
    """

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._typed_here = is_terminal(sys.stdin)
        self._readline = self._typed_here and out is sys.stdout and is_terminal(out)
        if self._readline:
            with suppress(ImportError, AttributeError):
                # Without it a terminal cuts lines off, at 1024 characters on macOS.
                import readline

                readline.set_auto_history(False)

    def say(self, text: str = "") -> None:
        """Say something; each line of it is made safe for a terminal."""
        for line in text.split("\n"):
            print(clean(line), file=self._out)

    def ask(self, prompt: str, help_text: str = "") -> str | None:
        """Ask for one line; `?` gives the help and asks again.

        Returns:
            What was typed without spaces around it, or None for a step back.

        Raises:
            EOFError: There is nobody to answer any more.
        """
        while True:
            typed = self._line(f"{prompt}: ").strip()
            if typed == BACK:
                return None
            if typed != HELP:
                return typed
            self.say(help_text or "Type an answer, or press Enter to go on.")

    def ask_lines(self, prompt: str, help_text: str, keep: Callable[[str], None]) -> str | None:
        """Ask for several lines; a blank one ends them.

        Args:
            prompt: What is asked.
            help_text: What `?` on the first line says.
            keep: Takes what was typed so far when the conversation breaks off.

        Returns:
            The lines, empty when the first one was blank, or None for a step back.

        Raises:
            EOFError: There is nobody to answer any more.
        """
        first = self.ask(prompt, help_text)
        if not first:
            return first
        lines = [first]
        try:
            while (line := self._line("... ").rstrip()).strip():
                lines.append("" if line.strip() == PARAGRAPH else line)
        except (EOFError, KeyboardInterrupt):
            keep("\n".join(lines))
            raise
        return "\n".join(lines)

    def _line(self, prompt: str) -> str:
        if self._readline:
            return input(clean(prompt))
        # What a script types is not echoed, so that its transcript would run together without line ends.
        print(clean(prompt).rstrip(), end=" " if self._typed_here else "\n", file=self._out, flush=True)
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line
