"""A participant's page: what is open, what was written, and consent."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.consent import ConsentDetails, ConsentEvent, ConsentHow, ConsentScope
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.services.action_items import add_action, list_actions
from peernote_tui.services.consenting import consent_of, consents, give_consent
from peernote_tui.services.keeping_records import archive_participant, change_participant
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.flows import open_participant
from peernote_tui.ui.screens import participant as participant_screen
from peernote_tui.ui.screens.consents import ConsentsScreen
from peernote_tui.ui.screens.note import NoteScreen
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.one_line import OneLine
from peernote_tui.ui.screens.participant import PageList, ParticipantScreen
from peernote_tui.ui.screens.participant_edits import ChangeDialog
from peernote_tui.ui.screens.participant_page import _parted
from peernote_tui.ui.widgets.action_line import ActionBox, ActionPanel
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.confirm import Confirm
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.key_line import KeyLine
from peernote_tui.ui.widgets.notice_line import NoticeLine

SIZES = ((60, 20), (80, 24), (120, 40))


@pytest.fixture
def maria(clock, add_participant):
    """Maria, who agreed on 17 November."""
    now, clock.instant = clock.instant, datetime(2026, 11, 17, 20, 0, tzinfo=UTC)
    person = add_participant(
        "Maria Santos",
        pronouns="she/her",
        external_id="M-0042",
        born="1991-05-02",
        birth_precision="exact",
        phone="5550142",
    )
    clock.instant = now
    return person


@pytest.fixture
def full(workspace, maria, clock, write_note, write_draft):
    """Maria with a note, a meeting, two actions and a draft."""
    now = clock.instant
    clock.instant = datetime(2026, 11, 17, 20, 0, tzinfo=UTC)
    note = write_note(maria, day="2026-11-17", next_contact={"day": "2026-11-30", "at": "14:00"}, next_place="library")
    add_action(workspace, maria.id, ActionLine("call the housing office", Owner.ME, due=date(2026, 11, 21)))
    add_action(workspace, maria.id, ActionLine("ask a cousin", Owner.PARTICIPANT, due=date(2026, 11, 27)))
    clock.instant = now - timedelta(minutes=7)
    draft = write_draft(maria, summary="")
    clock.instant = now
    return note, draft


@pytest.fixture
def visiting(until):
    """Open a participant's page: `screen = await visiting(pilot, person)`."""

    async def opening(pilot, person):
        await open_participant(pilot.app, person.id)
        await until(
            pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen) and pilot.app.screen.page is not None
        )
        await until(pilot, lambda: pilot.app.screen.query_one(PageList).option_count > 0)
        return pilot.app.screen

    return opening


async def go_to(pilot, screen, row):
    """Move down with the arrow key until a row of this kind, or of this id, is highlighted."""
    list_ = screen.query_one(PageList)
    await pilot.press("home")
    for _ in range(list_.option_count):
        if (list_.highlighted_id or "").startswith(row):
            return
        await pilot.press("down")
    pytest.fail("no such row")


def notice(screen):
    return screen.query_one(NoticeLine).notice[0]


def field(screen, key):
    return screen.query_one(f"#field-{key}", Field)


@pytest.mark.parametrize("size", SIZES)
async def test_who_it_is_and_what_is_open(full, maria, in_the_vault, visiting, read_screen, size):
    async with in_the_vault(size=size) as pilot:
        screen = await visiting(pilot, maria)
        text = read_screen(pilot.app)
        assert "Maria Santos  she/her · age 35 · M-0042" in text
        assert f"? {sentences.ASK_FIRST}" in " ".join(text.split())
        assert "✓ notes, verbal, " in text
        assert "◐ " in text
        assert "7 minutes ago" in text
        assert "step 1 of 5" in text
        assert "! 2 days overdue" in " ".join(text.split())
        assert all(safe.width(line) <= size[0] for line in text.split("\n"))
        shown = [option.prompt.plain.strip().split("   ")[0] for option in screen.query_one(PageList).options]
        headings = [line for line in shown if not line.startswith(("◐", "!", "○", "✓")) and line[:1].isupper()]
        wanted = [sentences.DRAFTS, sentences.NEXT_CONTACT, sentences.OPEN_ACTIONS, sentences.ABOUT]
        assert [line for line in headings if line in wanted] == wanted
        assert any(line.startswith(sentences.TIMELINE) for line in shown)
        assert "Mon 30 Nov" in "".join(option.prompt.plain for option in screen.query_one(PageList).options)


