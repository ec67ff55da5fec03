"""A believable, entirely fictional caseload: six weeks of it, told through the services a person would use."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from typing import Any

from pydantic import model_validator

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.base import Model
from peernote_tui.domain.clock import Clock, in_zone, local_now
from peernote_tui.domain.consent import ConsentHow, ConsentScope
from peernote_tui.domain.note import ActionReview, AgreedAction, NextContact, NoteContent
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import BirthPrecision, ParticipantDetails
from peernote_tui.services.action_items import add_action, set_status
from peernote_tui.services.consenting import give_consent, withdraw_consent
from peernote_tui.services.participants import add_participant
from peernote_tui.services.workspace import Workspace
from peernote_tui.services.writing import save_draft, sign_note, start_draft

STORY_DAYS = 45
"""How many days before now the story may begin."""

_FRIDAY = 4
_HALF_HOUR = 30
_SIGNED_AFTER = timedelta(minutes=12)
_MEETS = timedelta(minutes=-15)
_CONSENTS = timedelta(minutes=-10)
_DRAFT_MINUTES = 45
_DRAFT_AT = time(14, 0)
_DRAFT_SAVED = time(14, 46)
_UNWRITTEN_AT = time(11, 0)
_DAY_BEGINS = time(7, 30)
_FIRST_MEETING_MINUTE = 8 * 60
_LAST_MEETING_MINUTE = 21 * 60


@dataclass(frozen=True, slots=True)
class StoryClock:
    """A clock that stands at one instant of the story.

    Attributes:
        zone: IANA name of the zone the story is lived in.
        instant: Aware, in UTC.
    """

    zone: str
    instant: datetime

    def now(self) -> datetime:
        """The instant it stands at."""
        return self.instant


def story_begins(clock: Clock) -> StoryClock:
    """The clock to make the vault by, so that its log begins before the first participant arrives."""
    return StoryClock(clock.zone, clock.now() - timedelta(days=STORY_DAYS))


def fill_with_demo(workspace: Workspace) -> None:
    """Fill a fresh vault with fictional people, notes, action items, drafts and meetings up to its own now.

    Args:
        workspace: An open vault without participants; its clock says when "today" is.

    Raises:
        RefusedError: The vault holds one of these participants already.
    """
    caseload = _read_caseload()
    calendar = _Calendar(workspace)
    steps = [step for person in caseload.participants for step in _Story(person, calendar).steps()]
    for step in sorted(steps, key=lambda step: step.at):
        step.act(replace(workspace, clock=StoryClock(workspace.clock.zone, step.at)))


class _Agreed(Model):
    key: str
    text: str
    owner: Owner
    owner_name: str = ""
    due: int | None = None


class _Added(_Agreed):
    day: int


class _Told(Model):
    key: str
    outcome: ActionStatus
    words: str = ""


class _Change(_Told):
    day: int


class _Next(Model):
    day: int | None = None
    moment: str = ""
    place: str = ""
    topics: str


class _Given(Model):
    scope: ConsentScope
    how: ConsentHow
    day: int
    expires: int | None = None
    remark: str = ""


class _Withdrawn(Model):
    scope: ConsentScope
    day: int
    remark: str = ""


class _Contact(Model):
    """A contact to write about: when it was, what follows from it, and the note's own answers."""

    day: int | None = None
    moment: str = ""
    minutes: int = _DRAFT_MINUTES
    step: int = 0
    late_hours: int = 0
    late_reason: str = ""
    agreed: tuple[_Agreed, ...] = ()
    told: tuple[_Told, ...] = ()
    next: _Next | None = None
    content: NoteContent

    @model_validator(mode="before")
    @classmethod
    def _answers_are_content(cls, data: dict[str, Any]) -> dict[str, Any]:
        plan = {key: value for key, value in data.items() if key in cls.model_fields}
        return {**plan, "content": {key: value for key, value in data.items() if key not in plan}}


class _Person(Model):
    name: str
    legal_name: str = ""
    pronouns: str
    born: str
    birth_precision: BirthPrecision
    external_id: str
    phone: str = ""
    about: str = ""
    at: time
    since: int | None = None
    """Day of arrival when no consent says it."""
    consents: tuple[_Given, ...] = ()
    withdrawn: tuple[_Withdrawn, ...] = ()
    notes: tuple[_Contact, ...] = ()
    draft: _Contact | None = None
    added: tuple[_Added, ...] = ()
    changes: tuple[_Change, ...] = ()

    @property
    def details(self) -> ParticipantDetails:
        return ParticipantDetails(**{name: getattr(self, name) for name in ParticipantDetails.model_fields})


