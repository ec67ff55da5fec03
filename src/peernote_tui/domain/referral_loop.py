"""The loop of a referral: which stage may follow which, what each asks, and what the action item is meanwhile.

Life skips stages, so a referral may: after a phone call with the participant beside it is connected at once. Three
things are not skipped. Nothing is handed on before the participant said yes; what says that the other side knows of
them says once on what that rests, a consent or a reason why none was needed; and nothing is acknowledged that was
not sent. A declined or closed referral goes nowhere but one step back, with a reason, as every stage may.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any

from peernote_tui.domain.action_item import ActionItem, ActionStatus
from peernote_tui.domain.base import LINE, Line, Model
from peernote_tui.domain.errors import InvalidInputError, RefusedError
from peernote_tui.domain.referral import Referral, ReferralBarrier, ReferralOutcome, ReferralStage

WAIT_DAYS = 7
"""Days after which it is time to ask where a referral stands, unless the settings say otherwise."""

_STAGE = ReferralStage
_FOLLOWS: dict[ReferralStage, tuple[ReferralStage, ...]] = {
    _STAGE.OFFERED: (_STAGE.ACCEPTED, _STAGE.DECLINED, _STAGE.CONNECTED, _STAGE.CLOSED),
    _STAGE.ACCEPTED: (_STAGE.SENT, _STAGE.APPOINTMENT, _STAGE.CONNECTED, _STAGE.DECLINED, _STAGE.CLOSED),
    # Sent again is handing on more, which asks anew; another appointment is the same one on another day.
    _STAGE.SENT: (_STAGE.ACKNOWLEDGED, _STAGE.APPOINTMENT, _STAGE.CONNECTED, _STAGE.SENT, _STAGE.CLOSED),
    _STAGE.ACKNOWLEDGED: (_STAGE.APPOINTMENT, _STAGE.CONNECTED, _STAGE.SENT, _STAGE.CLOSED),
    _STAGE.APPOINTMENT: (_STAGE.CONNECTED, _STAGE.APPOINTMENT, _STAGE.SENT, _STAGE.CLOSED),
    _STAGE.CONNECTED: (_STAGE.CLOSED, _STAGE.SENT),
    _STAGE.DECLINED: (),
    _STAGE.CLOSED: (),
}
_STATUS = {
    _STAGE.OFFERED: ActionStatus.OPEN,
    _STAGE.ACCEPTED: ActionStatus.OPEN,
    _STAGE.DECLINED: ActionStatus.DROPPED,
    _STAGE.SENT: ActionStatus.PARTLY,
    _STAGE.ACKNOWLEDGED: ActionStatus.PARTLY,
    _STAGE.APPOINTMENT: ActionStatus.PARTLY,
    _STAGE.CONNECTED: ActionStatus.PARTLY,
}
_WAITS = frozenset({_STAGE.SENT, _STAGE.ACKNOWLEDGED, _STAGE.CONNECTED})


class Asked(StrEnum):
    """What a stage asks for."""

    BASIS = "basis"
    """The consent that handing on rests on, or why it needs none."""
    APPOINTMENT = "appointment"
    RESULT = "result"
    """An outcome, or a barrier."""


class Step(Model):
    """What is said with a move; only what the stage asks for counts. The fields are those of `Referral`."""

    consent_id: str = ""
    why_covered: Line = ""
    without_consent: Line = ""
    day: date | None = None
    at: time | None = None
    outcome: ReferralOutcome | None = None
    barrier: ReferralBarrier | None = None
    words: Line = ""


def referral_text(to: str) -> str:
    """What an action item says that is a referral and says nothing else."""
    said = f"Referral to {to}"
    # A name as long as a line leaves no room for words before it.
    return said if len(said) <= LINE else to


def agreed_on(to: str, day: date) -> Referral | None:
    """The referral that an action agreed in a note is: what was agreed was accepted. None when it names nobody."""
    return Referral(to=to, stage=_STAGE.ACCEPTED, since=day) if to else None


def next_stages(referral: Referral) -> tuple[ReferralStage, ...]:
    """The stages that may follow, the likeliest first; none after the end."""
    return _FOLLOWS[referral.stage]


def asks(referral: Referral, stage: ReferralStage) -> tuple[Asked, ...]:
    """What a referral is asked for when it goes to a stage."""
    asked = []
    known_there = stage in (_STAGE.APPOINTMENT, _STAGE.CONNECTED)
    if stage is _STAGE.SENT or (known_there and not referral.has_basis):
        asked.append(Asked.BASIS)
    if stage is _STAGE.APPOINTMENT:
        asked.append(Asked.APPOINTMENT)
    if stage is _STAGE.CLOSED:
        asked.append(Asked.RESULT)
    return tuple(asked)


def moved(referral: Referral, stage: ReferralStage, step: Step, *, today: date, on: date | None = None) -> Referral:
    """A referral one stage on.

    Args:
        referral: As it is.
        stage: Where it goes.
        step: What is said with it. That a consent named there holds and covers the recipient is the caller's to know.
        today: The local day.
        on: The day it came there; today when None.

    Raises:
        RefusedError: That stage does not follow, or nothing says on what handing on rests.
        InvalidInputError: Something that the stage asks for is missing or cannot be; `field` names it.
    """
    if stage not in next_stages(referral):
        raise RefusedError(*_why_not(referral.stage, stage))
    came = on or today
    if came > today:
        raise InvalidInputError("That day lies ahead.", "Use today or an earlier day.", field="on")
    asked = asks(referral, stage)
    update: dict[str, object] = {"stage": stage, "since": came}
    if Asked.BASIS in asked:
        update |= _basis(step, came)
    if Asked.APPOINTMENT in asked:
        update |= _appointment(step, came)
    if Asked.RESULT in asked:
        update |= _result(step)
    return referral.model_copy(update=update)


def one_back(history: Sequence[Referral]) -> Referral | None:
    """What a referral goes back to, as a correction: itself as it was before it came to its stage; None at the start.

    Args:
        history: What it held after each change, oldest first, the present last. A step back that was made before
            does not count as a way forward.
    """
    way: list[Referral] = []
    for state in history:
        if state in way:
            del way[way.index(state) + 1 :]
        else:
            way.append(state)
    return way[-2] if len(way) > 1 else None


def status_at(referral: Referral) -> ActionStatus:
    """The status of the action item while its referral is at this stage."""
    if referral.stage is _STAGE.CLOSED:
        return ActionStatus.DROPPED if referral.outcome is None else ActionStatus.DONE
    return _STATUS[referral.stage]


def settled(referral: Referral, status: ActionStatus, *, today: date, words: str = "") -> Referral:
    """A referral whose action item was said to be something, in the tracker or in a note; nothing is asked.

    Done closes it, with the outcome "connected"; dropped or changed closes it, with the barrier "other". Partly and
    not yet leave it where it is. What was ended and is open again goes back to where its facts say it was.

    Args:
        referral: As it is.
        status: What was said.
        today: The local day.
        words: The participant's own words about it.
    """
    if status.is_open:
        return referral if referral.stage.is_open else _reopened(referral, today)
    if not referral.stage.is_open and (status is ActionStatus.DONE) == (status_at(referral) is ActionStatus.DONE):
        return referral
    done = status is ActionStatus.DONE
    return referral.model_copy(
        update={
            "stage": _STAGE.CLOSED,
            "since": today,
            "outcome": ReferralOutcome.CONNECTED if done else None,
            "barrier": None if done else ReferralBarrier.OTHER,
            "words": words,
        }
    )


def settling(action: ActionItem, status: ActionStatus, *, today: date, words: str = "") -> dict[str, Referral]:
    """What else of an action item changes when it is said what became of it: its referral, where it is one."""
    return {"referral": settled(action.referral, status, today=today, words=words)} if action.referral else {}


def referral_change(before: ActionItem, after: ActionItem) -> dict[str, Any]:
    """What an event says of a referral that moved, as `ActionEvent.change` holds it; empty where it stayed."""
    if before.referral is None or after.referral is None or before.referral == after.referral:
        return {}
    return {"referral": [each.referral.model_dump(mode="json") for each in (before, after) if each.referral]}


def stage_come_to(change: dict[str, Any]) -> str:
    """The stage that a referral came to with an event, from its `ActionEvent.change`; empty where it came to none."""
    pair = change.get("referral")
    after = pair[-1] if isinstance(pair, list) and pair else None
    return str(after.get("stage", "")) if isinstance(after, dict) else ""


def look_again(referral: Referral, *, wait_days: int = WAIT_DAYS) -> date | None:
    """The day to ask where a referral stands; None where its stage waits for nobody elsewhere."""
    if referral.stage is _STAGE.APPOINTMENT:
        return referral.day
    if referral.stage not in _WAITS or referral.since is None:
        return None
    return referral.since + timedelta(days=wait_days)


def waits_long(referral: Referral, *, today: date, wait_days: int = WAIT_DAYS) -> bool:
    """Whether it is time to ask: nothing came back for so many days, or the appointment is past."""
    look = look_again(referral, wait_days=wait_days)
    if look is None:
        return False
    return look < today if referral.stage is _STAGE.APPOINTMENT else look <= today


def _basis(step: Step, came: date) -> dict[str, object]:
    if step.consent_id and step.without_consent:
        raise InvalidInputError(
            "It rests on a consent or needs none, not both.", "Leave one of the two out.", field="without_consent"
        )
    if not step.consent_id and not step.without_consent:
        raise RefusedError(
            "Nothing says on what handing this on rests.",
            "Name the consent to share with them, or say why it needs none, such as “takes it there herself”.",
        )
    said = ("consent_id", "why_covered") if step.consent_id else ("without_consent",)
    none = {"consent_id": "", "why_covered": "", "without_consent": "", "handed_on": came}
    return none | {name: getattr(step, name) for name in said}


def _appointment(step: Step, came: date) -> dict[str, object]:
    if step.day is None or step.at is None:
        raise InvalidInputError(
            "An appointment has a day and a time.", "Type both, such as fri 14:00.", field="appointment"
        )
    if step.day < came:
        raise InvalidInputError(
            "This appointment is past.",
            "Say connected when they went, or move it to a later day.",
            field="appointment",
        )
    return {"day": step.day, "at": step.at}


def _result(step: Step) -> dict[str, object]:
    if (step.outcome is None) == (step.barrier is None):
        raise InvalidInputError(
            "A referral is closed with an outcome, or with a barrier.", "Choose one of them.", field="result"
        )
    if not step.words and (step.outcome is ReferralOutcome.OTHER or step.barrier is ReferralBarrier.OTHER):
        raise InvalidInputError("“Other” needs a few words.", "Say what it was, in a line.", field="words")
    return {"outcome": step.outcome, "barrier": step.barrier, "words": step.words}


def _reopened(referral: Referral, today: date) -> Referral:
    if referral.day is not None:
        stage = _STAGE.APPOINTMENT
    elif referral.has_basis:
        stage = _STAGE.SENT
    else:
        stage = _STAGE.OFFERED
    return referral.model_copy(update={"stage": stage, "since": today, "outcome": None, "barrier": None, "words": ""})


def _why_not(now: ReferralStage, wanted: ReferralStage) -> tuple[str, str]:
    if not now.is_open:
        return f"This referral is {now.value}.", "It can go one step back, with a reason; or begin another."
    if wanted is _STAGE.ACKNOWLEDGED and now is not _STAGE.ACKNOWLEDGED:
        return "Nothing was sent yet that could be acknowledged.", "Say first that it was sent."
    if now is _STAGE.OFFERED and wanted in (_STAGE.SENT, _STAGE.APPOINTMENT):
        return "The participant has not said yes yet.", "Say first that they accepted it."
    follows = ", ".join(stage.value for stage in _FOLLOWS[now])
    return f"After {now.value} follows one of: {follows}.", "To correct a stage, go one step back with a reason."