async def test_beside_stands_last_time_and_not_what_the_list_says(full, maria, in_the_vault, visiting, read_screen):
    async with in_the_vault(size=(120, 40)) as pilot:
        await visiting(pilot, maria)
        text = read_screen(pilot.app)
        assert "Last time, Tue 17 Nov" in text
        assert text.count(sentences.OPEN_ACTIONS) == 1


async def test_two_people_of_one_name_are_told_apart(add_participant, in_the_vault, visiting, read_screen):
    one = add_participant("James Miller", pronouns="he/him", external_id="J-0008")
    add_participant("James Miller", pronouns="they/them", external_id="J-0051")
    async with in_the_vault() as pilot:
        await visiting(pilot, one)
        assert "James Miller  he/him · J-0008" in read_screen(pilot.app)


async def test_enter_opens_the_draft_and_the_note(full, maria, in_the_vault, visiting, until):
    async with in_the_vault() as pilot:
        screen = await visiting(pilot, maria)
        await go_to(pilot, screen, "note:")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        await go_to(pilot, screen, "draft:")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard))


async def test_space_is_done_and_u_takes_it_back(full, maria, in_the_vault, visiting, until, read_screen):
    async with in_the_vault() as pilot:
        screen = await visiting(pilot, maria)
        await go_to(pilot, screen, "action:")
        row = screen.query_one(PageList).highlighted_id
        await pilot.press("space")
        await until(pilot, lambda: notice(screen) == "Done. call the housing office")
        assert sentences.WAY_UNDO in read_screen(pilot.app)
        found = await pilot.app.gateway.call(list_actions)
        assert [listed.action.text for listed in found.actions] == ["ask a cousin"]
        await pilot.press("u")
        await until(pilot, lambda: screen.query_one(PageList).highlighted_id == row)
        found = await pilot.app.gateway.call(list_actions)
        assert found.actions[0].action.status is ActionStatus.OPEN
        await pilot.press("u")
        assert len((await pilot.app.gateway.call(list_actions)).actions) == 2


async def test_p_is_partly_and_pressed_again_open(full, maria, in_the_vault, visiting, until):
    async with in_the_vault() as pilot:
        screen = await visiting(pilot, maria)
        await go_to(pilot, screen, "action:")
        await pilot.press("p")
        await until(pilot, lambda: screen.page.briefing.open_actions[0].status is ActionStatus.PARTLY)
        assert "partly" in screen.query_one(PageList).highlighted_option.prompt.plain
        await pilot.press("p")
        await until(pilot, lambda: screen.page.briefing.open_actions[0].status is ActionStatus.OPEN)


async def test_keys_of_an_action_do_nothing_on_a_note(full, maria, in_the_vault, visiting):
    async with in_the_vault() as pilot:
        screen = await visiting(pilot, maria)
        await go_to(pilot, screen, "note:")
        await pilot.press("space", "p")
        assert notice(screen) == ""
        assert all(action.status is ActionStatus.OPEN for action in screen.page.briefing.open_actions)
        assert not {"participant.done", "participant.partly"} & {
            entry.binding_id for entry in screen.query_one(KeyLine).entries()
        }
        await go_to(pilot, screen, "action:")
        entries = screen.query_one(KeyLine).entries()
        assert len(entries) <= 6
        assert {"participant.done", "participant.partly"} <= {entry.binding_id for entry in entries}


async def test_an_action_and_a_referral_are_added_in_one_line(maria, in_the_vault, visiting, until, type_in):
    async with in_the_vault() as pilot:
        screen = await visiting(pilot, maria)
        await pilot.press("a")
        await type_in(pilot, "call the clinic @me fri")
        await until(pilot, lambda: field(screen, "add").echo == "call the clinic · me · Fri 27 Nov")
        await pilot.press("enter")
        await until(pilot, lambda: notice(screen) == "Added: call the clinic")
        assert not screen.query_one(ActionPanel).display
        assert screen.focused is screen.query_one(PageList)
        (added,) = screen.page.briefing.open_actions
        assert (added.text, added.owner, added.due) == ("call the clinic", Owner.ME, date(2026, 11, 27))
        assert screen.query_one(PageList).highlighted_id == f"action:{added.id}"
        await pilot.press("enter")
        await until(pilot, lambda: notice(screen) == sentences.NOTHING_BEHIND["action"])
        await pilot.press("a")
        await type_in(pilot, "refer: Legal aid: bring the letter @both")
        await until(pilot, lambda: field(screen, "add").echo == "referral to Legal aid · bring the letter · both")
        await pilot.press("enter")
        await until(pilot, lambda: len(screen.page.briefing.open_actions) == 2)
        assert {each.referral.to for each in screen.page.briefing.open_actions if each.referral} == {"Legal aid"}
        await pilot.press("u")
        await until(pilot, lambda: screen.page.briefing.open_actions == (added,))


