"""Copying the database file while it is in use, so that a save hardly waits.

`VACUUM INTO` holds the one connection for as long as every page takes to be decrypted and encrypted again, half a
second for 50 MB. SQLite's backup interface does that in steps, but it writes a damaged page anew under a code that
fits: no later check of the copy can find it. So the encrypted bytes themselves are copied, each page with the code
it was written with, in two passes. The first takes as long as the disk needs and lets saves go on; what it reads may
be torn. The second runs in the thread that owns the connection, between two transactions, when the file is exactly
what is committed: it reads the file once more and writes only the blocks that have changed since.
"""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from peernote_tui.domain.errors import StorageError
from peernote_tui.vault import files

Stop: TypeAlias = Callable[[], bool]
"""Asked now and then; True ends the work."""

_BLOCK_BYTES = 256 * 1024
_BLOCKS_A_SYNC = 16
"""The disk is given little at a time, so that a save that comes meanwhile does not wait behind the whole copy."""


class StoppedError(StorageError):
    """A backup was ended before it was whole, because somebody asked for that."""


def never() -> bool:
    """Nobody asks to end."""
    return False


def heed(stop: Stop) -> None:
    """Go on unless somebody asks to end.

    Raises:
        StoppedError: Somebody does.
    """
    if stop():
        raise StoppedError("The backup was stopped.", "The vault and the earlier backups are as they were.")


class PageFile:
    """A second handle on the file of an open database, for reading its bytes as they lie.

    On Linux and macOS closing any handle on a file gives up every lock the process has on it, SQLite's too. So the
    handle stays open until the connection is closed: call `close` after that.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None
        self._lock = threading.Lock()

    def close(self) -> None:
        """Let go of the file, after the connection has; a second call does nothing."""
        with self._lock:
            self._drop()

    def size(self) -> int:
        """Bytes of the file.

        Raises:
            OSError: It is not there.
        """
        return self.path.stat().st_size

    def read_at(self, offset: int, count: int) -> bytes:
        """Some of its bytes, fewer at its end.

        Raises:
            OSError: The disk refuses.
        """
        with self._lock:
            handle = self._opened()
            try:
                os.lseek(handle, offset, os.SEEK_SET)
                data = b""
                while len(data) < count and (more := os.read(handle, count - len(data))):
                    data += more
                return data
            finally:
                if sys.platform == "win32":
                    # Locks belong to their handle there, and an open one would keep the folder from being renamed.
                    self._drop()

    def _opened(self) -> int:
        """The handle; another one when another file has taken the path since."""
        if self._handle is not None:
            mine, there = os.fstat(self._handle), self.path.stat()
            if (mine.st_dev, mine.st_ino) != (there.st_dev, there.st_ino):
                self._drop()
        if self._handle is None:
            self._handle = os.open(self.path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        return self._handle

    def _drop(self) -> None:
        handle, self._handle = self._handle, None
        if handle is not None:
            with suppress(OSError):
                os.close(handle)


def copy_roughly(pages: PageFile, path: Path, *, stop: Stop = never) -> list[bytes]:
    """First pass, in any thread: copy every block into an empty file, down to the disk.

    Returns:
        The SHA-256 of each block as it was copied.

    Raises:
        StoppedError: `stop` said so.
        StorageError: The disk refuses.
    """
    sums: list[bytes] = []
    with files.told(pages.path, reading=True):
        size = pages.size()
    with files.told(path), path.open("r+b") as copy:
        for offset in range(0, size, _BLOCK_BYTES):
            heed(stop)
            block = _read(pages, offset)
            sums.append(hashlib.sha256(block).digest())
            copy.write(block)
            if len(sums) % _BLOCKS_A_SYNC == 0:
                copy.flush()
                files.sync_handle(copy.fileno())
    return sums


def copy_rest(pages: PageFile, path: Path, sums: list[bytes]) -> None:
    """Second pass, in the thread of the connection and outside a transaction: copy what has changed since.

    Args:
        pages: The file.
        path: The copy.
        sums: From `copy_roughly`; brought up to date.

    Raises:
        StorageError: The disk refuses.
    """
    with files.told(pages.path, reading=True):
        size = pages.size()
    with files.told(path), path.open("r+b") as copy:
        for number, offset in enumerate(range(0, size, _BLOCK_BYTES)):
            block = _read(pages, offset)
            digest = hashlib.sha256(block).digest()
            if number < len(sums) and sums[number] == digest:
                continue
            copy.seek(offset)
            copy.write(block)
            sums[number : number + 1] = [digest]
        copy.truncate(size)
    del sums[-(-size // _BLOCK_BYTES) :]


def is_copy(path: Path, sums: list[bytes]) -> bool:
    """Whether a file is, block by block, what was read from the vault."""
    with suppress(OSError), path.open("rb") as file:
        found = [hashlib.sha256(block).digest() for block in iter(lambda: file.read(_BLOCK_BYTES), b"")]
        return found == sums
    return False


def _read(pages: PageFile, offset: int) -> bytes:
    with files.told(pages.path, reading=True):
        return pages.read_at(offset, _BLOCK_BYTES)


def forget_cached(path: Path) -> None:
    """Ask the system to forget what it keeps of a file, so that reading it back asks the disk; where that exists."""
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):
            handle = os.open(path, os.O_RDONLY)
            try:
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(handle)
