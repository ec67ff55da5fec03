"""Group sessions: written once in a file, finished as one note for each who came."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import answer, opened, require_one_reader, short, table
from peernote_tui.cli.exits import Exit, InvalidFileError
from peernote_tui.cli.files import read_file
from peernote_tui.cli.parsing import Nouns, add_noun, add_verb
from peernote_tui.domain.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from peernote_tui.services.group_notes import GroupReview
    from peernote_tui.services.groups import GroupRow
    from peernote_tui.services.workspace import Workspace


def add_to(nouns: Nouns) -> None:
    """Add `groups`."""
    verbs = add_noun(nouns, "groups", "group sessions, entered once for everybody who came")
    new = add_verb(
        verbs,
        "new",
        _new,
        says="take a group session in from a JSON file; see the form with `peernote schema group`",
        example="peernote groups new group.json",
    )
    new.add_argument("file", metavar="FILE", help="one group session; - is standard input")
    add_verb(verbs, "list", _list, says="group sessions whose notes are not all signed", example="peernote groups list")
    show = add_verb(
        verbs,
        "show",
        _show,
        says="who is in a group session, and where the note of each stands",
        example="peernote groups show 019ab",
    )
    finish = add_verb(
        verbs,
        "finish",
        _finish,
        says="make one note for each, and sign what can be signed; a name of somebody else in it is refused",
        example="peernote groups finish 019ab --sign",
    )
    finish.add_argument("--sign", action="store_true", help="sign every note that can be signed, all or none")
    finish.add_argument("--late-reason", default="", metavar="LINE", help="why the notes are late, when they are")
    finish.add_argument(
        "--replace-names", action="store_true", help="say “a participant” in the place of every name that stands"
    )
    finish.add_argument(
        "--ordinary", action="append", default=[], metavar="WORD", help="a word that is no name here, as it is written"
    )
    back = add_verb(
        verbs,
        "take-back",
        _take_back,
        says="make lines of its unsigned notes again",
        example="peernote groups take-back 019ab",
    )
    discard = add_verb(
        verbs,
        "discard",
        _discard,
        says="put a group session aside; it can be brought back for 30 days",
        example="peernote groups discard 019ab",
    )
    restore = add_verb(
        verbs,
        "restore",
        _restore,
        says="bring a group session back that was put aside",
        example="peernote groups restore 019ab",
    )
    for parser in (show, finish, back, discard, restore):
        parser.add_argument("group", metavar="ID", help="id of a group session, or a unique beginning of one")


def _new(args: argparse.Namespace) -> int:
    from peernote_tui.documents.group_json import LARGEST_FILE, read_group
    from peernote_tui.services.groups import add_group

    require_one_reader(getattr(args, "passphrase_file", None), args.file)
    try:
        read = read_group(read_file(args.file, most_bytes=LARGEST_FILE))
    except InvalidInputError as error:
        raise InvalidFileError(f"{args.file}: {error.sentence}", error.way_out) from None
    with opened(args) as workspace:
        group = add_group(workspace, read.content(), read.references())
    people = len(group.content.lines)
    line = f"{short(group.id)}  {people} people. Make their notes with: peernote groups finish {short(group.id)}"
    answer(args, {"id": group.id, "people": people}, [line])
    return Exit.DONE


def _list(args: argparse.Namespace) -> int:
    from peernote_tui.services.groups import open_groups

    with opened(args) as workspace:
        rows = open_groups(workspace)
    document = {"groups": [_row(row) for row in rows], "total": len(rows)}
    shown = [
        (
            short(row.group.id),
            row.group.content.day.isoformat() if row.group.content.day else "",
            row.group.content.topic,
            f"{row.written} of {row.lines} lines",
            f"{row.made} notes made" if row.made else "",
        )
        for row in rows
    ]
    answer(args, document, table(shown) or ["No group session is open."])
    return Exit.DONE


def _row(row: GroupRow) -> dict[str, Any]:
    content = row.group.content
    return {
        "id": row.group.id,
        "topic": content.topic,
        "day": content.day.isoformat() if content.day else None,
        "people": row.lines,
        "written": row.written,
        "made": row.made,
        "due_at": row.due_at.isoformat() if row.due_at else None,
    }


def _show(args: argparse.Namespace) -> int:
    from peernote_tui.services.group_notes import review_group

    return _reviewed(args, review_group)


def _take_back(args: argparse.Namespace) -> int:
    from peernote_tui.services.group_notes import take_back_notes

    return _reviewed(args, take_back_notes)


def _reviewed(args: argparse.Namespace, verb: Callable[[Workspace, str], GroupReview]) -> int:
    from peernote_tui.services.groups import resolve_group

    with opened(args) as workspace:
        found = verb(workspace, resolve_group(workspace, args.group).id)
    content = found.group.content.model_dump(mode="json", exclude={"lines", "typed"})
    answer(args, {"id": found.group.id, "group": content, "lines": _lines(found)}, table(_shown(found)))
    return Exit.DONE


def _finish(args: argparse.Namespace) -> int:
    from peernote_tui.domain.group_session import with_ordinary, without_names
    from peernote_tui.services.group_names import names_standing
    from peernote_tui.services.group_notes import make_notes, sign_group
    from peernote_tui.services.groups import resolve_group, save_group

    with opened(args) as workspace:
        group = resolve_group(workspace, args.group)
        content = with_ordinary(group.content, args.ordinary)
        if args.replace_names:
            content = without_names(content, names_standing(workspace, content))
        if content != group.content:
            save_group(workspace, group.model_copy(update={"content": content}))
        found = make_notes(workspace, group.id)
        signed = sign_group(workspace, group.id, late_reason=args.late_reason) if args.sign else ()
    done = {note.id for note in signed}
    lines = [{**line, "state": "signed"} if line["note_id"] in done else line for line in _lines(found)]
    count = "1 note" if len(signed) == 1 else f"{len(signed)} notes"
    told = [f"{count} signed."] if args.sign else []
    answer(args, {"id": group.id, "signed": len(signed), "lines": lines}, [*table(_shown(found, done)), *told])
    return Exit.DONE


def _discard(args: argparse.Namespace) -> int:
    from peernote_tui.services.groups import discard_group, resolve_group

    with opened(args) as workspace:
        group = discard_group(workspace, resolve_group(workspace, args.group).id)
    answer(args, {"id": group.id, "discarded": True}, ["Put aside. Bring it back with: peernote groups restore"])
    return Exit.DONE


def _restore(args: argparse.Namespace) -> int:
    from peernote_tui.services.groups import resolve_group, restore_group

    with opened(args) as workspace:
        group = restore_group(workspace, resolve_group(workspace, args.group).id)
    answer(args, {"id": group.id, "discarded": False}, ["The group session is back."])
    return Exit.DONE


def _lines(found: GroupReview) -> list[dict[str, Any]]:
    return [
        {
            "participant_id": each.participant.id,
            "name": each.participant.name,
            "note_id": each.line.id,
            "attendance": each.line.attendance.value,
            "state": each.state.value,
            "missing": list(each.missing),
            "warnings": list(each.warnings),
        }
        for each in found.lines
    ]


def _shown(found: GroupReview, signed: set[str] | frozenset[str] = frozenset()) -> list[tuple[str, ...]]:
    return [
        (
            each.participant.name,
            each.participant.external_id,
            each.line.attendance.value.replace("_", " "),
            "signed" if each.line.id in signed else each.state.value.replace("_", " "),
            " ".join(each.missing),
        )
        for each in found.lines
    ]
