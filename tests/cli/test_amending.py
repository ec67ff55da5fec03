"""What is added to signed notes, on the command line: amended, read, handed on, co-signed."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def signed(maria, note_file):
    done = maria("notes", "import", note_file(), "--sign", "--json")
    assert done.code == 0, done.err
    return done.json["imported"][0]["id"]


def amend(vault, note, kind, told, *more):
    return vault("notes", "amend", note, "--kind", kind, "--json-from", written(told), "--json", *more)


def written(told):
    from pathlib import Path

    path = Path("told.json")
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def test_each_kind_is_added_and_the_history_tells_it(maria, signed):
    assert amend(maria, signed, "addendum", {"reason": "She called.", "text": "The letter came."}).code == 0
    told = {"text": "I was tired.", "said_by": "her sister"}
    assert amend(maria, signed, "statement", told).json["kind"] == "statement"
    changed = {"reason": "Wrong place.", "content": {"place": "the library", "end": "15:00"}}
    assert amend(maria, signed, "correction", changed).code == 0
    found = maria("notes", "history", signed, "--json").json
    assert found["note"]["content"]["place"] == "coffee shop, Elm St"
    assert found["present"]["place"] == "the library"
    assert [each["kind"] for each in found["addenda"]] == ["addendum", "statement", "correction"]
    places = [change for change in found["addenda"][2]["changes"] if change["label"] == "Place"]
    told = {"label": "Place", "before": "coffee shop, Elm St", "after": "the library"}
    assert places == [{"key": "fact Place", **told}]
    text = maria("notes", "history", signed).out
    assert "Participant's statement by Sam Rivera" in text
    assert "is:  the library" in text
    assert maria("verify").code == 0


def test_it_asks_for_reason_and_words(maria, signed):
    said = "The letter came.\nShe read it to me.\n\nShe called.\n"
    assert maria("notes", "amend", signed, "--kind", "addendum", stdin=said).code == 0
    (added,) = maria("notes", "history", signed, "--json").json["addenda"]
    assert (added["text"], added["reason"]) == ("The letter came.\nShe read it to me.", "She called.")


@pytest.mark.parametrize(
    ("kind", "told", "says"),
    [
        ("correction", {"reason": "because"}, "Nothing is changed"),
        ("correction", {"reason": "because", "content": {"start": "25:00"}}, "content.start"),
        ("correction", {"reason": "because", "content": {"nonsense": "secret words"}}, "a part that is not known"),
        ("correction", {"reason": "because", "content": [1]}, "content"),
        ("addendum", {"text": "more"}, "why it is added"),
        ("statement", {"text": "more", "content": {"place": "x"}}, "Only a correction"),
        ("statement", {"words": "secret words"}, "a part that is not known"),
        ("statement", ["secret words"], "not one JSON object"),
    ],
)
def test_what_cannot_be_added_is_refused_and_nothing_is_left(maria, signed, kind, told, says):
    done = amend(maria, signed, kind, told)
    assert done.code not in (0, 1)
    assert says in done.err
    assert "secret words" not in done.err
    assert maria("notes", "history", signed, "--json").json["addenda"] == []
    assert maria("notes", "list", "--json").json["total"] == 1


def test_a_note_written_in_error_begins_again_where_it_belongs(maria, signed):
    maria("participants", "add", "--name", "Kofi Mensah", "--id", "M-2")
    told = {"reason": "The other one."}
    refused = amend(maria, signed, "in-error", told, "--move-to", "M-2")
    assert (refused.code, "No consent" in refused.err) == (7, True)
    maria("consents", "give", "M-2", "--how", "verbal")
    done = amend(maria, signed, "in-error", told, "--move-to", "M-2").json
    found = maria("notes", "history", signed, "--json").json
    assert found["in_error"] is True
    assert found["addenda"][0]["belongs_to"] == done["draft"]
    draft = maria("notes", "show", done["draft"], "--format", "json").json
    assert draft["content"]["summary"] == found["note"]["content"]["summary"]
    assert draft["participant"]["name"] == "Kofi Mensah"


def test_what_was_added_travels_with_the_note(maria, signed, peernote, phrase_file, tmp_path, monkeypatch):
    amend(maria, signed, "statement", {"text": "I was tired."})
    done = maria("notes", "export", "-o", "all.json", "--json").json
    assert (done["exported"], done["addenda"]) == (1, 1)
    assert [each["format"] for each in json.loads((tmp_path / "all.json").read_text())] == [
        "peernote.note",
        "peernote.addendum",
    ]
    monkeypatch.setenv("PEERNOTE_VAULT", str(tmp_path / "other.peernote"))
    secret = ("--passphrase-file", phrase_file)
    peernote("init", "--name", "Ann", *secret)
    taken = peernote("notes", "import", "all.json", "--json", *secret).json
    assert [(each["kind"], each["new"]) for each in taken["addenda"]] == [("statement", True)]
    again = peernote("notes", "import", "all.json", "--json", *secret).json
    assert [each["new"] for each in again["addenda"]] == [False]
    assert peernote("notes", "history", signed, "--json", *secret).json["addenda"][0]["text"] == "I was tired."
    assert peernote("verify", *secret).code == 0

    told = json.loads((tmp_path / "all.json").read_text())
    told[1]["text"] = "I was glad."
    (tmp_path / "all.json").write_text(json.dumps(told))
    monkeypatch.setenv("PEERNOTE_VAULT", str(tmp_path / "third.peernote"))
    peernote("init", "--name", "Ann", *secret)
    refused = peernote("notes", "import", "all.json", "--json", *secret)
    assert refused.code == 7
    assert "addendum 1" in refused.err
    assert peernote("notes", "list", "--json", *secret).json["total"] == 0


def test_a_supervisor_signs_under_it_and_the_author_takes_it_in(
    maria, signed, peernote, phrase_file, tmp_path, monkeypatch
):
    maria("notes", "export", signed, "-o", "theirs.json")
    own = maria("notes", "cosign", "theirs.json", stdin="I agree.\n\n")
    assert (own.code, "yourself" in own.err) == (7, True)
    home = str(tmp_path / "vault.peernote")
    monkeypatch.setenv("PEERNOTE_VAULT", str(tmp_path / "supervisor.peernote"))
    secret = ("--passphrase-file", phrase_file)
    peernote("init", "--name", "Dana Lee", "--credential", "LCSW", *secret)
    (tmp_path / "words").write_text("I read this and agree.", encoding="utf-8")
    done = peernote("notes", "cosign", "theirs.json", "--text-file", "words", "-o", "statement.json", *secret)
    assert done.code == 0, done.err
    assert peernote("verify", *secret).code == 0
    assert "co-signed" in peernote("log", "list", *secret).out
    monkeypatch.setenv("PEERNOTE_VAULT", home)
    assert maria("notes", "import", "statement.json").code == 0
    (added,) = maria("notes", "history", signed, "--json").json["addenda"]
    assert (added["kind"], added["author"]["name"]) == ("cosignature", "Dana Lee")
    assert added["text"] == "I read this and agree."
    assert maria("verify").code == 0
