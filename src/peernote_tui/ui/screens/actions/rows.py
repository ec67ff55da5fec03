"""How action items are listed: under headings, one line each and a second one for what found no room."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from textual.content import Content

from peernote_tui.documents.referral_words import STAGE_WORDS
from peernote_tui.domain.action_item import ActionItem, ActionListing, DueGroup, due_group
from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.dates import say_day, say_due
from peernote_tui.domain.recurrence import say_recurrence
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.briefing import owner_word, status_sign
from peernote_tui.ui.naming import NamedRow
from peernote_tui.ui.safe import Cell, Column, column_widths
from peernote_tui.ui.widgets.peer_list import Heading, Line

COLUMNS = (
    Column(1),  # sign
    Column(14, flex=12),  # what
    Column(7, gone_below=60),  # who takes it on
    Column(15, flex=1),  # participant; "Maria S. M-0042" just fits
    Column(14),  # due; "2 days overdue" just fits
)
TEXT_AT, OWNER_AT, PERSON_AT = 1, 2, 3
MARK = "◆"
_LEAST = 12
"""Cells of the rest of a text for which it shares a line with what stands behind it."""
_TRACKER_COLUMNS = (Column(2), *COLUMNS[1:])
_HEADING_STYLES = {DueGroup.OVERDUE: "bold $error", DueGroup.TODAY: "bold $primary"}
_DUE_STYLES = {DueGroup.OVERDUE: "$error", DueGroup.TODAY: "$primary"}
_SCAN = 8
"""Characters looked at per cell when a text is broken: a bound."""


@dataclass(frozen=True)
class ActionRow(NamedRow):
    """A line about an action item; what finds no room in it goes below.

    Attributes:
        text: What is to be done.
        tail: What stands muted behind it: status, tags, recurrence.
        owner: Who takes it on, for where the column has no room.
    """

    text: str = ""
    tail: str = ""
    owner: str = ""

    def fitted(self, room: int) -> ActionRow:
        """Break the text where its column ends; the rest goes below with what stands behind it."""
        made = super().fitted(room)
        widths = column_widths(self.columns, room)
        first, rest = broken(self.text, widths[TEXT_AT])
        tail = " · ".join(part for part in ("" if widths[OWNER_AT] else self.owner, self.tail) if part)
        cells = [*made.cells]
        beside = f"{first}  {self.tail}" if self.tail else first
        if not rest and tail == self.tail and safe.width(beside) <= widths[TEXT_AT]:
            cells[TEXT_AT] = safe.assemble(first, (beside[len(first) :], "$muted"))
            return replace(self, cells=tuple(cells))
        cells[TEXT_AT] = first
        left = room - 6 - safe.width(tail)
        # The end of a very long text gives way; its tags and how it recurs do not.
        if rest and tail and left < _LEAST:
            below = safe.assemble("  ", safe.shorten(rest, room - 4), "\n  ", (tail, "$muted"))
        else:
            below = safe.assemble("  ", safe.shorten(rest, left), "  " if rest and tail else "", (tail, "$muted"))
        return replace(self, cells=tuple(cells), below=below if rest or tail else "")


def broken(text: str, cells: int) -> tuple[str, str]:
    """A text's first line of at most `cells` cells, broken between words, and all the rest."""
    text = safe.clean(text)
    if safe.width(text) <= cells or cells <= 0:
        return text, ""
    line = safe.content(text[: cells * _SCAN]).wrap(cells)[0].plain.rstrip()
    return line, text[len(line) :].strip()


def lines(
    listings: Sequence[ActionListing],
    total: int,
    *,
    lately: Sequence[ActionListing] = (),
    closed: bool = False,
    marked: Collection[str] = (),
    today: date,
    zone: str,
) -> list[Line]:
    """Lay action items out under headings, as the list shows them.

    Args:
        listings: In the order of the service: by due day, or by when they were closed.
        total: How many there are in all; a first line says so when some are left out.
        lately: Closed in the last days, the last one first; they stand at the end of open ones.
        closed: Whether `listings` are closed ones.
        marked: Ids of those that are marked.
        today: The local day.
        zone: IANA name of the local zone.
    """
    made: list[Line] = []
    if total > len(listings):
        part = sentences.part_of_closed if closed else sentences.part_of_open
        made.append(Heading(part(len(listings), total), style="$muted"))

    def rows(some: Iterable[ActionListing], *, dated: bool = False) -> list[ActionRow]:
        return [_row(each, marked=each.action.id in marked, today=today, zone=zone, dated=dated) for each in some]

    if closed:
        for day, some in groupby(listings, key=lambda listing: closed_at(listing, zone).date()):
            made.append(Heading(sentences.capital(say_day(day, today=today)), style="bold"))
            made += rows(some)
    else:
        for group, some in groupby(listings, key=lambda listing: due_group(listing.action.due, today)):
            made.append(Heading(sentences.DUE_GROUPS[group.value], style=_HEADING_STYLES.get(group, "bold")))
            made += rows(some)
        if lately:
            made.append(Heading(sentences.CLOSED_LATELY, style="bold $success"))
            made += rows(lately, dated=True)
    return made


def closed_at(listing: ActionListing, zone: str) -> datetime:
    """When it was last changed, by the clock on the wall."""
    return in_zone(listing.action.changed_at, zone)


def only_participant(listings: Iterable[ActionListing]) -> str | None:
    """Id of the participant whom all of them are about, or None."""
    found = {listing.action.participant_id for listing in listings}
    return found.pop() if len(found) == 1 else None


def tail_of(action: ActionItem) -> str:
    """What stands behind the words: how far it is, tags, how it recurs."""
    parts = [
        sentences.STATUS_TAILS.get(action.status.value, ""),
        sentences.referral_stands(STAGE_WORDS[action.referral.stage]) if action.referral else "",
        marks_of(action),
    ]
    return " · ".join(safe.clean(part) for part in parts if part)


def marks_of(action: ActionItem) -> str:
    """Tags, and how it recurs."""
    again = f"{sentences.AGAIN_SIGN} {say_recurrence(action.repeats)}" if action.repeats else ""
    return " · ".join(filter(None, (" ".join(f"#{tag}" for tag in action.tags), again)))


def _row(listing: ActionListing, *, marked: bool, today: date, zone: str, dated: bool) -> ActionRow:
    action = listing.action
    sign, style = status_sign(action.status, action.due, today)
    owner = owner_word(action.owner, action.owner_name, listing.called)
    return ActionRow(
        action.id,
        (
            Content.assemble((MARK, "bold $primary") if marked else " ", (sign, style)),
            "",
            Cell(owner, "$secondary"),
            "",
            _when(listing, today=today, zone=zone, dated=dated),
        ),
        columns=_TRACKER_COLUMNS,
        person=listing.called,
        name_at=PERSON_AT,
        apart_at=PERSON_AT,
        name_style="",
        text=action.text,
        tail=tail_of(action),
        owner=owner,
    )


def _when(listing: ActionListing, *, today: date, zone: str, dated: bool) -> Cell:
    action = listing.action
    if action.status.is_open:
        due = say_due(action.due, today=today) if action.due else ""
        return Cell(due, _DUE_STYLES.get(due_group(action.due, today), "$muted"))
    at = closed_at(listing, zone)
    when = say_day(at.date(), today=today) if dated and at.date() != today else f"{at:%H:%M}"
    return Cell(f"{sentences.STATUS_WORDS[action.status.value]} {when}", "$muted")
