"""Erasing a participant's record: what would go, their record kept first, and a word typed by hand."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.domain.private_answers import stayed_words
from peernote_tui.services.erasing import (
    Erased,
    ErasurePreview,
    ErasureReason,
    erase_participant,
    keep_record,
    preview_erasure,
    require_no_hold,
)
from peernote_tui.services.erasing_backups import remove_holding
from peernote_tui.services.participants import get_participant
from peernote_tui.services.workspace import Workspace
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.confirm import Confirm
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.text_input import TextInput
from peernote_tui.vault import files


class EraseScreen(VaultScreen[str]):
    """Says what would go and where the person would still be found; gives a sentence when the record is erased.

    Args:
        participant_id: Whose record.
    """

    PLACE = sentences.ERASE_PLACE
    FIRST_KEYS = ("erase.with_export", "erase.without_export")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f8",
            "erase(True)",
            "Erase",
            id="erase.with_export",
            tooltip="Write their record to the file, then erase it.",
        ),
        Binding(
            "f4",
            "erase(False)",
            "Keep no copy",
            id="erase.without_export",
            tooltip="Erase the record without writing it to a file first.",
        ),
    ]

    def __init__(self, participant_id: str) -> None:
        super().__init__()
        self._whose = participant_id
        self._busy = False

    def compose_body(self) -> ComposeResult:
        """Lay out the preview and the two boxes."""
        with VerticalScroll(id="preview-scroll", can_focus=False):
            yield Static("", id="preview", markup=False)
        yield Field("file", sentences.ERASE_FILE, TextInput(max_length=1000), hint=sentences.ERASE_FILE_HINT)
        yield Field("word", sentences.ERASE_TYPE, TextInput(max_length=20), hint=sentences.ERASE_TYPE_HINT, width=12)

    def on_mount(self) -> None:
        """Begin in the box for the file."""
        self._box("file").focus()

    async def reload(self) -> None:
        """Count anew what would go."""
        if not self.house.gateway.is_open or self._busy:
            return
        preview = await self.ask(preview_erasure, self._whose)
        if preview is not None and self.is_attached:
            self.set_person(preview.participant.called)
            self.query_one("#preview", Static).update(safe.content(_words(preview), keep_lines=True))

    def action_erase(self, export: bool) -> None:  # noqa: FBT001 an action takes its arguments by place
        """Erase when the word is typed, with their record written to a file first or without."""
        if self._busy:
            return
        word, file = self._field("word"), self._field("file")
        target = files.spelled_out(self._box("file").value.strip()) if export else None
        file.set_error(sentences.ERASE_NO_FILE if export and not self._box("file").value.strip() else None)
        word.set_error(None if self._box("word").value.strip() == sentences.ERASE_WORD else sentences.ERASE_NOT_TYPED)
        if self._box("word").value.strip() == sentences.ERASE_WORD and not (
            export and not self._box("file").value.strip()
        ):
            self._busy = True
            self.run_worker(self._erase(target), description="erase", exclusive=True, group="erase")

    async def _erase(self, target: Path | None) -> None:
        self.say(sentences.ERASING)
        try:
            done, left_out = await self.house.gateway.call(erase, self._whose, target)
        except PeerNoteError as error:
            self.say(str(error), tone="error")
            return
        finally:
            self._busy = False
        holding = [each.backup.name for each in done.backups if each.read]
        removed = 0
        if holding:
            question = Confirm(
                sentences.backups_question(len(holding)), sentences.BACKUPS_CONSEQUENCE, yes=sentences.BACKUPS_YES
            )
            if await self.app.push_screen_wait(question):
                removed = len(await self.ask(remove_holding, self._whose) or ())
        self.dismiss(sentences.erased(len(holding) - removed, stayed_words(left_out)))

    def _field(self, key: str) -> Field:
        return self.query_one(f"#field-{key}", Field)

    def _box(self, key: str) -> TextInput:
        return self._field(key).query_one(TextInput)


def erase(workspace: Workspace, participant_id: str, target: Path | None) -> tuple[Erased, int]:
    """Write their record to a file, unless `target` is None, and erase it; beside, how many answers the file lacks.

    Raises:
        RefusedError: The file is there already, or a legal hold keeps the record; nothing was changed.
        StorageError: The file or the backup before it cannot be written; nothing was erased.
    """
    require_no_hold(get_participant(workspace, participant_id))
    left_out = 0
    if target is not None:
        left_out = keep_record(workspace, participant_id, target)
    return erase_participant(workspace, participant_id, reason=ErasureReason.ASKED), left_out


def _words(preview: ErasurePreview) -> str:
    backups = [
        sentences.backup_holding_them(
            each.backup.name, each.leaves_on.isoformat() if each.leaves_on else "", read=each.read
        )
        for each in preview.backups
    ]
    return sentences.erase_preview(
        preview.counts,
        backups,
        named_in=preview.named_in,
        rescue_files=preview.rescue_files,
        held=preview.participant.held_at is not None,
    )
