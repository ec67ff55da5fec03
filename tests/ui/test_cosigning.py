"""A note to a supervisor, the statement signed with another key, and back under the note; through real keys."""

import pytest

from peernote_tui.documents.note_json import read_note_file, write_addendum, write_notes
from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.domain.audit import AuditAction
from peernote_tui.services import amending, cosigning, interchange
from peernote_tui.services.unlocking import close, open_vault
from peernote_tui.ui.flows import open_note
from peernote_tui.ui.screens.adding.choosing import AddChooser
from peernote_tui.ui.screens.cosigning import CosignScreen
from peernote_tui.ui.screens.note import NoteScreen
from peernote_tui.ui.screens.one_line import OneLine
from peernote_tui.ui.screens.today import TodayScreen
from peernote_tui.ui.widgets.confirm import Confirm
from peernote_tui.ui.widgets.text_input import TextInput
from peernote_tui.vault import files

PHRASE = "correct horse battery staple"


@pytest.fixture
def note(add_participant, write_note):
    return write_note(add_participant(external_id="M-0042"))


@pytest.fixture
def sent(workspace, note, tmp_path):
    """The file of the note, as it came to the supervisor."""
    path = tmp_path / "note.json"
    path.write_bytes(write_notes(interchange.export_notes(workspace, note_ids=(note.id,))))
    return path


@pytest.fixture
def supervisor(make_vault):
    folder, _code = make_vault(name="supervisor.peernote")
    return folder


@pytest.fixture
def cosigned(sent, note, supervisor, clock, tmp_path):
    """The file that comes back."""
    theirs = open_vault(supervisor, PHRASE, clock=clock)
    path = tmp_path / "back.json"
    path.write_bytes(write_addendum(cosigning.cosign(theirs, note, "I read this and agree [/].")))
    close(theirs)
    return path


@pytest.fixture
def to(until):
    async def going(pilot, kind):
        await until(pilot, lambda: type(pilot.app.screen) is kind and pilot.app.screen.focused is not None)
        return pilot.app.screen

    return going


@pytest.fixture
def name_file(to):
    """Type the name of a file into the question in front."""

    async def naming(pilot, path):
        asked = await to(pilot, OneLine)
        asked.query_one(TextInput).value = str(path)
        await pilot.press("enter")

    return naming


async def test_a_note_is_sent_and_what_comes_back_stands_under_it(
    note, cosigned, in_the_vault, keys, to, until, read_screen, name_file, tmp_path
):
    async with in_the_vault() as pilot:
        app = pilot.app
        await open_note(app, note.id)
        await to(pilot, NoteScreen)
        await keys(pilot, "a")
        await to(pilot, AddChooser)
        assert "Send for co-signature" in read_screen(app)
        await keys(pilot, "o")
        await to(pilot, OneLine)
        assert "not encrypted" in read_screen(app)
        target = tmp_path / "out.json"
        target.write_text("mine")
        await name_file(pilot, target)
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await keys(pilot, "n")
        await to(pilot, OneLine)
        assert target.read_text() == "mine"
        target = tmp_path / "out2.json"
        await name_file(pilot, target)
        await until(pilot, lambda: "Written to out2.json" in app.screen.said)
        assert read_note_file(target.read_bytes()).notes == (note,)
        logged = await app.gateway.call(_actions_logged)
        assert (AuditAction.NOTE_EXPORTED, note.id) in logged

        # The wrong file says so where its name stands, and the name can be typed over.
        await keys(pilot, "a", "t")
        await name_file(pilot, target)
        await until(pilot, lambda: "holds a note" in read_screen(app))
        await name_file(pilot, cosigned)
        await to(pilot, NoteScreen)
        await until(pilot, lambda: "co-signed" in read_screen(app))
        assert app.screen.said.startswith("Co-signed by ")
        history = await app.gateway.call(amending.note_with_addenda, note.id)
        (added,) = history.addenda
        assert (added.kind, added.text) == (AddendumKind.COSIGNATURE, "I read this and agree [/].")

        # Once more from Today: nothing changes, and its note is shown.
        await keys(pilot, "escape")
        await to(pilot, TodayScreen)
        await keys(pilot, "j")
        await name_file(pilot, cosigned)
        await to(pilot, NoteScreen)
        await until(pilot, lambda: "stands there already" in app.screen.said)


