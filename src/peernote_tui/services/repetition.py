"""Whether a note is nearly one of the last of the same participant again."""

from __future__ import annotations

from peernote_tui.domain.dates import say_day
from peernote_tui.domain.note import Note, NoteContent
from peernote_tui.domain.repetition import NEARLY, same_share
from peernote_tui.domain.snippets import fixed_parts
from peernote_tui.domain.template import FieldKind, Template
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.participants import participant_in
from peernote_tui.services.snippets import snippets_in
from peernote_tui.services.templates import template_of
from peernote_tui.services.workspace import Workspace

_LAST = 3
"""Notes that are looked at: a no-show may stand between a note and the one it was copied from."""
_TOLD = ("concerns", "summary", "response", "strengths", "reason")
"""The answers that tell what happened. Plans and topics may well go on, and somebody's own words are theirs."""


def repetition_in(workspace: Workspace, work: UnitOfWork, note: Note) -> tuple[str, ...]:
    """A sentence where what a draft tells stood nearly word for word in one of the last notes; empty elsewhere.

    Only notes of the same participant are compared: in a group the same words stand in everybody's. What snippets
    write, what a template begins with and the participant's goals does not count.

    Args:
        workspace: The open vault.
        work: The transaction.
        note: The draft in the form of a note.
    """
    told = _told(note.content)
    last = work.notes.latest(note.participant.id, _LAST) if told else ()
    if not last:
        return ()
    template = template_of(workspace.templates, note.template.id, note.template.version)
    known = [part for snippet in snippets_in(work) for part in fixed_parts(snippet.text)]
    known += [*_of_the_form(template), *participant_in(work, note.participant.id).goals]
    shares = [(same_share(told, _told(each.content), known), each.content.day) for each in last]
    share, day = max(shares, key=lambda found: found[0])
    if share < NEARLY or day is None:
        return ()
    said = say_day(day, today=workspace.today)
    return (f"This reads almost like the note of {said}: {round(share * 100)}% the same words.",)


def _told(content: NoteContent) -> str:
    own = [answer for answer in content.custom.values() if isinstance(answer, str)]
    return "\n".join([*(getattr(content, key) for key in _TOLD), *own]).strip()


def _of_the_form(template: Template) -> list[str]:
    texts = (FieldKind.LONG_TEXT, FieldKind.TEXT)
    return [
        words
        for section in template.sections
        for field in section.fields
        if field.kind in texts
        for words in (field.default, field.example)
        if words
    ]
