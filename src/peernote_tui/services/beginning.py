"""What a note begins with: what is known of the contact from the clock, the plan and the last time."""

from __future__ import annotations

from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import NotFoundError, RefusedError
from peernote_tui.domain.follow_up import FollowUp
from peernote_tui.domain.note import Mode, NoteContent, NoteKind
from peernote_tui.domain.template import Template
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.meetings import open_in
from peernote_tui.services.workspace import Workspace


def known_content(
    workspace: Workspace, work: UnitOfWork, participant_id: str, template: Template, meeting: FollowUp | None
) -> NoteContent:
    """Day, times, place and mode as a note begins with them, inside a transaction.

    Args:
        workspace: The open vault.
        work: The transaction.
        participant_id: Whom the note is about.
        template: Its form.
        meeting: What it is begun from; None for none.
    """
    latest = work.notes.latest(participant_id)
    last = latest[0].content if latest else NoteContent()
    today = workspace.today
    minute = workspace.local_now.time().replace(second=0, microsecond=0, tzinfo=None)
    if meeting is not None:
        return from_meeting(workspace, meeting, template, last_place=last.place, last_mode=last.mode)
    timed = [each for each in work.follow_ups.open_of(participant_id) if each.day == today and each.at]
    # Of several the one that began last is the one that is over now, and before all of them it is the first.
    over = [each for each in timed if each.at and each.at < minute]
    planned = over[-1] if over else next(iter(timed), None)
    return NoteContent(
        day=today,
        start=over[-1].at if over else minute,
        end=minute if over and template.kind is not NoteKind.NO_SHOW else None,
        place=planned.place if planned and planned.place else last.place,
        mode=last.mode if planned is None else planned.mode or last.mode,
    )


def from_meeting(
    workspace: Workspace, meeting: FollowUp, template: Template, *, last_place: str, last_mode: Mode | None
) -> NoteContent:
    """What a meeting tells of a contact.

    One of today or earlier gives day and start; its end is now when it began today, and open on an earlier day. One of
    a later day took place earlier than planned, so it took place now, unless it did not take place at all. Its topics
    are no part of the note: they were meant to be talked about, which is not what was.
    """
    now = workspace.local_now
    minute = now.time().replace(second=0, microsecond=0, tzinfo=None)
    missed = template.kind is NoteKind.NO_SHOW
    held = missed or meeting.day <= now.date()
    over = meeting.day == now.date() and meeting.at is not None and meeting.at < minute
    start = minute if not meeting.at and meeting.day == now.date() else meeting.at
    return NoteContent(
        day=meeting.day if held else now.date(),
        start=start if held else minute,
        end=minute if over and not missed else None,
        place=meeting.place or last_place,
        mode=meeting.mode or last_mode,
    )


def meeting_of(work: UnitOfWork, participant_id: str, meeting_id: str) -> FollowUp:
    """The open meeting of a participant that a note is begun from.

    Raises:
        NotFoundError: They have no such meeting.
        RefusedError: A note tells of it, or it was cancelled.
    """
    meeting = open_in(work, meeting_id)
    if meeting.participant_id != work.participants.same(participant_id)[0]:
        raise NotFoundError("This meeting is with somebody else.")
    return meeting


def draft_begun(work: UnitOfWork, meeting: FollowUp, template_id: str) -> Draft | None:
    """The open draft that was begun from a meeting, or None.

    Raises:
        RefusedError: One of another form is open.
    """
    draft = next((each for each in work.drafts.open(meeting.participant_id) if each.meeting_id == meeting.id), None)
    if draft is not None and draft.template != template_id:
        raise RefusedError(
            "A note of this meeting is begun already, in another form.", "Open that draft, or put it aside first."
        )
    return draft
