"""Backups of the vault: making, listing and checking them, and putting one back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import (
    answer,
    is_terminal,
    opened,
    passphrase,
    read_secret,
    require_one_reader,
    system_clock,
    table,
    tell,
    vault_folder,
    wants_json,
)
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, Parser, add_noun, add_verb
from peernote_tui.domain.errors import InvalidInputError, NotFoundError

if TYPE_CHECKING:
    from peernote_tui.services.backups import Backup, Preview
    from peernote_tui.vault.keys import Slot

_SHOWN_COUNTS = ("participants", "notes", "drafts")
_WORDS = {
    "participants": ("participant", "participants"),
    "notes": ("signed note", "signed notes"),
    "drafts": ("draft", "drafts"),
    "log": ("entry of the log", "entries of the log"),
}


def add_to(nouns: Nouns) -> None:
    """Add `backup`."""
    verbs = add_noun(nouns, "backup", "backups of the vault")
    create = add_verb(
        verbs,
        "create",
        _create,
        says="make a backup now and check it",
        example="peernote backup create --to /media/stick",
    )
    create.add_argument(
        "--to", metavar="DIR", help="a folder elsewhere, such as a USB stick; else the vault's own backups"
    )
    create.add_argument(
        "--remember",
        action="store_true",
        help="with --to: the app goes on making them there",
    )
    listing = add_verb(
        verbs, "list", _list, says="the backups there are; needs no passphrase", example="peernote backup list"
    )
    listing.add_argument("--from", dest="inside", metavar="DIR", help="those on a USB stick")
    check = add_verb(
        verbs,
        "verify",
        _verify,
        says="read backups whole and check every page; all of them when none is named",
        example="peernote backup verify 20261123-195200",
    )
    check.add_argument("backup", nargs="?", metavar="NAME", help="a name, the beginning of one, or a folder")
    _add_code(check)
    add_verb(
        verbs,
        "drill",
        _drill,
        says="try whether the newest backup could be put back: every page, counts, the log and some seals",
        example="peernote backup drill",
    )
    restore = add_verb(
        verbs,
        "restore",
        _restore,
        says="put a backup in the vault's place; what is there now is set aside, never deleted",
        example="peernote backup restore 20261123-195200 --dry-run",
    )
    restore.add_argument("backup", metavar="NAME", help="a name, the beginning of one, or a backup's folder")
    restore.add_argument("--dry-run", action="store_true", help="only check and say what would change")
    restore.add_argument("--yes", action="store_true", help="do not ask before the exchange")
    _add_code(restore)


def _add_code(parser: Parser) -> None:
    parser.add_argument(
        "--code-file", metavar="FILE", help="open with the recovery code from a file, - is standard input"
    )


def _create(args: argparse.Namespace) -> int:
    from peernote_tui.services import backup_places, backups

    if args.remember and args.to is None:
        raise InvalidInputError("--remember needs a folder.", "Name it: --to FOLDER.")
    to = None if args.to is None else Path(args.to)
    with opened(args) as workspace:
        place = backup_places.choose(workspace, to) if to is not None and args.remember else None
        made = backups.back_up(workspace, to=to)
        if place is not None:
            backup_places.note_made(workspace, place, made)
    document = {"backup": _document(made), "path": str(made.path), "remembered": place is not None}
    lines = [f"The backup is made and checked: {made.path}", _holds(made)]
    if place is not None:
        lines.append(f"From now on the app makes one there whenever {place.path} is connected.")
    answer(args, document, lines)
    return Exit.DONE


def _drill(args: argparse.Namespace) -> int:
    from peernote_tui.services import drilling

    with opened(args) as workspace:
        done = drilling.drill(workspace)
    good = not done.problems
    document = {"ok": good, "backup": _document(done.backup), "problems": list(done.problems), "seals": done.seals}
    if good:
        seals = "1 seal" if done.seals == 1 else f"{done.seals} seals"
        lines = [
            f"The backup {done.backup.name} could be put back: every page, the counts, the log and {seals} hold.",
            _holds(done.backup),
        ]
    else:
        lines = [f"The backup {done.backup.name} could not be put back. {' '.join(done.problems)}"]
    answer(args, document, lines)
    if not good:
        tell("Make a new one now: peernote backup create. The vault is not touched by this.")
    return Exit.DONE if good else Exit.VAULT_DAMAGED


def _list(args: argparse.Namespace) -> int:
    from peernote_tui.services import backups
    from peernote_tui.vault import files

    folder = vault_folder(args)
    found = backups.backups_of(folder, inside=None if args.inside is None else files.spelled_out(args.inside))
    rows = [[each.name, _kind(each), _size(each), _holds(each), each.problem] for each in found]
    lines = table(rows) if found else ["There is no backup yet. Make one: peernote backup create"]
    answer(args, {"backups": [_document(each) for each in found], "total": len(found)}, lines)
    return Exit.DONE


def _verify(args: argparse.Namespace) -> int:
    from peernote_tui.services import backups

    folder = vault_folder(args)
    chosen = _chosen(folder, args.backup)
    if not chosen:
        raise NotFoundError("There is no backup yet.", "Make one: peernote backup create.")
    secret, slot = _secret(args)
    checked = backups.check(folder, chosen, secret, slot=slot, clock=system_clock())
    good = all(not each.problems for each in checked)
    document = {
        "ok": good,
        "backups": [
            {"name": each.backup.name, "ok": not each.problems, "problems": list(each.problems)} for each in checked
        ],
    }
    lines = [f"{each.backup.name}  {' '.join(each.problems) or 'whole'}" for each in checked]
    answer(args, document, lines)
    if not good:
        tell("A damaged backup is of no use; the others and the vault are not touched by it.")
    return Exit.DONE if good else Exit.VAULT_DAMAGED


def _chosen(folder: Path, reference: str | None) -> tuple[Backup, ...]:
    """The backup that is named, all in a folder such as a stick, or all of the vault's own."""
    from peernote_tui.services import backups
    from peernote_tui.vault import files

    if not reference:
        return backups.backups_of(folder)
    try:
        found = backups.find_backup(folder, reference)
    except NotFoundError:
        found = None
    if found is not None and found.manifest is not None:
        return (found,)
    inside = files.spelled_out(reference)
    if inside.is_dir() and (there := backups.backups_of(folder, inside=inside)):
        return there
    return (found,) if found is not None else (backups.find_backup(folder, reference),)


