"""The form that changes a participant's page: by keyboard alone, with nothing typed ever lost."""

from __future__ import annotations

import pytest

from peernote_tui.domain.participant import (
    BirthPrecision,
    Contact,
    CustomField,
    OtherId,
    Part2Status,
    PersonAround,
    Safe,
    Safety,
)
from peernote_tui.services.half_typed import typed_before
from peernote_tui.services.keeping_records import change_participant, history_of
from peernote_tui.services.participants import get_participant
from peernote_tui.ui import safe, sentences
from peernote_tui.ui.flows import open_participant
from peernote_tui.ui.screens.edit_fields import CoveredInput
from peernote_tui.ui.screens.edit_participant import EditParticipant
from peernote_tui.ui.screens.participant import ParticipantScreen
from peernote_tui.ui.widgets.action_rows import ActionRows
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.notice_line import NoticeLine
from peernote_tui.ui.widgets.text_input import TextInput
from peernote_tui.ui.widgets.top_line import TopLine

SIZES = ((60, 20), (80, 24), (120, 40))


@pytest.fixture
def maria(add_participant):
    """Maria, of whom little is known."""
    return add_participant(
        "Maria Santos", pronouns="she/her", external_id="M-0042", born="1991-05-02", birth_precision="exact"
    )


@pytest.fixture
def editing(until):
    """Open a page and press e: `form = await editing(pilot, person)`."""

    async def opening(pilot, person):
        if not isinstance(pilot.app.screen, ParticipantScreen):
            await open_participant(pilot.app, person.id)
        await until(pilot, lambda: getattr(pilot.app.screen, "page", None) is not None)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, EditParticipant) and pilot.app.screen.focused)
        return pilot.app.screen

    return opening


def field(form, key):
    return form.query_one(f"#field-{key}", Field)


def box(form, key):
    return field(form, key).query_one(TextInput)


def notice(screen):
    return screen.query_one(NoticeLine).notice[0]


async def go(pilot, form, key):
    field(form, key).focus_control()
    await pilot.pause()


async def stored(pilot, person):
    return await pilot.app.gateway.call(get_participant, person.id)


async def test_everything_on_the_page_is_changed_by_keyboard_and_taken_back(
    maria, in_the_vault, editing, until, type_in
):
    async with in_the_vault() as pilot:
        form = await editing(pilot, maria)
        assert box(form, "name").has_focus
        await type_in(pilot, " L")
        await pilot.press("tab", "ctrl+u")
        await type_in(pilot, "they/them")
        await pilot.press("enter")
        for name in ("Mari", "Jefa"):
            await type_in(pilot, name)
            await pilot.press("enter")
        await pilot.press("enter")
        assert box(form, "phone").has_focus
        await type_in(pilot, "555-0142")
        await pilot.press("enter", "1", "enter", "2", "enter", "1", "enter")
        await type_in(pilot, "555-0150, work, voicemail no")
        await pilot.press("enter", "enter")
        await type_in(pilot, "Rosa, mother, 555-0143, emergency")
        await pilot.press("enter", "enter")
        await type_in(pilot, "quick")
        await pilot.press("enter")
        for line in ("a flat", "patient", "Spanish"):
            await type_in(pilot, line)
            await pilot.press("enter", "enter")
        assert box(form, "born").has_focus
        await pilot.press("ctrl+u")
        await type_in(pilot, "about 1990")
        await until(pilot, lambda: field(form, "born").echo == "born about 1990")
        await pilot.press("enter", "ctrl+u")
        await type_in(pilot, "M-0043")
        await pilot.press("enter")
        await type_in(pilot, "Medicaid: 4711")
        await pilot.press("enter", "enter", "2", "enter")
        await type_in(pilot, "Shoe size: 9")
        await pilot.press("enter", "enter")
        await type_in(pilot, "Maria G")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen))
        page = pilot.app.screen
        await until(pilot, lambda: notice(page).startswith("Saved: name, legal name, pronouns, birth date, "))
        person = await stored(pilot, maria)
        assert (person.name, person.pronouns, person.aliases) == (
            "Maria Santos L",
            "they/them",
            ("Mari", "Jefa"),
        )
        assert person.phone_safety == Safety(call=Safe.YES, voicemail=Safe.NO, text=Safe.YES)
        assert person.contacts == (Contact(value="555-0150", label="work", safety=Safety(voicemail=Safe.NO)),)
        assert person.people == (PersonAround(name="Rosa", relation="mother", phone="555-0143", emergency=True),)
        assert (person.about, person.goals, person.strengths) == ("quick", ("a flat",), ("patient",))
        assert (person.born, person.birth_precision) == ("1990", BirthPrecision.ESTIMATED)
        assert (person.languages, person.external_id) == (("Spanish",), "M-0043")
        assert person.other_ids == (OtherId(label="Medicaid", value="4711"),)
        assert person.part2 is Part2Status.NO
        assert person.custom == (CustomField(label="Shoe size", value="9"),)
        assert person.legal_name == "Maria G"
        await pilot.press("u")
        await until(pilot, lambda: notice(page).startswith("As before: name"))
        again = await stored(pilot, maria)
        assert again.model_dump(exclude={"changed_at"}) == maria.model_dump(exclude={"changed_at"})


