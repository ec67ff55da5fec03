"""What opens the vault: the passphrase, the recovery code, the organisation."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import (
    answer,
    ask_secret,
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

if TYPE_CHECKING:
    from peernote_tui.services.key_slots import Recipient
    from peernote_tui.services.workspace import Workspace

CODE_ADVICE = (
    "Write the code on paper and keep it away from this computer. It is shown this once.",
    "It opens the vault when the passphrase is forgotten; without both, nobody can.",
)


def add_to(nouns: Nouns) -> None:
    """Add `passphrase` and `recovery`."""
    passphrases = add_noun(nouns, "passphrase", "the passphrase of the vault")
    change = add_verb(
        passphrases,
        "change",
        _change_passphrase,
        says="set another passphrase",
        example="peernote passphrase change --passphrase-file P --new-passphrase-file Q",
    )
    _add_new_passphrase(change)
    ways = add_noun(nouns, "recovery", "other ways into the vault than the passphrase, and a new key")
    add_verb(
        ways,
        "new",
        _new_code,
        says="make a new recovery code; the old one stops working",
        example="peernote recovery new",
    )
    use = add_verb(
        ways,
        "use",
        _use,
        says="open with the recovery code, or as the organisation, and set a passphrase",
        example="peernote recovery use --code-file CODE --new-passphrase-file Q",
    )
    way = use.add_mutually_exclusive_group()
    way.add_argument("--code-file", metavar="FILE", help="read the code from a file, - is standard input")
    way.add_argument(
        "--identity",
        metavar="FILE",
        help="open with an age identity file of the organisation instead, - is standard input",
    )
    _add_new_passphrase(use)
    _add_organisation(ways)


def _add_organisation(ways: Nouns) -> None:
    verbs = add_noun(ways, "organisation", "whether an organisation can open the vault too")
    give = add_verb(
        verbs,
        "set",
        _set_organisation,
        says="let whoever holds the identity of one of these age recipients open the vault",
        example="peernote recovery organisation set age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa",
    )
    give.add_argument("recipients", nargs="+", metavar="RECIPIENT", help="age1…, from the organisation")
    add_verb(
        verbs,
        "remove",
        _remove_organisation,
        says="take the organisation's key away",
        example="peernote recovery organisation remove",
    )
    add_verb(
        verbs,
        "show",
        _show_organisation,
        says="whether an organisation can open the vault, and which",
        example="peernote recovery organisation show",
    )


def _add_new_passphrase(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--new-passphrase-file",
        metavar="FILE",
        help="read the new passphrase from a file, - is standard input; else it is asked twice",
    )


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
        answer(args, {"recovery_code": code}, [f"Recovery code: {code}", *CODE_ADVICE])
    return Exit.DONE


def _use(args: argparse.Namespace) -> int:
    from peernote_tui.vault import layout

    folder = vault_folder(args)
    layout.settle_restore(folder)
    layout.require_complete(folder)
    workspace = _opened_as_organisation(args) if args.identity is not None else _opened_with_code(args)
    with workspace.vault:
        _set_passphrase(workspace, args)
    return Exit.DONE


def _opened_with_code(args: argparse.Namespace) -> Workspace:
    from peernote_tui.services import unlocking

    # The code opens the vault here in the passphrase's place, so a script may hand it over the usual way.
    source = args.code_file if args.code_file is not None else getattr(args, "passphrase_file", None)
    require_one_reader(source, args.new_passphrase_file)
    code = read_secret(source, "--code-file") if source is not None else ask_secret("Recovery code: ", "--code-file")
    return unlocking.open_with_recovery_code(vault_folder(args), code, clock=system_clock())


def _opened_as_organisation(args: argparse.Namespace) -> Workspace:
    from peernote_tui.services import unlocking

    require_one_reader(args.identity, args.new_passphrase_file)
    identity_file = read_secret(args.identity, "--identity")
    return unlocking.open_with_identity(vault_folder(args), identity_file, clock=system_clock())


def _set_organisation(args: argparse.Namespace) -> int:
    from peernote_tui.services import key_slots
    from peernote_tui.vault.organisation import read_recipients

    # A mistyped one is told before the passphrase is asked.
    read_recipients(args.recipients)
    with opened(args) as workspace:
        found = key_slots.set_organisation(workspace, args.recipients)
    answer(
        args,
        {"organisation": True, "recipients": _documents(found)},
        ["The organisation can open this vault:", *_lines(found), "Compare the fingerprint with theirs."],
    )
    return Exit.DONE


def _remove_organisation(args: argparse.Namespace) -> int:
    from peernote_tui.services import key_slots

    with opened(args) as workspace:
        key_slots.remove_organisation(workspace)
    answer(args, {"organisation": False, "recipients": []}, ["The organisation can no longer open this vault."])
    tell(
        "Backups and copies made before still open for it. A new data key ends that for everything new: "
        "peernote recovery rekey"
    )
    return Exit.DONE


def _show_organisation(args: argparse.Namespace) -> int:
    from peernote_tui.services import key_slots

    with opened(args) as workspace:
        found = key_slots.standing(workspace)
    there = found.of(key_slots.Slot.ORGANISATION).there
    if found.organisation_unknown:
        lines = [
            "An organisation can open this vault, and which one is not known: its key file was not set here.",
            "Set the right one, or remove it: peernote recovery organisation remove",
        ]
    elif there:
        lines = ["The organisation can open this vault:", *_lines(found.recipients)]
    else:
        lines = ["No organisation can open this vault."]
    known = () if found.organisation_unknown or not there else found.recipients
    answer(args, {"organisation": there, "recipients": _documents(known)}, lines)
    return Exit.DONE


def _documents(recipients: tuple[Recipient, ...]) -> list[dict[str, Any]]:
    return [{"recipient": each.text, "fingerprint": each.fingerprint} for each in recipients]


def _lines(recipients: tuple[Recipient, ...]) -> list[str]:
    return [f"{each.fingerprint}  {each.text}" for each in recipients]
