"""The ways to handing something out, and to recording what was, from wherever they were asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.ui.flows import say_error

if TYPE_CHECKING:
    from peernote_tui.documents.document import DocumentKind
    from peernote_tui.services.ordering import Ahead
    from peernote_tui.ui.app import PeerNoteApp


def hand_out_soon(
    app: PeerNoteApp, participant_id: str | None = None, kind: DocumentKind | None = None, *, note_id: str = ""
) -> None:
    """Ask what is to be handed out, to whom and how.

    Args:
        app: The application.
        participant_id: Out of whose record; asked when None and the screen is about nobody.
        kind: What at first; a choice of notes when None.
        note_id: The note it is reached from; a draft that is being written is found by itself.
    """
    app.run_worker(_hand_out(app, participant_id, kind, note_id), description="hand out", exclusive=True, group="flow")


def record_soon(app: PeerNoteApp, participant_id: str | None = None) -> None:
    """Ask what was handed on without PeerNote.

    Args:
        app: The application.
        participant_id: Out of whose record; asked when None and the screen is about nobody.
    """
    app.run_worker(_record(app, participant_id), description="record disclosure", exclusive=True, group="flow")


async def _record(app: PeerNoteApp, participant_id: str | None) -> None:
    from peernote_tui.ui.screens.recording_disclosure import RecordDisclosureScreen

    ahead = await _ahead(app, participant_id)
    if ahead is not None:
        await app.push_screen(RecordDisclosureScreen(ahead))


async def _hand_out(app: PeerNoteApp, participant_id: str | None, kind: DocumentKind | None, note_id: str) -> None:
    from peernote_tui.documents.document import DocumentKind
    from peernote_tui.ui.screens.handing_out import HandOutScreen
    from peernote_tui.ui.screens.note_wizard.screen import NoteWizard

    if isinstance(app.screen, NoteWizard) and app.screen.draft.amendment is None:
        kind, note_id = DocumentKind.FORM, app.screen.draft.id
        try:
            await app.screen.flush()
        except PeerNoteError as error:
            say_error(app, error)
            return
    ahead = await _ahead(app, participant_id)
    if ahead is not None:
        await app.push_screen(HandOutScreen(ahead, kind or DocumentKind.RECORD, note_id=note_id))


async def _ahead(app: PeerNoteApp, participant_id: str | None) -> Ahead | None:
    """What is to be known of the participant it is about, who is asked for where that is not known."""
    from peernote_tui.services.ordering import look_ahead
    from peernote_tui.ui.screens.participants import ParticipantsScreen

    about = participant_id or getattr(app.screen, "subject", None)
    if about is None:
        about = await app.push_screen_wait(ParticipantsScreen(choosing=True))
    if about is None:
        return None
    try:
        return await app.gateway.call(look_ahead, about)
    except PeerNoteError as error:
        say_error(app, error)
        return None