async def test_escape_keeps_what_was_typed_over_the_page_and_over_locking(maria, in_the_vault, editing, until, type_in):
    async with in_the_vault() as pilot:
        form = await editing(pilot, maria)
        await type_in(pilot, " L")
        await go(pilot, form, "goals")
        await type_in(pilot, "half a wi")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen))
        await until(pilot, lambda: notice(pilot.app.screen) == sentences.TYPED_KEPT)
        assert (await stored(pilot, maria)).name == "Maria Santos"
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, ParticipantScreen))
    async with in_the_vault() as pilot:
        form = await editing(pilot, maria)
        assert notice(form) == sentences.TYPED_BEFORE
        assert box(form, "name").value == "Maria Santos L"
        assert field(form, "goals").query_one(ActionRows).typed == "half a wi"
        await pilot.press("f8")
        assert box(form, "name").value == "Maria Santos"
        await pilot.press("f8")
        assert box(form, "name").value == "Maria Santos L"
        await pilot.press("f8", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen))
        assert await pilot.app.gateway.call(typed_before, maria.id) == {}


async def test_what_is_typed_reaches_the_vault_without_leaving(maria, in_the_vault, editing, until, type_in, keys):
    async with in_the_vault() as pilot:
        await editing(pilot, maria)
        await type_in(pilot, " L")
        await keys(pilot)
        await pilot.app.screen.keep()
        assert await pilot.app.gateway.call(typed_before, maria.id) == {"name": "Maria Santos L"}


async def test_saving_nothing_stores_nothing(maria, in_the_vault, editing, until):
    async with in_the_vault() as pilot:
        await editing(pilot, maria)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen))
        await until(pilot, lambda: notice(pilot.app.screen) == sentences.NOTHING_CHANGED)
        assert await pilot.app.gateway.call(history_of, maria.id) == ()


async def test_a_birth_date_that_cannot_be_is_refused_under_its_field(maria, in_the_vault, editing, until, type_in):
    async with in_the_vault() as pilot:
        form = await editing(pilot, maria)
        for typed, why in (("1 dec 2026", "future"), ("1880", "too long ago"), ("some", "not understood")):
            await go(pilot, form, "born")
            await pilot.press("ctrl+u")
            await type_in(pilot, typed)
            await pilot.press("tab")
            await until(pilot, lambda why=why: why in field(form, "born").error)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: box(form, "born").has_focus)
        assert (await stored(pilot, maria)).born == "1991-05-02"


