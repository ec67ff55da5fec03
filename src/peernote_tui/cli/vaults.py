"""The vault itself: making one, and whether it is sound."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from peernote_tui.cli.context import answer, is_terminal, new_passphrase, opened, system_clock, tell, vault_folder
from peernote_tui.cli.exits import Exit, InvalidFileError
from peernote_tui.cli.keys import CODE_ADVICE
from peernote_tui.cli.parsing import Nouns, add_verb
from peernote_tui.domain.errors import InvalidInputError

if TYPE_CHECKING:
    from peernote_tui.domain.audit import Anchor

_LARGEST_ANCHOR_FILE = 1024 * 1024


def add_to(nouns: Nouns) -> None:
    """Add `init` and `verify`."""
    init = add_verb(
        nouns,
        "init",
        _init,
        says="make a vault",
        example='peernote init --name "Sam Rivera" --credential CPS',
    )
    init.add_argument("--name", help="who writes in it; asked when left out")
    init.add_argument("--credential", default="", help="letters after the name, such as CPS")
    verify = add_verb(
        nouns,
        "verify",
        _verify,
        says="check the file, the log, every signed note and what else never changes",
        example='peernote verify --anchor "log 1042 · 7F3A-91C2-04BE-D6A8"',
    )
    kept = verify.add_mutually_exclusive_group()
    kept.add_argument("--anchor", metavar="LINE", help="an anchor kept elsewhere: the log must still hold it")
    kept.add_argument(
        "--anchor-file",
        metavar="FILE",
        help="take the anchor from manifest.json of a backup, a JSON answer of PeerNote, or a text with the line",
    )


def _init(args: argparse.Namespace) -> int:
    from peernote_tui.vault import layout

    folder = vault_folder(args)
    layout.settle_restore(folder)
    if not layout.may_create_in(folder) and layout.inspect(folder) is layout.VaultState.COMPLETE:
        from peernote_tui.domain.errors import NotAVaultError

        raise NotAVaultError(f"There is already a vault at {folder}.", "Open it, or choose another folder.")
    tell(layout.synced_folder_warning(folder) or "")
    name = args.name if args.name is not None else _ask_name()
    secret = new_passphrase(getattr(args, "passphrase_file", None), "--passphrase-file")

    from peernote_tui.services import unlocking

    made = unlocking.create_vault(
        folder,
        secret,
        author_name=name,
        credential=args.credential,
        clock=system_clock(),
        work_factor=unlocking.WORK_FACTOR,
    )
    with made.workspace.vault:
        document = {
            "vault": str(folder),
            "vault_id": str(made.workspace.vault.vault_id),
            "recovery_code": made.recovery_code,
        }
    lines = [f"The vault is made: {folder}", f"Recovery code: {made.recovery_code}", *CODE_ADVICE]
    answer(args, document, lines)
    return Exit.DONE


def _ask_name() -> str:
    if not is_terminal(sys.stdin):
        raise InvalidInputError("The name of who writes in the vault is missing.", 'For example: --name "Sam Rivera"')
    print("Your name, as it will stand under your notes: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline()


def _verify(args: argparse.Namespace) -> int:
    from peernote_tui.services.verifying import verify

    anchor = _anchor(args)
    with opened(args) as workspace:
        found = verify(workspace, anchor=anchor)
    document = {
        "ok": found.ok,
        "notes": found.notes,
        "log": {"length": found.log_length, "head": found.log_head},
        "anchor": None
        if anchor is None
        else {"length": anchor.length, "head": anchor.head, "holds": found.anchor_holds},
        "problems": list(found.problems),
    }
    if found.ok:
        lines = [f"Everything holds: the file, the log, {found.notes} signed notes."]
        lines += ["The log still holds the anchor."] if anchor is not None else []
        lines.append(found.anchor)
    else:
        lines = [
            *found.problems,
            "Keep this vault as it is. Look what still reads: peernote salvage --dry-run.",
        ]
    answer(args, document, lines)
    return Exit.DONE if found.ok else Exit.VAULT_DAMAGED


def _anchor(args: argparse.Namespace) -> Anchor | None:
    from peernote_tui.domain.audit import parse_anchor
    from peernote_tui.services.verifying import anchor_in

    if args.anchor is not None:
        return parse_anchor(args.anchor)
    if args.anchor_file is None:
        return None
    try:
        with Path(args.anchor_file).open("rb") as file:
            return anchor_in(file.read(_LARGEST_ANCHOR_FILE))
    except OSError as error:
        reason = os.strerror(error.errno).lower() if error.errno else "no reason given"
    raise InvalidFileError(f"The file of --anchor-file cannot be read: {reason}.", "Check its name.")
