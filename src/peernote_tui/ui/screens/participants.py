"""Participants: one box that finds a person, and adds who is not there yet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, OptionList

from peernote_tui.domain.narrowing import Narrowing
from peernote_tui.domain.participant import FoundParticipants, ParticipantHit
from peernote_tui.services.finding import find_participants, get_ready_to_find
from peernote_tui.services.keeping_records import pin_participant
from peernote_tui.ui import naming, sentences
from peernote_tui.ui.briefing import brief_beside
from peernote_tui.ui.flows import open_participant
from peernote_tui.ui.screens.add_participant import AddParticipant
from peernote_tui.ui.screens.base import WIDE
from peernote_tui.ui.screens.find_filters import FilterLine
from peernote_tui.ui.screens.find_list import ChooseBox, FindBox, HitList, count, lines
from peernote_tui.ui.screens.vault_screen import VaultTopScreen
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.side_pane import SidePane
from peernote_tui.ui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from peernote_tui.services.places import ScreenPlace

MOST_HITS = 20
_BOX = 24
_WIDE_BOX = 34


class ParticipantsScreen(VaultTopScreen):
    """Find a participant, open them, or add one.

    The box has focus from the start and every character goes into it, digits too: they begin an ID, a
    phone number or a birth year. To the other tabs lead Esc (to Today) and Tab (to the list, where 1 to 4
    work).

    Args:
        choosing: Ask for whom something is; there are no tabs, and the screen closes with the id of the
            chosen participant, or None.
        typed: What stands in the box to begin with.
    """

    PLACE = "Participants"
    NAME = "participants"
    ASKS: ClassVar[str] = sentences.FOR_WHOM
    """What the top line asks when somebody is to be chosen."""
    FIRST_KEYS = ("participants.open", "participants.choose", "filters.keep", "participants.add", "participants.filter")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+n",
            "begin_note",
            "New note",
            id="house.new_note",
            priority=True,
            tooltip="Begin a case note for the highlighted participant.",
        ),
        Binding(
            "f5,ctrl+f",
            "app.find",
            "Find",
            id="house.find",
            show=False,
            priority=True,
            tooltip="Go to the box that finds participants.",
        ),
        Binding("f8", "add", "Add", id="participants.add", tooltip="Add a participant by the name that was typed."),
        Binding("f4", "filter", "Filter", id="participants.filter", tooltip="Whom to list: not seen, overdue, draft."),
        Binding(
            "f3",
            "pin",
            "Pin",
            id="participants.pin",
            show=False,
            tooltip="Keep the highlighted participant at the head of the list, or no longer.",
        ),
        Binding(
            "ctrl+g",
            "merge",
            "Merge with another record",
            id="participants.merge",
            show=False,
            tooltip="Make another record of the highlighted participant part of this one.",
        ),
        Binding("down", "move(1)", "Next", show=False, tooltip="To the next participant."),
        Binding("up", "move(-1)", "Previous", show=False, tooltip="To the participant before."),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
    ]

    def __init__(self, choosing: bool = False, *, typed: str = "") -> None:  # noqa: FBT001, FBT002 how the flows call it
        super().__init__()
        self._typed_before = typed
        self.choosing = choosing
        self._found: FoundParticipants | None = None

    def compose_body(self) -> ComposeResult:
        """Lay out box and list, the form in their place, and the briefing beside."""
        box = (ChooseBox if self.choosing else FindBox)(
            self._typed_before, placeholder=sentences.FIND_PARTICIPANT_PLACEHOLDER, max_length=200
        )
        with Horizontal(classes="columns"):
            with Vertical(classes="main"):
                with Vertical(id="finder"):
                    yield Field("find", sentences.FIND_PARTICIPANT, box, width=_BOX)
                    yield FilterLine()
                    yield HitList(digits=self.choosing)
                yield AddParticipant()
            yield SidePane()

    def on_mount(self) -> None:
        """Begin with the list; without tabs when choosing."""
        self.query_one(AddParticipant).display = False
        if self.choosing:
            line = self.query_one(TopLine)
            line.tabs, line.place = (), self.ASKS
        self.run_worker(self._get_ready(), description="get ready to find", group="ready")

    def on_resize(self, event: events.Resize) -> None:
        """Give the box what room there is."""
        super().on_resize(event)
        self._box.styles.width = _WIDE_BOX if event.size.width >= WIDE else _BOX

    @property
    def subject(self) -> str | None:
        """Id of the highlighted participant, for whom Ctrl+N begins a note."""
        return None if self.choosing or self._adding else self._hits.highlighted_id

    async def reload(self) -> None:
        """Look anew, keeping the highlight, and brief anew on it."""
        await self._look(highlight=self._hits.highlighted_id)
        self._brief()

    def where(self) -> ScreenPlace | None:
        """A choice that was asked for is not come back to; half a new participant is, as if it had been begun here."""
        return None if self.choosing and not (self._adding and self.half_typed) else super().where()

    def own_place(self) -> dict[str, Any]:
        """Whether the form for somebody new is open, and which filters are on."""
        return {"adding": self._adding, "filters": self._filters.own_place()}

    async def settle_in(self, own: dict[str, Any]) -> None:
        """Look for the same again, and open the form if it was open."""
        self._filters.return_to_place(own["filters"])
        await self.reload()
        if own["adding"]:
            self._show_form(adding=True)
            self.query_one(AddParticipant).say_back()

    def find(self) -> None:
        """Go to the box."""
        if not self._adding:
            self._box.focus()

    def go_back(self) -> None:
        """From the form to the list, from filters to everybody, to Today, or without a choice to where it was asked."""
        if self._adding:
            self._show_form(adding=False)
        elif self._filters.is_open or self._filters.narrowing.is_on:
            self._filters.narrowing = Narrowing()
            self._close_filters()
        elif self.choosing:
            self.dismiss(None)
        else:
            super().go_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No second note while choosing for whom; the list's keys only over the list."""
        if action in ("begin_note", "merge"):
            return not (self.choosing or self._adding)
        if action == "pin":
            return not (self.choosing or self._adding) and (True if self._hits.highlighted_id else None)
        if action in ("add", "move", "page", "filter"):
            return not self._adding
        return super().check_action(action, parameters)

    def action_begin_note(self, template_id: str = "") -> None:
        """Begin a note for the highlighted participant."""
        self.house.hold_keys()
        begin = partial(self._begin_note, template_id)
        self.run_worker(self._with_keys_held(begin), description="new note", exclusive=True, group="open")

    def action_merge(self) -> None:
        """Make another record part of the highlighted one."""
        if (whose := self.subject) is not None:
            self.run_worker(self._merge(whose), description="merge", exclusive=True, group="flow")

    async def _merge(self, whose: str) -> None:
        from peernote_tui.ui.screens.merging import merge_with_another

        if await merge_with_another(self, whose) is not None:
            self.say(sentences.DOUBLE_MERGED, tone="success")

    def action_add(self) -> None:
        """Show the form, with what was typed."""
        self._show_form(adding=True)

    def action_filter(self) -> None:
        """Open the filters, or close them and keep what is on."""
        if self._filters.is_open:
            self._close_filters()
        else:
            self._filters.open()

    def action_pin(self) -> None:
        """Pin the highlighted participant, or take the pin away."""
        self.run_worker(self._pin(), description="pin", group="pin")

    def action_move(self, step: int) -> None:
        """Move the highlight while the box keeps focus."""
        if step > 0:
            self._hits.action_cursor_down()
        else:
            self._hits.action_cursor_up()

    async def action_page(self, step: int) -> None:
        """Move the highlight by a page while the box keeps focus."""
        await self._hits.run_action("page_down" if step > 0 else "page_up")

    @on(Input.Changed, "FindBox")
    def _typed(self) -> None:
        self.run_worker(self._look(), description="find", exclusive=True, group="find")

    @on(Input.Submitted, "FindBox")
    def _entered(self) -> None:
        self.house.hold_keys()
        self.run_worker(self._with_keys_held(self._take), description="open", exclusive=True, group="open")

    @on(FilterLine.Changed)
    def _filtered(self) -> None:
        self.run_worker(self._look(), description="find", exclusive=True, group="find")

    @on(FilterLine.Closed)
    def _close_filters(self) -> None:
        self._filters.close()
        self._box.focus()
        self._filtered()

    @on(HitList.Typed)
    def _typed_on_list(self, event: HitList.Typed) -> None:
        self._box.focus()
        self._box.insert_text_at_cursor(event.character)

    @on(OptionList.OptionSelected, "HitList")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_id:
            self._go_to(event.option_id)

    @on(OptionList.OptionHighlighted, "HitList")
    def _highlighted(self) -> None:
        self._brief()

    @on(AddParticipant.Known)
    def _known(self, event: AddParticipant.Known) -> None:
        self._show_form(adding=False)
        self._go_to(event.participant_id)

    @on(AddParticipant.Added)
    def _added(self, event: AddParticipant.Added) -> None:
        added = event.participant
        if self.choosing:
            self.dismiss(added.id)
            return
        self._box.load("")
        self._filters.narrowing = Narrowing()
        self._show_form(adding=False, highlight=added.id)
        said = sentences.participant_added(naming.by_number(added.called))
        self.say(said, tone="success", way=sentences.BEGINS_A_NOTE)

    async def _get_ready(self) -> None:
        """Let the people be read ahead of the first key, a few at a time, so that nothing else waits for it."""
        while self.house.gateway.is_open and await self.ask(get_ready_to_find) is False:
            pass

    async def _with_keys_held(self, doing: Callable[[], Awaitable[None]]) -> None:
        """What is typed meanwhile is meant for where this leads, and must not change who is found."""
        try:
            await doing()
        finally:
            self.house.release_keys()

    async def _take(self) -> None:
        """Open the highlighted hit of what stands in the box now; nobody there is an invitation to add."""
        await self._catch_up()
        if (highlighted := self._hits.highlighted_id) is not None:
            self._go_to(highlighted)
        elif self._filters.narrowing.only:
            self.say(sentences.nobody_found(self._box.value, filtered=True))
        elif self._found is not None:
            self._show_form(adding=True)

    async def _begin_note(self, template_id: str) -> None:
        await self._catch_up()
        self.house.action_new_note(template_id)

    async def _catch_up(self) -> None:
        """Let the list answer to what stands in the box now: a key right after typing means who is found by it."""
        if self._found is None or self._found.query != self._box.value:
            await self._look()

    async def _pin(self) -> None:
        await self._catch_up()
        hit = next((hit for hit in self._shown if hit.participant.id == self._hits.highlighted_id), None)
        if hit is None:
            return
        now = hit.participant.pinned_at is None
        if await self.ask(pin_participant, hit.participant.id, pinned=now) is not None:
            self.say(sentences.pinned(naming.by_number(hit.participant.called), now=now))
            await self._look(highlight=hit.participant.id)

    async def _look(self, *, highlight: str | None = None) -> None:
        """Ask for what stands in the box; an answer that came too late is dropped."""
        if not self.house.gateway.is_open:
            return
        query, on = self._box.value, self._filters.narrowing
        found = await self.ask(
            find_participants,
            query,
            limit=MOST_HITS,
            archived=on.archived,
            around=on.around,
            only=on.only,
            not_seen_days=on.days,
        )
        if found is None or query != self._box.value or on != self._filters.narrowing:
            return
        self._found = found
        wanted = highlight or (found.hits[0].participant.id if found.hits and found.sure else None)
        self._hits.set_empty(sentences.nobody_found(query, filtered=bool(on.only)))
        self._hits.show(lines(found, self.workspace.today), highlight=wanted)
        if wanted is None:
            # Whoever only comes near is not taken by Enter alone, which then adds somebody new.
            self._hits.highlighted = None
        self.query_one("#field-find", Field).set_echo(count(found))
        if wanted is None:
            self._brief()

    def _brief(self) -> None:
        briefing = brief_beside(self, lambda: self._hits.highlighted_id or "")
        self.run_worker(briefing, description="brief", exclusive=True, group="brief")

    def _go_to(self, participant_id: str) -> None:
        if self.choosing:
            self.dismiss(participant_id)
        else:
            self.house.run_worker(
                open_participant(self.house, participant_id), description="open", exclusive=True, group="flow"
            )

    def _show_form(self, *, adding: bool, highlight: str | None = None) -> None:
        self.say_nothing()
        form = self.query_one(AddParticipant)
        self.query_one("#finder").display = not adding
        form.display = adding
        self.query_one(SidePane).set_class(adding, "-aside")
        if adding:
            form.begin(self._box.value)
        else:
            self._box.focus()
            wanted = highlight or self._hits.highlighted_id
            self.run_worker(self._look(highlight=wanted), description="find", exclusive=True, group="find")
        self.refresh_bindings()

    @property
    def _adding(self) -> bool:
        return self.is_mounted and self.query_one(AddParticipant).display

    @property
    def _shown(self) -> tuple[ParticipantHit, ...]:
        return self._found.hits if self._found is not None else ()

    @property
    def _filters(self) -> FilterLine:
        return self.query_one(FilterLine)

    @property
    def _box(self) -> FindBox:
        return self.query_one(FindBox)

    @property
    def _hits(self) -> HitList:
        return self.query_one(HitList)
