"""The account of disclosures as people read it: the newest first, with whose record each is out of."""

from __future__ import annotations

from datetime import datetime, timedelta

from peernote_tui.documents.contents.tables import PURPOSE_WORDS
from peernote_tui.domain.called import AboutParticipant
from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.disclosure import Disclosure, by_time
from peernote_tui.domain.ids import made_at
from peernote_tui.services.namesakes import rows_apart
from peernote_tui.services.participants import participant_in
from peernote_tui.services.workspace import Workspace

_AT_ONCE = timedelta(minutes=1)


class AccountLine(AboutParticipant):
    """One entry of the account, and out of whose record it is."""

    disclosure: Disclosure
    at: datetime
    """When, on the person's wall clock; aware."""
    purpose: str
    """What for, in words."""
    consent_recipient: str = ""
    """Whom the consent it rested on names; empty when it rested on none."""
    entered_at: datetime | None = None
    """When it was recorded, in UTC, where that was later than it was handed on."""
    is_taken_back: bool = False

    @property
    def about_id(self) -> str:
        """Id of the participant."""
        return self.disclosure.participant_id

    @property
    def stands(self) -> bool:
        """Whether it came to pass, and nothing took it back."""
        return not self.is_taken_back and not self.disclosure.voids


def read_account(workspace: Workspace, participant_id: str | None = None, *, limit: int) -> tuple[AccountLine, ...]:
    """What was handed out last, of one participant or of all, the newest first.

    Raises:
        NotFoundError: There is no such participant.
    """
    with workspace.reading() as work:
        if participant_id is None:
            rows = work.disclosures.newest(limit)[::-1]
        else:
            whose = participant_in(work, participant_id).id
            rows = work.disclosures.of_participant(whose)
        # Whatever takes an entry back is newer, and so among those that are read.
        voided = {row.voids for row in rows if row.voids}
        people = {row.participant_id: participant_in(work, row.participant_id).called for row in rows}
        named = {
            consent.id: consent.details.recipient for whose in people for consent in work.consents.of_participant(whose)
        }
        lines = tuple(
            AccountLine(
                participant_name=people[row.participant_id].name,
                pronouns=people[row.participant_id].pronouns,
                external_id=people[row.participant_id].external_id,
                birth_year=people[row.participant_id].birth_year,
                disclosure=row,
                at=in_zone(row.at, workspace.clock.zone),
                entered_at=_entered_at(row),
                purpose=": ".join(part for part in (PURPOSE_WORDS[row.purpose], row.purpose_words) if part),
                consent_recipient=named.get(row.consent_id, ""),
                is_taken_back=row.id in voided,
            )
            for row in by_time(rows)[::-1][:limit]
        )
        return rows_apart(work, lines)


def _entered_at(row: Disclosure) -> datetime | None:
    # An id is of the moment in which its row was made.
    entered = made_at(row.id)
    return entered if entered is not None and entered - row.at > _AT_ONCE else None
