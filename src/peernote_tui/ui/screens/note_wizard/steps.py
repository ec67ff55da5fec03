"""One step of the wizard: the fields of a section, built when the step is first visited."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peernote_tui.domain.answered import Answers
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.template import FieldKind, TemplateField, TemplateSection
from peernote_tui.domain.template_rules import is_answered
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.briefing import age, second_identifier
from peernote_tui.ui.screens.note_wizard import agreeing, answers
from peernote_tui.ui.screens.note_wizard.facts import Facts
from peernote_tui.ui.screens.note_wizard.own_fields import TOLD, Told
from peernote_tui.ui.widgets.action_rows import ActionRows
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.form import Form
from peernote_tui.ui.widgets.tag_field import TagField
from peernote_tui.ui.widgets.text_input import TextInput

_STACKED = frozenset(
    {
        FieldKind.LONG_TEXT,
        FieldKind.OWN_WORDS,
        FieldKind.TAGS,
        FieldKind.ACTION_REVIEWS,
        FieldKind.ACTION_ROWS,
        FieldKind.CHOICES,
        FieldKind.ROWS,
    }
)
GOALS_GO_TO = "plan"
"""The field that tells what the contact means for the participant's goals."""
_EMERGENCY_KEY = "emergency_reason"


class AnswerField(Field):
    """A field that knows its template field."""

    def __init__(self, source: TemplateField, control: Widget) -> None:
        super().__init__(source.key, source.label, control, hint=source.hint, stacked=source.kind in _STACKED)
        self.source = source

    def enter_typed_tag(self) -> bool:
        """Make a tag of what stands typed in a tag field; True when there was something."""
        control = self.control
        if not isinstance(control, TagField) or not control.is_attached or not control.typed.strip():
            return False
        typed = control.typed
        control.load(control.tags)
        control.add(typed)
        return True


