"""The vault itself: making one, its passphrase, its recovery code, and whether it is sound."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from peernote_tui.cli.context import (
    answer,
    ask_secret,
    is_terminal,
    new_passphrase,
    opened,
    read_secret,
    require_one_reader,
    system_clock,
    tell,
    vault_folder,
)
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_noun, add_verb
from peernote_tui.domain.errors import InvalidInputError

if TYPE_CHECKING:
    from peernote_tui.services.workspace import Workspace


def add_to(nouns: Nouns) -> None:
    """Add `init`, `passphrase`, `recovery` and `verify`."""
    init = add_verb(
        nouns,
        "init",
        _init,
        says="make a vault",
        example='peernote init --name "Sam Rivera" --credential CPS',
    )
    init.add_argument("--name", help="who writes in it; asked when left out")
    init.add_argument("--credential", default="", help="letters after the name, such as CPS")
    passphrases = add_noun(nouns, "passphrase", "the passphrase of the vault")
    change = add_verb(
        passphrases,
        "change",
        _change_passphrase,
        says="set another passphrase",
        example="peernote passphrase change --passphrase-file P --new-passphrase-file Q",
    )
    _add_new_passphrase(change)
    codes = add_noun(nouns, "recovery", "the recovery code of the vault")
    add_verb(
        codes,
        "new",
        _new_code,
        says="make a new recovery code; the old one stops working",
        example="peernote recovery new",
    )
    use = add_verb(
        codes,
        "use",
        _use_code,
        says="open with the recovery code and set a passphrase",
        example="peernote recovery use --code-file CODE --new-passphrase-file Q",
    )
    use.add_argument("--code-file", metavar="FILE", help="read the code from a file, - is standard input")
    _add_new_passphrase(use)
    add_verb(
        nouns,
        "verify",
        _verify,
        says="check the file, the log and every signed note",
        example="peernote verify --passphrase-file P --json",
    )


def _add_new_passphrase(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--new-passphrase-file",
        metavar="FILE",
        help="read the new passphrase from a file, - is standard input; else it is asked twice",
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
    lines = [f"The vault is made: {folder}", f"Recovery code: {made.recovery_code}", *_CODE_ADVICE]
    answer(args, document, lines)
    return Exit.DONE


_CODE_ADVICE = (
    "Write the code on paper and keep it away from this computer. It is shown this once.",
    "It opens the vault when the passphrase is forgotten; without both, nobody can.",
)


def _ask_name() -> str:
    if not is_terminal(sys.stdin):
        raise InvalidInputError("The name of who writes in the vault is missing.", 'For example: --name "Sam Rivera"')
    print("Your name, as it will stand under your notes: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline()


def _change_passphrase(args: argparse.Namespace) -> int:
    require_one_reader(getattr(args, "passphrase_file", None), args.new_passphrase_file)
    with opened(args) as workspace:
        _set_passphrase(workspace, args)
    return Exit.DONE


def _set_passphrase(workspace: Workspace, args: argparse.Namespace) -> None:
    from peernote_tui.services import unlocking

    chosen = new_passphrase(args.new_passphrase_file, "--new-passphrase-file")
    unlocking.change_passphrase(workspace, chosen, work_factor=unlocking.WORK_FACTOR)
    document = {"vault": str(workspace.vault.folder), "vault_id": str(workspace.vault.vault_id), "changed": True}
    answer(args, document, ["The passphrase is changed."])


def _new_code(args: argparse.Namespace) -> int:
    from peernote_tui.services import unlocking

    with opened(args) as workspace:
        code = unlocking.new_recovery_code(workspace, work_factor=unlocking.WORK_FACTOR)
        answer(args, {"recovery_code": code}, [f"Recovery code: {code}", *_CODE_ADVICE])
    return Exit.DONE


def _use_code(args: argparse.Namespace) -> int:
    from peernote_tui.services import unlocking
    from peernote_tui.vault import layout

    folder = vault_folder(args)
    layout.settle_restore(folder)
    layout.require_complete(folder)
    # The code opens the vault here in the passphrase's place, so a script may hand it over the usual way.
    source = args.code_file if args.code_file is not None else getattr(args, "passphrase_file", None)
    require_one_reader(source, args.new_passphrase_file)
    code = read_secret(source, "--code-file") if source is not None else ask_secret("Recovery code: ", "--code-file")
    workspace = unlocking.open_with_recovery_code(folder, code, clock=system_clock())
    with workspace.vault:
        _set_passphrase(workspace, args)
    return Exit.DONE


def _verify(args: argparse.Namespace) -> int:
    from peernote_tui.services.verifying import verify

    with opened(args) as workspace:
        found = verify(workspace)
    document = {
        "ok": found.ok,
        "notes": found.notes,
        "log": {"length": found.log_length, "head": found.log_head},
        "problems": list(found.problems),
    }
    if found.ok:
        lines = [f"Everything holds: the file, the log, {found.notes} signed notes.", found.anchor]
    else:
        lines = [*found.problems, "Keep this vault as it is. A backup can be put in its place: peernote backup list."]
    answer(args, document, lines)
    return Exit.DONE if found.ok else Exit.VAULT_DAMAGED
