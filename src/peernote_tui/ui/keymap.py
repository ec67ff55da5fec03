"""A person's own keys: a TOML file that maps command ids to keys.

    [keys]
    "house.lock" = "f8"
    "actions.done" = ["d", "space"]

What cannot be used is named in a sentence, and the usual key stays. The names of keys are
Textual's ("ctrl+n", "f5", "question_mark" or "?").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peernote_tui.domain.toml import read_toml

HOUSE = "house."
"""Prefix of the ids of commands that work everywhere, also while typing."""

_MOST_BYTES = 64 * 1024

FORBIDDEN = {
    "ctrl+i": "a terminal sends it as Tab",
    "ctrl+m": "a terminal sends it as Enter",
    "ctrl+h": "a terminal sends it as Backspace",
    "ctrl+j": "a terminal sends it as Enter",
    "f10": "terminals keep it for their menu",
    "f11": "terminals keep it for full screen",
}

_MODIFIERS = ("ctrl", "shift", "alt", "super", "meta", "hyper")
_NAME = re.compile(r"[a-z][a-z0-9_]*|\S")
_MOVES = frozenset({"enter", "escape", "tab", "space", "backspace", "delete", "up", "down", "left", "right"})


@dataclass(frozen=True)
class Keymap:
    """Keys to hand to `App.set_keymap`, and one sentence per line that was left aside.

    Attributes:
        bindings: Command id to keys, several keys joined by commas.
        problems: Sentences for people.
    """

    bindings: dict[str, str]
    problems: tuple[str, ...] = ()


def load_keymap(path: Path, known: Mapping[str, str] | None = None) -> Keymap:
    """Read a keymap file; a missing file means the usual keys and is no problem.

    Args:
        path: The TOML file.
        known: Command id to its usual keys (joined by commas). With None, ids are not checked.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        return Keymap({})
    except OSError:
        return Keymap({}, ("The keymap file could not be read, so the usual keys are in use.",))
    try:
        data = read_toml(raw, most_bytes=_MOST_BYTES)
    except ValueError:
        return Keymap({}, ("The keymap file is not valid TOML, so the usual keys are in use.",))
    keys = data.get("keys", {})
    if not isinstance(keys, dict):
        return Keymap({}, ("The keymap file needs a section [keys]; the usual keys are in use.",))
    return _checked(keys, known)


def _checked(entries: Mapping[str, Any], known: Mapping[str, str] | None) -> Keymap:
    bindings: dict[str, str] = {}
    problems: list[str] = []
    taken = _usual_house_keys(known or {}, moved=set(entries))
    for command, value in entries.items():
        if known is not None and command not in known:
            problems.append(f'The keymap names a command "{command[:40]}" that does not exist.')
            continue
        wanted = value if isinstance(value, list) else [value]
        good: list[str] = []
        for key in wanted:
            name, problem = _key(command, key)
            if not problem and name in taken and taken[name] != command:
                problem = f'In the keymap, "{name}" is bound twice: for {taken[name]} and for {command}.'
            if problem:
                problems.append(problem + " The usual key stays.")
            elif name not in good:
                good.append(name)
        if good and len(good) == len(set(map(str, wanted))):
            taken.update(dict.fromkeys(good, command))
            bindings[command] = ",".join(good)
        elif not wanted:
            problems.append(f"In the keymap, {command} has no key. The usual key stays.")
    return Keymap(bindings, tuple(problems))


def _usual_house_keys(known: Mapping[str, str], moved: set[str]) -> dict[str, str]:
    """Give the keys that work everywhere and were not moved by the file, with their command."""
    return {
        key.strip(): command
        for command, keys in known.items()
        if command.startswith(HOUSE) and command not in moved
        for key in keys.split(",")
    }


def _key(command: str, key: object) -> tuple[str, str]:
    """Normalise one key name; the second string says what is wrong with it, or is empty."""
    if not isinstance(key, str) or not key.strip():
        return "", f"In the keymap, the key for {command} is not a piece of text."
    *modifiers, last = key.strip().split("+") if len(key.strip()) > 1 else [key.strip()]
    modifiers = sorted({modifier.strip().lower() for modifier in modifiers}, key=_order)
    last = last.strip() if len(last.strip()) == 1 and not modifiers else last.strip().lower()
    name = "+".join([*modifiers, last])
    if any(modifier not in _MODIFIERS for modifier in modifiers) or not _NAME.fullmatch(last):
        return name, f"In the keymap, the key for {command} is not a key name."
    if name in FORBIDDEN:
        return name, f'In the keymap, "{name}" cannot be used for {command}: {FORBIDDEN[name]}.'
    if command.startswith(HOUSE) and not modifiers and (len(last) == 1 or last in _MOVES):
        return name, f'In the keymap, "{name}" cannot be used for {command}: it is needed while typing.'
    return name, ""


def _order(modifier: str) -> int:
    return _MODIFIERS.index(modifier) if modifier in _MODIFIERS else len(_MODIFIERS)
