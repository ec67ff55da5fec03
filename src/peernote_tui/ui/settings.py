"""The few choices of a person about the program itself, kept outside the vault.

The file is plain TOML and holds no content: nothing about participants, notes or passphrases.
A value that cannot be used is named in a sentence and its default is kept.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any

THEME_NAMES = ("lamplight", "daylight", "contrast")
WEEK_STARTS = {"monday": 0, "sunday": 6}
"""On which day a week of a report begins, and its number as `date.weekday()` counts."""
COUNTRIES = ("US", "CA", "UK", "AU")
LOCK_MINUTES = range(1, 61)
REFERRAL_DAYS = range(1, 366)
_MOST_BYTES = 64 * 1024
_UNREADABLE = "The settings file could not be read, so the usual settings are in use."
_BAD = "In the settings file, {key} is not usable ({allowed}), so the usual value is in use."


@dataclass(frozen=True)
class Settings:
    """Choices about the program.

    Attributes:
        theme: Name of the colour theme, one of `THEME_NAMES`.
        lock_minutes: Minutes without a key until the vault locks, 1 to 60.
        day_first: Read 3/4 as 3 April (True) or 4 March (False); None refuses what can be read both ways.
        side_pane: Show the side pane where there is room for it.
        week_starts: On which day a week of a report begins, one of `WEEK_STARTS`.
        country: Whose crisis lines the protocol card shows, one of `COUNTRIES`; None takes the zone's country.
        referral_days: Days until a referral that waits for an answer is due, 1 to 365.
    """

    theme: str = "lamplight"
    lock_minutes: int = 5
    day_first: bool | None = None
    side_pane: bool = True
    week_starts: str = "monday"
    country: str | None = None
    referral_days: int = 7

    @property
    def first_weekday(self) -> int:
        """The day a week of a report begins on, 0 for Monday."""
        return WEEK_STARTS[self.week_starts]


@dataclass(frozen=True)
class LoadedSettings:
    """What a settings file gave: usable settings, and one sentence per value that was not."""

    settings: Settings
    problems: tuple[str, ...] = ()


def config_folder() -> Path:
    """Give the folder for settings and keymap; it need not exist yet."""
    import platformdirs

    return Path(platformdirs.user_config_dir("peernote", appauthor=False))


def load_settings(path: Path) -> LoadedSettings:
    """Read settings; a missing file means defaults and is no problem.

    Args:
        path: The TOML file.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        return LoadedSettings(Settings())
    except OSError:
        return LoadedSettings(Settings(), (_UNREADABLE,))
    from peernote_tui.domain.toml import read_toml

    try:
        return _checked(read_toml(raw, most_bytes=_MOST_BYTES))
    except ValueError:
        return LoadedSettings(Settings(), (_UNREADABLE,))


def _checked(data: dict[str, Any]) -> LoadedSettings:
    values: dict[str, Any] = {}
    problems: list[str] = []

    def take(key: str, *, usable: bool, allowed: str) -> None:
        if key not in data:
            return
        if usable:
            values[key] = data[key]
        else:
            problems.append(_BAD.format(key=key, allowed=allowed))

    take("theme", usable=data.get("theme") in THEME_NAMES, allowed="one of " + ", ".join(THEME_NAMES))
    for key, within in (("lock_minutes", LOCK_MINUTES), ("referral_days", REFERRAL_DAYS)):
        number = data.get(key)
        take(
            key,
            usable=isinstance(number, int) and not isinstance(number, bool) and number in within,
            allowed=f"a whole number from {within[0]} to {within[-1]}",
        )
    take("week_starts", usable=data.get("week_starts") in WEEK_STARTS, allowed="one of " + ", ".join(WEEK_STARTS))
    take("country", usable=data.get("country") in COUNTRIES, allowed="one of " + ", ".join(COUNTRIES))
    for key in ("day_first", "side_pane"):
        take(key, usable=isinstance(data.get(key), bool), allowed="true or false")
    known = {field.name for field in dataclasses.fields(Settings)}
    problems.extend(
        f"The settings file names something unknown in line {place}; it was left aside."
        for place, key in enumerate(data, start=1)
        if key not in known
    )
    return LoadedSettings(Settings(**values), tuple(problems))


def save_settings(path: Path, settings: Settings) -> None:
    """Write settings so that a fault leaves the old file or the new one, never half of one.

    Raises:
        OSError: The folder cannot be written.
    """
    lines = []
    for field in dataclasses.fields(settings):
        value = getattr(settings, field.name)
        if value is None:
            continue
        shown = str(value).lower() if isinstance(value, bool) else value
        lines.append(
            f'{field.name} = "{shown}"'
            if isinstance(shown, str) and not isinstance(value, bool)
            else f"{field.name} = {shown}"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.write_text("\n".join(lines) + "\n", encoding="utf-8")
    fresh.replace(path)
