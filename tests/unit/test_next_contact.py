"""When and how two meet next, as it is typed and said back."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.next_contact import contact_text, say_contact, understand_contact
from peernote_tui.domain.note import Mode, NextContact

NOW = datetime(2026, 11, 23, 14, 52)  # noqa: DTZ001 the wall clock that entries are read on
FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("typed", "day", "at", "mode"),
    [
        ("fri 14:00 phone", FRIDAY, time(14), Mode.PHONE),
        ("tue 10 video", date(2026, 11, 24), time(10), Mode.VIDEO),
        ("fri 2pm", FRIDAY, time(14), None),
        ("Phone, fri 2pm", FRIDAY, time(14), Mode.PHONE),
        ("fri by phone 2pm", FRIDAY, time(14), Mode.PHONE),
        ("30 nov on the phone", date(2026, 11, 30), None, Mode.PHONE),
        ("+1w 1pm in person", date(2026, 11, 30), time(13), Mode.IN_PERSON),
        ("4pm text", date(2026, 11, 23), time(16), Mode.TEXT),
        ("2028-02-29 face to face", date(2028, 2, 29), None, Mode.IN_PERSON),
    ],
)
def test_what_is_understood(typed, day, at, mode):
    assert understand_contact(typed, now=NOW) == NextContact(day=day, at=at, mode=mode)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "phone",
        "fri phone video",
        "fri phones",
        "telephone tomorrow maybe",
        "29 feb 2027 phone",
        "phone " * 40,
        "📞 fri",
    ],
)
def test_what_is_refused_rather_than_guessed(typed):
    with pytest.raises(InvalidInputError) as refused:
        understand_contact(typed, now=NOW)
    assert refused.value.way_out


def test_said_back_in_words():
    planned = NextContact(day=FRIDAY, at=time(14), mode=Mode.IN_PERSON)
    assert say_contact(planned, today=NOW.date()) == "Fri 27 Nov, 14:00, in person"
    assert say_contact(NextContact(day=FRIDAY), today=FRIDAY) == "today"


@given(
    st.builds(
        NextContact,
        day=st.dates(date(2026, 11, 23), date(2099, 12, 31)),
        at=st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)),
        mode=st.none() | st.sampled_from(Mode),
    )
)
def test_what_stands_in_the_box_means_the_same_again(planned):
    assert understand_contact(contact_text(planned), now=NOW) == planned
