"""`notes new --plain`: a whole note by plain lines, interruptions, steps back, and what is asked again."""

import sys

import pytest

from peernote_tui.domain import errors
from peernote_tui.services import writing

ANSWERS = """2-245
coffee shop
1

1, housing
She got a second notice.
It frightens her.

We read the second notice together.
.
Then we wrote down what to say.

box breathing, went along
Breathing slowed.

I can do this if someone sits next to me.

she asked for help
6
no
call housing office @me fri
bring the letter

next fri 2pm
office
the letter

keep the flat

none

"""


def plain(maria, script, *more):
    return maria("notes", "new", "M-0042", "--plain", *more, stdin=script)


def shown(maria, identifier):
    return maria("notes", "show", identifier, "--json").json


def test_a_note_from_the_first_question_to_the_signature(maria):
    done = plain(maria, ANSWERS + "sign\n", "--json")
    assert done.code == 0, done.err
    assert done.json["state"] == "signed"
    note = shown(maria, done.json["id"])
    content = note["content"]
    assert (content["day"], content["start"], content["end"]) == ("2026-11-23", "14:00:00", "14:45:00")
    assert (content["place"], content["mode"], content["kind"]) == ("coffee shop", "in_person", "individual")
    assert content["concern_tags"] == ["housing"]
    assert content["concerns"] == "She got a second notice.\nIt frightens her."
    assert content["summary"] == "We read the second notice together.\n\nThen we wrote down what to say."
    assert content["techniques"] == ["box breathing", "went along"]
    assert (content["rating"], content["written_together"]) == (6, False)
    assert [(act["text"], act["owner"], act["due"]) for act in content["agreed_actions"]] == [
        ("call housing office", "me", "2026-11-27"),
        ("bring the letter", "participant", None),
    ]
    assert content["next_contact"] == {"day": "2026-12-04", "at": "14:00:00"}
    assert maria("actions", "list", "--json").json["total"] == 2


def test_for_people_the_note_is_shown_before_it_is_signed(maria):
    done = plain(maria, ANSWERS + "sign\n")
    assert "Step 1 of 5: Who and when" in done.out
    text = done.out.index("WHO AND WHEN") if "WHO AND WHEN" in done.out else done.out.index("MAIN CONCERNS")
    assert text < done.out.index("Type sign to sign")
    assert "Signed. Read it with: peernote notes show" in done.out


def test_the_end_of_the_answers_keeps_the_draft_and_says_so(maria):
    done = plain(maria, "2-245\ncoffee shop\n")
    assert done.code == 0
    assert "The draft is kept. Go on with: peernote notes new --plain --draft" in done.out
    (draft,) = maria("notes", "list", "--json").json["notes"]
    assert (draft["state"], draft["place"], draft["start"]) == ("draft", "coffee shop", "14:00:00")


def test_half_a_long_text_is_kept_too(maria):
    done = plain(maria, "\nshop\n1\n\nhousing\nfirst line\nsecond line\n", "--json")
    assert done.json["state"] == "draft"
    assert shown(maria, done.json["id"])["content"]["concerns"] == "first line\nsecond line"


def test_ctrl_c_keeps_the_draft(maria, monkeypatch):
    from peernote_tui.cli.talk import Talk

    asked = Talk._line

    def line(self, prompt):
        if prompt.startswith("How you met"):
            raise KeyboardInterrupt
        return asked(self, prompt)

    monkeypatch.setattr(Talk, "_line", line)
    done = plain(maria, "2-245\ncoffee shop\n")
    assert done.code == 130
    assert "The draft is kept" in done.out
    assert maria("notes", "list", "--json").json["notes"][0]["place"] == "coffee shop"


def test_a_draft_is_gone_on_with_and_only_what_is_missing_is_asked(maria, note_file):
    identifier = maria("notes", "import", note_file(summary="", end=None), "--json").json["imported"][0]["id"]
    enters = "\n" * 19
    script = f"{enters}\n2-245\nWe talked.\n\nsign\n"
    done = maria("notes", "new", "--plain", "--draft", identifier[:20], stdin=script)
    assert "- The end time is missing." in done.out
    assert "- The summary is missing." in done.out
    assert "Signed." in done.out, done.out
    assert shown(maria, identifier)["content"]["summary"] == "We talked."
    again = maria("notes", "new", "--plain", "--draft", identifier)
    assert (again.code, "signed already" in again.err) == (6, True)


def test_what_is_not_understood_is_asked_again_and_help_is_one_key(maria):
    done = plain(maria, "?\nwhenever\ntomorrow 2-3\n2-245\nshop\n7\nphone\n")
    assert "now-45" in done.out
    assert "Enter keeps what is there" in done.out
    assert "This time is not understood." in done.out
    assert "future" in done.out
    assert "none of the answers" in done.out
    assert "Mon 23 Nov, 14:00 to 14:45, 45 minutes" in done.out
    assert maria("notes", "list", "--json").json["notes"][0]["mode"] == "phone"


