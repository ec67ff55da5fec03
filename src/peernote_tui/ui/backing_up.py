"""Backups behind the person's back: daily, at quit, and to a drive that appears; never in their way."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.ui import sentences

if TYPE_CHECKING:
    from datetime import datetime

    from peernote_tui.services.backup_places import Place, Standing
    from peernote_tui.services.backups import Backup, Job
    from peernote_tui.ui.app import PeerNoteApp

R = TypeVar("R")

AFTER_SECONDS = 2.0
"""The first moments on Today belong to the person."""
LOOK_SECONDS = 60.0
"""Between two looks whether the drive for backups has appeared."""


RETRY_AFTER = timedelta(hours=1)
"""Between two tries in the same place when the first failed, or found nothing to do."""


@dataclass
class BackupStanding:
    """What this run knows about backups, for Today to say.

    Attributes:
        last: When the newest usable one was made, here or on the drive; None when there is none, or nobody has
            looked yet.
        trouble: Why the last try beside the vault failed; empty for no trouble.
        drive_trouble: Why the last try on the drive failed; empty for no trouble.
        drive: How it stands with the chosen drive; None when none was chosen.
        place: The chosen drive's folder.
        drill_due: It is time to try whether a backup can be put back.
        restored: What has to be said after a restore; empty for nothing.
        busy: A backup is being made right now.
    """

    last: datetime | None = None
    trouble: str = ""
    drive_trouble: str = ""
    drive: Standing | None = None
    place: Place | None = None
    drill_due: bool = False
    restored: str = ""
    busy: bool = False
    _tried: dict[str, datetime] = field(default_factory=dict)
    _said: set[str] = field(default_factory=set)

    def may_try(self, place: str, now: datetime) -> bool:
        """Whether enough time has passed since the last try there; notes this one."""
        before = self._tried.get(place)
        if before is not None and before <= now < before + RETRY_AFTER:
            return False
        self._tried[place] = now
        return True

    def take_news(self, now: datetime) -> tuple[str, str]:
        """A sentence about backups and its tone, each sentence once; empty for nothing to say."""
        for sentence, tone in (
            (self.restored, "success"),
            (self.trouble, "warning"),
            (self.drive_trouble, "warning"),
            (sentences.other_drive() if self.drive is not None and self.drive.value == "other" else "", "warning"),
            (sentences.backup_too_old(self.last, now), "warning"),
            (sentences.DRILL_OFFER if self.drill_due else "", "muted"),
        ):
            if sentence and sentence not in self._said:
                self._said.add(sentence)
                return sentence, tone
        return "", "muted"


def begin(app: PeerNoteApp) -> None:
    """Look after backups from now on: in a moment, and then once a minute."""

    def soon() -> None:
        if app.may_work and not app.backup_standing.busy:
            app.run_worker(look_after(app), description="backup", group="backup", exit_on_error=False)

    app.set_timer(AFTER_SECONDS, soon)
    app.set_interval(LOOK_SECONDS, soon)


async def beside(work: Callable[[], R]) -> R:
    """Do something in a thread of its own that keeps nobody from leaving, unlike those of the event loop."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[R] = loop.create_future()

    def tell(put: Callable[[], None]) -> None:
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(lambda: None if done.done() else put())

    def run() -> None:
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001 handed to whoever waits
            fault = error
            tell(lambda: done.set_exception(fault))
        else:
            tell(lambda: done.set_result(result))

    threading.Thread(target=run, name="backup", daemon=True).start()
    return await done


async def make(app: PeerNoteApp, job: Job, *, stop: Callable[[], bool] | None = None) -> Backup:
    """Make a backup so that the vault's thread is busy for moments only.

    Args:
        app: The application, with an open vault.
        job: Which backup.
        stop: Asked now and then; True ends it. By default leaving and locking do.

    Raises:
        StoppedError: It was stopped.
        PeerNoteError: Why it could not be made.
    """
    from peernote_tui.services import backups

    def leaving() -> bool:
        return not app.may_work

    stop = stop or leaving
    workspace = app.gateway.workspace
    copy = await beside(lambda: backups.begin(workspace, job, stop=stop))
    if not app.gateway.is_open:
        backups.drop(copy)
        raise backups.StoppedError("")
    snapshot = await app.gateway.call(backups.settle, copy)
    # The vault's thread is free again: the copy is read back and checked in another one.
    made = await beside(lambda: backups.finish(snapshot, stop=stop))
    if app.gateway.is_open:
        await app.gateway.call(backups.record, made)
    return made


