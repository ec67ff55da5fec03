"""Two versions of a note beside each other, or one under the other where there is no room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from peernote_tui.documents.note_changes import NoteChange
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.widgets.lines import LinesWidget

_TWO_COLUMNS = 90
"""Cells from which the versions stand side by side."""
_GAP = "  │  "
_INDENT = "  "


class VersionsText(LinesWidget):
    """The text of the page, laid out for the width it has."""

    def __init__(self) -> None:
        super().__init__()
        self._titles = ("", "")
        self._answers: tuple[NoteChange, ...] = ()

    def show(self, titles: tuple[str, str], answers: Sequence[NoteChange]) -> None:
        """Draw two other versions; see `VersionsPage.show`."""
        self._titles, self._answers = titles, tuple(answers)
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Content]:
        """Draw both versions, question by question; a star stands before what differs."""
        if width <= 0 or not self._answers:
            return []
        return _beside(self._titles, self._answers, width) if width >= _TWO_COLUMNS else self._below(width)

    def _below(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for answer in self._answers:
            lines += [*_label(answer, width)]
            if not answer.differs:
                lines += _wrapped(answer.after, width, "$muted")
            else:
                for title, words in zip(self._titles, (answer.before, answer.after), strict=True):
                    lines += _wrapped(title, width, "$secondary")
                    lines += _wrapped(words or sentences.NO_ANSWER, width, indent=2)
            lines.append(Content(""))
        return lines


class VersionsPage(VerticalScroll, can_focus=True):
    """Two versions to read. Left and right step through the versions, the other keys scroll."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left", "screen.version(-1)", "Version before", id="versions.before", tooltip="One correction earlier."
        ),
        Binding("right", "screen.version(1)", "Next version", id="versions.next", tooltip="One correction later."),
        Binding("space", "page_down", "Read on", id="page.on", tooltip="Scroll one page on."),
    ]

    def compose(self) -> ComposeResult:
        """Hold the text."""
        yield VersionsText()

    def show(self, titles: tuple[str, str], answers: Sequence[NoteChange]) -> None:
        """Replace what is shown, and begin at its top.

        Args:
            titles: What the two versions are called, the earlier first.
            answers: Every answer in both.
        """
        self.query_one(VersionsText).show(titles, answers)
        self.scroll_home(animate=False)


def _beside(titles: tuple[str, str], answers: Sequence[NoteChange], width: int) -> list[Content]:
    half = (width - len(_GAP)) // 2
    gap = Content.styled(_GAP, "$rule")
    lines = _pair([safe.content(titles[0], "bold $secondary")], [safe.content(titles[1], "bold $secondary")], half, gap)
    lines.append(Content(""))
    for answer in answers:
        style = "" if answer.differs else "$muted"
        left, right = (
            [*_label(answer, half), *_wrapped(words or sentences.NO_ANSWER, half, style)]
            for words in (answer.before, answer.after)
        )
        lines += [*_pair(left, right, half, gap), Content.assemble(" " * half, gap)]
    return lines


def _pair(left: list[Content], right: list[Content], half: int, gap: Content) -> list[Content]:
    rows = max(len(left), len(right))
    empty = Content("")
    left, right = ([*lines, *[empty] * (rows - len(lines))] for lines in (left, right))
    return [
        Content.assemble(
            one.truncate(half, ellipsis=True), " " * max(0, half - one.cell_length), gap, other.truncate(half)
        )
        for one, other in zip(left, right, strict=True)
    ]


def _label(answer: NoteChange, width: int) -> list[Content]:
    sign, style = ("* ", "bold $primary") if answer.differs else (_INDENT, "$muted")
    return _wrapped(answer.label, width, style, sign=sign)


def _wrapped(text: str, width: int, style: str = "", *, sign: str = _INDENT, indent: int = 0) -> list[Content]:
    margin = " " * indent
    room = max(1, width - len(sign) - indent)
    whole = safe.content(text, style, keep_lines=True)
    parts = [
        line
        for part in whole.split("\n", allow_blank=True)
        for line in (part.wrap(room) if part.plain.strip() else [Content("")])
    ]
    return [
        Content.assemble(margin, Content.styled(_INDENT if place else sign, style), line)
        for place, line in enumerate(parts)
    ]
