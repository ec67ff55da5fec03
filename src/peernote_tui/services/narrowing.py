"""Filters over the list of participants: which ids they leave, found once and not at every key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from peernote_tui.domain.consent import ConsentEvent, ConsentScope, ConsentState, consent_state
from peernote_tui.domain.narrowing import ENDS_WITHIN, Only

if TYPE_CHECKING:
    from peernote_tui.repository.rows import Connection
    from peernote_tui.repository.unit_of_work import UnitOfWork

_Asked = tuple[frozenset[Only], int, date]


class KeptNarrowing:
    """The ids that a filter left last; found anew as soon as anything was written."""

    def __init__(self) -> None:
        self._connection: Connection | None = None
        self._changes = -1
        self._asked: _Asked | None = None
        self._left: frozenset[str] = frozenset()

    def left(
        self, connection: Connection, work: UnitOfWork, only: frozenset[Only], days: int, today: date
    ) -> frozenset[str] | None:
        """The ids for whom all of this holds; None when nothing is asked.

        Args:
            connection: The vault's, to notice what was written since.
            work: A transaction on it.
            only: What must hold.
            days: Days for `Only.NOT_SEEN`.
            today: The day asked about, in the person's zone.
        """
        if not only:
            return None
        asked, changes = (only, days, today), int(connection.total_changes)
        if connection is not self._connection or changes != self._changes or asked != self._asked:
            self._left = frozenset.intersection(*(frozenset(ids) for ids in _each(work, only, days, today)))
            self._connection, self._changes, self._asked = connection, changes, asked
        return self._left


def _each(work: UnitOfWork, only: frozenset[Only], days: int, today: date) -> Iterator[set[str]]:
    if Only.NOT_SEEN in only:
        yield work.narrowing.not_seen_since(today - timedelta(days=days))
    if Only.OVERDUE in only:
        yield work.narrowing.with_action_due_before(today)
    if Only.CONSENT in only:
        yield _without_lasting_consent(work, today)
    if Only.DRAFT in only:
        yield work.narrowing.with_draft()


def _without_lasting_consent(work: UnitOfWork, today: date) -> set[str]:
    """Whose consent to notes is missing, or ends soon."""
    soon = today + timedelta(days=ENDS_WITHIN)
    left = work.narrowing.everybody()
    unclear = []
    for row in work.narrowing.last_consents():
        if row["event"] == ConsentEvent.GIVEN and row["starts_on"] <= today.isoformat():
            if row["expires_on"] is None or row["expires_on"] > soon.isoformat():
                left.discard(row["participant_id"])
        elif row["event"] == ConsentEvent.GIVEN or row["named"]:
            # What was said before counts, too: the whole history decides.
            unclear.append(row["participant_id"])
    for participant_id, history in work.consents.of_participants(tuple(unclear)).items():
        state = consent_state(history, ConsentScope.NOTES, today)
        if state.active and not ends_by(state, soon):
            left.discard(participant_id)
    return left


def ends_by(state: ConsentState, day: date) -> bool:
    """Whether a consent that stands ends on this day or before."""
    return state.consent is not None and state.consent.expires_on is not None and state.consent.expires_on <= day
