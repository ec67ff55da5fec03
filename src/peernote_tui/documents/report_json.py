"""A report as the command line's JSON says it."""

from __future__ import annotations

from typing import Any

from peernote_tui.domain.report import CONTACT_COUNTS, COUNTS, PeriodReport


def report_document(report: PeriodReport) -> dict[str, Any]:
    """Stable keys; a count that is hidden is null, and `hidden` says why."""
    shown = [name for name in CONTACT_COUNTS if name not in report.hidden]
    return {
        "format": "peernote.report",
        "version": 1,
        "from": report.period.first.isoformat(),
        "until": report.period.last.isoformat(),
        "made_on": report.made_on.isoformat(),
        "actions_on": report.actions_on.isoformat(),
        "for_sharing": report.for_sharing,
        "counts": {name: report.count(name) for name in COUNTS},
        "minutes": {name: report.minutes[name] for name in shown},
        "units": {name: report.units[name] for name in shown if report.units},
        "roundings": [rounding.value for rounding in report.roundings],
        "on_time_in_100": report.share_on_time(),
        "hidden": {name: why.value for name, why in report.hidden.items()},
    }
