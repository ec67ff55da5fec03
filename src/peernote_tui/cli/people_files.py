"""Participants into files and out of them: CSV, XLSX and vCard."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peernote_tui.cli import giving
from peernote_tui.cli.context import answer, is_terminal, opened, require_one_reader, table, tell, wants_json
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_verb
from peernote_tui.domain.errors import InvalidInputError

if TYPE_CHECKING:
    from peernote_tui.documents.people.columns import Column
    from peernote_tui.documents.people.rows import Plan
    from peernote_tui.documents.people.table import Table
    from peernote_tui.services.importing_people import Imported, Preview, Verdict, Watching

_MOST_SHOWN = 200
_PROGRESS_FROM = 2_000


def add_to(verbs: Nouns) -> None:
    """Add `participants import` and `participants export`."""
    take = add_verb(
        verbs,
        "import",
        _import,
        says="take participants in from a CSV, XLSX or vCard file, all or nothing; look first with --dry-run",
        example="peernote participants import clients.csv --dates mdy --map Nr=id --dry-run",
    )
    take.add_argument("file", metavar="FILE", help="a CSV, XLSX or vCard file; - is standard input")
    take.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help="what a column is, by its header or number; leave_out for nothing; may be given several times",
    )
    take.add_argument("--encoding", default="", metavar="NAME", help="such as utf-8 or windows-1252; else found out")
    take.add_argument(
        "--dates",
        choices=("dmy", "mdy", "ymd"),
        help="the order of numbers in birth dates; else decided from the whole column",
    )
    take.add_argument("--sheet", default="", metavar="NAME", help="the sheet of a workbook; else the first")
    take.add_argument(
        "--duplicates",
        choices=("skip", "add"),
        default="skip",
        help="what to do with rows that are likely in the vault already; skip when left out",
    )
    take.add_argument("--skip-bad", action="store_true", help="take the good rows in, and leave bad ones out")
    take.add_argument("--dry-run", action="store_true", help="say row by row what would happen; write nothing")
    give = add_verb(
        verbs,
        "export",
        _export,
        says="participants as CSV or XLSX; the result is readable by anyone who has it",
        example="peernote participants export --format xlsx -o participants.xlsx",
    )
    give.add_argument("--format", choices=("csv", "xlsx"), default="csv", help="csv when left out")
    give.add_argument("-o", "--output", metavar="FILE", required=True, help="the file to write")
    give.add_argument("--archived", action="store_true", help="archived participants, too")
    give.add_argument("--no-mark", action="store_true", help="CSV without the mark of UTF-8 that Excel needs")
    giving.add_unaccounted(give)
    give.add_argument("--force", action="store_true", help="replace the file when it is there")


def _import(args: argparse.Namespace) -> int:
    from peernote_tui.documents.people.births import DateOrder
    from peernote_tui.documents.people.columns import guess_columns, mapped
    from peernote_tui.documents.people.reading import read_people
    from peernote_tui.documents.people.rows import make_plan
    from peernote_tui.documents.people.table import PeopleFileError
    from peernote_tui.services.importing_people import BadRowsError, Duplicates, import_people, preview_people
    from peernote_tui.services.page_fields import page_labels

    require_one_reader(getattr(args, "passphrase_file", None), args.file)
    chosen = _chosen(args.map)
    watching = _watching()
    try:
        found = read_people(_bytes_of(args.file), encoding=args.encoding, sheet=args.sheet, watch=watching.reading)
        columns = mapped(guess_columns(found), chosen)
    except PeopleFileError as error:
        return _refuse(args, None, error)
    with opened(args) as workspace:
        order = DateOrder(args.dates) if args.dates else None
        columns = mapped(guess_columns(found, asked=page_labels(workspace)), chosen)
        try:
            plan = make_plan(found, columns, today=workspace.today, order=order)
        except PeopleFileError as error:
            return _refuse(args, (found, columns), error)
        if args.dry_run:
            return _answer_dry_run(args, plan, preview_people(workspace, plan, watching))
        try:
            done = import_people(
                workspace,
                plan,
                duplicates=Duplicates(args.duplicates),
                skip_bad=args.skip_bad,
                watching=watching,
            )
        except BadRowsError as error:
            return _refuse_rows(args, plan, error.rows, _document(args, plan, (), error.rows, ()))
    answer(args, _document(args, plan, done.skipped, done.left_out, done.added), _done_lines(plan, done))
    return Exit.DONE


def _chosen(given: Sequence[str]) -> dict[str, str]:
    chosen = {}
    for each in given:
        # A header may hold the sign itself; a field never does.
        column, sign, field = each.rpartition("=")
        if not sign or not column.strip():
            raise InvalidInputError("--map is written COLUMN=FIELD.", "Such as --map Nr=id.", field="map")
        chosen[column.strip()] = field
    return chosen


def _bytes_of(name: str) -> bytes:
    from peernote_tui.documents.people.table import LARGEST_FILE, PeopleFileError
    from peernote_tui.domain.errors import StorageError
    from peernote_tui.services.importing_people import load_file

    if name == "-":
        return sys.stdin.buffer.read(LARGEST_FILE + 1)
    try:
        return load_file(Path(name))
    except StorageError as error:
        raise PeopleFileError(error.sentence, error.way_out) from None


def _watching() -> Watching:
    """Progress on a terminal; a key that ends the program ends the import, and nothing of it is stored."""
    from peernote_tui.services.importing_people import Watching

    if not is_terminal(sys.stderr):
        return Watching()

    def say(done: int, total: int) -> None:
        if (total or done) >= _PROGRESS_FROM and done % 1_000 == 0:
            # What is said next begins on the same line and covers it.
            words = f"{done:,} of {total:,} rows" if total else f"{done:,} rows read"
            print(f"{words:<40}", end="\r", file=sys.stderr, flush=True)

    return Watching(progress=say)


def _answer_dry_run(args: argparse.Namespace, plan: Plan, preview: Preview) -> int:
    from peernote_tui.services.importing_people import Outcome

    bad, likely = preview.of(Outcome.BAD), preview.of(Outcome.DUPLICATE)
    skipped = likely
    if args.duplicates == "add":
        skipped, bad = (), tuple(row for row in preview.rows if row.outcome is Outcome.BAD or row.same_id)
    document = _document(args, plan, skipped, bad, ())
    document["rows"] = [
        {"line": row.line, "outcome": row.outcome.value, "reason": row.reason, "like": list(row.like)}
        for row in preview.rows
    ]
    if bad and not args.skip_bad:
        return _refuse_rows(args, plan, bad, document)
    fates = {row.line: "skip" for row in skipped} | {row.line: "left out" for row in bad}
    rows = [
        (
            f"line {row.line}",
            fates.get(row.line, "add anyway" if row.outcome is Outcome.DUPLICATE else "new"),
            row.name,
            row.reason,
        )
        for row in preview.rows[:_MOST_SHOWN]
    ]
    more = len(preview.rows) - len(rows)
    lines = [
        *preview.told,
        *_column_lines(plan.columns),
        *table(rows),
        *([f"… and {more} more; see all of them with --json."] if more > 0 else []),
        f"{_people(len(preview.rows) - len(skipped) - len(bad))} would be added; nothing was written.",
    ]
    answer(args, document, lines)
    return Exit.DONE


def _column_lines(columns: Sequence[Column]) -> list[str]:
    return table([(f"column {column.index + 1}", column.header, f"→ {column.field.value}") for column in columns])


def _done_lines(plan: Plan, done: Imported) -> list[str]:
    lines = list(plan.told)
    lines += [f"line {row.line}: skipped. {row.reason}" for row in done.skipped[:_MOST_SHOWN]]
    lines += [f"line {row.line}: left out. {row.reason}" for row in done.left_out[:_MOST_SHOWN]]
    lines.append(f"{_people(len(done.added))} added.")
    if done.skipped:
        lines.append(f"{len(done.skipped)} skipped as likely duplicates; add them with --duplicates add.")
    return lines


def _people(count: int) -> str:
    return "1 participant" if count == 1 else f"{count} participants"


def _document(
    args: argparse.Namespace,
    plan: Plan,
    skipped: Sequence[Verdict],
    bad: Sequence[Verdict],
    added: Sequence[tuple[int, str]],
) -> dict[str, Any]:
    return {
        **_read_as(plan.table, plan.columns, plan.told),
        "imported": [{"line": line, "id": each} for line, each in added],
        "skipped": [{"line": row.line, "reason": row.reason, "like": list(row.like)} for row in skipped],
        "problems": [{"file": args.file, "line": row.line, "reason": row.reason} for row in bad],
        "dry_run": args.dry_run,
    }


def _read_as(found: Table, columns: Sequence[Column], told: Sequence[str]) -> dict[str, Any]:
    return {
        "kind": found.kind.value,
        "encoding": found.encoding,
        "told": list(told),
        "columns": [
            {"column": column.index + 1, "header": column.header, "field": column.field.value} for column in columns
        ],
    }


def _refuse(args: argparse.Namespace, read: tuple[Table, Sequence[Column]] | None, error: Any) -> int:
    where = f"line {error.line}: " if error.line and f"ine {error.line}" not in error.sentence else ""
    tell(f"{args.file}: {where}{error}", "Nothing was written.")
    if wants_json(args):
        found = _read_as(*read, read[0].told) if read else {"kind": "", "encoding": "", "told": [], "columns": []}
        problem = {"file": args.file, "line": error.line, "reason": str(error)}
        document = {**found, "imported": [], "skipped": [], "problems": [problem], "dry_run": args.dry_run}
        answer(args, document, ())
    return Exit.INVALID_FILE


def _refuse_rows(args: argparse.Namespace, plan: Plan, rows: Sequence[Verdict], document: dict[str, Any]) -> int:
    tell(
        *plan.told,
        *(f"{args.file}: line {row.line}: {row.reason}" for row in rows),
        f"{len(rows)} of {len(plan.table.rows)} rows cannot be taken in. Nothing was written.",
        "Mend them in the file, or take only the good ones with --skip-bad.",
    )
    if wants_json(args):
        answer(args, document, ())
    return Exit.INVALID_FILE


def _export(args: argparse.Namespace) -> int:
    from peernote_tui.documents.people.table import FileKind
    from peernote_tui.services.exporting_people import export_people, require_free
    from peernote_tui.services.placing import place_out

    target = Path(args.output)
    require_free(target, replace=args.force)
    with opened(args) as workspace:
        made = export_people(
            workspace,
            FileKind(args.format),
            archived=args.archived,
            mark=not args.no_mark,
            unaccounted=args.unaccounted,
        )
        place_out(workspace, target, made.data, replace=args.force, accounted=made.accounted)
        untold = giving.not_accounted(workspace)
    document = {"exported": made.count, "file": str(target), "format": args.format, "accounted": not untold}
    written = f"{_people(made.count)} written to {target}. The file is not encrypted."
    answer(args, document, [written, *giving.copied(target), *untold])
    return Exit.DONE
