"""A referral agreed in a note, in one line: "refer: Tenants' desk @me fri", or with words of its own after a colon."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from datetime import date

from peernote_tui.domain.action_line import ActionLine, parse_action_line, write_action_line
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.note import AgreedAction
from peernote_tui.domain.referral_loop import referral_text

# Only the word with its colon, and only in front: "refer Ana to the clinic" is an action like every other.
_MARK = re.compile(r"\s*refer(?:ral)?\s*:\s*", re.IGNORECASE)
_WORDS = ": "


def understand_agreed(
    line: str, *, today: date, participant_name: str = "", day_first: bool | None = None
) -> tuple[ActionLine, str]:
    """Reads a line of what was agreed: the action, and to whom it refers; empty when it is no referral.

    Args:
        line: What was typed.
        today: The local day.
        participant_name: Whose name @them stands for.
        day_first: How numbers such as 5/6 are ordered.

    Raises:
        InvalidInputError: Not understood, or a referral to nobody.
    """
    mark = _MARK.match(line)
    rest = line[mark.end() :] if mark else line
    if mark and not rest.strip():
        raise InvalidInputError("To whom is missing.", "One way that works: refer: Tenants' desk @me fri.")
    read = parse_action_line(rest, today=today, participant_name=participant_name, day_first=day_first)
    if not mark:
        return read, ""
    to, _, words = (part.strip() for part in read.text.partition(_WORDS))
    return replace(read, text=words or referral_text(to)), to


def agreed_action(line: ActionLine, to: str, *, action_id: str = "") -> AgreedAction:
    """What was agreed, as a note holds it, from what a line was understood as."""
    # The two have the same fields but for the id and the referral.
    return AgreedAction(**asdict(line), id=action_id, referral_to=to)


def write_agreed(
    action: AgreedAction, *, today: date, participant_name: str = "", day_first: bool | None = None
) -> str:
    """The line that means the same again, for editing; see `understand_agreed` for the arguments."""
    line = ActionLine(
        action.text, action.owner, action.owner_name, action.due, action.tags, action.confidence, action.repeats
    )
    to = action.referral_to
    if to:
        line = replace(line, text=to if action.text == referral_text(to) else f"{to}{_WORDS}{action.text}")
    written = write_action_line(line, today=today, participant_name=participant_name, day_first=day_first)
    return f"refer: {written}" if to else written