class _Caseload(Model):
    participants: tuple[_Person, ...]


@dataclass(frozen=True)
class _Step:
    at: datetime
    act: Callable[[Workspace], None]


@dataclass(frozen=True)
class _Session:
    starts: datetime
    """Local and aware."""
    ends: datetime


class _Calendar:
    """Turns the story's offsets and named moments into days and instants around a now."""

    def __init__(self, workspace: Workspace) -> None:
        now = local_now(workspace.clock)
        self.today = now.date()
        self._zone = now.tzinfo
        self._zone_name = workspace.clock.zone
        self._moments = _moments(now)

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def working_day(self, offset: int) -> date:
        """As `day`, with weekends moved to the Friday before."""
        day = self.day(offset)
        return day - timedelta(days=max(0, day.weekday() - _FRIDAY))

    def moment(self, name: str) -> tuple[date, time | None]:
        return self._moments[name]

    def instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=self._zone).astimezone(UTC)

    def session(self, day: date, at: time, minutes: int) -> _Session:
        starts = self.instant(day, at)
        ends = starts + timedelta(minutes=minutes)
        return _Session(in_zone(starts, self._zone_name), in_zone(ends, self._zone_name))


class _Story:
    """What happens to one person, as steps that each stand at an instant."""

    def __init__(self, person: _Person, calendar: _Calendar) -> None:
        self._person = person
        self._calendar = calendar
        self._id = ""
        self._actions: dict[str, str] = {}

    def steps(self) -> Iterator[_Step]:
        """All steps; within one person they are to be done in the order of their instants."""
        person, calendar = self._person, self._calendar
        days = [given.day for given in person.consents]
        first = calendar.day(person.since) if person.since is not None else calendar.working_day(min(days))
        yield _Step(calendar.instant(first, person.at) + _MEETS, self._arrive)
        for given in person.consents:
            yield _Step(self._at(given.day) + _CONSENTS, self._give(given))
        for withdrawn in person.withdrawn:
            yield _Step(self._at(withdrawn.day), self._withdraw(withdrawn))
        for contact in person.notes:
            session = calendar.session(calendar.working_day(contact.day or 0), person.at, contact.minutes)
            late = timedelta(hours=contact.late_hours)
            yield _Step(session.ends.astimezone(UTC) + _SIGNED_AFTER + late, self._sign(contact, session))
        for added in person.added:
            yield _Step(self._at(added.day), self._add(added))
        for change in person.changes:
            yield _Step(self._at(change.day), self._change(change))
        if person.draft is not None:
            session = self._unsigned(person.draft)
            yield _Step(session.ends.astimezone(UTC) + timedelta(minutes=1), self._write(person.draft, session))

    def _unsigned(self, draft: _Contact) -> _Session:
        """The contact of the open draft; it stays on its day, since its note would be overdue on the Friday before."""
        calendar = self._calendar
        day, at = calendar.moment(draft.moment) if draft.moment else (calendar.day(draft.day or 0), None)
        return calendar.session(day, at or self._person.at, draft.minutes)

    def _at(self, offset: int) -> datetime:
        return self._calendar.instant(self._calendar.working_day(offset), self._person.at)

    def _arrive(self, workspace: Workspace) -> None:
        self._id = add_participant(workspace, self._person.details).id

    def _give(self, given: _Given) -> Callable[[Workspace], None]:
        def act(workspace: Workspace) -> None:
            give_consent(
                workspace,
                self._id,
                scope=given.scope,
                how=given.how,
                expires_on=None if given.expires is None else self._calendar.day(given.expires),
                remark=given.remark,
            )

        return act

    def _withdraw(self, withdrawn: _Withdrawn) -> Callable[[Workspace], None]:
        def act(workspace: Workspace) -> None:
            withdraw_consent(workspace, self._id, scope=withdrawn.scope, remark=withdrawn.remark)

        return act

    def _add(self, added: _Added) -> Callable[[Workspace], None]:
        def act(workspace: Workspace) -> None:
            line = ActionLine(added.text, added.owner, added.owner_name, self._due(added))
            self._actions[added.key] = add_action(workspace, self._id, line).id

        return act

    def _change(self, change: _Change) -> Callable[[Workspace], None]:
        def act(workspace: Workspace) -> None:
            set_status(workspace, self._actions[change.key], change.outcome, words=change.words)

        return act

    def _sign(self, contact: _Contact, session: _Session) -> Callable[[Workspace], None]:
        def act(workspace: Workspace) -> None:
            note = sign_note(workspace, self._draft(workspace, contact, session), late_reason=contact.late_reason)
            for agreed, action in zip(contact.agreed, note.content.agreed_actions, strict=True):
                self._actions[agreed.key] = action.id

        return act

    def _write(self, contact: _Contact, session: _Session) -> Callable[[Workspace], None]:
        def act(workspace: Workspace) -> None:
            self._draft(workspace, contact, session)

        return act

    def _draft(self, workspace: Workspace, contact: _Contact, session: _Session) -> str:
        begun = replace(workspace, clock=StoryClock(workspace.clock.zone, session.ends.astimezone(UTC)))
        draft = start_draft(begun, self._id)
        content = self._content(contact, session)
        return save_draft(workspace, draft.model_copy(update={"content": content, "step": contact.step})).id

    def _content(self, contact: _Contact, session: _Session) -> NoteContent:
        answers: dict[str, Any] = {
            "day": session.starts.date(),
            "start": session.starts.time(),
            "end": session.ends.time(),
            "agreed_actions": tuple(self._agreement(agreed) for agreed in contact.agreed),
            "action_reviews": tuple(self._review(told) for told in contact.told),
        }
        if contact.next is not None:
            answers |= {
                "next_contact": self._next(contact.next),
                "next_place": contact.next.place or contact.content.place,
                "next_topics": contact.next.topics,
            }
        return contact.content.model_copy(update=answers)

    def _agreement(self, agreed: _Agreed) -> AgreedAction:
        return AgreedAction(text=agreed.text, owner=agreed.owner, owner_name=agreed.owner_name, due=self._due(agreed))

    def _review(self, told: _Told) -> ActionReview:
        agreed = next(item for note in self._person.notes for item in note.agreed if item.key == told.key)
        return ActionReview(
            action_id=self._actions[told.key],
            text=agreed.text,
            owner=agreed.owner,
            owner_name=agreed.owner_name,
            outcome=told.outcome,
            words=told.words,
        )

    def _next(self, planned: _Next) -> NextContact:
        if planned.moment:
            day, at = self._calendar.moment(planned.moment)
            return NextContact(day=day, at=at)
        return NextContact(day=self._calendar.working_day(planned.day or 0), at=self._person.at)

    def _due(self, agreed: _Agreed) -> date | None:
        return None if agreed.due is None else self._calendar.day(agreed.due)


