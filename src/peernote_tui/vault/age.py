"""The age v1 file format: one envelope for key slots, rescue files and encrypted exports.

Source: https://age-encryption.org/v1. The primitives come from libsodium and the standard library; what
stands here is the framing. A file is a text header (version line, stanzas, a line with a MAC) and a
payload in chunks of 64 KiB. Armour, SSH keys and plugins are left out.

Deriving a key with scrypt takes `128 * 8 * 2**work_factor` bytes of memory (256 MiB at 18) and releases
the interpreter lock meanwhile, so it may run in a thread beside a live screen.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from nacl import bindings
from nacl import exceptions as nacl_errors

from peernote_tui.domain.errors import (
    InvalidInputError,
    KeyFileDamagedError,
    VaultError,
    WrongPassphraseError,
)
from peernote_tui.vault import age_header, bech32
from peernote_tui.vault.age_header import Stanza

_SCRYPT = "scrypt"
_SCRYPT_LABEL = b"age-encryption.org/v1/scrypt"
_SCRYPT_SALT_BYTES = 16
_X25519 = "X25519"
_X25519_LABEL = b"age-encryption.org/v1/X25519"
_RECIPIENT_PREFIX = "age"
_IDENTITY_PREFIX = "age-secret-key-"

MOST_WORK = 20
"""The most work, as scrypt's log2(N), that a file may ask for: a gigabyte, a few seconds. More is an attack."""

_FILE_KEY_BYTES = 16
_KEY_BYTES = 32
_TAG_BYTES = 16
_WRAPPED_BYTES = _FILE_KEY_BYTES + _TAG_BYTES
_PAYLOAD_NONCE_BYTES = 16
_CHUNK_BYTES = 64 * 1024
_ZERO_NONCE = bytes(12)


@dataclass(frozen=True, slots=True)
class Identity:
    """A key pair that age files can be written to.

    Attributes:
        secret: `AGE-SECRET-KEY-1…`, for the one who reads.
        recipient: `age1…`, for everyone who writes.
    """

    secret: str = field(repr=False)
    recipient: str


def generate_identity() -> Identity:
    """Make a new X25519 identity."""
    return identity_of(secrets.token_bytes(_KEY_BYTES))


def identity_of(secret: bytes) -> Identity:
    """The X25519 identity of 32 bytes that nobody else knows."""
    recipient = bech32.encode(_RECIPIENT_PREFIX, bindings.crypto_scalarmult_base(secret))
    return Identity(bech32.encode(_IDENTITY_PREFIX, secret).upper(), recipient)


def encrypt_with_passphrase(plaintext: bytes, passphrase: str, *, work_factor: int = 18) -> bytes:
    """Encrypt for whoever knows the passphrase.

    Args:
        plaintext: Any bytes, also none.
        passphrase: Used as its UTF-8 bytes, exactly as handed in.
        work_factor: Base 2 logarithm of the scrypt cost, 1 to 22; lower only in tests and the demo.

    Raises:
        VaultError: There is not enough free memory for the derivation.
    """
    file_key = secrets.token_bytes(_FILE_KEY_BYTES)
    salt = secrets.token_bytes(_SCRYPT_SALT_BYTES)
    wrap_key = _stretch(passphrase, salt, work_factor)
    args = (_SCRYPT, age_header.encode_base64(salt), str(work_factor))
    return _frame([Stanza(args, _seal(wrap_key, file_key))], file_key, plaintext)


