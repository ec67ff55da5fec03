"""How things went over the months: what was agreed and kept, how things were, what concerned, how often two met.

An action item counts in the month in which it was agreed, with what has become of it by now: so a month says how many
of its agreements were kept, whenever that was. "Kept" is done; partly done is told apart. What was changed into
something else or dropped was let go. A month in which nothing was is a gap, never a value between its neighbours.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from enum import StrEnum

from pydantic import Field

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.base import Model
from peernote_tui.domain.counting import CountedAction, CountedContact
from peernote_tui.domain.dates.days import add_months
from peernote_tui.domain.note import NoteKind
from peernote_tui.domain.owner import Owner

RECENT_MONTHS = 3
"""The running month and those before it that count as lately."""


class Agreed(Model):
    """What has become of the action items of one side that were agreed in one month."""

    kept: int = 0
    partly: int = 0
    open: int = 0
    """Open or not yet."""
    let_go: int = 0
    """Changed into something else, or dropped."""

    @property
    def agreed(self) -> int:
        """All of them."""
        return self.kept + self.partly + self.open + self.let_go


class Met(Model):
    """Contacts of one month."""

    contacts: int = 0
    """Without no-shows."""
    no_shows: int = 0
    by_mode: dict[str, int] = Field(default_factory=dict)
    """Contacts by how they were; `not_said` where that is not known."""
    by_kind: dict[str, int] = Field(default_factory=dict)
    ratings: tuple[int, ...] = ()
    """How things were, 0 to 10, in the order of the contacts."""

    @property
    def middle(self) -> int | None:
        """The middle one of the ratings, the lower of two; a number that was really said. None for none."""
        return sorted(self.ratings)[(len(self.ratings) - 1) // 2] if self.ratings else None


class Standing(StrEnum):
    """What became of a concern."""

    CAME = "came"
    """Told lately, and never before."""
    STAYED = "stayed"
    """Told lately, and before."""
    WENT = "went"
    """Told before, and not lately."""


class Concern(Model):
    """A concern, and in how many notes of each month it was told."""

    tag: str
    months: dict[date, int]
    """By the first day of the month."""
    standing: Standing

    @property
    def notes(self) -> int:
        """In how many notes it was told."""
        return sum(self.months.values())


class Progress(Model):
    """The months of one participant, each by its first day; a month that is missing is a gap."""

    first: date
    """The first month of which anything is known; the running one where nothing is."""
    last: date
    """The running month, or a later one for which there is something already."""
    actions: dict[Owner, dict[date, Agreed]] = Field(default_factory=dict)
    """Sides without any action item are missing."""
    met: dict[date, Met] = Field(default_factory=dict)
    concerns: tuple[Concern, ...] = ()
    """Those that came first, then those that stayed, then those that went; in each the most told first."""
    rated: tuple[tuple[date | None, int | None], ...] = ()
    """The day of each contact and how things were, oldest first."""

    def months(self, count: int, *, until: date | None = None) -> tuple[date, ...]:
        """So many months up to one, oldest first, but none from before the first.

        Args:
            count: How many at most.
            until: The first day of the last of them; the last there is when None.
        """
        end = until or self.last
        shown = (add_months(end, back) for back in range(1 - count, 1))
        return tuple(month for month in shown if month >= self.first) or (end,)


def progress_of(contacts: Iterable[CountedContact], actions: Iterable[CountedAction], today: date) -> Progress:
    """Put the months of one participant together.

    Args:
        contacts: In any order.
        actions: As they are now, in any order.
        today: The local day.
    """
    in_order = sorted(contacts, key=lambda one: (one.day, one.start or ""))
    agreed: dict[Owner, dict[date, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for action in actions:
        agreed[Owner(action.owner)][_month(action.agreed_on or action.created_at)][_became(action.status)] += 1
    met = {month: _met(found) for month, found in _by_month(in_order).items()}
    seen = {*met, *(month for months in agreed.values() for month in months), today.replace(day=1)}
    return Progress(
        first=min(seen),
        last=max(seen),
        actions={
            owner: {month: Agreed(**counts) for month, counts in sorted(agreed[owner].items())}
            for owner in Owner
            if owner in agreed
        },
        met=met,
        concerns=_concerns(in_order, today),
        rated=tuple((date.fromisoformat(one.day), one.rating) for one in in_order if one.kind != NoteKind.NO_SHOW),
    )


def _became(status: str) -> str:
    if status == ActionStatus.DONE:
        return "kept"
    if status == ActionStatus.PARTLY:
        return "partly"
    return "open" if ActionStatus(status).is_open else "let_go"


def _by_month(contacts: Iterable[CountedContact]) -> Mapping[date, list[CountedContact]]:
    found: dict[date, list[CountedContact]] = defaultdict(list)
    for one in contacts:
        found[_month(one.day)].append(one)
    return found


def _met(contacts: Iterable[CountedContact]) -> Met:
    came = [one for one in contacts if one.kind != NoteKind.NO_SHOW]
    return Met(
        contacts=len(came),
        no_shows=sum(one.kind == NoteKind.NO_SHOW for one in contacts),
        by_mode=dict(Counter(one.mode or "not_said" for one in came)),
        by_kind=dict(Counter(one.kind for one in came)),
        ratings=tuple(one.rating for one in came if one.rating is not None),
    )


def _concerns(contacts: Iterable[CountedContact], today: date) -> tuple[Concern, ...]:
    lately = add_months(today.replace(day=1), 1 - RECENT_MONTHS)
    told: dict[str, Counter[date]] = defaultdict(Counter)
    spelt: dict[str, str] = {}
    for one in contacts:
        for key, tag in {tag.casefold(): tag for tag in one.tags}.items():
            told[key][_month(one.day)] += 1
            spelt[key] = tag
    found = [
        Concern(tag=spelt[key], months=dict(sorted(months.items())), standing=_standing(months, lately))
        for key, months in told.items()
    ]
    order = list(Standing)
    return tuple(sorted(found, key=lambda each: (order.index(each.standing), -each.notes, each.tag.casefold())))


def _standing(months: Collection[date], lately: date) -> Standing:
    recent, before = (any(lately <= month for month in months), any(month < lately for month in months))
    if not recent:
        return Standing.WENT
    return Standing.STAYED if before else Standing.CAME


def _month(text: str) -> date:
    return date(int(text[:4]), int(text[5:7]), 1)
