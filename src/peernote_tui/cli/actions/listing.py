"""`actions list` and `actions show`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.actions.narrowing import add_narrowing, narrowed
from peernote_tui.cli.actions.saying import row, row_document, said_action, with_person
from peernote_tui.cli.context import answer, opened, table
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_verb, row_count

if TYPE_CHECKING:
    from peernote_tui.services.reading_history import HistoryEntry


def add_to(verbs: Nouns) -> None:
    """Add both verbs."""
    found = add_verb(
        verbs,
        "list",
        _list,
        says="open action items, the soonest due first",
        example="peernote actions list --due week --tag housing",
    )
    add_narrowing(found)
    found.add_argument("--view", metavar="NAME", help="begin with a kept view; see actions views")
    found.add_argument("--limit", type=row_count, default=500, metavar="N", help="how many at most; 500 when left out")
    show = add_verb(
        verbs,
        "show",
        _show,
        says="an action item with everything that became of it",
        example="peernote actions show ID",
    )
    show.add_argument("action", help="id or a unique prefix of it")


def _list(args: argparse.Namespace) -> int:
    from peernote_tui.services.action_items import list_actions
    from peernote_tui.services.action_views import view_named

    with opened(args) as workspace:
        view = view_named(workspace, args.view).wanted if args.view else None
        wanted = narrowed(args, workspace, view)
        # A script may wait for what a screen may not.
        found = list_actions(workspace, wanted, limit=args.limit, every=True)
    document = {
        "actions": [row_document(each, found.today) for each in found.actions],
        "total": found.total,
        "open": found.open,
        "overdue": found.overdue,
        "today": found.today.isoformat(),
    }
    lines = table([row(each, found.today) for each in found.actions]) or ["No action items here."]
    if found.total > len(found.actions):
        lines.append(f"{len(found.actions)} of {found.total}; ask for more with --limit.")
    answer(args, document, lines)
    return Exit.DONE


def _show(args: argparse.Namespace) -> int:
    from peernote_tui.documents.note_document import STATUS_WORDS
    from peernote_tui.services.action_items import resolve_action
    from peernote_tui.services.participants import get_participant
    from peernote_tui.services.reading_history import action_history

    with opened(args) as workspace:
        action = resolve_action(workspace, args.action)
        person, today = get_participant(workspace, action.participant_id), workspace.today
        history = action_history(workspace, action.id)
    document = {
        **with_person(action, person, today),
        "history": [_entry_document(entry) for entry in history],
    }
    lines = [f"{said_action(action, person, today)} ({person.name}), {STATUS_WORDS[action.status]}"]
    lines += [_entry_line(entry) for entry in history]
    answer(args, document, lines)
    return Exit.DONE


def _entry_document(entry: HistoryEntry) -> dict[str, Any]:
    return entry.model_dump(mode="json")


def _entry_line(entry: HistoryEntry) -> str:
    from peernote_tui.documents.note_document import STATUS_WORDS

    told = [STATUS_WORDS[entry.status], f"“{entry.words}”" if entry.words else ""]
    told += [f"{each.what}: {each.before or 'nothing'} → {each.after or 'nothing'}" for each in entry.changes]
    told += [entry.reason, "by a note" if entry.note_id else ""]
    told += ["the next of its series" if entry.born else "", "taken back" if entry.taken_back else ""]
    said = ", ".join(part for part in told if part)
    return f"{entry.at:%Y-%m-%d %H:%M}  {entry.by}  {said}"
