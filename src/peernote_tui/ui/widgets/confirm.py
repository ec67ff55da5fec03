"""The question before what cannot be undone."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from peernote_tui.ui import safe, sentences
from peernote_tui.ui.leaving import LeavableScreen

_OTHER_KEYS = "yjok"


class Confirm(ModalScreen[bool], LeavableScreen[bool]):
    """Ask once, and take only a deliberate key for yes.

    The key for yes is never the one that asked, and never Enter; Esc and n mean no. Gives True or
    False to whoever pushed it.

    Args:
        question: What will happen, as a question.
        consequence: What cannot be brought back, in one or two sentences.
        yes: Words for the answer yes, such as "Remove it for good".
        asked_with: The key that led here, such as "x".
        yes_key: Letter for yes; another one is taken when it is the one that asked.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "answer(False)", "No, go back", id="confirm.no", tooltip="Leave everything as it is.")
    ]

    def __init__(
        self,
        question: str,
        consequence: str = "",
        *,
        yes: str = "Yes",
        asked_with: str = "",
        yes_key: str = "y",
    ) -> None:
        super().__init__()
        self._question = question
        self._consequence = consequence
        self._yes = yes
        asked = asked_with.lower()
        self.yes_key = next(key for key in (yes_key.lower(), *_OTHER_KEYS) if key not in {asked, "n"})

    def compose(self) -> ComposeResult:
        """Lay out question, consequence and keys."""
        with Vertical(classes="dialog"):
            yield Static(safe.content(self._question, "bold"), markup=False)
            if self._consequence:
                yield Static(safe.content(self._consequence, keep_lines=True), classes="dialog--text", markup=False)
            yield Static(
                safe.content(sentences.confirm_keys(self.yes_key, self._yes), "$primary"),
                classes="dialog--keys",
                markup=False,
            )

    def on_key(self, event: events.Key) -> None:
        """Take the letter for yes; nothing else does anything."""
        if event.character and event.character.lower() == self.yes_key:
            event.stop()
            self.dismiss(True)

    def action_answer(self, yes: bool) -> None:  # noqa: FBT001 an action takes its arguments by place
        """Answer and close."""
        self.dismiss(yes)
