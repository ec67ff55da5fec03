"""Every template that ships is filled by keys alone, signed, and read."""

from __future__ import annotations

from datetime import date

import pytest
from textual import events

from peernote_tui.domain.owner import Owner
from peernote_tui.services import reviewing, writing
from peernote_tui.services.templates import built_in_templates
from peernote_tui.ui.flows import open_draft, open_note
from peernote_tui.ui.screens.note import NoteScreen
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.widgets.field import Field

NAMES = {" ": "space", "-": "minus"}
WHEN = ["2-3", "<enter>"]
FIRST = [*WHEN, "bus", "<enter>", "1", "<enter>"]
FILLED = {
    "peer-support": [*FIRST, "<f4>", "rent", "<enter>", "<f4>", "Rent.", "<tab>", "1", "<enter>", "Ease.",
                     "<f4>", "<f4>", "fri 2"],
    "contact": ["2-3", "<enter>", "2", "<enter>", "<enter>", "1"],
    "no-show": ["ill", "<enter>", "1", "<enter>", "fri 2"],
    "group": [*WHEN, "bus", "<f4>", "rest", "<enter>", "8", "<enter>", "<enter>", "Hi.", "<f4>",
              "Sang.", "<f4>", "walk"],
    "outreach": [*WHEN, "<f4>", "aunt", "<enter>", "1", "<enter>", "1", "<enter>", "Well.", "<f4>",
                 "call"],
    "dap": [*FIRST, "<f4>", "Rent.", "<tab>", "1", "<f4>", "Ease.", "<tab>", "New.", "<f4>",
            "Go."],
    "birp": [*FIRST, "<f4>", "Low.", "<f4>", "1", "<enter>", "Sat.", "<f4>", "Ease.", "<f4>",
             "Go."],
    "girp": [*FIRST, "<f4>", "Key.", "<tab>", "1", "<f4>", "1", "<enter>", "Sat.", "<f4>", "Ease.",
             "<f4>", "Go."],
    "soap": [*FIRST, "<f4>", "Rent.", "<f4>", "Wet.", "<tab>", "1", "<f4>", "Ease.", "<tab>", "New.",
             "<f4>", "Go."],
    "intake": [*FIRST, "<f4>", "1", "2", "<enter>", "text", "<f4>", "rent", "<enter>", "<enter>", "<tab>",
               "Key.", "<f4>", "<tab>", "<tab>", "aunt", "<enter>", "<f4>", "rest", "<enter>",
               "<enter>", "<enter>", "fri 2"],
    "closing": [*FIRST, "<f4>", "1", "<enter>", "Rent.", "<f4>", "Aunt.", "<tab>", "<tab>", "<tab>", "call",
                "<enter>", "1"],
    "safety": [*FIRST[:-1], "<f4>", "No.", "<tab>", "Sat.", "<f4>", "lead; 2pm", "<enter>",
               "<enter>", "3", "<enter>", "p4", "<f4>", "fri 2"],
    "quick-contact": [*WHEN, "<enter>", "Rent.", "<tab>", "call @me", "<enter>", "<enter>", "fri 2"],
}  # fmt: skip


def burst(app, tokens):
    """Type as one who does not wait: each key goes where the one before it led."""
    for token in tokens:
        for key in [token.strip("<>")] if token.startswith("<") else token:
            event = events.Key(NAMES.get(key, key), key if len(key) == 1 else None)
            event.set_sender(app)
            app._driver.send_message(event)


async def test_each_is_filled_by_keys_signed_and_read(workspace, consented, in_the_vault, read_screen, until):
    forms = {template.id: template for template in built_in_templates().values()}
    assert set(FILLED) == set(forms), "each that ships is tried"
    drafts = {name: writing.start_draft(workspace, consented.id, template_id=name) for name in FILLED}
    async with in_the_vault() as pilot:
        app = pilot.app
        for name, tokens in FILLED.items():
            await open_draft(app, drafts[name].id)
            await until(pilot, lambda: isinstance(app.screen, NoteWizard) and app.screen.focused)
            burst(app, [*tokens, "<f2>", "<f8>"])
            try:
                await until(pilot, lambda: not isinstance(app.screen, NoteWizard))
            except AssertionError:
                pytest.fail(f"{name} is not signed: {read_screen(app)}")
            await open_note(app, drafts[name].id)
            await until(pilot, lambda: isinstance(app.screen, NoteScreen))
            assert f" {forms[name].title}\n" in read_screen(app)
            await pilot.press("escape")
            await until(pilot, lambda: not isinstance(app.screen, NoteScreen))


async def test_what_a_template_agrees_stands_there_to_be_changed_or_taken_out(
    workspace, consented, in_the_wizard, keys, read_screen
):
    draft = writing.start_draft(workspace, consented.id, template_id="safety")
    async with in_the_wizard(draft.id) as pilot:
        assert pilot.app.screen.draft.content.agreed_actions == ()
        assert "988 Suicide & Crisis Lifeline: call or text 988" in read_screen(pilot.app)
        await keys(pilot, "f4", "f4", "f4")
        assert "○ Follow up within 24 hours" in read_screen(pilot.app)
        (made,) = pilot.app.screen.draft.content.agreed_actions
        assert (made.owner, made.due) == (Owner.ME, date(2026, 11, 24))
        await keys(pilot, "f3")
        await keys(pilot, "f4")
        assert pilot.app.screen.draft.content.agreed_actions == (made,), "once"
        pilot.app.screen.query_one("#field-agreed_actions", Field).focus_control()
        await keys(pilot, "up", "delete", "f3", "f4")
        assert pilot.app.screen.draft.content.agreed_actions == ()
        assert "Follow up within 24 hours" not in read_screen(pilot.app)
        await pilot.app.screen.flush()
        found = await pilot.app.gateway.call(reviewing.review, draft.id)
        assert found.note.content.agreed_actions == ()
