"""The footer: at most six keys that work right here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.screen import Screen

MOST = 6
HELP_ID = "house.help"
_HOUSE = "house."


@dataclass(frozen=True)
class KeyEntry:
    """One key of the footer: how it is written, what it does, and whether it works now."""

    key: str
    label: str
    enabled: bool = True
    binding_id: str = ""


class KeyLine(Widget):
    """Keys made from the live bindings of the screen.

    Shown bindings of the focused widget come first, then the screen's in the order they are
    declared, then those that work everywhere; Help is always the last. A command that is hidden by
    `check_action` (False) is left out, one that cannot be used now (None) is muted and in brackets.
    When the line is too short, the last ones before Help are left out.

    Args:
        first: Ids of bindings that go before all others, in this order.
        id: Widget id.
    """

    def __init__(self, first: Sequence[str] = (), *, id: str | None = None) -> None:  # noqa: A002 Textual's name
        super().__init__(id=id)
        self.first = tuple(first)

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def _follow(self, _screen: Screen[Any]) -> None:
        self.refresh()

    def entries(self) -> list[KeyEntry]:
        """Give the keys to show, most important first, Help last; at most six."""
        found: dict[str, KeyEntry] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and binding.description and binding.action not in found:
                found[binding.action] = KeyEntry(
                    self.app.get_key_display(binding), binding.description, active.enabled, binding.id or ""
                )
        entries = sorted(found.values(), key=self._rank)
        helps = [entry for entry in entries if entry.binding_id == HELP_ID]
        others = [entry for entry in entries if entry.binding_id != HELP_ID]
        return others[: MOST - len(helps)] + helps

    def render(self) -> Content:
        """Draw as many keys as fit."""
        entries = self.entries()
        while len(entries) > 1 and _line(entries).cell_length > self.content_size.width:
            entries.pop(-2)
        return _line(entries)

    def _rank(self, entry: KeyEntry) -> tuple[int, int]:
        if entry.binding_id in self.first:
            return 0, self.first.index(entry.binding_id)
        return (2 if entry.binding_id.startswith(_HOUSE) else 1), 0


def _line(entries: Sequence[KeyEntry]) -> Content:
    parts: list[tuple[str, str]] = []
    for entry in entries:
        if parts:
            parts.append(("  ", ""))
        if entry.enabled:
            parts += [(entry.key, "bold $footer-key-foreground"), (f" {entry.label}", "$footer-foreground")]
        else:
            parts.append((f"({entry.key} {entry.label})", "$muted"))
    return Content.assemble(*parts)
