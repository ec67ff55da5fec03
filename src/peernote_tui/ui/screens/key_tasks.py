"""Changing what opens the vault: first the passphrase, then the change. Until the last step nothing is changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from peernote_tui.domain.errors import InvalidInputError, PeerNoteError, WrongPassphraseError
from peernote_tui.services import holding, key_slots, rekeying
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.code_step import CodeStep
from peernote_tui.ui.screens.door import SecretInput
from peernote_tui.ui.screens.passphrase_step import PassphraseStep
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.form import Form
from peernote_tui.ui.widgets.text_input import TextInput
from peernote_tui.vault import organisation, recovery_code


class KeyTask(VaultScreen[None]):
    """One change of a key. Asks the passphrase, then shows the step that a subclass composes.

    Attributes:
        LEAD: What will follow, said beside the question for the passphrase.
    """

    LEAD: ClassVar[str] = ""
    FIRST_KEYS = ("door.go_on", "door.written", "door.reveal", "code.sheet", "passphrase.other", "passphrase.own")

    def __init__(self) -> None:
        super().__init__()
        self._working = False
        self._begun = False

    def compose_body(self) -> ComposeResult:
        """Lay out the question, and the step after it; one at a time is seen."""
        with Form(classes="door"), Vertical(classes="door--column"):
            with Vertical(id="check-step", classes="door--step"):
                yield Static(sentences.CHECK_TITLE, classes="title", markup=False)
                yield Static(self.LEAD, classes="door--lead", markup=False)
                yield Field(
                    "present",
                    sentences.KEY_LABEL,
                    SecretInput(id="present"),
                    hint=sentences.CHECK_HINT,
                    stacked=True,
                )
            with Vertical(id="task-step", classes="door--step"):
                yield from self.compose_step()
            yield Static("", id="working", classes="door--working", markup=False)
            yield Static("", id="refusal", classes="door--refusal", markup=False)

    def compose_step(self) -> ComposeResult:
        """The step after the question; for subclasses."""
        yield from ()

    def begin_step(self, passphrase: str) -> None:
        """The passphrase is the right one; for subclasses."""

    def step_back(self) -> bool:
        """Step back inside the step; False when it is at its beginning. For subclasses."""
        return False

    def wipe(self) -> None:
        """Forget every secret of the step; for subclasses."""

    def on_mount(self) -> None:
        """Begin with the question."""
        self.query_one("#task-step").display = False
        self.put("#working", "")
        self.put("#refusal", "")
        self.set_status(sentences.step_of(1, 2))
        self._present.focus()

    def put(self, selector: str, sentence: str, *, sign: str = "") -> None:
        """Show a sentence in one of the screen's lines, or hide the line when it is empty."""
        line = self.query_one(selector, Static)
        line.display = bool(sentence)
        line.update(safe.assemble((f"{sign} " if sentence and sign else "", "bold"), sentence))

    def go_back(self) -> None:
        """One step back; from the beginning, to the keys. Nothing is changed."""
        if self._working:
            return
        self.put("#refusal", "")
        if not (self._begun and self.step_back()):
            self._present.load("")
            self.wipe()
            self.dismiss(None)

    @on(Input.Changed)
    def _typed(self) -> None:
        self.put("#refusal", "")

    @on(Input.Changed, "#present")
    def _present_typed(self) -> None:
        self.query_one("#field-present", Field).set_error(None)

    @on(Input.Submitted, "#present")
    def _present_done(self, event: Input.Submitted) -> None:
        event.stop()
        if self._working:
            return
        if not event.value:
            self.query_one("#field-present", Field).set_error(sentences.ONCE_MORE_EMPTY)
            return
        self.work_on(self._check(event.value), sentences.CHECKING)

    async def ready(self) -> None:
        """Refuse what stands in the way before anything is asked of the person; for subclasses.

        Raises:
            PeerNoteError: Something does.
        """

    async def _check(self, passphrase: str) -> None:
        try:
            await self.house.gateway.call(key_slots.require_passphrase, passphrase)
            await self.ready()
        except WrongPassphraseError as error:
            self.rest()
            self.query_one("#field-present", Field).set_error(str(error))
            self._present.focus()
            self._present.select_whole()
            return
        self.rest()
        self._begun = True
        self._present.load("")
        self.query_one("#check-step").display = False
        self.query_one("#task-step").display = True
        self.set_status(sentences.step_of(2, 2))
        self.begin_step(passphrase)
        self.refresh_bindings()

    def work_on(self, task: Awaitable[None], said: str) -> None:
        """Do something that takes a moment; what refuses is said, and Enter tries again."""

        async def doing() -> None:
            try:
                await task
            except PeerNoteError as error:
                self.rest()
                self.refuse(error)

        self._working = True
        self.query_one("#task-step").disabled = True
        self._present.disabled = True
        self.put("#refusal", "")
        self.put("#working", said)
        self.run_worker(doing(), description="change a key", exclusive=True, group="key")

    def rest(self) -> None:
        """The moment is over."""
        self._working = False
        self.query_one("#task-step").disabled = False
        self._present.disabled = False
        self.put("#working", "")

    def refuse(self, error: PeerNoteError) -> None:
        """Say why it could not be done."""
        self.put("#refusal", str(error), sign="!")
        if not self._begun:
            self._present.focus()

    async def finish(self, said: str) -> None:
        """It is done: forget the secrets, go back to the keys, and say so there."""
        # A screen that is hidden while the disk is gone takes the passphrase of now.
        self.house.slot = await self.house.gateway.call(holding.copy_slot)
        self.wipe()
        self.house.announce(said)
        self.dismiss(None)

    @property
    def work_factor(self) -> int:
        """The cost of a new slot."""
        return self.house.work_factor or key_slots.WORK_FACTOR

    @property
    def _present(self) -> SecretInput:
        return self.query_one("#present", SecretInput)


