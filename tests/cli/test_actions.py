"""Action items on the command line: narrowed, changed several at once, with their history, kept views, what is due."""

from __future__ import annotations

from datetime import date

import pytest
from tests.cli.conftest import PHRASE, FixedClock

from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.services import unlocking
from peernote_tui.services.action_items import add_action
from peernote_tui.services.participants import add_participant


@pytest.fixture
def ids(vault):
    opened = unlocking.open_vault(vault.folder, PHRASE, clock=FixedClock())
    person = add_participant(opened, ParticipantDetails(name="Maria Santos", external_id="M-0042"))
    made = [
        add_action(opened, person.id, line).id
        for line in (
            ActionLine("call the housing office", Owner.ME, due=date(2026, 11, 20), tags=("housing",)),
            ActionLine("bring the form", Owner.BOTH, due=date(2026, 11, 23)),
            ActionLine("write a letter", Owner.OTHER, "Ruth", date(2026, 11, 27), ("housing",), repeats="every friday"),
            ActionLine("rest a little", Owner.PARTICIPANT),
        )
    ]
    unlocking.close(opened)
    return made


def texts(vault, *options):
    return [row["text"].split()[0] for row in vault("actions", "list", *options, "--json").json["actions"]]


def test_the_list_narrows(vault, ids):
    for options, found in (
        ((), ["call", "bring", "write", "rest"]),
        (("--due", "today", "--mine"), ["call", "bring"]),
        (("--from", "today", "--until", "fri"), ["bring", "write"]),
        (("--no-date", "--participant", "M-0042"), ["rest"]),
        (("--tag", "#Housing", "--limit", "1"), ["call"]),
        (("--theirs",), ["bring", "rest"]),
        (("--mine", "--theirs"), ["bring"]),
        (("--owner", "ruth", "--recurring", "--text", "LETTER maria"), ["write"]),
        (("--owner", "me", "--due", "overdue"), ["call"]),
        (("--referrals",), []),
    ):
        assert texts(vault, *options) == found
    for odd in (
        ("--mine", "--owner", "ruth"),
        ("--status", "open", "--status", "done"),
        ("--closed", "--status", "open"),
    ):
        done = vault("actions", "list", *odd)
        assert (done.code, done.out) == (2, "")


def test_several_at_once_and_none_when_one_is_not_there(vault, ids):
    assert vault("actions", "done", ids[0], "ffffffff").code == 6
    assert texts(vault) == ["call", "bring", "write", "rest"]
    both = vault("actions", "done", ids[0], ids[3], "--as", "partly", "--words", "We began.", "--json").json
    assert [(row["status"], row["words"], row["born"]) for row in both["actions"]] == [
        ("partly", "We began.", None)
    ] * 2
    assert texts(vault, "--status", "partly", "--status", "notyet") == ["call", "rest"]
    assert vault("actions", "reassign", ids[0], ids[3], "--to", "Ruth Adler", "--json").code == 0
    assert texts(vault, "--owner", "adler") == ["call", "rest"]
    assert vault("actions", "reassign", ids[3], "--to", "them", "--json").json["owner"] == "participant"


def test_closing_one_that_recurs_says_the_next_and_reopening_takes_it_back(vault, ids):
    done = vault("actions", "done", ids[2])
    assert "Done: write a letter" in done.out
    assert "The next one: Fri 4 Dec" in done.out
    assert texts(vault, "--recurring") == ["write"]
    assert texts(vault, "--closed") == texts(vault, "--status", "done") == ["write"]
    again = vault("actions", "reopen", ids[2], "--json").json
    assert (again["status"], again["due"], again["repeats"]) == ("open", "2026-11-27", "every friday")
    assert texts(vault, "--recurring") == ["write"]
    assert texts(vault, "--closed") == []


def test_the_history_tells_what_was_changed_and_why(vault, ids):
    vault("actions", "snooze", ids[1], "--to", "fri", "--reason", "The office was closed.")
    vault("actions", "snooze", ids[1], "--no-date")
    vault("actions", "edit", ids[1], "bring both forms @me sure:7 #forms every monday")
    shown = vault("actions", "show", ids[1], "--json").json
    assert shown["text"] == "bring both forms"
    steps = [
        (entry["reason"], [(each["what"], each["before"], each["after"]) for each in entry["changes"]])
        for entry in shown["history"]
    ]
    assert steps[1] == ("The office was closed.", [("by when", "today", "Fri 27 Nov")])
    assert steps[2] == ("", [("by when", "Fri 27 Nov", "")])
    assert ("who", "both", "me") in steps[3][1]
    assert ("tags", "", "#forms") in steps[3][1]
    out = vault("actions", "show", ids[1]).out
    assert "by when: today → Fri 27 Nov, The office was closed." in out
    assert "by when: Fri 27 Nov → nothing" in out
    assert "Sam" in out


def test_views_are_kept_listed_narrowed_further_renamed_and_removed(vault, ids):
    kept = vault("actions", "views", "save", "Housing", "--tag", "housing", "--due", "week", "--json").json
    assert kept == {"name": "Housing", "filter": {"tag": "housing", "due_within": 7}}
    assert texts(vault, "--view", "housing") == ["call", "write"]
    assert texts(vault, "--view", "housing", "--mine") == ["call"]
    assert vault("actions", "views", "rename", "housing", "Home", "--json").json["name"] == "Home"
    assert vault("actions", "views", "list", "--json").json == {
        "views": [{"name": "Home", "filter": kept["filter"]}],
        "total": 1,
    }
    assert vault("actions", "views", "list").out == "Home\n"
    assert vault("actions", "views", "remove", "home").code == 0
    assert vault("actions", "list", "--view", "home").code == 6
    assert vault("actions", "views", "save", "x" * 61).code == 2


def test_what_is_due_is_one_short_line_without_names(vault, ids):
    assert vault("actions", "due").out == "1 due, 1 overdue\n"
    assert vault("actions", "due", "--json").json == {
        "due": 1,
        "overdue": 1,
        "today": "2026-11-23",
        "next": "2026-11-27",
    }
    vault("actions", "done", ids[0])
    assert vault("actions", "due").out == "1 due\n"
    vault("actions", "done", ids[1])
    assert (vault("actions", "due").out, vault("actions", "due").code) == ("", 0)
    assert vault("actions", "due", "--mine", "--json").json["next"] is None


def test_a_prompt_is_not_disturbed_by_a_vault_that_does_not_open(peernote, vault, tmp_path):
    wrong = tmp_path / "wrong"
    wrong.write_text("another passphrase altogether")
    loud = peernote("actions", "due", "--passphrase-file", wrong)
    quiet = peernote("actions", "due", "--quiet", "--passphrase-file", wrong)
    assert (loud.code, quiet.code) == (3, 3)
    assert loud.err
    assert (quiet.out, quiet.err) == ("", "")
