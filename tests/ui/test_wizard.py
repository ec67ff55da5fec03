"""The guided note, step by step, with real keys on a real vault."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from peernote_tui.domain.consent import ConsentHow
from peernote_tui.domain.note import Mode, NextContact, NoteContent, NoteKind
from peernote_tui.services import consenting, notes, reviewing, writing
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.note_wizard.review import ReviewPane
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.today import TodayScreen
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.notice_line import NoticeLine

MONDAY = date(2026, 11, 23)


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


@pytest.fixture
def tomas(consented, write_note):
    """Tomás, who agreed to notes and was on the phone this morning, from the library."""
    write_note(
        consented,
        start=time(9),
        end=time(9, 30),
        place="library",
        mode=Mode.PHONE,
        next_contact=NextContact(day="2026-12-01"),
    )
    return consented


@pytest.fixture
def draft(workspace, tomas):
    return writing.start_draft(workspace, tomas.id)


class TestWhoAndWhen:
    async def test_it_begins_with_what_is_known(self, draft, in_the_wizard):
        async with in_the_wizard(draft.id) as pilot:
            assert (content(pilot).day, content(pilot).start, content(pilot).end) == (MONDAY, time(14, 52), None)
            assert field(pilot, "session").control.value == "14:52"
            assert field(pilot, "place").control.value == "library"
            assert field(pilot, "mode").control.value == "phone"
            assert at_field(pilot) == "session"
            assert sentences.END_MISSING in field(pilot, "session").echo

    @pytest.mark.parametrize(
        ("typed", "said", "day", "start", "end"),
        [
            ("2-245", "Mon 23 Nov, 14:00 to 14:45, 45 minutes", MONDAY, time(14), time(14, 45)),
            ("1pm", f"Mon 23 Nov, 13:00 · {sentences.END_MISSING}", MONDAY, time(13), None),
            ("now-45", "Mon 23 Nov, 14:07 to 14:52, 45 minutes", MONDAY, time(14, 7), time(14, 52)),
            ("yesterday 3pm", f"Sun 22 Nov, 15:00 · {sentences.END_MISSING}", date(2026, 11, 22), time(15), None),
            ("fri", f"Fri 20 Nov · {sentences.START_MISSING}", date(2026, 11, 20), None, None),
        ],
    )
    async def test_what_is_typed_is_said_back(self, typed, said, day, start, end, draft, in_the_wizard, type_in):
        async with in_the_wizard(draft.id) as pilot:
            await type_in(pilot, typed)
            assert field(pilot, "session").echo == said
            assert (content(pilot).day, content(pilot).start, content(pilot).end) == (day, start, end)

    async def test_what_is_not_understood_is_kept_and_signs_no_earlier_time(
        self, draft, in_the_wizard, type_in, keys, stored, read_screen
    ):
        async with in_the_wizard(draft.id) as pilot:
            await type_in(pilot, "2-245")
            await keys(pilot, "x")
            assert field(pilot, "session").error == ""
            await keys(pilot, "tab")
            error = field(pilot, "session").error
            assert "is not understood" in error
            assert "! This time is not understood." in read_screen(pilot.app)
            assert field(pilot, "session").echo == ""
            await keys(pilot, "f2")
            kept = await stored(pilot, draft.id)
            assert kept.typed["session"] == "2-245x"
            assert (kept.content.day, kept.content.start, kept.content.end) == (None, None, None)
            review = await pilot.app.gateway.call(reviewing.review, draft.id)
            assert "session" in {gap.key for gap in review.missing}

    async def test_the_error_goes_when_it_is_cured(self, draft, in_the_wizard, type_in, keys):
        async with in_the_wizard(draft.id) as pilot:
            await type_in(pilot, "3pm-2pm")
            await keys(pilot, "tab")
            assert "ends before it starts" in field(pilot, "session").error
            assert content(pilot).start is None
            await keys(pilot, "shift+tab")
            await type_in(pilot, "2-245")
            assert field(pilot, "session").error == ""
            assert content(pilot).end == time(14, 45)

    async def test_a_time_ahead_is_said_and_not_signed(
        self, write_draft, tomas, in_the_wizard, type_in, keys, stored, read_screen
    ):
        draft = write_draft(tomas, start=None, end=None)
        async with in_the_wizard(draft.id) as pilot:
            await type_in(pilot, "5-6pm")
            assert sentences.FUTURE_SESSION in field(pilot, "session").echo
            await keys(pilot, "f2", "f8")
            assert isinstance(pilot.app.screen, NoteWizard)
            assert notice(pilot) == sentences.not_yet_signed(1)
            assert "The contact lies in the future." in read_screen(pilot.app)
            assert (await stored(pilot, draft.id)).content.start == time(17)

    async def test_a_draft_of_yesterday_keeps_its_day(self, draft, in_the_wizard, type_in, keys, clock, stored):
        async with in_the_wizard(draft.id) as pilot:
            await type_in(pilot, "2-245")
            await keys(pilot, "escape")
        clock.instant += timedelta(hours=12)
        async with in_the_wizard(draft.id) as pilot:
            assert pilot.app.screen.workspace.today == date(2026, 11, 24)
            assert field(pilot, "session").echo == "Mon 23 Nov, 14:00 to 14:45, 45 minutes"
            field(pilot, "session").focus_control()
            await keys(pilot, "end", "backspace", "0", "tab", "escape")
            kept = await stored(pilot, draft.id)
            assert (kept.content.day, kept.content.start, kept.content.end) == (MONDAY, time(14), time(14, 40))

    async def test_an_open_wizard_keeps_the_day_over_midnight(self, draft, in_the_wizard, type_in, keys, clock, stored):
        clock.instant = datetime(2026, 11, 24, 4, 50, tzinfo=UTC)
        async with in_the_wizard(draft.id) as pilot:
            await type_in(pilot, "10pm-1030pm")
            clock.instant += timedelta(minutes=20)
            await keys(pilot, "tab", "f4", "f3", "f2")
            assert field(pilot, "session").error == ""
            assert (await stored(pilot, draft.id)).content.day == MONDAY


class TestConsent:
    @pytest.fixture
    def maria(self, workspace, participant):
        """Maria, of whom nothing may be written yet, and her draft."""
        return writing.start_draft(workspace, participant.id)

    async def test_nothing_opens_before_consent(self, maria, in_the_wizard, keys, read_screen):
        async with in_the_wizard(maria.id) as pilot:
            assert at_field(pilot) == "consent"
            assert sentences.CONSENT_ASKED in read_screen(pilot.app)
            for key in ("f4", "f2", "ctrl+s"):
                await keys(pilot, "tab", "tab", key)
                assert at_field(pilot) == "consent"
                assert notice(pilot) == sentences.CONSENT_FIRST
                assert pilot.app.screen.draft.step == 0
                assert not pilot.app.screen.query(ReviewPane)

    async def test_enter_without_a_choice_records_nothing(self, maria, in_the_wizard, keys):
        async with in_the_wizard(maria.id) as pilot:
            await keys(pilot, "enter")
            assert field(pilot, "consent").error == sentences.CONSENT_FIRST
            assert await pilot.app.gateway.call(consenting.consents, maria.participant_id) == ()

    @pytest.mark.parametrize(
        ("key", "how"), [("1", ConsentHow.VERBAL), ("w", ConsentHow.WRITTEN), ("3", ConsentHow.PAPER)]
    )
    async def test_enter_records_it_once_and_the_steps_open(self, key, how, maria, in_the_wizard, keys):
        async with in_the_wizard(maria.id) as pilot:
            await keys(pilot, key)
            # As a bouncing key sends it.
            await pilot.press("enter", "enter")
            await keys(pilot)
            given = await pilot.app.gateway.call(consenting.consents, maria.participant_id)
            assert [(row.how, row.starts_on) for row in given] == [(how, MONDAY)]
            assert not field(pilot, "consent").display
            await keys(pilot, "f4")
            assert pilot.app.screen.draft.step == 1

    async def test_in_an_emergency_the_reason_opens_the_steps_and_is_signed(
        self, workspace, participant, maria, complete_content, in_the_wizard, type_in, keys, reopened
    ):
        full = maria.model_copy(update={"content": NoteContent(**_facts(complete_content()))})
        writing.save_draft(workspace, full)
        async with in_the_wizard(maria.id) as pilot:
            await keys(pilot, "4", "enter")
            assert at_field(pilot) == "emergency_reason"
            await keys(pilot, "f4")
            assert pilot.app.screen.draft.step == 0
            field(pilot, "emergency_reason").focus_control()
            await type_in(pilot, "He was not safe.")
            await keys(pilot, "f4")
            assert pilot.app.screen.draft.step == 1
            await type_in(pilot, "safety")
            await keys(pilot, "enter", "f4")
            await type_in(pilot, "We called.")
            await keys(pilot, "tab", "1", "tab")
            await type_in(pilot, "Calmer.")
            await keys(pilot, "f4", "f4")
            await type_in(pilot, "tomorrow 10")
            await keys(pilot, "f2", "f8")
            assert isinstance(pilot.app.screen, TodayScreen)
        with reopened() as after:
            note = notes.view_note(after, notes.list_notes(after).notes[0].id).note
            assert note.content.emergency_reason == "He was not safe."
            assert note.basis.consent_id == ""

    async def test_withdrawn_consent_keeps_what_is_typed_and_refuses_the_signature(
        self, tomas, write_draft, in_the_wizard, type_in, keys, stored, read_screen
    ):
        draft = write_draft(tomas, summary="")
        async with in_the_wizard(draft.id) as pilot:
            await pilot.app.gateway.call(consenting.withdraw_consent, tomas.id)
            await keys(pilot, "f4", "f4")
            await type_in(pilot, "Still kept.")
            await keys(pilot, "f2")
            assert (await stored(pilot, draft.id)).content.summary == "Still kept."
            assert "Consent to notes was withdrawn, today." in read_screen(pilot.app)
            await keys(pilot, "f8")
            assert isinstance(pilot.app.screen, NoteWizard)
            assert "consent" in notice(pilot).lower()
            await keys(pilot, "enter")
            assert (pilot.app.screen.draft.step, at_field(pilot)) == (0, "consent")
            await keys(pilot, "1", "enter", "f2", "f8")
            assert isinstance(pilot.app.screen, TodayScreen)


def _facts(whole):
    """The bare facts of a contact, which may be kept before consent."""
    return {name: getattr(whole, name) for name in ("day", "start", "end", "place", "mode", "kind")}


class TestNoShow:
    async def test_it_asks_for_time_reason_and_next_contact(
        self, draft, in_the_wizard, type_in, keys, reopened, read_screen
    ):
        async with in_the_wizard(draft.id) as pilot:
            await type_in(pilot, "now-20")
            await keys(pilot, "tab", "tab", "tab", "n")
            shown = [one.key for one in pilot.app.screen.query("#step-0 Field").results(Field) if one.display]
            assert shown == ["session", "kind"]
            await keys(pilot, "f4")
            assert at_field(pilot) == "reason"
            await type_in(pilot, "No bus.")
            await keys(pilot, "f4")
            # Step 3 asks nothing of a no-show.
            assert pilot.app.screen.draft.step == 3
            await keys(pilot, "f4")
            await type_in(pilot, "fri 10")
            await keys(pilot, "f2")
            assert sentences.REVIEW_READY in read_screen(pilot.app)
            await keys(pilot, "f8")
            assert isinstance(pilot.app.screen, TodayScreen)
        with reopened() as after:
            signed = notes.view_note(after, notes.list_notes(after).notes[0].id).note.content
            assert (signed.kind, signed.reason, signed.place, signed.mode) == (NoteKind.NO_SHOW, "No bus.", "", None)

    async def test_hidden_answers_are_told_at_review(self, tomas, write_draft, in_the_wizard, keys, read_screen):
        draft = write_draft(tomas)
        async with in_the_wizard(draft.id) as pilot:
            field(pilot, "kind").focus_control()
            await keys(pilot, "5", "f2")
            told = await pilot.app.gateway.call(reviewing.review, draft.id)
            hidden = [gap.sentence for gap in told.missing if gap.key == "kind"]
            assert any("“What happened, what did you decide?”" in sentence for sentence in hidden)
            assert "holds words that this kind of contact does not show" in read_screen(pilot.app)
            await keys(pilot, "f8")
            assert isinstance(pilot.app.screen, NoteWizard)
