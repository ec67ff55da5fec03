"""`notes aside`: drafts put aside, and the way back."""

import pytest

from peernote_tui.services import system_clock, unlocking, writing


@pytest.fixture
def put_aside(maria, note_file, phrase_file):
    """Maria's vault with one draft put aside; gives its id."""
    draft_id = maria("notes", "import", note_file(), "--json").json["imported"][0]["id"]
    opened = unlocking.open_vault(maria.folder, phrase_file.read_text().strip(), clock=system_clock.SystemClock())
    writing.discard_draft(opened, draft_id)
    unlocking.close(opened)
    return draft_id


def test_what_is_aside_is_listed_and_brought_back(maria, put_aside):
    listed = maria("notes", "aside", "list", "--json")
    (draft,) = listed.json["drafts"]
    assert listed.json["total"] == 1
    assert draft["id"] == put_aside
    assert draft["participant"]["external_id"] == "M-0042"
    assert (draft["day"], draft["start"], draft["kind"]) == ("2026-11-23", "14:00:00", "individual")
    assert (draft["days_left"], draft["legal_hold"], draft["adds"]) == (30, False, None)
    told = maria("notes", "aside", "list").out
    assert "Maria Santos" in told
    assert "30 days left" in told
    # What it says is for whoever asks to read it.
    assert "notice" not in listed.out + told
    assert "second notice" in maria("notes", "show", put_aside).out
    assert maria("notes", "aside", "restore", put_aside[:20], "--json").json == {"id": put_aside, "state": "draft"}
    assert maria("notes", "aside", "list", "--json").json == {"drafts": [], "total": 0}
    assert maria("notes", "list", "--json").json["notes"][0]["id"] == put_aside


def test_what_is_not_aside_is_not_found(maria, put_aside):
    found = maria("notes", "aside", "restore", "0192f0c1")
    assert (found.code, found.out) == (6, "")
    assert "notes aside list" in found.err
