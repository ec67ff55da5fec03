"""Questions that ask for somebody, as plain prompts: staff by number or name, a participant by ID or name."""

from __future__ import annotations

from typing import Any

from peernote_tui.domain.answers import ANOTHER, Asked, referred, understand_answer
from peernote_tui.domain.errors import InvalidInputError, NotFoundError
from peernote_tui.domain.references import ERASED, NAMES_STAY_OUT, reference
from peernote_tui.domain.template import TemplateField
from peernote_tui.services.participants import get_participant, reference_in
from peernote_tui.services.referring import used_staff
from peernote_tui.services.workspace import Workspace

_MOST_OFFERED = 9


def staff_offered(workspace: Workspace) -> tuple[str, ...]:
    """Staff that notes named before, as many as a digit chooses from."""
    return used_staff(workspace)[:_MOST_OFFERED]


def read_staff(workspace: Workspace, typed: str) -> str:
    """Whom a name, or the number of one that was offered, means."""
    offered = staff_offered(workspace)
    return offered[int(typed) - 1] if typed.isdecimal() and 1 <= int(typed) <= len(offered) else typed


def read_participant(workspace: Workspace, field: TemplateField, typed: str, asked: Asked) -> Any:
    """The participant whom an id, an ID or a name means, by their record; other words as they are.

    Raises:
        InvalidInputError: More than one is meant, or the words are too long.
    """
    try:
        with workspace.reading() as work:
            person = reference_in(work, typed, shortened=False)
    except NotFoundError as error:
        raise InvalidInputError(error.sentence, "Use the ID, or a role or initials.", field=field.key) from None
    return understand_answer(field, typed, asked) if person is None else reference(person.id)


def participant_words(workspace: Workspace, held: Any) -> str:
    """Whom an answer means, said back to the person who writes; words are followed by what becomes of them."""
    who = referred(held)
    if not who:
        return f"{held}. {NAMES_STAY_OUT}" if held else ""
    with workspace.reading() as work:
        if work.erasures.erased_at(who) is not None:
            return ERASED
        kept = work.participants.same(who)[0]
    try:
        person = get_participant(workspace, kept)
    except NotFoundError:
        return ANOTHER
    return " · ".join(part for part in (person.name, person.external_id) if part)
