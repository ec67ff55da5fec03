"""Ways of a co-signature: the note to whoever signs, the file to read, the statement back under its note."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from peernote_tui.domain.errors import PeerNoteError, RefusedError
from peernote_tui.ui import sentences
from peernote_tui.ui.backing_up import beside
from peernote_tui.ui.flows import open_note, say_error
from peernote_tui.ui.path_suggester import PathSuggester
from peernote_tui.ui.unaccounted import keeps_no_account, leaves_all_the_same
from peernote_tui.vault import files

if TYPE_CHECKING:
    from peernote_tui.documents.note_json import NoteFile
    from peernote_tui.services.cosignature_files import NoteToCosign, TakenCosignature
    from peernote_tui.ui.app import PeerNoteApp
    from peernote_tui.ui.screens.keeping import Take
    from peernote_tui.ui.screens.one_line import OneLine

T = TypeVar("T")
_ENDING = ".json"
_ID_PART = 13


async def send_for_cosigning(app: PeerNoteApp, note_id: str) -> None:
    """Write a note with what was added to it to a file for whoever co-signs it.

    Args:
        app: The application.
        note_id: Of a signed note.
    """
    from peernote_tui.services.cosignature_files import write_for_cosigning
    from peernote_tui.ui.screens.base import PeerScreen

    where = await where_to_write(
        app, sentences.SEND_TITLE, hint=sentences.SEND_HINT, typed=f"~/note-{note_id[:_ID_PART]}{_ENDING}"
    )
    if where is None:
        return
    path, replace = where
    if not await leaves_all_the_same(app):
        return
    try:
        unaccounted = keeps_no_account(app)
        await app.gateway.call(write_for_cosigning, note_id, path, replace=replace, unaccounted=unaccounted)
    except PeerNoteError as error:
        say_error(app, error)
        return
    if isinstance(app.screen, PeerScreen):
        app.screen.say(sentences.sent_for_cosigning(path.name), tone="success")


async def take_in(app: PeerNoteApp) -> None:
    """Ask for the file of a co-signature, take it in, and show its note."""
    from peernote_tui.services.cosignature_files import take_in_cosignature
    from peernote_tui.ui.screens.note import NoteScreen

    async def take(found: NoteFile) -> TakenCosignature:
        return await app.gateway.call(take_in_cosignature, found)

    taken = await _from_file(app, sentences.TAKE_IN_TITLE, sentences.TAKE_IN_HINT, take)
    if taken is None:
        return
    said = sentences.cosignature_taken_in(taken.addendum.author.name, new=taken.new)
    front = app.screen
    if isinstance(front, NoteScreen) and front.own_place()["note"] == taken.addendum.note_id:
        await front.reload()
        front.say(said, tone="success")
    else:
        app.announce(said)
        await open_note(app, taken.addendum.note_id)


async def begin_cosigning(app: PeerNoteApp) -> None:
    """Ask for the file of somebody's note, and show it to be read and co-signed."""
    from peernote_tui.services.cosignature_files import note_to_cosign
    from peernote_tui.ui.screens.cosigning import CosignScreen

    async def check(found: NoteFile) -> NoteToCosign:
        return await app.gateway.call(note_to_cosign, found)

    read = await _from_file(app, sentences.COSIGN_TITLE, sentences.COSIGN_HINT, check)
    if read is not None:
        await app.push_screen(CosignScreen(read))


async def where_to_write(app: PeerNoteApp, title: str, *, hint: str, typed: str) -> tuple[Path, bool] | None:
    """Ask for the file to write to, until it is one that is free or may be replaced.

    Args:
        app: The application.
        title: What is written.
        hint: For whom it is, and that it is not encrypted.
        typed: A name to begin with.

    Returns:
        The file, and whether the one that is there is replaced; None to step back.
    """
    from peernote_tui.services.exporting_people import require_free
    from peernote_tui.ui.widgets.confirm import Confirm

    wrong = ""
    while (answer := await app.push_screen_wait(_file_question(title, hint, typed, wrong))) is not None:
        typed, wrong, path = answer, "", files.spelled_out(answer)
        try:
            await beside(partial(require_free, path, replace=False))
        except RefusedError:
            ask = Confirm(sentences.FILE_REPLACE, str(path), yes=sentences.FILE_REPLACE_YES)
            if await app.push_screen_wait(ask):
                return path, True
        except PeerNoteError as error:
            wrong = str(error)
        else:
            return path, False
    return None


async def _from_file(app: PeerNoteApp, title: str, hint: str, then: Callable[[NoteFile], Awaitable[T]]) -> T | None:
    """Ask for a file until what is done with it succeeds; None to step back."""
    from peernote_tui.services.cosignature_files import read_for_cosigning

    async def take(typed: str) -> T:
        return await then(await beside(partial(read_for_cosigning, files.spelled_out(typed))))

    taken: T | None = await app.push_screen_wait(_file_question(title, hint, take=take))
    return taken


def _file_question(
    title: str, hint: str, typed: str = "", wrong: str = "", *, take: Take[Any] | None = None
) -> OneLine:
    from peernote_tui.ui.screens.one_line import OneLine
    from peernote_tui.ui.shelf import Shelf

    return OneLine(
        title,
        sentences.COSIGN_FILE,
        hint=hint,
        shelf=Shelf(f"file: {title}"),
        take=take,
        typed=typed,
        suggester=PathSuggester(_ENDING),
        error=wrong,
    )
