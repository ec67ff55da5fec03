"""Second records of one person: kept from being added unseen, and listed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import answer, opened, short, table, tell
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_verb
from peernote_tui.domain.errors import RefusedError

if TYPE_CHECKING:
    from peernote_tui.domain.participant import Participant, ParticipantDetails
    from peernote_tui.services.sameness import AlikePair
    from peernote_tui.services.workspace import Workspace

_NONE = "No two records look like one person."


def add_to(verbs: Nouns) -> None:
    """Add `participants duplicates`."""
    add_verb(
        verbs,
        "duplicates",
        _duplicates,
        says="pairs of records that are likely of one person, with the reasons; the likeliest first",
        example="peernote participants duplicates --json",
    )


def warn_of_alike(workspace: Workspace, details: ParticipantDetails, *, allowed: bool) -> None:
    """Say on standard error who is likely the same person as somebody who is to be added.

    Args:
        workspace: The open vault.
        details: Who is to be added.
        allowed: Whether they are to be added all the same.

    Raises:
        RefusedError: Somebody is likely the same person, and it is not allowed.
    """
    from peernote_tui.services.sameness import likely_same

    likely = [alike for alike in likely_same(workspace, details) if alike.likely]
    if not likely:
        return
    tell(*(f"Likely the same person: {short(one.participant.id)} ({', '.join(one.reasons)})." for one in likely))
    if not allowed:
        raise RefusedError(
            "This person is likely in the vault already; nobody was added.",
            f"Look: peernote participants show {short(likely[0].participant.id)}. "
            "If it is somebody else, add them with --even-if-alike.",
        )


def _duplicates(args: argparse.Namespace) -> int:
    from peernote_tui.services.sameness import all_likely_pairs

    with opened(args) as workspace:
        pairs = all_likely_pairs(workspace)
    document = {"pairs": [_document(pair) for pair in pairs], "total": len(pairs)}
    lines = table(
        [
            (short(pair.one.id), pair.one.name, short(pair.other.id), pair.other.name, ", ".join(pair.reasons))
            for pair in pairs
        ]
    )
    answer(args, document, lines or [_NONE])
    return Exit.DONE


def _document(pair: AlikePair) -> dict[str, Any]:
    return {
        "one": _who(pair.one),
        "other": _who(pair.other),
        "probability": round(pair.score, 3),
        "reasons": list(pair.reasons),
    }


def _who(person: Participant) -> dict[str, str]:
    return {"id": person.id, "name": person.name, "born": person.born, "external_id": person.external_id}
