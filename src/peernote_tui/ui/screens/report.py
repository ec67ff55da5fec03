"""The report over a period: looked at, stepped through time, made fit for sharing, written to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from peernote_tui.documents.report_file import ReportForm, report_lines, report_title
from peernote_tui.domain.period import Period, month_of, understand_period
from peernote_tui.domain.report import PeriodReport
from peernote_tui.services.exporting_people import place_file, require_free
from peernote_tui.services.reporting import hand_out, report
from peernote_tui.services.workspace import Workspace
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.exporting import FileExport
from peernote_tui.ui.screens.one_line import OneLine
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.shelf import Shelf
from peernote_tui.ui.widgets.lines_page import LinesPage

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp

_SLOW = 2_000
"""Notes from which on it is said how far the counting is."""


class ReportPage(LinesPage):
    """The report; left and right go to the period before and after."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "screen.period", "Period", id="report.period", tooltip="Another period, in your own words."),
        Binding("s", "screen.sharing", "For sharing", id="report.sharing",
                tooltip="Hide counts under 5, and what would give them back; or show them again."),
        Binding("w", "screen.write", "Write to a file", id="report.write", tooltip="As text, CSV or XLSX."),
    ]  # fmt: skip


class ReportScreen(VaultScreen[None]):
    """Begins with last month.

    Args:
        period: Which days; the month before this one when None.
        for_sharing: Whether small counts are hidden.
    """

    PLACE = sentences.REPORT_PLACE
    NAME = "report"
    FIRST_KEYS = ("report.period", "time.earlier", "time.later", "report.sharing", "report.write", "page.on")

    def __init__(self, period: Period | None = None, *, for_sharing: bool = False) -> None:
        super().__init__()
        self._period = period
        self._for_sharing = for_sharing
        self._made: PeriodReport | None = None

    @classmethod
    async def come_back(cls, app: PeerNoteApp, own: dict[str, Any]) -> Self:  # noqa: ARG003 as the house calls it
        """Open the same period again."""
        return cls(Period.model_validate(own["period"]), for_sharing=bool(own["for_sharing"]))

    def own_place(self) -> dict[str, Any]:
        """Which period, and whether for sharing."""
        return {"period": self._shown.model_dump(mode="json"), "for_sharing": self._for_sharing}

    def compose_body(self) -> ComposeResult:
        """Lay out the page."""
        yield ReportPage()

    def on_mount(self) -> None:
        """Begin at the top."""
        self.query_one(ReportPage).focus()

    async def reload(self) -> None:
        """Count anew."""
        if not self.house.gateway.is_open:
            return
        period = self._shown
        self.set_status(sentences.REPORT_COUNTING)
        made = await self.ask(report, period, watch=self._counted)
        if made is None or not self.is_attached or period != self._shown:
            return
        if self.said.startswith(sentences.REPORT_COUNTING.rstrip(".")):
            self.say_nothing()
        self._made = made
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Write only what was counted."""
        if action == "write":
            return True if self._made is not None else None
        return super().check_action(action, parameters)

    def action_period(self) -> None:
        """Ask for another period."""
        settings = self.house.settings

        async def take(typed: str) -> Period:
            return understand_period(
                typed, today=self.workspace.today, day_first=settings.day_first, week_starts=settings.first_weekday
            )

        ask = OneLine(
            sentences.REPORT_PERIOD,
            sentences.REPORT_PERIOD_LABEL,
            hint=sentences.REPORT_PERIOD_HINT,
            shelf=Shelf("period"),
            take=take,
        )
        self.app.push_screen(ask, lambda found: self._turn_to(found) if found else None)

    def action_step(self, by: int) -> None:
        """Go to the period before or after."""
        self._turn_to(self._shown.earlier() if by < 0 else self._shown.later())

    def action_sharing(self) -> None:
        """Hide small counts, or show them again."""
        self._for_sharing = not self._for_sharing
        self._show()

    def action_write(self) -> None:
        """Ask in which form and where to."""
        if self._made is not None:
            self.app.push_screen(ReportExport(self._shared(self._made)))

    @property
    def _shown(self) -> Period:
        return self._period or month_of(self.workspace.today).earlier()

    def _shared(self, made: PeriodReport) -> PeriodReport:
        return made.shared() if self._for_sharing else made

    def _turn_to(self, period: Period) -> None:
        self._period, self._made = period, None
        self.refresh_bindings()
        self.reload_soon()

    def _counted(self, notes: int) -> None:
        # Called in the thread of the gateway, which waits for nobody.
        if notes >= _SLOW:
            self.app.call_later(self._say_counted, notes)

    def _say_counted(self, notes: int) -> None:
        if self.is_attached and self._made is None:
            self.say(sentences.counting_so_far(notes))

    def _show(self) -> None:
        if self._made is None:
            return
        made = self._shared(self._made)
        self.set_status(sentences.REPORT_FOR_SHARING if self._for_sharing else sentences.REPORT_PLAIN)
        self.query_one(ReportPage).show(lambda width: _styled(made, width))
        self.refresh_bindings()


class ReportExport(FileExport):
    """A report as a file: in which form, and where.

    Args:
        made: The report, as it is to be written.
    """

    PLACE = sentences.REPORT_PLACE
    CHOICES = (("form", sentences.REPORT_FORM, sentences.REPORT_FORMS),)
    FILE_HINT = sentences.REPORT_FILE_HINT
    SUFFIXES = (".txt", ".csv", ".xlsx")

    def __init__(self, made: PeriodReport) -> None:
        super().__init__()
        self._made = made

    @property
    def readable(self) -> str:
        """What leaves the vault; whether small counts do."""
        return sentences.REPORT_READABLE_SHARED if self._made.for_sharing else sentences.REPORT_READABLE

    async def write_file(self, path: Path, *, replace: bool) -> str:
        """Write the report."""
        form = ReportForm(self.chosen("form"))
        await self.house.gateway.call(write_report, self._made, form, path, replace=replace)
        return sentences.report_written(path.name)


def write_report(workspace: Workspace, made: PeriodReport, form: ReportForm, path: Path, *, replace: bool) -> None:
    """Write a report to a file.

    Raises:
        RefusedError: Something has this name already.
        StorageError: The disk refuses; nothing half-written is left.
    """
    require_free(path, replace=replace)
    place_file(path, hand_out(workspace, made, form), replace=replace)


def _styled(made: PeriodReport, width: int) -> list[Content]:
    title = report_title(made)
    return [safe.content(line, "bold" if line == title else "") for line in report_lines(made, width)]
