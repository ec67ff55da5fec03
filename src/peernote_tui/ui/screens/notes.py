"""Notes: every signed note, newest first, and found by the words in it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList

from peernote_tui.documents.document import DocumentKind
from peernote_tui.domain.dates import say_day
from peernote_tui.domain.note import NoteKind, NoteRow
from peernote_tui.repository.notes import MARK_END, MARK_START
from peernote_tui.services.notes import FoundNotes, list_notes, search_notes
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.flows import open_note
from peernote_tui.ui.giving import hand_out_soon
from peernote_tui.ui.naming import NamedRow
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.screens.base import WIDE
from peernote_tui.ui.screens.vault_screen import VaultTopScreen
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.peer_list import PeerList
from peernote_tui.ui.widgets.text_input import TextInput

PAGE = 50
"""Notes fetched at a time."""
MOST = 500
"""Notes listed at most; to see others one types. A longer list takes noticeable time to lay out."""
_NEAR_END = 10
_BOX = 24
_WIDE_BOX = 34
_LEAD = 24
"""Cells kept before the first found word, so that it can be seen on a narrow screen."""
_COLUMNS = (
    Column(11),
    Column(5),
    Column(12),
    Column(7, flex=1),
    Column(9, gone_below=62),
    Column(9, flex=3, gone_below=70),
    Column(4),
)
_NAME, _SECOND = 2, 3
"""Places of the columns that name people and tell those of one name apart."""
_MARKS = re.compile(f"([{MARK_START}{MARK_END}])")


class FindBox(TextInput):
    """The search box: Down goes to the list, Enter opens the highlighted note, Esc empties it."""

    MAY_BE_LOST = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Open", id="find.open", tooltip="Open the highlighted note."),
        Binding("down", "screen.to_list", "To the list", id="find.list", tooltip="Go down to the notes."),
        Binding(
            "escape", "empty", "Empty the box", id="find.empty", show=False, tooltip="Empty the box and see all notes."
        ),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Esc steps back when there is nothing to empty."""
        if action == "empty":
            return bool(self.value)
        return super().check_action(action, parameters)

    def action_empty(self) -> None:
        """Empty the box; Ctrl+Z brings the words back."""
        self.replace("", 0, len(self.value))


