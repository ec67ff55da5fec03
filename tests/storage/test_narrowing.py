"""Filters over the participants: who is left, counted right, alone and together with words."""

from datetime import timedelta

import pytest

from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.consent import ConsentHow
from peernote_tui.domain.narrowing import Only
from peernote_tui.domain.owner import Owner
from peernote_tui.services.action_items import add_action
from peernote_tui.services.consenting import give_consent, withdraw_consent
from peernote_tui.services.finding import find_participants
from peernote_tui.services.keeping_records import archive_participant, pin_participant
from peernote_tui.services.writing import start_draft


@pytest.fixture
def names(workspace):
    """The names that are found, in their order: `names("maria", only={Only.DRAFT})`."""

    def found(query="", *, only=(), days=30, **more):
        answer = find_participants(workspace, query, only=frozenset(only), not_seen_days=days, **more)
        assert answer.total >= len(answer.hits)
        if len(answer.hits) < more.get("limit", 20):
            assert answer.total == len(answer.hits)
        return [hit.participant.name for hit in answer.hits]

    return found


@pytest.fixture
def people(workspace, clock, add_participant, write_note):
    """Six people, each with another reason to be looked for; all but the new one are here for 100 days."""
    now = clock.instant
    clock.instant = now - timedelta(days=100)
    made = {
        "seen": add_participant("Maria Seen"),
        "long ago": add_participant("Maria Longago"),
        "never": add_participant("Devon Never", consent=False),
        "overdue": add_participant("Devon Overdue"),
        "ending": add_participant("Ann Ending", consent=False),
    }
    write_note(made["long ago"], day="2026-08-15")
    today = now.date()
    clock.instant = now
    give_consent(workspace, made["ending"].id, how=ConsentHow.VERBAL, expires_on=today + timedelta(days=30))
    for key in ("seen", "overdue", "ending"):
        write_note(made[key], day="2026-11-23")
    made["new"] = add_participant("New Today")
    add_action(workspace, made["overdue"].id, ActionLine("call", Owner.ME, due=None))
    return made


def test_not_seen_counts_from_the_last_contact_or_from_when_they_were_added(names, people):
    assert set(names(only={Only.NOT_SEEN})) == {"Maria Longago", "Devon Never"}
    assert set(names(only={Only.NOT_SEEN}, days=100)) == {"Maria Longago", "Devon Never"}
    assert names(only={Only.NOT_SEEN}, days=101) == []
    assert len(names(only={Only.NOT_SEEN}, days=0)) == 6


def test_overdue_is_what_was_due_before_today_and_is_still_open(workspace, clock, names, people):
    assert names(only={Only.OVERDUE}) == []
    add_action(workspace, people["overdue"].id, ActionLine("write", Owner.ME, due=clock.instant.date()))
    assert names(only={Only.OVERDUE}) == []
    clock.instant += timedelta(days=1)
    assert names(only={Only.OVERDUE}) == ["Devon Overdue"]


def test_consent_is_missing_or_ends_within_thirty_days(workspace, clock, names, people):
    assert set(names(only={Only.CONSENT})) == {"Devon Never", "Ann Ending"}
    withdraw_consent(workspace, people["seen"].id)
    assert set(names(only={Only.CONSENT})) == {"Devon Never", "Ann Ending", "Maria Seen"}
    give_consent(workspace, people["seen"].id, how=ConsentHow.VERBAL)
    give_consent(
        workspace, people["ending"].id, how=ConsentHow.VERBAL, expires_on=clock.instant.date() + timedelta(days=31)
    )
    assert set(names(only={Only.CONSENT})) == {"Devon Never"}
    clock.instant += timedelta(days=40)
    assert set(names(only={Only.CONSENT})) == {"Devon Never", "Ann Ending"}


def test_a_draft_is_open_until_it_is_put_aside(workspace, names, people):
    start_draft(workspace, people["long ago"].id)
    assert names(only={Only.DRAFT}) == ["Maria Longago"]


def test_filters_hold_together_and_with_the_words(workspace, names, people):
    start_draft(workspace, people["long ago"].id)
    start_draft(workspace, people["seen"].id)
    assert set(names("maria", only={Only.DRAFT})) == {"Maria Longago", "Maria Seen"}
    assert names("maria", only={Only.DRAFT, Only.NOT_SEEN}) == ["Maria Longago"]
    assert names("devon", only={Only.DRAFT}) == []


def test_a_change_is_in_the_next_answer(workspace, names, people):
    assert names("seen", only={Only.DRAFT}) == []
    start_draft(workspace, people["seen"].id)
    assert names("seen", only={Only.DRAFT}) == ["Maria Seen"]


def test_archived_ones_are_left_out_unless_asked_for(workspace, names, people):
    archive_participant(workspace, people["never"].id, reason="moved away")
    assert names(only={Only.NOT_SEEN}) == ["Maria Longago"]
    assert set(names(only={Only.NOT_SEEN}, archived=True)) == {"Maria Longago", "Devon Never"}


def test_pinned_ones_stand_first_before_the_first_key(workspace, names, people):
    pin_participant(workspace, people["never"].id, pinned=True)
    assert names()[0] == "Devon Never"
    assert names(limit=1) == ["Devon Never"]
    assert len(names()) == 6
    pin_participant(workspace, people["never"].id, pinned=False)
    assert names()[0] != "Devon Never"


def test_records_that_became_part_of_another_count_for_that_one(workspace, names, people):
    """As a merge leaves them: rows stay where they were, the record points at the one that is kept."""
    start_draft(workspace, people["seen"].id)
    add_action(workspace, people["overdue"].id, ActionLine("call", Owner.ME, due=None))
    with workspace.changing() as work:
        work.participants.point((people["seen"].id,), people["never"].id)
        work.commit()
    assert names(only={Only.DRAFT}) == ["Devon Never"]
    assert "Devon Never" not in names(only={Only.NOT_SEEN})
    assert "Devon Never" not in names(only={Only.CONSENT})
