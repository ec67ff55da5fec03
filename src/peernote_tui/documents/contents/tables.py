"""Action items, consents and disclosures as tables of a document."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from peernote_tui.documents.document import Table
from peernote_tui.documents.note_document import PEER_SUPPORTER, STATUS_WORDS, long_day, owner_words
from peernote_tui.domain.action_item import ActionItem
from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.consent import Consent, ConsentEvent
from peernote_tui.domain.disclosure import Disclosure, Purpose

PURPOSE_WORDS = {
    Purpose.PARTICIPANT: "for the participant",
    Purpose.OWN: "own copy",
    Purpose.CARE: "care",
    Purpose.REFERRAL: "referral",
    Purpose.BENEFITS: "benefits",
    Purpose.SUPERVISION: "supervision",
    Purpose.AUDIT: "audit",
    Purpose.LEGAL: "legal",
    Purpose.EMERGENCY: "emergency",
    Purpose.OTHER: "other",
}
"""What something is handed on for, in a word or two."""


def actions_table(actions: Iterable[ActionItem], participant_name: str) -> Table:
    """Action items with what became of them; the participant is called by first name."""
    name = participant_name.split(" ", maxsplit=1)[0]
    return Table(
        heads=("What", "Who", "By", "Status", "In their words"),
        rows=tuple(
            (
                action.text,
                owner_words(action.owner, action.owner_name, name, me=PEER_SUPPORTER),
                long_day(action.due) if action.due else "",
                STATUS_WORDS[action.status],
                action.words,
            )
            for action in actions
        ),
    )


def consents_table(consents: Iterable[Consent]) -> Table:
    """The history of consents, in the order in which it was recorded."""
    return Table(
        heads=("What", "To", "How", "From", "Until", "With whom, and what for"),
        rows=tuple(
            (
                consent.event.value,
                consent.scope.value,
                consent.how.value if consent.how else "",
                long_day(consent.starts_on),
                "" if consent.event is ConsentEvent.WITHDRAWN else _until(consent),
                _sharing(consent),
            )
            for consent in consents
        ),
    )


def disclosures_table(disclosures: Iterable[Disclosure], zone: str) -> Table:
    """What was handed out: when, to whom with the address, what, what for, and what it rested on (45 CFR 164.528)."""
    return Table(
        heads=("When", "To", "What", "What for", "Rested on"),
        rows=tuple(
            (
                _moment(row.at, zone),
                ", ".join(part for part in (row.to, row.address) if part),
                f"{row.what} ({row.form})",
                ": ".join(part for part in (PURPOSE_WORDS[row.purpose], row.purpose_words) if part),
                f"consent {row.consent_id[:13]}" if row.consent_id else row.reason,
            )
            for row in disclosures
        ),
    )


def _until(consent: Consent) -> str:
    ends = [long_day(consent.expires_on)] if consent.expires_on else []
    return ", or ".join([*ends, *([consent.details.ends_when] if consent.details.ends_when else [])])


def _sharing(consent: Consent) -> str:
    told = consent.details
    parts = (told.recipient, told.recipient_address, told.what, told.purpose)
    return "; ".join(part for part in parts if part)


def _moment(at: datetime, zone: str) -> str:
    local = in_zone(at, zone)
    return f"{long_day(local.date())}, {local:%H:%M}"
