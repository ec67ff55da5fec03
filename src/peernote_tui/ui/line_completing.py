"""Completing the one line of an action item while it is typed."""

from __future__ import annotations

from collections.abc import Callable

from textual.suggester import Suggester

from peernote_tui.domain.action_line import LONGEST_LINE, LineWords, complete_line, needs_words
from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.services.action_words import words_used
from peernote_tui.ui.action_lines import LineReader
from peernote_tui.ui.gateway import gateway_here


class LineSuggester(Suggester):
    """Goes on with an owner, a tag, a day or a recurrence that is begun.

    Args:
        reader: Gives whose line it is, on which day; None offers nothing.
    """

    def __init__(self, reader: Callable[[], LineReader | None]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._reader = reader
        self._words: LineWords | None = None

    async def get_suggestion(self, value: str) -> str | None:
        """What is typed and what may follow; None where nothing may."""
        reader = self._reader()
        if reader is None:
            return None
        words = LineWords()
        if needs_words(value):
            # Asked for anew at each sign, so that what was stored meanwhile is among them.
            if self._words is None or value.endswith(("@", "#")):
                self._words = await self._used()
            words = self._words
        rest = complete_line(value, words=words, today=reader.today, participant=reader.offered_owner)
        return f"{value}{rest}" if rest and len(value) + len(rest) <= LONGEST_LINE else None

    async def _used(self) -> LineWords:
        gateway = gateway_here()
        if gateway is None:
            return LineWords()
        try:
            return await gateway.call(words_used)
        except PeerNoteError:
            return LineWords()