def decrypt_with_passphrase(data: bytes, passphrase: str, *, max_work_factor: int = MOST_WORK) -> bytes:
    """Open what was encrypted with a passphrase.

    The format cannot tell a wrong passphrase from a changed byte in the salt, the work factor or the
    wrapped file key: all of them are told as a wrong passphrase. Damage that shows in the structure is
    told before any derivation, damage behind the file key after it.

    Args:
        data: The whole age file.
        passphrase: Used as its UTF-8 bytes, exactly as handed in.
        max_work_factor: The most work a file may ask for; above it the file counts as damaged. At 20 that is a
            gigabyte and a few seconds, so that nobody's file can stop the program for longer.

    Raises:
        WrongPassphraseError: The passphrase does not open the file.
        KeyFileDamagedError: The file is not what was written, or was not written for a passphrase.
        VaultError: There is not enough free memory for the derivation.
    """
    header = age_header.parse(data)
    if len(header.stanzas) != 1 or header.stanzas[0].args[0] != _SCRYPT:
        raise KeyFileDamagedError("The file is not locked with a passphrase.")
    stanza = header.stanzas[0]
    if len(stanza.args) != 3 or len(stanza.body) != _WRAPPED_BYTES:
        raise age_header.damaged()
    salt = age_header.decode_base64(stanza.args[1])
    factor = stanza.args[2]
    if len(salt) != _SCRYPT_SALT_BYTES or not age_header.is_plain_number(factor):
        raise age_header.damaged()
    if int(factor) > max_work_factor:
        raise KeyFileDamagedError("The file asks for more work to open it than PeerNote ever does.")
    file_key = _unseal(_stretch(passphrase, salt, int(factor)), stanza.body)
    if file_key is None:
        raise WrongPassphraseError("This passphrase does not open the file.")
    return _unframe(data, header, file_key)


def encrypt_to_recipients(plaintext: bytes, recipients: Sequence[str]) -> bytes:
    """Encrypt for everyone who holds the identity of one of the recipients.

    Args:
        plaintext: Any bytes, also none.
        recipients: One or more `age1…` texts.

    Raises:
        InvalidInputError: There is no recipient, or one is mistyped.
    """
    if not recipients:
        raise InvalidInputError("There is no recipient to encrypt to.", field="recipients")
    file_key = secrets.token_bytes(_FILE_KEY_BYTES)
    stanzas = []
    for place, recipient in enumerate(recipients, start=1):
        public = _decode_key(recipient, _RECIPIENT_PREFIX, f"Recipient {place}", "recipients")
        ephemeral = secrets.token_bytes(_KEY_BYTES)
        share = bindings.crypto_scalarmult_base(ephemeral)
        wrap_key = _agree(ephemeral, public, share + public)
        if wrap_key is None:
            raise InvalidInputError(f"Recipient {place} is no usable key.", field="recipients")
        stanzas.append(Stanza((_X25519, age_header.encode_base64(share)), _seal(wrap_key, file_key)))
    return _frame(stanzas, file_key, plaintext)


def decrypt_with_identity(data: bytes, identity: str) -> bytes:
    """Open what was encrypted to the recipient of an identity.

    Args:
        data: The whole age file. Stanzas of other kinds are passed over, as the format asks.
        identity: `AGE-SECRET-KEY-1…`, in upper or lower case.

    Raises:
        InvalidInputError: The identity is mistyped.
        WrongPassphraseError: The file was not written to this identity.
        KeyFileDamagedError: The file is not what was written.
    """
    secret = _decode_key(identity, _IDENTITY_PREFIX, "The identity", "identity")
    header = age_header.parse(data)
    if any(stanza.args[0] == _SCRYPT for stanza in header.stanzas):
        raise KeyFileDamagedError("The file is locked with a passphrase, not to a recipient.")
    public = bindings.crypto_scalarmult_base(secret)
    for stanza in header.stanzas:
        if stanza.args[0] != _X25519:
            continue
        if len(stanza.args) != 2 or len(stanza.body) != _WRAPPED_BYTES:
            raise age_header.damaged()
        share = age_header.decode_base64(stanza.args[1])
        if len(share) != _KEY_BYTES:
            raise age_header.damaged()
        wrap_key = _agree(secret, share, share + public)
        if wrap_key is None:
            raise age_header.damaged()
        file_key = _unseal(wrap_key, stanza.body)
        if file_key is not None:
            return _unframe(data, header, file_key)
    raise WrongPassphraseError("This identity does not open the file.")


def _decode_key(text: str, prefix: str, what: str, name: str) -> bytes:
    try:
        found, key = bech32.decode(text.strip())
    except ValueError:
        found, key = "", b""
    if found != prefix or len(key) != _KEY_BYTES:
        raise InvalidInputError(
            f"{what} is mistyped.",
            f"It begins with {(prefix + '1') if prefix == _RECIPIENT_PREFIX else (prefix + '1').upper()}.",
            field=name,
        )
    return key


