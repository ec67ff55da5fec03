"""Snippets as a TOML file that a person can read and write: one `[snippets]` table of key = "words"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.snippets import MOST, Snippet, checked
from peernote_tui.domain.toml import read_toml

MOST_BYTES = 2**20
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def read_snippets(data: bytes) -> tuple[Snippet, ...]:
    """The snippets of a file, in its order.

    Raises:
        InvalidInputError: It is no such file, or one of the snippets cannot be used; the sentence says which by its
            number.
    """
    try:
        table = read_toml(data, most_bytes=MOST_BYTES)
    except ValueError:
        raise InvalidInputError(
            "This is no readable file of snippets.", 'Write [snippets], then gnd = "words".'
        ) from None
    entries = table.get("snippets")
    if set(table) != {"snippets"} or not isinstance(entries, dict):
        raise InvalidInputError("A file of snippets holds one table [snippets].", "See one with: snippets export")
    if len(entries) > MOST:
        raise InvalidInputError(f"There are more than {MOST} snippets in the file.", "Leave some out.")
    found: dict[str, Snippet] = {}
    for number, (key, text) in enumerate(entries.items(), start=1):
        if not isinstance(text, str):
            raise InvalidInputError(f"Snippet {number} of the file is no text.", "Put its words in quotation marks.")
        try:
            snippet = checked(key, text)
        except InvalidInputError as error:
            raise InvalidInputError(f"Snippet {number} of the file: {error.sentence}", error.way_out) from None
        if snippet.key in found:
            raise InvalidInputError(f"Snippet {number} of the file is there twice.", "Leave one out.")
        found[snippet.key] = snippet
    return tuple(found.values())


def write_snippets(snippets: Iterable[Snippet]) -> bytes:
    """A file that reads back as the same snippets."""
    lines = ["[snippets]"]
    for snippet in snippets:
        key = snippet.key if _BARE.fullmatch(snippet.key) else json.dumps(snippet.key, ensure_ascii=False)
        lines.append(f"{key} = {json.dumps(snippet.text, ensure_ascii=False)}")
    return ("\n".join(lines) + "\n").encode()
