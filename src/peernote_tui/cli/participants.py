"""Participants: list, show, add."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from peernote_tui.cli import (
    alike,
    erasing,
    exporting,
    merging,
    participant_record,
    people_files,
    progress,
    taking_records,
)
from peernote_tui.cli.context import answer, checked, day_first, opened, short, table
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_noun, add_verb, day_count, row_count

if TYPE_CHECKING:
    from datetime import date

    from peernote_tui.domain.participant import Participant, ParticipantHit
    from peernote_tui.services.participants import Briefing


def add_to(nouns: Nouns) -> None:
    """Add `participants`."""
    verbs = add_noun(nouns, "participants", "the people you walk beside")
    find = add_verb(
        verbs,
        "list",
        _list,
        says="participants, the ones written about last first, or those who answer to words",
        example='peernote participants list --find "maria santo"',
    )
    find.add_argument(
        "--find",
        default="",
        metavar="WORDS",
        help="parts of names as heard or remembered, an ID, a number, a birth date",
    )
    find.add_argument("--around", action="store_true", help="find by the people around them, too")
    find.add_argument(
        "--not-seen",
        type=day_count,
        metavar="DAYS",
        help="only without a contact for so many days; new ones count from then",
    )
    find.add_argument("--overdue", action="store_true", help="only with an action item that is overdue")
    find.add_argument(
        "--consent-expiring", action="store_true", help="only where consent to notes is missing, or ends within 30 days"
    )
    find.add_argument("--draft", action="store_true", help="only with a note that is begun and not signed")
    find.add_argument("--archived", action="store_true", help="those who are archived, too")
    find.add_argument("--limit", type=row_count, default=20, metavar="N", help="how many at most; 20 when left out")
    show = add_verb(
        verbs, "show", _show, says="what to know before a contact", example="peernote participants show M-0042"
    )
    show.add_argument("participant", help="id, prefix of an id, external ID or unique name")
    show.add_argument("--all", action="store_true", help="the legal name, too; --json always holds it")
    pin = add_verb(
        verbs,
        "pin",
        _pin,
        says="keep a participant at the head of the list, or no longer",
        example="peernote participants pin M-0042",
    )
    pin.add_argument("participant", help="id, prefix of an id, external ID or unique name")
    pin.add_argument("--off", action="store_true", help="no longer")
    add = add_verb(
        verbs,
        "add",
        _add,
        says="add a participant",
        example='peernote participants add --name "Maria Santos" --pronouns she/her --age 34 --id M-0042',
    )
    add.add_argument("--name", required=True, help="the name they want to be called")
    add.add_argument("--legal-name", default="", metavar="NAME", help="when it is another")
    add.add_argument("--pronouns", default="")
    birth = add.add_mutually_exclusive_group()
    birth.add_argument("--born", metavar="DAY", help="birth date or year, such as “2 may 1990” or 1990")
    birth.add_argument("--age", help="age in years, kept as an estimated year of birth")
    add.add_argument("--id", default="", metavar="ID", help="an agency's number for the person, such as M-0042")
    add.add_argument("--phone", default="", help="the number, and what is safe: 555-0142, voicemail no, text yes")
    add.add_argument("--about", default="", metavar="LINE", help="one line in their own words")
    add.add_argument(
        "--even-if-alike", action="store_true", help="add them although somebody here is likely the same person"
    )
    alike.add_to(verbs)
    merging.add_to(verbs)
    participant_record.add_to(verbs)
    erasing.add_to(verbs)
    people_files.add_to(verbs)
    taking_records.add_to(verbs)
    exporting.add_hand_out(verbs)
    progress.add_to(verbs)


def participant_document(person: Participant) -> dict[str, Any]:
    """A participant as the command line's JSON shows them."""
    left_out = {"id", "changed_at", "archived_at"}
    return {"id": person.id, **person.model_dump(mode="json", exclude=left_out)}


def who_document(row: Any) -> dict[str, str]:
    """Whom a row of a list is about; `row` carries the participant's name, pronouns, ID and birth year."""
    return {
        "name": row.participant_name,
        "pronouns": row.pronouns,
        "external_id": row.external_id,
        "birth_year": row.birth_year,
    }


def age(person: Participant, today: date) -> str:
    """The age as far as it is known, in words; empty when it is not."""
    from peernote_tui.domain.dates import Birth, Precision, age_words

    if not person.born or person.birth_precision is None:
        return person.birth_year
    return age_words(Birth(person.born, Precision(person.birth_precision.value)), today)


def _list(args: argparse.Namespace) -> int:
    from peernote_tui.domain.narrowing import Only
    from peernote_tui.services.finding import find_participants

    asked = {
        Only.NOT_SEEN: args.not_seen is not None,
        Only.OVERDUE: args.overdue,
        Only.CONSENT: args.consent_expiring,
        Only.DRAFT: args.draft,
    }
    only = frozenset(each for each, wanted in asked.items() if wanted)
    with opened(args) as workspace:
        found = find_participants(
            workspace,
            args.find,
            limit=args.limit,
            archived=args.archived,
            around=args.around,
            only=only,
            not_seen_days=args.not_seen or 0,
        )
        today = workspace.today
    rows = [_row(hit, today) for hit in found.hits]
    lines = table(rows) if rows else [_NOBODY_FOUND if args.find.strip() else _NOBODY_LEFT if only else _NOBODY]
    if not found.sure and rows:
        lines.insert(0, _NEAREST)
    if found.total > len(rows):
        lines.append(f"{len(rows)} of {found.total}; ask for more with --limit.")
    document = {
        "query": found.query,
        "participants": [_hit_document(hit) for hit in found.hits],
        "total": found.total,
        "sure": found.sure,
    }
    answer(args, document, lines)
    return Exit.DONE


