"""Handing a document out: what, to whom, what for, on what basis, in which format, how closed, and where to."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Self

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from peernote_tui.documents.document import DocumentKind, Paper
from peernote_tui.domain.errors import InvalidInputError, PeerNoteError, RefusedError
from peernote_tui.services.half_typed import keep_typed
from peernote_tui.services.handing_out import Closed
from peernote_tui.services.key_slots import WORK_FACTOR
from peernote_tui.services.ordering import TYPED, Ahead, look_ahead, staying
from peernote_tui.ui import sentences
from peernote_tui.ui.backing_up import beside
from peernote_tui.ui.screens.handing_fields import PASSPHRASE, PASSWORD, READABLE, RECIPIENT, TYPED_KEYS, fields
from peernote_tui.ui.screens.handing_places import as_typed, understood
from peernote_tui.ui.screens.handing_where import Where
from peernote_tui.ui.screens.handing_work import StoppedError, Task, Work
from peernote_tui.ui.screens.note_choice import NoteChoice
from peernote_tui.ui.unaccounted import keeps_no_account, leaves_all_the_same
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.form import Form

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp

_AT = {"format": "form", "recipients": "recipient", "password": "closed"}
"""Where a refusal is said whose question has another name here."""
_PURPOSE = "purpose"
_KINDS = (
    DocumentKind.NOTES,
    DocumentKind.RECORD,
    DocumentKind.SUMMARY,
    DocumentKind.ACCOUNTING,
    DocumentKind.CALENDAR,
)


class HandOutScreen(Where):
    """Asks everything on one page, says what will go along and what stays, and writes the file.

    Args:
        ahead: What is to be known before, of the participant whose record it is.
        kind: What is to be handed out at first.
        note_id: The note or draft it was reached from; empty for none.
        notes: The notes that are chosen.
    """

    PLACE = sentences.HAND_OUT_PLACE
    NAME = "hand_out"
    FIRST_KEYS = ("hand_out.write", "hand_out.replace", "hand_out.notes", "hand_out.drive", "hand_out.reveal")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "write(False)", "Write", id="hand_out.write", tooltip="Write the file."),
        Binding(
            "f4",
            "write(True)",
            "Replace",
            id="hand_out.replace",
            tooltip="Write over the file that is there already.",
        ),
        Binding(
            "f3",
            "choose_notes",
            "Choose notes",
            id="hand_out.notes",
            tooltip="Hand out a choice of their notes: mark them in a list.",
        ),
        Binding(
            "f2",
            "drive",
            "Google Drive",
            id="hand_out.drive",
            tooltip="Put the file into the folder of Google Drive on this computer; again, into the next one.",
        ),
    ]

    def __init__(self, ahead: Ahead, kind: DocumentKind, *, note_id: str = "", notes: tuple[str, ...] = ()) -> None:
        super().__init__(ahead, kind)
        self._note_id = note_id
        self._notes = notes
        self._work: Work | None = None
        self._kept = {key: str(ahead.typed[key]) for key in (*TYPED_KEYS, _PURPOSE) if ahead.typed.get(key)}

    @classmethod
    async def come_back(cls, app: PeerNoteApp, own: dict[str, Any]) -> Self:
        """Ask again; what was typed is put back, but no secret."""
        ahead = await app.gateway.call(look_ahead, str(own["participant"]))
        notes = tuple(str(each) for each in own["notes"])
        return cls(ahead, DocumentKind(own["kind"]), note_id=str(own["note"]), notes=notes)

    def own_place(self) -> dict[str, Any]:
        """Whose record, and which notes."""
        return {
            "participant": self.subject,
            "kind": self.kind.value,
            "note": self._note_id,
            "notes": list(self._notes),
            **self.where_place(),
        }

    async def settle_in(self, own: dict[str, Any]) -> None:
        """Fit the questions to what was put back."""
        self.where_left(own)
        await self.reload()

    @property
    def half_typed(self) -> bool:
        """Nothing: what is typed is kept in the vault when the screen is left."""
        return False

    def compose_body(self) -> ComposeResult:
        """Lay out the questions, and below them what will go along."""
        # Reached from a note, it can be that note; from a draft, that draft.
        first = DocumentKind.FORM if self._kind is DocumentKind.FORM else DocumentKind.NOTE
        kinds = ((first,) if self._note_id else ()) + _KINDS
        with Form():
            yield from fields(kinds, self.ahead.consents)
        yield Static("", id="ahead", markup=False)

    def on_mount(self) -> None:
        """Begin with what was typed before, and the habits of the last time."""
        self.set_person(self.ahead.participant.called)
        self.choice("what").load(self._kind.value)
        if self._kind is DocumentKind.ACCOUNTING:
            self.choice(_PURPOSE).load("participant")
        else:
            for key in TYPED_KEYS:
                self.box(key).load(self._kept.get(key, ""))
            self.choice(_PURPOSE).load(self.choice(_PURPOSE).validate_value(self._kept.get(_PURPOSE)))
        for key in ("form", "paper"):
            if habit := self.choice(key).validate_value(self.ahead.habits.get(key)):
                self.choice(key).value = habit
        self.query_one("#what").focus()
        self.follow()

    async def reload(self) -> None:
        """Look again which consents hold, what would stay, and where the file may go."""
        if not self.house.gateway.is_open:
            return
        ahead = await self.ask(look_ahead, self.subject)
        if ahead is None or not self.is_attached:
            return
        self.take(ahead)
        await self.find_places(ahead.habits.get("folder", ""))
        await self._look()

    async def flush(self) -> None:
        """Keep what is typed until it is handed out, but no secret."""
        told = {_PURPOSE: self.chosen(_PURPOSE), **{key: self.box(key).value.strip() for key in TYPED_KEYS}}
        typed = {key: value for key, value in told.items() if value}
        kept_here = self._kind is not DocumentKind.ACCOUNTING and not keeps_no_account(self.house)
        if typed != self._kept and kept_here:
            await self.house.gateway.call(keep_typed, self.subject, typed, form=TYPED)
            self._kept = typed

    def go_back(self) -> None:
        """Keep what is typed, and leave; while the file is made, stop that first."""
        if self._work is not None:
            self._work.stop()
            self.say(sentences.HAND_OUT_STOPPING)
        else:
            self.run_worker(self._leave(), description="leave", exclusive=True, group="leave")

    async def _leave(self) -> None:
        with suppress(PeerNoteError):
            await self.flush()
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to replace only what is there, and Google Drive only where it is found."""
        if action == "write" and parameters == (True,):
            return self.taken
        if action == "drive":
            return bool(self.places and self.places.drives)
        return super().check_action(action, parameters)

    @property
    def note_ids(self) -> tuple[str, ...]:
        """The notes, where it is notes."""
        if self.kind in (DocumentKind.NOTE, DocumentKind.FORM):
            return (self._note_id,)
        return self._notes if self.kind is DocumentKind.NOTES else ()

    def action_choose_notes(self) -> None:
        """Mark notes in a list."""
        chosen = self._notes or ((self._note_id,) if self._note_id and self._kind is not DocumentKind.FORM else ())
        self.app.push_screen(NoteChoice(self.ahead.participant, chosen), self._notes_chosen)

    def _notes_chosen(self, chosen: tuple[str, ...] | None) -> None:
        if chosen:
            self._notes = chosen
            self.choice("what").load(DocumentKind.NOTES.value)
            self.field("what").set_error(None)
            self.field("what").set_echo(sentences.notes_taken(len(chosen)))
            self.look_soon()

    def action_write(self, replace: bool) -> None:  # noqa: FBT001 an action takes its arguments by place
        """Write the file; over one that is there only when asked to."""
        if self._work is not None or self.places is None:
            return
        try:
            given, closed = self.given(), self.closed()
            self._require_notes()
            path = understood(self.box("file").value, self.places.folder, self.suffix)
        except InvalidInputError as error:
            self.refuse(error.field, str(error))
            return
        task = Task(
            self.subject,
            self.kind,
            given,
            form=self.form,
            paper=Paper(self.chosen("paper") or Paper.A4.value),
            note_ids=self.note_ids,
            path=path,
            replace=replace,
            closed=closed,
            mail=self.is_mail,
            unaccounted=keeps_no_account(self.house),
        )
        self._work = Work(task, self._laid_out)
        self.run_worker(self._write(task, self._work), description="hand out", exclusive=True, group="export")

    def _laid_out(self, done: int, total: int) -> None:
        # Called in a thread that waits for nobody.
        self.app.call_later(self._say_how_far, done, total)

    def _say_how_far(self, done: int, total: int) -> None:
        if self._work is not None and self.is_attached:
            self.say(sentences.laid_out_so_far(done, total))

    def _require_notes(self) -> None:
        if self.kind is DocumentKind.NOTES and not self._notes:
            raise InvalidInputError(sentences.NOTES_MISSING, field="what")

    async def _write(self, task: Task, work: Work) -> None:
        try:
            if not await leaves_all_the_same(self.house):
                return
            self.say(sentences.HAND_OUT_WORKING)
            made = await work.run(self.house.gateway)
        except StoppedError:
            self.say(sentences.HAND_OUT_STOPPED)
            return
        except PeerNoteError as error:
            self.say_nothing()
            self.taken = isinstance(error, RefusedError) and not task.replace and await beside(task.path.exists)
            said = sentences.is_there_already(as_typed(task.path)) if self.taken else str(error)
            where = getattr(error, "field", "") or "file"
            self.refuse(_AT.get(where, where), said)
            self.refresh_bindings()
            return
        finally:
            self._work = None
        told = made.disclosure
        where = as_typed(task.path)
        self.house.announce(
            sentences.handed_out(told.what, told.to, where, made.undrawable, accounted=made.accounted),
            tone="success" if made.accounted else "warning",
        )
        self.dismiss(None)

    def closed(self) -> Closed:
        """How the file is to be closed.

        Raises:
            InvalidInputError: A secret is missing, or was typed differently.
        """
        how = self.chosen("closed") or READABLE
        secret = self.box("secret").value
        if how == RECIPIENT:
            key = self.box("recipient").value.strip()
            if not key:
                raise InvalidInputError(sentences.KEY_MISSING, field="recipient")
            return Closed(recipient=key)
        if how not in (PASSWORD, PASSPHRASE):
            return Closed()
        if not secret:
            raise InvalidInputError(sentences.CLOSING_MISSING, field="secret")
        if secret != self.box("again").value:
            raise InvalidInputError(sentences.SECRETS_DIFFER, field="again")
        if how == PASSWORD:
            return Closed(password=secret)
        return Closed(passphrase=secret, work_factor=self.house.work_factor or WORK_FACTOR)

    @on(ChoiceField.Changed)
    def _answered(self, event: ChoiceField.Changed) -> None:
        event.stop()
        self.answered(str(event.field.id))
        if event.field.id in ("what", "form", "closed", "mail"):
            self.look_soon()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.answered(str(event.input.id))
        if event.input.id == "file":
            self.forget_taken()
            self.run_worker(self.look_at_folder(), description="folder", exclusive=True, group="folder")

    @on(ChoiceField.Submitted)
    def _chosen(self, event: ChoiceField.Submitted) -> None:
        event.stop()
        if event.field.id == "what" and self.kind is DocumentKind.NOTES and not self._notes:
            self.action_choose_notes()
        else:
            self.go_on(str(event.field.id))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id == "file":
            self.say(sentences.FILE_READY)
        else:
            self.go_on(str(event.input.id))

    def look_soon(self) -> None:
        """Count what would stay, and propose a name."""
        self.run_worker(self._look(), description="look", exclusive=True, group="look")

    async def _look(self) -> None:
        kind, notes = self.kind, self.note_ids
        if self.places is None:
            return
        await self.propose(kind.value)
        await self.look_at_folder()
        # Counted last: it reads every note of a whole record.
        private = await self.ask(staying, self.subject, kind, notes)
        if self.is_attached:
            self.private = private or 0
            self.follow()
