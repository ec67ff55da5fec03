"""The vaults that the benchmarks work on: made once a run, copied for each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, time
from multiprocessing import get_context
from pathlib import Path

from caseload import PASSPHRASE, UNTIL, ZONE, Made, make
from measuring import Setting

from peernote_tui.services.demo import StoryClock
from peernote_tui.services.unlocking import close, open_vault
from peernote_tui.services.workspace import Workspace


def evening() -> StoryClock:
    """The evening of the last day of the data."""
    return StoryClock(ZONE, datetime.combine(UNTIL, time(23, 30), tzinfo=UTC))


def a_vault(setting: Setting, scale: float, name: str) -> tuple[Path, Made]:
    """A closed vault of that size, for one benchmark alone, and what is in it."""
    if scale not in setting.made:
        # In a process of its own: SQLCipher's wiping of memory, once on, stays on for the whole process and would
        # make this ten times slower.
        with ProcessPoolExecutor(1, get_context("spawn")) as aside:
            setting.made[scale] = aside.submit(make, _master(setting, scale), scale, PASSPHRASE).result()
    folder = setting.work / f"{name}-{scale:g}.peernote"
    shutil.copytree(_master(setting, scale), folder)
    return folder, setting.made[scale]


@contextmanager
def opened(folder: Path) -> Iterator[Workspace]:
    """The open vault, on the evening of its last day."""
    workspace = open_vault(folder, PASSPHRASE, clock=evening())
    try:
        yield workspace
    finally:
        close(workspace)


def _master(setting: Setting, scale: float) -> Path:
    return setting.work / f"master-{scale:g}.peernote"
