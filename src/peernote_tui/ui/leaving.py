"""Leaving a screen: it closes itself and no other, once; work in the background may outlive it, and be refused."""

from __future__ import annotations

import inspect
import weakref
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar, cast

from textual import events, on
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.worker import Worker, WorkType

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.ui import sentences

ResultT = TypeVar("ResultT")
WorkedT = TypeVar("WorkedT")


class LeavableScreen(Screen[ResultT]):
    """A screen whose work may come back when its widgets are gone already: there is nothing left to show it on."""

    _leaves_late: Callable[[], AwaitComplete] | None = None
    _told = ""

    def dismiss(self, result: ResultT | None = None) -> AwaitComplete:
        """Close this screen, which Textual does with whatever screen is in front.

        What was opened over it while it was still storing stays; it closes as soon as it comes to the front again.
        Closed already, it does nothing.
        """
        return self._leave_by(partial(super().dismiss, result))

    def give_way_to(self, screen: Screen[Any]) -> AwaitComplete:
        """Put another screen in the place of this one, as `dismiss` closes it."""
        return self._leave_by(lambda: self.app.switch_screen(screen))

    def _leave_by(self, way: Callable[[], AwaitComplete]) -> AwaitComplete:
        stack = self.app.screen_stack
        if self in stack and self is stack[-1]:
            return way()
        self._leaves_late = way
        return AwaitComplete()

    @on(events.ScreenResume)
    def _leave_late(self) -> None:
        way, self._leaves_late = self._leaves_late, None
        if way is not None:
            self._leave_by(way)

    @on(events.ScreenResume)
    def _focus_what_is_seen(self) -> None:
        """Textual gives focus to the first box there is, and what is typed into a hidden one nobody sees."""
        first = next((each for each in self.query("*") if each.focusable), None) if self.focused is None else None
        if first is not None and not all(each.display for each in first.ancestors_with_self):
            self.focus_next()

    async def flush(self) -> None:
        """Store what is typed but not saved yet; for subclasses.

        Raises:
            PeerNoteError: It could not be stored.
        """

    async def stores_before_leaving(self) -> bool:
        """Store what is typed; gives whether the screen may close.

        What refuses is said once. Asked again, the screen closes all the same: nobody is kept where nothing can be
        stored, such as in a vault that is only read.
        """
        try:
            await self.flush()
        except PeerNoteError as error:
            if str(error) != self._told:
                self._told = str(error)
                tell(self.app, sentences.leave_without(self._told))
                return False
        return True

    def run_worker(self, work: WorkType[WorkedT], *args: Any, **kwargs: Any) -> Worker[WorkedT]:
        """Run work as Textual does, which ends the program by what is no fault of its own.

        That a widget is missing is none of a screen that is being left; and what is refused is said.
        """
        if kwargs.get("thread"):
            return super().run_worker(work, *args, **kwargs)

        async def unless_left() -> WorkedT | None:
            try:
                return await _begun(work)
            except NoMatches:
                # `display` is false as soon as Textual begins to take the screen away.
                if self.display and self.is_attached:
                    raise
            except PeerNoteError as error:
                tell(self.app, str(error))
            return None

        return super().run_worker(_in_the_place_of(work, unless_left), *args, **kwargs)


class TellingApp(App[ResultT]):
    """An app whose work in the background says what is refused, which in Textual ends the program."""

    def run_worker(self, work: WorkType[WorkedT], *args: Any, **kwargs: Any) -> Worker[WorkedT]:
        """Run work as Textual does, and say what is refused."""
        if kwargs.get("thread"):
            return super().run_worker(work, *args, **kwargs)

        async def telling() -> WorkedT | None:
            try:
                return await _begun(work)
            except PeerNoteError as error:
                tell(self, str(error))
                return None

        return super().run_worker(_in_the_place_of(work, telling), *args, **kwargs)


def tell(app: App[Any], refusal: str) -> None:
    """Say what was refused on the screen in front, or on the one below where that has no line for it."""
    for screen in reversed(app.screen_stack):
        if (say := getattr(screen, "say", None)) is not None:
            say(refusal, tone="error")
            return


def _begun(work: WorkType[WorkedT]) -> Awaitable[WorkedT]:
    return cast("Awaitable[WorkedT]", work if inspect.isawaitable(work) else cast("Any", work)())


def _in_the_place_of(work: WorkType[WorkedT], wrapped: Callable[[], Awaitable[WorkedT | None]]) -> WorkType[WorkedT]:
    """What is run instead; work that another took the place of before it began is put away without a warning."""
    if inspect.iscoroutine(work):
        weakref.finalize(wrapped, work.close)
    return cast("WorkType[WorkedT]", wrapped)
