"""A believable, entirely fictional caseload: six weeks of it, told through the services a person would use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from types import TracebackType
from typing import Any, Self

from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.addendum import Amendment
from peernote_tui.domain.clock import Clock, in_zone, local_now
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.note import ActionReview, AgreedAction, NextContact, NoteContent
from peernote_tui.domain.recurrence import read_series
from peernote_tui.repository.rows import Connection
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.action_items import add_action
from peernote_tui.services.amending import sign_amendment, start_amendment
from peernote_tui.services.changing_actions import settle
from peernote_tui.services.consenting import give_consent, withdraw_consent
from peernote_tui.services.demo_caseload import (
    AddedItem,
    AddedToNote,
    AgreedItem,
    Change,
    Contact,
    GivenConsent,
    Move,
    NextMeeting,
    Person,
    ToldOutcome,
    WithdrawnConsent,
    read_caseload,
)
from peernote_tui.services.participants import add_participant
from peernote_tui.services.referrals import move_referral
from peernote_tui.services.workspace import Workspace
from peernote_tui.services.writing import save_draft, sign_note, start_draft

STORY_DAYS = 45
"""How many days before now the story may begin."""

_FRIDAY = 4
_HALF_HOUR = 30
_SIGNED_AFTER = timedelta(minutes=12)
_MEETS = timedelta(minutes=-15)
_CONSENTS = timedelta(minutes=-10)
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

    All or nothing, in one transaction: some hundred and fifty commits would take seconds on a slow disk.

    Args:
        workspace: An open vault without participants; its clock says when "today" is.

    Raises:
        RefusedError: The vault holds one of these participants already.
    """
    calendar = _Calendar(workspace)
    steps = [step for person in read_caseload().participants for step in _Story(person, calendar).steps()]
    with workspace.changing() as whole:
        inside = _InOneTransaction(workspace.vault, workspace.clock, workspace.author, workspace.templates, whole=whole)
        for step in sorted(steps, key=lambda step: step.at):
            step.act(replace(inside, clock=StoryClock(workspace.clock.zone, step.at)))
        whole.commit()


class _Part(UnitOfWork):
    """What a service takes for a transaction of its own, while it is part of a larger one."""

    def __init__(self, connection: Connection, whole: UnitOfWork) -> None:
        super().__init__(connection)
        self._whole = whole

    def __enter__(self) -> Self:
        vars(self).update(vars(self._whole))
        return self

    def commit(self) -> None:
        """Leave it to the whole."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave it to the whole."""


