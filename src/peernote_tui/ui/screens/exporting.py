"""Participants into a file that other programs read: in which form, whom, and where."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from peernote_tui.documents.people.table import FileKind
from peernote_tui.domain.errors import PeerNoteError, RefusedError
from peernote_tui.services.exporting_people import export_people, place_file, require_free
from peernote_tui.services.workspace import Workspace
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.path_suggester import PathSuggester
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.text_input import TextInput


class ExportScreen(VaultScreen[None]):
    """Says that the file will be readable, and writes it; nothing in the vault changes but the log."""

    PLACE = sentences.EXPORT_PLACE
    FIRST_KEYS = ("export.write", "export.replace")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "write(False)", "Write", id="export.write", tooltip="Write the participants to the file."),
        Binding(
            "f4",
            "write(True)",
            "Replace",
            id="export.replace",
            tooltip="Write them over the file that is there already.",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._busy = self._taken = False

    def compose_body(self) -> ComposeResult:
        """Lay out the warning and the three questions."""
        yield Static(safe.content(sentences.EXPORT_READABLE, "$warning"), id="readable", markup=False)
        yield Field("form", sentences.EXPORT_FORM, ChoiceField(sentences.EXPORT_FORMS, value="csv", id="form"))
        yield Field("whom", sentences.EXPORT_WHO, ChoiceField(sentences.EXPORT_WHOM, value="active", id="whom"))
        box = TextInput(max_length=1000, id="file")
        box.suggester = PathSuggester(".csv", ".xlsx")
        yield Field("file", sentences.EXPORT_FILE, box, hint=sentences.EXPORT_FILE_HINT)

    def on_mount(self) -> None:
        """Begin with the form."""
        self.query_one("#form").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to replace only what is there."""
        if action == "write" and parameters == (True,):
            return self._taken
        return super().check_action(action, parameters)

    @on(ChoiceField.Submitted)
    def _answered(self, event: ChoiceField.Submitted) -> None:
        event.stop()
        self.query_one("#whom" if event.field.id == "form" else "#file").focus()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_write(False)

    @on(Input.Changed)
    def _typed(self) -> None:
        self._taken = False
        self.query_one("#field-file", Field).set_error(None)
        self.refresh_bindings()

    def action_write(self, replace: bool) -> None:  # noqa: FBT001 an action takes its arguments by place
        """Write the file; over one that is there only when asked to."""
        typed = self.query_one("#file", TextInput).value.strip()
        if not typed:
            self.query_one("#field-file", Field).set_error(sentences.IMPORT_NO_FILE)
        elif not self._busy:
            self._busy = True
            self.say(sentences.EXPORT_WRITING)
            task = self._write(Path(typed).expanduser(), replace=replace)
            self.run_worker(task, description="export", exclusive=True, group="export")

    async def _write(self, path: Path, *, replace: bool) -> None:
        form = FileKind(self.query_one("#form", ChoiceField).value or "csv")
        archived = self.query_one("#whom", ChoiceField).value == "archived"
        try:
            count = await self.house.gateway.call(write_people, form, path, archived=archived, replace=replace)
        except PeerNoteError as error:
            self.say_nothing()
            self._taken = isinstance(error, RefusedError)
            said = sentences.is_there_already(str(path)) if self._taken else str(error)
            self.query_one("#field-file", Field).set_error(said)
            self.refresh_bindings()
            return
        finally:
            self._busy = False
        self.house.announce(sentences.participants_written(count, path.name))
        self.dismiss(None)


def write_people(workspace: Workspace, form: FileKind, path: Path, *, archived: bool, replace: bool) -> int:
    """Write participants to a file, and say how many.

    Raises:
        RefusedError: Something has this name already.
        StorageError: The disk refuses; nothing half-written is left.
    """
    require_free(path, replace=replace)
    made = export_people(workspace, form, archived=archived)
    place_file(path, made.data, replace=replace)
    return made.count
