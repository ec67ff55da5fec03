"""One act, one transaction: rolled back unless committed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Self

from sqlcipher3 import dbapi2

from peernote_tui.domain.errors import (
    DiskFaultError,
    NoteSignedError,
    PeerNoteError,
    ReadOnlyFolderError,
    RefusedError,
    StorageError,
    VaultDamagedError,
    VaultFullError,
)
from peernote_tui.repository.action_items import ActionItemRepository
from peernote_tui.repository.addenda import AddendumRepository
from peernote_tui.repository.audit import AuditRepository
from peernote_tui.repository.authors import AuthorRepository
from peernote_tui.repository.calendar import CalendarRepository
from peernote_tui.repository.consents import ConsentRepository
from peernote_tui.repository.counting import CountingRepository
from peernote_tui.repository.disclosures import DisclosureRepository
from peernote_tui.repository.distinct_people import DistinctPeopleRepository
from peernote_tui.repository.drafts import DraftRepository
from peernote_tui.repository.erasures import ErasureRepository
from peernote_tui.repository.finding import FindingRepository
from peernote_tui.repository.follow_ups import FollowUpRepository
from peernote_tui.repository.group_sessions import GroupSessionRepository
from peernote_tui.repository.merges import MergeRepository
from peernote_tui.repository.narrowing import NarrowingRepository
from peernote_tui.repository.neighbours import NeighbourRepository
from peernote_tui.repository.notes import NoteRepository
from peernote_tui.repository.participant_changes import ParticipantChangeRepository
from peernote_tui.repository.participants import ParticipantRepository
from peernote_tui.repository.remembered import RememberedRepository
from peernote_tui.repository.rows import Connection
from peernote_tui.repository.rule_packs import RulePackRepository
from peernote_tui.repository.taken_records import TakenRecordRepository
from peernote_tui.repository.templates import TemplateRepository
from peernote_tui.repository.timeline import TimelineRepository

_PRIMARY_CODE = 0xFF
_SQLITE_ERROR = 1


class UnitOfWork:
    """A transaction with one repository per aggregate.

    Args:
        connection: The vault's open connection, in autocommit mode.
        reading: A read transaction; it takes no write lock and cannot be committed.
        arrived: Finds out, by the hash of the last link it added to the log, whether a transaction whose commit
            broke off is stored all the same; it may take another connection for that.

    Raises:
        VaultFullError, DiskFaultError, ReadOnlyFolderError, StorageError: The database could not take the change;
            nothing of it is stored.
        VaultDamagedError: A page could not be read as what it was.
        NoteSignedError, RefusedError: A trigger refused to change what is frozen.
    """

    authors: AuthorRepository
    participants: ParticipantRepository
    participant_changes: ParticipantChangeRepository
    distinct_people: DistinctPeopleRepository
    merges: MergeRepository
    consents: ConsentRepository
    drafts: DraftRepository
    group_sessions: GroupSessionRepository
    notes: NoteRepository
    neighbours: NeighbourRepository
    calendar: CalendarRepository
    addenda: AddendumRepository
    action_items: ActionItemRepository
    follow_ups: FollowUpRepository
    disclosures: DisclosureRepository
    erasures: ErasureRepository
    finding: FindingRepository
    narrowing: NarrowingRepository
    templates: TemplateRepository
    rule_packs: RulePackRepository
    taken_records: TakenRecordRepository
    audit: AuditRepository
    remembered: RememberedRepository
    timeline: TimelineRepository
    counting: CountingRepository

    def __init__(
        self, connection: Connection, *, reading: bool = False, arrived: Callable[[str], bool] | None = None
    ) -> None:
        self._connection = connection
        self._reading = reading
        self._arrived = arrived

    def __enter__(self) -> Self:
        try:
            self._connection.execute("BEGIN" if self._reading else "BEGIN IMMEDIATE")
        except dbapi2.Error as error:
            raise translate(error) from None
        self.authors = AuthorRepository(self._connection)
        self.participants = ParticipantRepository(self._connection)
        self.participant_changes = ParticipantChangeRepository(self._connection)
        self.merges = MergeRepository(self._connection)
        self.distinct_people = DistinctPeopleRepository(self._connection)
        self.consents = ConsentRepository(self._connection)
        self.drafts = DraftRepository(self._connection)
        self.group_sessions = GroupSessionRepository(self._connection)
        self.notes = NoteRepository(self._connection)
        self.neighbours = NeighbourRepository(self._connection)
        self.calendar = CalendarRepository(self._connection)
        self.addenda = AddendumRepository(self._connection)
        self.action_items = ActionItemRepository(self._connection)
        self.follow_ups = FollowUpRepository(self._connection)
        self.disclosures = DisclosureRepository(self._connection)
        self.erasures = ErasureRepository(self._connection)
        self.finding = FindingRepository(self._connection)
        self.narrowing = NarrowingRepository(self._connection)
        self.templates = TemplateRepository(self._connection)
        self.rule_packs = RulePackRepository(self._connection)
        self.taken_records = TakenRecordRepository(self._connection)
        self.audit = AuditRepository(self._connection)
        self.remembered = RememberedRepository(self._connection)
        self.timeline = TimelineRepository(self._connection)
        self.counting = CountingRepository(self._connection)
        return self

    def commit(self) -> None:
        """Make everything since the beginning durable; it is on disk when this returns."""
        if self._reading:
            raise RuntimeError("a reading transaction is never committed")
        try:
            self._connection.execute("COMMIT")
        except dbapi2.Error as error:
            refused = translate(error)
            if not (isinstance(refused, DiskFaultError) and self._has_arrived()):
                raise refused from None

    def _has_arrived(self) -> bool:
        """What is not in the log can be stored twice without harm, and counts as not arrived."""
        link = self.audit.last_added
        if self._arrived is None or not link:
            return False
        try:
            return self._arrived(link)
        except PeerNoteError as error:
            raise DiskFaultError(
                "The disk broke off while this change was being stored, and it cannot be told yet whether it was.",
                f"Look whether it is there before you do it again. {error.sentence}",
            ) from None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # After an I/O error SQLite has rolled back by itself, or the connection is closed; what was refused matters
        # more.
        with suppress(dbapi2.Error):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        if isinstance(error, dbapi2.Error):
            # The database's own text could quote a value.
            raise translate(error) from None
        if isinstance(error, MemoryError):
            raise _disk_fault() from None


@contextmanager
def told() -> Iterator[None]:
    """Turn what the disk refuses in the block into a refusal in words; a mistake in the SQL stays an error."""
    try:
        yield
    except dbapi2.Error as error:
        if getattr(error, "sqlite_errorcode", _SQLITE_ERROR) == _SQLITE_ERROR:
            raise
        raise translate(error) from None
    except MemoryError:
        # So SQLCipher calls a page that the disk does not give while it is at work on another.
        raise _disk_fault() from None


def _disk_fault() -> DiskFaultError:
    return DiskFaultError(
        "The disk did not read or write as it should.", "Nothing was half-written. Check the drive, then try again."
    )


def translate(error: dbapi2.Error) -> PeerNoteError:
    """A refusal in words for an error of the database; it carries nothing of what was to be stored.

    The kind follows from SQLite's result code. Only what our own triggers and constraints say is known by its text.
    """
    code = (getattr(error, "sqlite_errorcode", None) or 0) & _PRIMARY_CODE
    if code == dbapi2.SQLITE_CONSTRAINT:
        return _broken_rule(str(error))
    if code == dbapi2.SQLITE_FULL:
        return VaultFullError("There is no room left on the disk.", "Free some space; nothing saved so far is lost.")
    if code in {dbapi2.SQLITE_CORRUPT, dbapi2.SQLITE_NOTADB}:
        return VaultDamagedError(
            "A part of the vault does not read as it should.",
            "Nothing was changed. Lock and open the vault again; if it stays, F7 on the locked screen looks closer.",
        )
    if code == dbapi2.SQLITE_READONLY:
        return ReadOnlyFolderError("The vault cannot be written.", "Check the folder's permissions.")
    if code in {dbapi2.SQLITE_IOERR, dbapi2.SQLITE_CANTOPEN} or isinstance(error, dbapi2.ProgrammingError):
        # A connection that was closed after a fault answers with an error that has no code.
        return _disk_fault()
    return StorageError(
        f"The vault could not take this change ({type(error).__name__}).",
        "Nothing was half-written. Try once more; if it stays, lock and open the vault again.",
    )


def _broken_rule(text: str) -> PeerNoteError:
    if "frozen: a signed note" in text:
        return NoteSignedError("A signed note never changes.", "Write an addendum or a correction instead.")
    if "frozen: an erased record" in text:
        return RefusedError("This record was erased, so nothing enters it any more.")
    if "frozen:" in text:
        return RefusedError("This record is only ever added to; what stands in it never changes.")
    if "UNIQUE constraint failed: participants.external_id" in text:
        return RefusedError("Another participant has this ID already.", "Look them up by it, or use another ID.")
    return StorageError(
        "The vault could not take this change, because it breaks one of its rules.",
        "Nothing was stored. Check what you entered; if it stays, lock and open the vault again.",
    )
