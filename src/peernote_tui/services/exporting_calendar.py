"""Meetings and due days out of the vault, into a file that calendars read."""

from __future__ import annotations

from datetime import date

from peernote_tui.documents.calendar_file import write_calendar
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import Model
from peernote_tui.domain.calendar_row import CalendarKind, CalendarNames
from peernote_tui.domain.disclosure import Disclosure
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.services import disclosing
from peernote_tui.services.disclosing import Request
from peernote_tui.services.workspace import Workspace


class ExportedCalendar(Model):
    """A calendar as a file, not written yet.

    Attributes:
        data: What is to be written.
        meetings: How many meetings are in it that are meant to take place.
        actions: How many action items that are due.
        called_off: How many of both that were called off.
        accounted: What the account says of it.
    """

    data: bytes
    meetings: int
    actions: int
    called_off: int
    accounted: tuple[Disclosure, ...] = ()


def export_calendar(
    workspace: Workspace,
    *,
    first: date,
    last: date | None = None,
    only: CalendarKind | None = None,
    names: CalendarNames = CalendarNames.NONE,
    places: bool = False,
    unaccounted: bool = False,
) -> ExportedCalendar:
    """Meetings of which no note tells yet, and the days actions are due, as a file; each export is recorded in the log.

    Args:
        workspace: The open vault.
        first: The first day.
        last: The last day; None for no bound.
        only: Only one of the two; None for both.
        names: How much of the participants' names leaves the vault in the titles.
        places: Whether the places of meetings do, which may name a shelter.
        unaccounted: Whether these are to leave although the vault is only read and keeps no account.

    Raises:
        InvalidInputError: The last day is before the first.
        RefusedError: Names or places are to leave, and the vault keeps no account.
    """
    tells = places or names is not CalendarNames.NONE
    if tells:
        disclosing.require_account(workspace, unaccounted=unaccounted)
    if last is not None and last < first:
        raise InvalidInputError("The last day is before the first.", "Give the earlier day first.", field="until")
    with workspace.reading() as work:
        meetings = () if only is CalendarKind.ACTION else work.calendar.meetings(first, last)
        actions = () if only is CalendarKind.MEETING else work.calendar.due(first, last)
    rows = (*meetings, *actions)
    made = ExportedCalendar(
        data=write_calendar(rows, names=names, places=places),
        meetings=sum(not row.called_off for row in meetings),
        actions=sum(not row.called_off for row in actions),
        called_off=sum(row.called_off for row in rows),
    )
    if not workspace.vault.read_only:
        said = [f"meetings {made.meetings} actions {made.actions}"]
        said += [names.value] if names is not CalendarNames.NONE else []
        said += ["places"] if places else []
        with workspace.changing() as work:
            told = rows if tells else ()
            accounted = []
            for participant_id in dict.fromkeys(row.participant_id for row in told):
                request = Request(participant_id=participant_id, what="days and times, in a calendar", form="ics")
                accounted.append(disclosing.leave_in(workspace, work, request).disclosure)
                disclosing.account_in(workspace, work, accounted[-1])
            workspace.log(work, AuditAction.CALENDAR_EXPORTED, detail=" ".join(said))
            work.commit()
        return made.model_copy(update={"accounted": tuple(accounted)})
    return made
