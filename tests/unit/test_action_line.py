"""One line that says what, who and by when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peernote_tui.domain.action_line import ActionLine, parse_action_line, say_action_line
from peernote_tui.domain.base import clean_text
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.owner import Owner

TODAY = date(2026, 11, 23)  # a Monday
P, ME, BOTH, OTHER = Owner.PARTICIPANT, Owner.ME, Owner.BOTH, Owner.OTHER

LINES = {
    "call housing office @me fri": ("call housing office", ME, "", (11, 27)),
    "call housing office fri @me": ("call housing office", ME, "", (11, 27)),
    "@me call housing office fri": ("call housing office", ME, "", (11, 27)),
    "@me fri call housing office": ("call housing office", ME, "", (11, 27)),
    "call @me housing office by fri": ("call housing office", ME, "", (11, 27)),
    "call housing office by fri @me": ("call housing office", ME, "", (11, 27)),
    "call housing office": ("call housing office", P, "", None),
    "call housing office fri": ("call housing office", P, "", (11, 27)),
    "call housing office Friday.": ("call housing office", P, "", (11, 27)),
    "call housing office on friday": ("call housing office", P, "", (11, 27)),
    "call housing office next fri": ("call housing office", P, "", (12, 4)),
    "call housing office mon": ("call housing office", P, "", (11, 30)),
    "call today": ("call", P, "", (11, 23)),
    "call tomorrow @both": ("call", BOTH, "", (11, 24)),
    "visit the gym together @us sat": ("visit the gym together", BOTH, "", (11, 28)),
    "try the bus @her +2w": ("try the bus", P, "", (12, 7)),
    "try the bus @him, tmrw": ("try the bus", P, "", (11, 24)),
    "try the bus @them in 2 weeks": ("try the bus", P, "", (12, 7)),
    "try the bus @participant 2 weeks": ("try the bus", P, "", (12, 7)),
    "try the bus @maria fri": ("try the bus", P, "", (11, 27)),
    "try the bus @MARÍA": ("try the bus", P, "", None),
    "send form @anna 30 nov": ("send form", OTHER, "anna", (11, 30)),
    "send form @O'Brien nov 30": ("send form", OTHER, "O'Brien", (11, 30)),
    "send form @May": ("send form", OTHER, "May", None),
    "send form @sun wed": ("send form", OTHER, "sun", (11, 25)),
    "write to maria@example.org": ("write to maria@example.org", P, "", None),
    "write to maria@example.org @me": ("write to maria@example.org", ME, "", None),
    "meet @ 2": ("meet @ 2", P, "", None),
    "meet @2pm": ("meet @2pm", P, "", None),
    "enjoy the sun": ("enjoy the sun", P, "", None),
    "enjoy the sun @me": ("enjoy the sun", ME, "", None),
    "sit in the sun": ("sit in the sun", P, "", None),
    "sit in the sun @me sun": ("sit in the sun", ME, "", (11, 29)),
    "ask about may": ("ask about may", P, "", None),
    "ask about may @me": ("ask about may", ME, "", None),
    "ask about may 5": ("ask about may 5", P, "", None),
    "call 211": ("call 211", P, "", None),
    "call 211 @me": ("call 211", ME, "", None),
    "bring 2 forms": ("bring 2 forms", P, "", None),
    "read chapter 3": ("read chapter 3", P, "", None),
    "read chapter 3 @her": ("read chapter 3", P, "", None),
    "walk 10 min": ("walk 10 min", P, "", None),
    "find out who sat": ("find out who sat", P, "", None),
    "@me sat with her in court": ("sat with her in court", ME, "", None),
    "ask when they wed": ("ask when they wed", P, "", None),
    "take second dose": ("take second dose", P, "", None),
    "go mar": ("go mar", P, "", None),
    "talk today about rent": ("talk today about rent", P, "", None),
    "say what she wants from today": ("say what she wants from today", P, "", None),
    "pack lunch for tomorrow": ("pack lunch for tomorrow", P, "", None),
    "wait until friday": ("wait until friday", P, "", None),
    "go to group every monday": ("go to group", P, "", (11, 30)),
    "do step 1/2": ("do step 1/2", P, "", None),
    "call the line 24/7": ("call the line 24/7", P, "", None),
    "call the line 24/7 @me": ("call the line 24/7", ME, "", None),
    "call the line 24/7 by fri": ("call the line 24/7", P, "", (11, 27)),
    "rest 2 weeks": ("rest 2 weeks", P, "", None),
    "stand by me": ("stand by me", P, "", None),
    "stop by the office": ("stop by the office", P, "", None),
    "finish form by sun": ("finish form", P, "", (11, 29)),
    "finish form due: wed": ("finish form", P, "", (11, 25)),
    "finish form due by end of month": ("finish form", P, "", (11, 30)),
    "finish form by fri and call": ("finish form and call", P, "", (11, 27)),
    "finish form eom": ("finish form", P, "", (11, 30)),
    "finish form 11/30": ("finish form", P, "", (11, 30)),
    "finish form by 30.11.": ("finish form", P, "", (11, 30)),
    "finish form 2026-12-01": ("finish form", P, "", (12, 1)),
    "finish form 1 dec 2026 @me": ("finish form", ME, "", (12, 1)),
    "finish form Fri 27 Nov": ("finish form", P, "", (11, 27)),
    "finish form 5 mar": ("finish form", P, "", (2027, 3, 5)),
    "finish form 23 nov": ("finish form", P, "", (11, 23)),
    "finish form +3": ("finish form", P, "", (11, 26)),
    "call office fri 2pm": ("call office 2pm", P, "", (11, 27)),
    "call office fri at 2pm": ("call office at 2pm", P, "", (11, 27)),
    "call office @me fri 2pm": ("call office 2pm", ME, "", (11, 27)),
    "call about #housing @me fri": ("call about #housing", ME, "", (11, 27)),
    "  call   housing  ": ("call housing", P, "", None),
    "find out what happened yesterday": ("find out what happened yesterday", P, "", None),
    "note what changed 3 days ago": ("note what changed 3 days ago", P, "", None),
    "李明 anrufen @李明": ("李明 anrufen", OTHER, "李明", None),
    "pay $20.50 @me": ("pay $20.50", ME, "", None),
    "go to group mon wed fri": ("go to group mon wed fri", P, "", None),
    "go to library tues or thurs": ("go to library tues or thurs", P, "", None),
    "stop by fri": ("stop by", P, "", (11, 27)),
    "ask Maria's sister": ("ask Maria's sister", P, "", None),
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_understood(line):
    text, owner, name, due = LINES[line]
    day = None if due is None else date(*due) if len(due) == 3 else date(2026, *due)
    parsed = parse_action_line(line, today=TODAY, participant_name="Maria Santos")
    assert (parsed.text, parsed.owner, parsed.owner_name, parsed.due) == (text, owner, name, day)


@pytest.mark.parametrize(
    "line",
    ["", "  ", "@me", "@me fri", "fri", "by fri", "call @fri", "call @tomorrow", "call @me @anna", "x" * 2001, "...",
     "call by 5/6", "call @me 5/6", "call @me yesterday", "call by 1 jan 2020", "\x00"],
)  # fmt: skip
def test_a_doubtful_line_is_refused(line):
    with pytest.raises(InvalidInputError) as refusal:
        parse_action_line(line, today=TODAY)
    assert refusal.value.way_out


def test_without_a_participant_every_name_is_someone_else():
    assert parse_action_line("call @maria", today=TODAY) == ActionLine("call", OTHER, "maria", None)


def test_said_back():
    line = parse_action_line("call housing office @me fri", today=TODAY)
    assert say_action_line(line, today=TODAY) == "call housing office · me · Fri 27 Nov"
    assert say_action_line(ActionLine("call", OTHER, "Anna"), today=TODAY) == "call · Anna"


WORDS = [
    "call", "the", "office", "@me", "@anna", "@both", "fri", "sun", "may", "5", "5/6", "by", "due", "+2w", "24/7",
    "at", "2pm", "eom", "in", "2", "weeks", ".",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join), st.dates())
def test_every_line_is_understood_or_refused(line, today):
    try:
        parsed = parse_action_line(line, today=today, participant_name="Anna")
    except InvalidInputError:
        return
    assert parsed.due is None or parsed.due >= today
    assert (parsed.owner is OTHER) == bool(parsed.owner_name)
    assert set(parsed.text.split()) <= set(clean_text(line).split())


@given(st.integers(0, 300), st.sampled_from(["@me", "@both", ""]))
def test_a_date_typed_after_by_comes_back(ahead, owner):
    day = TODAY + timedelta(days=ahead)
    parsed = parse_action_line(f"call office {owner} by {day.isoformat()}", today=TODAY)
    assert (parsed.text, parsed.due) == ("call office", day)


def test_a_name_longer_than_any_record_holds_is_refused():
    with pytest.raises(InvalidInputError, match="longer than 200"):
        parse_action_line("call @" + "x" * 201, today=date(2026, 11, 23))


def test_the_order_of_day_and_month_follows_the_setting():
    told = {first: parse_action_line("send form @me 3/12", today=TODAY, day_first=first).due for first in (True, False)}
    assert told == {True: date(2026, 12, 3), False: date(2027, 3, 12)}
    with pytest.raises(InvalidInputError):
        parse_action_line("send form @me 3/12", today=TODAY)
