"""What a service works with: the open vault, the clock, the author and the templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.author import Author
from peernote_tui.domain.clock import Clock, local_now
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.template import Template
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.templates import TemplateKey
from peernote_tui.vault import read_only
from peernote_tui.vault.vault import Vault


@dataclass(frozen=True)
class Workspace:
    """An unlocked vault, ready to work in. Joined once, when the vault is opened.

    Attributes:
        rescued: By draft id, what this run had to keep in rescue files, and where.
    """

    vault: Vault = field(repr=False)
    clock: Clock
    author: Author
    templates: Mapping[TemplateKey, Template] = field(repr=False)
    rescued: dict[str, tuple[Draft, Path]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def changing(self) -> UnitOfWork:
        """A transaction that may write; rolled back unless committed.

        Raises:
            VaultError: The vault is open for reading only; it says why.
        """
        if self.vault.read_only_because is not None:
            raise read_only.refusal(self.vault.read_only_because)
        return UnitOfWork(self.vault.connection)

    def reading(self) -> UnitOfWork:
        """A transaction that only reads."""
        return UnitOfWork(self.vault.connection, reading=True)

    def log(self, work: UnitOfWork, action: AuditAction, subject: str = "", detail: str = "") -> None:
        """Add to the log, in the transaction of what it records."""
        work.audit.append(action, at=self.clock.now(), by=self.author.id, subject=subject, detail=detail)

    @property
    def local_now(self) -> datetime:
        """The present on the person's wall clock, aware."""
        return local_now(self.clock)

    @property
    def today(self) -> date:
        """Today in the person's zone."""
        return self.local_now.date()
