"""Participants out of files and into the vault, and back: all or nothing, duplicates told, every row named."""

from __future__ import annotations

import os
import stat
import sys
import tracemalloc

import pytest

from peernote_tui.documents.people.columns import guess_columns
from peernote_tui.documents.people.reading import read_people
from peernote_tui.documents.people.rows import make_plan
from peernote_tui.documents.people.table import FileKind
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.errors import InvalidInputError, RefusedError, StorageError
from peernote_tui.domain.participant import Contact, ParticipantDetails
from peernote_tui.services import backups, importing_people
from peernote_tui.services.exporting_people import export_people, place_file
from peernote_tui.services.importing_people import (
    BadRowsError,
    Duplicates,
    ImportStoppedError,
    Outcome,
    Watching,
    import_people,
    load_file,
    preview_people,
)

ROWS = int(os.environ.get("IMPORT_ROWS", "2000"))
"""Rows of the long file; 100000 to see the real thing."""


@pytest.fixture
def plan(workspace):
    def make(text, **how):
        found = read_people(text.encode() if isinstance(text, str) else text)
        return make_plan(found, guess_columns(found), today=workspace.today, **how)

    return make


def everybody(workspace):
    with workspace.reading() as work:
        return [who.name for who in work.participants.every(archived=True)]


def log(workspace):
    with workspace.reading() as work:
        return [(entry.action, entry.detail) for entry in work.audit.entries()]


def test_an_import_adds_everybody_in_one_act(workspace, plan, participant):
    seen = []
    done = import_people(
        workspace,
        plan("Name,DOB,Phone\nAna Ruiz,1990-05-02,555\nBo Li,,\n"),
        watching=Watching(progress=lambda done, total: seen.append((done, total))),
    )
    assert everybody(workspace) == ["Ana Ruiz", "Bo Li", "Maria Santos"]
    assert [line for line, _ in done.added] == [2, 3]
    assert seen[-1] == (2, 2)
    assert log(workspace)[-3:] == [
        (AuditAction.PARTICIPANT_ADDED, "imported"),
        (AuditAction.PARTICIPANT_ADDED, "imported"),
        (AuditAction.PARTICIPANTS_IMPORTED, "csv 2 added 0 duplicates 0 bad"),
    ]
    made = backups.backups_of(workspace.vault.folder)
    assert [each.manifest.kind for each in made] == [backups.Kind.BEFORE_IMPORT]


def test_a_dry_run_changes_nothing(workspace, plan):
    before = log(workspace)
    preview = preview_people(workspace, plan("Name\nAna\n,\nBo\n"))
    assert [(row.line, row.outcome) for row in preview.rows] == [(2, Outcome.NEW), (4, Outcome.NEW)]
    assert (everybody(workspace), log(workspace)) == ([], before)


def test_one_bad_row_keeps_all_out_until_it_is_left_out_on_purpose(workspace, plan):
    text = "Name,DOB\nAna,1990-05-02\n,1990-01-01\nBo,2050-01-01\n"
    with pytest.raises(BadRowsError) as refused:
        import_people(workspace, plan(text))
    assert [(row.line, row.reason) for row in refused.value.rows] == [
        (3, "A name is missing."),
        (4, "This birth date is in the future."),
    ]
    assert everybody(workspace) == []
    done = import_people(workspace, plan(text), skip_bad=True)
    assert (everybody(workspace), [row.line for row in done.left_out]) == (["Ana"], [3, 4])


def test_whom_the_vault_has_is_skipped_unless_said_otherwise(workspace, plan, add_participant):
    add_participant("Maria Santos", external_id="M-1", born="1991-05-02")
    add_participant("Tomás Ibarra", contacts=(Contact(value="(555) 014-2000"),))
    add_participant("Lee Park", born="1980")
    add_participant("Kim Doe", external_id="K-1")
    text = (
        "Name,ID,DOB,Phone\n"
        "Maria Santos,m-1,,\n"
        "Somebody Else,K-1,,\n"
        "Tomas Ibarra,,,+1 555 014 2000\n"
        "Marya Santos,,1991-05-02,\n"
        "Lee Park,,1980-04-01,\n"
        "Lee Park,,1955-04-01,\n"
        "Ana Ruiz,,1990-01-01,\n"
        "Ana Ruiz,,1990-01-01,\n"
    )
    preview = preview_people(workspace, plan(text))
    assert [(row.line, row.outcome, row.reason) for row in preview.rows] == [
        (2, Outcome.DUPLICATE, "The ID is in the vault already."),
        (3, Outcome.BAD, "This ID belongs to another participant in the vault."),
        (4, Outcome.DUPLICATE, "Likely in the vault already: same name, same phone."),
        (5, Outcome.DUPLICATE, "Likely in the vault already: name sounds alike, same birth date."),
        (6, Outcome.DUPLICATE, "Likely in the vault already: same name, same year of birth."),
        (7, Outcome.NEW, ""),
        (8, Outcome.NEW, ""),
        (9, Outcome.DUPLICATE, "Line 8 is likely the same person."),
    ]
    assert all(len(row.like) == 1 for row in preview.of(Outcome.DUPLICATE) if row.line != 9)
    done = import_people(workspace, plan(text), skip_bad=True, add_anyway=frozenset({9}))
    assert [line for line, _ in done.added] == [7, 8, 9]
    assert [row.line for row in done.skipped] == [2, 4, 5, 6]


