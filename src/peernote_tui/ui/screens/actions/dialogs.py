"""What the tracker asks over its list: until when, who, and in whose words. Esc changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.base import LINE, NAME
from peernote_tui.domain.dates import Toward, say_day, understand_day
from peernote_tui.domain.dates.days import add_months
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.owner import Owner
from peernote_tui.services.changing_actions import ActionChange, snooze
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.screens.keeping import KeepingModal, Take
from peernote_tui.ui.shelf import Shelf
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.text_input import TextInput

if TYPE_CHECKING:
    from peernote_tui.ui.screens.vault_screen import VaultScreen

Changes: TypeAlias = tuple[ActionChange, ...]


class ActionDialog(KeepingModal[Changes]):
    """A question about one action item or several; it gives the changes.

    Attributes:
        ASKED_BY: The screen's action that asks it.

    Args:
        ids: Of the action items.
        subject: What it is about, in words.
        take: Changes them.
    """

    ASKED_BY: ClassVar[str] = ""

    def __init__(self, ids: Sequence[str], subject: str, take: Take[Changes]) -> None:
        super().__init__(Shelf(self.ASKED_BY, tuple(ids)), take)
        self._subject = subject

    def head(self, title: str) -> Static:
        """Title and what it is about."""
        said = safe.assemble((title, "bold"), "  ", (safe.shorten(self._subject, 200), "$muted"))
        return Static(said, markup=False)


@dataclass(frozen=True)
class Snoozed:
    """The answer of `SnoozeDialog`: the new due day, or None for none, and why."""

    due: date | None
    reason: str


class SnoozeDialog(ActionDialog):
    """Asks until when, and why; tomorrow stands there to begin with.

    Args:
        ids: Of the action items.
        subject: What it is about, in words.
        take: Snoozes them; see `Snoozed`.
        today: The local day.
        day_first: How 3/4 is read; None refuses it.
    """

    ASKED_BY = "snooze"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "quick(0)", "Tomorrow", id="snooze.tomorrow", tooltip="Until tomorrow."),
        Binding("f3", "quick(1)", "In a week", id="snooze.week", tooltip="Until the same day next week."),
        Binding("f4", "quick(2)", "In a month", id="snooze.month", tooltip="Until the same day next month."),
    ]

    def __init__(
        self, ids: Sequence[str], subject: str, take: Take[Changes], today: date, *, day_first: bool | None
    ) -> None:
        super().__init__(ids, subject, take)
        self._today, self._day_first = today, day_first
        self._quick = (
            ("F2", sentences.QUICK_TOMORROW, today + timedelta(days=1)),
            ("F3", sentences.QUICK_WEEK, today + timedelta(days=7)),
            ("F4", sentences.QUICK_MONTH, add_months(today, 1)),
        )

    def compose(self) -> ComposeResult:
        """Lay out the quick choices, day and reason."""
        with Vertical(classes="dialog dialog--wide"):
            yield self.head(sentences.SNOOZE)
            quick = sentences.quick_days(self._quick, self._today)
            yield Static(safe.content(quick, "$primary"), classes="dialog--text", markup=False)
            until = TextInput(sentences.QUICK_TOMORROW, id="until-box", select_on_focus=True)
            yield Field("until", sentences.SNOOZE_DAY, until, hint=sentences.SNOOZE_DAY_HINT)
            box = TextInput(id="why-box", max_length=LINE)
            yield Field("why", sentences.SNOOZE_REASON, box, hint=sentences.SNOOZE_REASON_HINT)
            yield Static(safe.content(sentences.DIALOG_KEYS), classes="dialog--keys", markup=False)

    def on_mount(self) -> None:
        """Begin in the day."""
        self._until.focus()
        self._say_back()

    def action_quick(self, place: int) -> None:
        """Take a quick choice, and go on to the reason."""
        self._until.load(self._quick[place][2].isoformat())
        self._say_back()
        self.query_one("#why-box", TextInput).focus()

    @on(Input.Changed, "#until-box")
    def _typing(self) -> None:
        self.query_one("#field-until", Field).set_error(None)
        self._say_back()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        field = self.query_one("#field-until", Field)
        try:
            due = self._understood()
        except InvalidInputError as error:
            field.set_error(str(error))
            self._until.focus()
            return
        if event.input is self._until:
            self.query_one("#why-box", TextInput).focus()
        else:
            self.give(Snoozed(due, event.value.strip()))

    def _say_back(self) -> None:
        field = self.query_one("#field-until", Field)
        try:
            due = self._understood()
        except InvalidInputError:
            field.set_echo(None)
            return
        field.set_echo(say_day(due, today=self._today) if due else sentences.NO_DUE_DAY)

    def _understood(self) -> date | None:
        """The day, or None for none.

        Raises:
            InvalidInputError: Nothing is written, it is no day, or it has passed.
        """
        typed = self._until.value.strip()
        if typed.casefold() in sentences.NO_DAY_WORDS:
            return None
        due = understand_day(typed, today=self._today, toward=Toward.FUTURE, day_first=self._day_first)
        if due < self._today:
            raise InvalidInputError("This day has passed.", sentences.SNOOZE_WAY)
        return due

    @property
    def _until(self) -> TextInput:
        return self.query_one("#until-box", TextInput)


@dataclass(frozen=True)
class Told:
    """The answer of `WordsDialog`: somebody's words, and what became of the action item."""

    words: str
    status: ActionStatus


