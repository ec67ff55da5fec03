"""The report over a period: contacts, hours, units, on-time share, no-shows, open actions. No names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from peernote_tui.documents.report_file import ReportForm, report_file
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.counting import CountedContact
from peernote_tui.domain.note import NoteKind, length_in_minutes
from peernote_tui.domain.period import Period
from peernote_tui.domain.report import CONTACT_COUNTS, COUNTS, PeriodReport
from peernote_tui.domain.rule_pack import RulePack
from peernote_tui.domain.template import Template
from peernote_tui.domain.timeliness import due_after
from peernote_tui.domain.unit_rounding import UnitRounding, count_units
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.rule_packs import due_clock, every_pack, pack_in_force
from peernote_tui.services.templates import newest_template
from peernote_tui.services.working_days import working_days_in
from peernote_tui.services.workspace import Workspace

Watch = Callable[[int], None]
"""Told how many notes are counted by now; what it raises ends the counting."""
_EVERY = 1_000


def unwatched(_notes: int) -> None:
    """Nobody looks on."""


def report(
    workspace: Workspace, period: Period, *, for_sharing: bool = False, watch: Watch = unwatched
) -> PeriodReport:
    """Count over a period.

    Units are counted by the rule pack that a note was signed under, or else the one in force on its day; so is the
    time to sign it. Action items are told of as they stood at the end of the period, or now where it is not over.

    Args:
        workspace: The open vault.
        period: Which days.
        for_sharing: Whether counts of one to four are hidden, and those that would give them back.
        watch: Told of the progress.
    """
    today = workspace.today
    with workspace.reading() as work:
        tally = _Tally(workspace, work)
        for number, contact in enumerate(work.counting.between(period.first, period.last), start=1):
            tally.add(contact)
            if number % _EVERY == 0:
                watch(number)
        counts = tally.counts
        on = min(period.last, today)
        counts["drafts"] = _drafts(work, period)
        for action in work.counting.open_at(_after(workspace, on)):
            counts["open_actions"] += 1
            counts["overdue_actions" if action.due and action.due < on.isoformat() else "actions_in_time"] += 1
    counts["people"] = len(tally.people)
    found = PeriodReport(
        period=period,
        made_on=today,
        actions_on=on,
        counts={name: counts[name] for name in COUNTS},
        minutes={name: tally.minutes[name] for name in CONTACT_COUNTS},
        units={name: tally.units[name] for name in CONTACT_COUNTS} if tally.roundings else {},
        roundings=tuple(sorted(tally.roundings)),
    )
    return found.shared() if for_sharing else found


def hand_out(workspace: Workspace, made: PeriodReport, form: ReportForm) -> bytes:
    """A report as a file; that it leaves the vault is recorded in the log."""
    data = report_file(made, form)
    if not workspace.vault.read_only:
        with workspace.changing() as work:
            shared = " for sharing" if made.for_sharing else ""
            days = f"{made.period.first} {made.period.last}"
            workspace.log(work, AuditAction.REPORT_EXPORTED, detail=f"{form.value} {days}{shared}")
            work.commit()
    return data


class _Tally:
    """Counts contacts, and remembers what many of them share.

    Args:
        workspace: The open vault.
        work: The transaction.
    """

    def __init__(self, workspace: Workspace, work: UnitOfWork) -> None:
        self.counts: Counter[str] = Counter()
        self.minutes: Counter[str] = Counter()
        self.units: Counter[str] = Counter()
        self.people: set[str] = set()
        self.roundings: set[UnitRounding] = set()
        self._workspace = workspace
        self._work = work
        self._days = working_days_in(work)
        self._merged = work.counting.merged()
        self._packs = every_pack(work)
        self._in_force: dict[str, RulePack] = {}

    def add(self, contact: CountedContact) -> None:
        """Count one."""
        start, end = _time(contact.start), _time(contact.end)
        minutes = length_in_minutes(start, end)
        pack = self._pack(contact)
        self.counts["notes"] += 1
        ended = datetime.combine(date.fromisoformat(contact.day), start or time()) + timedelta(minutes=minutes or 0)
        due = due_after(ended, contact.zone, due_clock(pack, self._template(contact)), self._days)
        self.counts["on_time" if datetime.fromisoformat(contact.signed_at) <= due else "late"] += 1
        if contact.kind == NoteKind.NO_SHOW:
            self.counts["no_shows"] += 1
            return
        self.people.add(self._merged.get(contact.participant_id, contact.participant_id))
        units = count_units(minutes, pack.rounding)
        if pack.rounding is not None:
            self.roundings.add(pack.rounding)
        self.counts["untimed"] += minutes is None
        for name in ("contacts", f"mode.{contact.mode or 'not_said'}", f"kind.{contact.kind}"):
            self.counts[name] += 1
            self.minutes[name] += minutes or 0
            self.units[name] += units or 0

    def _pack(self, contact: CountedContact) -> RulePack:
        known = self._packs.get((contact.pack_id, contact.pack_version or 0)) if contact.pack_id else None
        if known is None and contact.day not in self._in_force:
            self._in_force[contact.day] = pack_in_force(self._work, date.fromisoformat(contact.day))
        return known or self._in_force[contact.day]

    def _template(self, contact: CountedContact) -> Template:
        known = self._workspace.templates.get((contact.template_id, contact.template_version))
        # A note from another vault may have been begun with a template that this one never had.
        return known or newest_template(self._workspace.templates)


def _drafts(work: UnitOfWork, period: Period) -> int:
    days = (draft.content.day for draft in work.drafts.open() if draft.amendment is None)
    return sum(day is not None and period.first <= day <= period.last for day in days)


def _after(workspace: Workspace, day: date) -> datetime:
    """The instant at which a day is over where the person is."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=workspace.local_now.tzinfo).astimezone(UTC)


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
