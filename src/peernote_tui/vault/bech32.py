"""Bech32, the spelling of age recipients and identities.

Source: BIP 173, without its limit of 90 characters, as the age format asks
(https://age-encryption.org/v1).
"""

from __future__ import annotations

from collections.abc import Iterable

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECK_LENGTH = 6
_LONGEST = 1000
"""Characters that are looked at; a key has fewer than a hundred, and a whole file in its place would take minutes."""


def _polymod(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATORS):
            if top >> bit & 1:
                check ^= generator
    return check


def _spread(prefix: str) -> list[int]:
    return [ord(char) >> 5 for char in prefix] + [0] + [ord(char) & 31 for char in prefix]


def _regroup(values: Iterable[int], width: int, new_width: int, *, pad: bool) -> list[int]:
    """Cut a run of `width`-bit numbers into `new_width`-bit ones.

    Raises:
        ValueError: Leftover bits are too many or not zero while `pad` is off.
    """
    held = 0
    bits = 0
    out = []
    for value in values:
        held = held << width | value
        bits += width
        while bits >= new_width:
            bits -= new_width
            out.append(held >> bits & (1 << new_width) - 1)
        held &= (1 << bits) - 1
    if pad and bits:
        out.append(held << new_width - bits)
    elif not pad and (bits >= width or held):
        raise ValueError("leftover bits")
    return out


def encode(prefix: str, data: bytes) -> str:
    """Spell `data` after a lower-case `prefix`, with a six-symbol check."""
    values = _regroup(data, 8, 5, pad=True)
    remainder = _polymod(_spread(prefix) + values + [0] * _CHECK_LENGTH) ^ 1
    check = [remainder >> 5 * (_CHECK_LENGTH - 1 - place) & 31 for place in range(_CHECK_LENGTH)]
    return prefix + "1" + "".join(_ALPHABET[value] for value in values + check)


def decode(text: str) -> tuple[str, bytes]:
    """Read what `encode` wrote, in lower or upper case.

    Returns:
        The prefix in lower case, and the bytes.

    Raises:
        ValueError: The text is no Bech32, is longer than 1,000 characters, or its check does not match.
    """
    if len(text) > _LONGEST:
        raise ValueError("too long")
    if text not in {text.lower(), text.upper()}:
        raise ValueError("mixed case")
    text = text.lower()
    prefix, separator, symbols = text.rpartition("1")
    if not separator or not prefix or len(symbols) < _CHECK_LENGTH:
        raise ValueError("no prefix or too short")
    if not all("!" <= char <= "~" for char in prefix):
        raise ValueError("prefix is not printable")
    values = [_ALPHABET.find(symbol) for symbol in symbols]
    if min(values) < 0:
        raise ValueError("unknown symbol")
    if _polymod(_spread(prefix) + values) != 1:
        raise ValueError("check does not match")
    return prefix, bytes(_regroup(values[:-_CHECK_LENGTH], 5, 8, pad=False))
