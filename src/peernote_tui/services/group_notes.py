"""From a group session to one note per participant: made, looked at, signed together, or taken back."""

from __future__ import annotations

from enum import StrEnum

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.base import Model
from peernote_tui.domain.errors import NoteIncompleteError, RefusedError
from peernote_tui.domain.group_session import GroupLine, GroupSession
from peernote_tui.domain.note import Note
from peernote_tui.domain.participant import Participant
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services import gate, writing
from peernote_tui.services.group_lines import emptied, line_of, own_draft, whole_draft
from peernote_tui.services.group_names import SOMEBODY_ELSE, GroupNames, names_standing_in
from peernote_tui.services.groups import admit, group_in
from peernote_tui.services.namesakes import told_apart
from peernote_tui.services.participants import participant_in
from peernote_tui.services.reviewing import review_in
from peernote_tui.services.workspace import Workspace

NAMES_STAND = "A name of somebody who came stands where others would read it."


class LineState(StrEnum):
    """Where the note of one participant stands."""

    READY = "ready"
    """A draft that can be signed now."""
    GAPS = "gaps"
    """A draft that cannot be signed yet."""
    NO_CONSENT = "no_consent"
    """No note yet: there is no consent to notes, no emergency reason, and it is not only the contact."""
    WAITING = "waiting"
    """No note yet, and one can be made."""
    SIGNED = "signed"
    ASIDE = "aside"
    """A draft that was put aside, or is not there any more."""


class LineReview(Model):
    """One participant of a group session, and where their note stands."""

    line: GroupLine
    participant: Participant
    state: LineState
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    late: bool = False
    """Whether signing now makes it a late entry, which needs a reason."""


class GroupReview(Model):
    """A group session with the state of every note."""

    group: GroupSession
    lines: tuple[LineReview, ...]

    @property
    def ready(self) -> tuple[LineReview, ...]:
        """Those that can be signed now."""
        return tuple(each for each in self.lines if each.state is LineState.READY)

    @property
    def late(self) -> bool:
        """Whether signing what is ready needs a reason for being late."""
        return any(each.late for each in self.ready)


def make_notes(workspace: Workspace, group_id: str) -> GroupReview:
    """Make a draft of a note for everybody about whom something may be written, in one transaction.

    Whoever has no consent to notes keeps an open line. The words of the others move into their drafts.

    Raises:
        RefusedError: A name of somebody stands where somebody else would read it, nobody is in the group, or it was
            put aside; nothing was made.
        InvalidInputError: How many others came is not understood.
        NotFoundError: The group session is not there any more.
    """
    with workspace.changing() as work:
        group = group_in(work, group_id)
        _require_ready(work, group)
        admit(workspace, work, group, held=group)
        names = GroupNames.of(work, group)
        made: list[GroupLine] = []
        for line in group.content.lines:
            if line.made or not _may_write(workspace, work, line):
                made.append(line)
                continue
            draft = whole_draft(workspace, group, line)
            if names.others_in(work, draft):
                # The last look, at whatever the note will hold and wherever that came from.
                raise RefusedError(NAMES_STAND, "Look at what is half typed, too.")
            # An emergency was recorded when the line was written.
            gate.admit_words(workspace, work, draft, held=own_draft(workspace, group, line))
            work.drafts.add(draft, by=workspace.author.id)
            work.participants.touch(participant_in(work, line.participant_id).id, workspace.clock.now())
            workspace.log(work, AuditAction.DRAFT_STARTED, draft.id, "group")
            made.append(emptied(line))
        group = _with_lines(group, made)
        work.group_sessions.save(group, by=workspace.author.id)
        workspace.log(work, AuditAction.GROUP_MADE, group.id)
        found = _review(workspace, work, group)
        work.commit()
    return found


def review_group(workspace: Workspace, group_id: str) -> GroupReview:
    """Where every note of a group session stands.

    Raises:
        NotFoundError: The group session is not there any more: all of its notes are signed.
    """
    with workspace.reading() as work:
        return _review(workspace, work, group_in(work, group_id))


