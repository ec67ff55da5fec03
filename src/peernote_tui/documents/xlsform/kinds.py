"""The question types of XLSForms, under all the names they go by, and the kinds of fields that they become.

Source: xlsform.org, "Question types" and "Metadata"; older names from the aliases of pyxform.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, DecimalException

from peernote_tui.domain.template import FieldKind

_SELECT = re.compile(
    r"(select_one|select one|select1|select one from|select_multiple|select multiple|select all that apply"
    r"|select all that apply from|add select one prompt using|add select multiple prompt using"
    r"|select_one_from_file|select_multiple_from_file|select one from file|select multiple from file"
    r"|select_one_external|select one external|rank)\s+(?P<list>\S.*?)(?P<other>(?:\s+or_other|\s+or specify other)?)",
    re.IGNORECASE,
)
_FRAME = re.compile(r"(begin|end)[ _]*(group|lgroup|repeat|loop|looped[ _]group)", re.IGNORECASE)
_ALIASES = {
    "int": "integer",
    "string": "text",
    "add text prompt": "text",
    "add integer prompt": "integer",
    "add decimal prompt": "decimal",
    "add note prompt": "note",
    "add date prompt": "date",
    "add time prompt": "time",
    "q string": "text",
    "q note": "note",
    "trigger": "acknowledge",
    "add acknowledge prompt": "acknowledge",
    "date time": "datetime",
    "photo": "image",
    "picture": "image",
    "add image prompt": "image",
    "add photo prompt": "image",
    "add audio prompt": "audio",
    "add video prompt": "video",
    "add file prompt": "file",
    "gps": "geopoint",
    "location": "geopoint",
    "add location prompt": "geopoint",
    "add barcode prompt": "barcode",
    "calculation": "calculate",
    "imei": "deviceid",
    "device id": "deviceid",
    "start time": "start",
    "end time": "end",
    "phone number": "phonenumber",
    "sim id": "simserial",
    "subscriber id": "subscriberid",
}
PLAIN = frozenset(
    {"text", "integer", "decimal", "range", "note", "date", "time", "datetime", "calculate", "acknowledge", "barcode",
     "hidden"}
)  # fmt: skip
LEFT_OUT = {
    "image": "A picture",
    "audio": "A sound",
    "video": "A film",
    "file": "A file",
    "geopoint": "A place on the map",
    "geotrace": "A way on the map",
    "geoshape": "An area on the map",
    "osm": "A place on the map",
    "background-audio": "A sound",
    "start-geopoint": "A place on the map",
    "background-geopoint": "A place on the map",
    "xml-external": "A list in another file",
    "csv-external": "A list in another file",
}
"""Types whose answers a note cannot hold, and what they hold."""
RECORDED = {
    "start": "A note keeps by itself when writing began.",
    "end": "A note keeps by itself when it was signed.",
    "today": "The day of the contact is asked for in the first section.",
    "deviceid": "A note keeps nothing of the machine.",
    "subscriberid": "A note keeps nothing of the machine.",
    "simserial": "A note keeps nothing of the machine.",
    "phonenumber": "A note keeps nothing of the machine.",
    "username": "A note keeps by itself who signed.",
    "email": "A note keeps by itself who signed.",
    "audit": "What is done in a vault is in its log.",
}
"""What survey programs record by themselves, and why it is not asked here."""


@dataclass(frozen=True)
class FormType:
    """What stands in the column `type`.

    Attributes:
        name: One word: `text`, `select_one`, `begin`, `end` …
        argument: The list of choices or the file; of `begin` and `end`: `group` or `repeat`.
        other: Whether an answer of one's own is asked for, too.
    """

    name: str
    argument: str = ""
    other: bool = False


def read_type(text: str) -> FormType | None:
    """The type that a text names; None for one that is not known."""
    plain = " ".join(text.split())
    if (frame := _FRAME.fullmatch(plain)) is not None:
        kind = "group" if frame[2].casefold() == "group" else "repeat"
        return FormType(frame[1].casefold(), kind)
    if (select := _SELECT.fullmatch(plain)) is not None:
        return FormType(_select_name(select[1]), select["list"], bool(select["other"]))
    folded = plain.casefold()
    name = _ALIASES.get(folded, folded)
    known = PLAIN | LEFT_OUT.keys() | RECORDED.keys()
    return FormType(name) if name in known else None


def _select_name(text: str) -> str:
    folded = text.casefold().replace(" ", "_")
    if "file" in folded or "external" in folded:
        return "multiple_from_file" if "multiple" in folded else "one_from_file"
    if folded == "rank":
        return "rank"
    return "select_multiple" if "multiple" in folded or "all_that" in folded else "select_one"


@dataclass(frozen=True)
class Range:
    """The numbers of a range.

    Attributes:
        start: The least.
        end: The most.
        step: What lies between two.
    """

    start: Decimal
    end: Decimal
    step: Decimal

    @property
    def is_scale(self) -> bool:
        """Whether it can be answered on a scale: whole numbers one after another."""
        return self.step == 1 and self.start == self.start.to_integral_value() == self.start and self.end % 1 == 0


def read_range(parameters: str) -> Range | None:
    """The range that parameters such as `start=0 end=10 step=1` describe; None when they do not."""
    given = {"start": "0", "end": "10", "step": "1"}
    for name, value in re.findall(r"(\w+)\s*=\s*([^\s;,]+)", parameters):
        if name.casefold() in given:
            given[name.casefold()] = value
    try:
        found = Range(*(Decimal(value) for value in given.values()))
    except DecimalException:
        return None
    numbers = (found.start, found.end, found.step)
    small = all(number.is_finite() and abs(number) < 10**9 and number == round(number, 6) for number in numbers)
    return found if small and found.start < found.end and found.step > 0 else None


_KINDS = {
    "barcode": FieldKind.TEXT,
    "integer": FieldKind.NUMBER,
    "decimal": FieldKind.NUMBER,
    "select_one": FieldKind.CHOICE,
    "select_multiple": FieldKind.CHOICES,
    "one_from_file": FieldKind.TEXT,
    "multiple_from_file": FieldKind.TAGS,
    "rank": FieldKind.ROWS,
    "datetime": FieldKind.DATE,
    "time": FieldKind.TIME,
    "acknowledge": FieldKind.YES_NO,
    "note": FieldKind.HEADING,
    "calculate": FieldKind.COMPUTED,
    "hidden": FieldKind.COMPUTED,
}
_IN_ROWS = {
    FieldKind.TAGS: FieldKind.TEXT,
    FieldKind.ROWS: FieldKind.TEXT,
    FieldKind.HEADING: None,
    FieldKind.COMPUTED: None,
}
"""What becomes of a kind that rows cannot repeat."""


def becomes(form_type: FormType, appearance: str, parameters: str, *, in_rows: bool) -> FieldKind | None:
    """The kind of field that a question becomes; None when it is left out."""
    looks = set(appearance.casefold().split())
    match form_type.name:
        case "text":
            return _text_kind(looks)
        case "range":
            scale = (found := read_range(parameters)) is not None and found.is_scale
            return FieldKind.SCALE if scale else FieldKind.NUMBER
        case "date":
            return FieldKind.DATE if not looks & {"year", "month-year"} else FieldKind.TEXT
        case "image":
            return FieldKind.ATTESTATION if "signature" in looks else None
    kind = _KINDS.get(form_type.name)
    return _IN_ROWS.get(kind, kind) if in_rows and kind is not None else kind


def _text_kind(looks: set[str]) -> FieldKind:
    if looks & {"multiline", "multi-line", "textarea"}:
        return FieldKind.LONG_TEXT
    return FieldKind.PHONE if looks & {"tel", "phone", "phonenumber"} else FieldKind.TEXT
