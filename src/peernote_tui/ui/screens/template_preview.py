"""A template as the wizard will show it, with the wizard's own fields, and nothing of it kept."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import ContentSwitcher, Input, TextArea

from peernote_tui.domain.answers import Asked
from peernote_tui.domain.clock import local_now
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.note import NoteContent
from peernote_tui.domain.participant import Participant
from peernote_tui.domain.template import Template
from peernote_tui.domain.template_rules import begun_content
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.note_wizard import answers
from peernote_tui.ui.screens.note_wizard.facts import Facts
from peernote_tui.ui.screens.note_wizard.steps import AnswerField, Step
from peernote_tui.ui.screens.note_wizard.words import field_of
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.action_reviews import ActionReviews
from peernote_tui.ui.widgets.action_rows import ActionRows
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.scale_field import ScaleField
from peernote_tui.ui.widgets.step_rail import Step as RailStep
from peernote_tui.ui.widgets.step_rail import StepRail
from peernote_tui.ui.widgets.tag_field import TagField


class PreviewScreen(VaultScreen[None]):
    """Every step of a template for nobody in particular; what is typed shows and hides fields, and is not kept.

    Args:
        template: What is looked at; one that can be used.
    """

    PLACE = sentences.PREVIEW_PLACE
    FIRST_KEYS = ("preview.back", "preview.next")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "step(-1)", "Back", id="preview.back", tooltip="Go to the step before."),
        Binding("f4,f2", "step(1)", "Next step", id="preview.next", tooltip="Go to the next step."),
    ]

    def __init__(self, template: Template) -> None:
        super().__init__(classes="wizard-screen")
        self._template = template
        self._at = 0

    def compose_body(self) -> ComposeResult:
        """Lay out rail and step, as the wizard does."""
        with Horizontal(classes="wizard"):
            yield StepRail()
            with Vertical(classes="main"):
                yield ContentSwitcher(id="steps")

    async def on_mount(self) -> None:
        """Begin with the first step."""
        clock = self.workspace.clock
        now, local = clock.now(), local_now(clock)
        person = Participant(id="", name=sentences.PREVIEW_NAME, created_at=now, changed_at=now)
        self._facts = Facts(
            participant=person,
            template=self._template,
            open_actions=(),
            used_tags={},
            now=lambda: local_now(clock),
            new_id=lambda: new_id(clock.now()),
            zone=clock.zone,
            day_first=self.house.settings.day_first,
        )
        begun = NoteContent(day=local.date(), start=local.time().replace(second=0, microsecond=0, tzinfo=None))
        content = begun_content(self._template, begun, Asked(local))
        self._draft = Draft(id="", participant_id="", content=content, begun_at=now, changed_at=now)
        self.set_context(self._template.title)
        self.say(sentences.PREVIEW_SAID, tone="warning", way=sentences.PREVIEW_WAY)
        await self._show(0)

    def action_step(self, by: int) -> None:
        """Go to a neighbouring step."""
        target = self._at + by
        if 0 <= target < len(self._template.sections):
            self.run_worker(self._show(target), description="step", group="step", exclusive=True)

    async def _show(self, index: int) -> None:
        self._at = index
        switcher = self.query_one("#steps", ContentSwitcher)
        if not switcher.query(f"#step-{index}"):
            step = Step(self._template.sections[index], self._draft, self._facts, index)
            step.display = False
            await switcher.mount(step)
        switcher.current = f"step-{index}"
        step = self.query_one(f"#step-{index}", Step)
        step.follow(self._draft, may_write=True)
        self.query_one(StepRail).show([RailStep(section.title) for section in self._template.sections], index)
        self.call_after_refresh(step.focus_first, self._draft, may_write=True)

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(ChoiceField.Changed)
    @on(TagField.Changed)
    @on(ScaleField.Changed)
    @on(ActionRows.Changed)
    @on(ActionReviews.Changed)
    def _changed(self, event: Message) -> None:
        field = field_of(event.control)
        if isinstance(field, AnswerField):
            self._draft = answers.take(field.source, field.control, self._draft, self._facts)
            for step in self.query(Step):
                step.follow(self._draft, may_write=True)

    @on(Input.Submitted)
    @on(TagField.Submitted)
    @on(ScaleField.Submitted)
    @on(ActionRows.Submitted)
    @on(ChoiceField.Submitted)
    def _entered(self, event: Message) -> None:
        field = field_of(event.control)
        if field is not None and not self.query_one(f"#step-{self._at}", Step).next_field(field):
            self.action_step(1)
