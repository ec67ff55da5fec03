"""Participants as CSV and XLSX, in columns that are read back without loss."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from peernote_tui.documents.people.table import Watch, unwatched
from peernote_tui.documents.sheet import csv_bytes, xlsx_bytes
from peernote_tui.domain.participant import (
    Contact,
    CustomField,
    OtherId,
    Part2Status,
    Participant,
    PersonAround,
    Safe,
)

SHEET = "Participants"
_EVERY = 500
_SAFE_WORDS = {Safe.NOT_ASKED: "", Safe.YES: "yes", Safe.NO: "no"}
_PART2_WORDS = {Part2Status.NOT_REVIEWED: "", Part2Status.YES: "yes", Part2Status.NO: "no"}


def _lines(values: Sequence[str]) -> str:
    return "\n".join(value for value in values if value)


_SINGLE: tuple[tuple[str, Callable[[Participant], str]], ...] = (
    ("Name", lambda who: who.name),
    ("Legal name", lambda who: who.legal_name),
    ("Also called (one a line)", lambda who: _lines(who.aliases)),
    ("Pronouns", lambda who: who.pronouns),
    ("Born", lambda who: who.born),
    ("Birth date is", lambda who: who.birth_precision.value if who.birth_precision else ""),
    ("ID", lambda who: who.external_id),
    ("Phone", lambda who: who.phone),
    ("Safe to call", lambda who: _SAFE_WORDS[who.phone_safety.call]),
    ("Safe to leave voicemail", lambda who: _SAFE_WORDS[who.phone_safety.voicemail]),
    ("Safe to text", lambda who: _SAFE_WORDS[who.phone_safety.text]),
    ("In their own words", lambda who: who.about),
    ("42 CFR Part 2", lambda who: _PART2_WORDS[who.part2]),
    ("Languages (one a line)", lambda who: _lines(who.languages)),
    ("Strengths (one a line)", lambda who: _lines(who.strengths)),
    ("Goals (one a line)", lambda who: _lines(who.goals)),
    ("Archived", lambda who: who.archived_at.date().isoformat() if who.archived_at else ""),
)


def _contact(one: Contact) -> tuple[str, ...]:
    safe = (_SAFE_WORDS[each] for each in (one.safety.call, one.safety.voicemail, one.safety.text))
    return (one.kind.value, one.value, one.label, *safe, one.remark)


def _person(one: PersonAround) -> tuple[str, ...]:
    return (one.name, one.relation, one.phone, "yes" if one.emergency else "no", one.remark)


def _other_id(one: OtherId) -> tuple[str, ...]:
    return (one.label, one.value)


def _custom(one: CustomField) -> tuple[str, ...]:
    return (one.label, one.value)


@dataclass(frozen=True, slots=True)
class _Group:
    """Columns that are repeated by number, as often as the fullest record needs."""

    name: str
    attribute: str
    parts: tuple[str, ...]
    cells: Callable[[Any], tuple[str, ...]]


_SAFE_HEADERS = ("safe to call", "safe to leave voicemail", "safe to text")
_GROUPS = (
    _Group("Other ID", "other_ids", ("label", "value"), _other_id),
    _Group("Contact", "contacts", ("kind", "value", "label", *_SAFE_HEADERS, "remark"), _contact),
    _Group("Person", "people", ("name", "relation", "phone", "emergency", "remark"), _person),
    _Group("Custom", "custom", ("question", "answer"), _custom),
)


def write_csv(people: Sequence[Participant], *, mark: bool = True, watch: Watch = unwatched) -> bytes:
    """Participants as CSV; see `csv_bytes`.

    Args:
        people: Whom.
        mark: Begin with the mark of UTF-8.
        watch: Told of the progress.
    """
    return csv_bytes(_table(people, watch), mark=mark)


def write_xlsx(people: Sequence[Participant], *, watch: Watch = unwatched) -> bytes:
    """Participants as a workbook of one sheet; every cell is text, so that no number loses a zero."""
    return xlsx_bytes(list(_table(people, watch)), name=SHEET)


def _table(people: Sequence[Participant], watch: Watch) -> Iterator[list[str]]:
    """The headers and a row for each; the first columns are always the same, numbered ones follow as needed."""
    counts = [max((len(getattr(who, group.attribute)) for who in people), default=0) for group in _GROUPS]
    headers = [header for header, _ in _SINGLE]
    for group, count in zip(_GROUPS, counts, strict=True):
        headers += [f"{group.name} {number} {part}" for number in range(1, count + 1) for part in group.parts]
    yield headers
    for number, who in enumerate(people, start=1):
        cells = [read(who) for _, read in _SINGLE]
        for group, count in zip(_GROUPS, counts, strict=True):
            found = getattr(who, group.attribute)
            for at in range(count):
                cells += group.cells(found[at]) if at < len(found) else ("",) * len(group.parts)
        yield cells
        if number % _EVERY == 0:
            watch(number)
