"""`peernote referrals`."""

from __future__ import annotations

import pytest

from peernote_tui.cli import referrals
from peernote_tui.domain.referral import ReferralBarrier, ReferralOutcome, ReferralStage

CONSENT = ("--scope", "sharing", "--how", "written", "--what", "dates", "--purpose", "rent", "--until", "+6m")


def test_the_words_of_the_parser_are_those_of_the_domain():
    assert list(ReferralStage) == list(referrals.STAGES)
    assert list(ReferralOutcome) == list(referrals.OUTCOMES)
    assert list(ReferralBarrier) == list(referrals.BARRIERS)


@pytest.fixture
def begun(maria):
    """Id of a referral that Maria Santos said yes to."""
    made = maria("referrals", "begin", "M-0042", "Tenants' desk", "--accepted", "--due", "fri", "--json").json
    assert (made["referral"]["stage"], made["due"], made["text"]) == (
        "accepted",
        "2026-11-27",
        "Referral to Tenants' desk",
    )
    return made["id"]


def test_a_loop_from_the_command_line(maria, begun):
    assert maria("referrals", "move", begun, "sent").code == 7
    assert maria("consents", "give", "M-0042", "--to", "tenants' DESK", *CONSENT).code == 0
    sent = maria("referrals", "move", begun[:20], "sent", "--json").json
    assert (sent["status"], sent["due"], sent["consent"]["standing"]) == ("partly", "2026-11-30", "holds")
    assert "waits for them to answer" in maria("referrals", "list").out
    assert maria("referrals", "move", begun, "appointment", "--at", "mon").code == 2
    planned = maria("referrals", "move", begun, "appointment", "--at", "29 feb 2028 14:00", "--json").json
    assert (planned["referral"]["day"], planned["referral"]["at"]) == ("2028-02-29", "14:00:00")
    assert (
        maria("referrals", "move", begun, "back", "--reason", "wrong day", "--json").json["referral"]
        == sent["referral"]
    )
    maria("consents", "withdraw", "M-0042", "--scope", "sharing")
    assert "It was withdrawn since" in maria("referrals", "show", begun).out
    assert maria("referrals", "move", begun, "sent").code == 7
    assert maria("referrals", "move", begun, "closed").code == 2
    closed = maria("referrals", "move", begun, "closed", "--barrier", "no_space", "--json").json
    assert closed["status"] == "dropped"
    assert maria("referrals", "list").out == "No referrals here.\n"
    assert maria("referrals", "list", "--closed", "--participant", "M-0042", "--json").json["total"] == 1


def test_what_cannot_be_is_said(maria, begun):
    assert maria("referrals", "move", begun, "acknowledged").code == 7
    assert maria("referrals", "move", begun, "sent", "--consent", "0192").code == 6
    assert maria("referrals", "move", begun, "back").code == 2
    assert maria("referrals", "move", begun, "sent", "--reason", "x").code == 2
    past = maria(
        "referrals", "move", begun, "appointment", "--at", "2026-11-20 9:00", "--without-consent", "by herself"
    )
    assert (past.code, "This appointment is past" in past.err) == (2, True)
    assert maria("referrals", "move", "0192", "sent").code == 6
    assert maria("referrals", "begin", "M-0042", "x" * 2001).code == 2
    shown = maria("referrals", "show", begun)
    assert "offered › [accepted] › sent" in shown.out