class Step(Form):
    """The fields of one section.

    Args:
        section: What is asked.
        draft: What is answered so far.
        facts: What the wizard knows beside it.
        index: Which step this is, from 0.
    """

    def __init__(self, section: TemplateSection, draft: Draft, facts: Facts, index: int) -> None:
        super().__init__(id=f"step-{index}", classes="step")
        self.section = section
        self.facts = facts
        self._draft = draft

    def compose(self) -> ComposeResult:
        """Lay out the protocol card and whom it is about (first step), and the fields."""
        if self.facts.card and self.section is self.facts.template.sections[0]:
            first, *rest = self.facts.card
            card = safe.assemble((first, "bold $primary"), *((f"\n{line}", "$text") for line in rest))
            yield Static(card, classes="step--card", markup=False)
        for source in self.section.fields:
            if source.kind is FieldKind.CONSENT:
                yield Static(self._person(), classes="step--person", markup=False)
                yield self._consent(source)
                yield self._emergency(self._draft)
            elif source.kind in TOLD:
                yield Told(source)
            elif source.kind is not FieldKind.ACTION_REVIEWS or self._reviews_anything():
                control = answers.build(source, self._draft, self.facts)
                field = AnswerField(source, control)
                if source.key == GOALS_GO_TO and self.facts.participant.goals:
                    field.set_hint(f"{source.hint} {sentences.GOALS_AT_HAND}".strip())
                if source.kind in (FieldKind.LONG_TEXT, FieldKind.OWN_WORDS):
                    control.styles.height = source.lines + 2
                    control.styles.min_height = 3
                    field.add_class("-measured")
                yield field

    def on_mount(self) -> None:
        """Show only what the answers so far ask for."""
        self.follow(self._draft, may_write=True)

    @property
    def fields(self) -> list[AnswerField]:
        """The fields of the template, in order."""
        return list(self.query(AnswerField))

    def follow(self, draft: Draft, *, may_write: bool) -> None:
        """Show and hide fields as the answers ask, and say back what was understood.

        Args:
            draft: The draft as it stands.
            may_write: Whether consent is on file.
        """
        self._draft = draft
        given = Answers(self.facts.template, draft.content)
        for field in self.fields:
            field.display = given.shown(field.source)
            if field.source.kind is FieldKind.ACTION_ROWS and isinstance(field.control, ActionRows):
                agreeing.follow_rows(field.control, draft, self.facts)
            field.set_echo(answers.echo(field.source, draft, self.facts) or None)
        for told in self.query(Told):
            told.tell(given)
        for asked in self.query("#field-consent"):
            asked.display = not may_write
        for emergency in self.query("#field-emergency-reason"):
            choice = self.query_one("#field-consent", Field).control
            chosen = isinstance(choice, ChoiceField) and choice.value == "emergency"
            # A reason that stands in the note can be seen and taken out, also once consent is on file.
            reason = bool(draft.content.emergency_reason)
            emergency.display = reason or emergency.has_focus_within or (chosen and not may_write)

    def focus_first(self, draft: Draft, *, may_write: bool) -> None:
        """Put focus where the first answer is wanted."""
        if not may_write and self.query("#field-consent") and not draft.content.emergency_reason.strip():
            self.query_one("#field-consent", Field).focus_control()
            return
        shown = [field for field in self.fields if field.display]
        wanted = [
            field
            for field in shown
            if not is_answered(field.source, draft.content) and (field.source.required or field.source.alternatives)
        ]
        first = next(iter(shown[:1] if shown and shown[0].source.kind is FieldKind.ACTION_REVIEWS else wanted), None)
        target = first or next(iter(shown), None)
        if target is not None:
            target.focus_control()

    def focus_field(self, key: str) -> bool:
        """Put focus on the field of that key; False when it is not shown."""
        for field in self.query(Field):
            if field.key == key and field.display:
                field.focus_control()
                return True
        return False

    def next_field(self, field: Field) -> bool:
        """Put focus on the next shown field; False when this was the last."""
        shown = [one for one in self.query(Field) if one.display]
        place = shown.index(field) if field in shown else len(shown)
        if place + 1 >= len(shown):
            return False
        shown[place + 1].focus_control()
        return True

    def rename(self) -> None:
        """Show anew whom it is about, after another amount of names may be seen."""
        for shown in self.query(".step--person").results(Static):
            shown.update(self._person())
        for field in self.fields:
            control = field.control
            # Words that mean nobody stay as they are typed.
            if field.source.kind is FieldKind.PARTICIPANT and isinstance(control, TextInput):
                who = self.facts.people.meant(control.value)
                control.load(self.facts.people.words(who) if who else control.value)

    def _reviews_anything(self) -> bool:
        return bool(self.facts.open_actions or self._draft.content.action_reviews)

    def _person(self) -> Content:
        person = self.facts.participant
        apart = second_identifier(person.pronouns, age(person, self.facts.today), naming.number(person.called))
        return safe.assemble((naming.name(person.called), "bold"), (f"  {apart}", "$muted"))

    def _consent(self, source: TemplateField) -> Field:
        choice = ChoiceField(
            sentences.CONSENT_CHOICES, value="emergency" if self._draft.content.emergency_reason else None
        )
        return Field(
            "consent",
            sentences.CONSENT_ASKED,
            choice,
            hint=sentences.CONSENT_ENTER,
            help_text=sentences.CONSENT_HELP,
            stacked=True,
            classes=source.kind.value,
        )

    @staticmethod
    def _emergency(draft: Draft) -> Field:
        return Field(
            _EMERGENCY_KEY,
            sentences.EMERGENCY_LABEL,
            TextInput(draft.content.emergency_reason, max_length=answers.LINE),
            hint=sentences.EMERGENCY_HINT,
            id="field-emergency-reason",
        )


def step_of(field: Field) -> Step:
    """The step a field stands in."""
    return next(node for node in field.ancestors if isinstance(node, Step))
