"""Handing out in the app, with real keys on a real vault and real files."""

from __future__ import annotations

import errno
import io
import os
import sys
import threading
from datetime import date
from email import message_from_bytes, policy

import pytest
from icalendar import Calendar
from pypdf import PdfReader
from tests.ui.conftest import screen_text

from peernote_tui.domain.consent import ConsentDetails, ConsentHow, ConsentScope
from peernote_tui.services.consenting import give_consent
from peernote_tui.services.disclosing import disclosures_of
from peernote_tui.ui.screens import handing_work
from peernote_tui.ui.screens.disclosures import DisclosuresScreen
from peernote_tui.ui.screens.handing_out import HandOutScreen
from peernote_tui.ui.screens.note import NoteScreen
from peernote_tui.ui.screens.note_choice import NoteChoice
from peernote_tui.ui.screens.participant import ParticipantScreen
from peernote_tui.vault import files

CLINIC = "Harbor Clinic"


@pytest.fixture
def shared(workspace, consented, write_note):
    """Tomás with two notes and a consent to share with a clinic."""
    write_note(consented, summary="Earlier.", day="2026-11-20", late_reason="Late.")
    write_note(consented)
    details = ConsentDetails(recipient=CLINIC, recipient_address="1 Pier Road", what="notes", purpose="treatment")
    give_consent(
        workspace,
        consented.id,
        scope=ConsentScope.SHARING,
        how=ConsentHow.WRITTEN,
        details=details,
        expires_on=date(2027, 6, 1),
    )
    return consented


@pytest.fixture
def on_the_note(in_the_vault, keys, until):
    """Run the app with the newest note in front, and go on to the hand-out screen."""
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def running(size=(80, 24)):
        async with in_the_vault(size=size) as pilot:
            await keys(pilot, "3", "enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen))
            await keys(pilot, "f8")
            await until(pilot, lambda: ready(pilot))
            yield pilot

    return running


def ready(pilot):
    screen = pilot.app.screen
    return isinstance(screen, HandOutScreen) and screen.box("file").value


def read(pilot):
    return screen_text(pilot.app)


def words(pilot):
    return " ".join(read(pilot).split())


async def account(pilot, person):
    return await pilot.app.gateway.call(disclosures_of, person.id)


def name_file(pilot, path):
    pilot.app.screen.box("file").value = str(path)


async def test_a_note_goes_to_the_one_a_consent_names(on_the_note, shared, keys, type_in, until, tmp_path):
    target = tmp_path / "out.pdf"
    async with on_the_note() as pilot:
        assert "note-2026-11-23.pdf" in pilot.app.screen.box("file").value
        await keys(pilot, "enter")
        await type_in(pilot, "harbor clinic")
        await keys(pilot, "enter", "enter")
        await type_in(pilot, "2")
        await keys(pilot)
        assert pilot.app.screen.chosen("purpose") == "care"
        assert pilot.app.screen.chosen("consent")
        assert not pilot.app.screen.field("reason").display
        assert "42 CFR Part 2, the scope of the consent" in words(pilot)
        name_file(pilot, target)
        await keys(pilot, "f8")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen))
        assert "Accounted for: 1 note" in words(pilot)
        (row,) = await account(pilot, shared)
    assert (row.to, row.form, bool(row.consent_id), row.reason) == ("harbor clinic", "pdf", True, "")
    text = " ".join("".join(page.extract_text() for page in PdfReader(target).pages).split())
    assert "We read the second notice" in text
    assert "42 CFR part 2" in text
    assert CLINIC in text
    if sys.platform != "win32":
        assert target.stat().st_mode & 0o077 == 0


