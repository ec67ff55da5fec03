"""Where a proof works, and on what machine."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from sqlcipher3 import dbapi2


@contextmanager
def a_folder(place: Path | None = None) -> Iterator[Path]:
    """A new folder that is gone afterwards.

    Args:
        place: The folder it is made in; the system's own for temporary files when None.
    """
    if place is not None:
        place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="reliability-", dir=place, ignore_cleanup_errors=True) as folder:
        yield Path(folder).resolve()


def machine() -> str:
    """What a figure was taken with: cores, system, Python, SQLite and SQLCipher."""
    cipher = dbapi2.connect(":memory:").execute("PRAGMA cipher_version").fetchone()[0]
    return (
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, "
        f"SQLite {dbapi2.sqlite_version}, SQLCipher {cipher.split()[0]}, PeerNote {version('peernote-tui')}"
    )
