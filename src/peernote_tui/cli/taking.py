"""`notes take`: a filled form becomes a draft to review."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from peernote_tui.cli.context import answer, day_first, opened, require_one_reader, short
from peernote_tui.cli.exits import Exit, InvalidFileError
from peernote_tui.cli.files import read_file
from peernote_tui.cli.parsing import Nouns, add_verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peernote_tui.domain.not_placed import NotPlaced
    from peernote_tui.services.taking_in import TakenIn


def add_to(verbs: Nouns) -> None:
    """Add `notes take`."""
    take = add_verb(
        verbs,
        "take",
        _take,
        says="take a filled form in as a draft to review: DOCX, PDF form, Markdown or text",
        example="peernote notes take form.docx --participant M-0042 --dry-run",
    )
    take.add_argument("file", metavar="FILE", help="the filled form; - is standard input")
    take.add_argument(
        "--participant", required=True, metavar="WHO", help="whose note it becomes; the file is not asked"
    )
    take.add_argument("--template", metavar="ID", help="which form it is; told from the file when left out")
    take.add_argument("--dry-run", action="store_true", help="say what would happen; write nothing")


def _take(args: argparse.Namespace) -> int:
    from peernote_tui.documents.readers.form import LARGEST_FILE, FormFileError
    from peernote_tui.services.participants import resolve_participant
    from peernote_tui.services.taking_in import take_in

    require_one_reader(getattr(args, "passphrase_file", None), args.file)
    data = read_file(args.file, most_bytes=LARGEST_FILE)
    with opened(args) as workspace:
        person = resolve_participant(workspace, args.participant)
        try:
            taken = take_in(
                workspace, person.id, args.template, data, args.file, day_first=day_first(), dry_run=args.dry_run
            )
        except FormFileError as error:
            raise InvalidFileError(error.sentence, error.way_out) from None
    document = {
        "draft": None if args.dry_run else taken.draft.id,
        "participant": {"id": person.id},
        "template": {"id": taken.template.id, "version": taken.template.version},
        "placed": list(taken.placed),
        "not_placed": [piece.model_dump(mode="json") for piece in taken.left],
        "dry_run": args.dry_run,
    }
    answer(args, document, _lines(taken, dry_run=args.dry_run))
    return Exit.DONE


def piece_lines(pieces: Sequence[NotPlaced]) -> list[str]:
    """What a file held that stands in no answer, each piece with the reason; nothing for none."""
    lines = [f"Not placed, and kept beside the draft: {len(pieces)}"] if pieces else []
    for piece in pieces:
        label = f"{piece.label}: " if piece.label else ""
        lines += [f"  {line}" for line in f"{label}{piece.words}".splitlines()]
        lines.append(f"    {piece.why}")
    return lines


def _lines(taken: TakenIn, *, dry_run: bool) -> list[str]:
    answers = "1 answer" if len(taken.placed) == 1 else f"{len(taken.placed)} answers"
    lines = [f"Read as “{taken.template.title}”: {answers}."]
    lines += [f"  {label}" for label in taken.placed]
    lines += piece_lines(taken.left)
    if dry_run:
        return [*lines, "Nothing was written."]
    return [*lines, f"A draft was begun. Look it over with: peernote notes new --draft {short(taken.draft.id)}"]
