"""A signed note, to read."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from peernote_tui.documents.added import leaving_document, whole_document
from peernote_tui.documents.document import DocumentKind
from peernote_tui.documents.note_document import STATUS_WORDS, NoteDocument
from peernote_tui.documents.plain import plain_text
from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.dates import say_day
from peernote_tui.domain.template import FieldKind
from peernote_tui.services.notes import note_copied, read_again, view_note
from peernote_tui.services.referring import words_outside
from peernote_tui.ui import naming, sentences
from peernote_tui.ui.adding import add_to_note
from peernote_tui.ui.flows import open_draft, open_note, open_participant
from peernote_tui.ui.giving import hand_out_soon
from peernote_tui.ui.handing import hand_over_soon
from peernote_tui.ui.referring import shown_words
from peernote_tui.ui.screens.participant import ParticipantScreen
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.screens.versions import VersionsScreen
from peernote_tui.ui.widgets.note_page import NotePage, item_key

if TYPE_CHECKING:
    from peernote_tui.domain.note import NoteContent
    from peernote_tui.services.notes import NoteView
    from peernote_tui.ui.app import PeerNoteApp


class NoteScreen(VaultScreen[None]):
    """One signed note as a page; beside what was agreed stands what became of it.

    Args:
        view: The note as `services.notes.view_note` gives it.
    """

    PLACE = sentences.NOTE_PLACE
    NAME = "note"
    FIRST_KEYS = ("note.belongs", "note.add", "note.versions", "page.on", "note.participant", "note.copy")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "p",
            "participant",
            "Participant",
            id="note.participant",
            tooltip="Go to the page of the participant this note is about.",
        ),
        Binding(
            "enter",
            "belongs",
            "Where it belongs",
            id="note.belongs",
            tooltip="Go to the note in the record where this one belongs.",
        ),
        Binding(
            "v",
            "versions",
            "Versions",
            id="note.versions",
            tooltip="What the note said as it was signed, beside what it says now.",
        ),
        Binding(
            "a",
            "add",
            "Add",
            id="note.add",
            tooltip="An addendum, a correction, a statement, that it was written in error, or a co-signature.",
        ),
        Binding(
            "c",
            "copy",
            "Copy to the clipboard",
            id="note.copy",
            tooltip="The whole note as text, for another program. It asks first, and the log keeps it.",
        ),
        Binding("f8", "hand_out", sentences.HAND_OUT, id="note.hand_out", show=False, tooltip=sentences.HAND_OUT_TIP),
    ]

    def __init__(self, view: NoteView) -> None:
        super().__init__()
        self._view = view
        self.subject = view.participant.id
        """Whom Ctrl+N begins a note for."""

    @classmethod
    async def come_back(cls, app: PeerNoteApp, own: dict[str, Any]) -> Self:
        """Open the note again; that is a view of it, and recorded as one."""
        return cls(await app.gateway.call(view_note, str(own["note"])))

    def own_place(self) -> dict[str, Any]:
        """Which note."""
        return {"note": self._view.note.id}

    def compose_body(self) -> ComposeResult:
        """Give the page."""
        yield NotePage()

    def on_mount(self) -> None:
        """Show the note."""
        self._show()
        self.query_one(NotePage).focus()

    def _show(self) -> None:
        note = self._view.note
        self.set_person(self._view.participant.called)
        if note.signed_at is not None:
            day = say_day(in_zone(note.signed_at, note.zone).date(), today=self.workspace.today)
            marks = sentences.added_marks([each.kind.value for each in self._view.addenda], late=bool(note.late_reason))
            self.set_status(sentences.note_signed_on(day, marks))
        told = statuses(self._view, {action.id: action.status for action in self._view.actions})
        self.query_one(NotePage).show(self._document(), statuses=told)

    def _document(self) -> NoteDocument:
        """The note with what was added to it, and under it whether its seal holds and where the log stands."""
        view = self._view
        document = whole_document(view.note, view.template, view.addenda, shown_words(view.people))
        seal = sentences.SEAL_HOLDS if view.anchor else sentences.SEAL_HOLDS_WITHOUT_LOG
        holds = [f"! {each}" for each in view.seal_problems] or [seal]
        anchor = (view.anchor,) if view.anchor else ()
        footing = (sentences.NOTE_STAYS, *document.footing, *holds, *anchor)
        notices = document.notices
        if view.belongs is not None:
            notices = (*notices, sentences.belongs_to(naming.by_number(view.belongs.participant.called)))
        return document.model_copy(update={"footing": footing, "notices": notices})

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Go only where there is anything."""
        if action == "belongs":
            return self._view.belongs is not None
        if action == "versions":
            return any(each.content is not None for each in self._view.addenda)
        return super().check_action(action, parameters)

    def action_add(self) -> None:
        """Ask what is to be added."""
        self.house.run_worker(
            add_to_note(self.house, self._view), description="add to note", exclusive=True, group="flow"
        )

    def action_versions(self) -> None:
        """Compare the versions of the note."""
        self.app.push_screen(VersionsScreen(self._view))

    def action_belongs(self) -> None:
        """Go to the note or draft in the record where this one belongs."""
        there = self._view.belongs
        if there is not None:
            way = open_draft(self.house, there.draft_id) if there.draft_id else open_note(self.house, there.note_id)
            self.house.run_worker(way, description="where it belongs", exclusive=True, group="flow")

    def rename(self) -> None:
        """Show anew whom it is about, and to whom it belongs."""
        super().rename()
        if self.is_mounted and (self._view.belongs is not None or self._view.people):
            self._show()

    async def reload(self) -> None:
        """Say anew how the agreed actions stand, and show what was added meanwhile."""
        now = await self.ask(read_again, self._view.note.id) if self.house.gateway.is_open else None
        if now is None or not self.is_attached:
            return
        before, self._view = self._view, now
        if (now.addenda, now.belongs) != (before.addenda, before.belongs):
            self._show()
            self.refresh_bindings()
        else:
            told = statuses(now, {action.id: action.status for action in now.actions})
            self.query_one(NotePage).mark(told)

    def action_copy(self) -> None:
        """Hand the whole note over as text; the log keeps that it was."""
        note = self._view.note

        def record() -> Awaitable[bool | None]:
            return self.ask(note_copied, note.id)

        people = words_outside(self._view.people)
        text = plain_text(leaving_document(note, self._view.template, self._view.addenda, people))
        hand_over_soon(self, text, sentences.COPY_NOTE_QUESTION, asked_with="c", record=record)

    def action_hand_out(self) -> None:
        """Hand this note out, or more of the record."""
        hand_out_soon(self.house, self.subject, DocumentKind.NOTE, note_id=self._view.note.id)

    def action_participant(self) -> None:
        """Go to the participant's page, or back to it when this note was opened from there."""
        below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None
        if isinstance(below, ParticipantScreen) and below.subject == self.subject:
            self.dismiss(None)
            return
        self.house.run_worker(
            open_participant(self.house, self.subject), description="open participant", exclusive=True, group="flow"
        )


def present(view: NoteView) -> NoteContent:
    """What a note says as it was corrected last."""
    corrected = [each.content for each in view.addenda if each.content is not None]
    return corrected[-1] if corrected else view.note.content


def statuses(view: NoteView, now: Mapping[str, ActionStatus]) -> dict[str, str]:
    """What became of the agreed actions, in words, by their place in the note as `NotePage` counts it."""
    field = next((f for s in view.template.sections for f in s.fields if f.kind is FieldKind.ACTION_ROWS), None)
    if field is None:
        return {}
    return {
        item_key(field.key, place): sentences.action_stands(STATUS_WORDS[now[agreed.id]])
        for place, agreed in enumerate(present(view).agreed_actions)
        if agreed.id in now
    }
