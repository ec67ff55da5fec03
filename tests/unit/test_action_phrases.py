"""Lines as people type them: each is read exactly so, or stays words, or is refused; none is understood wrongly."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peernote_tui.domain.action_line import (
    LONGEST_LINE,
    LONGEST_TEXT,
    ActionLine,
    parse_action_line,
    say_action_line,
    write_action_line,
)
from peernote_tui.domain.base import clean_text
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.recurrence import is_a_day_of

TODAY = date(2026, 11, 26)  # a Thursday
NAME = "Maria Santos"
REFUSED = "refused"

# What is typed: its echo, where nothing beside text and owner is said it is "text · Maria".
PHRASES = {
    "bring leaflet @me +2d #housing": "bring leaflet · me · Sat 28 Nov · #housing",
    "bring leaflet #housing @me +2d": "bring leaflet · me · Sat 28 Nov · #housing",
    "#housing bring leaflet @me": "bring leaflet · me · #housing",
    "#housing, #forms: bring leaflet": "bring leaflet · Maria · #housing #forms",
    "call bank #money #Money #debt": "call bank · Maria · #money #debt",
    "call bank #food_bank": "call bank · Maria · #food-bank",
    "call bank #step-2.": "call bank · Maria · #step-2",
    "call bank #سكن": "call bank · Maria · #سكن",
    "call bank #हिन्दी": "call bank · Maria · #हिन्दी",
    'call bank #"food bank"': "call bank · Maria · #food bank",
    "call about #housing @me": "call about #housing · me",
    "call the #housing office fri": "call the #housing office · Maria · Fri 27 Nov",
    "ask #housing office fri": "ask #housing office · Maria · Fri 27 Nov",
    "learn C#": "learn C# · Maria",
    "go to apt #4": "go to apt #4 · Maria",
    "go to apt #4b @me": "go to apt #4b · me",
    "take the #3": "take the #3 · Maria",
    "take bus #3 fri": "take bus #3 · Maria · Fri 27 Nov",
    "read https://x.org/#rent": "read https://x.org/#rent · Maria",
    "read a#b": "read a#b · Maria",
    "see #a#b": "see #a#b · Maria",
    "# housing call": "# housing call · Maria",
    "call #": "call # · Maria",
    "call ##housing": "call ##housing · Maria",
    "call #🏠": "call #🏠 · Maria",
    "call #2026-plan": "call #2026-plan · Maria",
    "call @": "call @ · Maria",
    "call @@me": "call @@me · Maria",
    "mail a@me.org @me": "mail a@me.org · me",
    "mail me@example.org by fri": "mail me@example.org · Maria · Fri 27 Nov",
    "call @Anna": "call · Anna",
    "call @Maria": "call · Maria",
    'call @"Maria" fri': "call · Maria · Fri 27 Nov",
    'call @"Maria Lopez" fri': "call · Maria Lopez · Fri 27 Nov",
    'say "hello" to her': 'say "hello" to her · Maria',
    "call [/] [b]x @me": "call [/] [b]x · me",
    "اتصل بالمكتب @me fri": "اتصل بالمكتب · me · Fri 27 Nov",
    "call 🙂 @me": "call 🙂 · me",
    # recurrence
    "call office @me every friday": "call office · me · tomorrow · every Friday",
    "call office every friday @me": "call office · me · tomorrow · every Friday",
    "call office every friday": "call office · Maria · tomorrow · every Friday",
    "bring leaflet @me +2d #housing every saturday until june":
        "bring leaflet · me · Sat 28 Nov · #housing · every Saturday until 30 Jun 2027",
    "pay rent monthly until June": "pay rent · Maria · Sat 26 Dec · every month on the 26th until 30 Jun 2027",
    "pay rent every month on the 31st": "pay rent · Maria · Mon 30 Nov · every month on the 31st",
    "pay rent on the 1st of every month": "pay rent · Maria · Tue 1 Dec · every month on the 1st",
    "go to group every tue and thu": "go to group · Maria · Tue 1 Dec · every Tuesday and Thursday",
    "go to group every tue & thu 2pm": "go to group 2pm · Maria · Tue 1 Dec · every Tuesday and Thursday",
    "go to group every tuesday at 2": "go to group at 2 · Maria · Tue 1 Dec · every Tuesday",
    "go to group every tuesday from 2pm to 4pm": "go to group from 2pm to 4pm · Maria · Tue 1 Dec · every Tuesday",
    "go to group every tuesday until 5pm": "go to group until 5pm · Maria · Tue 1 Dec · every Tuesday",
    "go to group each monday evening": "go to group evening · Maria · Mon 30 Nov · every Monday",
    "go to group on mondays": "go to group · Maria · Mon 30 Nov · every Monday",
    "walk daily": "walk · Maria · tomorrow · every day",
    "walk every day for 2 weeks": "walk · Maria · tomorrow · every day until 10 Dec",
    "walk every other day": "walk · Maria · Sat 28 Nov · every 2 days",
    "walk every weekday": "walk · Maria · tomorrow · every weekday",
    "walk once a week": "walk · Maria · Thu 3 Dec · every Thursday",
    "walk weekly @her sat": "walk · Maria · Sat 28 Nov · every Saturday",
    "walk @her sat weekly": "walk · Maria · Sat 28 Nov · every Saturday",
    "walk @her every 2 weeks by fri": "walk · Maria · tomorrow · every 2 weeks on Friday",
    "meet every week sat @me": "meet · me · Sat 28 Nov · every Saturday",
    "meet every week sat": "meet every week sat · Maria",
    "every friday: call mum": "call mum · Maria · tomorrow · every Friday",
    "every friday, call mum @both": "call mum · both · tomorrow · every Friday",
    "check in every last friday of the month": "check in · Maria · tomorrow · every last Friday of the month",
    "check in every first monday": "check in · Maria · Mon 7 Dec · every first Monday of the month",
    "renew card yearly": "renew card · Maria · Fri 26 Nov 2027 · every year on 26 November",
    "call office every friday #housing sure:7":
        "call office · Maria · tomorrow · #housing · every Friday · confidence 7 of 10",
    "sure:10 call office every friday #housing":
        "call office · Maria · tomorrow · #housing · every Friday · confidence 10 of 10",
    # "every" that is no recurrence, and phrases that only sound like one
    "bring every document": "bring every document · Maria",
    "call every bank": "call every bank · Maria",
    "call every bank fri": "call every bank · Maria · tomorrow",
    "sign every page by fri": "sign every page · Maria · tomorrow",
    "every little helps": "every little helps · Maria",
    "every friday group is full, ask for another": "every friday group is full, ask for another · Maria",
    "check that every monday slot is free": "check that every monday slot is free · Maria",
    "ask if the group meets every friday": "ask if the group meets every friday · Maria",
    "ask about every friday": "ask about every friday · Maria",
    "find out what it costs monthly": "find out what it costs monthly · Maria",
    "buy the monthly ticket": "buy the monthly ticket · Maria",
    "subscribe to the weekly": "subscribe to the weekly · Maria",
    "ask for weekly pay": "ask for weekly pay · Maria",
    "exercise twice weekly": "exercise twice weekly · Maria",
    "take pills 3 times daily": "take pills 3 times daily · Maria",
    "do not drink every day": "do not drink every day · Maria",
    "smoke less than every day": "smoke less than every day · Maria",
    "walk almost every day": "walk almost every day · Maria",
    "walk every morning": "walk every morning · Maria",
    "walk every few days": "walk every few days · Maria",
    "take one every 4 hours": "take one every 4 hours · Maria",
    "walk every 2-3 days": "walk every 2-3 days · Maria",
    "go every tue or thu": "go every tue or thu · Maria",
    "go every tue - thu": "go every tue - thu · Maria",
    "go every tue then thu": "go every tue then thu · Maria",
    "go every friday and every monday": "go every friday and every monday · Maria",
    "go every friday but not 27 nov": "go every friday but not 27 nov · Maria",
    "go every friday or so": "go every friday or so · Maria",
    "meet at TGI Fridays": "meet at TGI Fridays · Maria",
    "plan for fridays": "plan for fridays · Maria",
    "read the daily news": "read the daily news · Maria",
    "open 24/7": "open 24/7 · Maria",
    "work 9-5": "work 9-5 · Maria",
    "call mon-fri": "call mon-fri · Maria",
    "call every friday until easter": REFUSED,
    "call every friday @me sat": REFUSED,
    "call every friday @me until june": "call · me · tomorrow · every Friday until 30 Jun 2027",
    "call every friday until done": REFUSED,
    "call biweekly": REFUSED,
    "call every second friday": REFUSED,
    "call @me every friday +2d": REFUSED,
    "call @me sat every friday": REFUSED,
    "call every friday until 1 jan 2020": REFUSED,
    "every friday": REFUSED,
    "weekly @me #x": REFUSED,
    # days and names inside words and sentences, typos
    "enjoy saturday night tv": "enjoy saturday night tv · Maria",
    "she sat with me": "she sat with me · Maria",
    "may need help": "may need help · Maria",
    "march for housing": "march for housing · Maria",
    "join the march": "join the march · Maria",
    "call April": "call April · Maria",
    "call April fri": "call April · Maria · tomorrow",
    "call @April fri": "call · April · tomorrow",
    "call @June 30 nov": "call · June · Mon 30 Nov",
    "ask Mr Friday": "ask Mr Friday · Maria",
    "talk to August by 5 dec": "talk to August · Maria · Sat 5 Dec",
    "watch Black Friday": "watch Black Friday · Maria",
    "call tomorow": "call · Maria · tomorrow",
    "call thurs": "call · Maria · Thu 3 Dec",
    "call on 30 nov about rent": "call on 30 nov about rent · Maria",
    "call @me 30 nov about rent": "call about rent · me · Mon 30 Nov",
    "call fridya": "call fridya · Maria",
    "call evry friday": "call evry · Maria · tomorrow",
    "call @fri": REFUSED,
    "call @me @anna": REFUSED,
    "call by 5/6": REFUSED,
    # confidence
    "walk sure:7": "walk · Maria · confidence 7 of 10",
    "walk @them fri conf:0": "walk · Maria · tomorrow · confidence 0 of 10",
    "walk confidence:7/10": "walk · Maria · confidence 7 of 10",
    "walk confidence 7/10": "walk · Maria · confidence 7 of 10",
    "walk, Confidence: 10/10": "walk, · Maria · confidence 10 of 10",
    "build confidence": "build confidence · Maria",
    "build confidence 7 days": "build confidence 7 days · Maria",
    "make sure 7 forms are in": "make sure 7 forms are in · Maria",
    "take ~7 pills": "take ~7 pills · Maria",
    "rate pain 7/10": "rate pain 7/10 · Maria",
    "make sure: 7": "make sure: 7 · Maria",
    "walk sure:11": REFUSED,
    "walk sure:3 conf:4": REFUSED,
    "sure:7": REFUSED,
    # the bar
    "play sat | @me fri": "play sat · me · tomorrow",
    "play sat |": "play sat · Maria",
    "every other friday of the month, " + "word " * 80: "every other friday of the month, " + "word " * 80 + "· Maria",
    "read a | b": "read a | b · Maria",
    "#housing every friday | @me": "#housing every friday · me",
}  # fmt: skip


def read(line: str) -> ActionLine:
    return parse_action_line(line, today=TODAY, participant_name=NAME)


@pytest.mark.parametrize("line", PHRASES)
def test_no_phrase_is_understood_wrongly(line):
    if PHRASES[line] is REFUSED:
        with pytest.raises(InvalidInputError) as refusal:
            read(line)
        assert refusal.value.way_out
        return
    understood = read(line)
    said = say_action_line(understood, today=TODAY, participant_name=NAME)
    assert said == PHRASES[line].replace("· Fri 27 Nov", "· tomorrow")
    again = write_action_line(understood, today=TODAY, participant_name=NAME)
    assert parse_action_line(again, today=TODAY, participant_name=NAME, kept_due=understood.due) == understood


def test_someone_with_the_first_name_of_the_participant_stands_in_quotes():
    assert read('call @"Maria"') == ActionLine("call", Owner.OTHER, "Maria")
    assert read("call @Maria") == ActionLine("call", Owner.PARTICIPANT)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("x" * (LONGEST_TEXT + 1), "longer than 2000"),
        ("x" * (LONGEST_LINE + 1), "longer than 2000"),
        ("call " + " ".join(f"#tag{'x' * n}" for n in range(50)), "at most 20 tags"),
        ("call #" + "x" * 61, "longer than 60"),
        ("call @" + "x" * 201, "longer than 200"),
    ],
)
def test_limits_are_said(line, told):
    with pytest.raises(InvalidInputError, match=told):
        read(line)


def test_the_longest_text_with_everything_beside_it_can_be_typed_again():
    tags = tuple(f"{n}{'t' * 58}" for n in "abcdefghijklmnopqrst")
    rule = "every monday, tuesday, wednesday, thursday, friday and saturday until 2027-06-30"
    line = ActionLine("every friday " + "x" * 1987, Owner.OTHER, "n" * 200, date(2026, 11, 27), tags, 10, rule)
    assert len(line.text) == LONGEST_TEXT
    written = write_action_line(line, today=TODAY)
    assert len(written) <= LONGEST_LINE
    assert parse_action_line(written, today=TODAY) == line


def test_a_day_that_was_kept_may_have_passed_and_lie_beside_its_rule():
    late = ActionLine("walk", Owner.ME, due=TODAY - timedelta(days=2), repeats="every friday")
    line = write_action_line(late, today=TODAY)
    assert parse_action_line(line, today=TODAY, kept_due=late.due) == late
    with pytest.raises(InvalidInputError):
        parse_action_line(line, today=TODAY)


PARTS = [
    "call", "the", "office", "about", "@me", "@Anna", '@"Anna', 'Berg"', '@"me"', "@", "#housing", "#a-b", "#3", "#",
    "C#", "|", "fri", "sat", "may", "5", "5/6", "30", "nov", "by", "due", "+2w", "every", "friday", "other", "week",
    "weekly", "2", "weeks", "until", "june", "for", "sure:7", "confidence", "7/10", "at", "2pm", "monthly", "on", "the",
    "31st", "and", "[/]", "every document", "every friday", "every month on the 31st", "last friday of the month", ".",
]  # fmt: skip
LINES = st.lists(st.sampled_from(PARTS), max_size=10).map(" ".join) | st.text(max_size=60)


@settings(max_examples=400, deadline=None)
@given(LINES, st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_no_word_is_lost_and_what_is_written_again_means_the_same(line, today):
    try:
        understood = parse_action_line(line, today=today, participant_name=NAME)
    except InvalidInputError:
        return
    left = Counter(clean_text(line).split())
    left.subtract(understood.text.split())
    assert min(left.values()) >= 0
    _taken_for_something(+left, understood)
    assert understood.due is None or understood.due >= today
    assert not understood.repeats or is_a_day_of(understood.repeats, understood.due)
    written = write_action_line(understood, today=today, participant_name=NAME)
    assert parse_action_line(written, today=today, participant_name=NAME) == understood
    say_action_line(understood, today=today, participant_name=NAME)


def _taken_for_something(words: Counter[str], understood: ActionLine) -> None:
    """Whatever is no longer text is owner, tag, confidence, day or recurrence, and only when there is one."""
    named = f'@"{understood.owner_name}"'.split() + [word for tag in understood.tags for word in f'#"{tag}"'.split()]
    if not (understood.due or understood.repeats):
        assert all(word[0] in "@#|sc7" or word in named for word in words), words
    if not understood.tags:
        assert not any(word.startswith("#") and word not in named for word in words)
    if understood.confidence is None:
        assert not any(word.startswith("sure:") and word not in named for word in words)


@settings(max_examples=200, deadline=None)
@given(
    st.builds(
        ActionLine,
        LINES.map(lambda text: " ".join(f"x {clean_text(text)}".split())),
        st.just(Owner.OTHER),
        st.sampled_from(["Anna", "Aunt Anna", "me", "Maria", "fri", "José", "x.y", "O'Brien", "them's"]),
        st.none() | st.dates(TODAY, date(2090, 1, 1)),
        st.sampled_from([(), ("housing",), ("food bank", "a-b"), ("3",)]),
        st.none() | st.integers(0, 10),
    )
)
def test_whatever_a_vault_holds_can_be_edited_in_one_line(line):
    written = write_action_line(line, today=TODAY, participant_name=NAME)
    assert parse_action_line(written, today=TODAY, participant_name=NAME) == line
