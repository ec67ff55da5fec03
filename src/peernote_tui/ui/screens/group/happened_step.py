"""What happened, the same for everyone who came."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import TextArea

from peernote_tui.domain.group_session import GroupContent
from peernote_tui.ui import sentences
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.note_area import NoteArea


class HappenedStep(Vertical):
    """The third step: one box.

    Args:
        content: The group session.
    """

    @dataclass
    class Changed(Message):
        """The text is another one."""

        text: str

    def __init__(self, content: GroupContent) -> None:
        super().__init__(id="group-2")
        self._area = NoteArea(content.happened)

    def compose(self) -> ComposeResult:
        """Lay out the box."""
        yield Field("happened", sentences.GROUP_HAPPENED, self._area, hint=sentences.GROUP_HAPPENED_HINT, stacked=True)

    def load(self, content: GroupContent) -> None:
        """Show other words, such as those in which no name stands any more."""
        if self._area.text != content.happened:
            self._area.load_text(content.happened)

    def tell_name(self, written: str) -> None:
        """Say under the box which name stands in it; nothing for none."""
        self.query_one(Field).set_error(sentences.name_stands(written) if written else None)

    def focus_first(self) -> None:
        """Put focus on the box."""
        self._area.focus()

    @on(TextArea.Changed)
    def _typing(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.text_area.text))
