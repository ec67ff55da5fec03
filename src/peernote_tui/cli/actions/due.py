"""`actions due`: how much is due, in one line without names, for a shell prompt."""

from __future__ import annotations

import argparse

from peernote_tui.cli.context import answer, opened, tell
from peernote_tui.cli.exits import Exit, exit_code
from peernote_tui.cli.parsing import Nouns, add_verb
from peernote_tui.domain.errors import PeerNoteError


def add_to(verbs: Nouns) -> None:
    """Add the verb."""
    due = add_verb(
        verbs,
        "due",
        _due,
        says="how many action items are due today and how many are overdue; no names, and nothing when nothing is",
        example="peernote actions due --json",
    )
    due.add_argument("--mine", action="store_true", help="only what you took on, alone or together")
    due.add_argument("--quiet", action="store_true", help="say nothing when the vault cannot be opened now")


def _due(args: argparse.Namespace) -> int:
    from peernote_tui.domain.action_filter import MINE
    from peernote_tui.services.action_items import count_due

    try:
        with opened(args) as workspace:
            found = count_due(workspace, owners=MINE if args.mine else ())
    except PeerNoteError as error:
        if not args.quiet:
            tell(error.sentence, error.way_out)
        return exit_code(error)
    parts = [f"{found.due} due"] if found.due else []
    parts += [f"{found.overdue} overdue"] if found.overdue else []
    answer(args, found.model_dump(mode="json"), [", ".join(parts)] if parts else [])
    return Exit.DONE
