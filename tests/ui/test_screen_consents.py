"""The consent screen: where somebody stands, giving, withdrawing; and consent that ends while a draft is open."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from peernote_tui.domain.consent import ConsentDetails, ConsentHow, ConsentScope, sharing_consents
from peernote_tui.services import consenting, notes, reviewing, writing
from peernote_tui.services.half_typed import CONSENT, typed_before
from peernote_tui.ui import sentences
from peernote_tui.ui.flows import open_consents
from peernote_tui.ui.screens.consent_form import ConsentForm
from peernote_tui.ui.screens.consents import ConsentDetail, ConsentsScreen
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.today import TodayScreen
from peernote_tui.ui.widgets.confirm import Confirm
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.notice_line import NoticeLine
from peernote_tui.ui.widgets.text_input import TextInput

CLINIC = ConsentDetails(recipient="Clinic [/]", what="dates", purpose="visits", ends_when="she moves")


@pytest.fixture
def looking(until):
    """Open the consents of somebody: `screen = await looking(pilot, person)`."""

    async def opening(pilot, person, **how):
        await open_consents(pilot.app, person.id, **how)
        await until(
            pilot, lambda: isinstance(pilot.app.screen, ConsentsScreen) and pilot.app.screen._person is not None
        )
        await pilot.pause()
        return pilot.app.screen

    return opening


def notice(pilot):
    return pilot.app.screen.query_one(NoticeLine).notice[0]


def asked(screen):
    return [field.key for field in screen.query(Field) if field.display]


def field(screen, key):
    return screen.query_one(f"#consent-{key.replace('_', '-')}", Field)


async def held(pilot, person):
    return await pilot.app.gateway.call(consenting.consents, person.id)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_where_somebody_stands_is_seen_at_a_glance(
    size, workspace, consented, in_the_vault, looking, read_screen
):
    consenting.give_consent(
        workspace,
        consented.id,
        scope=ConsentScope.SHARING,
        how=ConsentHow.PAPER,
        expires_on=workspace.today + timedelta(days=9),
        details=CLINIC,
    )
    async with in_the_vault(size=size) as pilot:
        await looking(pilot, consented)
        text = read_screen(pilot.app)
        assert "✓  Notes" in text
        assert "Clinic [/]" in text
        assert "Groups" in text
        assert sentences.NOT_ASKED in text
        assert "not reviewed, so the record is treated as covered" in " ".join(text.split())
        assert size[0] < 80 or "ends Wed 2 Dec" in text


async def test_one_choice_and_enter_record_a_consent_to_notes(participant, in_the_vault, looking, until):
    async with in_the_vault() as pilot:
        screen = await looking(pilot, participant)
        await pilot.press("c")
        assert asked(screen) == ["scope", "how", "starts", "until", "remark"]
        await pilot.press("enter")
        await until(pilot, lambda: field(screen, "how").error == sentences.HOW_MISSING)
        assert await held(pilot, participant) == ()
        await pilot.press("2", "enter")
        await until(pilot, lambda: notice(pilot) == sentences.CONSENT_RECORDED)
        (row,) = await held(pilot, participant)
        assert (row.scope, row.how, row.expires_on) == (ConsentScope.NOTES, ConsentHow.WRITTEN, None)
        assert not screen.query_one(ConsentForm).display


async def test_sharing_asks_what_it_needs_and_says_what_is_missing(
    participant, in_the_vault, looking, until, type_in, read_screen
):
    async with in_the_vault() as pilot:
        screen = await looking(pilot, participant)
        await pilot.press("down", "c")
        assert {"recipient", "what", "purpose", "ends_when"} <= set(asked(screen))
        await pilot.press("2", "f2")
        await until(pilot, lambda: field(screen, "recipient").error != "")
        assert field(screen, "until").error.startswith("When it ends is missing")
        await type_in(pilot, "Housing office")
        await pilot.press("enter", "enter")
        await type_in(pilot, "dates")
        await pilot.press("enter")
        await type_in(pilot, "rent")
        await pilot.press("enter", "enter")
        await type_in(pilot, "+1y")
        assert field(screen, "until").echo == "Tue 23 Nov 2027"
        await pilot.press("f2")
        await until(pilot, lambda: notice(pilot) == sentences.CONSENT_RECORDED)
        (row,) = await held(pilot, participant)
        assert (row.details.recipient, row.details.what, row.details.purpose) == ("Housing office", "dates", "rent")
        assert row.expires_on == date(2027, 11, 23)
        await pilot.press("enter")
        await until(pilot, lambda: "Housing office" in read_screen(pilot.app))


async def test_for_a_minor_the_form_asks_who_and_why(add_participant, in_the_vault, looking, until, type_in):
    kim = add_participant("Kim Doe", consent=False, born="2012-03-01", birth_precision="exact")
    async with in_the_vault() as pilot:
        screen = await looking(pilot, kim)
        await pilot.press("c")
        assert {"given_by", "basis", "parent_involved", "parent_why"} <= set(asked(screen))
        assert "given_by_name" not in asked(screen)
        await pilot.press("1", "f2")
        await until(pilot, lambda: field(screen, "parent_why").error != "")
        for key, text in (("basis", "custody"), ("parent_why", "Kim asked for it")):
            field(screen, key).focus_control()
            await type_in(pilot, text)
        for key, choice in (("given_by", "a"), ("parent_involved", "y")):
            field(screen, key).focus_control()
            await pilot.press(choice)
        field(screen, "given_by_name").focus_control()
        await type_in(pilot, "Ada")
        await pilot.press("f2")
        await until(pilot, lambda: notice(pilot) == sentences.CONSENT_RECORDED)
        (row,) = await held(pilot, kim)
        assert (row.details.given_by, row.details.given_by_name, row.details.basis) == ("parent", "Ada", "custody")


async def test_what_is_typed_stays_through_esc_and_comes_back_later(participant, in_the_vault, looking, until, type_in):
    async with in_the_vault() as pilot:
        screen = await looking(pilot, participant)
        await pilot.press("down", "c", "2", "tab")
        await type_in(pilot, "Housing")
        await pilot.press("escape")
        assert not screen.query_one(ConsentForm).display
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, ConsentsScreen))
        assert (await pilot.app.gateway.call(typed_before, participant.id, form=CONSENT))["recipient"] == "Housing"
        screen = await looking(pilot, participant)
        await pilot.press("c")
        assert field(screen, "recipient").query_one(TextInput).value == "Housing"


async def test_one_recipient_is_withdrawn_after_a_question_that_enter_does_not_answer(
    workspace, consented, in_the_vault, looking, until, read_screen
):
    for recipient in ("Clinic", "School"):
        consenting.give_consent(
            workspace,
            consented.id,
            scope=ConsentScope.SHARING,
            how=ConsentHow.WRITTEN,
            details=CLINIC.model_copy(update={"recipient": recipient}),
        )
    async with in_the_vault() as pilot:
        screen = await looking(pilot, consented)
        await pilot.press("down", "w")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))

        def told():
            return " ".join(read_screen(pilot.app).replace("│", " ").split())

        await until(pilot, lambda: "What was shared" in told())
        assert "Clinic?" in told()
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, Confirm)
        await pilot.press("y")
        await until(pilot, lambda: pilot.app.screen is screen and notice(pilot) == sentences.WITHDRAWN_NOW)
        history = await pilot.app.gateway.call(consenting.consents, consented.id)
        held = sharing_consents(history, pilot.app.screen.workspace.today)
        assert [consent.details.recipient for consent in held] == ["School"]
        await pilot.press("down", "w")
        assert pilot.app.screen is screen


async def test_a_row_is_read_in_full(workspace, consented, in_the_vault, looking, until, read_screen):
    consenting.give_consent(workspace, consented.id, scope=ConsentScope.SHARING, how=ConsentHow.WRITTEN, details=CLINIC)
    async with in_the_vault() as pilot:
        screen = await looking(pilot, consented)
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConsentDetail))
        assert "until: she moves" in read_screen(pilot.app)
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is screen)


class TestWithADraftOpen:
    async def test_withdrawn_on_another_screen_the_draft_stays_and_says_why(
        self, consented, write_draft, in_the_wizard, looking, until, keys, stored, type_in
    ):
        draft = write_draft(consented)
        async with in_the_wizard(draft.id) as pilot:
            await looking(pilot, consented)
            await pilot.press("w", "y")
            await until(pilot, lambda: isinstance(pilot.app.screen, ConsentsScreen) and notice(pilot))
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard) and "This draft stays" in notice(pilot))
            wizard = pilot.app.screen
            consent = wizard.query_one("#field-consent", Field)
            assert (consent.display, consent.error) == (True, "Consent to notes was withdrawn, today.")
            await keys(pilot, "f4", "f4")
            await type_in(pilot, "Typed on. ")
            await keys(pilot, "f2", "f8")
            assert pilot.app.screen is wizard
            assert "withdrawn" in notice(pilot)
            assert "Typed on." in (await stored(pilot, draft.id)).content.summary

    async def test_ended_overnight_it_says_so_when_it_is_opened_and_an_emergency_is_a_way_out(
        self, workspace, participant, write_draft, clock, in_the_wizard, keys, type_in, until
    ):
        consenting.give_consent(workspace, participant.id, how=ConsentHow.WRITTEN, expires_on=workspace.today)
        draft = write_draft(participant)
        clock.instant += timedelta(days=1)
        async with in_the_wizard(draft.id) as pilot:
            assert notice(pilot).startswith("Consent to notes ended, yesterday. This draft stays")
            await keys(pilot, "f3", "f3", "f3")
            pilot.app.screen.query_one("#field-consent", Field).focus_control()
            await keys(pilot, "e", "enter")
            await type_in(pilot, "Danger.")
            await keys(pilot, "f2")
            await type_in(pilot, "Late.")
            await keys(pilot, "f8")
            await until(pilot, lambda: isinstance(pilot.app.screen, TodayScreen))
            (row,) = (await pilot.app.gateway.call(notes.list_notes)).notes
            assert row.emergency

    async def test_a_contact_alone_is_logged_from_the_first_step(
        self, workspace, participant, in_the_wizard, keys, until
    ):
        draft = writing.start_draft(workspace, participant.id)
        async with in_the_wizard(draft.id) as pilot:
            first = pilot.app.screen
            await keys(pilot, "c", "enter")
            await until(
                pilot,
                lambda: (
                    isinstance(pilot.app.screen, NoteWizard)
                    and pilot.app.screen is not first
                    and pilot.app.screen.focused
                ),
            )
            assert pilot.app.screen.draft.template == "contact"
            await until(pilot, lambda: notice(pilot) == sentences.CONTACT_ONLY)

    async def test_a_minor_is_asked_more(self, workspace, add_participant, in_the_wizard, keys, until):
        kim = add_participant("Kim Doe", consent=False, born="2012-03-01", birth_precision="exact")
        async with in_the_wizard(writing.start_draft(workspace, kim.id).id) as pilot:
            await keys(pilot, "1", "enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, ConsentsScreen))
            await until(pilot, lambda: pilot.app.screen.query_one(ConsentForm).display)
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard))

    async def test_a_group_without_consent_to_groups_is_a_warning_and_no_wall(
        self, consented, write_draft, in_the_wizard, until
    ):
        draft = write_draft(consented, kind="group")
        async with in_the_wizard(draft.id) as pilot:
            found = await pilot.app.gateway.call(reviewing.review, draft.id)
            assert "No consent to groups is on file." in found.warnings
            assert found.missing == ()
            pilot.app.screen._look_at_groups(draft)
            await until(pilot, lambda: notice(pilot) == sentences.NO_GROUPS_CONSENT)


async def test_today_lists_what_ends_and_leads_to_the_screen(workspace, consented, in_the_vault, until, read_screen):
    consenting.give_consent(
        workspace, consented.id, how=ConsentHow.WRITTEN, expires_on=workspace.today + timedelta(days=3)
    )
    async with in_the_vault() as pilot:
        await until(pilot, lambda: "ends Thu 26 Nov" in read_screen(pilot.app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConsentsScreen))
        assert pilot.app.screen.subject == consented.id


async def test_the_day_on_which_sharing_ends_is_never_cut(workspace, consented, in_the_vault, looking, read_screen):
    consenting.give_consent(
        workspace,
        consented.id,
        scope=ConsentScope.SHARING,
        how=ConsentHow.WRITTEN,
        expires_on=workspace.today + timedelta(days=365),
        details=CLINIC.model_copy(update={"recipient": "Riverside Community Clinic", "ends_when": ""}),
    )
    async with in_the_vault() as pilot:
        await looking(pilot, consented)
        assert read_screen(pilot.app).count("until Tue 23 Nov 2027") == 2


async def test_a_consent_that_is_longer_than_the_screen_is_read_to_its_end(
    workspace, consented, in_the_vault, looking, keys, until, read_screen
):
    consenting.give_consent(
        workspace,
        consented.id,
        scope=ConsentScope.SHARING,
        how=ConsentHow.PAPER,
        details=CLINIC.model_copy(update={"what": "word " * 200 + "the end"}),
    )
    async with in_the_vault(size=(60, 20)) as pilot:
        await looking(pilot, consented)
        await keys(pilot, "down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConsentDetail))
        assert sentences.HELP_CLOSE in read_screen(pilot.app)
        await keys(pilot, "end")
        await until(pilot, lambda: "the end" in read_screen(pilot.app))
        await keys(pilot, "escape")
        assert not isinstance(pilot.app.screen, ConsentDetail)
