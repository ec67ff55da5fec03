"""Drafts that were put aside: what they hold, how long they are kept, and the way back."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from peernote_tui.documents.added import amendment_document
from peernote_tui.documents.note_document import NoteDocument, note_document
from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.dates import say_day
from peernote_tui.services.putting_aside import AsideRow, AsideView, drafts_aside, view_aside
from peernote_tui.services.writing import discard_draft, restore_draft
from peernote_tui.ui import naming, sentences
from peernote_tui.ui.naming import NamedRow
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.note_page import NotePage
from peernote_tui.ui.widgets.peer_list import PeerList

_SETTLE_SECONDS = 0.05
"""How long the highlight rests before the words are fetched; a held arrow key asks once."""
_COLUMNS = (
    Column(12),  # name
    Column(7, flex=1),  # what tells two of one name apart
    Column(12),  # day of the contact
    Column(16, gone_below=74),  # when it was put aside
    Column(18),  # how long it is kept
)


def aside_document(view: AsideView) -> NoteDocument:
    """What a draft that was put aside holds, to read."""
    document = note_document(view.note, view.template)
    amendment = view.draft.amendment
    if amendment is None:
        return document
    return amendment_document(amendment, document if amendment.kind is AddendumKind.CORRECTION else None)


class AsideList(PeerList):
    """The drafts that were put aside."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Bring back", id="aside.back", tooltip="Bring the highlighted draft back to Today."),
        Binding("u", "screen.undo", "Undo", id="aside.undo", tooltip="Put aside again what was just brought back."),
    ]


class AsideScreen(VaultScreen[None]):
    """Every draft that can still be brought back; below the list, the words of the highlighted one."""

    PLACE = sentences.ASIDE_PLACE
    NAME = "aside"
    FIRST_KEYS = ("aside.back", "aside.undo", "page.on")

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, AsideRow] = {}
        self._undo: list[AsideRow] = []

    def compose_body(self) -> ComposeResult:
        """Lay out the list, and the words below."""
        yield AsideList(_COLUMNS, empty=sentences.ASIDE_EMPTY, id="aside")
        yield NotePage(id="aside-page")

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one(AsideList).focus()

    async def reload(self) -> None:
        """List anew."""
        if not self.house.gateway.is_open:
            return
        rows = await self.ask(drafts_aside)
        if rows is None or not self.is_attached:
            return
        self._rows = {row.draft.id: row for row in rows}
        self.set_status(sentences.asides_counted(len(rows)))
        self.query_one(NotePage).display = bool(rows)
        self.query_one(AsideList).show([self._row(row) for row in rows])
        self.refresh_bindings()
        self._read()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Undo only what was brought back here."""
        return bool(self._undo) if action == "undo" else super().check_action(action, parameters)

    def action_undo(self) -> None:
        """Put aside again what was just brought back."""
        if self._undo:
            row = self._undo.pop()
            self.run_worker(self._set_back(row), description="undo", group="change")

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        row = self._rows.get(event.option_id or "")
        if row is not None:
            self.run_worker(self._bring_back(row), description="bring back", group="change")

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self._read()

    async def _bring_back(self, row: AsideRow) -> None:
        if await self.ask(restore_draft, row.draft.id) is None:
            return
        self._undo.append(row)
        self.say(sentences.draft_back_on_today(naming.by_number(row.called)), way=sentences.u_to_undo())
        await self.reload()

    async def _set_back(self, row: AsideRow) -> None:
        if await self.ask(discard_draft, row.draft.id) is not None:
            self.say(sentences.draft_aside(naming.by_number(row.called)))
            await self.reload()

    @work(description="read", exclusive=True, group="read")
    async def _read(self) -> None:
        chosen = self.query_one(AsideList).highlighted_id
        if chosen is None:
            return
        await asyncio.sleep(_SETTLE_SECONDS)
        view = await self.ask(view_aside, chosen) if self.house.gateway.is_open else None
        if view is not None and self.is_attached and chosen == self.query_one(AsideList).highlighted_id:
            self.query_one(NotePage).show(aside_document(view))

    def _row(self, row: AsideRow) -> NamedRow:
        today, zone = self.workspace.today, self.workspace.clock.zone
        day = row.draft.content.day
        aside_on = say_day(in_zone(row.put_aside_at, zone).date(), today=today)
        return NamedRow(
            row.draft.id,
            (
                "",
                "",
                say_day(day, today=today) if day else "",
                Cell(sentences.aside_since(aside_on), "$muted"),
                Cell(*sentences.aside_left(row.days_left, held=row.held)),
            ),
            columns=_COLUMNS,
            person=row.called,
        )
