"""Meetings: list, plan, move, cancel and take back; and whom to call."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.contact import MODES
from peernote_tui.cli.context import answer, day_first, opened, short, table, tell
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, Parser, add_noun, add_verb, day_count, row_count
from peernote_tui.cli.participants import who_document

if TYPE_CHECKING:
    from datetime import datetime

    from peernote_tui.domain.calling import CallRow, Way
    from peernote_tui.domain.follow_up import FollowUp, FollowUpListing
    from peernote_tui.domain.note import NextContact
    from peernote_tui.services.meetings import MeetingPlan
    from peernote_tui.services.workspace import Workspace

_WHEN = "such as “fri 2pm”, “tue 10 video” or “30 nov 14:00 phone”"


def add_to(nouns: Nouns) -> None:
    """Add `meetings`."""
    verbs = add_noun(nouns, "meetings", "what is planned, with whom, when and how; and whom to call")
    listed = add_verb(
        verbs,
        "list",
        _list,
        says="open meetings in order of time, those whose time has passed without a note first",
        example="peernote meetings list --days 7",
    )
    listed.add_argument("--participant", metavar="WHO", help="only with one participant")
    listed.add_argument("--days", type=day_count, metavar="N", help="only up to so many days ahead; all if left out")
    listed.add_argument("--limit", type=row_count, default=500, metavar="N", help="how many at most; 500 if left out")
    plan = add_verb(
        verbs, "plan", _plan, says="plan a meeting", example='peernote meetings plan M-0042 "fri 2pm phone"'
    )
    plan.add_argument("participant", help="id, prefix of an id, external ID or unique name")
    plan.add_argument("when", nargs="+", help=_WHEN)
    _add_plan(plan)
    move = add_verb(
        verbs,
        "move",
        _move,
        says="give a meeting another time, way, place or topics; what is left out stays",
        example='peernote meetings move ID "mon 10" --reason "asked for another day"',
    )
    move.add_argument("meeting", help="id or a unique prefix of it")
    move.add_argument("when", nargs="*", help=f"{_WHEN}; a day alone leaves no time")
    _add_plan(move)
    move.add_argument("--reason", default="", metavar="LINE", help="why it is moved; stays with the meeting")
    cancel = add_verb(
        verbs,
        "cancel",
        _cancel,
        says="say that a meeting will not take place, or did not, and why",
        example='peernote meetings cancel ID --reason "ill"',
    )
    cancel.add_argument("meeting", help="id or a unique prefix of it")
    cancel.add_argument("--reason", required=True, metavar="LINE", help="why, in a few words")
    reopen = add_verb(
        verbs,
        "reopen",
        _reopen,
        says="take a cancelled meeting back into the plan",
        example="peernote meetings reopen ID",
    )
    reopen.add_argument("meeting", help="id or a unique prefix of it")
    add_verb(
        verbs,
        "calls",
        _calls,
        says="people to call: planned calls and texts without a note, and who did not come",
        example="peernote meetings calls",
    )


def _add_plan(parser: Parser) -> None:
    parser.add_argument("--mode", choices=MODES, help="how you mean to meet")
    parser.add_argument("--place", metavar="LINE", help="where")
    parser.add_argument("--topics", metavar="TEXT", help="what about; words about the participant need their consent")


def _list(args: argparse.Namespace) -> int:
    from datetime import timedelta

    from peernote_tui.services.meetings import open_meetings
    from peernote_tui.services.participants import resolve_participant

    with opened(args) as workspace:
        person = resolve_participant(workspace, args.participant).id if args.participant else None
        last = None if args.days is None else workspace.today + timedelta(days=args.days)
        found = open_meetings(workspace, participant_id=person, last=last, limit=args.limit)
    lines = table([_row(row, found.now) for row in found.meetings]) or ["No meetings are planned here."]
    if found.total > len(found.meetings):
        lines.append(f"{len(found.meetings)} of {found.total}; ask for more with --limit.")
    documents = [_listing_document(row, found.now) for row in found.meetings]
    answer(args, {"meetings": documents, "total": found.total, "today": found.now.date().isoformat()}, lines)
    return Exit.DONE


def _plan(args: argparse.Namespace) -> int:
    from peernote_tui.services.meetings import MeetingPlan, plan_meeting
    from peernote_tui.services.participants import resolve_participant

    with opened(args) as workspace:
        person = resolve_participant(workspace, args.participant)
        told = _when(workspace, args.when)
        plan = MeetingPlan(
            day=told.day, at=told.at, mode=_mode(args, told), place=args.place or "", topics=args.topics or ""
        )
        _tell_near(workspace, plan)
        change = plan_meeting(workspace, person.id, plan)
        return _changed(args, workspace, change.after, "Planned")


def _move(args: argparse.Namespace) -> int:
    from peernote_tui.services.meetings import move_meeting, plan_of, resolve_meeting

    with opened(args) as workspace:
        held = resolve_meeting(workspace, args.meeting)
        plan = plan_of(held)
        if args.when:
            told = _when(workspace, args.when)
            plan = plan.model_copy(update={"day": told.day, "at": told.at, "mode": _mode(args, told) or plan.mode})
        elif args.mode:
            plan = plan.model_copy(update={"mode": _mode(args, None)})
        said = {name: getattr(args, name) for name in ("place", "topics") if getattr(args, name) is not None}
        plan = plan.model_copy(update=said)
        if args.when:
            _tell_near(workspace, plan, besides=held.id)
        change = move_meeting(workspace, held.id, plan, reason=args.reason)
        return _changed(args, workspace, change.after, "Moved" if args.when else "Changed")


def _cancel(args: argparse.Namespace) -> int:
    from peernote_tui.services.meetings import cancel_meeting, resolve_meeting

    with opened(args) as workspace:
        change = cancel_meeting(workspace, resolve_meeting(workspace, args.meeting).id, reason=args.reason)
        return _changed(args, workspace, change.after, "Cancelled")


def _reopen(args: argparse.Namespace) -> int:
    from peernote_tui.services.meetings import reopen_meeting, resolve_meeting

    with opened(args) as workspace:
        change = reopen_meeting(workspace, resolve_meeting(workspace, args.meeting).id)
        return _changed(args, workspace, change.after, "Taken back into the plan")


def _calls(args: argparse.Namespace) -> int:
    from peernote_tui.services.meetings import people_to_call

    with opened(args) as workspace:
        found, today = people_to_call(workspace), workspace.today
    lines = []
    for row in found:
        lines += table([_call_row(row, today)]) + [f"  {line}" for line in _ways(row)]
    answer(args, {"calls": [_call_document(row) for row in found]}, lines or ["Nobody is to be called."])
    return Exit.DONE


def _when(workspace: Workspace, words: list[str]) -> NextContact:
    from peernote_tui.domain.next_contact import understand_contact

    return understand_contact(" ".join(words), now=workspace.local_now.replace(tzinfo=None), day_first=day_first())


def _mode(args: argparse.Namespace, told: NextContact | None) -> Any:
    from peernote_tui.domain.note import Mode

    return Mode(args.mode) if args.mode else told.mode if told else None


def _tell_near(workspace: Workspace, plan: MeetingPlan, *, besides: str = "") -> None:
    from peernote_tui.services.meetings import meetings_near

    for row in meetings_near(workspace, plan.day, plan.at, besides=besides):
        tell(f"At {row.follow_up.at:%H:%M} on that day there is a meeting already: {short(row.follow_up.id)}.")


def _changed(args: argparse.Namespace, workspace: Workspace, meeting: FollowUp, what: str) -> int:
    from peernote_tui.services.participants import get_participant

    person = get_participant(workspace, meeting.participant_id)
    who = {name: getattr(person, name) for name in ("id", "name", "pronouns", "external_id", "birth_year")}
    line = f"{what}: {_said(meeting, workspace.today)} with {person.name}. Id: {short(meeting.id)}"
    answer(args, {**_document(meeting, workspace.local_now), "participant": who}, [line])
    return Exit.DONE


def _document(meeting: FollowUp, now: datetime) -> dict[str, Any]:
    return {
        **meeting.model_dump(mode="json", exclude={"participant_id"}),
        "passed": meeting.open and meeting.has_passed(now),
    }


def _listing_document(row: FollowUpListing, now: datetime) -> dict[str, Any]:
    return {
        **_document(row.follow_up, now),
        "participant": {"id": row.about_id, **who_document(row)},
        "draft_id": row.draft_id or None,
    }


def _said(meeting: FollowUp, today: date) -> str:
    from peernote_tui.domain.next_contact import say_contact
    from peernote_tui.domain.note import NextContact

    return say_contact(NextContact(day=meeting.day, at=meeting.at, mode=meeting.mode), today=today)


def _row(row: FollowUpListing, now: datetime) -> tuple[str, ...]:
    meeting = row.follow_up
    standing = "draft begun" if row.draft_id else "no note yet" if meeting.has_passed(now) else ""
    said = _said(meeting, now.date())
    return (short(meeting.id), said, row.participant_name, row.external_id, meeting.place, standing)


def _call_document(row: CallRow) -> dict[str, Any]:
    plain = row.model_dump(mode="json", include={"why", "day", "at", "mode", "ways"})
    return {
        **plain,
        "participant": {"id": row.about_id, **who_document(row)},
        "meeting_id": row.meeting_id or None,
        "note_id": row.note_id or None,
        "voicemail_consent": row.voicemail.value,
        "text_consent": row.text.value,
    }


def _call_row(row: CallRow, today: date) -> tuple[str, ...]:
    from peernote_tui.domain.calling import CallWhy
    from peernote_tui.domain.next_contact import say_contact
    from peernote_tui.domain.note import NextContact

    said = say_contact(NextContact(day=row.day, at=row.at, mode=row.mode), today=today)
    why = f"planned {said}" if row.why is CallWhy.PLANNED else f"did not come, {said}"
    return (row.participant_name, row.external_id, why)


def _ways(row: CallRow) -> list[str]:
    consents = [f"{name} {standing.value}" for name, standing in (("voicemail", row.voicemail), ("text", row.text))]
    return [*(_way(way) for way in row.ways), f"consent: {', '.join(consents)}"]


def _way(way: Way) -> str:
    label = f" ({way.label})" if way.label else ""
    safe = ", ".join(
        f"{name} {answer.replace('_', ' ')}" for name, answer in way.safety.model_dump(mode="json").items()
    )
    remark = f"; {way.remark}" if way.remark else ""
    return f"{way.number}{label}: {safe}{remark}"
