"""What the end of day sweep shows: the one thing in front, or what is left at the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from textual.content import Content

from peernote_tui.domain.dates import Moment, say_ago, say_day, say_due, say_left, say_moment
from peernote_tui.domain.follow_up import FollowUp
from peernote_tui.services.sweeping import Owed, OwedItem, SweepView
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.briefing import owner_word
from peernote_tui.ui.contact_safety import reaching_lines
from peernote_tui.ui.widgets.side_pane import laid


def page(view: SweepView, room: int) -> Content:
    """The calm page: how far one is, what it is about, what is asked.

    Args:
        view: Where the sweep is.
        room: Cells of a line.
    """
    item = view.current
    if item is None:
        return _end(view)
    progress = view.progress
    call = item.call
    reach = reaching_lines(call.ways, call.voicemail, call.text) if call is not None else []
    far = sentences.sweep_progress(progress.number, progress.total)
    parts = [
        safe.content(far, "$muted"),
        safe.content(""),
        safe.content(sentences.OWED_TITLES[item.kind.value], "bold $primary"),
        *_subject(item, room),
        *(safe.content(line, keep_lines=True) for line in _about(item, view.today.now) if line),
        *map(laid, reach),
        safe.content(""),
        safe.content(sentences.SWEEP_AGAIN if progress.again else "", "$muted"),
    ]
    return Content("\n").join(parts)


def _end(view: SweepView) -> Content:
    left, done = view.left, view.done
    later = [
        f"{row.follow_up.at:%H:%M} {naming.by_number(row.called)}"
        for row in view.today.meetings
        if row.follow_up.at is not None
    ]
    lines = [
        safe.content(
            sentences.left_for_tomorrow([item.kind.value for item in left]) if left else sentences.SWEPT_CLEAN,
            "bold $primary" if left else "bold $success",
        ),
        safe.content(sentences.done_today(done.notes, done.actions)),
        safe.content(sentences.still_to_come(later)),
        safe.content(""),
        safe.content(sentences.SWEPT_HINT, "$muted"),
    ]
    return Content("\n").join(lines)


def name_of(item: OwedItem) -> str:
    """Whom something is about, in a sentence; a group by its topic, and empty for a backup."""
    if item.called is not None:
        return naming.by_number(item.called)
    return item.group.group.content.topic if item.group is not None else ""


def _subject(item: OwedItem, room: int) -> Iterator[Content]:
    yield safe.content("")
    person = item.called
    if person is not None:
        told = (naming.name(person, room // 2), naming.apart(person, room // 2))
        yield Content.assemble(safe.content(told[0], "bold"), "  ", safe.content(told[1], "$muted"))


def _about(item: OwedItem, now: datetime) -> Iterator[str]:
    today = now.date()
    if item.contact is not None:
        yield from _meeting(item.contact.follow_up, now)
    elif item.draft is not None:
        row = item.draft
        step = row.step_title or sentences.step_in_short(row.step_number, row.steps)
        yield sentences.draft_standing(step, row.missing, say_ago(row.draft.begun_at, now), emergency=row.emergency)
        if row.due_at is not None:
            due = row.due_at.astimezone(now.tzinfo)
            late = say_moment(Moment(due.date(), due.time()), today=today)
            yield sentences.late_since(late) if row.due_at < now else sentences.due_said(say_left(row.due_at, now))
    elif item.group is not None:
        group = item.group
        begun = say_ago(group.group.begun_at, now)
        yield sentences.group_standing(
            group.group.content.topic, begun, written=group.written, lines=group.lines, made=group.made
        )
    elif item.action is not None:
        action = item.action.action
        yield action.text
        owner = owner_word(action.owner, action.owner_name, item.action.called)
        yield f"{owner} · {say_due(action.due, today=today)}" if action.due else owner
    elif item.call is not None:
        call = item.call
        yield sentences.call_why(call.why.value, say_moment(Moment(call.day, call.at), today=today))
    elif item.consent is not None:
        notice = item.consent
        day = say_day(notice.day, today=today) if notice.day else ""
        scope = sentences.CONSENT_SCOPES[notice.scope.value].lower()
        yield f"{scope}: {sentences.consent_notice(notice.kind.value, day)}"


def _meeting(planned: FollowUp, now: datetime) -> Iterator[str]:
    how = sentences.MODE_WORDS[planned.mode.value] if planned.mode else ""
    when = say_moment(Moment(planned.day, planned.at), today=now.date())
    yield " · ".join(part for part in (when, how, planned.place) if part)
    yield planned.topics


def keys_of(kind: Owed) -> tuple[str, ...]:
    """Ids of the acts that one kind of thing takes, besides skipping."""
    return _ACTS[kind]


_ACTS: dict[Owed, tuple[str, ...]] = {
    Owed.CONTACT: ("open", "no_show", "move", "cancel"),
    Owed.DRAFT: ("open", "aside"),
    Owed.GROUP: ("open", "aside"),
    Owed.ACTION: ("done", "partly", "not_yet", "snooze", "drop"),
    Owed.CALL: ("open", "move", "cancel"),
    Owed.CONSENT: ("open",),
    Owed.BACKUP: ("open",),
}
