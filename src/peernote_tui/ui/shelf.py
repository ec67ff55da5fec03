"""Where words wait that were typed and not taken yet: in the vault, over Esc, locking and leaving."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from peernote_tui.services.half_typed import keep_words, words_before
from peernote_tui.ui.gateway import Gateway, gateway_here


@dataclass(frozen=True)
class Shelf:
    """The place of one question about one thing.

    Attributes:
        question: Which question it is, such as "snooze".
        about: Ids of everything the words may speak of, such as a participant and a meeting. Another question about
            the same, and the same about something else, have shelves of their own; erasing a record that one of
            the ids belongs to empties it.
    """

    question: str
    about: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """By which the vault knows it, of the same length whatever it is about."""
        told = "\n".join(self.about).encode()
        return f"{self.question}:{hashlib.sha256(told).hexdigest()[:32]}" if self.about else self.question

    async def words(self) -> dict[str, str]:
        """What waits here, by field; nothing in a vault that is only read.

        Raises:
            PeerNoteError: It could not be read.
        """
        gateway = _gateway()
        return {} if gateway is None else await gateway.call(words_before, self.name)

    async def put(self, words: dict[str, str]) -> None:
        """Let words wait here, or nothing any more; a vault that is only read keeps nothing.

        Raises:
            PeerNoteError: It could not be stored.
        """
        gateway = _gateway()
        if gateway is not None:
            await gateway.call(keep_words, self.name, words, about=self.about)


def _gateway() -> Gateway | None:
    """The way to an open vault that can be written to."""
    gateway = gateway_here()
    return gateway if gateway is not None and not gateway.workspace.vault.read_only else None
