"""The protocol card in the app: changed in one box, kept while typed, shown in notes when it is put in use."""

from __future__ import annotations

from textual.widgets import TextArea

from peernote_tui.services import protocol, writing
from peernote_tui.ui.flows import open_draft
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.protocol import ProtocolScreen


async def test_an_own_card_is_typed_kept_and_put_in_use(
    workspace, consented, in_the_vault, keys, type_in, until, read_screen
):
    draft = writing.start_draft(workspace, consented.id, template_id="safety")
    async with in_the_vault() as pilot:
        app = pilot.app

        async def opened():
            await keys(pilot, "o")
            await until(pilot, lambda: isinstance(app.screen, ProtocolScreen) and app.screen._ready)

        await opened()
        assert "988 Suicide & Crisis Lifeline" in read_screen(app)
        app.screen.query_one(TextArea).select_all()
        await type_in(pilot, "Call the lead [/]")
        await keys(pilot, "escape")
        await until(pilot, lambda: not isinstance(app.screen, ProtocolScreen))
        assert await app.gateway.call(protocol.own_protocol) == "", "not in use yet"
        await opened()
        assert "Call the lead [/]" in read_screen(app)
        await keys(pilot, "f2")
        assert await app.gateway.call(protocol.own_protocol) == "Call the lead [/]"
        await keys(pilot, "escape")
        await open_draft(app, draft.id)
        await until(pilot, lambda: isinstance(app.screen, NoteWizard) and app.screen.focused)
        assert "Call the lead [/]" in read_screen(app)
