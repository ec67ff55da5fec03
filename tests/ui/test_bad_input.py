"""Texts that have broken terminals before, in every kind of field, at review and in the signed note."""

from __future__ import annotations

from datetime import date, time

import pytest
from textual import events

from peernote_tui.domain.action_line import LONGEST_LINE, ActionLine
from peernote_tui.domain.base import LINE, LONG_TEXT, TAG
from peernote_tui.domain.note import AgreedAction, NoteContent
from peernote_tui.domain.owner import Owner
from peernote_tui.services import action_items, notes, writing
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.flows import open_note
from peernote_tui.ui.screens.note import NoteScreen
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.today import TodayScreen
from peernote_tui.ui.widgets.action_rows import ActionRows
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.note_area import NoteArea
from peernote_tui.ui.widgets.note_page import NotePage, NoteText
from peernote_tui.ui.widgets.notice_line import NoticeLine

NASTY = {
    "markup": "[/] [/ $primary @click=app.quit",
    "marks, right to left": "👨‍👩‍👧‍👦 Z̷͑a̴͌l̷g̶o 山田さん مرحبا safe\u202egnp.exe",
    "controls": "a\x00b\x1b[31mc\x07",
}
LONG_KEYS = ("concerns", "summary", "response", "own_words", "next_topics", "plan", "referrals")
LINE_KEYS = ("place", "strengths", "next_place")


def field(pilot, key):
    return next(one for one in pilot.app.screen.query(Field) if one.key == key)


def notice(pilot):
    return pilot.app.screen.query_one(NoticeLine).notice[0]


def page(pilot):
    text = pilot.app.screen.query_one(NotePage).query_one(NoteText)
    return "\n".join(line.plain for line in text.lines(200))


@pytest.fixture
def paste(keys):
    """Paste into whatever has focus: `await paste(pilot, text)`."""

    async def pasting(pilot, text):
        pilot.app.post_message(events.Paste(text))
        await pilot.press()
        await keys(pilot)

    return pasting


@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY)
async def test_every_field_keeps_it_and_the_signed_note_shows_it(
    nasty, workspace, add_participant, write_draft, in_the_wizard, paste, keys, until
):
    person = add_participant(f"{nasty} Ibarra", external_id=nasty[:20])
    action_items.add_action(workspace, person.id, ActionLine(f"{nasty} walk", Owner.OTHER, f"{nasty} aunt"))
    draft = write_draft(person, place="", concern_tags=(), summary="", techniques=(), response="")
    shown = safe.clean(nasty)
    async with in_the_wizard(draft.id) as pilot:
        field(pilot, "place").focus_control()
        await paste(pilot, nasty)
        await keys(pilot, "f4", "enter")
        await paste(pilot, nasty)
        await keys(pilot, "enter", "1")
        assert field(pilot, "concern_tags").has_focus_within
        await paste(pilot, nasty)
        await keys(pilot, "enter", "tab")
        await paste(pilot, nasty)
        await keys(pilot, "f4")
        for key in ("summary", "response", "own_words", "strengths"):
            field(pilot, key).focus_control()
            await paste(pilot, nasty)
        field(pilot, "techniques").focus_control()
        await paste(pilot, nasty)
        await keys(pilot, "enter", "f4")
        await paste(pilot, f"{nasty} call @me fri")
        await keys(pilot, "enter")
        assert not pilot.app.screen.query_one(ActionRows).typed
        await keys(pilot, "f4")
        for key in ("next_place", "next_topics", "plan", "referrals"):
            field(pilot, key).focus_control()
            await paste(pilot, nasty)
        field(pilot, "next_contact").focus_control()
        await paste(pilot, nasty)
        assert pilot.app.screen.draft.content.next_contact is None
        assert pilot.app.screen.draft.typed["next_contact"] == shown
        await keys(pilot, "tab")
        assert "not understood" in field(pilot, "next_contact").error
        field(pilot, "next_contact").control.value = "mon"
        await keys(pilot, "f2")
        assert page(pilot).count(shown) >= 12
        await keys(pilot, "f8")
        assert isinstance(pilot.app.screen, TodayScreen), notice(pilot)
        listed = (await pilot.app.gateway.call(notes.list_notes)).notes
        await open_note(pilot.app, listed[0].id)
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen) and pilot.app.screen.focused)
        assert page(pilot).count(shown) >= 12
        content = (await pilot.app.gateway.call(notes.view_note, listed[0].id)).note.content
    answers = [getattr(content, key) for key in (*LONG_KEYS, *LINE_KEYS)]
    assert set(answers) == {shown}
    assert (content.concern_tags, content.techniques) == ((shown,), (shown,))
    assert [(one.text, one.owner, one.due) for one in content.agreed_actions] == [
        (f"{shown} call", Owner.ME, date(2026, 11, 27))
    ]
    assert content.action_reviews[0].words == shown


