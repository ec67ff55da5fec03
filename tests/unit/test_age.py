"""The age framing, against published facts, a foreign implementation and itself."""

import base64
import re
import sys
import threading
from itertools import pairwise

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl import bindings

from peernote_tui.domain.errors import (
    InvalidInputError,
    KeyFileDamagedError,
    VaultError,
    WrongPassphraseError,
)
from peernote_tui.vault import age, age_header, bech32

PHRASE = "correct horse Ünïcode battery"
CHUNK = 64 * 1024
# Written by pyrage for PHRASE. It cannot be told how much work to ask for, and takes a second of whatever it runs on.
FOREIGN = (
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCA3bFJ6Unh0UEJKQk82VVZlWFl4dWZRIDEwCmFIaTdEMXU1VVIyLzhjRWVtQzkxalZR"
    "b3puWHU0YWxyS1BES3dzcEdsencKLS0tIEIwdFg4M05taEp1SmhiaU5VU1cvRWNIVXVUOVV6TmxXSGZaeVRIalpjZHMKU4u3XTiBxU8sDMJz"
    "SGAOMneAoj8QNJwAXvQvLGwHo6aOLpwp7JHpjESKOuVAkw=="
)
# Pairs that the age project publishes: in the manual of its key maker, and in the format's description.
KNOWN_IDENTITY = "AGE-SECRET-KEY-1N9JEPW6DWJ0ZQUDX63F5A03GX8QUW7PXDE39N8UYF82VZ9PC8UFS3M7XA9"
KNOWN_RECIPIENT = "age1lvyvwawkr0mcnnnncaghunadrqkmuf9e6507x9y920xxpp866cnql7dp2z"
KNOWN_PAIRS = [
    (KNOWN_IDENTITY, KNOWN_RECIPIENT),
    (
        "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX",
        "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj",
    ),
]


def sealed(plaintext=b"hello", work_factor=2):
    return age.encrypt_with_passphrase(plaintext, PHRASE, work_factor=work_factor)


@pytest.mark.parametrize("text", ["A12UEL5L", "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw"])
def test_bech32_reads_the_valid_examples_of_its_standard(text):
    prefix, data = bech32.decode(text)
    assert bech32.encode(prefix, data) == text.lower()


@pytest.mark.parametrize("text", ["A12UEL5X", "a12UEL5L", "1qzzfhee", "pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3", ""])
def test_bech32_refuses_what_is_not_well_formed(text):
    with pytest.raises(ValueError):
        bech32.decode(text)


@given(st.binary(max_size=80), st.data())
def test_bech32_notices_one_changed_symbol(data, draw):
    text = bech32.encode("age", data)
    place = draw.draw(st.integers(4, len(text) - 1))
    other = draw.draw(
        st.sampled_from([symbol for symbol in "qpzry9x8gf2tvdw0s3jn54khce6mua7l" if symbol != text[place]])
    )
    with pytest.raises(ValueError):
        bech32.decode(text[:place] + other + text[place + 1 :])


@pytest.mark.parametrize(("identity", "recipient"), KNOWN_PAIRS)
def test_a_published_identity_and_its_recipient_belong_together(identity, recipient):
    _, secret = bech32.decode(identity)
    assert bech32.encode("age", bindings.crypto_scalarmult_base(secret)) == recipient
    assert bech32.encode("age-secret-key-", secret).upper() == identity
    assert age.decrypt_with_identity(age.encrypt_to_recipients(b"x", [recipient]), identity) == b"x"


def test_key_derivation_gives_the_published_scrypt_value():
    # RFC 7914, section 12: P="password", S="NaCl", N=1024, r=8, p=16.
    out = bindings.crypto_pwhash_scryptsalsa208sha256_ll(b"password", b"NaCl", 1024, 8, 16, dklen=64)
    assert out.hex().startswith("fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162")


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7])
def test_a_foreign_implementation_reads_every_size(size):
    plaintext = bytes(range(256)) * (size // 256 + 1)
    plaintext = plaintext[:size]
    identity = pyrage.x25519.Identity.generate()
    assert pyrage.passphrase.decrypt(sealed(plaintext), PHRASE) == plaintext
    assert pyrage.decrypt(age.encrypt_to_recipients(plaintext, [str(identity.to_public())]), [identity]) == plaintext
    foreign = pyrage.encrypt(plaintext, [identity.to_public()])
    assert age.decrypt_with_identity(foreign, str(identity)) == plaintext


def test_what_a_foreign_implementation_wrote_for_a_passphrase_opens():
    assert age.decrypt_with_passphrase(base64.b64decode(FOREIGN), PHRASE) == b"from elsewhere"


def test_each_of_several_recipients_opens_the_file_and_nobody_else():
    people = [age.generate_identity() for _ in range(3)]
    data = age.encrypt_to_recipients(b"for all", [person.recipient for person in people])
    for person in people:
        assert age.decrypt_with_identity(data, person.secret) == b"for all"
        assert pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(person.secret)]) == b"for all"
    with pytest.raises(WrongPassphraseError):
        age.decrypt_with_identity(data, age.generate_identity().secret)


