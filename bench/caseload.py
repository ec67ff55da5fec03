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
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any
from unittest import mock

from caseload_record import Record, Seen
from caseload_words import PLACES, TAGS, TECHNIQUES, Words

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.note import (
    ActionReview,
    AgreedAction,
    Mode,
    NextContact,
    NoteContent,
    NoteKind,
)
from peernote_tui.domain.owner import Owner
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.demo import StoryClock
from peernote_tui.services.unlocking import close, create_vault
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import connection as database

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
        late_share = self._model["late_share_baseline"]
        self._record = Record(workspace, self._random, late_share, self._words.name)
        self.contacts = 0

    @property
    def notes(self) -> int:
        return self._record.notes

    @property
    def arrived(self) -> int:
        return self._record.arrived

    def fill(self) -> None:
        lines: list[list[Seen]] = []
        heavy: Seen | None = None
        for begin in range(0, self._weeks, _BATCH_WEEKS):
            with self._workspace.changing() as work:
                if begin == 0:
                    first = self._monday(0)
                    active = self._model["active_participants"]
                    lines = [[self._record.arrive(work, first) for _ in range(active)] for _ in range(self._lines)]
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

    def _week(self, work: UnitOfWork, line: list[Seen], week: int) -> None:
        monday = self._monday(week)
        leaving = _share(self._turnover, week)
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
            line.append(self._record.arrive(work, monday))

    def _events(self) -> list[str]:
        events = [kind for kind in _KINDS for _ in range(self._model["per_week"][kind])]
        self._random.shuffle(events)
        return events

    def _heavy_week(self, work: UnitOfWork, heavy: Seen, week: int) -> None:
        count = _share(self._heavy_notes / self._weeks, week)
        for number in range(count):
            day = self._monday(week) + timedelta(days=number * 5 // count)
            self._contact(work, heavy, "brief_phone_text", day, time(15, number % 60))

    def _group(self, work: UnitOfWork, line: list[Seen], day: date, at: time) -> None:
        most, mean = self._model["per_week"]["group_people_max"], self._model["per_week"]["group_people_mean"]
        people = round(self._random.triangular(mean / 2, most, mean + 0.5))
        shared = self._words.text(self._count("group_event"))
        for person in self._random.sample(line, min(people, len(line))):
            summary = f"{shared}\n{self._words.text(self._count('group_line'))}"
            self._record.store(
                work, person, self._talk(NoteKind.GROUP, day, at, minutes=60, summary=summary, place="community room")
            )

    def _contact(self, work: UnitOfWork, person: Seen, kind: str, day: date, at: time) -> None:
        if kind == "no_show":
            reason = self._words.text(self._count("no_show"))
            content = NoteContent(kind=NoteKind.NO_SHOW, day=day, start=at, end=_later(at, 15), reason=reason)
            self._record.store(work, person, self._planned(content))
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
        self._record.store(work, person, content)

    def _farewell(self, work: UnitOfWork, person: Seen, day: date) -> None:
        told = tuple(_told(action, ActionStatus.DROPPED, "") for action in person.open)
        summary = self._words.text(30)
        content = self._talk(NoteKind.INDIVIDUAL, day, time(16, 0), minutes=15, summary=summary, place="phone")
        update = {"action_reviews": told, "plan": "We closed our work together, as agreed."}
        self._record.store(work, person, content.model_copy(update=update))

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

    def _review(self, person: Seen) -> Iterator[ActionReview]:
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
                id=self._record.new_id(self._record.instant(day, time(18, 0))),
                text=self._words.action(),
                owner=_OWNERS[owner],
                owner_name="case manager" if owner == "other" else "",
                due=day + timedelta(days=days) if self._random.random() < model["action_due_share"] else None,
            )

    def _drafts(self, work: UnitOfWork, line: list[Seen]) -> None:
        at = self._record.instant(self._until, time(17, 0))
        for person in line[:_OPEN_DRAFTS]:
            summary, start = self._words.text(60), time(16, 0)
            content = self._talk(NoteKind.INDIVIDUAL, self._until, start, minutes=30, summary=summary, place="home")
            draft = Draft(
                id=self._record.new_id(at),
                participant_id=person.participant.id,
                content=content,
                begun_at=at,
                changed_at=at,
            )
            work.drafts.add(draft, by=self._workspace.author.id)


def _share(per_week: float, week: int) -> int:
    """How many fall into this week, so that all weeks together make the whole; rounding must not lose the last."""
    return math.floor(per_week * (week + 1) + 1e-9) - math.floor(per_week * week + 1e-9)


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
