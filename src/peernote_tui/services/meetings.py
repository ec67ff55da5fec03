"""Meetings: plan one, move it, cancel it, take that back; each one act, one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import LONG_TEXT, Model, clean_line, clean_text
from peernote_tui.domain.calling import CallRow, CallWhy, missed, ways_to
from peernote_tui.domain.consent import Consent, ConsentScope, ConsentStanding, consent_state
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import ConsentMissingError, InvalidInputError, NotFoundError, RefusedError
from peernote_tui.domain.follow_up import FollowUp, FollowUpListing, near, told_of
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.note import Mode, Note
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services import gate
from peernote_tui.services.namesakes import rows_apart
from peernote_tui.services.participants import open_record_in, participant_in
from peernote_tui.services.shortened_ids import the_one
from peernote_tui.services.workspace import Workspace

_MOVING = ("day", "at")
_CALLED = (Mode.PHONE, Mode.TEXT)
_LOOK_BACK = timedelta(days=14)
"""How long somebody who did not come stays on the list of people to call."""
_ATTEMPTS = 20
"""Notes of one participant that are looked through for the contact they missed."""
_MOST_CALLS = 100
"""Planned calls, and people who did not come, that are looked at: more than anybody calls in a day."""


class MeetingPlan(Model):
    """When, how and where two mean to meet, and what about."""

    day: date
    at: time | None = None
    mode: Mode | None = None
    place: str = ""
    topics: str = ""


class MeetingChange(Model):
    """One change of a meeting, with what it was before; handing it to `take_back` undoes it."""

    before: FollowUp | None
    """None when it was planned."""
    after: FollowUp


class MeetingList(Model):
    """The answer to a list of meetings."""

    meetings: tuple[FollowUpListing, ...]
    """Open ones, in order of time."""
    total: int
    now: datetime
    """Local and aware; `FollowUp.has_passed(now)` tells which want a note."""


def plan_of(meeting: FollowUp) -> MeetingPlan:
    """A meeting as it is planned."""
    return MeetingPlan(**{name: getattr(meeting, name) for name in MeetingPlan.model_fields})


def plan_meeting(workspace: Workspace, participant_id: str, plan: MeetingPlan) -> MeetingChange:
    """Plan a meeting outside a note.

    Raises:
        ConsentMissingError: Topics are words about the participant, and no consent to notes is on file.
        InvalidInputError: The day is past, or a text is too long.
        NotFoundError: There is no such participant.
        RefusedError: Their record is archived.
    """
    now = workspace.clock.now()
    with workspace.changing() as work:
        whose = open_record_in(work, participant_id).id
        meeting = FollowUp(
            id=new_id(now), participant_id=whose, **_storable(workspace, work, whose, plan), created_at=now
        )
        work.follow_ups.add(meeting, by=workspace.author.id)
        workspace.log(work, AuditAction.FOLLOW_UP_PLANNED, meeting.id)
        work.commit()
    return MeetingChange(before=None, after=meeting)


def move_meeting(workspace: Workspace, meeting_id: str, plan: MeetingPlan, *, reason: str = "") -> MeetingChange:
    """Give an open meeting another time, way, place or topics; why it was moved stays with it.

    Raises:
        ConsentMissingError: New topics, and no consent to notes is on file.
        InvalidInputError: The new day is past, or a text is too long.
        NotFoundError: There is no such meeting.
        RefusedError: A note tells of it, or it was cancelled.
    """
    why = clean_line(reason, field="reason")
    with workspace.changing() as work:
        before = open_in(work, meeting_id)
        update = _storable(workspace, work, before.participant_id, plan, held=before)
        moved = any(update[name] != getattr(before, name) for name in _MOVING)
        after = before.model_copy(update={**update, "reason": why if moved or why else before.reason})
        _change(workspace, work, AuditAction.FOLLOW_UP_MOVED, after, before.day.isoformat() if moved else "")
        work.commit()
    return MeetingChange(before=before, after=after)


def cancel_meeting(workspace: Workspace, meeting_id: str, *, reason: str) -> MeetingChange:
    """Say that a meeting will not take place, or did not, and why; no note is wanted of it any more.

    Raises:
        InvalidInputError: No reason is given, or it is longer than a line can hold.
        NotFoundError: There is no such meeting.
        RefusedError: A note tells of it, or it was cancelled already.
    """
    why = clean_line(reason, field="reason")
    if not why:
        raise InvalidInputError(
            "A meeting is cancelled with a reason.",
            "A few words do, such as “ill” or “asked for another week”.",
            field="reason",
        )
    with workspace.changing() as work:
        before = open_in(work, meeting_id)
        after = before.model_copy(update={"cancelled_at": workspace.clock.now(), "reason": why})
        _change(workspace, work, AuditAction.FOLLOW_UP_CANCELLED, after)
        work.commit()
    return MeetingChange(before=before, after=after)


def reopen_meeting(workspace: Workspace, meeting_id: str) -> MeetingChange:
    """Take a cancelled meeting back into the plan.

    Raises:
        NotFoundError: There is no such meeting.
        RefusedError: It was not cancelled.
    """
    with workspace.changing() as work:
        before = meeting_in(work, meeting_id)
        if before.cancelled_at is None:
            raise RefusedError("This meeting was not cancelled, so there is nothing to take back.")
        after = before.model_copy(update={"cancelled_at": None, "reason": ""})
        _change(workspace, work, AuditAction.FOLLOW_UP_REOPENED, after)
        work.commit()
    return MeetingChange(before=before, after=after)


def take_back(workspace: Workspace, change: MeetingChange) -> FollowUp:
    """Undo one change of a meeting; the log keeps both. What was planned is then no meeting any more.

    Raises:
        NotFoundError: There is no such meeting.
        RefusedError: A note tells of it by now.
    """
    with workspace.changing() as work:
        held = meeting_in(work, change.after.id)
        if held.closed_by_note_id is not None:
            raise _written_up()
        if change.before is None:
            # Cancelled without a reason: it was never meant, and no list or timeline tells of it.
            back = held.model_copy(update={"cancelled_at": workspace.clock.now(), "reason": ""})
            _change(workspace, work, AuditAction.FOLLOW_UP_CANCELLED, back, "taken back")
        else:
            back = change.before
            _change(workspace, work, AuditAction.FOLLOW_UP_REOPENED, back, "taken back")
        work.commit()
    return back


def open_meetings(
    workspace: Workspace,
    *,
    participant_id: str | None = None,
    first: date | None = None,
    last: date | None = None,
    limit: int = 500,
) -> MeetingList:
    """Meetings that no note tells of and that were not cancelled, in order of time.

    One that a draft will tell of names that draft, whether or not it was begun from the meeting.

    Args:
        workspace: The open vault.
        participant_id: Of one participant; of all when None.
        first: From this day on; from the earliest when None.
        last: Up to this day; without end when None.
        limit: How many at most; `total` counts them all.
    """
    with workspace.reading() as work:
        found, total = work.follow_ups.open_between(first, last, participant_id=participant_id, limit=limit)
        now = workspace.local_now
        passed = tuple(row for row in found if row.follow_up.has_passed(now))

        def theirs(whose: str) -> Sequence[FollowUp]:
            return [row.follow_up for row in passed if row.about_id == whose]

        told = {each.id: draft.id for draft in work.drafts.open() for each in _told_by(draft, theirs)} if passed else {}
        rows = tuple(
            row.model_copy(update={"draft_id": row.draft_id or told.get(row.follow_up.id, "")}) for row in found
        )
        return MeetingList(meetings=rows_apart(work, rows), total=total, now=now)


def meetings_near(
    workspace: Workspace, day: date, at: time | None, *, besides: str = ""
) -> tuple[FollowUpListing, ...]:
    """Open meetings, with anybody, that begin within half an hour of a moment; none where no time is said.

    Args:
        workspace: The open vault.
        day: The day.
        at: The time on the wall clock.
        besides: Id of the meeting that is being moved.
    """
    if at is None:
        return ()
    with workspace.reading() as work:
        found, _ = work.follow_ups.open_between(day, day, limit=-1)
        hits = tuple(row for row in found if row.follow_up.id != besides and near(row.follow_up, day, at))
        return rows_apart(work, hits)


def without_note_in(
    workspace: Workspace, work: UnitOfWork, drafts: tuple[Draft, ...], *, limit: int
) -> tuple[tuple[FollowUpListing, ...], int]:
    """Meetings whose time has passed and of which no note is signed or begun, the earliest first, and how many.

    Args:
        workspace: The open vault.
        work: The transaction.
        drafts: All that are being written.
        limit: How many are looked up at most.
    """
    now = workspace.local_now

    def theirs(whose: str) -> Sequence[FollowUp]:
        return [each for each in work.follow_ups.open_of(whose) if each.has_passed(now)]

    told = {each.id for draft in drafts for each in _told_by(draft, theirs)}
    return work.follow_ups.passed(now, limit=limit, but=sorted(told))


def _told_by(draft: Draft, passed_with: Callable[[str], Sequence[FollowUp]]) -> tuple[FollowUp, ...]:
    """Which meetings that passed a draft that was not begun from one will close when it is signed.

    Args:
        draft: It.
        passed_with: Gives the open meetings with somebody whose time is over, by their id.
    """
    if draft.amendment is not None or draft.meeting_id is not None or draft.content.day is None:
        return ()
    return told_of(passed_with(draft.participant_id), draft.content.day, draft.content.start)


def people_to_call(workspace: Workspace, *, limit: int = _MOST_CALLS) -> tuple[CallRow, ...]:
    """Whom to call today, each with the ways that are safe for them; archived people are left out.

    Calls and texts that were planned for today or earlier and that no note tells of come first, by their time; then
    whoever did not come within the last two weeks, was not in contact since and has nothing planned. Agreed actions
    that begin with "call" are left out: they mostly call somebody else, such as an office, and stand on Today anyway.

    Args:
        workspace: The open vault.
        limit: How many planned calls to look at, the earliest first, and how many who did not come, the last first.
    """
    today = workspace.today
    since = today - _LOOK_BACK
    with workspace.reading() as work:
        planned, _ = work.follow_ups.open_between(None, today, modes=_CALLED, limit=limit, count=False)
        calls = [row for row in planned if not row.draft_id]
        noted = {each: missed(_latest(work, each), since) for each in work.notes.missed_since(since, limit)}
        waiting = {
            each: note
            for each, note in noted.items()
            if note is not None and not any(meeting.day >= today for meeting in work.follow_ups.open_of(each))
        }
        whose = tuple(dict.fromkeys((*(row.about_id for row in calls), *waiting)))
        people = {each.id: each for each in work.participants.by_ids(whose) if each.archived_at is None}
        consents = work.consents.of_participants(tuple(people))

        def row(participant_id: str, **told: Any) -> CallRow:
            person, history = people[participant_id], consents[participant_id]
            return CallRow(
                participant_id=participant_id,
                participant_name=person.name,
                pronouns=person.pronouns,
                external_id=person.external_id,
                birth_year=person.birth_year,
                ways=ways_to(person),
                voicemail=_standing(history, ConsentScope.VOICEMAIL, today),
                text=_standing(history, ConsentScope.TEXT, today),
                **told,
            )

        found = [
            row(each.about_id, why=CallWhy.PLANNED, day=plan.day, at=plan.at, mode=plan.mode, meeting_id=plan.id)
            for each in calls
            if (plan := each.follow_up) and each.about_id in people
        ]
        called = {each.participant_id for each in found}
        found += [
            row(each, why=CallWhy.MISSED, day=note.content.day, at=note.content.start, note_id=note.id)
            for each, note in sorted(waiting.items(), key=lambda item: (item[1].content.day or today, item[0]))
            if each in people and each not in called
        ]
        return rows_apart(work, tuple(found))


def _latest(work: UnitOfWork, participant_id: str) -> Iterator[Note]:
    """Their notes, the newest first; all but the newest are read only when that one was an attempt."""
    newest = work.notes.latest(participant_id, 1)
    yield from newest
    yield from work.notes.latest(participant_id, _ATTEMPTS)[len(newest) :]


def _standing(history: list[Consent], scope: ConsentScope, today: date) -> ConsentStanding:
    return consent_state(history, scope, today).standing


def get_meeting(workspace: Workspace, meeting_id: str) -> FollowUp:
    """The meeting with that id.

    Raises:
        NotFoundError: There is none.
    """
    with workspace.reading() as work:
        return meeting_in(work, meeting_id)


def resolve_meeting(workspace: Workspace, reference: str) -> FollowUp:
    """The meeting that an id or a unique prefix of one means.

    Raises:
        NotFoundError: None, or more than one, is meant.
    """
    with workspace.reading() as work:
        beginning_with = work.follow_ups.ids_with_prefix
        return meeting_in(work, the_one(reference, beginning_with, what="meeting", look="peernote meetings list"))


def meeting_in(work: UnitOfWork, meeting_id: str) -> FollowUp:
    """As `get_meeting`, inside a transaction."""
    meeting = work.follow_ups.get(meeting_id)
    if meeting is None:
        raise NotFoundError("This meeting is not in the vault.")
    return meeting


def open_in(work: UnitOfWork, meeting_id: str) -> FollowUp:
    """As `meeting_in`, for a meeting that still wants a note.

    Raises:
        NotFoundError: There is no such meeting.
        RefusedError: A note tells of it, or it was cancelled.
    """
    meeting = meeting_in(work, meeting_id)
    if meeting.closed_by_note_id is not None:
        raise _written_up()
    if meeting.cancelled_at is not None:
        raise RefusedError("This meeting was cancelled.", "Take that back first, or plan another.")
    return meeting


def _written_up() -> RefusedError:
    return RefusedError("A signed note tells of this meeting, so it stays as it is.", "Plan another one.")


def _storable(
    workspace: Workspace, work: UnitOfWork, participant_id: str, plan: MeetingPlan, *, held: FollowUp | None = None
) -> dict[str, Any]:
    today = workspace.today
    if plan.day < today and (held is None or plan.day != held.day):
        raise InvalidInputError(
            f"This day is past: today is {today.isoformat()}.",
            "Plan a day from today on. What took place already is written as a note.",
            field="day",
        )
    topics = clean_text(plan.topics).strip()
    if len(topics) > LONG_TEXT:
        raise InvalidInputError(f"These topics are longer than {LONG_TEXT:,} characters.", "Use fewer.", field="topics")
    if topics and (held is None or topics != held.topics):
        state = gate.notes_state(workspace, work, participant_in(work, participant_id).id)
        if not state.active:
            raise ConsentMissingError(
                gate.why_closed(workspace, state), "Record their consent first, or leave the topics out."
            )
    place = clean_line(plan.place, field="place")
    return {"day": plan.day, "at": plan.at, "mode": plan.mode, "place": place, "topics": topics}


def _change(workspace: Workspace, work: UnitOfWork, action: AuditAction, after: FollowUp, detail: str = "") -> None:
    work.follow_ups.change(after, at=workspace.clock.now(), by=workspace.author.id)
    workspace.log(work, action, after.id, detail)
