"""Lists of action items: a page is read from its index; only words are looked for in row after row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from peernote_tui.domain.action_filter import ActionFilter
from peernote_tui.repository.rows import Connection, Row, day_text, fetch_all, fetch_value, kept_id, marks, same_person

ITEM = (
    f"a.id, {kept_id('a.participant_id')} AS participant_id, a.note_id, a.text, a.owner, a.owner_name, a.due, "
    "a.status, a.words, a.tags, a.confidence, a.repeats, a.born_from, a.referral, a.unlisted, a.created_at, "
    "a.changed_at"
)
# Written out so that the partial indexes of the schema serve.
OPEN = "a.status IN ('open', 'partly', 'not_yet')"
CLOSED = "a.status IN ('done', 'changed', 'dropped') AND a.unlisted = 0"
_WHO = "p.name AS participant_name, p.pronouns, p.external_id, substr(p.born, 1, 4) AS birth_year"
_WITH_WHO = f"action_items a JOIN participants p ON p.id = {kept_id('a.participant_id')}"
MOST_CLOSED = 10_000
"""Closed items that are looked at, the last closed first: a list is as quick after twenty years as after one."""


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list.

    Attributes:
        rows: An action item each, with its participant's name, pronouns, external ID and birth year.
        total: How many answer in all.
        whole: False when older closed ones were not looked at.
    """

    rows: list[Row]
    total: int
    whole: bool = True


def listed(
    connection: Connection, wanted: ActionFilter, today: date, *, limit: int, skip: int = 0, every: bool = False
) -> Page:
    """Read one page of a list.

    Args:
        connection: The vault's.
        wanted: What must hold for each.
        today: The local day.
        limit: Rows of the page.
        skip: Rows before it.
        every: Look at every closed one, however many there are.
    """
    conditions, values = _conditions(connection, wanted, today)
    ends = None if every or not wanted.closed or wanted.participant_id else _closed_before_most(connection)
    if ends is not None:
        conditions, values = f"{conditions} AND a.changed_at > ?", [*values, ends]
    parts = [(f"{conditions}{part}", order) for part, order in _parts(wanted, today)]
    if wanted.looks_into_words:
        page = _looked_into(connection, wanted, parts, values, slice(skip, skip + limit))
        return Page(page.rows, page.total, whole=ends is None)
    rows: list[Row] = []
    total = 0
    for where, order in parts:
        count = int(fetch_value(connection, f"SELECT count(*) FROM action_items a WHERE {where}", values))
        if len(rows) < limit and count > max(0, skip - total):
            rows += fetch_all(
                connection,
                f"SELECT {ITEM}, {_WHO} FROM {_WITH_WHO} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?",
                (*values, limit - len(rows), max(0, skip - total)),
            )
        total += count
    return Page(rows, total, whole=ends is None)


def _parts(wanted: ActionFilter, today: date) -> Iterator[tuple[str, str]]:
    """Conditions and order of the parts of a list; no index has those without a day behind the others."""
    if wanted.closed:
        yield "", "a.changed_at DESC, a.id DESC"
        return
    due = _due(wanted)
    if wanted.has_day is not False:
        yield f" AND {due} IS NOT NULL", "a.due, a.created_at, a.id"
    if not wanted.has_day and wanted.since(today) is None and wanted.until(today) is None:
        yield f" AND {due} IS NULL", "a.created_at, a.id"


def _due(wanted: ActionFilter) -> str:
    """The due day in conditions; what is somebody's is found by them, and not by walking through all that is due."""
    return "+a.due" if wanted.participant_id else "a.due"


def _looked_into(
    connection: Connection,
    wanted: ActionFilter,
    parts: list[tuple[str, str]],
    values: list[object],
    page: slice,
) -> Page:
    fits = wanted.word_test()
    # Thousands of rows have the same few tags.
    tags_of = cache(json.loads)
    ids = [
        action_id
        for action_id, text, participant, owner_name, tags in _words(connection, parts, values)
        if fits(text, participant, owner_name, tags_of(tags))
    ]
    shown = ids[page]
    rows = fetch_all(
        connection,
        f"SELECT {ITEM}, {_WHO} FROM {_WITH_WHO} WHERE a.id IN (SELECT value FROM json_each(?))",
        (json.dumps(shown),),
    )
    places = {action_id: place for place, action_id in enumerate(shown)}
    return Page(sorted(rows, key=lambda row: places[row["id"]]), len(ids))


def _closed_before_most(connection: Connection) -> str | None:
    """When the newest of those was closed that are not looked at; None while all are."""
    found = fetch_value(
        connection,
        f"SELECT a.changed_at FROM action_items a WHERE {CLOSED} ORDER BY a.changed_at DESC, a.id DESC "
        "LIMIT 1 OFFSET ?",
        (MOST_CLOSED,),
    )
    return None if found is None else str(found)


def _words(
    connection: Connection, parts: list[tuple[str, str]], values: list[object]
) -> Iterator[tuple[str, str, str, str, str]]:
    for where, order in parts:
        yield from connection.execute(
            f"SELECT a.id, a.text, p.name, a.owner_name, a.tags FROM {_WITH_WHO} WHERE {where} ORDER BY {order}", values
        )


def _conditions(connection: Connection, wanted: ActionFilter, today: date) -> tuple[str, list[object]]:
    parts = [CLOSED if wanted.closed else OPEN]
    values: list[object] = []

    def among(column: str, these: tuple[str, ...]) -> None:
        parts.append(f"{column} IN ({marks(these)})")
        values.extend(these)

    if wanted.participant_id:
        among("a.participant_id", same_person(connection, wanted.participant_id))
    if wanted.owners:
        among("a.owner", tuple(owner.value for owner in wanted.owners))
    if wanted.statuses:
        among("a.status", tuple(status.value for status in wanted.statuses))
    due = _due(wanted)
    for bound, day in ((">=", wanted.since(today)), ("<=", wanted.until(today))):
        if day is not None:
            parts.append(f"{due} {bound} ?")
            values.append(day_text(day))
    for column, yes in ((f"{due} IS NULL", wanted.has_day), ("a.repeats = ''", wanted.recurring)):
        if yes is not None:
            parts.append(f"NOT ({column})" if yes else column)
    if wanted.referral:
        parts.append("a.referral <> ''")
    return " AND ".join(parts), values
