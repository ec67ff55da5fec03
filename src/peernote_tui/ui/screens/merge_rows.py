"""Two records side by side: what each says of a field, and what stands afterwards."""

from __future__ import annotations

from typing import Any

from peernote_tui.documents.merge_words import FIELD_WORDS, counts_words, value_words
from peernote_tui.domain.merging import FieldMerge
from peernote_tui.domain.names import Called, NameTier
from peernote_tui.services.merging import MergePreview
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.widgets.peer_list import Heading, Line, Row

COLUMNS = (
    Column(16),  # the field; "Consent to share" just fits
    Column(14, flex=1),  # the record that is kept
    Column(14, flex=1),  # the other one
)
_STANDS, _GIVES_WAY = "●", "○"


def merge_lines(preview: MergePreview) -> list[Line]:
    """What a merge would do, line by line: choices first, then what is filled and united, then what is written."""
    choices = [field for field in preview.fields if field.choosable]
    changed = [field for field in preview.fields if not field.choosable and field.merged != field.kept]
    rest = [field for field in preview.fields if field not in choices and field not in changed]
    made: list[Line] = [
        Row("who", ("", Cell(sentences.MERGE_KEPT, "$secondary"), Cell(sentences.MERGE_OTHER, "$secondary")))
    ]
    for title, fields in (
        (sentences.MERGE_CHOICE, choices),
        (sentences.MERGE_FILLED, changed),
        (sentences.MERGE_SAME, rest),
    ):
        if fields:
            made += [Heading(title), *(_row(preview, field) for field in fields)]
    return [*made, Heading(sentences.MERGE_RECORD), *_record(preview)]


def _row(preview: MergePreview, field: FieldMerge) -> Row:
    kept, other = (_words(field, value, person) for value, person in _sides(preview, field))
    if field.choosable:
        signs = (_GIVES_WAY, _STANDS) if field.takes_other else (_STANDS, _GIVES_WAY)
        styles = ("$muted", "bold") if field.takes_other else ("bold", "$muted")
        cells = (Cell(f"{signs[0]} {kept}", styles[0]), Cell(f"{signs[1]} {other}", styles[1]))
        return Row(field.name, (FIELD_WORDS[field.name], *cells))
    merged = _words(field, field.merged, preview.kept.called)
    below = sentences.afterwards(merged) if merged not in {kept, other} else ""
    return Row(field.name, (FIELD_WORDS[field.name], kept, other), below=below)


def _sides(preview: MergePreview, field: FieldMerge) -> tuple[tuple[Any, Called], tuple[Any, Called]]:
    return (field.kept, preview.kept.called), (field.other, preview.other.called)


def _words(field: FieldMerge, value: Any, person: Called) -> str:
    """A value in words, as much of names as may be seen; a legal name is never shown here."""
    if field.name == "legal_name":
        differs = field.choosable and value == field.other
        return "" if not value else sentences.COVERED_ANOTHER if differs else sentences.COVERED
    if field.name == "name":
        return naming.name(person)
    if field.name == "aliases" and naming.tier() is not NameTier.FULL:
        return sentences.names_covered(len(value))
    return safe.clean(value_words(value))


def _record(preview: MergePreview) -> list[Row]:
    holds = (
        counts_words(counts) or sentences.MERGE_NOTHING_WRITTEN
        for counts in (preview.kept_counts, preview.other_counts)
    )
    rows = [Row("holds", (sentences.MERGE_HOLDS, *holds))]
    for each in preview.consents:
        kept, other, merged = (
            sentences.STANDING_WORDS[state.standing.value] for state in (each.kept, each.other, each.merged)
        )
        below = sentences.afterwards(merged) if kept != other else ""
        title = sentences.CONSENT_SCOPE_WORDS[each.scope.value]
        rows.append(Row(f"consent-{each.scope.value}", (title, kept, other), below=below))
    return rows
