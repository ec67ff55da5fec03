"""Verbs of peer work, in groups, and how one is put into a sentence."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.toml import read_toml

_ENDS_SENTENCE = ".!?…:\n。！？"
_OPENS = "([{“‘«„\"'–—/"


class VerbGroup(BaseModel):
    """Verbs that belong together, such as those of being with somebody."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)

    title: str = Field(min_length=1, max_length=40)
    verbs: list[str] = Field(min_length=1, max_length=50)


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)

    groups: list[VerbGroup] = Field(min_length=1, max_length=20)


def load_verbs(data: bytes) -> tuple[VerbGroup, ...]:
    """Reads a list of verbs: TOML with `[[groups]]` of a `title` and `verbs`.

    Raises:
        InvalidInputError: It is no such list.
    """
    try:
        return tuple(_File.model_validate(read_toml(data)).groups)
    except (ValidationError, ValueError):
        raise InvalidInputError("The list of verbs is not as it should be.", "Restore it, or correct it.") from None


def in_sentence(words: str, before: str) -> str:
    """Words as they go on from what stands before them: a space between, a capital letter where a sentence begins."""
    stripped = before.rstrip(" ")
    begins = not stripped or stripped[-1] in _ENDS_SENTENCE
    shown = words[:1].upper() + words[1:] if begins else words
    return shown if not before or before[-1].isspace() or before[-1] in _OPENS else f" {shown}"
