"""A signed note as a page to read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.documents.note_document import Block, BlockKind, DocumentField, DocumentSection, NoteDocument
from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.note import AgreedAction
from peernote_tui.domain.owner import Owner
from peernote_tui.services.action_items import list_actions
from peernote_tui.services.changing_actions import settle
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.flows import open_note, open_participant
from peernote_tui.ui.screens.note import NoteScreen
from peernote_tui.ui.screens.participant import ParticipantScreen
from peernote_tui.ui.widgets.note_page import NotePage, NoteText, _page, item_key

SIZES = ((60, 20), (80, 24), (120, 40))
LONG = "word " * 300


@pytest.fixture
def signed(participant, add_participant, write_note):
    """A note about Maria with two agreed actions."""
    person = add_participant("Maria Santos", pronouns="she/her", external_id="M-0099")
    return write_note(
        person,
        own_words="I can do this if someone sits next to me.",
        agreed_actions=(
            AgreedAction(text="Call the housing office", owner=Owner.ME, due="2026-11-27"),
            AgreedAction(text="Ask a cousin about the room", owner=Owner.PARTICIPANT),
        ),
    )


@pytest.fixture
def reading(in_the_vault, until):
    """Open a note to read: `screen = await reading(pilot, note)`."""

    async def opening(pilot, note):
        await open_note(pilot.app, note.id)
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen) and pilot.app.screen.focused is not None)
        return pilot.app.screen

    return opening


def count_logged(workspace, action, subject):
    with workspace.reading() as work:
        return sum(entry.action is action and entry.subject == subject for entry in work.audit.entries())


def whole(screen):
    text = screen.query_one(NoteText)
    return [line.plain.rstrip() for line in text.lines(text.content_size.width)]


async def test_the_page_says_what_the_note_says(signed, in_the_vault, reading, read_screen):
    async with in_the_vault(size=(120, 40)) as pilot:
        screen = await reading(pilot, signed)
        text = read_screen(pilot.app)
        assert "Maria Santos  she/her · M-0099" in text
        assert "signed today" in text
        page = "\n".join(whole(screen))
        assert "Participant   Maria Santos · she/her · M-0099" in page
        assert "When          Mon 23 Nov 2026, 14:00 to 14:45 (45 minutes)" in page
        assert "We read the second notice together." in page
        assert "  ▏ I can do this if someone sits next to me." in page
        assert sentences.NOTE_STAYS in page
        assert "Signed by Alex Rivera, CPS" in page
        assert "seal " in page


async def test_beside_what_was_agreed_stands_what_became_of_it(signed, in_the_vault, reading, until):
    async with in_the_vault() as pilot:
        actions = (await pilot.app.gateway.call(list_actions)).actions
        call = next(listed.action for listed in actions if listed.action.owner is Owner.ME)
        await pilot.app.gateway.call(settle, [call.id], ActionStatus.DONE)
        screen = await reading(pilot, signed)
        assert "  – Call the housing office · me · by Fri 27 Nov 2026   now done" in whole(screen)
        assert "  – Ask a cousin about the room · Maria   now open" in whole(screen)
        asked = next(listed.action for listed in actions if listed.action.owner is Owner.PARTICIPANT)
        views = (AuditAction.NOTE_VIEWED, signed.id)
        logged = await pilot.app.gateway.call(count_logged, *views)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen))
        await pilot.app.gateway.call(settle, [asked.id], ActionStatus.PARTLY)
        await pilot.press("escape")
        await until(pilot, lambda: "  – Ask a cousin about the room · Maria   now partly" in whole(screen))
        assert await pilot.app.gateway.call(count_logged, *views) == logged == 1


@pytest.mark.parametrize("size", SIZES)
async def test_lines_fit_and_are_no_wider_than_good_to_read(
    size, add_participant, write_note, in_the_vault, reading, read_screen
):
    note = write_note(add_participant(), summary=LONG, concerns="[/] " * 60)
    async with in_the_vault(size=size) as pilot:
        screen = await reading(pilot, note)
        lines = whole(screen)
        assert max(map(safe.width, lines)) <= min(84, size[0] - 4)
        assert " ".join(lines).count("word") == 300
        assert " ".join(lines).count("[/]") == 60
        assert all(safe.width(line) <= size[0] for line in read_screen(pilot.app).split("\n"))


async def test_keys_scroll(add_participant, write_note, in_the_vault, reading, until):
    note = write_note(add_participant(), summary=LONG)
    async with in_the_vault(size=(60, 20)) as pilot:
        page = (await reading(pilot, note)).query_one(NotePage)
        await pilot.press("down")
        await until(pilot, lambda: page.scroll_offset.y == 1)
        await pilot.press("space")
        await until(pilot, lambda: page.scroll_offset.y > 10)
        await pilot.press("end")
        await until(pilot, lambda: page.scroll_offset.y == page.max_scroll_y)
        await pilot.press("pageup")
        await until(pilot, lambda: page.scroll_offset.y < page.max_scroll_y)
        await pilot.press("home")
        await until(pilot, lambda: page.scroll_offset.y == 0)


async def test_a_late_entry_is_called_so(clock, add_participant, write_note, in_the_vault, reading, read_screen):
    note = write_note(add_participant(), day="2026-11-16", late_reason="I was ill that week.")
    async with in_the_vault() as pilot:
        screen = await reading(pilot, note)
        assert "late entry" in read_screen(pilot.app)
        assert "Late entry: I was ill that week." in whole(screen)


async def test_p_goes_to_the_participant_and_comes_back_where_one_came_from(
    signed, add_participant, in_the_vault, reading, until
):
    async with in_the_vault() as pilot:
        screen = await reading(pilot, signed)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen))
        person = pilot.app.screen
        assert person.subject == screen.subject == signed.participant.id
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is not screen)
        await open_participant(pilot.app, signed.participant.id)
        await reading(pilot, signed)
        depth = len(pilot.app.screen_stack)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen))
        assert len(pilot.app.screen_stack) == depth - 1


kinds = st.sampled_from(list(BlockKind))
text = st.text(max_size=80)
blocks = st.lists(st.builds(Block, kind=kinds, text=text), max_size=3).map(tuple)
fields = st.lists(st.builds(DocumentField, key=st.just("field"), label=text, blocks=blocks), max_size=3).map(tuple)
documents = st.builds(
    NoteDocument,
    title=text,
    facts=st.lists(st.tuples(text, text), max_size=3).map(tuple),
    sections=st.lists(st.builds(DocumentSection, title=text, fields=fields), max_size=2).map(tuple),
    footing=st.lists(text, max_size=2).map(tuple),
)


def letters(value):
    return [character for character in safe.clean(value) if character.isalnum()]


@given(document=documents, width=st.integers(30, 84))
def test_no_line_is_too_wide_and_nothing_is_lost(document, width):
    lines = _page(document, {}, width)
    assert all(line.cell_length <= width for line in lines)
    shown = letters("".join(line.plain for line in lines))
    for section in document.sections:
        for field in section.fields:
            for block in field.blocks:
                assert "".join(letters(block.text)) in "".join(shown)


def test_a_status_stands_after_its_own_item_only():
    items = tuple(Block(kind=BlockKind.ITEM, text="call") for _ in range(2))
    section = DocumentSection(title="Agreed", fields=(DocumentField(key="agreed", label="Agreed", blocks=items),))
    document = NoteDocument(title="Note", facts=(), sections=(section,), footing=())
    lines = [line.plain for line in _page(document, {item_key("agreed", 1): "now done"}, 60)]
    assert "  – call" in lines
    assert "  – call   now done" in lines
