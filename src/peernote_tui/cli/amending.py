"""What is added to signed notes: amend, history, cosign."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import answer, clean, opened, require_one_reader, short, tell, wants_json
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.files import read_file, require_new, to_file, to_stdout
from peernote_tui.cli.parsing import Nouns, add_verb
from peernote_tui.cli.talk import Talk
from peernote_tui.domain.errors import InvalidInputError, RefusedError

if TYPE_CHECKING:
    from peernote_tui.documents.amendment_json import AmendmentText
    from peernote_tui.domain.addendum import Addendum, AddendumKind
    from peernote_tui.domain.note import Note
    from peernote_tui.services.amending import NoteHistory
    from peernote_tui.services.workspace import Workspace

_KINDS = ("addendum", "correction", "statement", "in-error")


def add_to(verbs: Nouns) -> None:
    """Add `notes amend`, `notes history` and `notes cosign`."""
    amend = add_verb(
        verbs,
        "amend",
        _amend,
        says="add to a signed note, which itself never changes; asks for reason and words, or takes them from a file",
        example="peernote notes amend 0192f0c1 --kind addendum",
    )
    amend.add_argument("note", help="id of a signed note, or a unique prefix of it")
    amend.add_argument("--kind", choices=_KINDS, required=True, help="what is added")
    amend.add_argument(
        "--json-from",
        metavar="FILE",
        help="reason, text, said_by, and for a correction content with the answers that change; - is standard input",
    )
    amend.add_argument("--said-by", default="", metavar="WHO", help="whose statement it is, if not the participant's")
    amend.add_argument("--move-to", metavar="WHO", help="with in-error: begin the same note for this participant")
    history = add_verb(
        verbs,
        "history",
        _history,
        says="a signed note with all that was added to it, and what each correction changed",
        example="peernote notes history 0192f0c1",
    )
    history.add_argument("note", help="id of a signed note, or a unique prefix of it")
    cosign = add_verb(
        verbs,
        "cosign",
        _cosign,
        says="read somebody's exported note and sign a statement under it; the result goes back to its author",
        example="peernote notes cosign note.json -o statement.json",
    )
    cosign.add_argument("file", metavar="FILE", help="one signed note, as notes export wrote it")
    cosign.add_argument("--text-file", metavar="FILE", help="the statement; asked for when left out")
    cosign.add_argument("-o", "--output", metavar="FILE", help="write to a file; to standard output when left out")
    cosign.add_argument("--force", action="store_true", help="replace the file when it is there")


def _amend(args: argparse.Namespace) -> int:
    from peernote_tui.domain.addendum import AddendumKind

    kind = AddendumKind(args.kind.replace("-", "_"))
    if args.move_to and kind is not AddendumKind.IN_ERROR:
        raise InvalidInputError("--move-to belongs to --kind in-error.", "Leave it out.")
    require_one_reader(getattr(args, "passphrase_file", None), args.json_from)
    told = _told(args, kind)
    talk = Talk(sys.stderr if wants_json(args) else sys.stdout)
    with opened(args) as workspace:
        note = _signed(workspace, args.note)
        signed, moved = _add(workspace, note, kind, told or _asked(talk, kind, args.said_by), args)
    document = {"id": signed.id, "note_id": note.id, "kind": signed.kind.value, "draft": moved}
    lines = [f"Added and signed: {short(signed.id)}. Read it with: peernote notes history {short(note.id)}"]
    lines += [f"The same note is a draft in the other record: {short(moved)}"] if moved else []
    answer(args, document, lines)
    return Exit.DONE


def _add(
    workspace: Workspace, note: Note, kind: AddendumKind, told: AmendmentText, args: argparse.Namespace
) -> tuple[Addendum, str]:
    """Begin, fill and sign; gives what was added, and the id of a draft in the record where the note belongs."""
    from peernote_tui.domain.addendum import AddendumKind
    from peernote_tui.domain.errors import PeerNoteError
    from peernote_tui.services import amending, writing
    from peernote_tui.services.participants import resolve_participant

    moved = ""
    if args.move_to:
        right = resolve_participant(workspace, args.move_to)
        moved = amending.move_to_right_record(workspace, note.id, right.id).id
    try:
        draft = amending.start_amendment(workspace, note.id, kind, said_by=told.said_by, belongs_to=moved)
    except PeerNoteError:
        if moved:
            writing.discard_draft(workspace, moved)
        raise
    if draft.amendment is None:
        raise AssertionError("what was begun adds to nothing")
    try:
        content = told.corrected(draft.content) if kind is AddendumKind.CORRECTION else draft.content
        words = draft.amendment.model_copy(update={"reason": told.reason, "text": told.text})
        writing.save_draft(workspace, draft.model_copy(update={"amendment": words, "content": content}))
        tell(*amending.amendment_warnings(workspace, draft.id))
        return amending.sign_amendment(workspace, draft.id), moved
    except PeerNoteError:
        # From a script, half of it is of use to nobody; it can be brought back for a while.
        for each in filter(None, (draft.id, moved)):
            writing.discard_draft(workspace, each)
        raise


def _told(args: argparse.Namespace, kind: AddendumKind) -> AmendmentText | None:
    from peernote_tui.documents.amendment_json import LARGEST_AMENDMENT, read_amendment
    from peernote_tui.domain.addendum import AddendumKind

    if not args.json_from:
        if kind is AddendumKind.CORRECTION:
            raise InvalidInputError(
                "A correction changes answers, so it needs the app or a file.",
                "Open the note in the app, or say what changes with --json-from.",
            )
        return None
    found = read_amendment(read_file(args.json_from, most_bytes=LARGEST_AMENDMENT))
    if found.content and kind is not AddendumKind.CORRECTION:
        raise InvalidInputError("Only a correction changes answers.", "Take content out of the file.")
    return found if found.said_by else found.model_copy(update={"said_by": args.said_by})


def _asked(talk: Talk, kind: AddendumKind, said_by: str) -> AmendmentText:
    from peernote_tui.documents.amendment_json import AmendmentText
    from peernote_tui.domain.addendum import AddendumKind

    reason, text = "", ""
    try:
        if kind is not AddendumKind.IN_ERROR:
            text = (
                talk.ask_lines("The words; a blank line ends them", "It is signed as it stands.", lambda _: None) or ""
            )
        if kind is not AddendumKind.STATEMENT:
            reason = talk.ask("Why it is added, in a few words") or ""
    except EOFError:
        raise InvalidInputError("Nothing was added.", "Answer the questions, or use --json-from.") from None
    return AmendmentText(reason=reason, text=text, said_by=said_by)


def _history(args: argparse.Namespace) -> int:
    from peernote_tui.services.amending import leaving_history, note_with_addenda
    from peernote_tui.services.notes import view_note
    from peernote_tui.services.templates import template_of

    with opened(args) as workspace:
        note = view_note(workspace, _signed(workspace, args.note).id).note
        history = note_with_addenda(workspace, note.id)
        template = template_of(workspace.templates, note.template.id, note.template.version)
        history = leaving_history(template, history)
        changes = _changes(history, template)
    dumped = [{**each.model_dump(mode="json"), "changes": changes.get(each.id, [])} for each in history.addenda]
    document = {
        "note": history.note.model_dump(mode="json"),
        "present": history.present.model_dump(mode="json"),
        "in_error": history.in_error is not None,
        "addenda": dumped,
    }
    answer(args, document, _history_lines(history, template, changes))
    return Exit.DONE


def _changes(history: NoteHistory, template: Any) -> dict[str, list[dict[str, str]]]:
    """What each correction changed, by its id."""
    from peernote_tui.documents.note_changes import changes_between

    found, before = {}, history.note.content
    for each in history.addenda:
        if each.content is not None:
            changes = changes_between(history.note, template, before, each.content)
            found[each.id] = [change.model_dump() for change in changes]
            before = each.content
    return found


def _history_lines(history: NoteHistory, template: Any, changes: dict[str, list[dict[str, str]]]) -> list[str]:
    from peernote_tui.documents.addendum_words import TITLES
    from peernote_tui.documents.note_document import note_document
    from peernote_tui.documents.plain import plain_text

    lines = plain_text(note_document(history.note, template)).splitlines()
    for each in history.addenda:
        signed = f", {each.signed_at:%Y-%m-%d %H:%M} UTC" if each.signed_at else ""
        lines += ["", f"{TITLES[each.kind]} by {each.author.name}{signed}"]
        lines += [f"Said by {each.said_by}"] if each.said_by else []
        lines += [f"Reason: {each.reason}"] if each.reason else []
        lines += each.text.splitlines()
        lines += [f"Belongs to {each.belongs_to}"] if each.belongs_to else []
        for change in changes.get(each.id, []):
            lines += [f"{change['label']}", f"  was: {change['before'] or '–'}", f"  is:  {change['after'] or '–'}"]
    return [clean(part) for line in lines for part in line.split("\n")]


def _cosign(args: argparse.Namespace) -> int:
    from peernote_tui.documents.note_json import LARGEST_FILE, read_note_file, write_addendum
    from peernote_tui.services.cosigning import cosign

    require_one_reader(getattr(args, "passphrase_file", None), args.file, args.text_file)
    found = read_note_file(read_file(args.file, most_bytes=LARGEST_FILE))
    if len(found.notes) != 1:
        raise InvalidInputError("This file holds more than one note, or none.", "Export the one note that is meant.")
    target = None if args.output in (None, "-") else Path(args.output)
    if target is not None:
        require_new(target, replace_it=args.force)
    talk = Talk(sys.stderr)
    with opened(args) as workspace:
        statement = _statement(args, talk, workspace, found.notes[0])
        data = write_addendum(cosign(workspace, found.notes[0], statement))
    if target is None:
        to_stdout(data)
        return Exit.DONE
    to_file(target, data, replace_it=args.force)
    lines = [f"Written to {target}. Its author takes it in with: peernote notes import {target.name}"]
    answer(args, {"note_id": found.notes[0].id, "file": str(target)}, lines)
    return Exit.DONE


def _statement(args: argparse.Namespace, talk: Talk, workspace: Workspace, note: Note) -> str:
    from peernote_tui.documents.note_document import note_document
    from peernote_tui.documents.plain import plain_text
    from peernote_tui.services.templates import template_of

    if args.text_file:
        return read_file(args.text_file).decode("utf-8", errors="replace")
    talk.say(plain_text(note_document(note, template_of(workspace.templates, note.template.id, note.template.version))))
    try:
        words = talk.ask_lines("Your statement; a blank line ends it", "It is signed as it stands.", lambda _: None)
    except EOFError:
        raise InvalidInputError("Nothing was signed.", "Answer the question, or use --text-file.") from None
    return words or ""


def _signed(workspace: Workspace, reference: str) -> Note:
    from peernote_tui.domain.note import NoteState
    from peernote_tui.services.notes import resolve_note

    note = resolve_note(workspace, reference)
    if note.state is not NoteState.SIGNED:
        raise RefusedError("This note is a draft.", "What is not signed yet is changed by writing on.")
    return note
