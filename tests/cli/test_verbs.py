"""Each verb, as a script uses it."""

import json

import pytest

PHRASE = "violin glacier walnut pepper"
OTHER = "lantern meadow copper thistle"


def test_init_gives_what_is_needed_to_begin(peernote, phrase_file, tmp_path):
    made = peernote("init", "--name", "Sam", "--vault", tmp_path / "v", "--passphrase-file", phrase_file, "--json")
    assert set(made.json) == {"vault", "vault_id", "recovery_code"}
    assert made.json["vault"] == str(tmp_path / "v")
    assert len(made.json["recovery_code"]) == 34
    again = peernote("init", "--name", "Sam", "--vault", tmp_path / "v", "--passphrase-file", phrase_file, "--json")
    assert (again.code, again.out) == (4, "")


@pytest.mark.parametrize("weak", ["", "fourteen chars", " " * 20])
def test_init_refuses_a_weak_passphrase_and_makes_nothing(peernote, tmp_path, weak):
    done = peernote("init", "--name", "Sam", "--vault", tmp_path / "v", "--passphrase-file", "-", stdin=weak)
    assert (done.code, done.out) == (7, "")
    assert not (tmp_path / "v").exists()


def test_init_asks_for_no_name_without_a_terminal(peernote, phrase_file):
    done = peernote("init", "--passphrase-file", phrase_file)
    assert (done.code, "name" in done.err) == (2, True)


def test_passphrase_change(vault, peernote, tmp_path):
    (tmp_path / "Q").write_text(OTHER, encoding="utf-8")
    assert vault("passphrase", "change", "--new-passphrase-file", "Q", "--json").json["changed"] is True
    assert vault("verify").code == 3
    assert peernote("verify", "--passphrase-file", "Q").code == 0
    weak = peernote("passphrase", "change", "--passphrase-file", "Q", "--new-passphrase-file", "-", stdin="short")
    assert weak.code == 7
    twice = peernote("passphrase", "change", "--passphrase-file", "-", "--new-passphrase-file", "-", stdin=OTHER)
    assert twice.code == 2
    assert peernote("verify", "--passphrase-file", "Q").code == 0


def test_recovery_new_and_use(vault, peernote, tmp_path):
    code = vault("recovery", "new", "--json").json["recovery_code"]
    assert code != vault.recovery_code
    (tmp_path / "Q").write_text(OTHER, encoding="utf-8")
    (tmp_path / "old").write_text(vault.recovery_code, encoding="utf-8")
    (tmp_path / "code").write_text(code.lower().replace("-", " ") + "\n", encoding="utf-8")
    use = ("recovery", "use", "--new-passphrase-file", "Q")
    assert peernote(*use, "--code-file", "old").code == 3
    assert peernote(*use, "--code-file", "-", stdin="U" + code[1:]).code == 3
    assert vault("verify").code == 0
    assert peernote(*use, "--code-file", "code", "--json").json["changed"] is True
    assert vault("verify").code == 3
    assert peernote("verify", "--passphrase-file", "Q").code == 0


def test_participants_from_adding_to_finding(vault):
    added = vault(
        "participants",
        "add",
        "--name",
        "Maria Santos",
        "--pronouns",
        "she/her",
        "--age",
        "34",
        "--id",
        "M-0042",
        "--json",
    ).json
    assert (added["born"], added["birth_precision"]) == ("1992", "estimated")
    found = vault("participants", "list", "--find", "maria santo", "--json").json
    assert found["total"] == 1
    row = found["participants"][0]
    assert row["id"] == added["id"]
    assert set(row) >= {
        "id", "name", "pronouns", "external_id", "born", "why", "last_contact", "open_actions", "consent", "draft",
    }  # fmt: skip
    assert (row["why"], row["last_contact"], row["consent"]) == ("name", None, False)
    for reference in (added["id"], added["id"][:14], "m-0042", "maria santos"):
        assert vault("participants", "show", reference, "--json").json["id"] == added["id"]
    shown = vault("participants", "show", "M-0042")
    assert "about 34" in shown.out


