"""Writing a note: drafts, review, signature."""

from __future__ import annotations

from datetime import datetime

from pydantic import ValidationError

from peernote_tui.domain.answers import Asked
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.draft import Draft, DraftRow
from peernote_tui.domain.errors import (
    InvalidInputError,
    NoteIncompleteError,
    NotFoundError,
    RefusedError,
)
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.note import (
    DEFAULT_TEMPLATE,
    Note,
    NoteState,
)
from peernote_tui.domain.seen_actions import with_seen
from peernote_tui.domain.template_rules import as_signed, begun_content
from peernote_tui.domain.transcribing import as_on_paper
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services import gate
from peernote_tui.services.beginning import draft_begun, known_content, meeting_of
from peernote_tui.services.draft_rows import draft_row
from peernote_tui.services.namesakes import rows_apart
from peernote_tui.services.participants import open_record_in, participant_in
from peernote_tui.services.recording import enter_into_record, told_actions
from peernote_tui.services.retiring_templates import require_in_use
from peernote_tui.services.reviewing import draft_in, review_in
from peernote_tui.services.sealing import seal
from peernote_tui.services.templates import newest_template, template_of
from peernote_tui.services.unplaced import keep_not_placed
from peernote_tui.services.workspace import Workspace


def start_draft(
    workspace: Workspace,
    participant_id: str,
    *,
    template_id: str = DEFAULT_TEMPLATE,
    meeting_id: str | None = None,
    from_paper: bool = False,
) -> Draft:
    """Begin a note, with what can be known already: day and time, last place, last mode.

    A meeting planned for today that has begun gives the start, and now is the end; otherwise the start is now. What did
    not take place has no end. Place and mode are known only where the template asks for them. A note begun from a
    meeting takes more from it; see `from_meeting`.

    Args:
        workspace: The open vault.
        participant_id: Whom it is about.
        template_id: The form.
        meeting_id: The follow-up it is begun from, which its signature closes; None for none. While a draft of this
            form was begun from it and is open, that one is given back and nothing is begun.
        from_paper: Whether its words stand on paper, so that day, times, place and mode are not filled in.

    Raises:
        NotFoundError: There is no such participant, template or meeting of theirs.
        RefusedError: The record is archived, the template retired, the meeting over, or a draft of another form was
            begun from it.
    """
    now = workspace.clock.now()
    template = newest_template(workspace.templates, template_id)
    require_in_use(workspace, template)
    with workspace.changing() as work:
        participant_id = open_record_in(work, participant_id).id
        meeting = None if meeting_id is None else meeting_of(work, participant_id, meeting_id)
        begun = None if meeting is None else draft_begun(work, meeting, template.id)
        if begun is not None:
            return begun
        known = known_content(workspace, work, participant_id, template, meeting)
        content = begun_content(template, known, Asked(workspace.local_now))
        draft = Draft(
            id=new_id(now),
            participant_id=participant_id,
            template=template.id,
            template_version=template.version,
            zone=workspace.clock.zone,
            content=as_on_paper(content) if from_paper else content,
            begun_at=now,
            changed_at=now,
            meeting_id=None if meeting is None else meeting.id,
        )
        draft = gate.admit_beginning(workspace, work, draft)
        work.drafts.add(draft, by=workspace.author.id)
        work.participants.touch(participant_id, now)
        workspace.log(work, AuditAction.DRAFT_STARTED, draft.id)
        work.commit()
    return draft


def save_draft(workspace: Workspace, draft: Draft) -> Draft:
    """Store a draft as it stands; it is on disk when this returns.

    Raises:
        ConsentMissingError: Words about the participant, with neither consent nor an emergency reason. A draft
            that already held words keeps being saved when consent ends: nothing typed is lost, only the
            signature is refused.
        InvalidInputError: An answer is longer than a note can hold.
        NotFoundError: The draft has been signed or taken away meanwhile.
    """
    with workspace.changing() as work:
        saved = save_in(workspace, work, draft)
        work.commit()
    return saved


def save_in(workspace: Workspace, work: UnitOfWork, draft: Draft) -> Draft:
    """As `save_draft`, inside a transaction that the caller commits."""
    saved = _storable(draft.model_copy(update={"changed_at": workspace.clock.now()}))
    held = work.drafts.get(draft.id)
    if held is not None:
        gate.admit_words(workspace, work, saved, held=held)
        saved = with_seen(saved, held, told_actions(work, saved))
    if not work.drafts.save(saved, by=workspace.author.id):
        raise NotFoundError("This draft is no longer open: it was signed, or taken away.")
    return saved


def add_beside_in(workspace: Workspace, work: UnitOfWork, draft: Draft) -> Draft:
    """Store a draft that was kept elsewhere as a further one, under an id of its own; the caller commits.

    Raises:
        ConsentMissingError: Words about the participant with neither consent nor an emergency reason, unless the
            vault holds words of this draft already.
        InvalidInputError: An answer is longer than a note can hold.
        NotFoundError: The participant is not in the vault.
    """
    now = workspace.clock.now()
    further = _storable(draft.model_copy(update={"id": new_id(now), "changed_at": now, "discarded_at": None}))
    participant_in(work, further.participant_id)
    gate.admit_words(workspace, work, further, held=work.drafts.get(draft.id))
    work.drafts.add(further, by=workspace.author.id)
    return further


