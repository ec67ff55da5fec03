"""Each of them: the line of the highlighted participant under the list of all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList, Static

from peernote_tui.domain.base import LINE
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.group_session import Attendance, GroupContent, GroupLine
from peernote_tui.services.groups import GroupPerson
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.screens.group.group_list import GroupList
from peernote_tui.ui.screens.group.reading import Reading, moment_text
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.form import Form
from peernote_tui.ui.widgets.text_input import TextInput

_CAME = ("response", "next_step", "next_contact")
_MISSED = ("reason", "outreach", "next_contact")
_EMERGENCY = "emergency_reason"


class EachStep(Vertical):
    """The fourth step: Enter goes from box to box, and from the last one to the next participant.

    Args:
        by: How days and times are read.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "other(1)", "Next of them", id="group.next_line", tooltip="On to the next participant."),
        Binding("pageup", "other(-1)", "The one before", id="group.line_before", show=False,
                tooltip="Back to the participant before."),
        Binding("f8", "consent", "Consent", id="group.consent", show=False,
                tooltip="Record this participant's consent, and come back."),
        Binding("f4", "bare", "Only the contact", id="group.contact_only", show=False,
                tooltip="Without consent, log only that they were there; the same key takes it back."),
    ]  # fmt: skip

    @dataclass
    class Changed(Message):
        """A line is another one."""

        line: GroupLine

    @dataclass
    class Consent(Message):
        """The consent of somebody is to be looked at."""

        participant_id: str

    @dataclass
    class Done(Message):
        """Enter after the last participant: go on."""

    def __init__(self, by: Reading) -> None:
        super().__init__(id="group-3")
        self._by = by
        self._content = GroupContent()
        self._people: dict[str, GroupPerson] = {}
        self._line_id = ""

    def compose(self) -> ComposeResult:
        """Lay out the list and the boxes of one line."""
        yield GroupList((), empty=sentences.GROUP_NOBODY, id="group-lines")
        yield Static("", id="group-who", markup=False)
        with Form(id="group-boxes"):
            yield Field(_EMERGENCY, sentences.GROUP_EMERGENCY, TextInput(), hint=sentences.GROUP_EMERGENCY_HINT)
            yield Field("response", sentences.GROUP_RESPONSE, TextInput(), hint=sentences.GROUP_RESPONSE_HINT)
            yield Field("reason", sentences.GROUP_REASON, TextInput(), hint=sentences.GROUP_REASON_HINT)
            yield Field("outreach", sentences.GROUP_OUTREACH, ChoiceField(sentences.GROUP_OUTREACHES))
            yield Field("next_step", sentences.GROUP_NEXT_STEP, TextInput(), hint=sentences.GROUP_NEXT_STEP_HINT)
            box = TextInput(max_length=120)
            yield Field("next_contact", sentences.GROUP_NEXT_CONTACT, box, hint=sentences.GROUP_NEXT_CONTACT_HINT)

    def show(self, content: GroupContent, people: dict[str, GroupPerson]) -> None:
        """Show the lines as they are; the highlighted one stays."""
        self._content, self._people = content, people
        ids = [line.id for line in content.lines]
        if self._line_id not in ids:
            self._line_id = next((line.id for line in content.waiting), ids[0] if ids else "")
        self._list.tell(content, people, highlight=self._line_id or None)
        self._load()

    def follow(self, content: GroupContent) -> None:
        """Take the content as it is now, without touching the boxes."""
        self._content = content
        self._list.tell(content, self._people, highlight=self._line_id or None)

    def open(self, line_id: str) -> None:
        """Go to one line."""
        self._go_to(line_id)
        self.focus_first()

    def tell_names(self, standing: dict[tuple[str, str], str]) -> None:
        """Say under the boxes which names stand in them, by line and field."""
        for field in self.query(Field):
            if field.key in ("response", "reason", "next_step", _EMERGENCY):
                written = standing.get((self._line_id, field.key))
                field.set_error(sentences.name_stands(written) if written else None)

    def focus_first(self) -> None:
        """Put focus on the first box of the line, else on the list."""
        shown = [field for field in self.query(Field) if field.display]
        if shown:
            shown[0].focus_control()
        else:
            self._list.focus()

    def action_other(self, step: int) -> None:
        """Go to another participant."""
        ids = [line.id for line in self._content.lines]
        at = ids.index(self._line_id) + step if self._line_id in ids else 0
        if at >= len(ids):
            self.post_message(self.Done())
        elif at >= 0:
            self._go_to(ids[at])
            self.focus_first()

    def action_bare(self) -> None:
        """Log only the contact, or take that back."""
        line = self._line
        if line is None or line.made:
            return
        if any(line.texts.values()) and not line.contact_only:
            wrong = "reason" if line.attendance is Attendance.NO_SHOW else "response"
            self.query_one(f"#field-{wrong}", Field).set_error(sentences.GROUP_HAS_WORDS)
            return
        self._change(line.model_copy(update={"contact_only": not line.contact_only}))
        self._load()

    def action_consent(self) -> None:
        """Look at their consent."""
        if (line := self._line) is not None:
            self.post_message(self.Consent(line.participant_id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Consent, and only the contact: offered where no note may be written."""
        if action in ("bare", "consent"):
            line = self._line
            return self._is_closed or (action == "bare" and line is not None and line.contact_only)
        return super().check_action(action, parameters)

    @on(OptionList.OptionHighlighted, "GroupList")
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if event.option_id and event.option_id != self._line_id:
            self._line_id = event.option_id
            self._load()

    @on(OptionList.OptionSelected, "GroupList")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.focus_first()

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        self._take(self._field_of(event.input).key, event.value)

    @on(ChoiceField.Changed)
    def _choosing(self, event: ChoiceField.Changed) -> None:
        event.stop()
        if (line := self._line) is not None:
            self._change(line.model_copy(update={"outreach": (event.value,) if event.value else ()}))

    @on(Input.Submitted)
    @on(ChoiceField.Submitted)
    def _go_on(self, event: Input.Submitted | ChoiceField.Submitted) -> None:
        event.stop()
        shown = [field for field in self.query(Field) if field.display]
        place = shown.index(self._field_of(event.control))
        if place + 1 < len(shown):
            shown[place + 1].focus_control()
        else:
            self.action_other(1)

    def _field_of(self, control: object) -> Field:
        return next(field for field in self.query(Field) if field.control is control)

    def _go_to(self, line_id: str) -> None:
        self._line_id = line_id
        self._list.tell(self._content, self._people, highlight=line_id)
        self._load()

    def _take(self, key: str, text: str) -> None:
        line = self._line
        if line is None:
            return
        if key != "next_contact":
            self._change(line.model_copy(update={key: text}))
            if key == _EMERGENCY:
                self._arrange()
            return
        others = {name: typed for name, typed in line.typed.items() if name != key}
        try:
            planned = self._by.moment(text) if text.strip() else None
        except InvalidInputError:
            self._change(line.model_copy(update={"typed": {**others, key: text}, "next_contact": None}))
            self.query_one("#field-next_contact", Field).set_echo(None)
            return
        self._change(line.model_copy(update={"typed": others, "next_contact": planned}))
        self.query_one("#field-next_contact", Field).set_echo(self._by.say_next(planned) or None)

    def _change(self, line: GroupLine) -> None:
        if line != self._line:
            self._content = self._content.with_line(line)
            self.post_message(self.Changed(line))

    def _load(self) -> None:
        """Put the words of the line into the boxes that are asked of it."""
        line, person = self._line, self._people.get(self._line_id)
        self._arrange()
        for field in self.query(Field):
            field.set_error(None)
            if line is None:
                continue
            if isinstance(field.control, ChoiceField):
                with self.prevent(ChoiceField.Changed):
                    field.control.value = line.outreach[0] if line.outreach else None
            elif isinstance(field.control, TextInput) and field.control.value != (text := _text(line, field.key)):
                field.control.load(text)
        if line is not None:
            self.query_one("#field-next_contact", Field).set_echo(self._by.say_next(line.next_contact) or None)
        self.query_one("#group-who", Static).update(safe.content(self._said(line, person), "$secondary"))
        self.refresh_bindings()

    def _arrange(self) -> None:
        """Show the boxes that are asked of the line.

        Where nothing may be written only the emergency is asked, until there is one: words that the vault refuses
        would keep those of everybody else from being stored.
        """
        line = self._line
        keys: tuple[str, ...] = ()
        if line is not None and not line.made and not line.contact_only:
            keys = _MISSED if line.attendance is Attendance.NO_SHOW else _CAME
            if self._is_closed or line.emergency_reason.strip():
                keys = (_EMERGENCY, *(keys if any(text.strip() for text in line.texts.values()) else ()))
        lost = any(field.key not in keys and field.has_focus_within for field in self.query(Field))
        for field in self.query(Field):
            field.display = field.key in keys
        if lost:
            self.focus_first()

    @property
    def _is_closed(self) -> bool:
        person = self._people.get(self._line_id)
        return person is not None and bool(person.why_closed)

    def _said(self, line: GroupLine | None, person: GroupPerson | None) -> str:
        if line is None or person is None:
            return ""
        name = naming.name(person.participant.called)
        if line.made:
            return f"{name} · {sentences.GROUP_MADE}"
        if line.contact_only:
            return f"{name} · {sentences.GROUP_ONLY_CONTACT}"
        return f"{name} · {person.why_closed} {sentences.GROUP_CLOSED_WAYS}" if person.why_closed else name

    @property
    def _line(self) -> GroupLine | None:
        return next((line for line in self._content.lines if line.id == self._line_id), None)

    @property
    def _list(self) -> GroupList:
        return self.query_one(GroupList)


def _text(line: GroupLine, key: str) -> str:
    if key in line.typed:
        return line.typed[key]
    if key == "next_contact":
        return moment_text(line.next_contact)
    return str(getattr(line, key))[:LINE]
