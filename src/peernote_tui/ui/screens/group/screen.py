"""Writing a group session: four steps, everything kept while it is typed, and then one note for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import ContentSwitcher, Static

from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.domain.group_session import (
    MOST_PEOPLE,
    Attendance,
    GroupContent,
    GroupLine,
    GroupSession,
    StandingName,
    with_ordinary,
    without_names,
)
from peernote_tui.domain.ids import new_id
from peernote_tui.services.group_names import names_standing
from peernote_tui.services.group_notes import make_notes
from peernote_tui.services.groups import group_people
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.screens.group import name_question
from peernote_tui.ui.screens.group.each_step import EachStep
from peernote_tui.ui.screens.group.group_list import GroupList
from peernote_tui.ui.screens.group.happened_step import HappenedStep
from peernote_tui.ui.screens.group.keeping import GroupKeeping
from peernote_tui.ui.screens.group.people_step import PeopleStep
from peernote_tui.ui.screens.group.reading import Opened, Reading, fetch, take
from peernote_tui.ui.screens.group.review import GroupReviewScreen
from peernote_tui.ui.screens.group.session_step import SessionStep
from peernote_tui.ui.screens.note_wizard.drafting import SavingSaid
from peernote_tui.ui.screens.participants import ParticipantsScreen
from peernote_tui.ui.screens.writing_screen import WritingScreen

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp

_NEXT = (Attendance.CAME, Attendance.LEFT_EARLY, Attendance.NO_SHOW)
_PEOPLE, _HAPPENED, _EACH = 1, 2, 3


class GroupScreen(WritingScreen[None]):
    """Four steps in one line; the notes that are made of it take its place.

    Args:
        opened: What `load` fetched.
    """

    PLACE = sentences.NEW_GROUP
    NAME = "group"
    FIRST_KEYS = ("group.next", "group.back", "group.attendance", "group.take_out", "group.next_line", "group.add_new")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "step(1)", "Next step", id="group.next", priority=True,
                tooltip="On to the next step; after the last one the notes are made."),
        Binding("f3", "step(-1)", "Step before", id="group.back", priority=True, tooltip="Back to the step before."),
    ]  # fmt: skip

    def __init__(self, opened: Opened, *, step: int = 0) -> None:
        super().__init__()
        self._opened = opened
        self._people = opened.people
        self._step = step
        self._taken_out: list[tuple[int, GroupLine]] = []
        self._saving = SavingSaid(self)
        self._making = False

    @classmethod
    async def load(cls, app: PeerNoteApp, group_id: str, *, step: int = 0) -> Self:
        """Fetch everything the screen shows.

        Raises:
            PeerNoteError: The group session is not there any more.
        """
        return cls(await app.gateway.call(fetch, group_id), step=step)

    @classmethod
    async def come_back(cls, app: PeerNoteApp, own: dict[str, Any]) -> Self:
        """Open the group session again, if it is still being written."""
        return await cls.load(app, str(own["group"]), step=int(own["step"]))

    def own_place(self) -> dict[str, Any]:
        """Which group session, and which step."""
        return {"group": self._opened.group.id, "step": self._step}

    async def settle_in(self, own: dict[str, Any]) -> None:
        """Stay in that step."""

    @property
    def half_typed(self) -> bool:
        """Nothing: the vault keeps every word."""
        return False

    @property
    def group(self) -> GroupSession:
        """The group session as it stands on screen."""
        return self._keeping.newest if self.is_mounted else self._opened.group

    @property
    def _content(self) -> GroupContent:
        return self.group.content

    def compose_body(self) -> ComposeResult:
        """Lay out the steps."""
        self._by = Reading.by(self.house.clock, day_first=self.house.settings.day_first)
        content = self._opened.group.content
        yield Static("", id="group-rail", markup=False)
        with ContentSwitcher(id="group", initial=f"group-{self._step}"):
            yield SessionStep(content, self._by)
            yield PeopleStep(self._opened.last)
            yield HappenedStep(content)
            yield EachStep(self._by)

    def on_mount(self) -> None:
        """Begin in the step that was left."""
        self._keeping = GroupKeeping(
            self.house.gateway,
            self._opened.group,
            later=self.set_timer,
            saved=self._saving.saved,
            failed=self._saving.failed,
        )
        self._saving.show(in_zone(self._opened.group.changed_at, self.workspace.clock.zone))
        self.query_one(PeopleStep).show(self._content, self._people)
        self.query_one(EachStep).show(self._content, self._people)
        self._go_to(self._step)

    async def flush(self) -> None:
        """Store what is typed but not saved yet."""
        if self.is_mounted:
            await self._keeping.flush()

    async def keep(self) -> None:
        """Store what is typed."""
        if self.is_mounted:
            await self._keeping.keep()

    def go_back(self) -> None:
        """Leave the group session in the vault."""
        self.run_worker(self._close(), description="close", group="step", exclusive=True)

    def rename(self) -> None:
        """Show everybody anew."""
        super().rename()
        self._tell_people()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No step before the first; what changes somebody only in a list of them."""
        if action == "step":
            return parameters != (-1,) or self._step > 0
        if action in ("attendance", "take_out", "undo_people"):
            return isinstance(self.focused, GroupList) and (action != "undo_people" or bool(self._taken_out))
        return super().check_action(action, parameters)

    def action_step(self, by: int) -> None:
        """Go to the next step or the one before; from the last one, make the notes."""
        if self._step + by > _EACH:
            self._make()
        else:
            self._go_to(max(0, self._step + by))

    def action_attendance(self) -> None:
        """Came, left early, did not come."""
        line = self._highlighted
        if line is None or line.made:
            return
        wanted = _NEXT[(_NEXT.index(line.attendance) + 1) % len(_NEXT)]
        self._change(self._content.with_line(line.as_attended(wanted)))
        self.say(sentences.attends(self._called(line), wanted.value))
        self._tell_people()

    def action_take_out(self) -> None:
        """Take somebody out, with their line."""
        line = self._highlighted
        if line is None or line.made:
            return
        self._taken_out.append((self._content.lines.index(line), line))
        left = tuple(each for each in self._content.lines if each.id != line.id)
        self._change(self._content.model_copy(update={"lines": left}))
        self.say(sentences.took_out(self._called(line)), way=sentences.u_undoes())
        self._tell_people()

    def action_undo_people(self) -> None:
        """Bring back who was taken out last."""
        if self._taken_out:
            place, line = self._taken_out.pop()
            lines = list(self._content.lines)
            lines.insert(place, line)
            self._change(self._content.model_copy(update={"lines": tuple(lines)}))
            self.say(sentences.back_in(self._called(line)))
            self._tell_people(highlight=line.id)

    @on(SessionStep.Changed)
    def _session_changed(self, event: SessionStep.Changed) -> None:
        self._change(take(self._content, event.key, event.text, self._by))
        self.query_one(SessionStep).follow(self._content)

    @on(HappenedStep.Changed)
    def _happened_changed(self, event: HappenedStep.Changed) -> None:
        self._change(self._content.model_copy(update={"happened": event.text}))

    @on(EachStep.Changed)
    def _line_changed(self, event: EachStep.Changed) -> None:
        self._change(self._content.with_line(event.line))
        self.query_one(EachStep).follow(self._content)

    @on(EachStep.Consent)
    def _consent_of(self, event: EachStep.Consent) -> None:
        from peernote_tui.ui.flows import open_consents

        task = open_consents(self.house, event.participant_id)
        self.house.run_worker(task, description="consents", group="flow")

    async def reload(self) -> None:
        """Look again at what may be written about whom."""
        if not self.house.gateway.is_open:
            return
        people = await self.ask(group_people, self._content)
        if people is not None and self.is_attached and people != self._people:
            self._people = people
            self._tell_people()

    @on(SessionStep.Done)
    @on(PeopleStep.Done)
    @on(EachStep.Done)
    def _step_done(self) -> None:
        self.action_step(1)

    @on(PeopleStep.Chosen)
    def _chosen(self, event: PeopleStep.Chosen) -> None:
        self.run_worker(self._add(event.ids), description="add", group="people")

    @on(PeopleStep.AddNew)
    def _add_new(self, event: PeopleStep.AddNew) -> None:
        self.house.run_worker(self._find_or_add(event.typed), description="find", group="flow")

    async def _find_or_add(self, typed: str) -> None:
        chosen = await self.app.push_screen_wait(ParticipantsScreen(choosing=True, typed=typed))
        if chosen is not None:
            self.query_one(PeopleStep).clear()
            await self._add((chosen,))

    async def _add(self, ids: tuple[str, ...]) -> None:
        there = {line.participant_id for line in self._content.lines}
        new = [each for each in dict.fromkeys(ids) if each not in there]
        if not new:
            self.say(sentences.GROUP_ALREADY_IN, tone="warning")
            return
        if len(there) + len(new) > MOST_PEOPLE:
            self.say(sentences.GROUP_FULL, tone="warning")
            return
        added = tuple(GroupLine(id=new_id(self.workspace.clock.now()), participant_id=each) for each in new)
        content = self._content.model_copy(update={"lines": (*self._content.lines, *added)})
        people = await self.ask(group_people, content)
        if people is None or not self.is_attached:
            return
        self._people = people
        self._change(content)
        self._tell_people(highlight=added[-1].id)

    def _go_to(self, step: int) -> None:
        self._step = step
        self.query_one("#group", ContentSwitcher).current = f"group-{step}"
        if step == _EACH:
            self.query_one(EachStep).show(self._content, self._people)
        body: Any = self.query_one(f"#group-{step}")
        body.focus_first()
        self._tell_rail()
        self.refresh_bindings()
        self.run_worker(self._look_for_names(), description="names", group="names", exclusive=True)

    def _tell_rail(self) -> None:
        steps = []
        for number, title in enumerate(sentences.GROUP_STEPS):
            # Where there are no colours, the sign tells where one is.
            here = number == self._step
            steps.append(
                safe.content(f"{'›' if here else ' '}{number + 1} {title}", "bold $primary" if here else "$muted")
            )
        self.query_one("#group-rail", Static).update(Content(" ").join(steps))

    def _tell_people(self, *, highlight: str | None = None) -> None:
        if self.is_mounted:
            self.query_one(PeopleStep).show(self._content, self._people, highlight=highlight)
            self.query_one(EachStep).show(self._content, self._people)
            self.refresh_bindings()

    def _change(self, content: GroupContent) -> None:
        self._keeping.change(self.group.model_copy(update={"content": content}))

    async def _look_for_names(self) -> None:
        standing = await self.ask(names_standing, self._content)
        if standing is None or not self.is_attached:
            return
        common = {each.field: each.written for each in standing if not each.line_id}
        self.query_one(SessionStep).tell_names(common)
        self.query_one(HappenedStep).tell_name(common.get("happened", ""))
        self.query_one(EachStep).tell_names({(each.line_id, each.field): each.written for each in standing})

    def _make(self) -> None:
        if not self._making:
            self._making = True
            self.house.run_worker(self._make_notes(), description="make notes", group="flow")

    async def _make_notes(self) -> None:
        try:
            if not self._content.lines:
                self.say(sentences.GROUP_NOBODY, tone="error")
                self._go_to(_PEOPLE)
                return
            if not await self._settle_names():
                return
            await self._keeping.flush()
            await self.house.gateway.call(make_notes, self.group.id)
        except PeerNoteError as error:
            self.say(str(error), tone="error")
            return
        finally:
            self._making = False
        self.give_way_to(GroupReviewScreen(self.group.id))

    async def _settle_names(self) -> bool:
        """Ask about every name that others would read; False to go on writing."""
        while standing := await self.ask(names_standing, self._content):
            first = standing[0]
            alike = tuple(each for each in standing if (each.written, each.who) == (first.written, first.who))
            called = [person.participant for person in self._people.values() if person.participant.id in first.who]
            name = " · ".join(naming.name(person.called) for person in called)
            answer = await self.app.push_screen_wait(
                name_question.NameQuestion(sentences.name_question(first.written, name, len(alike)))
            )
            if answer == name_question.REPLACE:
                self._take(without_names(self._content, alike))
                self.say(sentences.names_settled(len(alike)))
            elif answer == name_question.ORDINARY:
                self._take(with_ordinary(self._content, (first.written,)))
            else:
                if answer == name_question.EDIT:
                    self._edit(first)
                return False
        return standing is not None

    def _take(self, content: GroupContent) -> None:
        self._change(content)
        self.query_one(SessionStep).load(content)
        self.query_one(HappenedStep).load(content)
        self.query_one(EachStep).show(content, self._people)

    def _edit(self, name: StandingName) -> None:
        if name.line_id:
            self._go_to(_EACH)
            self.query_one(EachStep).open(name.line_id)
        elif name.field == "happened":
            self._go_to(_HAPPENED)
        else:
            self._go_to(0)
            self.query_one(SessionStep).focus_first(name.field)

    async def _close(self) -> None:
        try:
            left = await self._keeping.put_down()
        except PeerNoteError as error:
            self._saving.failed(error)
            return
        if left:
            self.house.announce(left, tone="warning")
        self.dismiss(None)

    def _called(self, line: GroupLine) -> str:
        person = self._people.get(line.id)
        return naming.by_number(person.participant.called) if person else ""

    @property
    def _highlighted(self) -> GroupLine | None:
        chosen = self.focused.highlighted_id if isinstance(self.focused, GroupList) else None
        return next((line for line in self._content.lines if line.id == chosen), None)
