"""Action items: list, add, say what became of them."""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import answer, day_first, opened, short, table
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_noun, add_verb, row_count
from peernote_tui.cli.participants import who_document

if TYPE_CHECKING:
    from peernote_tui.domain.action_item import ActionItem, ActionListing
    from peernote_tui.domain.participant import Participant

DUE = {"today": 0, "week": 7, "overdue": -1, "all": None}
"""Days from today up to which something counts as due."""
OUTCOMES = {
    "done": "done",
    "partly": "partly",
    "notyet": "not_yet",
    "not_yet": "not_yet",
    "changed": "changed",
    "dropped": "dropped",
    "open": "open",
}
"""Words for what became of an action item, and the status each means."""


def add_to(nouns: Nouns) -> None:
    """Add `actions`."""
    verbs = add_noun(nouns, "actions", "what was agreed, who does it, by when")
    found = add_verb(
        verbs,
        "list",
        _list,
        says="open action items, the soonest due first",
        example="peernote actions list --due week",
    )
    found.add_argument(
        "--due",
        choices=DUE,
        default="all",
        help="due by today, within seven days, before today, or all; what is overdue is part of today and week",
    )
    found.add_argument("--participant", metavar="WHO", help="only of one participant")
    found.add_argument("--mine", action="store_true", help="only what you took on, alone or together")
    found.add_argument("--closed", action="store_true", help="closed ones instead, the last closed first")
    found.add_argument("--limit", type=row_count, default=500, metavar="N", help="how many at most; 500 when left out")
    add = add_verb(
        verbs,
        "add",
        _add,
        says="add an action item outside a note",
        example='peernote actions add M-0042 "call housing office @me fri"',
    )
    add.add_argument("participant", help="id, prefix of an id, external ID or unique name")
    add.add_argument("line", nargs="+", help="what, @me @both @her or @name, and by when, in one line")
    done = add_verb(
        verbs,
        "done",
        _done,
        says="say what became of an action item",
        example='peernote actions done ID --as partly --words "I called, nobody answered."',
    )
    done.add_argument("action", help="id or a unique prefix of it")
    done.add_argument("--as", dest="outcome", choices=OUTCOMES, default="done", help="done when left out")
    done.add_argument("--words", default="", metavar="LINE", help="a line of the participant's own words")


def _list(args: argparse.Namespace) -> int:
    from peernote_tui.domain.owner import Owner
    from peernote_tui.services.action_items import list_actions
    from peernote_tui.services.participants import resolve_participant

    with opened(args) as workspace:
        days = DUE[args.due]
        person = resolve_participant(workspace, args.participant) if args.participant else None
        found = list_actions(
            workspace,
            closed=args.closed,
            participant_id=person.id if person else None,
            owners=(Owner.ME, Owner.BOTH) if args.mine else (),
            due_until=None if days is None else workspace.today + timedelta(days=days),
            limit=args.limit,
        )
    document = {
        "actions": [_row_document(row, found.today) for row in found.actions],
        "total": found.total,
        "open": found.open,
        "overdue": found.overdue,
        "today": found.today.isoformat(),
    }
    lines = table([_row(row, found.today) for row in found.actions]) or ["No action items here."]
    if found.total > len(found.actions):
        lines.append(f"{len(found.actions)} of {found.total}; ask for more with --limit.")
    answer(args, document, lines)
    return Exit.DONE


def _row_document(row: ActionListing, today: date) -> dict[str, Any]:
    return {
        **_action_document(row.action, today),
        "participant": {"id": row.action.participant_id, **who_document(row)},
    }


def _action_document(action: ActionItem, today: date) -> dict[str, Any]:
    from peernote_tui.domain.action_item import DueGroup, due_group

    group = due_group(action.due, today) if action.status.is_open else None
    return {
        **action.model_dump(mode="json"),
        "group": group.value if group else None,
        "overdue": group is DueGroup.OVERDUE,
    }


def _row(row: ActionListing, today: date) -> tuple[str, ...]:
    from peernote_tui.documents.note_document import STATUS_WORDS, owner_words
    from peernote_tui.domain.dates import say_day, say_due
    from peernote_tui.domain.names import first_name

    action = row.action
    due = ""
    if action.due is not None:
        due = (say_due if action.status.is_open else say_day)(action.due, today=today)
    return (
        short(action.id),
        due,
        action.text,
        owner_words(action.owner, action.owner_name, first_name(row.participant_name)),
        row.participant_name,
        row.external_id,
        STATUS_WORDS[action.status],
        f"“{action.words}”" if action.words else "",
    )


def _add(args: argparse.Namespace) -> int:
    from peernote_tui.documents.note_document import owner_words
    from peernote_tui.domain.action_line import parse_action_line
    from peernote_tui.domain.dates import say_due
    from peernote_tui.domain.names import first_name
    from peernote_tui.services.action_items import add_action
    from peernote_tui.services.participants import resolve_participant

    with opened(args) as workspace:
        person, today = resolve_participant(workspace, args.participant), workspace.today
        line = parse_action_line(" ".join(args.line), today=today, participant_name=person.name, day_first=day_first())
        action = add_action(workspace, person.id, line)
    who = owner_words(action.owner, action.owner_name, first_name(person.name))
    said = " · ".join([action.text, who, *([say_due(action.due, today=today)] if action.due else [])])
    answer(args, _with_person(action, person, today), [f"Added for {person.name}: {said}. Id: {short(action.id)}"])
    return Exit.DONE


def _done(args: argparse.Namespace) -> int:
    from peernote_tui.documents.note_document import STATUS_WORDS
    from peernote_tui.domain.action_item import ActionStatus
    from peernote_tui.domain.base import LINE, clean_text
    from peernote_tui.domain.errors import InvalidInputError
    from peernote_tui.services.action_items import resolve_action
    from peernote_tui.services.changing_actions import settle
    from peernote_tui.services.participants import get_participant

    if len(args.words) > LINE:
        raise InvalidInputError(f"The words are longer than {LINE} characters.", "One line is enough.", field="words")
    with opened(args) as workspace:
        action = resolve_action(workspace, args.action)
        words = " ".join(clean_text(args.words).split())
        (change,) = settle(workspace, [action.id], ActionStatus(OUTCOMES[args.outcome]), words=words)
        changed = change.after
        person, today = get_participant(workspace, changed.participant_id), workspace.today
    lines = [f"{STATUS_WORDS[changed.status].capitalize()}: {changed.text} ({person.name})"]
    answer(args, _with_person(changed, person, today), lines)
    return Exit.DONE


def _with_person(action: ActionItem, person: Participant, today: date) -> dict[str, Any]:
    return {
        **_action_document(action, today),
        "participant": {
            "id": person.id,
            "name": person.name,
            "pronouns": person.pronouns,
            "external_id": person.external_id,
            "birth_year": person.birth_year,
        },
    }