def test_who_was_only_heard_is_found_and_who_only_comes_near_is_called_so(vault):
    vault("participants", "add", "--name", "Kathryn O'Brien", "--born", "1990")
    for words in ("catherine obrian", "obrien 1990", "kathrynobrien"):
        found = vault("participants", "list", "--find", words, "--json").json
        assert ([row["name"] for row in found["participants"]], found["sure"]) == (["Kathryn O'Brien"], True)
    near = vault("participants", "list", "--find", "kathryn jones")
    assert near.out.startswith("Nobody fits all of these words. The nearest are:")
    assert "in part" in near.out
    nobody = vault("participants", "list", "--find", "zzzz", "--around", "--archived", "--json").json
    assert (nobody["total"], nobody["participants"]) == (0, [])


def test_a_birth_date_is_understood_as_in_the_app(vault, walls):
    from peernote_tui.ui.settings import config_folder

    added = vault("participants", "add", "--name", "A", "--born", "2 may 1990", "--json").json
    assert (added["born"], added["birth_precision"]) == ("1990-05-02", "exact")
    refused = vault("participants", "add", "--name", "B", "--born", "3/4/1990", "--json")
    assert (refused.code, refused.out) == (2, "")
    assert config_folder().is_relative_to(walls)
    config_folder().mkdir(parents=True)
    (config_folder() / "settings.toml").write_text("day_first = true\n", encoding="utf-8")
    assert vault("participants", "add", "--name", "B", "--born", "3/4/1990", "--json").json["born"] == "1990-04-03"


def test_what_does_not_fit_is_named_by_field_and_not_repeated(vault):
    refused = vault("participants", "add", "--name", "A", "--pronouns", "secret" * 100)
    assert (refused.code, refused.out) == (2, "")
    assert "pronouns" in refused.err
    assert "secret" not in refused.err
    assert vault("participants", "add", "--name", "\u202e\x07 ").code == 2


def test_two_of_one_name_need_more(vault):
    for _ in range(2):
        vault("participants", "add", "--name", "Li Wei", "--even-if-alike")
    done = vault("participants", "show", "li wei")
    assert (done.code, "More than one" in done.err) == (6, True)


def test_nasty_names_reach_the_terminal_harmless(vault):
    for name in ("[/]", "\x1b[31mred\x07", "safe\u202egnp.exe", "Family 👨‍👩‍👧‍👦 Lee", "مرحبا", "山田太郎", "Z̷͑a̴͌"):
        assert vault("participants", "add", "--name", name, "--about", name * 5).code == 0
    listed = vault("participants", "list", "--limit", "50")
    assert not {"\x1b", "\x07", "\u202e"} & set(listed.out)
    assert "山田太郎" in listed.out
    assert len(listed.out.splitlines()) == 7
    assert len(vault("participants", "list", "--json").json["participants"]) == 7


def test_consents_to_share_stand_for_each_recipient(vault):
    vault("participants", "add", "--name", "Maria Santos", "--id", "M-0042")
    sharing = ("consents", "give", "M-0042", "--scope", "sharing", "--how", "written")
    refused = vault(*sharing, "--to", "Clinic")
    assert (refused.code, refused.out) == (7, "")
    assert "What may be shared is missing." in refused.err
    full = ("--what", "dates", "--purpose", "visits")
    clinic = vault(*sharing, "--to", "Clinic", *full, "--until", "+1y", "--json").json
    assert (clinic["details"]["recipient"], clinic["details"]["purpose"]) == ("Clinic", "visits")
    vault(*sharing, "--to", "School", *full, "--until-event", "the course is over")
    assert [row["recipient"] for row in vault("consents", "list", "M-0042", "--json").json["sharing"]] == [
        "Clinic",
        "School",
    ]
    assert "May be shared with School: dates, for visits." in vault("consents", "list", "M-0042").out
    gone = vault("consents", "withdraw", "M-0042", "--consent", clinic["id"], "--json").json
    assert (gone["scope"], gone["details"]["withdraws"]) == ("sharing", clinic["id"])
    document = vault("consents", "list", "M-0042", "--json").json
    assert [row["recipient"] for row in document["sharing"]] == ["School"]
    assert document["standing"]["sharing"] == "active"
    assert document["part2"] == "not_reviewed"
    assert vault("consents", "withdraw", "M-0042", "--consent", clinic["id"]).code == 7
    assert vault("consents", "give", "M-0042", "--how", "verbal", "--to", "Clinic").code == 2


