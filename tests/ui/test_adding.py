"""Adding to a signed note, through real keys, at 80x24."""

import pytest

from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.services import amending, erasing, writing
from peernote_tui.services.action_items import list_actions
from peernote_tui.services.group_names import SOMEBODY_ELSE
from peernote_tui.services.writing import open_drafts
from peernote_tui.ui.flows import open_draft, open_note, open_participant
from peernote_tui.ui.screens.adding.choosing import AddChooser
from peernote_tui.ui.screens.adding.screen import RIGHT_RECORD, AddScreen, fetch_adding
from peernote_tui.ui.screens.aside import AsideScreen
from peernote_tui.ui.screens.note import NoteScreen
from peernote_tui.ui.screens.note_wizard.correcting import CorrectionWizard
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.today import TodayScreen


@pytest.fixture
def note(add_participant, write_note):
    return write_note(
        add_participant(external_id="M-0042"),
        agreed_actions=[{"text": "call the office", "owner": "me", "due": "2026-11-27"}],
    )


@pytest.fixture
def reading(in_the_vault, until):
    """Run PeerNote with a note open to read: `async with reading(note) as pilot`."""
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def opening(note, *, size=(80, 24)):
        async with in_the_vault(size=size) as pilot:
            await open_note(pilot.app, note.id)
            await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen) and pilot.app.screen.focused)
            yield pilot

    return opening


@pytest.fixture
def to(until):
    """Wait for a screen to be in front and ready: `await to(pilot, AddScreen)`."""

    async def going(pilot, kind):
        await until(pilot, lambda: type(pilot.app.screen) is kind and pilot.app.screen.focused is not None)
        return pilot.app.screen

    return going


async def history(pilot, note):
    return await pilot.app.gateway.call(amending.note_with_addenda, note.id)


async def test_an_addendum_by_keys(note, reading, keys, to, until, type_in, read_screen, monkeypatch):
    monkeypatch.setattr(amending, "amendment_warnings", lambda *_: (SOMEBODY_ELSE,))
    async with reading(note) as pilot:
        app = pilot.app
        await keys(pilot, "a")
        await to(pilot, AddChooser)
        for title in ("Addendum", "Correction", "Participant's statement", "Written in error", "A contact never"):
            assert title in read_screen(app)
        await keys(pilot, "enter")
        await to(pilot, AddScreen)
        assert "Addendum to the note of Mon 23 Nov 2026" in read_screen(app)
        await type_in(pilot, "She called after.")
        await keys(pilot, "enter")
        await type_in(pilot, "The office called her back [/].")
        await keys(pilot, "f2")
        told = read_screen(app)
        assert "Everything is here. F8 signs it" in told
        assert f"! {SOMEBODY_ELSE}" in told
        assert "Reason        She called after." in told
        assert "The office called her back [/]." in told
        await keys(pilot, "f8")
        await to(pilot, NoteScreen)
        await until(pilot, lambda: "signed today · addendum" in read_screen(app))
        assert "Addendum signed at 14:52." in read_screen(app)
        (added,) = (await history(pilot, note)).addenda
        assert (added.kind, added.reason, added.text) == (
            AddendumKind.ADDENDUM,
            "She called after.",
            "The office called her back [/].",
        )
        assert await app.gateway.call(open_drafts) == ()


async def test_words_are_kept_while_typed_and_gone_on_with_from_today(
    note, reading, keys, to, until, type_in, read_screen, at_the_door, workspace, passphrase
):
    async with reading(note) as pilot:
        await keys(pilot, "a", "s")
        await to(pilot, AddScreen)
        await type_in(pilot, "I was tired")
        await pilot.press("ctrl+l")
    async with at_the_door(workspace.vault.folder, passphrase=passphrase) as pilot:
        screen = await to(pilot, AddScreen)
        await until(pilot, lambda: not screen.is_returning)
        await type_in(pilot, " that day.")
        await keys(pilot, "escape", "escape", "1")
        await to(pilot, TodayScreen)
        await until(pilot, lambda: "to the note of today" in read_screen(pilot.app))
        assert "ready to sign" in read_screen(pilot.app)
        await keys(pilot, "enter")
        await to(pilot, AddScreen)
        await keys(pilot, "f2", "f8")
        await to(pilot, TodayScreen)
        (added,) = (await history(pilot, note)).addenda
        assert (added.text, added.said_by) == ("I was tired that day.", "")


