"""What was handed out: list it, record what left without PeerNote, and say of an entry that it did not come to pass."""

from __future__ import annotations

import argparse

from peernote_tui.cli.context import answer, day_first, opened, short, table
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.giving import add_given, disclosure_document, given
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
    add = add_verb(
        verbs,
        "add",
        _add,
        says="record what was told by word of mouth, sent by post, or handed out where no account was kept",
        example='peernote disclosures add M-0042 --to "Harbor Clinic" --what "how she is" --how phone --when "9:30"',
    )
    add.add_argument("participant", metavar="WHO", help="id, prefix of an id, external ID or unique name")
    add.add_argument("--what", required=True, metavar="WORDS", help="what it was, in words without its content")
    add.add_argument("--how", required=True, metavar="WORDS", help="such as phone, in person, paper, post, pdf")
    add.add_argument("--when", default="", metavar="MOMENT", help='day and time, such as "yesterday 3pm"; else now')
    add_given(add, by_hand=True)
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


def _add(args: argparse.Namespace) -> int:
    from peernote_tui.services.disclosing import Request
    from peernote_tui.services.participants import resolve_participant
    from peernote_tui.services.recording_disclosures import record_disclosure, understand_when

    with opened(args) as workspace:
        person = resolve_participant(workspace, args.participant)
        args.purpose = args.purpose or "care"
        at = understand_when(workspace, args.when, day_first=day_first())
        request = Request(**given(args).model_dump(), participant_id=person.id, what=args.what, form=args.how, at=at)
        row = record_disclosure(workspace, request)
    lines = [f"Accounted for: {row.what}, to {row.to} ({row.form}). Id: {short(row.id)}"]
    answer(args, disclosure_document(row), lines)
    return Exit.DONE


def _void(args: argparse.Namespace) -> int:
    from peernote_tui.services.disclosing import resolve_disclosure, void

    with opened(args) as workspace:
        row = void(workspace, resolve_disclosure(workspace, args.disclosure), args.reason)
    answer(args, disclosure_document(row), [f"Taken back: {row.what}, to {row.to}."])
    return Exit.DONE
