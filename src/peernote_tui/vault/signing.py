"""Ed25519 signatures (RFC 8032), with which an author seals a signed note."""

from __future__ import annotations

from dataclasses import dataclass, field

from nacl import bindings
from nacl import exceptions as nacl_errors

SECRET_BYTES = 32
PUBLIC_BYTES = 32
SIGNATURE_BYTES = 64


@dataclass(frozen=True, slots=True)
class SigningKeyPair:
    """An author's key pair.

    Attributes:
        secret: 32 bytes, the seed of RFC 8032; stays inside the encrypted database.
        public: 32 bytes, free to print.
    """

    secret: bytes = field(repr=False)
    public: bytes


def generate_signing_key() -> SigningKeyPair:
    """Make a new key pair."""
    public, expanded = bindings.crypto_sign_keypair()
    return SigningKeyPair(bytes(expanded[:SECRET_BYTES]), bytes(public))


def sign(secret: bytes, message: bytes) -> bytes:
    """Sign a message of any length.

    Args:
        secret: The 32 bytes of `SigningKeyPair.secret`.
        message: What is signed, as exact bytes.

    Returns:
        The 64 bytes of the signature; the same for the same message and key.

    Raises:
        ValueError: The secret is not 32 bytes long.
    """
    if len(secret) != SECRET_BYTES:
        raise ValueError("an Ed25519 secret has 32 bytes")
    _, expanded = bindings.crypto_sign_seed_keypair(secret)
    return bytes(bindings.crypto_sign(message, expanded)[:SIGNATURE_BYTES])


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature was made for exactly this message by the holder of the key."""
    if len(public) != PUBLIC_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    try:
        bindings.crypto_sign_open(signature + message, public)
    except nacl_errors.BadSignatureError:
        return False
    return True