@dataclass(frozen=True)
class _InOneTransaction(Workspace):
    whole: UnitOfWork = field(repr=False, kw_only=True)

    def changing(self) -> UnitOfWork:
        return _Part(self.vault.connection, self.whole)

    def reading(self) -> UnitOfWork:
        return self.changing()


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

    def __init__(self, person: Person, calendar: _Calendar) -> None:
        self._person = person
        self._calendar = calendar
        self._id = ""
        self._actions: dict[str, str] = {}
        self._notes: dict[int, str] = {}
        self._draft: Draft

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
            ended = session.ends.astimezone(UTC)
            writing = ended + timedelta(hours=contact.late_hours)
            yield _Step(ended, self._begin)
            yield _Step(writing + _SIGNED_AFTER, self._sign(contact, session))
            for more in contact.added:
                yield _Step(writing + _SIGNED_AFTER + timedelta(days=more.after), self._amend(contact, more))
        for added in person.added:
            yield _Step(self._at(added.day), self._add(added))
        for change in person.changes:
            yield _Step(self._at(change.day), self._change(change))
        for move in person.moves:
            yield _Step(self._at(move.day), self._move(move))
        if person.draft is not None:
            session = self._unsigned(person.draft)
            ended = session.ends.astimezone(UTC)
            yield _Step(ended, self._begin)
            yield _Step(ended + timedelta(minutes=1), self._write(person.draft, session))

    def _unsigned(self, draft: Contact) -> _Session:
        """The contact of the open draft; it stays on its day, since its note would be overdue on the Friday before."""
        calendar = self._calendar
        day, at = calendar.moment(draft.moment) if draft.moment else (calendar.day(draft.day or 0), None)
        return calendar.session(day, at or self._person.at, draft.minutes)

    def _at(self, offset: int) -> datetime:
        return self._calendar.instant(self._calendar.working_day(offset), self._person.at)

    def _arrive(self, workspace: Workspace) -> None:
        self._id = add_participant(workspace, self._person.details).id

    def _give(self, given: GivenConsent) -> Callable[[Workspace], None]:
        def act(workspace: Workspace) -> None:
            give_consent(
                workspace,
                self._id,
                scope=given.scope,
                how=given.how,
                expires_on=None if given.expires is None else self._calendar.day(given.expires),
                remark=given.remark,
                details=given.details,
            )

        return act

    def _withdraw(self, withdrawn: WithdrawnConsent) -> Callable[[Workspace], None]:
        def act(workspace: Workspace) -> None:
            withdraw_consent(workspace, self._id, scope=withdrawn.scope, remark=withdrawn.remark)

        return act

    def _add(self, added: AddedItem) -> Callable[[Workspace], None]:
        def act(workspace: Workspace) -> None:
            line = ActionLine(added.text, added.owner, added.owner_name, self._due(added), added.tags)
            self._actions[added.key] = add_action(workspace, self._id, line).id

        return act

    def _change(self, change: Change) -> Callable[[Workspace], None]:
        def act(workspace: Workspace) -> None:
            settle(workspace, [self._actions[change.key]], change.outcome, words=change.words)

        return act

    def _move(self, move: Move) -> Callable[[Workspace], None]:
        def act(workspace: Workspace) -> None:
            move_referral(workspace, self._actions[move.key], move.stage, move.said)

        return act

    def _begin(self, workspace: Workspace) -> None:
        self._draft = start_draft(workspace, self._id)

    def _sign(self, contact: Contact, session: _Session) -> Callable[[Workspace], None]:
        def act(workspace: Workspace) -> None:
            self._save(workspace, contact, session)
            note = sign_note(workspace, self._draft.id, late_reason=contact.late_reason)
            self._notes[id(contact)] = note.id
            for agreed, action in zip(contact.agreed, note.content.agreed_actions, strict=True):
                self._actions[agreed.key] = action.id

        return act

    def _amend(self, contact: Contact, added: AddedToNote) -> Callable[[Workspace], None]:
        def act(workspace: Workspace) -> None:
            note_id = self._notes[id(contact)]
            draft = start_amendment(workspace, note_id, added.kind, said_by=added.said_by)
            content = NoteContent(**{**draft.content.model_dump(), **added.content})
            words = Amendment(
                note_id=note_id, kind=added.kind, reason=added.reason, text=added.text, said_by=added.said_by
            )
            save_draft(workspace, draft.model_copy(update={"amendment": words, "content": content}))
            sign_amendment(workspace, draft.id)

        return act

    def _write(self, contact: Contact, session: _Session) -> Callable[[Workspace], None]:
        return lambda workspace: self._save(workspace, contact, session)

    def _save(self, workspace: Workspace, contact: Contact, session: _Session) -> None:
        written = {"content": self._content(contact, session), "step": contact.step}
        save_draft(workspace, self._draft.model_copy(update=written))

    def _content(self, contact: Contact, session: _Session) -> NoteContent:
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

    def _agreement(self, agreed: AgreedItem) -> AgreedAction:
        due = self._due(agreed)
        series = read_series(agreed.repeats, today=self._calendar.today, first=due) if agreed.repeats else None
        return AgreedAction(
            text=agreed.text,
            owner=agreed.owner,
            owner_name=agreed.owner_name,
            due=due,
            tags=agreed.tags,
            confidence=agreed.confidence,
            repeats=series.rule if series else "",
            referral_to=agreed.refer,
        )

    def _review(self, told: ToldOutcome) -> ActionReview:
        agreed = next(item for note in self._person.notes for item in note.agreed if item.key == told.key)
        return ActionReview(
            action_id=self._actions[told.key],
            text=agreed.text,
            owner=agreed.owner,
            owner_name=agreed.owner_name,
            outcome=told.outcome,
            words=told.words,
        )

    def _next(self, planned: NextMeeting) -> NextContact:
        if planned.moment:
            day, at = self._calendar.moment(planned.moment)
            return NextContact(day=day, at=at, mode=planned.mode)
        return NextContact(day=self._calendar.working_day(planned.day or 0), at=self._person.at, mode=planned.mode)

    def _due(self, agreed: AgreedItem) -> date | None:
        return None if agreed.due is None else self._calendar.day(agreed.due)


def _moments(now: datetime) -> dict[str, tuple[date, time | None]]:
    """The moments that depend on the hour; whatever the hour, there is an unwritten one and a later one.

    Returns:
        By name a day and a time: `drafting` and `unwritten` have passed, today where the hour allows; `later`
        and `later_still` are ahead today, without a time when the evening leaves none; `by_phone` is some time today.
    """
    today, clock = now.date(), now.time()
    yesterday = today - timedelta(days=1)
    minute = clock.hour * 60 + clock.minute
    ahead = (max(minute, _FIRST_MEETING_MINUTE) // _HALF_HOUR + 2) * _HALF_HOUR
    passed = min(minute // _HALF_HOUR - 1, _UNWRITTEN_AT.hour * 2) * _HALF_HOUR
    return {
        "drafting": (today if clock >= _DRAFT_SAVED else yesterday, _DRAFT_AT),
        "unwritten": (today, _time_of(passed)) if clock >= _DAY_BEGINS else (yesterday, _UNWRITTEN_AT),
        "by_phone": (today, None),
        "later": (today, _time_of(ahead)),
        "later_still": (today, _time_of(ahead + 4 * _HALF_HOUR)),
    }


def _time_of(minute: int) -> time | None:
    return time(minute // 60, minute % 60) if minute <= _LAST_MEETING_MINUTE else None
