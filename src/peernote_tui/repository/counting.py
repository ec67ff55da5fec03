"""What is counted over many notes and action items: one row each, with no more than counting needs.

A note that was written in error counts for nothing, and a corrected one as it was corrected last. What an erased record
held is not there to be counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime

from peernote_tui.domain.counting import CountedAction, CountedContact
from peernote_tui.repository.addenda import CORRECTED, IN_ERROR
from peernote_tui.repository.rows import Connection, day_text, instant_text, marks

# In one call, so that SQLite reads each document once.
_OF_CONTENT = ("day", "start", "end", "kind", "mode", "rating", "concern_tags")
_PATHS = ", ".join(
    f"'$.{path}'"
    for path in (
        *(f"content.{name}" for name in _OF_CONTENT),
        *("template.id", "template.version", "zone", "rule_pack.id", "rule_pack.version"),
    )
)
_STANDS = f"n.sequence NOT IN ({IN_ERROR}) AND n.signed_at IS NOT NULL"


class CountingRepository:
    """Contacts and action items, streamed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def between(self, first: date, last: date) -> Iterator[CountedContact]:
        """Contacts of a range of days, in no order."""
        days = (day_text(first), day_text(last))
        # A correction may have moved a contact into these days; there are few of them.
        chosen = (
            "SELECT sequence FROM notes WHERE day BETWEEN ? AND ? UNION "
            "SELECT m.sequence FROM addenda e JOIN notes m ON m.id = e.note_id WHERE e.kind = 'correction'"
        )
        found = self._contacts(f"n.sequence IN ({chosen})", days)
        return (each for each in found if first.isoformat() <= each.day <= last.isoformat())

    def of(self, people: tuple[str, ...], since: date | None = None) -> Iterator[CountedContact]:
        """Contacts with one participant, in no order.

        Args:
            people: The ids under which their rows stand.
            since: From which day on; from the first when None.
        """
        whose = f"participant_id IN ({marks(people)})"
        if since is None:
            return self._contacts(f"n.{whose}", people)
        chosen = (
            f"SELECT sequence FROM notes WHERE {whose} AND day >= ? UNION SELECT m.sequence FROM addenda e "
            f"JOIN notes m ON m.id = e.note_id WHERE e.kind = 'correction' AND m.{whose}"
        )
        found = self._contacts(f"n.sequence IN ({chosen})", (*people, day_text(since), *people))
        return (each for each in found if each.day >= since.isoformat())

    def merged(self) -> dict[str, str]:
        """Which record each record became part of, of those that did."""
        rows = self._connection.execute("SELECT id, merged_into FROM participants WHERE merged_into IS NOT NULL")
        return {str(row[0]): str(row[1]) for row in rows}

    def actions_of(self, people: tuple[str, ...], since: date | None = None) -> Iterator[CountedAction]:
        """Action items of one participant as they are now, but for those of notes written in error.

        Args:
            people: The ids under which their rows stand.
            since: Agreed from which day on; from the first when None.
        """
        first = day_text(since) or ""
        day = f"iif(n.id IS NULL, NULL, coalesce({CORRECTED} ->> '$.day', n.day))"
        # What was agreed on a day was never entered before it, in whichever zone.
        rows = self._connection.execute(
            f"SELECT a.owner, a.status, a.due, {day} AS told, a.created_at FROM action_items a "
            f"LEFT JOIN notes n ON n.id = a.note_id WHERE a.participant_id IN ({marks(people)}) "
            "AND a.unlisted = 0 AND a.created_at >= date(?, '-1 day') "
            f"AND (n.sequence IS NULL OR n.sequence NOT IN ({IN_ERROR}))",
            (*people, first or "0001-01-02"),
        )
        found = (CountedAction(*row) for row in rows)
        return (each for each in found if (each.agreed_on or each.created_at) >= first)

    def open_at(self, moment: datetime) -> Iterator[CountedAction]:
        """Action items of everybody that were open at a moment, with the day they were due as it was then.

        What was changed since is taken back by the history, which says what stood before.
        """
        at = instant_text(moment)
        rows = self._connection.execute(
            "SELECT owner, was, iif(moved IS NULL, due, moved ->> '$[0]'), NULL, created_at FROM ("
            "SELECT a.owner, a.due, a.created_at, iif(a.changed_at < :at, a.status, ("
            "SELECT e.status FROM action_events e WHERE e.action_id = a.id AND e.at < :at "
            "ORDER BY e.at DESC, e.id DESC LIMIT 1)) AS was, iif(a.changed_at < :at, NULL, ("
            "SELECT e.change -> '$.due' FROM action_events e WHERE e.action_id = a.id AND e.at >= :at "
            "AND e.change <> '' AND e.change -> '$.due' IS NOT NULL ORDER BY e.at, e.id LIMIT 1)) AS moved "
            "FROM action_items a JOIN participants p ON p.id = a.participant_id "
            "WHERE p.erased_at IS NULL AND a.unlisted = 0 AND a.created_at < :at AND (a.changed_at >= :at "
            "OR a.status IN ('open', 'partly', 'not_yet'))"
            ") WHERE was IN ('open', 'partly', 'not_yet')",
            {"at": at},
        )
        return (CountedAction(*row) for row in rows)

    def _contacts(self, which: str, values: tuple[object, ...]) -> Iterator[CountedContact]:
        rows = self._connection.execute(
            f"SELECT n.participant_id, n.signed_at, {CORRECTED}, json_extract(n.document, {_PATHS}) "
            f"FROM notes n WHERE {which} AND {_STANDS}",
            values,
        )
        for participant_id, signed_at, corrected, told in rows:
            *content, template_id, template_version, zone, pack_id, pack_version = json.loads(told)
            if corrected is not None:
                content = [json.loads(corrected).get(name) for name in _OF_CONTENT]
            if content[0]:
                rest = (template_id, template_version, zone, pack_id, pack_version)
                yield CountedContact._make((participant_id, signed_at, *content, *rest))