def test_stanzas_of_unknown_kinds_are_passed_over():
    person = age.generate_identity()
    file_key = bytes(16)
    ours = age_header.parse(age.encrypt_to_recipients(b"", [person.recipient])).stanzas[0]
    strange = age_header.Stanza(("some-grease", "a", "b"), bytes(48))
    data = age._frame([strange, _rewrap(person, file_key), ours], file_key, b"text")
    assert age.decrypt_with_identity(data, person.secret) == b"text"
    assert pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(person.secret)]) == b"text"


def _rewrap(person, file_key):
    _, public = bech32.decode(person.recipient)
    share = bindings.crypto_scalarmult_base(b"\x07" * 32)
    key = age._agree(b"\x07" * 32, public, share + public)
    return age_header.Stanza(("X25519", age_header.encode_base64(share)), age._seal(key, file_key))


def test_a_wrong_passphrase_is_told_as_such():
    with pytest.raises(WrongPassphraseError):
        age.decrypt_with_passphrase(sealed(), PHRASE + " ")


def test_two_envelopes_of_the_same_text_share_nothing():
    first, second = sealed(), sealed()
    assert first.splitlines()[1:] != second.splitlines()[1:]
    assert age_header.parse(first).stanzas[0].args[1] != age_header.parse(second).stanzas[0].args[1]


def test_every_changed_byte_is_refused_and_nothing_else_happens():
    data = sealed(b"a short secret")
    known = {KeyFileDamagedError: 0, WrongPassphraseError: 0}
    for place in range(len(data)):
        for change in (0x01, 0x20, 0x80, 0xFF):
            changed = data[:place] + bytes([data[place] ^ change]) + data[place + 1 :]
            with pytest.raises((KeyFileDamagedError, WrongPassphraseError)) as refusal:
                age.decrypt_with_passphrase(changed, PHRASE, max_work_factor=6)
            known[refusal.type] += 1
    assert all(known.values())


def test_every_cut_is_told_as_damage():
    data = sealed(b"a short secret")
    for length in range(len(data)):
        with pytest.raises(KeyFileDamagedError):
            age.decrypt_with_passphrase(data[:length], PHRASE)
    with pytest.raises(KeyFileDamagedError):
        age.decrypt_with_passphrase(data + b"\0", PHRASE)


def test_chunks_can_be_neither_swapped_nor_dropped_nor_repeated():
    data = sealed(bytes(3 * CHUNK))
    start = age_header.parse(data).payload_at + 16
    step = CHUNK + 16
    head, chunks = data[:start], [data[at : at + step] for at in range(start, len(data), step)]
    assert len(chunks) == 3
    for order in ([1, 0, 2], [0, 1], [0, 2], [0, 1, 1, 2], [0, 1, 2, 2], []):
        with pytest.raises(KeyFileDamagedError):
            age.decrypt_with_passphrase(head + b"".join(chunks[place] for place in order), PHRASE)


def test_an_empty_last_chunk_after_a_full_one_is_refused():
    file_key = bytes(16)
    data = age._frame([], file_key, b"")
    nonce = data[-32:-16]
    key = age._hkdf(file_key, nonce, b"payload")
    full = age._seal(key, bytes(CHUNK), age._chunk_nonce(0, last=False))
    empty = age._seal(key, b"", age._chunk_nonce(1, last=True))
    header = age_header.Header((), data[:-32].rpartition(b" ")[0], b"", len(data) - 32)
    header = age_header.Header((), header.covered, age._header_mac(file_key, header.covered), header.payload_at)
    with pytest.raises(KeyFileDamagedError):
        age._unframe(data[:-16] + full + empty, header, file_key)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"age-encryption.org/v1\n", b"age-encryption.org/v2\n"),
        (b"age-encryption.org/v1\n", b"age-encryption.org/v1\r\n"),
        (b"-> scrypt ", b"-> scrypt  "),
        (b" 2\n", b" 02\n"),
        (b" 2\n", b" +2\n"),
        (b" 2\n", b" 2 \n"),
        (b" 2\n", b" 2 2\n"),
        (b" 2\n", b"\n"),
        (b" 2\n", b" 23\n"),
        (b" 2\n", b" 0\n"),
        (b"--- ", b"---"),
        (b"--- ", b"----"),
        (b"-> scrypt ", b"-> Scrypt "),
    ],
)
def test_a_header_spelled_otherwise_is_damage_before_any_derivation(old, new, monkeypatch):
    data = sealed()
    assert data.count(old) == 1
    monkeypatch.setattr(age, "_stretch", lambda *_: pytest.fail("no key may be derived"))
    with pytest.raises(KeyFileDamagedError):
        age.decrypt_with_passphrase(data.replace(old, new), PHRASE)


