"""Consent: where somebody stands, giving it, withdrawing it."""

from __future__ import annotations

CONSENTS_PLACE = "Consent"
CONSENTS_TODAY = "Today"
CONSENTS_HISTORY = "History"
CONSENT_SCOPES = {
    "notes": "Notes",
    "sharing": "Sharing",
    "voicemail": "Voicemail",
    "text": "Text messages",
    "groups": "Groups",
}
SCOPE_CHOICES = tuple(CONSENT_SCOPES.items())
HOW_CHOICES = (
    ("verbal", "Verbal"),
    ("written", "Written"),
    ("paper", "Paper on file"),
    ("witnessed", "Witnessed"),
)
GIVER_CHOICES = (
    ("participant", "They themselves"),
    ("parent", "A parent"),
    ("guardian", "Guardian"),
    ("court", "Court"),
    ("other", "Other"),
)
YES_NO_CHOICES = (("yes", "Yes"), ("no", "No"))
GIVERS = {
    "participant": "themselves",
    "parent": "a parent",
    "guardian": "a guardian",
    "court": "a court",
    "other": "other",
}
PART2_TOLD = {
    "not_reviewed": "42 CFR Part 2: not reviewed, so the record is treated as covered.",
    "yes": "42 CFR Part 2 covers this record.",
    "no": "42 CFR Part 2 does not cover this record.",
}
PART2_MEANS = "Sharing it needs a signed consent with recipient, information, purpose and an end."
NOT_ASKED = "no consent on file"
CONSENT_STANDS_NOT = {"expired": "ended", "withdrawn": "withdrawn", "none": NOT_ASKED}
GIVE_CONSENT = "Record a consent"
CONSENT_FIELDS = {
    "scope": ("Agreed to", "A number or a first letter."),
    "how": ("How", "A number or a letter. Enter records it, or goes on to what is still needed; Tab to all else."),
    "witness": ("Witness", "Who was there."),
    "given_by": ("Who consents", "For a minor: themselves where the law lets them, or who else."),
    "given_by_name": ("Their name", "The name of whoever consents for them."),
    "basis": ("On what basis", "The law or the order; “of age, by their ID” when they are 18."),
    "parent_involved": ("Parent involved", "Whether a parent takes part."),
    "parent_why": ("Why", "Why a parent is involved, or is not."),
    "recipient": ("With whom", "One recipient, by name or kind. Each has a consent of its own."),
    "recipient_address": ("Address", "Where the recipient is, for the record of disclosures."),
    "what": ("What", "Which information, as narrow as will do."),
    "purpose": ("What for", "The purpose they agreed to."),
    "starts": ("From", "today, or an earlier day: yesterday · 12 nov"),
    "until": ("Until", "The last day it covers: +6m · +1y · 30 nov"),
    "ends_when": ("Or when", "An event that ends it, such as the case is closed."),
    "remark": ("Remark", "One line, such as where the paper is."),
}
"""By answer: its question, and its hint."""
MINOR_TOLD = {"yes": "They are under 18.", "maybe": "They may be under 18."}
HOW_MISSING = "How was it given? Press a number or a first letter."
SCOPE_MISSING = "What did they agree to? Press a number or a first letter."
CONSENT_RECORDED = "Recorded. It counts from now on."
CONSENT_TYPED_KEPT = "What you typed is kept for the next time."
NOTHING_TO_WITHDRAW = "There is no consent in this line that could be withdrawn."
WITHDRAWN_NOW = "Withdrawn. It counts at once; what is written stays as it is."
WITHDRAW_NOTES_MEANS = (
    "From now on nothing new is written, and no consent to share holds any more. Signed notes stay, because they tell "
    "what was done with consent; a draft stays and cannot be signed. This cannot be taken back: a new consent is a new "
    "line in the history."
)
WITHDRAW_SHARING_MEANS = (
    "From now on nothing is shared with them. What was shared already cannot be called back. This cannot be taken "
    "back: a new consent is a new line in the history."
)
WITHDRAW_OTHER_MEANS = (
    "From now on it is not done any more. This cannot be taken back: a new consent is a new line in the history."
)

CONSENTS_TO_LOOK_AFTER = "Consents"
_NOTICES = {"missing": "no consent", "withdrawn": "withdrawn", "expired": "ended", "expiring": "ends"}


def consent_notice(kind: str, day: str) -> str:
    """Say on Today what a consent wants: "ends Thu 3 Dec", "no consent"."""
    return f"{_NOTICES[kind]} {day}".strip()


def withdraw_what(name: str, scope: str, recipient: str) -> str:
    """Ask whether a consent is withdrawn."""
    what = {"sharing": "sharing", "notes": "notes", "text": "text messages"}.get(scope, scope)
    return f"Did {name} withdraw consent to {what}{f' with {recipient}' if recipient else ''}?"


def since(day: str) -> str:
    """Say since when a consent holds: "since today"."""
    return f"since {day}"


def ends(day: str) -> str:
    """Say when a consent ends, when that is near: "ends Thu 3 Dec"."""
    return f"ends {day}"


def ended_on(standing: str, day: str) -> str:
    """Say that a consent ended or was withdrawn, and when."""
    return f"{CONSENT_STANDS_NOT[standing]} {day}".strip()


def until_event(event: str) -> str:
    """Say what ends a consent."""
    return f"until: {event}"


def on_behalf(giver: str, name: str) -> str:
    """Say who gave a consent for somebody."""
    return f"given by {name}, {GIVERS[giver]}" if name else f"given by {GIVERS[giver]}"


def parent_told(involved: str, why: str) -> str:
    """Say whether a parent is involved, and why."""
    return f"parent involved: {involved}" + (f", {why}" if why else "")


def witnessed_by(name: str) -> str:
    """Say who the witness was."""
    return f"witness: {name}"