def test_consent_for_a_minor_says_who_and_why(vault):
    vault("participants", "add", "--name", "Kim Doe", "--born", "2012-03-01", "--id", "K-1")
    refused = vault("consents", "give", "K-1", "--how", "verbal")
    assert (refused.code, "Whether a parent is involved is missing" in refused.err) == (7, True)
    given = vault(
        "consents", "give", "K-1", "--how", "witnessed", "--witness", "Ola", "--by", "parent", "--by-name", "Ada Doe",
        "--basis", "custody", "--parent-involved", "yes", "--parent-why", "Kim asked for it", "--json",
    )  # fmt: skip
    assert given.json["details"]["given_by"] == "parent"
    assert "given by Ada Doe (parent)" in vault("consents", "list", "K-1").out


def test_consents_that_end_soon_are_listed(vault):
    vault("participants", "add", "--name", "Maria Santos", "--id", "M-0042")
    assert vault("consents", "expiring").out == "No consent ends soon, and none is missing.\n"
    vault("consents", "give", "M-0042", "--how", "written", "--until", "+6w")
    assert vault("consents", "expiring", "--json").json == {"consents": [], "total": 0}
    (row,) = vault("consents", "expiring", "--days", "60", "--json").json["consents"]
    assert (row["kind"], row["scope"], row["day"], row["participant"]["external_id"]) == (
        "expiring",
        "notes",
        "2027-01-04",
        "M-0042",
    )


def test_a_contact_is_logged_without_consent(vault):
    vault("participants", "add", "--name", "Dev Patel", "--id", "D-1")
    done = vault("notes", "contact", "D-1", "--when", "2-215", "--mode", "phone", "--outcome", "not_reached", "--json")
    assert done.json["state"] == "signed"
    told = vault("notes", "show", done.json["id"]).out
    assert "Not reached" in told
    assert vault("notes", "contact", "D-1", "--when", "now", "--mode", "phone").code == 2


def test_consents_begin_end_and_are_remembered(vault):
    vault("participants", "add", "--name", "Maria Santos", "--id", "M-0042")
    given = vault("consents", "give", "M-0042", "--how", "written", "--on", "fri", "--until", "+2w", "--json").json
    assert (given["starts_on"], given["expires_on"]) == ("2026-11-20", "2026-12-07")
    assert vault("participants", "show", "M-0042", "--json").json["consent"] is True
    vault("consents", "withdraw", "M-0042", "--remark", "by phone")
    history = vault("consents", "list", "M-0042", "--json").json
    assert [row["event"] for row in history["consents"]] == ["given", "withdrawn"]
    assert (history["standing"]["notes"], history["total"]) == ("withdrawn", 2)
    assert vault("consents", "give", "M-0042", "--how", "verbal", "--on", "tomorrow").code == 2


def test_notes_from_import_to_search(maria, note_file):
    taken = maria("notes", "import", note_file(), "--sign", "--json").json
    (row,) = taken["imported"]
    assert (row["state"], taken["problems"]) == ("signed", [])
    assert maria("notes", "import", note_file("d.json", summary="A second one."), "--json").json["imported"][0][
        "state"
    ] == "draft"  # fmt: skip
    listed = maria("notes", "list", "--participant", "M-0042", "--json").json
    assert [note["state"] for note in listed["notes"]] == ["draft", "signed"]
    assert listed["total"] == 2
    assert set(listed["notes"][0]) == set(listed["notes"][1])
    signed = listed["notes"][1]
    assert (signed["id"], signed["participant"]["name"], signed["day"]) == (row["id"], "Maria Santos", "2026-11-23")
    found = maria("notes", "search", "hous", "--json").json
    assert (found["total"], found["notes"][0]["id"]) == (1, row["id"])
    assert "housing" in found["notes"][0]["snippet"]
    assert not {"\x02", "\x03"} & set(found["notes"][0]["snippet"])
    assert "housing" in maria("notes", "search", "housing").out
    assert maria("notes", "search", "unicorn", "--json").json == {"query": "unicorn", "notes": [], "total": 0}
    assert maria("notes", "list", "--limit", "1", "--json").json["total"] == 2


def test_a_note_is_read_by_prefix_as_text_and_as_json(maria, note_file):
    identifier = maria("notes", "import", note_file(), "--sign", "--json").json["imported"][0]["id"]
    text = maria("notes", "show", identifier[:20], "--format", "txt").out
    assert "Maria Santos · she/her · M-0042" in text
    assert "We read the second notice together." in text
    by_format = maria("notes", "show", identifier, "--format", "json").json
    by_option = maria("notes", "show", identifier, "--json").json
    assert by_format == by_option
    assert by_format["id"] == identifier


