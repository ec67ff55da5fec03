"""Proof 9: a whole day's work asks the system for no network and writes nowhere but into the vault and the export.

    python -m reliability.day_under_strace

A day is worked in a pseudo-terminal under strace (unlock, a note through the wizard, signature, lock by a new process
image, unlock, quit), with the commands beside it (set-up, participant, consent, search, actions, export, backup,
verify, doctor). Every system call that opens, makes, renames or removes a file, and every socket, is looked at.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reliability.a_day import Desk, begin, leave, lock_and_unlock, sign, unlock, write_note

_NETWORK = "socket,connect,sendto,sendmsg,sendmmsg,bind,listen,accept,accept4"
_FILES = "open,openat,openat2,creat,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat"
_MORE = "symlink,symlinkat,truncate,mknod,mknodat,chmod,fchmodat,execve"
CALLS = f"{_NETWORK},{_FILES},{_MORE}"
_CALL = re.compile(r"^(?:\[pid +\d+\] |\d+ +)?(\w+)\((.*)\) += (-?\d+|\?)")
_PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')
_RESULT_PATH = re.compile(r"= \d+<([^>]*)>")
_WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND")
_LOOKS = {"open", "openat", "openat2"}
DEVICES = ("/dev/null", "/dev/tty", "/dev/pts/", "/dev/ptmx", "/dev/urandom")


@dataclass
class Seen:
    """What the system was asked.

    Attributes:
        calls: How many of the calls that are looked at.
        sockets: Families of sockets that were made, each with how often.
        network: Calls that reach, or could reach, another computer.
        written: Paths that were written to, and are allowed.
        elsewhere: Paths outside the allowed places that were changed.
    """

    calls: int = 0
    sockets: dict[str, int] = field(default_factory=dict)
    network: list[str] = field(default_factory=list)
    written: set[str] = field(default_factory=set)
    elsewhere: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether the promise holds."""
        return not self.network and not self.elsewhere and bool(self.written)

    def said(self) -> str:
        """One line."""
        made = ", ".join(f"{count} {family}" for family, count in sorted(self.sockets.items())) or "no socket"
        return (
            f"{self.calls} system calls, {len(self.network)} to the network ({made}), {len(self.written)} paths "
            f"written in the vault and the export, {len(self.elsewhere)} elsewhere"
        )


def look(lines: Iterable[str], allowed: tuple[Path, ...], seen: Seen) -> None:
    """Read what strace wrote.

    Args:
        lines: With the paths of file descriptors (`-y`), one call a line.
        allowed: Folders and files that may be written; what lies beside one under its name and a dot counts too,
            as the folders of a restore do.
        seen: Takes what is found.
    """
    for line in lines:
        match = _CALL.match(line)
        if match is None:
            continue
        seen.calls += 1
        name, arguments, result = match[1], match[2], match[3]
        if name in _NETWORK.split(","):
            _network(name, arguments, line, seen)
        elif name != "execve" and not result.startswith("-") and (name not in _LOOKS or _WRITES.search(arguments)):
            for path in _paths(name, arguments, line):
                _changed(path, allowed, f"{name} {path}", seen)


def _network(name: str, arguments: str, line: str, seen: Seen) -> None:
    if name == "socket":
        family = arguments.split(",", maxsplit=1)[0]
        seen.sockets[family] = seen.sockets.get(family, 0) + 1
        if family not in {"AF_UNIX", "AF_LOCAL"}:
            seen.network.append(line.strip())
    elif "AF_INET" in arguments or (name == "connect" and "AF_UNIX" not in arguments):
        seen.network.append(line.strip())


def _paths(name: str, arguments: str, line: str) -> Iterator[str]:
    opened = _RESULT_PATH.search(line) if name in _LOOKS else None
    if opened:
        yield opened[1]
        return
    folders = re.findall(r"(?:AT_FDCWD|\d+)<([^>]*)>", arguments)
    for place, path in enumerate(_PATH.findall(arguments)):
        yield path if path.startswith("/") or not folders else f"{folders[min(place, len(folders) - 1)]}/{path}"


def _changed(path: str, allowed: tuple[Path, ...], what: str, seen: Seen) -> None:
    if path.startswith(DEVICES) or path.startswith(("pipe:", "/dev/shm/none")):
        return
    for place in map(str, allowed):
        if path == place or path.startswith((f"{place}/", f"{place}.")):
            seen.written.add(path)
            return
    seen.elsewhere.append(what)


def watch_a_day(place: Path, *, notes: int = 1, commands: bool = True) -> Seen:
    """Work a day under strace.

    Args:
        place: An empty folder.
        notes: How many notes are written and signed.
        commands: Whether the commands beside it are watched too.
    """
    desk, numbers, reports = Desk.in_folder(place), iter(range(1_000)), place / "reports"
    reports.mkdir()

    def watched() -> tuple[str, ...]:
        report = reports / f"{next(numbers)}.txt"
        return ("strace", "-f", "-qq", "-y", "-s", "4096", "-e", f"trace={CALLS}", "-o", str(report))

    begin(desk, {}, before=watched() if commands else ())
    with desk.sit_down(*watched()) as sitting:
        unlock(sitting)
        for _ in range(notes):
            write_note(sitting, {})
            sign(sitting)
        lock_and_unlock(sitting)
        leave(sitting)
    if commands:
        exported = desk.exports / "notes.json"
        for verb in (
            ("notes", "search", "notice"),
            ("participants", "list", "--find", "maria"),
            ("actions", "list"),
            ("actions", "add", "M-0042", "bring the form @me +3d"),
            ("notes", "export", "-o", str(exported)),
            ("notes", "import", str(exported), "--dry-run"),
            ("backup", "create"),
            ("backup", "create", "--to", str(desk.exports)),
            ("verify",),
        ):
            desk.run(*verb, before=watched())
    seen = Seen()
    for report in sorted(reports.iterdir()):
        with report.open(encoding="utf-8", errors="replace") as lines:
            look(lines, (desk.vault, desk.exports), seen)
    return seen


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m reliability.day_under_strace", description=__doc__.split("\n")[0])
    parser.add_argument("--notes", type=int, default=3, help="how many notes are written and signed")
    args = parser.parse_args()
    if shutil.which("strace") is None:
        print("strace is not installed here, so nothing was shown.")
        return 2
    with tempfile.TemporaryDirectory() as name:
        seen = watch_a_day(Path(name).resolve(), notes=args.notes)
    for line in [*seen.network, *seen.elsewhere]:
        print(f"WRONG  {line}")
    print(seen.said())
    return 0 if seen.good else 1


if __name__ == "__main__":
    sys.exit(main())
