"""Action items and the history of their changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from peernote_tui.domain.action_filter import ActionFilter
from peernote_tui.domain.action_item import ActionEvent, ActionItem, ActionListing
from peernote_tui.domain.base import canonical_json
from peernote_tui.domain.row_order import in_time_order
from peernote_tui.repository.listed_actions import ITEM, OPEN, listed
from peernote_tui.repository.referrals import referral_rows
from peernote_tui.repository.rows import (
    Connection,
    Row,
    by_prefix,
    day_text,
    fetch_all,
    fetch_one,
    insert,
    insert_sealed,
    instant_text,
    json_text,
    marks,
    same_person,
    update,
)
from peernote_tui.repository.taken_records import placed_rows

_LOOKED_AT = 2_000
"""Of so many action items the words are offered again."""


@dataclass(frozen=True, slots=True)
class ActionPage:
    """A part of a list.

    Attributes:
        listings: The action items of the page.
        total: How many answer in all.
        whole: False when older closed ones were not looked at.
    """

    listings: tuple[ActionListing, ...]
    total: int
    whole: bool = True


class ActionItemRepository:
    """Action items over all participants or of one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, action: ActionItem, *, by: str) -> None:
        """Store a new action item."""
        insert(
            self._connection,
            "action_items",
            {
                **_row(action),
                "created_at": instant_text(action.created_at),
                "created_by": by,
                "changed_by": by,
            },
        )

    def change(self, action: ActionItem, *, by: str) -> None:
        """Store a changed action item under the same id."""
        row = _row(action)
        # The row stays with the record it was written in.
        del row["participant_id"]
        update(self._connection, "action_items", {**row, "changed_by": by})

    def record(self, event: ActionEvent) -> str:
        """Add a change to the history; gives the hash that belongs into the log."""
        return insert_sealed(
            self._connection,
            "action_events",
            {
                **event.model_dump(mode="json", exclude={"change"}),
                "at": instant_text(event.at),
                # An event that changed nothing else is sealed as events were before they could.
                **({"change": canonical_json(event.change)} if event.change else {}),
            },
        )

    def get(self, action_id: str) -> ActionItem | None:
        """The action item with that id, or None."""
        row = fetch_one(self._connection, f"SELECT {ITEM} FROM action_items a WHERE a.id = ?", (action_id,))
        return None if row is None else _action(row)

    def born_from(self, action_id: str) -> ActionItem | None:
        """The next one of a series, which that item's closing made; None when it made none."""
        row = fetch_one(self._connection, f"SELECT {ITEM} FROM action_items a WHERE a.born_from = ?", (action_id,))
        return None if row is None else _action(row)

    def ids_with_prefix(self, prefix: str) -> tuple[str, ...]:
        """At most two ids that begin with this text."""
        return tuple(by_prefix(self._connection, "action_items", prefix))

    def events(self, action_id: str) -> tuple[ActionEvent, ...]:
        """The history of one action item in its order, the oldest first; see `domain.placing`."""
        placed = placed_rows(self._connection)
        rows = fetch_all(
            self._connection,
            "SELECT id, action_id, status, words, note_id, change, at, by FROM action_events WHERE action_id = ? "
            "ORDER BY sequence",
            (action_id,),
        )
        found = [ActionEvent(**{**row, "change": json.loads(row["change"] or "{}")}) for row in rows]
        return in_time_order(found, lambda event: event.at, placed)

    def stored_events(self) -> Iterator[Row]:
        """Every change as it is stored, oldest first, with its salt, for verification."""
        cursor = self._connection.execute(
            "SELECT sequence, id, action_id, status, words, note_id, change, at, by, salt FROM action_events "
            "ORDER BY sequence"
        )
        names = [column[0] for column in cursor.description]
        for row in cursor:
            stored = dict(zip(names, row, strict=True))
            if not stored["change"]:
                # Such rows were sealed without it.
                del stored["change"]
            yield stored

    def done_since(self, instant: datetime) -> int:
        """How many action items are done since an instant."""
        row = self._connection.execute(
            "SELECT count(*) FROM action_items a WHERE a.status IN ('done', 'changed', 'dropped') "
            "AND a.changed_at >= ? AND a.status = 'done'",
            (instant_text(instant),),
        ).fetchone()
        return int(row[0])

    def open_of(self, participant_id: str) -> tuple[ActionItem, ...]:
        """The open action items of one participant, the soonest due first."""
        whose = same_person(self._connection, participant_id)
        rows = fetch_all(
            self._connection,
            f"SELECT {ITEM} FROM action_items a WHERE a.participant_id IN ({marks(whose)}) AND {OPEN} "
            "ORDER BY a.due IS NULL, a.due, a.created_at, a.id",
            whose,
        )
        return tuple(_action(row) for row in rows)

    def referrals(self, *, closed: bool = False, participant_id: str | None = None, limit: int) -> list[Row]:
        """Which action items are referrals; see `referral_rows`."""
        return referral_rows(self._connection, closed=closed, participant_id=participant_id, limit=limit)

    def all_of(self, participant_id: str, *, unlisted: bool = False) -> tuple[ActionItem, ...]:
        """Every action item of one participant, open or not, in the order they were made.

        Args:
            participant_id: Whose.
            unlisted: Those that were taken back, too.
        """
        whose = same_person(self._connection, participant_id)
        listed = "" if unlisted else "AND a.unlisted = 0"
        rows = fetch_all(
            self._connection,
            f"SELECT {ITEM} FROM action_items a WHERE a.participant_id IN ({marks(whose)}) {listed} "
            "ORDER BY a.created_at, a.id",
            whose,
        )
        return tuple(_action(row) for row in rows)

    def listed(
        self, wanted: ActionFilter, today: date, *, limit: int, skip: int = 0, every: bool = False
    ) -> ActionPage:
        """A page of a list of action items with their participants; see `ActionFilter` for what is listed.

        Args:
            wanted: What must hold for each.
            today: The local day.
            limit: How many to return.
            skip: How many to leave out before them.
            every: Look at every closed one, however many there are.
        """
        page = listed(self._connection, wanted, today, limit=limit, skip=skip, every=every)
        return ActionPage(tuple(_listing(row) for row in page.rows), page.total, page.whole)

    def count_due(self, today: date, owners: tuple[str, ...]) -> tuple[int, int, date | None]:
        """How many open ones are due on a day and how many before it, and the next due day after it."""
        day = day_text(today)
        of = f" AND a.owner IN ({marks(owners)})" if owners else ""
        due, overdue, following = self._connection.execute(
            "SELECT coalesce(sum(a.due = ?), 0), coalesce(sum(a.due < ?), 0), "
            f"min(CASE WHEN a.due > ? THEN a.due END) FROM action_items a WHERE {OPEN} AND a.due IS NOT NULL{of}",
            (day, day, day, *owners),
        ).fetchone()
        return int(due), int(overdue), None if following is None else date.fromisoformat(following)

    def count_open(self, today: date) -> tuple[int, int]:
        """How many action items are open, and how many of them overdue."""
        row = self._connection.execute(
            f"SELECT count(*), coalesce(sum(a.due < ?), 0) FROM action_items a WHERE {OPEN}",
            (day_text(today),),
        ).fetchone()
        return int(row[0]), int(row[1])

    def used_tags(self, limit: int = 100) -> tuple[str, ...]:
        """Tags of the latest action items, the most used first."""
        return self._used("tag.value FROM latest, json_each(latest.tags) AS tag WHERE tag.value <> ''", limit)

    def used_owners(self, limit: int = 100) -> tuple[str, ...]:
        """Names of those who took on the latest action items, the most named first."""
        return self._used("owner_name FROM latest WHERE owner_name <> ''", limit)

    def _used(self, words: str, limit: int) -> tuple[str, ...]:
        rows = self._connection.execute(
            "WITH latest AS (SELECT tags, owner_name FROM action_items ORDER BY id DESC LIMIT ?) "
            f"SELECT {words} GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ?",
            (_LOOKED_AT, limit),
        )
        return tuple(str(row[0]) for row in rows)


def _row(action: ActionItem) -> Row:
    return {
        **action.model_dump(mode="json", exclude={"created_at", "changed_at"}),
        "tags": json_text(action.tags),
        "referral": "" if action.referral is None else json_text(action.referral.model_dump(mode="json")),
        "changed_at": instant_text(action.changed_at),
    }


def _action(row: Row) -> ActionItem:
    referral = json.loads(row["referral"]) if row["referral"] else None
    return ActionItem(**{**row, "tags": json.loads(row["tags"]), "referral": referral})


def _listing(row: Row) -> ActionListing:
    who = ("participant_name", "pronouns", "external_id", "birth_year")
    action = _action({name: value for name, value in row.items() if name not in who})
    return ActionListing(action=action, **{name: row[name] for name in who})
