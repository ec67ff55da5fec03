"""A filled PDF form: its fields by their names; or the words of a PDF that has none."""

from __future__ import annotations

import logging
import re
from io import BytesIO
from typing import Any

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from peernote_tui.documents.readers.form import MOST_TEXT, STAMP, FilledForm, FormFileError, Line, LineKind
from peernote_tui.documents.readers.pdf_weight import Steps, require_light
from peernote_tui.documents.readers.text import read_text
from peernote_tui.domain.base import clean_text
from peernote_tui.domain.errors import PeerNoteError

_MOST_PAGES = 100
_MOST_FIELDS = 5_000
_DEEPEST = 20
_OFF = "Off"
_NUMBER = re.compile(r"\d+ of \d+")
_DAMAGED = "This PDF is damaged.", "Open it in the program it comes from and save it once more."


def read_pdf(data: bytes) -> FilledForm:
    """The fields of a PDF form; scripts and links in it are passed over.

    Raises:
        FormFileError: It is locked, damaged, or holds pictures only.
    """
    # The library tells of every oddity in a log; it may quote what stands there.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    try:
        return _read(pypdf.PdfReader(BytesIO(data)))
    except PeerNoteError:
        raise
    except Exception:  # noqa: BLE001 what a damaged PDF makes the library raise is no one family
        raise FormFileError(*_DAMAGED) from None


def _read(reader: pypdf.PdfReader) -> FilledForm:
    # Some are locked against change only, and open without a word.
    if reader.is_encrypted and not reader.decrypt(""):
        raise FormFileError("This PDF is locked with a password.", "Open it in its program and save it without one.")
    root = _object(reader.trailer["/Root"])
    form = _object(root.get("/AcroForm"))
    lines: list[Line] = []
    if isinstance(form, DictionaryObject):
        for field in _list(form.get("/Fields")):
            _collect(field, ("", ""), lines, set(), 0)
    # Every page of a form says which it is.
    pages = _pages(reader, most=1 if lines else _MOST_PAGES)
    words = "\n".join(pages)
    if lines:
        return FilledForm("PDF", (*lines, *_stamped(words)), marked=True)
    if isinstance(form, DictionaryObject) and "/XFA" in form and not words.strip():
        raise FormFileError(
            "This PDF is a form of a kind that only one program can fill (XFA).", "Print it as a form from PeerNote."
        )
    if not words.strip():
        raise FormFileError(
            "This PDF holds pictures of pages, and no words.",
            "Type the form again while reading it, or fill the PDF form that PeerNote makes.",
        )
    if loose := [typed for page in pages if (typed := _after_the_foot(page))]:
        return FilledForm("PDF", (*[Line(LineKind.EDGE, typed) for typed in loose], *_stamped(words)))
    return FilledForm("PDF", read_text(words).lines)


def _after_the_foot(page: str) -> str:
    """What stands on a page after the line that names the form, which is the last of those that are printed.

    These are answers of fields that are fields no more, since the form was printed to a PDF or saved by a program that
    keeps none: which question each of them answers is not told, and none is guessed.
    """
    feet = list(STAMP.finditer(page))
    left = map(str.strip, page[feet[-1].end() :].splitlines() if feet else ())
    return "\n".join(line for line in left if line and not _NUMBER.fullmatch(line))


def _pages(reader: pypdf.PdfReader, *, most: int) -> list[str]:
    if len(reader.pages) > _MOST_PAGES:
        raise FormFileError(f"This PDF has more than {_MOST_PAGES} pages.", "Is it a filled form?")
    found: list[str] = []
    steps = Steps()
    for page in reader.pages[:most]:
        require_light(page)
        found.append(clean_text(page.extract_text(visitor_operand_before=steps.one_more)))
        steps.require_few()
        if sum(map(len, found)) > MOST_TEXT:
            break
    return found


def _stamped(words: str) -> list[Line]:
    """The printed line that names the form; everything else on a page of fields is the form itself."""
    return [Line(LineKind.EDGE, found) for found in dict.fromkeys(STAMP.findall(words))]


def _collect(field: Any, above: tuple[str, str], lines: list[Line], seen: set[int], deep: int) -> None:
    """What a field holds, or those below it; names of fields are joined by points.

    Args:
        field: The field.
        above: Name and kind of the field that it stands in.
        lines: What was collected.
        seen: Numbers of fields that were looked at, since a damaged file may name one within itself.
        deep: How many it stands in.
    """
    if isinstance(field, IndirectObject):
        if field.idnum in seen:
            return
        seen.add(field.idnum)
    node = _object(field)
    if not isinstance(node, DictionaryObject) or deep > _DEEPEST or len(lines) > _MOST_FIELDS:
        return
    own = str(node.get("/T") or "")
    name = ".".join(part for part in (above[0], own) if part)
    kind = str(node.get("/FT") or above[1])
    below = _list(node.get("/Kids"))
    if any("/T" in _object(each) for each in below if isinstance(_object(each), DictionaryObject)):
        for each in below:
            _collect(each, (name, kind), lines, seen, deep + 1)
        return
    value = _object(node.get("/V"))
    label = clean_text(str(node.get("/TU") or own))
    if kind == "/Btn":
        lines.append(Line(LineKind.ROW, label, key=name, ticked=_ticked(node, below, value)))
    else:
        told = [_said(each) for each in value] if isinstance(value, ArrayObject) else [_said(value)]
        lines.append(Line(LineKind.ROW, label, ("\n".join(filter(None, told)),), key=name))


def _ticked(node: DictionaryObject, below: list[Any], value: Any) -> tuple[tuple[str, bool], ...]:
    """The one box of a field, or each of several that exclude each other, and whether it is ticked."""
    chosen = str(value or _object(node.get("/AS")) or "").removeprefix("/")
    on = [name for each in below or [node] for name in _states(_object(each))]
    names = list(dict.fromkeys(on)) or ([chosen] if chosen else [])
    return tuple((clean_text(name), name == chosen) for name in names if name != _OFF)


def _states(widget: Any) -> list[str]:
    shown = _object(widget.get("/AP")) if isinstance(widget, DictionaryObject) else None
    normal = _object(shown.get("/N")) if isinstance(shown, DictionaryObject) else None
    return [str(name).removeprefix("/") for name in normal] if isinstance(normal, DictionaryObject) else []


def _said(value: Any) -> str:
    value = _object(value)
    if value is None:
        return ""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return clean_text(str(value)).strip()


def _list(value: Any) -> list[Any]:
    value = _object(value)
    return list(value) if isinstance(value, ArrayObject) else []


def _object(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value
