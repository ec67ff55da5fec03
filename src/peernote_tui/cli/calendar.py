"""The calendar: meetings and due days, into a file that other programs read."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from peernote_tui.cli import giving
from peernote_tui.cli.context import answer, day_first, opened, tell
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.files import to_stdout
from peernote_tui.cli.parsing import Nouns, add_noun, add_verb
from peernote_tui.domain.errors import InvalidInputError

if TYPE_CHECKING:
    from datetime import date

    from peernote_tui.services.exporting_calendar import ExportedCalendar

ONLY = {"meetings": "meeting", "actions": "action"}
NAMES_LEAVE = {
    "initials": "Initials of participants leave the vault with this file; beside a day and a time they can tell who.",
    "names": (
        "The names of participants leave the vault with this file: whoever has it, and whatever the calendar is "
        "synchronised with, can read whom you see and when."
    ),
}
"""What is said before names leave the vault."""


def add_to(nouns: Nouns) -> None:
    """Add `calendar`."""
    verbs = add_noun(nouns, "calendar", "meetings and due days, for other calendars")
    give = add_verb(
        verbs,
        "export",
        _export,
        says="meetings and due days as an ICS file; titles are “Meeting” and “Action due” unless names are asked for",
        example="peernote calendar export --out week.ics --until +7d",
    )
    give.add_argument(
        "-o", "--out", dest="output", metavar="FILE", required=True, help="the file to write; - is standard output"
    )
    give.add_argument("--from", dest="since", default="", metavar="DAY", help="the first day; today when left out")
    give.add_argument("--until", default="", metavar="DAY", help="the last day; everything when left out")
    give.add_argument("--only", choices=ONLY, help="one of the two; both when left out")
    give.add_argument(
        "--with-names",
        choices=NAMES_LEAVE,
        metavar="{initials,names}",
        help="put initials or names into the titles: they leave the vault, to be read by anyone who has the file",
    )
    give.add_argument("--with-places", action="store_true", help="where meetings take place leaves the vault, too")
    give.add_argument("--force", action="store_true", help="replace the file when it is there")
    giving.add_unaccounted(give)


def _export(args: argparse.Namespace) -> int:
    from peernote_tui.domain.calendar_row import CalendarKind, CalendarNames
    from peernote_tui.services.exporting_calendar import export_calendar
    from peernote_tui.services.exporting_people import require_free
    from peernote_tui.services.placing import place_out

    target = None if args.output == "-" else Path(args.output)
    if target is None and hasattr(args, "json"):
        raise InvalidInputError("--json and --out - would both go to standard output.", "Name a file.", field="out")
    if target is not None:
        require_free(target, replace=args.force)
    with opened(args) as workspace:
        first = _day(args.since, workspace.today) or workspace.today
        last = _day(args.until, workspace.today)
        if args.with_names:
            tell(NAMES_LEAVE[args.with_names])
        made = export_calendar(
            workspace,
            first=first,
            last=last,
            only=CalendarKind(ONLY[args.only]) if args.only else None,
            names=CalendarNames(args.with_names or "none"),
            places=args.with_places,
            unaccounted=args.unaccounted,
        )
        tells = bool(args.with_names or args.with_places)
        untold = giving.not_accounted(workspace) if tells else []
        if target is None:
            to_stdout(made.data)
            tell(*untold)
            return Exit.DONE
        place_out(workspace, target, made.data, replace=args.force, accounted=made.accounted)
    answer(
        args, _document(made, target, args.with_names or "none"), [_said(made, target), *giving.copied(target), *untold]
    )
    return Exit.DONE


def _day(text: str, today: date) -> date | None:
    from peernote_tui.domain.dates import Toward, understand_day

    return understand_day(text, today=today, toward=Toward.FUTURE, day_first=day_first()) if text else None


def _document(made: ExportedCalendar, target: Path, names: str) -> dict[str, object]:
    counts = {"meetings": made.meetings, "actions": made.actions, "called_off": made.called_off}
    return {"exported": counts, "file": str(target), "names": names}


def _said(made: ExportedCalendar, target: Path) -> str:
    meetings = "1 meeting" if made.meetings == 1 else f"{made.meetings:,} meetings"
    actions = "1 due action" if made.actions == 1 else f"{made.actions:,} due actions"
    off = f", and {made.called_off:,} called off," if made.called_off else ""
    return f"{meetings} and {actions}{off} written to {target}. The file is not encrypted."
