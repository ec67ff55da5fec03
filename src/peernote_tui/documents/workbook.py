"""Opening a workbook (.xlsx) that somebody hands over: what is sound, what is none, what is a trap; and its cells."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from typing import Any

from peernote_tui.documents.people.table import MadeDay, Odd
from peernote_tui.domain.errors import InvalidInputError

_MOST_TIMES_SMALLER = 200
"""How many times smaller a part of a workbook may be packed; sheets of text reach about a hundred."""
_SMALL = 1024 * 1024
_MOST_PARTS = 2_000
_CHUNK = 256 * 1024
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_ZEROS = re.compile(r"[0\-/ ().]*0[0\-/ ().]*")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_MIDNIGHT = time(0)
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class WorkbookError(InvalidInputError):
    """A file is no workbook that can be opened."""

    def __init__(self, sentence: str, way_out: str = "") -> None:
        super().__init__(sentence, way_out, field="file")


def is_workbook(data: bytes) -> bool:
    """Whether a file is a zip archive, as workbooks are."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_old_workbook(data: bytes) -> bool:
    """Whether a file is of the container of [MS-CFB]: a workbook of before 2007, or one under a lock of its own."""
    return data.startswith(_OLD)


def require_no_old_workbook(data: bytes, *, or_as: str = "") -> None:
    """Refuse what Excel wrote before 2007, and workbooks under a lock of their own, with the way out.

    Args:
        data: The file.
        or_as: In what other form it could be saved, such as " or CSV".

    Raises:
        WorkbookError: The file is one of them.
    """
    if not is_old_workbook(data):
        return
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise _encrypted()
    raise WorkbookError(
        "This is a workbook in the old form (.xls) or another old Office file.",
        f"Open it in a spreadsheet program and save it as .xlsx{or_as}.",
    )


def open_archive(data: bytes, *, largest_unpacked: int, or_as: str = "") -> zipfile.ZipFile:
    """The parts of a workbook, after a look at what they say they become; more than they say never comes out.

    Args:
        data: The file.
        largest_unpacked: Bytes of all parts together; more is a trap or some other workbook.
        or_as: In what other form it could be saved, such as " or CSV".

    Raises:
        WorkbookError: It is no workbook, is encrypted, damaged or a trap.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise damaged(or_as=or_as) from None
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names:
        if "mimetype" in names or "content.xml" in names:
            raise WorkbookError(
                "This is an OpenDocument file.", f"Open it in a spreadsheet program and save it as .xlsx{or_as}."
            )
        raise WorkbookError("This is a zip archive and no workbook.", "Unpack it, and import the file that is in it.")
    if any(part.flag_bits & 0x1 for part in parts):
        raise _encrypted()
    too_much = sum(part.file_size for part in parts) > largest_unpacked or len(parts) > _MOST_PARTS
    trap = any(
        part.file_size > _SMALL and part.file_size > _MOST_TIMES_SMALLER * max(part.compress_size, 1) for part in parts
    )
    if too_much or trap:
        raise WorkbookError(
            "This workbook would unpack to far more than it should hold. It was not opened.",
            f"If it is sound, copy what is needed into a new workbook and save it as .xlsx{or_as}.",
        )
    return archive


def damaged(*, or_as: str = "") -> WorkbookError:
    """What to say of a workbook that openpyxl, zipfile or expat stumble over."""
    return WorkbookError(
        "This workbook is damaged or is none.",
        f"Open it in a spreadsheet program and save it anew as .xlsx{or_as}.",
    )


def _encrypted() -> WorkbookError:
    return WorkbookError(
        "This workbook is encrypted.", "Open it in the program that made it, and save a copy that is not."
    )


def has_formulas(archive: zipfile.ZipFile, path: str) -> bool:
    """Whether a sheet holds formulas; without any, its cells need to be read only once."""
    before = b""
    with archive.open(path) as part:
        while chunk := part.read(_CHUNK):
            if _FORMULA.search(before + chunk):
                return True
            before = chunk[-40:]
    return False


def cell_text(cell: Any) -> str:
    """What a cell holds, as text; an `Odd` says why there is none."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        if cell.data_type == "e":
            return Odd("the spreadsheet says that this cell is in error")
        return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), value).strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return MadeDay(value.date().isoformat()) if value.time() == _MIDNIGHT else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return MadeDay(value.isoformat())
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or ""))
    return str(value)


def _number(value: float, number_format: str) -> str:
    """A number with all its digits, and with the zeros and strokes that its format shows."""
    if isinstance(value, float):
        if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124 that is what NaN is
            return Odd("the spreadsheet says that this cell is in error")
        if abs(value) >= 1e15:
            return Odd("a number of more than 15 digits, of which a spreadsheet keeps only the first; write it as text")
        if not value.is_integer():
            return repr(value)
    digits = str(int(value))
    zeros = number_format.count("0")
    shape = number_format.replace("\\", "").replace('"', "")
    if zeros > 1 and digits.isdigit() and len(digits) <= zeros and _ZEROS.fullmatch(shape) and "." not in shape:
        left = iter(digits.zfill(zeros))
        return "".join(next(left) if sign == "0" else sign for sign in shape)
    return digits
