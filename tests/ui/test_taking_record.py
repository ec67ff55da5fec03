"""A whole record out of another vault, on screen: the import knows it by its content and shows what becomes of it."""

from __future__ import annotations

import json

import pytest

from peernote_tui.documents.document import DocumentKind
from peernote_tui.documents.rendering import Format
from peernote_tui.services import handing_out, unlocking
from peernote_tui.services.disclosing import Request
from peernote_tui.ui.screens.importing import ImportScreen
from peernote_tui.ui.screens.participant import ParticipantScreen
from peernote_tui.ui.screens.taking_record import TakeRecordScreen
from peernote_tui.vault import age


@pytest.fixture
def record(new_workspace, add_participant, write_note, tmp_path):
    """Maria's record out of Sam's vault, as record.json."""
    other = new_workspace()
    maria = add_participant("Maria [/] Santos", within=other, external_id="M-0042")
    write_note(maria, within=other)
    order = handing_out.Order(
        kind=DocumentKind.RECORD,
        form=Format.JSON,
        request=Request(participant_id=maria.id, what="the whole record", form=""),
    )
    path = tmp_path / "record.json"
    handing_out.hand_out(other, order, path)
    unlocking.close(other)
    return path


@pytest.fixture
def name_file(in_the_vault, until):
    """Name a file on the import screen and read it: `async with …; await name_file(pilot, path, Screen)`."""

    async def naming(pilot, path, comes):
        await pilot.press("i")
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen) and pilot.app.screen.focused)
        pilot.app.screen.query_one("#file").load(str(path))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, comes) and not pilot.app.screen._busy)

    return naming


async def test_it_is_looked_at_then_taken_in_and_their_page_opens(
    participant, in_the_vault, name_file, record, read_screen, until, reopened
):
    async with in_the_vault() as pilot:
        await name_file(pilot, record, TakeRecordScreen)
        await until(pilot, lambda: "Signed notes" in read_screen(pilot.app))
        text = read_screen(pilot.app)
        for words in (
            "Maria [/] Santos",
            "Not in this vault yet.",
            "Sam Okafor",
            "Signed notes      1 new",
            "F8 takes it in",
        ):
            assert words in text
        # Maria Santos is here with the same ID.
        assert "likely the same" in text
        await pilot.press("f8")
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen))
        await until(pilot, lambda: "The record is taken in." in read_screen(pilot.app))
    with reopened() as opened, opened.reading() as work:
        taken = [who for who in work.participants.every() if who.name == "Maria [/] Santos"]
        assert [len(list(work.notes.in_order(who.id))) for who in taken] == [1]


async def test_what_is_refused_is_said_and_a_closed_file_asks_for_its_passphrase(
    participant, in_the_vault, name_file, record, read_screen, until, type_in, reopened
):
    whole = record.read_bytes()
    told = json.loads(whole)
    told["notes"][0]["content"]["summary"] = "Something else."
    record.write_text(json.dumps(told), encoding="utf-8")
    async with in_the_vault(size=(120, 40)) as pilot:
        await name_file(pilot, record, TakeRecordScreen)
        await until(pilot, lambda: "Why it cannot be taken in" in read_screen(pilot.app))
        text = read_screen(pilot.app)
        assert "is not what was signed" in text
        assert "Take it in" not in text
        await pilot.press("f8", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen))
        record.write_bytes(whole[:600])
        await pilot.press("enter")
        await until(pilot, lambda: "it is not JSON" in read_screen(pilot.app))
        record.write_bytes(age.encrypt_with_passphrase(whole, "open sesame", work_factor=2))
        await pilot.press("enter")
        await until(pilot, lambda: "closed with age" in read_screen(pilot.app))
        for typed, comes in (("wrong words", "does not open"), ("open sesame", "Not in this vault yet.")):
            pilot.app.screen.query_one("#passphrase").value = ""
            await type_in(pilot, typed)
            assert typed not in read_screen(pilot.app)
            await pilot.press("enter")
            await until(pilot, lambda comes=comes: comes in read_screen(pilot.app))
        await pilot.press("escape")
    with reopened() as opened, opened.reading() as work:
        assert work.participants.count() == 1
