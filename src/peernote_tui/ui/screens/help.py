"""F1: what can be done here, with every key, made from the live bindings."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import ActiveBinding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen

from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.base import PeerModal, PeerScreen
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.lines import LinesWidget

_KEY_COLUMN = 14
_UNASKED = frozenset({"screen.copy_text"})
"""What Textual binds by itself and nobody needs to be told of."""


@dataclass(frozen=True)
class HelpEntry:
    """One command: its keys as written, what it does, and a longer sentence."""

    keys: str
    label: str
    tooltip: str = ""


@dataclass(frozen=True)
class HelpPage:
    """What help shows.

    Attributes:
        subject: Label of the focused field; empty for none.
        text: Its help.
        groups: Headings with their commands, empty groups left out.
    """

    subject: str = ""
    text: str = ""
    groups: tuple[tuple[str, tuple[HelpEntry, ...]], ...] = field(default=())


def live_help(screen: Screen[Any]) -> HelpPage:
    """Read what works on a screen right now."""
    focused = screen.focused
    around = next((node for node in focused.ancestors_with_self if isinstance(node, Field)), None) if focused else None
    groups: dict[str, dict[tuple[int, str], list[tuple[str, ActiveBinding]]]] = {
        sentences.HELP_HERE: {},
        sentences.HELP_SCREEN: {},
        sentences.HELP_EVERYWHERE: {},
        sentences.HELP_TYPING: {},
    }
    for active in screen.active_bindings.values():
        binding = active.binding
        if not binding.description or binding.system or binding.action in _UNASKED:
            continue
        house = (binding.id or "").startswith("house.")
        if isinstance(active.node, App) or house:
            heading = sentences.HELP_EVERYWHERE
        elif active.node is screen:
            heading = sentences.HELP_SCREEN
        elif binding.id or binding.show:
            heading = sentences.HELP_HERE
        else:
            heading = sentences.HELP_TYPING
        if heading == sentences.HELP_EVERYWHERE and not binding.id:
            continue
        same = groups[heading].setdefault((id(active.node), binding.action), [])
        same.append((screen.app.get_key_display(binding), active))
    # What a screen is for comes before what every screen has.
    first = list(screen.FIRST_KEYS) if isinstance(screen, PeerScreen) else []
    made = tuple(
        (heading, tuple(_entry(same) for same in sorted(commands.values(), key=partial(_place, first))))
        for heading, commands in groups.items()
        if commands
    )
    return HelpPage(around.label if around else "", around.full_help() if around else "", made)


def _place(first: list[str], same: list[tuple[str, ActiveBinding]]) -> int:
    binding_id = same[0][1].binding.id
    return first.index(binding_id) if binding_id in first else len(first)


def _entry(same: list[tuple[str, ActiveBinding]]) -> HelpEntry:
    binding = same[0][1].binding
    keys = ", ".join(dict.fromkeys(key for key, _active in same))
    return HelpEntry(keys, binding.description, same[0][1].tooltip or binding.tooltip)


class HelpScreen(PeerModal[None]):
    """The help dialog; Esc or F1 closes it.

    Args:
        page: What to show, from `live_help`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [("f1", "close", "Close")]

    def __init__(self, page: HelpPage) -> None:
        super().__init__()
        self._page = page

    def compose(self) -> ComposeResult:
        """Lay out the page in a box that scrolls."""
        with VerticalScroll(classes="dialog dialog--wide") as box:
            # On the edge it is seen however long the page is.
            box.border_subtitle = sentences.HELP_CLOSE
            yield HelpText(self._page)

    def on_mount(self) -> None:
        """Let the arrow keys scroll at once."""
        self.query_one(VerticalScroll).focus()


class HelpText(LinesWidget):
    """A help page as text; explanations that wrap stand under each other.

    Args:
        page: What to show.
    """

    def __init__(self, page: HelpPage) -> None:
        super().__init__()
        self._page = page

    def lines(self, width: int) -> list[Content]:
        """Write the page."""
        page = self._page
        made = [safe.content(page.subject or sentences.HELP_TITLE, "bold")]
        if page.text:
            made += safe.content(page.text, keep_lines=True).wrap(max(1, width))
        longest = max((safe.width(entry.keys) for _heading, entries in page.groups for entry in entries), default=0)
        column = min(_KEY_COLUMN, longest)
        for heading, entries in page.groups:
            made += [Content(""), safe.content(heading, "bold $secondary")]
            for entry in entries:
                made += _entry_lines(entry, column, width)
        return made


def _entry_lines(entry: HelpEntry, column: int, width: int) -> list[Content]:
    keys = safe.content(safe.fit(entry.keys, max(column, safe.width(entry.keys))), "bold $primary")
    said = Content.assemble(
        safe.content(entry.label), safe.content(f"  {entry.tooltip}" if entry.tooltip else "", "$muted")
    )
    first, *rest = said.wrap(max(10, width - keys.cell_length - 2))
    return [Content.assemble(keys, "  ", first), *(Content.assemble(" " * (column + 2), line) for line in rest)]
