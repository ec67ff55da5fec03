"""Boxes to tick, as they are typed and drawn."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SIGN = re.compile(r"[☐☑☒✓✔✗✘□■]|\[[ xX✓✔]?\]|\((?:[xX]| )\)(?=\s)")
_EMPTY = frozenset({"☐", "□", "[ ]", "[]", "( )"})
_BULLET = re.compile(r"^\s*(?:[-*•]\s+)?")


@dataclass(frozen=True, slots=True)
class Box:
    """A box with what stands beside it."""

    label: str
    ticked: bool


def boxes_in(text: str) -> tuple[str, tuple[Box, ...]]:
    """What stands before the boxes of a line, and the boxes; none where the line does not begin with one or a label.

    Args:
        text: One line.
    """
    line = _BULLET.sub("", text)
    signs = list(_SIGN.finditer(line))
    if not signs:
        return text, ()
    before = line[: signs[0].start()].strip()
    if before and not before.endswith((":", "：")):
        return text, ()
    ends = [sign.start() for sign in signs[1:]] + [len(line)]
    found = tuple(
        Box(line[sign.end() : end].strip(), sign[0] not in _EMPTY) for sign, end in zip(signs, ends, strict=True)
    )
    return before, found
