"""The large text box: what happened, in one's own words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.document._document import Document
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, Location, Selection

from peernote_tui.domain.length import length
from peernote_tui.domain.snippets import REACH
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.widgets.snippet_box import SnippetBox

CAP = 200_000


class NoteArea(TextArea, SnippetBox):
    """A box for running text: soft wrap, undo, Tab moves on, Enter is a new line.

    * A paste loses its control characters; what goes beyond 200,000 characters is cut and said
      with a `Cut` message.
    * `mark` underlines ranges, for language hints.
    * Snippets become their words, see `SnippetBox`.
    * Messages are those of TextArea: `TextArea.Changed`, `TextArea.SelectionChanged`.

    Args:
        text: Text to begin with.
        placeholder: A short example.
        limit: Most characters it holds, at most 200,000.
        id: Widget id.
        classes: CSS classes.
    """

    TALL: ClassVar[bool] = True
    COMPONENT_CLASSES = {"note-area--mark"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z,super+z", "undo", "Undo", show=False, tooltip="Take back the last typing."),
        Binding("ctrl+y,super+y", "redo", "Redo", show=False, tooltip="Bring back what was undone."),
    ]

    @dataclass
    class Cut(Message):
        """Something did not fit and was left out.

        Attributes:
            area: The box.
            limit: Characters it holds.
            dropped: Characters left out.
        """

        area: NoteArea
        limit: int
        dropped: int

        @property
        def control(self) -> NoteArea:
            """The box, for `@on(NoteArea.Cut, "#id")`."""
            return self.area

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        limit: int = CAP,
        id: str | None = None,  # noqa: A002 Textual's name for it
        classes: str | None = None,
    ) -> None:
        self.limit = max(1, min(limit, CAP))
        self._marks: dict[int, list[tuple[int, int, str]]] = {}
        super().__init__(
            safe.clean(text, keep_lines=True)[: self.limit],
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            highlight_cursor_line=False,
            placeholder=safe.content(placeholder),
            id=id,
            classes=classes,
        )
        self.cursor_blink = False
        self.match_cursor_bracket = False

    def tell_length(self) -> None:
        """Say in the lower edge how long the text is; called in pauses, as it looks at every word."""
        found = length(self.text)
        told = sentences.how_long(found.lines, found.words, long=found.is_long) if found.words else ""
        if self.border_subtitle != told:
            self.border_subtitle = told

    def load(self, text: str, *, cursor: Location | None = None) -> None:
        """Set the text from storage: no undo step, no `Changed` message.

        Args:
            text: The stored text.
            cursor: Row and column to stand at; the end when left out.
        """
        with self.prevent(TextArea.Changed):
            self.text = safe.clean(text, keep_lines=True)[: self.limit]
        self.move_cursor(cursor or self.document.end)

    def place_left(self) -> dict[str, Any]:
        """Cursor and selection; the words themselves are the draft's."""
        return {"anchor": list(self.selection.start), "cursor": list(self.selection.end)}

    def return_to(self, left: dict[str, Any]) -> None:
        """Put the cursor back, as near as the text allows."""
        (from_row, from_column), (row, column) = left["anchor"], left["cursor"]
        wanted = Selection((int(from_row), int(from_column)), (int(row), int(column)))
        self.selection = Selection(self.clamp_visitable(wanted.start), self.clamp_visitable(wanted.end))

    def mark(self, ranges: Iterable[tuple[int, int]]) -> None:
        """Underline ranges until the next call; a range whose words were edited since shows no more.

        Args:
            ranges: Start and end offsets into `text`, end exclusive. A range over a line break is
                shown on its first line.
        """
        marks: dict[int, list[tuple[int, int, str]]] = {}
        for start, end in ranges:
            if end <= start or not isinstance(self.document, Document):
                continue
            line, column = self.document.get_location_from_index(start)
            shown = self.document.get_line(line)[column : column + end - start]
            if shown:
                marks.setdefault(line, []).append((column, column + len(shown), shown))
        if marks != self._marks:
            self._marks = marks
            self.notify_style_update()
            self.refresh()

    def get_line(self, line_index: int) -> Text:
        """Give one line with its marks underlined."""
        line = super().get_line(line_index)
        marks = self._marks.get(line_index)
        if marks:
            plain = line.plain
            style: Style = self.get_component_rich_style("note-area--mark", partial=True)
            for start, end, words in marks:
                if plain[start:end] == words:
                    line.stylize(style, start, end)
        return line

    def replace(
        self, insert: str, start: Location, end: Location, *, maintain_selection_offset: bool = True
    ) -> EditResult:
        """Replace a range, cleaned and cut to the limit; see TextArea."""
        if len(insert) > 1:
            insert = safe.clean(insert[: self.limit * 2], keep_lines=True)
        length = len(self.text)
        if length + len(insert) > self.limit:
            room = max(0, self.limit - length + len(self.get_text_range(*sorted((start, end)))))
            if len(insert) > room:
                self.post_message(self.Cut(self, self.limit, len(insert) - room))
                insert = insert[:room]
        return super().replace(insert, start, end, maintain_selection_offset=maintain_selection_offset)

    def edit(self, edit: Edit) -> EditResult:
        """Make an edit; a word that wraps onto another line keeps the cursor in view at once."""
        lines = self.wrapped_document.height
        result = super().edit(edit)
        if self.wrapped_document.height != lines:
            self.call_after_refresh(self.scroll_cursor_visible)
        return result

    def on_key(self, event: events.Key) -> None:
        """Write out the snippet that this key ends."""
        found = None if self.read_only else self.ended_by(event)
        if found is not None:
            event.stop()
            event.prevent_default()
            ending = "\n" if event.key == "enter" else event.character or ""
            self.replace(ending, *self.selection, maintain_selection_offset=False)
            self.put_expansion(found, ending)

    def action_cursor_right(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 the signature is Textual's
        """Take the first snippet that begins with what is typed, or move the cursor."""
        if select or self.read_only or not self.take_first():
            super().action_cursor_right(select)

    def left_of_cursor(self) -> str:
        """The last characters of the line before the cursor."""
        start, (row, column) = self.selection
        return self.document.get_line(row)[max(0, column - REACH - 1) : column] if start == (row, column) else ""

    @property
    def place(self) -> Location:
        """Row and column of the cursor."""
        return self.selection.end

    def put_instead(self, count: int, text: str, cursor: int) -> None:
        """Put a text in the place of characters left of the cursor, in an undo step of its own."""
        row, column = self.cursor_location
        while count > column and row:
            count -= column + 1
            row -= 1
            column = len(self.document.get_line(row))
        start = (row, max(0, column - count))
        self.history.checkpoint()
        self.replace(text, start, self.cursor_location, maintain_selection_offset=False)
        self.history.checkpoint()
        *above, last = text[:cursor].split("\n")
        self.move_cursor(self.clamp_visitable((row + len(above), len(last) + (0 if above else start[1]))))

    def watch_selection(self) -> None:
        """Follow which snippets may be meant."""
        self.look_for_snippets()

    def on_paste(self, event: events.Paste) -> None:
        """Take a paste once, through `replace`, and keep the cursor in view."""
        event.stop()
        event.prevent_default()
        if not self.read_only:
            result = self.replace(event.text, *self.selection, maintain_selection_offset=False)
            self.move_cursor(result.end_location)
            self.pasted()
