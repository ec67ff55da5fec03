"""A participant's whole record out of another vault: looked at, then taken in just so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from peernote_tui.documents.contents.tables import PURPOSE_WORDS
from peernote_tui.documents.record_json import RecordFile, looks_like_record, read_record
from peernote_tui.documents.record_words import PART_WORDS, differing_words, numbers
from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.services.participants import get_participant
from peernote_tui.services.record_bytes import is_closed, load, open_closed
from peernote_tui.services.record_plans import RecordPlan
from peernote_tui.services.taking_records import look_at_record, take_record
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.flows import open_participant
from peernote_tui.ui.screens.base import PeerScreen
from peernote_tui.ui.screens.door import SecretInput
from peernote_tui.ui.screens.vault_screen import VaultScreen

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp

_LABEL = 18
"""Cells of the column that says what is counted."""


class PassphraseBox(SecretInput):
    """The passphrase of a closed file: masked, never kept; F8 goes on, as everywhere on the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "screen.go_on", "Go on", id="import.go_on", tooltip="Open the file with this passphrase."),
        Binding("f3", "reveal", "Show", id="take_record.reveal", tooltip="Show what is typed, or mask it again."),
    ]


class ClosedFileError(PeerNoteError):
    """A file is closed and was not opened; its passphrase is asked for."""


def record_in(path: Path, passphrase: str) -> RecordFile | None:
    """The record that a file holds, opened where it is closed; None for a file of something else.

    Raises:
        ClosedFileError: It is closed, and no passphrase is typed yet.
        WrongPassphraseError: The passphrase does not open it.
        InvalidInputError: It is no file, no whole record, or closed for somebody's key.
        StorageError: The disk refuses.
    """
    data = load(path)
    closed = is_closed(data)
    if closed and not passphrase:
        raise ClosedFileError(sentences.RECORD_CLOSED)
    if closed:
        data = open_closed(data, passphrase)
    return read_record(data) if closed or looks_like_record(data) else None


class Reading(VerticalScroll, can_focus=True):
    """The review; the arrow and page keys scroll it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "page_down", "Read on", id="page.on", tooltip="Scroll one page on."),
    ]


class TakeRecordScreen(VaultScreen[str]):
    """The review of a record; gives what is to be said on the page of its participant when that is to be opened.

    Args:
        record: As it was read.
        plan: What taking it in would do.
    """

    PLACE = sentences.RECORD_PLACE
    FIRST_KEYS = ("take_record.now", "page.on")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "take", "Take it in", id="take_record.now", tooltip="Take the record in as the review says."),
    ]

    def __init__(self, record: RecordFile, plan: RecordPlan) -> None:
        super().__init__()
        self._record, self._plan = record, plan
        self._like = ""
        self._busy = False

    def compose_body(self) -> ComposeResult:
        """Lay out the review, and the keys below it."""
        with Reading():
            yield Static("", id="review", markup=False)
        yield Static("", id="what-next", classes="muted", markup=False)

    def on_mount(self) -> None:
        """Begin with reading."""
        self.query_one(Reading).focus()

    async def reload(self) -> None:
        """Look again at what taking it in would do."""
        if not self.house.gateway.is_open or self._busy:
            return
        plan = await self.ask(look_at_record, self._record)
        like = await self.ask(get_participant, plan.like_id) if plan is not None and plan.like_id else None
        if plan is None or not self.is_attached:
            return
        self._plan, self._like = plan, "" if like is None else naming.by_number(like.called)
        self.set_person(plan.participant.called)
        self.query_one("#review", Static).update(Content("\n").join(self._lines()))
        said = sentences.RECORD_ALL_HERE if plan.empty else sentences.RECORD_KEYS
        self.query_one("#what-next", Static).update(sentences.RECORD_NOTHING if plan.refused else said)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is taken in that is refused."""
        if action == "take":
            return not self._plan.refused
        return super().check_action(action, parameters)

    def go_back(self) -> None:
        """Leave; what is being taken in is not left half done."""
        if not self._busy:
            super().go_back()

    def action_take(self) -> None:
        """Take it in; what is here already leads to the page."""
        if self._plan.empty:
            self.dismiss("")
        elif not self._busy:
            self._busy = True
            self.say(sentences.RECORD_TAKING)
            self.run_worker(self._take(), description="take in a record", exclusive=True, group="take")

    async def _take(self) -> None:
        try:
            done = await self.ask(take_record, self._record, self._plan)
        except RuntimeError:
            # The vault was locked meanwhile; whoever locks waits for nothing.
            if self.house.may_work:
                raise
            return
        finally:
            self._busy = False
        if done is not None and self.is_attached:
            self.dismiss(sentences.RECORD_TAKEN)

    def _lines(self) -> list[Content]:
        plan = self._plan
        person = plan.participant.called
        made = in_zone(plan.made_at, self.workspace.clock.zone)
        purpose = PURPOSE_WORDS[plan.purpose]
        found = [
            safe.assemble((naming.name(person), "bold"), f"  {naming.apart(person)}"),
            safe.content(sentences.RECORD_KNOWN if plan.known else sentences.RECORD_NEW),
            safe.content(sentences.record_made(plan.made_by.name, f"{made:%Y-%m-%d %H:%M}", purpose), "$muted"),
            *(safe.content(each, "$muted") for each in plan.held_back),
        ]
        told = [part.model_dump(mode="json") for part in plan.parts]
        counted = [(PART_WORDS[part["part"]], numbers(part)) for part in told if numbers(part)]
        if plan.refused:
            found += _part(sentences.RECORD_REFUSED, plan.refused, "bold $error", sign="!")
        elif counted:
            found += [Content(""), safe.content(sentences.RECORD_COMES, "bold $secondary")]
            found += [safe.assemble(f"{label:<{_LABEL}}", (words, _style(words))) for label, words in counted]
        if known := self._to_be_known():
            found += _part(sentences.RECORD_TOLD, known, "bold $primary", sign="•")
        return found

    def _to_be_known(self) -> tuple[str, ...]:
        plan = self._plan
        first = [plan.closed] if plan.closed and not plan.refused else []
        if plan.differs:
            first.append(sentences.pages_differ(differing_words(plan.differs)))
        if self._like:
            first.append(sentences.likely_same(self._like))
        return (*first, *plan.told)


async def open_taken(app: PeerNoteApp, participant_id: str, said: str) -> None:
    """Open the page of whose record was taken in, and say that there."""
    await open_participant(app, participant_id)
    if said and isinstance(app.screen, PeerScreen):
        app.screen.say(said, tone="success")


def _style(words: str) -> str:
    return "" if "new" in words or "changed" in words else "$muted"


def _part(title: str, told: tuple[str, ...], style: str, *, sign: str) -> list[Content]:
    return [Content(""), safe.content(title, style), *(safe.content(f"{sign} {each}") for each in told)]
