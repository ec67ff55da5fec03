"""`actions add`, `done`, `snooze`, `edit`, `reassign`, `reopen`: several at once are changed together or not at all."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.actions.narrowing import OWNERS, STATUSES
from peernote_tui.cli.actions.saying import said_action, with_person
from peernote_tui.cli.context import answer, day_first, opened, short
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, Parser, Verb, add_verb

if TYPE_CHECKING:
    from peernote_tui.services.changing_actions import ActionChange
    from peernote_tui.services.workspace import Workspace

    Act = Callable[[Workspace, list[str]], tuple[ActionChange, ...]]


def add_to(verbs: Nouns) -> None:
    """Add the verbs that change action items."""
    add = add_verb(
        verbs,
        "add",
        _add,
        says="add an action item outside a note",
        example='peernote actions add M-0042 "call housing office @me fri #housing"',
    )
    add.add_argument("participant", help="id, prefix of an id, external ID or unique name")
    add.add_argument("line", nargs="+", help="what, @me @both @her or @name, and by when, in one line")
    done = _verb(
        verbs,
        "done",
        _done,
        says="say what became of action items",
        example='peernote actions done ID --as partly --words "I called, nobody answered."',
    )
    done.add_argument("--as", dest="outcome", choices=STATUSES, default="done", help="done when left out")
    done.add_argument("--words", default="", metavar="LINE", help="a line of the participant's own words")
    _verb(verbs, "reopen", _reopen, says="open action items again", example="peernote actions reopen ID")
    snooze = _verb(
        verbs,
        "snooze",
        _snooze,
        says="give action items another due day; the reason stays in their history",
        example='peernote actions snooze ID --to fri --reason "the office is closed"',
    )
    to = snooze.add_mutually_exclusive_group(required=True)
    to.add_argument("--to", metavar="DAY", help="the new due day")
    to.add_argument("--no-date", action="store_true", help="no due day any more")
    snooze.add_argument("--reason", default="", metavar="LINE", help="why")
    reassign = _verb(
        verbs,
        "reassign",
        _reassign,
        says="say who takes action items on",
        example="peernote actions reassign ID --to both",
    )
    reassign.add_argument("--to", required=True, metavar="WHO", help="me, both, participant, or somebody's name")
    edit = add_verb(
        verbs,
        "edit",
        _edit,
        says="let an action item say what a line says, as in add",
        example='peernote actions edit ID "call housing office @me mon #housing"',
    )
    edit.add_argument("action", help="id or a unique prefix of it")
    edit.add_argument("line", nargs="+", help="what, @me @both @her or @name, and by when, in one line")


def _verb(verbs: Nouns, name: str, run: Verb, *, says: str, example: str) -> Parser:
    parser = add_verb(verbs, name, run, says=says, example=example)
    parser.add_argument("actions", nargs="+", metavar="action", help="ids or unique prefixes of them")
    return parser


def _add(args: argparse.Namespace) -> int:
    from peernote_tui.domain.action_line import parse_action_line
    from peernote_tui.services.action_items import add_action
    from peernote_tui.services.participants import resolve_participant

    with opened(args) as workspace:
        person, today = resolve_participant(workspace, args.participant), workspace.today
        line = parse_action_line(" ".join(args.line), today=today, participant_name=person.name, day_first=day_first())
        action = add_action(workspace, person.id, line)
    said = said_action(action, person, today)
    answer(args, with_person(action, person, today), [f"Added for {person.name}: {said}. Id: {short(action.id)}"])
    return Exit.DONE


def _done(args: argparse.Namespace) -> int:
    from peernote_tui.domain.action_item import ActionStatus
    from peernote_tui.services.changing_actions import settle

    status = ActionStatus(STATUSES[args.outcome])
    return _change(args, lambda workspace, ids: settle(workspace, ids, status, words=args.words))


def _reopen(args: argparse.Namespace) -> int:
    from peernote_tui.domain.action_item import ActionStatus
    from peernote_tui.services.changing_actions import settle

    return _change(args, lambda workspace, ids: settle(workspace, ids, ActionStatus.OPEN))


def _snooze(args: argparse.Namespace) -> int:
    from peernote_tui.domain.dates import Toward, understand_day
    from peernote_tui.services.changing_actions import snooze

    def act(workspace: Workspace, ids: list[str]) -> tuple[ActionChange, ...]:
        day = None
        if not args.no_date:
            day = understand_day(args.to, today=workspace.today, toward=Toward.FUTURE, day_first=day_first())
        return snooze(workspace, ids, day, reason=args.reason)

    return _change(args, act)


def _reassign(args: argparse.Namespace) -> int:
    from peernote_tui.domain.owner import Owner
    from peernote_tui.services.changing_actions import reassign

    word = OWNERS.get(args.to.strip().casefold())
    owner, name = (Owner(word), "") if word else (Owner.OTHER, args.to)
    return _change(args, lambda workspace, ids: reassign(workspace, ids, owner, name))


def _edit(args: argparse.Namespace) -> int:
    from peernote_tui.domain.action_line import parse_action_line
    from peernote_tui.services.action_items import resolve_action
    from peernote_tui.services.changing_actions import edit_action
    from peernote_tui.services.participants import get_participant

    def act(workspace: Workspace, ids: list[str]) -> tuple[ActionChange, ...]:
        action = resolve_action(workspace, ids[0])
        line = parse_action_line(
            " ".join(args.line),
            today=workspace.today,
            participant_name=get_participant(workspace, action.participant_id).name,
            day_first=day_first(),
            kept_due=action.due,
        )
        return edit_action(workspace, ids[0], line)

    args.actions = [args.action]
    return _change(args, act)


def _change(args: argparse.Namespace, act: Act) -> int:
    """Change the action items of the command in one transaction, and say what they are now."""
    from peernote_tui.documents.note_document import STATUS_WORDS
    from peernote_tui.domain.dates import say_due
    from peernote_tui.services.action_items import resolve_action
    from peernote_tui.services.participants import get_participant

    documents, lines = [], []
    with opened(args) as workspace:
        today = workspace.today
        for change in act(workspace, [resolve_action(workspace, reference).id for reference in args.actions]):
            person = get_participant(workspace, change.after.participant_id)
            born = change.born
            documents.append(
                {
                    **with_person(change.after, person, today),
                    "born": None if born is None else with_person(born, person, today),
                }
            )
            status = STATUS_WORDS[change.after.status].capitalize()
            lines.append(f"{status}: {said_action(change.after, person, today)} ({person.name})")
            if born is not None and born.due is not None:
                lines.append(f"The next one: {say_due(born.due, today=today)}. Id: {short(born.id)}")
            if change.stays is not None:
                lines.append("The next one of its series stays: something was done with it since.")
    document: dict[str, Any] = documents[0] if len(args.actions) == 1 else {"actions": documents}
    answer(args, document, lines)
    return Exit.DONE
