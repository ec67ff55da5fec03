"""Participants out of a file and into one, on screen: file, columns, rows; nothing is guessed silently."""

from __future__ import annotations

import asyncio
import threading
from contextlib import asynccontextmanager

import pytest

from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.owner import Owner
from peernote_tui.services import action_items
from peernote_tui.ui.screens.choose_column import ChooseColumn
from peernote_tui.ui.screens.exporting import ExportScreen
from peernote_tui.ui.screens.exporting_calendar import CalendarExport
from peernote_tui.ui.screens.importing import ImportScreen, Step
from peernote_tui.ui.widgets.field import Field

CLIENTS = (
    "First Name,Last Name,Date of Birth,Client ID,Mobile,Case worker\n"
    "Maria,Santos,5/2/1991,,,Lee\n"
    "Ana [/],Núñez,13/5/1985,X-2,555-0199,Lee\n"
    ",,1/1/1990,X-3,,\n"
)


@pytest.fixture
def at_import(in_the_vault, until):
    """Run PeerNote at the import: `async with at_import() as pilot`."""

    @asynccontextmanager
    async def running(*, size=(80, 24)):
        async with in_the_vault(size=size) as pilot:
            await pilot.press("i")
            await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen) and pilot.app.screen.focused)
            yield pilot

    return running


@pytest.fixture
def read_file(until):
    """Name a file and read it: `await read_file(pilot, path)`."""

    async def reading(pilot, path, step=Step.COLUMNS):
        pilot.app.screen.query_one("#file").load(str(path))
        await pilot.press("enter")
        await until(pilot, lambda: not pilot.app.screen._busy)
        assert pilot.app.screen._step is step

    return reading


@pytest.fixture
def clients(tmp_path):
    path = tmp_path / "clients.csv"
    path.write_text(CLIENTS, encoding="utf-8")
    return path


def names(workspace):
    with workspace.reading() as work:
        return [who.name for who in work.participants.every(archived=True)]


async def test_a_list_is_read_mapped_looked_at_and_taken_in(
    participant, clients, at_import, read_file, read_screen, until, type_in, reopened
):
    async with at_import() as pilot:
        await read_file(pilot, clients)
        text = read_screen(pilot.app)
        for words in ("Client ID", "ID", "Case worker", "left out", "Maria, Ana [/]", "Read as UTF-8", "Step 2 of 3"):
            assert words in text
        await pilot.press(*["down"] * 5, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseColumn))
        await type_in(pilot, "question")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen))
        assert "a question of our own" in read_screen(pilot.app)
        await pilot.press("f8")
        await until(pilot, lambda: pilot.app.screen._step is Step.ROWS)
        text = read_screen(pilot.app)
        for words in ("Cannot be taken in   1", "A name is missing.", "Likely here already   1", "M-0042", "New   1"):
            assert words in text
        assert "Birth dates are read day first, because line 3" in text
        await pilot.press("f8")
        assert "F4 leaves them out" in read_screen(pilot.app)
        await pilot.press("f4", "down", "space")
        assert "added anyway" in read_screen(pilot.app)
        await pilot.press("space", "f8")
        await until(pilot, lambda: not isinstance(pilot.app.screen, ImportScreen))
        assert "1 participant is taken in. 1 skipped. 1 left out." in read_screen(pilot.app)
    with reopened() as opened:
        assert names(opened) == ["Ana [/] Núñez", "Maria Santos"]
        with opened.reading() as work:
            (ana,) = work.participants.by_name("Ana [/] Núñez")
        assert [(one.label, one.value) for one in ana.custom] == [("Case worker", "Lee")]


