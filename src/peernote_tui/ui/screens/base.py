"""What every screen shares: top line, body, notice, keys, and the commands that work everywhere."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.css.query import NoMatches
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Static

from peernote_tui.ui import safe, sentences
from peernote_tui.ui.leaving import LeavableScreen
from peernote_tui.ui.widgets.key_line import KeyLine
from peernote_tui.ui.widgets.notice_line import NoticeLine
from peernote_tui.ui.widgets.side_pane import SidePane
from peernote_tui.ui.widgets.top_line import TopLine

ResultT = TypeVar("ResultT")

LEAST_COLUMNS = 60
LEAST_ROWS = 20
WIDE = 100
"""Columns from which the side pane and the step rail have columns of their own."""

APP_BINDINGS: tuple[Binding, ...] = (
    Binding(
        "ctrl+l",
        "app.lock",
        "Lock",
        id="house.lock",
        show=False,
        priority=True,
        tooltip="Save what was typed, lock and hide everything at once. After unlocking you are where you were.",
    ),
    Binding(
        "ctrl+q",
        "app.quit",
        "Quit",
        id="house.quit",
        show=False,
        priority=True,
        tooltip="Save what was typed, lock and leave.",
    ),
)
"""For `App.BINDINGS`, so that locking and quitting work over every dialog."""


def show_help(screen: Screen[Any]) -> None:
    """Show what works on a screen or a dialog right now."""
    from peernote_tui.ui.screens.help import HelpScreen, live_help

    screen.app.push_screen(HelpScreen(live_help(screen)))


# ModalScreen stands first: styles follow the first base.
class PeerModal(ModalScreen[ResultT], LeavableScreen[ResultT]):
    """A dialog over a screen; locking, quitting, help and Esc work in it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *APP_BINDINGS,
        Binding("escape", "close", "Close", id="dialog.close", show=False, tooltip="Close and change nothing."),
        Binding("f1", "help", "Help", id="dialog.help", show=False, tooltip="What can be done here, with every key."),
    ]

    def action_close(self) -> Awaitable[None] | None:
        """Close without an answer; a dialog that keeps what was typed waits until that is stored."""
        self.dismiss(None)
        return None

    def action_help(self) -> None:
        """Show help for what has focus, with every key that works here."""
        show_help(self)


