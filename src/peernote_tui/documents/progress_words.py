"""Progress over time as sentences, for a screen reader and wherever there is no room for a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from peernote_tui.domain.note import NoteKind
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.period import LONG_MONTHS
from peernote_tui.domain.progress import Agreed, Concern, Met, Progress, Standing

STANDING_WORDS = {
    Standing.CAME: "Came in the last three months",
    Standing.STAYED: "Stayed",
    Standing.WENT: "Not told in the last three months",
}
_MODES = {"in_person": "in person", "phone": "by phone", "video": "by video", "text": "by text"}


def month_name(month: date) -> str:
    """A month with its year, such as `November 2026`."""
    return f"{LONG_MONTHS[month.month - 1]} {month.year}"


def agreed_words(agreed: Agreed) -> str:
    """What became of what was agreed: `4 agreed: 2 kept, 1 partly, 1 open`."""
    parts = (
        (agreed.kept, "kept"),
        (agreed.partly, "partly"),
        (agreed.open, "open"),
        (agreed.let_go, "let go"),
    )
    return f"{agreed.agreed} agreed: {', '.join(f'{count} {word}' for count, word in parts if count)}"


def met_words(met: Met) -> str:
    """The contacts of a month: `4 contacts (3 in person, 1 by phone; 3 individual, 1 outreach), 1 no-show`.

    Where all of them were individual that is not said.
    """
    modes = ", ".join(f"{count} {_MODES.get(mode, 'not said how')}" for mode, count in sorted(met.by_mode.items()))
    kinds = ", ".join(f"{met.by_kind[kind]} {kind.value}" for kind in NoteKind if kind in met.by_kind)
    how = f"{modes}; {kinds}" if {*met.by_kind} - {NoteKind.INDIVIDUAL.value} else modes
    found = []
    if met.contacts:
        found.append(f"{met.contacts} {'contact' if met.contacts == 1 else 'contacts'} ({how})")
    if met.no_shows:
        found.append(f"{met.no_shows} {'no-show' if met.no_shows == 1 else 'no-shows'}")
    return ", ".join(found)


def progress_lines(progress: Progress, name: str, months: Sequence[date]) -> list[str]:
    """Everything there is to say of some months, a month a line; months with nothing say so.

    Args:
        progress: Of a participant.
        name: What they are called.
        months: Which months, oldest first.
    """
    lines = [f"Progress of {name}, {month_name(months[0])} to {month_name(months[-1])}", "", "Contacts"]
    lines += _months(months, {month: met_words(met) for month, met in progress.met.items()})
    lines += ["", "How things were, 0 to 10"]
    lines += _months(months, {month: _ratings(met) for month, met in progress.met.items() if met.ratings})
    for owner, found in progress.actions.items():
        lines += ["", f"Actions: {name if owner is Owner.PARTICIPANT else owner.value}"]
        lines += _months(months, {month: agreed_words(agreed) for month, agreed in found.items()})
    if not progress.actions:
        lines += ["", "Actions", "  None agreed."]
    for standing, title in STANDING_WORDS.items():
        told = [_concern(each, months) for each in progress.concerns if each.standing is standing]
        if told:
            lines += ["", f"Concerns. {title}:", *told]
    return lines


def progress_document(progress: Progress) -> dict[str, Any]:
    """As the command line's JSON says it; months that are missing are gaps."""
    return {
        "first": _key(progress.first),
        "last": _key(progress.last),
        "contacts": [
            {"month": _key(month), **met.model_dump(mode="json"), "middle": met.middle}
            for month, met in sorted(progress.met.items())
        ],
        "actions": {
            owner.value: [
                {"month": _key(month), "agreed": agreed.agreed, **agreed.model_dump()}
                for month, agreed in found.items()
            ]
            for owner, found in progress.actions.items()
        },
        "concerns": [
            {
                "tag": each.tag,
                "standing": each.standing.value,
                "notes": each.notes,
                "months": {_key(month): count for month, count in each.months.items()},
            }
            for each in progress.concerns
        ],
    }


def _months(months: Sequence[date], said: dict[date, str]) -> Iterator[str]:
    return (f"  {month_name(month)}: {said.get(month, 'none')}." for month in months)


def _ratings(met: Met) -> str:
    told = ", ".join(map(str, met.ratings))
    return told if len(met.ratings) == 1 else f"{told}; the middle one {met.middle}"


def _concern(concern: Concern, months: Sequence[date]) -> str:
    told = [f"{month_name(month)} {concern.months[month]}" for month in months if month in concern.months]
    return f"  {concern.tag}: {', '.join(told) or 'before'}."


def _key(month: date) -> str:
    return f"{month:%Y-%m}"
