"""Actions: what was agreed, by when, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, OptionList, Static

from peernote_tui.domain.action_item import ActionListing, ActionStatus
from peernote_tui.domain.action_line import LONGEST_LINE, ActionLine, parse_action_line, say_action_line
from peernote_tui.domain.errors import InvalidInputError, PeerNoteError
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import Participant
from peernote_tui.services.action_items import add_action, list_actions
from peernote_tui.services.changing_actions import settle
from peernote_tui.services.participants import brief, get_participant
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.briefing import sections, who
from peernote_tui.ui.flows import open_participant
from peernote_tui.ui.line_completing import LineSuggester, offered_owner
from peernote_tui.ui.screens.action_rows import (
    COLUMNS,
    VIEWS,
    ActionList,
    AddBox,
    FilterBox,
    View,
    ViewLine,
    lines,
    only_participant,
)
from peernote_tui.ui.screens.participants import ParticipantsScreen
from peernote_tui.ui.screens.vault_screen import VaultTopScreen
from peernote_tui.ui.undoing import push_actions, take_back_on
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.side_pane import SidePane

MOST_ROWS = 200
_BESIDE = 78
"""Columns from which the filter stands beside the views."""


class ActionsScreen(VaultTopScreen):
    """Every action item in views; one key says what became of it, and one takes that back.

    Undo goes back through the session, whatever screen made a change.
    """

    PLACE = "Actions"
    NAME = "actions"
    FIRST_KEYS = ("actions.done", "actions.partly", "actions.add", "actions.undo", "actions.next_view")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "settle('done')", "Done", id="actions.done", tooltip="It is done; in Done, open it again."),
        Binding(
            "p",
            "settle('partly')",
            "Partly",
            id="actions.partly",
            tooltip="It is partly done; pressed again, it is open as before.",
        ),
        Binding(
            "x", "settle('dropped')", "Let go", id="actions.drop", show=False, tooltip="It is no longer to be done."
        ),
        Binding("a", "add", "Add", id="actions.add", tooltip="Add an action item in one line."),
        Binding("u", "undo", "Undo", id="actions.undo", tooltip="Take the last change back, then the one before."),
        Binding("slash", "filter", "Filter", id="actions.filter", show=False, tooltip="Show only what holds words."),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._view: View = VIEWS[0]
        self._shown: tuple[ActionListing, ...] = ()
        self._for: Participant | None = None

    def compose_body(self) -> ComposeResult:
        """Lay out views and filter, the line to add, the list, and the briefing beside."""
        with Horizontal(classes="columns"):
            with Vertical(classes="main"):
                with Horizontal(classes="views"):
                    yield ViewLine()
                    yield Field("filter", sentences.FILTER, FilterBox(max_length=100), width=18)
                with Vertical(id="adder"):
                    yield Static("", id="add-for", markup=False)
                    yield Field(
                        "add",
                        sentences.ADD_ACTION,
                        AddBox(max_length=LONGEST_LINE, placeholder=sentences.ADD_ACTION_EXAMPLE),
                        hint=sentences.ADD_ACTION_HINT,
                    )
                yield ActionList(COLUMNS, id="actions")
            yield SidePane()

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one(AddBox).suggester = LineSuggester(
            lambda: (self.workspace.today, offered_owner(self._for.called if self._for else None))
        )
        self._show_adder(shown=False)

    def on_resize(self, event: events.Resize) -> None:
        """Put the filter under the views where it does not fit beside them."""
        super().on_resize(event)
        self.set_class(event.size.width < _BESIDE, "-stacked")

    async def reload(self) -> None:
        """List anew, keeping the highlight, and brief anew on it."""
        await self._look()
        self._brief()

    def own_place(self) -> dict[str, Any]:
        """The view, and for whom the line to add is open."""
        about = self._for.id if self._for else None
        return {"view": self._view.key, "for": about, "adding": bool(self.query_one("#adder").display)}

    async def settle_in(self, own: dict[str, Any]) -> None:
        """Choose the view again, and open the line to add if it was open."""
        self._choose_view(next(view for view in VIEWS if view.key == own["view"]))
        await self.reload()
        if own["for"] and (found := await self.ask(get_participant, str(own["for"]))):
            self._add_for(found)
            if own["adding"]:
                self._show_adder(shown=True)

    def find(self) -> None:
        """Go to the filter."""
        self.action_filter()

    def go_back(self) -> None:
        """From a box to the list; from the list to Today."""
        if self.query_one("#adder").display:
            self._show_adder(shown=False)
        elif self._filter.has_focus:
            self._list.focus()
        else:
            super().go_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show what cannot be done now as such."""
        if action == "settle":
            return True if self._shown else None
        return super().check_action(action, parameters)

    def action_view(self, step: int) -> None:
        """Go to the neighbouring view."""
        self._choose_view(VIEWS[(VIEWS.index(self._view) + step) % len(VIEWS)])
        self.run_worker(self.reload(), description="reload", exclusive=True, group="reload")

    def action_filter(self) -> None:
        """Go to the filter."""
        self._filter.focus()

    def action_list(self) -> None:
        """Go to the list; the filter stays."""
        self._list.focus()

    def action_settle(self, status: str) -> None:
        """Say what became of the highlighted action item."""
        listing = self._highlighted
        if listing is None:
            return
        wanted = ActionStatus(status)
        current = listing.action.status
        if wanted is current or (wanted is ActionStatus.DONE and not current.is_open):
            wanted = ActionStatus.OPEN
        if wanted.is_open != current.is_open:
            # Gone from the list at once, so that the next key means the next line.
            self._shown = tuple(shown for shown in self._shown if shown is not listing)
            self._lay(len(self._shown))
        self.run_worker(self._settle(listing, wanted), description="change action item", group="change")

    def action_undo(self) -> None:
        """Take the last change back."""
        self.run_worker(self._undo(), description="undo", group="change")

    def action_add(self) -> None:
        """Open the line to add, asking first for whom where it is not known."""
        self.run_worker(self._open_adder(), description="add action item", exclusive=True, group="add")

    def action_for_another(self) -> None:
        """Ask for whom the action item is."""
        self.run_worker(self._open_adder(ask=True), description="add action item", exclusive=True, group="add")

    @on(Input.Changed, "FilterBox")
    def _filtered(self) -> None:
        self.run_worker(self.reload(), description="reload", exclusive=True, group="reload")

    @on(Input.Changed, "AddBox")
    def _writing(self) -> None:
        self._adder.set_error(None)
        self._echo()

    @on(Input.Submitted, "AddBox")
    def _written(self) -> None:
        try:
            line = self._understood()
        except InvalidInputError as error:
            self._adder.set_error(str(error))
            return
        if self._for is not None:
            self.run_worker(self._add(self._for, line), description="add action item", group="change")

    @on(OptionList.OptionSelected, "ActionList")
    def _selected(self) -> None:
        if (listing := self._highlighted) is not None:
            self.house.run_worker(
                open_participant(self.house, listing.action.participant_id),
                description="open",
                exclusive=True,
                group="flow",
            )

    @on(OptionList.OptionHighlighted, "ActionList")
    def _moved(self) -> None:
        self._brief()

    async def _look(self, highlight: str | None = None) -> None:
        """Ask for the view; an answer that came too late is dropped."""
        if not self.house.gateway.is_open:
            return
        view, text = self._view, self._filter.value
        found = await self.ask(
            list_actions,
            closed=view.closed,
            owners=view.owners,
            due_until=date.max if view.dated else None,
            text=text,
            limit=MOST_ROWS,
        )
        if found is None or (view, text) != (self._view, self._filter.value):
            return
        self._shown = found.actions
        self._list.set_empty(sentences.no_actions(view.key, filtered=bool(text.strip())))
        self._lay(found.total, highlight)
        self.set_status(sentences.open_overdue(found.open, found.overdue))
        self.refresh_bindings()

    def _lay(self, total: int, highlight: str | None = None) -> None:
        workspace = self.workspace
        rows = lines(self._view, self._shown, total, today=workspace.today, zone=workspace.clock.zone)
        self._list.show(rows, highlight=highlight)

    async def _settle(self, listing: ActionListing, status: ActionStatus) -> None:
        change = await self.ask(settle, [listing.action.id], status)
        if change is not None:
            text = listing.action.text
            push_actions(self.house.undoing, sentences.undone(text), change)
            self.say(
                sentences.settled(status.value, text, naming.by_number(listing.called)),
                way=sentences.u_to_undo(),
            )
        await self.reload()

    async def _undo(self) -> None:
        if (taken := await take_back_on(self)) is not None:
            await self._look(highlight=taken.about)

    async def _open_adder(self, *, ask: bool = False) -> None:
        filtered = only_participant(self._shown) if self._filter.value.strip() else None
        wanted = None if ask else filtered or (self._for.id if self._for else None)
        if wanted is None:
            wanted = await self.app.push_screen_wait(ParticipantsScreen(choosing=True))
            if wanted is None:
                return
        found = await self.ask(get_participant, wanted)
        if found is None:
            return
        self._add_for(found)
        self._show_adder(shown=True)

    def _add_for(self, found: Participant) -> None:
        self._for = found
        self.query_one("#add-for", Static).update(
            safe.assemble(
                (sentences.action_for(naming.in_short(found.called)), "bold"),
                "  ",
                (naming.apart(found.called), "$muted"),
            )
        )
        self._echo()

    def _show_adder(self, *, shown: bool) -> None:
        self.query_one("#adder").display = shown
        if shown:
            self._adder.focus_control()
        else:
            self._list.focus()

    async def _add(self, participant: Participant, line: ActionLine) -> None:
        try:
            added = await self.house.gateway.call(add_action, participant.id, line)
        except PeerNoteError as error:
            self._adder.set_error(str(error))
            return
        self._adder.query_one(AddBox).load("")
        self._echo()
        self._show_adder(shown=False)
        if self._view.closed or (self._view.dated and added.due is None) or not self._fits_owner(added.owner):
            self._choose_view(next(view for view in VIEWS if view.key == "open"))
        self._filter.load("")
        await self._look(highlight=added.id)
        self.say(
            sentences.action_added(added.text, naming.by_number(participant.called)),
            tone="success",
        )

    def _choose_view(self, view: View) -> None:
        self._view = view
        self.query_one(ViewLine).view = view

    def _fits_owner(self, owner: Owner) -> bool:
        return not self._view.owners or owner in self._view.owners

    def _understood(self) -> ActionLine:
        name = self._for.name if self._for else ""
        text = self._adder.query_one(AddBox).value
        return parse_action_line(
            text, today=self.workspace.today, participant_name=name, day_first=self.house.settings.day_first
        )

    def _echo(self) -> None:
        """Say what was understood; while typing, nothing is called wrong."""
        try:
            line = self._understood()
        except InvalidInputError:
            self._adder.set_echo(None)
            return
        called = naming.as_owner(self._for.called) if self._for is not None else ""
        self._adder.set_echo(say_action_line(line, today=self.workspace.today, participant_name=called))

    def _brief(self) -> None:
        listing = self._highlighted
        about = listing.action.participant_id if listing else None
        self.run_worker(self._briefing(about), description="brief", exclusive=True, group="brief")

    async def _briefing(self, participant_id: str | None) -> None:
        pane = self.query_one(SidePane)
        if participant_id is None or not self.house.gateway.is_open:
            pane.show(())
            return
        found = await self.ask(brief, participant_id)
        now = self._highlighted
        if found is not None and now is not None and now.action.participant_id == participant_id:
            title, detail = who(found.participant)
            pane.show(sections(found), title=title, detail=detail)

    @property
    def _highlighted(self) -> ActionListing | None:
        wanted = self._list.highlighted_id
        return next((listing for listing in self._shown if listing.action.id == wanted), None)

    @property
    def _list(self) -> ActionList:
        return self.query_one(ActionList)

    @property
    def _filter(self) -> FilterBox:
        return self.query_one(FilterBox)

    @property
    def _adder(self) -> Field:
        return self.query_one("#field-add", Field)
