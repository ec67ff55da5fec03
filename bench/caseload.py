"""Makes the data the benchmarks run on: a large fictional caseload, the same for the same seed.

The shape comes from `caseload_model.json`: one full-time peer supporter, one year, is 1x. Up to 10x the years
grow, above that the people seen at one time do, so that 100x is ten years of ten such caseloads in one vault.
Ids of notes and participants, texts and times follow the seed; keys and signatures are new in every vault.

    python bench/caseload.py --scale 1 --out DIR
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time as stopwatch
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import UUID

from caseload_words import PLACES, TAGS, TECHNIQUES, Words

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.consent import Consent, ConsentEvent, ConsentHow, ConsentScope
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.note import (
    ActionReview,
    AgreedAction,
    Mode,
    NextContact,
    Note,
    NoteAuthor,
    NoteBasis,
    NoteContent,
    NoteKind,
    NoteParticipant,
    NoteSeal,
    NoteState,
    seal_hash,
)
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import BirthPrecision, Participant
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.demo import StoryClock
from peernote_tui.services.recording import enter_into_record
from peernote_tui.services.unlocking import close, create_vault
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import connection as database
from peernote_tui.vault import signing

PASSPHRASE = "bench walnut glacier violin"
UNTIL = date(2026, 11, 20)
"""The last day of the data, a Friday; benchmarks run on a clock that shows the evening of this day."""
ZONE = "America/New_York"

_MODEL = Path(__file__).with_name("caseload_model.json")
_LONGEST_HISTORY_YEARS = 10
_WEEKS_OF_REST = 6
_MOST_NOTES_OF_ONE = 400
_BATCH_WEEKS = 10
_OPEN_DRAFTS = 5
_Z95 = 1.645


@dataclass(frozen=True)
class Made:
    """What was made, and in how many seconds."""

    notes: int
    contacts: int
    participants: int
    seconds: float


def make(
    folder: Path, scale: float, passphrase: str, *, seed: int = 1, until: date = UNTIL, work_factor: int = 12
) -> Made:
    """Make a vault and fill it.

    Args:
        folder: Absent or empty; becomes the vault.
        scale: 1 is a year of one peer supporter: about 1,330 contacts in 2,000 notes, a group contact being one
            note for each of its people. A fraction is that part of a year, at least a week.
        passphrase: Of the vault.
        seed: The same seed makes the same people, texts and times.
        until: The last day of the data, a Friday.
        work_factor: scrypt's log2(N) of the key slots; key derivation is no part of what is measured.
    """
    began = stopwatch.perf_counter()
    evening = datetime.combine(until, time(23, 0), tzinfo=UTC)
    # Locking and wiping every allocation makes writing about ten times slower and leaves no trace in the file.
    settings = database._BEFORE_KEY  # noqa: SLF001 no public switch, since the program itself must never go without
    kept = tuple(setting for setting in settings if setting[0] != "cipher_memory_security")
    with mock.patch.object(database, "_BEFORE_KEY", kept):
        made = create_vault(
            folder,
            passphrase,
            author_name="Sam Rivera",
            credential="CPS",
            clock=StoryClock(ZONE, evening),
            work_factor=work_factor,
        )
    try:
        filler = _Filler(made.workspace, scale, seed, until)
        filler.fill()
    finally:
        close(made.workspace)
    return Made(filler.notes, filler.contacts, filler.arrived, stopwatch.perf_counter() - began)


@dataclass
class _Open:
    """A participant being seen, and what is agreed with them."""

    participant: Participant
    basis: NoteBasis
    open: list[AgreedAction] = field(default_factory=list)


class _Filler:
    def __init__(self, workspace: Workspace, scale: float, seed: int, until: date) -> None:
        self._workspace = workspace
        self._model: dict[str, Any] = json.loads(_MODEL.read_text(encoding="utf-8"))
        self._random = random.Random(seed)
        self._words = Words(self._random)
        self._until = until
        years = min(scale, _LONGEST_HISTORY_YEARS)
        self._weeks = max(1, round(self._model["weeks"] * years))
        self._lines = max(1, round(scale / years))
        self._heavy_notes = round(_MOST_NOTES_OF_ONE * min(1.0, scale))
        arrivals = self._model["participants_per_year"] * years - self._model["active_participants"]
        self._turnover = max(0.0, arrivals) / self._weeks
        with workspace.reading() as work:
            self._secret = bytes.fromhex(work.authors.secret_key(workspace.author.id))
        self.notes = self.contacts = self.arrived = 0

    def fill(self) -> None:
        lines: list[list[_Open]] = []
        heavy: _Open | None = None
        for begin in range(0, self._weeks, _BATCH_WEEKS):
            with self._workspace.changing() as work:
                if begin == 0:
                    first = self._monday(0)
                    active = self._model["active_participants"]
                    lines = [[self._arrive(work, first) for _ in range(active)] for _ in range(self._lines)]
                    heavy = lines[0].pop()
                for week in range(begin, min(begin + _BATCH_WEEKS, self._weeks)):
                    for line in lines:
                        self._week(work, line, week)
                    if heavy is not None:
                        self._heavy_week(work, heavy, week)
                if begin + _BATCH_WEEKS >= self._weeks:
                    self._drafts(work, lines[0])
                work.commit()

    def _monday(self, week: int) -> date:
        back = self._weeks - 1 - week
        last = self._until - timedelta(days=self._until.weekday())
        return last - timedelta(weeks=back + back // self._model["weeks"] * _WEEKS_OF_REST)

    def _week(self, work: UnitOfWork, line: list[_Open], week: int) -> None:
        monday = self._monday(week)
        leaving = math.floor(self._turnover * (week + 1)) - math.floor(self._turnover * week) if week else 0
        gone = [line.pop(self._random.randrange(len(line))) for _ in range(leaving)]
        events = self._events()
        turns = cycle(line)
        for number, kind in enumerate(events):
            day = monday + timedelta(days=number * 5 // len(events))
            at = time(8 + number % 7, self._random.choice((0, 15, 30, 45)))
            self.contacts += 1
            if kind == "group_events":
                self._group(work, line, day, at)
                continue
            self._contact(work, next(turns), kind, day, at)
        self._random.shuffle(line)
        for person in gone:
            self._farewell(work, person, monday + timedelta(days=4))
            line.append(self._arrive(work, monday))

    def _events(self) -> list[str]:
        events = [kind for kind in _KINDS for _ in range(self._model["per_week"][kind])]
        self._random.shuffle(events)
        return events

    def _heavy_week(self, work: UnitOfWork, heavy: _Open, week: int) -> None:
        share = self._heavy_notes / self._weeks
        count = math.floor(share * (week + 1) + 1e-9) - math.floor(share * week + 1e-9)
        for number in range(count):
            day = self._monday(week) + timedelta(days=number * 5 // count)
            self._contact(work, heavy, "brief_phone_text", day, time(15, number % 60))

    def _group(self, work: UnitOfWork, line: list[_Open], day: date, at: time) -> None:
        most, mean = self._model["per_week"]["group_people_max"], self._model["per_week"]["group_people_mean"]
        people = round(self._random.triangular(mean / 2, most, mean + 0.5))
        shared = self._words.text(self._count("group_event"))
        for person in self._random.sample(line, min(people, len(line))):
            summary = f"{shared}\n{self._words.text(self._count('group_line'))}"
            self._store(
                work, person, self._talk(NoteKind.GROUP, day, at, minutes=60, summary=summary, place="community room")
            )

    def _contact(self, work: UnitOfWork, person: _Open, kind: str, day: date, at: time) -> None:
        if kind == "no_show":
            reason = self._words.text(self._count("no_show"))
            content = NoteContent(kind=NoteKind.NO_SHOW, day=day, start=at, end=_later(at, 15), reason=reason)
            self._store(work, person, self._planned(content))
            return
        brief = kind == "brief_phone_text"
        summary = self._words.text(self._count("brief" if brief else "individual"))
        minutes = 10 if brief else min(120, max(15, round(self._random.lognormvariate(math.log(45), 0.6))))
        note_kind = NoteKind.COLLATERAL if kind == "collateral_admin" else NoteKind.INDIVIDUAL
        place = "phone" if brief else self._random.choice(PLACES)
        content = self._planned(self._talk(note_kind, day, at, minutes=minutes, summary=summary, place=place))
        content = content.model_copy(
            update={
                "mode": _MODES[kind],
                "action_reviews": tuple(self._review(person)),
                "agreed_actions": tuple(self._agree(day)),
                "rating": self._random.randint(2, 9) if note_kind is NoteKind.INDIVIDUAL else None,
            }
        )
        kept = {told.action_id for told in content.action_reviews if told.outcome.is_open}
        person.open = [*(action for action in person.open if action.id in kept), *content.agreed_actions]
        self._store(work, person, content)

    def _farewell(self, work: UnitOfWork, person: _Open, day: date) -> None:
        told = tuple(_told(action, ActionStatus.DROPPED, "") for action in person.open)
        summary = self._words.text(30)
        content = self._talk(NoteKind.INDIVIDUAL, day, time(16, 0), minutes=15, summary=summary, place="phone")
        update = {"action_reviews": told, "plan": "We closed our work together, as agreed."}
        self._store(work, person, content.model_copy(update=update))

    def _talk(self, kind: NoteKind, day: date, at: time, *, minutes: int, summary: str, place: str) -> NoteContent:
        words = self._words
        return NoteContent(
            kind=kind,
            mode=Mode.PHONE if place == "phone" else Mode.IN_PERSON,
            place=place,
            day=day,
            start=at,
            end=_later(at, minutes),
            concern_tags=tuple(dict.fromkeys(self._random.choices(TAGS, k=2))),
            concerns=words.sentence(),
            summary=summary,
            techniques=tuple(dict.fromkeys(self._random.choices(TECHNIQUES, k=2))),
            response=words.sentence(),
            own_words=words.own_words() if self._random.random() < 0.5 else "",
            strengths=words.sentence() if self._random.random() < 0.3 else "",
            next_topics="The next circle." if kind is NoteKind.GROUP else "",
        )

    def _planned(self, content: NoteContent) -> NoteContent:
        assert content.day is not None
        # A Monday, since everybody is written about in every week: no planned contact is left without a note.
        ahead = NextContact(day=content.day + timedelta(days=7 - content.day.weekday()), at=content.start)
        return content.model_copy(update={"next_contact": ahead, "next_place": content.place, "next_topics": "news"})

    def _count(self, kind: str) -> int:
        shape = self._model["words"][kind]
        spread = math.log(shape["p95"] / shape["median"]) / _Z95 if "p95" in shape else 0.3
        drawn = self._random.lognormvariate(math.log(shape["median"]), spread)
        return max(5, min(shape.get("max", 1500), round(drawn)))

    def _review(self, person: _Open) -> Iterator[ActionReview]:
        done = self._model["action_done_by_next_contact"]
        rest = (1 - done) / len(_OTHER_OUTCOMES)
        for action in person.open:
            outcome = self._random.choices(
                (ActionStatus.DONE, *_OTHER_OUTCOMES), weights=(done, *(rest for _ in _OTHER_OUTCOMES))
            )[0]
            yield _told(action, outcome, self._words.own_words() if self._random.random() < 0.3 else "")

    def _agree(self, day: date) -> Iterator[AgreedAction]:
        model = self._model
        counts = model["actions_per_note"]
        for _ in range(int(self._random.choices(list(counts), weights=list(counts.values()))[0])):
            owner = self._random.choices(list(_OWNERS), weights=[model["action_owner"][name] for name in _OWNERS])[0]
            days = round(self._random.lognormvariate(math.log(model["action_due_days_median"]), 0.6))
            yield AgreedAction(
                id=self._id(self._instant(day, time(18, 0))),
                text=self._words.action(),
                owner=_OWNERS[owner],
                owner_name="case manager" if owner == "other" else "",
                due=day + timedelta(days=days) if self._random.random() < model["action_due_share"] else None,
            )

    def _store(self, work: UnitOfWork, person: _Open, content: NoteContent) -> None:
        assert content.day is not None
        assert content.end is not None
        ended = self._instant(content.day, content.end)
        late = self._random.random() < self._model["late_share_baseline"]
        signed = ended + (timedelta(hours=self._random.randint(26, 72)) if late else timedelta(minutes=10))
        author, who = self._workspace.author, person.participant
        note = Note(
            id=self._id(ended),
            state=NoteState.SIGNED,
            participant=NoteParticipant(
                id=who.id, name=who.name, pronouns=who.pronouns, external_id=who.external_id, born=who.born
            ),
            author=NoteAuthor(id=author.id, name=author.name, credential=author.credential),
            zone=ZONE,
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
        then = replace(self._workspace, clock=StoryClock(ZONE, signed))
        enter_into_record(then, work, note.model_copy(update={"seal": seal}), participant_id=who.id)
        then.log(work, AuditAction.NOTE_SIGNED, note.id, f"late {digest}" if late else digest)
        self.notes += 1

    def _arrive(self, work: UnitOfWork, day: date) -> _Open:
        self.arrived += 1
        at = self._instant(day, time(8, 0))
        participant = Participant(
            id=self._id(at),
            name=self._words.name(self.arrived),
            pronouns=self._random.choice(("she/her", "he/him", "they/them")),
            born=str(self._random.randint(1940, 2008)),
            birth_precision=BirthPrecision.YEAR,
            external_id=f"P-{self.arrived:05d}",
            created_at=at,
            changed_at=at,
        )
        by = self._workspace.author.id
        then = replace(self._workspace, clock=StoryClock(ZONE, at))
        work.participants.add(participant, by=by)
        then.log(work, AuditAction.PARTICIPANT_ADDED, participant.id)
        notes = self._consent(then, work, participant, ConsentScope.NOTES, None)
        self._consent(then, work, participant, ConsentScope.SHARING, day + timedelta(days=365))
        return _Open(participant, NoteBasis(consent_id=notes.id, how=notes.how, starts_on=notes.starts_on))

    def _consent(
        self, then: Workspace, work: UnitOfWork, participant: Participant, scope: ConsentScope, until: date | None
    ) -> Consent:
        consent = Consent(
            id=self._id(then.clock.now()),
            participant_id=participant.id,
            scope=scope,
            event=ConsentEvent.GIVEN,
            how=self._random.choice(tuple(ConsentHow)),
            starts_on=then.today,
            expires_on=until,
            recorded_at=then.clock.now(),
            recorded_by=then.author.id,
        )
        work.consents.add(consent)
        then.log(work, AuditAction.CONSENT_GIVEN, participant.id, scope.value)
        return consent

    def _drafts(self, work: UnitOfWork, line: list[_Open]) -> None:
        at = self._instant(self._until, time(17, 0))
        for person in line[:_OPEN_DRAFTS]:
            summary, start = self._words.text(60), time(16, 0)
            content = self._talk(NoteKind.INDIVIDUAL, self._until, start, minutes=30, summary=summary, place="home")
            draft = Draft(
                id=self._id(at), participant_id=person.participant.id, content=content, begun_at=at, changed_at=at
            )
            work.drafts.add(draft, by=self._workspace.author.id)

    def _instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=self._workspace.local_now.tzinfo).astimezone(UTC)

    def _id(self, at: datetime) -> str:
        bits = int(at.timestamp() * 1000) << 80 | 0x7 << 76 | self._random.getrandbits(12) << 64
        return str(UUID(int=bits | 0b10 << 62 | self._random.getrandbits(62)))


def _told(action: AgreedAction, outcome: ActionStatus, words: str) -> ActionReview:
    return ActionReview(
        action_id=action.id,
        text=action.text,
        owner=action.owner,
        owner_name=action.owner_name,
        outcome=outcome,
        words=words,
    )


def _later(at: time, minutes: int) -> time:
    end = min(at.hour * 60 + at.minute + minutes, 23 * 60 + 59)
    return time(end // 60, end % 60)


_KINDS = (
    "individual_in_person",
    "individual_video",
    "brief_phone_text",
    "group_events",
    "no_show",
    "collateral_admin",
)
_MODES = {
    "individual_in_person": Mode.IN_PERSON,
    "individual_video": Mode.VIDEO,
    "brief_phone_text": Mode.PHONE,
    "collateral_admin": Mode.PHONE,
}
_OTHER_OUTCOMES = (ActionStatus.PARTLY, ActionStatus.NOT_YET, ActionStatus.CHANGED, ActionStatus.DROPPED)
_OWNERS = {"participant": Owner.PARTICIPANT, "peer": Owner.ME, "other": Owner.OTHER}


def main() -> int:
    """Make one vault and say how long it took."""
    parser = argparse.ArgumentParser(description="Make a fictional caseload to measure on.")
    parser.add_argument("--scale", type=float, default=1, help="1 is a year of one peer supporter; also 10 and 100")
    parser.add_argument("--out", type=Path, required=True, help="folder of the new vault, absent or empty")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    made = make(options.out, options.scale, PASSPHRASE, seed=options.seed)
    print(f"{made.notes} notes of {made.contacts} contacts with {made.participants} people in {made.seconds:.1f} s")
    print(f"passphrase: {PASSPHRASE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
