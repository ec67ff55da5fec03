"""Who somebody is: the head of their page, and what it tells about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from textual.content import Content

from peernote_tui.domain.dates import say_day
from peernote_tui.domain.participant import Participant
from peernote_tui.services.participants import Briefing
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.briefing import age, consent_line
from peernote_tui.ui.reaching import contact_told, number_told, person_told
from peernote_tui.ui.safe import Cell, Column, column_widths
from peernote_tui.ui.screens.holding import held
from peernote_tui.ui.trend import trend
from peernote_tui.ui.widgets.peer_list import Heading, Line, Row

ABOUT_COLUMNS = (Column(1), Column(15), Column(16, flex=1))
UNDER = 18
"""Cells from where a second line begins to under the third column."""


def facts(participant: Participant, today: date) -> str:
    """What stands after the name: pronouns, age, ID."""
    years = age(participant, today)
    parts = (participant.pronouns, sentences.aged(years) if years else "", participant.external_id)
    return " · ".join(part for part in parts if part)


def head(briefing: Briefing, *, legal_name: bool, several: str) -> Content:
    """Name, consent, what is safe before the number, whom to call in an emergency, and whether it is archived.

    Args:
        briefing: Whose page it is.
        legal_name: Whether the legal name was asked for.
        several: That the page is that of several records; empty when it is of one.
    """
    person, today = briefing.participant, briefing.today
    consent = consent_line(briefing.consent, today)
    lines = [
        Content.assemble(safe.content(person.name, "bold"), "  ", safe.content(facts(person, today), "$muted")),
        Content.assemble(
            (f"{consent.sign} ", consent.sign_style),
            safe.content(consent.text),
            ("" if briefing.consent.active else f"   {sentences.WAY_CONSENT}", "$primary"),
            safe.content(held(person), "$primary"),
            safe.content(several, "$muted"),
        ),
    ]
    if person.phone:
        lines.append(number_told(person.phone_safety, person.phone))
    lines += [
        Content.assemble((f"{sentences.EMERGENCY}: ", "$secondary"), person_told(one))
        for one in person.people
        if one.emergency
    ]
    if legal_name and person.legal_name:
        lines.append(Content.assemble((f"{sentences.LEGAL_NAME}: ", "$secondary"), safe.content(person.legal_name)))
    if person.archived_at is not None:
        told = sentences.archived_told(say_day(person.archived_at.date(), today=today), person.archive_reason)
        lines.append(
            Content.assemble(safe.content(f"– {told}", "bold $primary"), (f"   {sentences.WAY_REOPEN}", "$primary"))
        )
    return Content("\n").join(lines)


def about(briefing: Briefing, room: int) -> list[Line]:
    """What the page tells about somebody, under its heading.

    Args:
        briefing: Whose page it is.
        room: Cells of a row.
    """
    width = column_widths(ABOUT_COLUMNS, room)[-1]
    rows = [_row(key, told, width) for key, told in _told(briefing.participant)]
    made: list[Line] = [Heading(sentences.ABOUT), *rows]
    chart = trend(briefing.rated, room)
    if chart:
        made += [Heading(sentences.HOW_ARE_THINGS), _chart(chart)]
    return made


def _told(person: Participant) -> Iterator[tuple[str, list[Content]]]:
    around = [person_told(one) for one in person.people if not one.emergency]
    found = {
        "about": [safe.content(f"“{person.about}”")] if person.about else [],
        "goals": [safe.content(f"“{goal}”") for goal in person.goals],
        "strengths": _joined(person.strengths, " · "),
        "languages": _joined(person.languages, ", "),
        "aliases": _joined(person.aliases, ", "),
        "contacts": [contact_told(contact) for contact in person.contacts],
        "people": around,
        "other_ids": [
            safe.content(f"{one.label}: {one.value}" if one.label else one.value) for one in person.other_ids
        ],
        "custom": [safe.content(f"{one.label}: {one.value}") for one in person.custom],
        "part2": [safe.content(sentences.PART2_WORDS[person.part2.value])],
    }
    return ((key, told) for key, told in found.items() if told)


def _joined(texts: Iterable[str], between: str) -> list[Content]:
    text = between.join(texts)
    return [safe.content(text)] if text else []


def _row(key: str, told: list[Content], width: int) -> Row:
    first, *rest = [line for content in told for line in content.wrap(max(1, width))]
    below = Content("\n").join(Content.assemble(" " * UNDER, line) for line in rest)
    return Row(
        f"about:{key}", ("", Cell(sentences.ABOUT_LABELS[key], "$muted"), first), below=below, columns=ABOUT_COLUMNS
    )


def _chart(lines: list[str]) -> Row:
    # What stands below a first line is set in by two cells.
    first, *rest = [Content.styled(line, "$primary") for line in lines]
    first = Content.assemble("  ", first)
    return Row("about:ratings", (first,), below=Content("\n").join(rest), columns=(Column(4, flex=1),))
