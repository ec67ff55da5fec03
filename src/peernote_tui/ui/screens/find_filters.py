"""The filters over the participants: a letter each, in a line that opens over the list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from peernote_tui.domain.narrowing import MOST_DAYS, Narrowing, Only
from peernote_tui.ui import sentences

_KEYS = (
    ("n", "only", "not_seen", "Only not seen", "No contact for so many days."),
    ("o", "only", "overdue", "Only overdue", "An open action item is overdue."),
    ("c", "only", "consent", "Only consent", "Consent to notes is missing, or ends within 30 days."),
    ("d", "only", "draft", "Only drafts", "A note is begun and not signed."),
    ("a", "widen", "archived", "Also archived", "List archived participants, too."),
    ("r", "widen", "around", "People around", "Find by the people around them, too."),
)
_LABEL = 6
_FIRST = 28
"""Cells of the first filter in a line, so that the second ones stand under each other."""


class FilterLine(Widget, can_focus=False):
    """Whom the list is narrowed to. Open, each filter has its letter; closed, one line says what is on.

    Digits say how many days nobody was seen. It takes focus only while it is open, and is not there when it is
    closed and nothing is on.
    """

    HELP_TEXT = sentences.FILTERS_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(letter, f"{action}('{name}')", label, id=f"filters.{name}", show=False, tooltip=tooltip)
            for letter, action, name, label, tooltip in _KEYS
        ),
        Binding("enter", "keep", "Keep", id="filters.keep", tooltip="Back to the box; what is on stays on."),
        Binding("backspace", "shorten", "Fewer digits", show=False, tooltip="Take a digit of the days back."),
    ]

    narrowing: reactive[Narrowing] = reactive(Narrowing())
    is_open: reactive[bool] = reactive(default=False, layout=True)

    @dataclass
    class Changed(Message):
        """Another filter is on."""

    @dataclass
    class Closed(Message):
        """The line was closed; what is on stays on."""

    def on_mount(self) -> None:
        """Begin closed, with nothing on."""
        self._show()
        self._typing_days = False

    def open(self) -> None:
        """Show every filter with its letter, and take focus."""
        self.is_open = self.can_focus = True
        self._typing_days = False
        self.focus()

    def close(self) -> None:
        """Show in one line what is on."""
        self.is_open = self.can_focus = False

    def own_place(self) -> dict[str, Any]:
        """What is on, for the way back after locking."""
        on = self.narrowing
        return {"only": sorted(on.only), "days": on.days, "archived": on.archived, "around": on.around}

    def return_to_place(self, own: dict[str, Any]) -> None:
        """Put on again what was on."""
        self.narrowing = Narrowing(
            only=frozenset(Only(each) for each in own["only"]),
            days=min(max(int(own["days"]), 0), MOST_DAYS),
            archived=own["archived"] is True,
            around=own["around"] is True,
        )

    def action_only(self, only: str) -> None:
        """Put a filter on or off."""
        self._typing_days = False
        self._change(only=self.narrowing.only ^ {Only(only)})

    def action_widen(self, name: str) -> None:
        """List or find more than usual, or no longer."""
        self._change(**{name: not getattr(self.narrowing, name)})

    def action_keep(self) -> None:
        """Close; what is on stays on."""
        self.post_message(self.Closed())

    def action_shorten(self) -> None:
        """Take the last digit of the days back."""
        self._set_days(self.narrowing.days // 10)

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002 the signature is Textual's
        """Digits are days here, not tabs."""
        return character is not None and character.isascii() and character.isdigit()

    def on_key(self, event: events.Key) -> None:
        """Take a digit of the days."""
        if event.character and self.check_consume_key(event.key, event.character):
            event.stop()
            event.prevent_default()
            before = self.narrowing.days if self._typing_days else 0
            self._set_days(min(before * 10 + int(event.character), MOST_DAYS))

    def watch_narrowing(self) -> None:
        """Show what is on."""
        self._show()

    def watch_is_open(self) -> None:
        """Show it open or closed."""
        self._show()

    def render(self) -> Content:
        """Draw the letters, or what is on."""
        return self._letters() if self.is_open else self._told()

    def get_content_height(self, *_args: Any) -> int:
        """Three lines open, one closed."""
        return 3 if self.is_open else 1

    def _set_days(self, days: int) -> None:
        self._typing_days = True
        self._change(days=days, only=self.narrowing.only | {Only.NOT_SEEN})

    def _change(self, **changes: Any) -> None:
        self.narrowing = replace(self.narrowing, **changes)
        self.post_message(self.Changed())

    def _show(self) -> None:
        self.display = self.is_open or self.narrowing.is_on
        self.refresh(layout=True)

    def _letters(self) -> Content:
        lines = []
        for label, keys in ((sentences.FILTER_ONLY, _KEYS[:2]), ("", _KEYS[2:4]), (sentences.FILTER_ALSO, _KEYS[4:])):
            parts: list[tuple[str, str]] = [(label.ljust(_LABEL), "$muted")]
            for letter, _, name, _, _ in keys:
                is_on, words = self._is_on(name), self._words(name)
                parts += [("✓" if is_on else " ", "bold $primary"), (f"{letter} ", "bold $footer-key-foreground")]
                parts.append((words.ljust(_FIRST), "bold $primary" if is_on else ""))
            lines.append(Content.assemble(*parts).rstrip())
        way = Content.assemble((f"   {sentences.FILTERS_KEYS}", "$muted"))
        if lines[-1].cell_length + way.cell_length <= self.content_size.width:
            lines[-1] = Content.assemble(lines[-1], way)
        return Content("\n").join(lines)

    def _is_on(self, name: str) -> bool:
        on = self.narrowing
        return getattr(on, name) if name in sentences.FILTERS_WIDER else Only(name) in on.only

    def _words(self, name: str) -> str:
        return sentences.FILTERS_WIDER.get(name) or sentences.filter_words(name, self.narrowing.days)

    def _told(self) -> Content:
        on = [(action, self._words(name)) for _, action, name, _, _ in _KEYS if self._is_on(name)]
        only = " · ".join(words for action, words in on if action == "only")
        also = " · ".join(words for action, words in on if action == "widen")
        parts: list[tuple[str, str]] = []
        for label, words in ((sentences.FILTER_ONLY, only), (sentences.FILTER_ALSO, also)):
            if words:
                parts += [(f"{'  ' if parts else ''}{label}  ", "$muted"), (words, "bold $primary")]
        told = Content.assemble(*parts)
        way = Content.assemble((f"   {sentences.FILTERS_WAY}", "$muted"))
        whole = Content.assemble(told, way)
        width = self.content_size.width
        return whole if whole.cell_length <= width else told.truncate(width, ellipsis=True)
