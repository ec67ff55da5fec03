"""Merging two records on screen, taking it back, and the list of likely doubles; with real keys."""

from __future__ import annotations

import pytest

from peernote_tui.services import merging, notes, separating
from peernote_tui.ui.flows import open_participant
from peernote_tui.ui.screens.merged import DoublesScreen, PartsScreen
from peernote_tui.ui.screens.merging import ChooseOther, MergeScreen
from peernote_tui.ui.screens.participant import ParticipantScreen


@pytest.fixture
def pair(add_participant, write_note):
    """Maria Santos with a note, and Marie Santos with another; a different Tomás beside them."""
    maria = add_participant("Maria Santos", external_id="M-1", phone="555 0100", born="1991-05-02")
    marie = add_participant(
        "Marie Santos", external_id="M-2", phone="555 0100", born="1991-05-02", legal_name="Zyzzyva Santos",
        phone_safety={"voicemail": "no"},
    )  # fmt: skip
    add_participant("Tomás Ibarra")
    write_note(maria, summary="First.")
    write_note(marie, summary="Second.")
    return maria, marie


async def on_the_page(pilot, until, person):
    await open_participant(pilot.app, person.id)
    await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen) and pilot.app.screen.page)


async def notes_of(pilot, person):
    return (await pilot.app.gateway.call(notes.list_notes, participant_id=person.id)).total


async def test_merge_and_undo_from_the_page(in_the_vault, pair, keys, until, type_in, read_screen):
    maria, marie = pair
    async with in_the_vault() as pilot:
        await on_the_page(pilot, until, maria)
        await keys(pilot, "m")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseOther))
        assert "With whom" in read_screen(pilot.app)
        await type_in(pilot, "marie")
        await until(pilot, lambda: pilot.app.screen._hits.highlighted_id == marie.id)
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, MergeScreen) and "Holds" in read_screen(pilot.app))
        shown = read_screen(pilot.app)
        assert "● Maria Santos" in shown
        assert "○ Marie Santos" in shown
        assert "covered" in shown
        assert "Zyzzyva" not in shown
        await keys(pilot, "enter")
        assert isinstance(pilot.app.screen, MergeScreen)
        await keys(pilot, "space")
        await until(pilot, lambda: "● Marie Santos" in read_screen(pilot.app))
        await keys(pilot, "f8")
        await until(pilot, lambda: "2 records merged" in read_screen(pilot.app))
        assert "both records of Marie S. are one page" in read_screen(pilot.app)
        assert await notes_of(pilot, maria) == 2
        await keys(pilot, "u")
        await until(pilot, lambda: "Separated" in read_screen(pilot.app))
        assert "records merged" not in read_screen(pilot.app)
        assert await notes_of(pilot, maria) == 1


async def test_esc_changes_nothing_and_who_is_kept_can_be_swapped(in_the_vault, pair, keys, until, read_screen):
    maria, marie = pair
    async with in_the_vault() as pilot:
        await pilot.app.push_screen(MergeScreen(maria.id, marie.id))
        await until(pilot, lambda: "Holds" in read_screen(pilot.app))
        await keys(pilot, "right")
        await until(pilot, lambda: "○ Maria Santos" in read_screen(pilot.app))
        await keys(pilot, "s")
        await until(pilot, lambda: pilot.app.screen._preview.kept.id == marie.id)
        # What stood stands still.
        assert "● Marie Santos" in read_screen(pilot.app)
        await keys(pilot, "escape")
        assert await pilot.app.gateway.call(separating.parts_of, maria.id) == ()


async def test_the_records_of_a_page_are_shown_and_separated(in_the_vault, pair, keys, until, read_screen, workspace):
    maria, marie = pair
    merging.merge(workspace, maria.id, marie.id)
    async with in_the_vault() as pilot:
        await on_the_page(pilot, until, maria)
        await keys(pilot, "m")
        await until(pilot, lambda: isinstance(pilot.app.screen, PartsScreen) and "Marie" in read_screen(pilot.app))
        await keys(pilot, "s")
        await until(pilot, lambda: "Marie S. has a record of their own" in read_screen(pilot.app))
        assert "No other record" in read_screen(pilot.app)
        await keys(pilot, "escape")
        assert isinstance(pilot.app.screen, ParticipantScreen)
        assert await pilot.app.gateway.call(separating.parts_of, maria.id) == ()


async def test_likely_doubles_are_told_apart_and_merged(in_the_vault, pair, keys, until, read_screen):
    async with in_the_vault() as pilot:
        await keys(pilot, "m")
        await until(pilot, lambda: isinstance(pilot.app.screen, DoublesScreen) and "1 pair" in read_screen(pilot.app))
        assert "M-1" in read_screen(pilot.app)
        assert "M-2" in read_screen(pilot.app)
        await keys(pilot, "n")
        await until(pilot, lambda: "No two records" in read_screen(pilot.app))
        assert len(await pilot.app.gateway.call(merging.not_the_same)) == 1
        await keys(pilot, "u")
        await until(pilot, lambda: "1 pair" in read_screen(pilot.app))
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, MergeScreen) and "Holds" in read_screen(pilot.app))
        await keys(pilot, "f8")
        await until(pilot, lambda: isinstance(pilot.app.screen, DoublesScreen) and "No two" in read_screen(pilot.app))
        assert "one now" in read_screen(pilot.app)


async def test_one_record_alone_is_not_merged_with_itself(in_the_vault, pair, keys, until, type_in, read_screen):
    maria, _ = pair
    async with in_the_vault() as pilot:
        await on_the_page(pilot, until, maria)
        await keys(pilot, "m")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseOther))
        await type_in(pilot, "M-1")
        await until(pilot, lambda: pilot.app.screen._hits.highlighted_id == maria.id)
        await keys(pilot, "enter")
        await until(pilot, lambda: "one record already" in read_screen(pilot.app))
        assert isinstance(pilot.app.screen, ParticipantScreen)
