"""Standing by a person when the disk does not: once more with the reserve, once more on a new connection."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from peernote_tui.domain.errors import (
    DiskFaultError,
    ReadOnlyFolderError,
    StorageError,
    VaultDamagedError,
    VaultFullError,
    VaultGoneError,
)
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import reserve
from peernote_tui.vault.vault import Vault

R = TypeVar("R")

PAUSES_SECONDS = (0.1, 0.5)


def endure(workspace: Workspace, act: Callable[[Workspace], R], *, sleep: Callable[[float], None] = time.sleep) -> R:
    """Do one thing with the vault, and once or twice more when the disk refuses it.

    An act is one transaction, so what was refused left nothing behind, and asking again is safe; whether a
    commit that broke off arrived is found out before (see `Workspace.changing`). Where there is no room the
    reserve is given up. Where reading or writing failed, or the folder was away, a new connection is taken.

    Args:
        workspace: The open vault.
        act: What to do; called at most three times.
        sleep: Waits the seconds between two attempts. It holds up the calling thread, never the screen's.

    Raises:
        VaultFullError: There is no room, and no reserve left to give up.
        DiskFaultError, VaultGoneError, ReadOnlyFolderError, VaultDamagedError: It stays like this. The next call
            tries a new connection again.
        PeerNoteError: Whatever the act refuses for reasons of its own.
    """
    vault = workspace.vault
    reconnect = not vault.is_connected or vault.may_be_writable_again or (vault.may_reopen and not vault.is_in_place)
    for pause in (*PAUSES_SECONDS, None):
        try:
            if reconnect:
                _reconnect(vault)
            answer = act(workspace)
        except VaultFullError:
            if pause is None or not give_up_reserve(workspace):
                raise
        except (DiskFaultError, VaultGoneError, ReadOnlyFolderError, VaultDamagedError) as error:
            passes = isinstance(error, (DiskFaultError, VaultGoneError))
            # Asking again makes no folder writable and no page whole: there one new connection is enough.
            if pause is None or not vault.may_reopen or (reconnect and not passes):
                raise
            reconnect = True
            if not (passes and reserve.is_full(vault.folder) and give_up_reserve(workspace)):
                sleep(pause)
        else:
            if workspace.standing.reserve_used:
                workspace.standing.reserve_used = not reserve.make_again(vault.folder)
            return answer
    raise AssertionError("the last attempt returns or raises")


def _reconnect(vault: Vault) -> None:
    try:
        vault.reopen()
    except StorageError as error:
        if isinstance(error, (DiskFaultError, VaultGoneError, ReadOnlyFolderError)):
            raise
        raise DiskFaultError(error.sentence, error.way_out) from None


def give_up_reserve(workspace: Workspace) -> bool:
    """Give the reserve back to the disk; returns whether there was any to give."""
    given = reserve.give_up(workspace.vault.folder)
    workspace.standing.reserve_used = True
    return given
