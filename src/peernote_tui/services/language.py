"""Language hints from the packaged list; hints, never walls."""

from __future__ import annotations

from importlib import resources

from peernote_tui.domain.language import Hint, LanguageList, Severity, hints, load_language
from peernote_tui.domain.note import NoteContent

_READ_FIELDS = ("concerns", "summary", "response", "strengths", "reason", "next_topics", "plan", "referrals")


def packaged_language() -> LanguageList:
    """The word pairs that ship with the program."""
    text = resources.files("peernote_tui.templates").joinpath("language.toml").read_text(encoding="utf-8")
    return load_language(text)


def note_hints(
    content: NoteContent, language: LanguageList, *, at_least: Severity = Severity.WARN
) -> tuple[tuple[str, Hint], ...]:
    """Hints over everything the peer supporter wrote, each with the field it stands in.

    The participant's own words are theirs and are not read.
    """
    return tuple(
        (field, hint)
        for field in _READ_FIELDS
        for hint in hints(getattr(content, field), language)
        if hint.severity >= at_least
    )
