"""One row that two vaults have changed since they had it alike: what stands when both know of it.

Pure rules, the same whichever side asks, so that two laptops that take in each other's copies come to say the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from peernote_tui.domain.action_item import ActionEvent, ActionItem, ActionStatus
from peernote_tui.domain.base import Model
from peernote_tui.domain.follow_up import FollowUp
from peernote_tui.domain.participant import Participant

_CHANGEABLE = ("text", "owner", "owner_name", "due", "tags", "confidence", "repeats", "referral", "unlisted")
_ALWAYS_HERE = ("participant_id", "note_id", "born_from")
"""What no change touches but the rows here themselves."""
_STATUS = "status"
_BORN, _UNLISTED, _REASON = "born_from", "unlisted", "reason"

_When = tuple[datetime, str]


class ActionHistory(Model):
    """An action item with its changes, the oldest first."""

    item: ActionItem
    events: tuple[ActionEvent, ...] = ()


class Fate(StrEnum):
    """What becomes of a row of a file."""

    NEW = "new"
    CHANGED = "changed"
    """It is here, and takes the later word of the file."""
    THERE = "there"
    """It is here as it is in the file, or as the file has it from before."""
    STAYS = "stays"
    """It is here and differs, and stays as it is."""
    OUT = "out"
    """It is not here, and stays out."""


def same_event(one: ActionEvent, other: ActionEvent) -> bool:
    """Whether two changes under one id are the same; the note that tells of it may be known to one side alone."""
    if not (one.note_id and other.note_id):
        one, other = (each.model_copy(update={"note_id": None}) for each in (one, other))
    return one == other


def united(here: ActionHistory, theirs: ActionHistory) -> ActionItem:
    """An action item as it stands with the changes of both sides.

    Of each thing that can be said of it the later word stands: what it is, who and by when each for itself, and what
    became of it together with the words about that. A side that changed nothing since has nothing to say. The next one
    of a series that one side took back, because nothing was done with it, stays as it is on the other where something
    was.
    """
    ids_here, ids_there = ({event.id for event in side.events} for side in (here, theirs))
    if not ids_there - ids_here:
        return here.item
    changed = max(here.item.changed_at, theirs.item.changed_at)
    touched_here, touched_there = _touched(here, ids_there), _touched(theirs, ids_here)
    if theirs.item.unlisted and not here.item.unlisted and touched_here:
        return here.item.model_copy(update={"changed_at": changed})
    if here.item.unlisted and not theirs.item.unlisted and touched_there:
        own = {name: getattr(here.item, name) for name in _ALWAYS_HERE}
        return theirs.item.model_copy(update={**own, "changed_at": changed})
    update: dict[str, Any] = {}
    for name in (_STATUS, *_CHANGEABLE):
        later = touched_there.get(name)
        if later is not None and (name not in touched_here or later > touched_here[name]):
            for each in (name, "words") if name == _STATUS else (name,):
                update[each] = getattr(theirs.item, each)
    return here.item.model_copy(update={**update, "changed_at": changed})


def is_as_born(action: ActionItem, events: Iterable[ActionEvent]) -> bool:
    """Whether nothing was done with an item since it was born, or all of that was taken back."""
    if action.status is not ActionStatus.OPEN or action.words:
        return False
    since: list[ActionEvent] = []
    for event in events:
        since = [] if _BORN in event.change or _UNLISTED in event.change else [*since, event]
    if any(event.note_id for event in since):
        return False
    was: dict[str, Any] = {}
    for event in since:
        for name, told in event.change.items():
            if name != _REASON and isinstance(told, list) and told:
                was.setdefault(name, told[0])
    now = action.model_dump(mode="json")
    return all(now.get(name) == value for name, value in was.items())


def united_meeting(here: FollowUp, theirs: FollowUp, *, untouched: bool) -> tuple[FollowUp, Fate]:
    """A planned contact that is in both vaults, and what becomes of it here.

    One that a note tells of is over, whatever else was said. Otherwise what was done with it here stays, for a file
    does not say when it was moved or cancelled; where nothing was done with it here, the file has the later word.

    Args:
        here: As it is here.
        theirs: As the file has it; the note that tells of it is here, or comes with it.
        untouched: Whether nothing was done with it here since it was made or taken in.
    """
    theirs = theirs.model_copy(update={name: getattr(here, name) for name in ("participant_id", "note_id")})
    if theirs == here:
        return here, Fate.THERE
    if here.closed_by_note_id is not None:
        return here, Fate.THERE if theirs.open else Fate.STAYS
    if theirs.closed_by_note_id is not None or untouched:
        return theirs, Fate.CHANGED
    return here, Fate.STAYS


def page_fate(here: Participant, theirs: Participant, *, changed_here: bool) -> Fate:
    """What becomes of a page that is in both vaults.

    The page that stands here stays. Only one that nobody changed here since it was added or taken in gives way, to one
    that was changed later elsewhere or that only fills what is empty here.

    Args:
        here: As it is here.
        theirs: As the file has it, with what only this vault says of the record already as it is here.
        changed_here: Whether its last change was made here.
    """
    names = differing(here, theirs)
    if not names:
        return Fate.THERE
    fills = all(getattr(here, name) == Participant.model_fields[name].default for name in names)
    later = theirs.changed_at > here.changed_at
    return Fate.CHANGED if not changed_here and (later or fills) else Fate.STAYS


def differing(here: Participant, theirs: Participant) -> tuple[str, ...]:
    """Names of the fields in which two pages differ."""
    beside = {"id", "created_at", "changed_at", "merged_into", "short_id"}
    return tuple(
        name for name in Participant.model_fields if name not in beside and getattr(here, name) != getattr(theirs, name)
    )


def _touched(side: ActionHistory, known: set[str]) -> dict[str, _When]:
    """By what was said of an item, the last change of it that the other side does not know."""
    found: dict[str, _When] = {}
    before: ActionEvent | None = None
    at = datetime.min.replace(tzinfo=UTC)
    for event in side.events:
        # A clock that was set back makes no change older than the one before it.
        at = max(at, event.at)
        if event.id not in known:
            if before is None or (event.status, event.words) != (before.status, before.words):
                found[_STATUS] = (at, event.id)
            for name in event.change.keys() & set(_CHANGEABLE):
                found[name] = (at, event.id)
        before = event
    return found
