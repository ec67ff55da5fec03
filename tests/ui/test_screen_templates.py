"""The templates in the app, with real keys on a real vault: preview, copy, change, save, retire, files."""

from __future__ import annotations

from pypdf import PdfReader
from textual import events

from peernote_tui.documents.note_document import note_document
from peernote_tui.domain.template import FieldKind
from peernote_tui.domain.template_editing import part_at, spots
from peernote_tui.services.editing_templates import working_copies
from peernote_tui.services.keeping_templates import offered_templates
from peernote_tui.services.notes import list_notes, view_note
from peernote_tui.services.templates import built_in_templates, newest_template, template_of
from peernote_tui.services.writing import save_draft, start_draft
from peernote_tui.ui.flows import open_draft
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.one_line import OneLine
from peernote_tui.ui.screens.printing_form import FormPrint
from peernote_tui.ui.screens.template_editor import EditorScreen
from peernote_tui.ui.screens.template_preview import PreviewScreen
from peernote_tui.ui.screens.templates import TemplatesScreen
from peernote_tui.ui.widgets.notice_line import NoticeLine


def notice(pilot):
    return pilot.app.screen.query_one(NoticeLine).notice[0]


async def copy_of_the_guided_note(pilot, keys, until, title_keys=()):
    await keys(pilot, "t")
    await until(pilot, lambda: isinstance(pilot.app.screen, TemplatesScreen) and pilot.app.screen._shown)
    await keys(pilot, "c", *title_keys, "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, EditorScreen))


async def test_a_template_is_previewed_step_by_step_and_nothing_is_kept(
    in_the_vault, keys, until, type_in, read_screen
):
    async with in_the_vault() as pilot:
        await keys(pilot, "t")
        await until(pilot, lambda: isinstance(pilot.app.screen, TemplatesScreen) and pilot.app.screen._shown)
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, PreviewScreen))
        assert "nothing that is typed here is kept" in notice(pilot)
        seen = set()
        for section in pilot.app.screen._template.sections:
            await until(pilot, lambda title=section.title: title in read_screen(pilot.app))
            seen.add(section.key)
            await type_in(pilot, "x")
            await keys(pilot, "f4")
        assert len(seen) == len(pilot.app.screen._template.sections)
        await keys(pilot, "f3", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, TemplatesScreen))


async def in_one_go(pilot, keys, *parts):
    """Press keys, and type texts that begin with a space, one after the other without waiting in between."""
    names = {" ": "space", "-": "minus", "+": "plus"}
    for part in parts:
        for each in part[1:] if part.startswith(" ") else [part]:
            character = each if len(each) == 1 else None
            pilot.app.post_message(events.Key(names.get(each, each), character))
    await keys(pilot)
    await pilot.press()


async def add_a_field(pilot, keys, kind, label, key="a"):
    await in_one_go(pilot, keys, key, f" {kind}", "enter", f" {label}", "enter")


async def change(pilot, keys, entry, typed):
    await in_one_go(pilot, keys, "enter", f" {entry}", "enter", "ctrl+u", f" {typed}", "enter")


def go_to(pilot, label):
    """Highlight the line of that label, as the arrow keys would."""
    from peernote_tui.ui.screens.template_lines import EditorList

    editor = pilot.app.screen.query_one(EditorList)
    template = pilot.app.screen._template
    spot = next(spot for spot in spots(template) if getattr(part_at(template, spot), "label", "") == label)
    editor.highlighted = next(number for number, each in enumerate(editor.options) if each.id == spot.name)
    return editor


