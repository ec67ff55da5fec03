"""Which action items are referrals."""

from __future__ import annotations

from peernote_tui.repository.listed_actions import CLOSED, OPEN
from peernote_tui.repository.rows import Connection, Row, fetch_all, kept_id, marks, same_person


def referral_rows(
    connection: Connection, *, closed: bool = False, participant_id: str | None = None, limit: int
) -> list[Row]:
    """Ids of action items that are referrals, each with who its participant is as an `ActionListing` says it.

    Args:
        connection: Of the open vault.
        closed: Ended loops, the last ended first, instead of open ones, the soonest due first.
        participant_id: Only of this participant.
        limit: How many at most.
    """
    parts = [CLOSED if closed else OPEN, "a.referral <> ''", "p.erased_at IS NULL"]
    values: list[object] = []
    if participant_id:
        whose = same_person(connection, participant_id)
        parts.append(f"a.participant_id IN ({marks(whose)})")
        values.extend(whose)
    order = "a.changed_at DESC" if closed else "a.due IS NULL, a.due, a.created_at, a.id"
    return fetch_all(
        connection,
        "SELECT a.id, p.name AS participant_name, p.pronouns, p.external_id, substr(p.born, 1, 4) AS birth_year "
        f"FROM action_items a JOIN participants p ON p.id = {kept_id('a.participant_id')} "
        f"WHERE {' AND '.join(parts)} ORDER BY {order} LIMIT ?",
        (*values, limit),
    )
