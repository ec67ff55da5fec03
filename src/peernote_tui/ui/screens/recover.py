"""The forgotten passphrase: the recovery code opens the vault, then a new passphrase is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from peernote_tui.domain.errors import InvalidInputError, PeerNoteError, WrongPassphraseError
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.door import DoorScreen, SecretInput
from peernote_tui.ui.screens.passphrase_step import PassphraseStep
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.form import Form

if TYPE_CHECKING:
    from peernote_tui.services.workspace import Workspace


class RecoverScreen(DoorScreen):
    """Takes the recovery code, opens the vault with it, and lets a new passphrase be set.

    The code is tried before the new passphrase is chosen, so that nobody writes six words down for nothing.
    """

    PLACE = sentences.PLACE_RECOVER

    def __init__(self) -> None:
        super().__init__()
        self._working = False
        self._open = False

    def compose_body(self) -> ComposeResult:
        """Lay out the two steps; one at a time is seen."""
        with Form(classes="door"), Vertical(classes="door--column"):
            with Vertical(id="code-step", classes="door--step"):
                yield Static(sentences.RECOVER_TITLE, classes="title")
                yield Static(sentences.RECOVER_LEAD, classes="door--lead")
                yield Field(
                    "code",
                    sentences.RECOVERY_CODE,
                    SecretInput(shown=True, id="code"),
                    hint=sentences.CODE_HINT,
                    stacked=True,
                )
            yield PassphraseStep(id="passphrase-step")
            yield Static("", id="working", classes="door--working", markup=False)
            yield Static("", id="refusal", classes="door--refusal", markup=False)

    def on_mount(self) -> None:
        """Begin with the code."""
        self.put("#working", "")
        self.put("#refusal", "")
        self._show_code()

    @property
    def can_go_back(self) -> bool:
        """To the passphrase, unless the vault is just being opened."""
        return not self._working

    def go_back(self) -> None:
        """One step back; the vault is closed again when it was opened."""
        if not self.can_go_back:
            return
        self.put("#refusal", "")
        if not self._open:
            self._code.load("")
            self.dismiss(None)
        elif not self.query_one(PassphraseStep).back():
            self._set_working(sentences.CLOSING)
            self.run_worker(self._close(), description="close the vault", exclusive=True, group="open")

    def action_written(self) -> None:
        """The six words are on paper."""
        self.query_one(PassphraseStep).written()

    @on(Input.Changed)
    def _typed(self) -> None:
        self.put("#refusal", "")

    @on(Input.Changed, "#code")
    def _code_typed(self) -> None:
        self.query_one("#field-code", Field).set_error(None)

    @on(Input.Submitted, "#code")
    def _code_done(self, event: Input.Submitted) -> None:
        from peernote_tui.vault.recovery_code import normalise

        event.stop()
        if self._working:
            return
        try:
            code = normalise(event.value)
        except InvalidInputError as error:
            self.query_one("#field-code", Field).set_error(str(error))
            return
        self._set_working(sentences.OPENING)
        # The app's workers: this screen may go away while Today is put up.
        self.app.run_worker(self._try_code(code), description="try the code", exclusive=True, group="open")

    @on(PassphraseStep.Chosen)
    def _chosen(self) -> None:
        if self._working:
            return
        self._set_working(sentences.SETTING_NEW_KEY)
        self.app.run_worker(self._set_passphrase(), description="set the passphrase", exclusive=True, group="open")

    async def _try_code(self, code: str) -> None:
        folder, clock = self.house.folder, self.house.clock

        def opener() -> Workspace:
            from peernote_tui.services.unlocking import open_with_recovery_code

            return open_with_recovery_code(folder, code, clock=clock)

        try:
            workspace = await self.house.gateway.open(opener)
        except PeerNoteError as error:
            self._set_working("")
            self._code.focus()
            if isinstance(error, (WrongPassphraseError, InvalidInputError)):
                self.query_one("#field-code", Field).set_error(str(error))
            else:
                self.put("#refusal", str(error), sign="!")
            return
        self._code.load("")
        if workspace.vault.read_only:
            await self.house.show_open_vault(workspace)
            return
        self._set_working("")
        self._open = True
        self.query_one("#code-step").display = False
        step = self.query_one(PassphraseStep)
        step.display = True
        self.set_status(sentences.step_of(2, 2))
        step.begin()

    async def _set_passphrase(self) -> None:
        from peernote_tui.services.unlocking import WORK_FACTOR, change_passphrase

        step = self.query_one(PassphraseStep)
        factor = self.house.work_factor or WORK_FACTOR
        try:
            await self.house.gateway.call(change_passphrase, step.take(), work_factor=factor)
        except PeerNoteError as error:
            self._set_working("")
            if isinstance(error, InvalidInputError):
                step.refuse(str(error))
            else:
                step.refuse("")
                self.put("#refusal", f"{error} {sentences.TRY_AGAIN}", sign="!")
            return
        step.wipe()
        await self.house.show_open_vault(self.house.gateway.workspace)

    async def _close(self) -> None:
        await self.house.gateway.close()
        self.query_one(PassphraseStep).wipe()
        self._open = False
        self.set_lock_countdown(None)
        self._set_working("")
        self._show_code()

    def _show_code(self) -> None:
        self.query_one("#code-step").display = True
        self.query_one(PassphraseStep).display = False
        self.set_status(sentences.step_of(1, 2))
        self._code.focus()

    def _set_working(self, sentence: str) -> None:
        self._working = bool(sentence)
        self._code.disabled = self._working
        self.query_one(PassphraseStep).disabled = self._working
        self.put("#working", sentence)
        self.put("#refusal", "")
        self.refresh_bindings()

    @property
    def _code(self) -> SecretInput:
        return self.query_one("#code", SecretInput)
