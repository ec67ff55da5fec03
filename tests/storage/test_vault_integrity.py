"""The checks find what was done to the file behind our back."""

import pytest

from peernote_tui.vault import integrity, vault

PHRASE = "violin glacier walnut pepper"
CANARY = "Canary Marisol"


def prepare(connection):
    connection.execute("CREATE TABLE person (id INTEGER PRIMARY KEY)")
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, person REFERENCES person, text TEXT)")
    connection.execute("CREATE INDEX note_text ON note (text)")
    connection.execute("INSERT INTO person VALUES (1)")
    connection.execute("BEGIN IMMEDIATE")
    for number in range(300):
        connection.execute("INSERT INTO note (person, text) VALUES (1, ?)", (f"{CANARY} {number} " * 20,))
    connection.execute("COMMIT")


@pytest.fixture
def folder(tmp_path):
    vault.create(tmp_path / "v", PHRASE, prepare=prepare, work_factor=2).vault.close()
    return tmp_path / "v"


def checked(folder):
    with vault.open_vault(folder, PHRASE, newest_schema=0, sleep=lambda _: None) as opened:
        return integrity.check(opened)


def test_a_sound_vault_has_no_problems(folder):
    assert checked(folder) == integrity.IntegrityReport(ok=True, problems=())


def test_one_changed_bit_in_any_late_page_is_found_and_the_page_named(folder):
    path = folder / "vault.db"
    good = path.read_bytes()
    pages = len(good) // 4096
    for page in (pages // 2, pages):
        data = bytearray(good)
        data[(page - 1) * 4096 + 200] ^= 1
        path.write_bytes(data)
        report = checked(folder)
        assert not report.ok
        assert any(f"page {page}" in problem for problem in report.problems)
        assert CANARY not in " ".join(report.problems)


def test_an_older_copy_of_a_page_is_found(folder):
    path = folder / "vault.db"
    old = path.read_bytes()
    with vault.open_vault(folder, PHRASE, newest_schema=0) as opened:
        opened.connection.execute("UPDATE note SET text = 'Z' || substr(text, 2) WHERE id = 150")
    new = path.read_bytes()
    assert len(old) == len(new)
    changed = [at for at in range(4096, len(new), 4096) if old[at : at + 4096] != new[at : at + 4096]]
    assert len(changed) >= 2
    for at in changed:
        path.write_bytes(new[:at] + old[at : at + 4096] + new[at + 4096 :])
        report = checked(folder)
        assert not report.ok
        assert CANARY not in " ".join(report.problems)


def test_a_row_whose_owner_is_gone_is_found(folder):
    with vault.open_vault(folder, PHRASE, newest_schema=0) as opened:
        opened.connection.execute("PRAGMA foreign_keys = OFF")
        opened.connection.execute("UPDATE note SET person = 9 WHERE id = 7")
    assert checked(folder).problems == ("Row 7 of note points to a row of person that is not there.",)
