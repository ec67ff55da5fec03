"""Writing an addendum, a participant's statement, or that a note was written in error; kept while it is typed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import ContentSwitcher, Input, Static, TextArea

from peernote_tui.documents.added import amendment_document
from peernote_tui.documents.addendum_words import TITLES
from peernote_tui.documents.note_document import long_day
from peernote_tui.domain.addendum import AddendumKind, Amendment
from peernote_tui.domain.base import LINE, NAME
from peernote_tui.domain.clock import in_zone, local_now
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import NoteIncompleteError, NotFoundError, PeerNoteError, RefusedError
from peernote_tui.domain.note import Note
from peernote_tui.domain.participant import Participant
from peernote_tui.services import amending, writing
from peernote_tui.services.participants import get_participant
from peernote_tui.services.workspace import Workspace
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.screens.adding.reviewing import AddReview
from peernote_tui.ui.screens.note_wizard.drafting import Drafting, SavingSaid
from peernote_tui.ui.screens.participants import ParticipantsScreen
from peernote_tui.ui.screens.writing_screen import WritingScreen
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.note_area import NoteArea
from peernote_tui.ui.widgets.text_input import TextInput
from peernote_tui.ui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp

RIGHT_RECORD = "belongs"
"""Under which name the draft keeps, until it is signed, in whose record the note belongs."""


@dataclass(frozen=True)
class Adding:
    """What the screen fetches before it opens.

    Attributes:
        draft: The draft as stored.
        newest: As it stood when this run could not store it; None when the vault holds everything.
        amendment: What it adds.
        note: The signed note that it is added to.
        participant: Whose record that stands in.
        right: In whose record the note belongs, as chosen so far.
    """

    draft: Draft
    newest: Draft | None
    amendment: Amendment
    note: Note
    participant: Participant
    right: Participant | None


def fetch_adding(workspace: Workspace, draft_id: str) -> Adding:
    """Fetch a draft of something that is added to a note, and what stands beside it.

    Raises:
        NotFoundError: It is not there any more.
        RefusedError: It adds to nothing.
    """
    draft = writing.get_draft(workspace, draft_id)
    if draft.amendment is None:
        raise RefusedError("This draft is a note of its own.")
    kept = workspace.standing.rescued.get(draft_id)
    right = None
    # A record that was erased meanwhile must keep nobody from these words.
    with suppress(NotFoundError):
        right = get_participant(workspace, draft.typed.get(RIGHT_RECORD, ""))
    return Adding(
        draft=draft,
        newest=None if kept is None else kept[0],
        amendment=draft.amendment,
        note=amending.note_with_addenda(workspace, draft.amendment.note_id).note,
        participant=get_participant(workspace, draft.participant_id),
        right=right,
    )


class AddScreen(WritingScreen[str]):
    """Gives the id of the draft that was begun in another record, or None.

    Args:
        adding: What `load` fetched.
    """

    PLACE = "Addendum"
    NAME = "adding"
    FIRST_KEYS = ("adding.review", "note.sign", "adding.whose", "adding.nobody", "field.next")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f2,ctrl+s",
            "review",
            "Review & sign",
            id="adding.review",
            priority=True,
            tooltip="What will be signed, and what is missing.",
        ),
        Binding(
            "f4",
            "whose",
            "Whose it is",
            id="adding.whose",
            tooltip="Find the person the note is about; the same note is begun in their record.",
        ),
        Binding("f3", "nobody", "Nobody's", id="adding.nobody", tooltip="The note belongs in no record here."),
    ]

    def __init__(self, adding: Adding) -> None:
        super().__init__()
        self._adding = adding
        self._amendment = adding.amendment
        self._right = adding.right
        self._saving = SavingSaid(self)
        self._signing = False

    @classmethod
    async def load(cls, app: PeerNoteApp, draft_id: str) -> Self:
        """Fetch everything the screen shows.

        Raises:
            PeerNoteError: The draft is not there any more.
        """
        return cls(await app.gateway.call(fetch_adding, draft_id))

    @classmethod
    async def come_back(cls, app: PeerNoteApp, own: dict[str, Any]) -> Self:
        """Open the draft again, if it is still being written."""
        return await cls.load(app, str(own["draft"]))

    def own_place(self) -> dict[str, Any]:
        """Which draft, and whether it was looked at as it will be signed."""
        return {"draft": self.draft.id, "review": self._reviewing}

    async def settle_in(self, own: dict[str, Any]) -> None:
        """Show again what will be signed, if it was looked at."""
        if own["review"]:
            await self._show_review()

    @property
    def draft(self) -> Draft:
        """The draft as it stands on screen."""
        return self._drafting.newest if self.is_mounted else self._adding.draft

    @property
    def subject(self) -> str:
        """Whom the screen is about."""
        return self._adding.participant.id

    @property
    def half_typed(self) -> bool:
        """Nothing: the draft keeps every word."""
        return False

    @property
    def note_id(self) -> str:
        """The note that is added to."""
        return self._amendment.note_id

    def compose_body(self) -> ComposeResult:
        """Lay out the boxes, and what will be signed behind them."""
        amendment = (self._adding.newest or self._adding.draft).amendment or self._amendment
        kind = amendment.kind
        with ContentSwitcher(id="adding", initial="add-form"):
            with Vertical(id="add-form"):
                yield Static(safe.content(self._title, "bold"), markup=False)
                head = safe.content(sentences.ADD_HEADS[kind.value], "$muted")
                yield Static(head, classes="add--head", markup=False)
                if kind is not AddendumKind.STATEMENT:
                    box = TextInput(amendment.reason, max_length=LINE)
                    yield Field("reason", sentences.REASON_LABEL, box, hint=sentences.REASON_HINTS[kind.value])
                if kind is AddendumKind.IN_ERROR:
                    yield Static("", id="whose", markup=False)
                else:
                    area = NoteArea(amendment.text)
                    yield Field("text", sentences.ADD_TEXT_LABELS[kind.value], area, stacked=True)
                if kind is AddendumKind.STATEMENT:
                    box = TextInput(amendment.said_by, max_length=NAME)
                    yield Field("said_by", sentences.SAID_BY_LABEL, box, hint=sentences.SAID_BY_HINT)
            yield AddReview()

    def on_mount(self) -> None:
        """Begin in the first box."""
        self._drafting = Drafting(
            self.house.gateway,
            self._adding.draft,
            later=self.set_timer,
            saved=self._saving.saved,
            failed=self._saving.failed,
            newest=self._adding.newest,
        )
        self._amendment = self.draft.amendment or self._amendment
        self.query_one(TopLine).place = TITLES[self._amendment.kind]
        self.set_person(self._adding.participant.called)
        self._saving.show(in_zone(self._adding.draft.changed_at, self.workspace.clock.zone))
        self._say_whose()
        first = self._boxes.get("reason") or self._boxes.get("text")
        if first is not None:
            first.focus_control()

    async def flush(self) -> None:
        """Store what is typed but not saved yet."""
        if self.is_mounted:
            await self._drafting.flush()

    async def keep(self) -> None:
        """Store what is typed, or write it to a rescue file where the vault does not take it."""
        if self.is_mounted:
            await self._drafting.keep()

    def go_back(self) -> None:
        """Leave the draft in the vault; from what will be signed, go back to the boxes."""
        if self._reviewing:
            self.query_one("#adding", ContentSwitcher).current = "add-form"
            self.refresh_bindings()
            self._focus_first()
        else:
            self.run_worker(self._close(), description="close", group="step", exclusive=True)

    def rename(self) -> None:
        """Show anew in whose record the note belongs."""
        super().rename()
        self._say_whose()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No review from the review; a person only for a note that was written in error."""
        if action == "review":
            return not self._reviewing
        if action in ("whose", "nobody"):
            asks = self._amendment.kind is AddendumKind.IN_ERROR and not self._reviewing
            return asks and (action == "whose" or self._right is not None)
        return super().check_action(action, parameters)

    def action_review(self) -> None:
        """Show what will be signed."""
        self.run_worker(self._show_review(), description="review", group="step", exclusive=True)

    def action_whose(self) -> None:
        """Find the person the note is about."""
        self.house.run_worker(self._choose(), description="whose", exclusive=True, group="flow")

    def action_nobody(self) -> None:
        """Say that the note belongs in no record here."""
        self._set_right(None)

    @property
    def _title(self) -> str:
        kind, day = self._amendment.kind, self._adding.note.content.day
        return sentences.added_to(kind.value, TITLES[kind], long_day(day) if day else "")

    @property
    def _reviewing(self) -> bool:
        return self.is_mounted and self.query_one("#adding", ContentSwitcher).current == "add-review"

    @property
    def _boxes(self) -> dict[str, Field]:
        return {field.key: field for field in self.query("#add-form Field").results(Field)}

    def _focus_first(self) -> None:
        for field in self.query("#add-form Field").results(Field):
            field.focus_control()
            return

    async def _choose(self) -> None:
        chosen = await self.app.push_screen_wait(ParticipantsScreen(choosing=True))
        if chosen is None:
            return
        if chosen == self.subject:
            self.say(sentences.IN_THIS_RECORD, tone="error")
            return
        person = await self.ask(get_participant, chosen)
        if person is not None:
            self._set_right(person)

    def _set_right(self, person: Participant | None) -> None:
        self._right = person
        typed = {key: text for key, text in self.draft.typed.items() if key != RIGHT_RECORD}
        if person is not None:
            typed[RIGHT_RECORD] = person.id
        self._drafting.change(self.draft.model_copy(update={"typed": typed}))
        self._say_whose()
        self.refresh_bindings()

    def _say_whose(self) -> None:
        name = naming.by_number(self._right.called) if self._right is not None else ""
        for line in self.query("#whose").results(Static):
            line.update(safe.content(sentences.belongs_where(name), "$secondary" if name else "$muted"))

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self) -> None:
        words = {}
        for key, field in self._boxes.items():
            control = field.control
            words[key] = control.text if isinstance(control, NoteArea) else getattr(control, "value", "")
        self._amendment = self._amendment.model_copy(update=words)
        self._drafting.change(self.draft.model_copy(update={"amendment": self._amendment}))

    @on(Input.Submitted)
    def _go_on(self, event: Input.Submitted) -> None:
        boxes = list(self._boxes.values())
        at = next((place for place, field in enumerate(boxes) if field.control is event.control), len(boxes))
        if at + 1 < len(boxes):
            boxes[at + 1].focus_control()
        else:
            self.action_review()

    @on(NoteArea.Cut)
    @on(TextInput.Cut)
    def _tell_cut(self, event: NoteArea.Cut | TextInput.Cut) -> None:
        self.say(sentences.cut_paste(event.limit), tone="warning")

    @on(AddReview.Sign)
    def _sign(self) -> None:
        if not self._signing:
            self._signing = True
            self.run_worker(self._sign_it(), description="sign", group="sign")

    async def _show_review(self) -> None:
        problems = await self.ask(amending.amendment_problems, self.draft.id) if await self._flushed() else None
        if problems is None:
            return
        name = naming.by_number(self._right.called) if self._right is not None else ""
        document = amendment_document(self._amendment)
        twice = await self.ask(amending.amendment_warnings, self.draft.id) or ()
        footing = [*(f"! {each}" for each in twice), sentences.SIGNED_FOR_GOOD]
        if self._amendment.kind is AddendumKind.IN_ERROR:
            footing.append(sentences.error_signed(name))
        pane = self.query_one(AddReview)
        pane.show(problems, document.model_copy(update={"title": self._title, "footing": tuple(footing)}))
        self.query_one("#adding", ContentSwitcher).current = "add-review"
        pane.focus_page()
        self.refresh_bindings()

    async def _flushed(self) -> bool:
        try:
            await self.flush()
        except PeerNoteError as error:
            self._saving.failed(error)
            return False
        return True

    async def _close(self) -> None:
        try:
            told = await self._drafting.put_down()
        except PeerNoteError as error:
            self._saving.failed(error)
            return
        if told:
            self.house.announce(told, tone="warning")
        self.dismiss(None)

    async def _sign_it(self) -> None:
        try:
            await self.flush()
            problems = await self.house.gateway.call(amending.amendment_problems, self.draft.id)
            if not problems and self._right is not None and not self._amendment.belongs_to:
                # Kept with this draft at once, so that trying again begins no second note there.
                moved = await self.house.gateway.call(amending.move_to_right_record, self.note_id, self._right.id)
                self._amendment = self._amendment.model_copy(update={"belongs_to": moved.id})
                self._drafting.change(self.draft.model_copy(update={"amendment": self._amendment}))
                await self.flush()
            signed = await self.house.gateway.call(amending.sign_amendment, self.draft.id)
        except PeerNoteError as error:
            gaps = error.missing if isinstance(error, NoteIncompleteError) else ()
            self.say(gaps[0] if gaps else str(error), tone="error")
            self._signing = False
            return
        now = f"{local_now(self.workspace.clock):%H:%M}"
        self.house.announce(sentences.added_signed(TITLES[signed.kind], now))
        self.dismiss(signed.belongs_to or None)
