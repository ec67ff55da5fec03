"""How much the pages of a PDF draw: a file of a few kilobytes can keep a computer busy for minutes."""

from __future__ import annotations

from typing import Any

from pypdf import PageObject
from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

from peernote_tui.documents.readers.form import FormFileError

_HEAVIEST = 2_000_000
"""Bytes of what draws one page, unpacked; a page full of words takes thirty thousand."""
_MOST_STEPS = 200_000
"""Steps of drawing of all pages together; thirty thousand take about a second."""


class Steps:
    """Counts the steps of drawing, also those of what a page draws by its name, again and again."""

    def __init__(self) -> None:
        self._count = 0

    def one_more(self, *_told: object) -> None:
        """Count one; for the library, which lets a refusal out of a page, but not out of what the page names."""
        self._count += 1
        self.require_few()

    def require_few(self) -> None:
        """Refuse what would take long.

        Raises:
            FormFileError: It would.
        """
        if self._count > _MOST_STEPS:
            raise _too_much()


def require_light(page: PageObject) -> None:
    """Refuse a page that unpacks to far more than the page of a form, before it is looked at.

    Raises:
        FormFileError: It does.
    """
    contents = page.get_contents()
    weight = len(contents.get_data()) if contents is not None else 0
    seen: set[int] = set()
    waiting = [page.get("/Resources")]
    while waiting and weight <= _HEAVIEST:
        resources = _object(waiting.pop())
        named = _object(resources.get("/XObject")) if isinstance(resources, DictionaryObject) else None
        for each in named.values() if isinstance(named, DictionaryObject) else ():
            form = _object(each)
            if isinstance(form, StreamObject) and form.get("/Subtype") == "/Form" and id(form) not in seen:
                seen.add(id(form))
                weight += len(form.get_data())
                waiting.append(form.get("/Resources"))
    if weight > _HEAVIEST:
        raise _too_much()


def _too_much() -> FormFileError:
    return FormFileError("This PDF draws more than a filled form does.", "Is it the right file?")


def _object(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value
