"""The printable recovery sheet of a vault, and writing it where a person wants it."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from peernote_tui.documents.recovery_sheet import RecoverySheet, plain_sheet
from peernote_tui.domain.clock import Clock, local_now
from peernote_tui.domain.errors import InvalidInputError, NotFoundError, RefusedError
from peernote_tui.vault import files, keys
from peernote_tui.vault.header import read_header
from peernote_tui.vault.keys import Slot

__all__ = ["RecoverySheet", "SheetFormat", "format_of", "rendered", "sheet_of", "write_sheet"]


class SheetFormat(StrEnum):
    """What a sheet can be; the value is the ending of its file."""

    TEXT = "txt"
    PDF = "pdf"


def sheet_of(folder: Path, *, clock: Clock, code: str = "") -> RecoverySheet:
    """The sheet of a vault, open or not.

    Args:
        folder: The vault.
        clock: Gives the day.
        code: The recovery code, only where it was just made; else the sheet has a box to write it in.

    Raises:
        VaultError: `vault.json` does not read.
    """
    return RecoverySheet(
        vault_id=str(read_header(folder).vault_id),
        place=str(folder.absolute()),
        day=local_now(clock).date(),
        code=code,
        organisation=keys.slot_path(folder, Slot.ORGANISATION).is_file(),
    )


def rendered(sheet: RecoverySheet, form: SheetFormat) -> bytes:
    """The sheet as the bytes of a file."""
    if form is SheetFormat.TEXT:
        return plain_sheet(sheet).encode()
    from peernote_tui.documents.recovery_sheet_pdf import pdf_sheet  # noqa: PLC0415 it brings much with it

    return pdf_sheet(sheet)


def format_of(path: Path) -> SheetFormat:
    """What a file is to be, by its ending: `.pdf`, else text."""
    return SheetFormat.PDF if path.suffix.lower() == f".{SheetFormat.PDF}" else SheetFormat.TEXT


def write_sheet(sheet: RecoverySheet, path: Path, *, form: SheetFormat | None = None) -> Path:
    """Write a sheet, readable for its owner alone, to a place that a person chose, and nowhere else.

    Args:
        sheet: From `sheet_of`.
        path: A new file; `~` is the home.
        form: By the ending when None.

    Returns:
        Where it lies.

    Raises:
        InvalidInputError: The place lies inside the vault, or is no file.
        NotFoundError: The folder is not there.
        RefusedError: There is a file already; nothing is overwritten.
        StorageError: The disk refuses; nothing of the sheet is left.
    """
    try:
        path = path.expanduser().absolute()
        is_inside = path.resolve().is_relative_to(Path(sheet.place).resolve())
    except (RuntimeError, OSError, ValueError):
        raise InvalidInputError("This is no place for a file.", "Type a folder and a name.", field="place") from None
    if is_inside:
        raise InvalidInputError(
            "This place lies inside the vault; what recovers it must lie elsewhere.",
            "Choose another folder, such as a USB stick.",
            field="place",
        )
    if not path.parent.is_dir():
        raise NotFoundError(f"There is no folder {path.parent}.", "Check its name, or that the drive is connected.")
    if path.exists():
        raise RefusedError(f"There is already something at {path}, and nothing is overwritten.", "Use another name.")
    data = rendered(sheet, form or format_of(path))
    try:
        files.create_private(path, data)
    except BaseException:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise
    return path
