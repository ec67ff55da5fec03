"""Consent in the wizard: recorded by one key, missed in words, looked at anew when the wizard comes to the front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peernote_tui.domain.consent import ConsentHow, ConsentScope, ConsentStanding, ConsentState
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import ConsentIncompleteError, PeerNoteError
from peernote_tui.domain.note import NoteKind
from peernote_tui.domain.template import FieldKind
from peernote_tui.domain.template_actions import with_made_actions
from peernote_tui.services import consenting, contacts, gate, participants
from peernote_tui.ui import naming, sentences
from peernote_tui.ui.flows import open_consents
from peernote_tui.ui.screens.note_wizard.drafting import Drafting, SavingSaid
from peernote_tui.ui.screens.note_wizard.frame import WizardFrame
from peernote_tui.ui.screens.note_wizard.opening import Opened
from peernote_tui.ui.screens.note_wizard.steps import Step, step_of
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.field import Field

if TYPE_CHECKING:
    from peernote_tui.services.participants import Briefing


class ConsentStep(WizardFrame):
    """What the wizard knows of consent, and does about it.

    Args:
        opened: What `load` fetched.
    """

    _drafting: Drafting
    _saving: SavingSaid

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened)
        self._briefing: Briefing = opened.briefing
        self._may_write = opened.briefing.consent.active

    @property
    def draft(self) -> Draft:
        """The draft as it stands on screen."""
        return self._drafting.newest

    def _arriving(self, step: int) -> Draft:
        """The draft on arriving at a step: where actions are agreed, those of the template stand there, too."""
        draft = self.draft.model_copy(update={"step": step})
        template = self._opened.template
        kinds = {field.kind for field in template.sections[step].fields}
        return with_made_actions(template, draft) if FieldKind.ACTION_ROWS in kinds and self._words_allowed() else draft

    async def reload(self) -> None:
        """Look whether consent is still as it was; another screen may have recorded or withdrawn it."""
        if not self.is_mounted or not self.house.gateway.is_open:
            return
        now = await self.ask(consenting.consent_of, self._briefing.participant.id)
        if now is not None and now != self._briefing.consent:
            await self._brief_anew()
            self._tell_of_draft()

    async def _brief_anew(self) -> None:
        fresh = await self.ask(participants.brief, self._briefing.participant.id)
        if fresh is None:
            return
        self._briefing = fresh
        self._may_write = fresh.consent.active
        self.show_beside(fresh)
        for step in self.query(Step):
            step.follow(self.draft, may_write=self._may_write)
        self._tell_why()
        self._follow()

    def _follow(self) -> None:
        """Let the rail tell what is answered and what is missing; the wizard does."""

    def _consent_is(self, state: ConsentState) -> None:
        """Take in what another look at the draft said of consent."""
        self._may_write = state.active
        if state != self._briefing.consent:
            self.run_worker(self._brief_anew(), description="consent", group="consent")

    def _tell_why(self) -> None:
        """Say at the question why there is no consent any more."""
        state = self._briefing.consent
        ended = state.standing in (ConsentStanding.WITHDRAWN, ConsentStanding.EXPIRED)
        for field in self.query("#field-consent").results(Field):
            field.set_error(gate.why_closed(self.workspace, state) if ended else None)

    def _tell_of_draft(self) -> None:
        """Say that a draft stays although consent ended, and what can be done."""
        if not self._may_write and gate.holds_words(self.draft) and not self.draft.content.emergency_reason.strip():
            why = gate.why_closed(self.workspace, self._briefing.consent)
            self.say(sentences.draft_stays(why), tone="warning")

    def _words_allowed(self) -> bool:
        """Whether the steps with words may be looked at; what stands there already may always be."""
        return self._may_write or bool(self.draft.content.emergency_reason.strip()) or gate.holds_words(self.draft)

    def _consent_chosen(self, chosen: str | None, field: Field) -> None:
        if chosen is None:
            field.set_error(sentences.CONSENT_FIRST)
            return
        field.set_error(None)
        step_of(field).follow(self.draft, may_write=self._may_write)
        # Focus moves on at once: what is typed next belongs to the next field, not to this choice.
        step_of(field).next_field(field)
        if chosen == "contact":
            self.house.hold_keys()
            self.run_worker(self._contact_only(field), description="contact", group="consent")
        elif chosen == "more":
            self.run_worker(self._ask_more(field), description="consent", group="consent")
        elif chosen != "emergency":
            self.run_worker(self._record_consent(ConsentHow(chosen), field), description="consent", group="consent")

    async def _record_consent(self, how: ConsentHow, field: Field) -> None:
        person = self._briefing.participant
        try:
            await self.house.gateway.call(consenting.give_consent, person.id, how=how)
        except ConsentIncompleteError:
            await self._ask_more(field)
            return
        except PeerNoteError as error:
            self.say(str(error), tone="error")
            field.focus_control()
            return
        self._may_write = True
        self.say(sentences.consent_recorded(naming.by_number(person.called)), tone="success")
        await self._brief_anew()

    async def _ask_more(self, field: Field) -> None:
        """Go to the form that asks everything, such as who consents for a minor."""
        if isinstance(field.control, ChoiceField):
            field.control.load(None)
        if await self._is_kept():
            whose = self._briefing.participant.id
            await open_consents(self.house, whose, giving=ConsentScope.NOTES)

    async def _contact_only(self, field: Field) -> None:
        """Leave words out for good: the draft becomes a contact without content."""
        changed = await self.ask(contacts.as_contact, self.draft.id) if await self._is_kept() else None
        if changed is None:
            self.house.release_keys()
            if isinstance(field.control, ChoiceField):
                field.control.load(None)
            field.focus_control()
            return
        self.house.announce(sentences.CONTACT_ONLY)
        self.house.run_worker(self._open_anew(), description="open draft", exclusive=True, group="flow")

    async def _open_anew(self) -> None:
        await self.give_way_to(await type(self).load(self.house, self.draft.id))

    async def _is_kept(self) -> bool:
        try:
            await self._drafting.flush()
        except PeerNoteError as error:
            self._saving.failed(error)
            return False
        return True

    def _look_at_groups(self, draft: Draft) -> None:
        """Say when a group is chosen and there is no consent to groups; it keeps nobody from writing."""
        if draft.content.kind is NoteKind.GROUP:
            self.run_worker(self._warn_of_groups(), description="groups", exclusive=True, group="groups")

    async def _warn_of_groups(self) -> None:
        state = await self.ask(consenting.consent_of, self._briefing.participant.id, ConsentScope.GROUPS)
        if state is not None and not state.active:
            self.say(sentences.NO_GROUPS_CONSENT, tone="warning")
