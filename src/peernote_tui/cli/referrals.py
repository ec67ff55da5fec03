"""Referrals: list them, begin one, move it on or one step back, show one."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import answer, checked, day_first, opened, referral_days, short, table
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_noun, add_verb, row_count
from peernote_tui.cli.participants import who_document
from peernote_tui.domain.errors import InvalidInputError

if TYPE_CHECKING:
    from datetime import date

    from peernote_tui.services.referrals import ReferralView
    from peernote_tui.services.workspace import Workspace

# Written out so that the parser needs no pydantic; a test holds them to the enums.
STAGES = ("offered", "accepted", "declined", "sent", "acknowledged", "appointment", "connected", "closed")
OUTCOMES = ("connected", "helped", "partly_helped", "waiting_list", "other")
BARRIERS = ("no_space", "cost", "transport", "declined", "not_eligible", "no_answer", "other")


def add_to(nouns: Nouns) -> None:
    """Add `referrals`."""
    verbs = add_noun(nouns, "referrals", "to whom participants are referred, and how far that has come")
    found = add_verb(
        verbs,
        "list",
        _list,
        says="open referrals, those that wait too long first",
        example="peernote referrals list --participant M-0042",
    )
    found.add_argument("--participant", metavar="WHO", help="only of one participant")
    found.add_argument("--closed", action="store_true", help="ended ones instead, the last ended first")
    found.add_argument("--limit", type=row_count, default=500, metavar="N", help="how many at most; 500 when left out")
    begin = add_verb(
        verbs,
        "begin",
        _begin,
        says="begin a referral; it is an action item, too",
        example='peernote referrals begin M-0042 "Tenants\' desk" --accepted --due fri',
    )
    begin.add_argument("participant", help="id, prefix of an id, external ID or unique name")
    begin.add_argument("to", help="the service, the agency or the person there")
    begin.add_argument("--do", default="", metavar="LINE", help="what is to be done; “Referral to …” when left out")
    begin.add_argument("--owner", default="me", metavar="WHO", help="participant, me, both, or a name; me if left out")
    begin.add_argument("--due", metavar="DAY", help="by when")
    begin.add_argument("--accepted", action="store_true", help="the participant said yes already")
    begin.add_argument("--note", metavar="ID", help="the signed note that tells of it")
    move = add_verb(
        verbs,
        "move",
        _move,
        says="say that a referral came to another stage, or take it one step back as a correction",
        example='peernote referrals move ID sent --without-consent "takes it there herself"',
    )
    move.add_argument("referral", help="id of the action item, or a unique prefix of it")
    move.add_argument("stage", choices=(*STAGES, "back"), help="where it came; back is one step back, with --reason")
    move.add_argument("--on", metavar="DAY", help="the day it came there; today when left out")
    move.add_argument("--due", metavar="DAY", help="by when to look again; the stage decides when left out")
    move.add_argument("--reason", default="", metavar="LINE", help="for back: why")
    basis = move.add_argument_group("what handing something on rests on")
    basis.add_argument(
        "--consent", default="", metavar="ID", help="a consent to sharing; the one that names them if left out"
    )
    basis.add_argument("--covers", default="", metavar="LINE", help="why it covers them though it names another")
    basis.add_argument("--without-consent", default="", metavar="LINE", help="why no consent is needed")
    move.add_argument("--at", metavar="WHEN", help="for appointment: day and time, such as “fri 14:00”")
    result = move.add_argument_group("for closed")
    result.add_argument("--outcome", choices=OUTCOMES, help="what came of it")
    result.add_argument("--barrier", choices=BARRIERS, help="what stood in the way")
    result.add_argument("--words", default="", metavar="LINE", help="a line about it")
    show = add_verb(
        verbs, "show", _show, says="one referral, with the consent it rests on", example="peernote referrals show ID"
    )
    show.add_argument("referral", help="id of the action item, or a unique prefix of it")


def _list(args: argparse.Namespace) -> int:
    from peernote_tui.documents.referral_words import WAITS_FOR, stage_words
    from peernote_tui.services.participants import resolve_participant
    from peernote_tui.services.referrals import list_referrals

    with opened(args) as workspace:
        person = resolve_participant(workspace, args.participant).id if args.participant else None
        found = list_referrals(
            workspace, closed=args.closed, participant_id=person, limit=args.limit, wait_days=referral_days()
        )
    rows = [
        (
            short(view.action.id),
            "!" if view.late else "",
            view.listing.participant_name,
            view.listing.external_id,
            view.referral.to,
            stage_words(view.referral, today=found.today),
            WAITS_FOR.get(view.referral.stage, ""),
        )
        for view in found.referrals
    ]
    documents = [_document(view) for view in found.referrals]
    lines = table(rows) or ["No referrals here."]
    answer(args, {"referrals": documents, "total": len(documents), "today": found.today.isoformat()}, lines)
    return Exit.DONE


def _begin(args: argparse.Namespace) -> int:
    from peernote_tui.domain.owner import Owner
    from peernote_tui.services.notes import resolve_note
    from peernote_tui.services.participants import resolve_participant
    from peernote_tui.services.referrals import begin_referral

    known = {owner.value: owner for owner in Owner}
    owner = known.get(args.owner.strip().lower(), Owner.OTHER)
    with opened(args) as workspace:
        person = resolve_participant(workspace, args.participant)
        action = begin_referral(
            workspace,
            person.id,
            args.to,
            text=args.do,
            owner=owner,
            owner_name=args.owner if owner is Owner.OTHER else "",
            due=_day(workspace, args.due, ahead=True),
            accepted=args.accepted,
            note_id=resolve_note(workspace, args.note).id if args.note else None,
        )
        return _answered(args, workspace, action.id)


def _move(args: argparse.Namespace) -> int:
    from peernote_tui.domain.referral import ReferralStage
    from peernote_tui.domain.referral_loop import Step
    from peernote_tui.services.action_items import resolve_action
    from peernote_tui.services.referrals import move_referral, step_back

    said = {
        "consent_id": args.consent,
        "why_covered": args.covers,
        "without_consent": args.without_consent,
        "outcome": args.outcome,
        "barrier": args.barrier,
        "words": args.words,
    }
    if args.stage == "back" and any((*said.values(), args.at, args.on, args.due)):
        raise InvalidInputError("One step back asks for a reason and nothing else.", "Leave the other options out.")
    if args.stage != "back" and args.reason:
        raise InvalidInputError("--reason belongs to one step back.", "Use --words with closed.", field="reason")
    with opened(args) as workspace:
        action = resolve_action(workspace, args.referral)
        if args.stage == "back":
            step_back(workspace, action.id, reason=args.reason)
        else:
            move_referral(
                workspace,
                action.id,
                ReferralStage(args.stage),
                checked(Step, {**said, **_appointment(workspace, args.at)}),
                on=_day(workspace, args.on, ahead=False),
                due=_day(workspace, args.due, ahead=True),
                wait_days=referral_days(),
            )
        return _answered(args, workspace, action.id)


def _show(args: argparse.Namespace) -> int:
    from peernote_tui.services.action_items import resolve_action

    with opened(args) as workspace:
        return _answered(args, workspace, resolve_action(workspace, args.referral).id)


def _answered(args: argparse.Namespace, workspace: Workspace, action_id: str) -> int:
    from peernote_tui.documents.referral_words import basis_words, loop_words, stage_words
    from peernote_tui.services.referrals import view_referral

    view, today = view_referral(workspace, action_id, wait_days=referral_days()), workspace.today
    lines = [
        f"{view.listing.participant_name}: {view.action.text}, to {view.referral.to}. Id: {short(view.action.id)}",
        loop_words(view.referral),
        f"Now: {stage_words(view.referral, today=today)}.",
        basis_words(view.referral, view.consent, standing=view.standing, ended_on=view.ended_on, today=today),
    ]
    answer(args, _document(view), [line for line in lines if line])
    return Exit.DONE


def _document(view: ReferralView) -> dict[str, Any]:
    return {
        **view.action.model_dump(mode="json", exclude={"participant_id"}),
        "participant": {"id": view.action.participant_id, **who_document(view.listing)},
        "late": view.late,
        "consent": {
            "standing": view.standing.value,
            "id": view.consent.id if view.consent else None,
            "recipient": view.consent.details.recipient if view.consent else "",
            "ended_on": view.ended_on.isoformat() if view.ended_on else None,
        },
    }


def _day(workspace: Workspace, text: str | None, *, ahead: bool) -> date | None:
    from peernote_tui.domain.dates import Toward, understand_day

    toward = Toward.FUTURE if ahead else Toward.PAST
    return understand_day(text, today=workspace.today, toward=toward, day_first=day_first()) if text else None


def _appointment(workspace: Workspace, text: str | None) -> dict[str, str | None]:
    from peernote_tui.domain.dates import Toward, understand_moment

    if not text:
        return {}
    now = workspace.local_now.replace(tzinfo=None)
    moment = understand_moment(text, now=now, toward=Toward.FUTURE, day_first=day_first())
    return {"day": moment.day.isoformat(), "at": moment.at.isoformat() if moment.at else None}
