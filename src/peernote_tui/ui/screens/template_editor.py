"""Changing a template: its sections and fields as one list, every change kept at once as a working copy."""

from __future__ import annotations

from collections.abc import Coroutine
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar, Self

from pydantic import ValidationError
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static

from peernote_tui.domain.template import FieldKind, Template
from peernote_tui.domain.template_check import faults
from peernote_tui.domain.template_editing import (
    Spot,
    changed,
    choices_of,
    condition_text,
    field_at,
    field_keys,
    may_be_removed,
    moved,
    new_field,
    removed,
    with_field,
    with_section,
)
from peernote_tui.domain.template_faults import Fault
from peernote_tui.services.editing_templates import (
    begin_changing,
    discard_working_copy,
    keep_working_copy,
    save_working_copy,
    saved_keys,
)
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.app import PeerNoteApp
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.screens.one_line import OneLine
from peernote_tui.ui.screens.picking import PickOne
from peernote_tui.ui.screens.template_preview import PreviewScreen
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.confirm import Confirm
from peernote_tui.ui.widgets.peer_list import Heading, Line, PeerList, Row

_COLUMNS = (
    Column(1),  # "!" where something is wrong
    Column(20, flex=1),  # label
    Column(18, gone_below=50),  # kind
    Column(14),  # needed, retired
)
_NUMBERS = frozenset({"least", "most"})
_YES_NO = frozenset({"required", "private"})
_OF_CHOICES = frozenset({FieldKind.CHOICE, FieldKind.CHOICES})
_OF_NUMBERS = frozenset({FieldKind.NUMBER, FieldKind.MONEY, FieldKind.DURATION, FieldKind.SCALE})
_ONLY_FOR = {
    "choices": _OF_CHOICES,
    "least": _OF_NUMBERS,
    "most": _OF_NUMBERS,
    "unit": _OF_NUMBERS | {FieldKind.COMPUTED},
    "low": frozenset({FieldKind.SCALE}),
    "high": frozenset({FieldKind.SCALE}),
    "value": frozenset({FieldKind.COMPUTED}),
    "pattern": frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.PHONE}),
    "pattern_say": frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.PHONE}),
}
"""Entries that only some kinds have."""


