"""Reading a TOML file that a person wrote, whatever is in it."""

from __future__ import annotations

import tomllib
from typing import Any

MOST_BYTES = 256 * 1024
"""A file of settings, keys, words or questions is far smaller; a larger one is some other file."""

_MOST_DOTS = 1000


def read_toml(data: bytes, *, most_bytes: int = MOST_BYTES) -> dict[str, Any]:
    """Read a TOML document in UTF-8, with or without a byte order mark.

    Args:
        data: The whole file.
        most_bytes: More is refused before it is read.

    Raises:
        ValueError: It is too large, no UTF-8, no TOML, nested too deeply, or holds a number of absurd length. The
            sentence holds nothing of the file.
    """
    if len(data) > most_bytes:
        raise ValueError("too large")
    # The time to read one grows with the square of its parts.
    if any(line.count(b".") > _MOST_DOTS for line in data.split(b"\n")):
        raise ValueError("a key of too many parts")
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError, OverflowError):
        # A number of thousands of digits is refused as a ValueError that is no TOMLDecodeError.
        raise ValueError("no readable TOML") from None
