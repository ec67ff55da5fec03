"""The questions of handing something out, and what their answers mean together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType

from peernote_tui.documents.document import DocumentKind
from peernote_tui.documents.rendering import FACTS, Format
from peernote_tui.domain.consent import Consent
from peernote_tui.services.data_out import forms_of
from peernote_tui.services.handing_out import AGE_SUFFIX, MAIL_SUFFIX
from peernote_tui.ui import sentences
from peernote_tui.ui.path_suggester import PathSuggester
from peernote_tui.ui.screens.door import SecretInput
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.text_input import TextInput

READABLE, PASSWORD, PASSPHRASE, RECIPIENT = "", "password", "passphrase", "recipient"
MAIL = "mail"
PAGED = frozenset({Format.PDF, Format.DOCX, Format.RTF, Format.HTML})
"""Formats that have pages."""
SUFFIXES = (*(FACTS[form].suffix for form in Format), MAIL_SUFFIX, AGE_SUFFIX)
TYPED_KEYS = ("to", "address", "purpose_words", "reason")
"""What is kept when the screen is left without handing anything out."""
_LINE = 300
_PATH = 1_000


class Secret(SecretInput):
    """A password of a file: masked, never kept; F8 goes on writing, as everywhere on the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "screen.write(False)", "Write", id="hand_out.write", tooltip="Write the file."),
        Binding("f3", "reveal", "Show", id="hand_out.reveal", tooltip="Show what is typed, or mask it again."),
    ]


class FileBox(TextInput):
    """Where to."""

    TAKES_SNIPPETS: ClassVar[bool] = False


def consent_choices(consents: tuple[Consent, ...]) -> tuple[tuple[str, str], ...]:
    """Consents to share by whom they name."""
    return tuple((each.id, each.details.recipient or sentences.NOT_ASKED) for each in consents)


def form_choices(kind: DocumentKind) -> tuple[tuple[str, str], ...]:
    """The formats in which there is something of this kind."""
    return tuple((form.value, sentences.FORMAT_NAMES.get(form.value, form.value.upper())) for form in forms_of(kind))


def closed_choices(form: Format) -> tuple[tuple[str, str], ...]:
    """The ways in which a file of that format is closed; a password is one of a PDF alone."""
    return tuple(each for each in sentences.CLOSED_CHOICES if form is Format.PDF or each[0] != PASSWORD)


def fields(kinds: tuple[DocumentKind, ...], consents: tuple[Consent, ...]) -> Iterator[Field]:
    """Every question about a file, in order.

    Args:
        kinds: What can be handed out from here, the first one chosen.
        consents: To share, those that hold today.
    """
    choices: dict[str, tuple[tuple[str, str], ...]] = {
        "what": tuple((kind.value, sentences.WHAT_CHOICES[kind.value]) for kind in kinds),
        "purpose": sentences.PURPOSE_CHOICES,
        "consent": consent_choices(consents),
        "form": form_choices(kinds[0]),
        "paper": sentences.PAPER_CHOICES,
        "closed": sentences.CLOSED_CHOICES,
        "mail": sentences.MAIL_CHOICES,
    }
    yield from asked(sentences.HAND_OUT_FIELDS, choices)


def asked(
    questions: Mapping[str, tuple[str, str]], choices: Mapping[str, tuple[tuple[str, str], ...]]
) -> Iterator[Field]:
    """Questions, in order.

    Args:
        questions: Label and hint of each, by its key.
        choices: What can be chosen, of those that are a choice.
    """
    for key, (label, hint) in questions.items():
        control: ChoiceField | TextInput
        if key in choices:
            begun = None if key in ("purpose", "consent", "how") else choices[key][0][0]
            control = ChoiceField(choices[key], value=begun, id=key)
        elif key in ("secret", "again"):
            control = Secret(id=key)
        elif key == "file":
            control = FileBox(max_length=_PATH, id=key)
            control.suggester = PathSuggester(*SUFFIXES)
        else:
            control = TextInput(max_length=_LINE, id=key)
        yield Field(key, label, control, hint=hint, optional=key in sentences.HAND_OUT_OPTIONAL)
