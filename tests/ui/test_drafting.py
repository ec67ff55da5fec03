"""The life of a draft: stored while it is typed, back after every way out, never overwritten."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, time

import pytest

from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import DiskFullError
from peernote_tui.domain.note import NoteContent
from peernote_tui.services import action_items, writing
from peernote_tui.ui import sentences
from peernote_tui.ui.app import Leaving
from peernote_tui.ui.flows import new_note, open_draft
from peernote_tui.ui.screens.note_wizard import drafting
from peernote_tui.ui.screens.note_wizard.drafting import Drafting
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.resume import ResumeDraft
from peernote_tui.ui.screens.today import TodayScreen
from peernote_tui.ui.widgets.action_rows import ActionRows
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.notice_line import NoticeLine
from peernote_tui.ui.widgets.top_line import TopLine

NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
EMPTY = Draft(id="a", participant_id="p", begun_at=NOON, changed_at=NOON)


def saying(words):
    return EMPTY.model_copy(update={"content": NoteContent(summary=words)})


class Vault:
    """Stands for the way to the vault: keeps what is stored, or refuses."""

    is_open = True
    workspace = None

    def __init__(self):
        self.kept = []
        self.refusal = None
        self.busy = None

    async def call(self, _verb, draft):
        if self.busy is not None:
            await self.busy.wait()
        if self.refusal is not None:
            raise self.refusal
        self.kept.append(draft.content.summary)
        return draft


class Timers:
    """Timers that go off when a test says so."""

    def __init__(self):
        self.asked = []

    def __call__(self, seconds, function):
        self.asked.append((seconds, function))

    async def go_off(self):
        due, self.asked = self.asked, []
        for _seconds, function in due:
            await function()


class TestSaving:
    @pytest.fixture
    def parts(self, monkeypatch):
        def no_place(_workspace, _draft):
            raise DiskFullError("No place takes it.")

        monkeypatch.setattr(drafting, "rescue_draft", no_place)
        vault, timers, told = Vault(), Timers(), []
        kept = Drafting(
            vault,
            EMPTY,
            later=timers,
            saved=lambda _draft: told.append("saved"),
            failed=lambda error, _kept: told.append(error),
        )
        return vault, timers, told, kept

    async def test_the_first_key_asks_for_a_save_within_a_second(self, parts):
        vault, timers, told, kept = parts
        kept.change(saying("a"))
        assert [seconds for seconds, _ in timers.asked] == [drafting.PAUSE_SECONDS]
        assert drafting.PAUSE_SECONDS <= 0.8
        await timers.go_off()
        assert vault.kept == ["a"]
        assert kept.is_saved
        assert told == ["saved"]

    async def test_typing_on_does_not_put_the_save_off(self, parts):
        vault, timers, _told, kept = parts
        for words in ("a", "ab", "abc"):
            kept.change(saying(words))
        assert len(timers.asked) == 1
        await timers.go_off()
        assert vault.kept == ["abc"]
        kept.change(saying("abcd"))
        assert len(timers.asked) == 1

    async def test_what_is_typed_during_a_save_is_stored_too(self, parts):
        vault, _timers, _told, kept = parts
        vault.busy = asyncio.Event()
        kept.change(saying("a"))
        flushing = asyncio.create_task(kept.flush())
        await asyncio.sleep(0)
        kept.change(saying("ab"))
        assert not kept.is_saved
        vault.busy.set()
        await flushing
        assert vault.kept == ["a", "ab"]
        assert kept.is_saved

    async def test_saves_do_not_overtake_each_other(self, parts):
        vault, _timers, _told, kept = parts
        vault.busy = asyncio.Event()
        kept.change(saying("a"))
        first = asyncio.create_task(kept.flush())
        await asyncio.sleep(0)
        kept.change(saying("ab"))
        second = asyncio.create_task(kept.flush())
        await asyncio.sleep(0)
        assert vault.kept == []
        vault.busy.set()
        await asyncio.gather(first, second)
        assert vault.kept == ["a", "ab"]

    async def test_a_refused_save_is_told_and_tried_again(self, parts):
        vault, timers, told, kept = parts
        vault.refusal = DiskFullError("There is no room left on the disk.")
        kept.change(saying("a"))
        await timers.go_off()
        assert told == [vault.refusal]
        assert (kept.newest.content.summary, kept.is_saved) == ("a", False)
        assert [seconds for seconds, _ in timers.asked] == [drafting.RETRY_SECONDS]
        vault.refusal = None
        await timers.go_off()
        assert vault.kept == ["a"]
        assert kept.is_saved

    async def test_nothing_new_asks_for_nothing(self, parts):
        vault, timers, _told, kept = parts
        kept.change(EMPTY.model_copy())
        await kept.flush()
        assert timers.asked == []
        assert vault.kept == []

    async def test_a_locked_vault_is_not_asked(self, parts):
        vault, timers, told, kept = parts
        kept.change(saying("a"))
        vault.is_open = False
        await timers.go_off()
        assert vault.kept == []
        assert told == []


def field(pilot, key):
    return next(one for one in pilot.app.screen.query(Field) if one.key == key)


def status(pilot):
    return pilot.app.screen.query_one(TopLine).status


def notice(pilot):
    return pilot.app.screen.query_one(NoticeLine).notice[0]


@pytest.fixture
def draft(write_draft, consented):
    """A draft with times and a concern, at step 3."""
    return write_draft(consented, summary="")


@pytest.fixture
def at_summary(workspace, draft, in_the_wizard):
    """Open the wizard in the summary: `async with at_summary() as pilot`."""
    writing.save_draft(workspace, draft.model_copy(update={"step": 2}))
    return lambda: in_the_wizard(draft.id)


class TestOnScreen:
    async def test_a_key_is_stored_by_itself_and_the_time_is_shown(
        self, draft, at_summary, type_in, stored, clock, until
    ):
        async with at_summary() as pilot:
            assert status(pilot) == "saved 14:52"
            clock.instant = datetime(2026, 11, 23, 20, 5, tzinfo=UTC)
            await type_in(pilot, "a")
            async with asyncio.timeout(10):
                while (await stored(pilot, draft.id)).content.summary != "a":
                    await pilot.pause()
            await until(pilot, lambda: status(pilot) == "saved 15:05")

    async def test_a_full_disk_is_told_keeps_the_text_and_is_overcome(
        self, draft, at_summary, type_in, stored, until, monkeypatch
    ):
        monkeypatch.setattr(drafting, "PAUSE_SECONDS", 0.01)
        monkeypatch.setattr(drafting, "RETRY_SECONDS", 0.01)
        full = DiskFullError("There is no room left on the disk.", "Free some space.")

        def refuse(_workspace, _draft):
            raise full

        async with at_summary() as pilot:
            with monkeypatch.context() as patch:
                patch.setattr(drafting, "save_draft", refuse)
                patch.setattr(drafting, "rescue_draft", refuse)
                await type_in(pilot, "kept")
                await until(pilot, lambda: notice(pilot) == str(full))
                assert status(pilot) == sentences.NOT_SAVED
                assert field(pilot, "summary").control.text == "kept"
                await pilot.press("ctrl+q")
                assert pilot.app.is_running
                assert pilot.app.gateway.is_open
                await type_in(pilot, " on")
            await until(pilot, lambda: status(pilot) == "saved 14:52")
            assert (await stored(pilot, draft.id)).content.summary == "kept on"
            assert notice(pilot) == sentences.SAVED_AGAIN

    @pytest.mark.parametrize("way", ["escape", "ctrl+q", "ctrl+l"])
    async def test_every_way_out_keeps_the_last_letter_and_the_step(
        self, way, draft, at_summary, in_the_wizard, type_in, until, reopened, monkeypatch
    ):
        monkeypatch.setattr(drafting, "PAUSE_SECONDS", 3600)
        async with at_summary() as pilot:
            await type_in(pilot, "half a wor")
            await pilot.press(way)
            if way == "escape":
                await until(pilot, lambda: isinstance(pilot.app.screen, TodayScreen))
            else:
                await until(pilot, lambda: not pilot.app.gateway.is_open)
                assert pilot.app.return_value is (Leaving.QUIT if way == "ctrl+q" else Leaving.LOCKED)
        with reopened() as after:
            kept = writing.get_draft(after, draft.id)
            assert (kept.content.summary, kept.step) == ("half a wor", 2)
        async with in_the_wizard(draft.id) as pilot:
            field(pilot, "summary").focus_control()
            await type_in(pilot, "d")
            assert field(pilot, "summary").control.text == "half a word"

    async def test_half_typed_things_are_back_in_their_boxes(
        self, workspace, draft, consented, in_the_wizard, type_in, keys
    ):
        from peernote_tui.domain.action_line import ActionLine
        from peernote_tui.domain.owner import Owner

        action = action_items.add_action(workspace, consented.id, ActionLine("walk", Owner.ME))
        async with in_the_wizard(draft.id) as pilot:
            field(pilot, "session").focus_control()
            await type_in(pilot, "2-2x")
            await keys(pilot, "f4", "enter")
            await type_in(pilot, "some words")
            field(pilot, "concern_tags").focus_control()
            await keys(pilot)
            await type_in(pilot, "hal")
            await pilot.app.screen.flush()
            await keys(pilot, "escape")
        async with in_the_wizard(draft.id) as pilot:
            assert pilot.app.screen.draft.step == 1
            answer = field(pilot, "action_reviews").control.answers[0]
            assert (answer.id, answer.outcome, answer.words) == (action.id, None, "some words")
            tags = field(pilot, "concern_tags").control
            assert "hal" in (tags.typed, *tags.tags)
            await keys(pilot, "f3")
            assert field(pilot, "session").control.value == "2-2x"
            await keys(pilot, "f4", "f4", "f4")
            await type_in(pilot, "call off")
            await keys(pilot, "escape")
        async with in_the_wizard(draft.id) as pilot:
            assert pilot.app.screen.draft.step == 3
            assert pilot.app.screen.query_one(ActionRows).typed == "call off"
            assert pilot.app.screen.focused is pilot.app.screen.query_one(ActionRows).first_focus

    async def test_a_half_typed_tag_is_back_after_a_lock(self, draft, in_the_wizard, type_in, keys, until):
        async with in_the_wizard(draft.id) as pilot:
            await keys(pilot, "f4")
            field(pilot, "concern_tags").focus_control()
            await keys(pilot)
            await type_in(pilot, "hal")
            await pilot.press("ctrl+l")
            await until(pilot, lambda: not pilot.app.gateway.is_open)
        async with in_the_wizard(draft.id) as pilot:
            assert field(pilot, "concern_tags").control.typed == "hal"

    async def test_a_lock_before_the_wizard_stands_is_no_fault(self, draft, in_the_vault, until):
        async with in_the_vault() as pilot:
            wizard = await NoteWizard.load(pilot.app, draft.id)
            await wizard.flush()


class TestTwoDrafts:
    async def test_ctrl_n_asks_whether_to_go_on(self, consented, draft, in_the_vault, until, keys, read_screen):
        async with in_the_vault() as pilot:
            pilot.app.run_worker(new_note(pilot.app, consented.id), description="new note", group="flow")
            await until(pilot, lambda: isinstance(pilot.app.screen, ResumeDraft))
            assert sentences.has_draft("Tomás I.") in read_screen(pilot.app)
            assert "T-0007" in read_screen(pilot.app)
            await keys(pilot, "enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard))
            assert pilot.app.screen.draft.id == draft.id

    async def test_two_drafts_for_one_participant_do_not_mix(
        self, consented, draft, in_the_vault, type_in, until, keys
    ):
        async with in_the_vault() as pilot:
            pilot.app.run_worker(new_note(pilot.app, consented.id), description="new note", group="flow")
            await until(pilot, lambda: isinstance(pilot.app.screen, ResumeDraft))
            await keys(pilot, "n")
            await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard) and pilot.app.screen.focused)
            second = pilot.app.screen.draft.id
            assert second != draft.id
            await type_in(pilot, "1-2")
            await keys(pilot, "escape")
            await open_draft(pilot.app, draft.id)
            await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard) and pilot.app.screen.focused)
            await keys(pilot, "f4", "f4")
            await type_in(pilot, "first")
            await keys(pilot, "escape")
            both = {row.draft.id: row.draft.content for row in await pilot.app.gateway.call(writing.open_drafts)}
            assert (both[draft.id].summary, both[draft.id].start) == ("first", time(14))
            assert (both[second].summary, both[second].start) == ("", time(13))

    async def test_ctrl_n_in_the_wizard_never_opens_the_same_draft_twice(
        self, draft, at_summary, type_in, until, keys, stored
    ):
        async with at_summary() as pilot:
            wizard = pilot.app.screen
            await type_in(pilot, "one")
            await pilot.press("ctrl+n")
            await until(pilot, lambda: isinstance(pilot.app.screen, ResumeDraft))
            await keys(pilot, "enter")
            await until(pilot, lambda: pilot.app.screen is wizard)
            await keys(pilot)
            assert [screen for screen in pilot.app.screen_stack if isinstance(screen, NoteWizard)] == [wizard]
            await type_in(pilot, " two")
            await wizard.flush()
            assert (await stored(pilot, draft.id)).content.summary == "one two"
