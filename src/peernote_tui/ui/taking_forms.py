"""The way of a filled form into the wizard: whose it is, which file, and the draft on its review page."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from peernote_tui.domain.errors import PeerNoteError, RefusedError
from peernote_tui.ui import sentences
from peernote_tui.ui.backing_up import beside
from peernote_tui.ui.flows import open_draft, say_error
from peernote_tui.ui.path_suggester import PathSuggester

if TYPE_CHECKING:
    from peernote_tui.services.taking_in import TakenIn
    from peernote_tui.ui.app import PeerNoteApp

_ENDINGS = (".docx", ".pdf", ".md", ".txt")


async def take_form(app: PeerNoteApp) -> None:
    """Ask for whom and for the file, take it in as a draft, and show the whole of it to be reviewed."""
    from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
    from peernote_tui.ui.screens.participants import ParticipantsScreen

    about = getattr(app.screen, "subject", None)
    if about is None:
        about = await app.push_screen_wait(ParticipantsScreen(choosing=True))
    taken = await _ask(app, about) if about is not None else None
    if taken is None:
        return
    await open_draft(app, taken.draft.id)
    if isinstance(app.screen, NoteWizard) and app.screen.draft.id == taken.draft.id:
        app.screen.action_review()
        app.screen.say(
            sentences.form_taken_in(taken.template.title, len(taken.placed), len(taken.left)),
            tone="warning" if taken.left else "success",
        )


async def _ask(app: PeerNoteApp, participant_id: str) -> TakenIn | None:
    """Ask for a file until it can be taken in; None to step back."""
    from peernote_tui.services.taking_in import read_file, take_form_in
    from peernote_tui.ui.screens.one_line import OneLine
    from peernote_tui.ui.shelf import Shelf

    typed = wrong = template = ""
    while True:
        ask = OneLine(
            sentences.TAKE_FORM_TITLE,
            sentences.TAKE_FORM_FILE,
            hint=sentences.TAKE_FORM_HINT,
            shelf=Shelf("form", (participant_id,)),
            typed=typed,
            suggester=PathSuggester(*_ENDINGS),
            error=wrong,
        )
        answer = await app.push_screen_wait(ask)
        if answer is None:
            return None
        typed = answer
        try:
            form = await beside(partial(read_file, Path(typed)))
            day_first = app.settings.day_first
            return await app.gateway.call(take_form_in, participant_id, template or None, form, day_first=day_first)
        except RefusedError as error:
            say_error(app, error)
            return None
        except PeerNoteError as error:
            wrong = str(error)
