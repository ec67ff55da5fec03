"""Progress over time as a picture of text: one sign for one thing, the number beside it, and gaps left as gaps.

Nothing hangs on colour, and no axis ever changes its scale: a month of three reads as high in every picture.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date

from textual.content import Content

from peernote_tui.documents.progress_words import agreed_words, met_words
from peernote_tui.domain.dates.words import MONTH_NAMES
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.progress import Agreed, Concern, Met, Progress, Standing
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.trend import monthly, trend

MOST_MONTHS = 12
"""Months shown at a time: their names fit side by side in the narrowest terminal."""
GAP = "·"
_LABEL = 9
_BAR = 10
_TAG = 16
_CELLS = 4
_MOST_CONCERNS = 12
_INDENT = "  "
_SIGNS = (("kept", "✓", "$success"), ("partly", "◐", "$primary"), ("open", "○", "$muted"), ("let_go", "–", "$muted"))


def chart(progress: Progress, name: str, months: Sequence[date], width: int) -> list[Content]:
    """Draw some months.

    Args:
        progress: Of a participant.
        name: What they are called, for their side of the agreements.
        months: Which, oldest first; no more than `MOST_MONTHS`.
        width: Cells there are.
    """
    lines = [*_actions(progress, name, months, width), *_ratings(progress, months, width)]
    lines += _heading(sentences.PROGRESS_CONTACTS)
    met = {month: (_met_bar(met), met_words(met)) for month, met in progress.met.items()}
    if met.keys() & set(months):
        lines += _rows(months, met, width)
    else:
        lines.append(Content.styled(_INDENT + sentences.PROGRESS_NOT_MET, "$muted"))
    return [*lines, *_concerns(progress, months, width)][1:]


def month_label(month: date, *, year: bool) -> str:
    """A month in three letters, with its year where that is to be said."""
    return f"{MONTH_NAMES[month.month - 1]} {month.year}" if year else MONTH_NAMES[month.month - 1]


def _heading(title: str, remark: str = "", width: int = 0) -> list[Content]:
    """A title, and what is to be known beside it, or under it where there is no room."""
    head, beside = Content.styled(title, "bold $primary"), Content.styled(remark, "$muted")
    if not remark or head.cell_length + 3 + beside.cell_length <= width:
        return [Content(""), Content.assemble(head, "   " if remark else "", beside)]
    return [Content(""), head, Content.assemble(_INDENT, beside)]


def _actions(progress: Progress, name: str, months: Sequence[date], width: int) -> list[Content]:
    if not progress.actions:
        return [*_heading(sentences.PROGRESS_ACTIONS), Content.styled(_INDENT + sentences.PROGRESS_NONE, "$muted")]
    lines: list[Content] = []
    for owner, found in progress.actions.items():
        who = safe.clean(name) if owner is Owner.PARTICIPANT else owner.value
        lines += _heading(sentences.actions_agreed_by(who), "" if lines else sentences.PROGRESS_SIGNS, width)
        lines += _rows(months, {month: (_agreed_bar(each), agreed_words(each)) for month, each in found.items()}, width)
    return lines


def _agreed_bar(agreed: Agreed) -> Content:
    signs = [(sign, style) for field, sign, style in _SIGNS for _ in range(getattr(agreed, field))]
    return Content.assemble(*_fitting(signs))


def _met_bar(met: Met) -> Content:
    return Content.assemble(*_fitting([("■", "$secondary")] * met.contacts + [("□", "$primary")] * met.no_shows))


def _fitting(signs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """As many as there is room for; the number beside them tells of all."""
    return signs if len(signs) <= _BAR else [*signs[: _BAR - 1], ("…", "$muted")]


def _rows(months: Sequence[date], told: Mapping[date, tuple[Content, str]], width: int) -> list[Content]:
    lines: list[Content] = []
    for place, month in enumerate(months):
        label = month_label(month, year=place == 0 or month.month == 1)
        head = Content.assemble(_INDENT, (f"{label:<{_LABEL}}", "$muted"))
        if month not in told:
            lines.append(Content.assemble(head, (GAP, "$muted")))
            continue
        bar, words = told[month]
        first, *rest = textwrap.wrap(words, max(12, width - len(_INDENT) - _LABEL - _BAR - 1)) or [""]
        lines.append(Content.assemble(head, bar, " " * (_BAR + 1 - bar.cell_length), first))
        lines += [Content(" " * (len(_INDENT) + _LABEL + _BAR + 1) + line) for line in rest]
    return lines


def _ratings(progress: Progress, months: Sequence[date], width: int) -> list[Content]:
    room = width - len(_INDENT)
    rated = [(day, rating) for day, rating in progress.rated if day is not None and day.replace(day=1) in months]
    by_contact = len(rated) * 3 + 4 <= room
    middles = [progress.met[month].middle if month in progress.met else None for month in months]
    drawn = trend(rated, room) if by_contact else monthly(months, middles, room)
    if not drawn:
        return [*_heading(sentences.HOW_ARE_THINGS), Content.styled(_INDENT + sentences.PROGRESS_NOT_ASKED, "$muted")]
    remark = sentences.PROGRESS_BY_CONTACT if by_contact else sentences.PROGRESS_MIDDLE
    return [
        *_heading(sentences.HOW_ARE_THINGS, remark, width),
        *(Content.styled(_INDENT + line, "$text") for line in drawn),
    ]


def _concerns(progress: Progress, months: Sequence[date], width: int) -> list[Content]:
    if not progress.concerns:
        return []
    shown, left = progress.concerns[:_MOST_CONCERNS], len(progress.concerns) - _MOST_CONCERNS
    grid = len(_INDENT) + _TAG + _CELLS * len(months) <= width
    names = "".join(f"{MONTH_NAMES[month.month - 1]:>{_CELLS}}" for month in months) if grid else ""
    lines: list[Content] = []
    for standing in Standing:
        found = [each for each in shown if each.standing is standing]
        if not found:
            continue
        lines += _heading(sentences.CONCERNS_STANDING[standing.value])
        if grid:
            lines.append(Content.styled(_INDENT + " " * _TAG + names, "$muted"))
        for each in found:
            lines += [_grid_row(each, months)] if grid else _told(each, months, width)
    if left > 0:
        lines.append(Content.styled(_INDENT + sentences.and_more(left), "$muted"))
    return lines


def _grid_row(concern: Concern, months: Sequence[date]) -> Content:
    cells = [
        (f"{concern.months.get(month, GAP):>{_CELLS}}", "$text" if month in concern.months else "$muted")
        for month in months
    ]
    return Content.assemble(_INDENT, safe.fit(concern.tag, _TAG - 1), " ", *cells)


def _told(concern: Concern, months: Sequence[date], width: int) -> list[Content]:
    told = [f"{month_label(month, year=False)} {concern.months[month]}" for month in months if month in concern.months]
    words = ", ".join(told) or sentences.CONCERN_BEFORE
    first, *rest = textwrap.wrap(words, max(12, width - len(_INDENT) - _TAG)) or [""]
    under = " " * (len(_INDENT) + _TAG)
    return [
        Content.assemble(_INDENT, safe.fit(concern.tag, _TAG - 1), " ", first),
        *(Content(under + line) for line in rest),
    ]
