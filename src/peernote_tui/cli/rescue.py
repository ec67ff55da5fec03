"""Rescue files: drafts that the vault could not take, listed and brought back."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import answer, opened, short, table
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_noun, add_verb
from peernote_tui.domain.errors import NotFoundError

if TYPE_CHECKING:
    from peernote_tui.services.rescuing import RescueFile

_WORDS = {
    "newer": "newer than the draft in the vault",
    "both-changed": "the draft in the vault was written in since, too",
    "gone": "its draft was signed or is not in the vault",
    "stored": "the vault holds these words already",
    "nobody": "its participant is not in the vault",
    "too-new": "written by a newer PeerNote",
    "damaged": "damaged, and kept as it is",
}


def add_to(nouns: Nouns) -> None:
    """Add `rescue`."""
    verbs = add_noun(nouns, "rescue", "drafts that the vault could not take")
    add_verb(
        verbs,
        "list",
        _list,
        says="the rescue files of this vault, wherever they lie; nothing of what they hold is shown",
        example="peernote rescue list --json",
    )
    restore = add_verb(
        verbs,
        "restore",
        _restore,
        says="bring a draft back into the vault; then its rescue file is taken away",
        example="peernote rescue restore peernote-rescue-0f3a",
    )
    restore.add_argument("name", metavar="NAME", help="a name or path from the list, or the beginning of a name")
    restore.add_argument(
        "--beside", action="store_true", help="keep the draft in the vault as it is and store this one as a further one"
    )


def _list(args: argparse.Namespace) -> int:
    from peernote_tui.services import rescuing

    with opened(args) as workspace:
        found = rescuing.rescue_files(workspace)
    rows = [[each.path.name, _written(each), _WORDS[each.state], str(each.path.parent)] for each in found]
    lines = table(rows) if found else ["There is no rescue file: the vault holds everything."]
    answer(args, {"rescue_files": [_document(each) for each in found], "total": len(found)}, lines)
    return Exit.DONE


def _restore(args: argparse.Namespace) -> int:
    from peernote_tui.services import rescuing

    with opened(args) as workspace:
        found = rescuing.rescue_files(workspace)
        matching = [each for each in found if args.name in (each.path.name, str(each.path))]
        if not matching and args.name:
            matching = [each for each in found if each.path.name.startswith(args.name)]
        if len(matching) != 1:
            told = (
                "More than one rescue file begins like this." if matching else "There is no rescue file of this name."
            )
            raise NotFoundError(told, "See: peernote rescue list.")
        beside = args.beside or matching[0].state is rescuing.RescueState.BOTH_CHANGED
        stored = rescuing.bring_back(workspace, matching[0].path, beside=beside)
        further = matching[0].draft is not None and stored.id != matching[0].draft.id
    document = {"draft": stored.id, "further": further, "removed": not matching[0].path.exists()}
    arrived = f"The draft is in the vault{' as a further one' if further else ''}."
    answer(args, document, [arrived, f"Go on with: peernote notes new --draft {short(stored.id)}"])
    return Exit.DONE


def _written(each: RescueFile) -> str:
    return "" if each.written_at is None else f"{each.written_at:%Y-%m-%d %H:%M} UTC"


def _document(each: RescueFile) -> dict[str, Any]:
    return {
        "name": each.path.name,
        "path": str(each.path),
        "state": each.state.value,
        "written_at": None if each.written_at is None else each.written_at.isoformat(),
        "draft": None if each.draft is None else each.draft.id,
    }
