"""A note as plain text, for reading in a terminal and for any program."""

from __future__ import annotations

import textwrap

from peernote_tui.documents.note_document import AddedPart, Block, BlockKind, NoteDocument

WIDTH = 78


def plain_text(document: NoteDocument, *, width: int = WIDTH) -> str:
    """The note as text with lines of at most `width` characters, ending in a newline."""
    lines = [document.title, "=" * min(len(document.title), width), ""]
    for notice in document.notices:
        lines += [*wrapped(f"! {notice}", width), ""]
    label_width = max((len(label) for label, _ in document.facts), default=0)
    for label, value in document.facts:
        lines += wrapped(value, width, first=f"{label:<{label_width}}  ", rest=" " * (label_width + 2))
    for section in document.sections:
        lines += ["", section.title.upper()]
        for field in section.fields:
            lines += ["", f"{field.label} ({field.mark})" if field.mark else field.label]
            for block in field.blocks:
                lines += _block(block, width)
    lines += ["", "-" * width]
    for line in document.footing:
        lines += wrapped(line, width)
    for part in document.added:
        lines += _added(part, width)
    return "\n".join(lines) + "\n"


def _added(part: AddedPart, width: int) -> list[str]:
    lines = ["", part.title.upper(), ""]
    label_width = max((len(label) for label, _ in part.facts), default=0)
    for label, value in part.facts:
        lines += wrapped(value, width, first=f"{label:<{label_width}}  ", rest=" " * (label_width + 2))
    for field in part.fields:
        lines += ["", *([field.label] if field.label else [])]
        for block in field.blocks:
            lines += _block(block, width)
    return lines


def _block(block: Block, width: int) -> list[str]:
    if block.kind is BlockKind.ITEM:
        return wrapped(block.text, width, first="  - ", rest="    ")
    indent = "  > " if block.kind is BlockKind.QUOTE else "  "
    return wrapped(block.text, width, first=indent, rest=indent)


def wrapped(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most `width` characters, the first and the others with what they begin with."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += textwrap.wrap(paragraph, width, initial_indent=rest if lines else first, subsequent_indent=rest) or [
            rest.rstrip()
        ]
    return lines
