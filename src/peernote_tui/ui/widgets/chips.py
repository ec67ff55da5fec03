"""Small labelled slabs in a row that wraps: the look shared by choices and tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from peernote_tui.ui import safe

LONGEST_CHIP = 28


@dataclass(frozen=True)
class Chip:
    """One slab.

    Attributes:
        label: Text, of any origin.
        key: The key that toggles it, shown before the label; empty for none.
        chosen: Part of the answer: an amber slab. A sign stands beside the colour, see `chip_lines`.
        marked: Where Enter would land: underlined.
    """

    label: str
    key: str = ""
    chosen: bool = False
    marked: bool = False


def chip_content(chip: Chip, *, live: bool, longest: int = LONGEST_CHIP) -> Content:
    """Draw one chip; `live` shows its key in amber, because only then the key works."""
    label = safe.shorten(chip.label, longest)
    if chip.chosen:
        # Where there are no colours, and for whoever hears the screen, the sign alone tells.
        sign = f"✓{chip.key}" if chip.key else " ✓"
        return Content.assemble((f"{sign} {label} ", "bold $on-primary on $primary"))
    parts: list[tuple[str, str]] = [(" ", "on $chip")]
    if chip.key:
        parts.append((f"{chip.key} ", "$primary on $chip" if live else "$muted on $chip"))
    parts += [
        (label, "$chip-text on $chip underline" if chip.marked else "$chip-text on $chip"),
        (" ", "on $chip"),
    ]
    return Content.assemble(*parts)


def chip_lines(chips: Sequence[Chip], width: int, *, live: bool, longest: int = LONGEST_CHIP) -> list[Content]:
    """Lay chips into lines of at most `width` cells, one cell between two chips.

    Args:
        chips: The chips in order.
        width: Cells to fill; a chip that is too wide for a line of its own is shortened.
        live: The field has focus.
        longest: Cells of a label; a longer one is shortened.
    """
    lines: list[list[Content]] = [[]]
    used = 0
    for chip in chips:
        drawn = chip_content(chip, live=live, longest=max(3, min(longest, width - 5)))
        size = drawn.cell_length
        if lines[-1] and used + 1 + size > width:
            lines.append([])
            used = 0
        if lines[-1]:
            lines[-1].append(Content(" "))
            used += 1
        lines[-1].append(drawn)
        used += size
    return [Content.assemble(*line) for line in lines if line]
