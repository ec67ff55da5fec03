"""The session as a whole: when, about what, how many, where and how."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Input

from peernote_tui.domain.group_session import GroupContent
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.group import reading
from peernote_tui.ui.screens.group.reading import Reading
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.form import Form
from peernote_tui.ui.widgets.text_input import TextInput

_LONGEST = {"session": 120, "next_contact": 120, "unnamed": 6, "topic": 500, "place": 500}


class SessionStep(Form):
    """The first step.

    Args:
        content: The group session.
        by: How days and times are read.
    """

    @dataclass
    class Changed(Message):
        """An answer changed.

        Attributes:
            key: Of the field.
            text: What stands in it.
        """

        key: str
        text: str

    @dataclass
    class Done(Message):
        """Enter in the last field."""

    def __init__(self, content: GroupContent, by: Reading) -> None:
        super().__init__(id="group-0")
        self._content = content
        self._by = by

    def compose(self) -> ComposeResult:
        """Lay out the fields."""
        for key, (label, hint) in sentences.GROUP_SESSION_FIELDS.items():
            text = reading.shown(self._content, key, self._by)
            if key == "mode":
                yield Field(key, label, ChoiceField(sentences.GROUP_MODES, value=text or None))
            else:
                box = TextInput(text, max_length=_LONGEST[key], select_on_focus=key == "session")
                yield Field(key, label, box, hint=hint)

    def on_mount(self) -> None:
        """Say back what is understood."""
        self.follow(self._content)

    def follow(self, content: GroupContent) -> None:
        """Say back what is understood of the content as it is now."""
        self._content = content
        for field in self.query(Field):
            field.set_echo(reading.echo(content, field.key, self._by) or None)

    def load(self, content: GroupContent) -> None:
        """Show other words in the boxes, such as those in which no name stands any more."""
        for field in self.query(Field):
            text = reading.shown(content, field.key, self._by)
            if isinstance(field.control, TextInput) and field.control.value != text:
                field.control.load(text)
        self.follow(content)

    def tell_names(self, standing: dict[str, str]) -> None:
        """Say under the boxes which names stand in them, by field."""
        for field in self.query(Field):
            if field.key in ("topic", "place"):
                written = standing.get(field.key)
                field.set_error(sentences.name_stands(written) if written else None)

    def focus_first(self, key: str = "") -> None:
        """Put focus on a field: the one asked for, else the first that lacks something."""
        content = self._content
        lacking = {
            "session": content.start is None or content.end is None,
            "topic": not content.topic,
            "place": not content.place,
            "mode": content.mode is None,
        }
        wanted = key or next((name for name, lacks in lacking.items() if lacks), "topic")
        self.query_one(f"#field-{wanted}", Field).focus_control()

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        self._tell(event.input, event.value)

    @on(ChoiceField.Changed)
    def _chosen(self, event: ChoiceField.Changed) -> None:
        event.stop()
        self._tell(event.field, event.value or "")

    def _tell(self, control: TextInput | ChoiceField | Input, text: str) -> None:
        field = next(node for node in control.ancestors if isinstance(node, Field))
        if field.error and field.key in ("session", "next_contact", "unnamed"):
            field.set_error(reading.fault(field.key, text, self._by) or None)
        self.post_message(self.Changed(field.key, text))

    @on(Input.Submitted)
    @on(ChoiceField.Submitted)
    def _go_on(self, event: Input.Submitted | ChoiceField.Submitted) -> None:
        event.stop()
        fields = list(self.query(Field))
        place = fields.index(next(node for node in event.control.ancestors if isinstance(node, Field)))
        if place + 1 < len(fields):
            fields[place + 1].focus_control()
        else:
            self.post_message(self.Done())

    @on(events.DescendantBlur)
    def _left(self, event: events.DescendantBlur) -> None:
        field = next((node for node in event.widget.ancestors if isinstance(node, Field)), None)
        if field is not None and isinstance(field.control, TextInput) and field.key not in ("topic", "place"):
            field.set_error(reading.fault(field.key, field.control.value, self._by) or None)
