"""Bytes of a file that is named on the command line, in and out."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from peernote_tui.cli.context import answer, is_terminal, safe_json
from peernote_tui.cli.exits import Exit, InvalidFileError
from peernote_tui.domain.toml import MOST_BYTES


def read_file(name: str, *, most_bytes: int = MOST_BYTES) -> bytes:
    """A file, or standard input for `-`; one byte more than `most_bytes` at most, so that its reader sees it is more.

    Raises:
        InvalidFileError: It cannot be read; the sentence says why, in the system's words.
    """
    try:
        if name == "-":
            return sys.stdin.buffer.read(most_bytes + 1)
        with Path(name).open("rb") as file:
            return file.read(most_bytes + 1)
    except OSError as error:
        reason = os.strerror(error.errno).lower() if error.errno else "no reason given"
    raise InvalidFileError(f"{name} cannot be read: {reason}.")


def require_new(target: Path, *, replace_it: bool) -> None:
    """See to it that nothing is written over by accident, and that the name can be one.

    Raises:
        InvalidInputError: It is a folder, or cannot be a file's name.
        RefusedError: Something is there, and `replace_it` does not say to replace it.
    """
    from peernote_tui.services.exporting_people import require_free

    require_free(target, replace=replace_it)


def to_stdout(data: bytes) -> None:
    """Bytes of a text to standard output; on a terminal without what it would obey."""
    if is_terminal(sys.stdout):
        print(safe_json(data.decode()), end="")
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def to_file(target: Path, data: bytes, *, replace_it: bool) -> None:
    """Bytes into a file that only its owner reads."""
    from peernote_tui.services.exporting_people import place_file

    place_file(target, data, replace=replace_it)


def hand_out(args: argparse.Namespace, data: bytes) -> int:
    """Bytes of a text to where `--output` says, with the words or the JSON that tell where; standard output if nowhere.

    Raises:
        RefusedError: Something is there, and `--force` does not say to replace it.
    """
    if args.output in (None, "-"):
        to_stdout(data)
        return Exit.DONE
    target = Path(args.output)
    require_new(target, replace_it=args.force)
    to_file(target, data, replace_it=args.force)
    answer(args, {"file": str(target)}, [f"Written to {target}."])
    return Exit.DONE