async def test_escape_keeps_a_half_typed_action(maria, in_the_vault, visiting, until, type_in):
    async with in_the_vault() as pilot:
        screen = await visiting(pilot, maria)
        await pilot.press("a")
        await type_in(pilot, "a cup w")
        await pilot.press("escape")
        assert not screen.query_one(ActionPanel).display
        assert pilot.app.screen is screen
        assert screen.focused is screen.query_one(PageList)
        await pilot.press("a")
        assert screen.query_one(ActionBox).value == "a cup w"
        assert screen.page.briefing.open_actions == ()


async def test_an_action_that_is_not_understood_says_why(maria, in_the_vault, visiting, until, type_in):
    async with in_the_vault() as pilot:
        screen = await visiting(pilot, maria)
        await pilot.press("a")
        await type_in(pilot, "@me")
        await pilot.press("enter")
        await until(pilot, lambda: "missing" in field(screen, "add").error)
        assert screen.query_one(ActionBox).has_focus
        await type_in(pilot, " x")
        await until(pilot, lambda: field(screen, "add").error == "")


async def test_consent_is_recorded_with_one_choice(participant, in_the_vault, visiting, until, read_screen):
    async with in_the_vault() as pilot:
        screen = await visiting(pilot, participant)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConsentsScreen) and pilot.app.screen.focused)
        await until(pilot, lambda: isinstance(pilot.app.screen.focused, ChoiceField))
        await pilot.press("p", "enter")
        await until(pilot, lambda: pilot.app.screen is screen and notice(screen) == sentences.CONSENT_RECORDED)
        (given,) = await pilot.app.gateway.call(consents, participant.id)
        assert (given.how, given.scope, given.expires_on) == (ConsentHow.PAPER, ConsentScope.NOTES, None)
        await until(pilot, lambda: "✓ notes, paper on file, today" in read_screen(pilot.app))


async def test_withdrawing_asks_first_and_enter_is_not_yes(
    workspace, maria, in_the_vault, visiting, until, read_screen
):
    details = ConsentDetails(recipient="Clinic", what="dates", purpose="visits", ends_when="she moves")
    give_consent(workspace, maria.id, how=ConsentHow.WRITTEN, scope=ConsentScope.SHARING, details=details)
    async with in_the_vault() as pilot:
        screen = await visiting(pilot, maria)
        for key in ("enter", "w"):
            await pilot.press("w")
            await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
            await pilot.press(key)
            assert isinstance(pilot.app.screen, Confirm)
            await pilot.press("escape")
            await until(pilot, lambda: pilot.app.screen is screen)
        assert (await pilot.app.gateway.call(consent_of, maria.id)).active
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        inside = [line.split("│")[1] for line in read_screen(pilot.app).splitlines() if line.count("│") == 2]
        text = " ".join(" ".join(inside).split())
        assert "What is written already stays." in text
        assert "withdraws her consent" in text
        assert "If she agrees again" in text
        await pilot.press("y")
        await until(pilot, lambda: notice(screen) == sentences.CONSENT_WITHDRAWN)
        assert not (await pilot.app.gateway.call(consent_of, maria.id)).active
        assert not (await pilot.app.gateway.call(consent_of, maria.id, ConsentScope.SHARING)).active
        history = await pilot.app.gateway.call(consents, maria.id)
        assert [row.event for row in history].count(ConsentEvent.GIVEN) == 2
        assert "! consent to notes withdrawn today" in read_screen(pilot.app)
        await pilot.press("w")
        assert pilot.app.screen is screen


async def test_older_entries_come_when_asked_for(maria, write_note, in_the_vault, visiting, until, monkeypatch):
    monkeypatch.setattr(participant_screen, "PAGE", 5)
    for minute in range(7):
        write_note(maria, start=f"09:{minute:02}", end=f"10:{minute:02}")
    async with in_the_vault() as pilot:
        screen = await visiting(pilot, maria)
        await go_to(pilot, screen, "more")
        assert sentences.OLDER in screen.query_one(PageList).highlighted_option.prompt.plain
        await pilot.press("enter")
        await until(pilot, lambda: len(screen.page.timeline.entries) == 10)


