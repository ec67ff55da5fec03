"""A folder that cannot be opened as a vault: what is wrong, and the way out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.door import DoorScreen, short_path
from peernote_tui.ui.widgets.form import Form

if TYPE_CHECKING:
    from peernote_tui.vault.layout import VaultState


class RefusedScreen(DoorScreen):
    """Says why nothing can be opened here. A half-made vault can be moved aside from here.

    Args:
        sentence: What is wrong and what to do.
        movable: The folder holds a half-made vault that may be moved aside.
        gone: A vault was open here a moment ago, so it may come back.
    """

    PLACE = sentences.PLACE_REFUSED
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "m",
            "move_aside",
            "Move aside and begin anew",
            id="refused.move_aside",
            tooltip="Rename the half-made vault, keep everything in it, and make a new vault in its place.",
        ),
        Binding(
            "r",
            "look_again",
            "Look again",
            id="refused.look_again",
            tooltip="Look whether the vault is there again, such as after connecting its drive.",
        ),
        Binding("q", "app.quit", "Quit", id="refused.quit", show=False, tooltip="Leave PeerNote."),
    ]

    def __init__(self, sentence: str, *, movable: bool = False, gone: bool = False) -> None:
        super().__init__()
        self._gone = gone
        self._sentence = sentence
        self._movable = movable

    @classmethod
    def for_state(cls, state: VaultState, folder: Path) -> RefusedScreen:
        """Make the screen for a folder that is no finished vault.

        Args:
            state: What the folder is.
            folder: The folder.
        """
        from peernote_tui.vault.layout import VaultState

        place = short_path(folder, Path.home())
        if state is VaultState.HALF_MADE:
            return cls(sentences.half_made(place), movable=True)
        if folder.is_dir():
            return cls(sentences.other_things(place))
        return cls(sentences.no_folder(place))

    @classmethod
    def for_gone(cls, folder: Path) -> RefusedScreen:
        """Make the screen for a vault that was open and whose folder is away, such as with its drive."""
        return cls(sentences.vault_away(short_path(folder, Path.home())), gone=True)

    def compose_body(self) -> ComposeResult:
        """Lay out title and sentence."""
        with Form(classes="door -middle"), Vertical(classes="door--column -slim"):
            yield Static(sentences.REFUSED_TITLE, classes="title")
            yield Static(safe.content(self._sentence, keep_lines=True), id="reason", classes="door--lead", markup=False)
            yield Static("", id="refusal", classes="door--refusal", markup=False)

    def on_mount(self) -> None:
        """Begin without a refusal."""
        self.put("#refusal", "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Moving aside exists for a half-made vault only, looking again for one that is away."""
        if action == "look_again":
            return self._gone
        if action == "move_aside":
            return self._movable
        return super().check_action(action, parameters)

    def action_look_again(self) -> None:
        """Show what is at the vault's place now."""
        self.house.look_again()

    def action_move_aside(self) -> None:
        """Ask, then move the folder aside and begin the first run."""
        from peernote_tui.ui.widgets.confirm import Confirm

        def answered(yes: bool | None) -> None:  # noqa: FBT001 a callback of the dialog
            if yes:
                self.run_worker(self._move(), description="move aside", exclusive=True)

        question = Confirm(
            sentences.MOVE_ASIDE_QUESTION, sentences.MOVE_ASIDE_MEANS, yes=sentences.MOVE_ASIDE_YES, asked_with="m"
        )
        self.app.push_screen(question, answered)

    async def _move(self) -> None:
        from peernote_tui.vault.layout import move_aside

        try:
            await self.house.gateway.run(move_aside, self.house.folder)
        except PeerNoteError as error:
            self.put("#refusal", str(error), sign="!")
            return
        from peernote_tui.ui.screens.first_run import FirstRunScreen

        self.app.switch_screen(FirstRunScreen())
