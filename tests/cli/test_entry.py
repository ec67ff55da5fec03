"""The entry point: which vault, which passphrase, exit codes, purity of the answers, and what never shows."""

import errno
import json
import os
import subprocess
import sys

import pytest

from peernote_tui.cli import consents, context
from peernote_tui.cli import main as entry
from peernote_tui.cli.exits import Exit, InvalidFileError, exit_code
from peernote_tui.domain import errors
from peernote_tui.domain.consent import ConsentHow, ConsentScope
from peernote_tui.services import unlocking


def python(*argv, **more):
    return subprocess.run([sys.executable, *argv], capture_output=True, text=True, check=False, timeout=120, **more)


def test_version_says_the_version_and_imports_nothing_heavy():
    script = (
        "import sys; from peernote_tui.cli.main import main; code = main(['--version']);"
        "print(sorted({'textual', 'pydantic', 'sqlcipher3', 'nacl', 'rich'} & set(sys.modules)), code)"
    )
    done = python("-c", script)
    assert done.stdout.splitlines() == ["peernote 0.1.0", "[] 0"], done.stderr


def test_the_process_is_hardened_before_anything_else(in_process, monkeypatch, capfd):
    monkeypatch.setattr(entry, "_run", lambda _: pytest.fail("not hardened") if not in_process else 0)
    assert entry.main(["--version"]) == 0


def test_module_run_makes_a_private_vault_and_gives_codes_to_the_shell(tmp_path, phrase_file):
    folder = tmp_path / "v"
    made = python("-m", "peernote_tui", "init", "--name", "Sam", "--vault", folder, "--passphrase-file", phrase_file)
    assert made.returncode == 0, made.stderr
    if sys.platform != "win32":
        assert (folder / "vault.db").stat().st_mode & 0o077 == 0
    wrong = python("-m", "peernote_tui", "verify", "--vault", folder, "--passphrase-file", "-", input="not this one\n")
    assert (wrong.returncode, wrong.stdout) == (3, "")


def test_a_reader_that_leaves_early_is_no_traceback(maria, phrase_file, tmp_path):
    if sys.platform == "win32":
        pytest.skip("pipes close differently there")
    command = f"'{sys.executable}' -m peernote_tui schema note | head -c 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, timeout=60)  # noqa: S602 a pipe
    assert (done.stdout, done.stderr) == ("{", "")


@pytest.mark.parametrize(
    "argv",
    [(), ("init",), ("participants",), ("participants", "add"), ("consents", "give"), ("notes",), ("notes", "new"),
     ("notes", "list"), ("notes", "show"), ("notes", "search"), ("notes", "import"), ("notes", "export"),
     ("notes", "amend"), ("notes", "history"), ("notes", "cosign"),
     ("actions", "list"), ("actions", "add"), ("actions", "done"), ("verify",), ("doctor",), ("schema",),
     ("passphrase", "change"), ("recovery", "new"), ("recovery", "use"), ("demo",)],
)  # fmt: skip
def test_help_stands_everywhere_with_an_example(peernote, argv):
    shown = peernote(*argv, "--help")
    assert shown.code == 0
    assert "Example" in shown.out
    assert "peernote" in shown.out.split("Example", 1)[1]


@pytest.mark.parametrize(
    "argv",
    [("notes",), ("nonsense",), ("notes", "list", "--lim", "3"), ("notes", "list", "--limit", "0"),
     ("actions", "list", "--due", "someday"), ("consents", "give", "M-0042"), ("init", "--surprise"),
     ("--passphrase-file", "P"), ("notes", "new"), ("schema", "note", "more"), ("notes", "list", "--vault", "")],
)  # fmt: skip
def test_usage_is_2_and_leaves_standard_output_empty(peernote, argv):
    done = peernote(*argv)
    assert (done.code, done.out) == (2, "")
    assert done.err


def test_what_stands_in_the_wrong_place_is_not_repeated(peernote):
    for argv in (
        ("verify", "--passphrase", "hunter2 of mine"),
        ("verify", "--passphrase=hunter2 of mine"),
        ("actions", "list", "--due", "hunter2 of mine"),
        ("notes", "list", "--limit", "hunter2 of mine"),
        ("hunter2 of mine",),
        ("schema", "note", "hunter2 of mine"),
    ):
        done = peernote(*argv)
        assert done.code == 2
        assert "hunter2" not in done.out + done.err