def test_likely_duplicates_can_all_be_added(workspace, plan, add_participant):
    add_participant("Ana Ruiz", born="1990-01-01")
    done = import_people(workspace, plan("Name,DOB\nAna Ruiz,1990-01-01\n"), duplicates=Duplicates.ADD)
    assert len(done.added) == 1
    add_participant("Bo Li", external_id="B-1")
    with pytest.raises(BadRowsError) as refused:
        import_people(workspace, plan("Name,ID\nBo Li,b-1\n"), duplicates=Duplicates.ADD)
    assert [row.line for row in refused.value.rows] == [2]


def test_nothing_to_add_writes_nothing(workspace, plan, add_participant):
    add_participant("Ana Ruiz", born="1990-01-01")
    before = log(workspace)
    assert import_people(workspace, plan("Name,DOB\nAna Ruiz,1990-01-01\n")).added == ()
    assert log(workspace) == before


def test_a_stopped_import_leaves_nothing(workspace, plan, monkeypatch):
    monkeypatch.setattr(importing_people, "_EVERY", 1)
    rows = "Name\n" + "".join(f"Person {number}\n" for number in range(20))
    asked = []

    def stop():
        asked.append(1)
        return len(asked) > 30  # twenty times while looking, then in the middle of the writing

    before = log(workspace)
    with pytest.raises(ImportStoppedError):
        import_people(workspace, plan(rows), watching=Watching(stop=stop))
    assert (everybody(workspace), log(workspace)) == ([], before)


def test_what_goes_out_comes_in_again(workspace, plan, new_workspace, add_participant):
    add_participant("=1+1 O'Brien", external_id="007", phone="+1 555", aliases=("-x",), legal_name="Ana, Ruiz")
    for kind in (FileKind.CSV, FileKind.XLSX):
        made = export_people(workspace, kind)
        assert made.count == 1
        other = new_workspace()
        import_people(other, plan(made.data))
        fields = set(ParticipantDetails.model_fields)
        with workspace.reading() as mine, other.reading() as theirs:
            (one,), (two,) = mine.participants.every(), theirs.participants.every()
        assert one.model_dump(include=fields) == two.model_dump(include=fields)
    assert log(workspace)[-1] == (AuditAction.PARTICIPANTS_EXPORTED, "xlsx 1")
    with pytest.raises(InvalidInputError):
        export_people(workspace, FileKind.VCARD)


def test_a_file_is_placed_whole_private_and_over_nothing(tmp_path):
    path = tmp_path / "out.csv"
    place_file(path, b"one", replace=False)
    with pytest.raises(RefusedError):
        place_file(path, b"two", replace=False)
    assert path.read_bytes() == b"one"
    place_file(path, b"two", replace=True)
    assert path.read_bytes() == b"two"
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith("out")] == ["out.csv"]
    with pytest.raises(InvalidInputError):
        place_file(tmp_path, b"x", replace=True)
    with pytest.raises(StorageError):
        place_file(tmp_path / "away" / "out.csv", b"x", replace=False)


def test_a_file_is_looked_at_before_it_is_read(tmp_path):
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(2 * 1024**3)
    with pytest.raises(InvalidInputError, match="64 MB"):
        load_file(huge)
    (tmp_path / "empty.csv").touch()
    with pytest.raises(InvalidInputError, match="empty"):
        load_file(tmp_path / "empty.csv")
    with pytest.raises(InvalidInputError, match="folder"):
        load_file(tmp_path)
    with pytest.raises(StorageError):
        load_file(tmp_path / "nowhere.csv")


def test_many_rows_are_held_within_bounds(workspace, plan):
    rows = "First,Last,DOB,ID,Phone\n" + "".join(
        f"First{number % 777},Last{number % 3333},19{number % 60 + 40}-01-02,C-{number:06},555{number:07}\n"
        for number in range(ROWS)
    )
    tracemalloc.start()
    try:
        preview = preview_people(workspace, plan(rows))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(preview.of(Outcome.NEW)) == ROWS
    assert peak < 16 * 2**20 + 1_200 * ROWS
