"""The frame of the note wizard: what stands where, which keys lead on, and the way back to it after locking."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Self

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import ContentSwitcher

from peernote_tui.domain.draft import Draft
from peernote_tui.services.notes import words_copied
from peernote_tui.ui import sentences
from peernote_tui.ui.handing import hand_over_soon
from peernote_tui.ui.looking_back import writing_sections
from peernote_tui.ui.screens.note_wizard import answers
from peernote_tui.ui.screens.note_wizard.facts import Facts
from peernote_tui.ui.screens.note_wizard.opening import Opened, fetch
from peernote_tui.ui.screens.note_wizard.steps import AnswerField, Step
from peernote_tui.ui.screens.writing_screen import WritingScreen
from peernote_tui.ui.widgets.note_area import NoteArea
from peernote_tui.ui.widgets.side_pane import Section, SidePane
from peernote_tui.ui.widgets.step_rail import StepRail
from peernote_tui.ui.widgets.text_input import TextInput

if TYPE_CHECKING:
    from peernote_tui.services.participants import Briefing
    from peernote_tui.ui.app import PeerNoteApp


class WizardFrame(WritingScreen[str]):
    """What the wizard looks like before anything is asked in it.

    Args:
        opened: What `load` fetched.
    """

    PLACE = sentences.NEW_NOTE
    NAME = "wizard"
    FIRST_KEYS = ("field.next", "wizard.next", "wizard.review", "note.sign", "wizard.back", "house.jump")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "step(-1)", "Back", id="wizard.back", tooltip="Go to the step before."),
        Binding("f4", "step(1)", "Next step", id="wizard.next", tooltip="Go to the next step."),
        Binding(
            "f2,ctrl+s",
            "review",
            "Review & sign",
            id="wizard.review",
            priority=True,
            tooltip="The whole note on one page, and what is missing.",
        ),
        Binding(
            "ctrl+g",
            "copy",
            "Copy selection to the clipboard",
            id="wizard.copy",
            show=False,
            tooltip="What is selected in the box, for another program. It asks first.",
        ),
    ]

    def __init__(self, opened: Opened) -> None:
        super().__init__(classes="wizard-screen")
        self._opened = opened
        self.take_snippets(opened.snippets)

    @classmethod
    async def load(cls, app: PeerNoteApp, draft_id: str) -> Self:
        """Fetch everything the wizard shows.

        Raises:
            PeerNoteError: The draft is not there any more.
        """
        return cls(await app.gateway.call(fetch, draft_id, country=app.settings.country))

    def compose_body(self) -> ComposeResult:
        """Lay out rail, step and what stands beside."""
        with Horizontal(classes="wizard"):
            yield StepRail()
            with Vertical(classes="main"):
                yield ContentSwitcher(id="steps")
            yield SidePane()

    def rename(self) -> None:
        """Show anew whom the note is about; what was typed stays."""
        super().rename()
        self.show_beside(self._opened.briefing)
        for step in self.query(Step):
            step.rename()

    def show_beside(self, briefing: Briefing) -> None:
        """Show in the side pane what is known of the participant, and what was told of actions last time."""
        self.query_one(SidePane).show(self.beside(briefing))

    def beside(self, briefing: Briefing) -> list[Section]:
        """The sections of the side pane."""
        return writing_sections(briefing, self._opened.told, self._opened.draft.meeting_id)

    def action_copy(self) -> None:
        """Hand over what is selected in the box that has focus."""
        box = self.focused
        selected = box.selected_text if isinstance(box, (NoteArea, TextInput)) else ""
        if selected:
            hand_over_soon(
                self,
                selected,
                sentences.COPY_SELECTION_QUESTION,
                asked_with="ctrl+g",
                record=lambda: self.ask(words_copied, self._opened.draft.id),
            )
        else:
            self.say(sentences.NOTHING_SELECTED)

    @classmethod
    async def come_back(cls, app: PeerNoteApp, own: dict[str, Any]) -> Self:
        """Open the draft again, if it is still being written."""
        return await cls.load(app, str(own["draft"]))

    @property
    def half_typed(self) -> bool:
        """Nothing: the draft keeps every word."""
        return False


def put_words_back(fields: Iterable[AnswerField], before: dict[TextInput, str], draft: Draft, facts: Facts) -> None:
    """Let boxes show again what was typed, letter for letter, where it still means what the draft holds.

    The draft holds what was understood: "2-2:45" is a time, and "yesterday" another day by tomorrow.

    Args:
        fields: The fields of the step, with what was typed in their boxes.
        before: What the draft put into those boxes.
        draft: The draft as stored.
        facts: What the fields know beside it.
    """
    for field in fields:
        taken = answers.take(field.source, field.control, draft, facts)
        if Draft.model_validate(taken.model_dump(warnings=False)) != draft:
            for box in field.query(TextInput):
                box.load(before.get(box, box.value))
