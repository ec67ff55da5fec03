"""Several short answers: chosen tags, numbered suggestions, and a line to type new ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from peernote_tui.ui import safe, sentences
from peernote_tui.ui.widgets.chips import LONGEST_CHIP, Chip, chip_lines
from peernote_tui.ui.widgets.lines import LinesWidget
from peernote_tui.ui.widgets.text_input import TextInput

MOST_SUGGESTIONS = 9
LONGEST_TAG = 60


class TagInput(TextInput):
    """The typing line of a TagField; keys that mean tags go to the field first."""

    TAKES_SNIPPETS: ClassVar[bool] = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "submit",
            "Add or go on",
            id="field.next",
            tooltip="Add the tag, or go on from an empty line.",
        ),
    ]

    @property
    def owner(self) -> TagField | None:
        """The TagField around it."""
        return next((node for node in self.ancestors if isinstance(node, TagField)), None)

    def on_key(self, event: events.Key) -> None:
        """Hand numbers, Backspace and the up and down arrows to the field where they mean tags."""
        if self.owner is not None and self.owner.take_key(event.key, event.character):
            event.stop()
            event.prevent_default()

    def action_delete_left(self) -> None:
        """Delete to the left, or take away the last tag on an empty line."""
        if self.value or self.owner is None:
            super().action_delete_left()
        else:
            self.owner.remove_last()

    def action_undo(self) -> None:
        """Undo typing, or the last change of the tags on a line without history."""
        if self.can_undo or self.owner is None:
            super().action_undo()
        else:
            self.owner.undo_tags()


class TagChips(LinesWidget):
    """The chips of a TagField."""

    def __init__(self, longest: int) -> None:
        super().__init__()
        self.longest = longest
        self.chips: tuple[Chip, ...] = ()
        self.live = False

    def show(self, chips: Sequence[Chip], *, live: bool) -> None:
        """Draw other chips."""
        if (tuple(chips), live) != (self.chips, self.live):
            self.chips, self.live = tuple(chips), live
            self.display = bool(self.chips)
            self.refresh(layout=True)

    def lines(self, width: int) -> list[Content]:
        """Draw the chips."""
        return chip_lines(self.chips, width, live=self.live, longest=self.longest)


class TagField(Vertical):
    """Chosen tags as amber chips, numbered suggestions, and a line to type.

    * Typing filters the suggestions. Enter adds the marked one, otherwise what is typed; a single
      suggestion that begins with what is typed is marked by itself, Up keeps the typing instead.
    * On an empty line: a number adds or takes away that suggestion, Backspace takes away the last
      tag, Ctrl+Z brings it back, Enter goes on.
    * A half-typed word is part of the state (`typed`), so that a draft can keep it.

    Args:
        suggestions: Tags used before, most useful first; nine are shown at once.
        tags: Tags to begin with.
        typed: A half-typed word to begin with.
        fold: Makes two spellings comparable, such as one that drops case and accents.
        longest: Cells of a chip's label.
        id: Widget id.
        classes: CSS classes.
    """

    HELP_TEXT = sentences.TAGS_HELP

    @dataclass
    class Changed(Message):
        """The tags or the typing changed."""

        field: TagField
        tags: tuple[str, ...]
        typed: str

        @property
        def control(self) -> TagField:
            """The field, for `@on(TagField.Changed, "#id")`."""
            return self.field

    @dataclass
    class Submitted(Message):
        """Enter on an empty line: go on."""

        field: TagField

        @property
        def control(self) -> TagField:
            """The field, for `@on(TagField.Submitted, "#id")`."""
            return self.field

    def __init__(
        self,
        suggestions: Sequence[str] = (),
        *,
        tags: Sequence[str] = (),
        typed: str = "",
        fold: Callable[[str], str] = str.casefold,
        longest: int = LONGEST_CHIP,
        id: str | None = None,  # noqa: A002 Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._fold = fold
        self._suggestions = self._unlike(suggestions)
        self._tags = tuple(self._unlike(tags))
        self._past: list[tuple[str, ...]] = []
        self._marked: int | None = None
        self._ready = False
        self._input = TagInput(typed, placeholder=sentences.TAGS_PROMPT, max_length=LONGEST_TAG)
        self._chips = TagChips(longest)

    def compose(self) -> ComposeResult:
        """Lay out chips, line and the word about Enter."""
        yield self._chips
        yield self._input
        yield Static("", classes="tags--enter", markup=False)

    def on_mount(self) -> None:
        """Show what was given."""
        self._ready = True
        self._draw()

    @property
    def tags(self) -> tuple[str, ...]:
        """The chosen tags in the order they were added."""
        return self._tags

    @property
    def typed(self) -> str:
        """What stands on the line and is not yet a tag."""
        return self._input.value

    def load(self, tags: Sequence[str], typed: str = "") -> None:
        """Set tags and typing from storage without a `Changed` message."""
        self._tags = tuple(self._unlike(tags))
        self._past.clear()
        self._input.load(typed)
        self._mark_single()

    def add(self, tag: str) -> None:
        """Add a tag unless the same one is there; spelling of a suggestion wins."""
        whole = " ".join(safe.clean(tag).split())
        # A choice of a form may be longer than a tag that is typed.
        known = next((one for one in self._suggestions if self._fold(one) == self._fold(whole)), whole[:LONGEST_TAG])
        if known and self._fold(known) not in map(self._fold, self._tags):
            self._set((*self._tags, known))

    def toggle(self, tag: str) -> None:
        """Add a tag or take it away."""
        folded = self._fold(tag)
        if folded in map(self._fold, self._tags):
            self._set(tuple(one for one in self._tags if self._fold(one) != folded))
        else:
            self.add(tag)

    def remove_last(self) -> None:
        """Take away the last tag."""
        if self._tags:
            self._set(self._tags[:-1])

    def undo_tags(self) -> None:
        """Bring back the tags as they were before the last change."""
        if self._past:
            self._tags = self._past.pop()
            self._tell()

    def take_key(self, key: str, character: str | None) -> bool:
        """Use a key that means tags.

        Returns:
            True when the key was used and must not be typed.
        """
        shown = self._matches()
        if not self.typed and character and character in "123456789":
            place = int(character) - 1
            if place < len(shown):
                self.toggle(shown[place])
            return place < len(shown)
        if self.typed and key in {"up", "down"} and shown:
            self._marked = _neighbour(self._marked, 1 if key == "down" else -1, len(shown))
            self._draw()
            return True
        return False

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        self._mark_single()
        self.post_message(self.Changed(self, self._tags, self.typed))

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        event.stop()
        typed = self.typed.strip()
        if not typed:
            self._input.load("")
            self.post_message(self.Submitted(self))
            return
        shown = self._matches()
        wanted = shown[self._marked] if self._marked is not None and self._marked < len(shown) else typed
        self._input.load("")
        self._marked = None
        before = self._tags
        self.add(wanted)
        if before == self._tags:
            self._tell()

    def on_descendant_focus(self) -> None:
        """Show the numbers as working keys."""
        self._draw(live=True)

    def on_descendant_blur(self) -> None:
        """Show the numbers as resting."""
        self._draw(live=False)

    def _set(self, tags: tuple[str, ...]) -> None:
        self._past.append(self._tags)
        self._tags = tags
        self._tell()

    def _tell(self) -> None:
        self._draw()
        self.post_message(self.Changed(self, self._tags, self.typed))

    def _unlike(self, tags: Sequence[str]) -> list[str]:
        seen: dict[str, str] = {}
        for tag in tags:
            seen.setdefault(self._fold(tag), tag)
        return list(seen.values())

    def _matches(self) -> list[str]:
        """Give the suggestions to show: all on an empty line, otherwise unchosen ones that fit."""
        typed = self._fold(self.typed.strip())
        if not typed:
            return self._suggestions[:MOST_SUGGESTIONS]
        chosen = set(map(self._fold, self._tags))
        free = [(self._fold(tag), tag) for tag in self._suggestions if self._fold(tag) not in chosen]
        begins = [tag for folded, tag in free if folded.startswith(typed)]
        holds = [tag for folded, tag in free if typed in folded and not folded.startswith(typed)]
        return (begins + holds)[:MOST_SUGGESTIONS]

    def _mark_single(self) -> None:
        typed = self._fold(self.typed.strip())
        shown = self._matches()
        single = bool(typed) and len(shown) == 1 and self._fold(shown[0]).startswith(typed)
        self._marked = 0 if single else None
        self._draw()

    def _draw(self, *, live: bool | None = None) -> None:
        if not self._ready:
            return
        live = self.has_focus_within if live is None else live
        shown = self._matches()
        chosen = set(map(self._fold, self._tags))
        among = {self._fold(tag) for tag in shown}
        numbered = not self.typed
        chips = [Chip(tag, chosen=True) for tag in self._tags if self._fold(tag) not in among]
        chips += [
            Chip(
                tag,
                key=str(place) if numbered else "",
                chosen=self._fold(tag) in chosen,
                marked=place - 1 == self._marked,
            )
            for place, tag in enumerate(shown, start=1)
        ]
        self._chips.show(chips, live=live)
        word = self.query_one(".tags--enter", Static)
        marked = shown[self._marked] if self._marked is not None and self._marked < len(shown) else ""
        word.display = bool(marked) and live
        word.update(safe.content(sentences.tag_enter(safe.shorten(marked, 24)) if marked else "", "$muted"))


def _neighbour(marked: int | None, step: int, count: int) -> int | None:
    """Move the mark among `count` suggestions; above the first there is none."""
    place = (-1 if marked is None else marked) + step
    return None if place < 0 else min(place, count - 1)
