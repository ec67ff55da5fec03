"""Legal hold and erasure of a participant's record."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peernote_tui.cli import giving
from peernote_tui.cli.context import answer, is_terminal, opened, short, tell, wants_json
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_verb
from peernote_tui.domain.errors import InvalidInputError, RefusedError

if TYPE_CHECKING:
    from peernote_tui.services.erasing import ErasurePreview
    from peernote_tui.services.erasing_backups import HoldingBackup
    from peernote_tui.services.workspace import Workspace

_WORD = "ERASE"
_REASONS = ("asked", "retention", "mistake")
_COUNTED = {
    "notes": ("signed note", "signed notes"),
    "drafts": ("draft", "drafts"),
    "action_items": ("action item", "action items"),
    "follow_ups": ("meeting", "meetings"),
    "consents": ("consent entry", "consent entries"),
}


def add_to(verbs: Nouns) -> None:
    """Add `participants hold`, `release` and `erase`."""
    who = "id, prefix of an id, external ID or unique name"
    hold = add_verb(
        verbs,
        "hold",
        _hold,
        says="put a record under legal hold, so that it cannot be erased",
        example='peernote participants hold M-0042 --reason "letter of 12 May"',
    )
    hold.add_argument("participant", help=who)
    hold.add_argument("--reason", required=True, help="one line: who asked for it, and when")
    release = add_verb(
        verbs, "release", _release, says="lift a legal hold", example="peernote participants release M-0042"
    )
    release.add_argument("participant", help=who)
    erase = add_verb(
        verbs,
        "erase",
        _erase,
        says="take every word of a record out of the vault; it cannot be undone",
        example="peernote participants erase M-0042 --dry-run",
    )
    erase.add_argument("participant", help=who)
    first = erase.add_mutually_exclusive_group()
    first.add_argument("--export", metavar="FILE", help="write their whole record to a file first; it is not encrypted")
    first.add_argument("--without-export", action="store_true", help="keep no copy of their record")
    erase.add_argument("--reason", choices=_REASONS, default="asked", help="why, for the log; asked when left out")
    erase.add_argument("--dry-run", action="store_true", help="say what would go and where they would still be found")
    erase.add_argument(
        "--remove-backups", action="store_true", help="then remove the vault's own backups that hold them"
    )
    erase.add_argument("--yes", action="store_true", help=f"do not ask for the word {_WORD}")


def _hold(args: argparse.Namespace) -> int:
    from peernote_tui.services.erasing import hold_record
    from peernote_tui.services.participants import resolve_participant

    with opened(args) as workspace:
        held = hold_record(workspace, resolve_participant(workspace, args.participant).id, reason=args.reason)
    document = {"id": held.id, "held_at": held.held_at and held.held_at.isoformat(), "hold_reason": held.hold_reason}
    answer(args, document, [f"The record of {held.name} is under legal hold and cannot be erased."])
    return Exit.DONE


def _release(args: argparse.Namespace) -> int:
    from peernote_tui.services.erasing import release_record
    from peernote_tui.services.participants import resolve_participant

    with opened(args) as workspace:
        free = release_record(workspace, resolve_participant(workspace, args.participant).id)
    answer(args, {"id": free.id, "held_at": None, "hold_reason": ""}, [f"The legal hold on {free.name} is lifted."])
    return Exit.DONE


def _erase(args: argparse.Namespace) -> int:
    from peernote_tui.services import erasing, erasing_backups
    from peernote_tui.services.participants import resolve_participant

    if not (args.dry_run or args.export or args.without_export):
        raise InvalidInputError(
            "Say what becomes of their record first.", "Use --export FILE, or --without-export; --dry-run only looks."
        )
    target = Path(args.export) if args.export else None
    if target is not None and os.path.lexists(target):
        raise RefusedError(f"{target} is there already.", "Choose another name.")
    with opened(args) as workspace:
        person = resolve_participant(workspace, args.participant)
        preview = erasing.preview_erasure(workspace, person.id)
        document: dict[str, Any] = _document(preview)
        if args.dry_run:
            answer(args, document, [*preview_lines(preview), "Nothing was changed."])
            return Exit.DONE
        erasing.require_no_hold(person)
        if not _agreed(args, preview):
            tell("Nothing was changed.")
            return Exit.DONE
        if target is not None:
            _export(workspace, person.id, target)
        done = erasing.erase_participant(workspace, person.id, reason=erasing.ErasureReason(args.reason))
        removed = erasing_backups.remove_holding(workspace, person.id) if args.remove_backups else ()
        left = erasing_backups.backups_holding(workspace, person.id) if removed else done.backups
    document |= {"erased": True, "export": None if target is None else str(target), "backups": _backups(left)}
    lines = [f"The record {short(person.id)} is erased."]
    if target is not None:
        lines += [f"Their record was written to {target}. The file is not encrypted.", *giving.copied(target)]
    lines += [f"Removed: {', '.join(each.name for each in removed)}"] if removed else []
    lines += ["They are still in these backups:", *_backup_lines(left)] if left else []
    answer(args, document, lines)
    return Exit.DONE


def preview_lines(preview: ErasurePreview) -> list[str]:
    """What an erasure would take, and where the person would still be found."""
    counted = [f"{count} {_COUNTED[kind][count != 1]}" for kind, count in preview.counts.items() if count]
    person = preview.participant
    lines = [f"{person.name}: {', '.join(counted) or 'nothing but their name'} would be erased. It cannot be undone."]
    if person.held_at is not None:
        lines.append(f"The record is under legal hold since {person.held_at:%Y-%m-%d}, so it is kept.")
    if preview.named_in:
        lines.append(f"Notes of other people that hold their name, and stay as they are: {preview.named_in}.")
    lines += ["These backups hold them:", *_backup_lines(preview.backups)] if preview.backups else []
    lines.append(
        "Before the erasure one more backup is made, which holds them too; --remove-backups removes all of these."
    )
    if preview.rescue_files:
        lines.append(f"Rescue files with a draft about them, which go too: {preview.rescue_files}.")
    lines.append("Copies elsewhere, such as on a USB stick or in exported files, cannot be looked into from here.")
    return lines


def _backup_lines(backups: tuple[HoldingBackup, ...]) -> list[str]:
    return [
        f"  {each.backup.name}  "
        + ("" if each.read else "cannot be looked into  ")
        + (f"goes on {each.leaves_on} at the latest" if each.leaves_on else "stays")
        for each in backups
    ]


def _agreed(args: argparse.Namespace, preview: ErasurePreview) -> bool:
    """Let a person type the word; a script has to say --yes."""
    if args.yes:
        return True
    if wants_json(args) or not is_terminal(sys.stdin):
        raise InvalidInputError("An erasure cannot be undone.", "Say --yes when it is meant.")
    tell(*preview_lines(preview))
    print(f"Type {_WORD} to erase: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip() == _WORD


def _export(workspace: Workspace, participant_id: str, target: Path) -> None:
    from peernote_tui.domain.private_answers import stayed_words
    from peernote_tui.services.erasing import keep_record

    tell(*filter(None, [stayed_words(keep_record(workspace, participant_id, target))]))


def _document(preview: ErasurePreview) -> dict[str, Any]:
    return {
        "id": preview.participant.id,
        "counts": preview.counts,
        "held": preview.participant.held_at is not None,
        "named_in": preview.named_in,
        "rescue_files": preview.rescue_files,
        "backups": _backups(preview.backups),
        "export": None,
        "erased": False,
    }


def _backups(backups: tuple[HoldingBackup, ...]) -> list[dict[str, Any]]:
    return [
        {
            "name": each.backup.name,
            "leaves_on": each.leaves_on.isoformat() if each.leaves_on else None,
            "read": each.read,
        }
        for each in backups
    ]
