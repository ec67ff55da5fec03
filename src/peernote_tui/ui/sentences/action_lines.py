"""What is said of the one line that an action item is typed in."""

from __future__ import annotations

LINE_MARKS = (
    '#housing is a tag; "every friday" or "monthly until june" says how it recurs; sure:7 how sure the participant is, '
    'of 10. Right or End takes what is shown dimmed. A name in quotes, @"Anna Berg", is always someone else. '
    "Nothing left of a lone | is looked at."
)
