"""The days the agency works, kept in the vault: its weekend and its holidays."""

from __future__ import annotations

from datetime import date

from pydantic import ValidationError

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.errors import InvalidInputError, NotFoundError
from peernote_tui.domain.working_days import MOST_HOLIDAYS, USUAL, Holiday, WorkingDays
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.workspace import Workspace

_NAME = "working days"


def working_days(workspace: Workspace) -> WorkingDays:
    """Which days count as business days; Monday to Friday where nobody said otherwise."""
    with workspace.reading() as work:
        return working_days_in(work)


def working_days_in(work: UnitOfWork) -> WorkingDays:
    """As `working_days`, inside a transaction."""
    kept = work.remembered.get(_NAME)
    try:
        return USUAL if kept is None else WorkingDays.model_validate(kept)
    except ValidationError:
        return USUAL


def add_holidays(workspace: Workspace, holidays: tuple[Holiday, ...]) -> WorkingDays:
    """Add holidays; one on a day that has one already takes its place.

    Raises:
        InvalidInputError: There would be more than a list can hold.
    """
    with workspace.changing() as work:
        before = working_days_in(work)
        by_day = {holiday.day: holiday for holiday in (*before.holidays, *holidays)}
        if len(by_day) > MOST_HOLIDAYS:
            raise InvalidInputError(f"A list holds at most {MOST_HOLIDAYS} holidays.", "Take out those of past years.")
        return _keep(workspace, work, WorkingDays(weekend=before.weekend, holidays=tuple(by_day.values())))


def remove_holiday(workspace: Workspace, day: date) -> WorkingDays:
    """Take a holiday out.

    Raises:
        NotFoundError: There is none on that day.
    """
    with workspace.changing() as work:
        before = working_days_in(work)
        left = tuple(holiday for holiday in before.holidays if holiday.day != day)
        if len(left) == len(before.holidays):
            raise NotFoundError("There is no holiday on that day.", "See which there are with: peernote holidays list")
        return _keep(workspace, work, before.model_copy(update={"holidays": left}))


def set_weekend(workspace: Workspace, weekend: tuple[int, ...]) -> WorkingDays:
    """Say which days of the week never count, 0 for Monday; none is allowed, seven are not.

    Raises:
        InvalidInputError: No day of the week would be left.
    """
    if len(set(weekend)) > 6:
        raise InvalidInputError("One day of the week has to be a business day.", "Name six days at most.")
    with workspace.changing() as work:
        holidays = working_days_in(work).holidays
        return _keep(workspace, work, WorkingDays(weekend=tuple(sorted(set(weekend))), holidays=holidays))


def _keep(workspace: Workspace, work: UnitOfWork, days: WorkingDays) -> WorkingDays:
    work.remembered.put(_NAME, days.model_dump(mode="json"), at=workspace.clock.now(), by=workspace.author.id)
    workspace.log(work, AuditAction.WORKING_DAYS_CHANGED, detail=f"{len(days.holidays)} holidays")
    work.commit()
    return days
