"""Consents: give, withdraw, list."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import answer, day_first, opened, table
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_noun, add_verb

if TYPE_CHECKING:
    from datetime import date

    from peernote_tui.domain.consent import Consent

# Written out so that the parser needs no pydantic; a test holds them to the enums.
SCOPES = ("notes", "sharing", "voicemail", "text", "groups")
HOWS = ("verbal", "written", "witnessed", "paper")


def add_to(nouns: Nouns) -> None:
    """Add `consents`."""
    verbs = add_noun(nouns, "consents", "who agreed to what, how and since when")
    give = add_verb(
        verbs,
        "give",
        _give,
        says="record that a participant agreed",
        example="peernote consents give M-0042 --scope notes --how verbal",
    )
    _add_whose(give)
    give.add_argument("--how", choices=HOWS, required=True, help="how it was given")
    give.add_argument("--on", metavar="DAY", help="since when; today when left out")
    give.add_argument("--until", metavar="DAY", help="the last day it covers; open-ended when left out")
    withdraw = add_verb(
        verbs,
        "withdraw",
        _withdraw,
        says="record that a participant withdrew a consent; it counts at once",
        example="peernote consents withdraw M-0042 --scope notes",
    )
    _add_whose(withdraw)
    for parser in (give, withdraw):
        parser.add_argument("--remark", default="", metavar="LINE", help="one line, such as where the paper is")
    history = add_verb(
        verbs, "list", _list, says="a participant's consents, the oldest first", example="peernote consents list M-0042"
    )
    history.add_argument("participant", help="id, prefix of an id, external ID or unique name")


def _add_whose(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("participant", help="id, prefix of an id, external ID or unique name")
    parser.add_argument("--scope", choices=SCOPES, default="notes", help="to what; to notes when left out")


def _give(args: argparse.Namespace) -> int:
    from peernote_tui.domain.consent import ConsentHow, ConsentScope
    from peernote_tui.domain.dates import Toward, understand_day
    from peernote_tui.services.consenting import give_consent
    from peernote_tui.services.participants import resolve_participant

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
        )
    answer(args, _document(consent), [f"Consent of {person.name} is recorded: {_words(consent, today)}."])
    return Exit.DONE


def _withdraw(args: argparse.Namespace) -> int:
    from peernote_tui.domain.consent import ConsentScope
    from peernote_tui.services.consenting import withdraw_consent
    from peernote_tui.services.participants import resolve_participant

    with opened(args) as workspace:
        person = resolve_participant(workspace, args.participant)
        consent = withdraw_consent(workspace, person.id, scope=ConsentScope(args.scope), remark=_remark(args))
        lines = [f"Withdrawn: {_words(consent, workspace.today)}. It counts from now on."]
    answer(args, _document(consent), lines)
    return Exit.DONE


def _list(args: argparse.Namespace) -> int:
    from peernote_tui.domain.consent import ConsentScope, consent_state
    from peernote_tui.services.consenting import consents
    from peernote_tui.services.participants import resolve_participant

    with opened(args) as workspace:
        person = resolve_participant(workspace, args.participant)
        history, today = consents(workspace, person.id), workspace.today
    standing = {scope.value: consent_state(history, scope, today).standing.value for scope in ConsentScope}
    document = {
        "participant": {"id": person.id, "name": person.name, "external_id": person.external_id},
        "standing": standing,
        "consents": [_document(consent) for consent in history],
        "total": len(history),
    }
    rows = [(consent.event.value, _words(consent, today), consent.remark) for consent in history]
    known = [f"{scope}: {state}" for scope, state in standing.items() if state != "none"]
    answer(args, document, [*table(rows), f"Today: {', '.join(known) or 'no consent on file'}."])
    return Exit.DONE


def _remark(args: argparse.Namespace) -> str:
    from peernote_tui.domain.base import LINE
    from peernote_tui.domain.errors import InvalidInputError

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
    return ", ".join(parts)


def _on(consent: Consent, today: date) -> str:
    from peernote_tui.domain.dates import say_day

    return say_day(consent.starts_on, today=today)
