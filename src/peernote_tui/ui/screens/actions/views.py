"""The views of the tracker: those that are always there, those that were kept, and what narrows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from peernote_tui.domain.action_filter import ActionFilter
from peernote_tui.domain.owner import Owner
from peernote_tui.ui import safe, sentences

MINE, THEIRS = "mine", "theirs"
OWNERS = {MINE: (Owner.ME, Owner.BOTH), THEIRS: (Owner.PARTICIPANT, Owner.BOTH, Owner.OTHER)}
NO_DATE = "no_date"
WITHIN = {"overdue": -1, "today": 0, "week": 7, "month": 30}
"""Due windows: due at most so many days from today, what is overdue among them."""
_WITH_WORD = 52
_LONGEST_NAME = 20


@dataclass(frozen=True)
class Filters:
    """What narrows a view.

    Attributes:
        whose: `MINE`, `THEIRS`, or empty for all.
        participant_id: Only of this participant; empty for all.
        participant: What they are called.
        tag: Only with this tag; empty for all.
        window: Only due then, one of `WITHIN`, or `NO_DATE`; empty for all.
        text: Only where every word occurs.
    """

    whose: str = ""
    participant_id: str = ""
    participant: str = ""
    tag: str = ""
    window: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return any(asdict(self).values())

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Filters:
        """The filters that JSON holds; what is not understood is left out."""
        known = {each.name: str(kept.get(each.name) or "") for each in fields(cls)}
        known["whose"] = known["whose"] if known["whose"] in OWNERS else ""
        known["window"] = known["window"] if known["window"] in {*WITHIN, NO_DATE} else ""
        return cls(**known)

    def with_text(self, text: str) -> Filters:
        """The same with other words."""
        return replace(self, text=text.strip())

    def told(self) -> str:
        """What is shown only, in words."""
        parts = (
            sentences.FILTER_WHOSE.get(self.whose, ""),
            self.participant,
            f"#{self.tag}" if self.tag else "",
            sentences.FILTER_WINDOWS.get(self.window, ""),
            sentences.holds_words(self.text) if self.text else "",
        )
        return " · ".join(safe.clean(part) for part in parts if part)


@dataclass(frozen=True)
class View:
    """One way to look at the action items.

    Attributes:
        key: Its name in code, also the key of its label and of its sentence when empty.
        wanted: What must hold for all that it shows.
        lately: What was closed lately stands at the end.
        name: What a kept view is called; empty for one that is always there.
        filters: What narrows a kept view as soon as it is shown.
    """

    key: str
    wanted: ActionFilter = field(default_factory=ActionFilter)
    lately: bool = False
    name: str = ""
    filters: Filters = Filters()

    def asks(self, filters: Filters) -> ActionFilter:
        """What the service is asked for when these filters narrow the view."""
        wanted = self.wanted
        owners = wanted.owners or tuple(Owner)
        owners = tuple(each for each in owners if each in OWNERS.get(filters.whose, owners))
        within = [each for each in (wanted.due_within, WITHIN.get(filters.window)) if each is not None]
        return wanted.model_copy(
            update={
                "participant_id": filters.participant_id or wanted.participant_id,
                "owners": () if len(owners) == len(Owner) else owners,
                "due_within": min(within, default=None),
                "dated": False if filters.window == NO_DATE else wanted.dated,
                "tag": filters.tag or wanted.tag,
                "text": " ".join(part for part in (wanted.text, filters.text) if part),
            }
        )

    @property
    def label(self) -> str:
        """What it is called."""
        return self.name or sentences.ACTION_VIEWS[self.key]


VIEWS = (
    View("all", lately=True),
    View("due", ActionFilter(dated=True)),
    View("mine", ActionFilter(owners=OWNERS[MINE])),
    View("theirs", ActionFilter(owners=OWNERS[THEIRS])),
    View("done", ActionFilter(closed=True)),
)


def kept_view(name: str, wanted: ActionFilter) -> View:
    """A view that was kept: what the filters can say is theirs to change, the rest is the view's own."""
    whose = next((each for each, owners in OWNERS.items() if set(wanted.owners) == set(owners)), "")
    window = next((each for each, days in WITHIN.items() if days == wanted.due_within), "")
    window = NO_DATE if wanted.dated is False else window
    filters = Filters(
        whose=whose, participant_id=wanted.participant_id or "", tag=wanted.tag, window=window, text=wanted.text
    )
    rest = wanted.model_copy(
        update={
            "owners": () if whose else wanted.owners,
            "participant_id": None,
            "tag": "",
            "text": "",
            "due_within": None if window and window != NO_DATE else wanted.due_within,
            "dated": None if window == NO_DATE else wanted.dated,
        }
    )
    return View("done" if wanted.closed else "all", rest, name=name, filters=filters)


class ViewLine(Widget):
    """The views in one line, the present one in an amber slab; as many beside it as there is room for."""

    view: reactive[View] = reactive(VIEWS[0])
    views: reactive[tuple[View, ...]] = reactive(VIEWS)

    def render(self) -> Content:
        """Draw the names, with the word before them where there is room."""
        room = self.content_size.width
        word = f"{sentences.SHOW}  " if room >= _WITH_WORD else ""
        labels = [f" {safe.shorten(view.label, _LONGEST_NAME)} " for view in self.views]
        here = self.views.index(self.view) if self.view in self.views else 0
        first, last = _window(labels, here, room - len(word))
        parts: list[tuple[str, str]] = [(word, "$muted")]
        if first:
            parts.append((f"{safe.ELLIPSIS} ", "$muted"))
        for place in range(first, last):
            parts += [(labels[place], "bold $on-primary on $primary" if place == here else "$muted"), (" ", "")]
        if last < len(labels):
            parts.append((safe.ELLIPSIS, "$muted"))
        return safe.assemble(*parts)


def _window(labels: Sequence[str], here: int, room: int) -> tuple[int, int]:
    """From which to which label a line of `room` cells shows, so that the present one is among them."""
    widths = [safe.width(label) + 1 for label in labels]
    if sum(widths) <= room:
        return 0, len(labels)
    room -= 2 * len(f"{safe.ELLIPSIS} ")
    first = last = here
    used = 0
    while last < len(labels) and used + widths[last] <= room:
        used += widths[last]
        last += 1
    while first > 0 and used + widths[first - 1] <= room:
        first -= 1
        used += widths[first]
    return first, max(last, here + 1)
