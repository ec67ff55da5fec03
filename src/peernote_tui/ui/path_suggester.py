"""Completing the name of a file while it is typed."""

from __future__ import annotations

import os
from pathlib import Path

from textual.suggester import Suggester

from peernote_tui.ui.backing_up import beside
from peernote_tui.vault import files

_MOST_LOOKED_AT = 2_000


class PathSuggester(Suggester):
    """Suggests the first folder or file of certain kinds that begins like what is typed; `~` is the home.

    Args:
        endings: Endings of files, such as ".csv".
    """

    def __init__(self, *endings: str) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._endings = endings

    async def get_suggestion(self, value: str) -> str | None:
        """What is typed, completed; None when nothing begins like it."""
        folder, begun = os.path.split(value)
        if not begun or not folder:
            return None
        # A folder on a drive that sleeps takes its time, and nobody waits for it.
        name = await beside(lambda: self._first(files.spelled_out(folder), begun))
        return None if name is None else f"{value}{name[len(begun) :]}"

    def _first(self, folder: Path, begun: str) -> str | None:
        found = []
        try:
            with os.scandir(folder) as entries:
                for number, entry in enumerate(entries):
                    if number >= _MOST_LOOKED_AT:
                        break
                    if entry.name.startswith(begun) and (entry.is_dir() or entry.name.lower().endswith(self._endings)):
                        found.append(entry.name + (os.sep if entry.is_dir() else ""))
        except OSError:
            return None
        return min(found, default=None)
