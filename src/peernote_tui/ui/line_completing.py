"""Completing the one line of an action item while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, cast

from textual._context import active_app
from textual.suggester import Suggester

from peernote_tui.domain.action_line import LONGEST_LINE, LineWords, complete_line, needs_words
from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.domain.names import Called, first_name, fold
from peernote_tui.services.action_words import words_used
from peernote_tui.ui import naming

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp


def offered_owner(person: Called | None) -> str:
    """The participant in a word that means them after @; empty where their first name may not be seen."""
    shown = naming.first(person) if person is not None else ""
    return shown if person is not None and fold(shown) == fold(first_name(person.name)) else ""


class LineSuggester(Suggester):
    """Goes on with an owner, a tag, a day or a recurrence that is begun.

    Args:
        whose: Gives the local day, and `offered_owner` of the participant.
    """

    def __init__(self, whose: Callable[[], tuple[date, str]]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._whose = whose
        self._words: LineWords | None = None

    async def get_suggestion(self, value: str) -> str | None:
        """What is typed and what may follow; None where nothing may."""
        words = LineWords()
        if needs_words(value):
            # Asked for anew at each sign, so that what was stored meanwhile is among them.
            if self._words is None or value.endswith(("@", "#")):
                self._words = await self._used()
            words = self._words
        today, participant = self._whose()
        rest = complete_line(value, words=words, today=today, participant=participant)
        return f"{value}{rest}" if rest and len(value) + len(rest) <= LONGEST_LINE else None

    async def _used(self) -> LineWords:
        gateway = cast("PeerNoteApp", active_app.get()).gateway
        if not gateway.is_open:
            return LineWords()
        try:
            return await gateway.call(words_used)
        except PeerNoteError:
            return LineWords()
