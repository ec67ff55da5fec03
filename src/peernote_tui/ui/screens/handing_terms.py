"""On what terms something is handed on: to whom, what for, on which consent."""

from __future__ import annotations

from datetime import date
from typing import Any

from textual import events, on
from textual.content import Content
from textual.widgets import Static

from peernote_tui.domain.consent import Consent
from peernote_tui.domain.disclosure import NEED_NONE, Purpose, basis_for
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.services.disclosing import Given
from peernote_tui.services.ordering import Ahead
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.handing_fields import consent_choices
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.text_input import TextInput


class Terms(VaultScreen[Any]):
    """What every page knows of the door, whether a file leaves by it or something that was told.

    Args:
        ahead: What is to be known before, of the participant whose record it is.
    """

    def __init__(self, ahead: Ahead) -> None:
        super().__init__()
        self.ahead = ahead
        self.subject = ahead.participant.id
        """Whom Ctrl+N begins a note for."""
        self._consent_by_hand = ""

    @property
    def day(self) -> date:
        """On which day a consent has to hold."""
        return self.workspace.today

    def follow_more(self) -> None:
        """Show what else follows from the answers; for subclasses."""

    def said_below(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What is said below the questions: calm lines, then warnings; for subclasses."""
        return (), ()

    def field(self, key: str) -> Field:
        """The question of that name."""
        return self.query_one(f"#field-{key}", Field)

    def box(self, key: str) -> TextInput:
        """The line of that name."""
        return self.query_one(f"#{key}", TextInput)

    def choice(self, key: str) -> ChoiceField:
        """The choice of that name."""
        return self.query_one(f"#{key}", ChoiceField)

    def chosen(self, key: str) -> str:
        """What was chosen; empty for nothing."""
        return self.choice(key).value or ""

    def take(self, ahead: Ahead) -> None:
        """Offer the consents that hold now."""
        self.ahead = ahead
        self.offer("consent", consent_choices(ahead.consents))
        self.follow()

    def given(self) -> Given:
        """What was said of to whom, what for and why.

        Raises:
            InvalidInputError: What for is missing.
        """
        if not self.chosen("purpose"):
            raise InvalidInputError(sentences.PURPOSE_MISSING, field="purpose")
        consent = self.consent
        return Given(
            to=self.box("to").value,
            address=self.box("address").value,
            purpose=Purpose(self.chosen("purpose")),
            purpose_words=self.box("purpose_words").value,
            consent_id=consent.id if consent else "",
            reason="" if consent or not self.needs_basis else self.box("reason").value,
        )

    def refuse(self, key: str, sentence: str) -> None:
        """Say under a question why nothing is handed out, and go there; under the last one where none is meant."""
        shown = [each for each in self.query(Field) if each.display]
        field = next((each for each in shown if each.key == key), shown[-1])
        field.set_error(sentence)
        field.focus_control()
        self.call_after_refresh(self.keep_in_view)

    def keep_in_view(self) -> None:
        """Bring the question that has focus into view, with all that is said below it."""
        field = next((each for each in self.query(Field) if each.has_focus_within), None)
        if field is not None:
            field.scroll_visible(animate=False)

    @on(events.DescendantFocus)
    @on(events.Resize)
    def _moved(self) -> None:
        self.call_after_refresh(self.keep_in_view)

    def answered(self, key: str) -> None:
        """An answer changed: its error goes, and the rest follows."""
        self.field(key).set_error(None)
        if key == "consent":
            self._consent_by_hand = self.chosen("consent")
            self._fill_from_consent()
        self.follow()

    def go_on(self, key: str) -> None:
        """Go to the next question that is shown."""
        shown = [each for each in self.query(Field) if each.display]
        place = next((number for number, each in enumerate(shown) if each.key == key), -1)
        shown[min(place + 1, len(shown) - 1)].focus_control()

    def follow(self) -> None:
        """Show the questions that apply, propose the consent that fits, and say what is to be known."""
        if not self.is_mounted or not self.query("#ahead"):
            return
        needs, consents = self.needs_basis, self.ahead.consents
        if needs and not self._consent_by_hand:
            basis = basis_for(consents, self.box("to").value, Purpose(self.chosen("purpose")), self.day)
            self.choice("consent").load(basis.consent.id if basis.consent else None)
        consent = self.consent
        names_other = consent is not None and not consent.names(self.box("to").value)
        self.field("consent").set_echo(
            sentences.consent_names(consent.details.recipient) if consent and names_other else None
        )
        self.field("consent").display = needs and bool(consents)
        self.field("reason").display = needs and consent is None
        self.follow_more()
        calm, warnings = self.said_below()
        lines = [(line, "$muted") for line in calm if line] + [(line, "$warning") for line in warnings]
        self.query_one("#ahead", Static).update(
            Content("\n").join([safe.content(line, style) for line, style in lines])
        )

    def offer(self, key: str, choices: tuple[tuple[str, str], ...]) -> None:
        """Put these choices in the place of those before; what was chosen stays where it is among them."""
        choice = self.choice(key)
        if choice.choices != choices:
            kept, choice.choices = choice.value, choices
            choice.digits = tuple(str(place) for place in range(1, len(choices) + 1))
            choice.load(kept)
            choice.refresh(layout=True)

    @property
    def needs_basis(self) -> bool:
        """Whether a consent or a reason is asked for."""
        purpose = self.chosen("purpose")
        return bool(purpose) and Purpose(purpose) not in NEED_NONE

    @property
    def consent(self) -> Consent | None:
        """The consent it rests on; None for none."""
        if not self.needs_basis:
            return None
        return next((each for each in self.ahead.consents if each.id == self.chosen("consent")), None)

    def _fill_from_consent(self) -> None:
        consent = self.consent
        if consent is None:
            return
        told = consent.details
        known = {"to": told.recipient, "address": told.recipient_address, "purpose_words": told.purpose}
        for key, value in known.items():
            if value and not self.box(key).value.strip():
                self.box(key).load(value)
