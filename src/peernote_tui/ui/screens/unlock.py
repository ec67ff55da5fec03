"""The locked vault: one field. This is what a person sees first, so it imports next to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from peernote_tui.domain.errors import (
    InvalidInputError,
    KeyFileDamagedError,
    PeerNoteError,
    VaultDamagedError,
    WrongPassphraseError,
)
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.door import DoorScreen, SecretInput
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.form import Form

if TYPE_CHECKING:
    from peernote_tui.services.workspace import Workspace


class _Passphrase(SecretInput):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Open", id="unlock.open", tooltip="Open the vault with this passphrase."),
    ]


class UnlockScreen(DoorScreen):
    """Takes the passphrase and opens the vault; a refusal is said in words and leaves the text selected."""

    PLACE = sentences.PLACE_LOCKED
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f4,ctrl+r",
            "recover",
            "Recovery code",
            id="unlock.recover",
            tooltip="The passphrase is forgotten: open the vault with the recovery code from the paper.",
        ),
        Binding(
            "f7",
            "damage",
            "Look for damage",
            id="unlock.damage",
            show=False,
            tooltip="Read every page with the passphrase that is typed, and show what is damaged and the ways out.",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._opening = False

    def compose_body(self) -> ComposeResult:
        """Lay out title, place and field."""
        with Form(classes="door -middle"), Vertical(classes="door--column -slim"):
            yield Static(sentences.UNLOCK_TITLE, classes="title")
            yield from self.place_lines()
            yield Field("passphrase", sentences.KEY_LABEL, _Passphrase(id="passphrase"), stacked=True)
            yield Static("", id="working", classes="door--working", markup=False)
            yield Static("", id="refusal", classes="door--refusal", markup=False)
            if self.house.hint:
                yield Static(safe.content(self.house.hint), classes="door--hint", markup=False)

    def on_mount(self) -> None:
        """Import the rest once the field is painted, while the passphrase is typed."""
        self.put("#working", "")
        self.put("#refusal", "")
        self.call_after_refresh(self.house.preload)

    def action_recover(self) -> None:
        """Ask for the recovery code instead."""
        from peernote_tui.ui.screens.recover import RecoverScreen

        if not self._opening:
            self.app.push_screen(RecoverScreen())

    def action_damage(self) -> None:
        """Look at the damage, with the passphrase that is typed."""
        if self._opening:
            return
        if self._secret.value:
            self._show_damage(self._secret.value)
        else:
            self._field.set_error(sentences.NOTHING_TYPED)

    def _show_damage(self, passphrase: str) -> None:
        from peernote_tui.ui.screens.damage import DamageScreen

        self._secret.load("")
        self.app.push_screen(DamageScreen(passphrase))

    @on(Input.Changed)
    def _typed_again(self) -> None:
        self._field.set_error(None)
        self.put("#refusal", "")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._opening:
            return
        if not event.value:
            self._field.set_error(sentences.NOTHING_TYPED)
            return
        self._show_opening(opening=True)
        # The app's worker: this screen goes away while Today is put up.
        self.app.run_worker(self._open(event.value), description="open the vault", exclusive=True, group="open")

    async def _open(self, passphrase: str) -> None:
        folder, clock, secret = self.house.folder, self.house.clock, self._secret

        def opener() -> Workspace:
            from peernote_tui.services.unlocking import open_vault

            return open_vault(folder, passphrase, clock=clock)

        try:
            await self.house.enter(opener)
        except VaultDamagedError:
            self._show_opening(opening=False)
            self._show_damage(passphrase)
        except PeerNoteError as error:
            self._refuse(error)
        else:
            secret.load("")
        finally:
            passphrase = ""

    def _refuse(self, error: PeerNoteError) -> None:
        self._show_opening(opening=False)
        said = str(error)
        if isinstance(error, (KeyFileDamagedError, WrongPassphraseError)):
            said = f"{said} {sentences.RECOVERY_KEY}"
        if isinstance(error, (WrongPassphraseError, InvalidInputError)):
            self._field.set_error(said)
        else:
            self.put("#refusal", said, sign="!")
        self._secret.focus()
        self._secret.select_whole()

    def _show_opening(self, *, opening: bool) -> None:
        self._opening = opening
        self._secret.disabled = opening
        self.put("#working", sentences.OPENING if opening else "")
        if opening:
            self._field.set_error(None)
            self.put("#refusal", "")

    @property
    def _field(self) -> Field:
        return self.query_one("#field-passphrase", Field)

    @property
    def _secret(self) -> _Passphrase:
        return self.query_one("#passphrase", _Passphrase)