async def test_what_is_missing_is_said_and_nothing_is_signed(note, reading, keys, to, type_in, read_screen):
    async with reading(note) as pilot:
        await keys(pilot, "a", "a")
        await to(pilot, AddScreen)
        await keys(pilot, "f2")
        assert "! Say in a few words why it is added." in read_screen(pilot.app)
        assert "! There are no words in it yet." in read_screen(pilot.app)
        await keys(pilot, "f8")
        assert pilot.app.screen.said == "Say in a few words why it is added."
        assert (await history(pilot, note)).addenda == ()
        await keys(pilot, "escape", "escape")
        await type_in(pilot, "Later.")
        await keys(pilot, "escape")
        await to(pilot, NoteScreen)
        # Asked for again, the same draft goes on.
        await keys(pilot, "a", "a")
        await to(pilot, AddScreen)
        assert "Later." in read_screen(pilot.app)
        assert len(await pilot.app.gateway.call(open_drafts)) == 1


async def test_a_correction_in_the_wizard_shows_what_changes(
    note, reading, keys, to, until, type_in, read_screen, workspace
):
    async with reading(note) as pilot:
        app = pilot.app
        await keys(pilot, "a", "c")
        wizard = await to(pilot, CorrectionWizard)
        assert "Correction of the note of today. F2 shows what changes and asks why." in read_screen(app)
        await keys(pilot, "f2")
        await until(pilot, lambda: "Nothing is changed yet." in read_screen(app))
        await keys(pilot, "escape")
        await until(pilot, lambda: wizard.query_one("#field-place"))
        wizard.query_one("#field-place").focus_control()
        await pilot.press("home", "shift+end")
        await type_in(pilot, "library")
        await keys(pilot, "f2")
        await until(pilot, lambda: "What changes" in read_screen(app))
        told = read_screen(app)
        assert "coffee shop, Elm St" in told
        assert "library" in told
        assert "! Say in a few words why it is added." in told
        await type_in(pilot, "We met there.")
        await keys(pilot, "f8")
        await to(pilot, NoteScreen)
        await until(pilot, lambda: "signed today · corrected" in read_screen(app))
        assert "library (corrected Mon 23 Nov 2026, see below)" in read_screen(app)
        found = await history(pilot, note)
        assert (found.present.place, found.addenda[0].reason) == ("library", "We met there.")
        assert found.note == note
        assert [row.action.text for row in (await app.gateway.call(list_actions)).actions] == ["call the office"]


async def test_written_in_error_begins_the_same_note_in_the_right_record(
    note, add_participant, reading, keys, to, until, type_in, read_screen
):
    add_participant("Devon King", external_id="D-0017")
    async with reading(note) as pilot:
        app = pilot.app
        await keys(pilot, "a", "e")
        await to(pilot, AddScreen)
        await type_in(pilot, "Written for another person.")
        await pilot.press("f4")
        await until(pilot, lambda: type(app.screen).__name__ == "ParticipantsScreen")
        await type_in(pilot, "devon")
        await until(pilot, lambda: "Devon King" in read_screen(app))
        await keys(pilot, "enter")
        await to(pilot, AddScreen)
        await until(pilot, lambda: "It belongs to Devon K. D-0017." in read_screen(app))
        await keys(pilot, "f2")
        assert "Signing begins the same note for Devon K. D-0017, as a draft." in read_screen(app)
        await keys(pilot, "f8")
        wizard = await to(pilot, NoteWizard)
        assert "Devon King" in read_screen(app)
        assert wizard.draft.content.summary == "We read the second notice together."
        found = await history(pilot, note)
        assert found.in_error.belongs_to == wizard.draft.id
        await keys(pilot, "escape")
        await to(pilot, NoteScreen)
        assert "It belongs to Devon K. D-0017. Enter goes there." in read_screen(app)
        # Nothing of it stands among what is to be done any more.
        assert (await app.gateway.call(list_actions)).actions == ()
        await keys(pilot, "a")
        await to(pilot, AddChooser)
        assert "Correction" not in read_screen(app)


async def test_without_consent_there_nothing_is_marked_and_nobody_can_be_chosen_instead(
    workspace, note, add_participant, in_the_vault, keys, to
):
    right = add_participant("Devon King", consent=False)
    draft = amending.start_amendment(workspace, note.id, AddendumKind.IN_ERROR)
    words = {"amendment": draft.amendment.model_copy(update={"reason": "Wrong."}), "typed": {RIGHT_RECORD: right.id}}
    writing.save_draft(workspace, draft.model_copy(update=words))
    async with in_the_vault() as pilot:
        await open_draft(pilot.app, draft.id)
        await to(pilot, AddScreen)
        await keys(pilot, "f2", "f8")
        assert "consent" in pilot.app.screen.said
        assert (await history(pilot, note)).addenda == ()
        await keys(pilot, "escape", "escape", "f3", "f2", "f8")
        await to(pilot, TodayScreen)
        assert (await history(pilot, note)).in_error.belongs_to == ""


