"""Participants out of a file and into the vault: what would happen, and doing it, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from peernote_tui.documents.people.births import DateOrder
from peernote_tui.documents.people.groups import yes_or_no
from peernote_tui.documents.people.rows import Plan, Planned
from peernote_tui.documents.people.table import LARGEST_FILE, PeopleFileError, require_size
from peernote_tui.domain.answers import Asked
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.errors import InvalidInputError, PeerNoteError
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.page_fields import Entries, label_key, settled_entries
from peernote_tui.domain.participant import CustomField, Participant, ParticipantDetails, Safe
from peernote_tui.domain.template import FieldKind, TemplateField
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services import backups
from peernote_tui.services.known_people import KnownPeople, who
from peernote_tui.services.page_fields import page_fields
from peernote_tui.services.workspace import Workspace
from peernote_tui.vault import files

_EVERY = 100


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    DUPLICATE = "duplicate"
    BAD = "bad"


class Duplicates(StrEnum):
    """What to do with rows that are likely in the vault already, or twice in the file."""

    SKIP = "skip"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What would become of one row.

    Attributes:
        line: Where it begins in the file.
        outcome: What it is.
        reason: Why it is bad or a likely duplicate, in a sentence.
        like: Ids of the participants it is likely the same as.
        like_whom: The likeliest of them by name, ID and year of birth.
        name: Whom the row is about; empty when it is bad.
        same_id: Whether it has the ID of a participant in the vault, so that it cannot be added as it is.
    """

    line: int
    outcome: Outcome
    reason: str = ""
    like: tuple[str, ...] = ()
    name: str = ""
    like_whom: str = ""
    same_id: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What would become of every row.

    Attributes:
        rows: In the order of the file.
        told: Sentences on how the file is read.
    """

    rows: tuple[Verdict, ...]
    told: tuple[str, ...]

    def of(self, outcome: Outcome) -> tuple[Verdict, ...]:
        """The rows of one kind."""
        return tuple(row for row in self.rows if row.outcome is outcome)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did.

    Attributes:
        added: The line and the id of each new participant.
        skipped: Rows that were left out as likely duplicates.
        left_out: Bad rows that were left out on purpose.
    """

    added: tuple[tuple[int, str], ...]
    skipped: tuple[Verdict, ...]
    left_out: tuple[Verdict, ...]


class BadRowsError(InvalidInputError):
    """Rows of a file cannot be taken in; `rows` names every one, and nothing was written."""

    def __init__(self, rows: tuple[Verdict, ...]) -> None:
        some = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
        super().__init__(f"{some} cannot be taken in. Nothing was written.", "", field="file")
        self.rows = rows


class ImportStoppedError(PeerNoteError):
    """An import was ended before it was whole, because somebody asked for that."""


@dataclass(frozen=True, slots=True)
class Watching:
    """Who looks on while much is done.

    Attributes:
        progress: Told how many rows are done, of how many.
        stop: Asked now and then; True ends the work.
    """

    progress: Callable[[int, int], None] = lambda _done, _total: None
    stop: Callable[[], bool] = lambda: False

    def step(self, done: int, total: int) -> None:
        """Tell how far it is, and go on unless somebody asks to end.

        Raises:
            ImportStoppedError: Somebody does.
        """
        if done % _EVERY == 0 or done == total:
            self.progress(done, total)
            if self.stop():
                raise ImportStoppedError("The import was stopped. Nothing of it is in the vault.")

    def reading(self, rows: int) -> None:
        """The same while a file is read, of which nobody knows yet how long it is."""
        self.progress(rows, 0)
        if self.stop():
            raise ImportStoppedError("The import was stopped. Nothing of it is in the vault.")


def load_file(path: Path) -> bytes:
    """A file of people; its size is looked at before it is read.

    Raises:
        StorageError: The disk refuses.
        PeopleFileError: It is no file, is empty, or larger than a list of people.
    """
    path = files.spelled_out(path)
    if path.is_dir():
        raise PeopleFileError("This is a folder.", "Name the file in it.")
    with files.told(path, reading=True):
        if not path.is_file() and path.exists():
            raise PeopleFileError("This is no file.", "Name a CSV, XLSX or vCard file.")
        size = path.stat().st_size
        require_size(size)
        with path.open("rb") as file:
            # It may grow while it is read.
            data = file.read(LARGEST_FILE + 1)
    require_size(len(data))
    return data


def preview_people(workspace: Workspace, plan: Plan, watching: Watching | None = None) -> Preview:
    """What an import would do, row by row; nothing is written.

    Raises:
        ImportStoppedError: `watching` said so.
    """
    watching = watching or Watching()
    with workspace.reading() as work:
        known = KnownPeople(work.participants.every(archived=True))
    rows = []
    for done, row in enumerate(_rows(workspace, plan), start=1):
        rows.append(_verdict(row, known))
        watching.step(done, len(plan.table.rows))
    return Preview(tuple(rows), plan.told)


