"""What the command palette lists: every command that works now, with its key, and the colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.binding import ActiveBinding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from peernote_tui.ui import command_search, safe, sentences
from peernote_tui.ui.settings import THEME_NAMES

if TYPE_CHECKING:
    from peernote_tui.ui.app import PeerNoteApp


class CommandProvider(Provider):
    """Lists each live binding that has an id, once, with all its keys, then one command per theme."""

    async def discover(self) -> Hits:
        """List everything while nothing is typed."""
        for label, keys, tip, run in self._commands():
            yield DiscoveryHit(_prompt(Content(label), keys), run, text=label, help=tip)

    async def search(self, query: str) -> Hits:
        """List what matches the typed words, in the name or in its explanation."""
        commands = list(self._commands())
        for found in command_search.search(query, [(label, tip) for label, _, tip, _ in commands]):
            label, keys, tip, run = commands[found.place]
            prompt = _prompt(command_search.shown(label, found.offsets, self.match_style or "bold"), keys)
            yield Hit(found.score, prompt, run, text=label, help=tip)

    def _commands(self) -> Iterator[tuple[str, str, str, Callable[[], Any]]]:
        found: dict[str, list[ActiveBinding]] = {}
        for active in self.screen.active_bindings.values():
            if active.binding.id and active.binding.description and active.enabled:
                found.setdefault(active.binding.id, []).append(active)
        for same in found.values():
            binding, node = same[0].binding, same[0].node
            if binding.id == "house.palette":
                continue
            keys = ", ".join(dict.fromkeys(self.app.get_key_display(one.binding) for one in same))
            run = partial(self.app.run_action, binding.action, node)
            yield binding.description, keys, safe.clean(same[0].tooltip or binding.tooltip), run
        for name in THEME_NAMES:
            yield sentences.theme_command(name), "", sentences.THEME_HELP[name], partial(self._wear, name)

        yield from self._without_keys()
        yield from self._notes_of_other_templates()

    def _without_keys(self) -> Iterator[tuple[str, str, str, Callable[[], Any]]]:
        """Screens that no key leads to; they stand over whatever is in front of an open vault."""
        gateway = getattr(self.app, "gateway", None)
        if gateway is not None and gateway.is_open:
            yield sentences.RECORD_PLACE, "", sentences.RECORD_TIP, self._import_people
            yield sentences.TAKE_FORM_COMMAND, "", sentences.TAKE_FORM_TIP, self._take_form
            if not hasattr(self.screen, "action_sheets"):
                yield sentences.SHEETS_COMMAND, "", sentences.SHEETS_TIP, self._sheets
            yield sentences.CALENDAR_COMMAND, "", sentences.CALENDAR_TIP, self._calendar
            yield sentences.REFERRALS_PLACE, "", sentences.REFERRALS_TIP, self._referrals
            yield sentences.REPORT_COMMAND, "", sentences.REPORT_TIP, self._report
            yield sentences.ALL_DISCLOSURES, "", sentences.DISCLOSURES_TIP, self._disclosures
            yield sentences.RECORD_DISCLOSURE, "", sentences.RECORD_DISCLOSURE_TIP, self._record_disclosure
            if not hasattr(self.screen, "action_hand_out"):
                yield sentences.HAND_OUT, "", sentences.HAND_OUT_TIP, self._hand_out

    def _import_people(self) -> None:
        from peernote_tui.ui.screens.importing import ImportScreen

        self.app.push_screen(ImportScreen())

    def _take_form(self) -> None:
        from peernote_tui.ui.taking_forms import take_form

        house: Any = self.app
        house.run_worker(take_form(house), description="take in a form", exclusive=True, group="flow")

    def _sheets(self) -> None:
        from peernote_tui.ui.transcribing import catch_up_soon

        catch_up_soon(cast("PeerNoteApp", self.app))

    def _calendar(self) -> None:
        from peernote_tui.ui.screens.exporting_calendar import CalendarExport

        self.app.push_screen(CalendarExport())

    def _referrals(self) -> None:
        from peernote_tui.ui.screens.referrals import ReferralsScreen

        self.app.push_screen(ReferralsScreen())

    def _report(self) -> None:
        from peernote_tui.ui.screens.report import ReportScreen

        self.app.push_screen(ReportScreen())

    def _disclosures(self) -> None:
        from peernote_tui.ui.screens.disclosures import DisclosuresScreen

        self.app.push_screen(DisclosuresScreen())

    def _record_disclosure(self) -> None:
        from peernote_tui.ui.giving import record_soon

        record_soon(cast("PeerNoteApp", self.app))

    def _hand_out(self) -> None:
        from peernote_tui.ui.giving import hand_out_soon

        hand_out_soon(cast("PeerNoteApp", self.app))

    def _notes_of_other_templates(self) -> Iterator[tuple[str, str, str, Callable[[], Any]]]:
        """A new note in each template but the usual one, which Ctrl+N begins."""
        gateway = getattr(self.app, "gateway", None)
        if gateway is None or not gateway.is_open:
            return
        from peernote_tui.domain.note import DEFAULT_TEMPLATE
        from peernote_tui.services.keeping_templates import offered_templates

        for template in offered_templates(gateway.workspace):
            if template.id != DEFAULT_TEMPLATE:
                begin = partial(self.app.run_action, f"app.new_note({template.id!r})")
                yield sentences.new_note_of(safe.clean(template.title)), "", sentences.NEW_NOTE_OF_HELP, begin

    def _wear(self, name: str) -> None:
        self.app.theme = name


def _prompt(label: Content, keys: str) -> Content:
    return Content.assemble(label, (f"   {keys}" if keys else "", "$primary"))
