"""Who is in the vault already, over a real vault."""

from __future__ import annotations

import pytest

from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.services import keeping_records, merging, participants, sameness


@pytest.fixture
def add(workspace):
    def added(name, **details):
        return participants.add_participant(workspace, ParticipantDetails(name=name, **details))

    return added


def alike(workspace, name, exclude=None, **details):
    found = sameness.likely_same(workspace, ParticipantDetails(name=name, **details), exclude=exclude)
    return [(each.participant.name, each.verdict.value, each.reasons) for each in found]


def pairs(workspace):
    return [{pair.one.name, pair.other.name} for pair in sameness.all_likely_pairs(workspace)]


def test_somebody_who_is_there_already_is_told_with_reasons(workspace, add):
    add("Shawn Doyle", born="1988-03-17", phone="555 010 7788", external_id="D-7")
    add("Maria Santos")
    assert alike(workspace, "Sean Doyle", born="1988-03-18") == [
        ("Shawn Doyle", "likely", ("name and birth date close",))
    ]
    assert alike(workspace, "S. D.", phone="+1 (555) 010-7788")[0][2] == ("short form of the name", "same phone")
    assert alike(workspace, "Nobody", external_id="d7")[0][2] == ("same ID",)
    assert alike(workspace, "Xaver Nobody") == []


def test_archived_people_are_told_too_and_the_record_itself_is_not(workspace, add):
    person = add("Maria Santos", born="1990-05-02")
    keeping_records.archive_participant(workspace, person.id, "moved")
    assert alike(workspace, "Maria Santos", born="1990-05-02")
    assert alike(workspace, "Maria Santos", born="1990-05-02", exclude=person.id) == []


def test_all_pairs_but_those_that_were_called_two_people(workspace, add):
    one = add("Maria Santos", born="1990-05-02")
    other = add("Mraia Santos", born="1990-05-02")
    add("Sean Doyle", born="1988-03-17")
    add("Doyle Shawn", born="1988-03-17")
    add("Tom Berg")
    assert sorted(map(sorted, pairs(workspace))) == [["Doyle Shawn", "Sean Doyle"], ["Maria Santos", "Mraia Santos"]]
    merging.say_not_the_same(workspace, one.id, other.id)
    assert pairs(workspace) == [{"Sean Doyle", "Doyle Shawn"}]
    assert alike(workspace, "Maria Santos", born="1990-05-02", exclude=one.id) == []
