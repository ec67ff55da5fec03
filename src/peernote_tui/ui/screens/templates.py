"""Templates: those there are, and what the highlighted one asks; preview, copy, change, retire, files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import OptionList

from peernote_tui.documents.note_document import Block, BlockKind, DocumentField, DocumentSection, NoteDocument
from peernote_tui.documents.template_file import write_template
from peernote_tui.documents.template_source import MOST_BYTES, TemplateSource, read_source
from peernote_tui.documents.template_words import template_document
from peernote_tui.domain.errors import PeerNoteError, RefusedError
from peernote_tui.domain.template import About, Template
from peernote_tui.services.editing_templates import begin_changing, copy_template, working_copies
from peernote_tui.services.exporting_people import place_file
from peernote_tui.services.keeping_templates import add_source, newest_templates
from peernote_tui.services.retiring_templates import restore_template, retire_template
from peernote_tui.services.templates import built_in_templates
from peernote_tui.ui import sentences
from peernote_tui.ui.backing_up import beside
from peernote_tui.ui.path_suggester import PathSuggester
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.screens.one_line import OneLine
from peernote_tui.ui.screens.printing_form import FormPrint
from peernote_tui.ui.screens.template_editor import EditorScreen
from peernote_tui.ui.screens.template_preview import PreviewScreen
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.shelf import Shelf
from peernote_tui.ui.transcribing import begin_sheets
from peernote_tui.ui.widgets.confirm import Confirm
from peernote_tui.ui.widgets.note_page import NotePage
from peernote_tui.ui.widgets.peer_list import PeerList, Row
from peernote_tui.vault import files

_COLUMNS = (
    Column(24, flex=1),  # title
    Column(10),  # version
    Column(15, gone_below=50),  # due
    Column(13),  # whose, retired, being changed
)
_TOML, _XLSX = ".toml", ".xlsx"


class TemplateList(PeerList):
    """Templates."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Preview", id="templates.preview", tooltip="See it as the wizard will show it."),
        Binding("c", "screen.copy", "Copy", id="templates.copy", tooltip="Make a copy of your own, and change it."),
        Binding("e", "screen.edit", "Change", id="templates.edit", tooltip="Change a template of your own."),
        Binding("r", "screen.retire", "Retire / take back", id="templates.retire",
                tooltip="Begin no new note in it any more, or take it back into use. Drafts in it go on."),
        Binding("i", "screen.take_in", "Take in a file", id="templates.import",
                tooltip="Take in a template from a file, or an XLSForm."),
        Binding("w", "screen.write", "Write to a file", id="templates.export", show=False,
                tooltip="Write the template to a file, to pass it on."),
        Binding("p", "screen.print_form", "Print a form", id="templates.print",
                tooltip="An empty form of it, to write on by hand or to type into."),
        Binding("s", "screen.sheets", sentences.SHEETS_COMMAND, id="templates.sheets", show=False,
                tooltip="Type in a stack of filled paper forms of it, one sheet after the other."),
    ]  # fmt: skip