class NoteList(PeerList):
    """The notes; `/` goes to the box."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "screen.find", "Find words", id="notes.find", tooltip="Find notes by the words in them."),
        Binding(
            "f8", "screen.hand_out", sentences.HAND_OUT, id="notes.hand_out", show=False, tooltip=sentences.HAND_OUT_TIP
        ),
    ]

    def action_cursor_up(self) -> None:
        """Move up; from the first note, to the box."""
        if not self.highlighted:
            self.screen.query_one(FindBox).focus()
        else:
            super().action_cursor_up()


class NotesScreen(VaultTopScreen):
    """All signed notes, newest first; what is typed finds notes that hold every word."""

    PLACE = "Notes"
    NAME = "notes"
    FIRST_KEYS = ("list.open", "find.open", "notes.find", "find.list", "house.new_note")

    def __init__(self) -> None:
        super().__init__()
        self._found: FoundNotes | None = None
        self._limit = PAGE
        self._fetching = False

    def compose_body(self) -> ComposeResult:
        """Lay out the box, what it found, and the list."""
        box = FindBox(placeholder=sentences.NOTES_FIND, max_length=200)
        yield Field("find", sentences.FIND_NOTES, box, width=_BOX, help_text=sentences.NOTES_FIND_HELP)
        yield NoteList(_COLUMNS)

    def on_mount(self) -> None:
        """Begin on the list, where single keys work."""
        self.query_one(NoteList).focus()

    def own_place(self) -> dict[str, Any]:
        """How many notes were listed."""
        return {"limit": self._limit}

    async def settle_in(self, own: dict[str, Any]) -> None:
        """List as many notes again."""
        self._limit = min(MOST, max(PAGE, int(own["limit"])))
        await self.reload()

    def find(self) -> None:
        """Put focus in the search box."""
        box = self.query_one(FindBox)
        box.focus()
        box.action_select_all()

    def action_hand_out(self) -> None:
        """Hand the highlighted note out, or others of its participant."""
        note_id = self.query_one(NoteList).highlighted_id
        note = next((each for each in self._found.notes if each.id == note_id), None) if self._found else None
        if note is not None:
            hand_out_soon(self.house, note.participant_id, DocumentKind.NOTE, note_id=note.id)

    def action_find(self) -> None:
        """As `find`, for the key on the list."""
        self.find()

    def action_to_list(self) -> None:
        """Go from the box to the list."""
        if self.query_one(NoteList).row_count:
            self.query_one(NoteList).focus()

    async def reload(self) -> None:
        """Fetch the notes anew, as many as were shown."""
        if self.house.gateway.is_open:
            await self._fetch(self._limit)

    def on_resize(self, event: events.Resize) -> None:
        """Fit to the new width what tells people apart."""
        super().on_resize(event)
        self.query_one(FindBox).styles.width = _WIDE_BOX if event.size.width >= WIDE else _BOX
        self.call_after_refresh(self._show)

    @on(Input.Changed, "FindBox")
    def _typed(self) -> None:
        self._limit = PAGE
        self.run_worker(self._fetch(PAGE), description="search", exclusive=True, group="search")

    @on(Input.Submitted, "FindBox")
    def _entered(self) -> None:
        note_id = self.query_one(NoteList).highlighted_id
        if note_id and self._found is not None and self._found.query == self._query:
            self._open(note_id)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if event.option_id:
            self._open(event.option_id)

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        found = self._found
        if found is None or self._fetching or len(found.notes) >= min(found.total, MOST):
            return
        if event.option_index >= len(found.notes) - _NEAR_END:
            self._limit = min(MOST, len(found.notes) + PAGE)
            self.run_worker(self._fetch(self._limit), description="more", group="search")

    def _open(self, note_id: str) -> None:
        self.house.run_worker(open_note(self.house, note_id), description="open note", exclusive=True, group="flow")

    @property
    def _query(self) -> str:
        return self.query_one(FindBox).value.strip()

    async def _fetch(self, limit: int) -> None:
        query = self._query
        self._fetching = True
        try:
            found = await (self.ask(search_notes, query, limit=limit) if query else self.ask(list_notes, limit=limit))
        finally:
            self._fetching = False
        # What was typed meanwhile asks anew; an answer to older words would only flicker.
        if found is None or not self.is_attached or query != self._query:
            return
        is_other = self._found is None or self._found.query != query
        self._found = found.model_copy(update={"query": query})
        self._show(from_top=is_other)

    def _show(self, *, from_top: bool = False) -> None:
        found = self._found
        if found is None or not self.is_attached or not self.house.gateway.is_open:
            return
        notes = self.query_one(NoteList)
        today = self.workspace.today
        rows = [_row(note, today=today) for note in found.notes]
        notes.set_empty(sentences.NOTES_NOT_FOUND if found.query else sentences.NOTES_EMPTY)
        notes.show(rows, highlight=rows[0].id if from_top and rows else None)
        counted = sentences.notes_counted(len(rows), found.total, searching=bool(found.query))
        self.query_one("#field-find", Field).set_echo(counted)


def in_surroundings(snippet: str) -> Content:
    """A snippet with its found words in amber, beginning shortly before the first of them."""
    parts: list[Content] = []
    found = False
    for piece in _MARKS.split(snippet):
        if piece in (MARK_START, MARK_END):
            found = piece == MARK_START
        elif piece and not parts and not found and safe.width(safe.clean(piece)) > _LEAD:
            parts.append(safe.content(safe.ELLIPSIS + safe.clean(piece)[-_LEAD:], "$muted"))
        elif piece:
            parts.append(safe.content(piece, "bold $primary" if found else "$muted"))
    return Content.assemble(*parts)


def how_word(note: NoteRow) -> str:
    """How a contact took place, in a word; the kind where it says more."""
    if note.kind is not NoteKind.INDIVIDUAL or note.mode is None:
        return sentences.KIND_WORDS[note.kind.value]
    return sentences.MODE_WORDS[note.mode.value]


def note_words(note: NoteRow, *, else_place: bool = False) -> Content:
    """What a list says of a note: that it counts for nothing or holds an emergency, its tags, what was added.

    Args:
        note: The note.
        else_place: Where it took place, if it has no tags.
    """
    marks = sentences.added_marks(note.added)
    first = [mark for mark in marks if mark == sentences.IN_ERROR_MARK]
    first += [sentences.EMERGENCY_MARK] if note.emergency else []
    parts = [safe.content(mark, "$error") for mark in first]
    told = ", ".join(note.tags) or (note.place if else_place else "")
    parts += [safe.content(told)] if told else []
    parts += [safe.content(mark, "$secondary") for mark in marks if mark not in first]
    return Content(", ").join(parts)


def day_cell(note: NoteRow, *, today: date) -> str:
    """The day of a contact in at most eleven cells; the weekday gives way to another year."""
    if note.day is None:
        return ""
    said = say_day(note.day, today=today)
    return said.partition(" ")[2] if said.endswith(f" {note.day.year}") else said


def _row(note: NoteRow, *, today: date) -> NamedRow:
    return NamedRow(
        note.id,
        (
            day_cell(note, today=today),
            Cell(f"{note.start:%H:%M}" if note.start else "", "$muted"),
            "",
            "",
            Cell(how_word(note), "$secondary"),
            note_words(note),
            Cell(sentences.LATE_MARK if note.late else "", "$primary"),
        ),
        below=in_surroundings(note.snippet) if note.snippet else "",
        columns=_COLUMNS,
        person=note.called,
        name_at=_NAME,
        apart_at=_SECOND,
    )