def test_a_step_back_changes_an_answer_and_passes_what_is_only_said(maria):
    plain(maria, "2-245\nshop\n<\nlibrary\nphone\n\n<\n<\nvideo\n")
    (draft,) = maria("notes", "list", "--json").json["notes"]
    assert (draft["place"], draft["mode"]) == ("library", "video")


def test_back_from_the_concerns_passes_the_actions_that_are_not_there(maria):
    plain(maria, "2-245\nshop\nphone\n\n<\ngroup\nhousing\n")
    (draft,) = maria("notes", "list", "--json").json["notes"]
    assert (draft["kind"], draft["tags"]) == ("group", ["housing"])


def test_an_answer_is_taken_away_with_a_dash(maria):
    plain(maria, "2-245\nshop\n<\n-\nphone\n")
    assert maria("notes", "list", "--json").json["notes"][0]["place"] == ""


def test_consent_is_asked_first_and_recorded(vault):
    vault("participants", "add", "--name", "Dev Patel", "--id", "D-1")
    done = vault("notes", "new", "D-1", "--plain", stdin="\nmaybe\nverbal\n2-245\nshop\nphone\n\nhousing\n")
    assert "No consent to write notes is on file." in done.out
    assert "nothing can be written" in done.out
    assert vault("participants", "show", "D-1", "--json").json["consent"] is True
    assert vault("notes", "list", "--json").json["notes"][0]["tags"] == ["housing"]


def test_in_an_emergency_the_reason_stands_in_for_consent(vault):
    vault("participants", "add", "--name", "Dev Patel", "--id", "D-1")
    done = vault(
        "notes", "new", "D-1", "--plain", "--json", stdin="emergency\ntaken to hospital\n2-245\nER\n1\n\nhealth\n"
    )
    content = shown(vault, done.json["id"])["content"]
    assert (content["emergency_reason"], content["concern_tags"]) == ("taken to hospital", ["health"])
    assert vault("participants", "show", "D-1", "--json").json["consent"] is False


def test_without_consent_the_contact_alone_is_logged(vault):
    vault("participants", "add", "--name", "Dev Patel", "--id", "D-1")
    script = "contact\n2-245\nphone\n\n2\nsign\n"
    done = vault("notes", "new", "D-1", "--plain", "--json", stdin=script)
    assert done.json["state"] == "signed", done.err
    content = shown(vault, done.json["id"])["content"]
    assert (content["custom"], content["place"], content["mode"]) == ({"outcome": "not_reached"}, "", "phone")
    assert vault("participants", "show", "D-1", "--json").json["consent"] is False


def test_a_witness_is_asked_for_and_a_minor_refers_to_the_verb(vault):
    vault("participants", "add", "--name", "Dev Patel", "--id", "D-1")
    vault("participants", "add", "--name", "Kim Doe", "--born", "2012-03-01", "--id", "K-1")
    vault("notes", "new", "D-1", "--plain", stdin="witnessed\nOla\n")
    (given,) = vault("consents", "list", "D-1", "--json").json["consents"]
    assert given["details"]["witness"] == "Ola"
    done = vault("notes", "new", "K-1", "--plain", stdin="verbal\n")
    assert "peernote consents give --help" in done.out
    assert vault("consents", "list", "K-1", "--json").json["consents"] == []


def test_open_actions_are_looked_back_on(maria):
    for line in ("see the doctor @me thu", "sleep early by fri", "rest"):
        maria("actions", "add", "M-0042", line)
    script = ANSWERS.replace("\n1\n\n1, housing", "\n1\n\npart\nI called twice.\nwhat\nnot yet\n\n\n1, housing", 1)
    done = plain(maria, script + "sign\n", "--json")
    assert done.json["state"] == "signed", done.err
    reviews = shown(maria, done.json["id"])["content"]["action_reviews"]
    assert [(told["outcome"], told["words"]) for told in reviews] == [("partly", "I called twice."), ("not_yet", "")]
    states = {row["text"]: row["status"] for row in maria("actions", "list", "--json").json["actions"]}
    assert (states["see the doctor"], states["sleep early"], states["rest"]) == ("partly", "not_yet", "open")


def test_an_action_line_that_says_nothing_is_asked_again(maria):
    script = ANSWERS.replace(
        "call housing office @me fri", "@me fri\ncall housing office @me yesterday\nsit down @both", 1
    )
    done = plain(maria, script + "keep\n", "--json")
    assert "What is to be done is missing." in done.err
    assert done.json["state"] == "draft"
    actions = shown(maria, done.json["id"])["content"]["agreed_actions"]
    assert "sit down" in [act["text"] for act in actions]


def test_a_no_show_is_short(maria):
    done = plain(maria, "2-245\n\n\nno-show\n<\nno_show\nNobody at the door.\n\n\nnext fri\n\n\n\nsign\n", "--json")
    content = shown(maria, done.json["id"])["content"]
    assert (content["kind"], content["reason"]) == ("no_show", "Nobody at the door.")


