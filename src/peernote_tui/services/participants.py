"""Participants: adding, and a briefing before a contact."""

from __future__ import annotations

from datetime import date

from peernote_tui.domain.action_item import ActionItem
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import Model, clean_text
from peernote_tui.domain.consent import ConsentScope, ConsentStanding, ConsentState, consent_state
from peernote_tui.domain.errors import NotFoundError, RefusedError
from peernote_tui.domain.follow_up import FollowUp
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.names import clean_name
from peernote_tui.domain.note import Note
from peernote_tui.domain.participant import Participant, ParticipantDetails
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.namesakes import told_apart
from peernote_tui.services.workspace import Workspace


class Briefing(Model):
    """What one wants to know about a participant in five seconds."""

    participant: Participant
    consent: ConsentState
    last_note: Note | None
    open_actions: tuple[ActionItem, ...]
    rated: tuple[tuple[date | None, int | None], ...]
    """The days of the last contacts and their ratings, oldest first; None where none was given."""
    follow_ups: tuple[FollowUp, ...]
    voicemail: ConsentStanding = ConsentStanding.NONE
    """Where they stand on being left a message."""
    text: ConsentStanding = ConsentStanding.NONE
    """Where they stand on being texted."""
    notes: int
    today: date

    @property
    def ratings(self) -> tuple[int | None, ...]:
        """The last ratings alone."""
        return tuple(rating for _day, rating in self.rated)


def add_participant(
    workspace: Workspace, details: ParticipantDetails, *, not_same: tuple[str, ...] = ()
) -> Participant:
    """Add a participant.

    Args:
        workspace: The open vault.
        details: What the page says.
        not_same: Ids of those of whom it was said that they are somebody else.

    Raises:
        InvalidInputError: The name cannot be used.
        RefusedError: Another participant has this ID.
    """
    now = workspace.clock.now()
    participant = Participant(
        **{**details.model_dump(), "name": clean_name(details.name)},
        id=new_id(now),
        created_at=now,
        changed_at=now,
    )
    with workspace.changing() as work:
        if participant.external_id and work.participants.by_external_id(participant.external_id):
            raise RefusedError("Another participant has this ID already.", "Look them up by it, or use another ID.")
        work.participants.add(participant, by=workspace.author.id)
        workspace.log(work, AuditAction.PARTICIPANT_ADDED, participant.id)
        for other in not_same:
            call_distinct(workspace, work, participant.id, participant_in(work, other).id)
        work.commit()
    return participant


def call_distinct(workspace: Workspace, work: UnitOfWork, one_id: str, other_id: str) -> bool:
    """Remember that two records are two people, inside a transaction; False when it is known already."""
    added = work.distinct_people.add(one_id, other_id, at=workspace.clock.now(), by=workspace.author.id)
    if added:
        for each in (one_id, other_id):
            workspace.log(work, AuditAction.PARTICIPANTS_DISTINCT, each)
    return added


def resolve_participant(workspace: Workspace, reference: str) -> Participant:
    """The participant that an id, a unique prefix of one, an external ID or a unique name means.

    Raises:
        NotFoundError: None, or more than one, is meant.
    """
    with workspace.reading() as work:
        found = reference_in(work, reference)
    if found is None:
        raise NotFoundError("No participant has this id, ID or name.", "Look with: peernote participants list --find …")
    return found


def reference_in(work: UnitOfWork, reference: str, *, shortened: bool = True) -> Participant | None:
    """As `resolve_participant`, inside a transaction; None when nobody is meant.

    Args:
        work: The transaction.
        reference: An id, an external ID or a name.
        shortened: Whether the beginning of an id means it; not where a file speaks, whose "01" is an agency's
            number and not the beginning of somebody's id.

    Raises:
        NotFoundError: More than one participant is meant.
    """
    reference = clean_text(reference).strip()
    if not reference:
        return None
    exact = work.participants.get(reference.lower()) or work.participants.by_external_id(reference)
    if exact is not None:
        return exact
    named = work.participants.by_name(reference)
    if not named and shortened:
        found = map(work.participants.get, work.participants.ids_with_prefix(reference))
        named = tuple({person.id: person for person in found if person is not None}.values())
    if len(named) > 1:
        raise NotFoundError("More than one participant is meant.", "Use the ID, or more of the id.")
    return named[0] if named else None


def get_participant(workspace: Workspace, participant_id: str) -> Participant:
    """The participant with that id.

    Raises:
        NotFoundError: There is none.
    """
    with workspace.reading() as work:
        (participant,) = told_apart(work, (participant_in(work, participant_id),))
        return participant


def participant_in(work: UnitOfWork, participant_id: str) -> Participant:
    """As `get_participant`, inside a transaction."""
    participant = work.participants.get(participant_id)
    if participant is None:
        raise NotFoundError("This participant is not in the vault.")
    return participant


def open_record_in(work: UnitOfWork, participant_id: str) -> Participant:
    """As `participant_in`, for whoever is to be written about anew.

    Raises:
        NotFoundError: There is no such participant.
        RefusedError: Their record is archived.
    """
    participant = participant_in(work, participant_id)
    if participant.archived_at is not None:
        raise RefusedError(
            "This record is archived, so nothing new is written about them.",
            "Reopen it first: z on their page, or peernote participants reopen.",
        )
    return participant


def view_participant(workspace: Workspace, participant_id: str) -> Briefing:
    """Open a participant's page; the view is recorded in the log, which a glance in passing is not.

    Raises:
        NotFoundError: There is no such participant.
    """
    found = brief(workspace, participant_id)
    if not workspace.vault.read_only:
        with workspace.changing() as work:
            workspace.log(work, AuditAction.PARTICIPANT_VIEWED, found.participant.id)
            work.commit()
    return found


def brief(workspace: Workspace, participant_id: str) -> Briefing:
    """What one wants to know about a participant before or while writing."""
    today = workspace.today
    with workspace.reading() as work:
        (participant,) = told_apart(work, (participant_in(work, participant_id),))
        latest = work.notes.latest(participant_id)
        history = work.consents.of_participant(participant_id)
        _, notes = work.notes.rows(participant_id=participant_id, limit=0)
        return Briefing(
            participant=participant,
            consent=consent_state(history, ConsentScope.NOTES, today),
            last_note=latest[0] if latest else None,
            open_actions=work.action_items.open_of(participant_id),
            rated=work.notes.rated(participant_id),
            follow_ups=work.follow_ups.open_of(participant_id),
            voicemail=consent_state(history, ConsentScope.VOICEMAIL, today).standing,
            text=consent_state(history, ConsentScope.TEXT, today).standing,
            notes=notes,
            today=today,
        )
