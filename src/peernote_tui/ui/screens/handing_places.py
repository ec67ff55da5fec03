"""Where a file that is handed out may go: the folder of the last time, Documents, Google Drive where it is found."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import platformdirs

from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.file_names import name_fault, proposed_name
from peernote_tui.services.handing_out import AGE_SUFFIX
from peernote_tui.services.synced_folders import drive_folders
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.handing_fields import SUFFIXES

_MOST_TRIED = 99


@dataclass(frozen=True, slots=True)
class Places:
    """Folders for a file.

    Attributes:
        folder: Where the last one went, else Documents, else the home.
        drives: Of Google Drive.
    """

    folder: Path
    drives: tuple[Path, ...]


def places_for(last: str) -> Places:
    """Look for the folders; on a drive that sleeps it takes its time."""
    known = (
        (Path(last), Path(platformdirs.user_documents_dir())) if last else (Path(platformdirs.user_documents_dir()),)
    )
    return Places(next((each for each in known if each.is_dir()), Path.home()), drive_folders())


def proposal(folder: Path, kind: str, day: date, suffix: str) -> str:
    """A path as it is typed, of a name that is free in the folder and says nobody's."""
    tried = (folder / proposed_name(kind, day, suffix, number) for number in range(1, _MOST_TRIED))
    return as_typed(next((path for path in tried if not path.exists()), folder / proposed_name(kind, day, suffix)))


def as_typed(path: Path) -> str:
    """A path with the home as `~`."""
    home = Path.home()
    return str(Path("~") / path.relative_to(home)) if path.is_relative_to(home) else str(path)


def with_suffix(typed: str, before: str, after: str) -> str:
    """What is typed, ending as it is to end now, where it ended as it was to end before."""
    return typed.removesuffix(before) + after if before and typed.endswith(before) else typed


def path_meant(typed: str, folder: Path, suffix: str) -> Path | None:
    """The file that is meant as far as it is typed; None for none yet."""
    for ending in (suffix, ""):
        with suppress(InvalidInputError):
            return understood(typed, folder, ending) if typed.strip() else None
    return None


def understood(typed: str, folder: Path, suffix: str) -> Path:
    """The file that is meant; what names no folder lies in the usual one, and a name without an ending gets it.

    Raises:
        InvalidInputError: This cannot be a file's name, or is that of another format.
    """
    try:
        path = folder / Path(typed.strip()).expanduser()
    except RuntimeError:
        raise InvalidInputError(sentences.HOME_UNKNOWN, field="file") from None
    if typed.strip().endswith(("/", "\\")) or not path.name:
        raise InvalidInputError(sentences.FILE_MISSING, field="file")
    name = path.name
    if not name.casefold().endswith(suffix):
        bare = suffix.removesuffix(AGE_SUFFIX)
        if suffix != bare and name.casefold().endswith(bare):
            suffix = AGE_SUFFIX
        elif name.casefold().endswith(SUFFIXES):
            raise InvalidInputError(sentences.other_suffix(name, suffix), field="file")
        path = path.with_name(name + suffix)
    if fault := name_fault(path.name):
        raise InvalidInputError(sentences.bad_file_name(fault), field="file")
    return path
