"""What a service works with: the open vault, the clock, the author and the templates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.author import Author
from peernote_tui.domain.clock import Clock, local_now
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.template import Template
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.narrowing import KeptNarrowing
from peernote_tui.services.people_index import KeptIndex
from peernote_tui.services.templates import TemplateKey
from peernote_tui.vault import read_only
from peernote_tui.vault.attempts import Attempts
from peernote_tui.vault.vault import Vault


@dataclass
class Standing:
    """What one run met on the disk, and what is therefore to be said.

    Attributes:
        reserve_used: There was no room, the reserve is given up and not made again yet.
        rescued: By draft id, what had to be kept in rescue files, and where.
        failed_attempts: Attempts to open the vault in vain that entered the log when it was opened.
    """

    reserve_used: bool = False
    rescued: dict[str, tuple[Draft, Path]] = field(default_factory=dict, repr=False)
    failed_attempts: Attempts | None = None


@dataclass(frozen=True)
class Workspace:
    """An unlocked vault, ready to work in. Joined once, when the vault is opened.

    Attributes:
        retired: Ids of the templates that no new note is begun in.
        standing: What this run met on the disk.
        people: What everybody is found by.
        narrowed: Whom a filter left last.
    """

    vault: Vault = field(repr=False)
    clock: Clock
    author: Author
    templates: dict[TemplateKey, Template] = field(repr=False)
    retired: set[str] = field(default_factory=set, repr=False)
    standing: Standing = field(default_factory=Standing, init=False, repr=False, compare=False)
    people: KeptIndex = field(default_factory=KeptIndex, init=False, repr=False, compare=False)
    narrowed: KeptNarrowing = field(default_factory=KeptNarrowing, init=False, repr=False, compare=False)

    def changing(self) -> UnitOfWork:
        """A transaction that may write; rolled back unless committed.

        Raises:
            VaultError: The vault is open for reading only; it says why.
        """
        self.require_writable()
        return UnitOfWork(self.vault.connection, arrived=self._arrived)

    def require_writable(self) -> None:
        """Refuse what would change a vault that is only read.

        Raises:
            VaultError: The vault is open for reading only; it says why.
        """
        if self.vault.read_only_because is not None:
            raise read_only.refusal(self.vault.read_only_because)

    def reading(self) -> UnitOfWork:
        """A transaction that only reads."""
        return UnitOfWork(self.vault.connection, reading=True)

    def log(self, work: UnitOfWork, action: AuditAction, subject: str = "", detail: str = "") -> None:
        """Add to the log, in the transaction of what it records."""
        work.audit.append(action, at=self.clock.now(), by=self.author.id, subject=subject, detail=detail)

    def _arrived(self, link: str) -> bool:
        """Whether a transaction whose commit broke off is in the vault; looks on a new connection.

        Args:
            link: Hash of the last link it added to the log, which no other transaction can have added.

        Raises:
            PeerNoteError: The vault cannot be looked into now.
        """
        self.vault.reopen()
        with self.reading() as work:
            return work.audit.head()[1] == link

    @property
    def local_now(self) -> datetime:
        """The present on the person's wall clock, aware."""
        return local_now(self.clock)

    @property
    def today(self) -> date:
        """Today in the person's zone."""
        return self.local_now.date()