def test_the_vault_may_be_named_before_and_after_every_word(peernote, phrase_file, tmp_path):
    where = ("--vault", tmp_path / "here")
    peernote("init", "--name", "Sam", *where, "--passphrase-file", phrase_file)
    asked = ("--passphrase-file", phrase_file, "--json")
    for argv in (
        (*where, *asked, "participants", "list"),
        ("participants", *where, *asked, "list"),
        ("participants", "list", *where, *asked),
        ("--vault", "elsewhere", *asked, "participants", "list", *where),
    ):
        assert peernote(*argv).json["total"] == 0


def test_without_a_name_for_it_the_usual_vault_is_meant(peernote, phrase_file, walls):
    made = peernote("init", "--name", "Sam", "--passphrase-file", phrase_file, "--json")
    assert made.json["vault"].startswith(str(walls))
    assert peernote("verify", "--passphrase-file", phrase_file).code == 0


@pytest.mark.parametrize("text", ["violin glacier walnut pepper", "violin glacier walnut pepper\r\n"])
def test_one_newline_is_no_part_of_the_passphrase(vault, peernote, text):
    assert peernote("verify", "--passphrase-file", "-", stdin=text).code == 0


def test_a_second_newline_is(vault, peernote):
    assert peernote("verify", "--passphrase-file", "-", stdin="violin glacier walnut pepper\n\n").code == 3


@pytest.mark.parametrize(("data", "reason"), [(b"x" * 65_537, "larger than 64 KiB"), (b"\xff\xfe\x00v", "not UTF-8")])
def test_what_is_no_passphrase_file_is_said(vault, peernote, data, reason):
    done = peernote("verify", "--passphrase-file", "-", stdin=data)
    assert (done.code, done.out) == (2, "")
    assert reason in done.err


def test_a_missing_passphrase_file_is_said(vault, peernote):
    done = peernote("verify", "--passphrase-file", "nowhere")
    assert done.code == 2
    assert "cannot be read: No such file" in done.err


def test_without_a_terminal_nobody_waits_for_a_passphrase(vault, peernote):
    done = peernote("verify", "--json")
    assert (done.code, done.out) == (2, "")
    assert done.err == "There is no terminal to ask on.\nUse --passphrase-file FILE, or - for standard input.\n"


def test_on_a_terminal_the_passphrase_is_asked(vault, peernote, monkeypatch):
    import getpass

    monkeypatch.setattr(context, "is_terminal", lambda _: True)
    monkeypatch.setattr(getpass, "getpass", lambda *_, **__: "violin glacier walnut pepper")
    assert peernote("participants", "list", "--json").json["total"] == 0

    def echoing(*_, **__):
        import warnings

        warnings.warn("no echo control", getpass.GetPassWarning, stacklevel=2)
        return "never used"

    monkeypatch.setattr(getpass, "getpass", echoing)
    shown = peernote("verify")
    assert (shown.code, "would show" in shown.err) == (2, True)


def test_3_wrong_passphrase(vault, peernote):
    done = peernote("notes", "list", "--passphrase-file", "-", "--json", stdin="something else altogether")
    assert (done.code, done.out) == (3, "")
    assert "altogether" not in done.err


@pytest.mark.parametrize("kind", ["absent", "file", "empty", "foreign", "half", "database", "key", "header"])
def test_4_no_usable_vault(vault, peernote, phrase_file, tmp_path, kind):
    folder = vault.folder
    if kind == "absent":
        folder = tmp_path / "absent"
    elif kind == "file":
        folder = phrase_file
    elif kind == "empty":
        folder = tmp_path / "empty"
        folder.mkdir()
    elif kind == "foreign":
        folder = tmp_path / "foreign"
        folder.mkdir()
        (folder / "holiday.txt").write_text("sun")
    elif kind == "half":
        (folder / "vault.json").unlink()
    elif kind == "database":
        data = bytearray((folder / "vault.db").read_bytes())
        data[100:200] = bytes(100)
        (folder / "vault.db").write_bytes(data)
    elif kind == "key":
        next((folder / "keys").glob("passphrase*")).write_bytes(b"age-encryption.org/v1\nnonsense")
    else:
        (folder / "vault.json").write_text("{", encoding="utf-8")
    done = peernote("verify", "--vault", folder, "--passphrase-file", phrase_file, "--json")
    assert (done.code, done.out) == (4, "")
    assert done.err.strip()


