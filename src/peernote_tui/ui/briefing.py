"""What stands beside: a participant in five seconds, the same on Today, while writing and in lists."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from peernote_tui.documents.referral_words import referral_words
from peernote_tui.domain.action_item import ActionItem, ActionStatus, DueGroup, due_group
from peernote_tui.domain.calling import ways_to
from peernote_tui.domain.consent import ConsentStanding, ConsentState
from peernote_tui.domain.dates import Birth, Precision, age_words, say_day, say_due
from peernote_tui.domain.names import Called
from peernote_tui.domain.next_contact import say_contact
from peernote_tui.domain.note import NextContact
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import BirthPrecision, Participant
from peernote_tui.services.participants import Briefing, brief
from peernote_tui.ui import naming, sentences
from peernote_tui.ui.contact_safety import reaching_lines
from peernote_tui.ui.widgets.side_pane import PaneLine, Section, SidePane

if TYPE_CHECKING:
    from peernote_tui.domain.follow_up import FollowUp
    from peernote_tui.ui.screens.vault_screen import VaultScreen

ENDS_SOON = timedelta(days=30)
"""From when on the end of a consent is told of."""
_LAST_SUMMARY_LENGTH = 68
"""Characters of what happened last time: two lines of the pane."""
_SETTLE_SECONDS = 0.05
"""How long a highlight rests before its participant is looked up; a held arrow key asks once."""
_ACTION_LENGTH = 60
_MOST_ACTIONS = 3
"""Of each side; more would push away what comes after them at 24 lines."""


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


def sections(briefing: Briefing, meeting_id: str | None = None, *, without: Iterable[str] = ()) -> list[Section]:
    """The sections of the side pane for one participant, what one has to know first on top.

    Args:
        briefing: What is known of them.
        meeting_id: The meeting that a note is written of; what was to be talked about then stands first.
        without: Keys of sections that the screen shows elsewhere.
    """
    person, note = briefing.participant, briefing.last_note
    mine = [action for action in briefing.open_actions if action.owner in (Owner.ME, Owner.BOTH)]
    theirs = [action for action in briefing.open_actions if action.owner not in (Owner.ME, Owner.BOTH)]
    consent = Section(sentences.CONSENT, (consent_line(briefing.consent, briefing.today),), key="consent")
    words = note.content.own_words if note is not None and note.content.own_words.strip() else person.about
    strengths = note.content.strengths.strip() if note is not None else ""
    techniques = note.content.techniques if note is not None else ()
    topics = next((each.topics for each in briefing.follow_ups if each.id == meeting_id), "")
    ahead = [each for each in briefing.follow_ups if each.id != meeting_id]
    reaching = reaching_lines(ways_to(person), briefing.voicemail, briefing.text)
    found = [
        Section(sentences.PLANNED_TOPICS, (topics,) if topics else ()),
        _last_time(briefing),
        Section(sentences.REACHING_THEM, tuple(reaching), key="reaching"),
        _open_actions(sentences.I_TAKE_ON, mine, briefing),
        _open_actions(sentences.THEY_TAKE_ON, theirs, briefing),
        _next_contact(ahead[0] if ahead else None, briefing.today),
        Section(sentences.OWN_WORDS, (_quoted(words),) if words.strip() else ()),
        Section(sentences.STRENGTHS, (strengths,) if strengths else ()),
        Section(sentences.YOU_DID, (", ".join(techniques),) if techniques else ()),
        Section(
            sentences.HOW_ARE_THINGS,
            rated=briefing.rated if any(rating is not None for rating in briefing.ratings) else (),
            key="ratings",
        ),
        Section(sentences.GOALS, tuple(f"“{goal}”" for goal in person.goals)),
    ]
    # Where nothing may be written, nothing else has to be known sooner.
    found.insert(len(found) if briefing.consent.active else 0, consent)
    left_out = frozenset(without)
    return [section for section in found if (section.lines or section.rated) and section.key not in left_out]


async def brief_beside(screen: VaultScreen[Any], about: Callable[[], str]) -> None:
    """Brief in the side pane on whoever a screen is about; run it in an exclusive worker.

    Args:
        screen: The screen, with a side pane.
        about: Id of the participant it is about now, empty for nobody; an answer that comes too late is dropped.
    """
    pane, wanted = screen.query_one(SidePane), about()
    if not wanted:
        pane.show(())
        return
    await asyncio.sleep(_SETTLE_SECONDS)
    found = await screen.ask(brief, wanted) if screen.house.gateway.is_open else None
    if found is not None and about() == wanted:
        title, detail = who(found.participant)
        pane.show(sections(found), title=title, detail=detail)


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
    told = " ".join((content.summary.strip() or content.reason.strip() or content.concerns.strip()).split())
    if len(told) > _LAST_SUMMARY_LENGTH:
        told = told[:_LAST_SUMMARY_LENGTH].rsplit(" ", 1)[0].rstrip(" .,;:") + "…"
    mode = sentences.MODE_WORDS[content.mode.value] if content.mode else ""
    heading = sentences.last_time(say_day(content.day, today=briefing.today), mode)
    return Section(heading, (told or PaneLine(sentences.NOTHING_TOLD, style="$muted"),), key="last")


def _open_actions(heading: str, actions: list[ActionItem], briefing: Briefing) -> Section:
    lines = [_action_line(action, briefing) for action in actions[:_MOST_ACTIONS]]
    left = len(actions) - len(lines)
    if left > 0:
        lines.append(PaneLine(sentences.and_more(left), style="$muted"))
    return Section(heading, tuple(lines), key="actions")


def _action_line(action: ActionItem, briefing: Briefing) -> PaneLine:
    sign, style = status_sign(action.status, action.due, briefing.today)
    # The heading says who does it, but for those who do it together, and somebody else.
    shared = action.owner in (Owner.BOTH, Owner.OTHER)
    who_does = f"{owner_word(action.owner, action.owner_name, briefing.participant.called)}: " if shared else ""
    due = f" · {say_due(action.due, today=briefing.today)}" if action.due else ""
    text = action.text if len(action.text) <= _ACTION_LENGTH else action.text[:_ACTION_LENGTH].rstrip() + "…"
    referral = referral_words(action, today=briefing.today)
    stands = f" · {referral}" if referral else ""
    return PaneLine(f"{who_does}{text}{stands}{due}", sign=sign, sign_style=style)


def _next_contact(planned: FollowUp | None, today: date) -> Section:
    if planned is None:
        return Section(sentences.NEXT_CONTACT, key="next")
    when = say_contact(NextContact(day=planned.day, at=planned.at, mode=planned.mode), today=today)
    lines = tuple(part for part in (when, planned.place, planned.topics) if part)
    return Section(sentences.NEXT_CONTACT, lines, key="next")


def _quoted(text: str) -> str:
    stripped = text.strip().strip('"“”')
    return f"“{stripped}”"
