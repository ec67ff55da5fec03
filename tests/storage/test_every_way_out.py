"""Every way by which what is written about a participant leaves the vault passes the door that keeps the account."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from peernote_tui.documents.document import DocumentKind
from peernote_tui.documents.people.table import FileKind
from peernote_tui.documents.rendering import LAID_OUT, Format
from peernote_tui.domain.calendar_row import CalendarNames
from peernote_tui.domain.disclosure import Purpose
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

SOURCE = Path(__file__).parents[2] / "src" / "peernote_tui"
LEAVES = re.compile(
    r"(?<!def )\b(?:place_file|create_private|write_atomically|write_bytes|write_text|to_file|to_stdout)\("
    r"|(?<!def )\bhand_over_soon\("
    r"|\.stdout\.buffer\.write\("
)
"""What brings bytes out of the program."""
PASSES = {
    "services/handing_out.py": "documents: test_documents",
    "cli/giving.py": "documents: test_documents",
    "cli/exporting.py": "JSON: test_ways_out[json]",
    "services/cosignature_files.py": "test_ways_out[co-signature]",
    "services/exporting_people.py": "test_ways_out[participants]",
    "ui/screens/exporting.py": "writes what test_ways_out[participants] gives",
    "cli/people_files.py": "writes what test_ways_out[participants] gives",
    "ui/screens/exporting_calendar.py": "writes what test_ways_out[calendar] gives",
    "cli/calendar.py": "writes what test_ways_out[calendar] gives",
    "ui/screens/erasing.py": "writes what test_ways_out[record] gives",
    "cli/erasing.py": "writes what test_ways_out[record] gives",
    "ui/screens/note.py": "test_ways_out[note to the clipboard]",
    "ui/screens/note_wizard/frame.py": "test_ways_out[words to the clipboard]",
}
"""Modules that bring content out, each with what shows that it is accounted for."""
NO_CONTENT = {
    "cli/files.py": "what others hand it",
    "ui/screens/verify.py": "the log's anchor",
    "ui/screens/log.py": "the log's anchor",
    "ui/handing.py": "what others hand it",
    "ui/settings.py": "settings of this machine",
    "ui/screens/templates.py": "a form",
    "cli/template_sources.py": "a form",
    "cli/printing_forms.py": "an empty form",
    "ui/screens/printing_form.py": "an empty form",
    "cli/amending.py": "a co-signature under somebody else's note, without a word of it",
    "ui/screens/cosigning.py": "the same",
    "cli/keys.py": "keys",
    "services/recovery_sheet.py": "a recovery code",
    "cli/report.py": "counts, without a name",
    "ui/screens/report.py": "the same",
    "documents/formats/pdf.py": "writes on a page, not into a file",
    "documents/formats/pdf_pen.py": "the same",
}
"""Modules that bring out nothing that is written about a participant."""


def test_nothing_brings_bytes_out_that_is_not_known_here():
    found = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if LEAVES.search(path.read_text(encoding="utf-8")) and path.relative_to(SOURCE).parts[0] != "vault"
    }
    assert found - PASSES.keys() - NO_CONTENT.keys() == set()
    assert {name for name in PASSES | NO_CONTENT if not (SOURCE / name).is_file()} == set()


@pytest.fixture
def note(write_note, consented):
    return write_note(consented)


WAYS = {
    "json": lambda workspace, note, _person, _path: interchange.export_notes(workspace, note_ids=(note.id,)),
    "record": lambda workspace, _note, person, _path: erasing.record_of(workspace, person.id),
    "co-signature": lambda workspace, note, _person, path: cosignature_files.write_for_cosigning(
        workspace, note.id, path / "note.json"
    ),
    "participants": lambda workspace, _note, _person, _path: exporting_people.export_people(workspace, FileKind.CSV),
    "calendar": lambda workspace, _note, _person, _path: exporting_calendar.export_calendar(
        workspace, first=workspace.today, names=CalendarNames.FULL
    ),
    "places": lambda workspace, _note, _person, _path: exporting_calendar.export_calendar(
        workspace, first=workspace.today, places=True
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
    if kind is not DocumentKind.FORM
    for form in data_out.forms_of(kind)
    if form is Format.TXT or form not in LAID_OUT
]
"""Every kind in every format; of those that are laid out one, since all go one way."""


@pytest.mark.parametrize(("kind", "form"), FORMS)
@pytest.mark.parametrize("to_a_file", [True, False])
def test_documents(kind, form, to_a_file, workspace, note, consented, tmp_path):
    request = disclosing.Request(
        participant_id=consented.id, what="x", form="", purpose=Purpose.OWN, note_ids=(note.id,)
    )
    order = handing_out.Order(kind=kind, form=form, mail=not to_a_file, request=request)
    if to_a_file:
        handing_out.hand_out(workspace, order, tmp_path / "file")
    else:
        handing_out.hand_over(workspace, order)
    (row,) = disclosing.disclosures_of(workspace, consented.id)
    assert row.form == (form.value if to_a_file else f"eml ({form.value})")


def test_where_the_account_cannot_be_kept_nothing_leaves(workspace, note, consented, tmp_path, monkeypatch):
    monkeypatch.setattr(disclosing, "account_in", lambda *_: (_ for _ in ()).throw(RuntimeError("no room")))
    for way in WAYS.values():
        with pytest.raises(RuntimeError, match="no room"):
            way(workspace, note, consented, tmp_path)
    assert list(tmp_path.iterdir()) == [] or not (tmp_path / "note.json").exists()
