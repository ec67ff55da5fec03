"""Work in the background that outlives the screen it was for."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable
from typing import Any, TypeVar, cast

from textual.css.query import NoMatches
from textual.screen import Screen
from textual.worker import Worker, WorkType

ResultT = TypeVar("ResultT")
WorkedT = TypeVar("WorkedT")


class LeavableScreen(Screen[ResultT]):
    """A screen whose work may come back when its widgets are gone already: there is nothing left to show it on."""

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
