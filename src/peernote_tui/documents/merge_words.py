"""What merging two records would do, in words, the same on every screen and on the command line."""

from __future__ import annotations

from typing import Any

from peernote_tui.domain.participant import Contact, CustomField, OtherId, Part2Status, PersonAround, Safe

FIELD_WORDS = {
    "name": "Name",
    "legal_name": "Legal name",
    "pronouns": "Pronouns",
    "born": "Born",
    "external_id": "ID",
    "phone": "Phone",
    "about": "Describe me as",
    "part2": "42 CFR Part 2",
    "aliases": "Also called",
    "other_ids": "Other IDs",
    "contacts": "Contacts",
    "people": "Around them",
    "languages": "Languages",
    "strengths": "Strengths",
    "goals": "Goals",
    "custom": "Agency asks",
}
"""What the fields of a page are called."""
COUNT_WORDS = {
    "notes": ("signed note", "signed notes"),
    "drafts": ("draft", "drafts"),
    "action_items": ("action item", "action items"),
    "follow_ups": ("meeting", "meetings"),
    "consents": ("consent entry", "consent entries"),
}
"""One and many of what a record holds."""
WARNING_WORDS = {
    "called_distinct": "Somebody said that these are two people.",
    "consents_differ": "Their consents differ: what was said last counts for both.",
    "both_have_drafts": "Both have an open draft; both drafts stay.",
    "held": "One is under legal hold, which covers both afterwards.",
    "part2_differs": "42 CFR Part 2 differs: the stricter answer counts for both.",
    "reopened": "The record that is kept is archived; it is reopened.",
}
"""What to look at first, by the name of the warning."""
_PART2 = {Part2Status.YES: "yes", Part2Status.NO: "no", Part2Status.NOT_REVIEWED: "not reviewed"}
_UNSAFE = (("call", "do not call"), ("voicemail", "no voicemail"), ("text", "no text"))


def value_words(value: Any) -> str:
    """What a field of a page says, in one line; empty for nothing."""
    if isinstance(value, tuple):
        return "; ".join(map(value_words, value))
    if isinstance(value, Part2Status):
        return _PART2[value]
    if isinstance(value, Contact):
        # What is not safe stands before the number.
        unsafe = [words for way, words in _UNSAFE if getattr(value.safety, way) is Safe.NO]
        return ", ".join([*unsafe, *(text for text in (value.value, value.label, value.remark) if text)])
    if isinstance(value, PersonAround):
        emergency = "in an emergency" if value.emergency else ""
        return ", ".join(text for text in (value.name, value.relation, value.phone, value.remark, emergency) if text)
    if isinstance(value, OtherId | CustomField):
        return f"{value.label}: {value.value}" if value.label else value.value
    return str(value)


def counts_words(counts: dict[str, int]) -> str:
    """What there is, such as "2 signed notes, 1 draft"; empty for nothing."""
    told = ((COUNT_WORDS[table], count) for table, count in counts.items() if count)
    return ", ".join(f"{count} {one if count == 1 else many}" for (one, many), count in told)
