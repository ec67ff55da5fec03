"""Our files and those of the `age` program, where it is installed. It asks for a passphrase on a terminal."""

import shutil
import subprocess
import sys

import pytest

from peernote_tui.domain.errors import WrongPassphraseError
from peernote_tui.vault import age

pytestmark = [
    pytest.mark.skipif(shutil.which("age") is None, reason="the age program is not installed"),
    pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal"),
]

PHRASE = "correct horse battery staple"
# A process of its own: forking a terminal is unsafe beside the threads of a test run.
ON_A_TERMINAL = """
import os, pty, sys
phrase, *command = sys.argv[1:]
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
said, answered = b"", 0
while True:
    try:
        more = os.read(terminal, 1024)
    except OSError:
        break
    if not more:
        break
    said += more
    if said.count(b": ") > answered:
        answered += 1
        os.write(terminal, phrase.encode() + b"\\n")
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"""


def on_a_terminal(*command, phrase=PHRASE):
    return subprocess.run(
        [sys.executable, "-c", ON_A_TERMINAL, phrase, *map(str, command)], check=False, timeout=60
    ).returncode


def test_the_program_opens_our_passphrase_file(tmp_path):
    (tmp_path / "sealed.age").write_bytes(age.encrypt_with_passphrase(b"from us" * 20_000, PHRASE, work_factor=10))
    assert on_a_terminal("age", "-d", "-o", tmp_path / "plain", tmp_path / "sealed.age") == 0
    assert (tmp_path / "plain").read_bytes() == b"from us" * 20_000
    assert on_a_terminal("age", "-d", "-o", tmp_path / "no", tmp_path / "sealed.age", phrase="wrong") != 0


def test_we_open_the_passphrase_file_of_the_program(tmp_path):
    (tmp_path / "plain").write_bytes(b"from age")
    assert on_a_terminal("age", "-p", "-o", tmp_path / "sealed.age", tmp_path / "plain") == 0
    sealed = (tmp_path / "sealed.age").read_bytes()
    assert age.decrypt_with_passphrase(sealed, PHRASE) == b"from age"
    with pytest.raises(WrongPassphraseError):
        age.decrypt_with_passphrase(sealed, "wrong")


def test_both_read_each_other_with_a_key(tmp_path):
    person = age.generate_identity()
    (tmp_path / "identity").write_text(person.secret + "\n")
    (tmp_path / "plain").write_bytes(b"to a key")
    subprocess.run(["age", "-r", person.recipient, "-o", tmp_path / "theirs", tmp_path / "plain"], check=True)
    assert age.decrypt_with_identity((tmp_path / "theirs").read_bytes(), person.secret) == b"to a key"
    ours = age.encrypt_to_recipients(b"back again", [person.recipient])
    back = subprocess.run(["age", "-d", "-i", tmp_path / "identity"], input=ours, capture_output=True, check=True)
    assert back.stdout == b"back again"
