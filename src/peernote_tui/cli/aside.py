"""`notes aside`: drafts that were put aside, and the way back."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import answer, opened, short, table
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_noun, add_verb
from peernote_tui.cli.participants import who_document

if TYPE_CHECKING:
    from datetime import date

    from peernote_tui.services.putting_aside import AsideRow


def add_to(nouns: Nouns) -> None:
    """Add `aside` with its verbs."""
    verbs = add_noun(nouns, "aside", "drafts that were put aside; each is kept for 30 days")
    add_verb(
        verbs,
        "list",
        _list,
        says="what can be brought back, the last put aside first; notes show reads one",
        example="peernote notes aside list",
    )
    restore = add_verb(
        verbs, "restore", _restore, says="bring a draft back", example="peernote notes aside restore 0192f0c1"
    )
    restore.add_argument("draft", help="id or a unique beginning of it")


def _list(args: argparse.Namespace) -> int:
    from peernote_tui.services.putting_aside import drafts_aside

    with opened(args) as workspace:
        rows = drafts_aside(workspace)
        today = workspace.today
    document = {"drafts": [_document(row) for row in rows], "total": len(rows)}
    answer(args, document, table([_row(row, today) for row in rows]) or ["No draft is put aside."])
    return Exit.DONE


def _restore(args: argparse.Namespace) -> int:
    from peernote_tui.services.putting_aside import resolve_aside
    from peernote_tui.services.writing import restore_draft

    with opened(args) as workspace:
        draft = restore_draft(workspace, resolve_aside(workspace, args.draft).id)
    answer(args, {"id": draft.id, "state": "draft"}, [f"The draft {short(draft.id)} is back."])
    return Exit.DONE


def _document(row: AsideRow) -> dict[str, Any]:
    content = row.draft.content.model_dump(mode="json")
    return {
        "id": row.draft.id,
        "participant": {"id": row.draft.participant_id, **who_document(row)},
        "adds": row.draft.amendment.kind.value if row.draft.amendment else None,
        "note": row.draft.amendment.note_id if row.draft.amendment else None,
        **{name: content[name] for name in ("day", "start", "kind")},
        "put_aside_at": row.put_aside_at.isoformat(),
        "days_left": row.days_left,
        "legal_hold": row.held,
    }


def _row(row: AsideRow, today: date) -> tuple[str, ...]:
    from peernote_tui.domain.dates import Moment, say_day, say_moment

    content = row.draft.content
    said = say_moment(Moment(content.day, content.start), today=today) if content.day else ""
    counted = "1 day" if row.days_left == 1 else f"{row.days_left} days"
    left = "kept by legal hold" if row.held else f"{counted} left"
    what = row.draft.amendment.kind.value if row.draft.amendment else content.kind.value.replace("_", "-")
    aside = f"put aside {say_day(row.put_aside_at.date(), today=today)}"
    return (short(row.draft.id), said, row.participant_name, row.external_id, what, aside, left)
