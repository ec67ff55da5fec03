"""What every model shares: frozen, strict about unknown fields, clean text."""

from __future__ import annotations

import json
import re
from datetime import date, time
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
)

from peernote_tui.domain.errors import InvalidInputError

LONG_TEXT = 200_000
LINE = 2_000
NAME = 200
TAG = 60
LONGEST_QUERY = 500
"""Characters of what is searched for; every word of it costs a look at every note."""
FIRST_YEAR, LAST_YEAR = 1900, 2999

# C0 and C1 controls but newline and tab, and lone surrogates, which no UTF-8 file can hold.
_UNKEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def clean_text(text: str) -> str:
    """Text as it may be stored: line ends unified, characters no database or screen can hold removed.

    Control characters other than newline and tab, and lone surrogates, are dropped. Everything a person
    can read stays as typed; the function is idempotent.
    """
    return _UNKEPT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_line(text: str, *, field: str, longest: int = LINE) -> str:
    """A text typed in one line as it may be stored.

    Raises:
        InvalidInputError: It is longer than `longest` characters; `field` names the place.
    """
    line = " ".join(clean_text(text).split())
    if len(line) > longest:
        raise InvalidInputError(f"This line is longer than {longest} characters.", "Use fewer words.", field=field)
    return line


def _cleaned(value: Any) -> Any:
    # Before pydantic's own check, which refuses a text with half a character pair instead of mending it.
    return clean_text(value) if isinstance(value, str) else value


def _cleaned_line(value: Any) -> Any:
    return " ".join(clean_text(value).split()) if isinstance(value, str) else value


def _within_calendar(value: date) -> date:
    # Days and instants near the ends of the calendar cannot be moved between zones.
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"A year lies between {FIRST_YEAR} and {LAST_YEAR}.")
    return value


def _without_zone(value: time) -> time:
    if value.tzinfo is not None:
        raise ValueError("A time is the one on the wall clock, such as 14:00, without a zone.")
    return value


def _born(value: str) -> str:
    try:
        date.fromisoformat(value if len(value) == 10 else f"{value}-01-01")
    except ValueError:
        if value:
            raise ValueError("A birth date is YYYY-MM-DD or YYYY.") from None
    return value


# Ids become parts of queries and file names elsewhere, so an id from a file must look like one of ours.
_UUID = r"^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?$"

OptionalId = Annotated[str, Field(pattern=_UUID)]
"""The 36-character text of a UUID in lower case, or empty."""
LongText = Annotated[str, Field(max_length=LONG_TEXT), BeforeValidator(_cleaned)]
Line = Annotated[str, Field(max_length=LINE), BeforeValidator(_cleaned_line)]
Name = Annotated[str, Field(max_length=NAME), BeforeValidator(_cleaned_line)]
Tag = Annotated[str, Field(max_length=TAG), BeforeValidator(_cleaned_line)]
Born = Annotated[str, Field(pattern=r"^([0-9]{4}(-[0-9]{2}-[0-9]{2})?)?$"), AfterValidator(_born)]
"""`YYYY-MM-DD`, `YYYY`, or empty."""
Day = Annotated[date, AfterValidator(_within_calendar)]
Instant = Annotated[AwareDatetime, AfterValidator(_within_calendar)]
WallTime = Annotated[time, AfterValidator(_without_zone)]


_NOTHING: tuple[Any, ...] = (None, "", [], ())


class Model(BaseModel):
    """Base of the frozen models that travel between rooms."""

    # What was typed must not surface in an error text, so pydantic may not quote its input.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Grown(Model):
    """A part of signed texts that gained fields since: while they say nothing they are no part of the text.

    So a text from before there were such fields stays what was signed.
    """

    GAINED: ClassVar[frozenset[str]] = frozenset()
    """The names of those fields."""

    @model_serializer(mode="wrap")
    def _as_signed(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        said: dict[str, Any] = handler(self)
        return {name: value for name, value in said.items() if name not in self.GAINED or value not in _NOTHING}


def canonical_json(value: Any) -> str:
    """One text for one value: sorted keys, no spaces, no escapes but the necessary (after RFC 8785's idea).

    Args:
        value: JSON-shaped data without floats, as `model_dump(mode="json")` gives it.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
