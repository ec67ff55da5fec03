"""vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), in the dialects of phones: one card becomes one row."""

from __future__ import annotations

import binascii
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from peernote_tui.documents.people.encodings import codec_of, decode
from peernote_tui.documents.people.table import (
    MOST_ROWS,
    FileKind,
    MadeDay,
    PeopleFileError,
    Row,
    Table,
    Watch,
    unwatched,
)
from peernote_tui.domain.errors import InvalidInputError

_BEGIN = re.compile(rb"\s*(?:item\d+\.)?BEGIN\s*:\s*VCARD", re.IGNORECASE)
_PROPERTY = re.compile(r"(?:([A-Za-z0-9-]+)\.)?([A-Za-z][A-Za-z0-9-]*)((?:;(?:\"[^\"]*\"|[^\":;])*)*):(.*)", re.DOTALL)
_SPLIT_PARAMETERS = re.compile(r';((?:"[^"]*"|[^";])*)')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_")
_BIRTH = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?")
_EVERY = 500
_MOST_OF_A_KIND = 20
_MOST_LINES = 5_000

# What a card says that a participant's record has no place for; passed over without a word.
_SILENT = {
    *("BEGIN", "END", "VERSION", "PRODID", "REV", "UID", "KIND", "XML", "SOURCE", "NAME", "MAILER", "TZ", "CLASS"),
    "LABEL",
}
# What is written beside the value of a number or an address and says nothing about where it leads.
_NO_LABEL = {"pref", "voice", "internet", "x400", "uri", "text", "date", "quoted-printable", "base64", "8bit", "b"}


@dataclass
class _Property:
    line: int
    group: str
    name: str
    types: tuple[str, ...]
    parameters: dict[str, str]
    raw: str

    @property
    def quoted(self) -> bool:
        return "quoted-printable" in (self.parameters.get("ENCODING", ""), *self.types)


@dataclass
class _Card:
    """What one card says, by the headers of the table."""

    line: int
    problem: str = ""
    one: dict[str, str] = field(default_factory=dict)
    many: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    """By kind, the label, the value and the group of each."""
    labels: dict[str, str] = field(default_factory=dict)

    def add(self, kind: str, label: str, value: str, group: str = "") -> None:
        found = self.many.setdefault(kind, [])
        if value and len(found) < _MOST_OF_A_KIND and all(value != each[1] for each in found):
            found.append((label, value, group))


def is_vcard(data: bytes) -> bool:
    """Whether a file begins like a vCard, in whatever encoding."""
    head = data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"")
    return bool(_BEGIN.match(head))


def read_vcard(data: bytes, *, encoding: str = "", watch: Watch = unwatched) -> Table:
    """A file of cards as a table; what a record has no place for is told, card by card counted.

    Raises:
        PeopleFileError: The encoding cannot be told, or there are too many cards.
    """
    plain, codec, told = _plain(data, encoding)
    cards: list[_Card] = []
    left_out: Counter[str] = Counter()
    for card, properties in _cards(plain):
        if len(cards) >= MOST_ROWS:
            raise PeopleFileError(f"There are more than {MOST_ROWS:,} cards.", "Split the file.", line=card.line)
        for each in properties:
            try:
                _take(card, each, codec, left_out)
            except (UnicodeError, InvalidInputError):
                card.problem = card.problem or f"line {each.line} is not in the encoding that it names."
        _label(card)
        cards.append(card)
        if len(cards) % _EVERY == 0:
            watch(len(cards))
    if not cards:
        raise PeopleFileError("There is no card in this file.", "Is it the right one?")
    if left_out:
        said = ", ".join(f"{name} ({count})" for name, count in sorted(left_out.items()))
        told.append(f"Left out, because a record has no place for it: {said}.")
    headers, rows = _tabled(cards)
    return Table(FileKind.VCARD, headers, rows, tuple(told), encoding="" if not told else codec)


def _plain(data: bytes, encoding: str) -> tuple[str, str, list[str]]:
    """The file with one character for each byte, the codec of what names none, and how it was told."""
    if b"\x00" in data[:200]:
        decoded = decode(data, encoding)
        return decoded.text.encode().decode("latin-1"), "utf-8", [f"Read as {decoded.encoding}, because {decoded.why}."]
    data = data.removeprefix(b"\xef\xbb\xbf")
    if encoding:
        return data.decode("latin-1"), codec_of(encoding).removesuffix("-sig"), [f"Read as {encoding}: asked for."]
    # A property that names its encoding proves nothing about the others.
    open_ones = re.sub(rb"(?im)^[^\r\n:]*;CHARSET=[^\r\n]*", b"", data)
    decoded = decode(open_ones)
    codec = "utf-8" if decoded.encoding == "UTF-8" else codec_of(decoded.encoding)
    return data.decode("latin-1"), codec, [f"Read as {decoded.encoding}, because {decoded.why}."]


