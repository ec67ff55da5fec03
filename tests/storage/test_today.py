"""Today in a vault with very much in it, over midnight, in another zone, and with the clock set back."""

from datetime import UTC, date, datetime, time, timedelta

from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.owner import Owner
from peernote_tui.services.action_items import add_action
from peernote_tui.services.meetings import MeetingPlan, plan_meeting
from peernote_tui.services.sweeping import keep_swept, sweep_view
from peernote_tui.services.today import MOST_ROWS, today_view


def test_thousands_of_overdue_actions_do_not_flood_it(workspace, consented):
    action = add_action(workspace, consented.id, ActionLine("call", Owner.ME, due=date(2026, 11, 1)))
    rows = (
        "INSERT INTO action_items SELECT printf('%s-%05d', a.id, n.value), {} FROM action_items a, "
        "(WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 3999) SELECT * FROM n) n"
    )
    columns = [row[1] for row in workspace.vault.connection.execute("PRAGMA table_info(action_items)")]
    names = ", ".join(f"a.{name}" for name in columns if name != "id")
    workspace.vault.connection.execute(rows.format(names))
    view = today_view(workspace)
    assert (len(view.actions), view.actions_in_all, view.due) == (MOST_ROWS, 4000, 4000)
    assert sweep_view(workspace).progress.total == 4000
    assert action.id


def test_a_meeting_keeps_its_wall_time_in_another_zone_and_passes_with_the_day(workspace, clock, consented):
    plan_meeting(workspace, consented.id, MeetingPlan(day=date(2026, 11, 23), at=time(16, 0)))
    assert [row.follow_up.at for row in today_view(workspace).meetings] == [time(16, 0)]
    clock.zone = "Europe/Berlin"
    # 20:52 there: the meeting at 16:00 has passed on that wall clock.
    assert [row.follow_up.at for row in today_view(workspace).without_note] == [time(16, 0)]
    clock.zone = "America/New_York"
    clock.set(datetime(2026, 11, 24, 5, 1, tzinfo=UTC))
    view = today_view(workspace)
    assert (view.now.date(), len(view.without_note), view.from_before) == (date(2026, 11, 24), 1, True)


def test_a_note_is_due_a_day_later_over_a_change_of_the_clocks(workspace, clock, consented):
    clock.set(datetime(2026, 10, 30, 12, 0, tzinfo=UTC))
    plan_meeting(workspace, consented.id, MeetingPlan(day=date(2026, 10, 31), at=time(14, 0)))
    clock.set(datetime(2026, 11, 1, 12, 0, tzinfo=UTC))
    view = today_view(workspace)
    (due,) = view.notes_due.values()
    # 24 hours, of which one came twice.
    assert due == datetime(2026, 11, 1, 18, 0, tzinfo=UTC)


def test_the_sweep_of_another_day_begins_anew(workspace, clock, consented):
    add_action(workspace, consented.id, ActionLine("call", Owner.ME, due=workspace.today))
    view = sweep_view(workspace)
    keep_swept(workspace, view.swept.passing(view.items[0].key).passing(view.items[0].key))
    assert sweep_view(workspace).current is None
    clock.advance(days=1)
    assert sweep_view(workspace).current is not None
    clock.advance(days=-1)
    assert sweep_view(workspace).current is None


def test_an_action_of_29_february_is_overdue_on_1_march(workspace, clock, consented):
    clock.set(datetime(2028, 2, 29, 18, 0, tzinfo=UTC))
    add_action(workspace, consented.id, ActionLine("call", Owner.ME, due=date(2028, 2, 29)))
    assert not today_view(workspace).from_before
    clock.advance(days=1)
    view = today_view(workspace)
    assert (view.actions_in_all, view.from_before) == (1, True)
    assert view.actions[0].action.due + timedelta(days=1) == date(2028, 3, 1)
