"""Ids as people shorten them: a unique beginning means the one that begins so."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from peernote_tui.domain.base import clean_text
from peernote_tui.domain.errors import NotFoundError


def the_one(reference: str, beginning_with: Callable[[str], Sequence[str]], *, what: str, look: str) -> str:
    """The id that an id, or a unique beginning of one, means.

    Args:
        reference: As it was typed.
        beginning_with: Gives the ids that begin with a text, two at most.
        what: What has such ids, such as "action item".
        look: How they are listed.

    Raises:
        NotFoundError: None, or more than one, is meant.
    """
    wanted = clean_text(reference).strip().lower()
    found = beginning_with(wanted) if wanted else ()
    if not found:
        raise NotFoundError(f"No {what} has this id.", f"Look with: {look}")
    if len(found) > 1:
        raise NotFoundError(f"More than one {what} begins with this id.", "Use more of it.")
    return found[0]
