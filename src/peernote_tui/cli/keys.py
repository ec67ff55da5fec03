"""What opens the vault: the passphrase, the recovery code, the organisation."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import (
    answer,
    ask_secret,
    is_terminal,
    new_passphrase,
    opened,
    passphrase,
    read_secret,
    require_one_reader,
    system_clock,
    tell,
    vault_folder,
    wants_json,
)
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_noun, add_verb
from peernote_tui.domain.errors import InvalidInputError

if TYPE_CHECKING:
    from peernote_tui.services.key_slots import Recipient
    from peernote_tui.services.rekeying import OldKey
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
    new = add_verb(
        ways,
        "new",
        _new_code,
        says="make a new recovery code; the old one stops working",
        example="peernote recovery new",
    )
    _add_sheet(new)
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
    renew = add_verb(
        ways,
        "rekey",
        _rekey,
        says="a new data key and a new recovery code, when the vault or a backup may be in wrong hands",
        example="peernote recovery rekey",
    )
    _add_new_passphrase(renew, "; else it stays the same")
    _add_sheet(renew)
    old = add_verb(
        ways,
        "old-key",
        _old_key,
        says="what an earlier data key still opens here",
        example="peernote recovery old-key --remove",
    )
    old.add_argument("--remove", action="store_true", help="delete it; a backup under the new key has to be there")
    sheet = add_verb(
        ways,
        "sheet",
        _sheet,
        says="a page to print: what opens the vault, where to keep it, and how without PeerNote",
        example="peernote recovery sheet -o sheet.pdf",
    )
    sheet.add_argument("-o", "--output", metavar="FILE", help="a new file; else standard output")
    sheet.add_argument("--format", choices=("txt", "pdf"), help="by the ending of the file when left out, else txt")


def _add_sheet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--sheet", metavar="FILE", help="write a page to print with the new code, .pdf or .txt; it is readable"
    )


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


def _add_new_passphrase(parser: argparse.ArgumentParser, otherwise: str = "; else it is asked twice") -> None:
    parser.add_argument(
        "--new-passphrase-file",
        metavar="FILE",
        help=f"read the new passphrase from a file, - is standard input{otherwise}",
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
        _write_sheet(args, workspace.vault.folder, code)
    return Exit.DONE


def _rekey(args: argparse.Namespace) -> int:
    from peernote_tui.services import rekeying, unlocking
    from peernote_tui.vault import recovery_code

    require_one_reader(getattr(args, "passphrase_file", None), args.new_passphrase_file)
    secret = passphrase(args)
    with opened(args, secret=secret) as workspace:
        rekeying.require_ready(workspace)
        if args.new_passphrase_file is not None:
            secret = read_secret(args.new_passphrase_file, "--new-passphrase-file")
        code = recovery_code.generate()
        _have_code_written_down(code)
        done = rekeying.new_data_key(workspace, secret, code, work_factor=unlocking.WORK_FACTOR)
        tell(*([done.trouble, "The vault has its new key; make a backup: peernote backup create"] * bool(done.trouble)))
        left = rekeying.old_key(workspace)
        folder = workspace.vault.folder
        document = {
            "vault": str(folder),
            "vault_id": str(workspace.vault.vault_id),
            "recovery_code": code,
            "backup": done.backup.name if done.backup else None,
            "old": _old_key_document(left),
        }
    lines = ["The vault has a new data key.", f"Recovery code: {code}", *CODE_ADVICE]
    if done.backup:
        lines.append(f"A backup under the new key is made and checked: {done.backup.name}")
    answer(args, document, [*lines, *_old_key_lines(left)])
    _write_sheet(args, folder, code)
    return Exit.DONE


def _old_key(args: argparse.Namespace) -> int:
    from peernote_tui.services import rekeying

    with opened(args) as workspace:
        left = rekeying.remove_old_key(workspace) if args.remove else rekeying.old_key(workspace)
    answer(args, _old_key_document(left), _old_key_lines(left))
    if args.remove and left:
        tell("This could not be deleted. Delete it yourself.")
    return Exit.FAILED if args.remove and left else Exit.DONE


def _old_key_document(left: OldKey) -> dict[str, Any]:
    return {"backups": [each.name for each in left.backups], "set_aside": [str(each) for each in left.aside]}


def _old_key_lines(left: OldKey) -> list[str]:
    elsewhere = "Copies elsewhere, as on a USB stick, still open with the old key: make a new backup, then delete them."
    if not left:
        return ["Nothing here opens with an earlier data key.", elsewhere]
    return [
        "The old data key still opens, here:",
        *(f"  the backup {each.name}" for each in left.backups),
        *(f"  the vault as it was, {each}" for each in left.aside),
        "When you are sure that you need none of it: peernote recovery old-key --remove",
        elsewhere,
    ]


def _have_code_written_down(code: str) -> None:
    """Show a person at a terminal the code before it counts, and have it typed back; a script gets it at the end."""
    from peernote_tui.vault import recovery_code

    if not is_terminal(sys.stdin):
        return
    tell(f"The new recovery code: {code}", CODE_ADVICE[0])
    while True:
        try:
            typed = recovery_code.normalise(
                ask_secret("Type it from your paper (Ctrl+C stops, nothing is changed): ", "-")
            )
        except InvalidInputError as error:
            tell(str(error))
            continue
        if typed == code:
            return
        tell("This is not the code that was shown. Compare it group by group.")


def _sheet(args: argparse.Namespace) -> int:
    from peernote_tui.services import recovery_sheet
    from peernote_tui.vault import layout

    folder = vault_folder(args)
    layout.settle_restore(folder)
    layout.require_complete(folder)
    sheet = recovery_sheet.sheet_of(folder, clock=system_clock())
    form = recovery_sheet.SheetFormat(args.format) if args.format else None
    if args.output is None:
        if wants_json(args):
            raise InvalidInputError("With --json the sheet goes to a file.", "Add -o FILE.", field="output")
        data = recovery_sheet.rendered(sheet, form or recovery_sheet.SheetFormat.TEXT)
        if form is recovery_sheet.SheetFormat.PDF and is_terminal(sys.stdout):
            raise InvalidInputError("A PDF is nothing for a terminal.", "Add -o FILE.", field="output")
        sys.stdout.buffer.write(data)
        return Exit.DONE
    path = recovery_sheet.write_sheet(sheet, Path(args.output), form=form)
    answer(args, {"sheet": str(path)}, [f"The sheet is written: {path}", "The recovery code is written in by hand."])
    return Exit.DONE


def _write_sheet(args: argparse.Namespace, folder: Path, code: str) -> None:
    if args.sheet is None:
        return
    from peernote_tui.services import recovery_sheet

    sheet = recovery_sheet.sheet_of(folder, clock=system_clock(), code=code)
    path = recovery_sheet.write_sheet(sheet, Path(args.sheet))
    tell(f"The sheet is written: {path}", "It is readable and holds the code: print it, then delete the file.")


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