def sign_group(workspace: Workspace, group_id: str, *, late_reason: str = "") -> tuple[Note, ...]:
    """Sign every note of a group session that can be signed now, all in one transaction or none.

    Those with gaps stay drafts; those without consent stay lines.

    Args:
        workspace: The open vault.
        group_id: Which group session.
        late_reason: Why they are late; needed when they are.

    Raises:
        NoteIncompleteError: They are late and no reason is given.
        RefusedError: None can be signed.
        NotFoundError: The group session is not there any more.
    """
    with workspace.changing() as work:
        ready = _review(workspace, work, group_in(work, group_id)).ready
        if not ready:
            raise RefusedError("None of these notes can be signed yet.", "Each line says what is missing.")
        if any(each.late for each in ready) and not late_reason.strip():
            late = "These are late entries: say why in a few words."
            raise NoteIncompleteError("These notes cannot be signed yet.", late, missing=(late,))
        signed = []
        for each in ready:
            draft = work.drafts.get(each.line.id)
            if draft is not None:
                signed.append(writing.sign_in(workspace, work, draft, late_reason=late_reason))
        work.commit()
    return tuple(signed)


def take_back_notes(workspace: Workspace, group_id: str) -> GroupReview:
    """Make lines again of the drafts of a group session, with what was written in them since.

    What was signed stays signed. A draft that says more than a line can hold stays a draft.

    Raises:
        RefusedError: There is no such draft.
        NotFoundError: The group session is not there any more.
    """
    with workspace.changing() as work:
        group = group_in(work, group_id)
        back: dict[str, GroupLine] = {}
        for line in group.content.lines:
            draft = work.drafts.get(line.id) if line.made else None
            if draft is None or draft.discarded_at is not None:
                continue
            again = line_of(draft, line, group.content)
            same = whole_draft(workspace, group, again)
            if (same.content, same.typed, same.template) == (draft.content, draft.typed, draft.template):
                back[line.id] = again
        if not back:
            raise RefusedError("None of these notes can become a line again.", "They were signed, or written on since.")
        group = _with_lines(group, [back.get(line.id, line) for line in group.content.lines])
        # Before the drafts go: the last one would take the group session with it.
        work.group_sessions.save(group, by=workspace.author.id)
        for draft_id in back:
            work.drafts.remove(draft_id)
        workspace.log(work, AuditAction.GROUP_TAKEN_BACK, group.id)
        found = _review(workspace, work, group)
        work.commit()
    return found


def _review(workspace: Workspace, work: UnitOfWork, group: GroupSession) -> GroupReview:
    names = GroupNames.of(work, group)
    found = [_line_review(workspace, work, names, line) for line in group.content.lines]
    apart = told_apart(work, tuple(each.participant for each in found))
    return GroupReview(
        group=group,
        lines=tuple(each.model_copy(update={"participant": person}) for each, person in zip(found, apart, strict=True)),
    )


def _line_review(workspace: Workspace, work: UnitOfWork, names: GroupNames, line: GroupLine) -> LineReview:
    person = participant_in(work, line.participant_id)
    if not line.made:
        may = _may_write(workspace, work, line)
        why = gate.why_closed(workspace, gate.notes_state(workspace, work, person.id))
        state = LineState.WAITING if may else LineState.NO_CONSENT
        return LineReview(line=line, participant=person, state=state, missing=() if may else (why,))
    draft = work.drafts.get(line.id)
    if draft is None or draft.discarded_at is not None:
        signed = draft is None and work.notes.get(line.id) is not None
        return LineReview(line=line, participant=person, state=LineState.SIGNED if signed else LineState.ASIDE)
    found = review_in(workspace, work, draft)
    missing = [gap.sentence for gap in found.missing]
    if names.others_in(work, draft):
        missing.append(SOMEBODY_ELSE)
    return LineReview(
        line=line,
        participant=person,
        state=LineState.GAPS if missing else LineState.READY,
        missing=tuple(missing),
        warnings=found.warnings,
        late=found.late,
    )


def _may_write(workspace: Workspace, work: UnitOfWork, line: GroupLine) -> bool:
    return (
        line.contact_only
        or bool(line.emergency_reason.strip())
        or gate.notes_state(workspace, work, line.participant_id).active
    )


def _require_ready(work: UnitOfWork, group: GroupSession) -> None:
    if group.discarded_at is not None:
        raise RefusedError("This group session was put aside, so no notes are made of it.", "Bring it back first.")
    if not group.content.lines:
        raise RefusedError("Nobody is in this group yet.", "Say who came first.")
    if group.content.typed.get("unnamed", "").strip():
        raise RefusedError("How many others came is not understood.", "Write a number, such as 2.")
    if names_standing_in(work, group.content):
        raise RefusedError(NAMES_STAND, "Say “a participant” instead, or say that it is an ordinary word here.")


def _with_lines(group: GroupSession, lines: list[GroupLine]) -> GroupSession:
    return group.model_copy(update={"content": group.content.model_copy(update={"lines": tuple(lines)})})
