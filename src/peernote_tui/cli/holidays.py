"""Holidays and the weekend: what is no business day."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import answer, day_first, opened, table, tell
from peernote_tui.cli.exits import Exit, InvalidFileError
from peernote_tui.cli.files import read_file
from peernote_tui.cli.parsing import Nouns, add_noun, add_verb

if TYPE_CHECKING:
    from datetime import date

    from peernote_tui.domain.working_days import WorkingDays

_SHORTEST = 2


def add_to(nouns: Nouns) -> None:
    """Add `holidays`."""
    verbs = add_noun(nouns, "holidays", "days that do not count as business days, where a note is due within some")
    add_verb(verbs, "list", _list, says="the holidays and the weekend", example="peernote holidays list")
    add = add_verb(verbs, "add", _add, says="add a holiday", example='peernote holidays add 2026-12-25 "Christmas Day"')
    add.add_argument("day", metavar="DAY", help="such as 2026-12-25 or 25 dec")
    add.add_argument("name", metavar="NAME", nargs="?", default="", help="what it is called")
    remove = add_verb(
        verbs, "remove", _remove, says="take a holiday out", example="peernote holidays remove 2026-12-25"
    )
    remove.add_argument("day", metavar="DAY", help="such as 2026-12-25")
    take = add_verb(
        verbs,
        "import",
        _import,
        says="add the holidays of a text file: one a line, the date as 2026-12-25, then the name",
        example="peernote holidays import holidays.txt",
    )
    take.add_argument("file", metavar="FILE", help="a text or CSV file; - is standard input")
    take.add_argument("--dry-run", action="store_true", help="show what would be added, and write nothing")
    weekend = add_verb(
        verbs,
        "weekend",
        _weekend,
        says="say which days of the week are no business days",
        example="peernote holidays weekend saturday sunday",
    )
    weekend.add_argument("days", metavar="DAY", nargs="*", help="days of the week; none when every day counts")


def _list(args: argparse.Namespace) -> int:
    from peernote_tui.services.working_days import working_days

    with opened(args) as workspace:
        days = working_days(workspace)
    _answer(args, days)
    return Exit.DONE


def _add(args: argparse.Namespace) -> int:
    from peernote_tui.cli.context import checked
    from peernote_tui.domain.working_days import Holiday
    from peernote_tui.services.working_days import add_holidays

    with opened(args) as workspace:
        holiday = checked(Holiday, {"day": _day(args.day, workspace.today), "name": args.name})
        days = add_holidays(workspace, (holiday,))
    _answer(args, days)
    return Exit.DONE


def _remove(args: argparse.Namespace) -> int:
    from peernote_tui.services.working_days import remove_holiday

    with opened(args) as workspace:
        days = remove_holiday(workspace, _day(args.day, workspace.today))
    _answer(args, days)
    return Exit.DONE


def _import(args: argparse.Namespace) -> int:
    from peernote_tui.documents.holiday_list import holiday_faults, read_holidays
    from peernote_tui.domain.working_days import WorkingDays
    from peernote_tui.services.working_days import add_holidays, working_days

    data = read_file(args.file)
    faults = holiday_faults(data)
    if faults:
        tell(*(f"{args.file}, line {fault.line}: {fault.sentence} {fault.way_out}" for fault in faults))
        raise InvalidFileError("Nothing was written.", "Correct the file, then import it again.")
    found = read_holidays(data)
    with opened(args) as workspace:
        weekend = working_days(workspace).weekend
        days = WorkingDays(weekend=weekend, holidays=found) if args.dry_run else add_holidays(workspace, found)
    if args.dry_run:
        tell("Nothing was written. These would be added:")
    _answer(args, days)
    return Exit.DONE


def _weekend(args: argparse.Namespace) -> int:
    from peernote_tui.services.working_days import set_weekend

    chosen = tuple(_weekday(word) for word in args.days)
    with opened(args) as workspace:
        days = set_weekend(workspace, chosen)
    _answer(args, days)
    return Exit.DONE


def _day(text: str, today: date) -> date:
    from peernote_tui.domain.dates import Toward, understand_day

    return understand_day(text, today=today, toward=Toward.FUTURE, day_first=day_first())


def _weekday(word: str) -> int:
    from peernote_tui.domain.errors import InvalidInputError
    from peernote_tui.domain.working_days import WEEKDAYS

    typed = word.strip().casefold()
    found = [number for number, name in enumerate(WEEKDAYS) if len(typed) >= _SHORTEST and name.startswith(typed)]
    if len(found) != 1:
        raise InvalidInputError("This is no day of the week.", "Write it as: saturday, or sat.")
    return found[0]


def _answer(args: argparse.Namespace, days: WorkingDays) -> None:
    from peernote_tui.domain.working_days import WEEKDAYS

    document: dict[str, Any] = {
        "weekend": [WEEKDAYS[number] for number in days.weekend],
        **days.model_dump(mode="json", include={"holidays"}),
        "total": len(days.holidays),
    }
    names = ", ".join(WEEKDAYS[number].capitalize() for number in days.weekend)
    first = f"Weekend: {names}." if names else "Every day of the week counts."
    rows = table([(f"{holiday.day}", holiday.name) for holiday in days.holidays]) or ["No holidays are in the list."]
    answer(args, document, [first, *rows])
