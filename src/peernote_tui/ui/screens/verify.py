"""Whether everything still holds: the file, the log, every note, and an anchor kept elsewhere."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from peernote_tui.domain.audit import Anchor, parse_anchor
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.services.verifying import Stage, Verification, present_anchor, verify
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.handing import hand_over_soon
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.text_input import TextInput

_LONGEST = 200


class VerifyScreen(VaultScreen[None]):
    """The anchor of now, to be written down or copied; a box for one kept elsewhere; and the result in words."""

    PLACE = sentences.VERIFY_PLACE
    FIRST_KEYS = ("verify.now", "verify.copy")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "verify", "Verify", id="verify.now", tooltip="Check the file, the log and every note now."),
        Binding(
            "ctrl+g",
            "copy",
            "Copy to the clipboard",
            id="verify.copy",
            tooltip="The anchor of the log, for another program. It asks first.",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._checking = False
        self._anchor = ""

    def compose_body(self) -> ComposeResult:
        """Lay out the anchor, the box and the result."""
        yield Static("", id="anchor", classes="title", markup=False)
        box = TextInput(max_length=_LONGEST)
        yield Field("kept", sentences.ANCHOR_KEPT, box, hint=sentences.ANCHOR_HINT, help_text=sentences.ANCHOR_HELP)
        with VerticalScroll(id="result-scroll", can_focus=False):
            yield Static("", id="result", markup=False)

    def on_mount(self) -> None:
        """Begin in the box."""
        self.query_one(TextInput).focus()

    async def reload(self) -> None:
        """Say what the log is now."""
        if self.house.gateway.is_open and (anchor := await self.ask(present_anchor)) is not None:
            self._anchor = anchor
            self.query_one("#anchor", Static).update(safe.content(sentences.anchor_now(anchor)))

    def action_copy(self) -> None:
        """Hand the anchor over; it tells nothing of what was written, and to note it would change it."""
        if self._anchor:
            hand_over_soon(self, self._anchor, sentences.COPY_ANCHOR_QUESTION, asked_with="ctrl+g")

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_verify()

    def action_verify(self) -> None:
        """Check everything, against the anchor when one is typed."""
        if self._checking:
            return
        field, typed = self.query_one(Field), self.query_one(TextInput).value
        try:
            anchor = parse_anchor(typed) if typed.strip() else None
        except InvalidInputError as error:
            field.set_error(str(error))
            return
        field.set_error(None)
        self._checking = True
        self.run_worker(self._verify(anchor), description="verify", exclusive=True, group="verify")

    async def _verify(self, anchor: Anchor | None) -> None:
        app = self.app

        def progress(stage: Stage) -> None:
            app.call_from_thread(self._tell, sentences.VERIFYING[stage.value])

        try:
            found = await self.ask(verify, anchor=anchor, progress=progress)
        finally:
            self._checking = False
        if found is not None and self.is_attached:
            self._show(found, anchor)

    def _tell(self, sentence: str) -> None:
        if self.is_attached:
            self.query_one("#result", Static).update(safe.content(sentence, "$muted"))

    def _show(self, found: Verification, anchor: Anchor | None) -> None:
        if found.ok:
            text, style = sentences.everything_holds(found.notes, anchored=anchor is not None), "$success"
        else:
            text, style = sentences.something_does_not_hold(found.problems), "$error"
        self.query_one("#result", Static).update(safe.content(text, style, keep_lines=True))
