"""Valid examples made wrong: by bytes, by lines, by words, and by the structure of JSON; and files made to harm."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import strategies as st

MOST = 2_000_000
"""Bytes of one example; a repetition stops there."""
_PLACE = st.integers(0, 2**16)
_TOKENS = (
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"\n", b"\n\n", b"-", b"--- ", b"-> ", b"=",
    b"[", b"]", b"{", b"}", b'"', b"'", b"\\u0000", b"\\ud800", b",", b":", b"'''", b'"""', b"#", b".", b"@", b"/",
    b"0", b"-0", b"1e9999", b"-1e-9999", b"9" * 30, b"9" * 5000, b"0x" + b"f" * 400, b"NaN", b"Infinity", b"null",
    b"true", b"[[", b"]]", b"[keys]", b"[[hint]]", b"-1", b"22", b"99", b"1979-05-27T07:32:00Z", b"9999-12-31",
    b"0000-00-00", b"24:60", b" " * 300, b"\t", "é".encode(), "e\u0301".encode(), "\u202e".encode(), "\u2028".encode(),
    "👨‍👩‍👧".encode(), "٣".encode(), "²".encode(), "ﷺ".encode() * 40, "İ".encode(), b"[/]", b"%s%n", b"' OR 1=1 --",
    b"*", b"a" * 3000, b"(" * 60, b"NEAR(", b"\x1b]52;c;AAAA\x07", b"../../etc/passwd",
    b"in 99999999999 weeks", b"31 feb", b"1pm-1pm",
)  # fmt: skip
_ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**63, -(2**63) - 1, 10**40, 1.5, float("1e308"), "", " ", "x" * 5000, "\x00",
    "\ud800", "2026-11-23", "9999-12-31", "0001-01-01T00:00:00+23:59", "24:00", "00:00:00.0000001", "1" * 5000, [], {},
    [[]], [None], {"": None},    {"format": "peernote.note"}, ["a"] * 200, "../x", "192.168.0.1",
    "0192f7c1-3a5e-7b1a-8c4d-2f6e8a1b9c0d", {"a": {"a": {"a": []}}},
)  # fmt: skip


def mutated(seeds: tuple[bytes, ...], form: str) -> st.SearchStrategy[bytes]:
    """Examples with one to four changes.

    Args:
        seeds: Valid examples.
        form: See `readers.Reader`.
    """
    byte_level = st.lists(_change(seeds, form), min_size=1, max_size=4).flatmap(
        lambda changes: st.sampled_from(seeds).map(lambda seed: _all(seed, changes))
    )
    if form != "json":
        return byte_level
    steps = st.lists(st.tuples(_PLACE, st.integers(0, 4), st.sampled_from(_ODD_VALUES)), min_size=1, max_size=3)
    structured = st.builds(_restructure, st.sampled_from(seeds), steps)
    return st.one_of(structured, byte_level)


def _all(seed: bytes, changes: list[Any]) -> bytes:
    for change in changes:
        seed = change(seed)[:MOST]
    return seed


def _change(seeds: tuple[bytes, ...], form: str) -> st.SearchStrategy[Any]:
    token = st.sampled_from(_TOKENS) | st.binary(max_size=8)
    changes = [
        st.builds(lambda at, bit: lambda data: _flip(data, at, bit), _PLACE, st.integers(0, 7)),
        st.builds(lambda at, new: lambda data: _put(data, at, 0, new), _PLACE, token),
        st.builds(lambda at, size, new: lambda data: _put(data, at, size, new), _PLACE, st.integers(1, 40), token),
        st.builds(lambda at: lambda data: data[: _at(data, at)], _PLACE),
        st.builds(lambda at, to: lambda data: data[: _at(data, at)] + data[_at(data, to) :], _PLACE, _PLACE),
        st.builds(lambda at, new: lambda data: _number(data, at, new), _PLACE, token),
        st.builds(
            lambda at, size, times: lambda data: _repeat(data, at, size, times),
            _PLACE,
            st.integers(1, 60),
            st.sampled_from((1, 2, 10, 300, 5000)),
        ),
        st.builds(
            lambda at, to, other: lambda data: data[: _at(data, at)] + other[_at(other, to) :],
            _PLACE,
            _PLACE,
            st.sampled_from(seeds),
        ),
    ]
    if form == "lines":
        changes += [
            st.builds(lambda at, to: lambda data: _swap_lines(data, at, to), _PLACE, _PLACE),
            st.builds(
                lambda at, times: lambda data: _repeat_line(data, at, times), _PLACE, st.sampled_from((0, 2, 70, 3000))
            ),
            st.builds(lambda at, new: lambda data: _value(data, at, new), _PLACE, token),
        ]
    return st.one_of(changes)


def _at(data: bytes, place: int) -> int:
    return place * (len(data) + 1) >> 16 if place < 2**16 else len(data)


def _flip(data: bytes, place: int, bit: int) -> bytes:
    if not data:
        return data
    at = min(_at(data, place), len(data) - 1)
    return data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]


def _put(data: bytes, place: int, size: int, new: bytes) -> bytes:
    at = _at(data, place)
    return data[:at] + new + data[at + size :]


