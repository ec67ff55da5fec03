"""The organisation's way to a vault: recipients it is sealed to, and the identities that open it.

A recipient (`age1…`) is public and is all that a laptop ever needs. The identity (`AGE-SECRET-KEY-1…`) stays with
the organisation. Both are those of the age format, https://age-encryption.org/v1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.vault import bech32

MOST_RECIPIENTS = 20
_RECIPIENT = "age"
_IDENTITY = "age-secret-key-"
_KEY_BYTES = 32
_FIELD = "recipients"
_SHAPE = "A recipient begins with age1 and has 62 letters and digits; copy it whole."


@dataclass(frozen=True, slots=True)
class Recipient:
    """One whom the organisation's slot is sealed to.

    Attributes:
        text: `age1…`, in small letters.
    """

    text: str

    @property
    def fingerprint(self) -> str:
        """Four groups of four hexadecimal digits of the key's SHA-256, for comparing by telephone."""
        digest = hashlib.sha256(bech32.decode(self.text)[1]).hexdigest().upper()
        return "-".join(digest[at : at + 4] for at in range(0, 16, 4))


def read_recipients(texts: Sequence[str]) -> tuple[Recipient, ...]:
    """Recipients as they were typed or pasted, each once.

    Args:
        texts: Each holds one recipient or several with spaces between.

    Raises:
        InvalidInputError: There is none, or one cannot be used; the sentence says which and why, never what it was.
    """
    words = [word for text in texts for word in text.split()]
    if not words:
        raise InvalidInputError("There is no recipient.", _SHAPE, field=_FIELD)
    found = tuple(dict.fromkeys(Recipient(_checked(word, place)) for place, word in enumerate(words, start=1)))
    if len(found) > MOST_RECIPIENTS:
        raise InvalidInputError(
            f"There are {len(found)} recipients; {MOST_RECIPIENTS} are the most.", "Leave some out.", field=_FIELD
        )
    return found


def _checked(word: str, place: int) -> str:
    which = f"Recipient {place}"
    lowered = word.lower()
    if lowered.startswith(_IDENTITY + "1"):
        raise InvalidInputError(
            f"{which} is a secret key, and that must never be on this laptop.",
            "Use the public key instead; it begins with age1.",
            field=_FIELD,
        )
    try:
        prefix, key = bech32.decode(word)
    except ValueError:
        if lowered.startswith("age1"):
            raise InvalidInputError(
                f"{which} is mistyped: its last symbols do not match the rest.", _SHAPE, field=_FIELD
            ) from None
        raise InvalidInputError(f"{which} is no age key.", _SHAPE, field=_FIELD) from None
    if prefix != _RECIPIENT or len(key) != _KEY_BYTES:
        raise InvalidInputError(f"{which} is a key of another kind than PeerNote can use.", _SHAPE, field=_FIELD)
    return lowered


def read_identities(text: str) -> str:
    """The identities in the text of an age identity file, one a line.

    Raises:
        InvalidInputError: There is none, or a line is something else; the sentence names the line, never what is in it.
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        try:
            prefix, key = bech32.decode(stripped)
        except ValueError:
            prefix, key = "", b""
        if prefix != _IDENTITY or len(key) != _KEY_BYTES:
            raise InvalidInputError(
                f"Line {number} of the identity file is no identity, or is mistyped.",
                "An identity begins with AGE-SECRET-KEY-1. A locked identity file is opened first: age -d FILE",
                field="identity",
            )
        found.append(stripped)
    if not found:
        raise InvalidInputError(
            "There is no identity in the file.", "An identity begins with AGE-SECRET-KEY-1.", field="identity"
        )
    return "\n".join(found)
