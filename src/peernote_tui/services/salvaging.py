"""A damaged vault: saying what is damaged, looking at what still reads, and bringing it into a new vault."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from peernote_tui.domain.audit import AuditAction, chain_problems
from peernote_tui.domain.author import Author
from peernote_tui.domain.clock import Clock
from peernote_tui.domain.errors import PeerNoteError, VaultTooNewError
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.participant import Participant
from peernote_tui.repository import salvage, schema
from peernote_tui.repository.merges import parts_in
from peernote_tui.repository.rows import Connection, Row
from peernote_tui.repository.salvage import Harvest, Layout
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services import backups, unlocking
from peernote_tui.services.backups import Backup
from peernote_tui.services.kept_apart import APART
from peernote_tui.services.salvage_report import Salvage, TableSalvage
from peernote_tui.services.seal_checks import is_as_signed
from peernote_tui.services.verifying import note_problems
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import connection as database
from peernote_tui.vault import integrity, signing
from peernote_tui.vault import salvage as vault_salvage
from peernote_tui.vault.keys import Slot
from peernote_tui.vault.pages import Pages, Root
from peernote_tui.vault.salvage import Damage, DamagedVault

__all__ = ["Damage", "DamagedVault", "Salvage", "Survey"]

LOST_NAME = "(lost in damage)"
"""Stands for a participant of whom nothing but the notes is left."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What is wrong with a vault, and what there is to put it right with.

    Attributes:
        damage: What the files look like.
        tables: The tables and indexes that cannot be read to their end, as far as that can be told.
        backup: The newest backup that is usable as far as its manifest says; None when there is none.
    """

    damage: Damage
    tables: tuple[str, ...]
    backup: Backup | None


def begin(folder: Path, secret: str, *, slot: Slot = Slot.PASSPHRASE, clock: Clock | None = None) -> DamagedVault:
    """Take the key and the lock of a vault that does not open; use what comes back in a `with` block.

    With a clock, a secret that opens nothing is noted beside the vault.

    Raises:
        WrongPassphraseError: The secret opens nothing.
        VaultError: The key cannot be had; its sentence says why.
    """
    return DamagedVault.begin(folder, secret, slot=slot, now=None if clock is None else clock.now)


def survey(damaged: DamagedVault) -> Survey:
    """Say what is damaged; reads the whole file and changes nothing.

    Raises:
        StorageError: The disk refuses.
    """
    damage = damaged.damage()
    tables: tuple[str, ...] = ()
    if damage.unreadable or damage.odd_size:
        with tempfile.TemporaryDirectory(prefix="peernote-") as place, damaged.pages(Path(place) / "pages") as pages:
            tables = tuple(sorted({root.table for root in pages.roots() if not pages.reads_whole(root)}))
    return Survey(damage, tables, newest_backup(damaged.folder, damaged.vault_id))


def newest_backup(folder: Path, vault_id: UUID | None = None) -> Backup | None:
    """The newest backup beside a vault that its manifest calls usable; None when there is none."""
    try:
        found = backups.backups_of(folder)
    except PeerNoteError:
        return None
    usable = (each for each in found if each.manifest is not None and not each.problem)
    return next((each for each in usable if vault_id in {None, each.manifest and each.manifest.vault_id}), None)


def look(damaged: DamagedVault, clock: Clock) -> Workspace:
    """Open what still reads, for reading only.

    Raises:
        VaultDamagedError: Nothing can be read without salvaging.
    """
    return unlocking.workspace_to_read(damaged.look(), clock)


def mend_card(folder: Path, secret: str, *, slot: Slot = Slot.PASSPHRASE, clock: Clock | None = None) -> UUID:
    """Write a lost or damaged `vault.json` again; see `vault.salvage.mend_card`."""
    now = None if clock is None else clock.now
    return vault_salvage.mend_card(folder, secret, newest_schema=schema.newest_schema(), slot=slot, now=now)


def try_out(damaged: DamagedVault, clock: Clock, *, fill_from: Backup | None = None) -> Salvage:
    """Salvage into a place of its own that is removed again, to say what would come of it."""
    with tempfile.TemporaryDirectory(prefix="peernote-") as place:
        return carry_out(damaged, Path(place) / "tried.peernote", clock, fill_from=fill_from)


def carry_out(damaged: DamagedVault, to: Path, clock: Clock, *, fill_from: Backup | None = None) -> Salvage:
    """Bring every row that still reads into a new vault, which opens with the same passphrase and code.

    Args:
        damaged: The vault; nothing in its folder is changed.
        to: The new vault's folder; absent or empty.
        clock: The clock to work by.
        fill_from: A backup of the same vault that gives the rows which are lost; None takes none.

    Returns:
        What was found, what is lost, and what was taken from the backup.

    Raises:
        VaultTooNewError: A newer PeerNote wrote the vault.
        VaultError: The disk refuses, or the folder cannot be used; nothing of the new vault is left.
    """
    done: list[Salvage] = []
    unreadable = damaged.damage().unreadable

    def fill(connection: Connection) -> None:
        with damaged.pages(to / "reading") as pages:
            done.append(_Salvaging(damaged, connection, clock, fill_from).run(pages, unreadable))

    damaged.make_new(to, fill)
    return done[0]


@dataclass(slots=True)
class _Known:
    """What the indexes of a table say about its rows."""

    numbers: set[int] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    whole: bool = False


class _Salvaging:
    """One salvage: read, mend the links, fill, insert, tell."""

    def __init__(self, damaged: DamagedVault, connection: Connection, clock: Clock, backup: Backup | None) -> None:
        self._damaged = damaged
        self._connection = connection
        self._clock = clock
        self._backup = backup
        self._layouts: dict[str, Layout] = {}
        self._harvest = Harvest()
        self._found: dict[str, int] = {}
        self._filled: dict[str, int] = {}
        self._apart: list[Row] = []
        self._said: list[str] = []
        self._stand_ins = 0

    def run(self, pages: Pages, unreadable: tuple[int, ...]) -> Salvage:
        roots = pages.roots()
        schema.migrate(self._connection, self._clock.now(), newest=_newest_step(pages, roots))
        self._layouts = salvage.layouts(self._connection)
        known = self._read(pages, roots)
        rows = self._harvest.rows
        self._found = {table: len(rows[table]) for table in self._layouts}
        held = self._fill_from_backup(known)
        self._keep_apart()
        self._mend_links()
        self._mend_author()
        if self._stand_ins:
            people = "1 participant is" if self._stand_ins == 1 else f"{self._stand_ins} participants are"
            self._said.append(f"{people} lost but for the name; what was written about them is there.")
        with UnitOfWork(self._connection) as work:
            order = {table: rows[table].values() for table in self._layouts}
            refused = list(salvage.fill(self._connection, order))
            self._said += [_refused(table, row) for table, row in refused]
            self._remember_apart(work)
            work.audit.append(
                AuditAction.VAULT_SALVAGED,
                at=self._clock.now(),
                by=self._author_id(),
                detail=f"pages {len(unreadable)} of {pages.count}",
            )
            breaks = tuple(chain_problems(work.audit.entries()))
            work.commit()
        return Salvage(
            vault_id=str(self._damaged.vault_id),
            pages=pages.count,
            unreadable_pages=unreadable,
            tables=tuple(self._told(table, known[table], held) for table in self._layouts),
            backup=self._backup.name if self._backup is not None and held is not None else "",
            log=breaks,
            apart=tuple(str(row["id"]) for row in self._apart),
            remarks=tuple(self._said),
        )

    def _read(self, pages: Pages, roots: Iterable[Root]) -> dict[str, _Known]:
        known = {table: _Known() for table in self._layouts}
        for root in roots:
            if root.kind == "table":
                found = [(each.rowid, each.values) for each in pages.table(root.page)]
                self._harvest.take(self._layouts.get(root.name), found)
            elif root.kind == "index" and root.table in known:
                entries, whole = pages.index(root.page)
                numbers = {entry[-1] for entry in entries if entry and isinstance(entry[-1], int)}
                known[root.table].numbers |= numbers
                if root.name == f"sqlite_autoindex_{root.table}_1":
                    known[root.table].ids |= {str(entry[0]) for entry in entries}
                    known[root.table].whole = whole
        for page in range(2, pages.count + 1):
            self._harvest.take_by_shape(self._layouts, [(each.rowid, each.values) for each in pages.table(page)])
        if self._harvest.doubles:
            self._said.append(f"{self._harvest.doubles} rows were there in an older state too; the newer was kept.")
        if self._harvest.unnamed:
            self._said.append(f"{self._harvest.unnamed} rows could not be told to which table they belong.")
        return known

    def _fill_from_backup(self, known: Mapping[str, _Known]) -> dict[str, int] | None:
        """Take lost rows out of the backup; its counts, or None when there is none that reads."""
        if self._backup is None:
            return None
        try:
            vault_id, key = self._damaged.vault_id, self._damaged.data_key
            with closing(database.open_copy(self._backup.database, key, vault_id=vault_id)) as copy:
                if integrity.page_problems(copy):
                    raise VaultTooNewError("")
                there = {table: salvage.rows_of(copy, layout) for table, layout in self._layouts.items()}
        except PeerNoteError:
            self._said.append(f"The backup {self._backup.name} does not read, so nothing was taken from it.")
            return None
        erased = self._erased()
        for table, rows in there.items():
            self._filled[table] = sum(self._take_back(table, row, known[table], erased) for row in rows)
        return {table: len(rows) for table, rows in there.items()}

    def _take_back(self, table: str, row: Row, known: _Known, erased: set[str]) -> bool:
        layout, rows = self._layouts[table], self._harvest.rows
        key = row[layout.key]
        if key in rows[table] or erased & {str(row.get("participant_id")), str(row.get("subject")), str(key)}:
            return False
        if known.whole and key not in known.ids:
            # The index of ids reads whole and does not know it: it was removed, not lost.
            return False
        if table == "drafts" and key in rows["notes"]:
            return False
        if layout.numbered and row[layout.numbered] in {each[layout.numbered] for each in rows[table].values()}:
            return False
        rows[table][key] = row
        return True

    def _erased(self) -> set[str]:
        """Ids of participants whose record was erased; nothing of theirs comes back."""
        rows = self._harvest.rows
        logged = {str(row["subject"]) for row in rows["audit"].values() if "erased" in str(row["action"])}
        return logged | {str(row["participant_id"]) for row in rows["erasures"].values()} - {""}

    def _keep_apart(self) -> None:
        """Take out what is not what was signed, and what was added to it; the new vault remembers them elsewhere."""
        notes, erased = self._harvest.rows["notes"], self._erased()
        for key, row in list(notes.items()):
            emptied = row["document"] == "{}" and row["participant_id"] in erased
            if not emptied and note_problems(row):
                self._apart.append(notes.pop(key))
        # What was added to a note has no place without it, and its words stand nowhere else.
        added = self._harvest.rows["addenda"]
        for key, row in list(added.items()):
            emptied = row["document"] == "{}" and row["participant_id"] in erased
            if not emptied and (row["note_id"] not in notes or not is_as_signed(row)):
                self._apart.append(added.pop(key))

    def _mend_links(self) -> None:
        rows, changed = self._harvest.rows, True
        while changed:
            changed = False
            for table, layout in self._layouts.items():
                for link in layout.links:
                    there = {row.get(link.key) for row in rows[link.table].values()}
                    for key, row in list(rows[table].items()):
                        target = row.get(link.column)
                        if target is None or target in there:
                            continue
                        if link.table == "participants":
                            self._stand_in(str(target))
                            there.add(target)
                        elif not link.needed:
                            rows[table][key] = {**row, link.column: None}
                        else:
                            del rows[table][key]
                            self._said.append(_refused(table, row))
                        changed = True

    def _stand_in(self, participant_id: str) -> None:
        """Put somebody in the place of a participant who is lost, named as in their newest note."""
        name = LOST_NAME
        for row in self._harvest.rows["notes"].values():
            if row["participant_id"] == participant_id:
                name = _said_in(row).get("participant", {}).get("name") or name
        now = self._clock.now()
        part_of = parts_in(self._harvest.rows["merges"].values()).get(participant_id)
        person = Participant(id=participant_id, name=name, created_at=now, changed_at=now, merged_into=part_of)
        with UnitOfWork(self._connection) as work:
            work.participants.add(person, by="")
            found = salvage.rows_of(self._connection, self._layouts["participants"])
            # Not committed: the row goes in with the others.
        self._harvest.rows["participants"].update({row["id"]: row for row in found if row["id"] == participant_id})
        self._stand_ins += 1

    def _mend_author(self) -> None:
        if self._harvest.rows["authors"]:
            return
        newest = max(self._harvest.rows["notes"].values(), key=lambda row: row["sequence"], default=None)
        said = _said_in(newest).get("author", {}) if newest else {}
        pair, now = signing.generate_signing_key(), self._clock.now()
        author = Author(
            id=new_id(now),
            name=said.get("name") or LOST_NAME,
            credential=said.get("credential") or "",
            public_key=pair.public.hex(),
        )
        with UnitOfWork(self._connection) as work:
            work.authors.add(author, secret_key=pair.secret.hex(), at=now)
            found = salvage.rows_of(self._connection, self._layouts["authors"])
        self._harvest.rows["authors"].update({row["id"]: row for row in found})
        self._said.append("The signing key was lost; a new one signs from now on. Older seals hold as they are.")

    def _author_id(self) -> str:
        return str(min(self._harvest.rows["authors"].values(), key=lambda row: (row["created_at"], row["id"]))["id"])

    def _remember_apart(self, work: UnitOfWork) -> None:
        if self._apart:
            work.remembered.put(APART, self._apart, at=self._clock.now(), by=self._author_id())

    def _told(self, table: str, known: _Known, held: Mapping[str, int] | None) -> TableSalvage:
        layout, rows = self._layouts[table], self._harvest.rows[table]
        numbers = self._harvest.numbers[table]
        lost = known.numbers - numbers
        if layout.numbered == "sequence" and numbers | known.numbers:
            lost |= set(range(1, max(numbers | known.numbers) + 1)) - numbers
        still = known.ids - {str(key) for key in rows} if layout.key == "id" else set()
        back = self._filled.get(table, 0)
        return TableSalvage(
            table=table,
            found=self._found[table],
            lost=max(0, len(lost) - back),
            complete=known.whole or layout.numbered == "sequence",
            from_backup=back,
            in_backup=None if held is None else held.get(table, 0),
            lost_ids=tuple(sorted(still)),
            lost_numbers=_ranges(lost - {row.get("sequence") for row in rows.values()}) if layout.numbered else (),
        )


def _newest_step(pages: Pages, roots: Iterable[Root]) -> str:
    """The last schema step the damaged vault knows, so that the new one is made like it; empty when that is lost.

    Raises:
        VaultTooNewError: It knows a step that this program does not.
    """
    steps: set[str] = set()
    for root in roots:
        if root.name == "migration_journal" and root.kind == "table":
            steps |= {str(each.values[0]) for each in pages.table(root.page) if each.values}
    if steps - set(schema.migration_names()):
        raise VaultTooNewError("This vault was written by a newer PeerNote.", "Install the newest PeerNote.")
    return max(steps, default="")


def _said_in(row: Row) -> dict[str, Any]:
    try:
        said = json.loads(row["document"])
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _refused(table: str, row: Row) -> str:
    name = str(row.get("id") or row.get("sequence") or "")[:13]
    return f"A row of {table} ({name}) belongs to something that is lost, or is there already; it was left out."


def _ranges(numbers: Iterable[Any]) -> tuple[str, ...]:
    """Numbers as people write them: 3, 7–12."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return tuple(str(first) if first == last else f"{first}–{last}" for first, last in spans)
