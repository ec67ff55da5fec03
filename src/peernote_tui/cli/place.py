"""Where the program is: which vault is meant, and whether somebody sits before it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from peernote_tui.domain.errors import InvalidInputError


def chosen_folder(named: str | None) -> Path:
    """The vault's folder: the one named, else PEERNOTE_VAULT, else the usual place.

    Args:
        named: What stands after `--vault`; None when nothing was named.

    Raises:
        InvalidInputError: Nothing stands after `--vault`.
    """
    if named is not None and not named.strip():
        raise InvalidInputError("After --vault comes the vault's folder.", "For example: --vault notes.peernote")
    chosen = named if named is not None else os.environ.get("PEERNOTE_VAULT", "").strip() or None
    if chosen is None:
        from peernote_tui.vault import layout

        return layout.default_folder()
    return Path(os.path.abspath(os.path.expanduser(chosen)))  # noqa: PTH100, PTH111 Path.expanduser fails without a home


def require_terminal() -> None:
    """See to it that the app has a screen to draw on and keys to hear, rather than wait for ever for what never comes.

    Raises:
        InvalidInputError: Standard input, output or error is no terminal.
    """
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise InvalidInputError(
            "PeerNote opens in a terminal, and here is none.", "What can be done without one says: peernote --help"
        )
