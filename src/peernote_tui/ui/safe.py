"""The only way from user text to something shown.

Textual reads square brackets in plain strings as markup, terminals obey control characters, and
right-to-left overrides can make a line read as another. Whatever a person typed or imported passes
through here before it reaches a widget.

Widths are terminal cells, counted as Rich counts them: two for CJK and most emoji, none for
combining marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, split_graphemes
from textual.content import Content

ELLIPSIS = "…"
_SCAN_PER_CELL = 16
"""Characters looked at per cell when shortening: enough for letters with many marks, and a bound."""

_BREAKS = re.compile(r"\r\n?|[\n\u0085\u2028\u2029\v\f]")
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings, overrides and isolates (Unicode UAX 9)
    "\ufff9-\ufffb\ud800-\udfff]"
)


def clean(value: str, *, keep_lines: bool = False) -> str:
    """Drop what a terminal would obey or what would reorder a line.

    Args:
        value: Text as typed, pasted or stored.
        keep_lines: Keep line breaks as newlines; otherwise each becomes a space.

    Returns:
        The text without control characters, bidirectional overrides and lone surrogates; tabs are
        spaces. Joiners inside emoji and direction marks of right-to-left scripts stay.
    """
    text = _BREAKS.sub("\n", value)
    text = _DROPPED.sub("", text).replace("\t", " ")
    return text if keep_lines else text.replace("\n", " ")


def width(value: str) -> int:
    """Count the terminal cells a clean text takes."""
    return cell_len(value)


def shorten(value: str, cells: int) -> str:
    """Clean a text and cut it to at most `cells` cells, ending in "…" when something was cut."""
    if cells <= 0:
        return ""
    bound = (cells + 1) * _SCAN_PER_CELL
    text = clean(value[:bound])
    cut = len(value) > bound
    if not cut and cell_len(text) <= cells:
        return text
    kept: list[str] = []
    used = 0
    spans, _total = split_graphemes(text)
    for start, end, size in spans:
        if used + size > cells - 1:
            break
        kept.append(text[start:end])
        used += size
    return "".join(kept).rstrip() + ELLIPSIS


def fit(value: str, cells: int, *, align: str = "left") -> str:
    """Shorten a text and fill it with spaces to exactly `cells` cells.

    Args:
        value: Text of any origin.
        cells: Cells to fill.
        align: "left" or "right".
    """
    short = shorten(value, cells)
    gap = " " * max(0, cells - cell_len(short))
    return gap + short if align == "right" else short + gap


def content(value: str, style: str = "", *, keep_lines: bool = False) -> Content:
    """Make Textual content of user text in one style; nothing in it is read as markup."""
    return Content.styled(clean(value, keep_lines=keep_lines), style)


def assemble(*parts: str | tuple[str, str] | Content) -> Content:
    """Join user text, (text, style) pairs and ready content into one piece; line breaks stay."""
    made: list[Content] = []
    for part in parts:
        if isinstance(part, Content):
            made.append(part)
        elif isinstance(part, tuple):
            made.append(content(part[0], part[1], keep_lines=True))
        else:
            made.append(content(part, keep_lines=True))
    return Content.assemble(*made)


@dataclass(frozen=True)
class Column:
    """One column of a row.

    Attributes:
        cells: Width in cells; for a flexible column, the least it may have.
        flex: Share of the room left over; 0 keeps the width fixed.
        align: "left" or "right".
        gone_below: The column is left out when the whole row is narrower than this many cells.
    """

    cells: int
    flex: int = 0
    align: str = "left"
    gone_below: int = 0


@dataclass(frozen=True)
class Cell:
    """Text of one column in one style (a Textual style string such as "bold" or "$muted")."""

    text: str
    style: str = ""


def column_widths(columns: Sequence[Column], total: int, *, gap: int = 2) -> list[int]:
    """Share `total` cells among columns; a column that has no room gets 0.

    Returns:
        One width per column. Widths and the gaps between shown columns never exceed `total`.
    """
    shown = [bool(column.cells or column.flex) and total >= column.gone_below for column in columns]
    widths = [column.cells if show else 0 for column, show in zip(columns, shown, strict=True)]

    def spare() -> int:
        count = sum(1 for cells in widths if cells)
        return total - sum(widths) - gap * max(0, count - 1)

    shares = sum(c.flex for c, show in zip(columns, shown, strict=True) if show)
    room = spare()
    if shares and room > 0:
        given = 0
        flexible = [i for i, column in enumerate(columns) if shown[i] and column.flex]
        for index in flexible:
            extra = room * columns[index].flex // shares
            widths[index] += extra
            given += extra
        widths[flexible[0]] += room - given
    while (lack := -spare()) > 0:
        widest = max(range(len(widths)), key=widths.__getitem__)
        narrowest = min((cells for cells in widths if cells), default=0)
        if widths[widest] - lack >= max(4, narrowest):
            widths[widest] -= lack
        elif widths[widest] > 4:
            widths[widest] -= 1
        else:
            last = max((i for i, cells in enumerate(widths) if cells), default=None)
            if last is None:
                break
            widths[last] = 0 if sum(1 for cells in widths if cells) > 1 else max(0, total)
    return widths


def row(cells: Iterable[Cell | Content | str], columns: Sequence[Column], total: int, *, gap: int = 2) -> Content:
    """Lay texts into columns of fixed cell widths, so that lines stand under each other.

    Args:
        cells: One text per column, or ready content; missing ones are left blank.
        columns: The columns, see `column_widths`.
        total: Cells of the whole row.
        gap: Cells between columns.

    Returns:
        One line, never wider than `total` cells.
    """
    parts: list[tuple[str, str] | Content] = []
    given = [Cell(cell) if isinstance(cell, str) else cell for cell in cells]
    for index, cells_wide in enumerate(column_widths(columns, total, gap=gap)):
        if not cells_wide:
            continue
        cell: Cell | Content = given[index] if index < len(given) else Cell("")
        if parts:
            parts.append((" " * gap, ""))
        if isinstance(cell, Content):
            parts.append(cell.truncate(cells_wide, ellipsis=True, pad=True))
        else:
            parts.append((fit(cell.text, cells_wide, align=columns[index].align), cell.style))
    return Content.assemble(*parts)
