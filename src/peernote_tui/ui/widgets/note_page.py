"""A note as one calm page to read: facts, sections, and what stands under them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from peernote_tui.documents.note_document import (
    AddedPart,
    Block,
    BlockKind,
    DocumentField,
    DocumentSection,
    NoteDocument,
)
from peernote_tui.ui import safe
from peernote_tui.ui.widgets.lines import LinesWidget

_INDENT = "  "
_LABEL_COLUMN = 14
"""Cells of the label of a fact; a longer label has a line of its own."""
_NOTHING: Mapping[str, str] = MappingProxyType({})


class NoteText(LinesWidget):
    """The text of the page, laid out for the width it has and no wider than is good to read."""

    def __init__(self) -> None:
        super().__init__()
        self._document: NoteDocument | None = None
        self._statuses = _NOTHING
        self._laid: tuple[int, list[Content]] | None = None

    def show(self, document: NoteDocument, statuses: Mapping[str, str]) -> None:
        """Draw another note; see `NotePage.show`."""
        self._document, self._statuses, self._laid = document, dict(statuses), None
        self.refresh(layout=True)

    def mark(self, statuses: Mapping[str, str]) -> None:
        """Put other words after the items; see `NotePage.show`."""
        if self._document is not None and statuses != self._statuses:
            self.show(self._document, statuses)

    def lines(self, width: int) -> list[Content]:
        """Draw the note from title to footing; laid out once for each width."""
        if self._document is None or width <= 0:
            return []
        if self._laid is None or self._laid[0] != width:
            self._laid = width, _page(self._document, self._statuses, width)
        return self._laid[1]


class NotePage(VerticalScroll, can_focus=True):
    """A note to read, signed or not. The arrow and page keys, Home, End and space scroll it.

    Args:
        id: Widget id.
        classes: CSS classes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "page_down", "Read on", id="page.on", tooltip="Scroll one page on."),
    ]

    def compose(self) -> ComposeResult:
        """Hold the text."""
        yield NoteText()

    def show(self, document: NoteDocument, *, statuses: Mapping[str, str] = _NOTHING) -> None:
        """Replace the note that is shown, and begin at its top.

        Args:
            document: The note, laid out by `documents.note_document`.
            statuses: Words that stand after an item, such as "now done", by `item_key`.
        """
        self.query_one(NoteText).show(document, statuses)
        self.scroll_home(animate=False)

    def mark(self, statuses: Mapping[str, str]) -> None:
        """Put other words after the items of the same note; what is in view stays in view."""
        self.query_one(NoteText).mark(statuses)


def item_key(field_key: str, place: int) -> str:
    """Name one item of a field for `NotePage.show`; `place` counts the blocks of the field from 0."""
    return f"{field_key}.{place}"


def _page(document: NoteDocument, statuses: Mapping[str, str], width: int) -> list[Content]:
    lines = [*_wrapped(document.title, width, style="bold"), Content("")]
    for notice in document.notices:
        lines += [*_wrapped(notice, width, style="bold $error", first=Content.styled("! ", "bold $error"), rest="  ")]
        lines.append(Content(""))
    for label, value in document.facts:
        lines += _fact(label, value, width)
    for section in document.sections:
        lines += [Content(""), *_wrapped(section.title, width, style="bold $primary")]
        lines += _section(section, statuses, width)
    lines += [Content(""), Content.styled("─" * width, "$rule")]
    for line in document.footing:
        lines += _wrapped(line, width, style="$muted")
    for part in document.added:
        lines += _added(part, width)
    return lines


def _added(part: AddedPart, width: int) -> list[Content]:
    lines = [Content(""), *_wrapped(part.title, width, style="bold $primary")]
    for field in part.fields:
        if field.label:
            lines += _wrapped(field.label, width, style="$muted", first=_INDENT, rest=_INDENT)
        lines += _field(field, _NOTHING, width)
        lines.append(Content(""))
    for label, value in part.facts:
        lines += _fact(label, value, width)
    return lines


def _fact(label: str, value: str, width: int) -> list[Content]:
    label = safe.clean(label)
    if safe.width(label) < _LABEL_COLUMN:
        first = Content.styled(safe.fit(label, _LABEL_COLUMN), "$muted")
        return _wrapped(value, width, first=first, rest=" " * _LABEL_COLUMN)
    return [*_wrapped(label, width, style="$muted"), *_wrapped(value, width, first=_INDENT, rest=_INDENT)]


def _section(section: DocumentSection, statuses: Mapping[str, str], width: int) -> list[Content]:
    lines: list[Content] = []
    for place, field in enumerate(section.fields):
        if place:
            lines.append(Content(""))
        if place or field.label != section.title:
            lines += _wrapped(field.label, width, style="$muted", first=_INDENT, rest=_INDENT)
        if field.mark:
            lines += _wrapped(f"* {field.mark}", width, style="$secondary", first=_INDENT, rest=_INDENT)
        lines += _field(field, statuses, width)
    return lines


def _field(field: DocumentField, statuses: Mapping[str, str], width: int) -> list[Content]:
    lines: list[Content] = []
    before: BlockKind | None = None
    for place, block in enumerate(field.blocks):
        if before is BlockKind.TEXT:
            lines.append(Content(""))
        elif before is BlockKind.QUOTE:
            lines.append(Content.assemble(_INDENT, ("▏", "$secondary")))
        lines += _block(block, statuses.get(item_key(field.key, place), ""), width)
        before = block.kind
    return lines


def _block(block: Block, status: str, width: int) -> list[Content]:
    if block.kind is BlockKind.ITEM:
        first = Content.assemble(_INDENT, ("– ", "$muted"))
        after = Content.assemble("   ", safe.content(status, "$secondary")) if status else Content("")
        return _wrapped(block.text, width, first=first, rest=_INDENT + "  ", after=after)
    if block.kind is BlockKind.QUOTE:
        bar = Content.assemble(_INDENT, ("▏ ", "$secondary"))
        return _wrapped(block.text, width, first=bar, rest=bar)
    return _wrapped(block.text, width, first=_INDENT, rest=_INDENT)


def _wrapped(
    text: str,
    width: int,
    *,
    style: str = "",
    first: str | Content = "",
    rest: str | Content = "",
    after: Content | None = None,
) -> list[Content]:
    """Wrap a text of any origin, with what stands before its first line and before the others."""
    head, tail = (Content(part) if isinstance(part, str) else part for part in (first, rest))
    room = max(1, width - max(head.cell_length, tail.cell_length))
    whole = safe.content(text, style, keep_lines=True)
    if after is not None:
        whole = Content.assemble(whole, after)
    wrapped = [line for part in whole.split("\n", allow_blank=True) for line in _one(part, room)]
    return [Content.assemble(tail if place else head, line) for place, line in enumerate(wrapped)]


def _one(line: Content, room: int) -> list[Content]:
    return [Content("")] if not line.plain.strip() else line.wrap(room)
