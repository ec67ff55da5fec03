"""A question: its label, the control that answers it, and what is said about the answer."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peernote_tui.ui import safe, sentences
from peernote_tui.ui.widgets.snippet_box import SnippetBox

_NARROW = 50
"""Cells of the line below before it was ever shown."""
_FEW = 16


class Field(Vertical):
    """A label and a control, in as few lines as can be.

    By default the label stands left of the control in one line; `stacked` puts it above, for large
    boxes. While focus is within, an amber bar stands at the left and the hint is shown below. The
    echo (what was understood, teal) stands right of a control of fixed width, otherwise in the hint's place. The
    error (with the sign "!") stands below until `set_error(None)`. A control of several widgets may name the
    one that takes focus first in an attribute `first_focus`; one of many lines says so in an attribute `TALL`.

    Args:
        key: Name of the answer, such as "place"; also how screens find the field.
        label: The question, short.
        control: The widget that takes the answer.
        hint: One line shown while focus is within.
        help_text: Longer help for F1; the control's own help is added.
        width: Cells of the control; 0 lets it fill the line.
        stacked: Put the label above the control.
        optional: Say that the answer may be left out: after a stacked label, otherwise in the hint.
        id: Widget id; "field-<key>" when left out.
        classes: CSS classes.
    """

    def __init__(
        self,
        key: str,
        label: str,
        control: Widget,
        *,
        hint: str = "",
        help_text: str = "",
        width: int = 0,
        stacked: bool = False,
        optional: bool = False,
        id: str | None = None,  # noqa: A002 Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id or f"field-{key.replace('.', '-')}", classes=classes)
        self.key = key
        self.label = label
        self.control = control
        self.hint = hint
        self.help_text = help_text
        self.optional = optional
        self._control_width = width
        self._echo = ""
        self._error = ""
        self._completing: SnippetBox.Completing | None = None
        self._ready = False
        self._stacked = stacked
        self.set_class(stacked, "-stacked")
        self.set_class(bool(width), "-short")
        self.set_class(getattr(control, "TALL", False), "-tall")

    def compose(self) -> ComposeResult:
        """Lay out label, control and the lines below."""
        label = Content.assemble(
            safe.content(self.label), (sentences.OPTIONAL_AFTER if self.optional and self._stacked else "", "$muted")
        )
        if self._control_width:
            self.control.styles.width = self._control_width
        with Horizontal(classes="field--line"):
            yield Static(label, classes="field--label", markup=False)
            yield self.control
            yield Static("", classes="field--side", markup=False)
        yield Static("", classes="field--below", markup=False)
        yield Static("", classes="field--error", markup=False)

    def on_mount(self) -> None:
        """Show what was said before mounting."""
        self._ready = True
        self._tell()

    @property
    def error(self) -> str:
        """The standing error, or an empty string."""
        return self._error

    @property
    def echo(self) -> str:
        """What was understood, or an empty string."""
        return self._echo

    def set_error(self, sentence: str | None) -> None:
        """Show an error below the control until it is cured.

        Args:
            sentence: What is wrong and the way out; None takes it away.
        """
        self._error = sentence or ""
        self._tell()

    def set_echo(self, text: str | None) -> None:
        """Show what was understood, such as "14:00–14:45, 45 min"; None takes it away."""
        self._echo = text or ""
        self._tell()

    def set_hint(self, hint: str) -> None:
        """Replace the hint."""
        self.hint = hint
        self._tell()

    def on_snippet_box_completing(self, event: SnippetBox.Completing) -> None:
        """Say which snippets may be meant by what is being typed, in the place of hint and echo."""
        event.stop()
        self._completing = event if event.snippets else None
        self._tell()

    def full_help(self) -> str:
        """Give the help for F1: the field's own, its hint, then the control's."""
        own = getattr(self.control, "HELP_TEXT", "")
        return "\n".join(part for part in (self.help_text or self.hint, own) if part)

    def focus_control(self) -> None:
        """Put focus where the answer is typed."""
        own: Widget | None = getattr(self.control, "first_focus", None)
        if own is None and not self.control.focusable:
            own = next((widget for widget in self.control.walk_children(Widget) if widget.focusable), None)
        (own or self.control).focus()

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Show the hint."""
        self._tell(within=True)

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        """Put the hint away."""
        self._completing = None
        self._tell(within=False)

    def _tell(self, *, within: bool | None = None) -> None:
        if not self._ready:
            return
        inside = self.has_focus_within if within is None else within
        beside = bool(self._control_width)
        # What was understood says more than the hint, and both would not fit in one line.
        if self._completing is not None:
            below = self._snippets_meant(self._completing)
        elif self._echo and not beside:
            below = safe.content(self._echo, "$secondary")
        else:
            below = safe.content(self._hint_line() if inside else "", "$muted")
        self._put(".field--below", below)
        self._put(".field--side", safe.content(self._echo if beside else "", "$secondary"))
        self._put(
            ".field--error",
            Content.assemble(("! " if self._error else "", "bold $error"), safe.content(self._error, "$error")),
        )
        self.set_class(inside, "-within")
        self.set_class(bool(self._error), "-wrong")

    def _snippets_meant(self, meant: SnippetBox.Completing) -> Content:
        first, *others = meant.snippets
        line = self.query_one(".field--below", Static)
        room = (line.content_size.width or self.content_size.width) or _NARROW
        before, after = sentences.snippets_meant(meant.typed, first.key, tuple(each.key for each in others))
        left = max(_FEW, room - safe.width(before) - safe.width(after))
        words = safe.shorten(" ".join(first.text.split()), left) if before else ""
        return safe.assemble((before, "$primary"), words, (after, "$muted"))

    def _hint_line(self) -> str:
        hint = safe.clean(self.hint)
        if self.optional and not self._stacked:
            return f"{sentences.OPTIONAL} {hint}".strip()
        return hint

    def _put(self, selector: str, text: Content) -> None:
        line = self.query_one(selector, Static)
        line.display = bool(text.plain)
        line.update(text)
