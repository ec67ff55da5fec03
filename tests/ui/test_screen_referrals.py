"""Referrals on screen, with real keys on a real vault."""

from __future__ import annotations

from datetime import timedelta

from peernote_tui.domain.consent import ConsentDetails, ConsentHow, ConsentScope
from peernote_tui.domain.referral import ReferralStage
from peernote_tui.domain.referral_loop import Step
from peernote_tui.services import consenting
from peernote_tui.services.referrals import begin_referral, list_referrals, move_referral
from peernote_tui.ui.screens.page_list import PageList
from peernote_tui.ui.screens.referral_dialogs import BeginReferral, MoveReferral
from peernote_tui.ui.screens.referrals import ReferralsScreen
from peernote_tui.ui.widgets.notice_line import NoticeLine


def notice(pilot):
    return pilot.app.screen.query_one(NoticeLine).notice[0]


async def open_list(pilot, until, read_screen, holding):
    pilot.app.push_screen(ReferralsScreen())
    await until(pilot, lambda: isinstance(pilot.app.screen, ReferralsScreen) and holding in read_screen(pilot.app))


def share(workspace, person, recipient, *, since=None):
    details = ConsentDetails(recipient=recipient, what="dates", purpose="advice", ends_when="the case is closed")
    return consenting.give_consent(
        workspace, person.id, scope=ConsentScope.SHARING, how=ConsentHow.WRITTEN, details=details, starts_on=since
    )


async def test_a_loop_is_moved_with_its_consent_and_taken_back(
    workspace, consented, in_the_vault, keys, until, read_screen
):
    consent = share(workspace, consented, "Tenants' desk")
    begin_referral(workspace, consented.id, "Tenants' desk [/]", accepted=True)
    action = begin_referral(workspace, consented.id, "Tenants' desk", accepted=True, due=workspace.today)
    async with in_the_vault() as pilot:
        await open_list(pilot, until, read_screen, "waits to be sent")
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, MoveReferral))
        assert "offered › [accepted] › sent" in read_screen(pilot.app)
        await keys(pilot, "f2")
        assert "Choose where it stands" in read_screen(pilot.app)
        await keys(pilot, "1")
        assert "with Tenants' desk, dates, for advice" in read_screen(pilot.app)
        await keys(pilot, "f2")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReferralsScreen))
        assert notice(pilot).startswith("Referral to Tenants' desk: sent")
        (sent,) = [
            each
            for each in (await pilot.app.gateway.call(list_referrals)).referrals
            if each.referral.stage is ReferralStage.SENT
        ]
        assert (sent.action.id, sent.consent) == (action.id, consent)
        await keys(pilot, "u")
        await until(pilot, lambda: notice(pilot).startswith("Taken back"))
        assert "waits for them to answer" not in read_screen(pilot.app)


async def test_without_consent_it_asks_why_none_is_needed(
    workspace, consented, in_the_vault, keys, type_in, until, read_screen
):
    begin_referral(workspace, consented.id, "Clinic", accepted=True)
    async with in_the_vault() as pilot:
        await open_list(pilot, until, read_screen, "Clinic")
        await keys(pilot, "enter", "2", "f2")
        assert "Choose the consent it rests on" in read_screen(pilot.app)
        await keys(pilot, "1", "enter")
        await type_in(pilot, "she was on the line")
        await keys(pilot, "enter")
        await type_in(pilot, "2028-02-29")
        await keys(pilot, "f2")
        assert "An appointment has a day and a time" in read_screen(pilot.app), read_screen(pilot.app)
        await type_in(pilot, " 14:00")
        await keys(pilot, "f2")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReferralsScreen))
        (view,) = (await pilot.app.gateway.call(list_referrals)).referrals
        assert (view.referral.stage, view.referral.without_consent) == (
            ReferralStage.APPOINTMENT,
            "she was on the line",
        )


async def test_what_waits_too_long_stands_first_and_closes_with_a_barrier(
    workspace, consented, in_the_vault, keys, until, read_screen
):
    action = begin_referral(workspace, consented.id, "Clinic", accepted=True)
    then = workspace.today - timedelta(days=8)
    share(workspace, consented, "Clinic", since=then)
    move_referral(workspace, action.id, ReferralStage.SENT, Step(), on=then)
    consenting.withdraw_consent(workspace, consented.id, scope=ConsentScope.SHARING)
    async with in_the_vault() as pilot:
        await open_list(pilot, until, read_screen, "Time to ask")
        assert "It was withdrawn since" in read_screen(pilot.app)
        await keys(pilot, "enter", "5", "tab", "tab", "1", "f2")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReferralsScreen))
        assert "closed: no space" in notice(pilot)
        await keys(pilot, "c")
        await until(pilot, lambda: "no space" in read_screen(pilot.app))


async def test_one_is_begun_on_the_participants_page(
    workspace, consented, in_the_vault, keys, type_in, until, read_screen
):
    from peernote_tui.ui.screens.participant import ParticipantScreen

    async with in_the_vault() as pilot:
        pilot.app.push_screen(ParticipantScreen(consented.id))
        await until(pilot, lambda: pilot.app.screen.NAME == "participant" and pilot.app.screen.page is not None)
        await keys(pilot, "r")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReferralsScreen))
        await keys(pilot, "a")
        await until(pilot, lambda: isinstance(pilot.app.screen, BeginReferral))
        await keys(pilot, "f2")
        assert "A referral goes to somebody" in read_screen(pilot.app)
        await type_in(pilot, "Legal aid")
        await keys(pilot, "enter", "2", "f2")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReferralsScreen))
        (view,) = (await pilot.app.gateway.call(list_referrals)).referrals
        assert (view.referral.to, view.referral.stage) == ("Legal aid", ReferralStage.ACCEPTED)
        assert view.action.created_at - workspace.clock.now() < timedelta(minutes=1)
        # Its stage stands on their page, and Enter goes to it.
        await keys(pilot, "escape")
        await until(pilot, lambda: pilot.app.screen.NAME == "participant" and "accepted" in read_screen(pilot.app))
        row = f"action:{view.action.id}"
        pilot.app.screen.query_one(PageList).expect(row)
        await until(pilot, lambda: pilot.app.screen.query_one(PageList).highlighted_id == row)
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReferralsScreen))
        await keys(pilot, "u")
        await until(pilot, lambda: notice(pilot) == "Not added after all. Referral to Legal aid")
        assert (await pilot.app.gateway.call(list_referrals)).referrals == ()


async def test_its_stage_stands_in_the_list_of_actions_and_f_moves_it(
    workspace, consented, in_the_vault, keys, until, read_screen
):
    begin_referral(workspace, consented.id, "Clinic", due=workspace.today)
    async with in_the_vault() as pilot:
        await keys(pilot, "4")
        await until(pilot, lambda: "referral offered" in read_screen(pilot.app))
        await keys(pilot, "f")
        await until(pilot, lambda: isinstance(pilot.app.screen, MoveReferral))
        await keys(pilot, "1", "f2")
        await until(pilot, lambda: "referral accepted" in read_screen(pilot.app))
