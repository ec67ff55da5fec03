"""The question in which template a note is begun."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static

from peernote_tui.domain.note import DEFAULT_TEMPLATE
from peernote_tui.domain.template import Template
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.screens.base import PeerModal
from peernote_tui.ui.widgets.peer_list import PeerList, Row

CHOOSE = "?"
"""In place of a template's id: ask which."""
_KEYS = "123456789" + ascii_lowercase
_COLUMNS = (Column(1), Column(24), Column(20, flex=1, gone_below=50))


class ChooseTemplate(PeerModal[str]):
    """Gives the id of the chosen template, or None to step back; one key for each of the first.

    Args:
        templates: Those a note can be begun with, in the order they are listed.
        question: What is asked.
    """

    def __init__(self, templates: Sequence[Template], *, question: str = sentences.CHOOSE_TEMPLATE) -> None:
        super().__init__()
        self._question = question
        self._templates = tuple(templates)

    def compose(self) -> ComposeResult:
        """Lay out the question, the templates and the keys."""
        with Vertical(classes="dialog dialog--wide"):
            yield Static(safe.content(self._question, "bold"), markup=False)
            yield PeerList(_COLUMNS, id="templates")
            yield Static(safe.content(sentences.CHOOSE_TEMPLATE_KEYS, "$muted"), classes="dialog--keys", markup=False)

    def on_mount(self) -> None:
        """Begin in the list, at the guided note."""
        keys = _KEYS.ljust(len(self._templates))
        rows = [
            Row(each.id, (Cell(key.strip(), "$primary"), Cell(each.title, "bold"), Cell(_about(each), "$muted")))
            for key, each in zip(keys, self._templates, strict=False)
        ]
        chosen = self.query_one(PeerList)
        chosen.show(rows, highlight=rows[0].id if rows else None)
        chosen.focus()

    def on_key(self, event: events.Key) -> None:
        """Take the template whose key was pressed."""
        place = _KEYS.find(event.character) if event.character else -1
        if 0 <= place < len(self._templates):
            event.stop()
            event.prevent_default()
            self.dismiss(self._templates[place].id)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_id)


def _about(template: Template) -> str:
    return template.description or (sentences.GUIDED_NOTE if template.id == DEFAULT_TEMPLATE else "")
