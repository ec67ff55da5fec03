"""What became of last time's actions: one answer and one line of words for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from peernote_tui.ui import safe, sentences
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.text_input import TextInput

LONGEST_WORDS = 1_000
_DROPPED = "dropped"


@dataclass(frozen=True)
class ReviewedAction:
    """One action of last time.

    Attributes:
        id: Id of the action item.
        text: What was agreed.
        detail: Who and by when, in words.
        sign: Sign and style, such as ("!", "$error").
        outcome: Key of the answer given so far, or None.
        words: The participant's own words so far.
    """

    id: str
    text: str
    detail: str
    sign: tuple[str, str]
    outcome: str | None = None
    words: str = ""


class ActionAnswer(Vertical):
    """One action with its answer and the line for words."""

    @dataclass
    class Changed(Message):
        """The answer or the words changed."""

    @dataclass
    class Done(Message):
        """Enter in the line for words: on to the next."""

        answer: ActionAnswer

    def __init__(self, action: ReviewedAction) -> None:
        super().__init__(classes="answer")
        self.action = action
        self.choice = ChoiceField(sentences.OUTCOMES, value=action.outcome)
        self.line = TextInput(action.words, placeholder=sentences.THEIR_WORDS, max_length=LONGEST_WORDS)

    def compose(self) -> ComposeResult:
        """Lay out what was agreed, the answers and the line."""
        sign, style = self.action.sign
        yield Static(
            Content.assemble(
                (f"{sign} ", style),
                safe.content(self.action.text, "bold"),
                safe.content(f"  {self.action.detail}", "$muted"),
            ),
            markup=False,
        )
        with Horizontal(classes="answer--line"):
            yield self.choice
        yield self.line

    def on_key(self, event: events.Key) -> None:
        """Let x mean dropped: done has the letter d."""
        if event.character == "x" and self.choice.has_focus:
            event.stop()
            self.choice.value = _DROPPED

    @on(ChoiceField.Changed)
    def _chosen(self, event: ChoiceField.Changed) -> None:
        event.stop()
        self.post_message(self.Changed())

    @on(ChoiceField.Submitted)
    def _to_words(self, event: ChoiceField.Submitted) -> None:
        event.stop()
        self.line.focus()

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed())

    @on(Input.Submitted)
    def _on(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Done(self))


class ActionReviews(Vertical):
    """All actions of last time, each with its answer."""

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
        """Enter behind the last action: go on."""

        field: ActionReviews

        @property
        def control(self) -> ActionReviews:
            """The field, for `@on(ActionReviews.Submitted, "#id")`."""
            return self.field

    def __init__(self, actions: Sequence[ReviewedAction]) -> None:
        super().__init__()
        self.answers = tuple(ActionAnswer(action) for action in actions)

    def compose(self) -> ComposeResult:
        """Lay out the actions."""
        yield from self.answers

    @on(ActionAnswer.Changed)
    def _changed(self, event: ActionAnswer.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(self))

    @on(ActionAnswer.Done)
    def _next(self, event: ActionAnswer.Done) -> None:
        event.stop()
        place = self.answers.index(event.answer)
        if place + 1 < len(self.answers):
            self.answers[place + 1].choice.focus()
        else:
            self.post_message(self.Submitted(self))
