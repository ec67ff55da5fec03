"""What became of last time's actions: one key for each, and a line of words for those who have some."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import ScrollableContainer, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from peernote_tui.documents.note_document import STATUS_WORDS
from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.widgets.chips import Chip, chip_lines
from peernote_tui.ui.widgets.lines import LinesWidget
from peernote_tui.ui.widgets.text_input import TextInput

LONGEST_WORDS = 1_000
_COLUMNS = (safe.Column(20, flex=1), safe.Column(10), safe.Column(14))
_MOST_LINES = 4
"""Lines of the text of the action in question; of the others one is shown."""
_MOST_UNDO = 200
_SIGNS = {"done": ("✓", "$success"), "partly": ("◐", "$primary"), "not_yet": ("○", "$muted")}
_LET_GO = ("–", "$muted")


@dataclass(frozen=True)
class ReviewedAction:
    """One action of last time, and what was said of it so far.

    Attributes:
        id: Id of the action item.
        text: What was agreed.
        who: Who does it, in a word.
        due: By when, in words; empty for no day.
        more: What else is known of it, such as how it recurs.
        sign: Sign and style, such as ("!", "$error").
        outcome: Key of the answer given so far, or None.
        words: The participant's own words so far.
        again: Whether it was answered on this screen, be it as before.
    """

    id: str
    text: str
    who: str
    sign: tuple[str, str]
    due: str = ""
    more: str = ""
    outcome: str | None = None
    words: str = ""
    again: bool = False


class _Rows(LinesWidget):
    """The actions above or below the one in question, a line each."""

    def __init__(self) -> None:
        super().__init__()
        self.actions: tuple[ReviewedAction, ...] = ()

    def show(self, actions: Sequence[ReviewedAction]) -> None:
        """Draw other actions."""
        self.display = bool(actions)
        if tuple(actions) != self.actions:
            self.actions = tuple(actions)
            self.refresh(layout=True)

    def lines(self, width: int) -> list[Content]:
        """Draw an action a line: sign, what, who, the answer or else by when."""
        return [Content.assemble("  ", _row(action, max(1, width - 2))) for action in self.actions]


class ReviewCard(LinesWidget, can_focus=True):
    """The action in question with its answers; a key answers and goes on to the next one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                f"{letter},{place}",
                f"answer('{key}')",
                label,
                id=f"reviews.{key}",
                show=False,
                tooltip=sentences.review_tip(label),
            )
            for place, (letter, key, label) in enumerate(sentences.OUTCOMES, start=1)
        ),
        Binding(
            "enter,w", "words", "Their words", id="reviews.words", tooltip="A line of what the participant says of it."
        ),
        Binding("u,ctrl+z", "undo", "Undo", id="reviews.undo", show=False, tooltip="Take back the last answer."),
        Binding(
            "backspace,delete", "clear", "No answer", id="reviews.clear", show=False, tooltip="Leave it unanswered."
        ),
        Binding("up", "walk(-1)", "Action above", show=False),
        Binding("down", "walk(1)", "Action below", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.action: ReviewedAction | None = None
        self.place = ""

    def show(self, action: ReviewedAction, place: str) -> None:
        """Draw another action, or the same with another answer; `place` is such as "3 of 8"."""
        self.action, self.place = action, place
        self.refresh(layout=True)

    def place_left(self) -> dict[str, Any]:
        """Which action is in question; it comes back before its words do."""
        return {"value": self.action.id} if self.action is not None else {}

    def return_to(self, left: dict[str, Any]) -> None:
        """Put that action in question again, where it still is one."""
        self._owner.go_to(str(left["value"]))

    def on_focus(self) -> None:
        """Show which keys answer."""
        self.refresh(layout=True)
        self.call_after_refresh(self._owner.come_into_view)

    def on_blur(self) -> None:
        """Put the keys away."""
        self.refresh(layout=True)

    def lines(self, width: int) -> list[Content]:
        """Draw the action, what is known of it, and the answers with their keys."""
        action = self.action
        if action is None:
            return []
        if not self.screen.focused or self.screen.focused not in (self, self._owner.line):
            return [Content.assemble("  ", _row(action, max(1, width - 2)))]
        room = max(1, width - 4)
        sign, style = _sign(action)
        text = _wrapped(safe.content(action.text, "bold"), room, _MOST_LINES)
        known = " · ".join(filter(None, (action.who, action.due, action.more)))
        drawn = [Content.assemble(("▌ ", "$primary"), (f"{sign} ", style), text[0] if text else "")]
        drawn += [Content.assemble(("▌   ", "$primary"), line) for line in text[1:]]
        facts = _wrapped(safe.content(known, "$muted"), room - len(self.place) - 2, 2)
        gap = " " * (room - facts[0].cell_length - len(self.place))
        drawn.append(Content.assemble(("▌   ", "$primary"), facts[0], (f"{gap}{self.place}", "$muted")))
        drawn += [Content.assemble(("▌   ", "$primary"), line) for line in facts[1:]]
        chips = [Chip(label, key=letter, chosen=key == action.outcome) for letter, key, label in sentences.OUTCOMES]
        drawn += [
            Content.assemble(("▌  ", "$primary"), line) for line in chip_lines(chips, room, live=True, longest=room)
        ]
        if action.words and not self._owner.line.display:
            words = safe.shorten(f"“{action.words}”", room)
            drawn.append(Content.assemble(("▌   ", "$primary"), (words, "$secondary")))
        return drawn

    def action_answer(self, outcome: str) -> None:
        """Say what became of it, and go on."""
        self._owner.answer(outcome)

    def action_words(self) -> None:
        """Open the line for words."""
        self._owner.write()

    def action_undo(self) -> None:
        """Take back the last answer and go to where it was given."""
        self._owner.undo()

    def action_clear(self) -> None:
        """Leave it unanswered."""
        self._owner.clear()

    def action_walk(self, step: int) -> None:
        """Go to the neighbour."""
        self._owner.walk(step)

    @property
    def _owner(self) -> ActionReviews:
        return next(node for node in self.ancestors if isinstance(node, ActionReviews))


class WordsLine(TextInput):
    """The line for the participant's words about the action in question."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Keep the words", id="field.next", tooltip="Keep the words and go on."),
        Binding("up,down", "put_down", "Back to the answers", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(placeholder=sentences.THEIR_WORDS, max_length=LONGEST_WORDS)
        self.about = ""
        """Id of the action."""

    def place_left(self) -> dict[str, Any]:
        """The words with the cursor, and which action they are about."""
        left = super().place_left()
        return {**left, "about": self.about} if left else left

    def return_to(self, left: dict[str, Any]) -> None:
        """Hold these words again, unless another action is in question now."""
        if left.get("about") == self.about:
            self.display = True
            super().return_to(left)

    def action_put_down(self) -> None:
        """Go back to the answers."""
        self.post_message(self.Submitted(self, self.value))


class ActionReviews(Vertical):
    """All actions of last time: one of them in question, and one key for its answer.

    Args:
        actions: The actions, the most pressing first.
        more: How many there are beside them, for which one note has no room.
    """

    HELP_TEXT = sentences.ACTION_REVIEWS_HELP

    @dataclass
    class Changed(Message):
        """An answer or words changed."""

        field: ActionReviews

        @property
        def control(self) -> ActionReviews:
            """The field, for `@on(ActionReviews.Changed, "#id")`."""
            return self.field

    @dataclass
    class Submitted(Message):
        """The last action was answered: go on."""

        field: ActionReviews

        @property
        def control(self) -> ActionReviews:
            """The field, for `@on(ActionReviews.Submitted, "#id")`."""
            return self.field

    def __init__(self, actions: Sequence[ReviewedAction], *, more: int = 0) -> None:
        super().__init__()
        self._more = more
        self.answers = tuple(actions)
        self.at = 0
        self._past: list[tuple[int, ReviewedAction]] = []
        self._above, self._below = _Rows(), _Rows()
        self.card = ReviewCard()
        self.line = WordsLine()

    def compose(self) -> ComposeResult:
        """Lay out the action in question between the others."""
        yield self._above
        yield self.card
        yield self.line
        yield self._below
        if self._more:
            yield Static(safe.content(sentences.more_actions(self._more), "$muted"), markup=False)

    def on_mount(self) -> None:
        """Begin with the first that is unanswered."""
        self.line.display = False
        open_ones = [place for place, action in enumerate(self.answers) if action.outcome is None]
        self._go(open_ones[0] if open_ones else 0)

    @property
    def first_focus(self) -> ReviewCard:
        """The action in question, for the field around."""
        return self.card

    def go_to(self, action_id: str) -> None:
        """Put the action with that id in question, if it is there."""
        for place, action in enumerate(self.answers):
            if action.id == action_id:
                self._go(place)

    def walk(self, step: int) -> None:
        """Put the neighbour in question, stopping at the ends."""
        self._go(max(0, min(self.at + step, len(self.answers) - 1)))

    def answer(self, outcome: str) -> None:
        """Say what became of the action in question, and go on to the next one; behind the last, to the next field."""
        self._set(replace(self.answers[self.at], outcome=outcome, again=True))
        self._go_on()

    def clear(self) -> None:
        """Leave the action in question unanswered."""
        if self.answers[self.at].outcome is not None:
            self._set(replace(self.answers[self.at], outcome=None))
            self._go(self.at)

    def undo(self) -> None:
        """Take back the last answer or what was cleared last, and go there."""
        if self._past:
            place, before = self._past.pop()
            self._put(place, replace(before, words=self.answers[place].words))
            self._go(place)

    def write(self) -> None:
        """Open the line for words about the action in question."""
        self.line.display = True
        self.line.focus()

    def come_into_view(self) -> None:
        """Scroll what holds this to the action in question."""
        box = next((node for node in self.ancestors if isinstance(node, ScrollableContainer)), None)
        if box is None or not self.card.region:
            return
        region = self.card.region.union(self.line.region) if self.line.display else self.card.region
        inside = box.scrollable_content_region
        over, under = inside.y - region.y, region.bottom - inside.bottom
        if over > 0:
            box.scroll_relative(y=-over, animate=False, immediate=True)
        elif under > 0:
            box.scroll_relative(y=under, animate=False, immediate=True)

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        if self.line.about == self.answers[self.at].id:
            self._put(self.at, replace(self.answers[self.at], words=event.value))

    @on(Input.Submitted)
    def _written(self, event: Input.Submitted) -> None:
        event.stop()
        self.card.focus()
        if self.answers[self.at].outcome is not None:
            self._go_on()

    @on(events.DescendantBlur)
    def _left(self, event: events.DescendantBlur) -> None:
        if event.widget is self.line:
            self.line.display = False
        self.card.refresh(layout=True)

    @on(events.DescendantFocus)
    def _arrived(self, event: events.DescendantFocus) -> None:
        if event.widget is self.line:
            self.line.display = True
            self.call_after_refresh(self.come_into_view)
        self.card.refresh(layout=True)

    def _go_on(self) -> None:
        if self.at + 1 < len(self.answers):
            self._go(self.at + 1)
        else:
            self._go(self.at)
            self.post_message(self.Submitted(self))

    def _go(self, place: int) -> None:
        if not self.answers:
            return
        self.at = place
        action = self.answers[place]
        if self.line.about != action.id:
            self.line.about = action.id
            self.line.load(action.words)
        self._above.show(self.answers[:place])
        self.card.show(action, sentences.place_of(place + 1, len(self.answers)))
        self._below.show(self.answers[place + 1 :])
        self.call_after_refresh(self.come_into_view)

    def _set(self, action: ReviewedAction) -> None:
        self._past.append((self.at, self.answers[self.at]))
        del self._past[:-_MOST_UNDO]
        self._put(self.at, action)

    def _put(self, place: int, action: ReviewedAction) -> None:
        self.answers = (*self.answers[:place], action, *self.answers[place + 1 :])
        if place == self.at:
            self.card.action = action
        self.post_message(self.Changed(self))


def _wrapped(text: Content, room: int, most: int) -> list[Content]:
    """At least one line and at most so many, the last one cut."""
    # What cannot be seen is not laid out.
    lines = text[: (room + 1) * most].wrap(room)
    if len(lines) <= most and len(text) <= (room + 1) * most:
        return [line.rstrip() for line in lines] or [Content("")]
    return [*(line.rstrip() for line in lines[: most - 1]), lines[most - 1].truncate(room - 1).append(safe.ELLIPSIS)]


def _sign(action: ReviewedAction) -> tuple[str, str]:
    return _SIGNS.get(action.outcome, _LET_GO) if action.outcome else action.sign


def _row(action: ReviewedAction, width: int) -> Content:
    sign, style = _sign(action)
    said = STATUS_WORDS[ActionStatus(action.outcome)] if action.outcome else action.due
    last = safe.Cell(said, "$secondary" if action.outcome else "$error" if sign == "!" else "$muted")
    cells = (safe.Cell(action.text), safe.Cell(action.who, "$muted"), last)
    return Content.assemble((f"{sign} ", style), safe.row(cells, _COLUMNS, max(1, width - 2)))