_NOBODY = "There are no participants yet. Add one with: peernote participants add --name …"
_NEAREST = "Nobody fits all of these words. The nearest are:"
_NOBODY_LEFT = "Nobody is left by what is asked for."
_NOBODY_FOUND = "Nobody answers to these words."


def _hit_document(hit: ParticipantHit) -> dict[str, Any]:
    return {
        **participant_document(hit.participant),
        "why": hit.why,
        "last_contact": hit.last_contact.isoformat(timespec="minutes") if hit.last_contact else None,
        "open_actions": hit.open_actions,
        "consent": hit.has_consent,
        "draft": hit.has_draft,
    }


def _row(hit: ParticipantHit, today: date) -> tuple[str, ...]:
    from peernote_tui.domain.dates import say_day

    person = hit.participant
    last = f"last {say_day(hit.last_contact.date(), today=today)}" if hit.last_contact else ""
    actions = f"{hit.open_actions} open" if hit.open_actions else ""
    consent = "" if hit.has_consent else "no consent"
    draft = "draft" if hit.has_draft else ""
    why = f"({hit.why})" if hit.why else ""
    return (
        short(person.id),
        person.name,
        person.pronouns,
        person.external_id,
        age(person, today),
        last,
        actions,
        consent,
        draft,
        why,
    )


def _show(args: argparse.Namespace) -> int:
    from peernote_tui.services.participants import resolve_participant, view_participant

    with opened(args) as workspace:
        found = view_participant(workspace, resolve_participant(workspace, args.participant).id)
    answer(args, _briefing_document(found), _briefing_lines(found, legal_name=args.all))
    return Exit.DONE


def _briefing_document(found: Briefing) -> dict[str, Any]:
    last = found.last_note
    return {
        **participant_document(found.participant),
        "consent": found.consent.active,
        "consent_standing": found.consent.standing.value,
        "notes": found.notes,
        "last_note": last.model_dump(mode="json", include={"id", "content", "signed_at"}) if last else None,
        "open_actions": [action.model_dump(mode="json") for action in found.open_actions],
        "ratings": list(found.ratings),
        "follow_ups": [
            planned.model_dump(mode="json", include={"id", "day", "at", "mode", "place", "topics"})
            for planned in found.follow_ups
        ],
    }


def _briefing_lines(found: Briefing, *, legal_name: bool) -> list[str]:
    from peernote_tui.documents.note_document import owner_words
    from peernote_tui.domain.dates import Moment, say_day, say_due, say_moment
    from peernote_tui.domain.names import first_name

    person, today = found.participant, found.today
    facts = [
        ("Name", person.name),
        ("Pronouns", person.pronouns),
        ("ID", person.external_id),
        ("Age", age(person, today)),
        *participant_record.record_facts(person, legal_name=legal_name),
        ("Consent", found.consent.standing.value),
        ("Legal hold", f"since {person.held_at:%Y-%m-%d}: {person.hold_reason}" if person.held_at else ""),
        ("Notes", str(found.notes)),
    ]
    if found.last_note is not None and found.last_note.content.day is not None:
        content = found.last_note.content
        facts.append(("Last time", say_day(found.last_note.content.day, today=today)))
        facts += [("", text) for text in (content.summary or content.reason, content.own_words) if text.strip()]
    facts += [("Next", say_moment(Moment(plan.day, plan.at), today=today)) for plan in found.follow_ups]
    for action in found.open_actions:
        due = f" · {say_due(action.due, today=today)}" if action.due else ""
        who = owner_words(action.owner, action.owner_name, first_name(person.name))
        facts.append(("Open action", f"{action.text} · {who}{due}"))
    facts.append(("Id", person.id))
    return table([(label, value) for label, value in facts if value])


def _pin(args: argparse.Namespace) -> int:
    from peernote_tui.services.keeping_records import pin_participant
    from peernote_tui.services.participants import resolve_participant

    with opened(args) as workspace:
        person = resolve_participant(workspace, args.participant)
        changed = pin_participant(workspace, person.id, pinned=not args.off)
    said = f"{changed.name} is no longer pinned." if args.off else f"{changed.name} stands at the head of the list."
    answer(args, participant_document(changed), [said])
    return Exit.DONE


def _add(args: argparse.Namespace) -> int:
    from peernote_tui.domain.page_lines import parse_phone
    from peernote_tui.domain.participant import ParticipantDetails
    from peernote_tui.services.participants import add_participant

    with opened(args) as workspace:
        phone, safety = parse_phone(args.phone)
        details = checked(
            ParticipantDetails,
            {
                "name": args.name,
                "legal_name": args.legal_name,
                "pronouns": args.pronouns,
                "external_id": args.id,
                "phone": phone,
                "phone_safety": safety.model_dump(),
                "about": args.about,
                **_birth(args, workspace.today),
            },
        )
        alike.warn_of_alike(workspace, details, allowed=args.even_if_alike)
        person = add_participant(workspace, details)
    answer(args, participant_document(person), [f"{person.name} is added. Id: {short(person.id)}"])
    return Exit.DONE


def _birth(args: argparse.Namespace, today: date) -> dict[str, str]:
    from peernote_tui.domain.dates import understand_birth

    typed = args.age if args.age is not None else args.born
    if typed is None or not typed.strip():
        return {}
    birth = understand_birth(typed, today=today, day_first=day_first())
    return {"born": birth.value, "birth_precision": birth.precision.value}
