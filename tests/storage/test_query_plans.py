"""Lists stay fast in a vault of years: their queries walk an index instead of sorting everything."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from peernote_tui.domain.action_filter import ActionFilter
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services import merging


class PlanningConnection:
    """Notes how SQLite would go about every query, then passes it on."""

    def __init__(self, real):
        self.real = real
        self.plans = []

    @property
    def in_transaction(self):
        return self.real.in_transaction

    def execute(self, sql, values=()):
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            steps = self.real.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
            self.plans.append("\n".join(row[3] for row in steps))
        return self.real.execute(sql, values)


@pytest.fixture
def plan(workspace, consented, write_note):
    """Plan one query: `plan(lambda work: work.notes.rows())` gives its steps."""
    write_note(consented, agreed_actions=[{"text": "call", "owner": "me"}])

    def make(ask):
        planning = PlanningConnection(workspace.vault.connection)
        with UnitOfWork(planning, reading=True) as work:
            ask(work)
        return planning.plans[-1]

    return make


def test_the_list_of_all_notes(plan):
    steps = plan(lambda work: work.notes.rows())
    assert "USING INDEX notes_newest" in steps
    assert "TEMP B-TREE" not in steps


def test_the_notes_of_one_participant(plan, consented):
    for ask in (
        lambda work: work.notes.rows(participant_id=consented.id),
        lambda work: work.notes.latest(consented.id),
    ):
        steps = plan(ask)
        assert "USING INDEX notes_by_participant (participant_id=?)" in steps
        assert "TEMP B-TREE" not in steps
        assert "SCAN n" not in steps


def test_a_participant_of_two_records_is_looked_up_by_index(workspace, plan, consented, add_participant):
    merging.merge(workspace, consented.id, add_participant("Tomas Ibarra").id)
    for ask in (
        lambda work: work.participants.get(consented.id),
        lambda work: work.participants.same(consented.id),
        lambda work: work.notes.latest(consented.id),
        lambda work: work.notes.rows(participant_id=consented.id),
        lambda work: work.notes.ratings(consented.id),
        lambda work: work.action_items.open_of(consented.id),
        lambda work: work.follow_ups.open_of(consented.id),
        lambda work: work.consents.of_participant(consented.id),
        lambda work: work.drafts.open(consented.id),
        lambda work: work.participants.glances((consented.id,)),
    ):
        steps = plan(ask)
        for table in ("n", "a", "f", "d", "p", "participants", "consents", "notes"):
            assert f"SCAN {table}\n" not in f"{steps}\n", steps


def test_counting_notes_reads_no_note(plan, consented):
    planned = plan(lambda work: work.notes.count())
    assert "USING COVERING INDEX" in planned


def test_ratings_read_the_participants_notes_only(plan, consented):
    assert "notes_by_participant (participant_id=?)" in plan(lambda work: work.notes.ratings(consented.id))


def test_notes_signed_this_week(plan):
    assert "notes_by_signing (signed_at>?)" in plan(lambda work: work.notes.signed_since("2026-11-23"))


def test_search_walks_the_full_text_index_from_its_end(plan):
    steps = plan(lambda work: work.notes.search("notice"))
    assert "notes_fts VIRTUAL TABLE INDEX" in steps
    assert "TEMP B-TREE" not in steps
    assert "SCAN n" not in steps.replace("SCAN notes_fts", "")


def test_participants_written_about_last(plan):
    steps = plan(lambda work: work.participants.recent(limit=20))
    assert "USING INDEX participants_recent" in steps
    assert "TEMP B-TREE FOR ORDER BY" not in steps


def test_people_for_the_index(plan, consented):
    for ask in (
        lambda work: work.finding.next_ids("", 20),
        lambda work: list(work.finding.sought([[consented.id]])),
    ):
        steps = plan(ask)
        assert "(id" in steps
        assert "TEMP B-TREE" not in steps
    assert "INDEX participants_merged" in plan(lambda work: work.finding.part_of())

    def what_changed(work):
        work.finding.watch()
        work.finding.changed_since(0)

    steps = plan(what_changed)
    assert "INTEGER PRIMARY KEY (rowid>?)" in steps
    assert "TEMP B-TREE" not in steps


def test_one_row_by_its_key(plan, consented):
    for ask in (
        lambda work: work.participants.get(consented.id),
        lambda work: work.drafts.get("x"),
        lambda work: work.notes.get("x"),
        lambda work: work.action_items.get("x"),
    ):
        assert "SCAN" not in plan(ask)


def test_words_of_action_items_are_those_of_the_latest(plan):
    for ask in (lambda work: work.action_items.used_tags(), lambda work: work.action_items.used_owners()):
        assert "SCAN action_items USING INDEX sqlite_autoindex_action_items_1" in plan(ask)


def test_action_items(plan, consented):
    def listed(**wanted):
        return lambda work: work.action_items.listed(ActionFilter(**wanted), date(2026, 11, 23), limit=200)

    every = plan(listed(dated=True))
    assert "action_items_open_by_due (due>?)" in every
    assert "action_items_open_by_due (due>? AND due<?)" in plan(listed(due_within=0))
    closed = plan(listed(closed=True))
    assert "USING INDEX action_items_closed" in closed
    for steps in (every, closed, plan(listed(text="call")), plan(listed(closed=True, owners=("me",)))):
        assert "TEMP B-TREE" not in steps
    for closed in (False, True):
        steps = plan(listed(participant_id=consented.id, closed=closed, due_within=7))
        assert "(participant_id=?)" in steps
        assert "SCAN a" not in steps
    assert "action_items_born (born_from=?)" in plan(lambda work: work.action_items.born_from("x"))
    assert "SCAN" not in plan(lambda work: work.action_items.open_of(consented.id))
    assert "action_items_open_by_due" in plan(lambda work: work.action_items.count_open(date(2026, 11, 23)))


def test_follow_ups_and_consents(plan, consented):
    until = plan(lambda work: work.follow_ups.open_between(None, date(2026, 11, 23), limit=-1))
    assert "follow_ups_open (day>? AND day<?)" in until
    assert "drafts_of_meeting (meeting_id=?)" in until
    between = plan(lambda work: work.follow_ups.open_between(None, None, participant_id=consented.id, limit=9))
    assert "follow_ups_open_of (participant_id=? AND day>? AND day<?)" in between
    now = datetime(2026, 11, 23, 15, tzinfo=UTC)
    # The first ones, and all of them counted.
    for limit in (9, 0):
        passed = plan(lambda work, limit=limit: work.follow_ups.passed(now, limit=limit))
        assert "follow_ups_open (day<?)" in passed
        assert "SCAN participants" not in passed
        # Sorted within a day only, so that the first rows are not looked for among all.
        assert "TEMP B-TREE FOR ORDER BY" not in passed
    met = plan(lambda work: work.follow_ups.met_until(date(2026, 11, 23)))
    assert "INDEX follow_ups_open" in met
    assert "SCAN participants" not in met
    assert "notes_missed (day>?)" in plan(lambda work: work.notes.missed_since(date(2026, 11, 9), 9))
    assert "follow_ups_open_of (participant_id=?)" in plan(lambda work: work.follow_ups.open_of(consented.id))
    assert "consents_by_participant" in plan(lambda work: work.consents.of_participant(consented.id))


def test_the_timeline_reads_what_is_theirs_only(plan, consented):
    people = (consented.id, "another")
    asked = {
        "notes_by_participant (participant_id=? AND day<?)": lambda work: work.notes.until(people, "2026-11-23", 5),
        "drafts_by_participant (participant_id=?)": lambda work: list(work.timeline.drafts(people, "9", 5)),
        "COVERING INDEX action_items_of (participant_id=?)": lambda work: list(work.timeline.actions(people, "9", 5)),
        "follow_ups_by_participant (participant_id=?)": lambda work: list(work.timeline.follow_ups(people, "9", 5)),
        "audit_by_subject (subject=?)": lambda work: list(work.timeline.plans_changed(people)),
        "audit_shared (subject=?)": lambda work: list(work.timeline.shared(people)),
        "addenda_by_participant (participant_id=?": lambda work: list(work.timeline.added(people)),
    }
    for index, ask in asked.items():
        steps = plan(ask)
        assert index in steps
        # The one row of an aggregate, and the entries of one JSON text.
        assert "SCAN" not in steps.replace("SCAN told", "").replace("SCAN last", "")


def test_the_timeline_stops_reading_notes_where_the_page_ends(plan, consented):
    steps = plan(lambda work: work.notes.until((consented.id,), "2026-11-23", 5))
    assert "TEMP B-TREE FOR ORDER BY" not in steps


def test_the_consents_that_end_soon(plan):
    steps = plan(lambda work: work.consents.ending_between(date(2026, 11, 1), date(2026, 12, 31)))
    assert "USING COVERING INDEX consents_ending" in steps


def test_drafts_put_aside(plan, workspace):
    steps = plan(lambda work: work.drafts.aside())
    assert "USING INDEX drafts_aside" in steps
    assert "TEMP B-TREE" not in steps
    removing = workspace.vault.connection.execute(
        "EXPLAIN QUERY PLAN DELETE FROM drafts WHERE discarded_at <= '2026'"
    ).fetchall()
    assert "drafts_aside (discarded_at<?)" in removing[0][3]


def test_notes_in_error_and_corrected_ones_are_known_by_small_indexes(plan, consented):
    for ask in (
        lambda work: work.notes.rows(),
        lambda work: work.notes.latest(consented.id),
        lambda work: work.notes.rated(consented.id),
    ):
        assert "INDEX addenda_corrections (note_id=?)" in plan(ask)
    for ask in (
        lambda work: work.notes.latest(consented.id),
        lambda work: work.notes.rated(consented.id),
        lambda work: work.participants.glances((consented.id,)),
        lambda work: work.narrowing.not_seen_since(date(2026, 11, 23)),
    ):
        steps = plan(ask)
        assert "SCAN e USING INDEX addenda_in_error" in steps
        assert "notes_by_participant (participant_id=?)" in steps


def test_contacts_near_a_day(plan):
    steps = plan(lambda work: work.neighbours.around(date(2026, 11, 23)))
    assert "SEARCH n USING INDEX notes_newest (day>? AND day<?)" in steps
    assert "SCAN n\n" not in f"{steps}\n"


def test_a_report_reads_the_notes_of_its_days_only(plan):
    day = date(2026, 11, 23)
    steps = plan(lambda work: list(work.counting.between(day, day)))
    assert "SEARCH notes USING INDEX notes_newest (day>? AND day<?)" in steps, steps
    assert "addenda_corrections" in steps
    assert "SCAN n" not in steps.replace("SCAN notes", "")


def test_actions_open_at_a_moment_ask_the_history_by_index(plan):
    steps = plan(lambda work: list(work.counting.open_at(datetime(2026, 11, 24, tzinfo=UTC))))
    assert "SEARCH e USING INDEX action_events_told (action_id=? AND at<?)" in steps, steps
    assert "SCAN e" not in steps


def test_progress_reads_the_participants_rows_only(plan, consented):
    for since in (None, date(2026, 6, 1)):
        steps = plan(lambda work, since=since: list(work.counting.of((consented.id,), since)))
        assert "notes_by_participant (participant_id=?" in steps, steps
        assert "SCAN n" not in steps
        steps = plan(lambda work, since=since: list(work.counting.actions_of((consented.id,), since)))
        assert "SEARCH a USING INDEX action_items" in steps, steps
        assert "SCAN n" not in steps
