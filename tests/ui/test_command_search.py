"""Finding a command by what is typed in the palette."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.ui import sentences
from peernote_tui.ui.command_search import search, shown
from peernote_tui.ui.safe import clean

COMMANDS = (
    ("Report over a period", "Contacts, hours, no-shows over a week, a month; no names."),
    ("Keys", "What opens the vault: passphrase, recovery code; a page to print."),
    ("Type paper forms", "Retype a stack of forms that were filled in by hand."),
    ("Backups", "The backups there are: check them, choose a USB stick."),
    ("New note: Café [/talk] [bold]", "Begin a note."),
)


def found(typed):
    hits = sorted(search(typed, COMMANDS), key=lambda hit: -hit.score)
    return [COMMANDS[hit.place][0].split()[0] for hit in hits]


def test_the_beginning_of_a_word_finds_and_letters_scattered_over_sentences_do_not():
    assert found("paper") == ["Type"]
    assert found("PAP") == ["Type"]
    assert found("stick") == ["Backups"]
    assert found("usb back") == ["Backups"]
    assert found("cafe") == ["New"]


def test_a_word_of_the_label_comes_before_one_of_the_explanation():
    assert found("re") == ["Report", "Keys", "Type"]
    assert found("forms") == ["Type"]


def test_letters_in_their_order_find_where_no_word_does():
    assert found("bkps") == ["Backups"]
    assert found("zzz") == []
    assert found("   ") == []


def test_only_what_fits_stands_out():
    [hit] = search("pap fo", COMMANDS)
    assert "".join(COMMANDS[hit.place][0][at] for at in hit.offsets) == "papfo"


@given(st.text(), st.lists(st.tuples(st.text().map(clean), st.text()), max_size=3))
def test_a_label_is_shown_as_it_is_whatever_stands_in_it(typed, commands):
    for hit in search(typed, commands):
        label = commands[hit.place][0]
        assert all(0 <= at < len(label) for at in hit.offsets)
        assert shown(label, hit.offsets, "bold").plain == label


def test_whoever_wants_to_print_or_share_finds_the_way_out():
    told = ((sentences.HAND_OUT, sentences.HAND_OUT_TIP), ("Templates", sentences.TEMPLATES_TIP))
    assert [hit.place for hit in search("print", told)] == [0, 1]
    for typed in ("share", "export", "pdf", "word", "mail"):
        assert [hit.place for hit in search(typed, told)] == [0]
