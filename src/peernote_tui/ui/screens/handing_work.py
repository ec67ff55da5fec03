"""Writing what is handed out: the vault is asked, the words are laid out beside it, and the file is written."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from peernote_tui.documents.document import DocumentKind, Paper
from peernote_tui.documents.rendering import Format
from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.services.exporting_people import require_free
from peernote_tui.services.half_typed import keep_typed
from peernote_tui.services.handing_out import Closed, HandedOut, Prepared, place, prepare, write
from peernote_tui.services.ordering import TYPED, keep_habits, order_of
from peernote_tui.ui.backing_up import beside

if TYPE_CHECKING:
    from peernote_tui.documents.document import Made
    from peernote_tui.services.disclosing import Given
    from peernote_tui.services.workspace import Workspace
    from peernote_tui.ui.gateway import Gateway

_TELL_SECONDS = 0.4


class StoppedError(PeerNoteError):
    """Somebody asked to stop, or left; nothing was written or accounted for."""


@dataclass(frozen=True)
class Task:
    """What is to be written where.

    Attributes:
        participant_id: Out of whose record.
        kind: What it is.
        given: To whom, what for, on what basis.
        note_ids: The notes, where it is notes.
        path: The file.
        replace: Whether what has this name already may be replaced.
        closed: How it is closed.
        mail: Whether it is attached to the draft of an e-mail.
        unaccounted: Whether it leaves although the vault is only read.
    """

    participant_id: str
    kind: DocumentKind
    given: Given
    form: Format
    paper: Paper
    note_ids: tuple[str, ...]
    path: Path
    replace: bool
    closed: Closed = field(repr=False)
    mail: bool = False
    unaccounted: bool = False


class Work:
    """One writing of a file; `stop` ends it as long as it is laid out.

    Args:
        task: What is to be written.
        tell: Told now and then, in another thread, how many parts of how many are laid out.
    """

    def __init__(self, task: Task, tell: Callable[[int, int], None]) -> None:
        self._task = task
        self._tell = tell
        self._stop = threading.Event()
        self._told = monotonic()

    def stop(self) -> None:
        """End it, if it is not too late."""
        self._stop.set()

    async def run(self, gateway: Gateway) -> HandedOut:
        """Write the file. While the words are laid out, the vault is free for others.

        Raises:
            StoppedError: `stop` was called in time.
            PeerNoteError: See `services.handing_out.hand_out`.
        """
        try:
            prepared = await gateway.call(_prepare, self._task)
            made = await beside(lambda: write(prepared, self._watch))
            if self._stop.is_set():
                raise StoppedError("")
            return await gateway.call(_place, self._task, prepared, made)
        finally:
            # Whoever waited for it may be gone, after a lock for one.
            self._stop.set()

    def _watch(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise StoppedError("")
        if monotonic() - self._told > _TELL_SECONDS:
            self._told = monotonic()
            self._tell(done, total)


def _prepare(workspace: Workspace, task: Task) -> Prepared:
    require_free(task.path, replace=task.replace)
    order = order_of(
        workspace,
        task.participant_id,
        task.kind,
        task.given,
        form=task.form,
        paper=task.paper,
        note_ids=task.note_ids,
        mail=task.mail,
    )
    return prepare(workspace, order.model_copy(update={"unaccounted": task.unaccounted}), task.closed)


def _place(workspace: Workspace, task: Task, prepared: Prepared, made: Made) -> HandedOut:
    handed = place(workspace, prepared, made, task.path, replace=task.replace)
    # The file is out and accounted for; what cannot be remembered for the next time changes nothing of that.
    with suppress(PeerNoteError):
        keep_typed(workspace, task.participant_id, {}, form=TYPED)
        habits = {"form": task.form.value, "paper": task.paper.value, "folder": str(task.path.parent)}
        if task.kind is DocumentKind.CALENDAR:
            # A calendar has but one format; that of other documents stays.
            del habits["form"]
        keep_habits(workspace, habits)
    return handed
