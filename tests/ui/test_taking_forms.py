"""A filled form into the wizard, and what is not placed beside it; through real keys."""

from __future__ import annotations

from reliability.bad_forms import bad_forms

from peernote_tui.domain.not_placed import not_placed
from peernote_tui.services import writing
from peernote_tui.services.taking_in import take_in
from peernote_tui.ui import sentences
from peernote_tui.ui.flows import open_participant
from peernote_tui.ui.screens.note_wizard.review import ReviewPane
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.one_line import OneLine
from peernote_tui.ui.screens.participant import ParticipantScreen
from peernote_tui.ui.screens.picking import PickOne
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.text_input import TextInput

LETTER = """Place: library
How you met: phone
When: 23 nov 2026, 2pm-2:45pm
Next contact: some [/] day
My bus was late
"""


def field(pilot, key):
    return next(one for one in pilot.app.screen.query(Field) if one.key == key)


async def test_a_form_is_taken_in_and_opens_on_its_review(
    workspace, add_participant, in_the_vault, keys, type_in, until, read_screen, tmp_path
):
    maria = add_participant(external_id="M-0042")
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, encoding="utf-8")
    async with in_the_vault(size=(120, 40)) as pilot:
        app = pilot.app
        await open_participant(app, maria.id)
        await until(pilot, lambda: isinstance(app.screen, ParticipantScreen))
        await keys(pilot, "ctrl+p")
        await type_in(pilot, "filled form")
        await until(pilot, lambda: sentences.TAKE_FORM_COMMAND in read_screen(app))
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, OneLine))
        asked = app.screen
        asked.query_one(TextInput).value = "nowhere.txt"
        await keys(pilot, "enter")
        # The wrong name is said where it stands, and can be typed over.
        await until(pilot, lambda: isinstance(app.screen, OneLine) and app.screen is not asked)
        await until(pilot, lambda: "nowhere.txt" in read_screen(app))
        app.screen.query_one(TextInput).value = str(path)
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, NoteWizard) and bool(app.screen.query(ReviewPane)))
        await until(pilot, lambda: "2 pieces of the file are not placed" in read_screen(app))
        shown = read_screen(app)
        assert "Not placed (2)" in shown
        assert "Next contact: some [/] day" in shown
        assert "library" in shown


async def test_a_piece_is_put_in_put_away_and_back(workspace, add_participant, in_the_wizard, keys, until, read_screen):
    maria = add_participant(external_id="M-0042")
    draft = take_in(workspace, maria.id, None, LETTER.encode(), "").draft
    async with in_the_wizard(draft.id, size=(120, 40)) as pilot:
        app = pilot.app
        field(pilot, "place").focus_control()
        await keys(pilot, "end", "f10")
        assert isinstance(app.screen, PickOne)
        assert "1 put in: Next contact: some [/] day" in read_screen(app)
        await keys(pilot, "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, NoteWizard) and len(not_placed(app.screen.draft.typed)) == 1)
        assert app.screen.draft.content.place == "libraryMy bus was late"
        await keys(pilot, "f10", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, NoteWizard) and not not_placed(app.screen.draft.typed))
        assert "Not placed" not in read_screen(app)
        await keys(pilot, "f10", "escape", "f10", "enter")
        await until(pilot, lambda: isinstance(app.screen, NoteWizard) and len(not_placed(app.screen.draft.typed)) == 1)
        await app.screen.flush()
        kept = await app.gateway.call(writing.get_draft, draft.id)
        assert [piece.words for piece in not_placed(kept.typed)] == ["My bus was late"]


async def test_what_is_no_form_is_told_where_its_name_stands(
    workspace, add_participant, in_the_vault, keys, type_in, until, read_screen, tmp_path
):
    maria = add_participant(external_id="M-0042")
    files = {name: bad_forms()[name] for name in ("old.doc", "bomb.docx", "pictures.pdf")}
    for name, (data, _) in files.items():
        (tmp_path / name).write_bytes(data)
    said = {name: says for name, (_, says) in files.items()}
    said |= {
        "nowhere.docx": "no longer there",
        "": "This is a folder",
        "~nobody-here/x.docx": "home folder is not known",
    }
    async with in_the_vault(size=(120, 40)) as pilot:
        app = pilot.app
        await open_participant(app, maria.id)
        await until(pilot, lambda: isinstance(app.screen, ParticipantScreen))
        await keys(pilot, "ctrl+p")
        await type_in(pilot, "filled form")
        await until(pilot, lambda: sentences.TAKE_FORM_COMMAND in read_screen(app))
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, OneLine))
        for name, says in said.items():
            asked = app.screen
            asked.query_one(TextInput).value = name if name.startswith("~") else str(tmp_path / name)
            await pilot.press("enter")
            await until(pilot, lambda asked=asked: isinstance(app.screen, OneLine) and app.screen is not asked)
            await until(pilot, lambda says=says: says in " ".join(read_screen(app).split()))
        await keys(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, ParticipantScreen))
        assert await app.gateway.call(writing.open_drafts) == ()
