"""Rules: the packs there are, what the highlighted one asks, and the days that are no business days."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from peernote_tui.documents.holiday_list import read_holidays
from peernote_tui.documents.note_document import NoteDocument, long_day
from peernote_tui.documents.rule_pack_words import days_document, pack_document
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.rule_pack import RulePack
from peernote_tui.domain.toml import MOST_BYTES
from peernote_tui.domain.working_days import WEEKDAYS, Holiday, WorkingDays
from peernote_tui.services.rule_packs import OfferedPack, add_pack, offered_packs, use_pack
from peernote_tui.services.working_days import add_holidays, remove_holiday, working_days
from peernote_tui.ui import sentences
from peernote_tui.ui.backing_up import beside
from peernote_tui.ui.path_suggester import PathSuggester
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.screens.one_line import OneLine
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.shelf import Shelf
from peernote_tui.ui.widgets.note_page import NotePage
from peernote_tui.ui.widgets.peer_list import Heading, Line, PeerList, Row
from peernote_tui.vault import files

_COLUMNS = (
    Column(24, flex=1),  # title, or day
    Column(18),  # version, or name
    Column(8),  # whether it is in use
)
_TOML = ".toml"


class RuleList(PeerList):
    """Rule packs, then holidays."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Use", id="rules.use", tooltip="Let the highlighted rule pack apply from now on."),
        Binding("i", "screen.take_in", "Take in a file", id="rules.import",
                tooltip="Take in a rule pack, or a list of holidays, from a file."),
        Binding("a", "screen.add", "Add a holiday", id="rules.add", tooltip="Add a day that is no business day."),
        Binding("x", "screen.remove", "Take out", id="rules.remove", tooltip="Take the highlighted holiday out."),
        Binding("u", "screen.undo", "Undo", id="rules.undo", tooltip="Take the last change here back."),
    ]  # fmt: skip


