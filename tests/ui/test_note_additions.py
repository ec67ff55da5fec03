"""Reading a signed note with what was added to it, through real keys."""

import pytest

from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.services import amending, writing
from peernote_tui.ui.flows import open_note
from peernote_tui.ui.screens.note import NoteScreen
from peernote_tui.ui.widgets.note_page import NoteText


@pytest.fixture
def add(workspace):
    """Sign something that is added to a note: `add(note, CORRECTION, reason="…", content={…})`."""

    def sign(note, kind, *, content=None, belongs_to="", **words):
        draft = amending.start_amendment(workspace, note.id, kind, belongs_to=belongs_to)
        changed = {"amendment": draft.amendment.model_copy(update={"reason": "As it was.", **words})}
        if content:
            changed["content"] = draft.content.model_copy(update=content)
        writing.save_draft(workspace, draft.model_copy(update=changed))
        return amending.sign_amendment(workspace, draft.id)

    return sign


@pytest.fixture
def reading(in_the_vault, until):
    """Open a note to read: `screen = await reading(pilot, note)`."""

    async def opening(pilot, note):
        await open_note(pilot.app, note.id)
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen) and pilot.app.screen.focused is not None)
        return pilot.app.screen

    return opening


def page(screen):
    text = screen.query_one(NoteText)
    return "\n".join(line.plain.rstrip() for line in text.lines(text.content_size.width))


async def test_note_and_additions_read_as_one(add_participant, write_note, add, in_the_vault, reading, read_screen):
    note = write_note(add_participant(), summary="It said [/] this.")
    add(note, AddendumKind.CORRECTION, content={"summary": "It says [b] that."})
    add(note, AddendumKind.STATEMENT, text="I was [/] tired.", reason="")
    async with in_the_vault() as pilot:
        screen = await reading(pilot, note)
        assert "signed today · corrected · statement" in read_screen(pilot.app)
        told = page(screen)
        assert "* corrected Mon 23 Nov 2026, see below" in told
        for before, after in (
            ("It says [b] that.", "Signed by Alex Rivera"),
            ("The seal holds: text, signature and log fit together.", "Correction, Mon 23 Nov 2026"),
            ("It said [/] this.", "Participant's statement"),
            ("Participant's statement", "▏ I was [/] tired."),
        ):
            assert told.index(before) < told.index(after)
        assert "log " in told


async def test_a_note_in_error_says_so_first_and_leads_to_where_it_belongs(
    workspace, add_participant, write_note, add, in_the_vault, reading, keys, until, read_screen
):
    note, right = write_note(add_participant()), add_participant("Devon King", external_id="D-0017")
    draft = amending.move_to_right_record(workspace, note.id, right.id)
    add(note, AddendumKind.IN_ERROR, belongs_to=draft.id)
    there = writing.sign_note(workspace, draft.id)
    async with in_the_vault() as pilot:
        app = pilot.app
        await keys(pilot, "3")
        await until(pilot, lambda: "in person  ! in error" in read_screen(app))
        await reading(pilot, note)
        told = read_screen(app)
        assert "! This note was written in error." in told
        assert "! It belongs to Devon K. D-0017. Enter goes there." in told
        assert "signed today · ! in error" in told
        await keys(pilot, "enter")
        await until(pilot, lambda: app.screen.own_place() == {"note": there.id})
        assert "in error" not in read_screen(app)
        # Where it stands alone, Enter leads nowhere.
        await keys(pilot, "enter")
        assert app.screen.own_place() == {"note": there.id}


@pytest.mark.parametrize(("size", "beside"), [((80, 24), False), ((100, 30), True)])
async def test_versions_are_compared_and_stepped_through(
    size, beside, add_participant, write_note, add, in_the_vault, reading, keys, until, read_screen
):
    note = write_note(add_participant(), place="first [/] place", summary="The same in all.")
    add(note, AddendumKind.CORRECTION, content={"place": "second place"}, reason="Wrong place.")
    add(note, AddendumKind.CORRECTION, content={"place": "third place", "rating": 4}, reason="Wrong again.")
    async with in_the_vault(size=size) as pilot:
        app = pilot.app
        await reading(pilot, note)
        await keys(pilot, "v")
        await until(pilot, lambda: type(app.screen).__name__ == "VersionsScreen" and "third place" in read_screen(app))
        told = read_screen(app)
        assert "version 3 of 3" in told
        assert "2 answers changed, marked *. Wrong again." in told
        assert "* Place" in told
        assert "* When" not in told
        assert "first [/] place" not in told
        one_line = any("second place" in line and "third place" in line for line in told.splitlines())
        assert one_line is beside
        await keys(pilot, "left")
        told = read_screen(app)
        assert "first [/] place" in told
        assert "second place" in told
        assert "1 answer changed, marked *. Wrong place." in told
        assert "As signed today, 14:52" in told
        await keys(pilot, "left")
        # The top line counts down until it locks.
        assert read_screen(app).splitlines()[1:] == told.splitlines()[1:]
        await keys(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, NoteScreen))


async def test_a_note_without_corrections_has_no_versions(add_participant, write_note, in_the_vault, reading, keys):
    note = write_note(add_participant())
    async with in_the_vault() as pilot:
        screen = await reading(pilot, note)
        await keys(pilot, "v")
        assert pilot.app.screen is screen
