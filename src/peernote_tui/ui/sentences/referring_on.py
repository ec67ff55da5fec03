"""Referrals: the list of loops, and the two dialogs."""

from __future__ import annotations

REFERRALS_PLACE = "Referrals"
REFERRALS_TIP = "To whom participants are referred, what waits for whom, and what came of it."
REFERRALS_EMPTY = "No referral is open. Press a to begin one, c for those that ended."
REFERRALS_NONE_CLOSED = "No referral has ended yet. Press c for the open ones."
REFERRALS_OPEN = "Open"
REFERRALS_LATE = "Time to ask"
REFERRALS_ENDED = "Ended"
REFERRAL_MOVE_TIP = "Say how far the highlighted referral has come, or take it one step back."
REFERRAL_BEGIN_TIP = "Begin a referral."
REFERRAL_CLOSED_TIP = "Show those that ended, or the open ones again."
REFERRAL_PERSON_TIP = "Open the participant's page."
REFERRAL_STAGE = "It is now"
REFERRAL_STAGE_HINT = "The next stage; “one step back” corrects the last one."
REFERRAL_BACK = "one step back"
REFERRAL_REASON = "Why back"
REFERRAL_REASON_HINT = "A few words; they stay in its history."
REFERRAL_CONSENT = "Rests on"
REFERRAL_CONSENT_HINT = "The consent to sharing that it rests on, or that none is needed."
REFERRAL_NO_CONSENT = (
    "No consent to sharing holds today. Record one first (c on their page), or say why none is needed."
)
REFERRAL_NONE_NEEDED = "no consent needed"
REFERRAL_COVERS = "Covers them"
REFERRAL_COVERS_HINT = "That consent names another: say why it covers this one, such as “one of the agencies it means”."
REFERRAL_MORE = "sent more"
REFERRAL_WITHOUT = "Why none"
REFERRAL_WITHOUT_HINT = "Such as “takes it there herself” or “she was on the line”."
REFERRAL_WHEN = "Appointment"
REFERRAL_WHEN_HINT = "Day and time, such as fri 14:00."
REFERRAL_OUTCOME = "Came of it"
REFERRAL_BARRIER = "Or in the way"
REFERRAL_RESULT_HINT = "One of the two: what came of it, or what stood in the way."
REFERRAL_WORDS = "In words"
REFERRAL_WORDS_HINT = "A line about it; “other” needs one."
NO_REFERRAL = "This is no referral. “Referrals” in the palette (Ctrl+P) begins one."
REFERRAL_KEYS = "F2 keeps it · Esc changes nothing"
REFERRAL_NO_STAGE = "Choose where it stands now."
REFERRAL_NO_GROUND = "Choose the consent it rests on, or that none is needed."
REFERRAL_TO = "To whom"
REFERRAL_TO_HINT = "The service, the agency or the person there."
REFERRAL_TEXT = "What is to be done"
REFERRAL_TEXT_HINT = "Left empty, it says “Referral to …”."
REFERRAL_ACCEPTED = "They say"
REFERRAL_ANSWERS = (("offered", "not asked yet"), ("accepted", "yes"))
REFERRAL_OWNER = "Who does it"
REFERRAL_OWNERS = (("me", "me"), ("both", "both"), ("participant", "participant"))
REFERRAL_DUE = "By when"
REFERRAL_DUE_HINT = "A day, such as fri; it may be left out."


def referral_echo(to: str, said: str) -> str:
    """Say back a line that is a referral."""
    return f"referral to {to} · {said}"


def referral_stands(stage: str) -> str:
    """How far a referral is, behind the words of its action item."""
    return f"referral {stage}"


def referral_of(name: str) -> str:
    """Head the dialog that begins a referral."""
    return f"A referral for {name}"


def referral_moved(to: str, stage: str) -> str:
    """Say where a referral is now."""
    return f"Referral to {to}: {stage}."


def referrals_counted(open_: int, late: int) -> str:
    """Count the open referrals and those that wait too long."""
    return f"{open_:,} open" + (f" · {late:,} to ask about" if late else "")


def referral_undone(to: str) -> str:
    """Say that a change of a referral was taken back."""
    return f"Taken back: referral to {to}."
