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
WHEN = ["2-230", "<enter>"]
FIRST = [*WHEN, "library", "<enter>", "1", "<enter>"]
FILLED = {
    "peer-support": [*FIRST, "<f4>", "rent", "<enter>", "<f4>", "Spoke of rent.", "<tab>", "1", "<enter>", "Calmer.",
                     "<f4>", "<f4>", "fri 2pm"],
    "contact": ["2-230", "<enter>", "2", "<enter>", "<enter>", "1"],
    "no-show": ["no answer", "<enter>", "1", "<enter>", "fri 2pm"],
    "group": [*WHEN, "library", "<f4>", "sleep", "<enter>", "8", "<enter>", "<enter>", "A round.", "<f4>",
              "Spoke up.", "<f4>", "walks"],
    "outreach": [*WHEN, "<f4>", "a sister", "<enter>", "1", "<enter>", "1", "<enter>", "Well.", "<f4>",
                 "call again"],
    "dap": [*FIRST, "<f4>", "Spoke of rent.", "<tab>", "1", "<f4>", "Calmer.", "<tab>", "A start.", "<f4>",
            "Form."],
    "birp": [*FIRST, "<f4>", "Tired.", "<f4>", "1", "<enter>", "Listened.", "<f4>", "Calmer.", "<f4>",
             "Form."],
    "girp": [*FIRST, "<f4>", "Own door.", "<tab>", "1", "<f4>", "1", "<enter>", "Listened.", "<f4>", "Calmer.",
             "<f4>", "Form."],
    "soap": [*FIRST, "<f4>", "Rent.", "<f4>", "Shook.", "<tab>", "1", "<f4>", "Calmer.", "<tab>", "A start.",
             "<f4>", "Form."],
    "intake": [*FIRST, "<f4>", "1", "2", "<enter>", "texts", "<f4>", "rent", "<enter>", "<enter>", "<tab>",
               "A door.", "<f4>", "<tab>", "<tab>", "sister; calls", "<enter>", "<f4>", "rest; walk", "<enter>",
               "<enter>", "<enter>", "fri 2pm"],
    "closing": [*FIRST, "<f4>", "1", "<enter>", "The rent.", "<f4>", "A sister.", "<tab>", "<tab>", "<tab>", "call",
                "<enter>", "1"],
    "safety": [*FIRST[:-1], "<f4>", "I cannot go on.", "<tab>", "Stayed.", "<f4>", "supervisor; 2:10pm", "<enter>",
               "<enter>", "3", "<enter>", "policy 4", "<f4>", "fri 2pm"],
    "quick-contact": [*WHEN, "<enter>", "Rent letter.", "<tab>", "call them @me fri", "<enter>", "<enter>", "fri 2pm"],
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