async def look_after(app: PeerNoteApp) -> None:
    """Make the backups that are due, here and on the drive; what goes wrong is said on Today."""
    from peernote_tui.services import backups

    standing = app.backup_standing
    standing.busy = True
    try:
        await _say_restored(app)
        await _here(app)
        await _on_the_drive(app)
        await refresh(app)
    except backups.StoppedError:
        return
    except PeerNoteError as error:
        standing.trouble = sentences.no_backup(str(error))
    finally:
        standing.busy = False
    show(app)


async def refresh(app: PeerNoteApp) -> None:
    """Look anew when the last good backup was made, and whether a drill is due.

    Raises:
        PeerNoteError: The vault does not say.
    """
    from peernote_tui.services import backup_places, drilling

    if app.may_work:
        app.backup_standing.last = await app.gateway.call(backup_places.newest_anywhere)
        app.backup_standing.drill_due = await app.gateway.call(drilling.is_due)


async def look_for_drive(app: PeerNoteApp) -> None:
    """Look whether the chosen drive is there, without ever waiting for it in the vault's thread.

    Raises:
        PeerNoteError: The vault does not say which drive.
    """
    from peernote_tui.services import backup_places

    standing = app.backup_standing
    standing.place = place = await app.gateway.call(backup_places.chosen)
    standing.drive = None if place is None else await beside(place.look)


async def put_back(app: PeerNoteApp, chosen: Backup) -> None:
    """Close the vault, put a backup in its place, and come back to Unlock; what is refused leaves the vault as it was.

    The caller has asked; see `services.restoring.preview`.
    """
    from peernote_tui.services import restoring
    from peernote_tui.ui.locking import Leaving
    from peernote_tui.ui.screens.refused import RefusedScreen

    app.cover(sentences.PUTTING_BACK)
    refused = ""
    try:
        await app.flush()
        key = await app.gateway.call(restoring.open_key)
        await app.gateway.close()
        await app.gateway.run(restoring.restore_with, app.folder, chosen, key, app.clock)
    except PeerNoteError as error:
        refused = str(error)
    if not refused:
        app.forget_clipboard()
        app.exit(Leaving.LOCKED)
        return
    app.uncover()
    if app.gateway.is_open:
        show_trouble = getattr(app.screen, "say", None)
        if show_trouble is not None:
            show_trouble(refused, tone="error")
        return
    while len(app.screen_stack) > 1:
        await app.pop_screen()
    await app.push_screen(RefusedScreen(refused))


async def _say_restored(app: PeerNoteApp) -> None:
    from peernote_tui.services import restoring

    standing = app.backup_standing
    if not standing.restored and await app.gateway.call(restoring.just_restored):
        standing.restored = sentences.PUT_BACK_DONE


async def _here(app: PeerNoteApp) -> None:
    from peernote_tui.services import backups

    standing = app.backup_standing
    if not standing.may_try("here", app.clock.now()):
        return
    try:
        job = await app.gateway.call(backups.job_if_due)
        if job is not None:
            await make(app, job)
        standing.trouble = ""
    except backups.StoppedError:
        raise
    except PeerNoteError as error:
        standing.trouble = sentences.no_backup(str(error))


async def _on_the_drive(app: PeerNoteApp) -> None:
    from peernote_tui.services import backup_places, backups

    standing, before = app.backup_standing, app.backup_standing.drive
    await look_for_drive(app)
    place, now = standing.place, app.clock.now()
    if place is None or standing.drive is not backup_places.Standing.OURS:
        standing.drive_trouble = ""
        return
    appeared = before is not standing.drive
    if not (standing.may_try("drive", now) or appeared):
        return
    try:
        job = await beside(lambda: backup_places.job_if_due(place, now))
        if job is not None and await app.gateway.call(backups.has_somebody):
            await app.gateway.call(backup_places.note_made, place, await make(app, job))
        standing.drive_trouble = ""
    except backups.StoppedError:
        raise
    except PeerNoteError as error:
        standing.drive_trouble = sentences.no_backup_there(str(error))


async def back_up_at_quit(app: PeerNoteApp, stop: Callable[[], bool]) -> None:
    """Make a backup before leaving when much has changed; nothing that goes wrong keeps anybody."""
    from peernote_tui.services import backups

    with suppress(PeerNoteError):
        job = await app.gateway.call(backups.job_at_quit)
        if job is not None and not stop():
            app.cover(sentences.BACKING_UP_AT_QUIT)
            await make(app, job, stop=stop)


def show(app: PeerNoteApp) -> None:
    """Let the screen in front say how it stands with backups."""
    shown = getattr(app.screen, "show_backup_standing", None)
    if shown is not None:
        shown()
