"""What can be taken back: one history for the whole session, whatever screen made a change."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from peernote_tui.domain.errors import NotFoundError, PeerNoteError, RefusedError
from peernote_tui.ui import sentences

if TYPE_CHECKING:
    from datetime import date

    from peernote_tui.domain.action_item import ActionItem
    from peernote_tui.services.changing_actions import ActionChange, Restored
    from peernote_tui.services.workspace import Workspace
    from peernote_tui.ui.gateway import Gateway
    from peernote_tui.ui.screens.vault_screen import VaultScreen

MOST_STEPS = 200
"""How far back the history goes; what is older stays as it is."""

TakeBack: TypeAlias = "Callable[[Workspace], Any]"
"""A service's verb with everything filled in but the vault."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change that can be taken back.

    Attributes:
        said: What to say afterwards; or what makes it from the verb's answer.
        take_back: The verb that takes it back.
        about: Id of the thing it was about, for lists to highlight; empty where no list shows it.
    """

    said: str | Callable[[Any], str]
    take_back: TakeBack
    about: str = ""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A change that was taken back: what to say, and the id of what it was about."""

    said: str
    about: str


class Undoing:
    """The changes of this session, the last one first to go.

    It holds for one opening of one vault: what was pushed before the vault was closed is forgotten, since it
    must reach no other vault, and what a step says must not outlive the lock.

    Args:
        gateway: The way to the vault.
    """

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._steps: deque[Step] = deque(maxlen=MOST_STEPS)
        self._of: Workspace | None = None
        self._one_at_a_time = asyncio.Lock()

    def __len__(self) -> int:
        """How many changes can be taken back now."""
        self._only_of_this_opening()
        return len(self._steps)

    def push(self, said: str | Callable[[Any], str], take_back: TakeBack, *, about: str = "") -> None:
        """Remember a change that was just made; see `Step` for the arguments."""
        self._only_of_this_opening()
        if self._of is not None:
            self._steps.append(Step(said, take_back, about))

    def pop(self) -> Step | None:
        """Take the last step out; None when there is none."""
        self._only_of_this_opening()
        return self._steps.pop() if self._steps else None

    def forget(self) -> None:
        """Forget everything, as locking must."""
        self._steps.clear()
        self._of = None

    async def take_back(self) -> TakenBack | None:
        """Take the last change back, after everything that was asked of the vault before.

        Returns:
            What was taken back; None when there is nothing.

        Raises:
            PeerNoteError: It cannot be taken back. A step that a rule refuses, or whose thing is gone, is
                forgotten, so that the one before can be reached; any other stays.
        """
        async with self._one_at_a_time:
            if self._gateway.is_open:
                # The key before may have asked for a change that is not remembered yet.
                await self._gateway.run(_nothing)
            step = self.pop()
            if step is None:
                return None
            workspace = self._of
            try:
                answer = await self._gateway.call(step.take_back)
            except PeerNoteError as error:
                if self._of is workspace and not isinstance(error, (RefusedError, NotFoundError)):
                    self._steps.append(step)
                raise
            return TakenBack(step.said if isinstance(step.said, str) else step.said(answer), step.about)

    def _only_of_this_opening(self) -> None:
        workspace = self._gateway.workspace if self._gateway.is_open else None
        if workspace is not self._of:
            self._steps.clear()
            self._of = workspace


def push_actions(undoing: Undoing, said: str, changes: Sequence[ActionChange]) -> None:
    """Remember one act on action items.

    Args:
        undoing: The history.
        said: What to say when they are as they were.
        changes: What a verb of `changing_actions` gave.
    """
    from peernote_tui.services.changing_actions import take_back

    def words(restored: Restored) -> str:
        return " ".join(filter(None, (said, sentences.next_ones_stay(len(restored.stays)))))

    undoing.push(words, partial(take_back, changes=changes), about=changes[0].before.id)


def push_added(undoing: Undoing, action: ActionItem) -> None:
    """Remember that an action item was added."""
    from peernote_tui.services.changing_actions import take_back_new

    undoing.push(sentences.added_taken_back(action.text), partial(take_back_new, action=action))


def with_next(way: str, changes: Sequence[ActionChange], today: date) -> str:
    """What can be pressed now, behind what was made of series, so that a long action item never hides it."""
    return "  ".join(filter(None, (next_words(changes, today), way)))


def next_words(changes: Sequence[ActionChange], today: date) -> str:
    """What closing made of series, or opening again left of them, in a sentence; empty where there is nothing."""
    from peernote_tui.domain.dates import say_due

    born = [change.born.due for change in changes if change.born is not None and change.born.due is not None]
    if len(born) == 1:
        return sentences.next_one(say_due(born[0], today=today))
    return sentences.next_ones_stay(sum(change.stays is not None for change in changes))


async def take_back_on(screen: VaultScreen[Any]) -> TakenBack | None:
    """Take the last change back and say so on a screen; in a worker.

    Returns:
        What was taken back; None after saying that there is nothing, or why it could not be.
    """
    undoing = screen.house.undoing
    try:
        taken = await undoing.take_back()
    except PeerNoteError as error:
        screen.say(str(error), tone="error")
        return None
    if taken is None:
        screen.say(sentences.NOTHING_TO_TAKE_BACK)
        return None
    screen.say(taken.said, way=sentences.u_to_undo() if undoing else "")
    return taken


def _nothing() -> None:
    """Wait in line."""
