"""A group session by real keys, at 80x24: entered once, no name goes out, one note for each, signed together."""

import pytest

from peernote_tui.services import consenting, group_notes, groups, notes
from peernote_tui.ui import sentences
from peernote_tui.ui.flows import group_session
from peernote_tui.ui.screens.consents import ConsentsScreen
from peernote_tui.ui.screens.find_list import ChooseBox
from peernote_tui.ui.screens.group.name_question import NameQuestion
from peernote_tui.ui.screens.group.review import GroupReviewScreen
from peernote_tui.ui.screens.group.screen import GroupScreen
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.participants import ParticipantsScreen
from peernote_tui.ui.screens.today import TodayScreen


@pytest.fixture
def people(add_participant):
    names = (("Maria Santos", "M-1"), ("Devon Kim", "D-2"), ("[b]Zoë[/b] Łaska", "Z-3"))
    return [add_participant(name, external_id=number) for name, number in names]


@pytest.fixture
def to(until):
    async def going(pilot, kind):
        asks = kind is NameQuestion
        await until(pilot, lambda: type(pilot.app.screen) is kind and (asks or pilot.app.screen.focused is not None))
        return pilot.app.screen

    return going


@pytest.fixture
def begun(in_the_vault, keys, to, type_in, until):
    """The first two steps done by keys, for these participants."""
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def begin(numbers, *, size=(80, 24)):
        async with in_the_vault(size=size) as pilot:
            await keys(pilot, "g")
            screen = await to(pilot, GroupScreen)
            for words in ("now-60", "Relapse prevention", "2", "the library"):
                screen.focused.load("")
                await type_in(pilot, words)
                await keys(pilot, "enter")
            await keys(pilot, "1", "enter", "enter")
            for count, number in enumerate(numbers, start=1):
                await type_in(pilot, number)
                await keys(pilot, "enter")
                await until(pilot, lambda count=count: len(screen.group.content.lines) == count)
            yield pilot

    return begin


async def test_from_nothing_to_one_signed_note_for_each(people, begun, keys, to, type_in, until, read_screen):
    async with begun(("M-1", "D-2", "Z-3")) as pilot:
        assert "3 people · 2 others" in read_screen(pilot.app)
        assert "1 The session ›2 Who came  3 What happened  4 Each of them" in read_screen(pilot.app)
        await keys(pilot, "enter")
        await type_in(pilot, "We went round. Maria began.")
        await keys(pilot, "f2")
        for words in ("She laughed.", "He listened to Zoë.", "Quiet."):
            await type_in(pilot, words)
            await keys(pilot, "enter")
            await type_in(pilot, "comes again")
            await keys(pilot, "enter", "enter")
        question = await to(pilot, NameQuestion)
        assert "“Maria” can mean Maria Santos" in read_screen(pilot.app)
        await keys(pilot, "enter")
        await until(pilot, lambda: pilot.app.screen is not question and type(pilot.app.screen) is NameQuestion)
        assert "[b]Zoë[/b] Łaska" in read_screen(pilot.app)
        await keys(pilot, "enter")
        review = await to(pilot, GroupReviewScreen)
        await until(pilot, lambda: read_screen(pilot.app).count(sentences.GROUP_READY) == 3)
        assert "Sign 3 notes" in read_screen(pilot.app)
        assert review.workspace is not None
        await keys(pilot, "f8")
        await to(pilot, TodayScreen)
        await until(pilot, lambda: sentences.GROUP_ALL_SIGNED in read_screen(pilot.app))
        rows = (await pilot.app.gateway.call(notes.list_notes)).notes
        assert sorted(row.participant_id for row in rows) == sorted(person.id for person in people)
        for row in rows:
            found = await pilot.app.gateway.call(notes.view_note, row.id)
            content = found.note.content
            assert content.summary == "We went round. A participant began."
            assert (content.custom["topic"], content.custom["headcount"]) == ("Relapse prevention", "5")
            others = [person.name for person in people if person.id != row.participant_id]
            assert not any(word in content.model_dump_json() for name in others for word in name.split())


async def test_it_is_kept_while_it_is_typed_and_found_on_today(people, begun, keys, to, type_in, until, read_screen):
    async with begun(("M-1",)) as pilot:
        screen = pilot.app.screen
        await keys(pilot, "f2")
        await type_in(pilot, "We went ro")
        await keys(pilot, "escape")
        await to(pilot, TodayScreen)
        await until(pilot, lambda: "Relapse prevention" in read_screen(pilot.app))
        (row,) = await pilot.app.gateway.call(groups.open_groups)
        assert row.group.content.happened == "We went ro"
        assert row.group.id == screen.group.id
        await keys(pilot, "d")
        await until(pilot, lambda: "is put aside" in read_screen(pilot.app))
        await keys(pilot, "u")
        await until(pilot, lambda: "begun" in read_screen(pilot.app))
        await keys(pilot, "home", "enter")
        again = await to(pilot, GroupScreen)
        assert again.group.content.happened == "We went ro"