class ChangePassphrase(KeyTask):
    """Another passphrase: six words made by chance, or an own one."""

    PLACE = sentences.CHANGE_PLACE
    LEAD = sentences.CHANGE_LEAD

    def compose_step(self) -> ComposeResult:
        """The step of the first run."""
        yield PassphraseStep(id="passphrase-step")

    def begin_step(self, passphrase: str) -> None:  # noqa: ARG002 not needed any more
        """Show six words."""
        self._step.begin()

    def step_back(self) -> bool:
        """From typing it back to the words."""
        return self._step.back()

    def wipe(self) -> None:
        """Forget the words."""
        self._step.wipe()

    def action_written(self) -> None:
        """The words are on paper."""
        self._step.written()

    def refuse(self, error: PeerNoteError) -> None:
        """Let the person try again."""
        self._step.refuse(str(error) if isinstance(error, InvalidInputError) else "")
        if not isinstance(error, InvalidInputError):
            self.put("#refusal", f"{error} {sentences.TRY_AGAIN}", sign="!")

    @on(PassphraseStep.Chosen)
    def _chosen(self) -> None:
        if not self._working:
            self.work_on(self._change(), sentences.SETTING_NEW_KEY)

    async def _change(self) -> None:
        await self.house.gateway.call(key_slots.change_passphrase, self._step.take(), work_factor=self.work_factor)
        await self.finish(sentences.CHANGED)

    @property
    def _step(self) -> PassphraseStep:
        return self.query_one(PassphraseStep)


class NewCode(KeyTask):
    """Another recovery code; it counts once it was typed back."""

    PLACE = sentences.NEW_CODE_PLACE
    WORKING: ClassVar[str] = sentences.SETTING_CODE
    LEAD = sentences.NEW_CODE_LEAD

    def compose_step(self) -> ComposeResult:
        """The code, then the field to type it back."""
        yield CodeStep(id="code-step")

    def begin_step(self, passphrase: str) -> None:  # noqa: ARG002 not needed any more
        """Show a code that nobody has seen."""
        self.step.begin(recovery_code.generate())

    def step_back(self) -> bool:
        """From typing the code back to the code."""
        return self.step.back()

    def wipe(self) -> None:
        """Forget the code."""
        self.step.wipe()

    def action_written(self) -> None:
        """The code is on paper."""
        self.step.written()

    def refuse(self, error: PeerNoteError) -> None:
        """Let the person try again with Enter."""
        super().refuse(error)
        if self.step.code:
            self.put("#refusal", f"{error} {sentences.TRY_AGAIN}", sign="!")
            self.step.written()

    @on(CodeStep.Written)
    def _written_down(self) -> None:
        if not self._working:
            self.work_on(self.put_in_force(), self.WORKING)

    async def put_in_force(self) -> None:
        """Let the code that was typed back count."""
        await self.house.gateway.call(key_slots.set_recovery_code, self.step.code, work_factor=self.work_factor)
        await self.finish(sentences.CODE_CHANGED)

    @property
    def step(self) -> CodeStep:
        """The code."""
        return self.query_one(CodeStep)


