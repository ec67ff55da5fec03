"""Actions: what was agreed, by when, and what became of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, OptionList

from peernote_tui.domain.action_filter import ActionFilter
from peernote_tui.domain.action_item import ActionListing
from peernote_tui.domain.action_line import LONGEST_LINE
from peernote_tui.services.action_items import ActionList as Page
from peernote_tui.services.action_items import list_actions
from peernote_tui.ui import sentences
from peernote_tui.ui.briefing import brief_beside
from peernote_tui.ui.flows import open_participant
from peernote_tui.ui.screens.actions.boxes import ActionList, AddBox, FilterBox, FilterTold
from peernote_tui.ui.screens.actions.changing import ChangingVerbs
from peernote_tui.ui.screens.actions.marking import MarkingVerbs
from peernote_tui.ui.screens.actions.narrowing import NarrowingVerbs
from peernote_tui.ui.screens.actions.rows import COLUMNS, closed_at, lines
from peernote_tui.ui.screens.actions.views import ViewLine
from peernote_tui.ui.screens.actions.writing import WritingVerbs
from peernote_tui.ui.widgets.action_line import ActionBox, ActionPanel
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.side_pane import SidePane

PAGE = 60
"""Rows that are fetched at first, and with every step beyond them."""
_AHEAD = 10
"""Rows before the last one from which further ones are fetched."""
_MOST_LATELY = 50
_LATELY = timedelta(days=7)
_BESIDE = 78
"""Columns from which the filter stands beside the views."""


class ActionsScreen(WritingVerbs, ChangingVerbs, MarkingVerbs, NarrowingVerbs):
    """Every action item in views; one key says what became of it, of all that are marked when some are.

    Undo goes back through the session, whatever screen made a change.
    """

    PLACE = "Actions"
    NAME = "actions"
    FIRST_KEYS: ClassVar[tuple[str, ...]] = (
        "actions.done",
        "actions.partly",
        "actions.snooze",
        "actions.edit",
        "actions.add",
        "actions.undo",
    )

    def __init__(self) -> None:
        super().__init__()
        self._limit = PAGE
        self._total = 0
        self._lately: tuple[ActionListing, ...] = ()
        self._fetching = False

    def compose_body(self) -> ComposeResult:
        """Lay out views and filter, the lines to add and to change, the list, and the briefing beside."""
        with Horizontal(classes="columns"):
            with Vertical(classes="main"):
                with Horizontal(classes="views"):
                    yield ViewLine()
                    yield Field("filter", sentences.FILTER, FilterBox(max_length=100), width=18)
                yield FilterTold()
                new = AddBox(max_length=LONGEST_LINE, placeholder=sentences.ACTION_EXAMPLE)
                yield ActionPanel("add", sentences.ADD_ACTION, new, id="adder")
                changed = ActionBox(max_length=2 * LONGEST_LINE)
                yield ActionPanel("edit", sentences.EDIT_ACTION, changed, id="editor")
                yield ActionList(COLUMNS, id="actions")
            yield SidePane()

    def on_mount(self) -> None:
        """Begin in the list."""
        self.action_list()

    def on_resize(self, event: events.Resize) -> None:
        """Put the filter under the views where it does not fit beside them."""
        super().on_resize(event)
        self.set_class(event.size.width < _BESIDE, "-stacked")

    async def reload(self) -> None:
        """List anew, keeping the highlight, and brief anew on it."""
        if self.is_there:
            await self.fetch_views()
        await self.look()
        self._brief()

    def own_place(self) -> dict[str, Any]:
        """The view and what narrows it, what is marked, and which line is open."""
        return {**self.narrowed_place(), **self.written_place(), "marks": list(self.marks), "limit": self._limit}

    async def settle_in(self, own: dict[str, Any]) -> None:
        """Choose the view again, mark again what was marked, and open the line that was open."""
        await self.narrow_again(own)
        self.marks.add(str(each) for each in own.get("marks", ()))
        self._limit = max(PAGE, int(own.get("limit", PAGE)))
        await self.reload()
        await self.write_again(own)

    def find(self) -> None:
        """Go to the filter."""
        self.action_filter()

    def go_back(self) -> None:
        """From a line or box to the list; from the list, marks go first, then to Today."""
        if any(panel.display for panel in self.query(ActionPanel)):
            self.close_lines()
        elif self.filter_box.has_focus:
            self.action_list()
        elif self.marks:
            self.marks.clear()
            self.lay()
            self.say(sentences.MARKS_CLEARED)
        else:
            super().go_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show what cannot be done now as such."""
        if action in ("settle", "snooze", "edit", "reassign", "words", "history", "note", "mark", "mark_all"):
            return True if self.shown else None
        return super().check_action(action, parameters)

    @on(OptionList.OptionSelected, "ActionList")
    def _selected(self) -> None:
        if (listing := self.highlighted) is not None:
            self.house.run_worker(
                open_participant(self.house, listing.action.participant_id),
                description="open",
                exclusive=True,
                group="flow",
            )

    @on(OptionList.OptionHighlighted, "ActionList")
    def _moved(self) -> None:
        self._brief()
        self._go_on()

    @on(Input.Changed, "FilterBox")
    def _filtered(self) -> None:
        self.narrow_soon()

    def begin_anew(self) -> None:
        """Begin with the first rows again, after the view or what narrows it changed."""
        self._limit = PAGE

    async def look(self, highlight: str | None = None) -> None:
        """Ask for the view; an answer that came too late is dropped.

        Args:
            highlight: Id of the action item to highlight; the one before when left out.
        """
        if not self.is_there:
            return
        view, filters, limit = self.view, self.filters, self._limit
        asked = view.asks(filters)
        found = await self.ask(list_actions, asked, limit=limit)
        lately = await self._closed_lately(asked, found) if view.lately and self.is_there else ()
        if found is None or not self.is_there or (view, filters, limit) != (self.view, self.filters, self._limit):
            return
        self.shown, self._lately, self._total = found.actions, lately, found.total
        await self._keep_marks(asked)
        if not self.is_there:
            return
        self.action_rows.set_empty(sentences.no_actions(view.key, filtered=bool(filters)))
        self.lay(highlight)
        self.set_status(sentences.open_overdue(found.open, found.overdue))
        self.refresh_bindings()

    def lay(self, highlight: str | None = None) -> None:
        """Lay the rows out as they are known, with marks and what narrows them."""
        if not self.is_there:
            return
        workspace = self.workspace
        told = self.query_one(FilterTold)
        told.only, told.marked = self.filters.told(), len(self.marks)
        rows = lines(
            self.shown,
            max(self._total, len(self.shown)),
            lately=self._lately,
            closed=self.view.wanted.closed,
            marked=self.marks,
            today=workspace.today,
            zone=workspace.clock.zone,
        )
        self.action_rows.show(rows, highlight=highlight)

    def take_out(self, ids: tuple[str, ...]) -> None:
        """Leave rows out at once, so that the next key means the next line."""
        self.shown = tuple(each for each in self.shown if each.action.id not in ids)
        self._lately = tuple(each for each in self._lately if each.action.id not in ids)
        self._total = max(0, self._total - len(ids))
        self.lay()

    @property
    def rows(self) -> tuple[ActionListing, ...]:
        """Every action item that has a row."""
        return (*self.shown, *self._lately)

    async def all_ids(self) -> tuple[str, ...]:
        """Ids of everything in the view, also of what has no row yet."""
        if self._total <= len(self.shown):
            return tuple(each.action.id for each in self.rows)
        asked = self.view.asks(self.filters)
        found = await self.ask(list_actions, asked, limit=self._total)
        return tuple(each.action.id for each in (*(found.actions if found else self.shown), *self._lately))

    async def _closed_lately(self, asked: ActionFilter, page: Page | None) -> tuple[ActionListing, ...]:
        """What was closed today or in the seven days before; it stands behind the last open one."""
        if page is None or page.total > len(page.actions) or asked.due_within is not None or asked.dated is False:
            return ()
        zone = self.workspace.clock.zone
        closed = asked.model_copy(update={"closed": True, "dated": None})
        found = await self.ask(list_actions, closed, limit=_MOST_LATELY)
        if found is None:
            return ()
        since = found.today - _LATELY
        return tuple(each for each in found.actions if closed_at(each, zone).date() >= since)

    async def _keep_marks(self, asked: ActionFilter) -> None:
        """Marks on what left the view go, and that is said."""
        there = {each.action.id for each in self.rows}
        if self._total > len(self.shown) and any(each not in there for each in self.marks):
            found = await self.ask(list_actions, asked, limit=self._total)
            there |= {each.action.id for each in found.actions} if found is not None else set(self.marks)
        if gone := self.marks.keep(there):
            self.say(sentences.marks_left(gone), tone="warning")

    def _go_on(self) -> None:
        """Fetch further rows when the highlight nears the last one."""
        if self._fetching or self._total <= len(self.shown):
            return
        wanted = self.action_rows.highlighted_id
        if any(each.action.id == wanted for each in self.shown[-_AHEAD:]):
            self._fetching = True
            self._limit = len(self.shown) + PAGE
            self.run_worker(self._fetch_more(), description="go on", exclusive=True, group="reload")

    async def _fetch_more(self) -> None:
        try:
            await self.look()
        finally:
            self._fetching = False

    @work(description="brief", exclusive=True, group="brief")
    async def _brief(self) -> None:
        if self.is_there:
            await brief_beside(self, lambda: self.highlighted.action.participant_id if self.highlighted else "")
