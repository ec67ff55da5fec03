"""Which backups stay: pure rules, and the folder after many days."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.services import backups
from peernote_tui.vault.retention import DAYS, FEWEST, MONTHS, WEEKS, to_keep

moments = st.lists(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 hypothesis adds the zone
    max_size=60,
)


@given(moments)
def test_never_fewer_than_three_and_never_more_than_the_rules_ask(given_moments):
    there, kept = set(given_moments), to_keep(given_moments)
    assert kept <= there
    assert min(FEWEST, len(there)) <= len(kept) <= FEWEST + DAYS + WEEKS + MONTHS


@given(moments.filter(bool))
def test_the_newest_three_always_stay(given_moments):
    assert set(sorted(set(given_moments))[-FEWEST:]) <= to_keep(given_moments)


@given(moments)
def test_what_was_kept_is_kept_again(given_moments):
    kept = to_keep(given_moments)
    assert to_keep(kept) == kept


@given(moments, st.randoms())
def test_the_order_they_come_in_does_not_matter(given_moments, chance):
    shuffled = list(given_moments)
    chance.shuffle(shuffled)
    assert to_keep(shuffled) == to_keep(given_moments)


@given(moments)
def test_of_every_month_that_counts_the_last_one_stays(given_moments):
    last = {}
    for moment in sorted(given_moments):
        last[moment.year, moment.month] = moment
    assert {last[month] for month in sorted(last)[-MONTHS:]} <= to_keep(given_moments)


def test_after_two_years_of_working_days_there_are_days_weeks_and_months_to_go_back_to():
    kept, day = frozenset(), datetime(2024, 11, 25, 20, 0, tzinfo=UTC)
    for _ in range(2 * 365):
        if day.weekday() < 5:
            kept = to_keep([*kept, day])
        day += timedelta(days=1)
    newest_first = sorted(kept, reverse=True)
    ages = [(newest_first[0] - each).days for each in newest_first]
    assert ages[:7] == [0, 1, 4, 5, 6, 7, 8]
    assert len(kept) <= DAYS + WEEKS + MONTHS
    assert 320 <= ages[-1] <= 366


def test_old_backups_go_from_the_folder_only_after_a_new_one(workspace, consented, clock):
    for _ in range(12):
        backups.back_up(workspace)
        clock.advance(days=1)
    names = [each.name for each in backups.backups(workspace)]
    assert names[:7] == [f"202612{day:02}-195200" for day in (4, 3, 2, 1)] + [
        f"202611{day}-195200" for day in (30, 29, 28)
    ]
    assert len(names) < 12
    assert all(path.suffix != ".part" for path in backups.own_folder(workspace.vault.folder).iterdir())