class WordsDialog(ActionDialog):
    """Asks for the participant's own words, and what became of the action item."""

    ASKED_BY = "words"

    def compose(self) -> ComposeResult:
        """Lay out words and status."""
        with Vertical(classes="dialog dialog--wide"):
            yield self.head(sentences.THEIR_WORDS_TITLE)
            box = TextInput(id="words-box", max_length=LINE)
            yield Field("words", sentences.WORDS_LABEL, box, hint=sentences.WORDS_HINT)
            choice = ChoiceField(sentences.WORDS_STATUSES, value=ActionStatus.DONE.value)
            yield Field("status", sentences.WORDS_STATUS, choice)
            yield Static(safe.content(sentences.DIALOG_KEYS), classes="dialog--keys", markup=False)

    def on_mount(self) -> None:
        """Begin in the words."""
        self.query_one("#words-box", TextInput).focus()

    @on(Input.Submitted)
    def _on_to_status(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(ChoiceField).focus()

    @on(ChoiceField.Submitted)
    def _entered(self, event: ChoiceField.Submitted) -> None:
        event.stop()
        if (status := event.field.value) is not None:
            self.give(Told(self.query_one("#words-box", TextInput).value.strip(), ActionStatus(status)))


@dataclass(frozen=True)
class Assigned:
    """The answer of `ReassignDialog`: who, and their name when it is somebody else."""

    owner: Owner
    name: str = ""


class ReassignDialog(ActionDialog):
    """Asks who takes it on; one key each.

    Args:
        ids: Of the action items.
        subject: What it is about, in words.
        take: Says who; see `Assigned`.
        participant: What the participant is called; empty for several of them.
    """

    ASKED_BY = "reassign"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "take('me')", "Me", id="reassign.me", tooltip="The peer supporter takes it on."),
        Binding("p", "take('participant')", "Participant", id="reassign.them", tooltip="The participant takes it on."),
        Binding("b", "take('both')", "Both", id="reassign.both", tooltip="Both take it on."),
        Binding("o", "other", "Somebody else", id="reassign.other", tooltip="Somebody else takes it on, by name."),
    ]

    def __init__(self, ids: Sequence[str], subject: str, take: Take[Changes], participant: str) -> None:
        super().__init__(ids, subject, take)
        self._participant = participant or sentences.REASSIGN_THEM

    def compose(self) -> ComposeResult:
        """Lay out the keys, and the name for somebody else."""
        words = (
            ("m", sentences.REASSIGN_ME),
            ("p", self._participant),
            ("b", sentences.REASSIGN_BOTH),
            ("o", sentences.REASSIGN_OTHER),
        )
        parts: list[tuple[str, str]] = []
        for key, who in words:
            parts += [(key, "bold $primary"), (f" {safe.shorten(who, 24)}    ", "")]
        with Vertical(classes="dialog dialog--wide"):
            yield self.head(sentences.REASSIGN)
            yield Static(safe.assemble(*parts), classes="dialog--text", markup=False)
            box = TextInput(id="name-box", max_length=NAME)
            yield Field("name", sentences.REASSIGN_NAME, box, hint=sentences.REASSIGN_NAME_HINT)
            yield Static(safe.content(sentences.DIALOG_KEYS), classes="dialog--keys", markup=False)

    def on_mount(self) -> None:
        """Begin with the keys; the name is asked for only where it is needed."""
        self.query_one("#field-name", Field).display = False

    def action_take(self, owner: str) -> None:
        """Give the answer."""
        self.give(Assigned(Owner(owner)))

    def action_other(self) -> None:
        """Ask for the name."""
        self.query_one("#field-name", Field).display = True
        self.query_one("#name-box", TextInput).focus()

    @on(Input.Changed)
    def _typing(self) -> None:
        """A name that waited here is shown."""
        if not self.query_one("#field-name", Field).display:
            self.action_other()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if name := event.value.strip():
            self.give(Assigned(Owner.OTHER, name))


def snooze_dialog(
    screen: VaultScreen[Any], ids: Sequence[str], subject: str, *, first: Callable[[], None] | None = None
) -> SnoozeDialog:
    """The question until when action items wait; it snoozes them.

    Args:
        screen: Over which it is asked.
        ids: Of the action items.
        subject: What it is about, in words.
        first: Done before they are changed.
    """

    async def take(answer: Snoozed) -> Changes:
        if first is not None:
            first()
        return await screen.house.gateway.call(snooze, ids, answer.due, reason=answer.reason)

    return SnoozeDialog(ids, subject, take, screen.workspace.today, day_first=screen.house.settings.day_first)


def snoozed_until(changes: Changes, subject: str, today: date) -> str:
    """Say until when they wait now."""
    due = changes[0].after.due
    return sentences.snoozed(subject, say_day(due, today=today) if due else "")
