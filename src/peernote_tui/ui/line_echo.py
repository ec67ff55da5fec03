"""What a line for an action item is understood as, said back while it is typed."""

from __future__ import annotations

from datetime import date

from peernote_tui.domain.action_line import ActionLine, say_action_line
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.referral_line import part_referral
from peernote_tui.ui import sentences


def echo_line(line: ActionLine, *, today: date, called: str) -> str | None:
    """Say a line back, and to whom it refers; None while a referral names nobody.

    Args:
        line: What was understood.
        today: The local day.
        called: What the participant is called.
    """
    try:
        meant, to = part_referral(line)
    except InvalidInputError:
        return None
    said = say_action_line(meant, today=today, participant_name=called)
    return sentences.referral_echo(to, said) if to not in meant.text else said
