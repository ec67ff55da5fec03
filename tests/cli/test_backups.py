"""Backups, as a script and a person at the terminal use them."""

import json
import shutil

import pytest

from peernote_tui.services import system_clock, unlocking

OTHER = "lantern meadow copper thistle"


@pytest.fixture
def backed_up(maria):
    """The vault with a backup, made before Bo Li came."""
    maria.name = maria("backup", "create", "--json").json["backup"]["name"]
    maria("participants", "add", "--name", "Bo Li")
    return maria


def names(vault):
    return {row["name"] for row in vault("participants", "list", "--json").json["participants"]}


def test_create_says_what_the_backup_holds(maria):
    made = maria("backup", "create", "--json")
    assert made.code == 0
    backup = made.json["backup"]
    assert set(backup) == {"name", "path", "problem", "created_at", "kind", "size", "counts", "log"}
    assert backup["counts"]["participants"] == 1
    assert backup["kind"] == "asked"
    assert made.json["path"] == str(maria.folder / "backups" / backup["name"])
    spoken = maria("backup", "create")
    assert "1 participant, 0 signed notes, 0 drafts" in spoken.out
    assert "Maria" not in made.out + spoken.out


def test_create_to_a_stick_and_back_on_another_laptop(maria, peernote, phrase_file, tmp_path):
    stick = tmp_path / "stick"
    assert maria("backup", "create", "--to", stick).code == 1
    stick.mkdir()
    path = maria("backup", "create", "--to", stick, "--json").json["path"]
    shutil.rmtree(maria.folder)
    found = peernote("backup", "list", "--from", stick, "--json").json
    assert [each["path"] for each in found["backups"]] == [path]
    elsewhere = tmp_path / "new.peernote"
    for folder in (stick, stick / next(stick.iterdir()).name):
        whole = peernote("backup", "restore", folder, "--vault", elsewhere, "--passphrase-file", phrase_file)
        assert (whole.code, path in whole.err) == (6, True)
    done = peernote("backup", "restore", path, "--vault", elsewhere, "--passphrase-file", phrase_file, "--json")
    assert (done.code, done.json["restored"], done.json["set_aside"]) == (0, True, None)
    assert done.json["newer"] is None
    shown = peernote("participants", "list", "--vault", elsewhere, "--passphrase-file", phrase_file, "--json")
    assert [row["name"] for row in shown.json["participants"]] == ["Maria Santos"]


def test_list_needs_no_passphrase_and_names_nobody(backed_up, peernote):
    listed = peernote("backup", "list", "--json")
    assert (listed.code, listed.json["total"]) == (0, 1)
    assert listed.json["backups"][0]["name"] == backed_up.name
    assert "Maria" not in listed.out
    (backed_up.folder / "backups" / backed_up.name / "manifest.json").write_text("{")
    assert "damaged" in peernote("backup", "list").out


def test_list_of_none(vault, peernote):
    assert "no backup yet" in peernote("backup", "list").out
    assert peernote("backup", "list", "--json").json == {"backups": [], "total": 0}
    assert vault("backup", "verify").code == 6


def test_verify_all_or_one(backed_up):
    checked = backed_up("backup", "verify", "--json")
    assert checked.json == {"ok": True, "backups": [{"name": backed_up.name, "ok": True, "problems": []}]}
    assert backed_up("backup", "verify", backed_up.name[:6]).code == 0
    assert backed_up("backup", "verify", "2020").code == 6


def test_verify_while_the_vault_is_open(backed_up, phrase_file):
    opened = unlocking.open_vault(backed_up.folder, phrase_file.read_text().strip(), clock=system_clock.SystemClock())
    try:
        assert backed_up("backup", "verify").code == 0
        assert backed_up("backup", "restore", backed_up.name).code == 5
    finally:
        unlocking.close(opened)


def test_damage_is_4_and_never_a_wrong_passphrase(backed_up):
    path = backed_up.folder / "backups" / backed_up.name / "vault.db"
    data = bytearray(path.read_bytes())
    data[20] ^= 1
    path.write_bytes(data)
    checked = backed_up("backup", "verify", "--json")
    assert (checked.code, checked.json["ok"]) == (4, False)
    refused = backed_up("backup", "restore", backed_up.name, "--json")
    assert (refused.code, refused.out) == (4, "")
    assert "passphrase" not in refused.err
    assert names(backed_up) == {"Maria Santos", "Bo Li"}


def test_a_wrong_passphrase_is_3(backed_up, peernote):
    for verb in (("verify",), ("restore", backed_up.name)):
        assert peernote("backup", *verb, "--passphrase-file", "-", stdin=OTHER).code == 3


def test_restore_dry_run_tells_and_changes_nothing(backed_up):
    told = backed_up("backup", "restore", backed_up.name, "--dry-run", "--json")
    assert told.json["restored"] is False
    assert told.json["newer"]["participants"] == 1
    spoken = backed_up("backup", "restore", backed_up.name, "--dry-run").out
    assert "1 participant" in spoken
    assert "Nothing was changed." in spoken
    assert names(backed_up) == {"Maria Santos", "Bo Li"}


