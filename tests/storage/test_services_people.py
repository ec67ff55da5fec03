"""Participants, their consent, and a briefing."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from peernote_tui.domain.consent import ConsentHow, ConsentScope, ConsentStanding
from peernote_tui.domain.errors import InvalidInputError, NotFoundError, RefusedError
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.services import consenting, finding, participants
from peernote_tui.services.keeping_records import archive_participant, reopen_participant
from peernote_tui.services.writing import start_draft


def hits(workspace, query="", **asked):
    return [(hit.participant.name, hit.why) for hit in finding.find_participants(workspace, query, **asked).hits]


class TestAdding:
    def test_a_participant_is_kept_under_a_clean_name_and_logged(self, workspace):
        person = participants.add_participant(workspace, ParticipantDetails(name=" Maria\u200b  Santos "))
        assert person.name == "Maria Santos"
        assert participants.get_participant(workspace, person.id) == person
        with workspace.reading() as work:
            last = list(work.audit.entries())[-1]
        assert (last.action.value, last.subject, last.detail) == ("participant.added", person.id, "")

    def test_an_id_that_somebody_has_is_refused_in_any_case(self, workspace, participant):
        with pytest.raises(RefusedError):
            participants.add_participant(workspace, ParticipantDetails(name="Other", external_id="m-0042"))
        assert finding.find_participants(workspace).total == 1

    def test_any_number_may_be_without_an_id_and_share_a_name(self, add_participant, workspace):
        for _ in range(3):
            add_participant("Ana Lima", consent=False)
        assert finding.find_participants(workspace, "ana").total == 3


class TestFinding:
    def test_without_a_query_those_written_about_last_come_first(self, workspace, participant, consented, write_note):
        workspace.clock.advance(minutes=1)
        write_note(consented)
        assert hits(workspace) == [("Tomás Ibarra", ""), ("Maria Santos", "")]

    @pytest.mark.parametrize(
        ("query", "why"),
        [("mar", "name"), ("m-0042", "ID"), ("1991", "birth year"), ("mraia", "name, close to what you typed")],
    )
    def test_a_hit_says_why(self, workspace, participant, query, why):
        assert hits(workspace, query) == [("Maria Santos", why)]

    def test_short_words_are_not_forgiven_a_slip(self, workspace, participant):
        assert hits(workspace, "mai") == []

    @pytest.mark.parametrize("query", ["\x00", "\ud800", "%", "'", "x" * 500, "\u0301", "日本"])
    def test_no_query_raises(self, workspace, participant, query):
        finding.find_participants(workspace, query)

    def test_a_hit_brings_what_a_list_shows(self, workspace, consented, participant, write_note, write_draft):
        write_note(consented, agreed_actions=[{"text": "call", "owner": "me"}])
        write_draft(consented)
        found = {hit.participant.name: hit for hit in finding.find_participants(workspace).hits}
        told, bare = found["Tomás Ibarra"], found["Maria Santos"]
        assert (told.last_contact, told.open_actions, told.has_consent, told.has_draft) == (
            datetime(2026, 11, 23, 14, 0),  # noqa: DTZ001 the wall clock of the contact has no zone
            1,
            True,
            True,
        )
        assert (bare.last_contact, bare.open_actions, bare.has_consent, bare.has_draft) == (None, 0, False, False)

    def test_no_more_than_asked_and_how_many_in_all(self, workspace, add_participant):
        for number in range(5):
            add_participant(f"Ana {number}", consent=False)
        found = finding.find_participants(workspace, "ana", limit=2)
        assert (len(found.hits), found.total) == (2, 5)


class TestReferring:
    @pytest.mark.parametrize("reference", ["M-0042", "m-0042", " maria santos ", "María Santos"])
    def test_by_number_or_name(self, workspace, participant, reference):
        assert participants.resolve_participant(workspace, reference) == participant

    def test_by_id_or_the_beginning_of_one(self, workspace, participant):
        for length in (4, 13, 36):
            assert participants.resolve_participant(workspace, participant.id[:length].upper()) == participant

    @pytest.mark.parametrize("reference", ["", "  ", "nobody", "%", "_" * 36, "\x00", "\ud800", "Maria"])
    def test_what_means_nobody_is_told(self, workspace, participant, reference):
        with pytest.raises(NotFoundError):
            participants.resolve_participant(workspace, reference)

    def test_what_means_two_is_told(self, workspace, add_participant):
        first, second = (add_participant("Ana Lima", consent=False) for _ in range(2))
        for reference in ("Ana Lima", first.id[:8]):
            with pytest.raises(NotFoundError, match="More than one"):
                participants.resolve_participant(workspace, reference)
        assert participants.resolve_participant(workspace, second.id) == second


class TestBriefing:
    def test_what_one_wants_to_know(self, workspace, consented, write_note):
        agreed = [{"text": "call", "owner": "me"}]
        first = write_note(consented, start=time(9), end=time(10), rating=3, agreed_actions=agreed)
        last = write_note(consented, rating=5)
        told = participants.brief(workspace, consented.id)
        assert told.last_note == last
        assert (told.notes, told.ratings, told.today) == (2, (3, 5), date(2026, 11, 23))
        assert [action.note_id for action in told.open_actions] == [first.id]
        assert [plan.day for plan in told.follow_ups] == [date(2026, 11, 30)] * 2
        assert told.consent.active

    def test_of_somebody_new_and_of_nobody(self, workspace, participant):
        told = participants.brief(workspace, participant.id)
        assert (told.last_note, told.notes, told.ratings, told.open_actions) == (None, 0, (), ())
        with pytest.raises(NotFoundError):
            participants.brief(workspace, "nobody")


class TestConsenting:
    def test_given_with_all_that_was_said(self, workspace, participant):
        row = consenting.give_consent(
            workspace,
            participant.id,
            how=ConsentHow.PAPER,
            starts_on=date(2026, 11, 1),
            expires_on=date(2027, 11, 1),
            remark=" in the blue folder\n",
        )
        assert consenting.consents(workspace, participant.id) == (row,)
        assert (row.remark, row.recorded_by) == ("in the blue folder", workspace.author.id)
        assert consenting.consent_of(workspace, participant.id).active

    @pytest.mark.parametrize(
        ("dates", "field"),
        [
            ({"starts_on": date(2026, 11, 24)}, "on"),
            ({"starts_on": date(2026, 11, 23), "expires_on": date(2026, 11, 22)}, "until"),
            ({"remark": "x" * 2001}, "remark"),
        ],
    )
    def test_what_cannot_be_is_refused(self, workspace, participant, dates, field):
        with pytest.raises(InvalidInputError) as caught:
            consenting.give_consent(workspace, participant.id, how=ConsentHow.VERBAL, **dates)
        assert caught.value.field == field
        assert consenting.consents(workspace, participant.id) == ()

    def test_it_ends_with_its_last_day_in_the_place_of_the_person(self, workspace, participant, clock):
        consenting.give_consent(workspace, participant.id, how=ConsentHow.VERBAL, expires_on=date(2026, 11, 23))
        clock.set(clock.now().replace(day=24, hour=4, minute=59))
        assert consenting.consent_of(workspace, participant.id).active
        clock.advance(minutes=1)
        assert consenting.consent_of(workspace, participant.id).standing is ConsentStanding.EXPIRED

    def test_withdrawn_at_once_and_only_what_was_given(self, workspace, consented):
        with pytest.raises(RefusedError):
            consenting.withdraw_consent(workspace, consented.id, scope=ConsentScope.SHARING)
        consenting.withdraw_consent(workspace, consented.id, remark="by phone")
        assert consenting.consent_of(workspace, consented.id).standing is ConsentStanding.WITHDRAWN
        with pytest.raises(RefusedError):
            consenting.withdraw_consent(workspace, consented.id)

    def test_each_is_logged_by_scope_alone(self, workspace, consented):
        consenting.withdraw_consent(workspace, consented.id, remark="CANARY")
        with workspace.reading() as work:
            entries = list(work.audit.entries())[-2:]
        assert [(entry.action.value, entry.subject, entry.remark) for entry in entries] == [
            ("consent.given", consented.id, "notes"),
            ("consent.withdrawn", consented.id, "notes"),
        ]

    def test_nobody_is_told(self, workspace):
        with pytest.raises(NotFoundError):
            consenting.give_consent(workspace, "nobody", how=ConsentHow.VERBAL)
        with pytest.raises(NotFoundError):
            consenting.consents(workspace, "nobody")


def test_nothing_is_begun_in_an_archived_record(workspace, consented):
    archive_participant(workspace, consented.id, "moved away")
    with pytest.raises(RefusedError, match="Reopen it first"):
        start_draft(workspace, consented.id)
    reopen_participant(workspace, consented.id)
    assert start_draft(workspace, consented.id).participant_id == consented.id
