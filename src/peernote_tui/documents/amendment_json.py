"""What is to be added to a signed note, as a file says it."""

from __future__ import annotations

import json
from typing import Any

from pydantic import Field, ValidationError

from peernote_tui.domain.base import LongText, Model, Name
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.note import NoteContent

LARGEST_AMENDMENT = 4 * 1024 * 1024
"""Bytes; a file beyond this adds to no note."""
_WAY_OUT = "Nothing was added. See the parts with: peernote notes amend --help"


class AmendmentText(Model):
    """Reason and words, and of a correction the answers that change."""

    reason: LongText = ""
    text: LongText = ""
    said_by: Name = ""
    content: dict[str, Any] = Field(default_factory=dict)
    """By the key of the note's content."""

    def corrected(self, present: NoteContent) -> NoteContent:
        """The content of a note with the answers that change.

        Raises:
            InvalidInputError: An answer does not fit; the sentence names its key.
        """
        try:
            return NoteContent.model_validate_json(json.dumps({**present.model_dump(mode="json"), **self.content}))
        except ValidationError as error:
            raise _refusal(error, "content.") from None
        except (RecursionError, ValueError):
            raise InvalidInputError("This file is nested too deeply or holds odd characters.", _WAY_OUT) from None


def read_amendment(data: bytes) -> AmendmentText:
    """What a file says is to be added: one JSON object with `reason`, `text`, `said_by` and `content`.

    Raises:
        InvalidInputError: It is no such object, or a part does not fit; the sentence names the part.
    """
    if len(data) > LARGEST_AMENDMENT:
        raise InvalidInputError("This file is larger than 4 MiB.", "Is it the right file?")
    try:
        told = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise InvalidInputError("This file is not JSON in UTF-8.", _WAY_OUT) from None
    if not isinstance(told, dict):
        raise InvalidInputError("This file is not one JSON object.", _WAY_OUT)
    try:
        found = AmendmentText.model_validate(told)
        # What cannot be written as JSON could not be kept either.
        json.dumps(found.content).encode()
    except ValidationError as error:
        raise _refusal(error) from None
    except (RecursionError, ValueError):
        raise InvalidInputError("This file is nested too deeply or holds odd characters.", _WAY_OUT) from None
    return found


def _refusal(error: ValidationError, where: str = "") -> InvalidInputError:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    known = [str(part) for part in first["loc"] if isinstance(part, int) or part in _PARTS]
    reason = str(first["msg"]).removeprefix("Value error, ").rstrip(".")
    named = where + ".".join(known) if known else "a part that is not known"
    return InvalidInputError(f"This file cannot be used: {named}: {reason}.", _WAY_OUT)


_PARTS = frozenset({*AmendmentText.model_fields, *NoteContent.model_fields})
"""What may be named in a refusal; a key of somebody's own could be a name."""
