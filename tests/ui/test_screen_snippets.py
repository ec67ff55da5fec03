"""The screen of snippets, snippets in the guided note, and how long it is, with real keys on a real vault."""

from __future__ import annotations

import pytest
from textual import events

from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.services import amending, snippets, writing
from peernote_tui.ui.flows import open_draft
from peernote_tui.ui.screens.adding.screen import AddScreen
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.snippets import SnippetsScreen
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.notice_line import NoticeLine


def notice(pilot):
    return pilot.app.screen.query_one(NoticeLine).notice[0]


async def texts(pilot):
    return (await pilot.app.gateway.call(snippets.snippet_book)).texts


async def test_they_are_added_changed_removed_and_brought_back(in_the_vault, keys, type_in, read_screen):
    async with in_the_vault() as pilot:
        await keys(pilot, "S")
        assert isinstance(pilot.app.screen, SnippetsScreen)
        assert ";gnd" in read_screen(pilot.app)
        await keys(pilot, "a")
        await type_in(pilot, "rent We called [/] the landlord.")
        await keys(pilot, "escape", "a", "enter")
        assert notice(pilot) == ";rent is kept."
        assert "We called [/] the landlord." in read_screen(pilot.app)
        assert "yours" in read_screen(pilot.app)

        await keys(pilot, "enter")
        await type_in(pilot, " ⏎ Both.")
        await keys(pilot, "enter")
        assert (await texts(pilot))["rent"] == "We called [/] the landlord.\nBoth."

        await keys(pilot, "x", "u")
        assert (await texts(pilot))["rent"] == "We called [/] the landlord.\nBoth."
        await keys(pilot, "u", "u")
        assert "rent" not in await texts(pilot)
        await keys(pilot, "escape")
        assert not isinstance(pilot.app.screen, SnippetsScreen)


async def test_mistakes_are_said_and_nothing_is_lost(in_the_vault, keys, type_in, read_screen):
    async with in_the_vault() as pilot:
        await keys(pilot, "S", "a")
        await type_in(pilot, "gnd other words")
        await keys(pilot, "enter")
        assert ";gnd is there already" in read_screen(pilot.app)
        await keys(pilot, "escape", "down", "enter")
        assert "empty the line below first" in " ".join(read_screen(pilot.app).split())
        assert "gnd other words" in read_screen(pilot.app)
        await keys(pilot, "ctrl+u")
        await type_in(pilot, "x of {surname}")
        await keys(pilot, "enter")
        assert "none that is known" in read_screen(pilot.app)


@pytest.fixture
def draft(workspace, add_participant, write_draft):
    maria = add_participant("Maria Santos", pronouns="she/her", external_id="M-0042")
    held = write_draft(maria, summary="", response="")
    return writing.save_draft(workspace, held.model_copy(update={"step": 2}))


async def test_in_a_note_they_are_written_out_and_stored(draft, in_the_wizard, keys, type_in, stored, read_screen):
    async with in_the_wizard(draft.id) as pilot:
        summary = next(field for field in pilot.app.screen.query(Field) if field.key == "summary")
        assert summary.has_focus_within
        await type_in(pilot, ";form We ")
        await keys(pilot, "ctrl+b", "a")
        assert isinstance(pilot.app.screen, SnippetsScreen)
        await type_in(pilot, "rent called for {name}, with {them}.")
        await keys(pilot, "enter", "escape")
        assert isinstance(pilot.app.screen, NoteWizard)
        assert summary.has_focus_within
        await type_in(pilot, ";rent ")
        await keys(pilot, "f2")
        kept = await stored(pilot, draft.id)
        assert kept.content.summary == (
            "We filled in the form together; Maria decided what to write. We called for Maria, with her. "
        )


async def test_a_name_goes_no_further_than_names_are_shown(draft, in_the_wizard, keys, type_in):
    async with in_the_wizard(draft.id) as pilot:
        await keys(pilot, "ctrl+t", "ctrl+t", "ctrl+t")
        await type_in(pilot, ";call ")
        assert pilot.app.screen.draft.content.summary == "We made the call together; she did the talking. "


async def test_the_summary_says_how_long_it_is_and_when_it_is_enough(draft, in_the_wizard, type_in, until, read_screen):
    async with in_the_wizard(draft.id) as pilot:
        await type_in(pilot, "We read it.")
        await until(pilot, lambda: "1 line · 3 words" in read_screen(pilot.app))
        pilot.app.post_message(events.Paste("\nThen we walked." * 11))
        await until(pilot, lambda: "12 lines · 36 words · long: 8–10 lines are enough" in read_screen(pilot.app))


async def test_what_is_added_to_a_signed_note_takes_them_too(
    workspace, consented, write_note, in_the_vault, until, keys, type_in
):
    note = write_note(consented)
    draft = amending.start_amendment(workspace, note.id, AddendumKind.ADDENDUM)
    async with in_the_vault() as pilot:
        await open_draft(pilot.app, draft.id)
        await until(pilot, lambda: isinstance(pilot.app.screen, AddScreen) and pilot.app.screen.snippets)
        await type_in(pilot, ";lis ")
        await keys(pilot, "enter")
        await type_in(pilot, ";form ")
        await keys(pilot, "f2")
        added = pilot.app.screen.draft.amendment
        assert added.reason.strip() == "I listened without giving advice."
        assert added.text.strip() == "We filled in the form together; Tomás decided what to write."
