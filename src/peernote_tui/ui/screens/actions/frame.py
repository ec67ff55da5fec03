"""What every part of the tracker's screen knows: which rows are shown, what is highlighted and marked."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

from textual.screen import Screen

from peernote_tui.domain.action_item import ActionListing
from peernote_tui.services.changing_actions import ActionChange
from peernote_tui.ui import naming, sentences
from peernote_tui.ui.screens.actions.boxes import ActionList, FilterBox
from peernote_tui.ui.screens.actions.marks import Marks
from peernote_tui.ui.screens.actions.views import VIEWS, Filters, View
from peernote_tui.ui.screens.vault_screen import VaultTopScreen
from peernote_tui.ui.undoing import push_actions, with_next
from peernote_tui.ui.widgets.action_line import ActionPanel

AnswerT = TypeVar("AnswerT")


class TrackerFrame(VaultTopScreen):
    """The tracker without its verbs, which files of their own add."""

    def __init__(self) -> None:
        super().__init__()
        self.view: View = VIEWS[0]
        self.shown: tuple[ActionListing, ...] = ()
        self.marks = Marks()
        self._asks = 0
        self.narrowed = Filters()
        """What narrows the view beside the words in the filter box."""

    async def look(self, highlight: str | None = None) -> None:
        """Ask for the view anew."""

    def lay(self, highlight: str | None = None) -> None:
        """Lay the rows out as they are known."""

    def take_out(self, ids: tuple[str, ...]) -> None:
        """Leave rows out at once."""

    def begin_anew(self) -> None:
        """Begin with the first rows again."""

    async def all_ids(self) -> tuple[str, ...]:
        """Ids of everything in the view."""
        return ()

    @property
    def rows(self) -> tuple[ActionListing, ...]:
        """Every action item that has a row."""
        return self.shown

    @property
    def filters(self) -> Filters:
        """Everything that narrows the view."""
        return self.narrowed.with_text(self.filter_box.value)

    @property
    def is_there(self) -> bool:
        """Whether the screen is still to be seen, and the vault open; what was asked for before may come later."""
        return self.is_attached and bool(self.query(ActionList)) and self.house.gateway.is_open

    @property
    def highlighted(self) -> ActionListing | None:
        """The highlighted action item."""
        if not self.is_there:
            return None
        wanted = self.action_rows.highlighted_id
        return next((each for each in self.rows if each.action.id == wanted), None)

    @property
    def meant(self) -> tuple[str, ...]:
        """Ids of what the next key means: everything marked, or the highlighted one."""
        if self.marks:
            return tuple(self.marks)
        listing = self.highlighted
        return (listing.action.id,) if listing is not None else ()

    def named(self, ids: Sequence[str]) -> str:
        """One action item by its words and whose it is, or how many they are."""
        listing = next((each for each in self.rows if each.action.id == ids[0]), None) if len(ids) == 1 else None
        if listing is None:
            return sentences.several_actions(len(ids))
        return sentences.one_action(listing.action.text, naming.by_number(listing.called))

    def remember(self, changes: Sequence[ActionChange], subject: str, said: str) -> None:
        """Say what was done, and remember how it is taken back."""
        push_actions(self.house.undoing, sentences.taken_back(subject), changes)
        self.say(said, way=with_next(sentences.u_to_undo(), changes, self.workspace.today))

    def ask_over(self, asking: Coroutine[Any, Any, None]) -> None:
        """Ask in a dialog, one at a time; what is typed from here on is meant for it."""
        self.house.hold_keys()
        self._asks += 1
        self.run_worker(self._asked(asking, self._asks), description="ask", exclusive=True, group="dialog")

    async def answer_of(self, dialog: Screen[AnswerT]) -> AnswerT | None:
        """Show a dialog and wait for its answer; None when it was closed."""
        answer = self.app.push_screen(dialog, wait_for_dismiss=True)
        self.house.release_keys()
        return await answer

    async def _asked(self, asking: Coroutine[Any, Any, None], number: int) -> None:
        try:
            await asking
        finally:
            # Whoever asked again meanwhile holds the keys for what comes next.
            if number == self._asks:
                self.house.release_keys()

    def only_one(self) -> ActionListing | None:
        """The highlighted one, for what takes one alone; None after saying so when several are marked."""
        if len(self.marks) > 1:
            self.say(sentences.ONE_AT_A_TIME, tone="warning")
            return None
        if self.marks:
            wanted = next(iter(self.marks))
            return next((each for each in self.rows if each.action.id == wanted), self.highlighted)
        return self.highlighted

    def close_lines(self) -> None:
        """Close the lines to add and to change; what is typed in them stays."""
        for panel in self.query(ActionPanel):
            panel.display = False
        self.action_list()

    def action_list(self) -> None:
        """Go to the list; the filter stays."""
        self.action_rows.focus()

    @property
    def action_rows(self) -> ActionList:
        """The list."""
        return self.query_one(ActionList)

    @property
    def filter_box(self) -> FilterBox:
        """The box for words."""
        return self.query_one(FilterBox)