def import_people(
    workspace: Workspace,
    plan: Plan,
    *,
    duplicates: Duplicates = Duplicates.SKIP,
    add_anyway: frozenset[int] = frozenset(),
    skip_bad: bool = False,
    watching: Watching | None = None,
) -> Imported:
    """Add the participants of a file, in one transaction, after a backup.

    Args:
        workspace: The open vault.
        plan: The file and how it is read.
        duplicates: What to do with likely duplicates.
        add_anyway: Lines of likely duplicates that are added all the same.
        skip_bad: Leave bad rows out and take the others in.
        watching: Who looks on and may end it.

    Raises:
        BadRowsError: Rows are bad; every one is named, and nothing is written.
        ImportStoppedError: `watching` said so; nothing is written.
    """
    watching = watching or Watching()
    preview = preview_people(workspace, plan, watching)
    likely = preview.of(Outcome.DUPLICATE)
    skipped = () if duplicates is Duplicates.ADD else tuple(row for row in likely if row.line not in add_anyway)
    # Two participants never have one ID, whatever was said of duplicates.
    unique = {row.line for row in likely if row.same_id} - {row.line for row in skipped}
    bad = tuple(row for row in preview.rows if row.outcome is Outcome.BAD or row.line in unique)
    if bad and not skip_bad:
        raise BadRowsError(bad)
    without = {row.line for row in (*bad, *skipped)}
    wanted = len(preview.rows) - len(without)
    if wanted and backups.has_somebody(workspace):
        backups.back_up_before(workspace, backups.Kind.BEFORE_IMPORT)
    added: list[tuple[int, str]] = []
    if wanted:
        now = workspace.clock.now()
        with workspace.changing() as work:
            for line, details in _chosen(workspace, plan, without):
                added.append((line, _add(workspace, work, details, now)))
                watching.step(len(added), wanted)
            detail = f"{plan.table.kind.value} {len(added)} added {len(skipped)} duplicates {len(bad)} bad"
            workspace.log(work, AuditAction.PARTICIPANTS_IMPORTED, detail=detail)
            work.commit()
    return Imported(tuple(added), skipped, bad)


def _rows(workspace: Workspace, plan: Plan) -> Iterator[Planned]:
    """Every row, what it answers to the fields of a page as it is understood."""
    fields = page_fields(workspace)
    order = plan.births.order
    asked = Asked(workspace.local_now, None if order is None else order is DateOrder.DMY)
    for row in plan.rows():
        if row.details is None or not row.details.custom or not fields:
            yield row
            continue
        try:
            told = _with_plain_yes(fields, row.details.custom)
            # A list seldom has a column for everything that a page needs; that is asked when the page is changed.
            entries = settled_entries(fields, told, (), asked, whole=False)
        except InvalidInputError as error:
            yield Planned(row.line, None, error.sentence)
        else:
            yield replace(row, details=row.details.model_copy(update={"custom": entries}))


def _with_plain_yes(fields: Sequence[TemplateField], entries: Entries) -> Entries:
    """Where yes or no is asked, what lists write for it: true, x, ja."""
    labels = {label_key(field.label) for field in fields if field.kind is FieldKind.YES_NO}
    return tuple(
        CustomField(label=each.label, value=said.value)
        if label_key(each.label) in labels and (said := yes_or_no(each.value)) in (Safe.YES, Safe.NO)
        else each
        for each in entries
    )


def _chosen(workspace: Workspace, plan: Plan, without: set[int]) -> Iterator[tuple[int, ParticipantDetails]]:
    for row in _rows(workspace, plan):
        if row.details is not None and row.line not in without:
            yield row.line, row.details


def _add(workspace: Workspace, work: UnitOfWork, details: ParticipantDetails, now: datetime) -> str:
    values = {name: getattr(details, name) for name in ParticipantDetails.model_fields}
    person = Participant(**values, id=new_id(now), created_at=now, changed_at=now)
    work.participants.add(person, by=workspace.author.id)
    workspace.log(work, AuditAction.PARTICIPANT_ADDED, person.id, "imported")
    return person.id


def _verdict(row: Planned, known: KnownPeople) -> Verdict:
    details = row.details
    if details is None:
        return Verdict(row.line, Outcome.BAD, row.problem)
    owner = known.with_id(details.external_id)
    if owner is not None:
        if known.is_somebody_else(details, owner):
            return Verdict(row.line, Outcome.BAD, "This ID belongs to another participant in the vault.")
        reason = "The ID is in the vault already."
        return Verdict(row.line, Outcome.DUPLICATE, reason, (owner.id,), details.name, who(owner), same_id=True)
    likely = known.likely(details)
    if likely is not None:
        return Verdict(row.line, Outcome.DUPLICATE, likely.reason, likely.ids, details.name, likely.who)
    if row.like_line:
        reason = f"Line {row.like_line} is likely the same person."
        return Verdict(row.line, Outcome.DUPLICATE, reason, (), details.name)
    return Verdict(row.line, Outcome.NEW, name=details.name)
