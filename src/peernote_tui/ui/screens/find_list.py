"""Finding participants: the box, the list under it, and one line per participant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from peernote_tui.domain.dates import say_day
from peernote_tui.domain.names import NameTier
from peernote_tui.domain.participant import BirthPrecision, FoundParticipants, Participant, ParticipantHit
from peernote_tui.ui import naming, sentences
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.widgets.peer_list import Heading, Line, PeerList, Row
from peernote_tui.ui.widgets.text_input import TextInput

_COLUMNS = (
    Column(11, flex=3),  # name
    Column(9),  # pronouns; "they/them" just fits
    Column(7, flex=1),  # the second identifier
    Column(5),  # year of birth, "~1990" when estimated
    Column(11, gone_below=66),  # last contact
    Column(13),  # draft, consent
)


class FindBox(TextInput):
    """Where a participant is looked for; Enter takes the highlighted one."""

    HELP_TEXT = sentences.FIND_PARTICIPANT_HELP
    MAY_BE_LOST = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Open", id="participants.open", tooltip="Open the highlighted participant."),
    ]


class ChooseBox(FindBox):
    """The same where a participant is only chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Choose", id="participants.choose", tooltip="Choose the highlighted participant."),
    ]


class HitList(PeerList):
    """The found participants. What is typed here belongs in the box, so it is handed on.

    Args:
        digits: Whether digits belong in the box too; otherwise they go to the tabs.
    """

    @dataclass
    class Typed(Message):
        """A character for the box."""

        character: str

    def __init__(self, *, digits: bool) -> None:
        super().__init__(_COLUMNS, id="hits")
        self._digits = digits

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Keep what is handed on from reaching the screen's commands; `?` stays help."""
        if not character or not character.isprintable() or key == "question_mark":
            return False
        return self._digits or not character.isdigit()

    def on_key(self, event: events.Key) -> None:
        """Hand a character on to the box."""
        if event.character and self.check_consume_key(event.key, event.character):
            event.stop()
            event.prevent_default()
            self.post_message(self.Typed(event.character))


def count(found: FoundParticipants) -> str:
    """Say how many of how many are listed; empty for none."""
    if not found.hits:
        return ""
    if not found.query.strip():
        return sentences.recents_of(len(found.hits), found.total)
    if not found.sure:
        return sentences.nearest(found.total)
    return sentences.count_line(len(found.hits), found.total)


def lines(found: FoundParticipants, today: date) -> list[Line]:
    """Everybody who was found; before the first key, the pinned ones under a heading of their own."""
    rows: list[Line] = [row(hit, today) for hit in found.hits]
    pinned = sum(hit.participant.pinned_at is not None for hit in found.hits)
    if found.query.strip() or not pinned:
        return rows
    others = rows[pinned:]
    return [Heading(sentences.PINNED), *rows[:pinned], *([Heading(sentences.LATELY), *others] if others else [])]


def row(hit: ParticipantHit, today: date) -> Row:
    """A found participant as one line, with a second one when it was not the name that was found."""
    person = hit.participant
    last = say_day(hit.last_contact.date(), today=today) if hit.last_contact else ""
    state, style = _state(hit)
    # The name says itself why it was found, as long as it is seen.
    silent = ("", "name") if naming.tier() is NameTier.FULL else ("",)
    return Row(
        person.id,
        (
            Cell(naming.name(person.called), "bold"),
            Cell(person.pronouns, "$muted"),
            Cell(naming.number(person.called), "$muted"),
            Cell(_born(person), "$muted"),
            Cell(last, "$muted"),
            Cell(state, style),
        ),
        below=sentences.found_by(hit.why) if hit.why not in silent else "",
    )


def _born(person: Participant) -> str:
    guessed = person.birth_precision is BirthPrecision.ESTIMATED
    return f"~{person.birth_year}" if guessed and person.birth_year else person.birth_year


def _state(hit: ParticipantHit) -> tuple[str, str]:
    if hit.participant.archived_at is not None:
        return sentences.ARCHIVED, "$secondary"
    if not hit.has_consent:
        return (sentences.DRAFT_NO_CONSENT if hit.has_draft else sentences.NO_CONSENT), "$error"
    return (sentences.HAS_DRAFT, "$primary") if hit.has_draft else ("", "")
