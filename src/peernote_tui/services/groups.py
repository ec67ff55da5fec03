"""A group session while it is being written: begun, saved while typing, put aside and brought back.

What is said of the whole group belongs to nobody's record before the notes are made. What a line says of one
participant does, so that every line goes through the gate, as the draft does that it becomes.
"""

from __future__ import annotations

from datetime import datetime

from pydantic import ValidationError

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import Model, clean_text
from peernote_tui.domain.consent import Consent, ConsentScope, ConsentState, consent_state
from peernote_tui.domain.errors import InvalidInputError, NotFoundError, RefusedError
from peernote_tui.domain.group_session import GroupContent, GroupSession
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.participant import Participant
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services import gate
from peernote_tui.services.group_lines import own_draft, whole_draft
from peernote_tui.services.namesakes import told_apart
from peernote_tui.services.participants import open_record_in, participant_in, reference_in
from peernote_tui.services.reviewing import review_in
from peernote_tui.services.workspace import Workspace


class GroupRow(Model):
    """A group session as Today and the lists show it."""

    group: GroupSession
    lines: int
    """How many people it is about."""
    written: int
    """How many of them have a line, or a note already."""
    made: int
    """How many have a note already."""
    due_at: datetime | None = None
    """When its notes are to be signed, in UTC; None while it has no day."""


class GroupPerson(Model):
    """Somebody with a line, and what may be written about them."""

    participant: Participant
    consent: ConsentState
    why_closed: str = ""
    """Why no note may be written; empty when one may."""
    groups_consent: bool = False
    """Whether consent to groups is on file."""


def start_group(workspace: Workspace) -> GroupSession:
    """Begin a group session, with what can be known: day and time, and how and where the group met last."""
    now = workspace.clock.now()
    local = workspace.local_now
    with workspace.changing() as work:
        last = last_group_in(work, local)
        group = GroupSession(
            id=new_id(now),
            zone=workspace.clock.zone,
            content=GroupContent(
                day=local.date(),
                start=local.time().replace(second=0, microsecond=0, tzinfo=None),
                place=last.place if last else "",
                mode=last.mode if last else None,
            ),
            begun_at=now,
            changed_at=now,
        )
        work.group_sessions.add(group, by=workspace.author.id)
        workspace.log(work, AuditAction.GROUP_STARTED, group.id)
        work.commit()
    return group


def save_group(workspace: Workspace, group: GroupSession) -> GroupSession:
    """Store a group session as it stands; it is on disk when this returns.

    A line whose note is made already stays as it is, whatever is handed in.

    Raises:
        ConsentMissingError: Words about somebody, with neither consent nor an emergency reason. A line that held words
            before keeps being saved when consent ends: nothing typed is lost, only their note is refused.
        InvalidInputError: An answer is longer than a note can hold.
        RefusedError: Somebody has two lines, a record is archived, or a line that is logged without content has words.
        NotFoundError: The group session was finished or taken away meanwhile, or somebody is not in the vault.
    """
    with workspace.changing() as work:
        saved = save_in(workspace, work, group)
        work.commit()
    return saved


def save_in(workspace: Workspace, work: UnitOfWork, group: GroupSession) -> GroupSession:
    """As `save_group`, inside a transaction that the caller commits."""
    held = group_in(work, group.id)
    saved = _storable(group.model_copy(update={"changed_at": workspace.clock.now()}))
    saved = saved.model_copy(update={"content": _with_made_lines(saved.content, held.content)})
    admit(workspace, work, saved, held=held)
    work.group_sessions.save(saved, by=workspace.author.id)
    return saved


def add_group(workspace: Workspace, content: GroupContent, references: tuple[str, ...]) -> GroupSession:
    """Store a group session that was written elsewhere, such as in a file.

    Args:
        workspace: The open vault.
        content: What it says; its lines have no ids and no people yet.
        references: Who each line is about: an id, an external ID or a unique name.

    Raises:
        As `save_group`.
    """
    now = workspace.clock.now()
    with workspace.changing() as work:
        lines = []
        for number, (line, reference) in enumerate(zip(content.lines, references, strict=True), start=1):
            person = reference_in(work, reference, shortened=False)
            if person is None:
                raise NotFoundError(f"Number {number} of the people is not in the vault.", "Add them first.")
            lines.append(line.model_copy(update={"id": new_id(now), "participant_id": person.id}))
        group = add_group_in(workspace, work, content.model_copy(update={"lines": tuple(lines)}))
        work.commit()
    return group


def add_group_in(workspace: Workspace, work: UnitOfWork, content: GroupContent) -> GroupSession:
    """Store a group session that was written elsewhere; the caller commits.

    Raises:
        As `save_group`.
    """
    now = workspace.clock.now()
    group = _storable(
        GroupSession(id=new_id(now), zone=workspace.clock.zone, content=content, begun_at=now, changed_at=now)
    )
    admit(workspace, work, group, held=None)
    work.group_sessions.add(group, by=workspace.author.id)
    workspace.log(work, AuditAction.GROUP_STARTED, group.id)
    return group


def admit(workspace: Workspace, work: UnitOfWork, group: GroupSession, *, held: GroupSession | None) -> None:
    """Let every line be stored, or refuse all of them; see `gate.admit_words`."""
    before = {} if held is None else {line.id: line for line in held.content.lines}
    seen: set[str] = set()
    for line in group.content.waiting:
        known = before.get(line.id)
        # Who was there when the record was archived keeps their line; nobody is added after that.
        person = (participant_in if known is not None else open_record_in)(work, line.participant_id)
        if person.id in seen and known is None:
            raise RefusedError("Somebody is in this group twice.", "Take one of the two lines out.")
        seen.add(person.id)
        gate.admit_words(
            workspace,
            work,
            own_draft(workspace, group, line),
            held=None if held is None or known is None else own_draft(workspace, held, known),
        )


