"""Snippets: every one with what it stands for; added, changed and removed in one line."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.snippets import LONGEST_KEY, LONGEST_TEXT, Snippet, checked
from peernote_tui.services.snippets import (
    SnippetChange,
    list_snippets,
    remove_snippet,
    set_snippet,
    take_back,
)
from peernote_tui.ui import sentences
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.peer_list import PeerList, Row
from peernote_tui.ui.widgets.text_input import TextInput

_NEW_LINE = " ⏎ "
"""How a line break is shown and typed in the one line."""


class SnippetLine(TextInput):
    """One snippet in a line, such as `gnd We practised grounding`."""

    TAKES_SNIPPETS: ClassVar[bool] = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Keep it", id="snippets.keep", tooltip="Keep the snippet as it stands in the line."),
    ]


class SnippetsScreen(VaultScreen[None]):
    """The list, and the line to add or change one. Undo goes back as far as this screen has been open."""

    PLACE = sentences.SNIPPETS_PLACE
    NAME = "snippets"
    FIRST_KEYS = ("list.open", "snippets.keep", "snippets.add", "snippets.remove", "snippets.undo")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add", id="snippets.add", tooltip="Add a snippet in one line."),
        Binding(
            "x", "remove", "Remove", id="snippets.remove", tooltip="Remove the highlighted snippet; u brings it back."
        ),
        Binding("u", "undo", "Undo", id="snippets.undo", tooltip="Take the last change back, then the one before."),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Snippet, ...] = ()
        self._changes: list[tuple[SnippetChange, ...]] = []
        self._changing = ""

    def compose_body(self) -> ComposeResult:
        """Lay out the list and the line."""
        with Vertical(classes="main"):
            yield PeerList((Column(10), Column(20, flex=1), Column(5)), id="snippets")
            yield Field(
                "snippet",
                sentences.SNIPPET_LABEL,
                SnippetLine(max_length=LONGEST_KEY + 2 + 2 * LONGEST_TEXT, placeholder=sentences.SNIPPET_EXAMPLE),
                hint=sentences.SNIPPET_HINT,
                help_text=sentences.SNIPPET_HELP,
                stacked=True,
            )

    def on_mount(self) -> None:
        """Begin in the list."""
        self._open_line(shown=False)

    async def reload(self) -> None:
        """List anew, keeping the highlight."""
        await self._look()

    def own_place(self) -> dict[str, Any]:
        """Whether the line is open, and which one is being changed in it."""
        return {"line": bool(self._field.display), "changing": self._changing}

    async def settle_in(self, own: dict[str, Any]) -> None:
        """Open the line again if it was open."""
        await self._look()
        self._changing = str(own["changing"])
        if own["line"]:
            self._open_line(shown=True)

    def go_back(self) -> None:
        """From the line to the list, where what is typed waits; from the list, close."""
        if self._field.display:
            self._open_line(shown=False)
        else:
            super().go_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show what cannot be done now as such."""
        if action == "remove":
            return True if self._shown else None
        if action == "undo":
            return True if self._changes else None
        return super().check_action(action, parameters)

    def action_add(self) -> None:
        """Open the line to add one; what was typed in it before is still there."""
        self._open_line(shown=True)

    def action_remove(self) -> None:
        """Remove the highlighted one."""
        if (snippet := self._highlighted) is not None:
            self.run_worker(self._remove(snippet), description="remove snippet", group="change")

    def action_undo(self) -> None:
        """Take the last change back."""
        if self._changes:
            self.run_worker(self._undo(self._changes.pop()), description="undo", group="change")

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        snippet = self._highlighted
        if snippet is None:
            return
        if self._line.value.strip() and self._changing != snippet.key:
            self._open_line(shown=True)
            self._field.set_error(sentences.LINE_IN_USE)
            return
        if not self._line.value.strip():
            self._line.load(f"{snippet.key} {_NEW_LINE.join(snippet.text.split(chr(10)))}")
        self._changing = snippet.key
        self._open_line(shown=True)

    @on(Input.Changed, "SnippetLine")
    def _typing(self, event: Input.Changed) -> None:
        self._field.set_error(None)
        if not event.value.strip():
            self._changing = ""

    @on(Input.Submitted, "SnippetLine")
    def _entered(self, event: Input.Submitted) -> None:
        key, _, words = event.value.strip().partition(" ")
        if not key:
            self._open_line(shown=False)
            return
        try:
            snippet = checked(key, "\n".join(part.strip() for part in words.split(_NEW_LINE.strip())))
        except InvalidInputError as error:
            self._field.set_error(str(error))
            return
        if snippet.key != self._changing and any(snippet.key == each.key for each in self._shown):
            self._field.set_error(sentences.snippet_is_there(snippet.key))
            return
        self.run_worker(self._keep(snippet, self._changing), description="keep snippet", group="change")

    async def _keep(self, snippet: Snippet, instead_of: str) -> None:
        changes = await self.ask(set_snippet, snippet.key, snippet.text, instead_of=instead_of)
        if changes is None:
            return
        self._changes.append(changes)
        self._changing = ""
        self._line.load("")
        self._open_line(shown=False)
        await self._look(highlight=snippet.key)
        self.say(sentences.snippet_kept(snippet.key), tone="success", way=sentences.u_to_undo())

    async def _remove(self, snippet: Snippet) -> None:
        changes = await self.ask(remove_snippet, snippet.key)
        if changes is not None:
            self._changes.append(changes)
            self.say(sentences.snippet_removed(snippet.key), way=sentences.u_to_undo())
        await self._look()

    async def _undo(self, changes: tuple[SnippetChange, ...]) -> None:
        await self.ask(take_back, changes)
        self.say(sentences.snippet_back(changes[-1].key), way=sentences.u_to_undo() if self._changes else "")
        await self._look(highlight=changes[-1].key)

    async def _look(self, highlight: str | None = None) -> None:
        if not self.house.gateway.is_open:
            return
        found = await self.ask(list_snippets)
        if found is None:
            return
        self._shown = found
        self._list.show([_row(snippet) for snippet in found], highlight=highlight)
        self.set_status(sentences.snippets_counted(sum(snippet.own for snippet in found), len(found)))
        self.refresh_bindings()

    def _open_line(self, *, shown: bool) -> None:
        self._field.display = shown
        if shown:
            self._field.focus_control()
        else:
            self._list.focus()

    @property
    def _highlighted(self) -> Snippet | None:
        wanted = self._list.highlighted_id
        return next((snippet for snippet in self._shown if snippet.key == wanted), None)

    @property
    def _list(self) -> PeerList:
        return self.query_one("#snippets", PeerList)

    @property
    def _field(self) -> Field:
        return self.query_one("#field-snippet", Field)

    @property
    def _line(self) -> SnippetLine:
        return self.query_one(SnippetLine)


def _row(snippet: Snippet) -> Row:
    words = " ".join(snippet.text.split())
    whose = Cell(sentences.SNIPPET_OWN, "$secondary") if snippet.own else Cell("")
    return Row(snippet.key, (Cell(f";{snippet.key}", "bold"), Cell(words), whose))
