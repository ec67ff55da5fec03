"""A draft as it would be signed now: what is missing, what to look at twice, when it is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from pydantic import Field

from peernote_tui.domain.base import Model
from peernote_tui.domain.consent import ConsentState
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import NotFoundError
from peernote_tui.domain.names import Called
from peernote_tui.domain.not_placed import unplaced_warning
from peernote_tui.domain.note import Note, NoteAuthor, NoteBasis, NoteParticipant, NoteRules, NoteTemplate
from peernote_tui.domain.participant import Participant
from peernote_tui.domain.plausibility import Overlap, time_warnings
from peernote_tui.domain.readiness import Readiness, readiness, required_gaps
from peernote_tui.domain.references import named_freely
from peernote_tui.domain.seen_actions import Meanwhile, later_word, seen
from peernote_tui.domain.template import Template
from peernote_tui.domain.template_actions import made_warnings, with_made_actions
from peernote_tui.domain.template_rules import Missing, hidden_answers, hidden_gap, missing
from peernote_tui.domain.timeliness import due_at, is_late, starts_at
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services import gate
from peernote_tui.services.group_names import other_names_in
from peernote_tui.services.participants import participant_in
from peernote_tui.services.plausibility import overlaps_in
from peernote_tui.services.recording import told_actions
from peernote_tui.services.referring import people_meant_in
from peernote_tui.services.repetition import repetition_in
from peernote_tui.services.rule_packs import due_clock, pack_in_force
from peernote_tui.services.templates import template_of
from peernote_tui.services.working_days import working_days_in
from peernote_tui.services.workspace import Workspace


class Review(Model):
    """A draft as it would be signed now, and what stands between."""

    note: Note
    participant: Participant
    consent: ConsentState
    missing: tuple[Missing, ...]
    warnings: tuple[str, ...]
    """Things to look at twice; they keep nobody from signing."""
    looked_at: datetime
    """When, on the person's wall clock, aware."""
    due_at: datetime | None
    late: bool
    readiness: Readiness
    """What the rule pack in force finds in it."""
    overlaps: tuple[Overlap, ...] = ()
    """Other contacts at the same time; to look at twice, too. Who they were with is said as far as names are seen."""
    meanwhile: tuple[Meanwhile, ...] = ()
    """Actions of which the tracker says something else since the draft told of them; the tracker's word stays."""
    people: dict[str, Participant | None] = Field(default_factory=dict)
    """Whom answers mean, by the id they hold; None for whose record was erased."""

    def look_twice(self, name: Callable[[Called], str]) -> tuple[str, ...]:
        """Everything to look at twice; `name` is how a participant is named here."""
        changed = tuple(each.sentence for each in self.meanwhile)
        return changed + self.warnings + tuple(overlap.sentence(name(overlap.called)) for overlap in self.overlaps)


def review(workspace: Workspace, draft_id: str) -> Review:
    """The stored draft as it would be signed now, and what stands between."""
    with workspace.reading() as work:
        found = review_in(workspace, work, draft_in(work, draft_id))
        repeated = repetition_in(workspace, work, found.note)
        at_once = overlaps_in(workspace, work, found.note)
        template = template_of(workspace.templates, found.note.template.id, found.note.template.version)
        meant = people_meant_in(work, template, (found.note.content,))
        changes = {"warnings": found.warnings + repeated, "overlaps": at_once, "people": meant}
        return found.model_copy(update={**changes, "meanwhile": meanwhile_in(work, draft_in(work, draft_id))})


def review_in(workspace: Workspace, work: UnitOfWork, draft: Draft) -> Review:
    """As `review`, inside a transaction."""
    template = template_of(workspace.templates, draft.template, draft.template_version)
    draft = with_made_actions(template, draft)
    participant = participant_in(work, draft.participant_id)
    consent = gate.notes_state(workspace, work, draft.participant_id)
    note = draft_note(workspace, draft, participant, consent)
    now = workspace.clock.now()
    loose = loose_ends(template, draft)
    told = {gap.key for gap in loose}
    gaps = gate.consent_gaps(workspace, template, draft, consent)
    gaps += [gap for gap in missing(template, draft.content, may_write=True) if gap.key not in told] + loose
    pack = pack_in_force(work, draft.content.day or workspace.today)
    rules = NoteRules(id=pack.id, version=pack.version, rounding=pack.rounding)
    note = note.model_copy(update={"rule_pack": rules})
    asked = {gap.key for gap in gaps}
    gaps += [gap for gap in required_gaps(pack, note, template) if gap.key not in asked]
    clock, days = due_clock(pack, template), working_days_in(work)
    began = starts_at(note)
    if began is not None and began > now:
        gaps.append(Missing(section=0, key="session", sentence="The contact lies in the future."))
    return Review(
        note=note,
        participant=participant,
        consent=consent,
        missing=tuple(sorted(gaps, key=lambda gap: gap.section)),
        warnings=time_warnings(note, now)
        + made_warnings(template, draft.content)
        + named_freely(template, draft.content)
        + gate.group_warnings(workspace, work, draft)
        + other_names_in(work, draft)
        + unplaced_warning(draft.typed),
        looked_at=workspace.local_now,
        due_at=due_at(note, clock, days),
        late=is_late(note, clock, now, days),
        readiness=readiness(pack, note, template),
    )


def meanwhile_in(work: UnitOfWork, draft: Draft) -> tuple[Meanwhile, ...]:
    """The actions of which the tracker says something else since the draft told of them."""
    seen_as, now = seen(draft.typed), {action.id: action for action in told_actions(work, draft)}
    return tuple(
        Meanwhile(text=told.text, told=told.outcome, now=now[told.action_id].status)
        for told in draft.content.action_reviews
        if told.action_id in now and later_word(told, now[told.action_id], seen_as.get(told.action_id))
    )


def draft_note(workspace: Workspace, draft: Draft, participant: Participant, consent: ConsentState) -> Note:
    """A draft in the form of a note, unsigned."""
    given = consent.consent if consent.active else None
    return Note(
        id=draft.id,
        participant=NoteParticipant(
            id=participant.id,
            name=participant.name,
            pronouns=participant.pronouns,
            external_id=participant.external_id,
            born=participant.born,
        ),
        author=NoteAuthor(id=workspace.author.id, name=workspace.author.name, credential=workspace.author.credential),
        template=NoteTemplate(id=draft.template, version=draft.template_version),
        zone=draft.zone or workspace.clock.zone,
        content=draft.content,
        basis=NoteBasis(
            consent_id=given.id,
            how=given.how,
            starts_on=given.starts_on,
            expires_on=given.expires_on,
        )
        if given
        else NoteBasis(),
        entered_at=draft.begun_at,
    )


def draft_in(work: UnitOfWork, draft_id: str) -> Draft:
    """The draft with that id.

    Raises:
        NotFoundError: There is none.
    """
    draft = work.drafts.get(draft_id)
    if draft is None:
        raise NotFoundError("This draft is not in the vault; it may have been signed.")
    return draft


def loose_ends(template: Template, draft: Draft) -> list[Missing]:
    """What was typed but is not part of the note yet, and answers that the chosen kind hides."""
    gaps = []
    for index, section in enumerate(template.sections):
        for field in section.fields:
            if any(text.strip() for key, text in draft.typed.items() if key.partition(".")[0] == field.key):
                sentence = f"What stands in “{field.label}” is not entered yet."
                gaps.append(Missing(section=index, key=field.key, sentence=sentence))
    gaps += [hidden_gap(template, field) for field in hidden_answers(template, draft.content)]
    return gaps
