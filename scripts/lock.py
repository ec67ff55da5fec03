"""Make requirements.lock and requirements-dev.lock anew from pyproject.toml.

    pip install uv
    python scripts/lock.py              keep every version that still fits
    python scripts/lock.py --upgrade    take the newest of everything

Both locks name exact versions with the hashes of every published file, for Python 3.11 to 3.14 on
Windows, macOS and Linux. requirements.lock is what the program needs to be built and run;
requirements-dev.lock is that and what its tests and checks need. No address of a package index goes in.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUN = ROOT / "requirements.lock"
DEV = ROOT / "requirements-dev.lock"

# What an editable install needs beside the build backend; the backend asks for it only then.
EDITABLE = "editables>=0.5"

HEADERS = {
    RUN: "# Builds and runs PeerNote. Made by scripts/lock.py from pyproject.toml; do not edit.\n",
    DEV: "# Builds, runs, tests and checks PeerNote. Made by scripts/lock.py from pyproject.toml; do not edit.\n",
}
_PACKAGE = re.compile(r"[a-z0-9][a-z0-9-]*==\S+( ; [^\\]+)? \\")
_HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def main() -> int:
    parser = argparse.ArgumentParser(description="Make the two lock files anew from pyproject.toml.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest of everything")
    upgrade = parser.parse_args().upgrade
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    wanted = {RUN: run, DEV: [*run, EDITABLE, *project["dependency-groups"]["dev"]]}
    # The development lock first: the other one is then held to its versions, so that both agree.
    locked = compiled(wanted[DEV], known=_text(DEV), upgrade=upgrade)
    texts = {DEV: locked, RUN: compiled(wanted[RUN], known=locked, upgrade=False)}
    for path, text in texts.items():
        if odd := odd_lines(text):
            print(f"{path.name} is left as it was: line {odd[0]} is neither a version nor a hash.", file=sys.stderr)
            return 1
    for path, text in texts.items():
        path.write_text(HEADERS[path] + text, encoding="utf-8", newline="\n")
        print(f"{path.name}: {text.count('==')} packages, {text.count('--hash=')} hashes")
    return 0


def compiled(requirements: list[str], *, known: str, upgrade: bool) -> str:
    """The lines of a lock, for every supported Python and system at once; `known` versions stay if they fit."""
    with tempfile.TemporaryDirectory() as folder:
        wanted, lock = Path(folder) / "wanted.in", Path(folder) / "made.lock"
        wanted.write_text("\n".join(requirements) + "\n", encoding="utf-8")
        lock.write_text(known, encoding="utf-8")
        command = [
            *("uv", "pip", "compile", str(wanted), "--output-file", str(lock), "--quiet", "--no-config"),
            *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate", "--no-header"),
            *("--no-emit-index-url", "--no-emit-find-links", *(["--upgrade"] if upgrade else [])),
        ]
        # Settings for a mirror or a folder of wheels would leave out files that other systems need.
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("UV_FIND", "UV_INDEX"))}
        subprocess.run(command, check=True, env=plain)
        return lock.read_text(encoding="utf-8")


def odd_lines(text: str) -> list[int]:
    """The numbers of lines that are neither a pinned version nor a hash, such as an address."""
    return [
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.startswith("#") and not (_PACKAGE.fullmatch(line) or _HASH.fullmatch(line))
    ]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
