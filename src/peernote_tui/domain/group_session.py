"""A group session: entered once, for everybody who came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from peernote_tui.domain.base import Day, Line, LongText, Model, OptionalId, Tag, WallTime
from peernote_tui.domain.names import NameBook, Spotted, say_instead, words_as_written
from peernote_tui.domain.note import Mode, NextContact

MOST_PEOPLE = 40
MOST_UNNAMED = 400
A_PARTICIPANT = "a participant"
"""What is said in the place of a name that does not belong into somebody else's note."""


class Attendance(StrEnum):
    """Whether somebody was there."""

    CAME = "came"
    LEFT_EARLY = "left_early"
    NO_SHOW = "no_show"
    """They were expected and did not come."""


class GroupLine(Model):
    """What a group session says of one participant alone."""

    id: OptionalId
    """Becomes the id of their note."""
    participant_id: OptionalId
    attendance: Attendance = Attendance.CAME
    response: LongText = ""
    next_step: LongText = ""
    next_contact: NextContact | None = None
    """Where it is another one than the group's."""
    reason: LongText = ""
    """Why they did not come."""
    outreach: Annotated[tuple[Tag, ...], Field(max_length=20)] = ()
    """How they were reached out to after that, in the values of the form for a no-show."""
    emergency_reason: LongText = ""
    """Why something is written although no consent is on file."""
    contact_only: bool = False
    """Whether only the contact is logged, without a word about them."""
    made: bool = False
    """Whether there is a note for them already; its words are the note's then."""
    typed: dict[str, LongText] = Field(default_factory=dict)
    """What stands in a box and is not understood yet."""

    def as_attended(self, attendance: Attendance) -> GroupLine:
        """With another attendance; words move to where they are asked for then, and none is hidden."""
        came = attendance is not Attendance.NO_SHOW
        words = "\n".join(filter(None, (self.response, self.reason) if came else (self.reason, self.response)))
        moved = {"response": words, "reason": ""} if came else {"response": "", "reason": words}
        return self.model_copy(update={"attendance": attendance, **moved})

    @property
    def texts(self) -> dict[str, str]:
        """Everything that was written about them, by field."""
        return {name: getattr(self, name) for name in _OWN_TEXTS}


class GroupContent(Model):
    """What is known of a group session so far; every answer may be missing."""

    topic: Line = ""
    happened: LongText = ""
    """What happened, the same for everybody."""
    day: Day | None = None
    start: WallTime | None = None
    end: WallTime | None = None
    place: Line = ""
    mode: Mode | None = None
    unnamed: Annotated[int, Field(ge=0, le=MOST_UNNAMED)] = 0
    """How many more came, who have no record or no line here."""
    next_contact: NextContact | None = None
    """When the group meets next."""
    lines: Annotated[tuple[GroupLine, ...], Field(max_length=MOST_PEOPLE)] = ()
    ordinary: Annotated[tuple[Line, ...], Field(max_length=500)] = ()
    """Words that could be a name of somebody here and were said to be none, exactly as they are written."""
    typed: dict[str, LongText] = Field(default_factory=dict)
    """What stands in a box and is not understood yet."""

    @property
    def headcount(self) -> int:
        """How many came."""
        return self.unnamed + sum(line.attendance is not Attendance.NO_SHOW for line in self.lines)

    @property
    def waiting(self) -> tuple[GroupLine, ...]:
        """The lines of those for whom there is no note yet."""
        return tuple(line for line in self.lines if not line.made)

    @property
    def texts(self) -> dict[str, str]:
        """Everything that goes into the note of everybody, by field."""
        return {name: getattr(self, name) for name in _COMMON_TEXTS}

    def with_line(self, line: GroupLine) -> GroupContent:
        """With that line in the place of the one of its id."""
        return self.model_copy(update={"lines": tuple(line if each.id == line.id else each for each in self.lines)})


_COMMON_TEXTS = ("topic", "place", "happened")
_OWN_TEXTS = ("response", "next_step", "reason", "emergency_reason")


class GroupSession(Model):
    """A group session while it is being written, as the vault holds it."""

    id: str
    zone: str = ""
    """IANA name of the zone the group met in."""
    content: GroupContent = GroupContent()
    begun_at: datetime
    changed_at: datetime
    discarded_at: datetime | None = None


class StandingName(Model):
    """A name of somebody in a text that would go into the note of somebody else."""

    line_id: str = ""
    """In whose line it stands; empty for what goes into everybody's note."""
    field: str
    start: int
    end: int
    written: str
    who: tuple[str, ...]
    """Participant ids of those whose name it can be."""


def standing_names(content: GroupContent, book: NameBook, same: dict[str, str]) -> tuple[StandingName, ...]:
    """The names that must not go out, in the order of the form.

    What goes into everybody's note may name nobody who has a line; a line may name its own person.

    Args:
        content: The group session.
        book: The names of everybody with a line, by the id of their record.
        same: By the participant id of a line, the id of the record it counts for.
    """
    everybody = {same.get(line.participant_id, line.participant_id) for line in content.lines}
    found = []
    for name, text in content.texts.items():
        alone = next(iter(everybody)) if len(everybody) == 1 else ""
        found += [_standing("", name, text, one) for one in _foreign(book, text, content.ordinary, alone)]
    for line in content.lines:
        own = same.get(line.participant_id, line.participant_id)
        for name, text in line.texts.items():
            found += [_standing(line.id, name, text, one) for one in _foreign(book, text, content.ordinary, own)]
    return tuple(found)


def without_names(content: GroupContent, standing: Iterable[StandingName]) -> GroupContent:
    """The group session with "a participant" in the place of these names."""
    places: dict[tuple[str, str], list[Spotted]] = {}
    for each in standing:
        places.setdefault((each.line_id, each.field), []).append(Spotted(each.start, each.end, frozenset(each.who)))
    lines = {line.id: line for line in content.lines}
    common: dict[str, str] = {}
    for (line_id, name), spotted in places.items():
        if not line_id:
            common[name] = say_instead(getattr(content, name), spotted, A_PARTICIPANT)
        else:
            line = lines[line_id]
            said = say_instead(getattr(line, name), spotted, A_PARTICIPANT)
            lines[line_id] = line.model_copy(update={name: said})
    return content.model_copy(update={**common, "lines": tuple(lines.values())})


def with_ordinary(content: GroupContent, written: Iterable[str]) -> GroupContent:
    """The group session in which what is written like this, word for word, is no name."""
    said = dict.fromkeys((*content.ordinary, *(word for each in written for word in (each, *words_as_written(each)))))
    return content.model_copy(update={"ordinary": tuple(said)})


def _foreign(book: NameBook, text: str, ordinary: tuple[str, ...], own: str) -> Iterator[Spotted]:
    """The names in a text that are not those of its own person; a name that two share is taken for theirs."""
    return (one for one in book.spot(text, ordinary=ordinary) if own not in one.who)


def _standing(line_id: str, name: str, text: str, one: Spotted) -> StandingName:
    return StandingName(
        line_id=line_id, field=name, start=one.start, end=one.end, written=one.written(text), who=tuple(sorted(one.who))
    )
