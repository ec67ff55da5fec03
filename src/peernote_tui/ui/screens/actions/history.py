"""The history of an action item: who changed it when, with whose words, and why."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from peernote_tui.domain.action_item import ActionEvent, ActionListing
from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.dates import say_due
from peernote_tui.services.changing_actions import action_in
from peernote_tui.services.workspace import Workspace
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.briefing import owner_word
from peernote_tui.ui.screens.actions.rows import tail_of
from peernote_tui.ui.screens.base import PeerModal
from peernote_tui.ui.widgets.lines import LinesWidget


def action_history(workspace: Workspace, action_id: str) -> tuple[ActionEvent, ...]:
    """The history of an action item, the newest first.

    Raises:
        NotFoundError: It is not there.
    """
    with workspace.reading() as work:
        action_in(work, action_id)
        return tuple(reversed(work.action_items.events(action_id)))


class HistoryDialog(PeerModal[None]):
    """Shows the whole of an action item and everything that was done with it; Esc closes it.

    Args:
        listing: The action item.
        events: Its history, the newest first.
        workspace: The open vault's frozen facts.
    """

    def __init__(self, listing: ActionListing, events: Sequence[ActionEvent], workspace: Workspace) -> None:
        super().__init__()
        self._page = HistoryPage(listing, events, workspace)

    def compose(self) -> ComposeResult:
        """Lay the history out in a box that scrolls."""
        with VerticalScroll(classes="dialog dialog--wide"):
            yield self._page
            yield Static(safe.content(sentences.HISTORY_KEYS), classes="dialog--keys", markup=False)

    def on_mount(self) -> None:
        """Let the arrow keys scroll at once."""
        self.query_one(VerticalScroll).focus()


class HistoryPage(LinesWidget):
    """The action item in full, then its events.

    Args:
        listing: The action item.
        events: Its history, the newest first.
        workspace: The open vault's frozen facts.
    """

    def __init__(self, listing: ActionListing, events: Sequence[ActionEvent], workspace: Workspace) -> None:
        super().__init__()
        self._listing, self._events = listing, tuple(events)
        self._today, self._zone, self._me = workspace.today, workspace.clock.zone, workspace.author.id

    def lines(self, width: int) -> list[Content]:
        """Write the page."""
        action, called = self._listing.action, self._listing.called
        about = (
            naming.by_number(called),
            owner_word(action.owner, action.owner_name, called),
            say_due(action.due, today=self._today) if action.due else sentences.NO_DUE_DAY,
            sentences.confidence_of(action.confidence) if action.confidence is not None else "",
            tail_of(action),
            sentences.AGREED_IN_NOTE if action.note_id else sentences.ADDED_ALONE,
        )
        made = [*safe.content(action.text, "bold").wrap(max(1, width))]
        made += safe.content(" · ".join(part for part in about if part), "$muted").wrap(max(1, width))
        for event in self._events:
            made += [Content(""), *self._event(event, width)]
        return made

    def _event(self, event: ActionEvent, width: int) -> list[Content]:
        at = sentences.event_at(in_zone(event.at, self._zone), self._today)
        by = sentences.BY_YOU if event.by == self._me else sentences.BY_ANOTHER
        where = f" · {sentences.IN_A_NOTE}" if event.note_id else ""
        status = sentences.status_told(event.status.value)
        head = safe.assemble((at, "$primary"), (f"  {by}{where}  ", "$muted"), status)
        told = [
            sentences.field_changed(name, _told(pair[0]), _told(pair[1]))
            for name, pair in event.change.items()
            if isinstance(pair, list) and len(pair) == 2
        ]
        if event.words:
            told.append(sentences.said_in_words(event.words))
        if isinstance(why := event.change.get("reason"), str) and why:
            told.append(sentences.because(why))
        made = [*head.wrap(max(1, width))]
        for line in told:
            made += [Content.assemble("  ", each) for each in safe.content(line).wrap(max(1, width - 2))]
        return made


def _told(value: object) -> str:
    """A value of a change in words."""
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return " ".join(f"#{each}" for each in value)
    if isinstance(value, dict):
        return str(value.get("stage") or "")
    return str(value)
