"""The text header of an age v1 file: reading it strictly, writing it canonically.

Source: https://age-encryption.org/v1. Strict reading matters: a header that could be spelled in two ways
would let a changed byte pass unseen.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass

from peernote_tui.domain.errors import KeyFileDamagedError

_VERSION_LINE = b"age-encryption.org/v1"
VERSION_FAMILY = b"age-encryption.org/"
"""What an age file begins with, whatever its version."""
_COLUMNS = 64
_MAC_BYTES = 32
_MAX_STANZAS = 64


@dataclass(frozen=True, slots=True)
class Stanza:
    """One wrapped copy of the file key: its kind and arguments, and the wrapped bytes."""

    args: tuple[str, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """A parsed header.

    Attributes:
        stanzas: At least one.
        covered: The bytes the MAC speaks for, from the first to the three dashes.
        mac: 32 bytes.
        payload_at: Where the payload begins.
    """

    stanzas: tuple[Stanza, ...]
    covered: bytes
    mac: bytes
    payload_at: int


def damaged() -> KeyFileDamagedError:
    """The refusal for bytes that are not what was written."""
    return KeyFileDamagedError("The file is damaged: it is not what was written.")


def encode_base64(data: bytes) -> str:
    """Standard Base64 without padding."""
    return base64.b64encode(data).rstrip(b"=").decode("ascii")


def decode_base64(text: str) -> bytes:
    """Read unpadded Base64 in its one canonical spelling.

    Raises:
        KeyFileDamagedError: Padding, foreign symbols, or leftover bits.
    """
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise damaged() from None
    if encode_base64(data) != text:
        raise damaged()
    return data


def is_plain_number(text: str) -> bool:
    """Whether the text is a positive decimal number without sign or leading zero, of at most two digits."""
    return len(text) <= 2 and text.isascii() and text.isdigit() and text[0] != "0"


def render(stanzas: Sequence[Stanza]) -> bytes:
    """Spell the header up to the three dashes, which is what the MAC covers."""
    lines = [_VERSION_LINE.decode()]
    for stanza in stanzas:
        lines.append(" ".join(("->", *stanza.args)))
        body = encode_base64(stanza.body)
        # A body ends with a line shorter than a full one, so a full last line is followed by an empty one.
        lines.extend(body[at : at + _COLUMNS] for at in range(0, len(body) + 1, _COLUMNS))
    lines.append("---")
    return "\n".join(lines).encode("ascii")


def parse(data: bytes) -> Header:
    """Read the header of an age file.

    Raises:
        KeyFileDamagedError: The bytes are no age v1 file or the header is not well formed.
    """
    line, at = _line(data, 0)
    if line != _VERSION_LINE:
        if line.startswith(VERSION_FAMILY):
            raise KeyFileDamagedError("The file is of an age version that PeerNote does not know.")
        raise KeyFileDamagedError("The file is no age file.")
    stanzas: list[Stanza] = []
    while True:
        start = at
        line, at = _line(data, at)
        if line.startswith(b"---"):
            break
        if len(stanzas) == _MAX_STANZAS:
            raise damaged()
        stanza, at = _stanza(data, line, at)
        stanzas.append(stanza)
    if not stanzas or not line.startswith(b"--- "):
        raise damaged()
    mac = decode_base64(_ascii(line[4:]))
    if len(mac) != _MAC_BYTES:
        raise damaged()
    return Header(tuple(stanzas), data[: start + 3], mac, at)


def _stanza(data: bytes, first: bytes, at: int) -> tuple[Stanza, int]:
    args = tuple(_ascii(first).split(" "))
    if args[0] != "->" or len(args) < 2 or not all(args):
        raise damaged()
    body = ""
    while True:
        line, at = _line(data, at)
        if len(line) > _COLUMNS:
            raise damaged()
        body += _ascii(line)
        if len(line) < _COLUMNS:
            return Stanza(args[1:], decode_base64(body)), at


def _line(data: bytes, at: int) -> tuple[bytes, int]:
    end = data.find(b"\n", at)
    if end < 0:
        raise KeyFileDamagedError("The file is cut off.")
    return data[at:end], end + 1


def _ascii(line: bytes) -> str:
    if not all(32 <= byte < 127 for byte in line):
        raise damaged()
    return line.decode("ascii")