def _restore(args: argparse.Namespace) -> int:
    from peernote_tui.services import backups

    folder = vault_folder(args)
    chosen = backups.find_backup(folder, args.backup)
    secret, slot = _secret(args)
    with backups.begin_restore(folder, chosen, secret, slot=slot, clock=system_clock()) as restoration:
        preview = backups.restore_preview(restoration)
        document: dict[str, Any] = {
            "backup": _document(chosen),
            "vault": str(folder),
            "newer": None if preview.newer is None else dict(preview.newer),
            "erased_since": None if preview.newer is None else preview.erased_since,
            "restored": False,
            "set_aside": None,
        }
        said = _preview_lines(preview)
        if args.dry_run:
            answer(args, document, [*said, "Nothing was changed."])
            return Exit.DONE
        if not _agreed(args, said):
            tell("Nothing was changed.")
            return Exit.DONE
        done = backups.carry_out(restoration, system_clock())
    document |= {"restored": True, "set_aside": None if done.aside is None else str(done.aside)}
    lines = [f"The backup {chosen.name} is in place: {folder}"]
    if done.aside is not None:
        lines.append(f"The vault that was there is set aside, unchanged: {done.aside}")
    if preview.erased_since:
        tell(_erased(preview.erased_since, "They are back. Erase them again, or put the vault that was there back."))
    if not done.backups_here:
        tell("The earlier backups could not be brought over. They lie with the vault that was set aside.")
    answer(args, document, lines)
    return Exit.DONE


def _secret(args: argparse.Namespace) -> tuple[str, Slot]:
    from peernote_tui.vault.keys import Slot

    require_one_reader(getattr(args, "passphrase_file", None), args.code_file)
    if args.code_file is not None:
        return read_secret(args.code_file, "--code-file"), Slot.RECOVERY
    return passphrase(args), Slot.PASSPHRASE


def _agreed(args: argparse.Namespace, said: list[str]) -> bool:
    """Ask a person who sits at the terminal; a script has decided already."""
    if args.yes or wants_json(args) or not is_terminal(sys.stdin):
        return True
    tell(*said)
    print("Put this backup in the vault's place? y or n: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}


def _erased(count: int, then: str) -> str:
    """Say that a backup holds records that were erased since."""
    return f"The backup holds {count} {'record' if count == 1 else 'records'} erased since. {then}"


def _preview_lines(preview: Preview) -> list[str]:
    lines = [f"The backup {preview.backup.name} is whole. {_holds(preview.backup)}"]
    if preview.erased_since:
        lines.append(_erased(preview.erased_since, "It would bring them back."))
    if preview.newer is None:
        return [*lines, "There is no vault here that can be read, so what is newer cannot be told."]
    newer = [_counted(kind, count) for kind, count in preview.newer.items() if count]
    if not newer:
        return [*lines, "The vault holds nothing newer."]
    return [
        *lines,
        f"The vault holds what this backup does not: {', '.join(newer)}. It would be set aside, not deleted.",
    ]


def _document(each: Backup) -> dict[str, Any]:
    said = each.manifest
    return {
        "name": each.name,
        "path": str(each.path),
        "problem": each.problem,
        "created_at": None if said is None else said.created_at.isoformat(),
        "kind": None if said is None else said.kind,
        "size": None if said is None else said.size,
        "counts": None if said is None else dict(said.facts.counts),
        "log": None if said is None else {"length": said.facts.log_length, "head": said.facts.log_head},
    }


def _kind(each: Backup) -> str:
    return each.manifest.kind if each.manifest is not None else ""


def _size(each: Backup) -> str:
    return f"{each.manifest.size / 1e6:.1f} MB" if each.manifest is not None else ""


def _holds(each: Backup) -> str:
    if each.manifest is None:
        return ""
    counts = each.manifest.facts.counts
    return ", ".join(_counted(kind, counts.get(kind, 0)) for kind in _SHOWN_COUNTS)


def _counted(kind: str, count: int) -> str:
    return f"{count} {_WORDS[kind][count != 1]}"