async def test_a_long_action_goes_on_below(workspace, maria, in_the_vault, visiting):
    text = "ask the housing office for the second letter and read it aloud together"
    add_action(workspace, maria.id, ActionLine(text, Owner.ME))
    add_action(workspace, maria.id, ActionLine("walk", Owner.ME, tags=("housing",), repeats="every friday"))
    async with in_the_vault() as pilot:
        screen = await visiting(pilot, maria)
        rows = [option for option in screen.query_one(PageList).options if (option.id or "").startswith("action:")]
        told = ([word for word in row.prompt.plain.split() if word not in ("○", "me")] for row in rows)
        short, long = sorted(told, key=len)
        assert long == text.split()
        assert short == ["walk", "#housing", "·", "↻", "every", "Friday"]


@pytest.mark.parametrize("name", ["[/]", "[/", "[bold]x", "山田太郎さんの家", "safe\u202egnp.exe"])
async def test_any_text_can_be_shown(name, workspace, add_participant, write_note, in_the_vault, visiting, read_screen):
    person = add_participant(name, external_id="[/", phone="[x]")
    add_action(workspace, person.id, ActionLine(f"read {name}", Owner.OTHER, owner_name="[/]"))
    write_note(person, concern_tags=("[/]",), next_place="[/", next_topics="[b]")
    async with in_the_vault() as pilot:
        await visiting(pilot, person)
        assert f"{safe.clean(name)}  [/" in read_screen(pilot.app)


@given(text=st.text(st.characters(categories=["L", "Zs"]), max_size=90), cells=st.integers(16, 60))
def test_a_parted_text_is_whole(text, cells):
    first, rest = _parted(text, cells)
    assert (f"{first} {rest}" if rest else first) == text
    if rest:
        assert safe.width(safe.clean(first)) <= cells


@pytest.fixture
def known(add_participant):
    """Ana, of whom much is known."""
    return add_participant(
        "Ana Reyes",
        pronouns="they/them",
        legal_name="Anastasia Reyes",
        phone="555-0142",
        phone_safety={"voicemail": "no", "text": "yes"},
        people=(
            {"name": "Rosa", "relation": "mother", "phone": "555-0143", "emergency": True},
            {"name": "Luis", "relation": "brother"},
        ),
        contacts=({"value": "555-0150", "label": "work", "safety": {"call": "no"}},),
        languages=("Spanish", "English"),
        strengths=("keeps going",),
        goals=("my own flat",),
        about="quick hands",
        part2="no",
        custom=({"label": "Shoe size", "value": "9"},),
    )


async def test_what_is_safe_stands_before_the_number(known, in_the_vault, visiting, read_screen):
    async with in_the_vault() as pilot:
        await visiting(pilot, known)
        text = read_screen(pilot.app)
        line = next(line for line in text.split("\n") if "555-0142" in line)
        assert " ".join(line.split()) == "! do not leave voicemail ✓ text is fine ? not asked yet: call 555-0142"
        assert f"{sentences.EMERGENCY}: Rosa, mother  555-0143" in text


@pytest.mark.parametrize("size", SIZES)
async def test_the_page_tells_who_they_are(known, in_the_vault, visiting, read_screen, size):
    async with in_the_vault(size=size) as pilot:
        screen = await visiting(pilot, known)
        told = {option.id: option.prompt.plain for option in screen.query_one(PageList).options if option.id}
        assert "“my own flat”" in told["about:goals"]
        assert "Spanish, English" in told["about:languages"]
        assert "“quick hands”" in told["about:about"]
        assert "! do not call" in told["about:contacts"]
        assert "Luis, brother" in told["about:people"]
        assert "Shoe size: 9" in told["about:custom"]
        assert "does not cover" in " ".join(told["about:part2"].split())
        assert all(safe.width(line) <= size[0] for line in read_screen(pilot.app).split("\n"))
        await go_to(pilot, screen, "about:goals")
        await pilot.press("enter")
        assert notice(screen) == sentences.ABOUT_WAY


async def test_a_legal_name_is_shown_when_asked_for_and_nowhere_else(known, in_the_vault, visiting, read_screen):
    async with in_the_vault(size=(120, 40)) as pilot:
        screen = await visiting(pilot, known)
        assert "Anastasia" not in read_screen(pilot.app)
        await pilot.press("n")
        assert f"{sentences.LEGAL_NAME}: Anastasia Reyes" in read_screen(pilot.app)
        await pilot.press("n")
        assert "Anastasia" not in read_screen(pilot.app)
        await pilot.press("n", "escape")
        await visiting(pilot, known)
        assert "Anastasia" not in read_screen(pilot.app)
        assert screen is not pilot.app.screen


