"""What was told of actions last time, and what has become of them since."""

from __future__ import annotations

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.base import Model
from peernote_tui.domain.note import Note
from peernote_tui.domain.owner import Owner
from peernote_tui.services.workspace import Workspace


class ToldAction(Model):
    """An action that a note told of.

    Attributes:
        text: As it stood there.
        owner: Who takes it on.
        owner_name: Who, when the owner is somebody else.
        told: What had become of it by then; None when it was agreed in that note.
        words: The participant's own words about it there.
        now: How it stands in the tracker; None when this vault does not have it.
    """

    text: str
    owner: Owner
    owner_name: str = ""
    told: ActionStatus | None = None
    words: str = ""
    now: ActionStatus | None = None


def told_in(workspace: Workspace, note: Note | None) -> tuple[ToldAction, ...]:
    """What a note told of earlier actions, then what was agreed in it, each as it stands today; nothing for None."""
    if note is None:
        return ()
    content = note.content
    with workspace.reading() as work:

        def now(action_id: str) -> ActionStatus | None:
            action = work.action_items.get(action_id) if action_id else None
            return None if action is None else action.status

        reviewed = tuple(
            ToldAction(
                text=told.text,
                owner=told.owner,
                owner_name=told.owner_name,
                told=told.outcome,
                words=told.words,
                now=now(told.action_id),
            )
            for told in content.action_reviews
        )
        agreed = tuple(
            ToldAction(text=action.text, owner=action.owner, owner_name=action.owner_name, now=now(action.id))
            for action in content.agreed_actions
        )
    return reviewed + agreed
