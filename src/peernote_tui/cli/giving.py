"""The options of whatever hands something out: to whom, what for, on what basis, in which format, and how closed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import answer, read_secret, tell
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.files import require_new
from peernote_tui.domain.errors import InvalidInputError

if TYPE_CHECKING:
    from peernote_tui.domain.disclosure import Disclosure
    from peernote_tui.services.disclosing import Given
    from peernote_tui.services.handing_out import Closed, HandedOut, Order
    from peernote_tui.services.workspace import Workspace

PURPOSES = ("own", "participant", "care", "referral", "benefits", "supervision", "audit", "legal", "emergency", "other")
FORMATS = ("pdf", "docx", "rtf", "txt", "md", "html")
NOT_ACCOUNTED = (
    "This vault is only read: it does not stand in the account of disclosures.",
    "Record it where the vault can be written: peernote disclosures add",
)
_TEXTS = frozenset({"txt", "md", "html", "rtf", "csv", "json", "jsonl", "ics"})


def add_given(parser: argparse.ArgumentParser, *, by_hand: bool = False) -> None:
    """Add to whom, what for, and on what basis; what is recorded by hand has left already."""
    group = parser.add_argument_group("to whom, and on what basis; what is handed out is accounted for")
    whom = "who received it" if by_hand else "who receives it; a copy of your own when left out"
    group.add_argument("--to", default="", metavar="WHO", help=whom)
    group.add_argument("--address", default="", help="where they are reached; an accounting of disclosures names it")
    group.add_argument(
        "--purpose",
        choices=PURPOSES,
        help=("care when left out" if by_hand else "own when nobody is named by --to, else care")
        + "; participant is for the participant themselves",
    )
    group.add_argument("--what-for", default="", metavar="WORDS", help="the purpose in words")
    group.add_argument(
        "--consent", default="", metavar="ID", help="the consent to share it rests on; else the one that names WHO"
    )
    group.add_argument("--reason", default="", metavar="WORDS", help="why it is handed out without one; it is printed")
    if not by_hand:
        add_unaccounted(group)


def add_unaccounted(parser: argparse._ActionsContainer) -> None:
    """Add the leave to hand something out that the account cannot keep."""
    parser.add_argument(
        "--unaccounted",
        action="store_true",
        help="out of a vault that is only read, where no account is kept; record it afterwards: disclosures add",
    )


def add_file(parser: argparse.ArgumentParser) -> None:
    """Add where it goes, the size of a page, and how the file is closed."""
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file; to standard output when left out")
    parser.add_argument("--force", action="store_true", help="replace the file when it is there")
    parser.add_argument("--paper", choices=("a4", "letter"), default="a4", help="the size of a page; a4 when left out")
    parser.add_argument(
        "--mail", action="store_true", help="as the draft of an e-mail (.eml) with the file attached; it names nobody"
    )
    closing = parser.add_mutually_exclusive_group()
    closing.add_argument("--password-file", metavar="FILE", help="close a PDF with the password in this file (AES-256)")
    closing.add_argument("--age-passphrase-file", metavar="FILE", help="close it as an age file with a passphrase")
    closing.add_argument("--age-to", metavar="age1…", help="close it as an age file for the one with this key")


def given(args: argparse.Namespace) -> Given:
    """What was said of to whom, what for and why."""
    from peernote_tui.domain.disclosure import Purpose
    from peernote_tui.services.disclosing import Given

    purpose = args.purpose or ("care" if args.to else "own")
    return Given(
        to=args.to,
        address=args.address,
        purpose=Purpose(purpose),
        purpose_words=args.what_for,
        consent_id=args.consent,
        reason=args.reason,
    )


def closed(args: argparse.Namespace) -> Closed:
    """How the file is to be closed."""
    from peernote_tui.services.handing_out import Closed

    return Closed(
        password=_secret(args.password_file, "--password-file"),
        passphrase=_secret(args.age_passphrase_file, "--age-passphrase-file"),
        recipient=args.age_to or "",
    )


def hand_out(args: argparse.Namespace, workspace: Workspace, order: Order) -> int:
    """Hand a document out as the options say, and tell what was handed out."""
    from peernote_tui.services import handing_out

    how = closed(args)
    if args.output in (None, "-"):
        if sys.stdout.isatty() and not order.mail and (order.form.value not in _TEXTS or how.how):
            raise InvalidInputError("This file is not for a terminal.", "Name a file with --output.", field="output")
        made = handing_out.hand_over(workspace, order, closed=how)
        sys.stdout.flush()
        sys.stdout.buffer.write(made.data)
        sys.stdout.buffer.flush()
        tell(*_told(made))
        return Exit.DONE
    target = Path(args.output)
    require_new(target, replace_it=args.force)
    made = handing_out.hand_out(workspace, order, target, replace=args.force, closed=how)
    document = {
        "file": str(target),
        "undrawable": made.undrawable,
        "accounted": made.accounted,
        "disclosure": disclosure_document(made.disclosure),
    }
    warned = "" if how.how else " The file is not encrypted."
    answer(args, document, [f"Written to {target}.{warned}", *_told(made), *copied(target)])
    return Exit.DONE


def disclosure_document(disclosure: Any) -> dict[str, Any]:
    """A row of the account, as JSON shows it."""
    told: dict[str, Any] = disclosure.model_dump(mode="json")
    return told


def _told(made: HandedOut) -> list[str]:
    told = made.disclosure
    said = f"Accounted for: {told.what}, to {told.to}. Id: {told.id[:18]}"
    lines = [said] if made.accounted else [*NOT_ACCOUNTED, *_command(told)]
    return lines + undrawn_words(made.undrawable)


def not_accounted(workspace: Workspace) -> list[str]:
    """What is told where the account could not be kept."""
    return list(NOT_ACCOUNTED) if workspace.vault.read_only else []


def _command(told: Disclosure) -> list[str]:
    """What records a disclosure afterwards, as it is typed."""
    import shlex
    import subprocess

    values = {
        "to": told.to,
        "address": told.address,
        "purpose": told.purpose.value,
        "what-for": told.purpose_words,
        "consent": told.consent_id[:18],
        "reason": told.reason,
        "what": told.what,
        "how": told.form,
        "when": f"{told.at.astimezone():%Y-%m-%d %H:%M}",
    }
    options = [f"--{name}={value}" for name, value in values.items() if value]
    words = ["peernote", "disclosures", "add", told.participant_id[:18], *options]
    # Whatever somebody wrote stays one word, and nothing of it is obeyed by the shell it is pasted into.
    return [f"  {subprocess.list2cmdline(words) if sys.platform == 'win32' else shlex.join(words)}"]


def undrawn_words(count: int) -> list[str]:
    """What is told where so many characters of a PDF could not be drawn."""
    if count == 1:
        return ["1 character could not be drawn and is marked; another format holds it."]
    return [f"{count} characters could not be drawn and are marked; another format holds them."] if count else []


def copied(target: Path) -> list[str]:
    """What is told where a program copies the folder of a file to the internet."""
    from peernote_tui.services.synced_folders import synced_folder

    service = synced_folder(target)
    return [f"This folder is synced by {service}: the file leaves this computer."] if service else []


def _secret(source: str | None, option: str) -> str:
    if source is None:
        return ""
    secret = read_secret(source, option)
    if not secret:
        raise InvalidInputError(f"The file of {option} is empty.", "Put the secret into it.")
    return secret
