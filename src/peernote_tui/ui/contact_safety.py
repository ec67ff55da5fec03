"""What has to be known before the first ring: which number, what is safe with it, what was agreed to."""

from __future__ import annotations

from collections.abc import Iterable

from peernote_tui.domain.calling import Way
from peernote_tui.domain.consent import ConsentStanding
from peernote_tui.domain.participant import Safe, Safety
from peernote_tui.ui import sentences
from peernote_tui.ui.widgets.side_pane import PaneLine

_WAYS = ("call", "voicemail", "text")


def reaching_lines(ways: Iterable[Way], voicemail: ConsentStanding, text: ConsentStanding) -> list[PaneLine]:
    """One line a number, the warnings before it, and where they stand on messages; nothing without a number.

    Args:
        ways: Their numbers, in the order in which they are to be tried.
        voicemail: Where they stand on being left a message.
        text: Where they stand on being texted.
    """
    lines = [way_line(way) for way in ways]
    return [*lines, *_agreed(voicemail, text)] if lines else []


def way_line(way: Way) -> PaneLine:
    """What is safe with a number, and then the number."""
    sign, style, words = safety_words(way.safety)
    number = ", ".join(part for part in (way.number, way.label, way.remark) if part)
    return PaneLine(f"{words}: {number}", sign=sign, sign_style=style)


def safety_words(safety: Safety) -> tuple[str, str, str]:
    """Sign, style and words of what is safe with a number, the warnings first."""
    answers = {way: getattr(safety, way) for way in _WAYS}
    warnings = [sentences.SAFETY_TOLD[way, "no"] for way in _WAYS if answers[way] is Safe.NO]
    fine = [sentences.SAFETY_TOLD[way, "yes"] for way in _WAYS if answers[way] is Safe.YES]
    if warnings:
        return "!", "$error", " · ".join(warnings + fine)
    return ("✓", "$success", " · ".join(fine)) if fine else ("?", "$primary", sentences.ASK_WHAT_IS_SAFE)


def _agreed(voicemail: ConsentStanding, text: ConsentStanding) -> list[PaneLine]:
    standings = {"voicemail": voicemail, "text": text}
    yes = [way for way, standing in standings.items() if standing is ConsentStanding.ACTIVE]
    no = {way: standing.value for way, standing in standings.items() if standing is not ConsentStanding.ACTIVE}
    lines = [PaneLine(sentences.agreed_to(yes), sign="✓", sign_style="$success")] if yes else []
    return lines + ([PaneLine(sentences.not_agreed_to(no), style="$muted")] if no else [])