async def test_a_name_of_two_hundred_characters_leaves_room_for_the_rest(
    add_participant, write_draft, in_the_wizard, keys, read_screen
):
    draft = write_draft(add_participant("Wolfeschlegelsteinhausenbergerdorff " * 5 + "ab", external_id="W-0001"))
    async with in_the_wizard(draft.id, size=(60, 20)) as pilot:
        assert read_screen(pilot.app).splitlines()[0].startswith(" PeerNote")
        assert "saved 14:52" in read_screen(pilot.app)
        assert "F4" in read_screen(pilot.app).upper()
        field(pilot, "session").focus_control()
        await keys(pilot)
        assert pilot.app.screen.can_view_entire(field(pilot, "session").control)
        await keys(pilot, "f2", "f8")
        assert isinstance(pilot.app.screen, TodayScreen)


class TestAMegabyte:
    async def test_into_the_summary(self, write_draft, consented, nasty_texts, in_the_wizard, paste, keys, stored):
        draft = write_draft(consented, summary="")
        async with in_the_wizard(draft.id) as pilot:
            await keys(pilot, "f4", "f4")
            assert isinstance(pilot.app.screen.focused, NoteArea)
            await paste(pilot, nasty_texts["megabyte"])
            assert notice(pilot) == sentences.cut_paste(LONG_TEXT)
            await keys(pilot, "f2")
            kept = (await stored(pilot, draft.id)).content.summary
            assert len(kept) == LONG_TEXT
            assert nasty_texts["megabyte"].startswith(kept)
            await keys(pilot, "f8")
            assert isinstance(pilot.app.screen, TodayScreen)

    async def test_into_lines_tags_times_and_actions(
        self, write_draft, consented, nasty_texts, in_the_wizard, paste, keys, stored
    ):
        draft = write_draft(consented, place="")
        megabyte = nasty_texts["megabyte"]
        async with in_the_wizard(draft.id) as pilot:
            for key in ("place", "session"):
                field(pilot, key).focus_control()
                await paste(pilot, megabyte)
                assert notice(pilot).startswith("This field holds")
            await keys(pilot, "f4")
            field(pilot, "concern_tags").focus_control()
            await paste(pilot, megabyte)
            await keys(pilot, "enter", "f4", "f4")
            await paste(pilot, megabyte)
            await keys(pilot, "enter")
            await pilot.app.screen.flush()
            kept = await stored(pilot, draft.id)
            assert len(kept.content.place) in (LINE, LINE - 1)
            assert kept.content.start is None
            assert len(kept.typed["session"]) == 120
            assert TAG - 1 <= len(kept.content.concern_tags[-1]) <= TAG
            # More than an action item holds is no action item, and stays typed.
            assert kept.content.agreed_actions == ()
            assert len(kept.typed["agreed_actions"]) in (LONGEST_LINE - 1, LONGEST_LINE)


async def test_a_tiny_terminal_says_so_calmly_and_gives_everything_back(
    write_draft, consented, in_the_wizard, type_in, keys, read_screen, stored, until
):
    draft = write_draft(consented, summary="")
    async with in_the_wizard(draft.id) as pilot:
        await keys(pilot, "f4", "f4")
        await type_in(pilot, "half")
        # The length is counted in a pause of the typing.
        await until(pilot, lambda: "1 word" in read_screen(pilot.app))
        before = read_screen(pilot.app)
        focused = pilot.app.screen.focused
        await pilot.resize_terminal(40, 10)
        await keys(pilot)
        small = " ".join(read_screen(pilot.app).split())
        assert small == sentences.too_small(40, 10, 60, 20)
        await pilot.resize_terminal(80, 24)
        await keys(pilot)
        assert read_screen(pilot.app).splitlines()[2:] == before.splitlines()[2:]
        assert pilot.app.screen.focused is focused
        await type_in(pilot, " a word")
        await pilot.app.screen.flush()
        assert (await stored(pilot, draft.id)).content.summary == "half a word"


async def test_a_stored_note_full_of_markup_opens(workspace, consented, in_the_wizard, keys, complete_content):
    draft = writing.start_draft(workspace, consented.id)
    text = "\n".join(NASTY.values())
    tag = "[/ $primary\u202e"
    content = complete_content(
        start=time(13),
        **dict.fromkeys(LONG_KEYS, text),
        **dict.fromkeys(LINE_KEYS, tag),
        concern_tags=(tag,),
        techniques=(tag,),
        agreed_actions=(AgreedAction(text=tag, owner=Owner.OTHER, owner_name=tag),),
    )
    writing.save_draft(workspace, draft.model_copy(update={"content": content}))
    async with in_the_wizard(draft.id) as pilot:
        for _ in range(5):
            await keys(pilot, "f4")
        assert isinstance(pilot.app.screen, NoteWizard)
        assert pilot.app.screen.draft.content == NoteContent.model_validate(content.model_dump())
