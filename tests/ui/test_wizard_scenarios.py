"""The two scenarios of the template, keyed in as a peer supporter would, and the keys counted."""

from __future__ import annotations

import asyncio
import shutil
from datetime import UTC, date, datetime, time

import pytest
from textual import events

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.consent import ConsentHow
from peernote_tui.domain.note import AgreedAction, Mode, NoteContent
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.services import action_items, consenting, notes, participants, today, unlocking, writing
from peernote_tui.ui.app import PeerNoteApp
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.participants import ParticipantsScreen
from peernote_tui.ui.screens.today import TodayScreen

MOST_KEYS = 30


class Typist:
    """Presses real keys and counts those that are not the note's own words."""

    def __init__(self, app, pilot):
        self.app = app
        self.pilot = pilot
        self.overhead = 0

    async def keys(self, *keys):
        """Press keys that are no words of the note."""
        for key in keys:
            self.overhead += 1
            await self.pilot.press(key)
            await self.settle()

    async def shorthand(self, text):
        """Type characters that stand for something and are no words of the note."""
        self.overhead += len(text)
        await self._type(text)

    async def words(self, text):
        """Type the note's own words."""
        await self._type(text)

    async def settle(self):
        """Wait until what was asked of the vault has come back."""
        await self.pilot.pause()
        # A flow waits for the person, so it is not waited for; nor is everything, which an empty list would mean.
        pending = [worker for worker in self.app.workers if worker.group != "flow" and not worker.is_finished]
        if pending:
            async with asyncio.timeout(10):
                await self.app.workers.wait_for_complete(pending)
        await self.pilot.pause()

    async def arrive(self, screen):
        """Wait until a screen of this type is in front."""
        for _ in range(400):
            await self.pilot.pause(0.01)
            if isinstance(self.app.screen, screen) and self.app.screen.is_mounted and self.app.screen.focused:
                return
        pytest.fail(f"{screen.__name__} did not come; {self.app.screen} is in front.")

    async def _type(self, text):
        # As the terminal sends them: one key event after the other, without waiting in between.
        for character in text:
            self.app.post_message(events.Key(_key(character), "\r" if character == "\n" else character))
        await self.pilot.press()
        await self.settle()


def _key(character):
    return {" ": "space", "@": "at", ",": "comma", ".": "full_stop", "-": "minus", "’": "’", "\n": "enter"}.get(
        character, character
    )


@pytest.fixture
def clock(make_clock):
    """A clock the scenario can set."""
    return make_clock()


@pytest.fixture
def filled(_vault_to_copy, tmp_path, clock, passphrase):
    """Make a vault, let a function fill it, close it: `filled(fill) -> folder`."""

    def make(fill):
        folder = tmp_path / "scenario.peernote"
        shutil.copytree(_vault_to_copy, folder)
        workspace = unlocking.open_vault(folder, passphrase, clock=clock)
        try:
            fill(workspace)
        finally:
            unlocking.close(workspace)
        return folder

    return make


@pytest.fixture
def opened(clock, passphrase):
    """Open a vault in the app: `opened(folder)`; and look into it afterwards: `look(folder)`."""

    def make(folder):
        return PeerNoteApp(folder, clock=clock, passphrase=passphrase, config=folder.parent / "config")

    return make


def _look(folder, passphrase, clock):
    return unlocking.open_vault(folder, passphrase, clock=clock)


def _maria(workspace):
    details = ParticipantDetails(name="Maria Santos", pronouns="she/her", external_id="M-0042", born="1992")
    maria = participants.add_participant(workspace, details)
    participants.add_participant(workspace, ParticipantDetails(name="Mark Olsen", external_id="M-0051"))
    consenting.give_consent(workspace, maria.id, how=ConsentHow.VERBAL, starts_on=date(2026, 11, 2))
    _sign_at(
        workspace,
        maria,
        datetime(2026, 11, 16, 20, 0, tzinfo=UTC),
        NoteContent(
            day=date(2026, 11, 16),
            start=time(14),
            end=time(14, 45),
            place="coffee shop, Elm St",
            mode=Mode.IN_PERSON,
            concern_tags=("housing", "sleep"),
            summary="Slept badly since the first notice.",
            techniques=("box breathing",),
            response="Found it helpful.",
            plan="Keep the flat.",
        ),
    )


