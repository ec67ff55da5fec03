"""In which encoding a text file is written: taken only where that can be told, and said with the reason."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from peernote_tui.documents.people.table import Asks, PeopleFileError
from peernote_tui.domain.errors import InvalidInputError

_MARKS = (
    # UTF-32 first: its mark begins like that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_NAMES = {
    "utf-8": "utf-8-sig",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "utf-32": "utf-32",
    "windows-1252": "cp1252",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "windows-1254": "cp1254",
    "windows-1257": "cp1257",
    "iso-8859-1": "latin-1",
    "iso-8859-2": "iso8859-2",
    "iso-8859-15": "iso8859-15",
    "mac-roman": "mac-roman",
    "cp437": "cp437",
    "cp850": "cp850",
    "shift-jis": "cp932",
    "gb18030": "gb18030",
    "big5": "big5",
    "euc-kr": "euc-kr",
}
ENCODINGS = tuple(_NAMES)
"""What `--encoding` knows."""

_LOOKED_AT = 4096
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_IN_UTF_8 = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}")
# Letters of Western languages, without those whose bytes are other letters in the code pages of Turkey, the Baltic
# and Central Europe, and the marks that office programs set.
_WESTERN = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿŒœŠšŽžŸ")
_MARKS_OF_OFFICES = frozenset("‘’“”–—…•€·«»¡¿°ºª\u00a0§®©™")
# Inside a word these are letters of another code page.
_INSIDE = re.compile(r"[^\W\d_][‘“”–—…•€·«»¡¿°ºª\u00a0§®©™][^\W\d_]|[a-zà-ÿ][À-ÞŒŠŽŸ]")
_ASK = "Say which it is with --encoding, such as --encoding windows-1252, or save the file as UTF-8."


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read.

    Attributes:
        text: Without the mark at its beginning.
        encoding: Its name, as people write it.
        why: Why this encoding was taken, as the end of a sentence.
    """

    text: str
    encoding: str
    why: str


def decode(data: bytes, encoding: str = "") -> Decoded:
    """A file's text.

    UTF-8 and UTF-16 prove themselves. Windows-1252 is taken only where every sign beyond ASCII is a letter or a mark
    of Western languages in a place where these stand; anything else is asked for.

    Args:
        data: The file.
        encoding: One of `ENCODINGS`; empty to find out.

    Raises:
        PeopleFileError: The encoding cannot be told, is not known, or does not fit; with the line.
    """
    if encoding:
        return _as_asked(data, encoding)
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data, codec, name), name, "it begins with the mark of this encoding")
    if b"\x00" in data[:_LOOKED_AT]:
        return _unmarked_utf_16(data)
    if _BINARY.search(data[:_LOOKED_AT]):
        raise no_text()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _western(data, error)
    if _BINARY.search(data):
        raise no_text()
    why = "it holds nothing beyond ASCII" if text.isascii() else "every letter in it is valid UTF-8"
    return Decoded(text, "UTF-8", why)


def codec_of(encoding: str) -> str:
    """The codec of an encoding that was asked for.

    Raises:
        InvalidInputError: It is not known.
    """
    name = encoding.strip().casefold().replace("_", "-")
    name = {"cp1252": "windows-1252", "utf8": "utf-8", "utf16": "utf-16", "latin-1": "iso-8859-1"}.get(name, name)
    if name not in _NAMES:
        raise InvalidInputError("This encoding is not known.", f"Known are: {', '.join(ENCODINGS)}.", field="encoding")
    return _NAMES[name]


def no_text() -> PeopleFileError:
    """The refusal of a file that holds no text."""
    return PeopleFileError(
        "This is no text, workbook or vCard file: it holds bytes that no text has.",
        "Export the list as CSV, XLSX or vCard from the program that made it.",
    )


def _as_asked(data: bytes, encoding: str) -> Decoded:
    codec = codec_of(encoding)
    return Decoded(_strictly(data, codec, encoding).removeprefix("\ufeff"), encoding, "it was asked for")


def _strictly(data: bytes, codec: str, name: str) -> str:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        line = _line_before(data, error.start, codec)
        raise PeopleFileError(f"Line {line} is not {name}.", _ASK, line=line, asks=Asks.ENCODING) from None
    if _CONTROLS.search(text):
        raise no_text()
    return text


def _line_before(data: bytes, at: int, codec: str) -> int:
    before = data[:at].decode(codec, errors="ignore")
    return before.count("\n") + 1


def _unmarked_utf_16(data: bytes) -> Decoded:
    """UTF-16 without its mark: every other byte of Western text is zero, which no other text has."""
    head = data[:_LOOKED_AT]
    low, high = head[::2].count(0), head[1::2].count(0)
    codec, name = ("utf-16-le", "UTF-16-LE") if high > low else ("utf-16-be", "UTF-16-BE")
    few, many = sorted((low, high))
    if few or many * 4 < len(head) or len(data) % 2:
        raise no_text()
    return Decoded(_strictly(data, codec, name), name, "every other byte in it is zero, as only in UTF-16")


def _western(data: bytes, error: UnicodeDecodeError) -> Decoded:
    line = data.count(b"\n", 0, error.start) + 1
    if _IN_UTF_8.search(data):
        raise PeopleFileError(
            f"Line {line} is not UTF-8, although other lines are: the file is damaged there or was put together "
            "from two.",
            _ASK,
            line=line,
            asks=Asks.ENCODING,
        )
    if _BINARY.search(data):
        raise no_text()
    text = data.decode("cp1252", errors="replace")
    for number, written in enumerate(text.split("\n"), start=1):
        beyond = {sign for sign in written if sign > "\x7f"}
        if not beyond <= _WESTERN | _MARKS_OF_OFFICES or _INSIDE.search(written.replace("’", "'")):
            raise PeopleFileError(
                f"The encoding cannot be told: line {number} is not UTF-8, and not what Windows-1252 makes of names.",
                _ASK,
                line=number,
                asks=Asks.ENCODING,
            )
    why = f"line {line} is not UTF-8, and read like this every sign beyond ASCII is a letter or mark of the West"
    return Decoded(text, "Windows-1252", why)
