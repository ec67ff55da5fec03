"""One participant's record: shown in full, changed, archived, reopened, and its history."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peernote_tui.cli.context import answer, day_first, opened, require_one_reader, short, table
from peernote_tui.cli.exits import Exit, InvalidFileError
from peernote_tui.cli.parsing import Nouns, add_verb, row_count
from peernote_tui.domain.errors import InvalidInputError

if TYPE_CHECKING:
    from datetime import date

    from peernote_tui.domain.participant import Participant, ParticipantDetails
    from peernote_tui.domain.timeline import TimelineEntry
    from peernote_tui.services.workspace import Workspace

_WHO = "id, prefix of an id, external ID or unique name"
_KINDS = ("note", "addendum", "draft", "action", "consent", "follow_up", "record", "disclosure")
_TEXTS = {
    "name": "the name they want to be called",
    "legal-name": "when it is another",
    "pronouns": "such as they/them",
    "phone": "the number to call first",
    "about": "how they want to be described, in their own words",
}
_LISTS = {
    "alias": ("aliases", "another name they go by"),
    "contact": ("contacts", "a further contact, such as “555-0142, work, voicemail no, text yes”"),
    "person": ("people", "somebody around them, such as “Rosa Santos, mother, 555-0143, emergency”"),
    "other-id": ("other_ids", "a number of somebody else's, such as “Medicaid: 4711”"),
    "language": ("languages", "a language they speak"),
    "strength": ("strengths", "a strength"),
    "goal": ("goals", "a goal, in their own words"),
    "custom": ("custom", "your agency's own question and the answer, such as “Shoe size: 9”"),
}


def add_to(verbs: Nouns) -> None:
    """Add `participants edit`, `archive`, `reopen` and `history`."""
    _add_edit(verbs)
    archive = add_verb(
        verbs,
        "archive",
        _archive,
        says="take a record off the lists, for a reason; everything is kept",
        example='peernote participants archive M-0042 --reason "moved away"',
    )
    archive.add_argument("participant", help=_WHO)
    archive.add_argument("--reason", required=True, metavar="WORDS", help="why; a few words are enough")
    reopen = add_verb(
        verbs,
        "reopen",
        _reopen,
        says="put an archived record back on the lists",
        example="peernote participants reopen M-0042",
    )
    reopen.add_argument("participant", help=_WHO)
    history = add_verb(
        verbs,
        "history",
        _history,
        says="everything that happened in a record, the newest first",
        example="peernote participants history M-0042 --only record",
    )
    history.add_argument("participant", help=_WHO)
    history.add_argument("--only", action="append", choices=_KINDS, help="only this kind; may be given again")
    history.add_argument("--limit", type=row_count, default=50, metavar="N", help="how many at most; 50 when left out")
    history.add_argument("--before", default="", metavar="CURSOR", help="go on before the entry with this cursor")


def record_facts(person: Participant, *, legal_name: bool) -> list[tuple[str, str]]:
    """What a page tells beside name, pronouns, ID and age; what is safe stands before each number.

    Args:
        person: Whose page it is.
        legal_name: Whether the legal name is shown.
    """
    from peernote_tui.domain.page_lines import say_custom, say_other_id

    facts = [
        ("Legal name", person.legal_name if legal_name else ""),
        ("Phone", f"{_safety(person.phone_safety)}: {person.phone}" if person.phone else ""),
        *(("Contact", _contact(contact)) for contact in person.contacts),
        *(("In an emergency" if one.emergency else "Around them", _person(one)) for one in person.people),
        ("Also called", ", ".join(person.aliases)),
        ("Languages", ", ".join(person.languages)),
        *(("Strength", strength) for strength in person.strengths),
        *(("Goal", goal) for goal in person.goals),
        ("About", person.about),
        *(("Other ID", say_other_id(one)) for one in person.other_ids),
        *(("Agency asks", say_custom(one)) for one in person.custom),
        ("42 CFR Part 2", person.part2.value.replace("_", " ")),
    ]
    if person.archived_at is not None:
        facts.append(("Archived", f"{person.archived_at:%Y-%m-%d}: {person.archive_reason}"))
    return facts


def _add_edit(verbs: Nouns) -> None:
    edit = add_verb(
        verbs,
        "edit",
        _edit,
        says="change what a participant's page says; what is not named stays",
        example="peernote participants edit M-0042 --phone 555-0142 --voicemail no",
    )
    edit.add_argument("participant", help=_WHO)
    for name, says in _TEXTS.items():
        edit.add_argument(f"--{name}", metavar="TEXT", help=says)
    edit.add_argument("--id", metavar="ID", help="an agency's number for the person")
    birth = edit.add_mutually_exclusive_group()
    birth.add_argument("--born", metavar="DAY", help="birth date or year, such as “2 may 1990”; empty for unknown")
    birth.add_argument("--age", help="age in years, kept as an estimated year of birth")
    for way in ("call", "voicemail", "text"):
        edit.add_argument(f"--{way}", choices=("yes", "no", "not_asked"), help=f"whether {way} is safe on the phone")
    edit.add_argument("--part2", choices=("yes", "no", "not_reviewed"), help="whether 42 CFR Part 2 covers the record")
    for name, (field, says) in _LISTS.items():
        edit.add_argument(
            f"--{name}",
            dest=field,
            action="append",
            metavar="LINE",
            help=f"{says}; may be given again, and replaces those there; empty for none",
        )
    edit.add_argument("--json-from", metavar="FILE", help="the parts that change, as JSON; - is standard input")
    edit.add_argument("--undo", action="store_true", help="take the last change of the page back")


def _edit(args: argparse.Namespace) -> int:
    from peernote_tui.services.half_typed import save_typed
    from peernote_tui.services.participants import resolve_participant

    require_one_reader(getattr(args, "passphrase_file", None), args.json_from)
    data = _read_file(args.json_from) if args.json_from else b"{}"
    with opened(args) as workspace:
        person = resolve_participant(workspace, args.participant)
        if args.undo:
            fields = _undo(workspace, person.id)
        else:
            details = _changed(args, person, data, workspace.today)
            change = save_typed(workspace, person.id, details, day_first=day_first())
            fields = change.fields if change else ()
        person = resolve_participant(workspace, person.id)
    said = f"Changed: {', '.join(name.replace('_', ' ') for name in fields)}." if fields else "Nothing was changed."
    answer(args, {"id": person.id, "changed": list(fields)}, [said])
    return Exit.DONE


def _undo(workspace: Workspace, participant_id: str) -> tuple[str, ...]:
    from peernote_tui.domain.participant import ChangeKind
    from peernote_tui.services.keeping_records import history_of, take_back_change

    edits = [change for change in history_of(workspace, participant_id) if change.kind is ChangeKind.EDITED]
    if not edits:
        raise InvalidInputError("This page was never changed.", "There is nothing to take back.")
    take_back_change(workspace, edits[-1].id)
    return edits[-1].fields


def _changed(args: argparse.Namespace, person: Participant, data: bytes, today: date) -> ParticipantDetails:
    from peernote_tui.cli.context import checked
    from peernote_tui.documents.participant_json import read_page
    from peernote_tui.domain.participant import ParticipantDetails

    page = person.model_dump(mode="json", include=set(ParticipantDetails.model_fields))
    try:
        page = read_page(data, page).model_dump(mode="json")
    except InvalidInputError as error:
        raise InvalidFileError(error.sentence, error.way_out) from None
    named = {name.replace("-", "_"): getattr(args, name.replace("-", "_")) for name in _TEXTS}
    named |= {"external_id": args.id, "part2": args.part2}
    page |= {name: value for name, value in named.items() if value is not None}
    answers = {way: getattr(args, way) for way in ("call", "voicemail", "text")}
    page["phone_safety"] = {
        **page["phone_safety"],
        **{way: value for way, value in answers.items() if value is not None},
    }
    page |= {field: list(_lines(field, typed)) for field, typed in _typed_lists(args)}
    page |= _birth(args, today)
    return checked(ParticipantDetails, page)


def _typed_lists(args: argparse.Namespace) -> Iterator[tuple[str, list[str]]]:
    for field, _says in _LISTS.values():
        if (typed := getattr(args, field)) is not None:
            yield field, typed


def _lines(field: str, typed: list[str]) -> Iterator[Any]:
    from peernote_tui.domain import page_lines

    readers = {
        "contacts": page_lines.parse_contact,
        "people": page_lines.parse_person,
        "other_ids": page_lines.parse_other_id,
        "custom": page_lines.parse_custom,
    }
    read = readers.get(field)
    for line in typed:
        if line.strip():
            yield read(line).model_dump(mode="json") if read else line


def _birth(args: argparse.Namespace, today: date) -> dict[str, str | None]:
    from peernote_tui.domain.dates import understand_birth

    typed = args.age if args.age is not None else args.born
    if typed is None:
        return {}
    if not typed.strip():
        return {"born": "", "birth_precision": None}
    birth = understand_birth(typed, today=today, day_first=day_first())
    return {"born": birth.value, "birth_precision": birth.precision.value}


def _read_file(source: str) -> bytes:
    from peernote_tui.documents.participant_json import LARGEST_PAGE

    try:
        if source == "-":
            return sys.stdin.buffer.read(LARGEST_PAGE + 1)
        with Path(source).open("rb") as file:
            return file.read(LARGEST_PAGE + 1)
    except OSError:
        raise InvalidInputError("The file of --json-from cannot be read.", "Check its name.") from None


def _archive(args: argparse.Namespace) -> int:
    from peernote_tui.services.keeping_records import archive_participant
    from peernote_tui.services.participants import brief, resolve_participant
    from peernote_tui.services.writing import open_drafts

    with opened(args) as workspace:
        found = brief(workspace, resolve_participant(workspace, args.participant).id)
        person = archive_participant(workspace, found.participant.id, args.reason)
        drafts = len(open_drafts(workspace, person.id))
    open_ = {"drafts": drafts, "open_actions": len(found.open_actions), "follow_ups": len(found.follow_ups)}
    lines = [f"{person.name} is archived. Reopen with: peernote participants reopen {short(person.id)}"]
    if any(open_.values()):
        told = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in open_.items() if count)
        lines.append(f"Still open, and staying as they are: {told}.")
    answer(args, {"id": person.id, "archived": True, "still_open": open_}, lines)
    return Exit.DONE


def _reopen(args: argparse.Namespace) -> int:
    from peernote_tui.services.keeping_records import reopen_participant
    from peernote_tui.services.participants import resolve_participant

    with opened(args) as workspace:
        person = reopen_participant(workspace, resolve_participant(workspace, args.participant).id)
    answer(args, {"id": person.id, "archived": False}, [f"{person.name} is on the lists again."])
    return Exit.DONE


def _history(args: argparse.Namespace) -> int:
    from peernote_tui.domain.timeline import TimelineKind
    from peernote_tui.services.participants import resolve_participant
    from peernote_tui.services.timeline import timeline

    kinds = [TimelineKind(kind) for kind in args.only or ()]
    with opened(args) as workspace:
        person = resolve_participant(workspace, args.participant)
        found = timeline(workspace, person.id, kinds=kinds, limit=args.limit, before=args.before)
    lines = table([_line(entry) for entry in found.entries]) if found.entries else ["Nothing of this kind yet."]
    if found.more:
        lines.append(f"There are earlier ones: --before “{found.entries[-1].cursor}”, or a larger --limit.")
    document = {
        "id": person.id,
        "entries": [{**entry.model_dump(mode="json"), "cursor": entry.cursor} for entry in found.entries],
        "more": found.more,
    }
    answer(args, document, lines)
    return Exit.DONE


def _line(entry: TimelineEntry) -> tuple[str, ...]:
    what = f"{entry.kind.value} {entry.stage or entry.event}".replace("_", " ")
    told = entry.text or ", ".join(name.replace("_", " ") for name in entry.fields) or entry.day.replace("T", " ")
    if entry.kind.value == "addendum":
        what = f"{entry.event} added".replace("_", " ") if entry.event != "in_error" else "written in error"
    if entry.note is not None:
        told = ", ".join(entry.note.tags) or entry.note.place
    if entry.consent is not None:
        told = entry.consent.scope.value
    if entry.kind.value == "disclosure" and entry.text:
        told = f"{entry.text} to {entry.detail}"
    elif entry.kind.value == "disclosure":
        told = f"{entry.count} notes {entry.detail}".rstrip() if entry.count > 1 else f"a note {entry.detail}".rstrip()
    return f"{entry.at:%Y-%m-%d %H:%M}", what, told


def _safety(safety: Any) -> str:
    return ", ".join(f"{way} {getattr(safety, way).value.replace('_', ' ')}" for way in ("call", "voicemail", "text"))


def _contact(contact: Any) -> str:
    told = f"{_safety(contact.safety)}: " if contact.kind.value == "phone" else ""
    rest = ", ".join(part for part in (contact.value, contact.label, contact.remark) if part)
    return f"{told}{rest}"


def _person(person: Any) -> str:
    return ", ".join(part for part in (person.name, person.relation, person.phone, person.remark) if part)
