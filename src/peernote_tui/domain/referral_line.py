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
# A name with a colon in it stands in double quotes.
_NAMED = re.compile(r'(?:"(?P<quoted>[^"]*)"|(?P<plain>.*?))\s*(?::(?:\s+(?P<words>.*))?)?', re.DOTALL)


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
    return part_referral(parse_action_line(line, today=today, participant_name=participant_name, day_first=day_first))


def part_referral(line: ActionLine) -> tuple[ActionLine, str]:
    """The action that a line means, and to whom it refers; empty when it is no referral.

    Raises:
        InvalidInputError: A referral to nobody.
    """
    mark = _MARK.match(line.text)
    if mark is None:
        return line, ""
    said = _NAMED.fullmatch(line.text, mark.end())
    to, words = (said["quoted"] or said["plain"] or "", said["words"] or "") if said else ("", "")
    if not to.strip():
        raise InvalidInputError("To whom is missing.", "One way that works: refer: Tenants' desk @me fri.")
    return replace(line, text=words.strip() or referral_text(to.strip())), to.strip()


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
        name = '"{}"'.format(to.replace('"', "'")) if ":" in to or to.startswith('"') else to
        line = replace(
            line, text=f"refer: {name}" if action.text == referral_text(to) else f"refer: {name}: {action.text}"
        )
    return write_action_line(line, today=today, participant_name=participant_name, day_first=day_first)
