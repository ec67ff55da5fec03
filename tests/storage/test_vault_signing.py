"""Ed25519, against the published examples of RFC 8032, section 7.1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.vault import signing

EXAMPLES = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155",
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da",
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_published_examples_come_out(example):
    secret, public, message, *halves = (bytes.fromhex(text) for text in example)
    signature = b"".join(halves)
    assert signing.sign(secret, message) == signature
    assert signing.verify(public, message, signature)


@given(st.binary(max_size=200), st.data())
def test_any_change_is_noticed(message, draw):
    pair = signing.generate_signing_key()
    signature = signing.sign(pair.secret, message)
    assert signing.verify(pair.public, message, signature)
    place = draw.draw(st.integers(0, 63))
    bent = bytearray(signature)
    bent[place] ^= draw.draw(st.integers(1, 255))
    assert not signing.verify(pair.public, message, bytes(bent))
    assert not signing.verify(pair.public, message + b"\0", signature)
    assert not signing.verify(signing.generate_signing_key().public, message, signature)


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_keys_of_a_wrong_length_are_refused(length):
    pair = signing.generate_signing_key()
    assert not signing.verify(bytes(length), b"m", signing.sign(pair.secret, b"m"))
    with pytest.raises(ValueError):
        signing.sign(bytes(length), b"m")


@pytest.mark.parametrize("length", [0, 63, 65])
def test_signatures_of_a_wrong_length_do_not_hold(length):
    assert not signing.verify(signing.generate_signing_key().public, b"m", bytes(length))


def test_the_secret_is_not_shown():
    pair = signing.generate_signing_key()
    assert len(pair.secret) == 32
    assert repr(pair.secret) not in repr(pair)
