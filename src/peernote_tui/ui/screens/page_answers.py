"""The fields that a template gives a participant's page: their controls, and the words that stand in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.widget import Widget
from textual.widgets import Static

from peernote_tui.domain.answers import (
    Asked,
    answer_text,
    answer_words,
    choice_digits,
    scale_ends,
    understand_answer,
)
from peernote_tui.domain.base import LINE
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.names import fold
from peernote_tui.domain.template import FieldKind, Template, TemplateField
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.note_wizard.own_fields import fits_scale
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.scale_field import ScaleField
from peernote_tui.ui.widgets.tag_field import TagField
from peernote_tui.ui.widgets.text_input import TextInput

PREFIX = "asks_"
"""Before the key of such a field in the state of the form, so that it meets no field of the page itself."""


_LONG_LABEL = 28
"""Cells of a label beside its control; a longer one stands above."""


class AnswerField(Field):
    """A field of the page that knows its field of the template."""

    def __init__(self, source: TemplateField, control: Widget) -> None:
        above = len(source.label) > _LONG_LABEL
        super().__init__(PREFIX + source.key, source.label, control, hint=source.hint, stacked=above)
        self.source = source

    @property
    def words(self) -> str:
        """What stands in it, as it would be typed."""
        return words_in(self.control, self.source)

    def echo_words(self, words: str, asked: Asked) -> None:
        """Say what is understood of a line."""
        line = isinstance(self.control, TextInput)
        self.set_echo(answer_echo(self.source, words, asked) if line else None)


def answer_fields(
    template: Template, stored: Mapping[str, str], typed: Mapping[str, str], asked: Asked
) -> Iterator[Widget]:
    """The fields of every page under the titles of their sections.

    Args:
        template: What asks them.
        stored: What stands on the page, by `PREFIX` and key.
        typed: What stands in the form.
        asked: When it is typed.
    """
    for section in template.sections:
        fields = [field for field in section.fields if not field.retired]
        if fields:
            yield Static(section.title, classes="title", markup=False)
        for field in fields:
            if field.kind is FieldKind.HEADING:
                hint = f"\n{field.hint}" if field.hint else ""
                yield Static(safe.assemble((field.label, "bold $secondary"), (hint, "$muted")), markup=False)
            else:
                name = PREFIX + field.key
                yield AnswerField(field, build_answer(field, asked, typed[name], stored[name]))


def build_answer(field: TemplateField, asked: Asked, *words: str) -> Widget:
    """The control of a field; a line where a word that may come to stand in it is no answer to it (any more).

    Args:
        field: The field.
        asked: When it is typed.
        words: What stands in it, and what may be put into it later.
    """
    if all(not answer_fault(field, each, asked) for each in words):
        value = understand_answer(field, words[0], asked)
        match field.kind:
            case FieldKind.YES_NO:
                return ChoiceField(sentences.YES_NO, value=answer_text(field, value))
            case FieldKind.CHOICE:
                pairs = [(choice.value, choice.label) for choice in field.choices]
                return ChoiceField(pairs, value=value, digits=choice_digits(field))
            case FieldKind.SCALE if fits_scale(field):
                return ScaleField(field.low, field.high, value=value, ends=scale_ends(field))
            case FieldKind.CHOICES:
                labels = [choice.label for choice in field.choices]
                return TagField(labels, tags=_tags(field, value), fold=fold, longest=LINE)
            case FieldKind.TAGS:
                return TagField(field.suggestions, tags=_tags(field, value), fold=fold)
    return TextInput(words[0], max_length=LINE, placeholder=field.example)


def load_answer(control: Widget, field: TemplateField, words: str, asked: Asked) -> None:
    """Put other words into a control, without a message."""
    if isinstance(control, TextInput):
        control.load(words)
        return
    try:
        value = understand_answer(field, words, asked)
    except InvalidInputError:
        value = None
    match control:
        case ChoiceField() if field.kind is FieldKind.YES_NO:
            control.load(answer_text(field, value))
        case ChoiceField() | ScaleField():
            control.load(value)
        case TagField():
            control.load(_tags(field, value))
    control.refresh(layout=True)


def words_in(control: Widget, field: TemplateField) -> str:
    """What stands in a control, as it would be typed."""
    match control:
        case TextInput():
            return control.value
        case ChoiceField() | ScaleField():
            return answer_text(field, control.value)
        case TagField():
            return ", ".join(each for each in (*control.tags, control.typed.strip()) if each)
    return ""


def answer_fault(field: TemplateField, words: str, asked: Asked) -> str:
    """Why words are no answer to a field, in a sentence; empty when they are."""
    try:
        understand_answer(field, words, asked)
    except InvalidInputError as error:
        return str(error)
    return ""


def answer_echo(field: TemplateField, words: str, asked: Asked) -> str:
    """What is understood of a line, where it reads another way than it was typed; empty else."""
    try:
        said = answer_words(field, understand_answer(field, words, asked), today=asked.now.date())
    except InvalidInputError:
        return ""
    return "" if said == words.strip() else said


def _tags(field: TemplateField, value: list[str] | None) -> list[str]:
    return [answer_text(field, [each]) for each in value or ()]
