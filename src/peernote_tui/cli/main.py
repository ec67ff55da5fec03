"""`peernote`: the one place where every command begins and every error ends."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from peernote_tui import __version__

if TYPE_CHECKING:
    from peernote_tui.domain.errors import PeerNoteError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; nothing but a sentence ever reaches the screen.

    Args:
        argv: The arguments after the program's name; those of the process when None.
    """
    arguments = sys.argv[1:] if argv is None else list(argv)
    if arguments == ["--version"]:
        # Asked by scripts and packagers, and answered without any of the rest.
        sys.stdout.write(f"peernote {__version__}\n")
        return 0
    from peernote_tui.domain.errors import PeerNoteError
    from peernote_tui.vault import process

    process.harden(os.environ)
    _speak_utf8()
    try:
        code = _run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except PeerNoteError as error:
        return _refused(error)
    except KeyboardInterrupt:
        return _said("", "Stopped. What was saved before stays saved.", code="INTERRUPTED")
    except BrokenPipeError:
        _forget_stdout()
        return 1
    except Exception as error:  # noqa: BLE001 the last line of defence: a traceback could show what was typed
        fault = process.fault_id(error)
        return _said(f"Something unexpected happened and the command stopped. Fault {fault}.", code="FAILED")
    return code


def _refused(error: PeerNoteError) -> int:
    from peernote_tui.cli.context import tell
    from peernote_tui.cli.exits import exit_code

    tell(error.sentence, error.way_out)
    return exit_code(error)


def _said(*sentences: str, code: str) -> int:
    from peernote_tui.cli.context import tell
    from peernote_tui.cli.exits import Exit

    tell(*sentences)
    return Exit[code]


def _run(argv: Sequence[str]) -> int:
    if not argv or (len(argv) == 2 and argv[0] == "--vault" and not argv[1].startswith("-")):
        # The way everybody takes every day needs no parser.
        from peernote_tui.cli.place import chosen_folder, require_terminal

        folder = chosen_folder(argv[1] if argv else None)
        require_terminal()
        from peernote_tui.ui.app import run_app

        return run_app(folder)
    from peernote_tui.cli.command_line import build_parser

    try:
        args = build_parser(argv).parse_fully(argv)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    code: int = args.run(args)
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
