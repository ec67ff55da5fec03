"""Choosing a passphrase: six words made by chance, or an own one; then typed once more."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.comparing import own_difference, phrase_difference
from peernote_tui.ui.screens.door import Card, SecretInput
from peernote_tui.ui.widgets.field import Field


class _Phase(Enum):
    WORDS = "words"
    OWN = "own"
    AGAIN = "again"


class PassphraseStep(Vertical):
    """The passphrase step of the first run and of recovery.

    Posts `Chosen` when a passphrase was typed twice alike, or its words were typed from the paper; the
    screen then takes it with `take` and calls `wipe` when it is set.

    Args:
        id: Widget id.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "other_words", "Other words", id="passphrase.other", tooltip="Make six other words."),
        Binding(
            "f4",
            "own",
            "Own passphrase",
            id="passphrase.own",
            tooltip="Type a passphrase of your own, at least 15 characters. Esc comes back to the six words.",
        ),
    ]

    class Chosen(Message):
        """A passphrase is chosen and confirmed."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 Textual's name for it
        super().__init__(id=id, classes="door--step")
        self._phase = _Phase.WORDS
        self._own = False
        self._phrase = ""

    def compose(self) -> ComposeResult:
        """Lay out what the phases show; one at a time is seen."""
        yield Static("", id="passphrase-title", classes="title", markup=False)
        yield Static("", id="passphrase-lead", classes="door--lead", markup=False)
        yield Card(id="passphrase-words")
        yield Field("own", sentences.KEY_LABEL, SecretInput(id="own"), hint=sentences.OWN_HINT, stacked=True)
        yield Field("again", sentences.ONCE_MORE, SecretInput(id="again"), stacked=True)

    def on_mount(self) -> None:
        """Begin with the words; they are made when the step is looked at."""
        self._draw()

    def begin(self) -> None:
        """Show the step, with words made now when there are none yet, and take focus."""
        if not self._phrase:
            self._make_words()
        self._go(self._phase)

    def back(self) -> bool:
        """Step back inside the step; False when it is at its beginning."""
        if self._phase is _Phase.AGAIN:
            self._input("again").load("")
            self._go(_Phase.OWN if self._own else _Phase.WORDS)
            return True
        if self._phase is _Phase.OWN:
            self._own = False
            self._go(_Phase.WORDS)
            return True
        return False

    def take(self) -> str:
        """Give the confirmed passphrase."""
        return self._input("own").value if self._own else self._phrase

    def refuse(self, sentence: str) -> None:
        """Let the person try again after a refusal.

        Args:
            sentence: What is wrong with an own passphrase; when empty, the reason lies elsewhere and Enter
                on what was typed tries again.
        """
        if sentence and self._own:
            self._go(_Phase.OWN)
            self._field("own").set_error(sentence)
        else:
            self._go(_Phase.AGAIN)

    def wipe(self) -> None:
        """Forget every secret of the step."""
        self._phrase = ""
        for name in ("own", "again"):
            self._input(name).load("")
        self._card.update("")

    def written(self) -> None:
        """The words are on paper: have them typed once."""
        self._own = False
        self._go(_Phase.AGAIN)

    def action_other_words(self) -> None:
        """Make six other words."""
        self._make_words()

    def action_own(self) -> None:
        """Let an own passphrase be typed."""
        self._own = True
        self._go(_Phase.OWN)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 Textual's
        """The two choices exist while the words are shown."""
        return self._phase is _Phase.WORDS if action in ("other_words", "own") else True

    @on(Input.Changed, "#own")
    def _weigh(self, event: Input.Changed) -> None:
        from peernote_tui.vault.passphrase import MINIMUM_CHARACTERS, estimate

        field = self._field("own")
        field.set_error(None)
        lacking = MINIMUM_CHARACTERS - len(event.value)
        if not event.value:
            field.set_echo(None)
        elif lacking > 0:
            field.set_echo(sentences.characters_more(lacking))
        else:
            field.set_echo(sentences.strength(estimate(event.value).words))

    @on(Input.Changed, "#again")
    def _typed_again(self) -> None:
        self._field("again").set_error(None)

    @on(Input.Submitted, "#own")
    def _own_typed(self, event: Input.Submitted) -> None:
        from peernote_tui.vault.passphrase import check

        event.stop()
        try:
            check(event.value)
        except InvalidInputError as error:
            self._field("own").set_error(f"{error.sentence} {sentences.OWN_WAY_OUT}")
            return
        self._go(_Phase.AGAIN)

    @on(Input.Submitted, "#again")
    def _confirmed(self, event: Input.Submitted) -> None:
        event.stop()
        if not event.value:
            self._field("again").set_error(sentences.ONCE_MORE_EMPTY)
            return
        if difference := self._difference(event.value):
            self._field("again").set_error(difference)
            return
        self.post_message(self.Chosen())

    def _difference(self, typed: str) -> str:
        from peernote_tui.vault.passphrase import normalise

        if not self._own:
            return phrase_difference(self._phrase, typed)
        try:
            return own_difference(normalise(self._input("own").value), normalise(typed))
        except InvalidInputError as error:
            return str(error)

    def _make_words(self) -> None:
        from peernote_tui.vault.passphrase import generate_phrase

        self._phrase = generate_phrase()
        self._card.update(safe.content(self._phrase))

    def _go(self, phase: _Phase) -> None:
        self._phase = phase
        self._draw()
        if phase is _Phase.WORDS:
            self._card.focus()
        else:
            self._input(phase.value).focus()
        self.refresh_bindings()

    def _draw(self) -> None:
        phase = self._phase
        title, lead = {
            _Phase.WORDS: (sentences.WORDS_TITLE, sentences.WORDS_LEAD),
            _Phase.OWN: (sentences.OWN_TITLE, sentences.OWN_LEAD),
            _Phase.AGAIN: (
                (sentences.OWN_AGAIN_TITLE, sentences.OWN_AGAIN_LEAD)
                if self._own
                else (sentences.WORDS_AGAIN_TITLE, sentences.WORDS_AGAIN_LEAD)
            ),
        }[phase]
        self.query_one("#passphrase-title", Static).update(title)
        self.query_one("#passphrase-lead", Static).update(lead)
        self._card.display = phase is _Phase.WORDS
        self._field("own").display = phase is _Phase.OWN
        self._field("again").display = phase is _Phase.AGAIN

    @property
    def _card(self) -> Card:
        return self.query_one("#passphrase-words", Card)

    def _field(self, key: str) -> Field:
        return self.query_one(f"#field-{key}", Field)

    def _input(self, key: str) -> SecretInput:
        return self.query_one(f"#{key}", SecretInput)
