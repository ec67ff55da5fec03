"""The end of day sweep: one thing after the other, until nothing is left."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.note import CONTACT_TEMPLATE
from peernote_tui.domain.sweep import Swept
from peernote_tui.services.sweeping import Owed, OwedItem, SweepView, keep_swept, sweep_view
from peernote_tui.ui import meeting_ways, owing, safe, sentences
from peernote_tui.ui.briefing import brief_beside
from peernote_tui.ui.flows import group_session, new_note, open_consents, open_draft
from peernote_tui.ui.screens.sweep_page import keys_of, name_of, page
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.undoing import take_back_on
from peernote_tui.ui.widgets.side_pane import SidePane

_MINUTE = 60.0
_OFF = {"partly": ActionStatus.PARTLY, "not_yet": ActionStatus.NOT_YET}
"""Acts after which an action item is still open: it is due tomorrow then."""
_SETTLED = {"done": ActionStatus.DONE, "drop": ActionStatus.DROPPED}


class SweepPage(VerticalScroll, can_focus=True):
    """The one thing in front."""

    def compose(self) -> ComposeResult:
        """Hold the text, and the keys that act on it."""
        yield Static("", id="sweep-page", markup=False)
        yield Static("", id="sweep-keys", markup=False)


class SweepScreen(VaultScreen[None]):
    """Walks through what Today owes; what is settled is gone, and what is skipped comes round again."""

    PLACE = sentences.SWEEP
    NAME = "sweep"
    FIRST_KEYS = ("sweep.open", "sweep.done", "sweep.partly", "sweep.no_show", "sweep.skip", "sweep.undo")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "act('open')", "Open", id="sweep.open", tooltip="Go to it: note, draft, consent, backups."),
        Binding("space", "act('done')", "Done", id="sweep.done", tooltip="The action item is done."),
        Binding("p", "act('partly')", "Partly", id="sweep.partly", tooltip="It is partly done, and due tomorrow."),
        Binding("n", "act('not_yet')", "Not yet", id="sweep.not_yet", tooltip="Not yet done, and due tomorrow."),
        Binding("s", "act('snooze')", sentences.SNOOZE, id="sweep.snooze", tooltip=sentences.SNOOZE_TIP),
        Binding("x", "act('drop')", "Let go", id="sweep.drop", tooltip="It is no longer to be done."),
        Binding("o", "act('no_show')", "Did not come", id="sweep.no_show", tooltip="Write the no-show note."),
        Binding("v", "act('move')", "Move", id="sweep.move", tooltip="Give it another time, way, place or topics."),
        Binding("d", "act('cancel')", "Cancel", id="sweep.cancel", tooltip="Cancel the meeting, with a reason."),
        Binding("d", "act('aside')", "Put aside", id="sweep.aside", tooltip="Put the draft aside."),
        Binding("k,right", "skip", "Skip", id="sweep.skip", tooltip="It comes round again; k leaves it then."),
        Binding("b,left", "before", "Back", id="sweep.before", tooltip="Back to what was skipped before."),
        Binding("u", "undo", "Undo", id="sweep.undo", tooltip="Take the last change back, then the one before."),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._view: SweepView | None = None

    def compose_body(self) -> ComposeResult:
        """Lay out the page, and the briefing beside."""
        with Horizontal(classes="columns"):
            yield SweepPage(classes="main")
            yield SidePane()

    def on_mount(self) -> None:
        """Begin on the page, and look at the clock once a minute."""
        self.query_one(SweepPage).focus()
        self.set_interval(_MINUTE, self._minute)

    async def reload(self) -> None:
        """Look up what is owed now, and show what is in front."""
        if not self.house.gateway.is_open:
            return
        view = await self.ask(sweep_view)
        if view is None or not self.is_attached:
            return
        item = view.current
        if item is not None and view.swept.showing(item.key) != view.swept:
            await self.ask(keep_swept, view.swept.showing(item.key))
        self._view = view
        self.refresh_bindings()
        self._lay()
        self._brief()

    def rename(self) -> None:
        """Show names anew."""
        super().rename()
        self._lay()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show the keys that fit what is in front."""
        item = self._current
        if action == "act":
            return item is not None and parameters[0] in keys_of(item.kind) and self._can(item, str(parameters[0]))
        if action == "skip":
            return item is not None
        if action == "before":
            return self._view is not None and self._before() is not None
        return super().check_action(action, parameters)

    def action_act(self, act: str) -> None:
        """Do one thing with what is in front."""
        if (item := self._current) is None:
            return
        if item.action is not None and act != "snooze":
            self._change(self._settle(item, act), act)
        elif act == "aside":
            self._change(self._put_aside(item), act)
        else:
            self.house.run_worker(self._go(item, act), description="sweep", exclusive=True, group="flow")

    def action_skip(self) -> None:
        """Pass over what is in front; the second time it is left for tomorrow."""
        view, item = self._view, self._current
        if view is not None and item is not None:
            self._keep(view.swept.showing(item.key).passing(item.key))

    def action_before(self) -> None:
        """Go back to what was passed over last."""
        if (before := self._before()) is not None:
            self._keep(before)

    def action_undo(self) -> None:
        """Take the last change back."""
        self._change(self._undo(), "undo")

    @property
    def _current(self) -> OwedItem | None:
        return self._view.current if self._view is not None else None

    def _can(self, item: OwedItem, act: str) -> bool:
        """A call that was not planned can be planned and not cancelled."""
        return act != "cancel" or item.call is None or bool(item.call.meeting_id)

    def _before(self) -> Swept | None:
        view = self._view
        if view is None:
            return None
        return view.swept.back([item.key for item in view.items], view.progress.current)

    def _lay(self) -> None:
        if self._view is None:
            return
        room = max(20, self.query_one(SweepPage).scrollable_content_region.width)
        self.query_one("#sweep-page", Static).update(page(self._view, room))
        item = self._view.current
        acts = [act for act in keys_of(item.kind) if self._can(item, act)] if item is not None else []
        ways = [(self._key(f"sweep.{act}"), sentences.sweep_way(item.kind.value, act)) for act in acts] if item else []
        parts = [part for key, told in ways for part in ((f"{key:>7}", "bold $primary"), f"  {told}\n")]
        self.query_one("#sweep-keys", Static).update(safe.assemble(*parts))

    def _key(self, binding_id: str) -> str:
        found = (active.binding for active in self.active_bindings.values() if active.binding.id == binding_id)
        binding = next(found, None)
        return self.app.get_key_display(binding) if binding is not None else ""

    def _change(self, act: Coroutine[Any, Any, None], description: str) -> None:
        async def change() -> None:
            await act
            await self.reload()

        self.run_worker(change(), description=description, group="change")

    def _keep(self, swept: Swept) -> None:
        async def keep() -> None:
            await self.ask(keep_swept, swept)

        self._change(keep(), "pass over")

    async def _settle(self, item: OwedItem, act: str) -> None:
        if item.action is None:
            return
        action, name = item.action.action, name_of(item)
        if act in _OFF:
            await owing.put_action_off(self, action.id, _OFF[act], text=action.text, name=name)
        else:
            await owing.settle_action(self, action.id, _SETTLED[act], text=action.text, name=name)

    async def _put_aside(self, item: OwedItem) -> None:
        if item.draft is not None:
            await owing.put_draft_aside(self, item.draft.draft.id, name=name_of(item))
        elif item.group is not None:
            await owing.put_group_aside(self, item.group.group.id, topic=name_of(item))

    async def _go(self, item: OwedItem, act: str) -> None:
        house = self.house
        meeting = item.contact.follow_up.id if item.contact else item.call.meeting_id if item.call else ""
        if item.action is not None:
            await owing.snooze_action(self, item.action.action.id, text=item.action.action.text, name=name_of(item))
            await self.reload()
        elif act in ("move", "cancel"):
            if act == "cancel":
                await meeting_ways.cancel(self, meeting)
            elif item.called is not None:
                await owing.try_again(self, item.called, meeting)
            await self.reload()
        elif item.draft is not None:
            await open_draft(house, item.draft.draft.id)
        elif item.group is not None:
            await group_session(house, item.group.group.id)
        elif item.consent is not None:
            await open_consents(house, item.participant_id, giving=item.consent.scope)
        elif item.kind is Owed.BACKUP:
            from peernote_tui.ui.screens.backups import BackupsScreen

            await self.app.push_screen(BackupsScreen())
        else:
            form = meeting_ways.NO_SHOW if act == "no_show" else CONTACT_TEMPLATE if item.call else ""
            await new_note(house, item.participant_id, template_id=form, meeting_id=meeting or None)

    async def _undo(self) -> None:
        await take_back_on(self)

    def _minute(self) -> None:
        if self.is_current:
            self.reload_soon()

    @work(description="brief", exclusive=True, group="brief")
    async def _brief(self) -> None:
        await brief_beside(self, lambda: self._current.participant_id if self._current else "")
