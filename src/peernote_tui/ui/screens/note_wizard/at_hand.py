"""What lies at hand while writing: verbs of peer work, and the participant's goals; never the words of another note."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from peernote_tui.domain.template import FieldKind, Template
from peernote_tui.domain.verbs import in_sentence
from peernote_tui.services.verbs import packaged_verbs
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.note_wizard.consent_step import ConsentStep
from peernote_tui.ui.screens.note_wizard.steps import GOALS_GO_TO, AnswerField
from peernote_tui.ui.screens.note_wizard.words import field_of
from peernote_tui.ui.screens.picking import PickOne
from peernote_tui.ui.transcribing import sheet_left
from peernote_tui.ui.widgets.note_area import NoteArea
from peernote_tui.ui.widgets.snippet_box import SnippetBox
from peernote_tui.ui.widgets.tag_field import TagField

_WRITTEN = frozenset({FieldKind.LONG_TEXT, FieldKind.TEXT, FieldKind.TAGS})


class AtHand(ConsentStep):
    """Puts a verb where the cursor stands, and a goal where goals are told of."""

    _template: Template
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+r", "verbs", "Verbs", id="writing.verbs", show=False, tooltip="Verbs of peer work, for what you did."
        ),
        Binding(
            "f12", "goal", "Goal", id="writing.goal", show=False, tooltip="Put a goal of the participant into the plan."
        ),
    ]

    async def _show_step(self, index: int, *, key: str = "") -> None:
        raise NotImplementedError

    def leave(self, signed: str | None) -> None:
        """Close; of a stack of sheets the next one is asked for.

        Args:
            signed: Id of the note that was signed; None when a draft is left.
        """
        self.dismiss(signed)
        sheet_left(self.house, self.draft, signed=signed is not None)

    def action_verbs(self) -> None:
        """List the verbs for the box that has focus."""
        field = field_of(self.focused)
        if isinstance(field, AnswerField) and field.source.kind in _WRITTEN:
            self.run_worker(self._put_verb(field.control), description="verbs", group="flow", exclusive=True)
        else:
            self.say(sentences.NO_BOX_FOR_VERBS)

    def action_goal(self) -> None:
        """Put a goal into the plan; asks which one where there are several."""
        goals = self._briefing.participant.goals
        if not goals:
            self.say(sentences.NO_GOALS)
        elif not self._words_allowed():
            self.say(sentences.CONSENT_FIRST, tone="error")
        else:
            self.run_worker(self._put_goal(goals), description="goal", group="flow", exclusive=True)

    async def _put_verb(self, box: Widget) -> None:
        groups = [(group.title, group.verbs) for group in packaged_verbs()]
        verb = await self.app.push_screen_wait(PickOne(sentences.VERBS_TITLE, groups))
        if not verb or not box.is_attached:
            return
        if isinstance(box, TagField):
            box.add(verb)
        elif isinstance(box, SnippetBox):
            box.put_in(in_sentence(verb, box.left_of_cursor()))

    async def _put_goal(self, goals: tuple[str, ...]) -> None:
        goal: str | None = goals[0]
        if len(goals) > 1:
            goal = await self.app.push_screen_wait(PickOne(sentences.GOALS_TITLE, [("", goals)]))
        if not goal:
            return
        sections = enumerate(self._template.sections)
        at = next((at for at, section in sections if any(one.key == GOALS_GO_TO for one in section.fields)), None)
        if at is None:
            self.say(sentences.NO_PLACE_FOR_GOALS)
            return
        await self._show_step(at, key=GOALS_GO_TO)
        field = next(one for one in self.query(AnswerField) if one.key == GOALS_GO_TO)
        if field.display and isinstance(field.control, NoteArea):
            area = field.control
            area.move_cursor(area.document.end)
            area.put_in(f"{chr(10) if area.text.strip() else ''}{sentences.goal_told(goal)}")
        else:
            self.say(sentences.NO_PLACE_FOR_GOALS)
