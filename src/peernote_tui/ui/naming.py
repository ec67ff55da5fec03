"""How participants are named on screens: as much of the name as may be seen, and what tells two of one name apart.

Every name of a participant that a screen shows comes from here, so that one choice holds everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from textual._context import active_app

from peernote_tui.domain.names import (
    Called,
    NameTier,
    short_name,
    shown_first_name,
    shown_name,
    telling_number,
    ways_apart,
)
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.safe import Cell, column_widths
from peernote_tui.ui.widgets.peer_list import Row

_DOT = " · "


def tier() -> NameTier:
    """How much of a name may be seen in the app that is running here."""
    return getattr(active_app.get(None), "name_tier", NameTier.FULL)


def name(person: Called, cells: int | None = None) -> str:
    """A participant's name; where the whole of it needs more than `cells`, first name and initial."""
    shown = shown_name(person, tier())
    if cells is None or safe.width(safe.clean(shown)) <= cells:
        return shown
    return short_name(person.name) if tier() is NameTier.FULL else _without_front(shown, cells)


def in_short(person: Called) -> str:
    """A participant's name where words stand around it: first name and initial at most."""
    return shown_name(person, NameTier.SHORT if tier() is NameTier.FULL else tier())


def by_number(person: Called) -> str:
    """A participant in a sentence, told from others of the name: "Maria S. M-0042"."""
    return f"{in_short(person)} {number(person)}".strip()


def first(person: Called) -> str:
    """A participant by first name, or initials; empty where neither may be seen."""
    return shown_first_name(person, tier())


def as_owner(person: Called) -> str:
    """Who takes an action on, when it is the participant: first name, initials, or "them"."""
    return first(person) or sentences.THEM


def number(person: Called) -> str:
    """The one thing that is no other participant's; empty where it stands in the name's place, or nobody is alike."""
    return telling_number(person, tier())


def apart(person: Called, cells: int | None = None) -> str:
    """What tells a participant from others of the name: pronouns · ID · birth year, or what of it fits `cells`.

    The ID outlasts the rest, and its end outlasts its beginning.
    """
    ways = [_DOT.join(way) for way in ways_apart(person, tier())]
    if not ways:
        return ""
    if cells is None:
        return ways[0]
    return next((way for way in ways if safe.width(safe.clean(way)) <= cells), _without_front(ways[-1], cells))


def both(person: Called, cells: int) -> str:
    """Name and what tells apart within one cell: "Maria S. M-0042"; the name gives way."""
    ways = ways_apart(person, tier())
    told = ways[-1][0] if ways else ""
    room = cells - safe.width(safe.clean(told)) - 1
    if not told:
        return name(person, cells)
    fitting = name(person, room) if room > 0 else ""
    if safe.width(safe.clean(fitting)) > room:
        fitting = safe.shorten(fitting, max(room, cells // 3))
    return f"{fitting} {_without_front(told, cells - safe.width(fitting) - 1)}".strip()


@dataclass(frozen=True)
class NamedRow(Row):
    """A line about a participant, with columns of its own; name and what tells apart are fitted into them.

    Attributes:
        person: Whom it is about; None leaves the cells as they are.
        name_at: The column of the name.
        apart_at: The column of what tells apart; the name's own when the same.
        name_style: Style of the name.
    """

    person: Called | None = None
    name_at: int = 0
    apart_at: int = 1
    name_style: str = "bold"

    def fitted(self, room: int) -> NamedRow:
        """Put into a line of `room` cells what fits of the person."""
        if self.person is None:
            return self
        widths = column_widths(self.columns, room)
        shown = [*self.cells]
        if self.apart_at == self.name_at:
            shown[self.name_at] = Cell(both(self.person, widths[self.name_at]), self.name_style)
        else:
            shown[self.name_at] = Cell(name(self.person, widths[self.name_at]), self.name_style)
            shown[self.apart_at] = Cell(apart(self.person, widths[self.apart_at]), "$muted")
        return replace(self, cells=tuple(shown))

    @property
    def fits_by(self) -> NameTier:
        """How much of names is shown."""
        return tier()


def _without_front(text: str, cells: int) -> str:
    """The end of a text; numbers differ there."""
    text = safe.clean(text)
    if safe.width(text) <= cells:
        return text
    while text and safe.width(text) > cells - 1:
        text = text[1:]
    return f"{safe.ELLIPSIS}{text}"
