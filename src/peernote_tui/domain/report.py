"""What a report over a period says: counts, hours and units, and no names."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from peernote_tui.domain.base import Model
from peernote_tui.domain.hiding import Hidden, Sum, hide
from peernote_tui.domain.note import Mode, NoteKind
from peernote_tui.domain.period import Period
from peernote_tui.domain.unit_rounding import UnitRounding

MODES = (*(mode.value for mode in Mode), "not_said")
KINDS = tuple(kind.value for kind in NoteKind if kind is not NoteKind.NO_SHOW)
CONTACT_COUNTS = ("contacts", *(f"mode.{mode}" for mode in MODES), *(f"kind.{kind}" for kind in KINDS))
"""The counts that have hours and units beside them."""
COUNTS = (
    *CONTACT_COUNTS,
    "people",
    "no_shows",
    "notes",
    "on_time",
    "late",
    "untimed",
    "drafts",
    "open_actions",
    "overdue_actions",
    "actions_in_time",
)
"""Every count of a report, by name. `notes` are contacts and no-shows; `untimed` contacts whose length is not known;
`drafts` notes of the period that are not signed and stand in no other count; `actions_in_time` open and not overdue."""
SUMS = (
    Sum(total="contacts", parts=tuple(f"mode.{mode}" for mode in MODES)),
    Sum(total="contacts", parts=tuple(f"kind.{kind}" for kind in KINDS)),
    Sum(total="notes", parts=("contacts", "no_shows")),
    Sum(total="notes", parts=("on_time", "late")),
    Sum(total="open_actions", parts=("overdue_actions", "actions_in_time")),
)


class PeriodReport(Model):
    """A report over a period.

    A contact is a signed note that is no no-show; a group session counts once for each who came.
    """

    period: Period
    made_on: date
    """The local day it was counted on."""
    actions_on: date
    """The day at whose end action items are told of: the last of the period, or the day it was counted on."""
    counts: dict[str, int]
    """By the names of `COUNTS`."""
    minutes: dict[str, int]
    """Lengths of contacts on the wall clock, by the names of `CONTACT_COUNTS`."""
    units: dict[str, int]
    """Units of 15 minutes, by the same names; none where no rule pack in force counts any."""
    roundings: tuple[UnitRounding, ...]
    """How the rule packs that the contacts fall under count units."""
    for_sharing: bool = False
    hidden: dict[str, Hidden] = Field(default_factory=dict)
    """Which counts are not shown, and why; with a contact count its hours and units."""

    def count(self, name: str) -> int | None:
        """A count; None where it is hidden."""
        return None if name in self.hidden else self.counts[name]

    def share_on_time(self) -> int | None:
        """Notes signed within their time, in a hundred; None where that is hidden, or there are no notes."""
        on_time, notes = self.count("on_time"), self.count("notes")
        # Rounded down, so that 100 is said only of all.
        return on_time * 100 // notes if on_time is not None and notes else None

    def shared(self) -> PeriodReport:
        """As it may leave the agency: counts of one to four hidden, and those that would give them back."""
        return self.model_copy(update={"for_sharing": True, "hidden": hide(self.counts, SUMS)})
