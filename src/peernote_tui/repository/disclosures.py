"""The account of disclosures: rows are only ever added."""

from __future__ import annotations

from collections.abc import Iterator

from peernote_tui.domain.base import canonical_json
from peernote_tui.domain.disclosure import Disclosure
from peernote_tui.domain.row_order import in_time_order
from peernote_tui.repository.rows import (
    Connection,
    Row,
    by_prefix,
    fetch_all,
    insert_sealed,
    instant_text,
    marks,
    same_person,
)
from peernote_tui.repository.taken_records import placed_rows

_ERASED = "{}"


class DisclosureRepository:
    """What left the vault, by participant."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, disclosure: Disclosure) -> str:
        """Add a row to the account; gives the hash that belongs into the log."""
        row = {
            "id": disclosure.id,
            "participant_id": disclosure.participant_id,
            # The order of the text is that of time.
            "document": canonical_json({**disclosure.model_dump(mode="json"), "at": instant_text(disclosure.at)}),
        }
        return insert_sealed(self._connection, "disclosures", row)

    def of_participant(self, participant_id: str) -> tuple[Disclosure, ...]:
        """A participant's account, oldest first, with that of records that became part of theirs."""
        whose, placed = same_person(self._connection, participant_id), placed_rows(self._connection)
        rows = fetch_all(
            self._connection,
            f"SELECT document FROM disclosures WHERE participant_id IN ({marks(whose)}) AND document <> '{_ERASED}' "
            "ORDER BY sequence",
            whose,
        )
        found = [Disclosure.model_validate_json(row["document"]) for row in rows]
        return in_time_order(found, lambda row: row.at, placed)

    def newest(self, limit: int) -> tuple[Disclosure, ...]:
        """The last ones over all participants, the newest first."""
        rows = fetch_all(
            self._connection,
            f"SELECT document FROM disclosures WHERE document <> '{_ERASED}' ORDER BY sequence DESC LIMIT ?",
            (limit,),
        )
        return tuple(Disclosure.model_validate_json(row["document"]) for row in rows)

    def get(self, disclosure_id: str) -> Disclosure | None:
        """The row with that id; None when there is none, or its words were erased."""
        rows = fetch_all(
            self._connection,
            f"SELECT document FROM disclosures WHERE id = ? AND document <> '{_ERASED}'",
            (disclosure_id,),
        )
        return Disclosure.model_validate_json(rows[0]["document"]) if rows else None

    def ids_with_prefix(self, prefix: str) -> tuple[str, ...]:
        """At most two ids that begin with this text."""
        return tuple(by_prefix(self._connection, "disclosures", prefix))

    def stored(self) -> Iterator[Row]:
        """Every row as it is stored, oldest first, with its salt, for verification."""
        cursor = self._connection.execute(
            "SELECT sequence, id, participant_id, document, salt FROM disclosures ORDER BY sequence"
        )
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))