class NewDataKey(NewCode):
    """A new data key with a new recovery code; what was typed somewhere else is stored first."""

    PLACE = sentences.NEW_DATA_KEY_PLACE
    WORKING = sentences.RENEWING
    LEAD = sentences.NEW_DATA_KEY_LEAD

    def __init__(self) -> None:
        super().__init__()
        self._passphrase = ""

    async def ready(self) -> None:
        """Refuse while a rescue file waits or the organisation is not known."""
        await self.house.gateway.call(rekeying.require_ready)

    def begin_step(self, passphrase: str) -> None:
        """Keep the passphrase for the new slot."""
        self._passphrase = passphrase
        super().begin_step(passphrase)

    def wipe(self) -> None:
        """Forget both."""
        self._passphrase = ""
        super().wipe()

    async def put_in_force(self) -> None:
        """Write everything anew; drafts that are open below are stored first."""
        await self.house.flush()
        verb: Callable[..., rekeying.NewKey] = rekeying.new_data_key
        done = await self.house.gateway.call(verb, self._passphrase, self.step.code, work_factor=self.work_factor)
        said = sentences.data_key_without_backup(done.trouble) if done.trouble else sentences.DATA_KEY_NEW
        await self.finish(said)


class SetOrganisation(KeyTask):
    """Whom the organisation's key file is sealed to."""

    PLACE = sentences.ORGANISATION_PLACE
    LEAD = sentences.ORGANISATION_LEAD

    def compose_step(self) -> ComposeResult:
        """One field for one or more public keys."""
        yield Static(sentences.ORGANISATION_TITLE, classes="title", markup=False)
        yield Static(sentences.ORGANISATION_STEP, classes="door--lead", markup=False)
        box = TextInput(max_length=organisation.MOST_RECIPIENTS * 80, id="recipients", classes="-boxed")
        yield Field("recipients", sentences.ORGANISATION_FIELD, box, stacked=True)
        yield Static("", id="fingerprints", classes="door--hint", markup=False)

    def begin_step(self, passphrase: str) -> None:  # noqa: ARG002 not needed any more
        """Take the key."""
        self.put("#fingerprints", "")
        self.query_one("#recipients", TextInput).focus()

    def refuse(self, error: PeerNoteError) -> None:
        """Say it under the field."""
        if isinstance(error, InvalidInputError):
            self.query_one("#field-recipients", Field).set_error(str(error))
        else:
            super().refuse(error)
        if self._begun:
            self.query_one("#recipients", TextInput).focus()

    @on(Input.Changed, "#recipients")
    def _recipients_typed(self, event: Input.Changed) -> None:
        field, told = self.query_one("#field-recipients", Field), ""
        field.set_error(None)
        words = event.value.split()
        # Whatever is shorter is still being typed; a paste is whole.
        if words and all(len(word) >= len(_EXAMPLE) for word in words):
            try:
                told = "   ".join(each.fingerprint for each in organisation.read_recipients(words))
            except InvalidInputError as error:
                field.set_error(str(error))
        self.put("#fingerprints", told)

    @on(Input.Submitted, "#recipients")
    def _recipients_done(self, event: Input.Submitted) -> None:
        event.stop()
        if not self._working:
            self.work_on(self._set(event.value), sentences.CHECKING)

    async def _set(self, typed: str) -> None:
        await self.house.gateway.call(key_slots.set_organisation, [typed])
        await self.finish(sentences.ORGANISATION_SET)


_EXAMPLE = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa"
"""Shows how long one is; from the documentation of age."""