class EditorList(PeerList):
    """The lines of a template."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Change", id="editor.change", tooltip="Change the highlighted line."),
        Binding("a", "screen.add", "Add a field", id="editor.add", tooltip="Add a field below the highlighted line."),
        Binding("s", "screen.section", "Add a section", id="editor.section", show=False,
                tooltip="Add a section below this one."),
        Binding("left_square_bracket,minus", "screen.shift(-1)", "Up", id="editor.up",
                tooltip="Move the highlighted line up."),
        Binding("right_square_bracket,plus", "screen.shift(1)", "Down", id="editor.down",
                tooltip="Move the highlighted line down."),
        Binding("r", "screen.retire", "Retire / take back", id="editor.retire", show=False,
                tooltip="Ask the field no more, or again; notes begun before still show it."),
        Binding("x", "screen.remove", "Remove", id="editor.remove", show=False,
                tooltip="Take out a line that was never in a saved version."),
        Binding("u", "screen.undo", "Undo", id="editor.undo", show=False, tooltip="Take the last change back."),
        Binding("k", "screen.keys", "Names of fields", id="editor.keys", show=False,
                tooltip="Show or hide the names by which conditions call the fields."),
    ]  # fmt: skip


class EditorScreen(VaultScreen[None]):
    """One template of one's own, until it is saved as its next version.

    Args:
        template: The working copy.
    """

    PLACE = sentences.EDITOR_PLACE
    NAME = "template"
    FIRST_KEYS = ("editor.change", "editor.add", "editor.up", "editor.down", "editor.preview", "editor.save")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "preview", "Preview", id="editor.preview", tooltip="See it as the wizard will show it."),
        Binding("f8", "save", "Save", id="editor.save", tooltip="Save it as the next version of the template."),
        Binding("f2", "title", "Title", id="editor.title", show=False, tooltip="Change the title of the template."),
        Binding("d", "discard", "Put changes aside", id="editor.discard", show=False,
                tooltip="Put aside what was changed since the last saved version. It asks first."),
    ]  # fmt: skip

    def __init__(self, template: Template) -> None:
        super().__init__()
        self._template = template
        self._before: list[Template] = []
        self._faults: tuple[Fault, ...] = ()
        self._saved: frozenset[str] = frozenset()
        self._keys_shown = False

    def compose_body(self) -> ComposeResult:
        """Lay out the list, and what is to be said of the highlighted line."""
        yield EditorList(_COLUMNS, id="editor-list")
        yield Static("", id="editor-said", markup=False)

    def on_mount(self) -> None:
        """Begin in the list."""
        self._saved = saved_keys(self.workspace, self._template.id)
        self.query_one(EditorList).focus()
        self._show()

    def own_place(self) -> dict[str, Any]:
        """Which template; the working copy itself is in the vault."""
        return {"template": self._template.id}

    @classmethod
    async def come_back(cls, app: PeerNoteApp, own: dict[str, Any]) -> Self:
        """Open the working copy again."""
        return cls(await app.gateway.call(begin_changing, str(own["template"])))

    def action_add(self) -> None:
        """Ask for the kind of a field, then for its label."""
        there = {field.kind for section in self._template.sections for field in section.fields}
        once = {FieldKind.CONSENT, FieldKind.SESSION, FieldKind.ACTION_REVIEWS, FieldKind.ACTION_ROWS,
                FieldKind.NEXT_CONTACT} & there  # fmt: skip
        words = [each for kind, each in sentences.EDITOR_KINDS.items() if FieldKind(kind) not in once]
        self.app.push_screen(PickOne(sentences.EDITOR_ADD, (("", words),)), self._kind_picked)

    def action_section(self) -> None:
        """Ask for the title of a section."""

        def add(title: str | None) -> None:
            if title:
                after = self._spot.section if self._template.sections else -1
                self._change(*with_section(self._template, after, title))

        ask = OneLine(sentences.EDITOR_SECTION, sentences.TEMPLATE_TITLE, hint="")
        self.app.push_screen(ask, add)

    def action_shift(self, by: int) -> None:
        """Move the highlighted line."""
        if self._template.sections:
            self._change(*moved(self._template, self._spot, by))

    def action_retire(self) -> None:
        """Ask the highlighted field no more, or again."""
        field = field_at(self._template, self._spot) if self._template.sections else None
        if field is not None:
            self._change(changed(self._template, self._spot, retired=not field.retired), self._spot)

    def action_remove(self) -> None:
        """Take out what was never saved."""
        if not self._template.sections:
            return
        if may_be_removed(self._template, self._spot, self._saved):
            self._change(removed(self._template, self._spot), self._spot)
        else:
            self.say(sentences.EDITOR_WAS_SAVED, tone="warning")

    def action_undo(self) -> None:
        """Take the last change back."""
        if self._before:
            self._template = self._before.pop()
            self._kept()

    def action_keys(self) -> None:
        """Show or hide the keys of the fields."""
        self._keys_shown = not self._keys_shown
        self._show()

    def action_title(self) -> None:
        """Change the title of the template."""

        def take(title: str | None) -> None:
            if title:
                self._change(self._template.model_copy(update={"title": title}), None)

        ask = OneLine(sentences.EDITOR_PLACE, sentences.TEMPLATE_TITLE, hint="", typed=self._template.title)
        self.app.push_screen(ask, take)

    def action_preview(self) -> None:
        """See it as the wizard will show it, once nothing is wrong with it."""
        if self._sound():
            self.app.push_screen(PreviewScreen(self._template))

    def action_save(self) -> None:
        """Save it as the next version, once nothing is wrong with it."""
        if self._sound():
            self._work(self._save())

    def action_discard(self) -> None:
        """Put aside what was changed, after asking."""
        ask = Confirm(
            sentences.EDITOR_DISCARD,
            sentences.EDITOR_DISCARD_MORE,
            yes=sentences.EDITOR_DISCARD_YES,
            asked_with="d",
        )
        self.app.push_screen(ask, lambda yes: self._work(self._discard()) if yes else None)

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self._tell()

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        field = field_at(self._template, self._spot)
        if field is None:
            entries = ["title", "hint"]
        else:
            entries = [
                entry
                for entry in sentences.EDITOR_ENTRIES
                if entry != "title" and field.kind in _ONLY_FOR.get(entry, {field.kind})
            ]
        words = {sentences.EDITOR_ENTRIES[entry]: entry for entry in entries}
        spot = self._spot
        pick = PickOne(sentences.EDITOR_CHANGE, (("", list(words)),))
        self.app.push_screen(pick, lambda taken: self._ask_entry(spot, words[taken]) if taken else None)

    @property
    def _spot(self) -> Spot:
        return Spot.named(self.query_one(EditorList).highlighted_id or "0")

    def _kind_picked(self, words: str | None) -> None:
        kind = next((kind for kind, each in sentences.EDITOR_KINDS.items() if each == words), None)
        if kind is None:
            return
        if not self._template.sections:
            self.say(sentences.EDITOR_FIRST_SECTION, tone="warning")
            return
        spot = self._spot

        def add(label: str | None) -> None:
            if label:
                taken = self._saved | field_keys((self._template,))
                self._change(*with_field(self._template, spot, new_field(FieldKind(kind), label, taken)))

        ask = OneLine(words or "", sentences.EDITOR_LABEL, hint=sentences.EDITOR_LABEL_HINT)
        self.app.push_screen(ask, add)

    def _ask_entry(self, spot: Spot, entry: str) -> None:
        field = field_at(self._template, spot)
        held: Any = getattr(field or self._template.sections[spot.section], entry)
        if entry in _YES_NO:
            self._change(changed(self._template, spot, **{entry: not held}), spot)
        elif entry == "kind":
            pick = PickOne(sentences.EDITOR_ADD, (("", list(sentences.EDITOR_KINDS.values())),))
            kinds = {words: kind for kind, words in sentences.EDITOR_KINDS.items()}
            self.app.push_screen(pick, lambda taken: self._take_entry(spot, "kind", kinds[taken]) if taken else None)
        else:
            if entry == "choices":
                typed = "; ".join(choice.label for choice in held)
            elif entry == "show_if":
                typed = condition_text(held)
            else:
                typed = "" if held is None else str(held)
            hint = sentences.EDITOR_HINTS.get(entry, sentences.EDITOR_TYPE_HINT)
            label = sentences.EDITOR_ENTRIES[entry]
            ask = OneLine(label, label, hint=hint, typed=typed, may_be_empty=True)
            self.app.push_screen(ask, lambda given: self._take_entry(spot, entry, given))

    def _take_entry(self, spot: Spot, entry: str, typed: str | None) -> None:
        if typed is None:
            return
        value: Any = typed
        field = field_at(self._template, spot)
        try:
            if entry in _NUMBERS:
                value = Decimal(typed) if typed else None
            elif entry == "choices" and field is not None:
                value = choices_of(typed, field.choices)
            self._change(changed(self._template, spot, **{entry: value}), spot)
        except (InvalidOperation, ValidationError):
            self.say(sentences.EDITOR_NOT_A_NUMBER, tone="error")

    def _change(self, template: Template, spot: Spot | None) -> None:
        if template == self._template:
            return
        self._before.append(self._template)
        self._template = template
        self.say_nothing()
        self._kept(spot)

    def _kept(self, spot: Spot | None = None) -> None:
        self._show(spot)
        self._work(self._keep(self._template))

    async def _keep(self, template: Template) -> None:
        await self.ask(keep_working_copy, template)

    async def _save(self) -> None:
        if (saved := await self.ask(save_working_copy, self._template)) is not None:
            self.house.announce(sentences.template_saved(saved.title, saved.version))
            self.dismiss(None)

    async def _discard(self) -> None:
        if await self.ask(discard_working_copy, self._template.id) is not None:
            self.dismiss(None)

    def _work(self, task: Coroutine[Any, Any, None]) -> None:
        self.run_worker(task, description="template", group="change")

    def _sound(self) -> bool:
        if self._faults:
            first = self._faults[0]
            self.say(sentences.template_faults(len(self._faults), f"{first.sentence} {first.way_out}"), tone="error")
        return not self._faults

    def _show(self, spot: Spot | None = None) -> None:
        self._faults = faults(self._template)
        wrong = {(fault.place.section, fault.place.field) for fault in self._faults}
        lines: list[Line] = []
        for number, section in enumerate(self._template.sections):
            mark = "!" if (number, None) in wrong else ""
            lines.append(Row(f"{number}", (Cell(mark, "$error"), Cell(section.title, "bold $secondary"), "", "")))
            for index, field in enumerate(section.fields):
                mark = "!" if (number, index) in wrong else ""
                said = "retired" if field.retired else "needed to sign" if field.required else ""
                label = f"  {field.label}" + (f"  ({field.key})" if self._keys_shown else "")
                kind = Cell(sentences.EDITOR_KINDS[field.kind.value], "$muted")
                cells = (
                    Cell(mark, "$error"),
                    Cell(label, "$muted" if field.retired else ""),
                    kind,
                    Cell(said, "$muted"),
                )
                lines.append(Row(f"{number}.{index}", cells))
        self.query_one(EditorList).show(
            lines or [Heading(sentences.EDITOR_FIRST_SECTION)], highlight=spot.name if spot else None
        )
        count = sum(len(section.fields) for section in self._template.sections)
        self.set_context(self._template.title)
        self.set_status(sentences.template_counts(self._template.version, count, len(self._faults)))
        self._tell()

    def _tell(self) -> None:
        spot = self._spot
        here = [each for each in self._faults if (each.place.section, each.place.field) == (spot.section, spot.field)]
        general = [each for each in self._faults if each.place.section is None]
        said = [safe.content(f"! {each.sentence} {each.way_out}", "$error") for each in (here or general)[:2]]
        self.query_one("#editor-said", Static).update(Content("\n").join(said))
