"""Names in texts: found word by word, replaced, and gone afterwards."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.names import NameBook, fold, say_instead, words_as_written

PEOPLE = {
    "maria": ("Maria Santos", "María del Carmen Santos", "Mary-Ann O'Brien"),
    "tomas": ("Tomás de la Cruz",),
    "hope": ("Hope Will",),
    "liz": ("Elizabeth Young", "The Duchess"),
    "taro": ("山田太郎",),
    "kim": ("김민지",),
    "hindi": ("मारिया",),
    "arabic": ("مريم",),
    "jo": ("Jo",),
    "family": ("Family 👨‍👩‍👧‍👦 Lee",),
}
BOOK = NameBook.of(PEOPLE, {"tomas": ("T-0042", "17"), "maria": ("M-7",)})
INSTEAD = "a participant"


def written(text, **said):
    return [one.written(text) for one in BOOK.spot(text, **said)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Maria Santos cried.", ["Maria Santos"]),
        ("then MARIA and maria", ["MARIA", "maria"]),
        ("Tomas listened", ["Tomas"]),
        ("Tomás de la Cruz and de la Cruz", ["Tomás de la Cruz", "de la Cruz"]),
        ("the delacruz house", ["delacruz"]),
        ("Maria S. came", ["Maria S."]),
        ("I saw Maria S.", ["Maria S"]),
        ("Maria's sister, Marias Buch", ["Maria", "Marias"]),
        ("Mary Ann O’Brien, Maryann, OBrien", ["Mary Ann O’Brien", "Maryann", "OBrien"]),
        ("Liz and liz", ["Liz"]),
        ("a duchess; the end", ["duchess"]),
        ("山田さんと太郎", ["山田", "太郎"]),
        ("민지는 왔다", ["민지"]),
        ("मारिया आयी", ["मारिया"]),
        ("مع مريم.", ["مريم"]),
        ("JO, jo, job", ["JO", "jo"]),
        ("number t-0042, M-7 and 17 of T-00421", ["t-0042", "M-7"]),
        ("Lee 👨‍👩‍👧‍👦", ["Lee 👨‍👩‍👧‍👦"]),
        ("Tomas. Cruz", ["Tomas", "Cruz"]),
        ("We talked about housing, a lot.", []),
        ("", []),
    ],
)
def test_what_is_a_name(text, found):
    assert written(text) == found


def test_a_word_that_is_none_is_told_apart_by_how_it_is_written():
    text = "We hope. Hope left."
    assert written(text) == ["hope", "Hope"]
    assert written(text, ordinary=words_as_written("hope")) == ["Hope"]


def test_an_initial_that_is_a_name_of_its_own_stays_one():
    book = NameBook.of({"0": ("B",), "1": ("B0",)})
    assert [one.written("B0 B") for one in book.spot("B0 B")] == ["B0", "B"]


def test_whose_name_it_can_be():
    book = NameBook.of({"a": ("Maria Santos",), "b": ("Maria Ibarra",)})
    assert [one.who for one in book.spot("Maria; Maria Ibarra")] == [{"a", "b"}, {"b"}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Maria cried. We stopped with Maria.", "A participant cried. We stopped with a participant."),
        ("maria's idea", "a participant's idea"),
        ("He said: “Tomas de la Cruz left.”", "He said: “A participant left.”"),
        ("First Maria S. spoke, then Liz", "First a participant spoke, then a participant"),
        ("山田さん", "a participantさん"),
    ],
)
def test_what_is_said_instead(text, said):
    assert say_instead(text, BOOK.spot(text), INSTEAD) == said


_NAMES = st.text(
    st.characters(categories=["L", "M", "N", "Zs"], include_characters="'-’.,·👩\u200d"), min_size=1
).filter(lambda name: not {"a", "participant"} & {fold(word) for word in words_as_written(name)})
_PIECES = st.text(max_size=12)


@given(st.lists(_NAMES, min_size=1, max_size=3), st.data())
def test_no_name_is_left_when_it_was_replaced(names, data):
    book = NameBook.of({str(number): (name,) for number, name in enumerate(names)})
    parts = data.draw(st.lists(st.one_of(_PIECES, st.sampled_from(names)), max_size=6))
    text = " ".join(parts)
    spotted = book.spot(text)
    assert all(0 <= one.start < one.end <= len(text) for one in spotted)
    assert all(one.end <= after.start for one, after in pairwise(spotted))
    said = say_instead(text, spotted, INSTEAD)
    left = [one.written(said) for one in book.spot(said)]
    assert all(fold(word) in {"a", "participant", "participants"} for word in left)
    kept = text
    for one in reversed(spotted):
        kept = kept[: one.start] + kept[one.end :]
    assert said.replace(INSTEAD, "").replace("A participant", "") == kept.replace(INSTEAD, "").replace(
        "A participant", ""
    )


@given(
    st.sampled_from([name for names in PEOPLE.values() for name in names]), st.text(alphabet=" .,;!?\n()", max_size=4)
)
def test_every_name_is_found_whatever_stands_around_it(name, around):
    for shown in (name, name.upper(), name.lower(), fold(name)):
        text = f"before{around} {shown} {around}after"
        said = say_instead(text, BOOK.spot(text), INSTEAD)
        assert not any(fold(word) in fold(said).split() for word in words_as_written(name) if len(word) > 3)


@given(st.text(max_size=300))
def test_any_text_is_looked_through(text):
    for one in BOOK.spot(text):
        assert one.who <= set(PEOPLE)
