"""Notes as a table: a row each, with the answer to every question of every form in a column of its own.

Days are ISO text (2026-11-23): they sort as they should, are found by a filter, and no program turns them round.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from peernote_tui.documents.note_document import AddedPart, DocumentField, NoteDocument
from peernote_tui.documents.sheet import Cell
from peernote_tui.domain.base import Model
from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.note import Note

LONGEST_CELL = 16_000
"""Characters; a spreadsheet takes 32,767 UTF-16 units in a cell (ECMA-376), and may call a file with more damaged."""
_BEFORE = ("Day", "Start", "End", "Minutes", "Kind", "How", "Place", "Concerns")
_AFTER = ("Notices", "Added", "Signed by", "Signed", "Late entry", "Private answers left out", "Form", "Note")
_IN_COLUMNS = frozenset({"concern_tags"})
_NOTICE_MARK = "# "


class SheetNote(Model):
    """One note for a table.

    Attributes:
        note: As it stands now, as it leaves the vault.
        document: The same with what was added, laid out.
        form: What its template is called.
    """

    note: Note
    document: NoteDocument
    form: str


def note_rows(notes: Sequence[SheetNote]) -> list[tuple[Cell, ...]]:
    """The headers, then a row each.

    Columns of answers stand in the order in which the forms ask, under the labels of the questions; questions of
    several forms with the same label share a column.
    """
    answers = [dict(_answers(each.document)) for each in notes]
    labels = tuple(dict.fromkeys(label for told in answers for label in told))
    # A question may be called like a column of the table.
    taken = {*_BEFORE, *_AFTER}
    heads = tuple(f"{label} (answer)" if label in taken else label for label in labels)
    rows: list[tuple[Cell, ...]] = [(*_BEFORE, *heads, *_AFTER)]
    for each, told in zip(notes, answers, strict=True):
        rows.append((*_session(each.note), *(told.get(label, "") for label in labels), *_standing(each)))
    return within_cells(rows)


def notice_rows(notices: Iterable[str]) -> list[tuple[Cell, ...]]:
    """Notices as rows to stand above the headers of a CSV; every program shows them, and many skip a # when asked."""
    return [(f"{_NOTICE_MARK}{' '.join(notice.split())}",) for notice in notices]


def within_cells(rows: Sequence[Sequence[Cell]]) -> list[tuple[Cell, ...]]:
    """A table in which no cell is longer than a spreadsheet takes: a longer text goes on in columns beside it."""
    needed = [max(len(_parts(cell)) for cell in column) for column in zip(*rows, strict=True)]
    if all(count == 1 for count in needed):
        return [tuple(row) for row in rows]
    heads, *others = rows
    found: list[tuple[Cell, ...]] = [
        tuple(
            head if not at else f"{head} (goes on, {at + 1})"
            for head, count in zip(heads, needed, strict=True)
            for at in range(count)
        )
    ]
    for row in others:
        cells: list[Cell] = []
        for cell, count in zip(row, needed, strict=True):
            parts = _parts(cell)
            cells += [*parts, *[""] * (count - len(parts))]
        found.append(tuple(cells))
    return found


def _parts(cell: Cell) -> list[Cell]:
    if not isinstance(cell, str) or len(cell) <= LONGEST_CELL:
        return [cell]
    return [cell[at : at + LONGEST_CELL] for at in range(0, len(cell), LONGEST_CELL)]


def _session(note: Note) -> tuple[Cell, ...]:
    told = note.content
    return (
        told.day.isoformat() if told.day else "",
        f"{told.start:%H:%M}" if told.start else "",
        f"{told.end:%H:%M}" if told.end else "",
        "" if told.minutes is None else told.minutes,
        told.kind.value.replace("_", " "),
        told.mode.value.replace("_", " ") if told.mode else "",
        told.place,
        ", ".join(told.concern_tags),
    )


def _standing(each: SheetNote) -> tuple[Cell, ...]:
    note = each.note
    signed = in_zone(note.signed_at, note.zone) if note.signed_at else None
    return (
        "\n".join(each.document.notices),
        "\n\n".join(_added(part) for part in each.document.added),
        ", ".join(part for part in (note.author.name, note.author.credential) if part),
        f"{signed:%Y-%m-%d %H:%M}" if signed else "",
        note.late_reason,
        len(note.left_out),
        each.form,
        note.id,
    )


def _answers(document: NoteDocument) -> Iterator[tuple[str, str]]:
    seen: Counter[str] = Counter()
    for section in document.sections:
        for field in section.fields:
            if field.key in _IN_COLUMNS:
                continue
            label = field.label or section.title
            seen[label] += 1
            yield (label if seen[label] == 1 else f"{label} ({seen[label]})"), _words(field)


def _words(field: DocumentField) -> str:
    text = "\n".join(block.text for block in field.blocks)
    return f"{text}\n({field.mark})" if field.mark else text


def _added(part: AddedPart) -> str:
    facts = (f"{label}: {value}" for label, value in part.facts)
    words = (f"{field.label}: {_words(field)}" if field.label else _words(field) for field in part.fields)
    return "\n".join((part.title, *facts, *words))
