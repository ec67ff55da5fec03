"""What may be pasted as the organisation's key, and what is told about the rest, before anything is tried."""

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.vault import age
from peernote_tui.vault.organisation import Recipient, read_identities, read_recipients

THEIRS = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa"
OTHER = age.generate_identity()


def test_a_recipient_is_taken_in_any_case_with_spaces_and_once():
    read = read_recipients([f"  {THEIRS.upper()}\n", THEIRS, OTHER.recipient])
    assert [each.text for each in read] == [THEIRS, OTHER.recipient]
    assert pyrage.x25519.Recipient.from_str(read[0].text)


@given(st.integers(4, len(THEIRS) - 1), st.sampled_from("qpzry9x8gf2tvdw0s3jn54khce6mua7l"))
def test_every_wrong_symbol_is_told_at_once(place, symbol):
    typed = THEIRS[:place] + symbol + THEIRS[place + 1 :]
    if typed != THEIRS:
        with pytest.raises(InvalidInputError, match="Recipient 1 is mistyped") as told:
            read_recipients([typed])
        assert typed not in str(told.value)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["", "  "], "no recipient"),
        ([OTHER.recipient, OTHER.secret], "Recipient 2 is a secret key"),
        ([OTHER.secret.lower()], "secret key"),
        (["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA"], "no age key"),
        (["Maria"], "no age key"),
        (["age1"], "mistyped"),
        ([THEIRS[:-1]], "mistyped"),
        (["age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t"], "mistyped|another kind"),
    ],
)
def test_what_is_no_recipient_is_told_apart_and_never_repeated(typed, said):
    with pytest.raises(InvalidInputError, match=said) as told:
        read_recipients(typed)
    assert not any(word and word in str(told.value) for text in typed for word in text.split() if len(word) > 8)


def test_a_fingerprint_is_short_and_tells_keys_apart():
    prints = {Recipient(age.generate_identity().recipient).fingerprint for _ in range(20)}
    assert len(prints) == 20
    assert all(len(each) == 19 and each.replace("-", "").isalnum() for each in prints)


def test_an_identity_file_is_read_as_age_writes_it():
    text = f"# created: 2026-11-23T15:00:00Z\r\n# public key: {OTHER.recipient}\r\n\r\n{OTHER.secret}\r\n"
    assert read_identities(text) == OTHER.secret


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no identity in the file"),
        ("# only a remark", "no identity in the file"),
        (OTHER.secret[:-1], "Line 1"),
        (f"{OTHER.secret}\n{OTHER.recipient}", "Line 2"),
        ("age-encryption.org/v1\n-> scrypt", "Line 1"),
    ],
    ids=["empty", "a remark", "cut off", "a recipient", "an age file"],
)
def test_what_is_no_identity_is_told_by_its_line_alone(text, said):
    with pytest.raises(InvalidInputError, match=said) as told:
        read_identities(text)
    assert OTHER.secret[20:] not in str(told.value)
