"""Texts on screen, colours, prints, and what a lock file may say."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from textual.color import Color, ColorParseError

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "peernote_tui"
SHOUT = re.compile(r"\w[”\"')]?!(?:\s|$)")
NOT_A_COLOUR = {"auto", "transparent", "none"}


def modules():
    return sorted(PACKAGE.rglob("*.py"))


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path):
    return path.relative_to(ROOT).as_posix()


def test_no_sentence_is_shouted():
    shouted = [
        f"{name(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SHOUT.search(node.value)
    ]
    shouted += [name(path) for path in PACKAGE.rglob("*.toml") if SHOUT.search(path.read_text(encoding="utf-8"))]
    assert shouted == []


def test_no_sentence_hides_another_of_the_same_name():
    given = {}
    for path in sorted((PACKAGE / "ui" / "sentences").glob("[!_]*.py")):
        for node in tree(path).body:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", node)]
            for target in targets:
                named = getattr(target, "id", "") or getattr(target, "name", "")
                if named and not named.startswith("_"):
                    given.setdefault(named, []).append(path.name)
    assert {named: files for named, files in given.items() if len(files) > 1} == {}


def test_only_the_command_line_prints():
    printed = [
        f"{name(path)}:{node.lineno}"
        for path in modules()
        if "cli" not in path.relative_to(PACKAGE).parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printed == []


def is_colour(word):
    if word in NOT_A_COLOUR:
        return False
    try:
        Color.parse(word)
    except ColorParseError:
        return False
    return True


def test_stylesheets_name_theme_variables_and_no_colours():
    sheets = list(PACKAGE.rglob("*.tcss"))
    assert sheets
    literal = []
    for sheet in sheets:
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        for rule, value in re.findall(r"([\w-]+)\s*:\s*([^;{}]+);", text):
            words = re.findall(r"(?:rgba?|hsla?)\([^)]*\)|[^\s,]+", value)
            literal += [f"{name(sheet)}: {rule}: {value}" for word in words if is_colour(word)]
    assert literal == []


@pytest.fixture(scope="module")
def tracked():
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("This is no checkout.")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / path for path in listed.stdout.split("\0") if path and (ROOT / path).is_file()]


def test_lock_files_pin_by_hash_and_name_no_place():
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index-url" not in text
        pins = re.findall(r"^[A-Za-z0-9][\w.\[\],-]*==\S+.*(?:\n[ \t]+.*)*", text, flags=re.MULTILINE)
        assert pins
        assert all("--hash=sha256:" in pin for pin in pins)


def test_no_tracked_lock_file_names_an_unencrypted_index(tracked):
    locks = [path for path in tracked if path.suffix == ".lock" or path.name in ("pylock.toml", "Pipfile.lock")]
    assert [name(path) for path in locks if "http://" in path.read_text(encoding="utf-8")] == []


def test_no_vault_key_or_rescue_file_is_tracked_but_the_archive_of_fictional_ones(tracked):
    kinds = {".age", ".db", ".sqlite", ".pem"}
    found = [path for path in tracked if path.suffix in kinds or ".peernote" in path.as_posix()]
    assert [name(path) for path in found if (ROOT / "tests" / "archive") not in path.parents] == []
