"""A stack of paper forms typed in with real keys: the next one is asked for at once, also over a lock."""

from __future__ import annotations

from datetime import date

from tests.ui.conftest import screen_text

from peernote_tui.documents.note_document import note_document
from peernote_tui.domain.note import CopiedFrom
from peernote_tui.services import notes, writing
from peernote_tui.ui.screens.choose_template import ChooseTemplate
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.participants import ParticipantsScreen
from peernote_tui.ui.screens.templates import TemplatesScreen
from peernote_tui.ui.screens.today import TodayScreen
from peernote_tui.ui.widgets.notice_line import NoticeLine


def asks_whose(pilot):
    return isinstance(pilot.app.screen, ParticipantsScreen) and pilot.app.screen.choosing


def writes(pilot):
    return isinstance(pilot.app.screen, NoteWizard)


def notice(pilot):
    return pilot.app.screen.query_one(NoticeLine).notice[0]


async def catch_up(pilot, keys, until, type_in):
    await keys(pilot, "ctrl+p")
    await type_in(pilot, "paper catch")
    await until(pilot, lambda: "Paper catch-up" in screen_text(pilot.app))
    await keys(pilot, "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, ChooseTemplate))


async def test_a_stack_is_typed_in_sheet_by_sheet(consented, in_the_vault, keys, until, type_in):
    async with in_the_vault() as pilot:
        await keys(pilot, "t")
        await until(pilot, lambda: isinstance(pilot.app.screen, TemplatesScreen) and pilot.app.screen._shown)
        place = list(pilot.app.screen._shown).index("contact")
        await keys(pilot, *["down"] * place, "s")
        await until(pilot, lambda: asks_whose(pilot) and pilot.app.screen._found)
        await keys(pilot, "enter")
        await until(pilot, lambda: writes(pilot))
        content = pilot.app.screen.draft.content
        assert (content.day, content.start, content.mode, content.copied_from) == (None, None, None, CopiedFrom.PAPER)
        await type_in(pilot, "20 nov 2-245")
        await keys(pilot, "enter", "2", "enter", "enter", "1", "f2")
        await until(pilot, lambda: pilot.app.screen._reviewing)
        await keys(pilot, "f8")
        await until(pilot, lambda: asks_whose(pilot) and pilot.app.screen._found)
        assert notice(pilot).startswith("1 sheet signed.")
        (row,) = (await pilot.app.gateway.call(notes.list_notes)).notes
        note = await pilot.app.gateway.call(lambda workspace: notes.view_note(workspace, row.id).note)
        template = pilot.app.gateway.workspace.templates["contact", 1]
        assert row.day == date(2026, 11, 20)
        assert note_document(note, template).footing[0] == "Transcribed from a paper form of Fri 20 Nov 2026."
        await keys(pilot, "enter")
        await until(pilot, lambda: writes(pilot))
        await type_in(pilot, "21 nov")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: not pilot.app.gateway.is_open)
    async with in_the_vault() as pilot:
        await until(pilot, lambda: writes(pilot) and not pilot.app.screen.is_returning)
        await keys(pilot, "escape")
        await until(pilot, lambda: asks_whose(pilot))
        await keys(pilot, "escape")
        await until(pilot, lambda: not asks_whose(pilot))
        assert notice(pilot).startswith("1 sheet signed.")
        (left,) = await pilot.app.gateway.call(writing.open_drafts)
        assert left.draft.content.copied_from is CopiedFrom.PAPER
        assert pilot.app.sheets is None
        # From anywhere else, the form is asked for first.
        await keys(pilot, "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, TodayScreen))
        await catch_up(pilot, keys, until, type_in)
        await keys(pilot, "escape")
        assert not asks_whose(pilot)
        await catch_up(pilot, keys, until, type_in)
        second = pilot.app.screen._templates[1].id
        await keys(pilot, "down", "enter")
        await until(pilot, lambda: asks_whose(pilot) and pilot.app.screen._found)
        assert pilot.app.sheets.template_id == second
