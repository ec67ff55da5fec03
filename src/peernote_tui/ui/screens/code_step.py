"""A new recovery code: shown once, then typed back from the paper."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.comparing import code_difference
from peernote_tui.ui.screens.door import Card, SecretInput
from peernote_tui.ui.widgets.field import Field


class CodeStep(Vertical):
    """The step of the first run, of a new recovery code and of a new data key in which the code goes onto paper.

    Posts `Written` when it was typed back as it was shown.

    Args:
        later: What may be said below; empty for nothing.
        id: Widget id.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f6",
            "sheet",
            "Page to print",
            id="code.sheet",
            tooltip="Write a page to print with this code on it, to a place that you choose.",
        ),
    ]

    class Written(Message):
        """The code is on paper and was typed back."""

    def __init__(self, later: str = "", *, id: str) -> None:  # noqa: A002 Textual's name for it
        super().__init__(id=id, classes="door--step")
        self._later = later
        self._typing = False
        self.code = ""
        """What is shown; empty before and after."""

    def compose(self) -> ComposeResult:
        """Lay out the card and the field; one at a time is seen."""
        yield Static("", id="code-title", classes="title", markup=False)
        yield Static("", id="code-lead", classes="door--lead", markup=False)
        yield Card(id="code-card")
        yield Field("code", sentences.RECOVERY_CODE, SecretInput(shown=True, id="code"), stacked=True)
        yield Static(self._later, id="code-later", classes="muted", markup=False)

    def on_mount(self) -> None:
        """Begin with the card."""
        self.query_one("#code-later").display = bool(self._later)
        self._draw(typing=False)

    @property
    def is_typing(self) -> bool:
        """Whether the code is being typed back."""
        return self._typing

    def begin(self, code: str) -> None:
        """Show a code, and take focus."""
        self.code = code
        self.query_one("#code-card", Card).update(safe.content(code.replace("-", " - ")))
        self.show_card()

    def show_card(self) -> None:
        """Show the code; again, when typing it back showed that the paper is wrong."""
        self._draw(typing=False)
        self.query_one("#code-card", Card).focus()

    def written(self) -> None:
        """It is on paper: have it typed once."""
        self._draw(typing=True)
        self.query_one("#code", SecretInput).focus()

    def back(self) -> bool:
        """Step back inside the step; False when it is at its beginning."""
        if self._typing:
            self.show_card()
            return True
        return False

    def wipe(self) -> None:
        """Forget the code."""
        self.code = ""
        self.query_one("#code", SecretInput).load("")
        self.query_one("#code-card", Card).update("")

    def action_sheet(self) -> None:
        """Ask where a page to print with this code shall lie."""
        from peernote_tui.ui.screens.sheet import ask_for_sheet

        if self.code:
            ask_for_sheet(self.app, self.code)

    @on(Input.Changed, "#code")
    def _code_typed(self) -> None:
        self.query_one("#field-code", Field).set_error(None)

    @on(Input.Submitted, "#code")
    def _code_done(self, event: Input.Submitted) -> None:
        event.stop()
        if not self.code:
            return
        if difference := code_difference(self.code, event.value):
            self.query_one("#field-code", Field).set_error(difference)
            return
        self.post_message(self.Written())

    def _draw(self, *, typing: bool) -> None:
        self._typing = typing
        title, lead = (
            (sentences.CODE_AGAIN_TITLE, sentences.CODE_AGAIN_LEAD)
            if typing
            else (sentences.CODE_TITLE, sentences.CODE_LEAD)
        )
        self.query_one("#code-title", Static).update(title)
        self.query_one("#code-lead", Static).update(lead)
        self.query_one("#code-card", Card).display = not typing
        self.query_one("#field-code", Field).display = typing
        self.screen.refresh_bindings()
