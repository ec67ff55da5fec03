"""Something into a file that other programs read: what of it, and where; of participants in which form, and whom."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from peernote_tui.documents.people.table import FileKind
from peernote_tui.domain.errors import PeerNoteError, RefusedError
from peernote_tui.services.exporting_people import export_people, require_free
from peernote_tui.services.placing import place_out
from peernote_tui.services.synced_folders import synced_folder
from peernote_tui.services.workspace import Workspace
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.backing_up import beside
from peernote_tui.ui.path_suggester import PathSuggester
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.unaccounted import keeps_no_account, leaves_all_the_same
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.text_input import TextInput
from peernote_tui.vault import files


class FileExport(VaultScreen[None]):
    """Says that a file will be readable, asks what is to be in it, and writes it; in the vault only the log changes.

    Subclasses say what they ask with `CHOICES`, and write the file in `write_file`.
    """

    READABLE: ClassVar[str] = ""
    CHOICES: ClassVar[tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]]
    """The questions before the name of the file: id, label, choices; the first choice is the usual one."""
    FILE_HINT: ClassVar[str]
    SUFFIXES: ClassVar[tuple[str, ...]]
    FIRST_KEYS = ("export.write", "export.replace")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "write(False)", "Write", id="export.write", tooltip="Write the file."),
        Binding(
            "f4",
            "write(True)",
            "Replace",
            id="export.replace",
            tooltip="Write over the file that is there already.",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._busy = self._taken = False

    def compose_body(self) -> ComposeResult:
        """Lay out the warning and the questions."""
        yield Static(safe.content(self.readable, "$warning"), id="readable", markup=False)
        for name, label, choices in self.CHOICES:
            yield Field(name, label, ChoiceField(choices, value=choices[0][0], id=name))
        box = TextInput(max_length=1000, id="file")
        box.suggester = PathSuggester(*self.SUFFIXES)
        yield Field("file", sentences.EXPORT_FILE, box, hint=self.FILE_HINT)

    def on_mount(self) -> None:
        """Begin with the first question."""
        self.query_one("#file", TextInput).load(self.proposal)
        self.query_one(f"#{self.CHOICES[0][0]}").focus()

    @property
    def readable(self) -> str:
        """What leaves the vault, and who can read it."""
        return self.READABLE

    @property
    def tells_of_people(self) -> bool:
        """Whether what is written has to be accounted for."""
        return False

    @property
    def proposal(self) -> str:
        """The name of the file to begin with; empty for none."""
        return ""

    async def write_file(self, path: Path, *, replace: bool) -> str:
        """Write the file, and say what was written; for subclasses.

        Raises:
            RefusedError: Something has this name already.
            PeerNoteError: It cannot be made or written; nothing half-written is left.
        """
        raise NotImplementedError

    def chosen(self, name: str) -> str:
        """What was chosen for one of the questions."""
        usual = next(choices[0][0] for key, _, choices in self.CHOICES if key == name)
        return self.query_one(f"#{name}", ChoiceField).value or usual

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to replace only what is there."""
        if action == "write" and parameters == (True,):
            return self._taken
        return super().check_action(action, parameters)

    @on(ChoiceField.Submitted)
    def _answered(self, event: ChoiceField.Submitted) -> None:
        event.stop()
        names = [name for name, _, _ in self.CHOICES] + ["file"]
        self.query_one(f"#{names[names.index(str(event.field.id)) + 1]}").focus()

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
            self._refuse(sentences.IMPORT_NO_FILE)
        elif not self._busy:
            self._busy = True
            task = self._write(files.spelled_out(typed), replace=replace)
            self.run_worker(task, description="export", exclusive=True, group="export")

    async def _write(self, path: Path, *, replace: bool) -> None:
        try:
            if self.tells_of_people and not await leaves_all_the_same(self.house):
                return
            self.say(sentences.EXPORT_WRITING)
            told = await self.write_file(path, replace=replace)
        except PeerNoteError as error:
            self.say_nothing()
            self._taken = isinstance(error, RefusedError)
            said = sentences.is_there_already(str(path)) if self._taken else str(error)
            self._refuse(said)
            self.refresh_bindings()
            return
        finally:
            self._busy = False
        synced = await beside(lambda: synced_folder(path)) if self.tells_of_people else ""
        self.house.announce(" ".join([told, *([sentences.copied_by(synced)] if synced else [])]))
        self.dismiss(None)

    def _refuse(self, said: str) -> None:
        """Say at the name of the file what is wrong with it, and go there."""
        field = self.query_one("#field-file", Field)
        field.set_error(said)
        field.focus_control()


class ExportScreen(FileExport):
    """Participants as a file: in which form, and whom."""

    PLACE = sentences.EXPORT_PLACE
    READABLE = sentences.EXPORT_READABLE
    CHOICES = (
        ("form", sentences.EXPORT_FORM, sentences.EXPORT_FORMS),
        ("whom", sentences.EXPORT_WHO, sentences.EXPORT_WHOM),
    )
    FILE_HINT = sentences.EXPORT_FILE_HINT
    SUFFIXES = (".csv", ".xlsx")

    @property
    def tells_of_people(self) -> bool:
        """It does."""
        return True

    async def write_file(self, path: Path, *, replace: bool) -> str:
        """Write the participants."""
        form, archived = FileKind(self.chosen("form")), self.chosen("whom") == "archived"
        unaccounted = keeps_no_account(self.house)
        count = await self.house.gateway.call(
            write_people, form, path, archived=archived, replace=replace, unaccounted=unaccounted
        )
        return sentences.participants_written(count, path.name)


def write_people(
    workspace: Workspace, form: FileKind, path: Path, *, archived: bool, replace: bool, unaccounted: bool = False
) -> int:
    """Write participants to a file, and say how many.

    Raises:
        RefusedError: Something has this name already.
        StorageError: The disk refuses; nothing half-written is left.
    """
    require_free(path, replace=replace)
    made = export_people(workspace, form, archived=archived, unaccounted=unaccounted)
    place_out(workspace, path, made.data, replace=replace, accounted=made.accounted)
    return made.count
