"""The tracker's lines: a new action item, and one that is changed."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from peernote_tui.domain.action_item import ActionItem, ActionListing
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.domain.names import Called
from peernote_tui.domain.participant import Participant
from peernote_tui.services.action_items import add_action
from peernote_tui.services.changing_actions import edit_action
from peernote_tui.services.participants import get_participant
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.action_lines import LineReader
from peernote_tui.ui.screens.actions.changing import ChangingVerbs
from peernote_tui.ui.screens.actions.narrowing import NarrowingVerbs
from peernote_tui.ui.screens.actions.rows import only_participant
from peernote_tui.ui.screens.actions.views import VIEWS, Filters
from peernote_tui.ui.screens.participants import ParticipantsScreen
from peernote_tui.ui.shelf import Shelf
from peernote_tui.ui.undoing import push_added
from peernote_tui.ui.widgets.action_line import ActionPanel


class WritingVerbs(ChangingVerbs, NarrowingVerbs):
    """Add an action item in one line, or change one in the same grammar."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add", id="actions.add", tooltip="Add an action item in one line."),
        Binding("e", "edit", "Edit", id="actions.edit", tooltip="Change the action item as one line."),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._for: Participant | None = None
        self._edited: ActionListing | None = None

    def action_add(self) -> None:
        """Open the line to add, asking first for whom where it is not known."""
        self.run_worker(self._open_adder(), description="add action item", exclusive=True, group="add")

    def action_for_another(self) -> None:
        """Ask for whom the action item is."""
        self.run_worker(self._open_adder(ask=True), description="add action item", exclusive=True, group="add")

    def action_edit(self) -> None:
        """Open the line to change; what is half changed in it waits for the same action item."""
        if (listing := self.only_one()) is not None:
            self.house.hold_keys()
            self.run_worker(self._open_editor(listing), description="edit action item", exclusive=True, group="add")

    async def flush(self) -> None:
        """Let what is typed in the lines wait."""
        for panel in self.query(ActionPanel):
            await panel.flush()

    def written_place(self) -> dict[str, Any]:
        """Which line is open, for whom or for which; the words stand in their boxes. A dialog, too."""
        dialog = self.dialog_open()
        return {
            "for": self._for.id if self._for else None,
            "adding": bool(self._adder.display),
            "editing": self._edited.action.id if self._edited and self._editor.display else None,
            "asked": dialog.ASKED_BY if dialog is not None else None,
        }

    async def write_again(self, own: dict[str, Any]) -> None:
        """Open the line again that was open, or ask again what was being asked."""
        if own.get("for") and (found := await self.ask(get_participant, str(own["for"]))):
            await self._add_for(found)
            if own.get("adding"):
                self._show(self._adder)
        listing = next((each for each in self.rows if each.action.id == own.get("editing")), None)
        if listing is not None:
            await self._open_editor(listing)
        if asked := own.get("asked"):
            self.call_after_refresh(self.ask_again, str(asked))

    @on(ActionPanel.Written, "#adder")
    def _added(self, event: ActionPanel.Written) -> None:
        if self._for is not None:
            self.run_worker(self._add(self._for, event.line), description="add action item", group="change")

    @on(ActionPanel.Written, "#editor")
    def _rewritten(self, event: ActionPanel.Written) -> None:
        if self._edited is not None:
            self.run_worker(self._edit(self._edited, event.line), description="edit action item", group="change")

    async def _open_adder(self, *, ask: bool = False) -> None:
        filtered = only_participant(self.shown) if self.filters else None
        wanted = None if ask else filtered or (self._for.id if self._for else None)
        if wanted is None:
            wanted = await self.app.push_screen_wait(ParticipantsScreen(choosing=True))
            if wanted is None:
                return
        found = await self.ask(get_participant, wanted)
        if found is not None:
            await self._add_for(found, carry=ask)
            self._show(self._adder)

    async def _add_for(self, found: Participant, *, carry: bool = False) -> None:
        self._for = found
        called = found.called
        head = safe.assemble(
            (sentences.action_for(naming.in_short(called)), "bold"), "  ", (naming.apart(called), "$muted")
        )
        shelf = Shelf("new action", (called.id,))
        await self._adder.begin(self._reader(called), shelf, head=head, carry=carry)

    async def _open_editor(self, listing: ActionListing) -> None:
        action, called = listing.action, listing.called
        head = safe.content(sentences.editing(naming.by_number(called)), "bold")
        self._edited = listing
        try:
            # What was half changed before somebody else changed it is no change of this.
            shelf = Shelf(f"action {action.changed_at.isoformat()}", (action.id,))
            await self._editor.begin(self._reader(called, action.due), shelf, head=head, held=line_held(action))
            self._show(self._editor)
        finally:
            self.house.release_keys()

    def _reader(self, called: Called, kept_due: date | None = None) -> LineReader:
        return LineReader(called, self.workspace.today, self.house.settings.day_first, kept_due)

    def _show(self, panel: ActionPanel) -> None:
        for each in self.query(ActionPanel):
            each.display = each is panel
        panel.focus_line()

    async def _add(self, participant: Participant, line: ActionLine) -> None:
        try:
            added = await self.house.gateway.call(add_action, participant.id, line)
        except PeerNoteError as error:
            self._adder.refuse(str(error))
            return
        await self._adder.done()
        self.close_lines()
        wanted = self.view.wanted
        fits_owner = not wanted.owners or added.owner in wanted.owners
        if wanted.closed or self.view.name or (wanted.dated and added.due is None) or not fits_owner:
            self.go_to_view(VIEWS[0])
        self.narrow_to(Filters())
        await self.look(highlight=added.id)
        push_added(self.house.undoing, added)
        said = sentences.action_added(added.text, naming.by_number(participant.called))
        self.say(said, tone="success", way=sentences.u_to_undo())

    async def _edit(self, listing: ActionListing, line: ActionLine) -> None:
        if line == line_held(listing.action):
            await self._editor.done()
            self.close_lines()
            self.say(sentences.NOTHING_CHANGED)
            return
        try:
            change = await self.house.gateway.call(edit_action, listing.action.id, line)
        except PeerNoteError as error:
            self._editor.refuse(str(error))
            return
        self._edited = None
        await self._editor.done()
        self.close_lines()
        subject = sentences.one_action(line.text, naming.by_number(listing.called))
        self.remember(change, subject, sentences.edited(subject))
        await self.look(highlight=listing.action.id)

    @property
    def _adder(self) -> ActionPanel:
        return self.query_one("#adder", ActionPanel)

    @property
    def _editor(self) -> ActionPanel:
        return self.query_one("#editor", ActionPanel)


def line_held(action: ActionItem) -> ActionLine:
    """An action item as the line that says it."""
    return ActionLine(
        action.text, action.owner, action.owner_name, action.due, action.tags, action.confidence, action.repeats
    )
