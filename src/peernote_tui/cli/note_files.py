"""Notes into files and out of them, in their lossless JSON form."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import (
    answer,
    opened,
    require_one_reader,
    short,
    table,
    tell,
    wants_json,
)
from peernote_tui.cli.exits import Exit, InvalidFileError, exit_code
from peernote_tui.cli.exporting import add_form, add_notes_export
from peernote_tui.cli.files import read_file
from peernote_tui.cli.parsing import Nouns, add_verb
from peernote_tui.domain.errors import InvalidInputError, PeerNoteError

if TYPE_CHECKING:
    from peernote_tui.domain.addendum import Addendum
    from peernote_tui.domain.note import Note
    from peernote_tui.services.interchange import ImportedFile
    from peernote_tui.services.workspace import Workspace

_MOST_PROBLEMS = 50
_NUMBERED = re.compile(r"(Note|Addendum) (\d+) of \d+: ")
"""How a refusal names what it is about."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why a file cannot be taken in.

    Attributes:
        file: The file as named on the command line.
        note: Which note of the file, or which addendum, counted from 1; None when the file itself cannot be read.
        line: The line on which it stands; None when a rule, not the form, refuses the note.
        field: Path of the field, such as `content.start`; empty when the whole note is meant.
        reason: A sentence.
    """

    file: str
    note: int | None
    line: int | None
    field: str
    reason: str
    what: str = "note"

    def sentence(self) -> str:
        """The problem in one line."""
        places = [f"line {self.line}" if self.line else "", f"{self.what} {self.note}" if self.note else "", self.field]
        return f"{self.file}: {', '.join(place for place in places if place)}: {self.reason}"


def add_to(verbs: Nouns) -> None:
    """Add `notes import` and `notes export`."""
    take = add_verb(
        verbs,
        "import",
        _import,
        says="take notes in from JSON files, all or nothing; see the form with `peernote schema note`",
        example="peernote notes import note.json --sign --dry-run",
    )
    take.add_argument("files", nargs="+", metavar="FILE", help="a note, an array or JSON Lines; - is standard input")
    take.add_argument("--sign", action="store_true", help="sign what is not signed yet")
    take.add_argument("--dry-run", action="store_true", help="say what would happen; write nothing")
    add_notes_export(verbs)
    add_form(verbs)


def _import(args: argparse.Namespace) -> int:
    require_one_reader(getattr(args, "passphrase_file", None), *args.files)
    entries, problems = _read(args.files)
    if problems:
        return _refuse(args, problems, Exit.INVALID_FILE)

    from peernote_tui.services import backups

    with opened(args) as workspace:
        if not args.dry_run and backups.has_somebody(workspace):
            backups.back_up_before(workspace, backups.Kind.BEFORE_IMPORT)
        try:
            taken = _take(workspace, entries, sign=args.sign, dry_run=args.dry_run)
        except PeerNoteError as error:
            # What a file says is input of the file's kind, not a mistake in the command.
            code = Exit.INVALID_FILE if isinstance(error, InvalidInputError) else exit_code(error)
            if code is Exit.FAILED or not _NUMBERED.match(error.sentence):
                raise
            return _refuse(args, _every_refusal(workspace, entries, sign=args.sign), code)
    document = {
        "imported": [note.model_dump(mode="json") for note in taken.notes],
        "addenda": [addendum.model_dump(mode="json") for addendum in taken.addenda],
        "problems": [],
        "dry_run": args.dry_run,
    }
    answer(args, document, _import_lines(taken, dry_run=args.dry_run))
    return Exit.DONE


def _import_lines(taken: ImportedFile, *, dry_run: bool) -> list[str]:
    from peernote_tui.documents.addendum_words import TITLES

    known = "already there, left as it is"
    rows = [(short(note.id), str(note.state) if note.new else known) for note in taken.notes]
    rows += [(short(each.id), TITLES[each.kind].lower() if each.new else known) for each in taken.addenda]
    new, added = sum(note.new for note in taken.notes), sum(each.new for each in taken.addenda)
    count = f"{new} note" if new == 1 else f"{new} notes"
    if added:
        count += f" and {added} that {'is' if added == 1 else 'are'} added to notes"
    end = f"{count} would be taken in; nothing was written." if dry_run else f"{count} taken in."
    # Ids of a dry run are made anew when it is meant in earnest.
    return [*(table([(f"note {at}", row[1]) for at, row in enumerate(rows, 1)]) if dry_run else table(rows)), end]


Entry = tuple["Note | Addendum", Problem]
"""A note or an addendum of a file, and where it stands."""


def _read(files: Iterable[str]) -> tuple[list[Entry], list[Problem]]:
    """What all files hold, and every reason why a file cannot be read."""
    from peernote_tui.documents.note_json import LARGEST_FILE, InvalidNotesError, read_note_file

    entries: list[Entry] = []
    problems: list[Problem] = []
    for name in files:
        try:
            found = read_note_file(read_file(name, most_bytes=LARGEST_FILE))
        except InvalidNotesError as error:
            problems += [Problem(name, None, bad.line, bad.field, bad.reason) for bad in error.problems]
        except InvalidFileError as error:
            problems.append(Problem(name, None, None, "", error.sentence.removeprefix(f"{name} ")))
        else:
            for what, many in (("note", found.notes), ("addendum", found.addenda)):
                places = (Problem(name, number, None, "", "", what) for number in range(1, len(many) + 1))
                entries += zip(many, places, strict=True)
    return entries, problems


def _take(workspace: Workspace, entries: Sequence[Entry], *, sign: bool, dry_run: bool) -> ImportedFile:
    from peernote_tui.domain.note import Note
    from peernote_tui.services.interchange import import_file

    notes = tuple(each for each, _ in entries if isinstance(each, Note))
    addenda = tuple(each for each, _ in entries if not isinstance(each, Note))
    return import_file(workspace, notes, addenda, sign=sign, dry_run=dry_run)


def _every_refusal(workspace: Workspace, entries: Sequence[Entry], *, sign: bool) -> list[Problem]:
    """What a rule refuses, one by one: what is refused is left out and the rest tried again, in vain."""
    left = list(entries)
    problems: list[Problem] = []
    while left and len(problems) < _MOST_PROBLEMS:
        try:
            _take(workspace, left, sign=sign, dry_run=True)
        except PeerNoteError as error:
            numbered = _NUMBERED.match(error.sentence)
            if numbered is None:
                raise
            reason = f"{error.sentence[numbered.end() :]} {error.way_out}".strip()
            meant = [entry for entry in left if entry[1].what == numbered[1].lower()][int(numbered[2]) - 1]
            left.remove(meant)
            problems.append(replace(meant[1], reason=reason))
        else:
            break
    return problems


def _refuse(args: argparse.Namespace, problems: Sequence[Problem], code: Exit) -> int:
    tell(*(problem.sentence() for problem in problems), "Nothing was written.")
    if wants_json(args):
        document: dict[str, Any] = {
            "imported": [],
            "addenda": [],
            "problems": [asdict(problem) for problem in problems],
            "dry_run": args.dry_run,
        }
        answer(args, document, ())
    return code
