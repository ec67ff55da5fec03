"""What a payer or an agency asks of every note, as data: the elements, until when it is due, how units are counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from peernote_tui.domain.base import Day, Line, Model, Name
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.expressions import parse
from peernote_tui.domain.timeliness import MOST_BUSINESS_DAYS, MOST_HOURS, DueClock
from peernote_tui.domain.unit_rounding import UnitRounding

DEFAULT_PACK = "seed"
"""The pack of a vault in which nobody chose one, and of contacts before another one takes effect."""
MOST_ELEMENTS = 100
_ID = re.compile(r"[a-z][a-z0-9-]{0,59}")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")


class RuleElement(Model):
    """One thing that a note has to say."""

    key: str
    """Its name within the pack."""
    label: Name
    """What it is called where it is missing, such as `goal addressed`."""
    fields: tuple[str, ...] = ()
    """Keys of fields; an answer to any of them serves."""
    holds: str = ""
    """An expression that serves as well when it holds."""
    when: str = ""
    """An expression; where it does not hold, the element is not asked for."""
    required: bool = False
    """Whether it stands between a draft and its signature, or is only reported."""
    missing: Line = ""
    """What to say when it is required and missing; the label serves otherwise."""
    source: Line = ""
    """Where it comes from."""

    @property
    def sentence(self) -> str:
        """What to say when it is missing."""
        return self.missing or f"{self.label[:1].upper()}{self.label[1:]} is missing."


class RulePack(Model):
    """A versioned set of rules."""

    id: str
    version: int
    title: Name
    short: Name = ""
    """What it is called in one line with other words; the title serves otherwise."""
    source: Line = ""
    """The text that the rules come from, and when it was read."""
    effective: Day | None = None
    """The first day whose contacts it applies to; every day when left out."""
    due_hours: Annotated[int, Field(ge=0, le=MOST_HOURS)] | None = None
    """Hours after the end of the contact within which a note is signed; as its template says when left out."""
    due_business_days: Annotated[int, Field(ge=0, le=MOST_BUSINESS_DAYS)] | None = None
    """Business days after the contact at whose end a note is due; where it is given, the hours do not count."""
    rounding: UnitRounding | None = None
    """How minutes become units; no units are told when left out."""
    elements: tuple[RuleElement, ...]

    @property
    def name(self) -> str:
        """What it is called in a line with other words."""
        return self.short or self.title

    @property
    def due(self) -> DueClock | None:
        """How long after the contact a note may be signed; None where its template decides."""
        if self.due_business_days is not None:
            return DueClock(business_days=self.due_business_days)
        return None if self.due_hours is None else DueClock(hours=self.due_hours)


class PackFault(Model):
    """One thing that is wrong with a pack."""

    element: int | None
    """Index of the element; None for the pack itself."""
    entry: str
    sentence: str
    way_out: str


def pack_faults(pack: RulePack) -> tuple[PackFault, ...]:
    """Everything that is wrong with a pack, in its order; empty when it can be used."""
    return (*_of_the_whole(pack), *_of_its_elements(pack))


def _of_the_whole(pack: RulePack) -> Iterator[PackFault]:
    def fault(entry: str, sentence: str, way_out: str) -> PackFault:
        return PackFault(element=None, entry=entry, sentence=sentence, way_out=way_out)

    if not _ID.fullmatch(pack.id):
        way_out = "Use small letters, digits and hyphens, such as our-county."
        yield fault("id", "The id is no short name.", way_out)
    if pack.version < 1:
        yield fault("version", "A version is 1 or more.", "Begin with 1.")
    if not pack.title:
        yield fault("title", "The pack has no title.", "Say what it is called.")
    if not pack.elements:
        yield fault("elements", "The pack asks for nothing.", "Add at least one [[elements]].")
    if len(pack.elements) > MOST_ELEMENTS:
        yield fault("elements", f"There are more than {MOST_ELEMENTS} elements.", "Put several into one.")


def _of_its_elements(pack: RulePack) -> Iterator[PackFault]:
    keys = Counter(element.key for element in pack.elements)
    for number, element in enumerate(pack.elements):
        names = _of_its_names(element, repeated=keys[element.key] > 1)
        for entry, sentence, way_out in (*names, *_of_its_rules(element)):
            yield PackFault(element=number, entry=entry, sentence=sentence, way_out=way_out)


def _of_its_names(element: RuleElement, *, repeated: bool) -> Iterator[tuple[str, str, str]]:
    if not _KEY.fullmatch(element.key):
        yield "key", "A key is a short name of small letters, digits and _.", "Such as goal_addressed."
    elif repeated:
        yield "key", f"The key “{element.key}” is used by more than one element.", "Give each its own."
    if not element.label:
        yield "label", "The element has no label.", "Say what it is called."


def _of_its_rules(element: RuleElement) -> Iterator[tuple[str, str, str]]:
    if not element.fields and not element.holds:
        sentence = f"Nothing can satisfy “{element.label}”."
        yield "fields", sentence, 'Add fields = ["…"] with keys of fields, or holds = "an expression".'
    if not all(map(_KEY.fullmatch, element.fields)):
        yield "fields", f"“{element.label}” names a field that no template can have.", "Use keys of templates."
    for entry, text in (("holds", element.holds), ("when", element.when)):
        try:
            if text:
                parse(text)
        except InvalidInputError as error:
            yield entry, f"{entry} of “{element.label}”: {error.sentence}", error.way_out
