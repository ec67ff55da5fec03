"""Consent given, withdrawn one by one, and told of before it ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from peernote_tui.domain.consent import ConsentDetails, ConsentEvent, ConsentHow, ConsentScope, sharing_consents
from peernote_tui.domain.errors import ConsentIncompleteError, RefusedError
from peernote_tui.services import consenting, keeping_records, verifying, writing
from peernote_tui.services.expiring import NoticeKind, consents_expiring

SHARING = ConsentScope.SHARING


@pytest.fixture
def share(workspace, consented):
    """Agree to share with somebody: `share("Clinic", days=5)`."""

    def agree(recipient, *, days=None, person=consented):
        said = ConsentDetails(recipient=recipient, what="dates", purpose="visits", ends_when="they move away")
        return consenting.give_consent(
            workspace,
            person.id,
            scope=SHARING,
            how=ConsentHow.WRITTEN,
            expires_on=None if days is None else workspace.today + timedelta(days=days),
            details=said,
        )

    return agree


def told(workspace, **within):
    return [(notice.kind, notice.scope, notice.participant.name) for notice in consents_expiring(workspace, **within)]


def sharing_for(workspace, participant_id, recipient):
    """The consents that let something be shared with a recipient today."""
    held = sharing_consents(consenting.consents(workspace, participant_id), workspace.today)
    return tuple(consent for consent in held if consent.names(recipient))


class TestSharing:
    def test_several_recipients_stand_side_by_side_and_one_is_withdrawn(self, workspace, consented, share):
        clinic, school = share("Clinic"), share("School")
        assert sharing_for(workspace, consented.id, " clinic ") == (clinic,)
        assert sharing_for(workspace, consented.id, "Court") == ()
        assert sharing_for(workspace, consented.id, "") == ()
        ended = consenting.withdraw_consent(workspace, consented.id, consent_id=clinic.id, remark="by phone")
        assert (ended.scope, ended.event, ended.details.withdraws) == (SHARING, ConsentEvent.WITHDRAWN, clinic.id)
        assert sharing_for(workspace, consented.id, "Clinic") == ()
        assert sharing_for(workspace, consented.id, "School") == (school,)
        assert consenting.consent_of(workspace, consented.id, SHARING).active
        assert consenting.consent_of(workspace, consented.id).active
        with pytest.raises(RefusedError, match="withdrawn already"):
            consenting.withdraw_consent(workspace, consented.id, consent_id=clinic.id)
        consenting.withdraw_consent(workspace, consented.id, scope=SHARING)
        assert not consenting.consent_of(workspace, consented.id, SHARING).active
        assert verifying.verify(workspace).ok

    def test_it_says_what_is_missing_and_keeps_nothing(self, workspace, consented):
        with pytest.raises(ConsentIncompleteError) as caught:
            consenting.give_consent(workspace, consented.id, scope=SHARING, how=ConsentHow.PAPER)
        assert caught.value.missing == ("recipient", "what", "purpose", "end")
        assert "With whom may be shared is missing." in caught.value.way_out
        assert [row.scope for row in consenting.consents(workspace, consented.id)] == [ConsentScope.NOTES]

    def test_a_consent_of_somebody_else_is_not_withdrawn(self, workspace, share, add_participant):
        other = add_participant("Ana Lima")
        with pytest.raises(RefusedError):
            consenting.withdraw_consent(workspace, other.id, consent_id=share("Clinic").id)

    def test_its_last_day_is_covered(self, workspace, consented, share, clock):
        share("Clinic", days=1)
        clock.advance(days=1)
        assert sharing_for(workspace, consented.id, "Clinic")
        clock.advance(days=1)
        assert sharing_for(workspace, consented.id, "Clinic") == ()


def test_a_minor_needs_who_on_what_basis_and_about_the_parents(workspace, add_participant):
    kim = add_participant("Kim", consent=False, born="2011-05-01")
    with pytest.raises(ConsentIncompleteError) as caught:
        consenting.give_consent(workspace, kim.id, how=ConsentHow.VERBAL)
    assert caught.value.missing == ("basis", "parent_involved", "parent_why")
    said = ConsentDetails(
        given_by="parent", given_by_name="Ola", basis="custody", parent_involved="yes", parent_why="she asked to be"
    )
    consenting.give_consent(workspace, kim.id, how=ConsentHow.WRITTEN, details=said)
    assert consenting.consent_of(workspace, kim.id).consent.details == said


class TestExpiring:
    def test_what_ends_soon_is_told_and_what_was_renewed_is_not(self, workspace, consented, share):
        share("Clinic", days=30)
        share("School", days=31)
        share("Court", days=2)
        share("Court")
        assert told(workspace) == [(NoticeKind.EXPIRING, SHARING, "Tomás Ibarra")]
        assert len(told(workspace, within_days=31)) == 2
        assert told(workspace, within_days=10**9) == told(workspace, within_days=31)

    def test_what_ended_is_told_for_a_month(self, workspace, share, clock):
        share("Clinic", days=0)
        clock.advance(days=30)
        assert told(workspace) == [(NoticeKind.EXPIRED, SHARING, "Tomás Ibarra")]
        clock.advance(days=1)
        assert told(workspace) == []

    def test_missing_and_withdrawn_count_where_a_note_is_begun(self, workspace, participant, consented, write_draft):
        assert told(workspace) == []
        writing.start_draft(workspace, participant.id)
        write_draft(consented)
        consenting.withdraw_consent(workspace, consented.id)
        assert told(workspace) == [
            (NoticeKind.MISSING, ConsentScope.NOTES, "Maria Santos"),
            (NoticeKind.WITHDRAWN, ConsentScope.NOTES, "Tomás Ibarra"),
        ]

    def test_they_count_where_a_contact_is_planned_and_once_only(self, workspace, consented, write_note, clock):
        write_note(consented, next_contact={"day": "2026-12-01"})
        consenting.give_consent(workspace, consented.id, how=ConsentHow.WRITTEN, expires_on=workspace.today)
        assert told(workspace) == [(NoticeKind.EXPIRING, ConsentScope.NOTES, "Tomás Ibarra")]
        clock.advance(days=1)
        assert told(workspace) == [(NoticeKind.EXPIRED, ConsentScope.NOTES, "Tomás Ibarra")]
        clock.advance(days=100)
        assert told(workspace) == [(NoticeKind.EXPIRED, ConsentScope.NOTES, "Tomás Ibarra")]

    def test_archived_people_are_left_out(self, workspace, consented, share):
        share("Clinic", days=3)
        keeping_records.archive_participant(workspace, consented.id, "moved")
        assert told(workspace) == []
