"""Somebody's note from a file, to read, and the statement that is signed under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from peernote_tui.documents.added import whole_document
from peernote_tui.documents.note_json import NoteFile, read_note_file, write_addendum, write_file
from peernote_tui.domain.addendum import Addendum
from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.services.cosignature_files import NoteToCosign, note_to_cosign
from peernote_tui.services.cosigning import cosign
from peernote_tui.services.exporting_people import place_file
from peernote_tui.ui import sentences
from peernote_tui.ui.backing_up import beside
from peernote_tui.ui.cosigning import where_to_write
from peernote_tui.ui.screens.writing_screen import WritingScreen
from peernote_tui.ui.widgets.confirm import Confirm
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.note_area import NoteArea
from peernote_tui.ui.widgets.note_page import NotePage

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp


class CosignScreen(WritingScreen[None]):
    """The note above, the statement below; F8 signs it into a file for the note's author.

    Args:
        read: The note as `services.cosignature_files.note_to_cosign` gives it.
        words: The statement as far as it is written.
        signed: A statement that was signed before and is in no file yet.
    """

    PLACE = sentences.COSIGN_PLACE
    NAME = "cosign"
    FIRST_KEYS = ("cosign.sign", "page.on")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f8",
            "sign",
            "Sign",
            id="cosign.sign",
            tooltip="Sign your statement with your own key, into a file for the note's author.",
        ),
    ]

    def __init__(self, read: NoteToCosign, words: str = "", signed: Addendum | None = None) -> None:
        super().__init__()
        self._read = read
        self._words = words
        self._signed = signed

    @classmethod
    async def come_back(cls, app: PeerNoteApp, own: dict[str, Any]) -> Self:
        """Show the same note, which the file need not hold any more."""
        read = await app.gateway.call(note_to_cosign, read_note_file(str(own["file"]).encode()))
        return cls(read, str(own["words"]), Addendum.model_validate(own["signed"]) if own["signed"] else None)

    def own_place(self) -> dict[str, Any]:
        """The note, and the statement, signed or not, which nothing else keeps."""
        found = NoteFile(notes=(self._read.note,), addenda=self._read.addenda)
        signed = self._signed.model_dump(mode="json") if self._signed is not None else None
        return {"file": write_file(found).decode(), "words": self._area.text, "signed": signed}

    @property
    def half_typed(self) -> bool:
        """Whether there is a statement, which nothing keeps but its file."""
        return self._signed is not None or (self.is_mounted and bool(self._area.text.strip()))

    @property
    def _area(self) -> NoteArea:
        return self.query_one("#statement", NoteArea)

    def compose_body(self) -> ComposeResult:
        """Lay out the note, and the box below it."""
        yield NotePage()
        area = NoteArea(self._words, id="statement")
        yield Field("statement", sentences.COSIGN_STATEMENT, area, hint=sentences.COSIGN_STATEMENT_HINT, stacked=True)

    def on_mount(self) -> None:
        """Begin with reading."""
        read = self._read
        document = whole_document(read.note, read.template, read.addenda)
        footing = (sentences.COSIGN_NOT_HERE, *document.footing)
        self.query_one(NotePage).show(document.model_copy(update={"footing": footing}))
        self.query_one(NotePage).focus()
        self._show_signed()

    def go_back(self) -> None:
        """Leave; a statement that is in no file is not left without being asked."""
        if not self.half_typed:
            self.dismiss(None)
            return
        ask = Confirm(sentences.COSIGN_LEAVE, sentences.COSIGN_LEAVE_TOLD, yes=sentences.COSIGN_LEAVE_YES)

        def answered(yes: bool | None) -> None:  # noqa: FBT001 as Textual calls it
            if yes:
                self.dismiss(None)

        self.app.push_screen(ask, answered)

    def action_sign(self) -> None:
        """Ask for the file, then sign."""
        if not self.half_typed:
            self.query_one(Field).set_error(sentences.COSIGN_NO_WORDS)
            self._area.focus()
            return
        self.house.run_worker(self._sign(), description="co-sign", exclusive=True, group="flow")

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self.query_one(Field).set_error(None)

    @on(NoteArea.Cut)
    def _tell_cut(self, event: NoteArea.Cut) -> None:
        self.say(sentences.cut_paste(event.limit), tone="warning")

    async def _sign(self) -> None:
        where = await where_to_write(
            self.house,
            sentences.COSIGN_WRITE_TITLE,
            hint=sentences.COSIGN_WRITE_HINT,
            typed=f"~/co-signature-{self._read.note.id[:13]}.json",
        )
        if where is None:
            return
        path, replace = where
        if self._signed is None:
            self._signed = await self.ask(cosign, self._read.note, self._area.text)
        if (signed := self._signed) is None:
            return
        try:
            await beside(lambda: place_file(path, write_addendum(signed), replace=replace))
        except PeerNoteError as error:
            self._show_signed()
            self.say(str(error), tone="error")
            return
        self.house.announce(sentences.cosigned(path.name))
        self.dismiss(None)

    def _show_signed(self) -> None:
        """What is signed does not change; it waits for its file."""
        if self._signed is not None:
            self._area.read_only = True
            self.say(sentences.COSIGN_SIGNED_ALREADY, tone="warning")
