"""The note wizard: steps in a rail, the step in the middle, last time beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.message import Message
from textual.widgets import ContentSwitcher, Input, TextArea

from peernote_tui.domain.clock import in_zone, local_now
from peernote_tui.domain.errors import NoteIncompleteError, PeerNoteError
from peernote_tui.domain.template_check import decisive_keys
from peernote_tui.domain.template_rules import is_answered
from peernote_tui.services import language, reviewing, writing
from peernote_tui.services.reviewing import Review
from peernote_tui.ui import naming, sentences
from peernote_tui.ui.screens.note_wizard import answers
from peernote_tui.ui.screens.note_wizard.drafting import Drafting, SavingSaid
from peernote_tui.ui.screens.note_wizard.facts import with_content, with_typed
from peernote_tui.ui.screens.note_wizard.frame import put_words_back
from peernote_tui.ui.screens.note_wizard.opening import Opened, facts_of
from peernote_tui.ui.screens.note_wizard.progress import asks_anything, rail_steps
from peernote_tui.ui.screens.note_wizard.review import ReviewPane
from peernote_tui.ui.screens.note_wizard.steps import AnswerField, Step, step_of
from peernote_tui.ui.screens.note_wizard.unplaced import Unplaced
from peernote_tui.ui.screens.note_wizard.words import WordWatch, field_of
from peernote_tui.ui.transcribing import sheets_place, take_up_sheets
from peernote_tui.ui.widgets.action_reviews import ActionReviews
from peernote_tui.ui.widgets.action_rows import ActionRows
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.note_area import NoteArea
from peernote_tui.ui.widgets.scale_field import ScaleField
from peernote_tui.ui.widgets.step_rail import StepRail
from peernote_tui.ui.widgets.tag_field import TagField
from peernote_tui.ui.widgets.text_input import TextInput

if TYPE_CHECKING:
    from peernote_tui.services.places import ScreenPlace

_LATE_KEY = "late_reason"


class NoteWizard(Unplaced):
    """Writes one draft; gives the id of the signed note, or None when it was left as a draft.

    Args:
        opened: What `load` fetched.
    """

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened)
        self._first_draft = draft = opened.draft
        self._template = template = opened.template
        self._decisive = decisive_keys(template)
        self._words = WordWatch(opened.words, focused=lambda: self.focused, later=self.set_timer)
        self._language = opened.words
        draft = opened.newest or draft
        self._at = min(draft.step, len(template.sections) - 1)
        self._signing = False
        self._saving = SavingSaid(self)

    async def on_mount(self) -> None:
        """Show the step where the draft was left."""
        self._drafting = Drafting(
            self.house.gateway,
            self._first_draft,
            later=self.set_timer,
            saved=self._saving.saved,
            failed=self._saving.failed,
            newest=self._opened.newest,
        )
        self._facts = facts_of(self._opened, self.workspace.clock, day_first=self.house.settings.day_first)
        self.set_person(self._briefing.participant.called)
        self._saving.show(in_zone(self._first_draft.changed_at, self.workspace.clock.zone))
        self.show_beside(self._briefing)
        await self._show_step(self._at)
        self._tell_of_draft()

    @property
    def subject(self) -> str:
        """Whom the screen is about, for commands that begin something for the same participant."""
        return self._briefing.participant.id

    async def flush(self) -> None:
        """Store what is typed but not saved yet."""
        if self.is_mounted:
            await self._drafting.flush()

    async def keep(self) -> None:
        """Store what is typed, or write it to a rescue file where the vault does not take it."""
        if self.is_mounted:
            await self._drafting.keep()

    def own_place(self) -> dict[str, Any]:
        """Which draft, and whether the whole note was looked at; the draft itself knows the step."""
        return {"draft": self.draft.id, "review": self._reviewing, "sheets": sheets_place(self.house)}

    def put_words(self, left: ScreenPlace) -> None:
        """Show what was typed where it still means what the draft holds."""
        before = {box: box.value for box in self.query(TextInput)}
        super().put_words(left)
        put_words_back(self.query(AnswerField), before, self.draft, self._facts)
        self._step.follow(self.draft, may_write=self._may_write)

    async def settle_in(self, own: dict[str, Any]) -> None:
        """Show the whole note again if it was looked at, and go on with the stack of sheets it is one of."""
        take_up_sheets(self.house, self._template.id, own.get("sheets"))
        if own["review"]:
            await self._show_review()

    def go_back(self) -> None:
        """Leave the wizard; the draft stays in the vault. From the review, go back to the steps."""
        if self._reviewing:
            self.run_worker(self._show_step(self._at), description="step", group="step", exclusive=True)
        else:
            self.run_worker(self._close(), description="close", group="step", exclusive=True)

    def action_step(self, by: int) -> None:
        """Go to a neighbouring step that asks anything."""
        target = self._at if self._reviewing and by < 0 else self._neighbour(by)
        if target is None:
            if by > 0 and not self._reviewing:
                self.action_review()
            return
        if target > 0 and not self._writing_allowed():
            return
        # At once, so that two quick presses are two steps; what is typed next belongs to the step to come.
        self._at = target
        self.house.hold_keys()
        self.run_worker(self._show_step(target), description="step", group="step", exclusive=True)

    def action_review(self) -> None:
        """Show the whole note on one page."""
        if self._writing_allowed():
            self.house.hold_keys()
            self.run_worker(self._show_review(), description="review", group="step", exclusive=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No review from the review, no step behind the last."""
        if action == "review" and self._reviewing:
            return False
        if action == "step" and parameters == (1,) and self._reviewing:
            return False
        return super().check_action(action, parameters)

    @property
    def _reviewing(self) -> bool:
        return self.is_mounted and self.query_one("#steps", ContentSwitcher).current == "review"

    @property
    def _step(self) -> Step:
        return self.query_one(f"#step-{self._at}", Step)

    async def _show_step(self, index: int, *, key: str = "") -> None:
        switcher = self.query_one("#steps", ContentSwitcher)
        self.house.hold_keys()
        self._at = index
        self._drafting.change(self._arriving(index))
        if not switcher.query(f"#step-{index}"):
            step = Step(self._template.sections[index], self.draft, self._facts, index)
            step.display = False
            await switcher.mount(step)
        switcher.current = f"step-{index}"
        self._step.follow(self.draft, may_write=self._may_write)
        self._tell_why()
        self._follow()
        self.call_after_refresh(self._focus_step, key)

    def _focus_step(self, key: str) -> None:
        # After the change of focus that is asked for below, which goes the same way.
        self.call_later(self.app.call_later, self.house.release_keys)
        if self._reviewing or self.is_returning:
            return
        if not key or not self._step.focus_field(key):
            self._step.focus_first(self.draft, may_write=self._may_write)
        self.refresh_bindings()
        self._words.look()

    async def _show_review(self) -> None:
        for field in self.query(AnswerField):
            if field.enter_typed_tag():
                self._take(field)
        found = await self.ask(reviewing.review, self.draft.id) if await self._flushed() else None
        if found is None:
            self.house.release_keys()
            return
        self._consent_is(found.consent)
        switcher = self.query_one("#steps", ContentSwitcher)
        if not switcher.query("#review"):
            pane = ReviewPane(late_reason=self.draft.typed.get(_LATE_KEY, ""))
            pane.display = False
            await switcher.mount(pane)
        pane = self.query_one(ReviewPane)
        pane.show(found, self._template, language.note_hints(self.draft.content, self._language))
        switcher.current = "review"
        self._follow()
        self.call_after_refresh(self._focus_review, pane, found)
        self.refresh_bindings()

    def _focus_review(self, pane: ReviewPane, found: Review) -> None:
        if not self.is_returning:
            pane.focus_first(late=found.late, missing=bool(found.missing))
        self.call_later(self.app.call_later, self.house.release_keys)

    async def _close(self) -> None:
        try:
            told = await self._drafting.put_down()
        except PeerNoteError as error:
            self._saving.failed(error)
            return
        if told:
            self.house.announce(told, tone="warning")
        self.leave(None)

    async def _flushed(self) -> bool:
        try:
            await self.flush()
        except PeerNoteError as error:
            self._saving.failed(error)
            return False
        return True

    def _neighbour(self, by: int) -> int | None:
        index = self._at + by
        while 0 <= index < len(self._template.sections):
            if asks_anything(self._template.sections[index], self.draft, self._facts):
                return index
            index += by
        return None

    def _writing_allowed(self) -> bool:
        if self._words_allowed():
            return True
        for first in self.query("#step-0").results(Step):
            first.focus_first(self.draft, may_write=False)
        self.say(sentences.CONSENT_FIRST, tone="error")
        return False

    def _follow(self) -> None:
        """Let the rail tell what is answered and what is missing."""
        steps = rail_steps(self._template, self.draft, self._facts, may_write=self._may_write, at=self._at)
        self.query_one(StepRail).show(steps, len(steps) if self._reviewing else self._at)

    def _take(self, field: AnswerField) -> None:
        draft = answers.take(field.source, field.control, self.draft, self._facts)
        if field.error and not answers.fault(field.source, field.control, self._facts):
            field.set_error(None)
        if draft is self.draft:
            return
        before = self.draft.content
        asks_anew = field.source.key in self._decisive
        self._drafting.change(draft)
        if isinstance(field.control, NoteArea):
            self._words.soon()
            # What the rail says changes with the first letter and the last, not with every one between.
            if is_answered(field.source, before) == is_answered(field.source, draft.content):
                return
        if draft.content.kind is not before.kind:
            self._look_at_groups(draft)
        if asks_anew:
            for step in self.query(Step):
                step.follow(draft, may_write=self._may_write)
        else:
            field.set_echo(answers.echo(field.source, draft, self._facts) or None)
        self._follow()

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(ChoiceField.Changed)
    @on(TagField.Changed)
    @on(ScaleField.Changed)
    @on(ActionRows.Changed)
    @on(ActionReviews.Changed)
    def _something_changed(self, event: Message) -> None:
        field = field_of(event.control)
        if isinstance(field, AnswerField):
            self._take(field)
        elif field is not None and field.key == "emergency_reason" and isinstance(event, Input.Changed):
            self._drafting.change(with_content(self.draft, emergency_reason=event.value))
            self._follow()
        elif field is not None and field.key == "consent":
            step_of(field).follow(self.draft, may_write=self._may_write)

    @on(Input.Submitted)
    @on(TagField.Submitted)
    @on(ScaleField.Submitted)
    @on(ActionRows.Submitted)
    @on(ActionReviews.Submitted)
    @on(ChoiceField.Submitted)
    def _go_on(self, event: Message) -> None:
        field = field_of(event.control)
        if field is None:
            return
        if field.key == "consent" and isinstance(event, ChoiceField.Submitted):
            self._consent_chosen(event.field.value, field)
        elif not step_of(field).next_field(field) and step_of(field) is self._step:
            self.action_step(1)

    @on(ReviewPane.GoThere)
    def _go_there(self, event: ReviewPane.GoThere) -> None:
        self.run_worker(self._show_step(event.section, key=event.key), description="step", group="step", exclusive=True)

    @on(ReviewPane.LateReason)
    def _keep_reason(self, event: ReviewPane.LateReason) -> None:
        self._drafting.change(with_typed(self.draft, _LATE_KEY, event.text))

    @on(ReviewPane.Sign)
    def _sign(self, event: ReviewPane.Sign) -> None:
        if not self._signing:
            self._signing = True
            self.run_worker(self._sign_note(event.late_reason), description="sign", group="sign")

    @on(events.DescendantBlur)
    def _left(self, event: events.DescendantBlur) -> None:
        field = field_of(event.widget)
        if isinstance(field, AnswerField):
            self.call_after_refresh(self._enter_left, field)
            field.set_error(answers.fault(field.source, field.control, self._facts) or None)

    @on(events.DescendantFocus)
    def _arrived(self) -> None:
        self.refresh_bindings()
        self._words.soon()

    def _enter_left(self, field: AnswerField) -> None:
        if not field.has_focus_within and field.enter_typed_tag():
            self._take(field)

    @on(NoteArea.Cut)
    @on(TextInput.Cut)
    def _tell_cut(self, event: NoteArea.Cut | TextInput.Cut) -> None:
        self.say(sentences.cut_paste(event.limit), tone="warning")

    async def _sign_note(self, late_reason: str) -> None:
        try:
            await self.flush()
            signed = await self.house.gateway.call(writing.sign_note, self.draft.id, late_reason=late_reason)
        except PeerNoteError as error:
            gaps = error.missing if isinstance(error, NoteIncompleteError) else ()
            said = sentences.not_yet_signed(len(gaps)) if gaps else str(error)
            if len(gaps) == 1 and self.query_one(ReviewPane).ask_reason():
                said = sentences.LATE_FIRST
            self.say(said, tone="error")
            self._signing = False
            return
        name = naming.by_number(self._briefing.participant.called)
        self.house.announce(sentences.signed(name, f"{local_now(self.workspace.clock):%H:%M}"))
        self.leave(signed.id)
