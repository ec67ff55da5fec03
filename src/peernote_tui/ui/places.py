"""Where a person is on a screen, as plain data, and the way back there.

Each widget that holds words, a cursor, a row or a scroll position says so itself with `place_left` and takes
it again with `return_to`. Widgets are named by their path on the screen, so that a screen laid out the same
way finds them again; one that is not there any more is passed over.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.geometry import Offset
from textual.widget import Widget

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.services.places import Place, ScreenPlace

if TYPE_CHECKING:
    from textual.screen import Screen

    from peernote_tui.ui.app import PeerNoteApp
    from peernote_tui.ui.screens.vault_screen import VaultScreen

_PATIENCE = 2.0


@runtime_checkable
class HoldsPlace(Protocol):
    """A widget that knows where the person is in it."""

    def place_left(self) -> dict[str, Any]:
        """What to remember, in terms of JSON; empty for nothing."""

    def return_to(self, left: dict[str, Any]) -> None:
        """Be again as it was left, as far as that is possible."""


def left_on(screen: VaultScreen[Any]) -> ScreenPlace:
    """Where the person is on a screen."""
    widgets = {path: left for path, widget in _paths(screen) if (left := _left_in(widget))}
    focused = screen.focused
    focus = next((path for path, widget in _paths(screen) if widget is focused), "")
    return ScreenPlace(name=screen.NAME, own=screen.own_place(), widgets=widgets, focus=focus)


def put_words(screen: Screen[Any], left: ScreenPlace) -> None:
    """Put words and choices back into their boxes, before the screen looks up what belongs to them."""
    for widget, state in _found(screen, left):
        if isinstance(widget, HoldsPlace) and ("text" in state or "value" in state):
            widget.return_to(state)


async def put_the_rest(screen: Screen[Any], left: ScreenPlace) -> None:
    """Put back focus, rows, cursors and scroll positions, once everything is laid out."""
    await laid_out(screen)
    there = dict(_paths(screen))
    focus = there.get(left.focus)
    if focus is not None and focus in screen.focus_chain:
        # As if the terminal's window got its focus back: nothing is selected by it.
        screen.set_focus(focus, scroll_visible=False, from_app_focus=True)
        await laid_out(screen)
    for widget, state in _found(screen, left):
        if isinstance(widget, HoldsPlace):
            widget.return_to(state)
    await laid_out(screen)
    for widget, state in _found(screen, left):
        if "top" in state:
            widget.scroll_to(y=int(state["top"]), animate=False, immediate=True, force=True)


async def laid_out(screen: Screen[Any]) -> None:
    """Wait until what was asked of the screen so far is painted; bounded in time."""
    painted = asyncio.Event()
    screen.call_after_refresh(painted.set)
    with suppress(TimeoutError):
        await asyncio.wait_for(painted.wait(), _PATIENCE)


async def rebuild(app: PeerNoteApp, place: Place | None) -> list[VaultScreen[Any]]:
    """The screens of a place, to be shown one over the other; those that lead nowhere any more are left out.

    Returns:
        From the first to the one in front. Empty when the screen in front, or the first, is not there any more:
        a place half found would only confuse.
    """
    from peernote_tui.ui.map import returning_screens

    kinds = returning_screens()
    screens: list[VaultScreen[Any]] = []
    wanted = place.screens if place is not None else ()
    for left in wanted:
        try:
            screen = await kinds[left.name].come_back(app, left.own)
        except (PeerNoteError, LookupError, TypeError, ValueError):
            if not screens or left is wanted[-1]:
                return []
            continue
        screen.will_return(left)
        screens.append(screen)
    return screens


def _left_in(widget: Widget) -> dict[str, Any]:
    left = widget.place_left() if isinstance(widget, HoldsPlace) else {}
    if widget.scroll_offset != Offset(0, 0):
        left = {**left, "top": widget.scroll_offset.y}
    return left


def _found(screen: Screen[Any], left: ScreenPlace) -> list[tuple[Widget, dict[str, Any]]]:
    there = dict(_paths(screen))
    return [(widget, state) for path, state in left.widgets.items() if (widget := there.get(path)) is not None]


def _paths(parent: Widget, above: str = "") -> Iterator[tuple[str, Widget]]:
    """Every widget below a parent with its path: ids where there are any, else kinds counted among siblings."""
    counted: dict[str, int] = {}
    for child in parent.children:
        kind = type(child).__name__
        counted[kind] = counted.get(kind, 0) + 1
        path = f"{above}/{child.id or f'{kind}.{counted[kind]}'}"
        yield path, child
        yield from _paths(child, path)
