"""Where a salvaged vault is made, and putting it in the place of the damaged one when that is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from peernote_tui.domain.clock import Clock
from peernote_tui.vault import exchange, files
from peernote_tui.vault.lock import VaultLock


@dataclass(frozen=True, slots=True)
class Placed:
    """What came of putting a salvaged vault in place.

    Attributes:
        aside: Where the damaged one lies now, unchanged.
        backups_here: The earlier backups were brought over; else they still lie with the damaged one.
    """

    aside: Path
    backups_here: bool


def free_place(folder: Path) -> Path:
    """A folder beside the damaged one that is not there yet, such as `vault.peernote.salvaged`."""
    number = 1
    while files.is_there(place := folder.with_name(f"{folder.name}.salvaged" + (f"-{number}" if number > 1 else ""))):
        number += 1
    return place


def take_place(folder: Path, salvaged: Path, clock: Clock) -> Placed:
    """Move the damaged vault aside and the salvaged one in its place, by two renames; nothing is deleted.

    Raises:
        VaultInUseError: The damaged one is open.
        StorageError: The disk refuses; both are where they were.
    """
    with VaultLock.acquire(folder) as lock:
        making = exchange.place_beside(folder)
        with files.told(salvaged):
            salvaged.rename(making)
        aside = exchange.free_name(folder, "salvage", clock.now())
        return Placed(aside, exchange.exchange(folder, making, aside, let_go=lock.release))
