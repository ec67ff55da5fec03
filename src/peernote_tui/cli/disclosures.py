"""What was handed out: list it, and say of an entry that it did not come to pass."""

from __future__ import annotations

import argparse

from peernote_tui.cli.context import answer, opened, short, table
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.giving import disclosure_document
from peernote_tui.cli.parsing import Nouns, add_noun, add_verb, row_count


def add_to(nouns: Nouns) -> None:
    """Add `disclosures`."""
    verbs = add_noun(nouns, "disclosures", "what was handed out, to whom, what for, and on which consent")
    found = add_verb(
        verbs,
        "list",
        _list,
        says="what was handed out, the last first",
        example="peernote disclosures list --participant M-0042",
    )
    found.add_argument("--participant", metavar="WHO", help="only out of one participant's record")
    found.add_argument("--limit", type=row_count, default=100, metavar="N", help="how many at most; 100 when left out")
    void = add_verb(
        verbs,
        "void",
        _void,
        says="say that something did not leave after all; the entry stays readable",
        example='peernote disclosures void ID --reason "the stick never left the office"',
    )
    void.add_argument("disclosure", metavar="ID", help="id or a unique prefix of it")
    void.add_argument("--reason", required=True, metavar="WORDS", help="why; a few words are enough")


def _list(args: argparse.Namespace) -> int:
    from peernote_tui.documents.contents.tables import disclosures_table
    from peernote_tui.services.disclosing import disclosures_of, newest_disclosures
    from peernote_tui.services.participants import resolve_participant

    with opened(args) as workspace:
        if args.participant:
            person = resolve_participant(workspace, args.participant)
            found = disclosures_of(workspace, person.id)[::-1][: args.limit]
        else:
            found = newest_disclosures(workspace, args.limit)
        zone = workspace.clock.zone
    voided = {row.voids for row in found}
    rows = [
        (short(row.id), *cells, "taken back" if row.id in voided else "takes one back" if row.voids else "")
        for row, cells in zip(found, disclosures_table(found, zone).rows, strict=True)
    ]
    document = {"disclosures": [disclosure_document(row) for row in found], "total": len(found)}
    answer(args, document, table(rows) or ["Nothing was handed out."])
    return Exit.DONE


def _void(args: argparse.Namespace) -> int:
    from peernote_tui.services.disclosing import resolve_disclosure, void

    with opened(args) as workspace:
        row = void(workspace, resolve_disclosure(workspace, args.disclosure), args.reason)
    answer(args, disclosure_document(row), [f"Taken back: {row.what}, to {row.to}."])
    return Exit.DONE
