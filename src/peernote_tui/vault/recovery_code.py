"""The recovery code: 130 random bits that a person can write on paper and read back.

26 symbols of Crockford's Base32 (https://www.crockford.com/base32.html: no I, L, O, U) carry the bits,
two more carry a check. The check is the value modulo 1021. That number is prime and larger than
32 * 31, so every single wrong symbol and every swap of two neighbours changes the remainder. A typing
mistake is therefore told at once, before the slow key derivation, and never as a wrong code.
"""

from __future__ import annotations

import secrets

from peernote_tui.domain.errors import InvalidInputError

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})
_DASHES = "-‐‑‒–—−_"
_DATA_SYMBOLS = 26
_CHECK_SYMBOLS = 2
_SYMBOLS = _DATA_SYMBOLS + _CHECK_SYMBOLS
_GROUP = 4
_MODULUS = 1021

_FIELD = "recovery_code"
_SHAPE = f"A recovery code has {_SYMBOLS // _GROUP} groups of {_GROUP} letters or digits."


def generate() -> str:
    """Make a new code, as seven groups of four joined by dashes."""
    value = secrets.randbits(5 * _DATA_SYMBOLS)
    return _group(_spell(value, _DATA_SYMBOLS) + _spell(value % _MODULUS, _CHECK_SYMBOLS))


def normalise(text: str) -> str:
    """Bring a typed code into the form that `generate` prints, which is also the passphrase of its slot.

    Case, spaces and dashes do not matter; O is read as 0, I and L as 1.

    Raises:
        InvalidInputError: A typing mistake: a symbol no code has, a wrong length, or a check that does
            not match. The sentence says which.
    """
    typed = text.translate({ord(dash): " " for dash in _DASHES}).upper().translate(_FORGIVEN)
    groups = typed.split()
    symbols = "".join(groups)
    if not symbols:
        raise InvalidInputError("No recovery code was typed.", _SHAPE, field=_FIELD)
    for place, symbol in enumerate(symbols):
        if symbol not in _ALPHABET:
            raise InvalidInputError(
                f"There is a typing mistake in group {place // _GROUP + 1}: no code has this symbol.",
                "Only digits and letters are used, and never U.",
                field=_FIELD,
            )
    if len(symbols) != _SYMBOLS:
        raise InvalidInputError(_length_mistake(groups, len(symbols)), _SHAPE, field=_FIELD)
    if _value(symbols[:_DATA_SYMBOLS]) % _MODULUS != _value(symbols[_DATA_SYMBOLS:]):
        raise InvalidInputError(
            "There is a typing mistake in the recovery code: its last two symbols do not match the rest.",
            "Compare it group by group with the printed code.",
            field=_FIELD,
        )
    return _group(symbols)


def _length_mistake(groups: list[str], length: int) -> str:
    odd = [place for place, group in enumerate(groups, start=1) if len(group) != _GROUP]
    if len(groups) == _SYMBOLS // _GROUP and len(odd) == 1:
        place = odd[0]
        found = len(groups[place - 1])
        return f"There is a typing mistake in group {place}: {found} symbols instead of {_GROUP}."
    kind = "too few" if length < _SYMBOLS else "too many"
    return f"There is a typing mistake in the recovery code: {length} symbols are {kind}."


def _spell(value: int, length: int) -> str:
    return "".join(_ALPHABET[value >> 5 * place & 31] for place in reversed(range(length)))


def _value(symbols: str) -> int:
    value = 0
    for symbol in symbols:
        value = value << 5 | _ALPHABET.index(symbol)
    return value


def _group(symbols: str) -> str:
    return "-".join(symbols[at : at + _GROUP] for at in range(0, len(symbols), _GROUP))
