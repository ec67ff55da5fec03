"""A fault of a template and its place, and what is wrong with conditions and with the actions that stand under one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from peernote_tui.domain.base import Model
from peernote_tui.domain.dates import Toward, understand_day
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.expressions import parse
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.template import Template

MOST_ACTIONS = 20
DERIVED = frozenset({"day", "start", "end", "session", "minutes"})
"""What expressions may name beside the fields of the template."""
_ANY_DAY = date(2026, 1, 5)


class Place(Model):
    """Where in a template something stands, each counted from 0; None for the template or section itself."""

    section: int | None = None
    field: int | None = None
    column: int | None = None
    action: int | None = None
    """Which of the actions of the template."""
    entry: str = ""
    """The name of the entry there, such as `show_if`; empty for the whole."""


class Fault(Model):
    """One thing that is wrong."""

    place: Place
    sentence: str
    way_out: str


def action_faults(template: Template, keys: Mapping[str, int]) -> Iterator[Fault]:
    """What is wrong with the actions that a template agrees by itself."""
    if len(template.actions) > MOST_ACTIONS:
        yield Fault(
            place=Place(action=MOST_ACTIONS),
            sentence=f"There are more than {MOST_ACTIONS} actions.",
            way_out="At most three new ones are good practice.",
        )
    for number, action in enumerate(template.actions):
        place = Place(action=number)
        if not action.text:
            yield Fault(
                place=place.model_copy(update={"entry": "text"}),
                sentence="An action needs a few words.",
                way_out="Say what is to be done.",
            )
        if bool(action.owner_name) is not (action.owner is Owner.OTHER):
            yield Fault(
                place=place.model_copy(update={"entry": "owner_name"}),
                sentence=f"Who does “{action.text}” is not clear.",
                way_out='owner is "participant", "me" or "both"; or it is "other", and owner_name says who.',
            )
        if action.due:
            try:
                understand_day(action.due, today=_ANY_DAY, toward=Toward.FUTURE)
            except InvalidInputError as error:
                yield Fault(
                    place=place.model_copy(update={"entry": "due"}),
                    sentence=f"By when “{action.text}” is due is not understood. {error.sentence}",
                    way_out='Such as due = "+1d".',
                )
        yield from condition_faults(action.show_if, action.text, place.model_copy(update={"entry": "show_if"}), keys)


def condition_faults(
    condition: Mapping[str, tuple[str, ...]] | str, label: str, place: Place, keys: Mapping[str, int]
) -> Iterator[Fault]:
    """What is wrong with an expression, or with the fields and values that are named in its stead."""
    if not isinstance(condition, str):
        yield from (_unknown(place, label, key) for key in condition if key not in keys)
    elif condition:
        try:
            expression = parse(condition)
        except InvalidInputError as error:
            yield Fault(place=place, sentence=f"{place.entry} of “{label}”: {error.sentence}", way_out=error.way_out)
            return
        for answer in sorted(expression.answers, key=lambda each: each.key):
            if answer.key not in keys and answer.key not in DERIVED:
                yield _unknown(place, label, answer.key)


def _unknown(place: Place, label: str, key: str) -> Fault:
    return Fault(
        place=place,
        sentence=f"{place.entry} of “{label}” names “{key}”, which is no field.",
        way_out="Use a key of this file, and put texts into quotation marks.",
    )
