"""The log as people read it: the newest first, with whom each entry is about."""

from __future__ import annotations

from datetime import date, datetime, time

from peernote_tui.documents.log_words import entry_words
from peernote_tui.domain.audit import AuditEntry, anchor_words
from peernote_tui.domain.base import Model, clean_text
from peernote_tui.domain.called import AboutParticipant
from peernote_tui.domain.clock import in_zone
from peernote_tui.services.namesakes import rows_apart
from peernote_tui.services.participants import resolve_participant
from peernote_tui.services.workspace import Workspace


class LogLine(AboutParticipant):
    """One entry of the log, and whom it is about."""

    entry: AuditEntry
    at: datetime
    """When, on the person's wall clock; aware."""
    by: str
    """Name of who did it; their id when the vault does not know them."""
    what: str
    """What happened, in words."""
    participant_id: str = ""
    """Whom it is about; empty when about nobody."""
    participant_name: str = ""
    """Empty when the record was erased."""

    @property
    def about_id(self) -> str:
        """Id of the participant."""
        return self.participant_id


class LogPage(Model):
    """A page of the log."""

    lines: tuple[LogLine, ...]
    more: bool
    """Whether there are earlier entries."""
    length: int
    """Entries of the whole log."""
    head: str
    """Hash of the last one, hexadecimal."""

    @property
    def anchor(self) -> str:
        """The head of the log as it is printed."""
        return anchor_words(self.length, self.head)


def read_log(
    workspace: Workspace,
    *,
    participant_id: str | None = None,
    since: date | None = None,
    before: int | None = None,
    limit: int = 50,
) -> LogPage:
    """A page of the log, the newest entry first.

    Args:
        workspace: The open vault.
        participant_id: Only about this participant, an erased one included: their page, notes, consents and actions.
        since: Only from this day on, in the person's zone.
        before: Only entries with a smaller number, for the next page.
        limit: How many.
    """
    now = workspace.local_now
    start = None if since is None else datetime.combine(since, time(), tzinfo=now.tzinfo)
    with workspace.reading() as work:
        entries = work.audit.page(participant_id=participant_id, since=start, before=before, limit=limit + 1)
        shown = entries[:limit]
        about = work.audit.participants_of(tuple({entry.subject for entry in shown if entry.subject}))
        length, head = work.audit.head()
        names = {workspace.author.id: workspace.author.name}
        lines = tuple(
            LogLine(
                entry=entry,
                at=in_zone(entry.at, workspace.clock.zone),
                by=names.get(entry.by, entry.by),
                what=entry_words(entry),
                **about.get(entry.subject, {}),
            )
            for entry in shown
        )
        lines = rows_apart(work, lines)
    return LogPage(lines=lines, more=len(entries) > limit, length=length, head=head)


def participant_of_log(workspace: Workspace, reference: str) -> str:
    """The id of whom the log is to be read about: as for `resolve_participant`, or the id of an erased record.

    Raises:
        NotFoundError: Nobody, or more than one participant, is meant.
    """
    with workspace.reading() as work:
        whole = clean_text(reference).strip().lower()
        if work.erasures.erased_at(whole) is not None:
            return whole
    return resolve_participant(workspace, reference).id
