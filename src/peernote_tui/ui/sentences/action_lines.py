"""What is said of the one line that an action item is typed in."""

from __future__ import annotations

LINE_SAYS = (
    "Type what is to be done, who does it and by when: call housing office @me fri. "
    "@me, @both, @them or a name say who; a day at the end says by when. "
    "refer: in front makes it a referral: refer: Tenants' desk @me fri."
)
LINE_MARKS = (
    '#housing is a tag; "every friday" or "monthly until june" says how it recurs; sure:7 how sure the participant is, '
    'of 10. Right or End takes what is shown dimmed. A name in quotes, @"Anna Berg", is always someone else. '
    "Nothing left of a lone | is looked at."
)
LINE_HELP = f"{LINE_SAYS} Enter keeps it; Esc goes back to the list, and the line waits.\n{LINE_MARKS}"
