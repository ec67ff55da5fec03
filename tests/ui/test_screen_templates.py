"""The templates in the app, with real keys on a real vault: preview, copy, change, save, retire, files."""

from __future__ import annotations

from peernote_tui.domain.template import FieldKind
from peernote_tui.services.editing_templates import working_copies
from peernote_tui.services.templates import newest_template, template_of
from peernote_tui.services.writing import get_draft, start_draft
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


async def test_a_copy_is_changed_and_saved_and_what_was_begun_keeps_its_version(
    in_the_vault, keys, until, type_in, read_screen, consented
):
    async with in_the_vault() as pilot:
        await copy_of_the_guided_note(pilot, keys, until)
        await keys(pilot, "f8")
        await until(pilot, lambda: isinstance(pilot.app.screen, TemplatesScreen))
        first = next(each for name, each in pilot.app.gateway.workspace.templates.items() if name[0].startswith("peer_"
                     ) or name[0] == "peer-support-case-note")  # fmt: skip
        draft = await pilot.app.gateway.call(start_draft, consented.id, template_id=first.id)
        await until(pilot, lambda: first.id in pilot.app.screen._shown)
        pilot.app.screen.query_one("#templates-list").show(
            [pilot.app.screen._row(each) for each in pilot.app.screen._shown.values()], highlight=first.id
        )
        await keys(pilot, "e")
        await until(pilot, lambda: isinstance(pilot.app.screen, EditorScreen))
        await keys(pilot, "a")
        await type_in(pilot, "a line")
        await keys(pilot, "enter")
        await type_in(pilot, "[b]Bus[/b] [red")
        await keys(pilot, "enter")
        await until(pilot, lambda: "[b]Bus[/b] [red" in read_screen(pilot.app))
        copies = await pilot.app.gateway.call(working_copies)
        field = next(each for section in copies[0].sections for each in section.fields if each.label.startswith("[b]"))
        assert (field.key, field.kind) == ("b_bus_b_red", FieldKind.TEXT)
        await keys(pilot, "u")
        await until(pilot, lambda: "[b]Bus" not in read_screen(pilot.app))
        await keys(pilot, "down", "down", "r", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, TemplatesScreen))
        assert "being changed" in read_screen(pilot.app)
        await keys(pilot, "e", "f8")
        await until(pilot, lambda: isinstance(pilot.app.screen, (TemplatesScreen, EditorScreen)))
        templates = pilot.app.gateway.workspace.templates
        kept = await pilot.app.gateway.call(get_draft, draft.id)
        assert template_of(templates, kept.template, kept.template_version) == first


async def test_a_condition_that_names_no_field_is_told_at_once_and_is_not_saved(
    in_the_vault, keys, until, type_in, read_screen
):
    async with in_the_vault(size=(60, 20)) as pilot:
        await copy_of_the_guided_note(pilot, keys, until)
        await keys(pilot, "a")
        await type_in(pilot, "a line")
        await keys(pilot, "enter")
        await type_in(pilot, "Bus")
        await keys(pilot, "enter", "enter")
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
