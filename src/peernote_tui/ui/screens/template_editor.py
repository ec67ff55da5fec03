"""Changing a template: its sections and fields as one list, every change kept at once as a working copy."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from pydantic import ValidationError
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static

from peernote_tui.domain.errors import InvalidInputError, RefusedError
from peernote_tui.domain.template import CORE_KINDS, FieldKind, Template
from peernote_tui.domain.template_check import COLUMN_KINDS, faults
from peernote_tui.domain.template_editing import (
    Spot,
    changed,
    field_at,
    field_keys,
    may_be_removed,
    moved,
    new_field,
    removed,
    spots,
    with_action,
    with_column,
    with_field,
    with_kind,
    with_section,
)
from peernote_tui.domain.template_entries import YES_NO, as_typed, entries_at, with_typed
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
from peernote_tui.ui.screens.one_line import OneLine
from peernote_tui.ui.screens.picking import PickOne
from peernote_tui.ui.screens.template_lines import COLUMNS, EditorList, lines_of, spot_of, way_out
from peernote_tui.ui.screens.template_preview import PreviewScreen
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.shelf import Shelf
from peernote_tui.ui.widgets.confirm import Confirm

_ASKED = "asked"
_NEVER_EMPTY = frozenset({"title", "label", "text", "within"})


@dataclass(frozen=True)
class _Asking:
    """An entry that is being typed in a dialog over the list."""

    spot: Spot
    entry: str


class EditorScreen(VaultScreen[None]):
    """One template of one's own, until it is saved as its next version.

    Args:
        template: The working copy.
    """

    PLACE = sentences.EDITOR_PLACE
    NAME = "template"
    FIRST_KEYS = ("editor.change", "editor.add", "editor.save", "editor.preview", "editor.undo")
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
        self._asking: _Asking | None = None

    def compose_body(self) -> ComposeResult:
        """Lay out the list, and what is to be said of the highlighted line."""
        yield EditorList(COLUMNS, id="editor-list")
        yield Static("", id="editor-said", markup=False)

    def on_mount(self) -> None:
        """Begin in the list."""
        self._saved = saved_keys(self.workspace, self._template.id)
        self.query_one(EditorList).focus()
        self._show()

    def own_place(self) -> dict[str, Any]:
        """Which template, and what is asked in a dialog; the working copy itself is in the vault."""
        own: dict[str, Any] = {"template": self._template.id}
        if self._asking is not None:
            own[_ASKED] = [self._asking.spot.name, self._asking.entry]
        return own

    @classmethod
    async def come_back(cls, app: PeerNoteApp, own: dict[str, Any]) -> Self:
        """Open the working copy again."""
        return cls(await app.gateway.call(begin_changing, str(own["template"])))

    async def settle_in(self, own: dict[str, Any]) -> None:
        """Ask again what was being typed."""
        await self.reload()
        if isinstance(asked := own.get(_ASKED), list):
            name, entry = (str(each) for each in asked)
            spot = Spot.named(name)
            if spot in spots(self._template) and entry in entries_at(self._template, spot):
                self._ask_typed(spot, entry)

    def action_add(self) -> None:
        """Ask for the kind of a field, then for its label."""
        if not self._template.sections:
            self.say(sentences.EDITOR_FIRST_SECTION, tone="warning")
            return
        spot = self._spot
        there = {field.kind for section in self._template.sections for field in section.fields}

        def add(kind: FieldKind, label: str) -> None:
            taken = self._saved | field_keys((self._template,))
            self._change(*with_field(self._template, spot, new_field(kind, label, taken)))

        self._ask_new(sentences.EDITOR_ADD, frozenset(FieldKind) - (CORE_KINDS & there), add)

    def action_column(self) -> None:
        """Ask for the kind of a column, then for its label."""
        spot = self._spot
        field = field_at(self._template, spot.rows)
        if field is None or field.kind is not FieldKind.ROWS:
            self.say(sentences.EDITOR_NO_ROWS, tone="warning")
            return

        def add(kind: FieldKind, label: str) -> None:
            self._change(*with_column(self._template, spot, kind, label, self._saved))

        self._ask_new(sentences.EDITOR_ADD_COLUMN, COLUMN_KINDS, add)

    def action_section(self) -> None:
        """Ask for the title of a section."""

        def add(title: str | None) -> None:
            if title:
                self._change(*with_section(self._template, self._spot, title))

        ask = OneLine(sentences.EDITOR_SECTION, sentences.TEMPLATE_TITLE, hint="", shelf=self._shelf("section"))
        self.app.push_screen(ask, add)

    def action_agree(self) -> None:
        """Ask what a further action of the template's own is."""

        async def take(text: str) -> bool:
            try:
                self._change(*with_action(self._template, self._spot, text))
            except ValidationError:
                raise InvalidInputError(sentences.EDITOR_TOO_LONG, sentences.EDITOR_SHORTER) from None
            return True

        title, label = sentences.EDITOR_ADD_ACTION, sentences.EDITOR_ENTRIES["text"]
        self.app.push_screen(
            OneLine(title, label, hint=sentences.EDITOR_ACTION_HINT, shelf=self._shelf("action"), take=take)
        )

    def action_shift(self, by: int) -> None:
        """Move the highlighted line."""
        self._change(*moved(self._template, self._spot, by))

    def action_retire(self) -> None:
        """Ask the highlighted field no more, or again."""
        spot = self._spot
        field = field_at(self._template, spot)
        if field is None or spot.column is not None:
            self.say(sentences.EDITOR_NOT_RETIRED if field is None else sentences.EDITOR_COLUMN_STAYS, tone="warning")
        else:
            self._change(changed(self._template, spot, retired=not field.retired), spot)

    def action_remove(self) -> None:
        """Take out what was never saved."""
        spot = self._spot
        if may_be_removed(self._template, spot, self._saved):
            self._change(removed(self._template, spot), spot)
        else:
            self.say(sentences.EDITOR_HEAD_STAYS if spot == Spot() else sentences.EDITOR_WAS_SAVED, tone="warning")

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
        self._ask_typed(Spot(), "title")

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
        spot = self._spot
        words = {sentences.EDITOR_ENTRIES[entry]: entry for entry in entries_at(self._template, spot)}
        pick = PickOne(sentences.EDITOR_CHANGE, (("", list(words)),))
        self.app.push_screen(pick, lambda taken: self._ask_entry(spot, words[taken]) if taken else None)

    @property
    def _spot(self) -> Spot:
        return Spot.named(self.query_one(EditorList).highlighted_id or Spot().name)

    def _ask_new(self, title: str, kinds: frozenset[FieldKind], add: Callable[[FieldKind, str], None]) -> None:
        def ask_label(kind: FieldKind) -> None:
            words = sentences.EDITOR_KINDS[kind.value]
            label, hint = sentences.EDITOR_ENTRIES["label"], sentences.EDITOR_LABEL_HINT
            ask = OneLine(words, label, hint=hint, shelf=self._shelf("label", kind.value))
            self.app.push_screen(ask, lambda label: add(kind, label) if label else None)

        self._ask_kind(title, kinds, ask_label)

    def _ask_kind(self, title: str, kinds: frozenset[FieldKind], take: Callable[[FieldKind], None]) -> None:
        words = {each: FieldKind(kind) for kind, each in sentences.EDITOR_KINDS.items() if FieldKind(kind) in kinds}
        pick = PickOne(title, (("", list(words)),))
        self.app.push_screen(pick, lambda taken: take(words[taken]) if taken else None)

    def _ask_entry(self, spot: Spot, entry: str) -> None:
        if entry in YES_NO:
            self._take_entry(spot, entry, "")
        elif entry == "kind":
            kinds = frozenset(FieldKind) if spot.column is None else COLUMN_KINDS
            self._ask_kind(sentences.EDITOR_ADD, kinds, lambda kind: self._take_kind(spot, kind))
        elif entry == "owner":
            owners = {words: owner for owner, words in sentences.EDITOR_OWNERS.items()}
            pick = PickOne(sentences.EDITOR_ENTRIES[entry], (("", list(owners)),))

            def take(words: str | None) -> None:
                if words is not None:
                    self._take_entry(spot, entry, owners[words])

            self.app.push_screen(pick, take)
        else:
            self._ask_typed(spot, entry)

    def _shelf(self, *question: str) -> Shelf:
        return Shelf("template", (self._template.id, *question))

    def _ask_typed(self, spot: Spot, entry: str) -> None:
        label = sentences.EDITOR_ENTRIES[entry]
        hint = sentences.EDITOR_HINTS.get(entry, sentences.EDITOR_TYPE_HINT)
        held = as_typed(self._template, spot, entry)

        async def take(typed: str) -> bool:
            self._change(with_typed(self._template, spot, entry, typed), spot)
            return True

        def closed(taken: bool | None) -> None:  # noqa: FBT001 the answer of a dialog
            self._asking = None
            if taken:
                self.say_nothing()

        self._asking = _Asking(spot, entry)
        ask = OneLine(
            label,
            label,
            hint=hint,
            shelf=self._shelf(spot.name, entry),
            take=take,
            typed=held,
            may_be_empty=entry not in _NEVER_EMPTY,
        )
        self.app.push_screen(ask, closed)

    def _take_entry(self, spot: Spot, entry: str, typed: str) -> None:
        try:
            self._change(with_typed(self._template, spot, entry, typed), spot)
        except InvalidInputError as error:
            self.say(str(error), tone="error")
        else:
            self.say_nothing()

    def _take_kind(self, spot: Spot, kind: FieldKind) -> None:
        try:
            self._change(with_kind(self._template, spot, kind, self._saved), spot)
        except RefusedError as error:
            self.say(str(error), tone="warning")

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
            self.house.announce(sentences.template_saved(saved.version))
            self.dismiss(None)

    async def _discard(self) -> None:
        if await self.ask(discard_working_copy, self._template.id) is not None:
            self.dismiss(None)

    def _work(self, task: Coroutine[Any, Any, None]) -> None:
        self.run_worker(task, description="template", group="change")

    def _sound(self) -> bool:
        if self._faults:
            first = self._faults[0]
            self.say(sentences.template_faults(len(self._faults), f"{first.sentence} {way_out(first)}"), tone="error")
        return not self._faults

    def _show(self, spot: Spot | None = None) -> None:
        self._faults = faults(self._template)
        lines = lines_of(self._template, self._faults, keys_shown=self._keys_shown)
        self.query_one(EditorList).show(lines, highlight=spot.name if spot else None)
        count = sum(len(section.fields) for section in self._template.sections)
        self.set_context(self._template.title)
        self.set_status(sentences.template_counts(self._template.version, count, len(self._faults)))
        self._tell()

    def _tell(self) -> None:
        spot = self._spot
        here = [each for each in self._faults if spot_of(each) == spot]
        general = [each for each in self._faults if spot_of(each) == Spot()]
        said = [safe.content(f"! {each.sentence} {way_out(each)}", "$error") for each in (here or general)[:2]]
        self.query_one("#editor-said", Static).update(Content("\n").join(said))
