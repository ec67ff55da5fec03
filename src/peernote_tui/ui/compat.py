"""Everything that reaches into Textual's internals, in one place.

Each override has a canary test that fails when Textual changes under it. Measured with Textual 8.2.8.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from rich.control import Control
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App, SystemCommand
from textual.errors import NoWidget
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import WorkerFailed

from peernote_tui.ui import sentences
from peernote_tui.ui.themes import house_themes
from peernote_tui.ui.type_ahead import TypeAhead

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from textual.driver import Driver
    from textual.geometry import Size

ResultT = TypeVar("ResultT")
NAME = "PeerNote"
_TAKING_AWAY = ("backspace", "delete")


def fault_id(error: BaseException) -> str:
    """Name a fault by where it happened, so that two reports can be compared.

    Only file names, function names and line numbers go in; messages and values never do, because
    they may hold what a person wrote.

    Returns:
        Eight hexadecimal digits.
    """
    places: list[str] = [type(error).__name__]
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    import hashlib

    return hashlib.sha256("\n".join(places).encode()).hexdigest()[:8]


class QuietCrash(App[ResultT]):
    """An app that ends on an unexpected fault with one line and an id, never with values.

    Textual's own way prints a traceback with local variables, a typed passphrase included.
    """

    _ending: tuple[ResultT] | None = None

    def end_with(self, result: ResultT) -> None:
        """Let nothing change how the app ends from here on: everything is stored, and a fault loses nothing more.

        What screens still do while they are taken down may find the vault closed.
        """
        self._ending = (result,)

    def _handle_exception(self, error: Exception) -> None:
        if self._ending is not None:
            self.exit(self._ending[0])
            self._close_messages_no_wait()
            return
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
            # A worker wraps what went wrong in it, and the wrapping would be the same for every fault.
            cause = error.error if isinstance(error, WorkerFailed) else error
            self._quiet_line = sentences.crashed(type(cause).__name__, fault_id(cause))
        self._fatal_error()

    def panic(self, *_renderables: Any) -> None:
        """End with the one line; what was to be shown instead could hold values."""
        self._fatal_error()

    def _fatal_error(self) -> None:
        from rich.text import Text

        line = getattr(self, "_quiet_line", sentences.crashed("Fault", "00000000"))
        self._exit_renderables[:] = [Text(line)]
        self._close_messages_no_wait()


def _to_clipboard(text: str) -> str:
    return f"\x1b]52;c;{b64encode(text.encode()).decode()}\a"


EMPTY_CLIPBOARD = _to_clipboard(" ") + _to_clipboard("")
"""A space first: there are terminals that take nothing for no request at all, tmux for one."""


WIPE = "\x1b[m\x1b[H\x1b[J"
"""Plain colours, home, erase from there: unlike erasing all, no terminal moves what stood there into its history."""


def tidy(driver: type[Driver]) -> type[Driver]:
    """A driver that wipes the screen before it gives the terminal back.

    The other screen that it leaves is kept by some terminals, and there are some without one.
    """

    def stop_application_mode(self: Any) -> None:
        self.write(getattr(self._app, "last_words", "") + WIPE)
        driver.stop_application_mode(self)

    return type("TidyDriver", (driver,), {"stop_application_mode": stop_application_mode, "__module__": __name__})


class QuietSurface(App[ResultT]):
    """An app that leaks nothing by its surface: no screenshot, no clipboard by surprise, a fixed title."""

    def get_driver_class(self) -> type[Driver]:
        """The platform's driver, made tidy."""
        return tidy(super().get_driver_class())

    _handed_over = False

    @property
    def last_words(self) -> str:
        """What the terminal is told just before it is given back: to empty its clipboard if that is still ours."""
        return EMPTY_CLIPBOARD if self._handed_over else ""

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:  # noqa: ARG002 the signature is Textual's
        """Offer none of Textual's own commands; the house lists its own with their keys."""
        return ()

    def action_command_palette(self) -> None:
        """Open the palette with the house's own question."""
        from peernote_tui.ui.palette import Palette

        if self.use_command_palette and not isinstance(self.screen, Palette):
            self.push_screen(Palette(placeholder=sentences.PALETTE_PROMPT))

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Do nothing: a picture of the screen would lie on the disk in the clear."""

    def deliver_screenshot(self, *_args: Any, **_kwargs: Any) -> None:
        """Do nothing: a picture of the screen would lie on the disk in the clear."""

    def copy_to_clipboard(self, text: str) -> None:
        """Keep the text inside the program; the terminal's clipboard is not told."""
        self._clipboard = text

    def copy_to_terminal(self, text: str) -> None:
        """Hand text to the terminal's clipboard (OSC 52), for when a person asked for just that."""
        if self._driver is not None:
            self._handed_over = True
            self._driver.write(_to_clipboard(text))
            self._driver.flush()

    def clear_terminal(self) -> None:
        """Have the terminal empty its clipboard, if something was handed over since it last did."""
        if self._handed_over and self._driver is not None:
            self._handed_over = False
            self._driver.write(EMPTY_CLIPBOARD)
            self._driver.flush()

    def forget_clipboard(self) -> None:
        """Empty the program's own clipboard, and the terminal's if it was given anything, as locking must."""
        self._clipboard = ""
        self.clear_terminal()

    def validate_title(self, title: Any) -> str:  # noqa: ARG002 the signature is Textual's
        """Keep the title the program's name whatever is set."""
        return NAME

    def validate_sub_title(self, sub_title: Any) -> str:  # noqa: ARG002 the signature is Textual's
        """Keep the subtitle empty whatever is set."""
        return ""


