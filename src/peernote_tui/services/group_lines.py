"""What a group session says of one participant, in the form of a draft of their note, and back again."""

from __future__ import annotations

from peernote_tui.domain.draft import Draft
from peernote_tui.domain.group_session import Attendance, GroupContent, GroupLine, GroupSession
from peernote_tui.domain.note import CONTACT_TEMPLATE, NoteContent, NoteKind
from peernote_tui.services.templates import newest_template
from peernote_tui.services.workspace import Workspace

GROUP_TEMPLATE = "group"
NO_SHOW_TEMPLATE = "no-show"
_OUTREACH = "outreach_made"
_COMMON_TYPED = ("session",)


def own_draft(workspace: Workspace, group: GroupSession, line: GroupLine) -> Draft:
    """What was written about this participant alone, without what is said of the whole group."""
    bare = group.content.model_copy(update={"happened": "", "next_contact": None})
    content = note_content(bare, line).model_copy(update={"custom": _outreach(line)})
    return _draft(workspace, group, line, content, dict(line.typed))


def whole_draft(workspace: Workspace, group: GroupSession, line: GroupLine) -> Draft:
    """The draft of this participant's note."""
    content = note_content(group.content, line)
    common = {key: text for key, text in group.content.typed.items() if key in _COMMON_TYPED and text.strip()}
    typed = {**common, **line.typed}
    return _draft(workspace, group, line, content, typed)


def note_content(content: GroupContent, line: GroupLine) -> NoteContent:
    """What the note of one participant says; nobody else's line goes into it."""
    when = {"day": content.day, "start": content.start, "end": content.end, "mode": content.mode}
    line = line.as_attended(line.attendance)
    came = line.attendance is not Attendance.NO_SHOW
    kind = NoteKind.GROUP if came else NoteKind.NO_SHOW
    if line.contact_only:
        own = {name: text for name, text in line.texts.items() if name in ("response", "reason", "emergency_reason")}
        plan = {"plan": line.next_step, "next_contact": line.next_contact}
        return NoteContent(**when, kind=kind, **own, **plan, custom={"outcome": "reached" if came else "not_reached"})
    shared = {
        "kind": kind,
        "next_contact": line.next_contact or content.next_contact,
        "plan": line.next_step,
        "emergency_reason": line.emergency_reason,
    }
    if not came:
        return NoteContent(**{**when, "end": None, "mode": None}, **shared, reason=line.reason, custom=_outreach(line))
    others = sum(each.attendance is not Attendance.NO_SHOW for each in content.lines) - 1
    custom = {
        "topic": content.topic,
        # Counted, and never named.
        "headcount": str(content.headcount),
        "in_other_records": str(others),
        "left_early": line.attendance is Attendance.LEFT_EARLY or None,
    }
    return NoteContent(
        **when,
        **shared,
        place=content.place,
        summary=content.happened,
        response=line.response,
        custom={key: value for key, value in custom.items() if value},
    )


def line_of(draft: Draft, line: GroupLine, content: GroupContent) -> GroupLine:
    """The line again with the words of its draft, which may have been written on since."""
    said = draft.content
    return line.model_copy(
        update={
            "response": said.response,
            "next_step": said.plan,
            "next_contact": None if said.next_contact == content.next_contact else said.next_contact,
            "reason": said.reason,
            "outreach": _outreach_of(said),
            "emergency_reason": said.emergency_reason,
            "typed": {key: text for key, text in draft.typed.items() if key not in _COMMON_TYPED},
            "made": False,
        }
    )


def emptied(line: GroupLine) -> GroupLine:
    """The line of somebody whose words are in their note now."""
    return GroupLine(
        id=line.id,
        participant_id=line.participant_id,
        attendance=line.attendance,
        contact_only=line.contact_only,
        made=True,
    )


def _outreach(line: GroupLine) -> dict[str, list[str]]:
    return {_OUTREACH: list(line.outreach)} if line.outreach else {}


def _outreach_of(content: NoteContent) -> tuple[str, ...]:
    said = content.custom.get(_OUTREACH)
    return tuple(str(each) for each in said) if isinstance(said, list) else ()


def _draft(
    workspace: Workspace, group: GroupSession, line: GroupLine, content: NoteContent, typed: dict[str, str]
) -> Draft:
    template = newest_template(workspace.templates, _template_id(line))
    return Draft(
        id=line.id,
        participant_id=line.participant_id,
        template=template.id,
        template_version=template.version,
        zone=group.zone,
        content=content,
        typed=typed,
        begun_at=group.begun_at,
        changed_at=group.changed_at,
    )


def _template_id(line: GroupLine) -> str:
    if line.contact_only:
        return CONTACT_TEMPLATE
    if line.attendance is not Attendance.NO_SHOW:
        return GROUP_TEMPLATE
    return NO_SHOW_TEMPLATE
