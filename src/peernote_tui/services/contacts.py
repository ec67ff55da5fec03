"""A contact logged without content: that it took place, how and how long, and not a word about the person."""

from __future__ import annotations

from datetime import date, time

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import NotFoundError, RefusedError
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.note import CONTACT_TEMPLATE, Mode, Note, NoteContent, NoteKind
from peernote_tui.services import gate, writing
from peernote_tui.services.participants import open_record_in
from peernote_tui.services.templates import newest_template
from peernote_tui.services.workspace import Workspace


def log_contact(
    workspace: Workspace,
    participant_id: str,
    *,
    day: date,
    start: time,
    end: time,
    mode: Mode,
    kind: NoteKind = NoteKind.INDIVIDUAL,
    reached: bool = True,
) -> Note:
    """Record that a contact took place, signed at once; no consent is needed, because nothing is said about anyone.

    Raises:
        NoteIncompleteError: The contact lies in the future.
        NotFoundError: There is no such participant.
    """
    now = workspace.clock.now()
    template = newest_template(workspace.templates, CONTACT_TEMPLATE)
    draft = Draft(
        id=new_id(now),
        participant_id=participant_id,
        template=template.id,
        template_version=template.version,
        zone=workspace.clock.zone,
        content=NoteContent(
            day=day,
            start=start,
            end=end,
            mode=mode,
            kind=kind,
            custom={"outcome": "reached" if reached else "not_reached"},
        ),
        begun_at=now,
        changed_at=now,
    )
    with workspace.changing() as work:
        open_record_in(work, participant_id)
        note = writing.sign_in(workspace, work, draft)
        work.commit()
    return note


def as_contact(workspace: Workspace, draft_id: str) -> Draft:
    """Make a contact without content of a draft that holds no words yet; its place is left out, too.

    Raises:
        RefusedError: It holds words, or was put aside.
        NotFoundError: There is no such draft.
    """
    template = newest_template(workspace.templates, CONTACT_TEMPLATE)
    with workspace.changing() as work:
        draft = work.drafts.get(draft_id)
        if draft is None:
            raise NotFoundError("This draft is not in the vault; it may have been signed.")
        if draft.discarded_at is not None or gate.holds_words(draft):
            raise RefusedError(
                "This draft holds words already, so it cannot become a contact without content.",
                "It stays as it is. Begin another note to log the contact alone.",
            )
        content = draft.content.model_copy(update={"place": "", "emergency_reason": ""})
        changed = draft.model_copy(
            update={
                "template": template.id,
                "template_version": template.version,
                "content": content,
                "typed": {key: text for key, text in draft.typed.items() if key == "session"},
                "step": 0,
                "changed_at": workspace.clock.now(),
            }
        )
        gate.admit_words(workspace, work, changed, held=draft)
        work.drafts.save(changed, by=workspace.author.id)
        workspace.log(work, AuditAction.DRAFT_STARTED, draft.id, "contact without content")
        work.commit()
    return changed
