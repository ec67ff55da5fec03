"""Notes that were first written on paper and typed in later: what is known of one before it is read."""

from __future__ import annotations

from peernote_tui.domain.note import CopiedFrom, NoteContent


def as_on_paper(content: NoteContent) -> NoteContent:
    """The content that a note begins with when its words stand on paper.

    Day, times, place and mode stand on the sheet; what is usually filled in for them would be a guess.

    Args:
        content: What a note written now would begin with.
    """
    unknown = dict.fromkeys(("day", "start", "end", "mode"))
    return content.model_copy(update={**unknown, "place": "", "copied_from": CopiedFrom.PAPER})