async def test_what_the_file_leaves_open_is_asked_where_it_can_be_answered(
    workspace, tmp_path, at_import, read_file, read_screen, until
):
    (tmp_path / "polish.csv").write_bytes("Imię,Born\nŁukasz,2/5/1990\n".encode("cp1250"))
    async with at_import() as pilot:
        await pilot.press("enter")
        assert pilot.app.screen.query_one("#field-file", Field).error == "Name the file first."
        await read_file(pilot, tmp_path / "nowhere.csv", Step.FILE)
        assert "no longer there" in pilot.app.screen.query_one("#field-file", Field).error
        await read_file(pilot, tmp_path / "polish.csv", Step.FILE)
        error = pilot.app.screen.query_one("#field-encoding", Field).error
        assert "The encoding cannot be told" in error
        assert "--" not in error
        pilot.app.screen.query_one("#encoding").load("windows-1250")
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen._step is Step.COLUMNS)
        await pilot.press("f8")
        await until(pilot, lambda: "No column" in pilot.app.screen.said)
        assert "--" not in pilot.app.screen.said
        await pilot.press("escape", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseColumn))
        await pilot.press(*"name", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen))
        await pilot.press("f8")
        await until(pilot, lambda: "day first or month first" in pilot.app.screen.said)
        assert "--" not in pilot.app.screen.said
        await pilot.press("d")
        assert "Dates such as 2/5: day first." in read_screen(pilot.app)
        await pilot.press("f8")
        await until(pilot, lambda: pilot.app.screen._step is Step.ROWS)
        assert "Łukasz" in read_screen(pilot.app)
        await pilot.press("escape", "escape", "escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, ImportScreen))


async def test_an_import_that_is_stopped_leaves_nothing(
    workspace, clients, at_import, read_file, until, monkeypatch, reopened
):
    from peernote_tui.services import importing_people

    monkeypatch.setattr(importing_people, "_EVERY", 1)
    clients.write_text("Name\n" + "".join(f"Person {number}\n" for number in range(50)), encoding="utf-8")
    async with at_import() as pilot:
        await read_file(pilot, clients)
        await pilot.press("f8")
        await until(pilot, lambda: pilot.app.screen._step is Step.ROWS)
        screen, real = pilot.app.screen, importing_people._add

        def stop_in_the_middle(*given):
            screen._stopped = True
            return real(*given)

        monkeypatch.setattr(importing_people, "_add", stop_in_the_middle)
        await pilot.press("f8")
        await until(pilot, lambda: "Nothing was taken in" in screen.said)
    with reopened() as opened:
        assert names(opened) == []


async def test_locking_ends_an_import_and_nothing_of_it_is_kept(
    workspace, clients, at_import, read_file, until, monkeypatch, reopened
):
    from peernote_tui.services import importing_people

    monkeypatch.setattr(importing_people, "_EVERY", 1)
    clients.write_text("Name\n" + "".join(f"Person {number}\n" for number in range(50)), encoding="utf-8")
    async with at_import() as pilot:
        await read_file(pilot, clients)
        await pilot.press("f8")
        await until(pilot, lambda: pilot.app.screen._step is Step.ROWS)
        app, loop, real, locked = pilot.app, asyncio.get_running_loop(), importing_people._add, threading.Event()

        def lock():
            app.action_lock()
            locked.set()

        def lock_in_the_middle(*given):
            loop.call_soon_threadsafe(lock)
            assert locked.wait(10)
            return real(*given)

        monkeypatch.setattr(importing_people, "_add", lock_in_the_middle)
        await pilot.press("f8")
        await until(pilot, lambda: not app.gateway.is_open)
    with reopened() as opened:
        assert names(opened) == []


async def test_participants_are_written_and_nothing_is_replaced_unasked(
    participant, tmp_path, in_the_vault, read_screen, until
):
    target = tmp_path / "out.csv"
    target.write_bytes(b"mine")
    async with in_the_vault() as pilot:
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExportScreen) and pilot.app.screen.focused)
        assert "not encrypted" in read_screen(pilot.app)
        await pilot.press("enter", "enter")
        pilot.app.screen.query_one("#file").load(str(target))
        await pilot.press("f8")
        await until(pilot, lambda: "replace it with F4" in pilot.app.screen.query_one("#field-file", Field).error)
        assert target.read_bytes() == b"mine"
        for name, why in (("~nobody-here/out.csv", "There is no folder"), (str(tmp_path / "NUL.csv"), "device")):
            pilot.app.screen.query_one("#file").load(name)
            await pilot.press("f8")
            await until(pilot, lambda why=why: why in pilot.app.screen.query_one("#field-file", Field).error)
        pilot.app.screen.query_one("#file").load(str(target))
        await pilot.press("f8")
        await until(pilot, lambda: "replace it with F4" in pilot.app.screen.query_one("#field-file", Field).error)
        await pilot.press("f4")
        await until(pilot, lambda: not isinstance(pilot.app.screen, ExportScreen))
        assert "1 participant is written, readable by anyone who has out.csv." in read_screen(pilot.app)
    assert b"Maria Santos" in target.read_bytes()


async def test_a_folder_that_is_copied_to_the_internet_is_told(
    participant, tmp_path, in_the_vault, read_screen, until, monkeypatch
):
    monkeypatch.setenv("OneDrive", str(tmp_path))
    async with in_the_vault() as pilot:
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExportScreen) and pilot.app.screen.focused)
        await pilot.press("enter", "enter")
        pilot.app.screen.query_one("#file").load(str(tmp_path / "out.csv"))
        await pilot.press("f8")
        await until(pilot, lambda: not isinstance(pilot.app.screen, ExportScreen))
        assert "OneDrive copies this folder: the file leaves this computer." in " ".join(read_screen(pilot.app).split())


async def test_the_name_of_a_file_is_completed(workspace, clients, at_import, read_file, read_screen, until):
    async with at_import(size=(120, 40)) as pilot:
        box = pilot.app.screen.query_one("#file")
        box.value = str(clients)[:-6]
        await until(pilot, lambda: box._suggestion == str(clients))
        await pilot.press("end", "right")
        assert box.value == str(clients)
        await read_file(pilot, box.value)
        assert "5/2/1991, 13/5/1985" in read_screen(pilot.app)


async def test_the_calendar_is_written_from_the_palette(
    workspace, participant, tmp_path, in_the_vault, read_screen, until
):
    line = ActionLine("call Ana", Owner.ME, due=workspace.today)
    action_items.add_action(workspace, participant.id, line)
    target = tmp_path / "out.ics"
    async with in_the_vault() as pilot:
        await pilot.press("ctrl+p", *"export calendar")
        await until(pilot, lambda: "Export calendar" in read_screen(pilot.app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CalendarExport) and pilot.app.screen.focused)
        assert "not encrypted" in read_screen(pilot.app)
        # Both, all of it, with initials, without places.
        await pilot.press("enter", "enter", "2", "enter", "enter")
        pilot.app.screen.query_one("#file").load(str(target))
        await pilot.press("f8")
        await until(pilot, lambda: not isinstance(pilot.app.screen, CalendarExport))
        assert "0 meetings and 1 due day are written" in read_screen(pilot.app)
    assert b"SUMMARY:Action due: MS\r\n" in target.read_bytes()
