"""How action items are listed: the views, the boxes over the list, the groups, and one line per action item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from peernote_tui.domain.action_item import ActionListing, DueGroup, due_group
from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.dates import say_day, say_due
from peernote_tui.domain.owner import Owner
from peernote_tui.ui import sentences
from peernote_tui.ui.briefing import owner_word, status_sign
from peernote_tui.ui.naming import NamedRow
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.widgets.peer_list import Heading, Line, PeerList, Row
from peernote_tui.ui.widgets.text_input import TextInput

COLUMNS = (
    Column(1),  # sign
    Column(14, flex=12),  # what
    Column(7, gone_below=60),  # who takes it on
    Column(15, flex=1),  # participant; "Maria S. M-0042" just fits
    Column(14),  # due; "2 days overdue" just fits
)
PERSON_AT = 3
_HEADING_STYLES = {DueGroup.OVERDUE: "bold $error", DueGroup.TODAY: "bold $primary"}
_DUE_STYLES = {DueGroup.OVERDUE: "$error", DueGroup.TODAY: "$primary"}


@dataclass(frozen=True)
class View:
    """One way to look at the action items.

    Attributes:
        key: Its name in code, also the key of its label and of its sentence when empty.
        owners: Only taken on by one of these; empty for all.
        dated: Only with a due day.
        closed: Closed ones instead of open ones.
    """

    key: str
    owners: tuple[Owner, ...] = ()
    dated: bool = False
    closed: bool = False


VIEWS = (
    View("due", dated=True),
    View("mine", owners=(Owner.ME, Owner.BOTH)),
    View("theirs", owners=(Owner.PARTICIPANT, Owner.BOTH, Owner.OTHER)),
    View("open"),
    View("done", closed=True),
)


_VIEW_BINDINGS = (
    Binding("right", "screen.view(1)", "View", id="actions.next_view", tooltip="The next view: what is shown."),
    Binding("left", "screen.view(-1)", "View before", id="actions.view_before", show=False, tooltip="The view before."),
)


class ActionList(PeerList):
    """The action items; left and right choose the view."""

    BINDINGS: ClassVar[list[BindingType]] = [*_VIEW_BINDINGS]


class FilterBox(TextInput):
    """Words that an action item, its participant or its owner must hold."""

    HELP_TEXT = sentences.FILTER_HELP
    MAY_BE_LOST = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.list", "To the list", id="actions.list", tooltip="Keep the filter."),
        Binding("down", "screen.list", "To the list", show=False, tooltip="Keep the filter."),
    ]


class AddBox(TextInput):
    """A new action item in one line."""

    HELP_TEXT = sentences.ADD_ACTION_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Add it", id="actions.keep", tooltip="Add the action item."),
        Binding(
            "f8",
            "screen.for_another",
            "For another",
            id="actions.for_another",
            tooltip="Choose another participant for this action item.",
        ),
    ]


class ViewLine(Widget):
    """The views in one line, the present one in an amber slab."""

    view: reactive[View] = reactive(VIEWS[0])

    def render(self) -> Content:
        """Draw the names, with the word before them where there is room."""
        word = f"{sentences.SHOW}  " if self.content_size.width >= 52 else ""
        parts: list[tuple[str, str]] = [(word, "$muted")]
        for view in VIEWS:
            name = f" {sentences.ACTION_VIEWS[view.key]} "
            parts += [(name, "bold $on-primary on $primary" if view == self.view else "$muted"), (" ", "")]
        return Content.assemble(*parts)


def lines(view: View, listings: Sequence[ActionListing], total: int, *, today: date, zone: str) -> list[Line]:
    """Lay action items out under headings, as the list shows them.

    Args:
        view: The view they answer to.
        listings: In the order of the service: by due day, or by when they were closed.
        total: How many there are in all; a first line says so when some are left out.
        today: The local day.
        zone: IANA name of the local zone.
    """
    made: list[Line] = []
    if total > len(listings):
        made.append(Heading(sentences.part_of_actions(len(listings), total, closed=view.closed), style="$muted"))
    if view.closed:
        closed = groupby(listings, key=lambda listing: _local(listing, zone).date())
        for day, rows in closed:
            made.append(Heading(sentences.capital(say_day(day, today=today)), style="bold"))
            made += [_row(listing, today=today, zone=zone) for listing in rows]
    else:
        for group, rows in groupby(listings, key=lambda listing: due_group(listing.action.due, today)):
            made.append(Heading(sentences.DUE_GROUPS[group.value], style=_HEADING_STYLES.get(group, "bold")))
            made += [_row(listing, today=today, zone=zone) for listing in rows]
    return made


def only_participant(listings: Iterable[ActionListing]) -> str | None:
    """Id of the participant whom all of them are about, or None."""
    found = {listing.action.participant_id for listing in listings}
    return found.pop() if len(found) == 1 else None


def _row(listing: ActionListing, *, today: date, zone: str) -> Row:
    action = listing.action
    if action.status.is_open:
        due = say_due(action.due, today=today) if action.due else ""
        due_cell = Cell(due, _DUE_STYLES.get(due_group(action.due, today), "$muted"))
    else:
        due_cell = Cell(f"{sentences.STATUS_WORDS[action.status.value]} {_local(listing, zone):%H:%M}", "$muted")
    return NamedRow(
        action.id,
        (
            Cell(*status_sign(action.status, action.due, today)),
            action.text,
            Cell(owner_word(action.owner, action.owner_name, listing.called), "$secondary"),
            "",
            due_cell,
        ),
        columns=COLUMNS,
        person=listing.called,
        name_at=PERSON_AT,
        apart_at=PERSON_AT,
        name_style="",
    )


def _local(listing: ActionListing, zone: str) -> datetime:
    return in_zone(listing.action.changed_at, zone)
