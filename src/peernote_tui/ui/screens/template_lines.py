"""The lines of a template that is being changed: its head, its sections with fields and columns, its actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType

from peernote_tui.domain.template import Template, TemplateAction, TemplateField, TemplateSection
from peernote_tui.domain.template_editing import Spot, part_at, spots
from peernote_tui.domain.template_faults import Fault
from peernote_tui.ui import sentences
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.widgets.peer_list import Heading, Line, PeerList, Row

COLUMNS = (
    Column(1),  # "!" where something is wrong
    Column(20, flex=1),  # label
    Column(19, gone_below=50),  # kind
    Column(17),  # needed, retired, due
)


class EditorList(PeerList):
    """The lines of a template."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Change", id="editor.change", tooltip="Change the highlighted line."),
        Binding("a", "screen.add", "Add a field", id="editor.add", tooltip="Add a field below the highlighted line."),
        Binding("c", "screen.column", "Add a column", id="editor.column", show=False,
                tooltip="Add a column to the rows of the highlighted line."),
        Binding("s", "screen.section", "Add a section", id="editor.section", show=False,
                tooltip="Add a section below this one."),
        Binding("g", "screen.agree", "Add an action", id="editor.action", show=False,
                tooltip="Add an action that each note of the template agrees by itself."),
        Binding("left_square_bracket,minus", "screen.shift(-1)", "Up", id="editor.up",
                tooltip="Move the highlighted line up."),
        Binding("right_square_bracket,plus", "screen.shift(1)", "Down", id="editor.down",
                tooltip="Move the highlighted line down."),
        Binding("r", "screen.retire", "Retire / take back", id="editor.retire", show=False,
                tooltip="Ask the field no more, or again; notes begun before still show it."),
        Binding("x", "screen.remove", "Remove", id="editor.remove", show=False,
                tooltip="Take out a line that was never in a saved version."),
        Binding("u", "screen.undo", "Undo", id="editor.undo", tooltip="Take the last change back."),
        Binding("k", "screen.keys", "Names of fields", id="editor.keys", show=False,
                tooltip="Show or hide the names by which conditions call the fields."),
    ]  # fmt: skip


def spot_of(fault: Fault) -> Spot:
    """The line that a fault belongs to."""
    place = fault.place
    return Spot(section=place.section, field=place.field, column=place.column, action=place.action)


def way_out(fault: Fault) -> str:
    """What to press, where the way out of a fault tells what to write into a file."""
    spot = spot_of(fault)
    if not fault.place.entry and spot == Spot(section=spot.section):
        return sentences.EDITOR_WAY_ADD if spot == Spot() else sentences.EDITOR_WAY_EMPTY
    is_of_a_file = any(sign in fault.way_out for sign in ("=", "[[", "file"))
    return sentences.EDITOR_WAYS.get(fault.place.entry, fault.way_out) if is_of_a_file else fault.way_out


def lines_of(template: Template, found: Iterable[Fault], *, keys_shown: bool) -> list[Line]:
    """Every line of a template.

    Args:
        template: The template.
        found: What is wrong with it.
        keys_shown: Whether the names stand there by which conditions call the fields.
    """
    wrong = {spot_of(fault) for fault in found}
    lines: list[Line] = []
    for spot in spots(template):
        if spot == Spot(action=0):
            lines.append(Heading(sentences.EDITOR_ACTIONS, style="bold $secondary"))
        lines.append(
            Row(spot.name, (Cell("!" if spot in wrong else "", "$error"), *_cells(template, spot, keys_shown)))
        )
    return lines


def _cells(template: Template, spot: Spot, keys_shown: bool) -> tuple[Cell, Cell, Cell]:  # noqa: FBT001 from lines_of
    part = part_at(template, spot)
    if isinstance(part, TemplateField):
        kind = sentences.EDITOR_KINDS[part.kind.value]
        label = "  " * (1 if spot.column is None else 2) + part.label + (f"  ({part.key})" if keys_shown else "")
        said = "retired" if part.retired else "needed to sign" if part.required else ""
        return Cell(label, "$muted" if part.retired else ""), Cell(kind, "$muted"), Cell(said, "$muted")
    if isinstance(part, TemplateSection):
        return Cell(part.title, "bold $secondary"), Cell(""), Cell("")
    if isinstance(part, TemplateAction):
        who = part.owner_name or sentences.EDITOR_OWNERS[part.owner.value]
        return Cell(f"  {part.text}"), Cell(who, "$muted"), Cell(part.due, "$muted")
    return Cell(part.title, "bold"), Cell(sentences.EDITOR_HEAD, "$muted"), Cell(part.due.words, "$muted")