def test_a_note_with_nasty_text_is_read_without_harm(maria, note_file):
    summary = "first\x1b[2J line\n\u202esecond [/] line\n\n" + "word " * 5000
    identifier = maria("notes", "import", note_file(summary=summary), "--json").json["imported"][0]["id"]
    text = maria("notes", "show", identifier).out
    assert not {"\x1b", "\u202e"} & set(text)
    assert "[/]" in text


def test_export_import_export_gives_the_same_bytes(maria, peernote, note_file, phrase_file, tmp_path):
    for number in range(3):
        path = note_file(f"n{number}.json", day=f"2026-11-{20 + number}", summary=f"Tomás 山 {number} \u202e “x”")
        assert maria("notes", "import", path, "--sign").code == 0
    first = maria("notes", "export", "-o", "one.json")
    assert (first.code, "not encrypted" in first.out) == (0, True)
    other = ("--vault", tmp_path / "other", "--passphrase-file", phrase_file)
    peernote("init", "--name", "Ana", *other)
    taken = peernote("notes", "import", "one.json", *other, "--json").json
    assert [row["state"] for row in taken["imported"]] == ["signed"] * 3
    piped = peernote("notes", "export", *other)
    assert piped.out.encode() == (tmp_path / "one.json").read_bytes()
    again = peernote("notes", "import", "-", *other, "--json", stdin=piped.out).json
    assert [row["new"] for row in again["imported"]] == [False] * 3
    assert peernote("verify", *other, "--json").json["notes"] == 3


def test_export_chooses_and_never_overwrites_unasked(maria, note_file, tmp_path):
    identifier = maria("notes", "import", note_file(), "--sign", "--json").json["imported"][0]["id"]
    maria("participants", "add", "--name", "Other", "--id", "X")
    assert maria("notes", "export", "--participant", "X").json == []
    assert maria("notes", "export", identifier[:20], "--format", "json").json[0]["id"] == identifier
    assert maria("notes", "export", identifier, "--participant", "X").code == 2
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    refused = maria("notes", "export", "-o", "mine.txt", "--json")
    assert (refused.code, refused.out, (tmp_path / "mine.txt").read_text()) == (7, "", "mine")
    forced = maria("notes", "export", "-o", "mine.txt", "--force", "--json")
    assert (forced.json["exported"], forced.json["file"]) == (1, "mine.txt")
    assert forced.json["log"].keys() == {"length", "head"}
    assert json.loads((tmp_path / "mine.txt").read_bytes())[0]["id"] == identifier
    assert maria("notes", "export", "-o", "no/such/place.json").code == 1


def test_a_dry_run_says_what_would_happen_and_writes_nothing(maria, note_file):
    done = maria("notes", "import", note_file(), "--sign", "--dry-run", "--json")
    assert (done.code, done.json["dry_run"], done.json["imported"][0]["state"]) == (0, True, "signed")
    assert maria("notes", "list", "--json").json["total"] == 0
    assert "nothing was written" in maria("notes", "import", note_file(), "--dry-run").out


