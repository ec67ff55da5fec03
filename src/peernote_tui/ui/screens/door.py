"""What the screens before the open vault share: few keys, one calm column, nothing heavy imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.base import APP_BINDINGS, PeerScreen
from peernote_tui.ui.widgets.text_input import TextInput

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp


def short_path(folder: Path, home: Path) -> str:
    """Say where a folder lies without saying whose home it is in.

    Args:
        folder: The folder.
        home: The home of whoever sits here.

    Returns:
        "~/…" inside the home, otherwise the last two parts after "…/".
    """
    if folder.is_relative_to(home):
        return str(Path("~") / folder.relative_to(home))
    parts = [part for part in folder.parts if part != folder.anchor]
    return str(folder) if len(parts) <= 2 else str(Path("…", *parts[-2:]))


class SecretInput(TextInput):
    """One line for a passphrase or a code: masked, pasted as usual, with no history and no way out of the field.

    Args:
        shown: Begin with the text readable, as for a code copied from paper.
        id: Widget id.
    """

    HELP_TEXT = sentences.MASKED_HELP
    MAY_BE_LOST = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Go on", id="door.go_on", tooltip="Go on with what is typed."),
        Binding("f8", "reveal", "Show", id="door.reveal", tooltip="Show what is typed, or mask it again."),
    ]

    def __init__(self, *, shown: bool = False, id: str | None = None) -> None:  # noqa: A002 Textual's name for it
        super().__init__(password=not shown, id=id, classes="-boxed")

    def watch_value(self, old: str, new: str) -> None:
        """Remember nothing of what stood here before, also while it is shown."""

    def place_left(self) -> dict[str, Any]:
        """Nothing, also while it is shown."""
        return {}

    def action_reveal(self) -> None:
        """Show the text, or mask it."""
        self.password = not self.password

    def action_copy(self) -> None:
        """Copy nothing: a secret stays in its field."""

    def action_cut(self) -> None:
        """Delete the selection without keeping it."""
        self.delete_selection()

    def select_whole(self) -> None:
        """Select everything, so that the next key begins anew."""
        self.action_select_all()


class Card(Static, can_focus=True):
    """Words to copy onto paper; Enter says that they are written down."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.written", "Written down", id="door.written", tooltip="It is on paper; go on."),
    ]

    def __init__(self, *, id: str) -> None:  # noqa: A002 Textual's name for it
        super().__init__("", id=id, classes="door--card", markup=False)


class DoorScreen(PeerScreen[None], inherit_bindings=False):
    """A screen in front of the vault. Commands of the open vault do not exist here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(binding for binding in APP_BINDINGS if binding.action != "app.quit"),
        Binding("tab", "app.focus_next", "Move on", show=False, tooltip="To the next field."),
        Binding("shift+tab", "app.focus_previous", "Move back", show=False, tooltip="To the field before."),
        Binding("escape", "back", "Back", id="house.back", tooltip="Step back. Nothing typed is lost."),
        Binding(
            "ctrl+p",
            "app.command_palette",
            "Commands",
            id="house.palette",
            show=False,
            priority=True,
            tooltip="Every command with its key, found by words.",
        ),
        Binding("ctrl+q", "app.quit", "Quit", id="house.quit", priority=True, tooltip="Leave PeerNote."),
        Binding("f1,question_mark", "help", "Help", id="house.help", tooltip="What can be done here, with every key."),
    ]

    @property
    def house(self) -> PeerNoteApp:
        """The application, by its own type."""
        return cast("PeerNoteApp", self.app)

    @property
    def can_go_back(self) -> bool:
        """Whether there is a step before this one; for subclasses."""
        return False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide Esc where it leads nowhere."""
        if action == "back":
            return self.can_go_back
        return super().check_action(action, parameters)

    def place_lines(self) -> ComposeResult:
        """Give the line that says where the vault lies, and a warning when another program copies that folder."""
        from peernote_tui.vault.layout import synced_folder_warning

        yield Static(safe.content(short_path(self.house.folder, Path.home())), classes="muted", markup=False)
        if warning := synced_folder_warning(self.house.folder):
            yield Static(safe.assemble(("! ", "bold $primary"), warning), classes="door--warning", markup=False)

    def put(self, selector: str, sentence: str, *, sign: str = "") -> None:
        """Show a sentence in one of the screen's lines, or hide the line when it is empty.

        Args:
            selector: The line, such as "#refusal".
            sentence: What to say, of any origin.
            sign: A sign before it, such as "!".
        """
        line = self.query_one(selector, Static)
        line.display = bool(sentence)
        line.update(safe.assemble((f"{sign} " if sentence and sign else "", "bold"), sentence))
