"""Ways that lead from a signed note to what is added to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.ui import sentences
from peernote_tui.ui.cosigning import send_for_cosigning, take_in
from peernote_tui.ui.flows import open_draft, say_error

if TYPE_CHECKING:
    from peernote_tui.services.notes import NoteView
    from peernote_tui.ui.app import PeerNoteApp


async def add_to_note(app: PeerNoteApp, view: NoteView) -> None:
    """Ask what is to be added to a note, and open the screen for it; a draft of that kind is gone on with.

    Args:
        app: The application.
        view: The note that is read.
    """
    from peernote_tui.services.amending import start_amendment
    from peernote_tui.services.writing import open_drafts
    from peernote_tui.ui.screens.adding.choosing import LATE, SEND, TAKE, AddChooser, ways_to_add

    ways = ways_to_add(view.note, tuple(each.kind for each in view.addenda))
    way = await app.push_screen_wait(AddChooser(ways))
    if way is None:
        return
    if way in (SEND, TAKE):
        await (send_for_cosigning(app, view.note.id) if way == SEND else take_in(app))
        return
    try:
        if way == LATE:
            await late_entry(app, view.participant.id)
            return
        kind = AddendumKind(way)
        begun = [
            row.draft.id
            for row in await app.gateway.call(open_drafts, view.participant.id)
            if row.draft.amendment and (row.draft.amendment.note_id, row.draft.amendment.kind) == (view.note.id, kind)
        ]
        draft_id = begun[0] if begun else (await app.gateway.call(start_amendment, view.note.id, kind)).id
    except PeerNoteError as error:
        say_error(app, error)
        return
    await open_draft(app, draft_id)


async def late_entry(app: PeerNoteApp, participant_id: str) -> None:
    """Begin the note of an earlier contact, with its time still to be said.

    Raises:
        PeerNoteError: The record takes no note.
    """
    from peernote_tui.services.writing import save_draft, start_draft

    draft = await app.gateway.call(start_draft, participant_id)
    content = draft.content.model_copy(update={"day": None, "start": None, "end": None, "place": "", "mode": None})
    await app.gateway.call(save_draft, draft.model_copy(update={"content": content}))
    app.announce(sentences.LATE_ENTRY_BEGUN, tone="muted")
    await open_draft(app, draft.id)


async def go_on_there(app: PeerNoteApp, draft_id: str | None) -> None:
    """Go to the draft that was begun in the record where a note belongs, if one was.

    Args:
        app: The application.
        draft_id: Of that draft; None for none.
    """
    if draft_id:
        app.announce(sentences.BEGUN_THERE)
        await open_draft(app, draft_id)
