"""Where the page to print shall lie; it is written only there, and nowhere before it is asked for."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.base import PeerModal
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.text_input import TextInput

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp


class _Place(TextInput):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Write it", id="sheet.write", tooltip="Write the page to this place."),
    ]


class SheetDialog(PeerModal[None]):
    """Takes a place and writes the recovery sheet there; Esc closes, before and after.

    Args:
        code: The recovery code where it is new; empty leaves a box on the page.
    """

    def __init__(self, code: str = "") -> None:
        super().__init__()
        self._code = code

    def compose(self) -> ComposeResult:
        """Lay out what the page is, what to beware of, and the field."""
        warning = sentences.SHEET_WITH_CODE if self._code else sentences.SHEET_WITHOUT_CODE
        with Vertical(classes="dialog"):
            yield Static(safe.content(sentences.SHEET_TITLE, "bold"), markup=False)
            yield Static(safe.content(warning), classes="dialog--text", markup=False)
            yield Field("place", sentences.SHEET_PLACE, _Place(id="place"), hint=sentences.SHEET_HINT, stacked=True)
            yield Static(safe.content(sentences.SHEET_KEYS), id="sheet-keys", classes="dialog--keys", markup=False)

    def on_mount(self) -> None:
        """Begin in the field."""
        self.query_one(_Place).focus()

    @on(Input.Changed)
    def _typed(self) -> None:
        self._field.set_error(None)
        self._field.set_echo(None)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if not event.value.strip():
            self._field.set_error(sentences.SHEET_NO_PLACE)
            return
        self.run_worker(self._write(event.value.strip()), description="write the sheet", exclusive=True)

    async def _write(self, place: str) -> None:
        from peernote_tui.services import recovery_sheet

        house = cast("PeerNoteApp", self.app)
        try:
            sheet = recovery_sheet.sheet_of(house.folder, clock=house.clock, code=self._code)
            path = await asyncio.to_thread(recovery_sheet.write_sheet, sheet, Path(place))
        except PeerNoteError as error:
            self._field.set_error(str(error))
            return
        self.query_one("#sheet-keys", Static).update(
            safe.content(sentences.sheet_written(str(path), with_code=bool(self._code)), "$success", keep_lines=True)
        )

    @property
    def _field(self) -> Field:
        return self.query_one("#field-place", Field)


def ask_for_sheet(app: App[Any], code: str = "") -> None:
    """Ask where a recovery sheet shall lie, and write it there."""
    app.push_screen(SheetDialog(code))
