"""What the program was started for: a note for somebody, or a draft to go on with."""

from __future__ import annotations

import pytest

from peernote_tui.services import unlocking, writing
from peernote_tui.ui.app import Errand
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.participants import ParticipantsScreen
from peernote_tui.ui.screens.today import TodayScreen


@pytest.fixture
def sent(workspace, passphrase, at_the_door):
    """Close the filled `workspace` and start PeerNote on it with an errand: `async with sent(errand) as pilot`."""

    def start(errand):
        unlocking.close(workspace)
        return at_the_door(workspace.vault.folder, passphrase=passphrase, errand=errand)

    return start


async def test_a_note_is_begun_for_whoever_was_named(add_participant, sent, until):
    maria = add_participant("Maria Santos", external_id="M-0042")
    async with sent(Errand(new_note_for="M-0042")) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard))
        assert pilot.app.screen.draft.participant_id == maria.id


async def test_without_a_name_it_is_asked_for_whom(add_participant, sent, until):
    add_participant("Maria Santos")
    async with sent(Errand()) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantsScreen))


async def test_a_draft_is_gone_on_with(workspace, add_participant, sent, until):
    draft = writing.start_draft(workspace, add_participant("Maria Santos").id)
    async with sent(Errand(draft=draft.id[:20])) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard))
        assert pilot.app.screen.draft.id == draft.id


async def test_nobody_of_that_name_is_said_on_today(add_participant, sent, until, read_screen):
    add_participant("Maria Santos")
    async with sent(Errand(new_note_for="Zoe")) as pilot:
        await until(pilot, lambda: "No participant has this" in read_screen(pilot.app))
        assert isinstance(pilot.app.screen, TodayScreen)
