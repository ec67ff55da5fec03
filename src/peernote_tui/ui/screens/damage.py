"""A vault that does not read as it should: what is damaged, and the ways out. Nothing happens unasked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.door import DoorScreen, short_path
from peernote_tui.ui.widgets.confirm import Confirm
from peernote_tui.ui.widgets.form import Form

if TYPE_CHECKING:
    from peernote_tui.services.restoring import Preview
    from peernote_tui.services.salvaging import Survey
    from peernote_tui.services.workspace import Workspace


class DamageScreen(DoorScreen):
    """Shows what is damaged, and offers to look, to salvage, and to put back a backup.

    Args:
        passphrase: Opens the vault's key; it is forgotten when the screen closes.
    """

    PLACE = sentences.PLACE_DAMAGE
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "look", "Look", id="damage.look", tooltip="Open what still reads, for reading only."),
        Binding(
            "s",
            "salvage",
            "Salvage",
            id="damage.salvage",
            tooltip="Bring all that still reads into a new vault beside this one, and list what is lost.",
        ),
        Binding(
            "b",
            "restore",
            "Newest backup",
            id="damage.restore",
            tooltip="See what the newest backup would bring and what would be lost, then decide.",
        ),
        Binding(
            "t",
            "take_place",
            "Use the new vault",
            id="damage.take_place",
            tooltip="Put the salvaged vault in the place of the damaged one, which is kept beside it.",
        ),
        Binding("j", "mend", "Write vault.json", id="damage.mend", tooltip="Write the damaged vault.json again."),
        Binding("q", "app.quit", "Quit", id="damage.quit", show=False, tooltip="Leave PeerNote."),
    ]

    def __init__(self, passphrase: str) -> None:
        super().__init__()
        self._passphrase = passphrase
        self._working = True
        self._seen: Survey | None = None
        self._salvaged: Path | None = None

    def compose_body(self) -> ComposeResult:
        """Lay out title, findings and ways."""
        with Form(classes="door"), Vertical(classes="door--column"):
            yield Static(sentences.DAMAGE_TITLE, classes="title")
            yield from self.place_lines()
            yield Static("", id="found", classes="door--lead", markup=False)
            yield Static("", id="working", classes="door--working", markup=False)
            yield Static("", id="refusal", classes="door--refusal", markup=False)
            yield Static("", id="report", classes="door--lead", markup=False)
            yield Static(sentences.DAMAGE_CALM, classes="door--hint", markup=False)

    def on_mount(self) -> None:
        """Begin to read."""
        for line in ("#found", "#refusal", "#report"):
            self.put(line, "")
        self._begin(sentences.DAMAGE_READING, self._survey)

    def on_unmount(self) -> None:
        """Forget the passphrase."""
        self._passphrase = ""

    @property
    def can_go_back(self) -> bool:
        """To the locked screen, unless something is just being done."""
        return not self._working

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can help with this damage, and nothing while something is being done."""
        offered = {
            "look": self._seen is not None and not self._seen.damage.missing,
            "salvage": self._seen is not None and self._salvaged is None,
            "restore": self._seen is not None and self._seen.backup is not None,
            "take_place": self._salvaged is not None,
            "mend": self._seen is not None and bool(self._seen.damage.card) and not self._seen.damage.unreadable,
        }
        if action in offered:
            return offered[action] and not self._working
        return super().check_action(action, parameters)

    def action_look(self) -> None:
        """Open what still reads."""
        from peernote_tui.services import salvaging

        folder, passphrase, clock = self.house.folder, self._passphrase, self.house.clock

        def opener() -> Workspace:
            damaged = salvaging.begin(folder, passphrase, clock=clock)
            try:
                return salvaging.look(damaged, clock)
            except BaseException:
                damaged.close()
                raise

        async def enter() -> None:
            await self.house.enter(opener)

        self._begin(sentences.OPENING, enter)

    def action_salvage(self) -> None:
        """Bring what still reads into a new vault, and show the list of what is lost."""
        self._begin(sentences.DAMAGE_SALVAGING, self._salvage)

    def action_restore(self) -> None:
        """Show what the newest backup would bring, and ask."""
        self._begin(sentences.DAMAGE_RESTORING, self._preview)

    def action_take_place(self) -> None:
        """Ask, then put the salvaged vault in place."""
        self._ask(
            Confirm(
                sentences.TAKE_PLACE_QUESTION,
                sentences.TAKE_PLACE_MEANS,
                yes=sentences.TAKE_PLACE_YES,
                asked_with="t",
            ),
            lambda: self._begin(sentences.DAMAGE_PLACING, self._take_place),
        )

    def action_mend(self) -> None:
        """Write vault.json again, then go back to the locked screen."""
        self._begin(sentences.OPENING, self._mend)

    async def _survey(self) -> None:
        from peernote_tui.services import salvaging

        folder, passphrase, clock = self.house.folder, self._passphrase, self.house.clock

        def look() -> Survey:
            with salvaging.begin(folder, passphrase, clock=clock) as damaged:
                return salvaging.survey(damaged)

        self._seen = await self.house.gateway.run(look)
        self.put("#found", "\n".join(self._findings(self._seen)))

    def _findings(self, seen: Survey) -> list[str]:
        damage = seen.damage
        lines = [damage.card] if damage.card else []
        if damage.card and not damage.unreadable and not damage.missing:
            lines.append(sentences.DAMAGE_CARD)
        elif damage.missing:
            lines.append("vault.db is missing or empty.")
        elif damage.unreadable:
            lines.append(sentences.damaged_pages(damage.unreadable, damage.pages))
        elif not damage.card:
            lines.append(sentences.DAMAGE_NONE)
        if seen.tables:
            lines.append(sentences.damaged_tables(seen.tables))
        if seen.backup is not None and seen.backup.manifest is not None:
            lines.append(sentences.newest_backup(self.house.clock.now() - seen.backup.manifest.created_at))
        return lines

    async def _salvage(self) -> None:
        from peernote_tui.services import salvage_placing, salvaging

        folder, passphrase, clock, seen = self.house.folder, self._passphrase, self.house.clock, self._seen

        def salvage() -> tuple[Path, salvaging.Salvage]:
            place = salvage_placing.free_place(folder)
            with salvaging.begin(folder, passphrase, clock=clock) as damaged:
                return place, salvaging.carry_out(damaged, place, clock, fill_from=seen.backup if seen else None)

        self._salvaged, done = await self.house.gateway.run(salvage)
        self.put("#report", "\n".join([*done.lines(), sentences.DAMAGE_SAME_KEY]))

    async def _take_place(self) -> None:
        from peernote_tui.services import salvage_placing

        salvaged = self._salvaged
        if salvaged is None:
            return
        placed = await self.house.gateway.run(salvage_placing.take_place, self.house.folder, salvaged, self.house.clock)
        self._done(placed.aside)

    async def _preview(self) -> None:
        from peernote_tui.services import backups

        folder, passphrase = self.house.folder, self._passphrase
        chosen = self._seen.backup if self._seen is not None else None
        if chosen is None:
            return

        def preview() -> Preview:
            with backups.begin_restore(folder, chosen, passphrase) as restoration:
                return backups.restore_preview(restoration)

        seen = await self.house.gateway.run(preview)
        newer = [f"{count} {kind.replace('_', ' ')}" for kind, count in (seen.newer or {}).items() if count]
        self._ask(
            Confirm(
                sentences.RESTORE_NEWEST_QUESTION,
                sentences.backup_means(newer, seen.erased_since),
                yes=sentences.RESTORE_NEWEST_YES,
                asked_with="b",
            ),
            lambda: self._begin(sentences.DAMAGE_RESTORING, self._restore),
        )

    async def _restore(self) -> None:
        from peernote_tui.services import backups

        folder, passphrase, clock = self.house.folder, self._passphrase, self.house.clock
        chosen = self._seen.backup if self._seen is not None else None
        if chosen is None:
            return

        def restore() -> Path | None:
            with backups.begin_restore(folder, chosen, passphrase) as restoration:
                return backups.carry_out(restoration, clock).aside

        self._done(await self.house.gateway.run(restore))

    async def _mend(self) -> None:
        from peernote_tui.services import salvaging

        await self.house.gateway.run(salvaging.mend_card, self.house.folder, self._passphrase)
        self._working = False
        self.dismiss(None)

    def _done(self, aside: Path | None) -> None:
        self._seen = self._salvaged = None
        self.put("#found", sentences.put_in_place(short_path(aside, Path.home()) if aside is not None else ""))
        self.put("#report", "")

    def _ask(self, question: Confirm, then: Callable[[], None]) -> None:
        def answered(yes: bool | None) -> None:  # noqa: FBT001 a callback of the dialog
            if yes:
                then()

        self.app.push_screen(question, answered)

    def _begin(self, sentence: str, act: Callable[[], Awaitable[None]]) -> None:
        self._set_working(sentence)
        # The app's worker: this screen goes away while Today is put up.
        self.app.run_worker(self._run(act), description="damage", exclusive=True, group="open")

    async def _run(self, act: Callable[[], Awaitable[None]]) -> None:
        try:
            await act()
        except PeerNoteError as error:
            if self.is_attached:
                self.put("#refusal", str(error), sign="!")
        finally:
            if self.is_attached:
                self._set_working("")

    def _set_working(self, sentence: str) -> None:
        self._working = bool(sentence)
        if sentence:
            self.put("#refusal", "")
        self.put("#working", sentence)
        self.refresh_bindings()
