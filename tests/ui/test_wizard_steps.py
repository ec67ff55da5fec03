"""From step to step: moving on, last time's actions, agreed actions, review and signature, with real keys."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from textual.widgets import TextArea

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.seen_actions import SEEN
from peernote_tui.services import action_items, changing_actions, notes, reviewing, writing
from peernote_tui.ui import sentences
from peernote_tui.ui.flows import open_note
from peernote_tui.ui.screens.note import NoteScreen
from peernote_tui.ui.screens.note_wizard.review import ReviewPane
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.today import TodayScreen
from peernote_tui.ui.widgets.action_rows import ActionList, ActionRows
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.note_page import NotePage, NoteText
from peernote_tui.ui.widgets.notice_line import NoticeLine
from peernote_tui.ui.widgets.step_rail import StepRail

FRIDAY = date(2026, 11, 27)


def field(pilot, key):
    return next(one for one in pilot.app.screen.query(Field) if one.key == key)


def at_field(pilot):
    """Key of the field that has focus; empty for none."""
    focused = pilot.app.screen.focused
    return next((node.key for node in focused.ancestors if isinstance(node, Field)), "") if focused else ""


def notice(pilot):
    return pilot.app.screen.query_one(NoticeLine).notice[0]


def content(pilot):
    return pilot.app.screen.draft.content


def step(pilot):
    return pilot.app.screen.draft.step


def page(pilot):
    text = pilot.app.screen.query_one(NotePage).query_one(NoteText)
    return "\n".join(line.plain for line in text.lines(70))


@pytest.fixture
def draft(workspace, consented):
    return writing.start_draft(workspace, consented.id)


@pytest.fixture
def full(write_draft, consented):
    """A draft with nothing missing."""
    return write_draft(consented, summary="We read the notice.")


@pytest.fixture
def two_actions(workspace, consented):
    """Two open actions of last time."""
    lines = (ActionLine("walk at lunch", Owner.PARTICIPANT, due=FRIDAY), ActionLine("send the audio", Owner.ME))
    return [action_items.add_action(workspace, consented.id, line) for line in lines]


class TestMoving:
    async def test_tab_and_enter_lead_through_step_one(self, draft, in_the_wizard, keys):
        async with in_the_wizard(draft.id) as pilot:
            seen = [at_field(pilot)]
            for key in ("enter", "tab", "enter"):
                await keys(pilot, key)
                seen.append(at_field(pilot))
            assert seen == ["session", "place", "mode", "kind"]
            await keys(pilot, "shift+tab")
            assert at_field(pilot) == "mode"
            await keys(pilot, "tab", "enter")
            assert (step(pilot), at_field(pilot)) == (1, "concern_tags")

    async def test_f4_and_f3_go_on_and_back(self, draft, in_the_wizard, keys, read_screen):
        async with in_the_wizard(draft.id) as pilot:
            titles = []
            for _ in range(4):
                await keys(pilot, "f4")
                titles.append(read_screen(pilot.app).splitlines()[2].split(" · ")[1])
            assert titles == ["Main concerns", "Summary", "Agreed actions", "Next steps"]
            await keys(pilot, "f4")
            assert pilot.app.screen.query_one(ReviewPane).display
            await keys(pilot, "f3", "f3")
            assert step(pilot) == 3

    async def test_two_quick_presses_are_two_steps_and_letters_follow(self, draft, in_the_wizard, keys):
        async with in_the_wizard(draft.id) as pilot:
            await pilot.press("f4", "f4", "o", "k")
            await keys(pilot)
            assert (step(pilot), content(pilot).summary) == (2, "ok")
            assert field(pilot, "session").control.value == "14:52"

    async def test_the_rail_tells_what_is_done_and_missing(self, draft, in_the_wizard, type_in, keys):
        async with in_the_wizard(draft.id, size=(120, 40)) as pilot:
            await type_in(pilot, "2-245")
            await keys(pilot, "tab")
            await type_in(pilot, "cafe")
            await keys(pilot, "tab", "1", "f4", "f4")
            rail = [line.plain.rstrip() for line in pilot.app.screen.query_one(StepRail).lines(30)]
            assert rail[:8] == [
                "✓ 1 Who and when",
                "    14:00–14:45, cafe",
                "",
                "  2 Main concerns",
                "    1 thing missing",
                "",
                "▌ 3 Summary",
                "    3 things missing",
            ]
            await type_in(pilot, "x")
            rail = [line.plain.rstrip() for line in pilot.app.screen.query_one(StepRail).lines(30)]
            assert rail[7] == "    2 things missing"

    async def test_a_late_enter_does_not_skip_a_step(self, draft, in_the_wizard, keys):
        async with in_the_wizard(draft.id) as pilot:
            field(pilot, "kind").focus_control()
            await keys(pilot)
            kind = field(pilot, "kind").control
            await keys(pilot, "f4")
            # As a message that was still under way when the step changed.
            kind.post_message(kind.Submitted(kind))
            await keys(pilot)
            assert step(pilot) == 1

    async def test_a_tag_is_entered_when_left_and_a_known_one_leaves_nothing_behind(
        self, full, in_the_wizard, type_in, keys, stored
    ):
        async with in_the_wizard(full.id) as pilot:
            await keys(pilot, "f4")
            for typed in ("sleep", "housing"):
                field(pilot, "concern_tags").focus_control()
                await type_in(pilot, typed)
                await keys(pilot, "tab")
            assert content(pilot).concern_tags == ("housing", "sleep")
            await pilot.app.screen.flush()
            assert (await stored(pilot, full.id)).typed == {}


class TestLastTimesActions:
    async def test_the_question_is_hidden_when_nothing_is_open(self, draft, in_the_wizard, keys):
        async with in_the_wizard(draft.id) as pilot:
            await keys(pilot, "f4")
            assert next(one.key for one in pilot.app.screen.query("#step-1 Field").results(Field)) == "concern_tags"

    async def test_each_outcome_by_digit_and_by_letter(self, full, two_actions, in_the_wizard, keys):
        async with in_the_wizard(full.id) as pilot:
            await keys(pilot, "f4")
            told = []
            for key in "12345dpncx":
                await pilot.press(key, "up")
                told += [(one.action_id, one.outcome.value) for one in content(pilot).action_reviews]
            outcomes = ["done", "partly", "not_yet", "changed", "dropped"]
            assert told == [(two_actions[0].id, outcome) for outcome in outcomes * 2]
            await keys(pilot, "backspace")
            assert content(pilot).action_reviews == ()

    async def test_outcome_and_words_land_in_note_and_list(
        self, full, two_actions, in_the_wizard, type_in, keys, reopened
    ):
        async with in_the_wizard(full.id) as pilot:
            await keys(pilot, "f4", "enter")
            await type_in(pilot, "fox x")
            await keys(pilot, "enter", "1", "n")
            assert at_field(pilot) == "concern_tags"
            await keys(pilot, "f2")
            assert "fox x" in page(pilot)
            await keys(pilot, "f8")
            assert isinstance(pilot.app.screen, TodayScreen)
        with reopened() as after:
            left = {one.action.text: one.action for one in action_items.list_actions(after).actions}
            closed = [one.action for one in action_items.list_actions(after, closed=True).actions]
            assert left["send the audio"].status is ActionStatus.NOT_YET
            assert [(one.status, one.words) for one in closed] == [(ActionStatus.DONE, "fox x")]

    async def test_words_about_an_action_closed_elsewhere_can_still_be_told(
        self, workspace, full, two_actions, in_the_wizard, type_in, keys
    ):
        typed = {f"action_reviews.{two_actions[0].id}": "It rained."}
        writing.save_draft(workspace, full.model_copy(update={"typed": typed}))
        changing_actions.settle(workspace, [two_actions[0].id], ActionStatus.DONE)
        async with in_the_wizard(full.id) as pilot:
            await keys(pilot, "f2", "enter")
            assert at_field(pilot) == "action_reviews"
            answer = field(pilot, "action_reviews").control.answers[-1]
            assert (answer.text, answer.words) == ("walk at lunch", "It rained.")
            await keys(pilot, "down", "1", "f2")
            assert "It rained." in page(pilot)
            assert set(pilot.app.screen.draft.typed) == {SEEN}


class TestAgreedActions:
    @pytest.fixture
    def rows(self, full, in_the_wizard, keys):
        """Open step 4: `async with rows() as pilot`."""
        from contextlib import asynccontextmanager

        @asynccontextmanager
        async def opening():
            async with in_the_wizard(full.id) as pilot:
                await keys(pilot, "f4", "f4", "f4")
                yield pilot

        return opening

    async def test_enter_adds_and_says_back(self, rows, type_in, keys, read_screen):
        async with rows() as pilot:
            await type_in(pilot, "call office @me fri")
            assert "call office · me · Fri 27 Nov" in read_screen(pilot.app)
            await keys(pilot, "enter")
            agreed = content(pilot).agreed_actions
            assert [(one.text, one.owner, one.due) for one in agreed] == [("call office", Owner.ME, FRIDAY)]
            assert "○ call office" in read_screen(pilot.app)
            await keys(pilot, "enter")
            assert step(pilot) == 4

    async def test_a_line_that_begins_with_refer_is_a_referral(self, rows, type_in, keys, read_screen):
        async with rows() as pilot:
            await type_in(pilot, "refer: Tenants' desk @me fri")
            assert "Referral to Tenants' desk · me · Fri 27 Nov" in read_screen(pilot.app)
            await keys(pilot, "enter")
            (agreed,) = content(pilot).agreed_actions
            assert (agreed.referral_to, agreed.text, agreed.due) == (
                "Tenants' desk",
                "Referral to Tenants' desk",
                FRIDAY,
            )
            await keys(pilot, "up", "enter")
            assert pilot.app.screen.query_one(ActionRows).typed == "refer: Tenants' desk @me 2026-11-27"

    async def test_up_and_enter_edit_and_keep_the_others(self, rows, type_in, keys):
        async with rows() as pilot:
            for line in ("one @me", "two @both"):
                await type_in(pilot, line)
                await keys(pilot, "enter")
            first = content(pilot).agreed_actions[0].id
            await keys(pilot, "up", "up", "enter")
            assert pilot.app.screen.query_one(ActionRows).typed == "one @me"
            await type_in(pilot, " fri")
            await keys(pilot, "enter")
            agreed = content(pilot).agreed_actions
            assert [(one.text, one.due) for one in agreed] == [("two", None), ("one", FRIDAY)]
            assert first != agreed[1].id

    async def test_a_number_on_a_row_says_how_sure_they_are(self, rows, type_in, keys, read_screen):
        async with rows() as pilot:
            for line in ("one @me", "two @both"):
                await type_in(pilot, line)
                await pilot.press("enter")
            await pilot.press("up", "1", "0")
            assert [one.confidence for one in content(pilot).agreed_actions] == [None, 10]
            assert "▌ confidence 10 of 10" in read_screen(pilot.app)
            await pilot.press("down")
            assert "two · confidence 10 of 10" in read_screen(pilot.app)
            await pilot.press("up")
            await pilot.press("left", "up", "7", "0", "right")
            assert [one.confidence for one in content(pilot).agreed_actions] == [1, 9]
            await pilot.press("1", "u", "u", "u", "down", "9")
            assert [(one.text, one.confidence) for one in content(pilot).agreed_actions] == [("one", 7), ("two", None)]
            await keys(pilot, "f2")
            assert "one · me · confidence 7 of 10" in page(pilot)

    async def test_backspace_on_the_empty_line_brings_the_last_one_back(self, rows, type_in, keys):
        async with rows() as pilot:
            await type_in(pilot, "one @me")
            await keys(pilot, "enter", "backspace")
            assert pilot.app.screen.query_one(ActionRows).typed == "one @me"
            assert content(pilot).agreed_actions == ()
            assert pilot.app.screen.draft.typed["agreed_actions"] == "one @me"

    async def test_taking_out_can_be_taken_back_even_the_last_one(self, rows, type_in, keys):
        async with rows() as pilot:
            for line in ("one", "two"):
                await type_in(pilot, line)
                await keys(pilot, "enter")
            await keys(pilot, "up", "x")
            assert [one.text for one in content(pilot).agreed_actions] == ["one"]
            await keys(pilot, "u")
            assert [one.text for one in content(pilot).agreed_actions] == ["one", "two"]
            await keys(pilot, "x")
            assert [one.text for one in content(pilot).agreed_actions] == ["two"]
            await keys(pilot, "x")
            assert content(pilot).agreed_actions == ()
            assert isinstance(pilot.app.screen.focused, type(pilot.app.screen.query_one(ActionRows).first_focus))
            await keys(pilot, "ctrl+z")
            assert [one.text for one in content(pilot).agreed_actions] == ["two"]

    async def test_a_line_that_is_not_understood_stays_and_says_why(self, rows, type_in, keys, read_screen):
        async with rows() as pilot:
            await type_in(pilot, "@me fri")
            await keys(pilot, "enter")
            assert "! What is to be done is missing." in read_screen(pilot.app)
            assert pilot.app.screen.query_one(ActionRows).typed == "@me fri"
            await keys(pilot, "f2")
            assert "! What stands in “What was agreed" in read_screen(pilot.app)
            await keys(pilot, "enter")
            assert (step(pilot), at_field(pilot)) == (3, "agreed_actions")

    async def test_a_used_line_says_why_no_row_comes_down(self, rows, type_in, keys, read_screen):
        async with rows() as pilot:
            await type_in(pilot, "one")
            await keys(pilot, "enter")
            await type_in(pilot, "ha")
            await keys(pilot, "up", "enter")
            assert isinstance(pilot.app.screen.focused, ActionList)
            assert sentences.LINE_IN_USE in read_screen(pilot.app)


class TestReview:
    async def test_what_is_missing_is_listed_and_enter_goes_there(self, draft, in_the_wizard, keys, read_screen):
        async with in_the_wizard(draft.id) as pilot:
            await keys(pilot, "f2")
            shown = read_screen(pilot.app)
            assert sentences.REVIEW_MISSING in shown
            assert "! The end time is missing." in shown
            await keys(pilot, "enter")
            assert at_field(pilot) == "session"
            await keys(pilot, "f2", "end", "enter")
            assert (step(pilot), at_field(pilot)) == (4, "next_contact")

    async def test_f8_with_gaps_counts_them_and_signs_nothing(self, draft, in_the_wizard, keys, stored):
        async with in_the_wizard(draft.id) as pilot:
            await keys(pilot, "f2")
            missing = len((await pilot.app.gateway.call(reviewing.review, draft.id)).missing)
            await keys(pilot, "f8")
            assert notice(pilot) == sentences.not_yet_signed(missing)
            assert (await stored(pilot, draft.id)).id == draft.id
            assert (await pilot.app.gateway.call(notes.list_notes)).notes == ()
            await keys(pilot, "f8")
            assert notice(pilot) == sentences.not_yet_signed(missing)

    async def test_words_to_look_at_are_listed_and_enter_goes_there(
        self, full, in_the_wizard, type_in, keys, read_screen
    ):
        async with in_the_wizard(full.id) as pilot:
            await keys(pilot, "f4", "f4")
            await type_in(pilot, " He refused the addict group.")
            await keys(pilot, "f2")
            assert sentences.REVIEW_WORDS in read_screen(pilot.app)
            assert "~ addict" in read_screen(pilot.app)
            pilot.app.screen.query_one("#review-list").focus()
            await keys(pilot, "enter")
            assert at_field(pilot) == "summary"

    async def test_a_half_typed_tag_is_in_the_review_as_it_will_be_signed(
        self, full, in_the_wizard, type_in, keys, read_screen
    ):
        async with in_the_wizard(full.id) as pilot:
            await keys(pilot, "f4")
            field(pilot, "concern_tags").focus_control()
            await type_in(pilot, "zither")
            await keys(pilot, "f2")
            assert "zither" in page(pilot)
            assert sentences.REVIEW_READY in read_screen(pilot.app)

    async def test_enter_never_signs(self, full, in_the_wizard, keys, stored):
        async with in_the_wizard(full.id) as pilot:
            await keys(pilot, "f2", "enter", "space", "enter", "tab", "enter", "shift+tab", "enter")
            assert (await stored(pilot, full.id)).id == full.id
            assert (await pilot.app.gateway.call(notes.list_notes)).notes == ()

    async def test_f8_twice_signs_once_and_the_note_stays_as_it_is(self, full, in_the_wizard, until, keys, reopened):
        async with in_the_wizard(full.id) as pilot:
            await keys(pilot, "f2")
            pane = pilot.app.screen.query_one(ReviewPane)
            for _ in range(3):
                pane.action_sign()
            await until(pilot, lambda: isinstance(pilot.app.screen, TodayScreen))
            await keys(pilot)
            assert notice(pilot) == sentences.signed("Tomás I. T-0007", "14:52")
            assert await pilot.app.gateway.call(writing.open_drafts) == ()
            listed = (await pilot.app.gateway.call(notes.list_notes)).notes
            assert len(listed) == 1
            before = (await pilot.app.gateway.call(notes.view_note, listed[0].id)).note
            await open_note(pilot.app, listed[0].id)
            await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen) and pilot.app.screen.focused)
            await keys(pilot, "ctrl+z", "backspace", "delete", "x", "f8", "f2", "enter", "u")
        with reopened() as after:
            assert notes.view_note(after, before.id).note == before

    async def test_a_late_entry_asks_for_the_reason(
        self, full, clock, in_the_wizard, type_in, keys, stored, read_screen
    ):
        clock.instant += timedelta(hours=25)
        async with in_the_wizard(full.id) as pilot:
            await keys(pilot, "f2")
            assert at_field(pilot) == "late_reason"
            assert sentences.LATE_LABEL in read_screen(pilot.app)
            await keys(pilot, "f8")
            assert isinstance(pilot.app.screen, NoteWizard)
            assert notice(pilot) == sentences.LATE_FIRST
            assert at_field(pilot) == "late_reason"
            await type_in(pilot, "No power.")
            await pilot.app.screen.flush()
            assert (await stored(pilot, full.id)).typed == {"late_reason": "No power."}
            await keys(pilot, "enter")
            assert isinstance(pilot.app.screen, NoteWizard)
            await keys(pilot, "f8")
            assert isinstance(pilot.app.screen, TodayScreen)
            listed = (await pilot.app.gateway.call(notes.list_notes)).notes
            assert listed[0].late
            signed = (await pilot.app.gateway.call(notes.view_note, listed[0].id)).note
            assert signed.late_reason == "No power."

    async def test_esc_from_the_review_goes_back_to_the_step(self, full, in_the_wizard, keys):
        async with in_the_wizard(full.id) as pilot:
            await keys(pilot, "f4", "f4", "f2", "escape")
            assert (step(pilot), at_field(pilot)) == (2, "summary")
            assert isinstance(pilot.app.screen.focused, TextArea)

    async def test_a_reason_of_emergency_can_be_taken_out_once_there_is_consent(
        self, workspace, full, in_the_wizard, keys
    ):
        told = full.content.model_copy(update={"emergency_reason": "x"})
        writing.save_draft(workspace, full.model_copy(update={"content": told}))
        async with in_the_wizard(full.id) as pilot:
            field(pilot, "emergency_reason").focus_control()
            await keys(pilot, "end", "backspace")
            assert content(pilot).emergency_reason == ""
            assert at_field(pilot) == "emergency_reason"