def get_draft(workspace: Workspace, draft_id: str) -> Draft:
    """The draft with that id.

    Raises:
        NotFoundError: There is none.
    """
    with workspace.reading() as work:
        return draft_in(work, draft_id)


def open_drafts(workspace: Workspace, participant_id: str | None = None) -> tuple[DraftRow, ...]:
    """Drafts being written, the last changed first, each with whose, which step, how old, what is missing."""
    with workspace.reading() as work:
        return rows_apart(work, tuple(draft_row(workspace, work, draft) for draft in work.drafts.open(participant_id)))


def discard_draft(workspace: Workspace, draft_id: str) -> Draft:
    """Put a draft aside; `restore_draft` brings it back."""
    return _set_discarded(workspace, draft_id, workspace.clock.now(), AuditAction.DRAFT_DISCARDED)


def restore_draft(workspace: Workspace, draft_id: str) -> Draft:
    """Bring a discarded draft back."""
    return _set_discarded(workspace, draft_id, None, AuditAction.DRAFT_RESTORED)


def sign_note(workspace: Workspace, draft_id: str, *, late_reason: str = "") -> Note:
    """Sign a draft: the note, its action items, the follow-up and the log in one transaction; then it is frozen.

    Args:
        workspace: The open vault.
        draft_id: Which draft.
        late_reason: Why it is late; needed when it is.

    Raises:
        ConsentMissingError: No consent and no emergency reason.
        NoteIncompleteError: Something required is missing; `missing` says what.
    """
    with workspace.changing() as work:
        note = sign_in(workspace, work, draft_in(work, draft_id), late_reason=late_reason)
        work.commit()
    return note


def sign_in(workspace: Workspace, work: UnitOfWork, draft: Draft, *, late_reason: str = "") -> Note:
    """As `sign_note`, inside a transaction that the caller commits."""
    if draft.discarded_at is not None:
        raise RefusedError("This draft was put aside, so it cannot be signed.", "Bring it back first.")
    if draft.amendment is not None:
        raise RefusedError("This draft adds to a signed note, and is no note of its own.", "Open it to sign it.")
    found = review_in(workspace, work, draft)
    gate.admit_signature(workspace, work, draft)
    gaps = tuple(gap.sentence for gap in found.missing)
    if found.late and not late_reason.strip():
        gaps = (*gaps, "This is a late entry: say why in a few words.")
    if gaps:
        raise NoteIncompleteError("This note cannot be signed yet.", " ".join(gaps), missing=gaps)
    now = workspace.clock.now()
    actions = tuple(
        action if action.id else action.model_copy(update={"id": new_id(now)})
        for action in found.note.content.agreed_actions
    )
    template = template_of(workspace.templates, draft.template, draft.template_version)
    note = found.note.model_copy(
        update={
            "state": NoteState.SIGNED,
            "content": as_signed(template, found.note.content.model_copy(update={"agreed_actions": actions})),
            "signed_at": now,
            "late_reason": late_reason.strip() if found.late else "",
        }
    )
    note = note.model_copy(update={"seal": seal(workspace, work, note.canonical())})
    enter_into_record(workspace, work, note, participant_id=found.participant.id, draft=draft)
    keep_not_placed(workspace, work, draft)
    work.drafts.remove(draft.id)
    workspace.log(work, AuditAction.NOTE_SIGNED, note.id, _signing_detail(note))
    return note


def _storable(draft: Draft) -> Draft:
    """The draft with clean texts: a copy with updates is not checked, and what is too long could not be read back."""
    try:
        # pydantic's warnings about what a copy holds would quote it.
        return Draft.model_validate(draft.model_dump(warnings=False))
    except ValidationError as error:
        place = error.errors(include_url=False, include_input=False, include_context=False)[0]["loc"]
        raise InvalidInputError(
            "One answer is longer than a note can hold.",
            "Shorten it, or put the rest into a second note.",
            field=str(place[1]) if len(place) > 1 else "",
        ) from None


def _set_discarded(workspace: Workspace, draft_id: str, at: datetime | None, action: AuditAction) -> Draft:
    with workspace.changing() as work:
        draft = draft_in(work, draft_id).model_copy(update={"discarded_at": at})
        work.drafts.put_aside(draft_id, at, by=workspace.author.id)
        workspace.log(work, action, draft_id)
        work.commit()
    return draft


def _signing_detail(note: Note) -> str:
    words = []
    if note.content.emergency_reason.strip():
        words.append("emergency")
    if note.late_reason:
        words.append("late")
    if note.seal is not None:
        # The log's chain then holds every note, so that none can be swapped for another sealed one.
        words.append(note.seal.hash)
    return " ".join(words)
