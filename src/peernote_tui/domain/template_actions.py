"""Actions that a template agrees by itself, such as a follow-up within 24 hours."""

from __future__ import annotations

from peernote_tui.domain.answered import Answers
from peernote_tui.domain.dates import Toward, understand_day
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.note import AgreedAction, NoteContent
from peernote_tui.domain.template import FieldKind, Template

MADE = "made_actions"
"""Under this key a draft keeps, beside what is typed, which of its template's actions have been put in."""


def with_made_actions(template: Template, draft: Draft) -> Draft:
    """The draft with the actions that its template agrees by itself; the same draft when there is nothing to put in.

    Each is put in once, as soon as the day of the contact is known and the answers ask for it. One that was changed or
    taken out stays so; one that stands there in the same words is not put in again.
    """
    day = draft.content.day
    if not template.actions or day is None:
        return draft
    answers = Answers(template, draft.content)
    fields = [field for section in template.sections for field in section.fields]
    if any(field.kind is FieldKind.ACTION_ROWS and not answers.shown(field) for field in fields):
        return draft
    done = draft.typed.get(MADE, "").split()
    wanted = {
        str(number): action
        for number, action in enumerate(template.actions)
        if str(number) not in done and answers.asks(action.show_if)
    }
    if not wanted:
        return draft
    there = {action.text for action in draft.content.agreed_actions}
    made = tuple(
        AgreedAction(
            text=action.text,
            owner=action.owner,
            owner_name=action.owner_name,
            due=understand_day(action.due, today=day, toward=Toward.FUTURE) if action.due else None,
        )
        for action in wanted.values()
        if action.text not in there
    )
    content = draft.content.model_copy(update={"agreed_actions": (*draft.content.agreed_actions, *made)})
    return draft.model_copy(update={"content": content, "typed": {**draft.typed, MADE: " ".join((*done, *wanted))}})


def unasked_actions(template: Template, content: NoteContent) -> tuple[AgreedAction, ...]:
    """The actions that stand in a note although its template has no question for them."""
    asked = any(field.kind is FieldKind.ACTION_ROWS for section in template.sections for field in section.fields)
    return () if asked else content.agreed_actions


def made_warnings(template: Template, content: NoteContent) -> tuple[str, ...]:
    """What to say before a note is signed of the actions that nobody was asked about."""
    return tuple(f"Signing adds an action: {action.text}." for action in unasked_actions(template, content))
