"""The last months on a participant's page, a line each."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date

from peernote_tui.domain.dates.days import add_months
from peernote_tui.domain.names import Called
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.progress import RECENT_MONTHS, Progress
from peernote_tui.ui import naming, sentences
from peernote_tui.ui.progress_chart import GAP, month_label
from peernote_tui.ui.safe import Cell, column_widths
from peernote_tui.ui.screens.participant_about import ABOUT_COLUMNS, UNDER
from peernote_tui.ui.widgets.peer_list import Heading, Line, Row

_MOST_CONCERNS = 6


def first_shown(today: date) -> date:
    """The first day of the first month that is shown."""
    return add_months(today.replace(day=1), 1 - RECENT_MONTHS)


def lately(progress: Progress, person: Called, today: date, room: int) -> list[Line]:
    """The last months under their heading; nothing where nothing was.

    Args:
        progress: From the first of them on.
        person: Whose.
        today: The local day.
        room: Cells of a row.
    """
    if not progress.met and not progress.actions:
        return []
    width = max(12, column_widths(ABOUT_COLUMNS, room)[-1])
    months = [add_months(today.replace(day=1), -back) for back in range(RECENT_MONTHS)]
    told = [(f"{month:%Y-%m}", month_label(month, year=True), _month(progress, person, month)) for month in months]
    concerns = [f"{each.tag} {each.notes}" for each in progress.concerns[:_MOST_CONCERNS]]
    if concerns:
        told.append(("concerns", sentences.PROGRESS_CONCERNS, concerns))
    return [Heading(sentences.PROGRESS_LATELY), *(_row(key, label, parts, width) for key, label, parts in told)]


def _month(progress: Progress, person: Called, month: date) -> list[str]:
    return list(_said(progress, person, month)) or [GAP]


def _said(progress: Progress, person: Called, month: date) -> Iterator[str]:
    met = progress.met.get(month)
    if met is not None and met.contacts:
        yield sentences.contacts_counted(met.contacts)
    if met is not None and met.no_shows:
        yield sentences.no_shows_counted(met.no_shows)
    for owner, found in progress.actions.items():
        if month in found:
            who = naming.as_owner(person) if owner is Owner.PARTICIPANT else owner.value
            yield sentences.kept_of(who, found[month].kept, found[month].agreed)


def _row(key: str, label: str, parts: list[str], width: int) -> Row:
    first, *rest = textwrap.wrap(" · ".join(parts), width) or [""]
    below = "\n".join(" " * UNDER + line for line in rest)
    cells = ("", Cell(label, "$muted"), Cell(first, "$muted" if parts == [GAP] else ""))
    return Row(f"progress:{key}", cells, below=below, columns=ABOUT_COLUMNS)
