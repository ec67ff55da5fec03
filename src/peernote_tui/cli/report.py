"""The report over a period: counts without names."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import TYPE_CHECKING

from peernote_tui.cli.context import answer, day_first, is_terminal, opened, wants_json
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.files import hand_out, require_new
from peernote_tui.cli.parsing import Nouns, add_verb
from peernote_tui.domain.errors import InvalidInputError

if TYPE_CHECKING:
    from peernote_tui.domain.period import Period

_FORMS = ("text", "csv", "xlsx", "json")
_PROGRESS_FROM = 2_000


def add_to(nouns: Nouns) -> None:
    """Add `report`."""
    verb = add_verb(
        nouns,
        "report",
        _report,
        says="contacts, hours, units, on-time share, no-shows and open actions over a period; no names",
        example='peernote report --period "last month" --sharing --format csv -o report.csv',
    )
    verb.add_argument(
        "--period",
        metavar="WORDS",
        help="such as “last month”, “this week”, “q3”, “october” or “1 oct to 15 oct”; last month when left out",
    )
    verb.add_argument("--from", dest="first", metavar="DAY", help="the first day, instead of --period")
    verb.add_argument("--until", metavar="DAY", help="the last day; today when left out")
    verb.add_argument("--sharing", action="store_true", help="hide counts under 5, and what would give them back")
    verb.add_argument(
        "--format", choices=_FORMS, default="", help="text when left out; or as the name of the file ends"
    )
    verb.add_argument("-o", "--output", "--out", metavar="FILE", help="write it to a file; anyone can read it")
    verb.add_argument("--force", action="store_true", help="replace the file when it is there")


def _report(args: argparse.Namespace) -> int:
    from pathlib import Path

    from peernote_tui.documents.report_file import ReportForm, form_of, report_lines
    from peernote_tui.documents.report_json import report_document
    from peernote_tui.services import reporting

    to_file = args.output not in (None, "-")
    form = args.format or (form_of(Path(args.output).suffix).value if to_file else "text")
    if form == "xlsx" and not to_file:
        raise InvalidInputError("A workbook is no text.", "Name a file with -o report.xlsx.")
    if form == "json" and to_file:
        raise InvalidInputError("JSON is written to standard output.", "Leave -o out, or take another --format.")
    if to_file:
        require_new(Path(args.output), replace_it=args.force)
    with opened(args) as workspace:
        period = _period(args, workspace.today)
        made = reporting.report(workspace, period, for_sharing=args.sharing, watch=_say)
        if to_file or form == "csv":
            return hand_out(args, reporting.hand_out(workspace, made, ReportForm(form)))
    args.json = wants_json(args) or form == "json"
    answer(args, report_document(made), report_lines(made))
    return Exit.DONE


def _period(args: argparse.Namespace, today: date) -> Period:
    from peernote_tui.domain.dates import Toward, understand_day
    from peernote_tui.domain.period import period_between, understand_period

    if args.first is None and args.until is None:
        words = "last month" if args.period is None else args.period
        return understand_period(words, today=today, day_first=day_first(), week_starts=week_starts())
    if args.period is not None or args.first is None:
        raise InvalidInputError("A period is named by --period, or by --from and --until.", "Use one of the two.")
    ends = (
        understand_day(typed, today=today, toward=Toward.PAST, day_first=day_first()) if typed is not None else today
        for typed in (args.first, args.until)
    )
    return period_between(*ends)


def week_starts() -> int:
    """On which day a week begins by the app's settings, 0 for Monday."""
    from peernote_tui.ui.settings import config_folder, load_settings

    return load_settings(config_folder() / "settings.toml").settings.first_weekday


def _say(notes: int) -> None:
    if notes >= _PROGRESS_FROM and is_terminal(sys.stderr):
        # What is said next begins on the same line and covers it.
        print(f"{notes:,} notes counted{'':<20}", end="\r", file=sys.stderr, flush=True)