async def test_without_consent_a_reason_is_asked_and_printed(on_the_note, shared, keys, type_in, until, tmp_path):
    target = tmp_path / "out.txt"
    async with on_the_note() as pilot:
        screen = pilot.app.screen
        await keys(pilot, "f8")
        assert "What it is for is missing" in words(pilot)
        await keys(pilot, "8")
        name_file(pilot, target)
        screen.choice("form").value = "txt"
        name_file(pilot, target)
        await keys(pilot, "f8")
        assert "To whom is missing" in words(pilot)
        await type_in(pilot, "Ward 4")
        await keys(pilot, "f8")
        assert "No consent to share with this recipient is on file" in words(pilot)
        assert screen.focused is screen.box("reason")
        assert not target.exists()
        assert await account(pilot, shared) == ()
        await type_in(pilot, "overdose, could not ask")
        await keys(pilot, "f8")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen))
        (row,) = await account(pilot, shared)
    assert row.reason == "overdose, could not ask"
    assert "Reason: overdose, could not ask" in target.read_text(encoding="utf-8")


async def test_a_file_that_cannot_be_written_leaves_nothing_and_accounts_for_nothing(
    on_the_note, shared, keys, until, tmp_path, monkeypatch
):
    def full(*_args):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    async def refused(pilot, path, why):
        name_file(pilot, path)
        await keys(pilot, "f8")
        assert isinstance(pilot.app.screen, HandOutScreen)
        assert why in pilot.app.screen.field("file").error
        assert await account(pilot, shared) == ()

    there = tmp_path / "mine.pdf"
    there.write_bytes(b"mine")
    async with on_the_note() as pilot:
        pilot.app.screen.choice("purpose").value = "own"
        await refused(pilot, tmp_path / "CON.pdf", "device")
        await refused(pilot, tmp_path / "a:b?.pdf", "Windows takes no")
        await refused(pilot, tmp_path / "a.docx", "another format")
        await refused(pilot, tmp_path / "nowhere" / "out.pdf", "nowhere")
        with monkeypatch.context() as broken:
            broken.setattr(files, "sync_handle", full)
            await refused(pilot, tmp_path / "out.pdf", "out.pdf")
        assert [path for path in tmp_path.iterdir() if path.suffix in (".pdf", ".part", ".docx")] == [there]
        name_file(pilot, there)
        await keys(pilot, "f4")
        await refused(pilot, there, "is there already")
        assert there.read_bytes() == b"mine"
        await keys(pilot, "f4")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen))
    assert there.read_bytes().startswith(b"%PDF")


async def test_passwords_are_typed_twice_and_forgotten_by_a_lock(
    on_the_note, in_the_vault, shared, keys, type_in, until, tmp_path
):
    target = tmp_path / "out.pdf"
    async with on_the_note() as pilot:
        screen = pilot.app.screen
        screen.choice("purpose").value = "own"
        screen.choice("closed").value = "password"
        name_file(pilot, target)
        await keys(pilot, "f8")
        assert "Type it first" in screen.field("secret").error
        await type_in(pilot, "one thing")
        await keys(pilot, "enter")
        await type_in(pilot, "another")
        await keys(pilot, "f8")
        assert "differ" in screen.field("again").error
        assert not target.exists()
        await keys(pilot, "ctrl+l")
        await until(pilot, lambda: not pilot.app.gateway.is_open)
    async with in_the_vault() as pilot:
        await until(pilot, lambda: ready(pilot) and not pilot.app.screen.is_returning)
        screen = pilot.app.screen
        assert screen.chosen("closed") == "password"
        assert (screen.box("secret").value, screen.box("again").value) == ("", "")
        assert screen.box("file").value == str(target)
        for key in ("secret", "again"):
            screen.box(key).focus()
            await type_in(pilot, "sesame street")
        await keys(pilot, "f8")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen))
    reader = PdfReader(target)
    assert reader.is_encrypted
    assert reader.decrypt("sesame street")


