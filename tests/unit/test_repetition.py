"""How much of a text stood in an earlier one, and no alarm where nothing was copied."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.repetition import LEAST_WORDS, NEARLY, same_share
from peernote_tui.services.demo_caseload import read_caseload

WORDS = [f"word{number}" for number in range(60)]
TEXT = " ".join(WORDS)
GROUNDING = "We practised grounding: five things to see, four to touch, three to hear."


def test_a_copy_is_the_same_and_another_text_is_not():
    assert same_share(TEXT, TEXT) == 1.0
    assert same_share(TEXT.upper().replace(" ", ",\n"), TEXT) == 1.0
    assert same_share(" ".join(f"other{number}" for number in range(60)), TEXT) == 0.0
    assert same_share(TEXT, "") == same_share("", TEXT) == 0.0


def test_the_same_words_in_another_order_are_another_text():
    assert same_share(" ".join(reversed(WORDS)), TEXT) == 0.0


def test_a_copy_with_some_words_changed_is_still_nearly_the_same():
    changed = " ".join("new" if number % 10 == 5 else word for number, word in enumerate(WORDS))
    assert NEARLY < same_share(changed, TEXT) < 1.0


def test_half_a_copy_is_not():
    half = [*WORDS[:30], *(f"new{number}" for number in range(30))]
    assert same_share(" ".join(half), TEXT) == 0.5 < NEARLY


def test_a_part_of_a_longer_note_is_a_copy_too():
    assert same_share(" ".join(WORDS[:40]), TEXT) == 1.0


def test_short_notes_may_be_the_same():
    short = " ".join(WORDS[: LEAST_WORDS - 1])
    assert same_share(short, short) == 0.0
    assert same_share(" ".join(WORDS[:LEAST_WORDS]), TEXT) == 1.0


def test_what_is_written_every_time_counts_neither_way():
    assert same_share(GROUNDING * 4, GROUNDING * 4, [GROUNDING]) == 0.0
    assert same_share(f"{GROUNDING} {TEXT} {GROUNDING}", GROUNDING * 5, [GROUNDING]) == 0.0
    assert same_share(f"{GROUNDING} {TEXT} {GROUNDING}", TEXT, [GROUNDING]) == 1.0
    assert same_share(TEXT, TEXT, ["", " ", "..."]) == 1.0


def test_signs_without_spaces_are_words():
    text = "我们一起读了房东的信然后决定先打电话给住房办公室再写下要问的三个问题"
    assert same_share(text, text) == 1.0
    assert same_share(text[::-1], text) == 0.0


@given(st.text(max_size=300), st.text(max_size=300), st.lists(st.text(max_size=20), max_size=3))
def test_a_share_is_a_share(now, before, known):
    assert 0.0 <= same_share(now, before, known) <= 1.0


def test_no_false_alarm_in_the_caseload_of_the_demo():
    contacts = [note.content for person in read_caseload().participants for note in person.notes]
    told = [f"{one.concerns}\n{one.summary}\n{one.response}\n{one.strengths}\n{one.reason}" for one in contacts]
    assert len(told) > 30
    assert max(same_share(now, before) for now, before in permutations(told, 2)) < 0.2
