"""Making two records one: choosing the other, seeing both side by side, merging."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList, Static

from peernote_tui.documents.merge_words import FIELD_WORDS, WARNING_WORDS, counts_words
from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.services.merging import MergePreview, merge, preview_merge
from peernote_tui.services.separating import Separated
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.screens.merge_rows import COLUMNS, merge_lines
from peernote_tui.ui.screens.participants import ParticipantsScreen
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.peer_list import PeerList


@dataclass(frozen=True)
class Merged:
    """A merge that was made here, to be taken back.

    Attributes:
        kept_id: The record that was kept.
        merged_id: The record that became part of it.
    """

    kept_id: str
    merged_id: str


class ChooseOther(ParticipantsScreen):
    """Asks with whom somebody is to be merged."""

    ASKS = sentences.MERGE_WITH

    def __init__(self) -> None:
        super().__init__(choosing=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nobody new is added here: a new record is no double."""
        return False if action == "add" else super().check_action(action, parameters)


class MergeList(PeerList):
    """Both records side by side; single keys choose what stands."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space",
            "screen.take",
            "Take the other",
            id="merge.take",
            tooltip="Of two values, take that of the other record; pressed again, the first.",
        ),
        Binding(
            "s",
            "screen.swap",
            "Keep the other record",
            id="merge.swap",
            tooltip="Keep the other record, and make this one part of it.",
        ),
        Binding("left", "screen.side(False)", "Left value", show=False, tooltip="Take the value on the left."),
        Binding("right", "screen.side(True)", "Right value", show=False, tooltip="Take the value on the right."),
    ]


class MergeScreen(VaultScreen[Merged]):
    """Both records side by side; gives the merge when it was made, None when nothing was changed.

    Args:
        keep_id: The record that is kept.
        merge_id: The record that becomes part of it.
    """

    PLACE = sentences.MERGE_PLACE
    FIRST_KEYS = ("merge.now", "merge.take", "merge.swap")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f8",
            "merge",
            "Merge",
            id="merge.now",
            tooltip="Make the two records one. Nothing is lost, and u on the page takes it back.",
        ),
    ]

    def __init__(self, keep_id: str, merge_id: str) -> None:
        super().__init__()
        self._ids = (keep_id, merge_id)
        self._taken: frozenset[str] = frozenset()
        self._preview: MergePreview | None = None
        self._busy = False

    def compose_body(self) -> ComposeResult:
        """Lay out what to look at first, and both records."""
        yield Static("", id="merge-warnings", markup=False)
        yield MergeList(COLUMNS)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one(MergeList).focus()

    async def reload(self) -> None:
        """Look anew at what the merge would do."""
        if not self.house.gateway.is_open or self._busy:
            return
        preview = await self.ask(preview_merge, *self._ids, self._taken)
        if preview is None or not self.is_attached:
            return
        first = next((field.name for field in preview.fields if field.choosable), None)
        begins = self._preview is None
        self._preview = preview
        self.set_person(preview.kept.called)
        self.set_status(naming.both(preview.other.called, 24))
        told = [f"! {WARNING_WORDS[warning.value]}" for warning in preview.warnings]
        self.query_one("#merge-warnings", Static).update(safe.content("\n".join(told), "$primary", keep_lines=True))
        self.query_one("#merge-warnings", Static).display = bool(told)
        self.query_one(MergeList).show(merge_lines(preview), highlight=first if begins else None)

    def action_take(self) -> None:
        """Take the other value of the highlighted field, or the first one again."""
        if (name := self._choosable) is not None:
            self.action_side(name not in self._taken)

    def action_side(self, other: bool) -> None:  # noqa: FBT001 an action takes its arguments by place
        """Take the value of one side."""
        if (name := self._choosable) is not None:
            self.say_nothing()
            self._taken = self._taken | {name} if other else self._taken - {name}
            self.reload_soon()

    def action_swap(self) -> None:
        """Keep the other record instead; every value that stood stands still."""
        if self._preview is not None:
            choosable = {field.name for field in self._preview.fields if field.choosable}
            self._ids, self._taken = (self._ids[1], self._ids[0]), frozenset(choosable - self._taken)
            self.reload_soon()

    def action_merge(self) -> None:
        """Merge."""
        if self._preview is not None and not self._busy:
            self._busy = True
            self.run_worker(self._merge(), description="merge", exclusive=True, group="merge")

    @on(OptionList.OptionSelected)
    def _entered(self) -> None:
        self.say(sentences.MERGE_ENTER)

    async def _merge(self) -> None:
        try:
            if await self.ask(merge, *self._ids, self._taken) is not None:
                self.dismiss(Merged(*self._ids))
        finally:
            self._busy = False

    @property
    def _choosable(self) -> str | None:
        """The highlighted field, when there is a choice; says so when there is none."""
        name = self.query_one(MergeList).highlighted_id
        if self._preview is not None and any(field.name == name and field.choosable for field in self._preview.fields):
            return name
        self.say(sentences.MERGE_NO_CHOICE)
        return None


async def merge_with_another(screen: VaultScreen[Any], participant_id: str) -> Merged | None:
    """Ask with whom a participant is to be merged, show both, and merge; in a worker.

    Returns:
        The merge that was made, or None.
    """
    if screen.workspace.vault.read_only:
        screen.say(sentences.MERGE_READ_ONLY, tone="error")
        return None
    other = await screen.app.push_screen_wait(ChooseOther())
    if other is None:
        return None
    try:
        await screen.house.gateway.call(preview_merge, participant_id, str(other))
    except PeerNoteError as error:
        screen.say(str(error), tone="error")
        return None
    merged: Merged | None = await screen.app.push_screen_wait(MergeScreen(participant_id, str(other)))
    return merged


def separated_words(done: Separated) -> str:
    """What separating two records did, in a sentence or three."""
    stays = ", ".join(FIELD_WORDS[name].lower() for name in done.stays if name in FIELD_WORDS)
    return sentences.two_again(naming.in_short(done.separated.called), stays, counts_words(done.written_since))
