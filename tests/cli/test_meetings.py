"""`peernote meetings`, and a note begun from one."""

import pytest


@pytest.fixture
def planned(maria):
    """Maria's vault with a call planned for Friday; gives what was answered."""
    told = maria(
        "meetings", "plan", "M-0042", "fri", "2pm", "phone", "--place", "her home", "--topics", "the hearing", "--json"
    )
    assert told.code == 0, told.err
    return told.json


def test_planned_listed_moved_cancelled_and_taken_back(maria, planned):
    assert (planned["day"], planned["at"], planned["mode"], planned["passed"]) == (
        "2026-11-27",
        "14:00:00",
        "phone",
        False,
    )
    (row,) = maria("meetings", "list", "--json").json["meetings"]
    assert (row["id"], row["participant"]["external_id"], row["draft_id"]) == (planned["id"], "M-0042", None)
    assert "Fri 27 Nov, 14:00, phone" in maria("meetings", "list", "--participant", "M-0042").out
    moved = maria("meetings", "move", planned["id"][:20], "30 nov 10", "--reason", "ill", "--json").json
    assert (moved["day"], moved["at"], moved["mode"], moved["topics"]) == (
        "2026-11-30",
        "10:00:00",
        "phone",
        "the hearing",
    )
    assert maria("meetings", "list", "--days", "3", "--json").json["meetings"] == []
    changed = maria("meetings", "move", planned["id"], "--mode", "video", "--topics", "", "--json").json
    assert (changed["day"], changed["mode"], changed["topics"], changed["reason"]) == ("2026-11-30", "video", "", "ill")
    assert maria("meetings", "cancel", planned["id"]).code == 2
    assert maria("meetings", "cancel", planned["id"], "--reason", " ").code == 2
    assert maria("meetings", "cancel", planned["id"], "--reason", "moved away").code == 0
    assert maria("meetings", "list").out == "No meetings are planned here.\n"
    assert maria("meetings", "move", planned["id"], "fri").code == 7
    assert maria("meetings", "reopen", planned["id"], "--json").json["cancelled_at"] is None
    assert "hearing" not in maria("log", "list", "--json").out


def test_what_cannot_be_planned(maria, planned):
    assert maria("meetings", "plan", "M-0042", "29 feb 2027").code == 2
    assert maria("meetings", "plan", "M-0042", "2026-11-20").code == 2
    assert maria("meetings", "plan", "nobody", "fri").code == 6
    assert maria("meetings", "move", "0192", "fri").code == 6
    near = maria("meetings", "plan", "M-0042", "fri 14:15")
    assert near.code == 0
    assert "meeting already" in near.err


def test_a_note_is_begun_from_a_meeting_and_closes_it(maria):
    made = maria("meetings", "plan", "M-0042", "today 9 phone", "--topics", "the hearing", "--json").json
    (call,) = maria("meetings", "calls", "--json").json["calls"]
    assert (call["why"], call["meeting_id"], call["voicemail_consent"]) == ("planned", made["id"], "none")
    assert "planned today, 09:00, phone" in maria("meetings", "calls").out
    draft = maria("notes", "new", "--plain", "--meeting", made["id"], "--json", stdin="").json
    going_on = maria("notes", "new", "--plain", "--draft", draft["id"], stdin="").out
    assert "Planned to talk about: the hearing\n" in going_on
    (row,) = maria("meetings", "list", "--json").json["meetings"]
    assert (row["draft_id"], row["passed"]) == (draft["id"], True)
    assert "draft begun" in maria("meetings", "list").out
    shown = maria("notes", "show", draft["id"], "--format", "json").json["content"]
    assert (shown["day"], shown["start"], shown["mode"]) == ("2026-11-23", "09:00:00", "phone")
    assert maria("meetings", "calls").out == "Nobody is to be called.\n"