async def test_a_note_begun_before_a_change_keeps_its_version_to_the_signature_and_after(
    in_the_vault, keys, until, read_screen, consented, complete_content
):
    async with in_the_vault() as pilot:
        app, call = pilot.app, pilot.app.gateway.call
        await copy_of_the_guided_note(pilot, keys, until)
        await keys(pilot, "f8")
        await until(pilot, lambda: isinstance(app.screen, TemplatesScreen))
        own = next(iter(set(app.gateway.workspace.templates) - set(built_in_templates())))[0]
        draft = await call(start_draft, consented.id, template_id=own)
        draft = await call(save_draft, draft.model_copy(update={"content": complete_content()}))

        app.screen.query_one("#templates-list").return_to({"row": own})
        await keys(pilot, "e")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen))
        go_to(pilot, app.screen._template.field("response").label)
        await keys(pilot, "r")
        await add_a_field(pilot, keys, "a line", "[b]Bus[/b] [red")
        await until(pilot, lambda: "[b]Bus[/b] [red" in read_screen(app))
        await add_a_field(pilot, keys, "a line", "A slip")
        await keys(pilot, "u", "f8")
        await until(pilot, lambda: isinstance(app.screen, TemplatesScreen))
        assert "Saved as version 2" in notice(pilot)
        first, second = (app.gateway.workspace.templates[own, version] for version in (1, 2))
        assert [each for each in await call(offered_templates) if each.id == own] == [second]
        assert second.field("b_bus_b_red").kind is FieldKind.TEXT
        assert (second.field("response").retired, second.field("a_slip")) == (True, None)
        assert first.field("b_bus_b_red") is None

        await open_draft(app, draft.id)
        await until(pilot, lambda: isinstance(app.screen, NoteWizard) and app.screen.focused)
        assert app.screen._facts.template == first
        await keys(pilot, "f2", "f8")
        await until(pilot, lambda: not isinstance(app.screen, NoteWizard))
        signed = (await call(list_notes)).notes[0]
        view = await call(view_note, signed.id)
        assert (view.note.template.id, view.note.template.version) == (own, 1)
        form = template_of(app.gateway.workspace.templates, own, view.note.template.version)
        shown = {field.key for section in note_document(view.note, form).sections for field in section.fields}
        assert "response" in shown
        assert "b_bus_b_red" not in shown
        fresh = await call(start_draft, consented.id, template_id=own)
        assert (fresh.template, fresh.template_version) == (own, 2)


async def test_rows_get_their_columns_and_the_head_its_time_to_sign(in_the_vault, keys, until, read_screen):
    async with in_the_vault() as pilot:
        app = pilot.app
        await copy_of_the_guided_note(pilot, keys, until)
        await change(pilot, keys, "time to", "soon")
        assert ("no time to sign in" in read_screen(app), app.screen.words()["one_line"]) == (True, "soon"), (
            "it can be put right"
        )
        await in_one_go(pilot, keys, "ctrl+u", " 2 business days", "enter")
        assert not notice(pilot)
        await keys(pilot, "down")
        await add_a_field(pilot, keys, "rows", "Costs")
        assert "Press c to add a column" in " ".join(read_screen(app).split())
        for kind, label in (("a line", "What"), ("money", "Price"), ("day", "Slip")):
            await add_a_field(pilot, keys, kind, label, key="c")
        await keys(pilot, "x")
        go_to(pilot, "Price")
        await change(pilot, keys, "label", "Paid")
        await in_one_go(pilot, keys, "left_square_bracket", "g", " Call the office", "enter")
        await keys(pilot, "f8")
        await until(pilot, lambda: isinstance(app.screen, TemplatesScreen))
        own = next(iter(set(app.gateway.workspace.templates) - set(built_in_templates())))
        saved = app.gateway.workspace.templates[own]
        costs = saved.field("costs")
        assert [(each.key, each.label, each.kind) for each in costs.columns] == [
            ("price", "Paid", FieldKind.MONEY),
            ("what", "What", FieldKind.TEXT),
        ]
        assert saved.due.words == "2 business days"
        assert [each.text for each in saved.actions] == ["Call the office"]
        await keys(pilot, "escape", "t")
        app.screen.query_one("#templates-list").return_to({"row": saved.id})
        await keys(pilot, "e")
        go_to(pilot, "Costs")
        await in_one_go(pilot, keys, "enter", " kind", "enter", " a line", "enter")
        assert "stays of its kind" in notice(pilot)
        await keys(pilot, "x")
        assert "Press r to retire it" in notice(pilot)


