"""`peernote doctor`: what a helper on the phone needs to know; never content, and no passphrase needed."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import answer, is_terminal, system_clock, table, vault_folder
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_verb

if TYPE_CHECKING:
    from peernote_tui.vault.layout import VaultState

_PACKAGES = ("textual", "rich", "pydantic", "sqlcipher3", "PyNaCl", "platformdirs", "tzlocal", "tzdata")
_TERMINAL_VARIABLES = ("TERM", "COLORTERM", "TERM_PROGRAM", "WT_SESSION", "TMUX", "STY", "SSH_TTY", "NO_COLOR", "LANG")
_SAMPLE = "! ○ ◐ ✓ … “é” – 山 مرحبا"
_GROUP_AND_OTHERS = 0o077
_LITTLE_ROOM = 200 * 1024 * 1024


def add_to(nouns: Nouns) -> None:
    """Add `doctor`."""
    add_verb(
        nouns,
        "doctor",
        _doctor,
        says="versions, terminal, paths and permissions; never content",
        example="peernote doctor --json",
    )


def _doctor(args: argparse.Namespace) -> int:
    folder = vault_folder(args)
    vault, warnings = _vault(folder)
    document = {
        "versions": _versions(),
        "terminal": _terminal(),
        "vault": vault,
        "protection": _protection(),
        "settings": _settings(),
        "zone": system_clock().zone,
        "last_backup": _last_backup(folder),
        "warnings": warnings,
    }
    answer(args, document, _lines(document))
    return Exit.DONE


def _versions() -> dict[str, str]:
    import platform
    from importlib import metadata

    from peernote_tui import __version__

    found = {
        "peernote": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
    }
    for package in _PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = "missing"
    return found


def _protection() -> dict[str, Any]:
    """How this process keeps what it holds from others, as the system says it, not as it was asked for."""
    from peernote_tui.vault import process

    seen = process.protection()
    return {
        "core_dumps": seen.core_dumps,
        "memory_readable": seen.memory_readable,
        "textual_variables": len(process.textual_variables(os.environ)),
    }


def _protection_rows(protection: dict[str, Any]) -> list[tuple[str, str]]:
    off = {False: "off", True: "on", None: "as the system sets them"}
    hidden = {
        False: "hidden from other programs",
        True: "readable by your other programs",
        None: "as the system sets it",
    }
    rows = [("core dumps", off[protection["core_dumps"]]), ("memory", hidden[protection["memory_readable"]])]
    rows.append(("clipboard", "stays inside PeerNote unless you hand it over, for 45 seconds"))
    return [*rows, ("TEXTUAL_*", "heeded" if protection["textual_variables"] else "not heeded")]


def _terminal() -> dict[str, Any]:
    import shutil

    size = shutil.get_terminal_size()
    return {
        "input": is_terminal(sys.stdin),
        "output": is_terminal(sys.stdout),
        "columns": size.columns,
        "rows": size.lines,
        "encoding": sys.stdout.encoding,
        # Of the session variables only whether they are set: they name sockets and hosts.
        "variables": {
            name: os.environ[name] if name in {"TERM", "COLORTERM", "TERM_PROGRAM", "LANG"} else "set"
            for name in _TERMINAL_VARIABLES
            if os.environ.get(name)
        },
    }


def _vault(folder: Path) -> tuple[dict[str, Any], list[str]]:
    from peernote_tui.domain.errors import StorageError
    from peernote_tui.vault import layout

    facts: dict[str, Any] = {"folder": str(folder), "state": "unreadable", "size": None, "free": None, "in_use": None}
    warnings = [layout.synced_folder_warning(folder) or ""]
    try:
        state = layout.inspect(folder)
    except StorageError as error:
        return facts, [*filter(None, warnings), str(error)]
    facts["state"] = state.value
    facts["free"] = _free_bytes(folder)
    if facts["free"] is not None and facts["free"] < _LITTLE_ROOM:
        warnings.append("There is little room left on the disk that holds the vault.")
    if state is layout.VaultState.COMPLETE:
        database = folder / layout.DATABASE_NAME
        facts["size"] = database.stat().st_size if database.is_file() else None
        facts["in_use"] = _in_use(folder)
    warnings += _permission_warnings(folder, state)
    return facts, [warning for warning in warnings if warning]


def _free_bytes(folder: Path) -> int | None:
    import shutil

    nearest = next((place for place in (folder, *folder.parents) if place.is_dir()), None)
    try:
        return shutil.disk_usage(nearest).free if nearest else None
    except OSError:
        return None


def _in_use(folder: Path) -> bool | None:
    from peernote_tui.domain.errors import StorageError, VaultInUseError
    from peernote_tui.vault.lock import VaultLock

    try:
        VaultLock.acquire(folder).release()
    except VaultInUseError:
        return True
    except StorageError:
        return None
    return False


def _last_backup(folder: Path) -> dict[str, Any] | None:
    """When the newest usable backup was made, and how many there are; needs no passphrase."""
    from peernote_tui.domain.errors import PeerNoteError
    from peernote_tui.services import backups

    now = system_clock().now()
    try:
        moment = backups.last_good(folder, now)
        count = len(backups.backups_of(folder))
    except PeerNoteError:
        return None
    if moment is None:
        return None
    return {"at": moment.isoformat(), "age_days": (now - moment).days, "count": count}


def _permission_warnings(folder: Path, state: VaultState) -> list[str]:
    if sys.platform == "win32" or state.value not in {"complete", "half-made"}:
        return []
    found = []
    if folder.stat().st_mode & _GROUP_AND_OTHERS:
        found.append(f"Others on this computer may enter the vault's folder. Close it with: chmod 700 {folder}")
    if not os.access(folder, os.W_OK):
        found.append("The vault's folder may not be written by you.")
    return found


def _settings() -> dict[str, Any]:
    from peernote_tui.ui.settings import config_folder, load_settings

    path = config_folder() / "settings.toml"
    return {"file": str(path), "present": path.is_file(), "problems": list(load_settings(path).problems)}


def _days_ago(days: int) -> str:
    return {0: "less than a day ago", 1: "1 day ago"}.get(days, f"{days} days ago")


def _lines(document: dict[str, Any]) -> list[str]:
    terminal, vault = document["terminal"], document["vault"]
    rows = [*document["versions"].items()]
    rows.append(("terminal", f"{terminal['columns']} × {terminal['rows']}, {terminal['encoding']}"))
    rows += terminal["variables"].items()
    rows += [("zone", document["zone"]), ("vault", vault["folder"]), ("state", vault["state"])]
    if vault["size"] is not None:
        rows.append(("size", f"{vault['size'] / 1e6:.1f} MB"))
    if vault["free"] is not None:
        rows.append(("free", f"{vault['free'] / 1e9:.1f} GB on its disk"))
    if vault["in_use"] is not None:
        rows.append(("open now", "yes, in another PeerNote" if vault["in_use"] else "no"))
    backup = document["last_backup"]
    if vault["state"] == "complete":
        rows.append(("last backup", f"{_days_ago(backup['age_days'])}, of {backup['count']}" if backup else "none yet"))
    rows += _protection_rows(document["protection"])
    settings = document["settings"]
    rows.append(("settings", f"{settings['file']}{'' if settings['present'] else ' (not there, usual values)'}"))
    rows.append(("signs", _SAMPLE))
    return [
        *table(rows),
        *settings["problems"],
        *document["warnings"],
        *([] if document["warnings"] else ["Nothing to mention."]),
        "This page holds no content of the vault and can be shown to a helper.",
    ]
