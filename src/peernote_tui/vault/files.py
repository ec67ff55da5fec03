"""Writing small files whole or not at all, and telling the disk's refusals in words."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from peernote_tui.domain.errors import DiskFullError, ReadOnlyFolderError, StorageError

if sys.platform == "darwin":
    import fcntl

_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, getattr(errno, "ESTALE", errno.ENOENT)})

PART_SUFFIX = ".part"


def refusal(error: OSError, path: Path, *, reading: bool = False) -> StorageError:
    """Turn what the operating system said about a path into a sentence with a way out."""
    if error.errno in _FULL:
        return disk_full(path)
    if error.errno in _FORBIDDEN and reading:
        return StorageError(f"{path} may not be read.", "Check who owns the file and its permissions.")
    if error.errno in _FORBIDDEN:
        return read_only(path)
    if error.errno in _GONE:
        return StorageError(f"{path} is no longer there.", "Check that the drive is connected, then try again.")
    return refusing(path, os.strerror(error.errno) if error.errno else "no reason given")


def refusing(path: Path, why: str = "it could not be read or written") -> StorageError:
    """The refusal for a disk that does not do what was asked."""
    return StorageError(f"The disk refused at {path}: {why}.", "Check the drive, then try again.")


def disk_full(path: Path) -> DiskFullError:
    """The refusal for a disk without room."""
    return DiskFullError(f"There is no room left on the disk that holds {path}.", "Free some space, then try again.")


def read_only(path: Path) -> ReadOnlyFolderError:
    """The refusal for a place that may not be written."""
    return ReadOnlyFolderError(
        f"{path} cannot be written.",
        "Check the permissions of the folder and that the drive is not write-protected.",
    )


@contextmanager
def told(path: Path, *, reading: bool = False) -> Iterator[None]:
    """Turn every `OSError` of the block into a `StorageError` about `path`."""
    try:
        yield
    except OSError as error:
        raise refusal(error, path, reading=reading) from None


def is_there(path: Path) -> bool:
    """Whether something has this name, be it a link to nowhere.

    Raises:
        OSError: The disk does not say; then nobody may take it for absent.
    """
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def spelled_out(path: str | Path) -> Path:
    """A path as somebody types it, with `~` for a home; of a home that is not known here it is left as it is."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 Path.expanduser raises without a home


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, that only its owner may enter; an existing one is left as it is."""
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            path.mkdir(mode=0o700)
            # What is written into a folder is no better kept than the folder's own name.
            sync_folder(path.parent)
        if not path.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))


def create_private(path: Path, data: bytes) -> None:
    """Write a new file that only its owner may read, down to the disk.

    Raises:
        StorageError: The disk refuses, and nothing of it is left; or the file is already there.
    """
    with told(path):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                sync_handle(file.fileno())
        except BaseException:
            with suppress(OSError):
                path.unlink()
            raise


def write_atomically(
    path: Path, data: bytes, *, then: Callable[[], object] = lambda: None, part_suffix: str = PART_SUFFIX
) -> None:
    """Replace a file so that a crash leaves the old one or the new one, never a mixture.

    The new bytes are read back before they take the old file's place.

    Args:
        path: The file.
        data: What it is to hold.
        then: Called once the new bytes are kept, right before they take their place; what it raises ends the writing.
        part_suffix: What the name of the file has at its end as long as it is written; what has that name goes.

    Raises:
        StorageError: The disk refuses; the old file is untouched.
    """
    part = path.with_name(path.name + part_suffix)
    with told(part):
        part.unlink(missing_ok=True)
    try:
        create_private(part, data)
        with told(path):
            _require_kept(part, data)
        then()
        with told(path):
            part.replace(path)
            sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _require_kept(path: Path, data: bytes) -> None:
    if path.read_bytes() != data:
        raise StorageError(f"The disk did not keep what was written to {path}.", "Check the drive.")


def why_unwritable(folder: Path) -> StorageError | None:
    """What the disk says when a folder is asked to take a new file; None when it does."""
    probe = folder / f"probe{PART_SUFFIX}"
    try:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
        create_private(probe, bytes(4096))
    except StorageError as error:
        return error
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    return None


def sync_file(path: Path) -> None:
    """Bring what another hand wrote to a file down to the disk."""
    # Windows syncs only what was opened for writing.
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        sync_handle(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder down to the disk. Windows keeps them by itself and cannot be asked."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network and FUSE file systems have no such operation for folders.
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)


def sync_handle(handle: int) -> None:
    """Bring what was written through a handle down to the disk."""
    if sys.platform == "darwin":
        # fsync on macOS stops at the drive's own cache.
        with suppress(OSError):
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    os.fsync(handle)
