"""The lists of choices of an XLSForm."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from peernote_tui.documents.xlsform.languages import Speech
from peernote_tui.documents.xlsform.report import Notes, Sheet
from peernote_tui.documents.xlsform.sheets import FormSheet
from peernote_tui.documents.xlsform.tree import Item
from peernote_tui.domain.names import fold
from peernote_tui.domain.template import FieldChoice

_SELECTS = frozenset({"select_one", "select_multiple", "rank"})
MOST_CHOICES = 500


def read_choices(
    sheet: FormSheet | None, speech: Speech, notes: Notes, *, twice: bool
) -> dict[str, tuple[FieldChoice, ...]]:
    """The choices by the name of their list.

    Args:
        sheet: The sheet; None when there is none.
        speech: What they are called.
        notes: Takes the faults.
        twice: Whether the settings allow a choice to be there twice; the first one is kept then.
    """
    found: dict[str, dict[str, FieldChoice]] = {}
    labels: set[tuple[str, str]] = set()
    if sheet is None or not sheet.rows:
        return {}
    for column in ("list_name", "name"):
        if column not in sheet.columns:
            notes.fault(
                Sheet.CHOICES,
                sheet.header_row,
                f"The column {column} is missing.",
                "The first row that is not empty has the headers: list_name, name, label.",
            )
            return {}
    for row in sheet.rows:
        listed, name = row["list_name"], row["name"]
        if not listed:
            continue
        choices = found.setdefault(listed, {})
        label = speech.text(row, "label")
        if not name:
            notes.fault(
                Sheet.CHOICES, row.number, f"A choice of “{listed}” has no name.", "Give it a short one.", column="name"
            )
        elif name not in choices:
            same = (listed, fold(label)) in labels
            labels.add((listed, fold(label)))
            choices[name] = FieldChoice(value=name, label=f"{label} ({name})" if label and same else label or name)
        elif twice:
            notes.tell(
                row.number,
                f"“{listed}” has the choice {name} more than once; the first one was kept.",
                column="name",
                sheet=Sheet.CHOICES,
            )
        else:
            notes.fault(
                Sheet.CHOICES,
                row.number,
                f"“{listed}” has the choice {name} more than once.",
                "Give each a name of its own.",
                column="name",
            )
    return {name: tuple(choices.values()) for name, choices in found.items()}


def require_lists(
    whole: Item, choices: Mapping[str, tuple[FieldChoice, ...]], *, has_sheet: bool, notes: Notes
) -> None:
    """See that every list that a question names is there."""
    for item in whole.all():
        listed = item.type.argument
        if item.type.name not in _SELECTS or listed.startswith("${"):
            continue
        if listed in choices:
            if len(choices[listed]) > MOST_CHOICES:
                notes.fault(
                    Sheet.SURVEY,
                    item.row.number,
                    f"“{listed}” has more than {MOST_CHOICES} choices, more than anybody reads through.",
                    "Make the question one of type text.",
                    column="type",
                    name=item.name,
                )
            continue
        if not has_sheet:
            sentence, way_out = "There is no sheet called choices, where the answers stand.", "Add it."
        else:
            near = difflib.get_close_matches(listed, list(choices), 1)
            sentence = f"The list “{listed[:60]}” is not on the sheet choices."
            way_out = f"Did you mean {near[0]}?" if near else "Add its choices there, or correct the name."
        notes.fault(Sheet.SURVEY, item.row.number, sentence, way_out, column="type", name=item.name)