async def test_what_is_stopped_or_locked_in_the_middle_leaves_nothing(
    on_the_note, shared, keys, until, tmp_path, reopened, monkeypatch
):
    target = tmp_path / "out.html"
    begun, gate = threading.Event(), threading.Event()
    really = handing_work.write

    def slowly(prepared, watching):
        begun.set()
        assert gate.wait(10)
        return really(prepared, watching)

    monkeypatch.setattr(handing_work, "write", slowly)
    async with on_the_note() as pilot:
        screen = pilot.app.screen
        screen.choice("purpose").value = "own"
        screen.choice("form").value = "html"
        name_file(pilot, target)
        await pilot.press("f8")
        await until(pilot, begun.is_set)
        assert "Working. Esc stops it" in words(pilot)
        # Meanwhile the vault is free.
        assert await account(pilot, shared) == ()
        await pilot.press("escape")
        gate.set()
        await until(pilot, lambda: "Stopped. Nothing was written" in words(pilot))
        assert isinstance(pilot.app.screen, HandOutScreen)
        assert not target.exists()
        begun.clear()
        gate.clear()
        await pilot.press("f8")
        await until(pilot, begun.is_set)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: not pilot.app.gateway.is_open)
        gate.set()
    with reopened() as workspace:
        assert disclosures_of(workspace, shared.id) == ()
    assert not target.exists()


async def test_a_choice_of_notes_and_the_accounting_on_a_small_terminal(
    in_the_vault, shared, keys, type_in, until, tmp_path
):
    async with in_the_vault(size=(60, 20)) as pilot:
        await keys(pilot, "2", "down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen) and pilot.app.screen.page)
        await keys(pilot, "f8")
        await until(pilot, lambda: ready(pilot))
        assert "record-2026-11-23.pdf" in pilot.app.screen.box("file").value
        await keys(pilot, "f3")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteChoice) and "in person" in read(pilot))
        await keys(pilot, "space", "down", "space", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, HandOutScreen))
        await keys(pilot)
        assert pilot.app.screen.chosen("what") == "notes"
        pilot.app.screen.choice("purpose").value = "own"
        pilot.app.screen.box("to").value = "half a thought"
        await keys(pilot, "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen))
        await keys(pilot, "f8")
        await until(pilot, lambda: ready(pilot))
        assert pilot.app.screen.box("to").value == "half a thought"
        assert pilot.app.screen.chosen("purpose") == "own"
        pilot.app.screen.choice("purpose").value = "participant"
        name_file(pilot, tmp_path / "record.md")
        pilot.app.screen.choice("form").value = "md"
        await keys(pilot, "f8")
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen))
        await keys(pilot, "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, DisclosuresScreen) and "half a thought" in read(pilot))
        await keys(pilot, "x")
        await type_in(pilot, "never left")
        await keys(pilot, "enter")
        await until(pilot, lambda: "taken back" in read(pilot))
        await keys(pilot, "p")
        await until(pilot, lambda: ready(pilot))
        assert "accounting-2026-11-23.md" in pilot.app.screen.box("file").value
        assert pilot.app.screen.chosen("purpose") == "participant"
    assert "We read the second notice" in (tmp_path / "record.md").read_text(encoding="utf-8")


async def test_a_draft_of_an_e_mail_with_a_closed_file_in_it(on_the_note, shared, keys, type_in, until, tmp_path):
    async with on_the_note() as pilot:
        screen = pilot.app.screen
        screen.box("to").value = CLINIC
        screen.choice("purpose").value = "care"
        screen.choice("form").value = "docx"
        name_file(pilot, tmp_path / "for the clinic.docx")
        await keys(pilot)
        screen.choice("closed").focus()
        await type_in(pilot, "2")
        await keys(pilot)
        assert screen.box("file").value.endswith("for the clinic.docx.age")
        screen.choice("form").value = "pdf"
        await keys(pilot)
        screen.choice("closed").value = "password"
        await keys(pilot)
        assert screen.box("file").value.endswith("for the clinic.pdf")
        for key in ("secret", "again"):
            screen.box(key).focus()
            await type_in(pilot, "sesame street")
        await keys(pilot, "enter")
        assert screen.focused is screen.choice("mail")
        await type_in(pilot, "2")
        await keys(pilot)
        assert screen.box("file").value == str(tmp_path / "for the clinic.eml")
        assert "addressed to nobody yet" in words(pilot)
        screen.box("address").value = "intake@clinic.example"
        await keys(pilot)
        assert "It goes to intake@clinic.example." in words(pilot)
        assert "What is attached is closed. The draft will be" in words(pilot)
        screen.choice("form").value = "rtf"
        await keys(pilot)
        # What was to be closed stays so, with the same words, in a format that takes no password.
        assert screen.chosen("closed") == "passphrase"
        assert "PDF password" not in words(pilot)
        screen.choice("form").value = "pdf"
        await keys(pilot)
        screen.choice("closed").value = "password"
        name_file(pilot, tmp_path / "nowhere" / "for the clinic.eml")
        await keys(pilot, "f8")
        # The page is longer than the terminal; what is wrong stands in sight.
        assert "There is no folder" in words(pilot)
        name_file(pilot, tmp_path / "for the clinic.eml")
        await keys(pilot, "f8")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen))
        (row,) = await account(pilot, shared)
    assert (row.form, row.protected, row.address) == ("eml (pdf)", "password", "intake@clinic.example")
    message = message_from_bytes((tmp_path / "for the clinic.eml").read_bytes(), policy=policy.default)
    assert (message["To"], "Tom" in message["Subject"]) == ("intake@clinic.example", False)
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "document.pdf"
    reader = PdfReader(io.BytesIO(attached.get_content()))
    assert reader.is_encrypted
    assert reader.decrypt("sesame street")


