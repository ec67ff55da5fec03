"""Two records of one person: what the one that is kept says after a merge, and the history of merges."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from peernote_tui.domain.base import Model
from peernote_tui.domain.finding.person import digits
from peernote_tui.domain.names import fold
from peernote_tui.domain.participant import (
    Contact,
    ContactKind,
    CustomField,
    OtherId,
    Part2Status,
    ParticipantDetails,
    PersonAround,
    Safe,
    Safety,
)

CHOOSABLE = ("name", "legal_name", "pronouns", "born", "external_id", "phone", "about")
"""Fields that hold one value, of which either can be taken."""
LISTS = ("aliases", "other_ids", "contacts", "people", "languages", "strengths", "goals", "custom")
"""Fields that hold many; what both records have is united."""
_COMPANIONS = {"born": ("birth_precision",), "phone": ("phone_safety",)}
"""What only means something beside the value of another field, and goes with it."""
_STRICTEST = (Safe.NO, Safe.YES, Safe.NOT_ASKED)
_PART2_STRICTEST = (Part2Status.YES, Part2Status.NOT_REVIEWED, Part2Status.NO)

_Entry = TypeVar("_Entry")


class MergeEvent(StrEnum):
    """What was done to two records."""

    MERGED = "merged"
    SEPARATED = "separated"


class Merge(Model):
    """One row of the history of merges; rows are only ever added."""

    id: str
    participant_id: str
    """The record that is kept."""
    merged_id: str
    """The record that became part of it, or stands for itself again."""
    event: MergeEvent
    moved: tuple[str, ...] = ()
    """Ids of the records that were part of the merged one, and go with it."""
    change_id: str | None = None
    """The change of the kept record that came with it; None when nothing on its page differs."""
    at: datetime
    by: str
    """Author id."""


@dataclass(frozen=True, slots=True)
class FieldMerge:
    """What a merge makes of one field of the page.

    Attributes:
        name: Of the field.
        kept: What the record that is kept says.
        other: What the other one says.
        merged: What the page says afterwards.
        choosable: Both say something, and only one of it can stand.
        takes_other: The value of the other record is taken.
    """

    name: str
    kept: Any
    other: Any
    merged: Any
    choosable: bool
    takes_other: bool


def merged_details(
    kept: ParticipantDetails, other: ParticipantDetails, take_other: frozenset[str] = frozenset()
) -> ParticipantDetails:
    """What the kept page says after a merge.

    Of two values the kept one stands unless the other is asked for, and a gap is filled from the other. A name, an
    ID or a number that does not stand there joins the aliases, the other IDs or the contacts; a legal name, a birth
    date, pronouns and their own words stay in the other record alone, where they can still be read. A legal name is
    no alias: whoever left one behind does not want to be listed under it. A way of reaching somebody that either
    record calls unsafe is unsafe, and a record that is covered by Part 2, or not reviewed, makes the whole so.

    Args:
        kept: The record that is kept.
        other: The record that becomes part of it.
        take_other: Fields among `CHOOSABLE` of which the other value is taken where both have one.
    """
    # What comes from the other record may stand in one entry afterwards, so that it may not contradict itself either.
    stricter, others = _as_unsafe_as(kept, (other,)), _as_unsafe_as(other, (kept, other))
    values: dict[str, Any] = {}
    lost: dict[str, Any] = {}
    for name in CHOOSABLE:
        mine, theirs = getattr(stricter, name), getattr(others, name)
        takes = bool(theirs) and (not mine or name in take_other)
        winner, loser = (others, stricter) if takes else (stricter, others)
        for each in (name, *_COMPANIONS.get(name, ())):
            values[each] = getattr(winner, each)
        lost[name] = loser
    values["part2"] = min(kept.part2, other.part2, key=_PART2_STRICTEST.index)
    values["aliases"] = _aliases(kept, other, values["name"], lost["name"].name)
    values["other_ids"] = _other_ids(kept, other, values["external_id"], lost["external_id"].external_id)
    values["contacts"] = _contacts(stricter, others, values["phone"], lost["phone"])
    values["people"] = _united(kept.people, other.people, lambda one: fold(one.name), _one_person)
    for name in ("languages", "strengths", "goals"):
        values[name] = _united(getattr(kept, name), getattr(other, name), fold, lambda one, _: one)
    values["custom"] = _united(kept.custom, other.custom, lambda one: fold(one.label), _one_answer)
    # Constructed, and not validated: more entries than a page takes are for whoever asks to refuse.
    return kept.model_copy(update=values)


def field_merges(
    kept: ParticipantDetails, other: ParticipantDetails, take_other: frozenset[str] = frozenset()
) -> tuple[FieldMerge, ...]:
    """Field by field what a merge makes of two pages; fields that neither fills are left out."""
    merged = merged_details(kept, other, take_other)
    hidden = {each for companions in _COMPANIONS.values() for each in companions}
    found = []
    for name, field in ParticipantDetails.model_fields.items():
        mine, theirs = getattr(kept, name), getattr(other, name)
        if name in hidden or {mine, theirs, getattr(merged, name)} == {field.default}:
            continue
        choosable = name in CHOOSABLE and bool(mine) and bool(theirs) and not _alike(name, mine, theirs)
        takes = bool(theirs) and name in CHOOSABLE and (not mine or (choosable and name in take_other))
        found.append(FieldMerge(name, mine, theirs, getattr(merged, name), choosable, takes))
    return tuple(found)


def parts_now(history: Iterable[Merge]) -> dict[str, str]:
    """By the id of every record that is part of another, the id of that one, as the history of merges has it."""
    part_of: dict[str, str] = {}
    for row in history:
        together = row.event is MergeEvent.MERGED
        if together:
            part_of[row.merged_id] = row.participant_id
        else:
            part_of.pop(row.merged_id, None)
        part_of |= dict.fromkeys(row.moved, row.participant_id if together else row.merged_id)
    return part_of


def _alike(name: str, one: str, other: str) -> bool:
    if name == "phone":
        return _number(one) == _number(other)
    return fold(one) == fold(other) if name == "name" else one == other


def _number(text: str) -> str:
    return digits(text) or fold(text)


def _strictest(one: Safety, *others: Safety) -> Safety:
    return Safety(
        **{
            way: min((getattr(each, way) for each in (one, *others)), key=_STRICTEST.index)
            for way in Safety.model_fields
        }
    )


def _as_unsafe_as(mine: ParticipantDetails, pages: tuple[ParticipantDetails, ...]) -> ParticipantDetails:
    """A page on which every number is as unsafe as those pages say it is."""
    told: dict[tuple[ContactKind, str], list[Safety]] = {}
    for page in pages:
        if page.phone:
            told.setdefault((ContactKind.PHONE, _number(page.phone)), []).append(page.phone_safety)
        for contact in page.contacts:
            told.setdefault(_place(contact), []).append(contact.safety)
    contacts = (
        contact.model_copy(update={"safety": _strictest(contact.safety, *told.get(_place(contact), ()))})
        for contact in mine.contacts
    )
    phone = _strictest(mine.phone_safety, *told.get((ContactKind.PHONE, _number(mine.phone)), ()))
    return mine.model_copy(
        update={"contacts": tuple(contacts), "phone_safety": phone if mine.phone else mine.phone_safety}
    )


def _place(contact: Contact) -> tuple[ContactKind, str]:
    value = _number(contact.value) if contact.kind is ContactKind.PHONE else fold(contact.value)
    return contact.kind, value


def _united(
    mine: Iterable[_Entry],
    theirs: Iterable[_Entry],
    key: Callable[[_Entry], Hashable],
    one: Callable[[_Entry, _Entry], _Entry | None],
) -> tuple[_Entry, ...]:
    """The entries of both lists, those of the other list that say nothing else than one of the first joined with it.

    Args:
        mine: The list that comes first; it stays as long as it is.
        theirs: The other one.
        key: What entries that may be the same have in common.
        one: Makes one entry of two; None when they contradict each other, and both stay.
    """
    found = list(mine)
    for entry in theirs:
        for place, known in enumerate(found):
            both = one(known, entry) if key(known) == key(entry) else None
            if both is not None:
                found[place] = both
                break
        else:
            found.append(entry)
    return tuple(found)


def _filled(one: Any, other: Any, names: tuple[str, ...]) -> dict[str, str] | None:
    """Those texts of two entries, each from whichever has it; None when both have it and differ."""
    texts = {}
    for name in names:
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine and theirs and fold(mine) != fold(theirs):
            return None
        texts[name] = mine or theirs
    return texts


def _one_person(one: PersonAround, other: PersonAround) -> PersonAround | None:
    if one.phone and other.phone and _number(one.phone) == _number(other.phone):
        other = other.model_copy(update={"phone": one.phone})
    texts = _filled(one, other, ("relation", "phone", "remark"))
    if texts is None:
        return None
    return one.model_copy(update={**texts, "emergency": one.emergency or other.emergency})


def _one_answer(one: CustomField, other: CustomField) -> CustomField | None:
    texts = _filled(one, other, ("value",))
    return None if texts is None else one.model_copy(update=texts)


def _one_id(one: OtherId, other: OtherId) -> OtherId | None:
    texts = _filled(one, other, ("label",))
    return None if texts is None else one.model_copy(update=texts)


def _one_contact(one: Contact, other: Contact) -> Contact | None:
    texts = _filled(one, other, ("label", "remark"))
    if texts is None:
        return None
    # A number that gives way may be told as unsafe while an entry of its own page calls it safe.
    return one.model_copy(update={**texts, "safety": _strictest(one.safety, other.safety)})


def _aliases(kept: ParticipantDetails, other: ParticipantDetails, name: str, lost: str) -> tuple[str, ...]:
    theirs = (*((lost,) if fold(lost) != fold(name) else ()), *other.aliases)
    united = _united(kept.aliases, theirs, fold, lambda one, _: one)
    return tuple(alias for alias in united if alias in kept.aliases or fold(alias) != fold(name))


def _other_ids(kept: ParticipantDetails, other: ParticipantDetails, stands: str, lost: str) -> tuple[OtherId, ...]:
    numbers = (*((OtherId(value=lost),) if lost else ()), *other.other_ids)
    new = tuple(each for each in numbers if each.label or fold(each.value) != fold(stands))
    return _united(kept.other_ids, new, lambda one: fold(one.value), _one_id)


def _contacts(
    kept: ParticipantDetails, other: ParticipantDetails, phone: str, loser: ParticipantDetails
) -> tuple[Contact, ...]:
    numbers = (*((Contact(value=loser.phone, safety=loser.phone_safety),) if loser.phone else ()), *other.contacts)
    standing = (ContactKind.PHONE, _number(phone))
    new = tuple(each for each in numbers if each.label or each.remark or _place(each) != standing)
    return _united(kept.contacts, new, _place, _one_contact)
