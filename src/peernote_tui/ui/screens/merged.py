"""The records that became part of a participant's, and the pairs that look like one person."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from peernote_tui.domain.dates import say_day
from peernote_tui.domain.participant import Participant
from peernote_tui.services.merging import say_not_the_same, take_back_not_the_same
from peernote_tui.services.participants import get_participant
from peernote_tui.services.sameness import AlikePair, all_likely_pairs
from peernote_tui.services.separating import Part, parts_of, separate
from peernote_tui.services.workspace import Workspace
from peernote_tui.ui import naming, sentences
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.screens.merging import Merged, MergeScreen, merge_with_another, separated_words
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.peer_list import PeerList, Row

_PART_COLUMNS = (Column(16, flex=1), Column(16, flex=1), Column(16))
_PAIR_COLUMNS = (Column(24, flex=1), Column(24, flex=1))
_NAME_CELLS = 34


class PartList(PeerList):
    """The records that are part of another."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "s",
            "screen.separate",
            "Separate",
            id="merged.separate",
            tooltip="Make this a record of its own again, as it was.",
        ),
        Binding(
            "m", "screen.another", "Merge another", id="merged.another", tooltip="Make one more record part of this."
        ),
    ]


class PartsScreen(VaultScreen[Merged]):
    """The records that are part of a participant's; gives a further merge when one was made.

    Args:
        participant_id: Whose.
    """

    PLACE = sentences.PARTS_PLACE
    FIRST_KEYS = ("merged.separate", "merged.another")

    def __init__(self, participant_id: str) -> None:
        super().__init__()
        self._whose = participant_id

    def compose_body(self) -> ComposeResult:
        """Lay out the list."""
        yield PartList(_PART_COLUMNS, empty=sentences.PARTS_EMPTY)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one(PartList).focus()

    async def reload(self) -> None:
        """Look anew at what is part of the record."""
        if not self.house.gateway.is_open:
            return
        found = await self.ask(_kept_and_parts, self._whose)
        if found is not None and self.is_attached:
            kept, parts = found
            self.set_person(kept.called)
            self.query_one(PartList).show([self._row(part) for part in parts])

    def action_separate(self) -> None:
        """Separate the highlighted record."""
        if (record := self.query_one(PartList).highlighted_id) is not None:
            self.run_worker(self._separate(record), description="separate", exclusive=True, group="merge")

    def action_another(self) -> None:
        """Merge another record with this one."""
        self.run_worker(self._another(), description="merge", exclusive=True, group="flow")

    @on(OptionList.OptionSelected)
    def _entered(self) -> None:
        self.say(sentences.PARTS_WAY)

    async def _separate(self, record: str) -> None:
        done = await self.ask(separate, record)
        if done is not None:
            self.say(separated_words(done), tone="success")
            await self.reload()

    async def _another(self) -> None:
        if (merged := await merge_with_another(self, self._whose)) is not None:
            self.dismiss(merged)

    def _row(self, part: Part) -> Row:
        day = say_day(part.merged_at.date(), today=self.workspace.today)
        called = part.record.called
        cells = (Cell(naming.name(called), "bold"), Cell(naming.apart(called), "$muted"), Cell(day, "$muted"))
        return Row(part.record.id, cells, below="" if part.direct else sentences.PART_LATER)


class DoublesList(PeerList):
    """Pairs of records that look like one person."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "n",
            "screen.two_people",
            "Not the same",
            id="doubles.not_same",
            tooltip="They are two people: remember it, and do not show them here again.",
        ),
        Binding("u", "screen.undo", "Undo", id="doubles.undo", tooltip="Take back that they are two people."),
    ]


class DoublesScreen(VaultScreen[None]):
    """Every two records that are likely of one person; Enter shows both side by side."""

    PLACE = sentences.DOUBLES_PLACE
    FIRST_KEYS = ("list.open", "doubles.not_same", "doubles.undo")

    def __init__(self) -> None:
        super().__init__()
        self._pairs: dict[str, AlikePair] = {}
        self._told_apart: list[tuple[str, str]] = []

    def compose_body(self) -> ComposeResult:
        """Lay out the list."""
        yield DoublesList(_PAIR_COLUMNS, empty=sentences.DOUBLES_LOOKING)

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one(DoublesList).focus()

    async def reload(self) -> None:
        """Look through everybody anew."""
        if not self.house.gateway.is_open:
            return
        pairs = await self.ask(all_likely_pairs)
        if pairs is None or not self.is_attached:
            return
        self._pairs = {f"{pair.one.id} {pair.other.id}": pair for pair in pairs}
        self.set_status(sentences.pairs_found(len(pairs)))
        listed = self.query_one(DoublesList)
        listed.set_empty(sentences.DOUBLES_NONE)
        listed.show([_pair_row(key, pair) for key, pair in self._pairs.items()])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Undo only what was told apart here."""
        return bool(self._told_apart) if action == "undo" else super().check_action(action, parameters)

    def action_two_people(self) -> None:
        """Remember that the highlighted two are two people."""
        pair = self._pairs.get(self.query_one(DoublesList).highlighted_id or "")
        if pair is not None:
            self.run_worker(self._tell_apart(pair.one.id, pair.other.id), description="tell apart", group="change")

    def action_undo(self) -> None:
        """Forget the last two that were told apart here."""
        if self._told_apart:
            self.run_worker(self._take_back(*self._told_apart.pop()), description="undo", group="change")

    @on(OptionList.OptionSelected)
    def _entered(self, event: OptionList.OptionSelected) -> None:
        pair = self._pairs.get(event.option_id or "")
        if pair is not None:
            self.app.push_screen(MergeScreen(pair.one.id, pair.other.id), self._merged)

    def _merged(self, merged: Merged | None) -> None:
        if merged is not None:
            self.house.announce(sentences.DOUBLE_MERGED)

    async def _tell_apart(self, one: str, other: str) -> None:
        await self.ask(say_not_the_same, one, other)
        self._told_apart.append((one, other))
        self.say(sentences.ARE_TWO_PEOPLE, way=sentences.WAY_UNDO)
        await self.reload()
        self.refresh_bindings()

    async def _take_back(self, one: str, other: str) -> None:
        await self.ask(take_back_not_the_same, one, other)
        self.say(sentences.THE_SAME_AGAIN)
        await self.reload()
        self.refresh_bindings()


def _kept_and_parts(workspace: Workspace, participant_id: str) -> tuple[Participant, tuple[Part, ...]]:
    return get_participant(workspace, participant_id), parts_of(workspace, participant_id)


def _pair_row(key: str, pair: AlikePair) -> Row:
    cells = (naming.both(person.called, _NAME_CELLS) for person in (pair.one, pair.other))
    return Row(key, tuple(Cell(cell, "bold") for cell in cells), below=" · ".join(pair.reasons))
