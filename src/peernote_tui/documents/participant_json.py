"""A participant's page as JSON: what a file says replaces what the page says, part by part."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.participant import Contact, CustomField, OtherId, ParticipantDetails, PersonAround, Safety

LARGEST_PAGE = 1024 * 1024
"""Bytes; a file beyond this is no page of one person."""
_WAY_OUT = "Nothing was changed. See the form with: peernote schema participant"


def read_page(data: bytes, page: dict[str, Any]) -> ParticipantDetails:
    """The page that a file makes of one that is there.

    Args:
        data: One JSON object, UTF-8; each key replaces that part of the page.
        page: The page as it is, in terms of JSON.

    Raises:
        InvalidInputError: It is no such object, or a part does not fit; the sentence names the part.
    """
    if len(data) > LARGEST_PAGE:
        raise InvalidInputError("This file is larger than 1 MiB.", "Is it the right file?")
    try:
        told = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise InvalidInputError("This file is not JSON in UTF-8.", _WAY_OUT) from None
    if not isinstance(told, dict):
        raise InvalidInputError("This file is not one JSON object.", _WAY_OUT)
    try:
        return ParticipantDetails.model_validate_json(json.dumps({**page, **told}))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        known = [str(part) for part in first["loc"] if isinstance(part, int) or part in _PARTS]
        reason = str(first["msg"]).removeprefix("Value error, ").rstrip(".")
        where = ".".join(known) or "a part that is not known"
        raise InvalidInputError(f"This file cannot be used: {where}: {reason}.", _WAY_OUT) from None
    except (RecursionError, ValueError):
        raise InvalidInputError("This file is nested too deeply or holds odd characters.", _WAY_OUT) from None


def page_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a participant's page, with an example."""
    schema = ParticipantDetails.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["description"] = (
        "A participant's page. For `participants edit --json-from` a file needs only the parts that change; each "
        "replaces that part as a whole."
    )
    schema["examples"] = [EXAMPLE]
    return schema


EXAMPLE: dict[str, Any] = {
    "name": "Maria Santos",
    "pronouns": "she/her",
    "phone": "555-0142",
    "phone_safety": {"call": "yes", "voicemail": "no", "text": "yes"},
    "people": [{"name": "Rosa Santos", "relation": "mother", "phone": "555-0143", "emergency": True}],
    "languages": ["Spanish", "English"],
    "goals": ["my own front door"],
}

_PARTS = frozenset(
    {
        *ParticipantDetails.model_fields,
        *Safety.model_fields,
        *Contact.model_fields,
        *PersonAround.model_fields,
        *OtherId.model_fields,
        *CustomField.model_fields,
    }
)
"""What may be named in a refusal; a key of somebody's own could be a name."""
