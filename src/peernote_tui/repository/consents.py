"""Consent history: rows are only ever added."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from peernote_tui.domain.base import canonical_json
from peernote_tui.domain.consent import Consent
from peernote_tui.domain.row_order import in_time_order
from peernote_tui.repository.rows import (
    Connection,
    Row,
    day_text,
    fetch_all,
    insert_sealed,
    instant_text,
    kept_records,
    marks,
    same_person,
)
from peernote_tui.repository.taken_records import placed_rows

_COLUMNS = "id, participant_id, scope, event, how, starts_on, expires_on, remark, details, recorded_at, recorded_by"
_NO_DETAILS = "{}"


class ConsentRepository:
    """The consent history of participants."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, consent: Consent) -> str:
        """Add a row to the history; gives the hash that belongs into the log."""
        row = {
            **consent.model_dump(mode="json", exclude={"details"}),
            "starts_on": day_text(consent.starts_on),
            "expires_on": day_text(consent.expires_on),
            "recorded_at": instant_text(consent.recorded_at),
        }
        details = consent.details.model_dump(mode="json", exclude_defaults=True)
        if details:
            row["details"] = canonical_json(details)
        return insert_sealed(self._connection, "consents", row)

    def of_participants(self, participant_ids: tuple[str, ...]) -> dict[str, list[Consent]]:
        """The histories of several participants, each in its order, by participant id."""
        found: dict[str, list[Consent]] = {participant_id: [] for participant_id in participant_ids}
        kept, placed = kept_records(self._connection, participant_ids), placed_rows(self._connection)
        rows = fetch_all(
            self._connection,
            f"SELECT {_COLUMNS} FROM consents WHERE participant_id IN ({marks(tuple(kept))}) ORDER BY sequence",
            tuple(kept),
        )
        for row in rows:
            found[kept[row["participant_id"]]].append(_consent(row))
        return {whose: list(_in_order(history, placed)) for whose, history in found.items()}

    def of_either(self, one_id: str, other_id: str) -> tuple[Consent, ...]:
        """The histories of two participants as if they were one."""
        whose = tuple(each for person in (one_id, other_id) for each in same_person(self._connection, person))
        return self._of(whose)

    def of_participant(self, participant_id: str) -> tuple[Consent, ...]:
        """The whole history of one participant, in its order; see `domain.placing`."""
        return self._of(same_person(self._connection, participant_id))

    def _of(self, whose: tuple[str, ...]) -> tuple[Consent, ...]:
        placed = placed_rows(self._connection)
        rows = fetch_all(
            self._connection,
            f"SELECT {_COLUMNS} FROM consents WHERE participant_id IN ({marks(whose)}) ORDER BY sequence",
            whose,
        )
        return _in_order([_consent(row) for row in rows], placed)

    def ending_between(self, first: date, last: date) -> tuple[str, ...]:
        """Ids of participants with a consent whose last day lies between these two, both of them within."""
        rows = fetch_all(
            self._connection,
            "SELECT DISTINCT participant_id FROM consents WHERE expires_on BETWEEN ? AND ?",
            (day_text(first), day_text(last)),
        )
        return tuple(row["participant_id"] for row in rows)

    def stored(self) -> Iterator[Row]:
        """Every row as it is stored, oldest first, with its salt, for verification; empty details are left out."""
        cursor = self._connection.execute(f"SELECT sequence, {_COLUMNS}, salt FROM consents ORDER BY sequence")
        names = [column[0] for column in cursor.description]
        for row in cursor:
            stored = dict(zip(names, row, strict=True))
            if stored["details"] == _NO_DETAILS:
                # Rows from before there were details were sealed without them.
                del stored["details"]
            yield stored


def _consent(row: Row) -> Consent:
    return Consent(**{**row, "details": json.loads(row["details"])})


def _in_order(history: list[Consent], placed: Mapping[str, datetime]) -> tuple[Consent, ...]:
    return in_time_order(history, lambda row: row.recorded_at, placed)
