"""What a program that is killed while it writes a file leaves beside it, and how that goes."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import files

PART_SUFFIX = ".peernote-part"
"""What a file is called at its end while it is written; other programs leave parts of their own beside it."""
_UNDER_WAY = "files being written"
_MOST_KEPT = 20


def is_held(path: Path) -> bool:
    """Whether a name holds nothing but the empty file that keeps it for one that is being written."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size == 0


@contextmanager
def under_way(workspace: Workspace, path: Path) -> Iterator[None]:
    """Remember a file as long as something of it may lie there half-written."""
    path = path.absolute()
    if workspace.vault.read_only or not path.parent.is_dir() or not _is_text(path):
        yield
        return
    with workspace.reading() as work:
        before = [Path(each) for each in work.remembered.get(_UNDER_WAY) or ()]
    _remember(workspace, [*before, path])
    try:
        yield
    finally:
        if not _may_be_left(path):
            # What is remembered in vain is looked for in vain.
            with suppress(PeerNoteError):
                _remember(workspace, before)


def remove_left(workspace: Workspace) -> None:
    """Remove what a program that was killed left half-written; what lies on a drive that is away waits for it."""
    with workspace.reading() as work:
        kept = work.remembered.get(_UNDER_WAY)
    if kept:
        _remember(workspace, [path for path in map(Path, kept) if not _removed(path)])


def _remember(workspace: Workspace, paths: Sequence[Path]) -> None:
    with workspace.changing() as work:
        if paths:
            value = [str(path) for path in paths[-_MOST_KEPT:]]
            work.remembered.put(_UNDER_WAY, value, at=workspace.clock.now(), by=workspace.author.id)
        else:
            work.remembered.forget(_UNDER_WAY)
        work.commit()


def _removed(path: Path) -> bool:
    try:
        if not path.parent.is_dir():
            return False
        _part(path).unlink(missing_ok=True)
        if is_held(path):
            path.unlink()
    except OSError:
        return False
    return True


def _may_be_left(path: Path) -> bool:
    try:
        return not path.parent.is_dir() or files.is_there(_part(path)) or is_held(path)
    except OSError:
        return True


def _is_text(path: Path) -> bool:
    """Whether a path can be kept as text; on Linux it may be any bytes."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _part(path: Path) -> Path:
    return path.with_name(path.name + PART_SUFFIX)
