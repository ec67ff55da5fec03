"""Consents that end soon, have ended, or are not there although a contact is planned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum

from peernote_tui.domain.base import Model
from peernote_tui.domain.consent import (
    Consent,
    ConsentEvent,
    ConsentScope,
    ConsentStanding,
    consent_state,
    sharing_consents,
    withdrawn_by,
)
from peernote_tui.domain.note import CONTACT_TEMPLATE
from peernote_tui.domain.participant import Participant
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.namesakes import told_apart
from peernote_tui.services.workspace import Workspace

_LOOK_BACK = timedelta(days=30)
"""How long an ended consent is told of when no contact is planned."""
_LOOK_AHEAD = timedelta(days=14)
"""How far ahead a planned contact asks for consent."""


_FARTHEST_DAYS = 36_500


class NoticeKind(StrEnum):
    """What is to be said of a consent; in this order it is urgent."""

    MISSING = "missing"
    """None was ever given, and a contact is planned or a note is begun."""
    WITHDRAWN = "withdrawn"
    """It was withdrawn, and a contact is planned or a note is begun."""
    EXPIRED = "expired"
    EXPIRING = "expiring"


class ConsentNotice(Model):
    """One consent that wants looking after, and whose."""

    kind: NoticeKind
    scope: ConsentScope
    participant: Participant
    day: date | None = None
    """The last day it covers or covered, or the day it was withdrawn; None where there never was one."""
    consent: Consent | None = None

    @property
    def key(self) -> str:
        """A name that no other notice has."""
        return self.consent.id if self.consent else f"{self.participant.id}-{self.scope.value}"


def consents_expiring(workspace: Workspace, *, within_days: int = 30) -> tuple[ConsentNotice, ...]:
    """What wants looking after, the most urgent first; archived people are left out.

    Notes count as missing, withdrawn or expired for everybody with an open draft or a contact planned within two
    weeks. Consents of every scope are told of from `within_days` before their last day until a month after it,
    unless they were renewed or withdrawn.

    Args:
        workspace: The open vault.
        within_days: How many days ahead to look.
    """
    with workspace.reading() as work:
        return notices_in(workspace, work, within_days=within_days)


def notices_in(workspace: Workspace, work: UnitOfWork, *, within_days: int = 30) -> tuple[ConsentNotice, ...]:
    """As `consents_expiring`, inside a transaction."""
    today = workspace.today
    horizon = today + timedelta(days=min(max(0, within_days), _FARTHEST_DAYS))
    wanted = _asked_for(work, today)
    people = told_apart(work, _people(work, {*wanted, *work.consents.ending_between(today - _LOOK_BACK, horizon)}))
    asked = {person.id for person in _people(work, wanted)}
    histories = work.consents.of_participants(tuple(person.id for person in people))
    found: list[ConsentNotice] = []
    for person in people:
        history = histories[person.id]
        if person.id in asked:
            found += _without_notes(person, history, today)
        found += _ending(person, history, today, horizon)
    unique = {one.key: one for one in found}
    return tuple(sorted(unique.values(), key=_urgency))


def _asked_for(work: UnitOfWork, today: date) -> set[str]:
    planned = set(work.follow_ups.met_until(today + _LOOK_AHEAD))
    return planned | {draft.participant_id for draft in work.drafts.open() if draft.template != CONTACT_TEMPLATE}


def _people(work: UnitOfWork, ids: Iterable[str]) -> tuple[Participant, ...]:
    named = work.participants.by_ids(tuple(sorted(ids)))
    merged = work.participants.by_ids(tuple({one.merged_into for one in named if one.merged_into}))
    people = {one.id: one for one in (*named, *merged) if not one.merged_into and one.archived_at is None}
    return tuple(people.values())


def _without_notes(person: Participant, history: list[Consent], today: date) -> Iterator[ConsentNotice]:
    state = consent_state(history, ConsentScope.NOTES, today)
    row = state.consent
    if state.active:
        return
    kind = {
        ConsentStanding.NONE: NoticeKind.MISSING,
        ConsentStanding.WITHDRAWN: NoticeKind.WITHDRAWN,
        ConsentStanding.EXPIRED: NoticeKind.EXPIRED,
    }[state.standing]
    day = None if row is None else row.expires_on or row.starts_on
    yield ConsentNotice(kind=kind, scope=ConsentScope.NOTES, participant=person, day=day, consent=row)


def _ending(person: Participant, history: list[Consent], today: date, horizon: date) -> Iterator[ConsentNotice]:
    for row in _standing(history, today):
        day = row.expires_on
        if day is None or not today - _LOOK_BACK <= day <= horizon:
            continue
        kind = NoticeKind.EXPIRED if day < today else NoticeKind.EXPIRING
        yield ConsentNotice(kind=kind, scope=row.scope, participant=person, day=day, consent=row)


def _standing(history: list[Consent], today: date) -> Iterator[Consent]:
    """The consents that decide today: one for each scope, and for sharing the last one for each recipient."""
    for scope in ConsentScope:
        state = consent_state(history, scope, today)
        if scope is ConsentScope.SHARING:
            ended = withdrawn_by(history)
            given = [row for row in history if row.scope is scope and row.event is ConsentEvent.GIVEN]
            last = {row.details.recipient: row for row in given if row.id not in ended}
            shared = {row.details.recipient: row for row in sharing_consents(history, today)}
            yield from {**last, **shared}.values()
        elif state.standing in (ConsentStanding.ACTIVE, ConsentStanding.EXPIRED) and state.consent is not None:
            yield state.consent


def _urgency(notice: ConsentNotice) -> tuple[int, date, str]:
    return list(NoticeKind).index(notice.kind), notice.day or date.min, notice.participant.name
