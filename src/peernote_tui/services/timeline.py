"""The timeline of a participant, a part at a time."""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, TypeVar

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.consent import Consent, ConsentEvent
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import ChangeKind, ParticipantChange
from peernote_tui.domain.referral_loop import stage_come_to
from peernote_tui.domain.timeline import Timeline, TimelineEntry, TimelineKind, cursor_place
from peernote_tui.repository.rows import Row
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.participants import participant_in
from peernote_tui.services.workspace import Workspace

T = TypeVar("T")

_AT_ONCE = timedelta(minutes=1)
"""Notes handed on within so much of each other are one entry."""
_COVERED = frozenset({"legal_name", "merged_into"})
"""Parts of a record whose values the timeline never tells."""


def timeline(
    workspace: Workspace,
    participant_id: str,
    *,
    kinds: Collection[TimelineKind] = (),
    limit: int = 50,
    before: str = "",
) -> Timeline:
    """What happened in a record, the newest first.

    Args:
        workspace: The open vault.
        participant_id: Whose.
        kinds: Of which kinds; of all when empty.
        limit: How many at most.
        before: Only what stands before the entry with this cursor; everything when empty.

    Raises:
        NotFoundError: There is no such participant.
        InvalidInputError: `before` is no cursor.
    """
    end = cursor_place(before) if before else None
    wanted = frozenset(kinds) or frozenset(TimelineKind)
    with workspace.reading() as work:
        people = work.participants.same(participant_in(work, participant_id).id)
        telling = _Telling(workspace, work, people, end, limit)
        streams = [telling.of(kind) for kind in TimelineKind if kind in wanted]
        found = list(islice(heapq.merge(*streams, key=lambda entry: entry.place, reverse=True), limit + 1))
    return Timeline(entries=tuple(found[:limit]), more=len(found) > limit)


