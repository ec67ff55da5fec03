"""The form that plans a meeting or moves one: when, where, what about."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
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
from peernote_tui.services.meetings import MeetingPlan, meetings_near
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.gateway import Gateway
from peernote_tui.ui.screens.base import PeerModal
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


@dataclass(frozen=True)
class Typed:
    """What stands in the boxes, understood or not."""

    when: str = ""
    place: str = ""
    reason: str = ""
    topics: str = ""


class MeetingDialog(PeerModal[Planned]):
    """Gives what was entered, or None when it was closed.

    Args:
        person: With whom.
        gateway: The way to the vault, for other meetings at that time.
        day_first: How numbers such as 5/6 are ordered.
        held: The meeting as it is planned, when it is being moved.
        meeting_id: Its id.
        usual: How they meet where nothing is said of that.
        typed: What was typed before and not kept, to go on with.
        error: Why it was refused.
        keep: Stores what stands in the boxes before they go; None where nothing was typed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "keep", "Keep", id="meeting.keep", priority=True, tooltip="Keep what stands here.")
    ]

    def __init__(
        self,
        person: Called,
        gateway: Gateway,
        *,
        day_first: bool | None,
        held: MeetingPlan | None = None,
        meeting_id: str = "",
        usual: Mode | None = None,
        typed: Typed | None = None,
        error: str = "",
        keep: Callable[[Typed | None], Awaitable[None]],
    ) -> None:
        super().__init__()
        self._keep = keep
        self._person = person
        self._gateway = gateway
        self._day_first = day_first
        self._held = held
        self._meeting_id = meeting_id
        self._usual = usual
        self._first = typed or _as_typed(held)
        self._error = error
        # Whoever moves a meeting mostly writes another time over the old one.
        self._is_guess = held is not None and typed is None

    def compose(self) -> ComposeResult:
        """Lay out the form; why is asked only where something is moved."""
        with Vertical(classes="dialog dialog--wide"):
            title = sentences.meeting_with(naming.by_number(self._person), moving=self._held is not None)
            yield Static(safe.content(title, "bold"), markup=False)
            yield Field(
                "meeting-when",
                sentences.MEETING_WHEN,
                TextInput(self._first.when, max_length=_LONGEST_WHEN, select_on_focus=self._is_guess),
                hint=sentences.MEETING_WHEN_HINT,
            )
            yield Static("", id="meeting-near", markup=False)
            place = TextInput(self._first.place, max_length=_LONGEST_LINE)
            yield Field("meeting-place", sentences.MEETING_PLACE_LABEL, place, optional=True)
            if self._held is not None:
                why = TextInput(self._first.reason, max_length=_LONGEST_LINE)
                yield Field(
                    "meeting-reason",
                    sentences.MEETING_REASON,
                    why,
                    hint=sentences.MEETING_REASON_HINT,
                    optional=True,
                )
            topics = NoteArea(self._first.topics, id="meeting-topics")
            yield Field(
                "meeting-topics",
                sentences.MEETING_TOPICS,
                topics,
                hint=sentences.MEETING_TOPICS_HINT,
                stacked=True,
                optional=True,
            )
            yield Static(safe.content(sentences.MEETING_KEYS), classes="dialog--keys", markup=False)

    async def action_close(self) -> None:
        """Close, and leave what was typed for the next time."""
        await self.flush()
        super().action_close()

    async def flush(self) -> None:
        """Keep what stands in the boxes for the next time."""
        if self.query("#meeting-topics"):
            await self._keep(self._typed_now())

    def _typed_now(self) -> Typed | None:
        found = Typed(
            when=self._box("when").value,
            place=self._box("place").value,
            reason=self._box("reason").value if self._held is not None else "",
            topics=self._topics.text,
        )
        return None if found == _as_typed(self._held) else found

    def on_mount(self) -> None:
        """Begin with the time."""
        self._box("when").focus()
        self._look()
        if self._error:
            self._field("when").set_error(self._error)

    async def action_keep(self) -> None:
        """Give what stands here, or say what is not understood."""
        try:
            moment = self._understood()
        except InvalidInputError as error:
            self._field("when").set_error(str(error))
            self._box("when").focus()
            return
        # It may be refused, and is asked anew then.
        await self.flush()
        typed = self._typed_now() or self._first
        plan = MeetingPlan(**dict(moment), place=typed.place, topics=typed.topics)
        self.dismiss(Planned(plan, typed.reason))

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
        self._field("when").set_echo(say_contact(moment, today=self._gateway.workspace.today))
        self._ask_near(moment)

    @work(description="near", exclusive=True, group="near")
    async def _ask_near(self, moment: NextContact) -> None:
        try:
            found = await self._gateway.call(meetings_near, moment.day, moment.at, besides=self._meeting_id)
        except PeerNoteError:
            return
        lines = (sentences.meeting_near(f"{row.follow_up.at:%H:%M}", naming.by_number(row.called)) for row in found[:2])
        self._tell_near("\n".join(lines))

    def _tell_near(self, told: str) -> None:
        for line in self.query("#meeting-near").results(Static):
            line.display = bool(told)
            line.update(safe.content(told, "$primary", keep_lines=True))

    def _understood(self) -> NextContact:
        now = self._gateway.workspace.local_now.replace(tzinfo=None)
        moment = understand_contact(self._box("when").value, now=now, day_first=self._day_first)
        return moment if moment.mode else moment.model_copy(update={"mode": self._usual})

    @property
    def _topics(self) -> NoteArea:
        return self.query_one("#meeting-topics", NoteArea)

    def _field(self, name: str) -> Field:
        return self.query_one(f"#field-meeting-{name}", Field)

    def _box(self, name: str) -> TextInput:
        return self._field(name).query_one(TextInput)


def _as_typed(plan: MeetingPlan | None) -> Typed:
    if plan is None:
        return Typed()
    moment = NextContact(day=plan.day, at=plan.at, mode=plan.mode)
    return Typed(when=contact_text(moment), place=plan.place, topics=plan.topics)
