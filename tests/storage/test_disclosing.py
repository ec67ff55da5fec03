"""The door: what may leave the vault, what goes along, and the account that is kept of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from peernote_tui.domain.consent import ConsentDetails, ConsentHow, ConsentScope
from peernote_tui.domain.disclosure import PART2_NOTICE, Purpose, in_force
from peernote_tui.domain.errors import InvalidInputError, NotFoundError, RefusedError
from peernote_tui.domain.participant import Part2Status, ParticipantDetails
from peernote_tui.services import (
    consenting,
    disclosing,
    erasing,
    keeping_records,
    reading_disclosures,
    recording_disclosures,
)
from peernote_tui.services.disclosing import Request
from peernote_tui.services.verifying import verify

SHARED = ConsentDetails(
    recipient="Harbor Clinic", what="progress and needs", purpose="care", ends_when="the case closes"
)


@pytest.fixture
def shared(workspace, participant):
    return consenting.give_consent(
        workspace, participant.id, scope=ConsentScope.SHARING, how=ConsentHow.WRITTEN, details=SHARED
    )


def request(participant, **said):
    return Request(**{"participant_id": participant.id, "what": "1 note", "form": "pdf", **said})


def test_a_consent_covers_the_recipient_it_names_and_its_scope_goes_along(workspace, participant, shared):
    asked = request(participant, to=" harbor  CLINIC", purpose=Purpose.CARE)
    leave = disclosing.ask_leave(workspace, asked)
    assert leave.disclosure.consent_id == shared.id
    assert leave.notices[0] == PART2_NOTICE
    assert "progress and needs, with Harbor Clinic, for care, until the case closes" in leave.notices[1]
    assert disclosing.disclosures_of(workspace, participant.id) == ()
    (row,) = disclosing.account_for(workspace, [leave])
    assert disclosing.disclosures_of(workspace, participant.id) == (row,)
    assert verify(workspace).ok


def test_without_a_consent_a_reason_is_asked_for_and_goes_along(workspace, participant, shared):
    for other in ("Harbor Clinic and the police", "Harbor"):
        with pytest.raises(InvalidInputError, match="No consent to share"):
            disclosing.ask_leave(workspace, request(participant, to=other, purpose=Purpose.CARE))
    told = request(participant, to="the police", purpose=Purpose.LEGAL, reason="Court order of 3 Nov.")
    leave = disclosing.ask_leave(workspace, told)
    assert (leave.disclosure.consent_id, leave.disclosure.reason) == ("", "Court order of 3 Nov.")
    assert leave.notices[-1].endswith("Reason: Court order of 3 Nov.")


def test_what_ended_or_was_withdrawn_is_no_basis(workspace, participant, shared, clock):
    asked = request(participant, to="somebody there", purpose=Purpose.CARE, consent_id=shared.id)
    assert disclosing.ask_leave(workspace, asked).disclosure.consent_id == shared.id
    consenting.withdraw_consent(workspace, participant.id, consent_id=shared.id)
    with pytest.raises(RefusedError, match="of this id holds today"):
        disclosing.ask_leave(workspace, asked)
    with pytest.raises(InvalidInputError, match="No consent to share"):
        disclosing.ask_leave(workspace, request(participant, to="Harbor Clinic", purpose=Purpose.CARE))


def test_a_consent_is_a_basis_on_its_last_day_and_no_day_longer(workspace, participant, clock):
    until = workspace.today + timedelta(days=3)
    given = consenting.give_consent(
        workspace, participant.id, scope=ConsentScope.SHARING, how=ConsentHow.WRITTEN, expires_on=until, details=SHARED
    )
    by_name = request(participant, to="Harbor Clinic", purpose=Purpose.CARE)
    by_id = request(participant, to="Harbor Clinic", purpose=Purpose.CARE, consent_id=given.id)
    clock.advance(days=3)
    for asked in (by_name, by_id):
        assert disclosing.ask_leave(workspace, asked).disclosure.consent_id == given.id
    clock.advance(days=1)
    with pytest.raises(InvalidInputError, match="No consent to share"):
        disclosing.ask_leave(workspace, by_name)
    with pytest.raises(RefusedError, match="of this id holds today"):
        disclosing.ask_leave(workspace, by_id)


def test_a_consent_to_something_else_is_no_basis(workspace, participant):
    other = consenting.give_consent(workspace, participant.id, how=ConsentHow.WRITTEN)
    with pytest.raises(RefusedError, match="of this id holds today"):
        disclosing.ask_leave(
            workspace, request(participant, to="Harbor Clinic", purpose=Purpose.CARE, consent_id=other.id)
        )


def test_participants_need_no_leave_for_what_is_theirs_and_no_notice(workspace, participant):
    leave = disclosing.ask_leave(workspace, request(participant, purpose=Purpose.PARTICIPANT))
    assert (leave.disclosure.to, leave.notices) == ("the participant", ())
    with pytest.raises(InvalidInputError, match="To whom is missing"):
        disclosing.ask_leave(workspace, request(participant, purpose=Purpose.CARE))


def test_the_notice_goes_along_unless_the_record_was_reviewed(workspace, participant):
    own = request(participant)
    assert disclosing.ask_leave(workspace, own).notices == (PART2_NOTICE,)
    reviewed = ParticipantDetails(name="Maria Santos", part2=Part2Status.NO)
    keeping_records.change_participant(workspace, participant.id, reviewed)
    leave = disclosing.ask_leave(workspace, own)
    assert (leave.notices, leave.disclosure.part2) == ((), False)


def test_what_did_not_leave_after_all_is_taken_back_once_and_stays_readable(workspace, participant, clock):
    (row,) = disclosing.account_for(workspace, [disclosing.ask_leave(workspace, request(participant))])
    clock.advance(minutes=2)
    voiding = disclosing.void(workspace, row.id, "The stick was pulled.")
    held = disclosing.disclosures_of(workspace, participant.id)
    assert (held, in_force(held)) == ((row, voiding), ())
    assert voiding.at - row.at == timedelta(minutes=2)
    for again in (row.id, voiding.id):
        with pytest.raises(RefusedError):
            disclosing.void(workspace, again, "again")
    with pytest.raises(NotFoundError):
        disclosing.void(workspace, "nothing", "why")
    with pytest.raises(InvalidInputError):
        disclosing.void(workspace, row.id, "  ")
    assert verify(workspace).ok


def test_an_erased_record_leaves_no_account(workspace, participant):
    disclosing.account_for(workspace, [disclosing.ask_leave(workspace, request(participant, what="zqcanary"))])
    erasing.erase_participant(workspace, participant.id, reason=erasing.ErasureReason.ASKED)
    stored = workspace.vault.connection.execute("SELECT document, salt FROM disclosures").fetchall()
    assert stored == [("{}", "")]
    assert verify(workspace).ok


def told(participant, at, **said):
    return Request(
        **{
            "participant_id": participant.id,
            "what": "how often we meet",
            "form": "phone",
            "to": "Harbor Clinic",
            "purpose": Purpose.CARE,
            "at": at,
            **said,
        }
    )


def test_what_was_told_by_phone_is_recorded_as_of_then_and_rests_on_the_consent_of_that_day(
    workspace, participant, shared, clock
):
    then = clock.now() + timedelta(hours=1)
    clock.advance(days=2)
    consenting.withdraw_consent(workspace, participant.id, consent_id=shared.id)
    now = recording_disclosures.record_disclosure(workspace, told(participant, None, reason="She asked me to."))
    earlier = recording_disclosures.record_disclosure(workspace, told(participant, then))
    assert (earlier.consent_id, earlier.at, earlier.form) == (shared.id, then, "phone")
    assert (now.consent_id, now.reason) == ("", "She asked me to.")
    assert disclosing.disclosures_of(workspace, participant.id) == (earlier, now)
    first, second = reading_disclosures.read_account(workspace, participant.id, limit=9)
    assert (first.disclosure, second.disclosure) == (now, earlier)
    assert (first.entered_at, second.entered_at) == (None, clock.now())
    assert verify(workspace).ok


def test_what_is_recorded_by_hand_passes_the_same_door(workspace, participant, clock):
    refused = {
        "What was handed on": told(participant, None, what=" "),
        "How it was handed on": told(participant, None, form=""),
        "the future": told(participant, clock.now() + timedelta(minutes=1)),
        "To whom": told(participant, None, to=""),
        "No consent to share": told(participant, None),
    }
    for why, asked in refused.items():
        with pytest.raises(InvalidInputError, match=why):
            recording_disclosures.record_disclosure(workspace, asked)
    with pytest.raises(InvalidInputError, match="About what time"):
        recording_disclosures.understand_when(workspace, "yesterday", day_first=None)
    assert recording_disclosures.understand_when(workspace, " ", day_first=None) is None
    assert disclosing.disclosures_of(workspace, participant.id) == ()
