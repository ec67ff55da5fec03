"""A template as a TOML file that a person can read and write, and every fault in one with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from peernote_tui.documents.line_faults import LineFault, in_order, refuse_any
from peernote_tui.domain.note import NoteKind
from peernote_tui.domain.template import FieldKind, Template, TemplateField
from peernote_tui.domain.template_check import faults
from peernote_tui.domain.template_faults import Place
from peernote_tui.domain.toml import MOST_BYTES, read_toml

_HEADER = re.compile(r"\s*\[\[\s*([\w.\s-]+?)\s*\]\]")
_ENTRY = re.compile(r"\s*([\w-]+)\s*=")
_LEVELS = {"sections": 0, "sections.fields": 1, "sections.fields.columns": 2}
_ACTIONS = "actions"
_LISTS = ("sections", "fields", "columns", "actions")
_MISSING = "missing"
_UNKNOWN = "extra_forbidden"
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_FIRST = ("key", "kind", "label")


def read_template(data: bytes) -> Template:
    """A template from its file.

    Raises:
        InvalidInputError: It cannot be used; the sentence names the first fault with its line, and how many there are.
    """
    document, found = _read(data)
    refuse_any(found, "the template")
    return Template.model_validate(document)


def file_faults(data: bytes) -> tuple[LineFault, ...]:
    """Everything that is wrong with a file of a template, by line; empty when it can be used."""
    return _read(data)[1]


def _read(data: bytes) -> tuple[dict[str, Any], tuple[LineFault, ...]]:
    """What stands in a file of a template, and everything that is wrong with it."""
    try:
        document = read_toml(data)
    except ValueError as error:
        return {}, (unreadable(data, error),)
    lines = _Lines(data.decode("utf-8-sig"))
    try:
        template = Template.model_validate(document)
    except ValidationError as error:
        problems = error.errors(include_input=False, include_url=False, include_context=False)
        found = [_of_the_form(lines, problem["loc"], str(problem["type"])) for problem in problems]
    else:
        found = [
            LineFault(line=lines.line(fault.place), sentence=fault.sentence, way_out=fault.way_out)
            for fault in faults(template)
        ]
    return document, in_order(found)


def write_template(template: Template) -> bytes:
    """A template as a file that reads back as the same template; what is as usual is left out."""
    lines = list(entries(template.model_dump(exclude={"sections", _ACTIONS}, exclude_defaults=True)))
    for action in template.actions:
        lines += ["", f"[[{_ACTIONS}]]", *entries(action.model_dump(mode="json", exclude_defaults=True))]
    for section in template.sections:
        lines += ["", "[[sections]]", *entries(section.model_dump(exclude={"fields"}, exclude_defaults=True))]
        for field in section.fields:
            lines += ["", "[[sections.fields]]", *_of_a_field(field)]
            for column in field.columns:
                lines += ["", "[[sections.fields.columns]]", *_of_a_field(column)]
    return ("\n".join(lines) + "\n").encode()


class _Lines:
    """Finds the line of a place in the text of a template."""

    def __init__(self, text: str) -> None:
        self._headers: dict[tuple[int | str, ...], int] = {}
        self._entries: dict[tuple[tuple[int | str, ...], str], int] = {}
        at: tuple[int | str, ...] = ()
        actions = 0
        counts = [-1, -1, -1]
        for number, line in enumerate(text.split("\n"), start=1):
            if header := _HEADER.match(line):
                name = re.sub(r"\s", "", header[1])
                if name == _ACTIONS:
                    at, actions = (_ACTIONS, actions), actions + 1
                elif (level := _LEVELS.get(name)) is None:
                    continue
                else:
                    counts[level] += 1
                    counts[level + 1 :] = [-1] * (2 - level)
                    at = tuple(counts[: level + 1])
                self._headers[at] = number
            elif entry := _ENTRY.match(line):
                self._entries.setdefault((at, entry[1]), number)

    def line(self, place: Place) -> int:
        """The line of an entry, or of the section, field, column or action that should have it."""
        if place.action is not None:
            action = (_ACTIONS, place.action)
            inline = self._entries.get(((), _ACTIONS), 1)
            return self._entries.get((action, place.entry)) or self._headers.get(action, inline)
        at = tuple(part for part in (place.section, place.field, place.column) if part is not None)
        return self._entries.get((at, place.entry)) or self._headers.get(at, 1)


def unreadable(data: bytes, error: ValueError) -> LineFault:
    """Why a file is no TOML that can be read, and from which line on."""
    if str(error) != "no readable TOML":
        return LineFault(
            line=1, sentence=f"The file is {error}.", way_out=f"Such a file has at most {MOST_BYTES} bytes."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        return LineFault(
            line=data[: problem.start].count(b"\n") + 1,
            sentence="Here stands what is no UTF-8 text.",
            way_out="Save the file as UTF-8.",
        )
    # The reader of the standard library tells the line in words alone; the longest beginning that reads shows it, too.
    rows = text.split("\n")
    low, high = 0, len(rows)
    while low < high:
        middle = (low + high + 1) // 2
        if _reads("\n".join(rows[:middle])):
            low = middle
        else:
            high = middle - 1
    return LineFault(
        line=min(low + 1, len(rows)),
        sentence="The file is no readable TOML from here on.",
        way_out='Look for a missing quotation mark or bracket; an entry is: label = "…".',
    )


def _reads(text: str) -> bool:
    try:
        read_toml(text.encode())
    except ValueError:
        return False
    return True


def _of_the_form(lines: _Lines, where: tuple[int | str, ...], kind: str) -> LineFault:
    numbers = [part for part in where if isinstance(part, int)][:3]
    names = [str(part) for part in where if isinstance(part, str) and part not in _LISTS]
    entry = names[0] if names else ""
    if where[:1] == (_ACTIONS,):
        place = Place(action=numbers[0] if numbers else None, entry=entry)
    else:
        place = Place(
            section=numbers[0] if numbers else None,
            field=numbers[1] if len(numbers) > 1 and "fields" in where else None,
            column=numbers[2] if len(numbers) > 2 and "columns" in where else None,
            entry=entry,
        )
    line = lines.line(place)
    if kind == _MISSING:
        return LineFault(line=line, sentence=f"The entry {entry} is missing.", way_out=f"Add: {entry} = …")
    if kind == _UNKNOWN:
        return LineFault(
            line=line, sentence=f"There is no entry called “{entry}”.", way_out="See: peernote schema template"
        )
    if where == ("kind",):
        return LineFault(
            line=line,
            sentence="This kind of contact is not known.",
            way_out=f"The kinds are: {', '.join(kind.value for kind in NoteKind)}.",
        )
    if entry == "kind":
        kinds = ", ".join(kind.value for kind in FieldKind)
        return LineFault(line=line, sentence="This kind is not known.", way_out=f"The kinds are: {kinds}.")
    return LineFault(
        line=line,
        sentence=f"The entry {entry} is not as it should be." if entry else "This is no template.",
        way_out="See: peernote schema template",
    )


def _of_a_field(field: TemplateField) -> Iterator[str]:
    written = field.model_dump(exclude={"columns"}, exclude_defaults=True)
    first = {name: written[name] for name in _FIRST}
    yield from entries({**first, **written})


def entries(values: dict[str, Any]) -> Iterator[str]:
    """Entries of TOML, one a line."""
    for name, value in values.items():
        yield f"{name} = {_toml(value)}"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    if isinstance(value, dict):
        parts = (f"{name if _BARE.fullmatch(name) else _quoted(name)} = {_toml(each)}" for name, each in value.items())
        return f"{{ {', '.join(parts)} }}"
    if isinstance(value, list | tuple):
        inside = [_toml(each) for each in value]
        if value and isinstance(value[0], dict):
            return "[\n" + "".join(f"  {each},\n" for each in inside) + "]"
        return f"[{', '.join(inside)}]"
    return _quoted(str(value))


def _quoted(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(f"\\u{ord(sign):04x}" if ord(sign) < 32 or ord(sign) == 127 else sign for sign in plain) + '"'
