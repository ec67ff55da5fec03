"""The one lock that says a vault is open, held for the whole run.

The operating system lets go of it when the program ends, however it ends; the file itself stays and
means nothing. It is not inherited by a program that replaces this one.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from peernote_tui.domain.errors import StorageError, VaultInUseError
from peernote_tui.vault import files

if sys.platform == "win32":
    import msvcrt

    _HELD = frozenset({errno.EACCES, errno.EDEADLK})

    def _lock(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    _HELD = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES})

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


LOCK_NAME = "vault.lock"


class VaultLock:
    """A held lock; made by `acquire`, given back by `release` or at the end of a `with` block."""

    def __init__(self, handle: int) -> None:
        self._handle: int | None = handle

    @classmethod
    def acquire(cls, folder: Path) -> Self:
        """Take the lock of a vault folder without waiting.

        Raises:
            VaultInUseError: Another PeerNote, or another place in this one, holds it.
            ReadOnlyFolderError: The lock file may not be written.
            StorageError: The drive cannot lock files, as some network drives cannot. The vault is then
                not opened: without a lock two programs could write at once.
        """
        path = folder / LOCK_NAME
        with files.told(path):
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(handle)
        except OSError as error:
            os.close(handle)
            if error.errno in _HELD:
                raise VaultInUseError(
                    f"The vault at {folder} is already open in another PeerNote.",
                    "Close it there, or go on working there.",
                ) from None
            raise StorageError(
                f"The drive that holds {folder} cannot lock files, so the vault is not opened.",
                "Move the vault to a disk of this computer.",
            ) from None
        return cls(handle)

    def release(self) -> None:
        """Give the lock back; a second call does nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
