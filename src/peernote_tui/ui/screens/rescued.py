"""The question what becomes of a draft that was kept outside the vault."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from peernote_tui.domain.clock import in_zone, local_today
from peernote_tui.domain.dates import Moment, say_moment
from peernote_tui.domain.draft import Draft
from peernote_tui.services.rescuing import RescueFile, RescueState
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.screens.base import PeerModal

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp


class RescuedDraft(PeerModal[str]):
    """Gives "back", "beside", or None to look later.

    Args:
        found: The rescue file.
        number: Which one it is of `total`.
        total: How many there are.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "answer('back')",
            "Bring it back",
            id="rescued.back",
            tooltip="Store the draft in the vault. Nothing that was written in the vault since is lost.",
        ),
        Binding(
            "k",
            "answer('beside')",
            "Keep both",
            id="rescued.both",
            tooltip="Store it as a further draft; the one in the vault stays as it is.",
        ),
    ]

    def __init__(self, found: RescueFile, number: int, total: int) -> None:
        super().__init__()
        self._found = found
        self._number, self._total = number, total

    def compose(self) -> ComposeResult:
        """Lay out whose draft it is, how it stands to the vault, and the keys."""
        number = sentences.rescued_number(self._number, self._total)
        with Vertical(classes="dialog"):
            yield Static(safe.assemble((sentences.RESCUED_TITLE, "bold"), "  ", (number, "$muted")), markup=False)
            yield Static(safe.content(self._whose(), keep_lines=True), classes="dialog--text", markup=False)
            yield Static(safe.content(sentences.rescued_keys(self._found.state)), classes="dialog--keys", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Both are kept anyway where the stored draft must not be written over."""
        if action == "answer" and parameters == ("beside",):
            return self._found.state is RescueState.NEWER
        return super().check_action(action, parameters)

    def action_answer(self, answer: str) -> None:
        """Answer and close."""
        self.dismiss("beside" if self._found.state is RescueState.BOTH_CHANGED else answer)

    def _whose(self) -> str:
        clock = cast("PeerNoteApp", self.app).gateway.workspace.clock
        draft, written = self._found.draft, self._found.written_at
        since = ""
        if written is not None:
            local = in_zone(written, clock.zone)
            moment = Moment(local.date(), local.time())
            today = local_today(clock)
            since = f"{moment.at:%H:%M}" if moment.day == today else say_moment(moment, today=today)
        name = naming.by_number(self._found.called) if self._found.called else ""
        told = sentences.rescued_for(name, since, _words(draft) if draft is not None else 0)
        return f"{told}\n{sentences.rescued_stands(self._found.state)}"


def _words(draft: Draft) -> int:
    answers = [value for value in draft.content.model_dump().values() if isinstance(value, str)]
    return sum(len(text.split()) for text in (*answers, *draft.typed.values()))
