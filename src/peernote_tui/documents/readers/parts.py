"""The parts of a Word document, unpacked with a limit, and their XML without anything it refers to."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from peernote_tui.documents.readers.form import FormFileError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MOST_PARTS = 2_000
_LARGEST_UNPACKED = 128 * 1024 * 1024
"""Bytes that all parts may say they become, pictures included."""
_LARGEST_PART = 32 * 1024 * 1024
_MOST_TIMES_SMALLER = 200
"""How many times smaller a part may be packed; documents of words reach about fifty."""
_SMALL = 1024 * 1024
_MOST_SIGNS = 600_000
"""Signs that begin an element, end one, or give an attribute; a form of two hundred pages has a third of them."""
_DEEPEST = 400
"""Elements within each other; a table within a table within a table needs forty."""
_TRAP = "This document becomes far larger when it is unpacked than a filled form is.", "Is it the right file?"


def damaged() -> FormFileError:
    """The refusal of a document that does not open."""
    return FormFileError("This document is damaged.", "Open it in a word processor and save it once more as .docx.")


class Parts:
    """The parts of a DOCX.

    Args:
        data: The file.

    Raises:
        FormFileError: It is no Word document, is locked, damaged or a trap.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
            raise damaged() from None
        entries = self._archive.infolist()
        self.names = frozenset(entry.filename for entry in entries)
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise FormFileError("This archive is locked with a password.", "Save the document without one.")
        self._require_word()
        too_much = sum(entry.file_size for entry in entries) > _LARGEST_UNPACKED or len(entries) > _MOST_PARTS
        if too_much or any(
            entry.file_size > max(_SMALL, _MOST_TIMES_SMALLER * max(entry.compress_size, 1)) for entry in entries
        ):
            raise FormFileError(*_TRAP)

    def tree(self, name: str) -> Element:
        """The XML of a part; nothing that it refers to is read.

        Raises:
            FormFileError: It is damaged, defines entities, or is longer than it said.
        """
        try:
            # What the directory says of a size is a promise of the file's own: it is counted again while unpacking.
            with self._archive.open(name) as part:
                data = part.read(min(self._archive.getinfo(name).file_size, _LARGEST_PART) + 1)
        except Exception:  # noqa: BLE001 what a broken archive makes zipfile and zlib raise is no one family
            raise damaged() from None
        # A tree takes forty times the room of the bytes that make it.
        if len(data) > _LARGEST_PART or data.count(b"<") + data.count(b"=") > _MOST_SIGNS:
            raise FormFileError(*_TRAP)
        try:
            root: Element = fromstring(data, forbid_dtd=True)
        except DefusedXmlException:
            raise FormFileError(
                "This document defines entities of its own, which no word processor does.",
                "Open it in a word processor and save it once more as .docx.",
            ) from None
        except (ParseError, ValueError, LookupError, RecursionError):
            raise damaged() from None
        return root

    def _require_word(self) -> None:
        if any(name.startswith("word/") for name in self.names):
            return
        if any(name.startswith("xl/") for name in self.names):
            raise FormFileError("This is a workbook, and no document.", "A form is filled as .docx, PDF or text.")
        if "content.xml" in self.names:
            raise FormFileError("This is an OpenDocument file.", "Open it in its program and save it as .docx.")
        raise FormFileError("This is a zip archive and no document.", "Unpack it, and take the file that is in it.")


def local(element: Element) -> str:
    """The name of an element without its namespace, which differs between the kinds of DOCX."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """The value of an attribute, whatever its namespace; empty for none."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that name."""
    return None if element is None else next((each for each in element if local(each) == name), None)


def require_shallow(root: Element) -> None:
    """Refuse a tree in which nothing could be walked.

    Raises:
        FormFileError: Its elements stand deeper in each other than in any document.
    """
    level = [root]
    for _ in range(_DEEPEST):
        level = [each for element in level for each in element]
        if not level:
            return
    raise damaged()
