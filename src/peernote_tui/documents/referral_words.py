"""A referral in words: where it stands, whom it waits for, and on what the handing on rests."""

from __future__ import annotations

from datetime import date

from peernote_tui.domain.action_item import ActionItem
from peernote_tui.domain.consent import Consent
from peernote_tui.domain.dates import say_day
from peernote_tui.domain.referral import Referral, ReferralBarrier, ReferralOutcome, ReferralStage, Standing

STAGE_WORDS = {
    ReferralStage.OFFERED: "offered",
    ReferralStage.ACCEPTED: "accepted",
    ReferralStage.DECLINED: "declined",
    ReferralStage.SENT: "sent",
    ReferralStage.ACKNOWLEDGED: "acknowledged",
    ReferralStage.APPOINTMENT: "appointment",
    ReferralStage.CONNECTED: "connected",
    ReferralStage.CLOSED: "closed",
}
OUTCOME_WORDS = {
    ReferralOutcome.CONNECTED: "connected",
    ReferralOutcome.HELPED: "got what was needed",
    ReferralOutcome.PARTLY_HELPED: "got a part of it",
    ReferralOutcome.WAITING_LIST: "on their waiting list",
    ReferralOutcome.OTHER: "other",
}
BARRIER_WORDS = {
    ReferralBarrier.NO_SPACE: "no space",
    ReferralBarrier.COST: "cost",
    ReferralBarrier.TRANSPORT: "transport",
    ReferralBarrier.DECLINED: "declined",
    ReferralBarrier.NOT_ELIGIBLE: "not eligible",
    ReferralBarrier.NO_ANSWER: "no answer",
    ReferralBarrier.OTHER: "other",
}
WAITS_FOR = {
    ReferralStage.OFFERED: "waits for the participant's answer",
    ReferralStage.ACCEPTED: "waits to be sent",
    ReferralStage.SENT: "waits for them to answer",
    ReferralStage.ACKNOWLEDGED: "waits for an appointment",
    ReferralStage.APPOINTMENT: "waits for the appointment",
    ReferralStage.CONNECTED: "waits to be closed: what came of it",
}
_ENDED = {Standing.WITHDRAWN: "was withdrawn", Standing.ENDED: "has ended"}
_LINE = (
    ReferralStage.OFFERED,
    ReferralStage.ACCEPTED,
    ReferralStage.SENT,
    ReferralStage.ACKNOWLEDGED,
    ReferralStage.APPOINTMENT,
    ReferralStage.CONNECTED,
    ReferralStage.CLOSED,
)


def loop_words(referral: Referral) -> str:
    """The loop as one line, with where it stands in brackets: `offered › accepted › [sent] › …`."""
    stages = (ReferralStage.OFFERED, ReferralStage.DECLINED) if referral.stage is ReferralStage.DECLINED else _LINE
    return " › ".join(f"[{STAGE_WORDS[stage]}]" if stage is referral.stage else STAGE_WORDS[stage] for stage in stages)


def stage_words(referral: Referral, *, today: date) -> str:
    """Where it stands in a few words: `appointment fri 27 nov 14:00`, `closed: no space`, `sent since mon 9 nov`."""
    said = STAGE_WORDS[referral.stage]
    if referral.stage is ReferralStage.APPOINTMENT and referral.day is not None:
        at = f" {referral.at:%H:%M}" if referral.at else ""
        return f"{said} {say_day(referral.day, today=today)}{at}"
    if referral.stage is ReferralStage.CLOSED:
        return f"{said}: {result_words(referral)}"
    return f"{said} since {say_day(referral.since, today=today)}" if referral.since else said


def result_words(referral: Referral) -> str:
    """What came of it or stood in the way, with the words about it; empty while it is open."""
    kind = ""
    if referral.outcome is not None:
        kind = OUTCOME_WORDS[referral.outcome]
    elif referral.barrier is not None:
        kind = BARRIER_WORDS[referral.barrier]
    return f"{kind} ({referral.words})" if kind and referral.words else kind


def referral_words(action: ActionItem, *, today: date) -> str:
    """What a line about an action item says of its referral: to whom, and its stage; empty where it is none."""
    referral = action.referral
    if referral is None:
        return ""
    # Most lines say already to whom.
    named = "" if referral.to.casefold() in action.text.casefold() else f"to {referral.to}, "
    return f"referral: {named}{stage_words(referral, today=today)}"


def consent_words(consent: Consent, *, today: date) -> str:
    """Which consent something rests on: recipient, what, what for, since when and until when."""
    details = consent.details
    parts = [f"with {details.recipient}" if details.recipient else "with nobody named"]
    parts += [details.what] if details.what else []
    parts += [f"for {details.purpose}"] if details.purpose else []
    parts.append(f"since {say_day(consent.starts_on, today=today)}")
    if consent.expires_on is not None:
        parts.append(f"until {say_day(consent.expires_on, today=today)}")
    parts += [f"until {details.ends_when}"] if details.ends_when else []
    return ", ".join(parts)


def _within(words: str) -> str:
    """Words somebody typed, for a sentence that ends behind them."""
    return words.rstrip(" .")


def basis_words(
    referral: Referral, consent: Consent | None, *, standing: Standing, ended_on: date | None, today: date
) -> str:
    """On what handing something on rests, in a sentence or two; empty while nothing was handed on.

    A consent that ended since is said calmly: what was handed on before stays as it is, and more needs another.
    """
    when = f" {say_day(referral.handed_on, today=today)}" if referral.handed_on else ""
    if referral.without_consent:
        return f"Handed on{when} without a consent: {_within(referral.without_consent)}."
    if not referral.consent_id:
        return ""
    if consent is None:
        return f"Handed on{when}, with a consent that is not in this vault."
    said = f"Handed on{when}, with consent: {consent_words(consent, today=today)}."
    if referral.why_covered:
        said += f" It covers them: {_within(referral.why_covered)}."
    if standing in _ENDED:
        day = f", {say_day(ended_on, today=today)}" if ended_on else ""
        said += f" It {_ENDED[standing]} since{day}; handing on more needs another."
    return said