def test_4_verify_finds_a_changed_note(maria, note_file):
    maria("notes", "import", note_file(), "--sign")
    from peernote_tui.services.system_clock import SystemClock

    opened = unlocking.open_vault(maria.folder, "violin glacier walnut pepper", clock=SystemClock())
    with opened.vault:
        (made,) = opened.vault.connection.execute("SELECT sql FROM sqlite_master WHERE name = 'notes_stay'").fetchone()
        opened.vault.connection.execute("DROP TRIGGER notes_stay")
        opened.vault.connection.execute("UPDATE notes SET document = replace(document, 'second', 'first')")
        opened.vault.connection.execute(made)
    found = maria("verify", "--json")
    assert (found.code, found.json["ok"], len(found.json["problems"])) == (4, False, 1)


def test_5_vault_in_use(vault, peernote, phrase_file):
    from peernote_tui.vault.lock import VaultLock

    with VaultLock.acquire(vault.folder):
        assert vault("notes", "list").code == 5
        assert peernote("doctor", "--json").json["vault"]["in_use"] is True
    assert vault("notes", "list").code == 0


def test_6_not_found(maria):
    for argv in (
        ("participants", "show", "Nobody"),
        ("consents", "list", "Nobody"),
        ("notes", "show", "0000"),
        ("notes", "export", "0000"),
        ("actions", "done", "ffff"),
        ("actions", "add", "Nobody", "call"),
    ):
        done = maria(*argv)
        assert (done.code, done.out) == (6, ""), argv


def test_7_refused_by_a_rule(maria, note_file):
    assert maria("participants", "add", "--name", "Other", "--id", "m-0042").code == 7
    assert maria("consents", "withdraw", "M-0042", "--scope", "sharing").code == 7
    maria("consents", "withdraw", "M-0042")
    assert maria("notes", "import", note_file()).code == 7


def test_1_a_vault_of_a_newer_program_is_read_and_not_written(maria):
    from peernote_tui.services.system_clock import SystemClock

    opened = unlocking.open_vault(maria.folder, "violin glacier walnut pepper", clock=SystemClock())
    with opened.vault:
        opened.vault.connection.execute("PRAGMA user_version = 999")
    found = maria("participants", "list", "--json")
    assert (found.code, found.json["total"]) == (0, 1)
    assert "reading only" in found.err
    refused = maria("participants", "add", "--name", "New")
    assert (refused.code, refused.out) == (1, "")


def test_1_a_folder_that_may_not_be_written(vault, monkeypatch):
    usual = os.open

    def refuse(path, flags, *rest, **more):
        if str(path).endswith("vault.lock") and flags & os.O_RDWR:
            raise OSError(errno.EROFS, "read-only file system")
        return usual(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    found = vault("participants", "list", "--json")
    assert (found.code, found.json["total"]) == (0, 0)
    assert "cannot be written" in found.err
    refused = vault("participants", "add", "--name", "New", "--json")
    assert (refused.code, refused.out) == (1, "")
    assert "write-protected" in refused.err


def test_1_a_full_disk_gives_up_the_reserve_and_asks_for_once_more(vault, monkeypatch):
    opened = unlocking._opened

    def opened_on_a_full_disk(*given):
        workspace = opened(*given)
        pages = workspace.vault.connection.execute("PRAGMA page_count").fetchone()[0]
        workspace.vault.connection.execute(f"PRAGMA max_page_count = {pages}")
        return workspace

    def add(number):
        return vault("participants", "add", "--name", f"Person {number}", "--about", "long " * 390, "--json")

    with monkeypatch.context() as patch:
        patch.setattr(unlocking, "_opened", opened_on_a_full_disk)
        refused = next(done for number in range(20) if (done := add(number)).code)
    assert (refused.code, refused.out) == (1, "")
    assert "do the same once more" in refused.err
    assert not (vault.folder / "reserve").exists()
    assert add(99).code == 0
    assert (vault.folder / "reserve").stat().st_size == 2**20


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.PeerNoteError("x"), 1),
        (errors.StorageError("x"), 1),
        (errors.DiskFullError("x"), 1),
        (errors.InvalidInputError("x"), 2),
        (errors.InvalidInputError("x", field="passphrase"), 7),
        (errors.InvalidInputError("x", field="recovery_code"), 3),
        (errors.WrongPassphraseError("x"), 3),
        (errors.NotAVaultError("x"), 4),
        (errors.KeyFileDamagedError("x"), 4),
        (errors.ForeignKeyFileError("x"), 4),
        (errors.VaultDamagedError("x"), 4),
        (errors.VaultTooNewError("x"), 1),
        (errors.VaultInUseError("x"), 5),
        (errors.NotFoundError("x"), 6),
        (errors.ConsentMissingError("x"), 7),
        (errors.NoteSignedError("x"), 7),
        (errors.NoteIncompleteError("x"), 7),
        (InvalidFileError("x"), 8),
    ],
)
def test_every_refusal_has_its_code(error, code):
    assert exit_code(error) == Exit(code)


