"""Meetings and due days into a file that other calendars read: what of them, until when, and with how much of names."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from peernote_tui.domain.calendar_row import CalendarKind, CalendarNames
from peernote_tui.services.exporting_calendar import ExportedCalendar, export_calendar
from peernote_tui.services.exporting_people import require_free
from peernote_tui.services.placing import place_out
from peernote_tui.services.workspace import Workspace
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.exporting import FileExport
from peernote_tui.ui.unaccounted import keeps_no_account

_ONLY = {"meetings": CalendarKind.MEETING, "actions": CalendarKind.ACTION}


class CalendarExport(FileExport):
    """The calendar as a file; names and places only where they are chosen."""

    PLACE = sentences.CALENDAR_COMMAND
    READABLE = sentences.CALENDAR_READABLE
    CHOICES = sentences.CALENDAR_CHOICES
    FILE_HINT = sentences.CALENDAR_FILE_HINT
    SUFFIXES = (".ics",)

    @property
    def tells_of_people(self) -> bool:
        """Where names or places are in it."""
        return self.chosen("names") != CalendarNames.NONE.value or self.chosen("places") == "yes"

    async def write_file(self, path: Path, *, replace: bool) -> str:
        """Write the calendar."""
        made = await self.house.gateway.call(
            write_calendar_file,
            path,
            only=_ONLY.get(self.chosen("only")),
            days=int(self.chosen("until")) if self.chosen("until").isdecimal() else None,
            names=CalendarNames(self.chosen("names")),
            places=self.chosen("places") == "yes",
            replace=replace,
            unaccounted=keeps_no_account(self.house),
        )
        return sentences.calendar_written(made.meetings, made.actions, path.name)


def write_calendar_file(
    workspace: Workspace,
    path: Path,
    *,
    only: CalendarKind | None,
    days: int | None,
    names: CalendarNames,
    places: bool,
    replace: bool,
    unaccounted: bool = False,
) -> ExportedCalendar:
    """Write meetings and due days from today on to a file, and say how many.

    Args:
        workspace: The open vault.
        path: The file.
        only: Only one of the two; None for both.
        days: For how many days; None for all.
        names: How much of names.
        places: Whether places.
        replace: Whether the file may be there already.
        unaccounted: Whether names and places are to leave although the vault is only read.

    Raises:
        RefusedError: Something has this name already.
        StorageError: The disk refuses; nothing half-written is left.
    """
    require_free(path, replace=replace)
    today = workspace.today
    last = None if days is None else today + timedelta(days=days)
    made = export_calendar(
        workspace, first=today, last=last, only=only, names=names, places=places, unaccounted=unaccounted
    )
    place_out(workspace, path, made.data, replace=replace, accounted=made.accounted)
    return made
