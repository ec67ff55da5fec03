"""What the consent screen lists: where somebody stands today, and the history below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from peernote_tui.domain.consent import (
    Consent,
    ConsentEvent,
    ConsentScope,
    ConsentStanding,
    GivenBy,
    consent_state,
    sharing_consents,
    withdrawn_by,
)
from peernote_tui.domain.dates import say_day
from peernote_tui.ui import sentences
from peernote_tui.ui.briefing import ENDS_SOON
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.widgets.peer_list import Heading, Line, Row

COLUMNS = (
    Column(1),  # sign
    Column(13),  # scope
    Column(20, flex=1),  # standing, recipient
    Column(21, gone_below=56),  # day, such as "until Sat 23 Nov 2027"
)


@dataclass(frozen=True)
class Target:
    """What stands behind a line.

    Attributes:
        scope: Which scope it is about.
        consent: The row of the history it rests on; None where there never was one.
        holds: Whether it can be withdrawn.
        whole: Whether it stands for everything of its scope.
    """

    scope: ConsentScope
    consent: Consent | None
    holds: bool
    whole: bool = False


def targets(history: tuple[Consent, ...], today: date) -> dict[str, Target]:
    """What stands behind the lines, by the id of the line."""
    found: dict[str, Target] = {}
    for scope in ConsentScope:
        state = consent_state(history, scope, today)
        shared = sharing_consents(history, today) if scope is ConsentScope.SHARING else ()
        for row in shared:
            found[f"now:{row.id}"] = Target(scope, row, holds=True)
        if not shared:
            found[f"scope:{scope.value}"] = Target(scope, state.consent, holds=state.active, whole=True)
    ended = withdrawn_by(history)
    for row in history:
        given = row.event is ConsentEvent.GIVEN
        found[f"row:{row.id}"] = Target(row.scope, row, holds=given and row.id not in ended and row.covers(today))
    return found


def lines(history: tuple[Consent, ...], today: date) -> list[Line]:
    """Headings and lines from top to bottom: today by scope, then the history, the newest first."""
    made: list[Line] = [Heading(sentences.CONSENTS_TODAY)]
    for row_id, target in targets(history, today).items():
        kind = row_id.partition(":")[0]
        if kind == "scope":
            made.append(_scope(row_id, target, history, today))
        elif kind == "now" and target.consent is not None:
            made.append(_shared(row_id, target.consent, today))
    if history:
        made.append(Heading(sentences.CONSENTS_HISTORY, len(history)))
        made += [_past(row, history, today) for row in reversed(history)]
    return made


def more_about(row: Consent) -> tuple[str, ...]:
    """What a row says beside its scope, its form and its days."""
    details = row.details
    return tuple(
        part
        for part in (
            details.what,
            details.purpose,
            details.recipient_address,
            sentences.until_event(details.ends_when) if details.ends_when else "",
            sentences.on_behalf(details.given_by.value, details.given_by_name)
            if details.given_by is not GivenBy.PARTICIPANT
            else "",
            details.basis,
            sentences.parent_told(details.parent_involved.value, details.parent_why) if details.parent_involved else "",
            sentences.witnessed_by(details.witness) if details.witness else "",
            row.remark,
        )
        if part
    )


def ending(row: Consent, today: date) -> str:
    """Until when a consent holds, in words; empty when it is open-ended."""
    if row.expires_on is None:
        return ""
    day = say_day(row.expires_on, today=today)
    return sentences.ends(day) if row.expires_on <= today + ENDS_SOON else sentences.until(day)


def _scope(row_id: str, target: Target, history: tuple[Consent, ...], today: date) -> Row:
    label, row = sentences.CONSENT_SCOPES[target.scope.value], target.consent
    if target.holds and row is not None:
        how = sentences.CONSENT_HOW[row.how.value] if row.how else ""
        told = f"{how}, {sentences.since(say_day(row.starts_on, today=today))}"
        return _standing(row_id, label, told, row, today)
    standing = consent_state(history, target.scope, today).standing
    day = "" if row is None else say_day(row.expires_on or row.starts_on, today=today)
    if standing is ConsentStanding.NONE:
        needed = target.scope is ConsentScope.NOTES
        sign = Cell("!", "$error") if needed else Cell("○", "$muted")
        return Row(row_id, (sign, label, Cell(sentences.NOT_ASKED, "" if needed else "$muted"), ""))
    return Row(row_id, (Cell("!", "$error"), label, sentences.ended_on(standing.value, day), ""))


def _shared(row_id: str, row: Consent, today: date) -> Row:
    whom = row.details.recipient or sentences.NOT_ASKED
    return _standing(row_id, sentences.CONSENT_SCOPES[row.scope.value], whom, row, today)


def _standing(row_id: str, label: str, told: str, row: Consent, today: date) -> Row:
    soon = row.expires_on is not None and row.expires_on <= today + ENDS_SOON
    day = Cell(ending(row, today), "$primary" if soon else "$muted")
    return Row(row_id, (Cell("✓", "$success"), label, told, day), below=" · ".join(more_about(row)))


def _past(row: Consent, history: tuple[Consent, ...], today: date) -> Row:
    label, day = sentences.CONSENT_SCOPES[row.scope.value], say_day(row.starts_on, today=today)
    if row.event is ConsentEvent.WITHDRAWN:
        named = next((one for one in history if one.id == row.details.withdraws), None)
        told = sentences.CONSENT_STANDS_NOT["withdrawn"]
        whom = named.details.recipient if named else ""
        below = " · ".join(part for part in (whom, row.remark) if part)
        return Row(f"row:{row.id}", (Cell("–", "$muted"), label, told, Cell(day, "$muted")), below=below)
    how = sentences.CONSENT_HOW[row.how.value] if row.how else ""
    # Beside a recipient there is no room for the day on which it ends, which must not be cut.
    whom, ends = row.details.recipient, ending(row, today)
    told = ", ".join(part for part in (how, whom or ends) if part)
    return Row(
        f"row:{row.id}",
        (Cell("+", "$muted"), label, told, Cell(day, "$muted")),
        below=" · ".join(part for part in (ends if whom else "", *more_about(row)) if part),
    )
