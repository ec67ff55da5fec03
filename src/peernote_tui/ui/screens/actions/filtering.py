"""The question what the tracker shows only: whose, of whom, with which tag, due when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.actions.views import Filters
from peernote_tui.ui.screens.base import PeerModal

_LABEL = 14


@dataclass(frozen=True)
class FilterAnswer:
    """What is to be shown only, and what is asked next.

    Attributes:
        filters: As they were set.
        then: "show", "participant", "tag", "save" or "remove".
    """

    filters: Filters
    then: str = "show"


class FilterDialog(PeerModal[FilterAnswer]):
    """One letter for each filter; Enter shows it, Esc changes nothing.

    Args:
        filters: What is set now.
        removable: Name of the kept view that is shown; empty for one that is always there.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "cycle('whose')", "Whose", id="track.whose", tooltip="Mine, theirs, any."),
        Binding("p", "ask('participant')", "Participant", id="track.participant", tooltip="Of one participant."),
        Binding("t", "ask('tag')", "Tag", id="track.tag", tooltip="With a tag."),
        Binding("d", "cycle('window')", "Due", id="track.window", tooltip="Overdue, today, this week, later, none."),
        Binding("c", "clear", "Clear", id="track.clear", tooltip="Show all again."),
        Binding("s", "ask('save')", "Keep as a view", id="track.save", tooltip="Keep what is shown under a name."),
        Binding("r", "ask('remove')", "Remove the view", id="track.remove", tooltip="Remove this kept view."),
        Binding("enter", "ask('show')", "Show it", id="track.show", tooltip="Show what is chosen."),
    ]

    def __init__(self, filters: Filters, *, removable: str = "") -> None:
        super().__init__()
        self._filters = filters
        self._removable = removable

    def compose(self) -> ComposeResult:
        """Lay out the filters and the keys."""
        with Vertical(classes="dialog"):
            yield Static(safe.content(sentences.FILTERS_TITLE, "bold"), markup=False)
            yield Static("", id="track-filters", classes="dialog--text", markup=False)
            yield Static(safe.content(sentences.FILTERS_DIALOG_KEYS), classes="dialog--keys", markup=False)

    def on_mount(self) -> None:
        """Show what is set."""
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A view that is always there is not removed."""
        if action == "ask" and parameters == ("remove",):
            return bool(self._removable)
        return super().check_action(action, parameters)

    def action_cycle(self, name: str) -> None:
        """Go to the next of a few."""
        choices = ("", *(sentences.FILTER_WHOSE if name == "whose" else sentences.FILTER_WINDOWS))
        now = getattr(self._filters, name)
        self._filters = replace(self._filters, **{name: choices[(choices.index(now) + 1) % len(choices)]})
        self._show()

    def action_clear(self) -> None:
        """Set nothing."""
        self._filters = Filters()
        self._show()

    def action_ask(self, then: str) -> None:
        """Give the answer."""
        self.dismiss(FilterAnswer(self._filters, then))

    def _show(self) -> None:
        on = self._filters
        rows = [
            ("w", sentences.FILTER_LABELS["whose"], sentences.FILTER_WHOSE.get(on.whose, "")),
            ("p", sentences.FILTER_LABELS["participant"], on.participant),
            ("t", sentences.FILTER_LABELS["tag"], f"#{on.tag}" if on.tag else ""),
            ("d", sentences.FILTER_LABELS["window"], sentences.FILTER_WINDOWS.get(on.window, "")),
        ]
        lines = [_line(key, label, value) for key, label, value in rows]
        if on.text:
            lines.append(_line("", sentences.FILTER, sentences.holds_words(on.text)))
        commands = [("c", sentences.CLEAR_FILTERS), ("s", sentences.SAVE_VIEW)]
        if self._removable:
            commands.append(("r", sentences.REMOVE_VIEW))
        lines += [Content(""), _keys(commands)]
        self.query_one("#track-filters", Static).update(Content("\n").join(lines))


def _line(key: str, label: str, value: str) -> Content:
    shown = (safe.shorten(value, 36), "bold $primary") if value else (sentences.FILTERS_ANY, "$muted")
    return safe.assemble((f"{key:1} ", "bold $primary"), label.ljust(_LABEL), shown)


def _keys(commands: Sequence[tuple[str, str]]) -> Content:
    parts: list[tuple[str, str]] = []
    for key, words in commands:
        parts += [(key, "bold $primary"), (f" {words}    ", "")]
    return safe.assemble(*parts)
