"""What every box for words does with snippets: `;gnd` and a space become the words it stands for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message
from textual.widget import Widget

from peernote_tui.domain.snippets import Expansion, Filling, Snippet, SnippetBook, ends_snippet, expand, typed_key


@dataclass(frozen=True)
class Snippets:
    """The snippets of a screen; its boxes take them from an attribute `snippets`.

    Attributes:
        book: The snippets there are.
        filling: Gives what their places are filled with now.
    """

    book: SnippetBook
    filling: Callable[[], Filling]


class SnippetBox(Widget):
    """Base of the boxes for words. What is pasted is never looked at; only a typed key ends a snippet.

    A space, Enter or punctuation after `;key` writes what the key stands for, in a step of its own, so that one undo
    brings back what was typed, the ending with it. Where the snippet says where the cursor shall stand, a space or
    Enter is the sign to go and is not written; nor is a full stop after a text that ends in one. Right takes the first
    snippet that begins with what is typed.
    """

    TAKES_SNIPPETS: ClassVar[bool] = True
    _begun: tuple[str, tuple[Snippet, ...]] = ("", ())
    _pasted_to: object = None

    @dataclass
    class Completing(Message):
        """What is typed may become one of these snippets; none any more when empty.

        Attributes:
            box: The box.
            snippets: A whole key first.
            typed: The letters behind the semicolon.
        """

        box: SnippetBox
        snippets: tuple[Snippet, ...]
        typed: str

    def left_of_cursor(self) -> str:
        """The line up to the cursor, or at least its last characters; empty while something is selected."""
        raise NotImplementedError

    @property
    def place(self) -> object:
        """Where the cursor stands, in the box's own terms."""
        raise NotImplementedError

    def put_instead(self, count: int, text: str, cursor: int) -> None:
        """Put a text in the place of characters left of the cursor, in an undo step of its own.

        Args:
            count: Characters to take out.
            text: What to put there.
            cursor: Where in the text the cursor then stands.
        """
        raise NotImplementedError

    def put_in(self, text: str) -> None:
        """Put a text where the cursor stands, in an undo step of its own."""
        self.put_instead(0, text, len(text))

    @property
    def snippets(self) -> Snippets | None:
        """The snippets of the screen; None where it has none."""
        found = getattr(self.screen, "snippets", None) if self.TAKES_SNIPPETS and self.is_attached else None
        return found if isinstance(found, Snippets) else None

    def ended_by(self, event: events.Key) -> Expansion | None:
        """What the snippet before the cursor becomes when this key is typed; None for nearly every key."""
        sign = "\n" if event.key == "enter" else event.character
        return None if sign is None or sign.isalnum() or not ends_snippet(sign) else self.expansion()

    def expansion(self) -> Expansion | None:
        """What stands for the snippet before the cursor; None where none stands, or where it was pasted."""
        before = self.left_of_cursor()
        if not typed_key(before) or self._was_pasted or (snippets := self.snippets) is None:
            return None
        return snippets.book.expansion(before, snippets.filling())

    def put_expansion(self, found: Expansion, ending: str) -> None:
        """Put an expansion in the place of the snippet and of what ended it, which is typed already."""
        is_there = not ending.isspace() and found.text.endswith(ending)
        kept = "" if is_there or (found.cursor is not None and ending.isspace()) else ending
        text = found.text + kept
        self.put_instead(found.typed + len(ending), text, len(text) if found.cursor is None else found.cursor)

    def take_first(self) -> bool:
        """Put in the first snippet that begins with what is typed; False where none does, or nothing is typed."""
        key, begun = self._begun
        if not key or not begun or (snippets := self.snippets) is None:
            return False
        found = expand(begun[0].text, snippets.filling(), typed=len(key) + 1)
        self.put_instead(found.typed, found.text, len(found.text) if found.cursor is None else found.cursor)
        return True

    def pasted(self) -> None:
        """Remember that what stands before the cursor was pasted."""
        self._pasted_to = self.place
        self.look_for_snippets()

    def look_for_snippets(self) -> None:
        """Tell the field around which snippets may be meant, where that changed."""
        before = self.left_of_cursor()
        key = typed_key(before) if ";" in before and not self._was_pasted else None
        snippets = self.snippets if key is not None else None
        begun = (key or "", snippets.book.beginning(before) if snippets is not None else ())
        if begun != self._begun:
            self._begun = begun
            self.post_message(self.Completing(self, begun[1], begun[0]))

    @property
    def _was_pasted(self) -> bool:
        return self._pasted_to is not None and self._pasted_to == self.place