async def test_a_contact_never_noted_asks_when_it_was(note, reading, keys, to, until, read_screen):
    async with reading(note) as pilot:
        await keys(pilot, "a", "l")
        wizard = await to(pilot, NoteWizard)
        assert wizard.draft.content.day is None
        assert "Say when it was, such as: 20 nov 2-245." in read_screen(pilot.app)


async def test_a_begun_addendum_is_put_aside_and_brought_back(note, workspace, in_the_vault, keys, until, read_screen):
    draft = amending.start_amendment(workspace, note.id, AddendumKind.ADDENDUM)
    words = draft.amendment.model_copy(update={"text": "Half of it [/]"})
    writing.save_draft(workspace, draft.model_copy(update={"amendment": words}))
    async with in_the_vault() as pilot:
        await until(pilot, lambda: "to the note of today" in read_screen(pilot.app))
        await keys(pilot, "d", "z")
        await until(pilot, lambda: "Half of it [/]" in read_screen(pilot.app))
        await keys(pilot, "enter", "escape")
        await until(pilot, lambda: "to the note of today" in read_screen(pilot.app))


async def test_a_correction_is_kept_through_locking_and_told_of_on_the_participants_page(
    note, workspace, reading, keys, to, until, type_in, read_screen, at_the_door, passphrase
):
    async with reading(note) as pilot:
        await keys(pilot, "a", "c")
        wizard = await to(pilot, CorrectionWizard)
        wizard.query_one("#field-place").focus_control()
        await pilot.press("end")
        await type_in(pilot, " and")
        await pilot.press("ctrl+l")
    async with at_the_door(workspace.vault.folder, passphrase=passphrase) as pilot:
        app = pilot.app
        wizard = await to(pilot, CorrectionWizard)
        await until(pilot, lambda: not wizard.is_returning)
        await type_in(pilot, " back")
        await until(pilot, lambda: wizard.draft.content.place == "coffee shop, Elm St and back")
        await keys(pilot, "escape")
        await to(pilot, NoteScreen)
        await keys(pilot, "p")
        await until(pilot, lambda: "Correction to today" in read_screen(app))


async def test_a_draft_put_aside_in_the_timeline_leads_to_where_it_can_be_brought_back(
    note, workspace, write_draft, in_the_vault, until, read_screen, keys
):
    with workspace.reading() as work:
        person = work.participants.get(note.participant.id)
    writing.discard_draft(workspace, write_draft(person).id)
    async with in_the_vault(size=(120, 50)) as pilot:
        await open_participant(pilot.app, person.id)
        await until(pilot, lambda: "draft put aside" in read_screen(pilot.app))
        await keys(pilot, "t", "right", "down")
        page = pilot.app.screen.query_one("PageList")
        while not page.highlighted_id.startswith("begun:"):
            await pilot.press("up")
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AsideScreen))


async def test_what_was_added_has_a_line_in_the_timeline_that_opens_its_note(
    note, workspace, in_the_vault, until, read_screen, keys, to
):
    draft = amending.start_amendment(workspace, note.id, AddendumKind.ADDENDUM)
    words = draft.amendment.model_copy(update={"reason": "She called [/].", "text": "The letter came."})
    writing.save_draft(workspace, draft.model_copy(update={"amendment": words}))
    amending.sign_amendment(workspace, draft.id)
    async with in_the_vault(size=(120, 40)) as pilot:
        await open_participant(pilot.app, note.participant.id)
        await until(pilot, lambda: "Addendum  She called [/]." in read_screen(pilot.app))
        await keys(pilot, "t", "down")
        page = pilot.app.screen.query_one("PageList")
        while not page.highlighted_id.startswith("addendum:"):
            await pilot.press("up")
        await keys(pilot, "enter")
        await to(pilot, NoteScreen)


def test_a_record_erased_meanwhile_keeps_nobody_from_the_words(workspace, note, add_participant):
    draft = amending.start_amendment(workspace, note.id, AddendumKind.IN_ERROR)
    right = add_participant("Devon King")
    words = draft.amendment.model_copy(update={"reason": "Of another."})
    kept = draft.model_copy(update={"amendment": words, "typed": {RIGHT_RECORD: right.id}})
    writing.save_draft(workspace, kept)
    assert fetch_adding(workspace, draft.id).right.id == right.id
    erasing.erase_participant(workspace, right.id, reason=erasing.ErasureReason.ASKED)
    found = fetch_adding(workspace, draft.id)
    assert (found.right, found.amendment.reason) == (None, "Of another.")
