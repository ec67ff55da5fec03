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

from peernote_tui.domain.errors import ReadOnlyFolderError, StorageError, VaultInUseError
from peernote_tui.vault import files

if sys.platform == "win32":
    import msvcrt

    _HELD = frozenset({errno.EACCES, errno.EDEADLK})

    def _lock(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    # There is no lock that readers share; one reader at a time is enough.
    _share = _lock

else:
    import fcntl

    _HELD = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES})

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _share(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)


LOCK_NAME = "vault.lock"


class VaultLock:
    """A held lock; made by `acquire`, given back by `release` or at the end of a `with` block."""

    def __init__(self, handle: int | None, *, alone: bool = True) -> None:
        self._handle = handle
        self._alone = alone

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
        return cls(_take(handle, folder))

    @classmethod
    def acquire_as_far_as_possible(cls, folder: Path) -> Self:
        """Take the lock for writing, or for reading where the folder cannot be written.

        Raises:
            VaultInUseError, StorageError: As for `acquire` and `acquire_for_reading`.
        """
        try:
            return cls.acquire(folder)
        except ReadOnlyFolderError:
            return cls.acquire_for_reading(folder)

    @classmethod
    def acquire_for_reading(cls, folder: Path) -> Self:
        """Take part in the lock of a vault folder that cannot be written, beside others who only read.

        Where there is no lock file, none can be made, and nobody can be writing.

        Raises:
            VaultInUseError: A PeerNote that may write there holds it.
            StorageError: The lock file may not be read, or the drive cannot lock files.
        """
        path = folder / LOCK_NAME
        with files.told(path, reading=True):
            try:
                handle = os.open(path, os.O_RDONLY)
            except FileNotFoundError:
                return cls(None, alone=False)
        return cls(_take(handle, folder, shared=True), alone=False)

    @property
    def is_for_writing(self) -> bool:
        """Whether it keeps everybody else out."""
        return self._alone

    @property
    def is_held(self) -> bool:
        """Whether there is a lock file to hold; a write-protected drive may have none."""
        return self._handle is not None

    def is_on(self, folder: Path) -> bool:
        """Whether it is held, on the file that lies in the folder now; a drive may have gone and come back."""
        if self._handle is None:
            return False
        try:
            return os.path.samestat(os.fstat(self._handle), (folder / LOCK_NAME).stat())
        except OSError:
            return False

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


def _take(handle: int, folder: Path, *, shared: bool = False) -> int:
    try:
        (_share if shared else _lock)(handle)
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
    return handle
