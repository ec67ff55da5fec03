"""A screen on which notes are written: its boxes know the snippets."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual import events, on
from textual.binding import Binding, BindingType

from peernote_tui.domain.pronouns import pronouns
from peernote_tui.domain.snippets import Filling, SnippetBook
from peernote_tui.services.snippets import snippet_book
from peernote_tui.ui import naming, sentences
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.snippet_box import Snippets

ResultT = TypeVar("ResultT")


class WritingScreen(VaultScreen[ResultT]):
    """Fetches the snippets when it comes to the front, since they may have been changed meanwhile.

    Their places speak of the participant whom `set_person` named; a name goes no further than names are shown.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+b", "snippets", "Snippets", id="writing.snippets", show=False, tooltip=sentences.SNIPPETS_TIP),
    ]
    snippets: Snippets | None = None

    def take_snippets(self, book: SnippetBook) -> None:
        """Let the boxes expand these."""
        self.snippets = Snippets(book, self._filling)

    def action_snippets(self) -> None:
        """Go to the snippets, and come back to the same word."""
        from peernote_tui.ui.screens.snippets import SnippetsScreen

        self.app.push_screen(SnippetsScreen())

    @on(events.ScreenResume)
    def _look_again(self) -> None:
        if self.house.gateway.is_open:
            self.run_worker(self._fetch_snippets(), description="snippets", group="snippets", exclusive=True)

    async def _fetch_snippets(self) -> None:
        book = await self.ask(snippet_book)
        if book is not None:
            self.take_snippets(book)

    def _filling(self) -> Filling:
        person = self._named
        return Filling(
            name=naming.first(person) if person is not None else "",
            pronouns=pronouns(person.pronouns if person is not None else ""),
            now=self.workspace.local_now,
        )
