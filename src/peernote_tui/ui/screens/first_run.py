"""The first run: who you are, a passphrase, a recovery code; then Today."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from peernote_tui.domain.errors import InvalidInputError, PeerNoteError
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.code_step import CodeStep
from peernote_tui.ui.screens.door import DoorScreen
from peernote_tui.ui.screens.passphrase_step import PassphraseStep
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.form import Form
from peernote_tui.ui.widgets.text_input import TextInput

if TYPE_CHECKING:
    from peernote_tui.domain.clock import Clock
    from peernote_tui.services.unlocking import NewVault

_WHO, _PASSPHRASE, _CODE = range(3)
_LONGEST_NAME = 200
_LONGEST_CREDENTIAL = 60


@dataclass(frozen=True)
class _Plan:
    folder: Path
    name: str
    credential: str
    clock: Clock
    work_factor: int | None


class FirstRunScreen(DoorScreen):
    """Three calm steps from nothing to an open vault. The vault is made after the second."""

    PLACE = sentences.PLACE_FIRST_RUN

    def __init__(self) -> None:
        super().__init__()
        self._step = _WHO
        self._making = False
        self._new: NewVault | None = None

    def compose_body(self) -> ComposeResult:
        """Lay out the steps; one at a time is seen."""
        with Form(classes="door"), Vertical(classes="door--column"):
            with Vertical(id="who", classes="door--step"):
                yield Static(sentences.WELCOME_TITLE, classes="title")
                yield Static(sentences.WELCOME_LEAD, classes="door--lead")
                yield Static(sentences.WELCOME_PLACE, classes="door--before-place")
                yield from self.place_lines()
                yield Static("", classes="door--space")
                yield Field(
                    "name",
                    sentences.YOUR_NAME,
                    TextInput(max_length=_LONGEST_NAME, id="name"),
                    hint=sentences.NAME_HINT,
                )
                yield Field(
                    "credential",
                    sentences.CREDENTIAL,
                    TextInput(max_length=_LONGEST_CREDENTIAL, id="credential"),
                    hint=sentences.CREDENTIAL_HINT,
                    optional=True,
                )
                yield Static("", classes="door--space")
                yield Static(safe.content(sentences.WELCOME_BACK, "$muted"), markup=False)
            yield PassphraseStep(id="passphrase-step")
            yield CodeStep(sentences.CODE_LATER, id="code-step")
            yield Static("", id="working", classes="door--working", markup=False)
            yield Static("", id="refusal", classes="door--refusal", markup=False)

    def on_mount(self) -> None:
        """Begin with the first step, and import the rest once it is painted."""
        self.put("#working", "")
        self.put("#refusal", "")
        self._show(_WHO)
        self.call_after_refresh(self.house.preload)

    @property
    def can_go_back(self) -> bool:
        """Between the first two steps, and from typing the code back to the code."""
        return not self._making and (self._step == _PASSPHRASE or self.query_one(CodeStep).is_typing)

    def go_back(self) -> None:
        """One step back."""
        self.put("#refusal", "")
        if self._step == _CODE:
            self.query_one(CodeStep).back()
        elif self._step == _PASSPHRASE and not self.query_one(PassphraseStep).back():
            self._show(_WHO)

    async def flush(self) -> None:
        """Let go of a vault that was made but not entered yet; its passphrase opens it next time."""
        if self._new is not None:
            from peernote_tui.services.unlocking import close

            new, self._new = self._new, None
            await self.house.gateway.run(close, new.workspace)

    def action_written(self) -> None:
        """What the card shows is on paper."""
        if self._step == _CODE:
            self.query_one(CodeStep).written()
        else:
            self.query_one(PassphraseStep).written()

    @on(Input.Changed)
    def _typed(self) -> None:
        self.put("#refusal", "")

    @on(Input.Changed, "#name")
    def _name_typed(self) -> None:
        self.query_one("#field-name", Field).set_error(None)

    @on(Input.Submitted, "#name")
    def _name_done(self, event: Input.Submitted) -> None:
        event.stop()
        if self._name_holds():
            self.query_one("#credential", TextInput).focus()

    @on(Input.Submitted, "#credential")
    def _who_done(self, event: Input.Submitted) -> None:
        event.stop()
        if self._name_holds():
            self._show(_PASSPHRASE)
        else:
            self.query_one("#name", TextInput).focus()

    @on(PassphraseStep.Chosen)
    def _make(self) -> None:
        if self._making:
            return
        self._set_making(making=True)
        self.run_worker(self._make_vault(), description="make the vault", exclusive=True, group="make")

    @on(CodeStep.Written)
    def _code_done(self) -> None:
        if self._new is None:
            return
        new, self._new = self._new, None
        self.query_one(CodeStep).wipe()
        # The app's worker: this screen goes away while Today is put up.
        self.app.run_worker(self.house.show_open_vault(new.workspace), description="enter", group="open")

    def _name_holds(self) -> bool:
        from peernote_tui.domain.names import clean_name

        typed = self.query_one("#name", TextInput).value
        try:
            clean_name(typed)
        except InvalidInputError as error:
            said = str(error) if len(typed) >= _LONGEST_NAME else sentences.NAME_MISSING
            self.query_one("#field-name", Field).set_error(said)
            return False
        return True

    async def _make_vault(self) -> None:
        step = self.query_one(PassphraseStep)
        plan = _Plan(
            folder=self.house.folder,
            name=self.query_one("#name", TextInput).value,
            credential=self.query_one("#credential", TextInput).value,
            clock=self.house.clock,
            work_factor=self.house.work_factor,
        )
        try:
            self._new = await self.house.gateway.run(_make_or_clear_away, plan, step.take())
        except PeerNoteError as error:
            self._set_making(making=False)
            self._refuse(error)
            return
        step.wipe()
        self._set_making(making=False)
        self._show(_CODE)

    def _refuse(self, error: PeerNoteError) -> None:
        where = error.field if isinstance(error, InvalidInputError) else ""
        if where == "name":
            self._show(_WHO)
            self.query_one("#field-name", Field).set_error(str(error))
            return
        step = self.query_one(PassphraseStep)
        step.refuse(str(error) if where else "")
        if not where:
            self.put("#refusal", f"{error} {sentences.TRY_AGAIN}", sign="!")

    def _set_making(self, *, making: bool) -> None:
        self._making = making
        self.query_one(PassphraseStep).disabled = making
        self.put("#working", sentences.MAKING_VAULT if making else "")
        self.put("#refusal", "")
        self.refresh_bindings()

    def _show(self, step: int) -> None:
        self._step = step
        self.query_one("#who").display = step == _WHO
        self.query_one(PassphraseStep).display = step == _PASSPHRASE
        self.query_one(CodeStep).display = step == _CODE
        self.set_status(sentences.step_of(step + 1, 3))
        if step == _WHO:
            self.query_one("#name", TextInput).focus()
        elif step == _PASSPHRASE:
            self.query_one(PassphraseStep).begin()
        else:
            self._show_code()
        self.refresh_bindings()

    def _show_code(self) -> None:
        if self._new is not None:
            self.query_one(CodeStep).begin(self._new.recovery_code)


def _make_or_clear_away(plan: _Plan, passphrase: str) -> NewVault:
    """Make the vault; what a refusal leaves half made is moved aside, because it never held a note."""
    from peernote_tui.services.unlocking import WORK_FACTOR, create_vault
    from peernote_tui.vault.layout import VaultState, inspect, may_create_in, move_aside

    free = may_create_in(plan.folder)
    try:
        return create_vault(
            plan.folder,
            passphrase,
            author_name=plan.name,
            credential=plan.credential,
            clock=plan.clock,
            work_factor=plan.work_factor or WORK_FACTOR,
        )
    except PeerNoteError:
        with suppress(PeerNoteError):
            if free and inspect(plan.folder) is VaultState.HALF_MADE:
                move_aside(plan.folder)
        raise
