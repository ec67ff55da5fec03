"""Nothing reaches for a network or writes elsewhere; the full run is `python -m reliability.day_under_strace`."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

if sys.platform == "win32":
    pytest.skip("strace is for Linux", allow_module_level=True)

from pathlib import Path

from reliability.day_under_strace import CALLS, Seen, look
from reliability.sitting import peernote, variables

from peernote_tui.services import unlocking

VAULT = Path("/v/mine.peernote")


@pytest.mark.parametrize(
    ("line", "network", "elsewhere"),
    [
        ("12 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_TCP) = 5<TCP:[1]>", 1, 0),
        ("12 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 5<UNIX:[1]>", 0, 0),
        ("12 connect(5<TCP:[1]>, {sa_family=AF_INET6, sin6_port=htons(80)}, 28) = -1 EINPROGRESS (Now)", 1, 0),
        ('12 sendto(5, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(53)}, 16) = 1', 1, 0),
        ('12 openat(AT_FDCWD</h>, "/tmp/x", O_WRONLY|O_CREAT|O_CLOEXEC, 0600) = 3</tmp/x>', 0, 1),
        ('12 openat(AT_FDCWD</h>, "/etc/passwd", O_RDONLY|O_CLOEXEC) = 3</etc/passwd>', 0, 0),
        ('12 openat(AT_FDCWD</h>, "/tmp/x", O_RDWR|O_CREAT, 0600) = -1 EACCES (Permission denied)', 0, 0),
        ('12 openat(AT_FDCWD</h>, "/v/mine.peernote/vault.db", O_RDWR|O_CLOEXEC) = 3</v/mine.peernote/vault.db>', 0, 0),
        ('12 rename("/v/mine.peernote/a", "/h/b") = 0', 0, 1),
        ('12 unlinkat(4</h>, "note.txt", 0) = 0', 0, 1),
        ('12 openat(AT_FDCWD</h>, "/dev/null", O_WRONLY) = 3</dev/null>', 0, 0),
    ],
)  # fmt: skip
def test_a_call_is_judged(line, network, elsewhere):
    seen = Seen()
    look([line], (VAULT,), seen)
    assert (seen.calls, len(seen.network), len(seen.elsewhere)) == (1, network, elsewhere)


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed here")
def test_a_command_writes_only_into_the_vault(workspace, passphrase, tmp_path):
    unlocking.close(workspace)
    (tmp_path / "P").write_text(passphrase, encoding="utf-8")
    report = tmp_path / "report"
    command = ["strace", "-f", "-qq", "-y", "-e", f"trace={CALLS}", "-o", str(report)]
    done = subprocess.run(
        [*command, *peernote("backup", "create", "--passphrase-file", str(tmp_path / "P"))],
        env=variables(tmp_path / "home", PEERNOTE_VAULT=str(workspace.vault.folder), PYTHONDONTWRITEBYTECODE="1"),
        capture_output=True,
        text=True,
        check=False,
    )
    if "PTRACE" in done.stderr or "ptrace" in done.stderr:
        pytest.skip("this system lets nobody trace")
    assert done.returncode == 0, done.stderr
    seen = Seen()
    look(report.read_text(encoding="utf-8", errors="replace").splitlines(), (workspace.vault.folder,), seen)
    assert (seen.network, seen.elsewhere) == ([], [])
    assert any(path.endswith("vault.db") for path in seen.written)


def test_no_socket_is_made_by_the_commands(workspace, passphrase, tmp_path):
    unlocking.close(workspace)
    (tmp_path / "P").write_text(passphrase, encoding="utf-8")
    code = (
        "import sys\n"
        "def watch(event, args):\n"
        "    if event.startswith('socket.'):\n"
        "        sys.stderr.write(f'SOCKET {event}')\n"
        "sys.addaudithook(watch)\n"
        "from peernote_tui.cli.main import main\n"
        "for verb in (['participants', 'list'], ['notes', 'search', 'x'], ['verify'], ['doctor']):\n"
        "    code = main([*verb, *([] if verb == ['doctor'] else ['--passphrase-file', sys.argv[1]])])\n"
        "    assert code == 0, verb\n"
        "if len(sys.argv) > 2:\n"
        "    import socket; socket.socket()\n"
    )
    for control in ([], ["control"]):
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / "P"), *control],
            env=variables(tmp_path / "home", PEERNOTE_VAULT=str(workspace.vault.folder)),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert ("SOCKET" in done.stderr) is bool(control), done.stderr


APP = """
import asyncio, sys
from pathlib import Path

def watch(event, args):
    # The event loop wakes itself through a pair of local sockets, which lead nowhere.
    if event.startswith("socket.") and not (event == "socket.__new__" and args[1] == 1):
        sys.stderr.write(f"SOCKET {event}")

sys.addaudithook(watch)
from peernote_tui.ui.app import PeerNoteApp
from peernote_tui.ui.flows import open_draft

async def arrive(pilot, name):
    async with asyncio.timeout(20):
        while type(pilot.app.screen).__name__ != name or pilot.app.screen.focused is None:
            await pilot.pause(0.01)

async def main(folder, passphrase, draft, config):
    app = PeerNoteApp(Path(folder), passphrase=passphrase, config=Path(config))
    async with app.run_test() as pilot:
        await arrive(pilot, "TodayScreen")
        await open_draft(app, draft)
        await arrive(pilot, "NoteWizard")
        await pilot.press("f4", "f4", *"words", "f2")
        await pilot.pause(0.1)
        await pilot.press("escape", "escape")
        await arrive(pilot, "TodayScreen")
        await pilot.press("b")
        await arrive(pilot, "BackupsScreen")
        await pilot.press("m")
        async with asyncio.timeout(20):
            while not list(Path(folder).glob("backups/*/manifest.json")):
                await pilot.pause(0.01)
        await pilot.press("escape", "3", "slash", *"words")
        await pilot.press("ctrl+l")
        async with asyncio.timeout(20):
            while app.gateway.is_open:
                await pilot.pause(0.01)
    app.gateway.shutdown()

if len(sys.argv) > 5:
    import socket; socket.socket()
else:
    asyncio.run(main(*sys.argv[1:]))
"""


def test_no_socket_is_made_by_the_app(workspace, write_draft, consented, passphrase, tmp_path):
    draft = write_draft(consented)
    unlocking.close(workspace)
    for control in ([], ["control"]):
        copy = tmp_path / f"copy-{len(control)}"
        shutil.copytree(workspace.vault.folder, copy)
        done = subprocess.run(
            [sys.executable, "-c", APP, str(copy), passphrase, draft.id, str(tmp_path / "config"), *control],
            env=variables(tmp_path / "home"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        assert ("SOCKET" in done.stderr) is bool(control), done.stderr[-2000:]
