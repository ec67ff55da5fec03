"""Full text: everything written in a signed note is found, nothing of a draft, and no query raises."""

from __future__ import annotations

import unicodedata
from datetime import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.repository.notes import MARK_END, MARK_START
from peernote_tui.services import finding, notes, writing

PLACES = {
    "concern_tags": ("zebra crossing",),
    "concerns": "Zebra crossing.",
    "summary": "Zebra crossing.",
    "techniques": ("zebra crossing",),
    "response": "Zebra crossing.",
    "own_words": "Zebra crossing.",
    "strengths": "Zebra crossing.",
    "agreed_actions": [{"text": "Zebra crossing", "owner": "me"}],
    "next_topics": "Zebra crossing.",
    "plan": "Zebra crossing.",
    "referrals": "Zebra crossing.",
    "place": "Zebra crossing",
}


def found(workspace, query, **narrowed):
    answer = notes.search_notes(workspace, query, **narrowed)
    assert answer.total == len(answer.notes)
    return [row.id for row in answer.notes]


@pytest.mark.parametrize("field", sorted(PLACES))
@pytest.mark.parametrize("query", ["zebra", "crossing zebra", "ZEB", "ze", "crossi"])
def test_every_field_is_found_by_word_and_by_beginning(workspace, consented, write_note, field, query):
    note = write_note(consented, **{field: PLACES[field]})
    write_note(consented)
    assert found(workspace, query) == [note.id]
    assert found(workspace, "ebra") == []


def test_reviews_are_found_by_action_and_by_words(workspace, consented, write_note):
    first = write_note(consented, agreed_actions=[{"text": "open the envelope", "owner": "participant"}])
    told = {
        "action_id": first.content.agreed_actions[0].id,
        "text": "open the envelope",
        "outcome": "not_yet",
        "words": "It frightens me",
    }
    second = write_note(consented, action_reviews=[told])
    assert found(workspace, "frightens") == [second.id]
    assert found(workspace, "envelope") == [second.id, first.id]


def test_the_reason_of_a_no_show_is_found(workspace, consented, write_note):
    hidden = dict.fromkeys(("summary", "response"), "") | dict.fromkeys(("concern_tags", "techniques"), ())
    note = write_note(consented, kind="no_show", reason="Snowstorm.", **hidden)
    assert found(workspace, "snow") == [note.id]


@pytest.mark.parametrize("query", ["resume", "RÉSUMÉ", "résumé", unicodedata.normalize("NFD", "résumé"), "Resu"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_and_case_do_not_matter(workspace, consented, write_note, query, form):
    note = write_note(consented, summary=unicodedata.normalize(form, "We wrote his résumé."))
    assert found(workspace, query) == [note.id]


def test_every_word_is_needed_and_only_the_last_may_be_a_beginning(workspace, consented, write_note):
    note = write_note(consented, summary="Housing office, second notice.")
    assert found(workspace, "housing noti") == [note.id]
    assert found(workspace, "hous notice") == []
    assert found(workspace, "housing trombone") == []


def test_what_was_signed_last_comes_first_and_no_more_than_asked(workspace, consented, write_note):
    ids = [write_note(consented, start=time(hour), end=time(hour, 30)).id for hour in (9, 10, 11)]
    assert found(workspace, "notice") == ids[::-1]
    answer = notes.search_notes(workspace, "notice", limit=1)
    assert ([row.id for row in answer.notes], answer.total) == ([ids[-1]], 3)


def test_only_of_one_participant_when_asked(workspace, consented, add_participant, write_note):
    other = add_participant("Ana Lima")
    mine, theirs = write_note(consented), write_note(other)
    assert found(workspace, "notice") == [theirs.id, mine.id]
    assert found(workspace, "notice", participant_id=other.id) == [theirs.id]
    assert found(workspace, "notice", participant_id="nobody") == []


def test_the_snippet_marks_the_found_words_in_their_surroundings(workspace, consented, write_note):
    write_note(consented, summary=" ".join([*["before"] * 50, "zebra", *["after"] * 50]))
    snippet = notes.search_notes(workspace, "zeb").notes[0].snippet
    assert f"{MARK_START}zebra{MARK_END}" in snippet
    assert snippet.startswith("…")
    assert len(snippet.split()) < 20
    assert notes.list_notes(workspace).notes[0].snippet == ""


def test_nothing_of_a_draft_is_found_until_it_is_signed(workspace, consented, write_draft):
    draft = write_draft(consented, summary="Zebra crossing.")
    assert found(workspace, "zebra") == []
    note = writing.sign_note(workspace, draft.id)
    assert found(workspace, "zebra") == [note.id]


def test_a_name_is_no_word_of_the_note(workspace, consented, write_note):
    write_note(consented)
    assert found(workspace, "Ibarra") == []


@pytest.mark.parametrize(
    "query",
    ['"', '""', '"second', "second*", "*", "NEAR", "NEAR(a b)", "a NEAR/2 b", "-second", "(", ")", "summary:x", "^a",
     "a AND", "OR", "NOT", "AND NOT", "{a b}:c", "'", ";--", "\x00", "\ud800", "a\x00b", "😀", "\u0301", "+a", ",",
     "word " * 100, "x" * 500, "ª", "²", "हिन्दी", "中文"],
)  # fmt: skip
def test_signs_of_the_query_language_are_only_words(workspace, consented, write_note, query):
    write_note(consented)
    notes.search_notes(workspace, query)


@pytest.mark.parametrize("query", ["word " * 5000, "x" * 501])
def test_a_query_that_would_take_minutes_is_refused_in_words(workspace, consented, query):
    with pytest.raises(InvalidInputError, match="longer than 500 characters"):
        notes.search_notes(workspace, query)
    with pytest.raises(InvalidInputError, match="longer than 500 characters"):
        finding.find_participants(workspace, query)


@pytest.mark.parametrize("query", ["a b c d e f " * 40, "ﷺ" * 500])
def test_as_many_words_as_a_query_holds_can_be_looked_for(workspace, consented, query):
    assert finding.find_participants(workspace, query).total == 0
    assert notes.search_notes(workspace, query).total == 0


def test_operators_are_searched_as_words(workspace, consented, write_note):
    note = write_note(consented, summary="Near the office, not inside; second-hand or new.")
    for query in ("NEAR", "not inside", '"second-hand"', "office -new", "(second)", "summary: office*"):
        expected = [] if query.startswith("summary") else [note.id]
        assert found(workspace, query) == expected


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=[]), max_size=40))
@example("a" + "\u0300" * 50)
def test_no_text_at_all_raises(workspace, query):
    assert found(workspace, query) == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_whole_word_of_a_note_finds_it(workspace, consented, write_note, data):
    words = data.draw(st.lists(st.text("abcdefgåéîõüßøłžабв中", min_size=1, max_size=8), min_size=1, max_size=5))
    note = write_note(consented, summary=", ".join(words))
    assert note.id in found(workspace, data.draw(st.sampled_from(words)))
