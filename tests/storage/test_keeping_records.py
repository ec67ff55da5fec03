"""A participant's page: what it holds comes back, what it held before stays, and nothing of it outlives an erasure."""

from __future__ import annotations

import re

import pytest

from peernote_tui.domain.consent import ConsentDetails, ConsentHow, ConsentScope, GivenBy
from peernote_tui.domain.errors import InvalidInputError, RefusedError
from peernote_tui.domain.participant import (
    ChangeKind,
    Contact,
    CustomField,
    OtherId,
    Part2Status,
    ParticipantDetails,
    PersonAround,
    Safe,
    Safety,
)
from peernote_tui.services import consenting, erasing, finding, keeping_records, participants, verifying

FULL = ParticipantDetails(
    name="Zoë Łaska",
    legal_name="Zofia Łaska",
    phone="555 0100",
    phone_safety=Safety(call=Safe.YES, voicemail=Safe.NO),
    part2=Part2Status.NO,
    aliases=("Zo",),
    other_ids=(OtherId(label="Court", value="00731"),),
    contacts=(Contact(value="555 0199", label="sister", safety=Safety(text=Safe.YES), remark="after six"),),
    people=(PersonAround(name="Ola", relation="sister", phone="555 0199", emergency=True),),
    languages=("Polish", "English"),
    strengths=("keeps every appointment",),
    goals=("my own door key [/]",),
    custom=(CustomField(label="Bus pass", value="yes"),),
)


@pytest.fixture
def person(workspace):
    return participants.add_participant(workspace, ParticipantDetails(name="Zoë", external_id="Z-1"))


def test_everything_on_the_page_comes_back(workspace, person):
    keeping_records.change_participant(workspace, person.id, FULL)
    stored = participants.get_participant(workspace, person.id)
    assert {name: getattr(stored, name) for name in ParticipantDetails.model_fields} == dict(FULL)


def test_what_was_changed_is_named_and_can_be_taken_back(workspace, person):
    keeping_records.change_participant(workspace, person.id, FULL)
    change = keeping_records.history_of(workspace, person.id)[-1]
    assert change.kind is ChangeKind.EDITED
    assert set(change.fields) > {"name", "legal_name", "external_id", "contacts"}
    assert change.document["name"] == "Zoë"
    keeping_records.take_back_change(workspace, change.id)
    stored = participants.get_participant(workspace, person.id)
    assert {name: getattr(stored, name) for name in ParticipantDetails.model_fields} == {
        name: getattr(person, name) for name in ParticipantDetails.model_fields
    }
    assert len(keeping_records.history_of(workspace, person.id)) == 2


def test_a_change_of_nothing_is_none(workspace, person):
    same = ParticipantDetails(**{name: getattr(person, name) for name in ParticipantDetails.model_fields})
    keeping_records.change_participant(workspace, person.id, same)
    assert keeping_records.history_of(workspace, person.id) == ()


def test_an_id_that_somebody_has_is_refused(workspace, person):
    other = participants.add_participant(workspace, ParticipantDetails(name="Ana"))
    with pytest.raises(RefusedError, match="has this ID"):
        keeping_records.change_participant(workspace, other.id, ParticipantDetails(name="Ana", external_id="z-1"))
    assert participants.get_participant(workspace, other.id) == other


def test_archiving_needs_a_reason_and_reopening_brings_back(workspace, person):
    with pytest.raises(InvalidInputError):
        keeping_records.archive_participant(workspace, person.id, "  ")
    archived = keeping_records.archive_participant(workspace, person.id, "moved away")
    assert archived.archived_at is not None
    assert finding.find_participants(workspace, "zoe").total == 0
    with pytest.raises(RefusedError):
        keeping_records.archive_participant(workspace, person.id, "again")
    assert keeping_records.reopen_participant(workspace, person.id).archive_reason == ""
    assert finding.find_participants(workspace, "zoe").total == 1
    kinds = [change.kind for change in keeping_records.history_of(workspace, person.id)]
    assert kinds == [ChangeKind.ARCHIVED, ChangeKind.REOPENED]


def test_the_history_is_sealed(workspace, person):
    keeping_records.change_participant(workspace, person.id, FULL)
    assert verifying.verify(workspace).ok
    connection = workspace.vault.connection
    connection.execute("DROP TRIGGER participant_changes_stay")
    connection.execute('UPDATE participant_changes SET document = \'{"name":"Zed"}\'')
    problems = verifying.verify(workspace).problems
    assert any("Change of a participant 1" in problem for problem in problems)


def test_an_erased_record_keeps_neither_page_nor_history(workspace, person):
    keeping_records.change_participant(workspace, person.id, FULL)
    keeping_records.change_participant(workspace, person.id, ParticipantDetails(name="Zoë"))
    details = ConsentDetails(given_by=GivenBy.PARENT, given_by_name="Ola Łaska", basis="custody", parent_why="Ola asks")
    consenting.give_consent(workspace, person.id, scope=ConsentScope.NOTES, how=ConsentHow.VERBAL, details=details)
    erasing.erase_participant(workspace, person.id, reason=erasing.ErasureReason.ASKED)
    run = workspace.vault.connection.execute
    rows = [
        *run("SELECT * FROM participants"),
        *run("SELECT * FROM participant_changes"),
        *run("SELECT * FROM consents"),
    ]
    # Ids, hashes and keys may hold any digits by chance.
    told = re.sub(r"[0-9a-f-]{32,}", "", str(rows))
    for word in ("Łaska", "0199", "00731", "sister", "door key", "Bus pass", "Zo"):
        assert word not in told
    assert verifying.verify(workspace).ok
