"""The rail of the wizard: which steps there are, where I am, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.reactive import reactive

from peernote_tui.ui import safe, sentences
from peernote_tui.ui.widgets.lines import LinesWidget

UNFOLDED_FROM = 100
"""Columns of the terminal from which the rail has a column of its own."""


@dataclass(frozen=True)
class Step:
    """One step.

    Attributes:
        title: Such as "Main concerns".
        detail: What it holds or misses, such as "housing, sleep" or "1 thing missing".
        done: Nothing is missing and something was answered.
    """

    title: str
    detail: str = ""
    done: bool = False


class StepRail(LinesWidget):
    """Steps with sign, number, title and a muted second line; one line on narrow terminals.

    Signs: "✓" done, "▌" current. `current` counts from 0; the number of steps means the review.
    """

    steps: reactive[tuple[Step, ...]] = reactive((), layout=True)
    current: reactive[int] = reactive(0)

    def show(self, steps: Sequence[Step], current: int) -> None:
        """Replace the steps and say which is the current one."""
        self.steps = tuple(steps)
        self.current = current

    @property
    def folded(self) -> bool:
        """Whether the rail is one line."""
        return self.app.size.width < UNFOLDED_FROM

    def lines(self, width: int) -> list[Content]:
        """Draw the rail."""
        return [self._flat(width)] if self.folded else self._tall(width)

    def _flat(self, width: int) -> Content:
        total = len(self.steps)
        if self.current >= total:
            return Content.styled(safe.shorten(sentences.REVIEW_AND_SIGN, width), "bold $primary")
        step = self.steps[self.current]
        head = sentences.step_of(self.current + 1, total)
        room = width - len(head) - 3
        title = safe.shorten(step.title, room)
        parts = [(f"{head} · ", "$muted"), (title, "bold $primary")]
        room -= safe.width(title) + 3
        if step.detail and room >= 8:
            parts.append((" · " + safe.shorten(step.detail, room), "$muted"))
        return Content.assemble(*parts)

    def _tall(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for place, step in enumerate(self.steps):
            here = place == self.current
            sign = "▌" if here else "✓" if step.done else " "
            style = "bold $primary" if here else "$success" if step.done else "$muted"
            title = safe.shorten(step.title, width - 4)
            lines.append(Content.assemble((f"{sign} {place + 1} {title}", style)))
            if step.detail:
                lines.append(Content.styled("    " + safe.shorten(step.detail, width - 4), "$muted"))
            lines.append(Content(""))
        here = self.current >= len(self.steps)
        lines.append(Content.styled("  " + "─" * max(0, min(17, width - 2)), "$rule"))
        lines.append(
            Content.styled(("▌ " if here else "  ") + sentences.REVIEW_AND_SIGN, "bold $primary" if here else "$muted")
        )
        return lines