async def test_the_meetings_of_a_participant_as_a_calendar(in_the_vault, shared, keys, type_in, until, tmp_path):
    target = tmp_path / "meetings.ics"
    async with in_the_vault() as pilot:
        await keys(pilot, "2", "down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen) and pilot.app.screen.page)
        await keys(pilot, "f8")
        await until(pilot, lambda: ready(pilot))
        screen = pilot.app.screen
        screen.choice("form").value = "docx"
        await type_in(pilot, "5")
        await keys(pilot)
        assert "calendar-2026-11-23.ics" in screen.box("file").value
        assert not screen.field("paper").display
        assert "without names and places" in words(pilot)
        await type_in(pilot, "2")
        await keys(pilot)
        assert screen.chosen("form") == "docx"
        await type_in(pilot, "5")
        await keys(pilot)
        screen.choice("purpose").value = "benefits"
        screen.box("to").value = "County desk"
        screen.box("reason").value = "a lift has to be booked"
        name_file(pilot, target)
        await keys(pilot)
        assert "Beside them: the notice of 42 CFR Part 2, and the reason." in words(pilot)
        await keys(pilot, "f8")
        await until(pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen))
        (row,) = await account(pilot, shared)
        await keys(pilot, "f8")
        await until(pilot, lambda: ready(pilot))
        assert pilot.app.screen.chosen("form") == "pdf"
    assert (row.what, row.form) == ("the planned meetings", "ics")
    calendar = Calendar.from_ical(target.read_bytes())
    assert {str(event["SUMMARY"]) for event in calendar.walk("VEVENT")} == {"Meeting"}
    assert "42 CFR part 2" in calendar["DESCRIPTION"]
    assert "a lift has to be booked" in calendar["DESCRIPTION"]


async def test_a_draft_is_handed_out_as_a_form_from_the_note_that_is_written(
    in_the_wizard, write_draft, consented, keys, type_in, until, tmp_path
):
    draft = write_draft(consented, summary="Not signed yet.")
    async with in_the_wizard(draft.id) as pilot:
        await keys(pilot, "ctrl+p")
        await type_in(pilot, "hand out")
        await until(pilot, lambda: "the whole record, a summary" in words(pilot))
        await keys(pilot, "enter")
        await until(pilot, lambda: ready(pilot))
        screen = pilot.app.screen
        assert (screen.chosen("what"), screen.note_ids) == ("form", (draft.id,))
        assert "A form with what is written so far." in words(pilot)
        assert "form-2026-11-23.pdf" in screen.box("file").value
        screen.choice("purpose").value = "participant"
        screen.choice("form").value = "txt"
        name_file(pilot, tmp_path / "form.txt")
        await keys(pilot, "f8")
        await until(pilot, lambda: "Accounted for: a draft" in words(pilot))
        (row,) = await account(pilot, consented)
    assert (row.form, row.note_ids) == ("txt", (draft.id,))
    assert "Not signed yet." in (tmp_path / "form.txt").read_text(encoding="utf-8")
