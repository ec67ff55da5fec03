"""Words to look at while writing, underlined in the box, the first said under it; and how long the text is."""

from __future__ import annotations

from collections.abc import Callable

from textual.widget import Widget

from peernote_tui.domain.language import LanguageList, Severity, hints
from peernote_tui.domain.template import FieldKind
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.note_wizard.steps import AnswerField
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.note_area import NoteArea

PAUSE_SECONDS = 0.4
_TELLS_LENGTH = 5
"""Rows from which on a box is for what happened, and says how long that is; smaller ones are for a sentence or two."""


class WordWatch:
    """Looks at the focused box shortly after a key.

    Args:
        language: The word pairs.
        focused: Gives the widget with focus.
        later: Runs a function after a number of seconds.
    """

    def __init__(
        self,
        language: LanguageList,
        *,
        focused: Callable[[], Widget | None],
        later: Callable[[float, Callable[[], None]], object],
    ) -> None:
        self._language = language
        self._focused = focused
        self._later = later
        self._waiting = False

    def soon(self) -> None:
        """Look after a short pause."""
        if not self._waiting:
            self._waiting = True
            self._later(PAUSE_SECONDS, self.look)

    def look(self) -> None:
        """Look now; the participant's own words are theirs and are not looked at."""
        self._waiting = False
        area = self._focused()
        field = field_of(area)
        if not isinstance(area, NoteArea) or not isinstance(field, AnswerField):
            return
        if field.source.lines >= _TELLS_LENGTH:
            area.tell_length()
        if field.source.kind is FieldKind.OWN_WORDS:
            return
        found = hints(area.text, self._language, at_least=Severity.WARN)
        area.mark([(hint.start, hint.end) for hint in found])
        first = found[0] if found else None
        field.set_echo(sentences.language_hint(first.term, first.suggestion) if first else None)


def field_of(widget: object) -> Field | None:
    """The field around a widget, or None."""
    if not isinstance(widget, Widget):
        return None
    return next((node for node in (widget, *widget.ancestors) if isinstance(node, Field)), None)
