"""How somebody may be reached: what is safe stands in words before any number."""

from __future__ import annotations

from peernote_tui.domain.participant import Safe, Safety
from peernote_tui.ui import sentences


def safety_short(safety: Safety) -> str:
    """What is safe with a number in a few words, such as "call yes · voicemail no · text not asked"."""
    return " · ".join(
        f"{way} {sentences.SAFE_WORDS[answer.value]}"
        for way, answer in (("call", safety.call), ("voicemail", safety.voicemail), ("text", safety.text))
    )


def is_unasked(safety: Safety) -> bool:
    """Whether nobody asked yet what is safe with a number."""
    return all(answer is Safe.NOT_ASKED for answer in (safety.call, safety.voicemail, safety.text))
