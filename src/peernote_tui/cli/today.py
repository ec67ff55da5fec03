"""Today on the command line: what is owed to whom, right now."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import answer, opened, short, table
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_verb, row_count

if TYPE_CHECKING:
    from datetime import date

    from peernote_tui.domain.names import Called
    from peernote_tui.services.sweeping import OwedItem
    from peernote_tui.services.today import TodayView

_MOST = 100


def add_to(nouns: Nouns) -> None:
    """Add `today`."""
    verb = add_verb(
        nouns,
        "today",
        _today,
        says="what is owed to whom: notes to finish, actions due, meetings, calls, consents, the backup",
        example="peernote today --json",
    )
    verb.add_argument(
        "--limit",
        type=row_count,
        default=_MOST,
        metavar="N",
        help=f"how many of each kind at most; {_MOST} when left out",
    )


def _today(args: argparse.Namespace) -> int:
    from peernote_tui.services.sweeping import owed_items
    from peernote_tui.services.today import today_view

    with opened(args) as workspace:
        view = today_view(workspace, most=args.limit)
    items = owed_items(view)
    document = {
        "today": view.now.date().isoformat(),
        "due": view.due,
        "owed": [_document(item, view) for item in items],
        "meetings": [
            {**row.follow_up.model_dump(mode="json"), "participant": _who(row.called)} for row in view.meetings
        ],
        "last_backup": view.backup.last.isoformat() if view.backup.last is not None else None,
    }
    lines = table([_row(item, view) for item in items]) or ["Nothing is waiting."]
    if view.due > len(items):
        lines.append(f"{len(items)} of {view.due}; ask for more with --limit.")
    lines += [
        f"Later today: {row.follow_up.at:%H:%M} {_named(row.called)}" for row in view.meetings if row.follow_up.at
    ]
    answer(args, document, lines)
    return Exit.DONE


def _document(item: OwedItem, view: TodayView) -> dict[str, Any]:
    due = _due(item, view)
    return {
        "kind": item.kind.value,
        "id": _id(item),
        "participant": None if item.called is None else _who(item.called),
        "text": _text(item),
        "due": due.isoformat() if due is not None else None,
    }


def _who(called: Called) -> dict[str, str]:
    return {name: getattr(called, name) for name in ("id", "name", "pronouns", "external_id", "birth_year")}


def _row(item: OwedItem, view: TodayView) -> tuple[str, ...]:
    from datetime import datetime

    from peernote_tui.domain.dates import say_due, say_left

    due = _due(item, view)
    said = "" if due is None else say_due(due, today=view.now.date())
    if isinstance(due, datetime):
        said = f"{'late since' if due < view.now else 'due'} {say_left(due, view.now)}"
    return item.kind.value, short(_id(item)), _named(item.called), _text(item), said


def _id(item: OwedItem) -> str:
    return item.key.partition(":")[2]


def _named(called: Called | None) -> str:
    return "" if called is None else " ".join(part for part in (called.name, called.external_id) if part)


def _due(item: OwedItem, view: TodayView) -> date | None:
    """When it is due: an instant for a note, a day for an action, None for what has no such time."""
    if item.action is not None:
        return item.action.action.due
    row = item.draft or item.group
    if row is not None:
        return row.due_at
    return view.notes_due.get(item.contact.follow_up.id) if item.contact is not None else None


def _text(item: OwedItem) -> str:
    if item.action is not None:
        return item.action.action.text
    if item.contact is not None:
        return item.contact.follow_up.place
    if item.group is not None:
        return item.group.group.content.topic
    if item.call is not None:
        return item.call.why.value
    if item.consent is not None:
        return f"{item.consent.scope.value} {item.consent.kind.value}"
    return item.draft.step_title if item.draft is not None else ""
