"""What a salvage found, in numbers and sentences; never what was written."""

from __future__ import annotations

from peernote_tui.domain.base import Model

WORDS = {
    "authors": ("author", "authors"),
    "participants": ("participant", "participants"),
    "consents": ("entry about consent", "entries about consent"),
    "drafts": ("draft", "drafts"),
    "group_sessions": ("group session", "group sessions"),
    "notes": ("signed note", "signed notes"),
    "action_items": ("action item", "action items"),
    "action_events": ("step of an action item", "steps of action items"),
    "follow_ups": ("meeting", "meetings"),
    "merges": ("merge of two records", "merges of two records"),
    "audit": ("entry of the log", "entries of the log"),
}
_LEAST = ("participants", "drafts", "notes")


class TableSalvage(Model):
    """What became of one table."""

    table: str
    found: int
    """Rows that still read."""
    lost: int
    """Rows that are known to be lost, after what the backup gave."""
    complete: bool
    """Whether `lost` is all of them; else more may be lost that nothing tells of."""
    from_backup: int
    """Rows that were lost and came back from the backup."""
    in_backup: int | None
    """Rows the backup holds; None when none was asked."""
    lost_ids: tuple[str, ...]
    """Ids of lost rows, as far as an index still knows them."""
    lost_numbers: tuple[str, ...]
    """Numbers of lost rows, such as `7–12`."""

    @property
    def words(self) -> str:
        """The rows that are in the new vault, counted in words."""
        return counted(self.table, self.found + self.from_backup)


class Salvage(Model):
    """What a salvage brought into the new vault, and what it could not."""

    vault_id: str
    pages: int
    unreadable_pages: tuple[int, ...]
    tables: tuple[TableSalvage, ...]
    backup: str
    """Name of the backup that gave lost rows; empty when none did."""
    log: tuple[str, ...]
    """Where the chain of the log is broken."""
    apart: tuple[str, ...]
    """Ids of notes whose text does not fit their seal; the new vault keeps them apart."""
    remarks: tuple[str, ...]

    @property
    def nothing_lost(self) -> bool:
        """Whether everything there was is in the new vault, as far as can be told."""
        whole = all(not each.lost and (each.complete or not self.unreadable_pages) for each in self.tables)
        return whole and not (self.apart or self.log or self.remarks)

    def lines(self) -> list[str]:
        """The list of what is there and what is lost, for people."""
        known = [each for each in self.tables if each.table in WORDS]
        kept = [each.words for each in known if each.table in _LEAST or each.found or each.from_backup]
        lines = [f"In the new vault: {', '.join(kept)}."]
        lines += [
            f"Taken from the backup {self.backup}: {counted(each.table, each.from_backup)}."
            for each in self.tables
            if each.from_backup
        ]
        for each in self.tables:
            if each.lost:
                lines.append(f"Lost: {counted(each.table, each.lost)}{_which(each)}.")
            elif not each.complete and self.unreadable_pages:
                lines.append(f"Of {WORDS.get(each.table, ('', each.table))[1]} more may be lost than can be told.")
        if self.apart:
            lines.append(
                f"Kept apart, because the text is not what was signed: {counted('notes', len(self.apart))}. "
                "To read them in the new vault: peernote salvage --kept"
            )
        lines += [*self.log, *self.remarks]
        if self.nothing_lost:
            lines.append("Nothing is lost, as far as can be told.")
        return lines


def counted(table: str, count: int) -> str:
    """A number of rows in words."""
    one, many = WORDS.get(table, (f"row of {table}", f"rows of {table}"))
    return f"{count} {one if count == 1 else many}"


def _which(each: TableSalvage) -> str:
    if each.lost_numbers:
        return f" (number {', '.join(each.lost_numbers)})"
    if each.lost_ids:
        return f" ({', '.join(name[:13] for name in each.lost_ids[:20])})"
    return ""
