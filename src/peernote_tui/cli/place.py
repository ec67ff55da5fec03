"""Which vault is meant: the one named, else the one of the environment, else the usual one."""

from __future__ import annotations

import os
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