def _sign_at(workspace, person, instant, content):
    before = workspace.clock.now()
    workspace.clock.set(instant)
    draft = writing.start_draft(workspace, person.id)
    writing.save_draft(workspace, draft.model_copy(update={"content": content}))
    note = writing.sign_note(workspace, draft.id)
    workspace.clock.set(before)
    return note


async def test_scenario_one_takes_at_most_thirty_keys(filled, opened, clock, passphrase, run):
    """Maria and anxiety: grounding and box breathing, her response to each, two actions, a follow-up."""
    folder = filled(_maria)
    app = opened(folder)
    async with run(app) as pilot:
        typist = Typist(app, pilot)
        await typist.arrive(TodayScreen)
        await typist.keys("ctrl+n")
        await typist.arrive(ParticipantsScreen)
        await typist.shorthand("mari")
        await _until(pilot, lambda: "Maria" in _highlighted_name(app))
        await typist.keys("enter")
        await typist.arrive(NoteWizard)
        await typist.shorthand("2-245")
        await typist.keys("f4")
        await typist.words("anxiety")
        await typist.keys("enter", "f4")
        await typist.words("Tight chest after the notice. We practised.")
        await typist.keys("tab")
        await typist.words("grounding")
        await typist.keys("enter")
        await typist.words("box breathing")
        await typist.keys("enter", "enter")
        await typist.words("Grounding: named five things. Box breathing: easier now.")
        await typist.keys("tab")
        await typist.words("I can do this at night.")
        await typist.keys("f4")
        await typist.words("call housing office @me fri")
        await typist.keys("enter")
        await typist.words("practise box breathing each night @maria sun")
        await typist.keys("enter", "f4")
        await typist.words("mon 2pm")
        await typist.keys("f2", "f8")
        await typist.arrive(TodayScreen)
        assert typist.overhead <= MOST_KEYS
    after = _look(folder, passphrase, clock)
    try:
        note = notes.view_note(after, notes.list_notes(after).notes[0].id).note
        assert (note.content.day, note.content.start, note.content.end) == (date(2026, 11, 23), time(14), time(14, 45))
        assert note.content.place == "coffee shop, Elm St"
        assert note.content.mode is Mode.IN_PERSON
        assert note.content.concern_tags == ("anxiety",)
        assert note.content.techniques == ("grounding", "box breathing")
        assert note.content.response.startswith("Grounding: named five")
        assert note.content.own_words == "I can do this at night."
        agreed = [(action.text, action.owner, action.due) for action in note.content.agreed_actions]
        assert agreed == [
            ("call housing office", Owner.ME, date(2026, 11, 27)),
            ("practise box breathing each night", Owner.PARTICIPANT, date(2026, 11, 29)),
        ]
        listed = action_items.list_actions(after).actions
        assert [listing.action.text for listing in listed] == [text for text, _, _ in agreed]
        briefing = participants.brief(after, note.participant.id)
        assert [(f.day, f.at) for f in briefing.follow_ups] == [(date(2026, 11, 30), time(14))]
        assert not writing.open_drafts(after)
    finally:
        unlocking.close(after)