def _cards(plain: str) -> Iterator[tuple[_Card, list[_Property]]]:
    card: _Card | None = None
    properties: list[_Property] = []
    nested = 0
    for line, text in _unfolded(plain):
        found = _property(line, text)
        name = found.name if found is not None else ""
        if name == "BEGIN" and card is not None and _holds_a_card(properties):
            nested += 1
        elif name == "BEGIN":
            if card is not None:
                card.problem = card.problem or "the card has no end."
                yield card, properties
            card, properties, nested = _Card(line), [], 0
        elif card is None:
            continue
        elif name == "END" and not nested:
            yield card, properties
            card, properties = None, []
        elif nested:
            nested -= name == "END"
        else:
            _collect(card, properties, found, line if text.strip() else 0)
    if card is not None:
        card.problem = card.problem or "the card has no end."
        yield card, properties


def _collect(card: _Card, properties: list[_Property], found: _Property | None, line: int) -> None:
    if found is not None and len(properties) < _MOST_LINES:
        properties.append(found)
    elif found is None and line and not (properties and _is_binary(properties[-1])):
        card.problem = card.problem or f"line {line} is no property of a card."


def _holds_a_card(properties: list[_Property]) -> bool:
    """Whether the last property is an agent, whose own card follows (vCard 2.1)."""
    return bool(properties) and properties[-1].name == "AGENT" and not properties[-1].raw.strip()


def _unfolded(plain: str) -> Iterator[tuple[int, str]]:
    """Lines put together again: folded with a space in front, or ending in the = of quoted-printable."""
    held: list[str] = []
    began, soft = 1, False
    for number, text in enumerate(re.split("\r\n|\n|\r", plain), start=1):
        if held and soft:
            # Some phones fold such lines besides.
            held.append(text.lstrip(" \t") if text[:1] in " \t" else text)
        elif held and text[:1] in (" ", "\t") and text.strip():
            held.append(text[1:])
        else:
            if held:
                yield began, "".join(held)
            held, began = [text], number
            soft = False
        quoted = soft or "QUOTED-PRINTABLE" in held[0].partition(":")[0].upper()
        soft = quoted and held[-1].endswith("=")
        if soft:
            held[-1] = held[-1][:-1]
    if held:
        yield began, "".join(held)


def _property(line: int, text: str) -> _Property | None:
    match = _PROPERTY.fullmatch(text)
    if match is None:
        return None
    parameters: dict[str, str] = {}
    types: list[str] = []
    for given in _SPLIT_PARAMETERS.findall(match[3]):
        key, equals, value = given.partition("=")
        # vCard 2.1 writes types without TYPE=.
        if not equals:
            types.append(key.strip().casefold())
        elif key.strip().upper() == "TYPE":
            types += [each.strip().casefold() for each in value.strip('"').split(",")]
        else:
            parameters[key.strip().upper()] = value.strip('" ').casefold()
    return _Property(line, (match[1] or "").casefold(), match[2].upper(), tuple(types), parameters, match[4])


def _is_binary(found: _Property) -> bool:
    return found.parameters.get("ENCODING", "") in {"b", "base64"} or "base64" in found.types


def _take(card: _Card, found: _Property, codec: str, left_out: Counter[str]) -> None:
    """Put one property into the card."""
    name = found.name
    if name in _ONE:
        card.one.setdefault(_ONE[name], _value(found, codec))
    elif name in _MANY:
        card.add(_MANY[name], _types(found), _without_scheme(_value(found, codec)), found.group)
    elif name in _IN_PARTS:
        _IN_PARTS[name](card, found, codec)
    elif name == "X-ANDROID-CUSTOM":
        _android(card, _parts(found, codec, ";"), left_out)
    elif name not in _SILENT and not name.startswith(("X-AB", "X-IRMC", "X-MS-", "X-WAB")):
        left_out[name] += 1


def _name(card: _Card, found: _Property, codec: str) -> None:
    for header, part in zip(_NAME_PARTS, _parts(found, codec, ";"), strict=False):
        card.one.setdefault(header, " ".join(_pieces(part)))


def _nicknames(card: _Card, found: _Property, codec: str) -> None:
    for part in _parts(found, codec, ","):
        card.add("Nickname", "", part)


def _address(card: _Card, found: _Property, codec: str) -> None:
    parts = [" ".join(_pieces(part)) for part in _parts(found, codec, ";")]
    # Street first, then what is beside it, as on an envelope.
    street = [*parts[2:3], *parts[1:2], *parts[0:1], *parts[3:]]
    card.add("Address", _types(found), ", ".join(part for part in street if part), found.group)


