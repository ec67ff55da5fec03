"""`notes review` and `notes sign`: what stands between a draft and its signature, and what the rules find in a note."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import answer, opened, short
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_verb

if TYPE_CHECKING:
    from datetime import datetime

    from peernote_tui.domain.names import Called
    from peernote_tui.domain.readiness import Readiness
    from peernote_tui.services.reviewing import Review


def add_to(verbs: Nouns) -> None:
    """Add `notes review` and `notes sign`."""
    review = add_verb(
        verbs,
        "review",
        _review,
        says="what a draft still needs, what to look at twice, and which elements the rule pack finds; also of a "
        "signed note, under the pack it was signed with",
        example="peernote notes review 0192f0c1",
    )
    review.add_argument("note", help="id of a draft or a signed note, or a unique prefix of it")
    review.add_argument("--pack", metavar="ID", default="", help="look with another rule pack; see packs list")
    sign = add_verb(verbs, "sign", _sign, says="sign a draft; it never changes after that",
                    example="peernote notes sign 0192f0c1")  # fmt: skip
    sign.add_argument("note", help="id of a draft, or a unique prefix of it")
    sign.add_argument("--late-reason", metavar="WORDS", default="", help="why it is late, where it is")


def _review(args: argparse.Namespace) -> int:
    from peernote_tui.domain.note import NoteState
    from peernote_tui.services.notes import resolve_note, view_note
    from peernote_tui.services.readiness import note_readiness
    from peernote_tui.services.reviewing import review

    with opened(args) as workspace:
        note = resolve_note(workspace, args.note)
        if note.state is NoteState.SIGNED:
            view_note(workspace, note.id)
        found = review(workspace, note.id) if note.state is NoteState.DRAFT else None
        ready = note_readiness(workspace, note, pack_id=args.pack)
        now = workspace.local_now
    document = {"id": note.id, "state": note.state.value, **_standing(found), **readiness_document(ready)}
    answer(args, document, [*review_lines(found, now), *readiness_lines(ready)])
    return Exit.DONE


def _sign(args: argparse.Namespace) -> int:
    from peernote_tui.domain.errors import RefusedError
    from peernote_tui.domain.note import NoteState
    from peernote_tui.services.notes import resolve_note
    from peernote_tui.services.readiness import note_readiness
    from peernote_tui.services.reviewing import review
    from peernote_tui.services.writing import sign_note

    with opened(args) as workspace:
        note = resolve_note(workspace, args.note)
        if note.state is NoteState.SIGNED:
            raise RefusedError("This note is signed already.", f"Read it with: peernote notes show {short(note.id)}")
        found = review(workspace, note.id)
        signed = sign_note(workspace, note.id, late_reason=args.late_reason)
        ready = note_readiness(workspace, signed)
    document = {
        "id": signed.id,
        "state": signed.state.value,
        "late": bool(signed.late_reason),
        "warnings": list(found.look_twice(by_name)),
        **readiness_document(ready),
    }
    lines = [*(f"Look twice: {warning}" for warning in found.look_twice(by_name)), *readiness_lines(ready)]
    answer(args, document, [f"Signed. Read it with: peernote notes show {short(signed.id)}", *lines])
    return Exit.DONE


def review_lines(found: Review | None, now: datetime) -> list[str]:
    """What stands between a draft and its signature, for people; nothing of a signed note."""
    from peernote_tui.domain.dates import say_left

    if found is None:
        return []
    lines = [f"Still missing: {gap.sentence}" for gap in found.missing] or ["Everything is here."]
    lines += [f"Look twice: {warning}" for warning in found.look_twice(by_name)]
    if found.due_at is not None:
        due = found.due_at.astimezone(now.tzinfo)
        lines.append("This is a late entry: say why when you sign it." if found.late else f"Due {say_left(due, now)}.")
    return lines


def by_name(person: Called) -> str:
    """A participant as the command line names them: with what is no other's."""
    return " ".join(filter(None, (person.name, person.external_id or person.short_id)))


def readiness_lines(ready: Readiness) -> list[str]:
    """What a rule pack finds, in a line or two."""
    return [line for line in (ready.line, ready.length) if line]


def readiness_document(ready: Readiness) -> dict[str, Any]:
    """What a rule pack finds, as JSON answers give it."""
    return {
        "rule_pack": {"id": ready.pack, "version": ready.version, "name": ready.name},
        "readiness": {
            "there": len(ready.elements) - len(ready.missing),
            "total": len(ready.elements),
            "missing": list(ready.missing),
            "elements": [element.model_dump(mode="json") for element in ready.elements],
        },
        "minutes": ready.minutes,
        "units": ready.units,
        "rounding": ready.rounding.value if ready.rounding else None,
    }


def _standing(found: Review | None) -> dict[str, Any]:
    return {
        "missing": [gap.sentence for gap in found.missing] if found else [],
        "warnings": list(found.look_twice(by_name)) if found else [],
        "due_at": found.due_at.isoformat() if found and found.due_at else None,
        "late": found.late if found else False,
    }
