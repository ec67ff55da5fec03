"""The boxes for days and times: read forgivingly, said back in words."""

from __future__ import annotations

from peernote_tui.domain.dates import (
    SessionTime,
    is_future,
    say_session,
    understand_session,
)
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.next_contact import contact_text, say_contact, understand_contact
from peernote_tui.domain.note import NoteKind
from peernote_tui.domain.template import FieldKind, TemplateField
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.note_wizard.facts import Facts, with_content, with_typed


def session_text(draft: Draft, key: str, facts: Facts) -> str:
    """The text that stands in the box for a stored session; it means the same on any later day."""
    content = draft.content
    if key in draft.typed or content.day is None:
        return draft.typed.get(key, "")
    # The day is written out unless it is today: the same words read tomorrow must mean the same day.
    day = "" if content.day == facts.today else content.day.isoformat()
    times = f"{content.start:%H:%M}" if content.start else ""
    if content.end:
        times += f"-{content.end:%H:%M}"
    return f"{day} {times}".strip() or content.day.isoformat()


def moment_text(draft: Draft, key: str) -> str:
    """The text that stands in the box for a stored next contact."""
    planned = draft.content.next_contact
    if key in draft.typed or planned is None:
        return draft.typed.get(key, "")
    return contact_text(planned)


def take_session(field: TemplateField, text: str, draft: Draft, facts: Facts) -> Draft:
    """The draft with the session that the text means, or with the text kept as not understood."""
    if not text.strip():
        return with_typed(with_content(draft, day=None, start=None, end=None), field.key, "")
    try:
        session = understand_session(text, now=facts.now(), day_first=facts.day_first)
    except InvalidInputError:
        # A time that no longer stands in the box must not be signed.
        return with_typed(with_content(draft, day=None, start=None, end=None), field.key, text)
    understood = with_typed(with_content(draft, day=session.day, start=session.start, end=session.end), field.key, "")
    # What was typed was read by the clock of the place the person is in now.
    return understood if draft.zone == facts.zone else understood.model_copy(update={"zone": facts.zone})


def take_moment(field: TemplateField, text: str, draft: Draft, facts: Facts) -> Draft:
    """The draft with the next contact that the text means, or with the text kept as not understood."""
    if not text.strip():
        return with_typed(with_content(draft, next_contact=None), field.key, "")
    try:
        planned = understand_contact(text, now=facts.now(), day_first=facts.day_first)
    except InvalidInputError:
        return with_typed(with_content(draft, next_contact=None), field.key, text)
    return with_typed(with_content(draft, next_contact=planned), field.key, "")


def echo(field: TemplateField, draft: Draft, facts: Facts) -> str:
    """What was understood, said back in words; empty where nothing needs saying."""
    content = draft.content
    if field.kind is FieldKind.SESSION and content.day is not None and not draft.typed.get(field.key):
        session = SessionTime(content.day, content.start, content.end)
        words = [say_session(session, today=facts.today)]
        if content.start is None:
            words.append(sentences.START_MISSING)
        elif content.end is None and content.kind is not NoteKind.NO_SHOW:
            words.append(sentences.END_MISSING)
        if is_future(session, facts.now()):
            words.append(sentences.FUTURE_SESSION)
        return " · ".join(words)
    if field.kind is FieldKind.NEXT_CONTACT and content.next_contact is not None and not draft.typed.get(field.key):
        return say_contact(content.next_contact, today=facts.today)
    return ""


def fault(field: TemplateField, text: str, facts: Facts) -> str:
    """What is wrong with what stands in the control, in a sentence; said when it is left."""
    if not text.strip():
        return ""
    try:
        if field.kind is FieldKind.SESSION:
            understand_session(text, now=facts.now(), day_first=facts.day_first)
        elif field.kind is FieldKind.NEXT_CONTACT:
            understand_contact(text, now=facts.now(), day_first=facts.day_first)
    except InvalidInputError as error:
        return str(error)
    return ""
