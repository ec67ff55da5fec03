"""Ways into the vault on the command line: the code, the organisation, and what they are told."""

import pytest

from peernote_tui.vault import age

OTHER = "lantern meadow copper thistle"


@pytest.fixture
def other_file(tmp_path):
    path = tmp_path / "Q"
    path.write_text(OTHER, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def person():
    return age.generate_identity()


def test_a_forgotten_passphrase_is_replaced_with_the_code_and_the_new_code_replaces_the_old(
    vault, peernote, other_file, tmp_path
):
    code = tmp_path / "code"
    code.write_text(vault.recovery_code.lower().replace("-", " "), encoding="utf-8")
    used = peernote("recovery", "use", "--code-file", code, "--new-passphrase-file", other_file, "--json")
    assert (used.code, used.json["changed"]) == (0, True)
    assert vault("verify").code == 3
    made = peernote("recovery", "new", "--passphrase-file", other_file, "--json")
    assert made.json["recovery_code"] != vault.recovery_code
    assert peernote("recovery", "use", "--code-file", code, "--new-passphrase-file", other_file).code == 3
    code.write_text(made.json["recovery_code"], encoding="utf-8")
    assert peernote("recovery", "use", "--code-file", code, "--new-passphrase-file", other_file).code == 0


def test_the_organisation_is_set_shown_used_and_removed(vault, peernote, person, other_file, tmp_path):
    assert vault("recovery", "organisation", "show", "--json").json == {"organisation": False, "recipients": []}
    given = vault("recovery", "organisation", "set", person.recipient.upper(), "--json")
    assert given.code == 0
    assert given.json["recipients"][0]["recipient"] == person.recipient
    assert vault("recovery", "organisation", "show", "--json").json == given.json
    shown = vault("recovery", "organisation", "show").out
    assert given.json["recipients"][0]["fingerprint"] in shown
    assert person.recipient in shown

    identity = f"# created: today\n{person.secret}\n"
    used = peernote("recovery", "use", "--identity", "-", "--new-passphrase-file", other_file, stdin=identity)
    assert used.code == 0, used.err
    assert vault("verify").code == 3
    assert peernote("verify", "--passphrase-file", other_file).code == 0

    (tmp_path / "I").write_text(identity, encoding="utf-8")
    removed = peernote("recovery", "organisation", "remove", "--passphrase-file", other_file)
    assert removed.code == 0
    assert "made before still open" in removed.err
    used = peernote("recovery", "use", "--identity", tmp_path / "I", "--new-passphrase-file", other_file)
    assert used.code == 4
    assert peernote("recovery", "organisation", "remove", "--passphrase-file", other_file).code == 6


def test_what_does_not_fit_is_told_apart(vault, peernote, person, other_file, tmp_path):
    another = "q" if person.recipient.endswith("x") else "x"
    mistyped = peernote("recovery", "organisation", "set", person.recipient[:-1] + another)
    assert (mistyped.code, mistyped.out) == (2, "")
    assert "Recipient 1 is mistyped" in mistyped.err
    secret = peernote("recovery", "organisation", "set", person.secret)
    assert secret.code == 2
    assert "secret key" in secret.err
    assert person.secret not in secret.err
    vault("recovery", "organisation", "set", person.recipient)
    for text in (age.generate_identity().secret, "no identity", ""):
        used = peernote("recovery", "use", "--identity", "-", "--new-passphrase-file", other_file, stdin=text)
        assert used.code == 3, used.err
    (tmp_path / "vault.peernote" / "keys" / "organisation.age").write_bytes(b"age-encryption.org/v1\nx")
    used = peernote("recovery", "use", "--identity", "-", "--new-passphrase-file", other_file, stdin=person.secret)
    assert used.code == 4
    assert "organisation.age is damaged" in used.err
    both = peernote("recovery", "use", "--identity", "-", "--code-file", "x")
    assert both.code == 2


def test_a_file_that_was_not_set_here_is_told(vault, person):
    vault("recovery", "organisation", "set", person.recipient)
    path = vault.folder / "keys" / "organisation.age"
    path.write_bytes(age.encrypt_to_recipients(b"x", [person.recipient]))
    shown = vault("recovery", "organisation", "show", "--json")
    assert shown.json == {"organisation": True, "recipients": []}
    assert "not known" in vault("recovery", "organisation", "show").out


def test_a_new_data_key_brings_a_new_code_and_a_backup(vault, peernote, maria, person, other_file, tmp_path):
    vault("recovery", "organisation", "set", person.recipient)
    vault("backup", "create")
    done = vault("recovery", "rekey", "--new-passphrase-file", other_file, "--json")
    assert done.code == 0, done.err
    assert done.json["recovery_code"] != vault.recovery_code
    assert len(done.json["old"]["backups"]) == 1
    assert vault("verify").code == 3
    assert peernote("verify", "--passphrase-file", other_file).code == 0
    listed = peernote("participants", "list", "--passphrase-file", other_file, "--json")
    assert [each["name"] for each in listed.json["participants"]] == ["Maria Santos"]
    used = peernote("recovery", "use", "--identity", "-", "--new-passphrase-file", other_file, stdin=person.secret)
    assert used.code == 0

    shown = peernote("recovery", "old-key", "--passphrase-file", other_file, "--json")
    assert shown.json == done.json["old"]
    assert "--remove" in peernote("recovery", "old-key", "--passphrase-file", other_file).out
    removed = peernote("recovery", "old-key", "--remove", "--passphrase-file", other_file, "--json")
    assert (removed.code, removed.json) == (0, {"backups": [], "set_aside": []})
    assert len(peernote("backup", "list", "--json").json["backups"]) == 1
    assert [path.name for path in tmp_path.glob("vault.peernote*")] == ["vault.peernote"]


def test_a_short_new_passphrase_changes_no_key(vault, tmp_path):
    (tmp_path / "short").write_text("short", encoding="utf-8")
    assert vault("recovery", "rekey", "--new-passphrase-file", tmp_path / "short").code == 7
    assert vault("verify").code == 0


def test_the_sheet_needs_no_passphrase_and_holds_the_code_only_when_it_is_new(vault, peernote, tmp_path):
    text = peernote("recovery", "sheet")
    assert (text.code, vault.recovery_code in text.out) == (0, False)
    assert "____ - ____" in text.out
    assert str(vault.folder) in "".join(text.out.split())
    made = peernote("recovery", "sheet", "-o", tmp_path / "sheet.pdf", "--json")
    assert made.json == {"sheet": str(tmp_path / "sheet.pdf")}
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "sheet.pdf").stat().st_mode & 0o077 == 0
    again = peernote("recovery", "sheet", "-o", tmp_path / "sheet.pdf")
    assert (again.code, "nothing is overwritten" in again.err) == (7, True)
    assert peernote("recovery", "sheet", "-o", vault.folder / "sheet.txt").code == 2
    assert peernote("recovery", "sheet", "-o", tmp_path / "gone" / "sheet.txt").code == 6
    assert peernote("recovery", "sheet", "--json").code == 2

    new = vault("recovery", "new", "--sheet", tmp_path / "new.txt", "--json")
    assert new.code == 0
    assert new.json["recovery_code"].replace("-", " - ") in (tmp_path / "new.txt").read_text(encoding="utf-8")
    assert "delete the file" in new.err


def test_a_sheet_that_the_disk_does_not_take_leaves_nothing(vault, peernote, tmp_path, monkeypatch):
    from peernote_tui.vault import files

    def refuse(path, data):
        path.write_bytes(data[:10])
        raise files.disk_full(path)

    monkeypatch.setattr(files, "create_private", refuse)
    assert peernote("recovery", "sheet", "-o", tmp_path / "sheet.txt").code == 1
    assert not (tmp_path / "sheet.txt").exists()
