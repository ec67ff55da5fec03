"""Which action items are marked, so that the next key means all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class Marks:
    """Ids of marked action items, in the order they were marked."""

    def __init__(self) -> None:
        self._ids: dict[str, None] = {}

    def __len__(self) -> int:
        """How many are marked."""
        return len(self._ids)

    def __iter__(self) -> Iterator[str]:
        """The ids."""
        return iter(self._ids)

    def __contains__(self, action_id: object) -> bool:
        """Whether this one is marked."""
        return action_id in self._ids

    def toggle(self, action_id: str) -> None:
        """Mark one, or take its mark away."""
        if action_id in self._ids:
            del self._ids[action_id]
        else:
            self._ids[action_id] = None

    def add(self, ids: Iterable[str]) -> None:
        """Mark these, too."""
        self._ids.update(dict.fromkeys(ids))

    def clear(self) -> None:
        """Mark none."""
        self._ids.clear()

    def keep(self, ids: Iterable[str]) -> int:
        """Keep only marks on these; gives how many marks went."""
        there = set(ids)
        gone = [each for each in self._ids if each not in there]
        for each in gone:
            del self._ids[each]
        return len(gone)
