"""Every way by which what is written about a participant leaves the vault passes the door that keeps the account."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from peernote_tui.documents.document import DocumentKind
from peernote_tui.documents.people.table import FileKind
from peernote_tui.documents.rendering import LAID_OUT, Format
from peernote_tui.domain.calendar_row import CalendarNames
from peernote_tui.domain.disclosure import Purpose
from peernote_tui.domain.errors import RefusedError, VaultDamagedError
from peernote_tui.services import (
    cosignature_files,
    data_out,
    disclosing,
    erasing,
    exporting_calendar,
    exporting_people,
    handing_out,
    interchange,
    notes,
    writing,
)
from peernote_tui.vault.read_only import ReadOnlyReason

SOURCE = Path(__file__).parents[2] / "src" / "peernote_tui"
OURS = frozenset(
    {"place_file", "place_out", "create_private", "write_atomically", "to_file", "to_stdout", "hand_over_soon"}
)
LIBRARY = frozenset(
    {
        *("write_bytes", "write_text", "fdopen", "symlink_to", "hardlink_to"),
        *("mkstemp", "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile"),
        *("copyfile", "copyfileobj", "copy2", "copytree", "extractall", "make_archive"),
        *("Popen", "check_call", "check_output", "startfile", "execv", "execve", "spawnv", "posix_spawn"),
        *("socket", "create_connection", "urlopen", "SMTP", "sendmail", "sendto"),
        *("basicConfig", "FileHandler", "copy_to_clipboard"),
    }
)
WHOLE = frozenset(
    {
        *("os.write", "os.open", "os.system", "os.sendfile", "shutil.copy", "shutil.move", "subprocess.run"),
        *("webbrowser.open", "sys.stdout.write", "sys.stdout.buffer.write", "sys.stderr.write"),
    }
)
"""What brings bytes out of the program: by its name, or by the whole of it."""
NAMES = OURS | LIBRARY | {each.rpartition(".")[2] for each in WHOLE} | {"open"}
READING = re.compile(r"[rbt]+")
PASSES = {
    "services/handing_out.py": (1, "documents: test_documents"),
    "services/placing.py": (1, "what others hand it, accounted for: test_writing_out"),
    "cli/giving.py": (1, "documents: test_documents"),
    "cli/exporting.py": (2, "JSON: test_ways_out[json]"),
    "services/cosignature_files.py": (1, "test_ways_out[co-signature]"),
    "services/exporting_people.py": (2, "what others hand it"),
    "services/erasing.py": (1, "test_ways_out[record]"),
    "ui/screens/exporting.py": (1, "writes what test_ways_out[participants] gives"),
    "cli/people_files.py": (1, "writes what test_ways_out[participants] gives"),
    "ui/screens/exporting_calendar.py": (1, "writes what test_ways_out[calendar] gives"),
    "cli/calendar.py": (2, "writes what test_ways_out[calendar] gives"),
    "ui/screens/note.py": (1, "test_ways_out[note to the clipboard]"),
    "ui/screens/note_wizard/frame.py": (1, "test_ways_out[words to the clipboard]"),
}
"""Modules that bring content out: in how many places, and what shows that it is accounted for."""
NO_CONTENT = {
    "cli/files.py": (4, "what others hand it"),
    "cli/main.py": (2, "nothing, where nobody reads any more"),
    "ui/screens/verify.py": (1, "the log's anchor"),
    "ui/screens/log.py": (1, "the log's anchor"),
    "ui/settings.py": (1, "settings of this machine"),
    "ui/screens/templates.py": (1, "a form"),
    "cli/template_sources.py": (2, "a form"),
    "cli/printing_forms.py": (2, "an empty form"),
    "ui/screens/printing_form.py": (1, "an empty form"),
    "cli/amending.py": (2, "a co-signature under somebody else's note, without a word of it"),
    "ui/screens/cosigning.py": (1, "the same"),
    "ui/endings.py": (1, "nothing: the program begins anew"),
    "cli/keys.py": (1, "keys"),
    "services/recovery_sheet.py": (1, "a recovery code"),
    "ui/screens/report.py": (1, "counts, without a name"),
}
"""Modules that bring out nothing that is written about a participant."""


def ways_out(source):
    """How many calls in a module bring bytes out."""
    return sum(_brings_out(node) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))


def _brings_out(call):
    name = getattr(call.func, "attr", "") or getattr(call.func, "id", "")
    if name not in NAMES:
        return False
    whole = ast.unparse(call.func)
    if name == "open" and whole not in WHOLE:
        modes = [each.value for each in call.keywords if each.arg == "mode"]
        modes += call.args[1:2] if whole in ("open", "io.open") else call.args[:1]
        # `drafts.open(person)` opens no file.
        told = [mode.value for mode in modes if isinstance(mode, ast.Constant) and isinstance(mode.value, str)]
        return any(not READING.fullmatch(mode) for mode in told) or (
            whole in ("open", "io.open") and modes != [] == told
        )
    return name in OURS | LIBRARY or whole in WHOLE


def test_nothing_brings_bytes_out_that_is_not_known_here():
    found = {}
    for path in SOURCE.rglob("*.py"):
        if path.relative_to(SOURCE).parts[0] != "vault" and (count := ways_out(path.read_text(encoding="utf-8"))):
            found[path.relative_to(SOURCE).as_posix()] = count
    assert found == {name: count for name, (count, _) in (PASSES | NO_CONTENT).items()}


@pytest.mark.parametrize(
    "way",
    [
        "place_file(path, data, replace=False)",
        "handing.place_out(workspace, path, data)",
        "Path('x').write_bytes(data)",
        "path.open('wb')",
        "open(path, mode='a')",
        "open(path, how)",
        "io.open('x', 'r+')",
        "os.write(1, data)",
        "os.open(path, os.O_WRONLY)",
        "tempfile.NamedTemporaryFile()",
        "subprocess.run(['lp'], input=data)",
        "shutil.copy(one, other)",
        "webbrowser.open(f'mailto:?body={data}')",
        "self.app.copy_to_clipboard(text)",
        "socket.create_connection(address)",
        "sys.stdout.buffer.write(data)",
    ],
)
def test_a_new_way_is_noticed(way):
    assert ways_out(f"def new():\n    {way}\n") == 1


@pytest.mark.parametrize("other", ["work.drafts.open(person)", "path.open('rb')", "open(path)", "x.write(1)"])
def test_what_is_no_way_out_is_none(other):
    assert ways_out(other) == 0


@pytest.fixture
def note(write_note, consented):
    return write_note(consented)


WAYS = {
    "json": lambda workspace, note, _person, _path, **said: interchange.export_notes(
        workspace, note_ids=(note.id,), **said
    ),
    "record": lambda workspace, _note, person, _path: erasing.record_of(workspace, person.id),
    "co-signature": lambda workspace, note, _person, path, **said: cosignature_files.write_for_cosigning(
        workspace, note.id, path / "note.json", **said
    ),
    "participants": lambda workspace, _note, _person, _path, **said: exporting_people.export_people(
        workspace, FileKind.CSV, **said
    ),
    "calendar": lambda workspace, _note, _person, _path, **said: exporting_calendar.export_calendar(
        workspace, first=workspace.today, names=CalendarNames.FULL, **said
    ),
    "places": lambda workspace, _note, _person, _path, **said: exporting_calendar.export_calendar(
        workspace, first=workspace.today, places=True, **said
    ),
    "note to the clipboard": lambda workspace, note, _person, _path: notes.note_copied(workspace, note.id),
    "words to the clipboard": lambda workspace, _note, person, _path: notes.words_copied(
        workspace, writing.start_draft(workspace, person.id).id
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_ways_out(way, workspace, note, consented, tmp_path):
    WAYS[way](workspace, note, consented, tmp_path)
    (row,) = disclosing.disclosures_of(workspace, consented.id)
    assert row.what
    assert row.form


def test_a_calendar_without_names_and_places_tells_of_nobody(workspace, note, consented):
    exporting_calendar.export_calendar(workspace, first=workspace.today)
    assert disclosing.disclosures_of(workspace, consented.id) == ()


FORMS = [
    (kind, form)
    for kind in DocumentKind
    for form in data_out.forms_of(kind)
    if form is Format.TXT or form not in LAID_OUT
]
"""Every kind in every format; of those that are laid out one, since all go one way."""


@pytest.mark.parametrize(("kind", "form"), FORMS)
@pytest.mark.parametrize("to_a_file", [True, False])
def test_documents(kind, form, to_a_file, workspace, note, write_draft, consented, tmp_path):
    chosen = write_draft(consented).id if kind is DocumentKind.FORM else note.id
    request = disclosing.Request(
        participant_id=consented.id, what="x", form="", purpose=Purpose.OWN, note_ids=(chosen,)
    )
    order = handing_out.Order(kind=kind, form=form, mail=not to_a_file, request=request)
    if to_a_file:
        handing_out.hand_out(workspace, order, tmp_path / "file")
    else:
        handing_out.hand_over(workspace, order)
    (row,) = disclosing.disclosures_of(workspace, consented.id)
    assert row.form == (form.value if to_a_file else f"eml ({form.value})")


ASKED_ON_SCREEN = {"note to the clipboard", "words to the clipboard"}
"""Ways of the app alone, where a question comes before each."""


def test_out_of_a_vault_that_is_only_read_nothing_leaves_unless_somebody_says_so(
    workspace, note, consented, tmp_path, monkeypatch
):
    order = handing_out.Order(
        kind=DocumentKind.NOTE,
        form=Format.TXT,
        request=disclosing.Request(participant_id=consented.id, what="x", form="", note_ids=(note.id,)),
    )
    monkeypatch.setattr(workspace.vault, "read_only_because", ReadOnlyReason.DAMAGED)
    for name in WAYS.keys() - ASKED_ON_SCREEN:
        with pytest.raises((RefusedError, VaultDamagedError), match="only"):
            WAYS[name](workspace, note, consented, tmp_path)
    with pytest.raises(RefusedError, match="does not enter the account"):
        handing_out.hand_out(workspace, order, tmp_path / "note.txt")
    assert list(tmp_path.glob("note.*")) == []
    exporting_calendar.export_calendar(workspace, first=workspace.today)
    for name in WAYS.keys() - ASKED_ON_SCREEN - {"record"}:
        WAYS[name](workspace, note, consented, tmp_path, unaccounted=True)
    told = order.model_copy(update={"unaccounted": True})
    assert not handing_out.hand_out(workspace, told, tmp_path / "note.txt").accounted
    assert (tmp_path / "note.txt").is_file()
    assert disclosing.disclosures_of(workspace, consented.id) == ()


def test_where_the_account_cannot_be_kept_nothing_leaves(workspace, note, consented, tmp_path, monkeypatch):
    monkeypatch.setattr(disclosing, "account_in", lambda *_: (_ for _ in ()).throw(RuntimeError("no room")))
    for way in WAYS.values():
        with pytest.raises(RuntimeError, match="no room"):
            way(workspace, note, consented, tmp_path)
    assert list(tmp_path.iterdir()) == [] or not (tmp_path / "note.json").exists()
