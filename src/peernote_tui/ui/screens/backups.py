"""Backups: those there are, here and on another drive, and what can be done with them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static

from peernote_tui.domain.dates import say_ago
from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.services import backup_places, backups, drilling, restoring
from peernote_tui.services.backup_places import Standing
from peernote_tui.services.backups import Backup, Job, Kind
from peernote_tui.ui import backing_up, safe, sentences
from peernote_tui.ui.backing_up import beside
from peernote_tui.ui.screens.backup_folder import ChooseFolder
from peernote_tui.ui.screens.backup_rows import COLUMNS, holds, lines, when
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.confirm import Confirm
from peernote_tui.ui.widgets.peer_list import PeerList


class BackupsScreen(VaultScreen[None]):
    """Every backup with when, why and what it holds. One thing is done at a time, and Esc stops it."""

    PLACE = sentences.BACKUPS_PLACE
    FIRST_KEYS = (
        "backups.make",
        "backups.check",
        "backups.restore",
        "backups.folder",
        "backups.drill",
        "backups.later",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "make", "Make one", id="backups.make", tooltip="Make a backup now, here and on the drive."),
        Binding("c", "check", "Check", id="backups.check", tooltip="Read the highlighted backup whole, every page."),
        Binding("a", "check_all", "Check all", id="backups.check_all", show=False, tooltip="Read every backup whole."),
        Binding(
            "r",
            "restore",
            "Put back",
            id="backups.restore",
            tooltip="Put the highlighted backup in the vault's place. First you see what would change.",
        ),
        Binding(
            "f",
            "folder",
            "USB folder",
            id="backups.folder",
            tooltip="Choose a folder on another drive that gets a backup a day.",
        ),
        Binding(
            "t",
            "drill",
            "Try out",
            id="backups.drill",
            tooltip="Try whether the newest backup could be put back, without putting it back.",
        ),
        Binding("l", "later", "Later", id="backups.later", tooltip="Put the restore drill off for a week."),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._here: tuple[Backup, ...] = ()
        self._there: tuple[Backup, ...] = ()
        self._checked: dict[Path, tuple[str, ...]] = {}
        self._busy = False
        self._stopped = False

    def compose_body(self) -> ComposeResult:
        """Lay out the list, and below it the drive and the drill."""
        with Vertical(classes="main"):
            yield PeerList(COLUMNS, empty=sentences.NO_BACKUPS, id="backups")
            yield Static("", id="backups-foot", classes="muted", markup=False)

    def on_mount(self) -> None:
        """Begin in the list."""
        self._list.focus()

    async def reload(self) -> None:
        """List anew what lies in both places."""
        if not self.house.may_work:
            return
        workspace, standing = self.workspace, self.house.backup_standing
        try:
            self._here = await beside(lambda: backups.backups(workspace))
            await backing_up.look_for_drive(self.house)
            await backing_up.refresh(self.house)
            place = standing.place
            ours = place is not None and standing.drive is Standing.OURS
            self._there = await beside(lambda: backup_places.there(place)) if ours and place is not None else ()
            last = await self.house.gateway.call(drilling.last_drill)
        except PeerNoteError as error:
            self._tell(str(error), tone="error")
            return
        except RuntimeError:
            # The vault was closed meanwhile: there is nothing to show any more.
            if self.house.may_work:
                raise
            return
        if not self.is_attached or not self.house.may_work:
            return
        now = self.workspace.local_now
        listed = lines(
            self._here, self._there, place=standing.place, standing=standing.drive, checked=self._checked, now=now
        )
        self._list.show(tuple(listed))
        self.set_status(sentences.last_backup("" if standing.last is None else say_ago(standing.last, now)))
        drill = sentences.DRILL_NEVER if last is None else sentences.drill_last(say_ago(last.at, now), whole=last.whole)
        said = [*filter(None, (standing.trouble, standing.drive_trouble))]
        said += [sentences.BACKUPS_NO_DRIVE] if standing.place is None else []
        said += [sentences.set_aside(aside.name)] if (aside := restoring.set_aside(self.house.folder)) else []
        self.query_one("#backups-foot", Static).update(safe.content("\n".join([*said, drill]), keep_lines=True))
        self.refresh_bindings()

    def show_backup_standing(self) -> None:
        """List anew after a backup was made behind the person's back."""
        self.reload_soon()

    def go_back(self) -> None:
        """Stop what is being done; else step back."""
        if self._busy:
            self._stopped = True
        else:
            super().go_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the keys that fit what is listed."""
        if action in ("check", "restore"):
            return self._highlighted is not None
        if action in ("check_all", "drill"):
            return bool(self._here or self._there)
        if action == "later":
            return self.house.backup_standing.drill_due
        return super().check_action(action, parameters)

    def action_make(self) -> None:
        """Make a backup here, and on the drive when it is connected."""
        self._begin(self._make, "make a backup")

    @on(OptionList.OptionSelected, "PeerList")
    def action_check(self) -> None:
        """Read the highlighted backup whole."""
        if (chosen := self._highlighted) is not None:
            self._begin(lambda: self._check((chosen,)), "check")

    def action_check_all(self) -> None:
        """Read every backup whole."""
        self._begin(lambda: self._check((*self._here, *self._there)), "check all")

    def action_restore(self) -> None:
        """Say what putting the highlighted backup back would change, and ask."""
        if (chosen := self._highlighted) is not None:
            self._begin(lambda: self._restore(chosen), "put back")

    def action_folder(self) -> None:
        """Ask which folder on another drive takes backups."""
        self._begin(self._choose, "choose a folder")

    def action_drill(self) -> None:
        """Try whether the newest backup could be put back."""
        self._begin(self._drill, "restore drill")

    def action_later(self) -> None:
        """Put the drill off."""
        self._begin(self._put_off, "put off")

    def _begin(self, work: Callable[[], Awaitable[None]], description: str) -> None:
        if not self._busy:
            self.run_worker(self._do(work), description=description, group="flow")

    async def _do(self, work: Callable[[], Awaitable[None]]) -> None:
        self._busy, self._stopped = True, False
        try:
            await work()
        except backups.StoppedError:
            self._tell(sentences.BACKUP_STOPPED)
        except PeerNoteError as error:
            self._tell(str(error), tone="error")
        except RuntimeError:
            # The vault was locked meanwhile; whoever locks waits for nothing.
            if self.house.may_work:
                raise
        finally:
            self._busy = False
        if self.is_attached:
            await self.reload()

    def _tell(self, text: str, *, tone: str = "muted") -> None:
        if self.is_attached:
            self.say(text, tone=tone)

    def _stop(self) -> bool:
        return self._stopped or not self.house.may_work

    async def _make(self) -> None:
        house, standing = self.house, self.house.backup_standing
        if standing.busy:
            self._tell(sentences.BACKUP_BUSY)
            return
        standing.busy = True
        try:
            self._tell(sentences.BACKUP_MAKING)
            own = Job(backups.own_folder(house.folder), Kind.ASKED)
            made = await backing_up.make(house, own, stop=self._stop)
            standing.trouble = ""
            size = sentences.megabytes(made.database.stat().st_size)
            await backing_up.look_for_drive(house)
            if standing.place is None or standing.drive is not Standing.OURS:
                self._tell(sentences.backup_made(size), tone="success")
                return
            await self._make_there(standing.place)
            self._tell(sentences.backup_made_there(size), tone="success")
        finally:
            standing.busy = False

    async def _make_there(self, place: backup_places.Place) -> None:
        self._tell(sentences.BACKUP_MAKING_THERE)
        job = Job(place.folder, Kind.ASKED, marked=True)
        made = await backing_up.make(self.house, job, stop=self._stop)
        await self.house.gateway.call(backup_places.note_made, place, made)
        self.house.backup_standing.drive_trouble = ""

    async def _check(self, chosen: tuple[Backup, ...]) -> None:
        bad = 0
        for number, each in enumerate(chosen, start=1):
            self._tell(sentences.checking(number, len(chosen)))
            found = await self._read_whole(each)
            self._checked[each.path] = found
            bad += bool(found)
        self._tell(sentences.checked_all(len(chosen), bad), tone="error" if bad else "success")

    async def _read_whole(self, each: Backup) -> tuple[str, ...]:
        workspace = self.workspace
        return (await beside(lambda: backups.check_one(workspace, each, stop=self._stop))).problems

    async def _restore(self, chosen: Backup) -> None:
        self._tell(sentences.checking(1, 1))
        self._checked[chosen.path] = found = await self._read_whole(chosen)
        if found:
            self._tell(found[0], tone="error")
            return
        told = await self.house.gateway.call(restoring.preview, chosen)
        newer = sentences.counted(told.newer or {}, every=False)
        question = Confirm(
            sentences.put_back_question(when(chosen, self.workspace.local_now)),
            sentences.put_back_means(sentences.counted(holds(chosen)), newer, told.erased_since),
            yes=sentences.PUT_BACK_YES,
            asked_with="r",
        )
        self.say_nothing()
        if not await self.app.push_screen_wait(question):
            self._tell(sentences.BACKUP_NOTHING_CHANGED)
            return
        # It outlives this screen, which belongs to the vault that is closed.
        self.house.run_worker(backing_up.put_back(self.house, chosen), description="put back", group="leave")

    async def _choose(self) -> None:
        place = self.house.backup_standing.place
        connected = [str(path) for path in await beside(backup_places.drives)]
        typed = await self.app.push_screen_wait(ChooseFolder("" if place is None else str(place.path), connected))
        if typed is None:
            return
        if not typed:
            await self.house.gateway.call(backup_places.forget)
            self._tell(sentences.FOLDER_FORGOTTEN)
            return
        place = await self.house.gateway.call(backup_places.choose, Path(typed))
        await self._make_there(place)
        self._tell(sentences.FOLDER_CHOSEN, tone="success")

    async def _drill(self) -> None:
        workspace = self.workspace
        self._tell(sentences.DRILL_RUNNING)
        newest = await beside(lambda: drilling.newest(workspace))
        done = await beside(lambda: drilling.try_out(workspace, newest, stop=self._stop))
        await self.house.gateway.call(drilling.record, done)
        self._checked[newest.path] = done.problems
        if done.problems:
            self._tell(sentences.drill_failed(done.problems[0]), tone="error")
        else:
            self._tell(sentences.drill_whole(done.seals), tone="success")

    async def _put_off(self) -> None:
        await self.house.gateway.call(drilling.put_off)
        self._tell(sentences.DRILL_PUT_OFF)

    @property
    def _list(self) -> PeerList:
        return self.query_one("#backups", PeerList)

    @property
    def _highlighted(self) -> Backup | None:
        found = self.query("#backups").results(PeerList)
        chosen = next((each.highlighted_id for each in found), None)
        return next((each for each in (*self._here, *self._there) if str(each.path) == chosen), None)