async def test_the_timeline_is_filtered_by_keys_and_stays_so(full, maria, in_the_vault, visiting, until, read_screen):
    async with in_the_vault() as pilot:
        screen = await visiting(pilot, maria)
        await pilot.press("t")
        assert f"{sentences.TIMELINE}  ‹All›" in read_screen(pilot.app)
        kinds = {(option.id or "").partition(":")[0] for option in screen.query_one(PageList).options}
        assert {"note", "did", "consent", "follow_up", "record", "begun"} <= kinds
        await pilot.press("right", "right")
        await until(pilot, lambda: screen.page.view.key == "actions")
        await until(pilot, lambda: "‹Actions›" in read_screen(pilot.app))
        shown = [option.id for option in screen.query_one(PageList).options if option.id]
        assert [row for row in shown if row.startswith(("note:", "consent:"))] == []
        await screen.reload()
        assert screen.page.view.key == "actions"
        await pilot.press("left", "left", "left")
        await until(pilot, lambda: screen.page.view.key == "shared")
        assert any(
            sentences.NOTHING_OF_THIS_KIND in option.prompt.plain for option in screen.query_one(PageList).options
        )


async def test_an_edit_shows_old_and_new_and_can_be_taken_back(
    workspace, known, in_the_vault, visiting, until, read_screen
):
    page = {name: getattr(known, name) for name in ParticipantDetails.model_fields}
    change_participant(
        workspace, known.id, ParticipantDetails(**{**page, "goals": ("a job",), "legal_name": "Other Name"})
    )
    async with in_the_vault() as pilot:
        screen = await visiting(pilot, known)
        await go_to(pilot, screen, "record:")
        assert "Changed: legal name, goals" in screen.query_one(PageList).highlighted_option.prompt.plain
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChangeDialog))
        text = " ".join(read_screen(pilot.app).split())
        assert "goals my own flat → a job" in text
        assert f"legal name {sentences.CHANGED_COVERED}" in text
        assert "Other Name" not in text
        await pilot.press("u")
        await until(pilot, lambda: notice(screen) == sentences.TAKEN_BACK)
        assert screen.page.briefing.participant.goals == known.goals


async def test_a_record_is_archived_for_a_reason_and_reopened(
    full, maria, in_the_vault, visiting, until, type_in, read_screen
):
    async with in_the_vault() as pilot:
        screen = await visiting(pilot, maria)
        await pilot.press("z")
        await until(pilot, lambda: isinstance(pilot.app.screen, OneLine))
        assert "Still open: 1 draft, 2 open actions, 1 meeting." in " ".join(read_screen(pilot.app).split())
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, OneLine)
        await type_in(pilot, "moved to")
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert screen.page.briefing.participant.archived_at is None
        await pilot.press("z")
        await until(pilot, lambda: isinstance(pilot.app.screen, OneLine))
        await type_in(pilot, " Ohio")
        await pilot.press("enter")
        await until(pilot, lambda: notice(screen) == sentences.ARCHIVED_NOW)
        assert f"– archived today: moved to Ohio   {sentences.WAY_REOPEN}" in read_screen(pilot.app)
        await pilot.press("z")
        await until(pilot, lambda: notice(screen) == sentences.REOPENED_NOW)
        assert "archived today" not in read_screen(pilot.app)


async def test_no_note_is_begun_in_an_archived_record(workspace, maria, in_the_vault, visiting, until):
    archive_participant(workspace, maria.id, "moved away")
    async with in_the_vault() as pilot:
        screen = await visiting(pilot, maria)
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "archived" in notice(screen))
        assert "z on their page" in notice(screen)


async def test_the_trend_stands_straight(maria, write_note, in_the_vault, visiting):
    write_note(maria, rating=4)
    write_note(maria, rating=10)
    async with in_the_vault() as pilot:
        screen = await visiting(pilot, maria)
        row = next(option for option in screen.query_one(PageList).options if option.id == "about:ratings")
        lines = row.prompt.plain.split("\n")
        assert {line.index("│") for line in lines if "│" in line} == {lines[-2].index("└")}
        assert any(line.split() == ["10", "│", "10"] for line in lines)


async def test_a_long_name_leaves_room_for_the_list(add_participant, in_the_vault, keys, read_screen):
    long = "Wolfeschlegelsteinhausenbergerdorff " * 5
    person = add_participant(long, phone="5550142", people=[{"name": long, "relation": long, "emergency": True}])
    async with in_the_vault(size=(60, 20)) as pilot:
        await open_participant(pilot.app, person.id)
        await keys(pilot)
        assert pilot.app.screen.query_one(PageList).size.height > 3
        assert long.split(maxsplit=1)[0] in read_screen(pilot.app)
