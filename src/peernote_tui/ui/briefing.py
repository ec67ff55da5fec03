"""What stands beside: a participant in five seconds, the same on Today, while writing and in lists."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from peernote_tui.documents.referral_words import referral_words
from peernote_tui.domain.action_item import ActionItem, ActionStatus, DueGroup, due_group
from peernote_tui.domain.consent import ConsentStanding, ConsentState
from peernote_tui.domain.dates import Birth, Precision, age_words, say_day, say_due
from peernote_tui.domain.names import Called
from peernote_tui.domain.next_contact import say_contact
from peernote_tui.domain.note import NextContact
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import BirthPrecision, Participant
from peernote_tui.ui import naming, sentences
from peernote_tui.ui.widgets.side_pane import PaneLine, Section

if TYPE_CHECKING:
    from peernote_tui.domain.follow_up import FollowUp
    from peernote_tui.services.participants import Briefing

ENDS_SOON = timedelta(days=30)
"""From when on the end of a consent is told of."""
_LAST_SUMMARY_LENGTH = 240
_MOST_ACTIONS = 6


def second_identifier(*parts: str) -> str:
    """What tells two people of one name apart, as one text: pronouns · ID · birth year."""
    return " · ".join(part for part in parts if part)


def who(participant: Participant) -> tuple[str, str]:
    """Name and what tells them from others of the name, for the head of the pane."""
    return naming.name(participant.called), naming.apart(participant.called)


def age(participant: Participant, today: date) -> str:
    """The age in words, as exactly as the birth date is known; empty when it is not."""
    born = participant.born
    if not born:
        return ""
    if participant.birth_precision is BirthPrecision.ESTIMATED:
        birth = Birth(born[:4], Precision.ESTIMATED)
    elif len(born) == len("YYYY") or participant.birth_precision is BirthPrecision.YEAR:
        birth = Birth(born[:4], Precision.YEAR)
    else:
        birth = Birth(born, Precision.EXACT)
    return age_words(birth, today)


def owner_word(owner: Owner, owner_name: str, participant: Called) -> str:
    """Who takes an action on, in a word: me, both, a first name."""
    if owner is Owner.PARTICIPANT:
        return naming.as_owner(participant)
    if owner is Owner.OTHER:
        return owner_name or sentences.OTHER
    return owner.value


def status_sign(status: ActionStatus, due: date | None, today: date) -> tuple[str, str]:
    """Sign and style of an action item: `!` overdue, `○` open, `◐` partly, `✓` done, `–` let go."""
    if status is ActionStatus.DONE:
        return "✓", "$success"
    if not status.is_open:
        return "–", "$muted"
    if due_group(due, today) is DueGroup.OVERDUE:
        return "!", "$error"
    return ("◐", "$primary") if status is ActionStatus.PARTLY else ("○", "$muted")


def sections(briefing: Briefing, meeting_id: str | None = None) -> list[Section]:
    """The sections of the side pane for one participant.

    Args:
        briefing: What is known of them.
        meeting_id: The meeting that a note is written of; what was to be talked about then stands first.
    """
    found = [_last_time(briefing)]
    topics = next((each.topics for each in briefing.follow_ups if each.id == meeting_id), "")
    if topics:
        found.insert(0, Section(sentences.PLANNED_TOPICS, (topics,)))
    if briefing.open_actions:
        found.append(_open_actions(briefing))
    if goals := briefing.participant.goals:
        found.append(Section(sentences.GOALS, tuple(f"“{goal}”" for goal in goals)))
    note = briefing.last_note
    if note is not None and note.content.own_words.strip():
        found.append(Section(sentences.OWN_WORDS, (_quoted(note.content.own_words),)))
    elif briefing.participant.about:
        found.append(Section(sentences.OWN_WORDS, (_quoted(briefing.participant.about),)))
    if note is not None and note.content.strengths.strip():
        found.append(Section(sentences.STRENGTHS, (note.content.strengths.strip(),)))
    if any(rating is not None for rating in briefing.ratings):
        found.append(Section(sentences.HOW_ARE_THINGS, rated=briefing.rated))
    ahead = [each for each in briefing.follow_ups if each.id != meeting_id]
    if ahead:
        found.append(_next_contact(ahead[0], briefing.today))
    found.append(Section(sentences.CONSENT, (consent_line(briefing.consent, briefing.today),)))
    return found


def consent_line(state: ConsentState, today: date) -> PaneLine:
    """Where the participant stands on notes, in one line with a sign."""
    row = state.consent
    if state.standing is ConsentStanding.ACTIVE and row is not None:
        how = sentences.CONSENT_HOW[row.how.value] if row.how else ""
        soon = row.expires_on is not None and row.expires_on <= today + ENDS_SOON
        said = say_day(row.expires_on, today=today) if row.expires_on else ""
        ends = f", {sentences.ends(said) if soon else sentences.until(said)}" if said else ""
        style = "$primary" if soon else "$success"
        return PaneLine(f"notes, {how}, {say_day(row.starts_on, today=today)}{ends}", sign="✓", sign_style=style)
    ended = row.expires_on if row is not None and state.standing is ConsentStanding.EXPIRED else None
    day = ended or (row.starts_on if row is not None else None)
    when = say_day(day, today=today) if day is not None else ""
    return PaneLine(sentences.consent_lacking(state.standing.value, when), sign="!", sign_style="$error")


def _last_time(briefing: Briefing) -> Section:
    content = briefing.last_note.content if briefing.last_note is not None else None
    if content is None or content.day is None:
        return Section(sentences.LAST_TIME, (PaneLine(sentences.NO_NOTE_YET, style="$muted"),))
    told = content.summary.strip() or content.reason.strip() or content.concerns.strip()
    if len(told) > _LAST_SUMMARY_LENGTH:
        told = told[:_LAST_SUMMARY_LENGTH].rstrip(" .,;:") + "…"
    lines: list[str | PaneLine] = [line for line in told.split("\n") if line.strip()]
    if content.techniques:
        lines.append(PaneLine(sentences.what_helped(", ".join(content.techniques)), style="$muted"))
    return Section(sentences.last_time(say_day(content.day, today=briefing.today)), tuple(lines))


def _open_actions(briefing: Briefing) -> Section:
    lines = [_action_line(action, briefing) for action in briefing.open_actions[:_MOST_ACTIONS]]
    left = len(briefing.open_actions) - len(lines)
    if left > 0:
        lines.append(PaneLine(sentences.and_more(left), style="$muted"))
    return Section(sentences.OPEN_ACTIONS, tuple(lines))


def _action_line(action: ActionItem, briefing: Briefing) -> PaneLine:
    sign, style = status_sign(action.status, action.due, briefing.today)
    who_does = owner_word(action.owner, action.owner_name, briefing.participant.called)
    due = f" · {say_due(action.due, today=briefing.today)}" if action.due else ""
    referral = referral_words(action, today=briefing.today)
    stands = f" · {referral}" if referral else ""
    return PaneLine(f"{who_does}: {action.text}{stands}{due}", sign=sign, sign_style=style)


def _next_contact(planned: FollowUp, today: date) -> Section:
    when = say_contact(NextContact(day=planned.day, at=planned.at, mode=planned.mode), today=today)
    return Section(sentences.NEXT_CONTACT, tuple(part for part in (when, planned.place, planned.topics) if part))


def _quoted(text: str) -> str:
    stripped = text.strip().strip('"“”')
    return f"“{stripped}”"
