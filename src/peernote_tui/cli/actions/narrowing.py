"""What narrows a list of action items, as options of the command line."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import day_first

if TYPE_CHECKING:
    from datetime import date

    from peernote_tui.cli.parsing import Parser
    from peernote_tui.domain.action_filter import ActionFilter
    from peernote_tui.services.workspace import Workspace

DUE = {"today": 0, "week": 7, "overdue": -1, "all": None}
"""Days from today up to which something counts as due."""
STATUSES = {
    "open": "open",
    "partly": "partly",
    "notyet": "not_yet",
    "not_yet": "not_yet",
    "done": "done",
    "changed": "changed",
    "dropped": "dropped",
}
"""Words for what became of an action item, and the status each means."""
OWNERS = {"me": "me", "both": "both", "us": "both", "participant": "participant", "them": "participant"}
"""Words for who takes an action on; any other word is a name."""


def add_narrowing(parser: Parser) -> None:
    """Add the options."""
    group = parser.add_argument_group("which ones")
    group.add_argument(
        "--due",
        choices=DUE,
        help="due by today, within seven days, before today, or all; what is overdue is part of today and week",
    )
    group.add_argument("--from", dest="due_from", metavar="DAY", help="due on this day or later")
    group.add_argument("--until", dest="due_until", metavar="DAY", help="due on this day or earlier")
    group.add_argument("--no-date", action="store_true", help="only without a due day")
    group.add_argument("--participant", metavar="WHO", help="only of one participant")
    group.add_argument("--mine", action="store_true", help="only what you took on, alone or together")
    group.add_argument("--theirs", action="store_true", help="only what the participant took on, alone or together")
    group.add_argument("--owner", metavar="WHO", help="me, both, participant, or words of somebody else's name")
    group.add_argument("--status", action="append", choices=STATUSES, help="only these; may be given more than once")
    group.add_argument("--tag", metavar="TAG", help="only with this tag, with or without the #")
    group.add_argument("--text", metavar="WORDS", help="every word stands in action, tags, participant or owner")
    group.add_argument("--recurring", action="store_true", help="only what recurs")
    group.add_argument("--referrals", action="store_true", help="only referrals")
    group.add_argument("--closed", action="store_true", help="closed ones instead, the last closed first")


def narrowed(args: argparse.Namespace, workspace: Workspace, view: ActionFilter | None = None) -> ActionFilter:
    """The filter that the options mean, on top of a kept view.

    Raises:
        InvalidInputError: A day is not understood, or something to look for is too long.
        NotFoundError: There is no such participant.
    """
    from pydantic import ValidationError

    from peernote_tui.domain.action_filter import MINE, THEIRS, ActionFilter
    from peernote_tui.domain.action_item import ActionStatus
    from peernote_tui.domain.errors import InvalidInputError
    from peernote_tui.domain.owner import Owner
    from peernote_tui.services.participants import resolve_participant

    given: dict[str, Any] = {
        "due_within": DUE[args.due or "all"],
        "due_from": _day(args.due_from, workspace),
        "due_until": _day(args.due_until, workspace),
        "dated": False if args.no_date else None,
        "participant_id": resolve_participant(workspace, args.participant).id if args.participant else None,
        "recurring": True if args.recurring else None,
        "referral": args.referrals or None,
        "closed": args.closed or None,
        "tag": args.tag,
        "text": args.text,
    }
    owners = [set(owners) for asked, owners in ((args.mine, MINE), (args.theirs, THEIRS)) if asked]
    if args.owner is not None:
        if args.owner.casefold() in OWNERS:
            owners.append({Owner(OWNERS[args.owner.casefold()])})
        else:
            owners.append({Owner.OTHER})
            given["owner_name"] = args.owner
    if owners:
        both = set.intersection(*owners)
        if not both:
            raise InvalidInputError("Nobody is all of these owners.", "Ask for one of them.")
        given["owners"] = tuple(owner for owner in Owner if owner in both)
    try:
        found = ActionFilter(**(dict(view or ActionFilter()) | {k: v for k, v in given.items() if v is not None}))
    except ValidationError:
        raise InvalidInputError("What is looked for is longer than anything that is kept.", "Use less of it.") from None
    statuses = [ActionStatus(STATUSES[word]) for word in args.status or ()]
    lists = {status.is_open for status in statuses} | ({False} if args.closed else set())
    if statuses and len(lists) > 1:
        raise InvalidInputError("Open and closed action items are two lists.", "Ask for one and then for the other.")
    return found.with_statuses(statuses) if statuses else found


def _day(text: str | None, workspace: Workspace) -> date | None:
    from peernote_tui.domain.dates import Toward, understand_day

    if text is None:
        return None
    return understand_day(text, today=workspace.today, toward=Toward.FUTURE, day_first=day_first())