def test_a_late_entry_says_why_and_a_step_is_changed_at_the_end(maria):
    script = ANSWERS.replace("2-245", "fri 2pm-245pm", 1)
    changed = "4\n-\none thing @both\n\n"
    done = plain(maria, script + changed + "sign\n\nno signal in the valley\n", "--json")
    assert done.json["state"] == "signed", done.err
    note = shown(maria, done.json["id"])
    assert note["late_reason"] == "no signal in the valley"
    assert [act["text"] for act in note["content"]["agreed_actions"]] == ["one thing"]


def test_words_to_think_about_are_hinted_at(maria):
    script = ANSWERS.replace("keep the flat", "She is an addict.", 1)
    assert "A thought on “addict” in" in plain(maria, script + "keep\n").out


def test_without_a_participant_they_are_asked_for(maria):
    maria("participants", "add", "--name", "Mario Rossi")
    script = "zzzzzz\nmari\n9\nmaria\n1\n2-245\nshop\n"
    done = maria("notes", "new", "--plain", stdin=script)
    assert "Nobody answers to this." in done.out
    assert maria("notes", "list", "--json").json["notes"][0]["participant"]["name"] == "Maria Santos"
    assert "Nothing was begun." in maria("notes", "new", "--plain", stdin="").out


def test_nasty_answers_are_kept_and_shown_without_harm(maria):
    nasty = "[/] \x1b[31m \u202eevil 👨‍👩‍👧 مرحبا"
    done = plain(maria, f"2-245\n{nasty}\nphone\n\nhousing\n{'long ' * 60_000}\n\nfine\n\n", "--json")
    content = shown(maria, done.json["id"])["content"]
    assert content["concerns"] == "fine"
    assert "at most 200000 characters" in done.err
    assert "مرحبا" in content["place"]
    assert not {"\x1b", "\u202e"} & set(done.err)


def test_the_passphrase_and_the_answers_cannot_share_standard_input(maria, peernote):
    done = peernote(
        "notes", "new", "M-0042", "--plain", "--passphrase-file", "-", stdin="violin glacier walnut pepper\n"
    )
    assert (done.code, "only once" in done.err) == (2, True)


def test_without_plain_a_script_is_told_the_way(maria, capfd):
    from peernote_tui.cli.main import main

    done = maria("notes", "new", "M-0042")
    assert (done.code, "asks for the passphrase itself" in done.err, "--plain" in done.err) == (2, True, True)
    assert main(["--vault", str(maria.folder), "notes", "new", "M-0042"]) == 2
    assert "needs a terminal" in capfd.readouterr().err


def test_without_plain_the_app_opens_on_the_note(maria, monkeypatch):
    from peernote_tui.cli import plain_note
    from peernote_tui.cli.main import main

    opened = []
    monkeypatch.setattr(plain_note, "is_terminal", lambda _stream: True)
    monkeypatch.setattr("peernote_tui.ui.app.run_app", lambda folder, **more: opened.append((folder, more)) or 0)
    assert main(["--vault", str(maria.folder), "notes", "new", "M-0042"]) == 0
    [(folder, more)] = opened
    assert (folder, more["errand"].new_note_for, more["errand"].draft) == (maria.folder, "M-0042", "")


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
def test_on_a_terminal_each_question_waits_on_its_own_line(maria, phrase_file):
    import os
    import pty
    import subprocess

    master, slave = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "peernote_tui",
        "notes",
        "new",
        "M-0042",
        "--plain",
        "--passphrase-file",
        phrase_file,
    ]
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, start_new_session=True) as process:
        os.close(slave)
        heard = b""
        while b"When" not in heard.replace(b"Who and when", b""):
            heard += os.read(master, 4096)
        os.write(master, b"\x04")
        try:
            while chunk := os.read(master, 4096):
                heard += chunk
        except OSError:
            pass
        assert process.wait(timeout=60) == 0
    os.close(master)
    assert b"The draft is kept" in heard
    assert maria("notes", "list", "--json").json["notes"][0]["state"] == "draft"


def test_what_the_vault_does_not_take_is_kept_in_a_rescue_file(maria, monkeypatch):
    def refuse(_workspace, _draft):
        raise errors.VaultFullError("There is no room left on the disk.", "Free some space.")

    monkeypatch.setattr(writing, "save_draft", refuse)
    done = plain(maria, "2-245\ncoffee shop\n")
    (kept,) = (maria.folder / "rescue").iterdir()
    assert done.code == 1
    assert f"What you wrote is kept in {kept}" in done.err
    assert "Traceback" not in done.err


def test_what_stands_on_paper_is_typed_in_with_its_day_and_says_so(maria):
    done = plain(maria, "fri 20 nov 2pm-245\n", "--from-paper", "--json")
    content = shown(maria, done.json["id"])["content"]
    assert (content["day"], content["place"], content["copied_from"]) == ("2026-11-20", "", "paper")
    assert "Transcribed from a paper form of Fri 20 Nov 2026." in maria("notes", "show", done.json["id"]).out
    assert maria("notes", "new", "M-0042", "--from-paper").code == 2