class _Telling:
    """Makes the stream of each kind, the newest first.

    Args:
        workspace: The open vault.
        work: The transaction.
        people: The ids under which the participant's rows stand.
        end: Only what stands before this place in the stream; None for everything.
        limit: How many are wanted of each kind.
    """

    def __init__(
        self, workspace: Workspace, work: UnitOfWork, people: tuple[str, ...], end: tuple[str, str] | None, limit: int
    ) -> None:
        self._workspace = workspace
        self._zone = workspace.clock.zone
        self._work = work
        self._people = people
        self._end = end
        # What shares its instant with the end is fetched again and left out.
        self._until = end[0] if end else "9999"
        self._limit = limit + 1

    def of(self, kind: TimelineKind) -> Iterator[TimelineEntry]:
        """The stream of one kind."""
        makers: dict[TimelineKind, Callable[[], Iterable[TimelineEntry]]] = {
            TimelineKind.NOTE: self._notes,
            TimelineKind.ADDENDUM: self._added,
            TimelineKind.DRAFT: self._drafts,
            TimelineKind.ACTION: self._actions,
            TimelineKind.CONSENT: self._consents,
            TimelineKind.FOLLOW_UP: lambda: heapq.merge(
                self._follow_ups(), self._plans_changed(), key=lambda entry: entry.place, reverse=True
            ),
            TimelineKind.RECORD: self._record,
            TimelineKind.DISCLOSURE: self._disclosures,
        }
        return (entry for entry in makers[kind]() if self._end is None or entry.place < self._end)

    def _notes(self) -> Iterator[TimelineEntry]:
        until = in_zone(datetime.fromisoformat(self._end[0]), self._zone).date() if self._end else date.max
        for note in self._all(lambda many: self._work.notes.until(self._people, until.isoformat(), many)):
            if note.day is None:
                continue
            at = self._wall(note.day, note.start or time())
            yield TimelineEntry(kind=TimelineKind.NOTE, id=note.id, event="signed", at=at, note=note, note_id=note.id)

    def _added(self) -> list[TimelineEntry]:
        # Few; and their instants are written in more than one way, so their order is not that of the text.
        return _newest_first(
            TimelineEntry(
                kind=TimelineKind.ADDENDUM,
                id=row["id"],
                event=row["kind"],
                at=self._local(row["signed_at"]),
                text=row["reason"] or "",
                note_id=row["note_id"],
            )
            for row in self._work.timeline.added(self._people)
        )

    def _drafts(self) -> Iterator[TimelineEntry]:
        for row in self._all(lambda many: self._work.timeline.drafts(self._people, self._until, many)):
            event = "put_aside" if row["discarded_at"] else "begun"
            yield TimelineEntry(kind=TimelineKind.DRAFT, id=row["id"], event=event, at=self._local(row["at"]))

    def _actions(self) -> Iterator[TimelineEntry]:
        for row in self._all(lambda many: self._work.timeline.actions(self._people, self._until, many)):
            yield TimelineEntry(
                kind=TimelineKind.ACTION,
                id=row["id"],
                event="added" if row["added"] else row["status"],
                at=self._local(row["at"]),
                text=row["text"],
                owner=Owner(row["owner"]),
                detail=row["owner_name"],
                note_id=row["note_id"] or "",
                action_id=row["action_id"],
                stage=stage_come_to(json.loads(row["change"] or "{}")),
            )

    def _follow_ups(self) -> Iterator[TimelineEntry]:
        for row in self._all(lambda many: self._work.timeline.follow_ups(self._people, self._until, many)):
            yield TimelineEntry(
                kind=TimelineKind.FOLLOW_UP,
                id=row["id"],
                event="written_up" if row["closed_by_note_id"] else "planned",
                at=self._local(row["created_at"]),
                text=row["place"],
                day=f"{row['day']}T{row['time']}" if row["time"] else row["day"],
                note_id=row["note_id"] or "",
            )

    def _plans_changed(self) -> list[TimelineEntry]:
        standing: dict[str, list[Row]] = {}
        for row in self._work.timeline.plans_changed(self._people):
            told = standing.setdefault(row["id"], [])
            if row["action"] != AuditAction.FOLLOW_UP_REOPENED:
                told.append(row)
            elif told:
                # What was taken back did not happen.
                told.pop()
        changes = [
            [row for row in told if row["detail"] or row["action"] == AuditAction.FOLLOW_UP_CANCELLED]
            for told in standing.values()
        ]
        return _newest_first(
            TimelineEntry(
                kind=TimelineKind.FOLLOW_UP,
                id=f"{row['id']} {row['sequence']:09}",
                event="cancelled" if row["action"] == AuditAction.FOLLOW_UP_CANCELLED else "moved",
                at=self._local(row["at"]),
                # Only the last reason is kept.
                text=row["reason"] if row is told[-1] else "",
                day=row["detail"] or row["day"],
            )
            for told in changes
            for row in told
        )

    def _consents(self) -> list[TimelineEntry]:
        found: list[TimelineEntry] = []
        rows = self._work.consents.of_participant(self._people[0])
        for place, row in enumerate(rows):
            found.append(self._consent(row, row.event.value, row.recorded_at))
            ended = self._ended(row, rows[place + 1 :])
            if ended is not None:
                found.append(self._consent(row, "expired", ended))
        return _newest_first(found)

    def _consent(self, row: Consent, event: str, at: datetime) -> TimelineEntry:
        return TimelineEntry(
            kind=TimelineKind.CONSENT,
            id=row.id if event != "expired" else f"{row.id} expired",
            event=event,
            at=in_zone(at, self._zone),
            consent=row,
        )

    def _ended(self, row: Consent, later: tuple[Consent, ...]) -> datetime | None:
        """When a consent ran out by itself; None when it did not, or when another row came first."""
        if row.event is not ConsentEvent.GIVEN or row.expires_on is None or row.expires_on >= self._workspace.today:
            return None
        end = self._wall(row.expires_on + timedelta(days=1), time())
        return None if any(next_.scope is row.scope and next_.recorded_at < end for next_ in later) else end

    def _record(self) -> list[TimelineEntry]:
        records = self._work.participants.records(self._people[0])
        # Going back from what each record holds now, every change gives what it held before.
        holds = {person.id: person.model_dump(mode="json") for person in records}
        found = [
            self._change(change, holds[change.participant_id])
            for change in reversed(self._work.participant_changes.of_participant(self._people[0]))
            if change.participant_id in holds
        ]
        found += [
            TimelineEntry(
                kind=TimelineKind.RECORD, id=person.id, event="added", at=in_zone(person.created_at, self._zone)
            )
            for person in records
        ]
        return _newest_first(found)

    def _change(self, change: ParticipantChange, holds: dict[str, Any]) -> TimelineEntry:
        after = {name: holds.get(name) for name in change.fields}
        holds |= change.document
        archived = change.kind is ChangeKind.ARCHIVED
        return TimelineEntry(
            kind=TimelineKind.RECORD,
            id=change.id,
            event=change.kind.value,
            at=in_zone(change.at, self._zone),
            text=str(after.get("archive_reason") or "") if archived else "",
            fields=change.fields,
            before={name: value for name, value in change.document.items() if name not in _COVERED},
            after={name: value for name, value in after.items() if name not in _COVERED},
        )

    def _disclosures(self) -> list[TimelineEntry]:
        account = self._work.disclosures.of_participant(self._people[0])
        voided = {row.voids for row in account if row.voids}
        found = [
            TimelineEntry(
                kind=TimelineKind.DISCLOSURE,
                id=row.id,
                event="voided" if row.id in voided else "handed_out",
                at=in_zone(row.at, self._zone),
                text=row.what,
                detail=row.to,
                note_id=row.note_ids[0] if len(row.note_ids) == 1 else "",
                count=max(1, len(row.note_ids)),
            )
            for row in account
            if not row.voids
        ]
        return _newest_first([*found, *self._handed_on_before()])

    def _handed_on_before(self) -> Iterator[TimelineEntry]:
        group: list[Row] = []
        for row in self._work.timeline.shared(self._people):
            if group and not _at_once(row, group[-1]):
                yield self._disclosure(group)
                group = []
            group.append(row)
        if group:
            yield self._disclosure(group)

    def _disclosure(self, group: list[Row]) -> TimelineEntry:
        newest = group[0]
        return TimelineEntry(
            kind=TimelineKind.DISCLOSURE,
            id=f"{newest['sequence']:09}",
            event="copied" if newest["action"] == AuditAction.NOTE_COPIED else "exported",
            at=self._local(newest["at"]),
            detail=newest["detail"],
            note_id=newest["subject"] if len(group) == 1 else "",
            count=len(group),
        )

    def _all(self, fetch: Callable[[int], Iterator[T]]) -> Iterator[T]:
        # What is left out because it does not stand before the end must not make a page short.
        many, done = self._limit, 0
        while True:
            rows = list(fetch(many))
            yield from rows[done:]
            if len(rows) < many:
                return
            many, done = 4 * many, len(rows)

    def _local(self, text: str) -> datetime:
        return in_zone(datetime.fromisoformat(text), self._zone)

    def _wall(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=self._workspace.local_now.tzinfo)


def _at_once(row: Row, newer: Row) -> bool:
    between = datetime.fromisoformat(newer["at"]) - datetime.fromisoformat(row["at"])
    return (row["action"], row["detail"]) == (newer["action"], newer["detail"]) and abs(between) <= _AT_ONCE


def _newest_first(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    return sorted(entries, key=lambda entry: entry.place, reverse=True)
