"""Boxes that ask for somebody: staff named before, or another participant, completed while it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from textual._context import active_app
from textual.suggester import Suggester

from peernote_tui.domain.answers import ANOTHER
from peernote_tui.domain.base import LONGEST_QUERY
from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.domain.names import fold
from peernote_tui.domain.participant import Participant
from peernote_tui.domain.references import ERASED
from peernote_tui.services.finding import find_participants
from peernote_tui.ui import naming

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp

_LOOKED_AT = 8


def shown_words(people: Mapping[str, Participant | None]) -> dict[str, str]:
    """By id, how those whom answers mean are called on screen, as far as names may be seen."""
    return {each: ERASED if person is None else naming.by_number(person.called) for each, person in people.items()}


class PeopleBook:
    """Who is meant by what stands in a box.

    Args:
        people: Whom the answers of the draft mean, by the id they hold.
    """

    def __init__(self, people: Mapping[str, Participant | None] | None = None) -> None:
        self._people = dict(people or {})
        self._offered: dict[str, str] = {}

    def words(self, participant_id: str) -> str:
        """How somebody whom an answer means is shown in the box."""
        if participant_id not in self._people:
            return ANOTHER
        text = shown_words({participant_id: self._people[participant_id]})[participant_id]
        if self._people[participant_id] is not None:
            self._offered[fold(text)] = participant_id
        return text

    def meant(self, text: str) -> str:
        """The id of whom a text means that was completed, or shown before; empty for free text."""
        return self._offered.get(fold(text), "")

    def offer(self, person: Participant, typed: str) -> str:
        """Their words as a completion of what is typed."""
        self._people[person.id] = person
        words = self.words(person.id)
        # Found by another name, a number or a sound, they do not begin like what is typed.
        text = words if fold(words).startswith(fold(typed)) else f"{typed} = {words}"
        self._offered[fold(text)] = person.id
        return text


class PeopleSuggester(Suggester):
    """Completes what is typed to the likeliest participant but the one the note is about.

    Args:
        book: Learns who is meant.
        but: Id of the participant that the note is about.
    """

    def __init__(self, book: PeopleBook, but: str) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._book = book
        self._but = but

    async def get_suggestion(self, value: str) -> str | None:
        """What is typed, completed; None where nobody is found."""
        gateway = cast("PeerNoteApp", active_app.get()).gateway
        if not value.strip() or len(value) > LONGEST_QUERY or self._book.meant(value) or not gateway.is_open:
            return None
        try:
            found = await gateway.call(find_participants, value.strip(), limit=_LOOKED_AT)
        except PeerNoteError:
            return None
        people = (hit.participant for hit in found.hits if hit.participant.id != self._but)
        person = next(people, None)
        return None if person is None else self._book.offer(person, value)
