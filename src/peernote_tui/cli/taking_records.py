"""`participants take`: a participant's whole record out of another vault."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import (
    answer,
    ask_secret,
    is_terminal,
    opened,
    read_secret,
    require_one_reader,
    short,
    table,
    tell,
    wants_json,
)
from peernote_tui.cli.exits import Exit, InvalidFileError
from peernote_tui.cli.files import read_file
from peernote_tui.cli.parsing import Nouns, add_verb
from peernote_tui.domain.errors import InvalidInputError

if TYPE_CHECKING:
    from peernote_tui.documents.note_json import RowProblem
    from peernote_tui.documents.record_json import RecordFile
    from peernote_tui.services.record_plans import RecordPlan
    from peernote_tui.services.workspace import Workspace

_AGE = "--age-passphrase-file"


def add_to(verbs: Nouns) -> None:
    """Add `participants take`."""
    take = add_verb(
        verbs,
        "take",
        _take,
        says="take a participant's whole record in from another vault, all or nothing; look first with --dry-run",
        example="peernote participants take record.json --dry-run",
    )
    take.add_argument(
        "file", metavar="FILE", help="as `participants handout --format json` writes it; - is standard input"
    )
    take.add_argument(_AGE, metavar="P", help="open a file that is closed with age")
    take.add_argument("--dry-run", action="store_true", help="say what would happen; write nothing")
    take.add_argument("--yes", action="store_true", help="do not ask before it is taken in")


def _take(args: argparse.Namespace) -> int:
    from peernote_tui.documents.record_json import InvalidRecordError, read_record
    from peernote_tui.services.taking_records import look_at_record, take_record

    if not (args.dry_run or args.yes) and (wants_json(args) or not is_terminal(sys.stdin)):
        raise InvalidInputError(
            "A record is not taken in without being looked at.", "Look with --dry-run; then say --yes."
        )
    require_one_reader(getattr(args, "passphrase_file", None), args.age_passphrase_file, args.file)
    try:
        record = read_record(_bytes_of(args))
    except InvalidRecordError as error:
        return _refuse_file(args, error.problems)
    with opened(args) as workspace:
        plan = look_at_record(workspace, record)
        if plan.refused:
            tell(*_lines(workspace, plan), *plan.refused, "Nothing was taken in.")
            if wants_json(args):
                answer(args, _document(args, plan, taken=False), ())
            return Exit.REFUSED
        wanted = not (args.dry_run or plan.empty) and _agreed(args, workspace, plan)
        if wanted:
            plan = take_record(workspace, record, plan)
        lines = [] if wanted and not args.yes else _lines(workspace, plan)
    answer(args, _document(args, plan, taken=wanted), [*lines, _end(args, plan, record, taken=wanted)])
    return Exit.DONE


def _bytes_of(args: argparse.Namespace) -> bytes:
    from peernote_tui.documents.note_json import LARGEST_FILE
    from peernote_tui.services.record_bytes import is_closed, open_closed

    data = read_file(args.file, most_bytes=LARGEST_FILE)
    if not is_closed(data):
        return data
    if args.age_passphrase_file is not None:
        secret = read_secret(args.age_passphrase_file, _AGE)
    elif is_terminal(sys.stdin):
        secret = ask_secret("Passphrase of the file: ", _AGE)
    else:
        raise InvalidFileError(f"{args.file} is closed with age.", f"Give its passphrase with {_AGE}.")
    try:
        return open_closed(data, secret)
    except InvalidInputError as error:
        raise InvalidFileError(error.sentence, error.way_out) from None


def _agreed(args: argparse.Namespace, workspace: Workspace, plan: RecordPlan) -> bool:
    if args.yes:
        return True
    tell(*_lines(workspace, plan))
    print("Take it in? Type y for yes: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}


def _refuse_file(args: argparse.Namespace, problems: tuple[RowProblem, ...]) -> int:
    for bad in problems:
        where = ", ".join(each for each in (f"line {bad.line}", bad.field) if each)
        tell(f"{args.file}: {where}: {bad.reason}")
    tell("Nothing was taken in.")
    if wants_json(args):
        document = {"taken": False, "dry_run": args.dry_run, "problems": [bad.model_dump() for bad in problems]}
        answer(args, document, ())
    return Exit.INVALID_FILE


def _lines(workspace: Workspace, plan: RecordPlan) -> list[str]:
    from peernote_tui.documents.record_words import PART_WORDS, differing_words, numbers
    from peernote_tui.domain.clock import in_zone

    person = plan.participant
    whose = ", ".join(each for each in (person.name, person.external_id, person.born) if each)
    made = in_zone(plan.made_at, workspace.clock.zone)
    lines = [
        f"The record of {whose}" + (", who is here already." if plan.known else ", who is not here yet."),
        f"Made by {plan.made_by.name} on {made:%Y-%m-%d %H:%M}; purpose: {plan.purpose.value}.",
        *plan.held_back,
    ]
    told = [part.model_dump(mode="json") for part in plan.parts]
    lines += table([(PART_WORDS[part["part"]], numbers(part)) for part in told if numbers(part)])
    if plan.differs:
        lines.append(f"The pages differ in: {differing_words(plan.differs)}")
    if plan.like_id:
        lines.append(
            f"Somebody here has the same ID ({short(plan.like_id)}) and is likely the same person; merge them."
        )
    return [*lines, *plan.told, *filter(None, [plan.closed])]


def _end(args: argparse.Namespace, plan: RecordPlan, record: RecordFile, *, taken: bool) -> str:
    if taken:
        return f"Taken in. See them with: peernote participants show {short(record.participant.id)}"
    if plan.empty:
        return "Everything that can be taken in is here already. Nothing was written."
    return "Nothing was written." if args.dry_run else "Nothing was taken in."


def _document(args: argparse.Namespace, plan: RecordPlan, *, taken: bool) -> dict[str, Any]:
    told = plan.model_dump(mode="json", exclude={"participant", "like_id", "purpose", "made_by"})
    return {
        "participant": {"id": plan.participant.id},
        "like": plan.like_id or None,
        **told,
        "purpose": plan.purpose.value,
        "made_by": {"id": plan.made_by.id, "name": plan.made_by.name},
        "taken": taken,
        "dry_run": args.dry_run,
        "problems": [],
    }
