"""Action items, planned contacts and disclosures out of a record, against what is here. Nothing is written."""

from __future__ import annotations

from collections.abc import Sequence

from peernote_tui.documents.record_json import RecordAction
from peernote_tui.domain.action_item import ActionEvent, ActionItem
from peernote_tui.domain.dates import say_day
from peernote_tui.domain.follow_up import FollowUp
from peernote_tui.domain.row_order import places_needed
from peernote_tui.domain.uniting import ActionHistory, Fate, is_as_born, same_event, united, united_meeting
from peernote_tui.services.record_plans import Part, short
from peernote_tui.services.weighing_records import OTHER_HERE, Sight

_HERE_DIFFERS = "Action {} says something else here, and nothing tells what is newer; it stays as it is here."
_ONE_NEXT = "Action {} stays out: the next one of its series is here already, and nothing was done with that one yet."
_TWO_NEXT = "Action {} comes in by itself: its series has another next one here."
_TAKEN_BACK = "Action {} is taken off the list: the file has the next one of its series, with which something was done."
_MEETING_STAYS = "The meeting of {} says something else here, and stays as it is here."
_MEETING_OUT = "The meeting of {} stays out: the note that tells of it is neither here nor in the file."


def weigh_actions(sight: Sight) -> None:
    """Action items and what became of them."""
    decided, work = sight.decided, sight.work
    actions = [_settled(sight, action) for action in sight.record.actions]
    ids = [event.id for action in actions for event in action.events]
    owners = work.taken_records.owners("action_events", ids, of="action_id")
    new: list[ActionItem] = []
    for action in actions:
        if any(owners.get(event.id, action.item.id) != action.item.id for event in action.events):
            decided.refused.append(OTHER_HERE.format(f"A change of action {short(action.item.id)}"))
            continue
        item = work.action_items.get(action.item.id)
        if item is not None:
            _weigh_known(sight, ActionHistory(item=item, events=work.action_items.events(item.id)), action)
        elif (taken := _as_next(sight, action)) is None:
            decided.count(Part.ACTIONS, Fate.OUT)
        else:
            decided.count(Part.ACTIONS, Fate.NEW)
            new.append(taken)
            decided.events += action.events
            decided.counted[Part.CHANGES, Fate.NEW] += len(action.events)
    decided.actions += _parents_first(sight, new)


def weigh_follow_ups(sight: Sight) -> None:
    """Planned contacts."""
    decided, work = sight.decided, sight.work
    here = {row.id: row for each in sorted(sight.family) for row in work.follow_ups.all_of(each)}
    # A note plans one contact; where it was imported alone, that contact has an id of its own here.
    planned = {row.note_id: row for row in here.values() if row.note_id}
    untouched = {each for whose in sight.family for each in work.taken_records.untouched_follow_ups(whose)}
    for row in sight.record.follow_ups:
        theirs = row if row.note_id in sight.notes else row.model_copy(update={"note_id": None})
        lost = theirs.closed_by_note_id is not None and theirs.closed_by_note_id not in sight.notes
        known = here.get(row.id) or planned.get(theirs.note_id or "")
        if known is None:
            fate = Fate.OUT if lost else Fate.NEW
            if not lost:
                decided.follow_ups.append(theirs)
        elif lost:
            fate = Fate.STAYS
        else:
            same = theirs.model_copy(update={"id": known.id, "created_at": known.created_at})
            after, fate = united_meeting(known, same, untouched=known.id in untouched)
            if fate is Fate.CHANGED:
                decided.changed_follow_ups.append((known, after))
        _tell_meeting(sight, row, fate)


def weigh_disclosures(sight: Sight) -> None:
    """What was handed out before, also what was taken back."""
    decided, work = sight.decided, sight.work
    for row in sight.record.disclosures:
        known = work.disclosures.get(row.id)
        if known is None:
            decided.count(Part.DISCLOSURES, Fate.NEW)
            decided.disclosures.append(row)
        elif known == row:
            decided.count(Part.DISCLOSURES, Fate.THERE)
        else:
            decided.refused.append(OTHER_HERE.format(f"Disclosure {short(row.id)}"))
    here = work.disclosures.of_participant(sight.whose[0])
    decided.placed |= places_needed(here, sight.record.disclosures, lambda row: row.at)


