"""The log: who did what and when, never what was written."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import answer, day_first, opened, table
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_noun, add_verb, row_count

if TYPE_CHECKING:
    from peernote_tui.services.reading_log import LogLine

_LONGEST_NUMBER = 10**9


def add_to(nouns: Nouns) -> None:
    """Add `log`."""
    verbs = add_noun(nouns, "log", "who did what and when")
    listing = add_verb(
        verbs,
        "list",
        _list,
        says="entries of the log, the newest first; never what was written",
        example="peernote log list --participant M-0042 --since monday",
    )
    listing.add_argument(
        "--participant", metavar="WHO", help="only about one participant; an erased one by the whole id"
    )
    listing.add_argument("--since", metavar="DAY", help="only from this day on, such as “yesterday” or 2026-11-02")
    listing.add_argument(
        "--before", type=_number, metavar="N", help="only entries before this number, for the next page"
    )
    listing.add_argument("--limit", type=row_count, default=50, metavar="N", help="how many at most; 50 if left out")


def _list(args: argparse.Namespace) -> int:
    from peernote_tui.domain.dates import Toward, understand_day
    from peernote_tui.services.reading_log import participant_of_log, read_log

    with opened(args) as workspace:
        today = workspace.today
        since = (
            understand_day(args.since, today=today, toward=Toward.PAST, day_first=day_first()) if args.since else None
        )
        whose = participant_of_log(workspace, args.participant) if args.participant else None
        page = read_log(workspace, participant_id=whose, since=since, before=args.before, limit=args.limit)
    document = {
        "entries": [_document(line) for line in page.lines],
        "more": page.more,
        "log": {"length": page.length, "head": page.head},
    }
    lines = table([_row(line) for line in page.lines]) or ["The log has no such entry."]
    if page.more:
        lines.append(f"There are earlier ones: --before {page.lines[-1].entry.sequence}")
    answer(args, document, [*lines, page.anchor])
    return Exit.DONE


def _document(line: LogLine) -> dict[str, Any]:
    entry = line.entry
    return {
        "number": entry.sequence,
        "at": entry.at.isoformat(),
        "by": line.by,
        "action": entry.action.value,
        "what": line.what,
        "subject": entry.subject,
        "participant": {"id": line.participant_id, "name": line.participant_name} if line.participant_id else None,
        "hash": entry.hash,
    }


def _row(line: LogLine) -> tuple[str, ...]:
    whom = line.participant_name or ("an erased record" if line.participant_id else "")
    return (str(line.entry.sequence), f"{line.at:%Y-%m-%d %H:%M}", line.by, line.what, whom)


def _number(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < len(str(_LONGEST_NUMBER)) else 0
    if not number:
        raise argparse.ArgumentTypeError("the number of an entry is needed")
    return number
