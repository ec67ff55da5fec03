"""Co-signing: a supervisor's statement under somebody else's note, signed with the supervisor's own key.

The note comes in a file and is not taken in: it stays in the record of whoever wrote it. What goes back is one
addendum, which that vault takes in beside the note.
"""

from __future__ import annotations

from peernote_tui.domain.addendum import Addendum, AddendumKind
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import clean_text
from peernote_tui.domain.errors import InvalidInputError, RefusedError
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.note import Note, NoteAuthor, NoteSeal
from peernote_tui.domain.private_answers import STAYED
from peernote_tui.services.sealing import seal
from peernote_tui.services.verifying import seal_holds
from peernote_tui.services.workspace import Workspace


def cosign(workspace: Workspace, note: Note, statement: str) -> Addendum:
    """A statement under a note from a file, signed with the key of this vault; the log keeps that it was given.

    Args:
        workspace: The supervisor's vault.
        note: The signed note as it was exported.
        statement: The supervisor's words, such as that the note was read and agreed with.

    Raises:
        InvalidInputError: There are no words.
        RefusedError: The note is not signed, was changed since, or is the author's own.
    """
    words = clean_text(statement).strip()
    if not words:
        raise InvalidInputError("A co-signature needs a sentence.", "Write what you read and what you stand for.")
    under = require_can_cosign(workspace, note)
    now = workspace.clock.now()
    author = workspace.author
    addendum = Addendum(
        id=new_id(now),
        note_id=note.id,
        note_hash=under.hash,
        kind=AddendumKind.COSIGNATURE,
        author=NoteAuthor(id=author.id, name=author.name, credential=author.credential),
        zone=workspace.clock.zone,
        text=words,
        entered_at=now,
        signed_at=now,
    )
    with workspace.changing() as work:
        sealed = addendum.model_copy(update={"seal": seal(workspace, work, addendum.canonical())})
        workspace.log(work, AuditAction.NOTE_COSIGNED, note.id)
        work.commit()
    return sealed


def require_can_cosign(workspace: Workspace, note: Note) -> NoteSeal:
    """Refuse a note that the author of this vault cannot co-sign; gives its seal.

    Raises:
        RefusedError: It is not whole, not signed, was changed since, or is the author's own.
    """
    if note.left_out:
        raise RefusedError(STAYED, "Only a note without private answers can be co-signed in another vault.")
    if note.seal is None or not seal_holds(note):
        raise RefusedError(
            "This note is not signed, or was changed after it was.", "Ask for the file as it was exported."
        )
    if note.seal.public_key == workspace.author.public_key:
        raise RefusedError("You signed this note yourself.", "A co-signature comes from somebody else.")
    return note.seal