def _stretch(passphrase: str, salt: bytes, work_factor: int) -> bytes:
    cost = 2**work_factor
    try:
        return bytes(
            bindings.crypto_pwhash_scryptsalsa208sha256_ll(
                passphrase.encode(),
                _SCRYPT_LABEL + salt,
                n=cost,
                r=8,
                p=1,
                dklen=_KEY_BYTES,
                maxmem=2 * 128 * 8 * cost + 2**20,
            )
        )
    except (nacl_errors.RuntimeError, MemoryError):
        need = max(1, 128 * 8 * cost // 2**20)
        raise VaultError(
            f"There is not enough free memory to work out the key: {need} MiB are needed.",
            "Close other programs and try again.",
        ) from None


def _agree(secret: bytes, public: bytes, salt: bytes) -> bytes | None:
    """The wrap key of an X25519 stanza; None when the shared secret would be all zero."""
    try:
        shared = bindings.crypto_scalarmult(secret, public)
    except nacl_errors.RuntimeError:
        return None
    return _hkdf(shared, salt, _X25519_LABEL)


def _hkdf(key: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF-SHA-256 of RFC 5869 for one block of 32 bytes."""
    extracted = hmac.digest(salt or bytes(32), key, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def _seal(key: bytes, plaintext: bytes, nonce: bytes = _ZERO_NONCE) -> bytes:
    return bytes(bindings.crypto_aead_chacha20poly1305_ietf_encrypt(plaintext, None, nonce, key))


def _unseal(key: bytes, sealed: bytes, nonce: bytes = _ZERO_NONCE) -> bytes | None:
    try:
        return bytes(bindings.crypto_aead_chacha20poly1305_ietf_decrypt(sealed, None, nonce, key))
    except nacl_errors.CryptoError:
        return None


def _header_mac(file_key: bytes, covered: bytes) -> bytes:
    return hmac.digest(_hkdf(file_key, b"", b"header"), covered, "sha256")


def _chunk_nonce(index: int, *, last: bool) -> bytes:
    return index.to_bytes(11, "big") + bytes([last])


def _frame(stanzas: Sequence[Stanza], file_key: bytes, plaintext: bytes) -> bytes:
    covered = age_header.render(stanzas)
    nonce = secrets.token_bytes(_PAYLOAD_NONCE_BYTES)
    key = _hkdf(file_key, nonce, b"payload")
    chunks = [plaintext[at : at + _CHUNK_BYTES] for at in range(0, len(plaintext), _CHUNK_BYTES)] or [b""]
    sealed = [
        _seal(key, chunk, _chunk_nonce(index, last=index == len(chunks) - 1)) for index, chunk in enumerate(chunks)
    ]
    mac = age_header.encode_base64(_header_mac(file_key, covered)).encode()
    return b"".join([covered, b" ", mac, b"\n", nonce, *sealed])


def _unframe(data: bytes, header: age_header.Header, file_key: bytes) -> bytes:
    if not hmac.compare_digest(_header_mac(file_key, header.covered), header.mac):
        raise age_header.damaged()
    body_at = header.payload_at + _PAYLOAD_NONCE_BYTES
    nonce = data[header.payload_at : body_at]
    step = _CHUNK_BYTES + _TAG_BYTES
    starts = range(body_at, len(data), step)
    if len(nonce) < _PAYLOAD_NONCE_BYTES or not starts:
        raise KeyFileDamagedError("The file is cut off.")
    key = _hkdf(file_key, nonce, b"payload")
    plain = []
    for index, at in enumerate(starts):
        sealed = data[at : at + step]
        if len(sealed) < _TAG_BYTES:
            raise KeyFileDamagedError("The file is cut off.")
        chunk = _unseal(key, sealed, _chunk_nonce(index, last=index == len(starts) - 1))
        if chunk is None or (not chunk and index):
            raise age_header.damaged()
        plain.append(chunk)
    return b"".join(plain)
