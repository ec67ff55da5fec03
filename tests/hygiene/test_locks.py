"""The lock files: whole, pinned by hash, without addresses, and in step with pyproject.toml."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(lock):
    """Name to (version, marker, number of hashes)."""
    found = {}
    for entry in re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8")):
        if match := re.match(r"([\w.-]+)==(\S+)(?: ; (.+?))? \\", entry):
            found[plain(match[1])] = (match[2], match[3] or "", entry.count("--hash=sha256:"))
    return found


def wanted():
    """The names that pyproject.toml asks for: to build and run, and to develop."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    def names(requirements):
        return {plain(re.match(r"[\w.-]+", requirement)[0]) for requirement in requirements}

    run = names([*project["project"]["dependencies"], *project["build-system"]["requires"]])
    return run, run | names(project["dependency-groups"]["dev"])


def test_the_locks_hold_what_pyproject_asks_for():
    run, dev = wanted()
    assert run <= set(locked("requirements.lock"))
    assert dev <= set(locked("requirements-dev.lock"))


def test_the_development_lock_holds_the_other_one():
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_versions_and_hashes_and_nothing_else(lock):
    script = runpy.run_path(str(ROOT / "scripts" / "lock.py"))
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert script["odd_lines"](text) == []
    assert "://" not in text
    assert script["odd_lines"](f"--index-url https://example.invalid/simple\n{text}") == [1]


@pytest.mark.parametrize("lock", LOCKS)
def test_compiled_packages_are_locked_for_every_system(lock):
    # Four Pythons on three systems; one wheel of the stable ABI a system is the least there can be.
    for name, least in {"sqlcipher3": 12, "pynacl": 4, "pydantic-core": 12, "cffi": 12}.items():
        assert locked(lock)[name][2] >= least
    # Windows knows no zones of its own; icalendar brings them to every system.
    assert locked(lock)["tzdata"][1] in ("", "sys_platform == 'win32'")


def test_what_only_windows_needs_is_marked_so():
    assert "win32" in locked("requirements-dev.lock")["colorama"][1]