def _actions_logged(workspace):
    with workspace.reading() as work:
        return [(entry.action, entry.subject) for entry in work.audit.entries()]


async def test_a_supervisor_reads_and_signs_and_no_word_is_lost(
    note,
    sent,
    supervisor,
    at_the_door,
    keys,
    to,
    until,
    type_in,
    read_screen,
    name_file,
    tmp_path,
    workspace,
    monkeypatch,
):
    async with at_the_door(supervisor, passphrase=PHRASE) as pilot:
        app = pilot.app
        await to(pilot, TodayScreen)
        await keys(pilot, "q")
        await name_file(pilot, sent)
        screen = await to(pilot, CosignScreen)
        assert note.content.summary in "\n".join(line.plain for line in screen.query_one("NoteText").lines(70))
        await keys(pilot, "f8")
        assert "Write what you read" in read_screen(app)
        await type_in(pilot, "I read this")
        await keys(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await keys(pilot, "n")
        await to(pilot, CosignScreen)
        sent.unlink()
        await pilot.press("ctrl+l")
    async with at_the_door(supervisor, passphrase=PHRASE) as pilot:
        app = pilot.app
        screen = await to(pilot, CosignScreen)
        await until(pilot, lambda: not screen.is_returning)
        await type_in(pilot, " and agree.")
        await keys(pilot, "f8")
        # A folder that is not there is told before it is signed; what the disk refuses leaves it signed, once.
        await name_file(pilot, tmp_path / "nowhere" / "back.json")
        await until(pilot, lambda: "There is no folder" in read_screen(app))
        with monkeypatch.context() as broken:
            broken.setattr(files, "_require_kept", lambda path, _data: (_ for _ in ()).throw(files.disk_full(path)))
            await name_file(pilot, tmp_path / "back.json")
            await until(pilot, lambda: screen.said and isinstance(app.screen, CosignScreen))
        assert not (tmp_path / "back.json").exists()
        await keys(pilot, "f8")
        await name_file(pilot, tmp_path / "back.json")
        await to(pilot, TodayScreen)
        await until(pilot, lambda: "Signed and written to back.json" in app.screen.said)
        logged = [action for action, _ in await app.gateway.call(_actions_logged)]
        assert logged.count(AuditAction.NOTE_COSIGNED) == 1
    found = read_note_file((tmp_path / "back.json").read_bytes())
    assert found.addenda[0].text == "I read this and agree."
    assert interchange.import_file(workspace, (), found.addenda).addenda[0].new


async def test_ones_own_note_a_changed_note_and_no_note_are_refused_in_a_sentence(
    note, sent, cosigned, supervisor, in_the_vault, at_the_door, keys, to, until, read_screen, name_file, tmp_path
):
    async with in_the_vault() as pilot:
        await keys(pilot, "q")
        await name_file(pilot, sent)
        await until(pilot, lambda: "You signed this note yourself." in read_screen(pilot.app))
        await keys(pilot, "escape")
        await to(pilot, TodayScreen)
    changed = tmp_path / "changed.json"
    changed.write_bytes(sent.read_bytes().replace(b"second notice", b"third notice"))
    odd = tmp_path / "odd.json"
    odd.write_bytes(b"{")
    async with at_the_door(supervisor, passphrase=PHRASE) as pilot:
        await to(pilot, TodayScreen)
        await keys(pilot, "q")
        for path, said in (
            (changed, "was changed after it was"),
            (odd, "There is no note and no co-signature"),
            (cosigned, "a co-signature, and no note"),
            (tmp_path, "This is a folder."),
            (tmp_path / "gone.json", "is no longer there"),
        ):
            await name_file(pilot, path)
            await until(pilot, lambda said=said: said in " ".join(read_screen(pilot.app).split()))
        # Its note is in the other vault.
        await keys(pilot, "escape", "j")
        await name_file(pilot, cosigned)
        await until(pilot, lambda: "is not in the vault" in " ".join(read_screen(pilot.app).split()))
