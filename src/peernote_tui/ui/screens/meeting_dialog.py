"""The form that plans a meeting or moves one: when, where, what about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from peernote_tui.domain.errors import InvalidInputError, PeerNoteError
from peernote_tui.domain.names import Called
from peernote_tui.domain.next_contact import contact_text, say_contact, understand_contact
from peernote_tui.domain.note import Mode, NextContact
from peernote_tui.services.meetings import MeetingChange, MeetingPlan, meetings_near
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.screens.keeping import KeepingModal, Take
from peernote_tui.ui.shelf import Shelf
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.note_area import NoteArea
from peernote_tui.ui.widgets.text_input import TextInput

_LONGEST_WHEN = 120
_LONGEST_LINE = 500


@dataclass(frozen=True)
class Planned:
    """What was entered: the plan, and why it was moved."""

    plan: MeetingPlan
    reason: str = ""


class MeetingDialog(KeepingModal[MeetingChange]):
    """Plans a meeting or moves one, and gives the change; None when it was closed.

    Args:
        person: With whom.
        take: Stores what was entered, a `Planned`.
        day_first: How numbers such as 5/6 are ordered.
        held: The meeting as it is planned, when it is being moved.
        meeting_id: Its id.
        usual: How they meet where nothing is said of that.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "keep", "Keep", id="meeting.keep", priority=True, tooltip="Keep what stands here.")
    ]

    def __init__(
        self,
        person: Called,
        take: Take[MeetingChange],
        *,
        day_first: bool | None,
        held: MeetingPlan | None = None,
        meeting_id: str = "",
        usual: Mode | None = None,
    ) -> None:
        super().__init__(Shelf("meeting", (person.id, meeting_id)), take)
        self._person = person
        self._day_first = day_first
        self._held = held
        self._meeting_id = meeting_id
        self._usual = usual

    def compose(self) -> ComposeResult:
        """Lay out the form; why is asked only where something is moved."""
        with Vertical(classes="dialog dialog--wide"):
            title = sentences.meeting_with(naming.by_number(self._person), moving=self._held is not None)
            yield Static(safe.content(title, "bold"), markup=False)
            held = self._held or MeetingPlan(day=date.min)
            yield Field("meeting-when", sentences.MEETING_WHEN, self._when_box(), hint=sentences.MEETING_WHEN_HINT)
            yield Static("", id="meeting-near", markup=False)
            place = TextInput(held.place, max_length=_LONGEST_LINE)
            yield Field("meeting-place", sentences.MEETING_PLACE_LABEL, place, optional=True)
            if self._held is not None:
                why = TextInput(max_length=_LONGEST_LINE)
                yield Field(
                    "meeting-reason",
                    sentences.MEETING_REASON,
                    why,
                    hint=sentences.MEETING_REASON_HINT,
                    optional=True,
                )
            topics = NoteArea(held.topics, id="meeting-topics")
            yield Field(
                "meeting-topics",
                sentences.MEETING_TOPICS,
                topics,
                hint=sentences.MEETING_TOPICS_HINT,
                stacked=True,
                optional=True,
            )
            yield Static(safe.content(sentences.MEETING_KEYS), classes="dialog--keys", markup=False)

    def on_mount(self) -> None:
        """Begin with the time."""
        self._box("when").focus()
        self._look()

    def action_keep(self) -> None:
        """Keep what stands here, or say what is not understood."""
        try:
            moment = self._understood()
        except InvalidInputError as error:
            self.refuse(str(error))
            return
        topics = self.query_one("#meeting-topics", NoteArea).text
        plan = MeetingPlan(**dict(moment), place=self._box("place").value, topics=topics)
        self.give(Planned(plan, self._box("reason").value if self._held is not None else ""))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if event.input is self._box("when"):
            self._field("when").set_error(None)
            self._look()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next()

    def _look(self) -> None:
        """Say what was understood, and what else is planned then; while typing, nothing is called wrong."""
        try:
            moment = self._understood()
        except InvalidInputError:
            self._field("when").set_echo(None)
            self._tell_near("")
            return
        self._field("when").set_echo(say_contact(moment, today=self.gateway.workspace.today))
        self._ask_near(moment)

    @work(description="near", exclusive=True, group="near")
    async def _ask_near(self, moment: NextContact) -> None:
        try:
            found = await self.gateway.call(meetings_near, moment.day, moment.at, besides=self._meeting_id)
        except PeerNoteError:
            return
        lines = (sentences.meeting_near(f"{row.follow_up.at:%H:%M}", naming.by_number(row.called)) for row in found[:2])
        self._tell_near("\n".join(lines))

    def _tell_near(self, told: str) -> None:
        for line in self.query("#meeting-near").results(Static):
            line.display = bool(told)
            line.update(safe.content(told, "$primary", keep_lines=True))

    def _understood(self) -> NextContact:
        now = self.gateway.workspace.local_now.replace(tzinfo=None)
        moment = understand_contact(self._box("when").value, now=now, day_first=self._day_first)
        return moment if moment.mode else moment.model_copy(update={"mode": self._usual})

    def _field(self, name: str) -> Field:
        return self.query_one(f"#field-meeting-{name}", Field)

    def _box(self, name: str) -> TextInput:
        return self._field(name).query_one(TextInput)

    def _when_box(self) -> TextInput:
        if self._held is None:
            return TextInput(max_length=_LONGEST_WHEN)
        moment = NextContact(day=self._held.day, at=self._held.at, mode=self._held.mode)
        # Whoever moves a meeting mostly writes another time over the old one.
        return TextInput(contact_text(moment), max_length=_LONGEST_WHEN, select_on_focus=True)