def test_a_second_stanza_beside_a_passphrase_is_refused():
    data = sealed()
    first, stanza, body, rest = data.split(b"\n", 3)
    with pytest.raises(KeyFileDamagedError):
        age.decrypt_with_passphrase(b"\n".join([first, stanza, body, stanza, body, rest]), PHRASE)


def test_kinds_of_envelope_are_not_taken_for_each_other():
    person = age.generate_identity()
    with pytest.raises(KeyFileDamagedError):
        age.decrypt_with_passphrase(age.encrypt_to_recipients(b"x", [person.recipient]), PHRASE)
    with pytest.raises(KeyFileDamagedError):
        age.decrypt_with_identity(sealed(), person.secret)


@pytest.mark.parametrize("recipients", [[], ["age1"], [KNOWN_IDENTITY], [KNOWN_RECIPIENT[:-1] + "y"], ["", ""]])
def test_a_mistyped_recipient_is_refused(recipients):
    with pytest.raises(InvalidInputError):
        age.encrypt_to_recipients(b"x", recipients)


def test_a_recipient_that_agrees_with_everyone_is_refused():
    with pytest.raises(InvalidInputError):
        age.encrypt_to_recipients(b"x", [bech32.encode("age", bytes(32))])


def test_a_mistyped_identity_is_refused_without_repeating_it():
    typed = KNOWN_IDENTITY[:-1] + "Q"
    with pytest.raises(InvalidInputError) as refusal:
        age.decrypt_with_identity(sealed(), typed)
    assert KNOWN_IDENTITY[16:40] not in str(refusal.value)


def test_too_little_memory_is_told_in_words(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise MemoryError

    monkeypatch.setattr(bindings, "crypto_pwhash_scryptsalsa208sha256_ll", refuse)
    with pytest.raises(VaultError, match="256 MiB"):
        age.encrypt_with_passphrase(b"", PHRASE, work_factor=18)


def ran_meanwhile(work):
    """Whether another thread got a turn while `work` ran, when none is taken from a running thread by force."""
    ready, go, over, seen = threading.Event(), threading.Event(), [], []

    def other():
        ready.set()
        go.wait()
        seen.append(not over)

    thread = threading.Thread(target=other)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(60)
    try:
        thread.start()
        ready.wait()
        go.set()
        work()
        over.append(True)
    finally:
        sys.setswitchinterval(interval)
        thread.join()
    return seen == [True]


def test_deriving_a_key_lets_other_threads_run():
    assert ran_meanwhile(lambda: age._stretch(PHRASE, bytes(16), 13))
    assert not ran_meanwhile(lambda: sum(range(300_000)))


def test_a_file_that_asks_for_too_much_work_is_refused_before_any(monkeypatch):
    def never(*_):
        pytest.fail("a key was derived")

    data = age.encrypt_with_passphrase(b"words", PHRASE, work_factor=1)
    monkeypatch.setattr(age, "_stretch", never)
    for factor in (b"21", b"22", b"63", b"99"):
        with pytest.raises(KeyFileDamagedError):
            age.decrypt_with_passphrase(re.sub(rb"(-> scrypt \S+) 1\n", rb"\1 " + factor + b"\n", data), PHRASE)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_or_read_without_surprise(data):
    with pytest.raises(KeyFileDamagedError):
        age.decrypt_with_passphrase(data, PHRASE, max_work_factor=2)


@given(st.binary(max_size=300))
def test_header_and_base64_round_trip(body):
    text = age_header.encode_base64(body)
    assert age_header.decode_base64(text) == body
    stanza = age_header.Stanza(("kind", "arg"), body)
    mac = age_header.encode_base64(bytes(32)).encode()
    header = age_header.parse(age_header.render([stanza]) + b" " + mac + b"\n")
    assert header.stanzas == (stanza,)
    lines = header.covered.split(b"\n")[2:-1]
    assert all(len(line) == 64 for line, _ in pairwise(lines))
    assert len(lines[-1]) < 64
