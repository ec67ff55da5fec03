"""Notes and whole records out of the vault, as documents or in their lossless JSON form."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from peernote_tui.cli import giving
from peernote_tui.cli.context import answer, opened, tell
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.files import require_new, to_stdout
from peernote_tui.cli.parsing import Nouns, add_verb
from peernote_tui.domain.errors import InvalidInputError

if TYPE_CHECKING:
    from peernote_tui.domain.note import Note
    from peernote_tui.services.handing_out import Order
    from peernote_tui.services.workspace import Workspace

_WHAT = ("record", "summary", "accounting", "calendar")


def add_notes_export(verbs: Nouns) -> None:
    """Add `notes export`."""
    give = add_verb(
        verbs,
        "export",
        _export,
        says="signed notes, or the ones named, as JSON or as a document; it is accounted for",
        example='peernote notes export ID --format pdf --to "Harbor Clinic" -o note.pdf',
    )
    give.add_argument("notes", nargs="*", metavar="ID", help="ids of notes or drafts; all signed notes when left out")
    give.add_argument("--participant", metavar="WHO", help="the signed notes of one participant")
    give.add_argument(
        "--format",
        choices=("json", "jsonl", "xlsx", "csv", *giving.FORMATS),
        default="json",
        help="json, the lossless form, when left out",
    )
    giving.add_given(give)
    giving.add_file(give)


def add_form(verbs: Nouns) -> None:
    """Add `notes form`."""
    give = add_verb(
        verbs,
        "form",
        _form,
        says="a draft as a form with its answers in it, to go over together on paper; it is accounted for",
        example="peernote notes form 0192f0c1 --purpose participant -o draft.docx",
    )
    give.add_argument("draft", metavar="ID", help="id of a draft, or a unique prefix of it")
    give.add_argument(
        "--format",
        choices=giving.FORMATS,
        default="pdf",
        help="pdf when left out; docx, md and txt can be taken in again",
    )
    giving.add_given(give)
    giving.add_file(give)


def add_hand_out(verbs: Nouns) -> None:
    """Add `participants handout`."""
    give = add_verb(
        verbs,
        "handout",
        _hand_out,
        says="a participant's record, a summary for a care team, the accounting of disclosures, or planned meetings",
        example="peernote participants handout M-0042 --purpose participant --format pdf -o record.pdf",
    )
    give.add_argument("participant", metavar="WHO", help="id, prefix of an id, external ID or unique name")
    give.add_argument("--what", choices=_WHAT, default="record", help="the whole record when left out")
    give.add_argument(
        "--format",
        choices=(*giving.FORMATS, "xlsx", "csv", "json", "ics"),
        help="pdf when left out, and ics of meetings; json, of a record, loses nothing",
    )
    giving.add_given(give)
    giving.add_file(give)


def _hand_out(args: argparse.Namespace) -> int:
    from peernote_tui.documents.document import DocumentKind
    from peernote_tui.services.disclosing import Request
    from peernote_tui.services.ordering import WHAT
    from peernote_tui.services.participants import resolve_participant

    what = WHAT[DocumentKind(args.what)]
    args.format = args.format or ("ics" if args.what == "calendar" else "pdf")
    with opened(args) as workspace:
        person = resolve_participant(workspace, args.participant)
        request = Request(**giving.given(args).model_dump(), participant_id=person.id, what=what, form="")
        return giving.hand_out(args, workspace, _order(args, args.what, request))


def _form(args: argparse.Namespace) -> int:
    from peernote_tui.documents.document import DocumentKind
    from peernote_tui.domain.errors import RefusedError
    from peernote_tui.domain.note import NoteState
    from peernote_tui.services.disclosing import Request
    from peernote_tui.services.notes import resolve_note
    from peernote_tui.services.ordering import WHAT
    from peernote_tui.services.writing import get_draft

    with opened(args) as workspace:
        note = resolve_note(workspace, args.draft)
        if note.state is NoteState.SIGNED:
            raise RefusedError("This note is signed, and no draft any more.", "Hand it out with: peernote notes export")
        request = Request(
            **giving.given(args).model_dump(),
            participant_id=get_draft(workspace, note.id).participant_id,
            what=WHAT[DocumentKind.FORM],
            form="",
            note_ids=(note.id,),
        )
        return giving.hand_out(args, workspace, _order(args, "form", request))


def _export(args: argparse.Namespace) -> int:
    if args.notes and args.participant:
        raise InvalidInputError("Name either notes or a participant.", "Ids already say which notes are meant.")
    if args.format in ("json", "jsonl") and not args.mail:
        return _export_json(args)
    with opened(args) as workspace:
        notes = _chosen(args, workspace)
        return giving.hand_out(args, workspace, _notes_order(args, workspace, notes))


def _chosen(args: argparse.Namespace, workspace: Workspace) -> tuple[Note, ...]:
    from peernote_tui.services.notes import resolve_note
    from peernote_tui.services.participants import resolve_participant
    from peernote_tui.services.staying import leaving_notes

    if args.notes:
        return tuple(resolve_note(workspace, reference) for reference in args.notes)
    if not args.participant:
        raise InvalidInputError(
            "Which notes is missing.", "Name their ids, or one participant with --participant.", field="notes"
        )
    person = resolve_participant(workspace, args.participant)
    with workspace.reading() as work:
        notes = leaving_notes(work, work.notes.in_order(person.id), giving.given(args).purpose)
    if not notes:
        raise InvalidInputError("This participant has no signed note.", "A draft has to be signed first.")
    return notes


def _notes_order(args: argparse.Namespace, workspace: Workspace, notes: tuple[Note, ...]) -> Order:
    from peernote_tui.services.disclosing import Request, what_notes

    with workspace.reading() as work:
        owner = work.notes.participant_id(notes[0].id) or notes[0].participant.id
    ids = tuple(note.id for note in notes)
    request = Request(
        **giving.given(args).model_dump(), participant_id=owner, what=what_notes(notes), form="", note_ids=ids
    )
    return _order(args, "notes" if len(notes) > 1 else "note", request)


def _order(args: argparse.Namespace, kind: str, request: object) -> Order:
    from peernote_tui.documents.document import DocumentKind, Paper
    from peernote_tui.documents.rendering import Format
    from peernote_tui.services.handing_out import Order

    return Order(
        kind=DocumentKind(kind),
        form=Format(args.format),
        paper=Paper(args.paper),
        mail=args.mail,
        unaccounted=args.unaccounted,
        request=request,
    )


def _export_json(args: argparse.Namespace) -> int:
    from peernote_tui.documents.note_json import write_lines, write_notes
    from peernote_tui.domain.private_answers import stayed, stayed_words
    from peernote_tui.services.interchange import exported_notes
    from peernote_tui.services.participants import resolve_participant
    from peernote_tui.services.placing import place_out
    from peernote_tui.services.taking_addenda import addenda_of
    from peernote_tui.services.verifying import log_head, present_anchor

    target = None if args.output in (None, "-") else Path(args.output)
    if target is not None:
        require_new(target, replace_it=args.force)
    how = giving.closed(args)
    if how.password:
        raise InvalidInputError("Only a PDF is closed with a password.", "Use --age-passphrase-file.", field="password")
    if how.recipient:
        # A key that is none is told before anything is accounted for.
        how.close(b"")
    with opened(args) as workspace:
        person = resolve_participant(workspace, args.participant).id if args.participant else None
        found = exported_notes(
            workspace,
            note_ids=tuple(args.notes),
            participant_id=person,
            given=giving.given(args),
            form=args.format,
            unaccounted=args.unaccounted,
        )
        notes, untold = found.notes, giving.not_accounted(workspace)
        addenda = addenda_of(workspace, notes)
        anchor, log = present_anchor(workspace), log_head(workspace)
        data = how.close((write_lines if args.format == "jsonl" else write_notes)(notes, addenda, found.notices))
        if target is not None:
            place_out(workspace, target, data, replace=args.force, accounted=found.accounted)
    left_out = stayed((*notes, *addenda))
    if target is None:
        to_stdout(data)
        tell(*filter(None, [stayed_words(left_out)]), anchor, *untold)
        return Exit.DONE
    count = "1 note" if len(notes) == 1 else f"{len(notes)} notes"
    document = {
        "exported": len(notes),
        "addenda": len(addenda),
        "left_out": left_out,
        "accounted": not untold,
        "file": str(target),
        "log": log,
    }
    written = f"{count} written to {target}." + ("" if how.how else " The file is not encrypted.")
    answer(args, document, [*filter(None, [written, *giving.copied(target), stayed_words(left_out)]), anchor, *untold])
    return Exit.DONE
