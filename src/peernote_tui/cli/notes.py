"""Notes: new, list, show, search; import and export are in a room of their own."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from peernote_tui.cli import amending, aside, contact, note_files, plain_note, reviewing, taking
from peernote_tui.cli.context import answer, clean, is_terminal, opened, safe_json, short, table, wants_json
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_noun, add_verb, row_count
from peernote_tui.cli.participants import who_document

if TYPE_CHECKING:
    from datetime import date, datetime

    from peernote_tui.domain.addendum import Addendum
    from peernote_tui.domain.draft import DraftRow
    from peernote_tui.domain.note import NoteRow

_MARKS = str.maketrans("", "", "\x02\x03")
"""Around found words in a snippet."""


def add_to(nouns: Nouns) -> None:
    """Add `notes`."""
    verbs = add_noun(nouns, "notes", "case notes")
    plain_note.add_to(verbs)
    contact.add_to(verbs)
    found = add_verb(
        verbs,
        "list",
        _list,
        says="drafts, then signed notes, the newest first",
        example="peernote notes list --participant M-0042",
    )
    show = add_verb(
        verbs, "show", _show, says="read one note or draft", example="peernote notes show 0192f0c1 --format txt"
    )
    show.add_argument("note", help="id or a unique prefix of it")
    show.add_argument("--format", choices=("txt", "json"), default="txt", help="txt when left out")
    show.add_argument("--private", action="store_true", help="show private answers, and those that another one hides")
    search = add_verb(
        verbs,
        "search",
        _search,
        says="signed notes that hold every word, the last one as a beginning",
        example="peernote notes search housing",
    )
    search.add_argument("words", nargs="+", help="what to look for")
    for parser in (found, search):
        parser.add_argument("--participant", metavar="WHO", help="only of one participant")
        parser.add_argument("--limit", type=row_count, default=50, metavar="N", help="how many at most; 50 if left out")
    reviewing.add_to(verbs)
    aside.add_to(verbs)
    note_files.add_to(verbs)
    taking.add_to(verbs)
    amending.add_to(verbs)


def _list(args: argparse.Namespace) -> int:
    from peernote_tui.services.notes import list_notes
    from peernote_tui.services.participants import resolve_participant
    from peernote_tui.services.writing import open_drafts

    with opened(args) as workspace:
        person = resolve_participant(workspace, args.participant).id if args.participant else None
        drafts = open_drafts(workspace, person)
        found = list_notes(workspace, participant_id=person, limit=max(args.limit - len(drafts), 0))
        today, now = workspace.today, workspace.clock.now()
    documents = [_draft_document(row, now) for row in drafts[: args.limit]]
    documents += [_note_document(row) for row in found.notes]
    rows = [_draft_row(row, today) for row in drafts[: args.limit]] + [_note_row(row, today) for row in found.notes]
    total = found.total + len(drafts)
    lines = table(rows) or ["There are no notes here yet."]
    _answer_notes(args, {"notes": documents, "total": total}, lines)
    return Exit.DONE


def _search(args: argparse.Namespace) -> int:
    from peernote_tui.services.notes import search_notes
    from peernote_tui.services.participants import resolve_participant

    with opened(args) as workspace:
        person = resolve_participant(workspace, args.participant).id if args.participant else None
        found = search_notes(workspace, " ".join(args.words), participant_id=person, limit=args.limit)
        today = workspace.today
    lines = []
    for row, line in zip(found.notes, table([_note_row(row, today) for row in found.notes]), strict=True):
        lines += [line, f"  {row.snippet.translate(_MARKS)}"]
    documents = [_note_document(row) for row in found.notes]
    _answer_notes(
        args,
        {"query": found.query, "notes": documents, "total": found.total},
        lines or ["No signed note holds all of these words."],
    )
    return Exit.DONE


def _answer_notes(args: argparse.Namespace, document: dict[str, Any], lines: list[str]) -> None:
    if document["total"] > len(document["notes"]):
        lines = [*lines, f"{len(document['notes'])} of {document['total']}; ask for more with --limit."]
    answer(args, document, lines)


def _note_document(row: NoteRow) -> dict[str, Any]:
    dumped = row.model_dump(mode="json")
    plain = ("day", "start", "end", "kind", "mode", "place", "tags", "late", "emergency", "added", "signed_at")
    return {
        "id": row.id,
        "state": "signed",
        "participant": {"id": row.participant_id, **who_document(row)},
        **{name: dumped[name] for name in plain},
        "adds": None,
        "adds_to": None,
        "due_at": None,
        "missing": [],
        "snippet": row.snippet.translate(_MARKS),
    }


def _draft_document(row: DraftRow, now: datetime) -> dict[str, Any]:
    content = row.draft.content.model_dump(mode="json")
    plain = ("day", "start", "end", "kind", "mode", "place")
    return {
        "id": row.draft.id,
        "state": "draft",
        "participant": {"id": row.draft.participant_id, **who_document(row)},
        **{name: content[name] for name in plain},
        "tags": content["concern_tags"],
        "late": row.due_at is not None and row.due_at < now,
        "emergency": row.emergency,
        "added": [],
        "adds": row.draft.amendment.kind.value if row.draft.amendment else None,
        "adds_to": row.draft.amendment.note_id if row.draft.amendment else None,
        "signed_at": None,
        "due_at": row.due_at.isoformat() if row.due_at else None,
        "missing": list(row.missing),
        "snippet": "",
    }


def _note_row(row: NoteRow, today: date) -> tuple[str, ...]:
    marks = (
        ("written in error", "in_error" in row.added),
        ("late entry", row.late),
        ("emergency", row.emergency),
        ("corrected", "correction" in row.added),
        ("added to", bool({*row.added} - {"correction", "in_error"})),
    )
    state = ", ".join(word for word, holds in marks if holds)
    return (*_row(row.id, row, row, today), ", ".join(row.tags), state)


def _draft_row(row: DraftRow, today: date) -> tuple[str, ...]:
    content = row.draft.content
    return (
        *_row(row.draft.id, row, content, today),
        ", ".join(content.concern_tags),
        f"draft, {row.step_title.lower()}" if row.draft.amendment else "draft, emergency" if row.emergency else "draft",
    )


def _row(identifier: str, who: NoteRow | DraftRow, when: Any, today: date) -> tuple[str, ...]:
    from peernote_tui.domain.dates import Moment, say_moment

    said = say_moment(Moment(when.day, when.start), today=today) if when.day else ""
    return (short(identifier), said, who.participant_name, who.external_id, when.kind.value.replace("_", "-"))


def _show(args: argparse.Namespace) -> int:
    from peernote_tui.documents.added import leaving_document, whole_document
    from peernote_tui.documents.note_json import dumped, write_note
    from peernote_tui.documents.plain import plain_text
    from peernote_tui.domain.note import NoteState
    from peernote_tui.domain.private_answers import leaving_note
    from peernote_tui.services.notes import resolve_note, view_note
    from peernote_tui.services.referring import people_meant, words_outside
    from peernote_tui.services.templates import template_of
    from peernote_tui.services.unplaced import pieces_beside
    from peernote_tui.services.verifying import present_anchor

    with opened(args) as workspace:
        note = resolve_note(workspace, args.note)
        pieces = pieces_beside(workspace, note.id, private=args.private)
        addenda: tuple[Addendum, ...] = ()
        if note.state is NoteState.SIGNED:
            view = view_note(workspace, note.id)
            note, addenda = view.note, view.addenda
        template = template_of(workspace.templates, note.template.id, note.template.version)
        contents = (note.content, *(each.content for each in addenda if each.content is not None))
        people = words_outside(people_meant(workspace, template, contents))
        anchor = present_anchor(workspace)
    if wants_json(args) or args.format == "json":
        shown = note if args.private else leaving_note(template, note)
        text = write_note(shown).decode()
        if wants_json(args) and note.state is NoteState.DRAFT:
            # The form that is exchanged has no room for it; --format json gives that one.
            beside = {"not_placed": [piece.model_dump(mode="json") for piece in pieces]}
            text = json.dumps(dumped(shown) | beside, indent=2, ensure_ascii=False) + "\n"
        print(safe_json(text) if is_terminal(sys.stdout) else text, end="")
    else:
        laid_out = whole_document if args.private else leaving_document
        for line in plain_text(laid_out(note, template, addenda, people)).splitlines():
            print(clean(line))
        for line in ["", *taking.piece_lines(pieces)] if pieces else []:
            print(clean(line))
        if note.state is NoteState.SIGNED:
            print(f"\n{anchor}")
    return Exit.DONE