def _devon(workspace):
    details = ParticipantDetails(name="Devon Kim", pronouns="they/them", external_id="D-0017", born="1988")
    devon = participants.add_participant(workspace, details)
    consenting.give_consent(workspace, devon.id, how=ConsentHow.WRITTEN, starts_on=date(2026, 11, 2))
    _sign_at(
        workspace,
        devon,
        datetime(2026, 11, 16, 18, 0, tzinfo=UTC),
        NoteContent(
            day=date(2026, 11, 16),
            start=time(11),
            end=time(12),
            place="library",
            mode=Mode.IN_PERSON,
            concern_tags=("stress",),
            summary="Work has been loud. We looked for quiet places in the day.",
            techniques=("listened",),
            response="Wrote three ideas down.",
            plan="One quiet hour a day.",
            agreed_actions=(
                AgreedAction(text="walk at lunch", owner=Owner.PARTICIPANT, due=date(2026, 11, 18)),
                AgreedAction(text="ask for the early shift", owner=Owner.PARTICIPANT, due=date(2026, 11, 20)),
                AgreedAction(text="send the breathing audio", owner=Owner.ME, due=date(2026, 11, 21)),
            ),
        ),
    )


async def test_scenario_two_reviews_last_weeks_actions(filled, opened, clock, passphrase, run):
    """Devon and coping with stress: one done, one partly, one dropped, with their words; adjusted actions."""
    folder = filled(_devon)
    app = opened(folder)
    async with run(app) as pilot:
        typist = Typist(app, pilot)
        await typist.arrive(TodayScreen)
        await typist.keys("ctrl+n")
        await typist.arrive(ParticipantsScreen)
        await typist.shorthand("dev")
        await _until(pilot, lambda: "Devon" in _highlighted_name(app))
        await typist.keys("enter")
        await typist.arrive(NoteWizard)
        await typist.shorthand("11-12")
        await typist.keys("f4", "enter")
        await typist.words("It cleared my head.")
        await typist.keys("enter", "d", "enter")
        await typist.words("Asked once, will ask again.")
        await typist.keys("enter", "p", "enter")
        await typist.words("I found my own music.")
        await typist.keys("enter", "x")
        await typist.words("stress")
        await typist.keys("enter", "f4")
        await typist.words("We kept what worked.")
        await typist.keys("tab")
        await typist.words("planned together")
        await typist.keys("enter", "enter")
        await typist.words("Chose the steps.")
        await typist.keys("f4")
        await typist.words("walk at lunch three times @devon fri")
        await typist.keys("enter", "f4")
        await typist.words("next mon 11")
        await typist.keys("f2", "f8")
        await typist.arrive(TodayScreen)
    after = _look(folder, passphrase, clock)
    try:
        note = notes.view_note(after, notes.list_notes(after).notes[0].id).note
        told = [(review.text, review.outcome, review.words) for review in note.content.action_reviews]
        assert told == [
            ("walk at lunch", ActionStatus.DONE, "It cleared my head."),
            ("ask for the early shift", ActionStatus.PARTLY, "Asked once, will ask again."),
            ("send the breathing audio", ActionStatus.DROPPED, "I found my own music."),
        ]
        still_open = {listing.action.text: listing.action for listing in action_items.list_actions(after).actions}
        assert set(still_open) == {"ask for the early shift", "walk at lunch three times"}
        assert still_open["ask for the early shift"].status is ActionStatus.PARTLY
        assert still_open["ask for the early shift"].words == "Asked once, will ask again."
        finished = action_items.list_actions(after, closed=True).actions
        closed = {item.action.text: item.action.status for item in finished}
        assert closed == {"walk at lunch": ActionStatus.DONE, "send the breathing audio": ActionStatus.DROPPED}
        assert today.today_view(after).late_this_week == 0
    finally:
        unlocking.close(after)


async def _until(pilot, condition):
    for _ in range(400):
        await pilot.pause(0.01)
        if condition():
            return
    pytest.fail("What was waited for did not come.")


def _highlighted_name(app):
    from peernote_tui.ui.widgets.peer_list import PeerList

    lists = app.screen.query(PeerList)
    option = lists.first().highlighted_option if lists else None
    return str(option.prompt) if option is not None else ""
