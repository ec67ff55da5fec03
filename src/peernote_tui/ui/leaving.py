"""Leaving a screen: it closes itself and no other, once; work in the background may outlive it."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable
from typing import Any, TypeVar, cast

from textual import events, on
from textual.await_complete import AwaitComplete
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.worker import Worker, WorkType

ResultT = TypeVar("ResultT")
WorkedT = TypeVar("WorkedT")


class LeavableScreen(Screen[ResultT]):
    """A screen whose work may come back when its widgets are gone already: there is nothing left to show it on."""

    _leaves_with: tuple[ResultT | None] | None = None

    def dismiss(self, result: ResultT | None = None) -> AwaitComplete:
        """Close this screen, which Textual does with whatever screen is in front.

        What was opened over it while it was still storing stays; it closes as soon as it comes to the front again.
        Closed already, it does nothing.
        """
        stack = self.app.screen_stack
        if self in stack and self is not stack[-1]:
            self._leaves_with = (result,)
        if self not in stack or self is not stack[-1]:
            return AwaitComplete()
        return super().dismiss(result)

    @on(events.ScreenResume)
    def _leave_late(self) -> None:
        if self._leaves_with is not None:
            self.dismiss(*self._leaves_with)

    def run_worker(self, work: WorkType[WorkedT], *args: Any, **kwargs: Any) -> Worker[WorkedT]:
        """Run work as Textual does; that a widget is missing is no fault of a screen that is being left."""
        if kwargs.get("thread"):
            return super().run_worker(work, *args, **kwargs)

        async def unless_left() -> WorkedT | None:
            try:
                return await cast("Awaitable[WorkedT]", work if inspect.isawaitable(work) else cast("Any", work)())
            except NoMatches:
                # `display` is false as soon as Textual begins to take the screen away.
                if self.display and self.is_attached:
                    raise
                return None

        return super().run_worker(cast("WorkType[WorkedT]", unless_left), *args, **kwargs)