def test_restore_sets_aside_and_keeps_the_history(backed_up, peernote, phrase_file):
    done = backed_up("backup", "restore", backed_up.name, "--json")
    assert done.code == 0
    assert names(backed_up) == {"Maria Santos"}
    aside = done.json["set_aside"]
    kept = peernote("participants", "list", "--vault", aside, "--passphrase-file", phrase_file, "--json")
    assert kept.json["total"] == 2
    kinds = [each["kind"] for each in peernote("backup", "list", "--json").json["backups"]]
    assert kinds == ["before-restore", "asked"]
    assert backed_up("verify").code == 0


def test_restore_with_the_recovery_code(backed_up, peernote, tmp_path):
    (tmp_path / "code").write_text(backed_up.recovery_code, encoding="utf-8")
    assert peernote("backup", "verify", "--code-file", "code").code == 0
    assert peernote("backup", "restore", backed_up.name, "--code-file", "code").code == 0
    assert names(backed_up) == {"Maria Santos"}


def test_a_person_is_asked_before_the_exchange(backed_up, monkeypatch):
    monkeypatch.setattr("peernote_tui.cli.backups.is_terminal", lambda _: True)
    kept = backed_up("backup", "restore", backed_up.name, stdin="n\n")
    assert (kept.code, "Nothing was changed." in kept.err) == (0, True)
    assert names(backed_up) == {"Maria Santos", "Bo Li"}
    assert backed_up("backup", "restore", backed_up.name, stdin="y\n").code == 0
    assert names(backed_up) == {"Maria Santos"}


def test_another_vaults_backup_is_7(backed_up, peernote, phrase_file, tmp_path):
    other = tmp_path / "other.peernote"
    common = ("--vault", other, "--passphrase-file", phrase_file)
    peernote("init", "--name", "Bo", *common)
    path = peernote("backup", "create", *common, "--json").json["path"]
    refused = backed_up("backup", "restore", path)
    assert (refused.code, "another vault" in refused.err) == (7, True)


def test_a_vault_cut_off_in_the_middle_of_a_restore_is_found_again(backed_up):
    making = backed_up.folder.with_name(backed_up.folder.name + ".restoring")
    aside = backed_up.folder.with_name(backed_up.folder.name + ".before-restore-1")
    making.mkdir()
    (making / "restore.json").write_text(json.dumps({"aside": aside.name}))
    backed_up.folder.rename(aside)
    assert names(backed_up) == {"Maria Santos", "Bo Li"}


def test_doctor_says_how_old_the_last_backup_is(maria, peernote):
    assert peernote("doctor", "--json").json["last_backup"] is None
    maria("backup", "create")
    said = peernote("doctor", "--json").json["last_backup"]
    assert (said["age_days"], said["count"]) == (0, 1)
    assert "less than a day ago" in peernote("doctor").out
    assert "Maria" not in peernote("doctor").out


def test_a_stick_is_remembered_when_that_is_asked_for(maria, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    assert maria("backup", "create", "--remember").code == 2
    made = maria("backup", "create", "--to", stick, "--remember", "--json")
    assert made.json["remembered"] is True
    assert made.json["path"].startswith(str(stick))
    assert maria("backup", "create", "--json").json["remembered"] is False


def test_verify_reads_a_whole_stick_and_a_snapshot_by_its_path(maria, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    path = maria("backup", "create", "--to", stick, "--json").json["path"]
    for reference in (stick, path):
        checked = maria("backup", "verify", reference, "--json")
        assert (checked.code, len(checked.json["backups"])) == (0, 1)
    assert maria("backup", "verify", tmp_path / "nowhere").code == 6


def test_a_drill_says_whether_the_newest_could_be_put_back(maria):
    assert maria("backup", "drill").code == 6
    name = maria("backup", "create", "--json").json["backup"]["name"]
    done = maria("backup", "drill", "--json")
    assert (done.code, done.json["ok"], done.json["backup"]["name"], done.json["seals"]) == (0, True, name, 0)
    path = maria.folder / "backups" / name / "vault.db"
    data = bytearray(path.read_bytes())
    data[5000] ^= 1
    path.write_bytes(data)
    assert maria("backup", "drill").code == 4


def test_an_import_that_writes_makes_a_backup_first(maria, note_file):
    file = note_file()
    maria("consents", "give", "M-0042", "--how", "verbal")
    assert maria("notes", "import", file, "--dry-run").code == 0
    assert maria("backup", "list", "--json").json["total"] == 0
    assert maria("notes", "import", file).code == 0
    (made,) = maria("backup", "list", "--json").json["backups"]
    assert (made["kind"], made["counts"]["drafts"]) == ("before-import", 0)
