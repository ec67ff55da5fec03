"""The tracker's views and filters: go through them, narrow them, keep what is shown under a name."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from peernote_tui.services.action_views import ActionView, list_views, remove_view, save_view
from peernote_tui.services.participants import get_participant
from peernote_tui.ui import naming, sentences
from peernote_tui.ui.screens.actions.filtering import FilterAnswer, FilterDialog
from peernote_tui.ui.screens.actions.frame import TrackerFrame
from peernote_tui.ui.screens.actions.views import VIEWS, Filters, View, ViewLine, kept_view
from peernote_tui.ui.screens.one_line import OneLine
from peernote_tui.ui.screens.participants import ParticipantsScreen
from peernote_tui.ui.shelf import Shelf


class NarrowingVerbs(TrackerFrame):
    """Which of all action items are shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", id="actions.filter", show=False, tooltip="Show only what holds words."),
        Binding(
            "F",
            "filters",
            "Filters",
            id="actions.filters",
            show=False,
            tooltip="Show only mine or theirs, of a participant, with a tag, due then; keep it as a view.",
        ),
        Binding(
            "backspace",
            "show_all",
            "Show all",
            id="actions.show_all",
            show=False,
            tooltip="Take every filter away.",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._views: tuple[View, ...] = VIEWS

    def action_view(self, step: int) -> None:
        """Go to the neighbouring view; a kept one brings its filters, and takes them away again."""
        place = self._views.index(self.view) if self.view in self._views else 0
        self.go_to_view(self._views[(place + step) % len(self._views)])
        self.narrow_soon()

    def action_filter(self) -> None:
        """Go to the box for words."""
        self.filter_box.focus()

    def action_show_all(self) -> None:
        """Take every filter away."""
        if self.filters:
            self.narrow_to(Filters())
            self.narrow_soon()

    def action_filters(self) -> None:
        """Ask what is to be shown only."""
        self.ask_over(self._ask_filters())

    def narrow_soon(self) -> None:
        """List anew from the first row; a list that was asked for before gives way."""
        self.begin_anew()
        self.run_worker(self.reload(), description="reload", exclusive=True, group="reload")

    def go_to_view(self, view: View) -> None:
        """Show a view."""
        if view.name:
            self.narrow_to(view.filters)
        elif self.view.name:
            self.narrow_to(Filters())
        self.view = view
        line = self.query_one(ViewLine)
        line.views, line.view = self._views, view

    def narrow_to(self, filters: Filters) -> None:
        """Set every filter, the words in the box, too."""
        self.narrowed = replace(filters, text="")
        self.filter_box.load(filters.text)

    def narrowed_place(self) -> dict[str, Any]:
        """View and filters, for the way back after locking; the words stand in their box."""
        return {"view": self.view.key, "kept": self.view.name, "filters": asdict(self.narrowed)}

    async def narrow_again(self, own: dict[str, Any]) -> None:
        """Show that view again, with those filters."""
        await self.fetch_views()
        kept = str(own.get("kept") or "")
        found = [view for view in self._views if view.name == kept and (kept or view.key == own["view"])]
        self.view = found[0] if found else VIEWS[0]
        line = self.query_one(ViewLine)
        line.views, line.view = self._views, self.view
        filters = Filters.of(dict(own.get("filters") or {}))
        if filters.participant_id:
            person = await self.ask(get_participant, filters.participant_id)
            called = naming.by_number(person.called) if person is not None else ""
            filters = replace(filters, participant=called, participant_id=filters.participant_id if called else "")
        self.narrowed = filters

    async def _ask_filters(self) -> None:
        filters = self.filters
        while True:
            answer = await self.answer_of(FilterDialog(filters, removable=self.view.name))
            if answer is None:
                return
            filters = answer.filters
            if answer.then in ("participant", "tag"):
                filters = await self._ask_one(answer)
            else:
                break
        self.narrow_to(filters)
        await self._then(answer.then)
        self.narrow_soon()

    async def fetch_views(self) -> None:
        """Fetch the kept views anew."""
        kept = []
        for each in await self.ask(list_views) or ():
            view = kept_view(each.name, each.wanted)
            if view.filters.participant_id:
                person = await self.ask(get_participant, view.filters.participant_id)
                called = naming.by_number(person.called) if person is not None else sentences.FILTER_GONE
                view = replace(view, filters=replace(view.filters, participant=called))
            kept.append(view)
        if not self.is_there:
            return
        self._views = (*VIEWS, *kept)
        self.view = next((view for view in kept if view.name == self.view.name), self.view)
        line = self.query_one(ViewLine)
        line.views, line.view = self._views, self.view

    async def _then(self, then: str) -> None:
        """Keep or remove a view, where that was asked for."""
        if then == "save":
            wanted = self.view.asks(self.filters)

            async def take(name: str) -> ActionView:
                return await self.house.gateway.call(save_view, name, wanted)

            asking = OneLine(
                sentences.VIEW_NAME_TITLE,
                sentences.VIEW_NAME_LABEL,
                hint=sentences.VIEW_NAME_HINT,
                shelf=Shelf("view"),
                take=take,
            )
            saved: ActionView | None = await self.app.push_screen_wait(asking)
            if saved is None:
                return
            await self.fetch_views()
            self.go_to_view(next((view for view in self._views if view.name == saved.name), VIEWS[0]))
            self.say(sentences.view_saved(saved.name), tone="success")
        elif then == "remove" and (name := self.view.name):
            await self.ask(remove_view, name)
            self.go_to_view(VIEWS[0])
            await self.fetch_views()
            self.say(sentences.view_removed(name))

    async def _ask_one(self, answer: FilterAnswer) -> Filters:
        """Ask for the participant, or for the tag."""
        filters = answer.filters
        if answer.then == "participant":
            chosen = await self.app.push_screen_wait(ParticipantsScreen(choosing=True))
            person = await self.ask(get_participant, chosen) if chosen else None
            if person is None:
                return replace(filters, participant_id="", participant="")
            return replace(filters, participant_id=person.id, participant=naming.by_number(person.called))
        typed = await self.app.push_screen_wait(
            OneLine(
                sentences.FILTERS_TITLE,
                sentences.FILTER_TAG_LABEL,
                hint=sentences.FILTER_TAG_HINT,
                shelf=Shelf("tag"),
                typed=filters.tag,
                may_be_empty=True,
            )
        )
        return filters if typed is None else replace(filters, tag=typed.removeprefix("#")[:60])