def _number(data: bytes, place: int, new: bytes) -> bytes:
    """Put something in the place of a number, or of a word where there is none."""
    found = list(re.finditer(rb"\d+", data[:20_000])) or list(re.finditer(rb"\w+", data[:20_000]))
    if not found:
        return new
    match = found[place % len(found)]
    return data[: match.start()] + new + data[match.end() :]


def _repeat(data: bytes, place: int, size: int, times: int) -> bytes:
    at = _at(data, place)
    part = data[at : at + size]
    return data[:at] + part * min(times, MOST // max(1, len(part))) + data[at:]


def _swap_lines(data: bytes, one: int, other: int) -> bytes:
    lines = data.split(b"\n")
    one, other = one % len(lines), other % len(lines)
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _repeat_line(data: bytes, place: int, times: int) -> bytes:
    lines = data.split(b"\n")
    at = place % len(lines)
    return b"\n".join([*lines[:at], *[lines[at]] * times, *lines[at + 1 :]])


def _value(data: bytes, place: int, new: bytes) -> bytes:
    """Put something behind an equals sign or the first space of a line."""
    lines = data.split(b"\n")
    at = place % len(lines)
    name, sign, _ = lines[at].partition(b"=" if b"=" in lines[at] else b" ")
    lines[at] = name + sign + new
    return b"\n".join(lines)


def _restructure(seed: bytes, steps: list[tuple[int, int, Any]]) -> bytes:
    try:
        document = json.loads(seed)
    except ValueError:
        document = json.loads(seed.split(b"\n")[0])
    for place, kind, shared in steps:
        # A copy, since a later step may change what is inside.
        value = json.loads(json.dumps(shared))
        nodes: list[tuple[Any, Any]] = []
        _collect(document, nodes)
        if not nodes:
            return json.dumps(value).encode()
        holder, key = nodes[place % len(nodes)]
        if kind == 0:
            del holder[key]
        elif kind == 1 and isinstance(holder, dict):
            holder[str(key) + "x"] = value
        elif kind == 2:
            holder[key] = [holder[key]]
        elif kind == 3:
            holder[key] = str(holder[key])
        else:
            holder[key] = value
    return json.dumps(document).encode()


def _collect(node: Any, found: list[tuple[Any, Any]]) -> None:
    for key in list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ():
        found.append((node, key))
        _collect(node[key], found)


def harmful() -> dict[str, bytes]:
    """Inputs that are built to exhaust a reader, whatever it reads."""
    deep = 100_000
    return {
        "nothing": b"",
        "zeros": bytes(1_000_000),
        "one long line": b"a" * MOST,
        "many lines": b"a = 1\n" * 200_000,
        "many equal keys": b'{"a":1,' + b'"a":1,' * 100_000 + b'"a":1}',
        "deep arrays": b"[" * deep,
        "deep closed arrays": b"[" * deep + b"]" * deep,
        "deep arrays as a value": b"x = " + b"[" * deep + b"]" * deep,
        "deep tables": b"x = " + b"{a=" * deep + b"1" + b"}" * deep,
        "deep dotted key": b"[" + b"a." * 50_000 + b"a]\nx = 1\n",
        "deep objects": b'{"a":' * deep + b"1" + b"}" * deep,
        "deep strings in arrays": b'["' * deep,
        "a number of a million digits": b'{"version":' + b"9" * 1_000_000 + b"}",
        "a number of 5000 digits": b"lock_minutes = " + b"9" * 5_000 + b"\n",
        "a float of a million digits": b"lock_minutes = 1." + b"9" * 1_000_000 + b"\n",
        "a power": b'{"version": 1e999999999, "format": "peernote-vault"}',
        "brackets and marks": b"((((" * 50_000 + b"[[[[" * 50_000,
        "quotes": b'"' * 200_000,
        "open quotes": "“".encode() * 100_000,
        "spaces": b" " * 1_000_000 + b"x",
        "spaces and dashes": b"- " * 400_000,
        "digits": b"1" * 1_000_000,
        "digits and colons": b"1:" * 300_000,
        "slashes": b"1/" * 300_000,
        "at signs": b"@me " * 200_000,
        "letters with marks": "a\u0301\u0302\u0303".encode() * 100_000,
        "one letter with a million marks": b"a" + "\u0301".encode() * 500_000,
        "ligatures that unfold": "ﷺ".encode() * 100_000,
        "controls": b"\x1b]52;c;" * 100_000,
        "families": "👨‍👩‍👧‍👦".encode() * 50_000,
        "half surrogates": b"\xed\xa0\x80" * 100_000,
        "age stanzas": b"age-encryption.org/v1\n" + b"-> X25519 AAAA\nAAAA\n" * 100_000,
        "an age stanza of many words": b"age-encryption.org/v1\n-> scrypt" + b" a" * 500_000 + b"\n",
        "an age body without an end": b"age-encryption.org/v1\n-> X25519 a\n" + (b"A" * 64 + b"\n") * 25_000,
        "an age stanza that asks for much": b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 99\n"
        + b"A" * 43
        + b"\n--- "
        + b"A" * 43
        + b"\n",
    }
