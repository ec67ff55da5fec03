"""Identifiers: version 7, sorted by creation, told from other texts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from peernote_tui.domain.ids import is_id, made_at, new_id

INSTANTS = st.datetimes(datetime(1971, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 bounds have no zone here


@given(INSTANTS)
def test_an_id_is_a_version_7_uuid_led_by_its_milliseconds(now):
    value = UUID(new_id(now))
    assert value.version == 7
    assert value.variant == "specified in RFC 4122"
    # Counted in whole numbers: a float of that size rounds some milliseconds up.
    assert value.int >> 80 == (now - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    assert timedelta(0) <= now - made_at(str(value)) < timedelta(milliseconds=1)


@given(st.uuids(version=4).map(str) | st.text() | st.just("ffffffff-ffff-7fff-8fff-ffffffffffff"))
def test_of_another_id_it_is_not_said_when_it_was_made(text):
    assert made_at(text) is None


@example(datetime(2243, 1, 1, tzinfo=UTC), 1)
@given(INSTANTS, st.integers(1, 10**9))
def test_later_ids_sort_behind_earlier_ones(now, milliseconds):
    assert new_id(now) < new_id(now + timedelta(milliseconds=milliseconds))


def test_ids_of_one_instant_differ():
    now = datetime(2026, 11, 23, tzinfo=UTC)
    assert len({new_id(now) for _ in range(500)}) == 500


@given(INSTANTS)
def test_an_id_is_known_as_one(now):
    assert is_id(new_id(now))
    assert not is_id(new_id(now).replace("-", ""))
    assert not is_id("{" + new_id(now) + "}")


@pytest.mark.parametrize("text", ["", "M-0042", "Maria Santos", "0192", "not-an-id-at-all", "\x00"])
def test_other_references_are_no_ids(text):
    assert not is_id(text)
