"""What every model shares: frozen, strict about unknown fields, clean text."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

LONG_TEXT = 200_000
LINE = 2_000
NAME = 200
TAG = 60

# C0 and C1 controls but newline and tab, and lone surrogates, which no UTF-8 file can hold.
_UNKEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def clean_text(text: str) -> str:
    """Text as it may be stored: line ends unified, characters no database or screen can hold removed.

    Control characters other than newline and tab, and lone surrogates, are dropped. Everything a person
    can read stays as typed; the function is idempotent.
    """
    return _UNKEPT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _clean_line(text: str) -> str:
    return " ".join(clean_text(text).split())


# Ids become parts of queries and file names elsewhere, so an id from a file must look like one of ours.
_UUID = r"^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?$"

OptionalId = Annotated[str, Field(pattern=_UUID)]
"""The 36-character text of a UUID in lower case, or empty."""
LongText = Annotated[str, Field(max_length=LONG_TEXT), AfterValidator(clean_text)]
Line = Annotated[str, Field(max_length=LINE), AfterValidator(_clean_line)]
Name = Annotated[str, Field(max_length=NAME), AfterValidator(_clean_line)]
Tag = Annotated[str, Field(max_length=TAG), AfterValidator(_clean_line)]


class Model(BaseModel):
    """Base of the frozen models that travel between rooms."""

    # What was typed must not surface in an error text, so pydantic may not quote its input.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def canonical_json(value: Any) -> str:
    """One text for one value: sorted keys, no spaces, no escapes but the necessary (after RFC 8785's idea).

    Args:
        value: JSON-shaped data without floats, as `model_dump(mode="json")` gives it.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
