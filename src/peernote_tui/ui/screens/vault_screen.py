"""A screen that asks the open vault, and says in words what the vault refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, ParamSpec, TypeVar, cast

from textual import events, on, work
from textual.binding import Binding, BindingType

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.base import PeerScreen, TopScreen

if TYPE_CHECKING:
    from peernote_tui.services.workspace import Workspace
    from peernote_tui.ui.app import PeerNoteApp

P = ParamSpec("P")
R = TypeVar("R")
ResultT = TypeVar("ResultT")


class VaultScreen(PeerScreen[ResultT]):
    """A screen over an open vault, such as a note."""

    @property
    def house(self) -> PeerNoteApp:
        """The application, by its own type."""
        return cast("PeerNoteApp", self.app)

    @property
    def workspace(self) -> Workspace:
        """The open vault's frozen facts: author, clock, templates, today."""
        return self.house.gateway.workspace

    async def ask(self, verb: Callable[Concatenate[Workspace, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R | None:
        """Let a service do one thing; a refusal is said in the notice line and gives None."""
        try:
            return await self.house.gateway.call(verb, *args, **kwargs)
        except PeerNoteError as error:
            if self.is_attached:
                self.say(str(error), tone="error")
            return None

    @on(events.Mount)
    def _fold_side_pane(self) -> None:
        """Fold the side pane away where the settings say so."""
        self.set_class(not self.house.settings.side_pane, "-side-away")

    def show_mark(self) -> None:
        """Say in the top line when the vault is only read."""
        if self.house.gateway.is_open:
            self.set_mark(sentences.READ_ONLY if self.workspace.vault.read_only else "")

    async def flush(self) -> None:
        """Store what is typed but not saved yet; called before another screen opens.

        Raises:
            PeerNoteError: It could not be stored.
        """

    async def keep(self) -> None:
        """Bring what is typed to safety before the vault is left, in the vault or wherever else there is room.

        Raises:
            PeerNoteError: There is no such place.
        """
        await self.flush()

    async def reload(self) -> None:
        """Fetch anew what is shown; called when the screen comes to the front."""

    @work(exclusive=True, group="reload", description="reload")
    async def reload_soon(self) -> None:
        """Fetch anew; a fetch that was asked for before gives way."""
        await self.reload()

    def on_screen_resume(self) -> None:
        """Show what has changed meanwhile, and what a screen that just closed had to say."""
        self.show_mark()
        self.reload_soon()
        self.call_after_refresh(self.house.show_lock_countdown)
        announcement, tone = self.house.take_announcement()
        if announcement:
            self.say(announcement, tone=tone)


# VaultScreen stands first: styles follow the first base, and so reach PeerScreen.
class VaultTopScreen(VaultScreen[Any], TopScreen):
    """One of the four screens with tabs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "k",
            "keys",
            "Keys",
            id="top.keys",
            show=False,
            tooltip="What opens the vault: passphrase, recovery code, organisation; a page to print.",
        ),
        Binding(
            "b",
            "backups",
            "Backups",
            id="top.backups",
            show=False,
            tooltip="The backups there are: make one, check them, put one back, choose a USB stick.",
        ),
    ]

    def action_keys(self) -> None:
        """Go to what opens the vault."""
        from peernote_tui.ui.screens.keys import KeysScreen

        self.app.push_screen(KeysScreen())

    def action_backups(self) -> None:
        """Go to the backups."""
        from peernote_tui.ui.screens.backups import BackupsScreen

        self.app.push_screen(BackupsScreen())
