"""A vault that is damaged: what is wrong with it, bringing what still reads into a new one, mending vault.json."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from peernote_tui.cli.context import (
    answer,
    passphrase,
    read_secret,
    require_one_reader,
    system_clock,
    tell,
    vault_folder,
)
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, Parser, add_verb
from peernote_tui.domain.errors import InvalidInputError

if TYPE_CHECKING:
    from peernote_tui.services.salvaging import Salvage, Survey
    from peernote_tui.vault.keys import Slot

_MOST_PAGES = 20


def add_to(nouns: Nouns) -> None:
    """Add `salvage` and `repair`."""
    salvage = add_verb(
        nouns,
        "salvage",
        _salvage,
        says="bring what still reads of a damaged vault into a new one; the damaged one is not changed",
        example="peernote salvage --to rescued.peernote",
    )
    salvage.add_argument("--to", metavar="DIR", help="the new vault's folder; it must not exist yet")
    salvage.add_argument("--dry-run", action="store_true", help="only say what is damaged and what would be lost")
    salvage.add_argument(
        "--no-backup", action="store_true", help="take nothing from the newest backup in the place of lost rows"
    )
    salvage.add_argument(
        "--kept", action="store_true", help="read the notes that a salvage kept apart, because their text was changed"
    )
    _add_code(salvage)
    repair = add_verb(
        nouns,
        "repair",
        _repair,
        says="write vault.json again when it is lost or damaged and the rest is sound",
        example="peernote repair --passphrase-file P",
    )
    _add_code(repair)


def _add_code(parser: Parser) -> None:
    parser.add_argument(
        "--code-file", metavar="FILE", help="open with the recovery code from a file, - is standard input"
    )


def _salvage(args: argparse.Namespace) -> int:
    from peernote_tui.services import salvaging
    from peernote_tui.vault import files

    if args.kept:
        return _kept(args)
    if args.to is None and not args.dry_run:
        raise InvalidInputError("Say where the new vault shall lie: --to DIR.", "Or only look: --dry-run.")
    folder = vault_folder(args)
    secret, slot = _secret(args)
    to = None if args.to is None else files.spelled_out(args.to).absolute()
    with salvaging.begin(folder, secret, slot=slot, clock=system_clock()) as damaged:
        seen = salvaging.survey(damaged)
        source = None if args.no_backup else seen.backup
        if args.dry_run or to is None:
            done = salvaging.try_out(damaged, system_clock(), fill_from=source)
        else:
            done = salvaging.carry_out(damaged, to, system_clock(), fill_from=source)
    document = {
        "vault": str(folder),
        "salvaged_to": None if args.dry_run else str(to),
        "damage": {
            "database_missing": seen.damage.missing,
            "pages": seen.damage.pages,
            "unreadable_pages": list(seen.damage.unreadable),
            "tables": list(seen.tables),
            "card": seen.damage.card,
        },
        "nothing_lost": done.nothing_lost,
        "salvage": done.model_dump(mode="json"),
    }
    answer(args, document, [*damage_lines(seen), *done.lines(), *_what_now(args, done, to)])
    return Exit.DONE


def _kept(args: argparse.Namespace) -> int:
    from peernote_tui.services import unlocking
    from peernote_tui.services.kept_apart import kept_notes

    secret, slot = _secret(args)
    open_it = unlocking.open_vault if slot is slot.PASSPHRASE else unlocking.open_with_recovery_code
    workspace = open_it(vault_folder(args), secret, clock=system_clock())
    with workspace.vault:
        found = kept_notes(workspace)
    lines = [f"{each.id}  of participant {each.participant_id}\n{each.text}" for each in found]
    if found:
        tell("These texts are not what was signed. Nothing vouches for them.")
    shown = [part for line in lines for part in line.split("\n")]
    answer(args, {"notes": [each.model_dump() for each in found]}, shown or ["No note was kept apart."])
    return Exit.DONE


def damage_lines(seen: Survey) -> list[str]:
    """What is wrong with the files, in sentences."""
    damage = seen.damage
    lines = [damage.card] if damage.card else []
    if damage.missing:
        return [*lines, "vault.db is missing or empty."]
    if damage.unreadable:
        shown = ", ".join(map(str, damage.unreadable[:_MOST_PAGES]))
        more = f" and {len(damage.unreadable) - _MOST_PAGES} more" if len(damage.unreadable) > _MOST_PAGES else ""
        lines.append(f"Not what was written: {len(damage.unreadable)} of {damage.pages} pages ({shown}{more}).")
    if damage.odd_size:
        lines.append("vault.db ends in the middle of a page: a part of it is cut off.")
    if seen.tables:
        lines.append(f"Concerned: {', '.join(seen.tables)}.")
    return lines or [f"All {damage.pages} pages are what was written."]


def _what_now(args: argparse.Namespace, done: Salvage, to: Path | None) -> list[str]:
    if args.dry_run:
        return ["Nothing was written. To do it: peernote salvage --to DIR"]
    lines = [f"The new vault lies at {to}. It opens with the same passphrase and recovery code."]
    if not done.nothing_lost:
        tell("Keep the damaged vault and its backups until you are sure that nothing more is needed from them.")
    return lines


def _repair(args: argparse.Namespace) -> int:
    from peernote_tui.services import salvaging

    folder = vault_folder(args)
    secret, slot = _secret(args)
    vault_id = salvaging.mend_card(folder, secret, slot=slot, clock=system_clock())
    document = {"vault": str(folder), "vault_id": str(vault_id), "repaired": True}
    answer(args, document, ["vault.json is as it should be, and the database belongs to it."])
    return Exit.DONE


def _secret(args: argparse.Namespace) -> tuple[str, Slot]:
    from peernote_tui.vault.keys import Slot

    require_one_reader(getattr(args, "passphrase_file", None), args.code_file)
    if args.code_file is not None:
        return read_secret(args.code_file, "--code-file"), Slot.RECOVERY
    return passphrase(args), Slot.PASSPHRASE
