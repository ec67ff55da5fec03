"""A disk that refuses, on screen: words are kept elsewhere, it is said where, and they come back."""

from __future__ import annotations

import tempfile

import pytest
from sqlcipher3 import dbapi2

from peernote_tui.domain.errors import DiskFaultError, ReadOnlyFolderError, VaultFullError
from peernote_tui.services import consenting, rescuing, writing
from peernote_tui.ui import sentences
from peernote_tui.ui.flows import open_draft
from peernote_tui.ui.screens.note_wizard import drafting
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.rescued import RescuedDraft
from peernote_tui.ui.screens.today import TodayScreen
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.note_area import NoteArea
from peernote_tui.ui.widgets.notice_line import NoticeLine
from peernote_tui.ui.widgets.top_line import TopLine
from peernote_tui.vault import reserve
from peernote_tui.vault.lock import VaultLock


@pytest.fixture(autouse=True)
def own_temp(tmp_path, monkeypatch):
    """A place for temporary files that no other run shares."""
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))


@pytest.fixture
def draft(workspace, write_draft, consented):
    """A draft at step 3, without a summary."""
    stored = write_draft(consented, summary="")
    return writing.save_draft(workspace, stored.model_copy(update={"step": 2}))


@pytest.fixture
def refusing(monkeypatch):
    """Let saving fail while `refusing[0]` is an error; a save is tried again at once."""
    refusal = [DiskFaultError("The disk did not read or write as it should.", "Check the drive.")]
    save = writing.save_draft

    def saving(workspace, draft):
        if refusal[0] is not None:
            raise refusal[0]
        return save(workspace, draft)

    monkeypatch.setattr("peernote_tui.services.enduring.PAUSES_SECONDS", (0.0,))
    monkeypatch.setattr(drafting, "save_draft", saving)
    monkeypatch.setattr(drafting, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(drafting, "RETRY_SECONDS", 0.02)
    return refusal


def notice(pilot):
    return pilot.app.screen.query_one(NoticeLine).notice[0]


def summary(pilot):
    return next(one for one in pilot.app.screen.query(Field) if one.key == "summary").control


def rescue_folder(workspace):
    return workspace.vault.folder / "rescue"


def kept(workspace):
    return list(rescue_folder(workspace).iterdir()) if rescue_folder(workspace).is_dir() else []


class TestWhileWriting:
    async def test_it_is_said_where_the_words_are_and_when_they_are_saved(
        self, workspace, draft, in_the_wizard, type_in, until, refusing, read_screen, stored
    ):
        async with in_the_wizard(draft.id) as pilot:
            await type_in(pilot, "kept elsewhere")
            await until(pilot, lambda: "peernote-rescue-" in notice(pilot) and len(kept(workspace)) == 1)
            seen = read_screen(pilot.app)
            assert sentences.NOT_SAVED in seen.splitlines()[0]
            (file,) = kept(workspace)
            assert file.name in seen.replace("\n", "").replace(" ", "")
            assert summary(pilot).text == "kept elsewhere"
            refusing[0] = None
            await until(pilot, lambda: notice(pilot) == sentences.SAVED_AGAIN)
            await until(pilot, lambda: not kept(workspace))
            assert pilot.app.screen.query_one(TopLine).status.startswith("saved")
            assert (await stored(pilot, draft.id)).content.summary == "kept elsewhere"

    async def test_esc_leaves_it_kept_and_opening_it_again_shows_it(
        self, workspace, draft, in_the_wizard, type_in, until, refusing, stored
    ):
        async with in_the_wizard(draft.id) as pilot:
            await type_in(pilot, "not lost")
            await until(pilot, lambda: pilot.app.screen.query_one(NoticeLine).is_error)
            await pilot.press("escape")
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(pilot.app.screen, TodayScreen))
            assert "peernote-rescue-" in notice(pilot)
            await open_draft(pilot.app, draft.id)
            await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard) and pilot.app.screen.focused)
            assert summary(pilot).text == "not lost"
            refusing[0] = None
            await until(pilot, lambda: not kept(workspace))
            assert (await stored(pilot, draft.id)).content.summary == "not lost"

    async def test_a_lock_keeps_it_and_unlocking_offers_it(
        self, workspace, draft, in_the_wizard, in_the_vault, type_in, until, keys, refusing, read_screen, reopened
    ):
        async with in_the_wizard(draft.id) as pilot:
            await type_in(pilot, "before the lock")
            await pilot.press("ctrl+l")
            await until(pilot, lambda: not pilot.app.gateway.is_open)
        refusing[0] = None
        async with in_the_vault() as pilot:
            await until(pilot, lambda: isinstance(pilot.app.screen, RescuedDraft))
            seen = read_screen(pilot.app)
            assert "Tomás I. T-0007" in seen
            assert "before the lock" not in seen
            await keys(pilot, "enter")
            # Back in the note, with the words that were kept: typing on does not write over them.
            await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard) and pilot.app.screen.focused)
            await until(pilot, lambda: notice(pilot) == sentences.rescued_back(["Tomás I. T-0007"]))
            assert kept(workspace) == []
            await until(pilot, lambda: isinstance(pilot.app.screen.focused, NoteArea))
            await pilot.press("ctrl+end")
            await type_in(pilot, ", and after it")
        with reopened() as after:
            assert writing.get_draft(after, draft.id).content.summary == "before the lock, and after it"

    async def test_a_lock_before_the_answer_forgets_neither_the_draft_nor_the_place(
        self, workspace, draft, in_the_wizard, in_the_vault, type_in, until, keys, refusing
    ):
        async with in_the_wizard(draft.id) as pilot:
            await type_in(pilot, "before the lock")
            await pilot.press("ctrl+l")
            await until(pilot, lambda: not pilot.app.gateway.is_open)
        refusing[0] = None
        async with in_the_vault() as pilot:
            await until(pilot, lambda: isinstance(pilot.app.screen, RescuedDraft))
            await pilot.press("ctrl+l")
            await until(pilot, lambda: not pilot.app.gateway.is_open)
        async with in_the_vault() as pilot:
            await until(pilot, lambda: isinstance(pilot.app.screen, RescuedDraft))
            await keys(pilot, "enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, NoteWizard) and pilot.app.screen.focused)
            assert pilot.app.screen.draft.content.summary == "before the lock"

    async def test_what_a_rule_refuses_is_not_written_elsewhere(
        self, workspace, draft, consented, in_the_wizard, type_in, until, refusing
    ):
        refusing[0] = None
        consenting.withdraw_consent(workspace, consented.id)
        bare = writing.start_draft(workspace, consented.id)
        async with in_the_wizard(bare.id) as pilot:
            pilot.app.screen._drafting.change(
                bare.model_copy(update={"content": bare.content.model_copy(update={"summary": "no consent"})})
            )
            await until(pilot, lambda: pilot.app.screen.query_one(NoticeLine).is_error)
            assert kept(workspace) == []
            pilot.app.screen._drafting.change(bare)

    async def test_a_full_disk_uses_the_reserve_and_says_so_here_and_on_today(
        self, workspace, draft, in_the_wizard, type_in, until, keys, monkeypatch, read_screen
    ):
        monkeypatch.setattr(reserve, "ROOM_BYTES", 2**62)
        refused = [VaultFullError("There is no room left on the disk.")]
        save = writing.save_draft

        def once(opened, newest):
            if refused:
                raise refused.pop()
            return save(opened, newest)

        monkeypatch.setattr(drafting, "save_draft", once)
        async with in_the_wizard(draft.id) as pilot:
            await type_in(pilot, "a")
            await until(pilot, lambda: notice(pilot) == sentences.RESERVE_USED)
            assert not (workspace.vault.folder / "reserve").exists()
            assert pilot.app.screen.query_one(TopLine).status.startswith("saved")
            await keys(pilot, "escape")
            await until(pilot, lambda: isinstance(pilot.app.screen, TodayScreen))
            assert "There is hardly any room left on the disk" in read_screen(pilot.app)

    async def test_a_fault_that_passes_is_not_even_seen(
        self, workspace, draft, in_the_wizard, type_in, until, monkeypatch, stored
    ):
        monkeypatch.setattr(drafting, "PAUSE_SECONDS", 0.01)
        monkeypatch.setattr("peernote_tui.services.enduring.PAUSES_SECONDS", (0.0,))

        class Faulty:
            def __init__(self, real):
                self.real, self.left = real, 1

            def __getattr__(self, name):
                return getattr(self.real, name)

            def execute(self, sql, *values):
                if sql == "COMMIT" and self.left:
                    self.left = 0
                    error = dbapi2.OperationalError("disk I/O error")
                    error.sqlite_errorcode = dbapi2.SQLITE_IOERR
                    raise error
                return self.real.execute(sql, *values)

        async with in_the_wizard(draft.id) as pilot:
            vault = pilot.app.gateway.workspace.vault
            vault.connection = Faulty(vault.connection)
            await type_in(pilot, "through")
            await until(pilot, lambda: not isinstance(vault.connection, Faulty) and pilot.app.screen._drafting.is_saved)
            assert (await stored(pilot, draft.id)).content.summary == "through"
            assert notice(pilot) == ""


class TestTheQuestion:
    @pytest.fixture
    def rescued(self, workspace, draft):
        """A rescue file of an earlier run."""
        content = draft.content.model_copy(update={"summary": "five words that were kept"})
        path = rescuing.rescue_draft(workspace, draft.model_copy(update={"content": content}))
        workspace.standing.rescued.clear()
        return path

    async def test_it_can_wait_on_today_and_be_asked_again(self, rescued, in_the_vault, until, keys, read_screen):
        async with in_the_vault() as pilot:
            await until(pilot, lambda: isinstance(pilot.app.screen, RescuedDraft))
            await keys(pilot, "escape")
            await until(pilot, lambda: sentences.rescued_waiting(1) in read_screen(pilot.app))
            assert rescued.exists()
            await keys(pilot, "r")
            await until(pilot, lambda: isinstance(pilot.app.screen, RescuedDraft))
            await keys(pilot, "enter")
            await until(pilot, lambda: not rescued.exists())
            await until(pilot, lambda: sentences.rescued_waiting(1) not in read_screen(pilot.app))

    async def test_keep_both(self, workspace, draft, rescued, in_the_vault, until, keys, reopened):
        async with in_the_vault() as pilot:
            await until(pilot, lambda: isinstance(pilot.app.screen, RescuedDraft))
            await keys(pilot, "k")
            await until(pilot, lambda: not rescued.exists())
        with reopened() as after:
            found = {row.draft.content.summary for row in writing.open_drafts(after)}
            assert found == {"", "five words that were kept"}

    async def test_a_stored_draft_that_was_written_in_since_is_never_written_over(
        self, workspace, draft, rescued, clock, in_the_vault, until, keys, read_screen, reopened
    ):
        since = draft.content.model_copy(update={"summary": "since"})
        workspace.clock.instant = workspace.clock.instant.replace(hour=21)
        writing.save_draft(workspace, draft.model_copy(update={"content": since}))
        async with in_the_vault() as pilot:
            await until(pilot, lambda: isinstance(pilot.app.screen, RescuedDraft))
            assert "was written in since" in read_screen(pilot.app)
            assert "Keep both" not in read_screen(pilot.app)
            await keys(pilot, "enter")
            await until(pilot, lambda: not rescued.exists())
        with reopened() as after:
            found = {row.draft.content.summary for row in writing.open_drafts(after)}
            assert found == {"since", "five words that were kept"}

    async def test_where_nothing_can_be_written_it_waits_and_says_why(
        self, rescued, in_the_vault, until, keys, read_screen, monkeypatch
    ):
        def refuse(_folder):
            raise ReadOnlyFolderError("The lock cannot be written.")

        monkeypatch.setattr(VaultLock, "acquire", refuse)
        async with in_the_vault() as pilot:
            await until(pilot, lambda: sentences.rescued_waiting(1) in read_screen(pilot.app))
            await keys(pilot, "r")
            await until(pilot, lambda: pilot.app.screen.query_one(NoticeLine).is_error)
            assert "write-protected" in notice(pilot)
            assert rescued.exists()

    async def test_a_damaged_file_is_told_and_kept(self, rescued, in_the_vault, until, read_screen):
        rescued.write_bytes(rescued.read_bytes()[:-1])
        async with in_the_vault() as pilot:
            await until(pilot, lambda: sentences.rescued_unusable(1) in read_screen(pilot.app))
            assert isinstance(pilot.app.screen, TodayScreen)
            assert rescued.exists()

    @pytest.mark.parametrize("size", [(60, 20), (120, 40)])
    async def test_the_question_fits(self, size, rescued, in_the_vault, until, read_screen):
        async with in_the_vault(size=size) as pilot:
            await until(pilot, lambda: isinstance(pilot.app.screen, RescuedDraft))
            seen = " ".join(read_screen(pilot.app).split())
            for words in (sentences.RESCUED_TITLE, "Bring it back", "Keep both", "Later", "14:52"):
                assert words in seen
