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
    mistyped = peernote("recovery", "organisation", "set", person.recipient[:-1] + "x")
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
