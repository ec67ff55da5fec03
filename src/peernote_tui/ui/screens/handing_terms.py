"""On what terms something is handed out: to whom, what for, on which consent; and what is said of it below."""

from __future__ import annotations

from typing import Any

from textual.content import Content
from textual.widgets import Static

from peernote_tui.documents.document import DocumentKind
from peernote_tui.documents.rendering import Format
from peernote_tui.domain.consent import Consent
from peernote_tui.domain.disclosure import NEED_NONE, Purpose, basis_for
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.services.disclosing import Given
from peernote_tui.services.ordering import Ahead
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.handing_fields import (
    PAGED,
    PASSPHRASE,
    PASSWORD,
    RECIPIENT,
    closed_choices,
    consent_choices,
    form_choices,
)
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.text_input import TextInput


class Terms(VaultScreen[Any]):
    """The half of the screen that knows the door.

    Args:
        ahead: What is to be known before, of the participant whose record it is.
        kind: What is to be handed out at first.
    """

    def __init__(self, ahead: Ahead, kind: DocumentKind) -> None:
        super().__init__()
        self._kind = kind
        self.ahead = ahead
        self.subject = ahead.participant.id
        """Whom Ctrl+N begins a note for."""
        self.private = 0
        """How many answers would stay in the vault."""
        self._consent_by_hand = ""
        self._form_by_hand = ""

    @property
    def kind(self) -> DocumentKind:
        """What is to be handed out."""
        return DocumentKind(self.chosen("what") or self._kind.value)

    @property
    def form(self) -> Format:
        """In which format."""
        return Format(self.chosen("form") or Format.PDF.value)

    def told(self) -> tuple[str, ...]:
        """What else is to be known of it; for subclasses."""
        return ()

    def warning(self) -> tuple[str, ...]:
        """Who can read the file; for subclasses."""
        return ()

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
        self._offer("consent", consent_choices(ahead.consents))
        self.follow()

    def given(self) -> Given:
        """What was said of to whom, what for and why.

        Raises:
            InvalidInputError: What for is missing.
        """
        if not self.chosen("purpose"):
            raise InvalidInputError(sentences.PURPOSE_MISSING, field="purpose")
        consent = self._consent
        return Given(
            to=self.box("to").value,
            address=self.box("address").value,
            purpose=Purpose(self.chosen("purpose")),
            purpose_words=self.box("purpose_words").value,
            consent_id=consent.id if consent else "",
            reason="" if consent or not self._needs_basis else self.box("reason").value,
        )

    def refuse(self, key: str, sentence: str) -> None:
        """Say under a question why nothing is handed out, and go there."""
        field = next((each for each in self.query(Field) if each.key == key and each.display), self.field("file"))
        field.set_error(sentence)
        field.focus_control()

    def answered(self, key: str) -> None:
        """An answer changed: its error goes, and the rest follows."""
        self.field(key).set_error(None)
        if key == "consent":
            self._consent_by_hand = self.chosen("consent")
            self._fill_from_consent()
        elif key == "form":
            self._form_by_hand = self.chosen("form")
        self.follow()

    def go_on(self, key: str) -> None:
        """Go to the next question that is shown."""
        shown = [each for each in self.query(Field) if each.display]
        place = next((number for number, each in enumerate(shown) if each.key == key), -1)
        shown[min(place + 1, len(shown) - 1)].focus_control()

    def follow(self) -> None:
        """Show the questions that apply, propose the consent that fits, and say what will go along."""
        if not self.is_mounted or not self.query("#file"):
            return
        needs, consents = self._needs_basis, self.ahead.consents
        self._follow_format()
        if needs and not self._consent_by_hand:
            basis = basis_for(consents, self.box("to").value, Purpose(self.chosen("purpose")), self.workspace.today)
            self.choice("consent").load(basis.consent.id if basis.consent else None)
        consent, closed = self._consent, self.chosen("closed")
        names_other = consent is not None and not consent.names(self.box("to").value)
        self.field("consent").set_echo(
            sentences.consent_names(consent.details.recipient) if consent and names_other else None
        )
        for key, shown in {
            "consent": needs and bool(consents),
            "reason": needs and consent is None,
            "paper": self.form in PAGED,
            "secret": closed in (PASSWORD, PASSPHRASE),
            "again": closed in (PASSWORD, PASSPHRASE),
            "recipient": closed == RECIPIENT,
        }.items():
            self.field(key).display = shown
        self._say_ahead(consent)

    def _follow_format(self) -> None:
        self._offer("form", form_choices(self.kind))
        if not self.chosen("form"):
            self.choice("form").load(self._form_by_hand)
        if not self.chosen("form"):
            self.choice("form").load(self.choice("form").choices[0][0])
        if self.form is not Format.PDF and self.chosen("closed") == PASSWORD:
            # What was to be closed stays so, with the same words.
            self.choice("closed").load(PASSPHRASE)
        self._offer("closed", closed_choices(self.form))

    def _offer(self, key: str, choices: tuple[tuple[str, str], ...]) -> None:
        choice = self.choice(key)
        if choice.choices != choices:
            kept, choice.choices = choice.value, choices
            choice.digits = tuple(str(place) for place in range(1, len(choices) + 1))
            choice.load(kept)
            choice.refresh(layout=True)

    @property
    def _needs_basis(self) -> bool:
        purpose = self.chosen("purpose")
        return bool(purpose) and Purpose(purpose) not in NEED_NONE

    @property
    def _consent(self) -> Consent | None:
        if not self._needs_basis:
            return None
        return next((each for each in self.ahead.consents if each.id == self.chosen("consent")), None)

    def _fill_from_consent(self) -> None:
        consent = self._consent
        if consent is None:
            return
        told = consent.details
        known = {"to": told.recipient, "address": told.recipient_address, "purpose_words": told.purpose}
        for key, value in known.items():
            if value and not self.box(key).value.strip():
                self.box(key).load(value)

    def _say_ahead(self, consent: Consent | None) -> None:
        person = self.ahead.participant
        printed = []
        if person.covered_by_part2 and self.chosen("purpose") != Purpose.PARTICIPANT.value:
            printed.append(sentences.PRINTED_PART2)
        if consent is not None:
            printed.append(sentences.PRINTED_SCOPE)
        elif self._needs_basis:
            printed.append(sentences.PRINTED_REASON)
        people = len(person.people) if self.kind is DocumentKind.RECORD else 0
        calm = [sentences.printed_along(printed), sentences.stays_behind(self.private, people), *self.told()]
        if self.kind is DocumentKind.CALENDAR:
            theirs = self.chosen("purpose") == Purpose.PARTICIPANT.value
            calm[0] = sentences.CALENDAR_OF_THEIRS if theirs else sentences.calendar_of_others(printed)
        lines = [(line, "$muted") for line in calm if line] + [(line, "$warning") for line in self.warning()]
        said = Content("\n").join([safe.content(line, style) for line, style in lines])
        self.query_one("#ahead", Static).update(said)
