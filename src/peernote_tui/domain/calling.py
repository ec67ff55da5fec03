"""Whom to call, why, and what is safe when doing so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from enum import StrEnum

from peernote_tui.domain.base import Model
from peernote_tui.domain.called import AboutParticipant
from peernote_tui.domain.consent import ConsentStanding
from peernote_tui.domain.note import CONTACT_TEMPLATE, Mode, Note, NoteKind
from peernote_tui.domain.participant import ContactKind, Participant, Safe, Safety


class CallWhy(StrEnum):
    """Why somebody is to be called."""

    PLANNED = "planned"
    """A call or a text was planned for today or earlier, and no note tells of it."""
    MISSED = "missed"
    """They did not come, and since then there was no contact and none is planned."""


class Way(Model):
    """A number, and what is safe with it."""

    number: str
    label: str = ""
    """Such as home or work; empty for the number on the page."""
    safety: Safety = Safety()
    remark: str = ""


class CallRow(AboutParticipant):
    """Somebody to call, with what one has to know before the first ring."""

    participant_id: str
    why: CallWhy
    day: date
    """When the call was planned for, or the day they did not come."""
    at: time | None = None
    mode: Mode | None = None
    meeting_id: str = ""
    """Of the planned call; empty for somebody who did not come."""
    note_id: str = ""
    """Of the note that tells that they did not come; empty for a planned call."""
    ways: tuple[Way, ...] = ()
    """Their numbers, those that may be called first."""
    voicemail: ConsentStanding = ConsentStanding.NONE
    """Where they stand on being left a message."""
    text: ConsentStanding = ConsentStanding.NONE
    """Where they stand on being texted."""

    @property
    def about_id(self) -> str:
        """Id of the participant."""
        return self.participant_id


def ways_to(person: Participant) -> tuple[Way, ...]:
    """Every number of somebody, those that are safe to call first and those that are not last."""
    found = [Way(number=person.phone, safety=person.phone_safety)] if person.phone else []
    found += [
        Way(number=each.value, label=each.label, safety=each.safety, remark=each.remark)
        for each in person.contacts
        if each.kind is ContactKind.PHONE
    ]
    order = (Safe.YES, Safe.NOT_ASKED, Safe.NO)
    return tuple(sorted(found, key=lambda way: order.index(way.safety.call)))


def missed(notes: Iterable[Note], since: date) -> Note | None:
    """The note of the contact somebody missed, if there was none since; an attempt that reached nobody is none.

    Args:
        notes: Their last ones, the newest first.
        since: The first day that counts.
    """
    for note in notes:
        if note.content.day is None or note.content.day < since:
            return None
        if note.content.kind is NoteKind.NO_SHOW:
            return note
        if note.template.id != CONTACT_TEMPLATE or note.content.custom.get("outcome") != "not_reached":
            return None
    return None
