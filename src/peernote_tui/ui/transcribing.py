"""A stack of sheets of one form, typed in one after the other: whose is it, the note, whose is the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.services.writing import start_draft
from peernote_tui.ui import flows, sentences
from peernote_tui.ui.screens.base import PeerScreen

if TYPE_CHECKING:
    from peernote_tui.domain.draft import Draft
    from peernote_tui.ui.app import PeerNoteApp


@dataclass(frozen=True, slots=True)
class Sheets:
    """A stack that is being typed in.

    Attributes:
        template_id: The form of its sheets.
        signed: How many notes of it were signed.
    """

    template_id: str
    signed: int = 0


def begin_sheets(app: PeerNoteApp, template_id: str) -> None:
    """Begin a stack of sheets of this form, or go on with it, and ask whose the first one is."""
    going_on = app.sheets is not None and app.sheets.template_id == template_id
    app.sheets = app.sheets if going_on else Sheets(template_id)
    _ask(app)


def catch_up_soon(app: PeerNoteApp) -> None:
    """Ask of which form the sheets are, and begin a stack of them."""
    app.run_worker(_catch_up(app), description="catch up", exclusive=True, group="flow")


async def _catch_up(app: PeerNoteApp) -> None:
    from peernote_tui.services.keeping_templates import offered_templates
    from peernote_tui.ui.screens.choose_template import ChooseTemplate

    offered = offered_templates(app.gateway.workspace)
    chosen = await app.push_screen_wait(ChooseTemplate(offered, question=sentences.SHEETS_OF_WHICH))
    if chosen:
        begin_sheets(app, chosen)


def sheets_place(app: PeerNoteApp) -> int | None:
    """What of a stack is kept over a lock: how many were signed; None where there is no stack."""
    return None if app.sheets is None else app.sheets.signed


def take_up_sheets(app: PeerNoteApp, template_id: str, signed: object) -> None:
    """Go on with the stack that a note of this template belonged to before a lock; `signed` as it was kept."""
    if isinstance(signed, int):
        app.sheets = Sheets(template_id, signed)


def sheet_left(app: PeerNoteApp, draft: Draft, *, signed: bool) -> None:
    """After a note was signed or left: ask whose the next sheet is, where it was one of a stack."""
    sheets = app.sheets
    own = draft.amendment is None and draft.content.copied_from is not None
    if sheets is None or not own or draft.template != sheets.template_id:
        return
    app.sheets = Sheets(sheets.template_id, sheets.signed + signed)
    _ask(app)


def _ask(app: PeerNoteApp) -> None:
    app.run_worker(_next_sheet(app), description="next sheet", exclusive=True, group="flow")


async def _next_sheet(app: PeerNoteApp) -> None:
    from peernote_tui.ui.screens.participants import ParticipantsScreen

    sheets = app.sheets
    asking = ParticipantsScreen(choosing=True)
    chosen = app.push_screen(asking, wait_for_dismiss=True)
    if sheets is not None:
        asking.call_after_refresh(asking.say, sentences.sheets_signed(sheets.signed))
    about = await chosen
    if about is None or sheets is None:
        app.sheets = None
        if sheets is not None and isinstance(app.screen, PeerScreen):
            app.screen.say(sentences.sheets_ended(sheets.signed))
        return
    if not await flows.is_sure_of_whom(app, about):
        _ask(app)
        return
    app.hold_keys()
    try:
        draft = await app.gateway.call(start_draft, about, template_id=sheets.template_id, from_paper=True)
    except PeerNoteError as error:
        app.sheets = None
        flows.say_error(app, error)
        return
    await flows.open_draft(app, draft.id)
