"""`peernote`: the parser, the way to a verb, and the one place where every error ends."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from peernote_tui import __version__
from peernote_tui.cli import actions, consents, doctor, notes, participants, schema, vaults
from peernote_tui.cli.context import tell, vault_folder
from peernote_tui.cli.exits import Exit, exit_code
from peernote_tui.cli.parsing import Parser, add_common, add_verb
from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.vault import process

_DESCRIPTION = "Offline case notes for peer supporters, in one encrypted vault. Without a verb the app opens."
_EPILOG = """\
Examples:
  peernote                                            open the app
  peernote participants list --find "maria santo"
  peernote notes list --participant M-0042 --json
  peernote notes new --plain                          write a note by answering plain questions

A participant may be named by id, unique prefix of an id, external ID, or unique name. Ids may be shortened.
With --json standard output holds one JSON document; when something is refused it stays empty, but for
`notes import`, which lists the problems. The reason stands in words on standard error.
Exit codes: 0 done, 1 failed, 2 usage, 3 wrong passphrase, 4 no usable vault, 5 vault in use, 6 not found,
7 refused by a rule, 8 invalid input file."""


def build_parser() -> Parser:
    """The whole command line."""
    parser = Parser(prog="peernote", description=_DESCRIPTION, epilog=_EPILOG)
    parser.add_argument("--version", action="version", version=f"peernote {__version__}")
    add_common(parser)
    parser.set_defaults(run=_open_app)
    nouns = parser.add_subparsers(title="what to do", metavar="NOUN", parser_class=Parser)
    vaults.add_to(nouns)
    participants.add_to(nouns)
    consents.add_to(nouns)
    notes.add_to(nouns)
    actions.add_to(nouns)
    doctor.add_to(nouns)
    schema.add_to(nouns)
    add_verb(nouns, "demo", _demo, says="the app on a throw-away vault of fictional people", example="peernote demo")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; nothing but a sentence ever reaches the screen.

    Args:
        argv: The arguments after the program's name; those of the process when None.
    """
    process.harden(os.environ)
    _speak_utf8()
    try:
        code = _run(argv)
        if sys.stdout is not None:
            sys.stdout.flush()
    except PeerNoteError as error:
        tell(error.sentence, error.way_out)
        return exit_code(error)
    except KeyboardInterrupt:
        tell("", "Stopped. What was saved before stays saved.")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        _forget_stdout()
        return Exit.FAILED
    except Exception as error:  # noqa: BLE001 the last line of defence: a traceback could show what was typed
        tell(f"Something unexpected happened and the command stopped. Fault {_fault(error)}.")
        return Exit.FAILED
    return code


def _run(argv: Sequence[str] | None) -> int:
    try:
        args = build_parser().parse_fully(argv)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else Exit.DONE
    code: int = args.run(args)
    return code


def _open_app(args: argparse.Namespace) -> int:
    if hasattr(args, "passphrase_file") or hasattr(args, "json"):
        tell("The app asks for the passphrase itself; --passphrase-file and --json belong to a verb.")
        return Exit.USAGE
    from peernote_tui.ui.app import run_app

    return run_app(vault_folder(args))


def _demo(_: argparse.Namespace) -> int:
    from peernote_tui.cli.demo import run_demo

    code: int = run_demo()
    return code


def _speak_utf8() -> None:
    """Let every console and pipe take what people write; what cannot be shown becomes an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if isinstance(sys.stdin, io.TextIOWrapper) and not sys.stdin.isatty():
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")


def _forget_stdout() -> None:
    """Let the interpreter's own last flush go nowhere, now that the reader has left."""
    with suppress(OSError, ValueError, AttributeError):
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, sys.stdout.fileno())
        os.close(sink)


def _fault(error: Exception) -> str:
    """An id of what went wrong: kind, file and line of this program, nothing of what was handled."""
    place, trace = "start", error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if f"{os.sep}peernote_tui{os.sep}" in code.co_filename:
            place = f"{os.path.basename(code.co_filename).removesuffix('.py')}-{trace.tb_lineno}"  # noqa: PTH119 a text
        trace = trace.tb_next
    return f"{type(error).__name__}-{place}"
