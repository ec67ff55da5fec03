"""A rule pack as a TOML file that a person can read and write, and every fault in one with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import ValidationError

from peernote_tui.documents.line_faults import LineFault, in_order, refuse_any
from peernote_tui.documents.template_file import entries, unreadable
from peernote_tui.domain.rule_pack import RulePack, pack_faults
from peernote_tui.domain.toml import read_toml
from peernote_tui.domain.unit_rounding import UnitRounding

_HEADER = re.compile(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?")
_ENTRY = re.compile(r"\s*([\w-]+)\s*=")
_ELEMENTS = "elements"
_SCHEMA = "See: peernote schema pack"
_FORMS = {
    "rounding": f"It is one of: {', '.join(UnitRounding)}.",
    "effective": "Write a date without quotation marks: effective = 2026-01-01",
    "version": "Write a whole number: version = 1",
    "required": "It is true or false.",
    "fields": 'Write keys in brackets: fields = ["plan", "goal"]',
    "due_hours": "Write a whole number of hours.",
    "due_business_days": "Write a whole number of days.",
}


def read_pack(data: bytes) -> RulePack:
    """A rule pack from its file.

    Raises:
        InvalidInputError: It cannot be used; the sentence names the first fault with its line, and how many there are.
    """
    refuse_any(pack_file_faults(data), "the rule pack")
    return RulePack.model_validate(read_toml(data))


def pack_file_faults(data: bytes) -> tuple[LineFault, ...]:
    """Everything that is wrong with a file of a rule pack, by line; empty when it can be used."""
    try:
        document = read_toml(data)
    except ValueError as error:
        return (unreadable(data, error),)
    lines = _Lines(data.decode("utf-8-sig"))
    try:
        pack = RulePack.model_validate(document)
    except ValidationError as error:
        problems = error.errors(include_input=False, include_url=False, include_context=False)
        found = [_of_the_form(lines, problem["loc"], str(problem["type"])) for problem in problems]
    else:
        found = [
            LineFault(line=lines.line(fault.element, fault.entry), sentence=fault.sentence, way_out=fault.way_out)
            for fault in pack_faults(pack)
        ]
    return in_order(found)


def write_pack(pack: RulePack) -> bytes:
    """A rule pack as a file that reads back as the same pack; what is as usual is left out."""
    return ("\n".join(_written(pack)) + "\n").encode()


def _written(pack: RulePack) -> Iterator[str]:
    yield from entries(pack.model_dump(exclude={_ELEMENTS}, exclude_defaults=True))
    for element in pack.elements:
        yield from ("", f"[[{_ELEMENTS}]]", *entries(element.model_dump(exclude_defaults=True)))


class _Lines:
    """Finds the line of an entry in the text of a rule pack."""

    def __init__(self, text: str) -> None:
        self._headers: dict[int, int] = {}
        self._entries: dict[tuple[int | None, str], int] = {}
        at: int | None = None
        for number, line in enumerate(text.split("\n"), start=1):
            if (header := _HEADER.match(line)) and header[1] == _ELEMENTS:
                at = len(self._headers)
                self._headers[at] = number
            elif entry := _ENTRY.match(line):
                self._entries.setdefault((at, entry[1]), number)

    def line(self, element: int | None, entry: str) -> int:
        """The line of an entry, or of the element that should have it; 1 where it is about the whole."""
        return self._entries.get((element, entry)) or (self._headers.get(element, 1) if element is not None else 1)


def _of_the_form(lines: _Lines, where: tuple[int | str, ...], kind: str) -> LineFault:
    element = next((part for part in where if isinstance(part, int)), None) if where[:1] == (_ELEMENTS,) else None
    names = [str(part) for part in where if isinstance(part, str) and (part != _ELEMENTS or element is None)]
    entry = names[0] if names else ""
    line = lines.line(element, entry)
    if kind == "missing":
        way_out = "Add at least one [[elements]]." if entry == _ELEMENTS else f"Add: {entry} = …"
        return LineFault(line=line, sentence=f"The entry {entry} is missing.", way_out=way_out)
    if kind == "extra_forbidden":
        return LineFault(line=line, sentence=f"There is no entry called “{entry}”.", way_out=_SCHEMA)
    sentence = f"The entry {entry} is not as it should be." if entry else "This is no rule pack."
    return LineFault(line=line, sentence=sentence, way_out=_FORMS.get(entry, _SCHEMA))
