"""The protocol card of a safety follow-up: an agency's own words, typed here, and what is shown without them."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import TextArea

from peernote_tui.services.protocol import CardAtHand, card_at_hand, keep_typed_protocol, set_protocol
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.note_area import NoteArea

PAUSE_SECONDS = 0.6
"""From the first unsaved key to the save."""
_LONGEST = 2_500


class ProtocolScreen(VaultScreen[None]):
    """One box with the card; what is typed is kept at once, and shown in notes from F2 on."""

    PLACE = sentences.PROTOCOL_PLACE
    NAME = "protocol"
    FIRST_KEYS = ("protocol.use",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f2,ctrl+s",
            "use",
            "Use this card",
            id="protocol.use",
            priority=True,
            tooltip="Show these words above a safety follow-up; an empty box brings the card of the program back.",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._stored = ""
        self._ready = False
        self._waiting = False

    def compose_body(self) -> ComposeResult:
        """Lay out the box."""
        area = NoteArea(limit=_LONGEST, id="card")
        area.styles.height = 14
        with Vertical(classes="main"):
            yield Field("card", sentences.PROTOCOL_LABEL, area, hint=sentences.PROTOCOL_HINT, stacked=True)

    async def on_mount(self) -> None:
        """Begin in the box, with what was typed, else with the card as it is shown."""
        await self._show()
        self.query_one(NoteArea).focus()

    async def flush(self) -> None:
        """Keep what is typed and not in use."""
        if self._ready and self._typed != self._stored:
            typed = self._typed
            await self.house.gateway.call(keep_typed_protocol, typed)
            self._stored = typed

    def go_back(self) -> None:
        """Keep what is typed, and close."""
        self.run_worker(self._leave(), description="close", exclusive=True, group="close")

    def action_use(self) -> None:
        """Let notes show the card as it stands here."""
        self.run_worker(self._use(), description="use card", exclusive=True, group="use")

    @property
    def half_typed(self) -> bool:
        """Nothing: what is typed is kept."""
        return False

    @property
    def _typed(self) -> str:
        return self.query_one(NoteArea).text

    async def _show(self) -> None:
        found: CardAtHand | None = await self.ask(card_at_hand, country=self.house.settings.country)
        if found is not None:
            self.query_one(NoteArea).load_text(found.typed)
            self._stored, self._ready = found.typed, True
            self.set_status(sentences.protocol_stands(own=found.own, waiting=found.waiting))

    async def _use(self) -> None:
        if await self.ask(set_protocol, self._typed) is None:
            return
        await self._show()
        self.say(sentences.PROTOCOL_USED, tone="success")

    async def _leave(self) -> None:
        changed = self._typed != self._stored
        if not await self.stores_before_leaving():
            return
        if changed and self._typed == self._stored:
            self.house.announce(sentences.PROTOCOL_WAITS)
        self.dismiss(None)

    @on(TextArea.Changed)
    def _soon(self) -> None:
        if self._ready and not self._waiting:
            self._waiting = True
            self.set_timer(PAUSE_SECONDS, self._keep)

    def _keep(self) -> None:
        self._waiting = False
        if self.house.gateway.is_open:
            self.run_worker(self.flush(), description="keep what is typed", group="keep")
