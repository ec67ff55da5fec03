"""What a draft saw in the tracker when it told of an action, so that a later word there is not lost at the signature.

The status seen is kept, and not a time: clocks are set back, and what was undone in the tracker was never a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from peernote_tui.domain.action_item import ActionItem, ActionStatus
from peernote_tui.domain.base import Model
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.note import ActionReview

SEEN = "seen_actions"
"""Under this key a draft keeps, beside what is typed, which status each action that it tells of had in the tracker."""


class Meanwhile(Model):
    """An action of which the tracker says something else since a draft told of it."""

    text: str
    told: ActionStatus
    """What the draft says."""
    now: ActionStatus
    """What the tracker says, and keeps."""

    @property
    def sentence(self) -> str:
        """What to say of it before the note is signed; the tracker's word stays unless it is answered here again."""
        told, now = (status.value.replace("_", " ") for status in (self.told, self.now))
        # What is known stands before the words of the action, which may be long.
        return f"Changed meanwhile in the tracker: {now} (here {told}): {self.text}"


def seen(typed: Mapping[str, str]) -> dict[str, ActionStatus]:
    """By the id of an action, its status in the tracker when it was told of, from what a draft keeps typed."""
    pairs = (pair.partition(":") for pair in typed.get(SEEN, "").split())
    return {action_id: ActionStatus(status) for action_id, _, status in pairs if status in set(ActionStatus)}


def saw(typed: Mapping[str, str], statuses: Mapping[str, ActionStatus]) -> dict[str, str]:
    """What a draft keeps typed, with other statuses seen."""
    others = {key: text for key, text in typed.items() if key != SEEN}
    text = " ".join(f"{action_id}:{status.value}" for action_id, status in statuses.items())
    return {**others, SEEN: text} if text else others


def with_seen(draft: Draft, held: Draft, actions: Iterable[ActionItem]) -> Draft:
    """The draft as it is stored: what it tells anew saw the tracker as it is now.

    Args:
        draft: As it is to be stored; what it says itself of what it saw holds.
        held: As it was stored before.
        actions: The actions it tells of, as they are in the tracker.
    """
    before = {told.action_id: told.outcome for told in held.content.action_reviews}
    earlier, given = seen(held.typed), seen(draft.typed)
    now = {action.id: action.status for action in actions}
    kept = {}
    for action_id, outcome in ((told.action_id, told.outcome) for told in draft.content.action_reviews):
        said_again = given.get(action_id) if given.get(action_id) is not earlier.get(action_id) else None
        as_before = earlier.get(action_id) if before.get(action_id) is outcome else None
        if status := said_again or as_before or now.get(action_id):
            kept[action_id] = status
    return draft.model_copy(update={"typed": saw(draft.typed, kept)})


def later_word(told: ActionReview, action: ActionItem, seen_as: ActionStatus | None) -> bool:
    """Whether the tracker's word about an action is later than a draft's, so that it stays."""
    return seen_as is not None and action.status is not seen_as and action.status is not told.outcome