async def test_whoever_has_no_consent_keeps_a_line_or_gets_the_contact_alone(
    people, begun, keys, to, type_in, until, read_screen
):
    async with begun(("M-1", "D-2")) as pilot:
        await pilot.app.gateway.call(consenting.withdraw_consent, people[1].id)
        screen = pilot.app.screen
        await keys(pilot, "escape")
        await to(pilot, TodayScreen)
        pilot.app.run_worker(group_session(pilot.app, screen.group.id), group="flow")
        screen = await to(pilot, GroupScreen)
        await keys(pilot, "f2", "f2", "f2", "pagedown")
        await until(pilot, lambda: sentences.GROUP_CLOSED_WAYS in " ".join(read_screen(pilot.app).split()))
        await keys(pilot, "f4")
        await until(pilot, lambda: screen.group.content.lines[1].contact_only)
        await keys(pilot, "f2")
        await to(pilot, GroupReviewScreen)
        found = await pilot.app.gateway.call(group_notes.review_group, screen.group.id)
        assert [each.state.value for each in found.lines] == ["gaps", "ready"]
        assert found.lines[0].missing[0] in " ".join(read_screen(pilot.app).split())
        await keys(pilot, "f8")
        await until(pilot, lambda: "1 note is signed" in read_screen(pilot.app))
        await keys(pilot, "home", "enter")
        await to(pilot, NoteWizard)


async def test_where_nothing_may_be_written_no_words_keep_the_others_from_being_stored(
    add_participant, people, begun, keys, to, type_in, until, read_screen
):
    closed = add_participant("Émile O’Nguyễn [/]", external_id="E-9", consent=False)
    async with begun(("E-9", "M-1")) as pilot:
        screen = pilot.app.screen
        await keys(pilot, "f2", "f2")
        told = " ".join(read_screen(pilot.app).split())
        assert sentences.GROUP_CLOSED_WAYS in told
        assert "Their response" not in told
        await keys(pilot, "pagedown")
        await type_in(pilot, "Quiet.")
        await screen.flush()
        (row,) = await pilot.app.gateway.call(groups.open_groups)
        assert row.group.content.lines[1].response == "Quiet."
        await keys(pilot, "pageup")
        await type_in(pilot, "He fell on the stairs.")
        assert "Their response" in read_screen(pilot.app)
        await keys(pilot, "f8")
        await to(pilot, ConsentsScreen)
        await pilot.app.gateway.call(consenting.give_consent, closed.id, how="verbal")
        await keys(pilot, "escape")
        await to(pilot, GroupScreen)
        await until(pilot, lambda: "No consent" not in read_screen(pilot.app))
        await keys(pilot, "escape")
        await to(pilot, TodayScreen)


async def test_somebody_new_is_added_by_what_was_typed(people, begun, keys, to, type_in, until, read_screen):
    async with begun(()) as pilot:
        screen = pilot.app.screen
        await type_in(pilot, "Émile O’Nguyễn")
        await until(pilot, lambda: sentences.GROUP_NOBODY_FOUND in read_screen(pilot.app))
        await keys(pilot, "f8")
        await to(pilot, ParticipantsScreen)
        await keys(pilot, "f8", "ctrl+s")
        await until(pilot, lambda: len(screen.group.content.lines) == 1)
        assert screen.query_one(ChooseBox).value == ""
        (found,) = (await pilot.app.gateway.call(groups.group_people, screen.group.content)).values()
        assert found.participant.name == "Émile O’Nguyễn"


async def test_people_are_taken_out_and_brought_back_and_notes_become_lines_again(
    people, begun, keys, to, type_in, until, read_screen
):
    async with begun(("M-1", "Z-3")) as pilot:
        screen = pilot.app.screen
        await keys(pilot, "down", "space", "space")
        assert [line.attendance.value for line in screen.group.content.lines].count("no_show") == 1
        await keys(pilot, "x")
        assert len(screen.group.content.lines) == 1
        await keys(pilot, "u")
        assert len(screen.group.content.lines) == 2
        await keys(pilot, "f2", "f2", "f2")
        await to(pilot, GroupReviewScreen)
        await keys(pilot, "u")
        again = await to(pilot, GroupScreen)
        assert not any(line.made for line in again.group.content.lines)


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_it_stands_in_any_size(people, begun, keys, read_screen, size):
    async with begun(("M-1", "Z-3"), size=size) as pilot:
        assert "Maria Santos" in read_screen(pilot.app)
        await keys(pilot, "f2", "f2")
        assert "Their response" in read_screen(pilot.app)


async def test_a_name_can_be_an_ordinary_word_or_be_edited(people, begun, keys, to, type_in, until):
    async with begun(("M-1", "D-2")) as pilot:
        screen = pilot.app.screen
        await keys(pilot, "f2")
        await type_in(pilot, "Devon is a county.")
        await keys(pilot, "f2", "f2")
        await to(pilot, NameQuestion)
        await keys(pilot, "e")
        await to(pilot, GroupScreen)
        await until(pilot, lambda: screen.own_place()["step"] == 2)
        await keys(pilot, "f2", "f2")
        await to(pilot, NameQuestion)
        await keys(pilot, "o")
        await to(pilot, GroupReviewScreen)
