"""Who came: one box that finds them, and everybody who is in the group so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList, Static

from peernote_tui.domain.group_session import Attendance, GroupContent
from peernote_tui.domain.participant import FoundParticipants, Participant
from peernote_tui.services.finding import find_participants
from peernote_tui.services.groups import GroupPerson
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.screens.find_list import ChooseBox, HitList, count, lines
from peernote_tui.ui.screens.group.group_list import GroupList
from peernote_tui.ui.widgets.field import Field

if TYPE_CHECKING:
    from peernote_tui.ui.screens.vault_screen import VaultScreen

_MOST_HITS = 12
_MOST_HIT_LINES = 7
_MOST_NAMES = 4


class PeopleStep(Vertical):
    """The second step: type, Enter, type, Enter.

    Args:
        last: Who came to the last group; one Enter takes them all in.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Next", show=False),
        Binding("up", "move(-1)", "Before", show=False),
        Binding(
            "f8",
            "add_new",
            "Somebody new",
            id="group.add_new",
            tooltip="Look for somebody with all filters, or add a participant who is not in the vault yet.",
        ),
    ]

    @dataclass
    class Chosen(Message):
        """People are to come into the group."""

        ids: tuple[str, ...]

    @dataclass
    class AddNew(Message):
        """Somebody is to be found by the whole screen for it, or added."""

        typed: str

    @dataclass
    class Done(Message):
        """Enter on the empty box: go on."""

    def __init__(self, last: tuple[Participant, ...]) -> None:
        super().__init__(id="group-1")
        self._last = last
        self._found: FoundParticipants | None = None
        self._chosen = 0

    def compose(self) -> ComposeResult:
        """Lay out the box, who is found, and who is in the group."""
        box = ChooseBox(placeholder=sentences.FIND_PARTICIPANT_PLACEHOLDER, max_length=200)
        yield Field("find", sentences.GROUP_FIND, box, hint=sentences.GROUP_FIND_HINT)
        yield Static("", id="group-last", markup=False)
        yield HitList(digits=True)
        yield Static("", id="group-count", markup=False)
        yield GroupList((), empty=sentences.GROUP_EMPTY, id="group-people")

    def show(self, content: GroupContent, people: dict[str, GroupPerson], *, highlight: str | None = None) -> None:
        """Show who is in the group."""
        self._chosen = len(content.lines)
        self._people.tell(content, people, highlight=highlight)
        came = sum(line.attendance is not Attendance.NO_SHOW for line in content.lines)
        told = sentences.group_came(came, content.unnamed) if self._chosen else ""
        self.query_one("#group-count", Static).update(safe.content(told, "bold $primary"))
        self._arrange()

    def focus_first(self) -> None:
        """Put focus on the box."""
        self._box.focus()
        self._look_soon()

    def clear(self) -> None:
        """Empty the box."""
        self._box.load("")
        self._found = None
        self._look_soon()

    def action_move(self, step: int) -> None:
        """Move through who is found while the box keeps focus; below them are those who are in the group."""
        hits = self.query_one(HitList)
        if self.screen.focused is self._people or not hits.display or not hits.row_count:
            self._people.focus()
        elif step > 0:
            hits.action_cursor_down()
        else:
            hits.action_cursor_up()

    def action_add_new(self) -> None:
        """Look for somebody by the whole screen for it, or add them."""
        self.post_message(self.AddNew(self._box.value))

    @on(Input.Changed, "ChooseBox")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._look_soon()

    @on(Input.Submitted, "ChooseBox")
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        # What is typed from here on looks for the next one, and must not change who is found by this.
        self._screen.house.hold_keys()
        self.run_worker(self._take(), description="choose", exclusive=True, group="choose")

    @on(HitList.Typed)
    def _typed_on_list(self, event: HitList.Typed) -> None:
        event.stop()
        self._box.focus()
        self._box.insert_text_at_cursor(event.character)

    @on(OptionList.OptionSelected, "HitList")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id:
            self._choose(event.option_id)

    async def _take(self) -> None:
        """Take in the highlighted hit of what stands in the box now; on the empty box the last group, or go on."""
        try:
            await self._take_in()
        finally:
            self._screen.house.release_keys()

    async def _take_in(self) -> None:
        hits = self.query_one(HitList)
        if self._box.value.strip():
            if self._found is None or self._found.query != self._box.value:
                await self._look()
            if hits.highlighted_id is not None:
                self._choose(hits.highlighted_id)
        elif hits.display and hits.highlighted_id is not None:
            self._choose(hits.highlighted_id)
        elif not self._chosen and self._last:
            self.post_message(self.Chosen(tuple(person.id for person in self._last)))
        else:
            self.post_message(self.Done())

    def _choose(self, participant_id: str) -> None:
        self.clear()
        self._box.focus()
        self.post_message(self.Chosen((participant_id,)))

    def _look_soon(self) -> None:
        self.run_worker(self._look(), description="find", exclusive=True, group="find")

    async def _look(self) -> None:
        query = self._box.value
        screen = self._screen
        if not screen.house.gateway.is_open:
            return
        found = await screen.ask(find_participants, query, limit=_MOST_HITS)
        if found is None or query != self._box.value:
            return
        self._found = found
        hits = self.query_one(HitList)
        wanted = found.hits[0].participant.id if query.strip() and found.hits and found.sure else None
        hits.set_empty(sentences.GROUP_NOBODY_FOUND)
        hits.show(lines(found, screen.workspace.today), highlight=wanted)
        if wanted is None:
            hits.highlighted = None
        self.query_one("#field-find", Field).set_echo((count(found) if query.strip() else "") or None)
        self._arrange()

    def _arrange(self) -> None:
        """What is found stands between box and group, as far as it is asked for."""
        asked = bool(self._box.value.strip())
        offered = not self._chosen and bool(self._last) and not asked
        hits = self.query_one(HitList)
        hits.display = asked or (not self._chosen and not offered)
        hits.styles.height = min(_MOST_HIT_LINES, max(1, hits.option_count))
        last = self.query_one("#group-last", Static)
        last.display = offered
        if offered:
            names = [naming.in_short(person.called) for person in self._last[:_MOST_NAMES]]
            more = len(self._last) - len(names)
            told = ", ".join(names) + (f" {sentences.and_more(more)}" if more else "")
            last.update(safe.content(sentences.group_last_time(told, len(self._last)), "$secondary"))
        self._people.display = bool(self._chosen) or not hits.display
        self.query_one("#group-count").display = bool(self._chosen)

    @property
    def _box(self) -> ChooseBox:
        return self.query_one(ChooseBox)

    @property
    def _people(self) -> GroupList:
        return self.query_one(GroupList)

    @property
    def _screen(self) -> VaultScreen[str]:
        from typing import cast

        return cast("VaultScreen[str]", self.screen)