class PeerScreen(LeavableScreen[ResultT]):
    """A full screen of the house.

    Subclasses set `PLACE`, override `compose_body`, and add their own `BINDINGS`, each with an id and
    a tooltip. A subclass that overrides `check_action` asks `super().check_action` for what it does
    not know.

    Attributes:
        PLACE: Where I am, for the top line.
        FIRST_KEYS: Ids of bindings that go first in the footer.
    """

    PLACE: ClassVar[str] = ""
    TABS: ClassVar[tuple[str, ...]] = ()
    FIRST_KEYS: ClassVar[tuple[str, ...]] = ()
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]

    BINDINGS: ClassVar[list[BindingType]] = [
        *APP_BINDINGS,
        Binding(
            "ctrl+n",
            "app.new_note",
            "New note",
            id="house.new_note",
            priority=True,
            tooltip="Begin a case note; a draft is kept from the first key.",
        ),
        Binding(
            "f5,ctrl+f",
            "app.find",
            "Find",
            id="house.find",
            priority=True,
            tooltip="Find a participant, a case note or an action item.",
        ),
        Binding(
            "ctrl+o",
            "jump",
            "Jump",
            id="house.jump",
            priority=True,
            tooltip="Put a letter on every field and go there.",
        ),
        Binding(
            "ctrl+p",
            "app.command_palette",
            "Commands",
            id="house.palette",
            show=False,
            priority=True,
            tooltip="Every command with its key, found by words.",
        ),
        Binding("tab", "app.focus_next", "Move on", show=False, tooltip="To the next field."),
        Binding("shift+tab", "app.focus_previous", "Move back", show=False, tooltip="To the field before."),
        Binding(
            "f9",
            "side_pane",
            "Side pane",
            id="house.side_pane",
            show=False,
            tooltip="Show or fold away what stands beside.",
        ),
        Binding(
            "ctrl+down,shift+down",
            "scroll_side(1)",
            "Side pane down",
            id="house.side_down",
            show=False,
            tooltip="Scroll what stands beside; the list keeps its line.",
        ),
        Binding(
            "ctrl+up,shift+up",
            "scroll_side(-1)",
            "Side pane up",
            id="house.side_up",
            show=False,
            tooltip="Scroll what stands beside back up.",
        ),
        Binding("escape", "back", "Back", id="house.back", show=False, tooltip="Step back. Nothing typed is lost."),
        Binding(
            "f1,question_mark",
            "help",
            "Help",
            id="house.help",
            tooltip="What can be done here, with every key.",
        ),
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 Textual's name
        super().__init__(id=id, classes=classes)
        self._focus_kept: Widget | None = None

    def compose(self) -> ComposeResult:
        """Lay out top line, body, notice line and keys."""
        yield TopLine(self.PLACE, tabs=self.TABS)
        with Vertical(id="body"):
            yield from self.compose_body()
        yield NoticeLine()
        yield KeyLine(self.FIRST_KEYS)
        yield Static("", id="too-small", markup=False)

    def compose_body(self) -> ComposeResult:
        """Give the widgets between the top line and the notice line; for subclasses."""
        yield from ()

    def set_context(self, name: str, detail: str = "", *, short: str = "", number: str = "") -> None:
        """Say in the top line whom the screen is about, such as ("Maria Santos", "she/her · M-0042").

        Args:
            name: What they are called.
            detail: What tells them from others of the name, left out first where room is short.
            short: A shorter name for then.
            number: What is left of the detail then.
        """
        line = self.query_one(TopLine)
        line.name_shown, line.detail = name, detail
        line.short_name, line.number = short, number

    def set_status(self, text: str, tone: str = "muted") -> None:
        """Say in the top line what is saved or counted; tones are those of `TopLine`."""
        line = self.query_one(TopLine)
        line.status, line.tone = text, tone

    def set_mark(self, mark: str) -> None:
        """Say in the top line what holds for the whole vault, such as "read only"; empty for nothing."""
        self.query_one(TopLine).mark = mark

    def set_lock_countdown(self, seconds: int | None) -> None:
        """Say in the top line when the vault locks; None shows nothing."""
        self.query_one(TopLine).seconds = seconds

    def say(self, text: str, *, tone: str = "muted", way: str = "") -> None:
        """Show a notice above the footer; it stays until replaced, or until Esc for an error.

        Args:
            text: What happened.
            tone: "muted", "success", "warning", "error" or "text".
            way: What can be pressed now, such as "u to undo".
        """
        # A screen that is just coming or going has no line, and nobody who would read it.
        for line in self.query(NoticeLine):
            line.say(text, tone=tone, way=way)

    @property
    def said(self) -> str:
        """The notice that stands; empty for none."""
        return self.query_one(NoticeLine).notice[0] if self.query(NoticeLine) else ""

    def say_nothing(self) -> None:
        """Clear the notice."""
        self.query_one(NoticeLine).clear()

    def go_back(self) -> None:
        """Step back; for subclasses. By default the screen closes unless it is the first."""
        if len(self.app.screen_stack) > 1:
            self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the side pane keys where there is no side pane, or none for what is shown just now."""
        if action in ("side_pane", "scroll_side"):
            return any(not pane.has_class("-aside") for pane in self.query(SidePane))
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Put a read error away, fold the side pane that lies over the body, or step back."""
        notice = self.query_one(NoticeLine)
        if notice.is_error:
            notice.clear()
        elif self.has_class("-side-over"):
            self.action_side_pane()
        else:
            self.go_back()

    def action_help(self) -> None:
        """Show help for what has focus, with every key that works here."""
        show_help(self)

    def action_jump(self) -> None:
        """Put letters on the fields and go to the one that is pressed."""
        from peernote_tui.ui.screens.jump import JumpScreen, jump_targets

        def go(target: Widget | None) -> None:
            if target is not None and target.is_attached:
                target.focus()

        if targets := jump_targets(self):
            self.app.push_screen(JumpScreen(targets), go)

    def action_side_pane(self) -> None:
        """Show or fold away the side pane; over the body where there is no room beside it."""
        try:
            pane = self.query_one(SidePane)
        except NoMatches:
            return
        if self.size.width >= WIDE:
            self.toggle_class("-side-away")
            self.call_after_refresh(self._give_focus_back)
            return
        self.toggle_class("-side-over")
        if self.has_class("-side-over"):
            self._focus_kept = self.focused
            pane.focus()
        else:
            self._give_focus_back()

    def action_scroll_side(self, way: int) -> None:
        """Scroll the side pane by half of what it shows, down (1) or up (-1), from wherever focus is."""
        for pane in self.query(SidePane):
            pane.scroll_relative(y=way * max(1, pane.size.height // 2), animate=False)

    def on_resize(self, event: events.Resize) -> None:
        """Say how large the terminal must be when it is too small, and come back when it is not."""
        columns, rows = event.size
        small = columns < LEAST_COLUMNS or rows < LEAST_ROWS
        if small:
            self.query_one("#too-small", Static).update(
                safe.content(sentences.too_small(columns, rows, LEAST_COLUMNS, LEAST_ROWS))
            )
        if small == self.has_class("-too-small"):
            return
        if small:
            self._focus_kept = self.focused
        self.set_class(small, "-too-small")
        if not small:
            self.call_after_refresh(self._give_focus_back)

    def _give_focus_back(self) -> None:
        kept, self._focus_kept = self._focus_kept, None
        # A key may have led elsewhere meanwhile: what is typed must not go into a box that nobody sees.
        if kept is not self.focused and kept in self.focus_chain:
            self.set_focus(kept, from_app_focus=True)
        elif self.focused not in self.focus_chain:
            self.focus_next()


class TopScreen(PeerScreen[None]):
    """One of the four screens with tabs; 1 to 4 go to them where no text is typed.

    Attributes:
        PLACE: Name of its tab, one of `sentences.TAB_NAMES`.
    """

    TABS: ClassVar[tuple[str, ...]] = sentences.TAB_NAMES
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            str(place),
            f"app.go('{name.lower()}')",
            name,
            id=f"top.{name.lower()}",
            show=False,
            tooltip=f"Go to {name}.",
        )
        for place, name in enumerate(sentences.TAB_NAMES, start=1)
    ]

    def go_back(self) -> None:
        """Step back to Today; on Today, stay."""
        if self.TABS.index(self.PLACE) > 0:
            self.call_later(self.app.run_action, "app.go('today')")


def known_bindings(*classes: type[Any]) -> dict[str, str]:
    """Collect the commands of screens, widgets and the app, for checking a keymap.

    Returns:
        Command id to its usual keys, joined by commas.
    """
    known: dict[str, str] = {}
    for owner in classes:
        for ancestor in owner.__mro__:
            for binding in vars(ancestor).get("BINDINGS", ()):
                if isinstance(binding, Binding) and binding.id:
                    known.setdefault(binding.id, binding.key)
    return known
