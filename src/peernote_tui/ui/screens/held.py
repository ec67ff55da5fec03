"""Hidden, not locked: what could not be stored anywhere is kept in memory behind the passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.door import DoorScreen, SecretInput
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.form import Form

if TYPE_CHECKING:
    from peernote_tui.services.holding import SlotCopy


class _Passphrase(SecretInput):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Show my screen", id="held.show", tooltip="Show the screen again."),
    ]


class HeldScreen(DoorScreen, inherit_bindings=False):
    """Stands over everything until the words are stored or the passphrase is typed.

    Args:
        trouble: Why nothing could be stored, in a sentence.
        slot: The key slot as it was at unlock.
    """

    PLACE = sentences.PLACE_HELD
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "app.quit", "Try to store and leave", id="house.quit", priority=True, tooltip="Try again."),
        Binding("f1,question_mark", "help", "Help", id="house.help", tooltip="What can be done here, with every key."),
    ]

    def __init__(self, trouble: str, slot: SlotCopy | None = None) -> None:
        super().__init__()
        self._trouble = trouble
        self._slot = slot
        self._trying = False

    def compose_body(self) -> ComposeResult:
        """Lay out what is the matter and the field."""
        with Form(classes="door -middle"), Vertical(classes="door--column -slim"):
            yield Static(sentences.HELD_TITLE, classes="title")
            yield Static(sentences.HELD_MEANS, classes="door--lead")
            yield Static(safe.content(self._trouble), id="trouble", classes="door--refusal", markup=False)
            yield Field("passphrase", sentences.KEY_LABEL, _Passphrase(id="passphrase"), stacked=True)
            yield Static("", id="working", classes="door--working", markup=False)

    def on_mount(self) -> None:
        """Begin in the field."""
        self.put("#working", "")
        self._secret.focus()

    @property
    def is_busy(self) -> bool:
        """Whether somebody is about to show the screens again."""
        return self._trying or (self.is_mounted and bool(self._secret.value))

    def tell(self, trouble: str) -> None:
        """Say why the last try to store failed."""
        self.put("#trouble", trouble)

    @on(Input.Changed)
    def _typed_again(self) -> None:
        self.query_one("#field-passphrase", Field).set_error(None)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value and not self._trying:
            self._trying = True
            self._secret.disabled = True
            self.put("#working", sentences.HELD_CHECKING)
            self.run_worker(self._try(event.value), description="try the passphrase", exclusive=True)

    async def _try(self, passphrase: str) -> None:
        from peernote_tui.services.holding import is_passphrase

        said = sentences.HELD_WRONG
        try:
            right = await self.house.gateway.call(is_passphrase, passphrase, self._slot)
        except PeerNoteError as error:
            right, said = False, str(error)
        finally:
            passphrase = ""
        self._trying = False
        if right:
            self._secret.load("")
            self.house.come_back()
            self.dismiss(None)
            return
        self.put("#working", "")
        self._secret.disabled = False
        self.query_one("#field-passphrase", Field).set_error(said)
        self._secret.focus()
        self._secret.select_whole()

    @property
    def _secret(self) -> _Passphrase:
        return self.query_one("#passphrase", _Passphrase)
