"""Which action items a list shows: whose, due when, about what, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Annotated, TypeAlias

from pydantic import Field

from peernote_tui.domain.action_item import OPEN_STATUSES, ActionStatus, DueGroup, days_of
from peernote_tui.domain.base import LONGEST_QUERY, Model, Name, OptionalId, Tag, clean_text
from peernote_tui.domain.names import fold
from peernote_tui.domain.owner import Owner

WordTest: TypeAlias = Callable[[str, str, str, Sequence[str]], bool]
MINE = (Owner.ME, Owner.BOTH)
"""What the peer supporter took on, alone or together."""
THEIRS = (Owner.PARTICIPANT, Owner.BOTH)
"""What the participant took on, alone or together."""


class ActionFilter(Model):
    """What must hold for an action item to be listed; what says nothing holds for all."""

    closed: bool = False
    """Closed ones, the last closed first, instead of open ones, the soonest due first."""
    participant_id: OptionalId | None = None
    owners: tuple[Owner, ...] = ()
    """Taken on by one of these."""
    owner_name: Name = ""
    """Taken on by somebody else in whose name each of these words stands."""
    due_from: date | None = None
    due_until: date | None = None
    """Due on or before this day; what has no day is never due."""
    due_within: Annotated[int, Field(ge=-9999, le=9999)] | None = None
    """Due at most so many days from today; -1 is what is overdue. A saved list means another day tomorrow."""
    window: DueGroup | None = None
    """Due as under this heading, which means other days tomorrow."""
    dated: bool | None = None
    """With a due day, or without."""
    statuses: tuple[ActionStatus, ...] = ()
    """One of these; see `with_statuses`."""
    recurring: bool | None = None
    referral: bool = False
    """Only referrals."""
    tag: Tag = ""
    text: Annotated[str, Field(max_length=LONGEST_QUERY)] = ""
    """Each of these words stands in the action, its tags, the participant's name or the owner's."""

    @property
    def looks_into_words(self) -> bool:
        """Whether words must be read to tell what is listed, which no index does."""
        return bool(self.tag or self.owner_name or clean_text(self.text).strip())

    def since(self, today: date) -> date | None:
        """The first due day that is listed; None for any."""
        begins = days_of(self.window, today)[0]
        return max((day for day in (self.due_from, begins) if day is not None), default=None)

    def until(self, today: date) -> date | None:
        """The last due day that is listed; None for any."""
        within = None if self.due_within is None else today + timedelta(days=self.due_within)
        ends = days_of(self.window, today)[1]
        return min((day for day in (self.due_until, within, ends) if day is not None), default=None)

    @property
    def has_day(self) -> bool | None:
        """Whether only what has a due day is listed, or only what has none; None for both."""
        return False if self.window is DueGroup.NO_DATE else self.dated

    def with_statuses(self, statuses: Iterable[ActionStatus]) -> ActionFilter:
        """The same with other statuses; closed ones ask for the closed items."""
        wanted = tuple(dict.fromkeys(statuses))
        closed = any(status not in OPEN_STATUSES for status in wanted) if wanted else self.closed
        return self.model_copy(update={"statuses": wanted, "closed": closed})

    def word_test(self) -> WordTest:
        """What tells of an action item's text, participant, owner's name and tags whether they hold what is looked for.

        Accents and case do not matter. Made once for a whole list.
        """
        tag, owner, words = fold(self.tag.removeprefix("#")), fold(self.owner_name).split(), fold(self.text).split()

        def fits(text: str, participant: str, owner_name: str, tags: Sequence[str]) -> bool:
            if tag and tag not in map(fold, tags):
                return False
            if owner and not _all_in(owner, fold(owner_name)):
                return False
            if not words:
                return True
            told = f"{text} {participant} {owner_name}"
            return _all_in(words, fold(f"{told} #{' #'.join(tags)}" if tags else told))

        return fits


def _all_in(words: Iterable[str], text: str) -> bool:
    # Asked of thousands of rows with every key.
    for word in words:  # noqa: SIM110
        if word not in text:
            return False
    return True