class TemplatesScreen(VaultScreen[None]):
    """The list, and what the highlighted template asks."""

    PLACE = sentences.TEMPLATES_PLACE
    NAME = "templates"
    FIRST_KEYS = ("templates.preview", "templates.copy", "templates.edit", "templates.retire", "templates.import")

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, Template] = {}
        self._changing: frozenset[str] = frozenset()
        self._own: frozenset[str] = frozenset()

    def compose_body(self) -> ComposeResult:
        """Lay out the list, and below it, or beside it where there is room, what the highlighted one asks."""
        with Container(id="templates-both"):
            yield TemplateList(_COLUMNS, id="templates-list")
            yield NotePage(id="templates-page")

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one(TemplateList).focus()

    async def reload(self) -> None:
        """List anew."""
        await self._look()

    @property
    def _highlighted(self) -> Template | None:
        return self._shown.get(self.query_one(TemplateList).highlighted_id or "")

    async def _look(self, highlight: str | None = None) -> None:
        if not self.house.gateway.is_open:
            return
        copies = await self.ask(working_copies)
        newest = await self.ask(newest_templates)
        if copies is None or newest is None or not self.is_attached:
            return
        shipped = {name for name, _version in built_in_templates()}
        begun = [copy for copy in copies if copy.id not in {each.id for each in newest}]
        self._shown = {each.id: each for each in (*newest, *begun)}
        self._changing = frozenset(copy.id for copy in copies)
        self._own = frozenset(self._shown) - shipped
        self.query_one(TemplateList).show([self._row(each) for each in self._shown.values()], highlight=highlight)
        self._tell()

    def _row(self, template: Template) -> Row:
        if template.id in self._changing:
            mark = Cell(sentences.TEMPLATE_UNSAVED, "$warning")
        elif template.id in self.workspace.retired:
            mark = Cell(sentences.TEMPLATE_RETIRED, "$muted")
        elif template.id in self._own:
            mark = Cell(sentences.TEMPLATE_OWN, "$secondary")
        else:
            mark = Cell(sentences.TEMPLATE_BUILT_IN, "$muted")
        due = sentences.TEMPLATE_OF_PAGES if template.about is About.PARTICIPANT else template.due.words
        version, until = Cell(f"version {template.version}", "$muted"), Cell(due, "$muted")
        return Row(template.id, (Cell(template.title, "bold"), version, until, mark))

    def _tell(self) -> None:
        if (template := self._highlighted) is not None:
            self.query_one(NotePage).show(template_document(template))

    def action_copy(self) -> None:
        """Ask for the title of the copy."""
        if (template := self._highlighted) is not None:
            ask = OneLine(
                sentences.TEMPLATE_COPY,
                sentences.TEMPLATE_TITLE,
                hint=sentences.TEMPLATE_TITLE_HINT,
                shelf=Shelf("template copy", (template.id,)),
                typed=template.title,
            )
            self.app.push_screen(ask, lambda title: self._do(self._copy(template, title)) if title else None)

    def action_edit(self) -> None:
        """Change the highlighted one, if it is one's own."""
        template = self._highlighted
        if template is None:
            return
        if template.id in self._own:
            self._do(self._edit(template.id))
        else:
            self.say(sentences.TEMPLATE_COPY_FIRST)

    def action_retire(self) -> None:
        """Retire the highlighted one, or take it back into use."""
        if (template := self._highlighted) is not None:
            self._do(self._retire(template))

    def action_take_in(self) -> None:
        """Ask for a file."""
        ask = OneLine(
            sentences.TEMPLATE_IMPORT,
            sentences.TEMPLATE_FILE,
            hint=sentences.TEMPLATE_IMPORT_HINT,
            shelf=Shelf("template file"),
            suggester=PathSuggester(_TOML, _XLSX),
        )
        self.app.push_screen(ask, lambda typed: self._do(self._take_in(files.spelled_out(typed))) if typed else None)

    def action_write(self) -> None:
        """Ask where to write."""
        if (template := self._highlighted) is not None:
            ask = OneLine(
                sentences.TEMPLATE_EXPORT,
                sentences.TEMPLATE_FILE,
                hint=sentences.TEMPLATE_EXPORT_HINT,
                shelf=Shelf("template out"),
                suggester=PathSuggester(_TOML),
            )
            self.app.push_screen(
                ask, lambda typed: self._do(self._write(template, files.spelled_out(typed))) if typed else None
            )

    def action_print_form(self) -> None:
        """Ask for the form and the file."""
        if (template := self._highlighted) is not None:
            self.app.push_screen(FormPrint(template))

    def action_sheets(self) -> None:
        """Type in a stack of sheets of the highlighted one."""
        template = self._highlighted
        if template is None or template.id in self._changing:
            return
        if template.about is About.NOTE:
            begin_sheets(self.house, template.id)
        else:
            self.say(sentences.SHEETS_OF_NOTES)

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self._tell()

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        if (template := self._highlighted) is None:
            return
        if template.id in self._changing:
            self._do(self._edit(template.id))
        else:
            self.app.push_screen(PreviewScreen(template))

    def _do(self, task: object) -> None:
        self.run_worker(task, description="template", group="change")  # type: ignore[arg-type]

    async def _copy(self, template: Template, title: str) -> None:
        copy = await self.ask(copy_template, template, title)
        if copy is not None:
            self.house.announce(sentences.TEMPLATE_COPIED)
            await self._edit(copy.id)

    async def _edit(self, template_id: str) -> None:
        if (begun := await self.ask(begin_changing, template_id)) is not None:
            self.app.push_screen(EditorScreen(begun))

    async def _retire(self, template: Template) -> None:
        retired = template.id in self.workspace.retired
        if await self.ask(restore_template if retired else retire_template, template.id) is not None:
            gone = sentences.TEMPLATE_NOW_RETIRED if template.about is About.NOTE else sentences.PAGE_FIELDS_RETIRED
            self.say(sentences.TEMPLATE_IN_USE if retired else gone)
            await self._look()

    async def _take_in(self, path: Path) -> None:
        def read() -> TemplateSource:
            with path.open("rb") as file:
                return read_source(file.read(MOST_BYTES + 1), name=path.stem)

        try:
            source = await beside(read)
        except OSError as error:
            reason = os.strerror(error.errno).lower() if error.errno else "no reason given"
            self.say(sentences.file_unreadable(reason), tone="error")
            return
        taken = await self.ask(add_source, source)
        if taken is None:
            if source.faults:
                self.query_one(NotePage).show(_told(path.name, source))
            return
        await self._look(taken.id)
        self.say(sentences.template_taken_in(taken.version, len(source.report)), tone="success")
        if source.report:
            self.query_one(NotePage).show(_told(path.name, source))

    async def _write(self, template: Template, path: Path, *, replace: bool = False) -> None:
        try:
            await beside(lambda: place_file(path, write_template(template), replace=replace))
        except RefusedError:
            ask = Confirm(sentences.TEMPLATE_REPLACE, str(path), yes=sentences.TEMPLATE_REPLACE_YES)
            self.app.push_screen(ask, lambda yes: self._do(self._write(template, path, replace=True)) if yes else None)
        except PeerNoteError as error:
            self.say(str(error), tone="error")
        else:
            self.say(sentences.template_written(path.name), tone="success")


def _told(name: str, source: TemplateSource) -> NoteDocument:
    """What is wrong with a file, or what of it was not carried over, as a page."""
    blocks = tuple(Block(kind=BlockKind.ITEM, text=line) for line in source.told)
    field = DocumentField(key="told", label="", blocks=blocks)
    return NoteDocument(title=name, facts=(), sections=(DocumentSection(title="", fields=(field,)),), footing=())