def test_8_every_bad_row_of_every_file_is_named_and_nothing_written(maria, note_file, tmp_path):
    good = json.loads(note_file().read_text())
    lines = [json.dumps(good), json.dumps({**good, "content": {"start": "late-ish secret"}}), "{", json.dumps(good)]
    (tmp_path / "bad.jsonl").write_text("\n".join([*lines[:2], *lines[3:]]), encoding="utf-8")
    (tmp_path / "broken.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = maria("notes", "import", "bad.jsonl", "broken.jsonl", "missing.json", note_file(), "--json")
    assert done.code == 8
    assert done.json["imported"] == []
    problems = [(row["file"], row["line"], row["field"]) for row in done.json["problems"]]
    assert problems == [("bad.jsonl", 2, "content.start"), ("broken.jsonl", 3, ""), ("missing.json", None, "")]
    assert "bad.jsonl: line 2, content.start" in done.err
    assert "secret" not in done.err + done.out
    assert maria("notes", "list", "--json").json["total"] == 0


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff\xfe", b"[" * 100_000, b'"note"', b"null"])
def test_8_what_is_no_note_at_all(maria, data):
    done = maria("notes", "import", "-", stdin=data)
    assert (done.code, done.out) == (8, "")


def test_every_refused_note_is_named_by_file_and_number(maria, note_file, tmp_path):
    good = json.loads(note_file().read_text())
    unknown = {**good, "participant": "nobody"}
    incomplete = {**good, "content": {"day": "2026-11-23"}}
    (tmp_path / "many.json").write_text(json.dumps([good, unknown, good, incomplete]), encoding="utf-8")
    done = maria("notes", "import", "many.json", "--sign", "--json")
    assert done.code == 6
    assert [(row["note"], row["line"]) for row in done.json["problems"]] == [(2, None), (4, None)]
    assert maria("notes", "list", "--json").json["total"] == 0


def test_standard_input_serves_once(maria, peernote):
    done = peernote("notes", "import", "-", "--passphrase-file", "-", stdin=PHRASE)
    assert (done.code, "only once" in done.err) == (2, True)


def test_actions_from_adding_to_done(maria):
    added = maria("actions", "add", "M-0042", "call housing office", "@me", "fri", "--json").json
    assert (added["text"], added["owner"], added["due"]) == ("call housing office", "me", "2026-11-27")
    maria("actions", "add", "M-0042", "bring the letter")
    week = maria("actions", "list", "--due", "week", "--json").json
    assert (week["total"], week["open"], week["actions"][0]["group"]) == (1, 2, "this_week")
    assert week["actions"][0]["participant"]["name"] == "Maria Santos"
    assert maria("actions", "list", "--due", "today", "--json").json["total"] == 0
    assert maria("actions", "list", "--mine", "--participant", "maria santos", "--json").json["total"] == 1
    assert "call housing office" in maria("actions", "list").out
    words = ("--words", "I called,\x1b[31m nobody answered.")
    partly = maria("actions", "done", added["id"][:20], "--as", "partly", *words, "--json").json
    assert (partly["status"], partly["words"]) == ("partly", "I called,[31m nobody answered.")
    assert maria("actions", "done", added["id"], "--json").json["status"] == "done"
    assert maria("actions", "list", "--json").json["total"] == 1
    assert maria("actions", "list", "--closed", "--json").json["actions"][0]["id"] == added["id"]
    assert maria("actions", "add", "M-0042", "@me fri").code == 2


def test_overdue_and_today(maria, note_file):
    for number, due in enumerate(("2026-11-20", "2026-11-23", None)):
        actions = [{"text": f"action {number}", "owner": "both", "due": due}]
        maria("notes", "import", note_file(f"{number}.json", agreed_actions=actions), "--sign")
    totals = {
        due: maria("actions", "list", "--due", due, "--json").json["total"] for due in ("overdue", "today", "all")
    }
    assert totals == {"overdue": 1, "today": 2, "all": 3}


def test_verify_says_where_the_log_ends(maria, note_file):
    maria("notes", "import", note_file(), "--sign")
    found = maria("verify", "--json").json
    assert (found["ok"], found["notes"], found["problems"]) == (True, 1, [])
    assert set(found["log"]) == {"length", "head"}
    assert len(found["log"]["head"]) == 64


def test_people_get_lines_and_no_json(maria, note_file):
    maria("notes", "import", note_file(), "--sign")
    for argv in (("participants", "list"), ("notes", "list"), ("actions", "list"), ("consents", "list", "M-0042")):
        shown = maria(*argv)
        assert (shown.code, shown.err) == (0, "")
        assert shown.out.strip()
        assert not shown.out.startswith("{")


def test_participants_are_narrowed_and_pinned(vault):
    for name, number in (("Maria Santos", "M-1"), ("Devon King", "D-1")):
        assert vault("participants", "add", "--name", name, "--id", number).code == 0
    assert vault("consents", "give", "D-1", "--how", "verbal").code == 0

    def names(*asked):
        return [who["name"] for who in vault("participants", "list", *asked, "--json").json["participants"]]

    assert names() == ["Devon King", "Maria Santos"]
    assert names("--consent-expiring") == ["Maria Santos"]
    assert names("--not-seen", "1") == []
    assert names("--not-seen", "0", "--consent-expiring") == ["Maria Santos"]
    assert names("--overdue") == names("--draft") == []
    assert "Nobody is left" in vault("participants", "list", "--draft").out
    assert vault("participants", "list", "--not-seen", "-1").code == 2
    assert vault("participants", "list", "--not-seen", "many").code == 2
    assert vault("participants", "pin", "M-1").code == 0
    assert names() == ["Maria Santos", "Devon King"]
    assert vault("participants", "pin", "M-1", "--off").code == 0
    assert names() == ["Devon King", "Maria Santos"]
