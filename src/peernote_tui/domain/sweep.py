"""The end of day sweep: what comes next, what was passed over, and how far one is. Keys only, no words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from peernote_tui.domain.base import Model


class Swept(Model):
    """Where a person is in the sweep of one day; kept, so that it goes on where it was left.

    What was settled is never noted here: it is no longer owed, and so no longer among the keys.
    """

    day: date
    shown: tuple[str, ...] = ()
    """Keys of what stood in front once, in that order."""
    skipped: tuple[str, ...] = ()
    """Keys of what comes round again at the end, the first skipped first."""
    left: tuple[str, ...] = ()
    """Keys of what is left for tomorrow."""

    def showing(self, key: str) -> Swept:
        """With this in front."""
        return self if key in self.shown else self.model_copy(update={"shown": (*self.shown, key)})

    def passing(self, key: str) -> Swept:
        """With this passed over: it comes round again, and the second time it is left for tomorrow."""
        if key in self.skipped:
            rest = tuple(each for each in self.skipped if each != key)
            return self.model_copy(update={"skipped": rest, "left": (*self.left, key)})
        return self.model_copy(update={"skipped": (*self.skipped, key)})

    def back(self, keys: Sequence[str], current: str | None) -> Swept | None:
        """With what was passed over last before this in front again; None where nothing was.

        Args:
            keys: Of everything that is owed now, in order.
            current: What is in front.
        """
        skipped = [key for key in self.skipped if key in keys and key != current]
        left = [key for key in self.left if key in keys]
        # What is left is left in the last round, after everything that was skipped.
        passed = skipped + left if current is None or current in self.skipped else left + skipped
        if not passed:
            return None
        last = passed[-1]
        return self.model_copy(
            update={
                "skipped": tuple(key for key in self.skipped if key != last),
                "left": tuple(key for key in self.left if key != last),
            }
        )


class Progress(Model):
    """What is in front, and how far one is."""

    current: str | None
    """Key of what is in front; None at the end."""
    number: int
    """Which one of `total` it is, from 1."""
    total: int
    again: bool
    """Whether it was skipped before, so that it may be left for tomorrow now."""
    left: tuple[str, ...]
    """Keys of what is left for tomorrow and still owed, in order."""


def progress(swept: Swept, keys: Sequence[str], owed: int) -> Progress:
    """What is in front, given what is owed now.

    Args:
        swept: What was passed over so far.
        keys: Of what is owed, in the order of the walk; the first ones where there are very many.
        owed: How much is owed in all.
    """
    left = tuple(key for key in keys if key in swept.left)
    fresh = [key for key in keys if key not in swept.left and key not in swept.skipped]
    again = [key for key in swept.skipped if key in keys]
    settled = sum(key not in keys for key in swept.shown)
    current = next(iter(fresh or again), None)
    before = settled + len(left) + (len(again) if fresh else 0)
    total = settled + owed
    return Progress(
        current=current,
        number=min(before + 1, max(total, 1)),
        total=total,
        again=current is not None and not fresh,
        left=left,
    )