async def test_what_is_changed_and_half_typed_is_there_again_after_a_lock(in_the_vault, keys, until):
    async with in_the_vault() as pilot:
        await copy_of_the_guided_note(pilot, keys, until)
        await keys(pilot, "down")
        await add_a_field(pilot, keys, "a line", "Bus")
        await in_one_go(pilot, keys, "enter", " example", "enter", " [/] line 7")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: not pilot.app.gateway.is_open)
    async with in_the_vault() as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, OneLine))
        await until(pilot, lambda: pilot.app.screen.words() == {"one_line": "[/] line 7"})
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, EditorScreen))
        copies = await pilot.app.gateway.call(working_copies)
        assert [copies[0].field("bus").example, pilot.app.screen._template.field("bus").example] == ["[/] line 7"] * 2


async def test_a_condition_that_names_no_field_is_told_at_once_and_is_not_saved(
    in_the_vault, keys, until, type_in, read_screen
):
    async with in_the_vault(size=(60, 20)) as pilot:
        await copy_of_the_guided_note(pilot, keys, until)
        await keys(pilot, "down")
        await add_a_field(pilot, keys, "a line", "Bus")
        await keys(pilot, "enter")
        await type_in(pilot, "asked only")
        await keys(pilot, "enter")
        await type_in(pilot, "nowhere = 'x'")
        await keys(pilot, "enter")
        await until(pilot, lambda: "names “nowhere”" in " ".join(read_screen(pilot.app).split()))
        await keys(pilot, "f8")
        assert isinstance(pilot.app.screen, EditorScreen)
        await keys(pilot, "d", "y")
        await until(pilot, lambda: isinstance(pilot.app.screen, TemplatesScreen))
        assert await pilot.app.gateway.call(working_copies) == ()


async def test_a_template_is_retired_written_and_taken_in(in_the_vault, keys, until, type_in, tmp_path, read_screen):
    file = tmp_path / "ours.toml"
    async with in_the_vault() as pilot:
        await keys(pilot, "t")
        await until(pilot, lambda: isinstance(pilot.app.screen, TemplatesScreen) and pilot.app.screen._shown)
        await keys(pilot, "down", "r")
        await until(pilot, lambda: "is retired" in notice(pilot))
        await keys(pilot, "r")
        await until(pilot, lambda: "in use again" in notice(pilot))
        await keys(pilot, "home", "r")
        assert "cannot be retired" in notice(pilot)
        await keys(pilot, "w")
        await type_in(pilot, str(file))
        await keys(pilot, "enter")
        await until(pilot, file.exists)
        file.write_text(file.read_text("utf-8").replace('id = "peer-support"', 'id = "ours"', 1), "utf-8")
        before = file.read_bytes()
        await keys(pilot, "w")
        await type_in(pilot, str(file))
        await keys(pilot, "enter", "escape")
        assert file.read_bytes() == before
        await keys(pilot, "i")
        await type_in(pilot, str(file))
        await keys(pilot, "enter")
        await until(pilot, lambda: "is in the vault" in notice(pilot))
        assert newest_template(pilot.app.gateway.workspace.templates, "ours").version == 1


async def test_an_empty_form_is_printed_and_nothing_is_written_over(
    in_the_vault, keys, until, type_in, read_screen, tmp_path
):
    async with in_the_vault() as pilot:
        await keys(pilot, "t")
        await until(pilot, lambda: isinstance(pilot.app.screen, TemplatesScreen) and pilot.app.screen._shown)
        await keys(pilot, "p")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormPrint))
        (tmp_path / "form.pdf").write_text("something else")
        await keys(pilot, "2", "tab", "2")
        box = pilot.app.screen.query_one("#file")
        assert box.value.endswith("form-peer-support")
        box.load("")
        await keys(pilot, "f8")
        await until(pilot, lambda: pilot.app.screen.focused is box)
        await type_in(pilot, str(tmp_path / "form"))
        await keys(pilot, "f8")
        await until(pilot, lambda: "is there already" in read_screen(pilot.app))
        assert (tmp_path / "form.pdf").read_text() == "something else"
        await keys(pilot, "f4")
        await until(pilot, lambda: isinstance(pilot.app.screen, TemplatesScreen))
    reader = PdfReader(tmp_path / "form.pdf")
    assert "session" in reader.get_fields()
    assert round(reader.pages[0].mediabox.width) == 612
