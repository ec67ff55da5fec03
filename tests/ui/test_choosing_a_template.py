"""A note in any template: one key asks which, and a no-show has a key of its own."""

from __future__ import annotations

from datetime import time

from peernote_tui.domain.note import NextContact, NoteKind
from peernote_tui.services import notes
from peernote_tui.ui.screens.choose_template import ChooseTemplate
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard


async def open_page(pilot, participant, until):
    from peernote_tui.ui.flows import open_participant
    from peernote_tui.ui.screens.participant import ParticipantScreen

    await open_participant(pilot.app, participant.id)
    await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen) and pilot.app.screen.page)


def in_wizard(app):
    return isinstance(app.screen, NoteWizard) and app.screen.focused


async def test_a_template_is_chosen_by_its_key(consented, in_the_vault, keys, until, read_screen):
    async with in_the_vault() as pilot:
        await open_page(pilot, consented, until)
        await keys(pilot, "f6")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseTemplate))
        shown = read_screen(pilot.app)
        assert "1  Peer support case note" in shown
        assert "A call, a text, a few words in passing." in shown
        await keys(pilot, "escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, ChooseTemplate))
        assert not isinstance(pilot.app.screen, NoteWizard), "stepping back begins nothing"
        await keys(pilot, "f6")
        line = next(line for line in shown.splitlines() if "Quick contact" in line)
        await keys(pilot, line.split("Quick")[0].split()[-1])
        await until(pilot, lambda: in_wizard(pilot.app))
        assert pilot.app.screen.draft.template == "quick-contact"


async def test_a_no_show_takes_six_keys_that_are_not_the_notes_own_words(
    workspace, consented, write_note, clock, in_the_vault, keys, type_in, until
):
    """From the list of participants to the signature; the meeting that was planned for today gives the time."""
    write_note(consented, next_contact=NextContact(day="2026-11-24", at=time(14)))
    clock.instant = clock.instant.replace(day=24)
    async with in_the_vault() as pilot:
        await keys(pilot, "2")
        await type_in(pilot, "tomas")
        pressed = ["f7"]
        await keys(pilot, *pressed)
        await until(pilot, lambda: in_wizard(pilot.app))
        draft = pilot.app.screen.draft
        assert (draft.content.kind, draft.content.start, draft.content.end) == (NoteKind.NO_SHOW, time(14), None)
        for words, then in (("no answer", ["enter"]), ("", ["1", "enter"]), ("fri 2pm", ["f2", "f8"])):
            await type_in(pilot, words)
            await keys(pilot, *then)
            pressed += then
        await until(pilot, lambda: not isinstance(pilot.app.screen, NoteWizard))
        assert len(pressed) == 6, pressed
        signed = (await pilot.app.gateway.call(notes.list_notes)).notes[0]
        assert (signed.kind, signed.start) == (NoteKind.NO_SHOW, time(14))
