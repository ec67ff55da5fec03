"""What is typed on a participant's page or in a dialog and not saved yet: kept until it is saved or put aside."""

from __future__ import annotations

from typing import Any

from peernote_tui.domain.participant import ParticipantChange, ParticipantDetails
from peernote_tui.services.keeping_records import change_participant, history_of
from peernote_tui.services.page_fields import with_settled_entries
from peernote_tui.services.participants import participant_in
from peernote_tui.services.workspace import Workspace

PAGE = "page"
CONSENT = "consent"
_SAID = "dialog:"


def keep_typed(workspace: Workspace, participant_id: str, typed: dict[str, Any], *, form: str = PAGE) -> None:
    """Keep what differs from the stored page; nothing is kept any more when nothing differs.

    Args:
        workspace: The open vault.
        participant_id: Whose page it is.
        typed: By field, in terms of JSON, in the form's own shape.
        form: Which form about them it is.

    Raises:
        NotFoundError: There is no such participant.
    """
    with workspace.changing() as work:
        participant_in(work, participant_id)
        if typed:
            # Whatever speaks of somebody by their id goes when their record is erased.
            value = {"participant_id": participant_id, "typed": typed}
            work.remembered.put(_name(participant_id, form), value, at=workspace.clock.now(), by=workspace.author.id)
        else:
            work.remembered.forget(_name(participant_id, form))
        work.commit()


def typed_before(workspace: Workspace, participant_id: str, *, form: str = PAGE) -> dict[str, Any]:
    """What was typed in this form and not saved; empty for nothing."""
    with workspace.reading() as work:
        value = work.remembered.get(_name(participant_id, form))
    return dict(value["typed"]) if value else {}


def keep_words(workspace: Workspace, dialog: str, words: dict[str, str], *, about: tuple[str, ...] = ()) -> None:
    """Keep what stands in the fields of a dialog; nothing is kept any more when `words` is empty.

    Args:
        workspace: The open vault.
        dialog: Which dialog, and about what.
        words: By field.
        about: Ids of everything the words may speak of: what speaks of somebody goes when their record is erased.
    """
    with workspace.changing() as work:
        if words:
            value = {"about": about, "words": words}
            work.remembered.put(_SAID + dialog, value, at=workspace.clock.now(), by=workspace.author.id)
        else:
            work.remembered.forget(_SAID + dialog)
        work.commit()


def words_before(workspace: Workspace, dialog: str) -> dict[str, str]:
    """What stood in the fields of a dialog and was not taken; empty for nothing."""
    with workspace.reading() as work:
        value = work.remembered.get(_SAID + dialog)
    return dict(value["words"]) if value else {}


def save_typed(
    workspace: Workspace, participant_id: str, details: ParticipantDetails, *, day_first: bool | None = None
) -> ParticipantChange | None:
    """Store what the page says now, and keep nothing half-typed any more.

    Args:
        workspace: The open vault.
        participant_id: Whose page it is.
        details: The page; answers to the fields that a template gives it are stored as they are understood.
        day_first: How numbers such as 5/6 are ordered; None refuses what can be read both ways.

    Returns:
        The change, for taking it back; None when nothing differs.

    Raises:
        InvalidInputError: The name cannot be used, or an answer does not fit its field.
        RefusedError: Another participant has this ID.
        NotFoundError: There is no such participant.
    """
    details = with_settled_entries(workspace, participant_id, details, day_first=day_first)
    before = len(history_of(workspace, participant_id))
    change_participant(workspace, participant_id, details)
    keep_typed(workspace, participant_id, {})
    return next(iter(history_of(workspace, participant_id)[before:]), None)


def _name(participant_id: str, form: str) -> str:
    return f"typed:{participant_id}" if form == PAGE else f"typed:{form}:{participant_id}"
