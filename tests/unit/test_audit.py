"""The chain of the log: what was written holds, and every change of it is found."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.audit import GENESIS, AuditAction, AuditEntry, anchor_words, chain_hash, chain_problems


def chained(links):
    entries, previous = [], GENESIS
    for sequence, (action, subject, detail, at) in enumerate(links, start=1):
        entry = AuditEntry(
            sequence=sequence, at=at, by="a", action=action, subject=subject, detail=detail, previous=previous, hash=""
        )
        entry = entry.model_copy(update={"hash": entry.expected_hash()})
        entries.append(entry)
        previous = entry.hash
    return entries


CHAINS = st.lists(
    st.tuples(
        st.sampled_from(AuditAction),
        st.text(max_size=10),
        st.text(max_size=10),
        st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 bounds have no zone here
    ),
    min_size=3,
    max_size=8,
).map(chained)


@given(CHAINS)
def test_an_untouched_chain_has_no_problems(entries):
    assert chain_problems(entries) == []
    assert chain_problems([]) == []


@given(CHAINS, st.data())
def test_an_edited_entry_is_found(entries, data):
    place = data.draw(st.integers(0, len(entries) - 1))
    field = data.draw(st.sampled_from(["subject", "detail", "by"]))
    edited = entries[place].model_copy(update={field: getattr(entries[place], field) + "x"})
    changed = [*entries[:place], edited, *entries[place + 1 :]]
    assert chain_problems(changed) == [f"Log entry {place + 1} is not what was written."]


@given(CHAINS, st.data())
def test_an_edited_entry_with_a_new_hash_breaks_what_follows(entries, data):
    place = data.draw(st.integers(0, len(entries) - 2))
    edited = entries[place].model_copy(update={"detail": entries[place].detail + "x"})
    edited = edited.model_copy(update={"hash": edited.expected_hash()})
    changed = [*entries[:place], edited, *entries[place + 1 :]]
    assert f"Log entry {place + 2} does not follow from the one before it." in chain_problems(changed)


@given(CHAINS, st.data())
def test_a_missing_entry_is_found_unless_it_is_the_last(entries, data):
    place = data.draw(st.integers(0, len(entries) - 2))
    problems = chain_problems([*entries[:place], *entries[place + 1 :]])
    assert f"The log jumps from entry {place} to entry {place + 2}." in problems


@given(CHAINS, st.data())
def test_swapped_entries_are_found(entries, data):
    place = data.draw(st.integers(0, len(entries) - 2))
    swapped = list(entries)
    swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
    assert chain_problems(swapped)


def test_the_hash_covers_every_field_of_a_link():
    entry = chained([(AuditAction.NOTE_SIGNED, "n", "late", datetime(2026, 11, 23, tzinfo=UTC))])[0]
    link = entry.model_dump(mode="json", exclude={"hash"})
    assert set(link) == set(AuditEntry.model_fields) - {"hash"}
    for name in link:
        assert chain_hash({**link, name: "other"}) != entry.hash


@pytest.mark.parametrize("stored", ["2026-11-23T19:52:00+00:00", "2026-11-23T14:52:00.000000-05:00"])
def test_the_hash_is_of_the_instant_or_of_nothing(stored):
    entry = AuditEntry.model_validate(
        {"sequence": 1, "at": stored, "by": "a", "action": "note.signed", "previous": GENESIS, "hash": ""}
    )
    assert entry.at == datetime(2026, 11, 23, 19, 52, tzinfo=UTC)


def test_the_anchor_is_short_enough_to_copy_by_hand():
    assert anchor_words(1042, "7f3a91c2" + "0" * 56) == "log 1042 · 7F3A-91C2-0000-0000"
