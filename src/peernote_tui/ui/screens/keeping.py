"""A dialog in which words are typed: over Esc and a lock they wait in the vault, until they were taken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, cast

from textual import events, on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.ui.screens.base import PeerModal, ResultT
from peernote_tui.ui.shelf import Shelf
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.note_area import NoteArea
from peernote_tui.ui.widgets.text_input import TextInput

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp
    from peernote_tui.ui.gateway import Gateway

Box: TypeAlias = "TextInput | NoteArea | ChoiceField"
Take: TypeAlias = "Callable[[Any], Awaitable[ResultT]]"


class KeepingModal(PeerModal[ResultT]):
    """Closes with an answer only when that was taken; until then every word waits.

    What stands in the fields is stored when the vault is locked and when Esc closes the dialog, and stands there again
    the next time. A subclass ends with `give`.

    Args:
        shelf: Where the words wait.
        take: What is done with the answer; what that gives is what the dialog gives. A `PeerNoteError` is said in the
            dialog, which stays. Without it the dialog gives the answer.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "close",
            "Close",
            id="dialog.close",
            show=False,
            tooltip="Close and change nothing. What is typed here waits for the next time.",
        ),
    ]

    def __init__(self, shelf: Shelf, take: Take[ResultT] | None = None) -> None:
        super().__init__()
        self._shelf = shelf
        self._take = take
        self._first: dict[str, str] | None = None
        self._shelved: dict[str, str] = {}
        self._is_giving = self._is_warned = False

    @property
    def house(self) -> PeerNoteApp:
        """The application, by its own type."""
        return cast("PeerNoteApp", self.app)

    @property
    def gateway(self) -> Gateway:
        """The way to the vault."""
        return self.house.gateway

    def words(self) -> dict[str, str]:
        """What stands in the fields, by their keys."""
        return {key: _held(box) for key, box in self._boxes().items()}

    async def flush(self) -> None:
        """Let what stands here wait, where it is something else than at first.

        Raises:
            PeerNoteError: It could not be stored.
        """
        if self._first is None:
            return
        words, boxes = self.words(), self._boxes()
        # A choice alone is soon made again; beside words it says what they are about.
        typed = any(words[key] != self._first[key] for key in words if not isinstance(boxes[key], ChoiceField))
        kept = words if typed else {}
        if kept != self._shelved:
            await self._shelf.put(kept)
            self._shelved = kept

    async def action_close(self) -> None:
        """Close, and leave what was typed for the next time; the second time also where nothing can be stored."""
        if self._is_giving:
            return
        try:
            await self.flush()
        except PeerNoteError as error:
            if not self._is_warned:
                self._is_warned = True
                self.refuse(str(error))
                return
        self.dismiss(None)

    def give(self, answer: Any) -> None:
        """Have the answer taken and close, or say here why it is not."""
        if not self._is_giving:
            self._is_giving = True
            # What is typed from here on is meant for what comes next.
            self.house.hold_keys()
            self.run_worker(self._give(answer), description="take the answer", group="give")

    def refuse(self, sentence: str, name: str = "") -> None:  # noqa: ARG002 for subclasses
        """Say what is wrong under the first field; for subclasses, which may know `name`."""
        field = next(each for each in self.query(Field) if each.display)
        field.set_error(sentence)
        field.focus_control()

    async def _give(self, answer: Any) -> None:
        try:
            taken = await self._take(answer) if self._take is not None else answer
        except PeerNoteError as error:
            if self.is_attached:
                self.refuse(str(error), getattr(error, "field", ""))
        else:
            if self._shelved:
                # It is taken: what cannot be forgotten stands here once more, and that is all.
                with suppress(PeerNoteError):
                    await self._shelf.put({})
            self.dismiss(taken)
        finally:
            self._is_giving = False
            self.house.release_keys()

    @on(events.Mount)
    async def _take_from_shelf(self) -> None:
        """Put back what was typed here before."""
        self._first = self.words()
        self.house.hold_keys()
        try:
            before = await self._shelf.words()
        except PeerNoteError:
            before = {}
        finally:
            self.house.release_keys()
        self._shelved = before
        for key, box in self._boxes().items():
            text = before.get(key, "")
            if text and not isinstance(box, ChoiceField) and _held(box) not in (self._first[key], text):
                text = f"{text} {_held(box)}"
            if text and text != _held(box):
                _put(box, text)

    def _boxes(self) -> dict[str, Box]:
        found: dict[str, Box] = {}
        for field in self.query(Field):
            for each in field.walk_children():
                searches = isinstance(each, TextInput) and (each.MAY_BE_LOST or each.password)
                if isinstance(each, (TextInput, NoteArea, ChoiceField)) and not searches:
                    found[field.key] = each
        return found


def _held(box: Box) -> str:
    if isinstance(box, ChoiceField):
        return box.value or ""
    return box.value if isinstance(box, Input) else box.text


def _put(box: Box, text: str) -> None:
    """As if it were typed, so that the dialog says what it understands."""
    if isinstance(box, NoteArea):
        box.text = text
        box.move_cursor(box.document.end)
        return
    box.value = text
    if isinstance(box, Input):
        box.cursor_position = len(box.value)
