"""Failed attempts to open a vault, noted beside it until somebody who can open it enters them into its log.

While the vault is locked nothing can be written into its database. The file holds times and nothing else; whoever
has the folder can delete it, and attempts on a copy are noted beside the copy.

    batch 5f0c1a2b3c4d5e6f          which list this is, so that none is entered into the log twice
    2026-11-23T19:52:04+00:00       one attempt
    2026-11-23T19:58:40+00:00 12    twelve attempts, the last of them then
"""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from peernote_tui.domain.errors import VaultError
from peernote_tui.vault import files

NAME = "failed-attempts"
MOST_LINES = 100
"""Beyond these, attempts are counted and no longer told apart."""
_MOST_BYTES = 16 * 1024
_MOST_COUNTED = 10**9
_BATCH = re.compile(r"batch ([0-9a-f]{16})")
_ATTEMPT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00)(?: (\d{1,9}))?")


@dataclass(frozen=True, slots=True)
class Attempts:
    """Failed attempts that are not in the log yet.

    Attributes:
        batch: Which list they are from.
        count: How many.
        first: When the first of them was, in UTC; None when the file does not say.
        last: When the last of them was.
    """

    batch: str
    count: int
    first: datetime | None = None
    last: datetime | None = None


def note(folder: Path, now: datetime) -> None:
    """Note that somebody tried in vain.

    Never keeps anyone from trying: where the folder cannot be written or the disk is full, nothing is noted.
    """
    path = folder / NAME
    with suppress(OSError, VaultError):
        if _size(path) == 0:
            _append(path, f"batch {secrets.token_hex(8)}")
        _append(path, _moment(now))
        if _size(path) > _MOST_BYTES or len(_lines(path)) > MOST_LINES + 1:
            _shorten(path)


def waiting(folder: Path) -> Attempts | None:
    """What is noted beside a vault; None when there is nothing, or it may not be read."""
    try:
        lines = _lines(folder / NAME)
    except OSError:
        return None
    batch, counted = "", []
    for line in lines:
        if match := _BATCH.fullmatch(line):
            batch = match[1]
        elif match := _ATTEMPT.fullmatch(line):
            moment = _instant(match[1])
            counted.append((moment, int(match[2] or 1)))
        else:
            # A line that does not read was written by an attempt all the same.
            counted.append((None, 1))
    moments = [moment for moment, _ in counted if moment is not None]
    count = min(sum(number for _, number in counted), _MOST_COUNTED)
    if not count:
        return None
    return Attempts(batch, count, min(moments, default=None), max(moments, default=None))


def forget(folder: Path) -> None:
    """Remove the list, after the log has it; what cannot be removed is known again by its batch."""
    with suppress(OSError):
        (folder / NAME).unlink(missing_ok=True)


def _append(path: Path, line: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(path, flags, 0o600)
    try:
        os.write(handle, f"{line}\n".encode("ascii"))
        os.fsync(handle)
    finally:
        os.close(handle)


def _shorten(path: Path) -> None:
    """Count together what one can no longer tell apart; the first attempt keeps its time."""
    found = waiting(path.parent)
    if found is None:
        return
    lines = [f"batch {found.batch or secrets.token_hex(8)}"]
    if found.first is not None and found.count > 1:
        lines.append(_moment(found.first))
    rest = found.count - (len(lines) - 1)
    lines.append(f"{_moment(found.last or datetime.fromtimestamp(0, UTC))} {rest}")
    files.write_atomically(path, "".join(f"{line}\n" for line in lines).encode("ascii"))


def _lines(path: Path) -> list[str]:
    with path.open("rb") as file:
        data = file.read(2 * _MOST_BYTES)
    return [line for line in data.decode("ascii", errors="replace").split("\n") if line.strip()]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _moment(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="seconds")


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