def get_group(workspace: Workspace, group_id: str) -> GroupSession:
    """The group session with that id.

    Raises:
        NotFoundError: There is none.
    """
    with workspace.reading() as work:
        return group_in(work, group_id)


def resolve_group(workspace: Workspace, reference: str) -> GroupSession:
    """The group session that an id or a unique beginning of one means.

    Raises:
        NotFoundError: None, or more than one, is meant.
    """
    wanted = clean_text(reference).strip().lower()
    with workspace.reading() as work:
        found = work.group_sessions.ids_with_prefix(wanted) if wanted else ()
        if len(found) > 1:
            raise NotFoundError("More than one group session begins with this id.", "Use more of it.")
        return group_in(work, found[0] if found else "")


def group_in(work: UnitOfWork, group_id: str) -> GroupSession:
    """As `get_group`, inside a transaction."""
    group = work.group_sessions.get(group_id)
    if group is None:
        raise NotFoundError("This group session is not in the vault; its notes may be signed.")
    return group


def open_groups(workspace: Workspace) -> tuple[GroupRow, ...]:
    """Group sessions that are being written, the last changed first."""
    with workspace.reading() as work:
        return open_groups_in(workspace, work)


def open_groups_in(workspace: Workspace, work: UnitOfWork) -> tuple[GroupRow, ...]:
    """As `open_groups`, inside a transaction."""
    return tuple(_row(workspace, work, group) for group in work.group_sessions.open())


def group_people(workspace: Workspace, content: GroupContent) -> dict[str, GroupPerson]:
    """Everybody with a line by the id of the line, told apart; whoever is not in the vault any more is left out."""
    with workspace.reading() as work:
        found = {line.id: work.participants.get(line.participant_id) for line in content.lines}
        people = {person.id: person for person in found.values() if person is not None}
        apart = {person.id: person for person in told_apart(work, tuple(people.values()))}
        told = {
            person_id: _person(workspace, person, work.consents.of_participant(person_id))
            for person_id, person in apart.items()
        }
    return {line_id: told[person.id] for line_id, person in found.items() if person is not None}


def discard_group(workspace: Workspace, group_id: str) -> GroupSession:
    """Put a group session aside; `restore_group` brings it back. Notes that were made of it stay."""
    return _set_discarded(workspace, group_id, workspace.clock.now(), AuditAction.GROUP_DISCARDED)


def restore_group(workspace: Workspace, group_id: str) -> GroupSession:
    """Bring a group session back that was put aside."""
    return _set_discarded(workspace, group_id, None, AuditAction.GROUP_RESTORED)


def last_people(workspace: Workspace) -> tuple[Participant, ...]:
    """Who came to the last group of this weekday, else to the last one; without archived records."""
    with workspace.reading() as work:
        last = last_group_in(work, workspace.local_now)
        found = () if last is None else work.participants.by_ids(last.people)
        return told_apart(work, tuple(person for person in found if person.archived_at is None))


class LastGroup(Model):
    """A group session as its signed notes tell of it."""

    people: tuple[str, ...]
    """Ids of their records."""
    place: str
    mode: str | None


def last_group_in(work: UnitOfWork, local: datetime) -> LastGroup | None:
    """The last group of this weekday that notes tell of, else the last one."""
    weekday = local.date().weekday()
    groups = work.group_sessions.lately()
    wanted = next((each for each in groups if each[0].weekday() == weekday), groups[0] if groups else None)
    if wanted is None:
        return None
    people, place, mode = work.group_sessions.met(*wanted)
    return LastGroup(people=people, place=place, mode=mode)


def _row(workspace: Workspace, work: UnitOfWork, group: GroupSession) -> GroupRow:
    lines = group.content.lines
    due = review_in(workspace, work, whole_draft(workspace, group, lines[0])).due_at if lines else None
    return GroupRow(
        group=group,
        lines=len(lines),
        written=sum(line.made or line.contact_only or any(line.texts.values()) for line in lines),
        made=sum(line.made for line in lines),
        due_at=due,
    )


def _person(workspace: Workspace, person: Participant, history: tuple[Consent, ...]) -> GroupPerson:
    state = consent_state(history, ConsentScope.NOTES, workspace.today)
    return GroupPerson(
        participant=person,
        consent=state,
        why_closed=gate.why_closed(workspace, state),
        groups_consent=consent_state(history, ConsentScope.GROUPS, workspace.today).active,
    )


def _with_made_lines(content: GroupContent, held: GroupContent) -> GroupContent:
    made = {line.id: line for line in held.lines if line.made}
    lines = [made.pop(line.id, line.model_copy(update={"made": False})) for line in content.lines]
    return content.model_copy(update={"lines": (*lines, *made.values())})


def _storable(group: GroupSession) -> GroupSession:
    """The group session with clean texts: a copy with updates is not checked."""
    try:
        return GroupSession.model_validate(group.model_dump(warnings=False))
    except ValidationError as error:
        place = error.errors(include_url=False, include_input=False, include_context=False)[0]["loc"]
        raise InvalidInputError(
            "One answer is longer than a group session can hold, or there are too many people in it.",
            "Shorten it, or put the rest into a second group session.",
            field=str(place[1]) if len(place) > 1 else "",
        ) from None


def _set_discarded(workspace: Workspace, group_id: str, at: datetime | None, action: AuditAction) -> GroupSession:
    with workspace.changing() as work:
        group = group_in(work, group_id).model_copy(update={"discarded_at": at})
        work.group_sessions.put_aside(group_id, at, by=workspace.author.id)
        workspace.log(work, action, group_id)
        work.commit()
    return group