class RulesScreen(VaultScreen[None]):
    """The list, and below it what the highlighted line means."""

    PLACE = sentences.RULES_PLACE
    NAME = "rules"
    FIRST_KEYS = ("rules.use", "rules.import", "rules.add", "rules.remove", "rules.undo", "page.on")

    def __init__(self) -> None:
        super().__init__()
        self._packs: dict[str, OfferedPack] = {}
        self._holidays: dict[str, Holiday] = {}
        self._days = WorkingDays()
        self._undo: list[Callable[[], Awaitable[object]]] = []

    def compose_body(self) -> ComposeResult:
        """Lay out the list, and what it means below."""
        yield RuleList(_COLUMNS, id="rules")
        yield NotePage(id="rules-page")

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one(RuleList).focus()

    async def reload(self) -> None:
        """List anew."""
        if not self.house.gateway.is_open:
            return
        packs, days = await self.ask(offered_packs), await self.ask(working_days)
        if packs is None or days is None or not self.is_attached:
            return
        self._packs = {f"pack-{each.pack.id}": each for each in packs}
        self._holidays = {f"day-{each.day}": each for each in days.holidays}
        self._days = days
        lines: list[Line] = [Heading(sentences.RULE_PACKS)]
        lines += [self._pack_row(row_id, each) for row_id, each in self._packs.items()]
        lines.append(Heading(sentences.HOLIDAYS, len(self._holidays)))
        lines += [
            Row(row_id, (Cell(long_day(each.day)), Cell(each.name, "$muted"), Cell("")), columns=_COLUMNS)
            for row_id, each in self._holidays.items()
        ]
        self.query_one(RuleList).show(lines)
        self.refresh_bindings()
        self._tell()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Take out only what is a holiday, take back only what was done here."""
        if action == "undo":
            return bool(self._undo)
        if action == "remove":
            return self._highlighted in self._holidays
        return super().check_action(action, parameters)

    def action_undo(self) -> None:
        """Take the last change here back."""
        if self._undo:
            self.run_worker(self._take_back(self._undo.pop()), description="undo", group="change")

    def action_add(self) -> None:
        """Ask for a holiday."""

        async def take(typed: str) -> tuple[Holiday, ...]:
            return read_holidays(typed.encode())

        ask = OneLine(
            sentences.ADD_HOLIDAY,
            sentences.HOLIDAY_LABEL,
            hint=sentences.HOLIDAY_HINT,
            shelf=Shelf("holiday"),
            take=take,
        )
        self.app.push_screen(ask, self._holiday_typed)

    def action_take_in(self) -> None:
        """Ask for a file."""
        suggester = PathSuggester(_TOML, ".txt", ".csv")
        ask = OneLine(
            sentences.IMPORT_RULES,
            sentences.IMPORT_RULES_LABEL,
            hint=sentences.IMPORT_RULES_HINT,
            shelf=Shelf("rule file"),
            suggester=suggester,
        )
        self.app.push_screen(ask, self._file_typed)

    def action_remove(self) -> None:
        """Take the highlighted holiday out; u brings it back."""
        holiday = self._holidays.get(self._highlighted)
        if holiday is not None:
            self.run_worker(self._remove(holiday), description="remove", group="change")

    @property
    def _highlighted(self) -> str:
        return self.query_one(RuleList).highlighted_id or ""

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        offered = self._packs.get(event.option_id or "")
        if offered is not None and not offered.in_use:
            self.run_worker(self._use(offered.pack), description="use", group="change")

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()
        self._tell()

    def _tell(self) -> None:
        offered = self._packs.get(self._highlighted)
        self.query_one(NotePage).show(self._means(offered.pack if offered else None))

    def _means(self, pack: RulePack | None) -> NoteDocument:
        if pack is not None:
            return pack_document(pack)
        weekend = tuple(WEEKDAYS[number] for number in self._days.weekend)
        return days_document(sentences.HOLIDAYS, sentences.weekend_is(weekend))

    def _pack_row(self, row_id: str, offered: OfferedPack) -> Row:
        mark = Cell(sentences.PACK_IN_USE, "$success") if offered.in_use else Cell("")
        version = Cell(f"version {offered.pack.version}", "$muted")
        return Row(row_id, (Cell(offered.pack.title, "bold"), version, mark), columns=_COLUMNS)

    async def _use(self, pack: RulePack) -> None:
        before = next((each.pack.id for each in self._packs.values() if each.in_use), "")
        if await self.ask(use_pack, pack.id) is None:
            return
        if before:
            self._undo.append(lambda: self.ask(use_pack, before))
        since = long_day(pack.effective) if pack.effective else ""
        self.say(sentences.pack_used(pack.title, since), way=sentences.u_to_undo())
        await self.reload()

    async def _remove(self, holiday: Holiday) -> None:
        if await self.ask(remove_holiday, holiday.day) is not None:
            self._undo.append(lambda: self.ask(add_holidays, (holiday,)))
            self.say(sentences.holiday_removed(holiday.day), way=sentences.u_to_undo())
            await self.reload()

    async def _take_back(self, undo: Callable[[], Awaitable[object]]) -> None:
        if await undo() is not None:
            await self.reload()

    def _holiday_typed(self, found: tuple[Holiday, ...] | None) -> None:
        if found:
            self.run_worker(self._add(found), description="add", group="change")

    def _file_typed(self, typed: str | None) -> None:
        if typed:
            self.run_worker(self._take_file(typed), description="import", group="change")

    async def _take_file(self, typed: str) -> None:
        def read() -> bytes:
            with files.spelled_out(typed).open("rb") as file:
                return file.read(MOST_BYTES + 1)

        try:
            data = await beside(read)
        except OSError as error:
            reason = os.strerror(error.errno).lower() if error.errno else "no reason given"
            self.say(sentences.file_unreadable(reason), tone="error")
            return
        if not typed.casefold().endswith(_TOML):
            await self._add_list(data)
        elif (pack := await self.ask(add_pack, data)) is not None:
            self.say(sentences.pack_added(pack.title))
            await self.reload()

    async def _add_list(self, data: bytes) -> None:
        try:
            found = read_holidays(data)
        except InvalidInputError as error:
            self.say(str(error), tone="error")
            return
        await self._add(found)

    async def _add(self, found: tuple[Holiday, ...]) -> None:
        there = {holiday.day for holiday in self._holidays.values()}
        if await self.ask(add_holidays, found) is None:
            return
        new: list[date] = [holiday.day for holiday in found if holiday.day not in there]
        self.say(sentences.holidays_added(len(found)))
        if len(new) == len(found) == 1:
            self._undo.append(lambda: self.ask(remove_holiday, new[0]))
        await self.reload()
