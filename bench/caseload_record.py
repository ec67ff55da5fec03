"""People and sealed notes as the benchmark caseload enters them into a vault."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.consent import Consent, ConsentEvent, ConsentHow, ConsentScope
from peernote_tui.domain.note import (
    AgreedAction,
    Note,
    NoteAuthor,
    NoteBasis,
    NoteContent,
    NoteParticipant,
    NoteSeal,
    NoteState,
    seal_hash,
)
from peernote_tui.domain.participant import BirthPrecision, Participant
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.demo import StoryClock
from peernote_tui.services.recording import enter_into_record
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import signing


@dataclass
class Seen:
    """A participant being seen, and what is agreed with them."""

    participant: Participant
    basis: NoteBasis
    open: list[AgreedAction] = field(default_factory=list)


class Record:
    """Writes into one open vault; `notes` and `arrived` count what it wrote.

    Args:
        workspace: The open vault.
        chance: Ids, salts and what is left to chance come from it.
        late_share: How many of the notes are late entries.
        name: Gives the name of the participant of that number.
    """

    def __init__(
        self, workspace: Workspace, chance: random.Random, late_share: float, name: Callable[[int], str]
    ) -> None:
        self._workspace = workspace
        self._random = chance
        self._late_share = late_share
        self._name = name
        with workspace.reading() as work:
            self._secret = bytes.fromhex(work.authors.secret_key(workspace.author.id))
        self.notes = self.arrived = 0

    def store(self, work: UnitOfWork, person: Seen, content: NoteContent) -> None:
        assert content.day is not None
        assert content.end is not None
        ended = self.instant(content.day, content.end)
        late = self._random.random() < self._late_share
        signed = ended + (timedelta(hours=self._random.randint(26, 72)) if late else timedelta(minutes=10))
        author, who = self._workspace.author, person.participant
        note = Note(
            id=self.new_id(ended),
            state=NoteState.SIGNED,
            participant=NoteParticipant(
                id=who.id, name=who.name, pronouns=who.pronouns, external_id=who.external_id, born=who.born
            ),
            author=NoteAuthor(id=author.id, name=author.name, credential=author.credential),
            zone=self._workspace.clock.zone,
            content=content,
            basis=person.basis,
            entered_at=ended,
            signed_at=signed,
            late_reason="A long day." if late else "",
        )
        salt = self._random.randbytes(32).hex()
        digest = seal_hash(salt, note.canonical())
        signature = signing.sign(self._secret, bytes.fromhex(digest)).hex()
        seal = NoteSeal(salt=salt, hash=digest, signature=signature, public_key=author.public_key)
        then = replace(self._workspace, clock=StoryClock(self._workspace.clock.zone, signed))
        enter_into_record(then, work, note.model_copy(update={"seal": seal}), participant_id=who.id)
        then.log(work, AuditAction.NOTE_SIGNED, note.id, f"late {digest}" if late else digest)
        self.notes += 1

    def arrive(self, work: UnitOfWork, day: date) -> Seen:
        self.arrived += 1
        at = self.instant(day, time(8, 0))
        participant = Participant(
            id=self.new_id(at),
            name=self._name(self.arrived),
            pronouns=self._random.choice(("she/her", "he/him", "they/them")),
            born=str(self._random.randint(1940, 2008)),
            birth_precision=BirthPrecision.YEAR,
            external_id=f"P-{self.arrived:05d}",
            created_at=at,
            changed_at=at,
        )
        by = self._workspace.author.id
        then = replace(self._workspace, clock=StoryClock(self._workspace.clock.zone, at))
        work.participants.add(participant, by=by)
        then.log(work, AuditAction.PARTICIPANT_ADDED, participant.id)
        notes = self._consent(then, work, participant, ConsentScope.NOTES, None)
        self._consent(then, work, participant, ConsentScope.SHARING, day + timedelta(days=365))
        return Seen(participant, NoteBasis(consent_id=notes.id, how=notes.how, starts_on=notes.starts_on))

    def _consent(
        self, then: Workspace, work: UnitOfWork, participant: Participant, scope: ConsentScope, until: date | None
    ) -> Consent:
        consent = Consent(
            id=self.new_id(then.clock.now()),
            participant_id=participant.id,
            scope=scope,
            event=ConsentEvent.GIVEN,
            how=self._random.choice(tuple(ConsentHow)),
            starts_on=then.today,
            expires_on=until,
            recorded_at=then.clock.now(),
            recorded_by=then.author.id,
        )
        sealed = work.consents.add(consent)
        then.log(work, AuditAction.CONSENT_GIVEN, participant.id, f"{scope.value} {sealed}")
        return consent

    def instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=self._workspace.local_now.tzinfo).astimezone(UTC)

    def new_id(self, at: datetime) -> str:
        bits = int(at.timestamp() * 1000) << 80 | 0x7 << 76 | self._random.getrandbits(12) << 64
        return str(UUID(int=bits | 0b10 << 62 | self._random.getrandbits(62)))
