"""The index of everybody, kept in memory while the vault is open, and never older than the vault."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from peernote_tui.repository.finding import FindingRepository
from peernote_tui.repository.unit_of_work import UnitOfWork, told

if TYPE_CHECKING:
    from peernote_tui.domain.finding.index import PeopleIndex
    from peernote_tui.repository.rows import Connection
    from peernote_tui.vault.vault import Vault

_SLICE = 250


class KeptIndex:
    """The index of one open vault. Nothing is read before somebody looks or `prepare` is asked; nothing is stored."""

    def __init__(self) -> None:
        self._connection: Connection | None = None
        self._index: PeopleIndex
        self._watched = False
        self._seen = 0
        self._after = ""
        self._complete = False
        self._part_of: dict[str, str] = {}

    def prepare(self, vault: Vault) -> bool:
        """Read some more of the people, for a few hundredths of a second; whether everybody is in it now."""
        self._begin(vault)
        if not self._complete:
            with UnitOfWork(vault.connection, reading=True) as work:
                ids = work.finding.next_ids(self._after, _SLICE)
                self._put(work.finding, ids)
            self._complete = len(ids) < _SLICE
            self._after = ids[-1] if ids else self._after
        return self._complete

    def if_known(self, vault: Vault) -> PeopleIndex | None:
        """The index with everything that is in the vault now, unless it would have to be read first."""
        return self.fresh(vault) if self._complete and vault.connection is self._connection else None

    def fresh(self, vault: Vault) -> PeopleIndex:
        """The index with everything that is in the vault now.

        Raises:
            StorageError, VaultDamagedError: The disk refuses.
        """
        while not self.prepare(vault):
            pass
        if self._watched:
            with UnitOfWork(vault.connection, reading=True) as work:
                seen, changed = work.finding.changed_since(self._seen)
                if changed:
                    before = self._part_of
                    self._part_of = work.finding.part_of()
                    self._put(work.finding, {*changed, *(before[each] for each in changed if each in before)})
                self._seen = seen
        return self._index

    def _begin(self, vault: Vault) -> None:
        """Start anew where the vault has another connection than the one that was read and watched."""
        connection = vault.connection
        if connection is self._connection:
            return
        from peernote_tui.domain.finding.index import PeopleIndex  # noqa: PLC0415 not needed on the way to Today

        self._index, self._seen, self._after, self._complete = PeopleIndex(), 0, "", False
        self._watched = not vault.read_only
        with told():
            finding = FindingRepository(connection)
            if self._watched:
                finding.watch()
                self._seen, _ = finding.changed_since(0)
            self._part_of = finding.part_of()
        self._connection = connection

    def _put(self, finding: FindingRepository, ids: Iterable[str]) -> None:
        """Read these people anew; who became part of another record is found as that one."""
        groups: dict[str, list[str]] = {self._whole(each): [] for each in ids}
        for part in self._part_of:
            whole = self._whole(part)
            if whole in groups:
                groups[whole].append(part)
        gone = {*groups, *(each for each in ids if each in self._part_of)}
        for sought in finding.sought([[whole, *parts] for whole, parts in groups.items()]):
            self._index.put(sought)
            gone.discard(sought.id)
        for each in gone:
            self._index.remove(each)

    def _whole(self, participant_id: str) -> str:
        """The record that one is part of in the end; itself when of none."""
        seen = set()
        while participant_id in self._part_of and participant_id not in seen:
            seen.add(participant_id)
            participant_id = self._part_of[participant_id]
        return participant_id
