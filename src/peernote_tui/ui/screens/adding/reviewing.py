"""What will be signed, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from peernote_tui.documents.note_document import NoteDocument
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.widgets.note_page import NotePage


class AddReview(Vertical):
    """The text as it will stand under the note; F8 signs it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "sign", "Sign", id="note.sign", tooltip="Sign it. It never changes after that."),
    ]

    @dataclass
    class Sign(Message):
        """The person wants to sign."""

    def __init__(self) -> None:
        super().__init__(id="add-review")

    def compose(self) -> ComposeResult:
        """Lay out what is missing, and the page."""
        yield Static("", id="add-missing", markup=False)
        yield NotePage(id="add-page")

    def show(self, problems: tuple[str, ...], document: NoteDocument) -> None:
        """Show a draft as it would be signed now.

        Args:
            problems: What is missing, in sentences.
            document: What will be signed, laid out.
        """
        lines = [safe.content(f"! {problem}", "$error") for problem in problems]
        ready = safe.content(sentences.REVIEW_READY, "bold $success")
        self.query_one("#add-missing", Static).update(Content("\n").join(lines or [ready]))
        self.query_one(NotePage).show(document)

    def focus_page(self) -> None:
        """Put focus on the page."""
        self.query_one(NotePage).focus()

    def action_sign(self) -> None:
        """Ask for the signature."""
        self.post_message(self.Sign())
