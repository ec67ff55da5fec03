"""Lines of an import: the columns of a file, and what becomes of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from peernote_tui.documents.people.columns import Column, Field
from peernote_tui.documents.people.table import Table
from peernote_tui.services.importing_people import Outcome, Preview, Verdict
from peernote_tui.ui import sentences
from peernote_tui.ui.safe import Cell
from peernote_tui.ui.safe import Column as Cells
from peernote_tui.ui.widgets.peer_list import Heading, Line, Row

COLUMNS = (Cells(16, flex=2), Cells(12, flex=3), Cells(20, flex=2))
ROWS = (Cells(12), Cells(20, flex=1), Cells(13))
_MOST_LISTED = 300
_SAMPLES = 2


def column_lines(table: Table, columns: Sequence[Column]) -> list[Line]:
    """Each column with what stands in it and what is made of it."""
    lines: list[Line] = []
    for column in columns:
        cells = (row.cells[column.index] for row in table.rows)
        samples = ", ".join(_first(cells))
        field = Cell(
            sentences.IMPORT_FIELDS[column.field], "$muted" if column.field is Field.LEFT_OUT else "$secondary"
        )
        header = column.header or f"({column.index + 1})"
        lines.append(Row(str(column.index), (Cell(header, "bold"), Cell(samples, "$muted"), field)))
    return lines


def row_lines(preview: Preview, add_anyway: set[int], *, without_bad: bool) -> list[Line]:
    """What becomes of each row: the bad ones first, then likely duplicates, then who is new."""
    lines: list[Line] = []
    for outcome, heading, style in (
        (Outcome.BAD, sentences.ROWS_BAD, "bold $error"),
        (Outcome.DUPLICATE, sentences.ROWS_LIKELY, "bold $primary"),
        (Outcome.NEW, sentences.ROWS_NEW, "bold $secondary"),
    ):
        found = preview.of(outcome)
        if not found:
            continue
        lines.append(Heading(heading, len(found), style))
        lines += [_row(each, add_anyway, without_bad=without_bad) for each in found[:_MOST_LISTED]]
        if len(found) > _MOST_LISTED:
            lines.append(Heading(sentences.more_rows(len(found) - _MOST_LISTED), style="$muted"))
    return lines


def _row(verdict: Verdict, add_anyway: set[int], *, without_bad: bool) -> Row:
    fate = Cell("")
    if verdict.outcome is Outcome.DUPLICATE:
        added = verdict.line in add_anyway
        fate = Cell(sentences.ROW_ADDED_ANYWAY, "$success") if added else Cell(sentences.ROW_SKIPPED, "$muted")
    elif verdict.outcome is Outcome.BAD:
        fate = Cell(sentences.ROW_LEFT_OUT, "$muted") if without_bad else Cell("!", "bold $error")
    line = Cell(sentences.on_line(verdict.line), "$muted")
    if verdict.outcome is Outcome.BAD:
        return Row(str(verdict.line), (line, verdict.reason, fate))
    return Row(
        str(verdict.line),
        (line, verdict.name, fate),
        below=f"{verdict.like_whom} · {verdict.reason}" if verdict.like_whom else verdict.reason,
    )


def _first(cells: Iterable[str]) -> list[str]:
    found: list[str] = []
    for cell in cells:
        if text := cell.strip():
            found.append(text[:60])
            if len(found) == _SAMPLES:
                break
    return found
