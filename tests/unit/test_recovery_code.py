"""The recovery code: every small mistake is told as a typing mistake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.vault import recovery_code

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@st.composite
def codes(draw):
    value = draw(st.integers(0, 2**130 - 1))
    data = "".join(ALPHABET[value >> 5 * place & 31] for place in reversed(range(26)))
    check = value % 1021
    symbols = data + ALPHABET[check >> 5] + ALPHABET[check & 31]
    return "-".join(symbols[at : at + 4] for at in range(0, 28, 4))


def test_a_new_code_has_seven_groups_of_four_and_is_never_the_same():
    made = {recovery_code.generate() for _ in range(50)}
    assert len(made) == 50
    for code in made:
        assert [len(group) for group in code.split("-")] == [4] * 7
        assert set(code) <= set(ALPHABET + "-")
        assert recovery_code.normalise(code) == code


@given(codes())
def test_the_check_is_the_remainder_that_is_described(code):
    assert recovery_code.normalise(code) == code


@given(codes(), st.integers(0, 27), st.integers(1, 31))
def test_any_single_wrong_symbol_is_caught(code, place, shift):
    symbols = code.replace("-", "")
    wrong = ALPHABET[(ALPHABET.index(symbols[place]) + shift) % 32]
    with pytest.raises(InvalidInputError):
        recovery_code.normalise(symbols[:place] + wrong + symbols[place + 1 :])


@given(codes(), st.integers(0, 26))
def test_any_swap_of_neighbours_is_caught(code, place):
    symbols = code.replace("-", "")
    swapped = symbols[:place] + symbols[place + 1] + symbols[place] + symbols[place + 2 :]
    if swapped == symbols:
        assert recovery_code.normalise(swapped) == code
    else:
        with pytest.raises(InvalidInputError):
            recovery_code.normalise(swapped)


@given(codes(), st.sampled_from(["", " ", "-", " - ", "–", "\t"]), st.booleans(), st.booleans())
def test_spelling_does_not_matter(code, joint, lower, look_alike):
    typed = joint.join(code.split("-"))
    if look_alike:
        typed = typed.replace("0", "O").replace("1", "l", 1).replace("1", "I")
    assert recovery_code.normalise(f"  {typed.lower() if lower else typed}\n") == code


@given(codes(), st.integers(0, 27), st.sampled_from("U!?*é"))
def test_an_unknown_symbol_names_its_group(code, place, symbol):
    symbols = code.replace("-", "")
    with pytest.raises(InvalidInputError, match=f"group {place // 4 + 1}:"):
        recovery_code.normalise(symbols[:place] + symbol + symbols[place + 1 :])


def test_a_short_group_is_named():
    groups = recovery_code.generate().split("-")
    groups[2] = groups[2][:3]
    with pytest.raises(InvalidInputError, match=r"group 3: 3 symbols instead of 4"):
        recovery_code.normalise("-".join(groups))


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "No recovery code"), ("- -", "No recovery code"), ("AB", "too few"), ("0" * 29, "too many")],
)
def test_a_wrong_length_is_told(typed, words):
    with pytest.raises(InvalidInputError, match=words) as refusal:
        recovery_code.normalise(typed)
    assert refusal.value.field == "recovery_code"
    assert refusal.value.way_out


@given(codes())
def test_a_refusal_never_repeats_the_code(code):
    with pytest.raises(InvalidInputError) as refusal:
        recovery_code.normalise(code + "-A")
    assert all(group not in str(refusal.value) for group in code.split("-") if not group.isalpha())