def test_the_unexpected_is_one_line_with_an_id_and_no_content(vault, monkeypatch):
    def fail(*_, **__):
        raise KeyError("Maria Santos was here")

    monkeypatch.setattr("peernote_tui.services.finding.find_participants", fail)
    for more in ((), ("--json",)):
        done = vault("participants", "list", *more)
        assert (done.code, done.out) == (1, "")
        assert len(done.err.splitlines()) == 1
        assert "KeyError-" in done.err
        assert "Maria" not in done.err
    assert vault("verify").code == 0


def test_ctrl_c_is_calm_and_lets_go_of_the_vault(vault, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("peernote_tui.services.finding.find_participants", interrupt)
    done = vault("participants", "list")
    assert (done.code, done.out, done.err) == (130, "", "Stopped. What was saved before stays saved.\n")
    assert vault("verify").code == 0


def test_the_app_opens_without_a_verb(peernote, monkeypatch, tmp_path):
    opened = []
    monkeypatch.setattr("peernote_tui.ui.app.run_app", lambda folder: opened.append(folder) or 0)
    monkeypatch.setattr("peernote_tui.cli.place.require_terminal", lambda: None)
    assert peernote("--vault", tmp_path / "mine").code == 0
    assert opened == [tmp_path / "mine"]


@pytest.mark.parametrize("command", [(), ("--vault", "mine"), ("--vault=mine",)])
def test_without_a_terminal_the_app_says_so_and_does_not_wait(peernote, command):
    done = peernote(*command)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("PeerNote opens in a terminal, and here is none.")


def test_the_words_of_the_parser_are_those_of_the_rules():
    assert tuple(scope.value for scope in ConsentScope) == consents.SCOPES
    assert tuple(how.value for how in ConsentHow) == consents.HOWS


def test_doctor_needs_no_passphrase_and_shows_no_content(maria, peernote):
    found = peernote("doctor", "--json")
    assert found.code == 0
    assert (found.json["vault"]["state"], found.json["vault"]["in_use"]) == ("complete", False)
    shown = peernote("doctor")
    assert "complete" in shown.out
    assert "Maria" not in found.out + shown.out
    assert peernote("doctor", "--vault", "nowhere", "--json").json["vault"]["state"] == "absent"


def test_schema_is_json_schema_and_its_example_can_be_imported(maria, peernote, tmp_path):
    schema = peernote("schema", "note").json
    assert schema["$schema"].startswith("https://json-schema.org/")
    (tmp_path / "example.json").write_text(json.dumps(schema["examples"][0]), encoding="utf-8")
    assert maria("notes", "import", "example.json").code == 0


def test_clean_leaves_nothing_a_terminal_obeys():
    assert context.clean("a\x1b[31mb\x07\u202ec\u2066d\x9be\ud800\r\nf\tg") == "a[31mbcde f g"
    assert context.clean("Tomás 山田 👨‍👩‍👧 مرحبا") == "Tomás 山田 👨‍👩‍👧 مرحبا"


def test_tables_are_aligned_by_cells_and_drop_empty_columns():
    assert context.table([("山", "", "x"), ("ab", "", "y"), ("é\u0301", "", "z")]) == ["山  x", "ab  y", "é\u0301   z"]


def test_json_is_safe_on_a_terminal_and_says_the_same():
    value = {"name": "a\u202eb\x9bc\u2028d\x7f", "plain": "Tomás"}
    text = context.safe_json(json.dumps(value, ensure_ascii=False))
    assert json.loads(text) == value
    assert "\u202e" not in text
    assert "Tomás" in text
