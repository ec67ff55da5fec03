"""Progress over time of one participant."""

from __future__ import annotations

from datetime import date, datetime

from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.counting import CountedAction
from peernote_tui.domain.progress import Progress, progress_of
from peernote_tui.services.participants import participant_in
from peernote_tui.services.workspace import Workspace


def progress(workspace: Workspace, participant_id: str, *, since: date | None = None) -> Progress:
    """How things went with a participant, month by month.

    Args:
        workspace: The open vault.
        participant_id: Whose.
        since: The first day of the first month to look at; all of the record when None.

    Raises:
        NotFoundError: There is no such participant.
    """
    with workspace.reading() as work:
        people = work.participants.same(participant_in(work, participant_id).id)
        actions = (_lived(each, workspace.clock.zone) for each in work.counting.actions_of(people, since))
        return progress_of(work.counting.of(people, since), actions, workspace.today)


def _lived(action: CountedAction, zone: str) -> CountedAction:
    """With the moment it was added as the wall clock showed it, since that decides its month."""
    if action.agreed_on:
        return action
    return action._replace(created_at=in_zone(datetime.fromisoformat(action.created_at), zone).isoformat())