async def test_a_half_typed_row_is_saved_too_or_says_why_not(maria, in_the_vault, editing, until, type_in):
    async with in_the_vault() as pilot:
        form = await editing(pilot, maria)
        await go(pilot, form, "contacts")
        await type_in(pilot, "555-0150, text")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "safe or not" in field(form, "contacts").error)
        assert field(form, "contacts").query_one(ActionRows).first_focus.has_focus
        await type_in(pilot, " no")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen))
        assert (await stored(pilot, maria)).contacts == (Contact(value="555-0150", safety=Safety(text=Safe.NO)),)


async def test_an_id_that_somebody_has_is_refused_under_its_field(
    maria, add_participant, in_the_vault, editing, until, type_in
):
    add_participant("Ana Reyes", external_id="A-1")
    async with in_the_vault() as pilot:
        form = await editing(pilot, maria)
        await go(pilot, form, "external_id")
        await pilot.press("ctrl+u")
        await type_in(pilot, "a-1")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "has this ID" in field(form, "external_id").error)
        assert box(form, "external_id").has_focus


async def test_a_legal_name_is_covered_until_somebody_goes_there(add_participant, in_the_vault, editing, read_screen):
    person = add_participant("Max", legal_name="Maximiliane")
    async with in_the_vault(size=(120, 40)) as pilot:
        form = await editing(pilot, person)
        assert "Maximiliane" not in read_screen(pilot.app)
        await go(pilot, form, "legal_name")
        assert "Maximiliane" in read_screen(pilot.app)
        await go(pilot, form, "name")
        assert "Maximiliane" not in read_screen(pilot.app)
        assert form.query_one(CoveredInput).value == "Maximiliane"


async def test_rows_are_brought_back_and_taken_out(workspace, maria, in_the_vault, editing, until, type_in):
    details = maria.model_copy(update={"goals": ("a flat", "a job")})
    from peernote_tui.domain.participant import ParticipantDetails

    page = ParticipantDetails(**details.model_dump(include=set(ParticipantDetails.model_fields)))
    change_participant(workspace, maria.id, page)
    async with in_the_vault() as pilot:
        form = await editing(pilot, maria)
        await go(pilot, form, "goals")
        await pilot.press("up", "enter")
        assert field(form, "goals").query_one(ActionRows).typed == "a job"
        await type_in(pilot, " nearby")
        await pilot.press("enter", "up", "up", "delete", "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen))
        assert (await stored(pilot, maria)).goals == ("a job nearby",)


async def test_any_text_fits_any_size(add_participant, in_the_vault, editing, read_screen):
    person = add_participant(
        "x" * 200,
        phone="[/",
        goals=("[bold]x", "山田太郎さんの家" * 12),
        people=({"name": "[/", "relation": "[/]", "emergency": True},),
        contacts=({"value": "[x]", "safety": {"text": "yes"}},),
    )
    async with in_the_vault(size=SIZES[0]) as pilot:
        form = await editing(pilot, person)
        assert {choice.value for choice in form.query(ChoiceField)} == {"not_asked", "not_reviewed"}
        assert form.query_one(TopLine).status == sentences.edits_waiting(0)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            for key in ("name", "contacts", "people", "goals", "part2"):
                await go(pilot, form, key)
                assert all(safe.width(line) <= size[0] for line in read_screen(pilot.app).split("\n"))


async def test_locking_in_the_middle_comes_back_to_the_same_field(maria, in_the_vault, editing, until, type_in):
    async with in_the_vault() as pilot:
        form = await editing(pilot, maria)
        await go(pilot, form, "goals")
        await type_in(pilot, "half a wi")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: not pilot.app.gateway.is_open)
    async with in_the_vault() as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, EditParticipant) and not pilot.app.screen.is_returning)
        rows = field(pilot.app.screen, "goals").query_one(ActionRows)
        assert rows.typed == "half a wi"
        assert rows.first_focus.has_focus
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen))