def _settled(sight: Sight, action: RecordAction) -> ActionHistory:
    """An action item of the file, naming only notes that are here or come with it."""

    def known(note_id: str | None) -> dict[str, str | None]:
        return {"note_id": note_id if note_id in sight.notes else None}

    events = tuple(event.model_copy(update=known(event.note_id)) for event in action.events)
    return ActionHistory(item=action.item.model_copy(update=known(action.item.note_id)), events=events)


def _weigh_known(sight: Sight, here: ActionHistory, theirs: ActionHistory) -> None:
    decided = sight.decided
    known = {event.id: event for event in here.events}
    fresh = [event for event in theirs.events if event.id not in known]
    if any(not same_event(known[event.id], event) for event in theirs.events if event.id in known):
        decided.refused.append(OTHER_HERE.format(f"A change of action {short(here.item.id)}"))
        return
    after = united(here, theirs)
    if after != here.item:
        decided.count(Part.ACTIONS, Fate.CHANGED)
        decided.changed_actions.append(after)
    elif not fresh and len(known) == len(theirs.events) and not _says_the_same(here.item, theirs.item):
        decided.count(Part.ACTIONS, Fate.STAYS)
        decided.told.append(_HERE_DIFFERS.format(short(here.item.id)))
    else:
        decided.count(Part.ACTIONS, Fate.THERE)
    decided.events += fresh
    decided.counted[Part.CHANGES, Fate.NEW] += len(fresh)
    decided.counted[Part.CHANGES, Fate.THERE] += len(theirs.events) - len(fresh)
    decided.placed |= places_needed(here.events, theirs.events, lambda event: event.at)


def _says_the_same(here: ActionItem, theirs: ActionItem) -> bool:
    own = {name: getattr(here, name) for name in ("participant_id", "note_id", "born_from")}
    return theirs.model_copy(update=own) == here


def _as_next(sight: Sight, theirs: ActionHistory) -> ActionItem | None:
    """A new action item as it comes in, so that no series gets two next ones; None when it stays out."""
    item, decided, work = theirs.item, sight.decided, sight.work
    here = work.action_items.born_from(item.born_from) if item.born_from else None
    if here is None:
        return item
    name = short(item.id)
    if item.unlisted:
        # It was taken back there, too.
        return None
    if not is_as_born(item, theirs.events):
        if not here.unlisted and not is_as_born(here, work.action_items.events(here.id)):
            decided.told.append(_TWO_NEXT.format(name))
            return item.model_copy(update={"born_from": None})
        if not here.unlisted:
            decided.told.append(_TAKEN_BACK.format(short(here.id)))
        decided.taken_back.append(here)
        return item
    decided.told.append(_ONE_NEXT.format(name))
    return None


def _parents_first(sight: Sight, items: Sequence[ActionItem]) -> list[ActionItem]:
    """New action items in an order in which each comes after the one it was born from, and is its only next one."""
    by_id = {item.id: item for item in items}
    next_ones: dict[str, list[ActionItem]] = {}
    for item in items:
        next_ones.setdefault(item.born_from or "", []).append(item)
    line = [item for item in items if item.born_from not in by_id]
    for item in line:
        line += next_ones.get(item.id, ())
    # What is born in a circle was never born.
    came = {item.id for item in line}
    line += [item for item in items if item.id not in came]
    found: dict[str, ActionItem] = {}
    borne: set[str] = set()
    for item in line:
        parent = item.born_from
        known = parent in found or (parent is not None and sight.work.action_items.get(parent) is not None)
        alone = parent is None or parent in borne or not known
        found[item.id] = item.model_copy(update={"born_from": None}) if alone else item
        borne |= {parent} if parent is not None else set()
    return list(found.values())


def _tell_meeting(sight: Sight, row: FollowUp, fate: Fate) -> None:
    sight.decided.count(Part.FOLLOW_UPS, fate)
    sentence = {Fate.STAYS: _MEETING_STAYS, Fate.OUT: _MEETING_OUT}.get(fate)
    if sentence is not None:
        sight.decided.told.append(sentence.format(say_day(row.day, today=sight.workspace.today)))


def first_of_each(events: Sequence[ActionEvent], items: Sequence[ActionItem]) -> frozenset[str]:
    """Ids of the changes with which new action items begin."""
    new = {item.id for item in items}
    first: dict[str, str] = {}
    for event in events:
        if event.action_id in new:
            first.setdefault(event.action_id, event.id)
    return frozenset(first.values())
