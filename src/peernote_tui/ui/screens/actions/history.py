"""The history of an action item: who changed it when, with whose words, and why."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from peernote_tui.domain.action_item import ActionListing
from peernote_tui.domain.dates import say_due
from peernote_tui.services.reading_history import HistoryEntry
from peernote_tui.services.workspace import Workspace
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.briefing import owner_word
from peernote_tui.ui.screens.actions.rows import tail_of
from peernote_tui.ui.screens.base import PeerModal
from peernote_tui.ui.widgets.lines import LinesWidget


class HistoryDialog(PeerModal[None]):
    """Shows the whole of an action item and everything that was done with it; Esc closes it.

    Args:
        listing: The action item.
        entries: Its history, the newest first.
        workspace: The open vault's frozen facts.
    """

    def __init__(self, listing: ActionListing, entries: Sequence[HistoryEntry], workspace: Workspace) -> None:
        super().__init__()
        self._page = HistoryPage(listing, entries, workspace)

    def compose(self) -> ComposeResult:
        """Lay the history out in a box that scrolls."""
        with VerticalScroll(classes="dialog dialog--wide"):
            yield self._page
            yield Static(safe.content(sentences.HISTORY_KEYS), classes="dialog--keys", markup=False)

    def on_mount(self) -> None:
        """Let the arrow keys scroll at once."""
        self.query_one(VerticalScroll).focus()


class HistoryPage(LinesWidget):
    """The action item in full, then its history.

    Args:
        listing: The action item.
        entries: Its history, the newest first.
        workspace: The open vault's frozen facts.
    """

    def __init__(self, listing: ActionListing, entries: Sequence[HistoryEntry], workspace: Workspace) -> None:
        super().__init__()
        self._listing, self._entries = listing, tuple(entries)
        self._today = workspace.today

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
        for entry in self._entries:
            made += [Content(""), *self._entry(entry, width)]
        return made

    def _entry(self, entry: HistoryEntry, width: int) -> list[Content]:
        at = sentences.event_at(entry.at, self._today)
        by = sentences.BY_YOU if entry.by else sentences.BY_ANOTHER
        where = f" · {sentences.IN_A_NOTE}" if entry.note_id else ""
        status = sentences.status_told(entry.status.value)
        head = safe.assemble((at, "$primary"), (f"  {by}{where}  ", "$muted"), status)
        told = [sentences.field_changed(change.what, change.before, change.after) for change in entry.changes]
        told += [sentences.BORN_OF_SERIES] if entry.born else []
        told += [sentences.TAKEN_BACK_WITH_SERIES] if entry.taken_back else []
        told += [sentences.said_in_words(entry.words)] if entry.words else []
        told += [sentences.because(entry.reason)] if entry.reason else []
        made = [*head.wrap(max(1, width))]
        for line in told:
            made += [Content.assemble("  ", each) for each in safe.content(line).wrap(max(1, width - 2))]
        return made