class _Blank:
    """A whole terminal of one colour with one sentence in its middle."""

    def __init__(self, sentence: str, size: Size, style: Style) -> None:
        self._sentence, self._size, self._style = sentence, size, style

    def __rich_console__(self, _console: Console, _options: ConsoleOptions) -> RenderResult:
        width, height = self._size
        yield Control.home()
        for row in range(height):
            text = self._sentence[:width] if row == height // 2 else ""
            # A newline at the very end would scroll the terminal.
            yield Segment(text.center(width) + ("\r\n" if row + 1 < height else ""), self._style)


class Covered(App[ResultT]):
    """An app that can hide everything at once, however busy it and its screens are.

    The cover is painted over what the screens draw. They stay as they are below it, with focus and cursor, so
    that where a person was can still be told; keys and clicks no longer reach them.
    """

    _cover = ""

    @property
    def covered(self) -> str:
        """The sentence that stands in the place of everything; empty when nothing is hidden."""
        return self._cover

    def cover(self, sentence: str) -> None:
        """Hide everything now, before anything else is done."""
        self._cover = sentence
        if self._screen_stack:
            self._display(self.screen, _Blank("", self.size, Style()))

    def uncover(self) -> None:
        """Show the screens again."""
        if self._cover:
            self._cover = ""
            self.refresh(layout=True)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if self._cover and renderable is not None:
            theme = self.current_theme
            style = Style.parse(f"{theme.foreground or 'default'} on {theme.background or 'default'}")
            renderable = _Blank(self._cover, self.size, style)
        super()._display(screen, renderable)

    async def on_event(self, event: events.Event) -> None:
        """Drop keys, pastes and clicks that arrive while everything is hidden: nobody sees what they would do."""
        if self._cover and isinstance(event, (events.Key, events.Paste, events.MouseEvent)):
            return
        await super().on_event(event)


class IdleWatch(App[ResultT]):
    """An app that knows for how long nobody has pressed a key.

    Keys that a field consumes never bubble, so they are counted where they arrive.
    """

    _idle_clock: Callable[[], float] | None = None
    _last_key: float = 0.0

    def watch_idleness(self, clock: Callable[[], float]) -> None:
        """Begin counting.

        Args:
            clock: Gives seconds that never run backwards, such as `time.monotonic`.
        """
        self._idle_clock = clock
        self._last_key = clock()

    @property
    def idle_seconds(self) -> float:
        """Seconds since the last key, paste or click; 0 until counting began."""
        return self._idle_clock() - self._last_key if self._idle_clock else 0.0

    async def on_event(self, event: events.Event) -> None:
        """Note the time of a key, paste or click, then let Textual handle it."""
        if self._idle_clock and isinstance(event, (events.Key, events.Paste, events.MouseDown)):
            self._last_key = self._idle_clock()
        await super().on_event(event)


class InSight(App[ResultT]):
    """An app in which nobody types into a box that they do not see.

    Page keys scroll a form that is longer than the terminal, and what is said under one field pushes others down.
    """

    async def on_event(self, event: events.Event) -> None:
        """Bring the focused box back into view before it takes a key or a paste."""
        if isinstance(event, (events.Key, events.Paste)) and self._screen_stack and (box := self.focused):
            takes = isinstance(event, events.Paste) or (
                event.key in _TAKING_AWAY or box.check_consume_key(event.key, event.character)
            )
            if takes and not _in_sight(box):
                box.scroll_visible(animate=False, immediate=True)
        await super().on_event(event)


def _in_sight(box: Widget) -> bool:
    """Whether any of a widget stands in what is painted."""
    try:
        return bool(box.screen.find_widget(box).visible_region)
    except NoWidget:
        return True


class HouseThemes(App[ResultT]):
    """An app that wears the house themes and shows nothing that moves."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.animation_level = "none"
        for theme in house_themes():
            self.register_theme(theme)
        self.theme = house_themes()[0].name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the house's variables to Textual's own themes too, so that styles always parse."""
        return dict(house_themes()[0].variables)


class HouseApp(
    QuietCrash[ResultT],
    QuietSurface[ResultT],
    Covered[ResultT],
    IdleWatch[ResultT],
    InSight[ResultT],
    TypeAhead[ResultT],
    HouseThemes[ResultT],
):
    """All of the above in one base class for the application and for tests."""
