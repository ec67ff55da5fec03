"""Verbs and goals at hand in the guided note, with real keys on a real vault."""

from __future__ import annotations

import pytest

from peernote_tui.services import writing
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.picking import PickOne
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.notice_line import NoticeLine

SUMMARY = 2


def field(pilot, key):
    return next(one for one in pilot.app.screen.query(Field) if one.key == key)


def notice(pilot):
    return pilot.app.screen.query_one(NoticeLine).notice[0]


@pytest.fixture
def draft_of(workspace, add_participant, write_draft):
    """A draft at the summary, about somebody with these goals."""

    def begun(*goals, consent=True, step=SUMMARY):
        maria = add_participant("Maria Santos", external_id="M-0042", goals=goals, consent=consent)
        if not consent:
            return writing.start_draft(workspace, maria.id)
        held = write_draft(maria, summary="I", response="", techniques=(), plan="")
        return writing.save_draft(workspace, held.model_copy(update={"step": step}))

    return begun


async def test_a_verb_is_found_put_in_and_taken_back(draft_of, in_the_wizard, keys, type_in, read_screen):
    async with in_the_wizard(draft_of().id) as pilot:
        field(pilot, "summary").focus_control()
        await keys(pilot, "ctrl+r")
        assert isinstance(pilot.app.screen, PickOne)
        shown = read_screen(pilot.app)
        assert "Being with" in shown
        await type_in(pilot, "own st")
        await keys(pilot, "enter")
        assert isinstance(pilot.app.screen, NoteWizard)
        assert pilot.app.screen.draft.content.summary == "I shared my own story"
        await keys(pilot, "ctrl+z")
        assert pilot.app.screen.draft.content.summary == "I"
        await keys(pilot, "ctrl+r", "down", "up", "down", "enter")
        assert pilot.app.screen.draft.content.summary == "I listened"
        await keys(pilot, "ctrl+r", "escape")
        assert pilot.app.screen.draft.content.summary == "I listened"


async def test_where_tags_are_asked_it_becomes_a_tag(draft_of, in_the_wizard, keys, type_in):
    async with in_the_wizard(draft_of().id) as pilot:
        field(pilot, "techniques").focus_control()
        await keys(pilot, "ctrl+r")
        await type_in(pilot, "advoc")
        await keys(pilot, "enter")
        assert pilot.app.screen.draft.content.techniques == ("advocated for",)
        await keys(pilot, "ctrl+z")
        assert pilot.app.screen.draft.content.techniques == ()
        field(pilot, "rating").focus_control()
        await keys(pilot, "ctrl+r")
        assert notice(pilot) == sentences.NO_BOX_FOR_VERBS


async def test_a_goal_goes_into_the_plan_and_nothing_else_is_taken_over(
    draft_of, in_the_wizard, keys, type_in, stored, read_screen
):
    draft = draft_of("my own front door [/]")
    async with in_the_wizard(draft.id, size=(120, 40)) as pilot:
        assert "“my own front door [/]”" in read_screen(pilot.app)
        await keys(pilot, "f12")
        assert field(pilot, "plan").has_focus_within
        assert field(pilot, "plan").hint.endswith(sentences.GOALS_AT_HAND)
        await type_in(pilot, ", one step")
        await keys(pilot, "f2")
        kept = await stored(pilot, draft.id)
        assert kept.content.plan == "Goal: my own front door [/], one step"


async def test_one_of_several_goals_is_chosen_and_taken_back(draft_of, in_the_wizard, keys, type_in):
    async with in_the_wizard(draft_of("my own front door", "sleep through").id) as pilot:
        await keys(pilot, "f12", "escape")
        assert pilot.app.screen.draft.content.plan == ""
        await keys(pilot, "f12")
        await type_in(pilot, "sle")
        await keys(pilot, "enter")
        assert pilot.app.screen.draft.content.plan == "Goal: sleep through"
        await keys(pilot, "f12", "enter")
        assert pilot.app.screen.draft.content.plan == "Goal: sleep through\nGoal: my own front door"
        await keys(pilot, "ctrl+z")
        assert pilot.app.screen.draft.content.plan == "Goal: sleep through"


async def test_without_goals_or_consent_it_says_so(draft_of, in_the_wizard, keys):
    async with in_the_wizard(draft_of("sleep", consent=False).id) as pilot:
        await keys(pilot, "f12")
        assert notice(pilot) == sentences.CONSENT_FIRST


async def test_without_goals_it_says_where_they_come_from(draft_of, in_the_wizard, keys):
    async with in_the_wizard(draft_of().id) as pilot:
        await keys(pilot, "f12")
        assert notice(pilot) == sentences.NO_GOALS