def _apple_label(card: _Card, found: _Property, codec: str) -> None:
    label = _value(found, codec)
    match = _APPLE_LABEL.fullmatch(label)
    card.labels[found.group] = match[1] if match else label


def _android(card: _Card, parts: list[str], left_out: Counter[str]) -> None:
    kind, value = parts[0].rpartition("/")[2].casefold(), parts[1] if len(parts) > 1 else ""
    if kind == "nickname":
        card.add("Nickname", "", value)
    elif kind == "relation":
        label = parts[3] if len(parts) > 3 else ""
        card.add("Relation", label, value)
    else:
        left_out["X-ANDROID-CUSTOM"] += 1


def _birthday(card: _Card, found: _Property, codec: str) -> None:
    text = _value(found, codec)
    omitted = found.parameters.get("X-APPLE-OMIT-YEAR", "")
    if omitted:
        # Apple writes a year where there is none, and says so beside it.
        text = text.replace(f"{omitted}-", "--", 1)
    match = _BIRTH.fullmatch(text)
    card.one.setdefault("Birthday", MadeDay("-".join(match.groups())) if match else text)


def _label(card: _Card) -> None:
    for kind, found in card.many.items():
        card.many[kind] = [(card.labels.get(group, "") or label, value, "") for label, value, group in found]


def _types(found: _Property) -> str:
    return " ".join(each.removeprefix("x-") for each in found.types if each not in _NO_LABEL)


def _value(found: _Property, codec: str) -> str:
    return _unescaped(_text(found, found.raw, codec)).strip()


def _parts(found: _Property, codec: str, sign: str) -> list[str]:
    """The parts of a value; a sign that is escaped, or encoded, parts nothing."""
    pieces, began = [], 0
    for match in re.finditer(rf"\\.|{sign}", found.raw):
        if match[0] == sign:
            pieces.append(found.raw[began : match.start()])
            began = match.end()
    pieces.append(found.raw[began:])
    return [_unescaped(_text(found, piece, codec)).strip() for piece in pieces]


def _pieces(part: str) -> list[str]:
    return [piece.strip() for piece in re.split(r"[,\n]", part) if piece.strip()]


def _text(found: _Property, raw: str, codec: str) -> str:
    data = raw.encode("latin-1")
    if found.quoted:
        data = binascii.a2b_qp(data)
    charset = found.parameters.get("CHARSET", "")
    return data.decode(codec_of(charset).removesuffix("-sig") if charset and charset != "us-ascii" else codec)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], text)


def _without_scheme(value: str) -> str:
    scheme, colon, rest = value.partition(":")
    return rest if colon and scheme.casefold() in {"tel", "sms", "mailto"} else value


def _tabled(cards: list[_Card]) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    singles = [header for header in _HEADERS if any(card.one.get(header) for card in cards)]
    counts = {kind: max((len(card.many.get(kind, ())) for card in cards), default=0) for kind in _WHATS}
    headers = list(singles)
    for kind, count in counts.items():
        headers += [f"{kind} {at} - {what}" for at in range(1, count + 1) for what in _WHATS[kind]]
    rows = []
    for card in cards:
        cells = [card.one.get(header, "") for header in singles]
        for kind, count in counts.items():
            found = card.many.get(kind, [])
            for at in range(count):
                said = found[at][:2] if at < len(found) else ("", "")
                cells += said[-len(_WHATS[kind]) :]
        rows.append(Row(card.line, tuple(cells), card.problem))
    return tuple(headers), tuple(rows)


_NAME_PARTS = ("Last Name", "First Name", "Middle Name", "Name Prefix", "Name Suffix")
_ONE = {"FN": "Name", "PRONOUNS": "Pronouns", "X-PRONOUNS": "Pronouns", "NOTE": "Notes"}
_MANY = {
    "TEL": "Phone",
    "EMAIL": "E-mail",
    "LANG": "Language",
    "RELATED": "Relation",
    "X-ABRELATEDNAMES": "Relation",
    "X-SPOUSE": "Relation",
}
_HEADERS = ("Name", *_NAME_PARTS, "Pronouns", "Birthday", "Notes")
_WHATS = {
    "Nickname": ("Value",),
    "Phone": ("Label", "Value"),
    "E-mail": ("Label", "Value"),
    "Address": ("Label", "Value"),
    "Language": ("Value",),
    "Relation": ("Label", "Value"),
}
_IN_PARTS: dict[str, Callable[[_Card, _Property, str], None]] = {
    "N": _name,
    "NICKNAME": _nicknames,
    "ADR": _address,
    "BDAY": _birthday,
    "X-ABLABEL": _apple_label,
}
