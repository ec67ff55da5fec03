"""A report in rows, from which every form of it is made, so that all say the same."""

from __future__ import annotations

from collections.abc import Iterator

from peernote_tui.documents.note_document import KIND_WORDS
from peernote_tui.domain.base import Model
from peernote_tui.domain.dates.words import MONTH_NAMES
from peernote_tui.domain.hiding import Hidden
from peernote_tui.domain.note import Mode, NoteKind
from peernote_tui.domain.report import KINDS, MODES, PeriodReport

MODE_WORDS = {
    Mode.IN_PERSON.value: "In person",
    Mode.PHONE.value: "By phone",
    Mode.VIDEO.value: "By video",
    Mode.TEXT.value: "By text",
    "not_said": "Not said how",
}
"""The ways of a contact, by the names of `domain.report.MODES`."""
HIDDEN_WORDS = {Hidden.SMALL: "<5", Hidden.BESIDE: "hidden"}
"""What stands in place of a count that is not shown."""
_NOTES, _ACTIONS = "People and notes", "Actions"


class ReportRow(Model):
    """One line of a report."""

    section: str
    """Under which heading it stands; empty for the first ones."""
    label: str
    count: str
    """A number, or what stands in its place."""
    minutes: int | None = None
    """Of the contacts that are counted; None where there are none to tell."""
    units: int | None = None
    timed: bool = False
    """Whether it counts contacts, which have hours and units where they are shown."""
    remark: str = ""


def report_rows(report: PeriodReport) -> tuple[ReportRow, ...]:
    """Every figure of a report, in the order it is read."""
    return (*_first(report), *_by(report, "By mode", "mode", MODE_WORDS, MODES), *_by_kind(report))


def report_remarks(report: PeriodReport) -> tuple[str, ...]:
    """What is to be known about the figures, a sentence each."""
    counted = (
        "Contacts are the signed notes of the period, no-shows left out; a group session counts once for each who "
        "came. Notes written in error count for nothing, corrected ones as they were corrected."
    )
    remarks = [counted]
    if report.counts["untimed"]:
        count, one = _shown(report, "untimed"), report.count("untimed") == 1
        remarks.append(f"Without a length, and so without hours and units: {count} {'contact' if one else 'contacts'}.")
    if report.roundings:
        remarks.append(f"Units are of 15 minutes, counted by {' and '.join(report.roundings)}.")
    else:
        remarks.append("No rule pack in force counts units.")
    if report.counts["drafts"]:
        count, one = _shown(report, "drafts"), report.count("drafts") == 1
        remarks.append(f"Not signed yet, and so not counted: {count} {'draft' if one else 'drafts'} of the period.")
    if report.for_sharing:
        remarks.append(
            "For sharing: counts of 1 to 4 are shown as <5, with their hours and units; what would give one of them "
            "back is hidden, too."
        )
    return tuple(remarks)


def _first(report: PeriodReport) -> Iterator[ReportRow]:
    yield _contacts(report, "", "Contacts", "contacts")
    for name, label in (("people", "People seen"), ("no_shows", "No-shows"), ("notes", "Notes signed")):
        yield ReportRow(section=_NOTES, label=label, count=_shown(report, name))
    share = report.share_on_time()
    told = f"{share} in 100" if share is not None else ""
    yield ReportRow(section=_NOTES, label="Signed in time", count=_shown(report, "on_time"), remark=told)
    yield ReportRow(section=_NOTES, label="Signed late", count=_shown(report, "late"))
    on = f"{report.actions_on.day} {MONTH_NAMES[report.actions_on.month - 1]} {report.actions_on.year}"
    for name, label in (("open_actions", "Open"), ("overdue_actions", "Of them overdue")):
        yield ReportRow(section=_ACTIONS, label=label, count=_shown(report, name), remark=f"on {on}")


def _by(
    report: PeriodReport, section: str, prefix: str, words: dict[str, str], names: tuple[str, ...]
) -> Iterator[ReportRow]:
    for name in names:
        if name != "not_said" or report.counts[f"{prefix}.{name}"]:
            yield _contacts(report, section, words[name], f"{prefix}.{name}")


def _by_kind(report: PeriodReport) -> Iterator[ReportRow]:
    words = {kind: KIND_WORDS[NoteKind(kind)] for kind in KINDS}
    return _by(report, "By kind", "kind", words, KINDS)


def _contacts(report: PeriodReport, section: str, label: str, name: str) -> ReportRow:
    shown = name not in report.hidden
    return ReportRow(
        section=section,
        label=label,
        count=_shown(report, name),
        minutes=report.minutes[name] if shown else None,
        units=report.units.get(name) if shown else None,
        timed=True,
    )


def _shown(report: PeriodReport, name: str) -> str:
    why = report.hidden.get(name)
    return str(report.counts[name]) if why is None else HIDDEN_WORDS[why]