def _moments(now: datetime) -> dict[str, tuple[date, time | None]]:
    """The moments that depend on the hour; whatever the hour, there is an unwritten one and a later one.

    Returns:
        By name a day and a time: `drafting` and `unwritten` have passed, today where the hour allows; `later`
        and `later_still` are ahead today, without a time when the evening leaves none.
    """
    today, clock = now.date(), now.time()
    yesterday = today - timedelta(days=1)
    minute = clock.hour * 60 + clock.minute
    ahead = (max(minute, _FIRST_MEETING_MINUTE) // _HALF_HOUR + 2) * _HALF_HOUR
    passed = min(minute // _HALF_HOUR - 1, _UNWRITTEN_AT.hour * 2) * _HALF_HOUR
    return {
        "drafting": (today if clock >= _DRAFT_SAVED else yesterday, _DRAFT_AT),
        "unwritten": (today, _time_of(passed)) if clock >= _DAY_BEGINS else (yesterday, _UNWRITTEN_AT),
        "later": (today, _time_of(ahead)),
        "later_still": (today, _time_of(ahead + 4 * _HALF_HOUR)),
    }


def _time_of(minute: int) -> time | None:
    return time(minute // 60, minute % 60) if minute <= _LAST_MEETING_MINUTE else None


def _read_caseload() -> _Caseload:
    text = resources.files("peernote_tui.services").joinpath("demo_caseload.toml").read_text(encoding="utf-8")
    return _Caseload(**tomllib.loads(text))
