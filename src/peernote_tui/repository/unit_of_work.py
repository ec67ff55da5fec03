"""One act, one transaction: rolled back unless committed."""

from __future__ import annotations

from contextlib import suppress
from types import TracebackType
from typing import Self

from sqlcipher3 import dbapi2

from peernote_tui.domain.errors import (
    DiskFullError,
    NoteSignedError,
    PeerNoteError,
    ReadOnlyFolderError,
    RefusedError,
    StorageError,
    VaultDamagedError,
)
from peernote_tui.repository.action_items import ActionItemRepository
from peernote_tui.repository.audit import AuditRepository
from peernote_tui.repository.authors import AuthorRepository
from peernote_tui.repository.consents import ConsentRepository
from peernote_tui.repository.drafts import DraftRepository
from peernote_tui.repository.follow_ups import FollowUpRepository
from peernote_tui.repository.notes import NoteRepository
from peernote_tui.repository.participants import ParticipantRepository
from peernote_tui.repository.remembered import RememberedRepository
from peernote_tui.repository.rows import Connection


class UnitOfWork:
    """A transaction with one repository per aggregate.

    Args:
        connection: The vault's open connection, in autocommit mode.
        reading: A read transaction; it takes no write lock and cannot be committed.

    Raises:
        DiskFullError, ReadOnlyFolderError, StorageError: The database could not take the change; nothing of
            it is stored.
        VaultDamagedError: A page could not be read as what it was.
        NoteSignedError, RefusedError: A trigger refused to change what is frozen.
    """

    authors: AuthorRepository
    participants: ParticipantRepository
    consents: ConsentRepository
    drafts: DraftRepository
    notes: NoteRepository
    action_items: ActionItemRepository
    follow_ups: FollowUpRepository
    audit: AuditRepository
    remembered: RememberedRepository

    def __init__(self, connection: Connection, *, reading: bool = False) -> None:
        self._connection = connection
        self._reading = reading

    def __enter__(self) -> Self:
        try:
            self._connection.execute("BEGIN" if self._reading else "BEGIN IMMEDIATE")
        except dbapi2.Error as error:
            raise translate(error) from None
        self.authors = AuthorRepository(self._connection)
        self.participants = ParticipantRepository(self._connection)
        self.consents = ConsentRepository(self._connection)
        self.drafts = DraftRepository(self._connection)
        self.notes = NoteRepository(self._connection)
        self.action_items = ActionItemRepository(self._connection)
        self.follow_ups = FollowUpRepository(self._connection)
        self.audit = AuditRepository(self._connection)
        self.remembered = RememberedRepository(self._connection)
        return self

    def commit(self) -> None:
        """Make everything since the beginning durable; it is on disk when this returns."""
        if self._reading:
            raise RuntimeError("a reading transaction is never committed")
        try:
            self._connection.execute("COMMIT")
        except dbapi2.Error as error:
            raise translate(error) from None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection.in_transaction:
            # After an I/O error SQLite has rolled back by itself; what was refused matters more.
            with suppress(dbapi2.Error):
                self._connection.execute("ROLLBACK")
        if isinstance(error, dbapi2.Error):
            # The database's own text could quote a value.
            raise translate(error) from None


def translate(error: dbapi2.Error) -> PeerNoteError:
    """A refusal in words for an error of the database; it carries nothing of what was to be stored."""
    text = str(error)
    if "frozen: a signed note" in text:
        return NoteSignedError("A signed note never changes.", "Write an addendum or a correction instead.")
    if "frozen:" in text:
        return RefusedError("This record is only ever added to; what stands in it never changes.")
    if "disk is full" in text:
        return DiskFullError("There is no room left on the disk.", "Free some space; nothing saved so far is lost.")
    if "disk image is malformed" in text or "not a database" in text:
        return VaultDamagedError(
            "A part of the vault does not read as it should.",
            "Nothing was changed. Lock and open the vault again; if it stays, put back a backup: peernote backup list.",
        )
    if "readonly" in text:
        return ReadOnlyFolderError("The vault cannot be written.", "Check the folder's permissions.")
    if "UNIQUE constraint failed: participants.external_id" in text:
        return RefusedError("Another participant has this ID already.", "Look them up by it, or use another ID.")
    return StorageError(
        f"The vault could not take this change ({type(error).__name__}).",
        "Nothing was half-written. Try once more; if it stays, lock and open the vault again.",
    )
