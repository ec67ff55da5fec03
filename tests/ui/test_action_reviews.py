"""What became of last time's actions: one key for each, counted, with everything it takes to change one's mind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.note import MOST_REVIEWS, ActionReview
from peernote_tui.domain.owner import Owner
from peernote_tui.services import action_items, changing_actions, writing
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.note_wizard import agreeing
from peernote_tui.ui.screens.note_wizard.opening import facts_of, fetch
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.peer_list import PeerList

MONDAY = date(2026, 11, 23)


def field(pilot, key):
    return next(one for one in pilot.app.screen.query(Field) if one.key == key)


def told(pilot):
    return [one.outcome.value for one in pilot.app.screen.draft.content.action_reviews]


@pytest.fixture
def owing(workspace, consented, write_draft):
    """A draft whole but for what became of so many open actions, the later ones due earlier: `owing(8)`."""

    def make(count, **fields):
        for number in range(count):
            due = MONDAY + timedelta(days=2 - number)
            line = ActionLine(f"action {number}", Owner.ME, due=due, **fields)
            action_items.add_action(workspace, consented.id, line)
        return write_draft(consented)

    return make


async def test_eight_open_actions_are_eight_keys_and_one_to_get_on(owing, in_the_wizard, keys, read_screen):
    draft = owing(8, tags=("housing",), confidence=7, repeats="every friday")
    async with in_the_wizard(draft.id) as pilot:
        await keys(pilot, "f4")
        shown = read_screen(pilot.app).splitlines()
        assert [line.split()[2:5] for line in shown[5:7]] == [["!", "action", "7"], ["me", "·", "5"]]
        assert "me · 5 days overdue · every Friday, done brings the next ·" in shown[6]
        assert "confidence 7 of 10 · #housing" in shown[7]
        assert "d Done   p Partly   n Not yet   c Changed   x Dropped" in shown[8]
        pressed = ["d", "p", "n", "c", "x", "d", "p", "d", "f4"]
        await pilot.press(*pressed)
        await keys(pilot)
        assert len(pressed) == 8 + 1
        assert pilot.app.screen.draft.step == 2
        assert told(pilot) == ["done", "partly", "not_yet", "changed", "dropped", "done", "partly", "done"]


async def test_a_wrong_key_is_put_right_and_answers_survive_locking(owing, in_the_vault, in_the_wizard, keys, type_in):
    draft = owing(3)
    async with in_the_wizard(draft.id) as pilot:
        control = (await keys(pilot, "f4"), field(pilot, "action_reviews").control)[1]
        await pilot.press("d", "d", "u")
        assert (told(pilot), control.at) == (["done"], 1)
        await pilot.press("up", "p", "w")
        await type_in(pilot, "dnx")
        assert told(pilot) == ["partly"]
        await pilot.press("enter", "n", "n")
        await keys(pilot)
        assert field(pilot, "concern_tags").has_focus_within
        await pilot.press("shift+tab", "backspace")
        assert (told(pilot), control.at) == (["partly", "not_yet"], 2)
        await pilot.press("up")
        await pilot.app.screen.keep()
        left = pilot.app.screen.draft
    async with in_the_wizard(draft.id) as pilot:
        control = field(pilot, "action_reviews").control
        assert pilot.app.screen.draft.content == left.content
        assert [(one.outcome, one.words) for one in control.answers] == [("partly", ""), ("not_yet", "dnx"), (None, "")]
        # What is unanswered comes first.
        assert (control.at, pilot.app.screen.focused) == (2, control.card)


async def test_forty_are_walked_with_the_one_in_question_in_view(owing, in_the_wizard, keys):
    draft = owing(40)
    async with in_the_wizard(draft.id) as pilot:
        await keys(pilot, "f4")
        control = field(pilot, "action_reviews").control
        step = pilot.app.screen.query_one("#step-1")
        await pilot.press(*["n"] * 4, *["down"] * 3, *["n"] * 4)
        await keys(pilot)
        assert step.scrollable_content_region.contains_region(control.card.region)
        assert (len(told(pilot)), control.at) == (8, 11)
        assert len(control.walk_children()) == 4
        control.go_to(control.answers[39].id)
        await keys(pilot, "n")
        assert field(pilot, "concern_tags").has_focus_within
        await keys(pilot, "shift+tab")
        assert step.scrollable_content_region.contains_region(control.card.region)


async def test_what_the_tracker_was_told_meanwhile_stays_and_is_said(
    workspace, owing, in_the_wizard, keys, reopened, read_screen
):
    draft = owing(2)
    first, second = (row.action for row in action_items.list_actions(workspace).actions)
    outcomes = zip((first, second), (ActionStatus.PARTLY, ActionStatus.NOT_YET), strict=True)
    told = tuple(ActionReview(action_id=one.id, text=one.text, outcome=outcome) for one, outcome in outcomes)
    content = draft.content.model_copy(update={"action_reviews": told})
    writing.save_draft(workspace, draft.model_copy(update={"content": content}))
    changing_actions.settle(workspace, [first.id, second.id], ActionStatus.DONE)
    async with in_the_wizard(draft.id) as pilot:
        await keys(pilot, "f2")
        said = " ".join(read_screen(pilot.app).split())
        for one, here in ((first, "partly"), (second, "not yet")):
            assert f"Changed meanwhile in the tracker: done (here {here}): {one.text}" in said
        # Answered again, with the tracker in view, the note's word is the later one.
        pilot.app.screen.query_one(PeerList).focus()
        await keys(pilot, "enter")
        control = field(pilot, "action_reviews").control
        control.go_to(second.id)
        await keys(pilot, "n", "f2")
        said = read_screen(pilot.app)
        assert "here partly" in said
        assert "here not yet" not in said
        await keys(pilot, "f8")
    with reopened() as after:
        assert action_items.resolve_action(after, first.id).status == "done"
        assert action_items.resolve_action(after, second.id).status == "not_yet"
        with after.reading() as work:
            events = work.action_items.events(first.id)
        assert [event.status for event in events] == ["open", "done", "done"]
        assert events[-1].change == {"reason": "The note says partly; done was said after that."}
        assert not writing.open_drafts(after)


def test_more_than_a_note_can_hold_are_told_to_be_elsewhere_and_what_was_begun_is_kept(workspace, owing):
    draft = owing(1)
    (row,) = action_items.list_actions(workspace).actions
    long = [f"01900000-0000-7000-8000-{number:012}" for number in range(4_000)]
    many = tuple(row.action.model_copy(update={"id": each}) for each in long)
    told = (ActionReview(action_id=long[3_999], text="told", outcome=ActionStatus.DONE),)
    content = draft.content.model_copy(update={"action_reviews": told})
    draft = draft.model_copy(update={"content": content, "typed": {f"action_reviews.{long[3_000]}": "words"}})
    opened = fetch(workspace, draft.id)
    facts = replace(facts_of(opened, workspace.clock, day_first=None), open_actions=many)
    shown = agreeing.build_reviews(draft, facts)
    ids = [action.id for action in shown.answers]
    assert (len(ids), ids[:2], ids[-2:]) == (MOST_REVIEWS, long[:2], [long[3_000], long[3_999]])
    assert "3,800 more" in sentences.more_actions(shown._more)
