"""A summary for a care team: needs, progress, open actions. No narrative of any note is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from peernote_tui.documents.contents.tables import actions_table
from peernote_tui.documents.document import (
    Cover,
    Document,
    DocumentKind,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Piece,
    Table,
)
from peernote_tui.documents.note_document import PEER_SUPPORTER, BlockKind, long_day
from peernote_tui.documents.progress_words import met_words, month_name
from peernote_tui.domain.action_item import ActionItem
from peernote_tui.domain.base import Model
from peernote_tui.domain.follow_up import FollowUp
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.progress import Progress, Standing

SUMMARY = "Summary for the care team"
MONTHS = 6
"""How many months it looks back over, the running one among them."""
_STANDING = {
    Standing.CAME: "new lately",
    Standing.STAYED: "goes on",
    Standing.WENT: "not told lately",
}


_SIDES = {Owner.ME: PEER_SUPPORTER, Owner.BOTH: "both", Owner.OTHER: "others"}


class SummaryContents(Model):
    """What a summary says.

    Attributes:
        goals: In the participant's own words.
        held_back: What stays in the vault, a sentence each.
        open_actions: The soonest due first.
        planned: Planned contacts, the soonest first.
    """

    participant_name: str
    goals: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    progress: Progress
    held_back: tuple[str, ...] = ()
    open_actions: tuple[ActionItem, ...]
    planned: tuple[FollowUp, ...]


def summary_document(contents: SummaryContents, cover: Cover) -> Document:
    """Needs, progress, open actions and the next contact, over the last six months."""
    pieces: list[Piece] = [Notice(text=notice) for notice in cover.notices]
    pieces.append(Paragraph(quiet=True, text=_time(contents.progress.months(MONTHS))))
    pieces += _needs(contents)
    pieces += _progress(contents.progress, contents.participant_name)
    pieces.append(Heading(text=f"Open actions ({len(contents.open_actions)})"))
    pieces.append(
        actions_table(contents.open_actions, contents.participant_name)
        if contents.open_actions
        else Paragraph(text="None.")
    )
    pieces.append(Heading(text="Next contact"))
    pieces.append(Paragraph(text=_next(contents.planned)))
    pieces += [Paragraph(text=sentence, quiet=True) for sentence in contents.held_back]
    return Document(
        kind=DocumentKind.SUMMARY,
        title=SUMMARY,
        about=cover.about,
        anchor=cover.anchor,
        made=cover.made,
        pieces=tuple(pieces),
    )


def _needs(contents: SummaryContents) -> Iterator[Piece]:
    yield Heading(text="Needs")
    concerns = contents.progress.concerns
    if concerns:
        rows = tuple((each.tag, _STANDING[each.standing], _notes(each.notes)) for each in concerns)
        yield Table(heads=("Concern", "Lately", "Told in"), rows=rows)
    else:
        yield Paragraph(text="No concern was told in this time.")
    yield from _listed("Goals, in their own words", contents.goals, BlockKind.QUOTE)
    yield from _listed("Strengths", contents.strengths, BlockKind.ITEM)


def _listed(title: str, lines: Sequence[str], how: BlockKind) -> Iterator[Piece]:
    if lines:
        yield Heading(level=3, text=title)
        yield from (Paragraph(how=how, text=line) for line in lines)


def _progress(progress: Progress, name: str) -> Iterator[Piece]:
    yield Heading(text="Progress")
    months = progress.months(MONTHS)
    yield Facts(rows=tuple((month_name(month), _month(progress, month)) for month in months))
    sides = {**_SIDES, Owner.PARTICIPANT: name.split(" ", maxsplit=1)[0]}
    rows = []
    for owner, told in progress.actions.items():
        count: Counter[str] = Counter()
        for month in months:
            if (agreed := told.get(month)) is not None:
                count.update(agreed.model_dump())
        if count.total():
            rows.append((sides[owner], *(str(count[key]) for key in ("kept", "partly", "open", "let_go"))))
    if rows:
        yield Table(heads=("Agreed actions of", "Done", "Partly", "Open", "Let go"), rows=tuple(rows))


def _month(progress: Progress, month: date) -> str:
    met = progress.met.get(month)
    if met is None:
        return "no contact"
    rated = f"; how things were, 0 to 10: {', '.join(map(str, met.ratings))}" if met.ratings else ""
    return f"{met_words(met)}{rated}"


def _time(months: Sequence[date]) -> str:
    first, last = month_name(months[0]), month_name(months[-1])
    return f"Needs and progress are those of {first if first == last else f'{first} to {last}'}."


def _next(planned: Sequence[FollowUp]) -> str:
    if not planned:
        return "None is planned."
    return long_day(planned[0].day) + (f", {planned[0].at:%H:%M}" if planned[0].at else "")


def _notes(count: int) -> str:
    return "1 note" if count == 1 else f"{count} notes"
