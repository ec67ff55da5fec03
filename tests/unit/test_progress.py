"""The months of one participant, put together."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from peernote_tui.documents.progress_words import progress_lines
from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.counting import CountedAction, CountedContact
from peernote_tui.domain.note import Mode, NoteKind
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.progress import Agreed, Standing, progress_of

TODAY = date(2026, 11, 23)


def contact(day, *, kind="individual", mode="in_person", rating=None, tags=()):
    return CountedContact("p", "", day, "10:00", None, kind, mode, rating, list(tags), "t", 1, "UTC", None, None)


def action(month, status, owner="me"):
    return CountedAction(owner, status, None, f"{month}-15", "2026-01-01T00:00:00+00:00")


def test_actions_count_in_the_month_they_were_agreed_in_whenever_they_were_kept():
    statuses = ["done", "done", "partly", "not_yet", "open", "changed", "dropped"]
    found = progress_of([], [action("2026-09", status) for status in statuses], TODAY)
    assert found.actions == {Owner.ME: {date(2026, 9, 1): Agreed(kept=2, partly=1, open=2, let_go=2)}}
    assert (found.first, found.last) == (date(2026, 9, 1), date(2026, 11, 1))


def test_concerns_come_stay_and_go():
    found = progress_of(
        [
            contact("2026-02-01", tags=("Housing", "sleep")),
            contact("2026-09-30", tags=("housing", "housing", "court")),
            contact("2026-11-01", tags=("court",)),
        ],
        [],
        TODAY,
    )
    assert [(each.tag, each.standing, each.notes) for each in found.concerns] == [
        ("court", Standing.CAME, 2),
        ("housing", Standing.STAYED, 2),
        ("sleep", Standing.WENT, 1),
    ]


def test_no_shows_are_no_contacts_and_gaps_stay_gaps():
    found = progress_of(
        [contact("2026-07-31", rating=4), contact("2026-07-02", rating=8), contact("2026-10-01", kind="no_show")],
        [],
        TODAY,
    )
    july = found.met[date(2026, 7, 1)]
    assert (july.contacts, july.ratings, july.middle) == (2, (8, 4), 4)
    assert (found.met[date(2026, 10, 1)].contacts, found.met[date(2026, 10, 1)].no_shows) == (0, 1)
    assert date(2026, 8, 1) not in found.met
    lines = progress_lines(found, "Maria", found.months(12))
    assert "  August 2026: none." in lines
    assert "  October 2026: 1 no-show." in lines
    assert found.rated == ((date(2026, 7, 2), 8), (date(2026, 7, 31), 4))


def test_nothing_at_all_is_one_empty_month():
    found = progress_of([], [], TODAY)
    assert found.months(12) == (date(2026, 11, 1),)
    assert progress_lines(found, "Maria", found.months(12))[0] == "Progress of Maria, November 2026 to November 2026"


days = st.dates(date(2024, 2, 1), date(2026, 11, 23)).map(str)


@given(
    st.lists(
        st.builds(
            contact,
            days,
            kind=st.sampled_from([kind.value for kind in NoteKind]),
            mode=st.sampled_from([None, *(mode.value for mode in Mode)]),
            rating=st.none() | st.integers(0, 10),
            tags=st.lists(st.sampled_from("abc"), max_size=3),
        ),
        max_size=12,
    ),
    st.lists(
        st.builds(
            action,
            days.map(lambda day: day[:7]),
            st.sampled_from([status.value for status in ActionStatus]),
            st.sampled_from([owner.value for owner in Owner]),
        ),
        max_size=12,
    ),
)
@settings(max_examples=60)
def test_nothing_is_counted_twice_or_lost(contacts, actions):
    found = progress_of(contacts, actions, TODAY)
    met = found.met.values()
    assert sum(each.contacts + each.no_shows for each in met) == len(contacts)
    assert all(sum(each.by_mode.values()) == sum(each.by_kind.values()) == each.contacts for each in met)
    assert sum(each.agreed for months in found.actions.values() for each in months.values()) == len(actions)
    assert sum(each.notes for each in found.concerns) == sum(len(set(each.tags)) for each in contacts)
    months = found.months(1_000)
    assert {*found.met, *(month for each in found.actions.values() for month in each)} <= {*months}
    assert (months[0], months[-1]) == (found.first, found.last)
