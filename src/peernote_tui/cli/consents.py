"""Consents: give, withdraw, list."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import answer, checked, day_first, opened, short, table
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_noun, add_verb, row_count
from peernote_tui.domain.errors import InvalidInputError

if TYPE_CHECKING:
    from datetime import date

    from peernote_tui.domain.consent import Consent

# Written out so that the parser needs no pydantic; a test holds them to the enums.
SCOPES = ("notes", "sharing", "voicemail", "text", "groups")
HOWS = ("verbal", "written", "witnessed", "paper")
GIVERS = ("participant", "parent", "guardian", "court", "other")


def add_to(nouns: Nouns) -> None:
    """Add `consents`."""
    verbs = add_noun(nouns, "consents", "who agreed to what, how and since when")
    give = add_verb(
        verbs,
        "give",
        _give,
        says="record that a participant agreed",
        example='peernote consents give M-0042 --scope sharing --how written --to "Housing office" '
        '--what "dates of visits" --purpose "rent support" --until "+6m"',
    )
    _add_whose(give)
    give.add_argument("--how", choices=HOWS, required=True, help="how it was given")
    give.add_argument("--on", metavar="DAY", help="since when; today when left out")
    give.add_argument("--until", metavar="DAY", help="the last day it covers; open-ended when left out")
    give.add_argument("--until-event", default="", metavar="LINE", help="what ends it, instead of a day or besides")
    give.add_argument("--witness", default="", metavar="NAME", help="who was there, when it was witnessed")
    shared = give.add_argument_group("sharing")
    shared.add_argument("--to", default="", metavar="WHOM", help="with whom may be shared")
    shared.add_argument("--to-address", default="", metavar="LINE", help="where the recipient is")
    shared.add_argument("--what", default="", metavar="LINE", help="which information")
    shared.add_argument("--purpose", default="", metavar="LINE", help="what for")
    giver = give.add_argument_group("when somebody else consents, or the participant is a minor")
    giver.add_argument("--by", choices=GIVERS, default="participant", help="who consents")
    giver.add_argument("--by-name", default="", metavar="NAME", help="the name of whoever consents for them")
    giver.add_argument("--basis", default="", metavar="LINE", help="on what basis, such as the law or the order")
    giver.add_argument("--parent-involved", choices=("yes", "no"), help="whether a parent takes part")
    giver.add_argument("--parent-why", default="", metavar="LINE", help="why a parent is involved or is not")
    withdraw = add_verb(
        verbs,
        "withdraw",
        _withdraw,
        says="record that a participant withdrew a consent; it counts at once",
        example="peernote consents withdraw M-0042 --scope notes",
    )
    _add_whose(withdraw)
    withdraw.add_argument(
        "--consent", default="", metavar="ID", help="only this consent; every one of the scope without"
    )
    for parser in (give, withdraw):
        parser.add_argument("--remark", default="", metavar="LINE", help="one line, such as where the paper is")
    history = add_verb(
        verbs, "list", _list, says="a participant's consents, the oldest first", example="peernote consents list M-0042"
    )
    history.add_argument("participant", help="id, prefix of an id, external ID or unique name")
    expiring = add_verb(
        verbs,
        "expiring",
        _expiring,
        says="consents that end soon, have ended, or are missing although a contact is planned",
        example="peernote consents expiring --days 30",
    )
    expiring.add_argument("--days", type=row_count, default=30, metavar="N", help="how many days ahead; 30")


def _add_whose(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("participant", help="id, prefix of an id, external ID or unique name")
    parser.add_argument("--scope", choices=SCOPES, default="notes", help="to what; to notes when left out")


def _give(args: argparse.Namespace) -> int:
    from peernote_tui.domain.consent import ConsentDetails, ConsentHow, ConsentScope
    from peernote_tui.domain.dates import Toward, understand_day
    from peernote_tui.services.consenting import give_consent
    from peernote_tui.services.participants import resolve_participant

    said = {
        "recipient": args.to,
        "recipient_address": args.to_address,
        "what": args.what,
        "purpose": args.purpose,
        "ends_when": args.until_event,
        "given_by": args.by,
        "given_by_name": args.by_name,
        "basis": args.basis,
        "parent_involved": args.parent_involved,
        "parent_why": args.parent_why,
        "witness": args.witness,
    }
    details = checked(ConsentDetails, said)
    if args.scope != "sharing" and any((args.to, args.to_address, args.what, args.purpose)):
        raise InvalidInputError("Recipient, information and purpose belong to sharing.", "Add --scope sharing.")
    with opened(args) as workspace:
        person = resolve_participant(workspace, args.participant)
        order, today = day_first(), workspace.today
        start = understand_day(args.on, today=today, toward=Toward.PAST, day_first=order) if args.on else None
        end = understand_day(args.until, today=today, toward=Toward.FUTURE, day_first=order) if args.until else None
        consent = give_consent(
            workspace,
            person.id,
            scope=ConsentScope(args.scope),
            how=ConsentHow(args.how),
            starts_on=start,
            expires_on=end,
            remark=_remark(args),
            details=details,
        )
    answer(args, _document(consent), [f"Consent of {person.name} is recorded: {_words(consent, today)}."])
    return Exit.DONE


def _withdraw(args: argparse.Namespace) -> int:
    from peernote_tui.domain.consent import ConsentScope
    from peernote_tui.services.consenting import withdraw_consent
    from peernote_tui.services.participants import resolve_participant

    with opened(args) as workspace:
        person = resolve_participant(workspace, args.participant)
        consent = withdraw_consent(
            workspace, person.id, scope=ConsentScope(args.scope), consent_id=args.consent, remark=_remark(args)
        )
        lines = [
            f"Withdrawn: {_words(consent, workspace.today)}. It counts from now on; what is written stays, as it is."
        ]
    answer(args, _document(consent), lines)
    return Exit.DONE


def _list(args: argparse.Namespace) -> int:
    from peernote_tui.domain.consent import ConsentScope, consent_state, sharing_consents
    from peernote_tui.services.consenting import consents
    from peernote_tui.services.participants import resolve_participant

    with opened(args) as workspace:
        person = resolve_participant(workspace, args.participant)
        history, today = consents(workspace, person.id), workspace.today
    standing = {scope.value: consent_state(history, scope, today).standing.value for scope in ConsentScope}
    shared = sharing_consents(history, today)
    document = {
        "participant": {"id": person.id, "name": person.name, "external_id": person.external_id},
        "part2": person.part2.value,
        "standing": standing,
        "sharing": [
            {
                "id": consent.id,
                "recipient": consent.details.recipient,
                "what": consent.details.what,
                "purpose": consent.details.purpose,
                "expires_on": consent.expires_on.isoformat() if consent.expires_on else None,
                "ends_when": consent.details.ends_when,
            }
            for consent in shared
        ],
        "consents": [_document(consent) for consent in history],
        "total": len(history),
    }
    rows = [(short(consent.id), consent.event.value, _words(consent, today), consent.remark) for consent in history]
    known = [f"{scope}: {state}" for scope, state in standing.items() if state != "none"]
    lines = [*table(rows), f"Today: {', '.join(known) or 'no consent on file'}."]
    for consent in shared:
        about = f"{consent.details.what}, for {consent.details.purpose}" if consent.details.what else "not said what"
        lines.append(f"May be shared with {consent.details.recipient or 'nobody named'}: {about}.")
    answer(args, document, lines)
    return Exit.DONE


def _expiring(args: argparse.Namespace) -> int:
    from peernote_tui.domain.dates import say_day
    from peernote_tui.services.expiring import consents_expiring

    with opened(args) as workspace:
        found, today = consents_expiring(workspace, within_days=args.days), workspace.today
    document = {
        "consents": [
            {
                "kind": notice.kind.value,
                "scope": notice.scope.value,
                "day": notice.day.isoformat() if notice.day else None,
                "participant": {
                    "id": notice.participant.id,
                    "name": notice.participant.name,
                    "external_id": notice.participant.external_id,
                },
                "consent": notice.consent.id if notice.consent else None,
                "recipient": notice.consent.details.recipient if notice.consent else "",
            }
            for notice in found
        ],
        "total": len(found),
    }
    rows = [
        (
            notice.participant.name,
            notice.participant.external_id,
            notice.scope.value,
            notice.kind.value,
            say_day(notice.day, today=today) if notice.day else "",
        )
        for notice in found
    ]
    answer(args, document, table(rows) or ["No consent ends soon, and none is missing."])
    return Exit.DONE


def _remark(args: argparse.Namespace) -> str:
    from peernote_tui.domain.base import LINE

    remark: str = args.remark
    if len(remark) > LINE:
        raise InvalidInputError(f"The remark is longer than {LINE} characters.", "One line is enough.", field="remark")
    return remark


def _document(consent: Consent) -> dict[str, Any]:
    return consent.model_dump(mode="json")


def _words(consent: Consent, today: date) -> str:
    from peernote_tui.domain.dates import say_day

    parts = [consent.scope.value]
    if consent.how is not None:
        parts.append(consent.how.value)
    parts.append(f"since {say_day(consent.starts_on, today=today)}" if consent.how else _on(consent, today))
    if consent.expires_on is not None:
        parts.append(f"until {say_day(consent.expires_on, today=today)}")
    details = consent.details
    parts += [f"with {details.recipient}"] if details.recipient else []
    parts += [f"until {details.ends_when}"] if details.ends_when else []
    if details.given_by_name:
        parts.append(f"given by {details.given_by_name} ({details.given_by.value})")
    parts += ["one consent"] if details.withdraws else []
    return ", ".join(parts)


def _on(consent: Consent, today: date) -> str:
    from peernote_tui.domain.dates import say_day

    return say_day(consent.starts_on, today=today)
