"""Review and sign: the note as it will read, what is missing, words to look at, why it is late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList, Static

from peernote_tui.documents.note_document import note_document
from peernote_tui.domain.dates import say_left
from peernote_tui.domain.language import Hint
from peernote_tui.domain.references import with_words
from peernote_tui.domain.template import Template
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.referring import shown_words
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.note_page import NotePage
from peernote_tui.ui.widgets.peer_list import Heading, Line, PeerList, Row
from peernote_tui.ui.widgets.text_input import TextInput

if TYPE_CHECKING:
    from peernote_tui.services.reviewing import Review

_MOST_HINTS = 6
_LONGEST_REASON = 500
_REVIEWS = "action_reviews"


class ReviewPane(Vertical):
    """What stands between a draft and its signature, and the note itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "sign", "Sign", id="note.sign", tooltip="Sign the note. It never changes after that."),
    ]

    @dataclass
    class GoThere(Message):
        """A missing answer or a hint was chosen.

        Attributes:
            section: Index of the step.
            key: Key of the field.
        """

        section: int
        key: str

    @dataclass
    class Sign(Message):
        """The person wants to sign.

        Attributes:
            late_reason: Why the note is late; empty when it is not.
        """

        late_reason: str

    @dataclass
    class LateReason(Message):
        """The reason for a late entry was typed."""

        text: str

    def __init__(
        self, *, late_reason: str = "", label: str = sentences.LATE_LABEL, hint: str = sentences.LATE_HINT
    ) -> None:
        super().__init__(id="review")
        self._list = PeerList((Column(20, flex=1),), id="review-list")
        self._standing = Static("", id="review-standing", markup=False)
        self._late = Field(
            "late_reason",
            label,
            TextInput(late_reason, max_length=_LONGEST_REASON),
            hint=hint,
        )
        self._page = NotePage(id="review-page")
        self._places: dict[str, tuple[int, str]] = {}

    def compose(self) -> ComposeResult:
        """Lay out what is missing, the reason, the note."""
        yield self._list
        yield self._standing
        yield self._late
        yield self._page

    @property
    def late_reason(self) -> str:
        """What stands in the reason's box."""
        control = self._late.control
        return control.value if isinstance(control, TextInput) else ""

    def show(self, review: Review, template: Template, hints: tuple[tuple[str, Hint], ...]) -> None:
        """Show a draft as it would be signed now.

        Args:
            review: What the vault says about it.
            template: Its template.
            hints: Language hints, each with the key of its field.
        """
        lines: list[Line] = []
        self._places = {}
        if review.missing:
            lines.append(Heading(sentences.REVIEW_MISSING, len(review.missing)))
            for number, gap in enumerate(review.missing):
                cell = Cell(f"! {gap.sentence}", "$error")
                lines.append(self._row(f"gap-{number}", (gap.section, gap.key), cell))
        else:
            lines.append(Heading(sentences.REVIEW_READY, style="bold $success"))
        if warnings := review.look_twice(naming.by_number):
            lines.append(Heading(sentences.REVIEW_LOOK_TWICE, style="bold $secondary"))
            told = (_section_of(template, _REVIEWS), _REVIEWS)
            for number, warning in enumerate(warnings):
                place = told if number < len(review.meanwhile) else (0, "session")
                lines.append(self._row(f"warning-{number}", place, Cell(f"! {warning}", "$primary")))
        if hints:
            lines.append(Heading(sentences.REVIEW_WORDS, style="bold $secondary"))
            for number, (key, hint) in enumerate(hints[:_MOST_HINTS]):
                sentence = sentences.language_hint(hint.term, hint.suggestion)
                lines.append(self._row(f"hint-{number}", (_section_of(template, key), key), Cell(sentence)))
        self._list.show(lines)
        self._list.styles.height = min(9, sum(2 if isinstance(line, Heading) else 1 for line in lines) - 1)
        self._list.can_focus = bool(self._places)
        standing = (review.readiness.line, sentences.length_and_due(review.readiness.length, _due(review)))
        self._standing.update(safe.content("\n".join(filter(None, standing)), "$muted", keep_lines=True))
        self._late.display = review.late
        content = with_words(template, review.note.content, shown_words(review.people))
        self._page.show(note_document(review.note.model_copy(update={"content": content}), template))

    def focus_first(self, *, late: bool, missing: bool) -> None:
        """Put focus on what is missing, else on the reason, else on the page."""
        if missing:
            self._list.focus()
        elif late and not self.late_reason.strip():
            self._late.focus_control()
        else:
            self._page.focus()

    def ask_reason(self) -> bool:
        """Put focus on the reason for a late entry; True when it is wanted and nothing stands there."""
        wanted = self._late.display and not self.late_reason.strip()
        if wanted:
            self._late.focus_control()
        return wanted

    def action_sign(self) -> None:
        """Ask for the signature."""
        self.post_message(self.Sign(self.late_reason if self._late.display else ""))

    def _row(self, row_id: str, place: tuple[int, str], cell: Cell) -> Row:
        self._places[row_id] = place
        return Row(row_id, (cell,))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        place = self._places.get(event.option_id or "")
        if place is not None:
            self.post_message(self.GoThere(*place))

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.LateReason(event.value))

    @on(Input.Submitted)
    def _to_page(self, event: Input.Submitted) -> None:
        event.stop()
        self._page.focus()


def _due(review: Review) -> str:
    return "" if review.due_at is None or review.late else say_left(review.due_at, review.looked_at)


def _section_of(template: Template, key: str) -> int:
    for index, section in enumerate(template.sections):
        if any(field.key == key for field in section.fields):
            return index
    return 0
