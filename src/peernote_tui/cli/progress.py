"""`participants progress`: how things went over the months, as sentences."""

from __future__ import annotations

import argparse

from peernote_tui.cli.context import answer, opened
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_verb, row_count


def add_to(verbs: Nouns) -> None:
    """Add `participants progress`."""
    verb = add_verb(
        verbs,
        "progress",
        _progress,
        says="what was agreed and kept, how things were, concerns and contacts, month by month",
        example="peernote participants progress M-0042",
    )
    verb.add_argument("participant", help="id, prefix of an id, external ID or unique name")
    verb.add_argument(
        "--months", type=row_count, default=12, metavar="N", help="how many months at most; 12 when left out"
    )


def _progress(args: argparse.Namespace) -> int:
    from peernote_tui.documents.progress_words import progress_document, progress_lines
    from peernote_tui.services.participants import resolve_participant
    from peernote_tui.services.progress import progress

    with opened(args) as workspace:
        person = resolve_participant(workspace, args.participant)
        found = progress(workspace, person.id)
    lines = progress_lines(found, person.name, found.months(min(args.months, 1200)))
    answer(args, {"id": person.id, **progress_document(found)}, lines)
    return Exit.DONE
