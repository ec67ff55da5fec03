"""Between what is typed about a group session and what it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from peernote_tui.domain.clock import local_now
from peernote_tui.domain.dates import (
    SessionTime,
    is_future,
    say_session,
    understand_session,
)
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.group_session import MOST_UNNAMED, GroupContent
from peernote_tui.domain.next_contact import contact_text, say_contact, understand_contact
from peernote_tui.domain.note import Mode, NextContact
from peernote_tui.services import groups
from peernote_tui.ui import sentences

if TYPE_CHECKING:
    from peernote_tui.domain.clock import Clock
    from peernote_tui.domain.group_session import GroupSession
    from peernote_tui.domain.participant import Participant
    from peernote_tui.services.groups import GroupPerson
    from peernote_tui.services.workspace import Workspace


@dataclass(frozen=True)
class Opened:
    """What the screen of a group session shows, as fetched from the vault.

    Attributes:
        group: As stored.
        people: Everybody with a line, by the id of the line.
        last: Who came to the last group.
    """

    group: GroupSession
    people: dict[str, GroupPerson]
    last: tuple[Participant, ...]


def fetch(workspace: Workspace, group_id: str) -> Opened:
    """Fetch a group session and who belongs to it.

    Raises:
        NotFoundError: It is not there any more.
    """
    group = groups.get_group(workspace, group_id)
    return Opened(group, groups.group_people(workspace, group.content), groups.last_people(workspace))


@dataclass(frozen=True)
class Reading:
    """How days and times are read.

    Attributes:
        now: Gives the local present, aware.
        zone: IANA name of the zone the person is in now.
        day_first: How 3/4 is read; None refuses what can be read both ways.
    """

    now: Callable[[], datetime]
    zone: str
    day_first: bool | None

    @classmethod
    def by(cls, clock: Clock, *, day_first: bool | None) -> Reading:
        """Read by a clock."""
        return cls(now=lambda: local_now(clock), zone=clock.zone, day_first=day_first)

    @property
    def today(self) -> date:
        """Today in the person's zone."""
        return self.now().date()

    def session(self, text: str) -> SessionTime:
        """The session that a text means.

        Raises:
            InvalidInputError: It is not understood.
        """
        return understand_session(text, now=self.now(), day_first=self.day_first)

    def moment(self, text: str) -> NextContact:
        """The day, the time and the way that a text means.

        Raises:
            InvalidInputError: It is not understood.
        """
        return understand_contact(text, now=self.now(), day_first=self.day_first)

    def say_next(self, planned: NextContact | None) -> str:
        """A next contact in words; empty for none."""
        return say_contact(planned, today=self.today) if planned else ""


def take(content: GroupContent, key: str, text: str, reading: Reading) -> GroupContent:
    """The content with what a box of the session holds; what is not understood is kept as typed."""
    if key == "session":
        return _take_session(content, text, reading)
    if key == "next_contact":
        try:
            planned = reading.moment(text) if text.strip() else None
        except InvalidInputError:
            return _typed(content, key, text, next_contact=None)
        return _typed(content, key, "", next_contact=planned)
    if key == "unnamed":
        count = _count(text)
        return _typed(content, key, text, unnamed=0) if count is None else _typed(content, key, "", unnamed=count)
    if key == "mode":
        return content.model_copy(update={"mode": Mode(text) if text else None})
    return content.model_copy(update={key: text})


def shown(content: GroupContent, key: str, reading: Reading) -> str:
    """The text that stands in a box of the session."""
    if key in content.typed:
        return content.typed[key]
    if key == "session":
        if content.day is None:
            return ""
        # The day is written out unless it is today: the same words read tomorrow must mean the same day.
        day = "" if content.day == reading.today else content.day.isoformat()
        times = f"{content.start:%H:%M}" if content.start else ""
        times += f"-{content.end:%H:%M}" if content.end else ""
        return f"{day} {times}".strip() or content.day.isoformat()
    if key == "next_contact":
        return moment_text(content.next_contact)
    if key == "unnamed":
        return str(content.unnamed) if content.unnamed else ""
    if key == "mode":
        return content.mode.value if content.mode else ""
    return str(getattr(content, key))


def moment_text(planned: NextContact | None) -> str:
    """The text that stands in the box for a next contact."""
    return contact_text(planned) if planned else ""


def echo(content: GroupContent, key: str, reading: Reading) -> str:
    """What was understood, said back in words; empty where nothing needs saying."""
    if content.typed.get(key):
        return ""
    if key == "next_contact":
        return reading.say_next(content.next_contact)
    if key != "session" or content.day is None:
        return ""
    session = SessionTime(content.day, content.start, content.end)
    words = [say_session(session, today=reading.today)]
    if content.start is None:
        words.append(sentences.START_MISSING)
    elif content.end is None:
        words.append(sentences.END_MISSING)
    if is_future(session, reading.now()):
        words.append(sentences.FUTURE_SESSION)
    return " · ".join(words)


def fault(key: str, text: str, reading: Reading) -> str:
    """What is wrong with what stands in a box, in a sentence; said when it is left."""
    if not text.strip():
        return ""
    try:
        if key == "session":
            reading.session(text)
        elif key == "next_contact":
            reading.moment(text)
    except InvalidInputError as error:
        return str(error)
    return sentences.GROUP_NOT_UNDERSTOOD if key == "unnamed" and _count(text) is None else ""


def _take_session(content: GroupContent, text: str, reading: Reading) -> GroupContent:
    nothing: dict[str, Any] = {"day": None, "start": None, "end": None}
    if not text.strip():
        return _typed(content, "session", "", **nothing)
    try:
        session = reading.session(text)
    except InvalidInputError:
        # A time that no longer stands in the box must not be signed.
        return _typed(content, "session", text, **nothing)
    return _typed(content, "session", "", day=session.day, start=session.start, end=session.end)


def _typed(content: GroupContent, key: str, text: str, **answers: Any) -> GroupContent:
    others = {name: value for name, value in content.typed.items() if name != key}
    return content.model_copy(update={"typed": {**others, key: text} if text.strip() else others, **answers})


def _count(text: str) -> int | None:
    """A number of people; nothing means none, None what is no number."""
    plain = text.strip()
    if not plain:
        return 0
    return int(plain) if plain.isascii() and plain.isdigit() and int(plain[:6]) <= MOST_UNNAMED else None
