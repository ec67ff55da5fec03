"""The restore drill: what it reads, what it finds, and when it is offered."""

import json

import pytest

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.errors import NotFoundError
from peernote_tui.services import backups, drilling, verifying


@pytest.fixture
def backed_up(workspace, consented, write_note):
    for _ in range(drilling.NOTES_TRIED + 1):
        write_note(consented)
    return backups.back_up(workspace)


def entries(workspace):
    with workspace.reading() as work:
        return [each.detail for each in work.audit.entries_of(AuditAction.BACKUP_DRILLED)]


def test_a_whole_backup_passes_and_the_log_says_so(workspace, backed_up, clock):
    done = drilling.drill(workspace)
    assert (done.backup.name, done.problems, done.seals) == (backed_up.name, (), drilling.NOTES_TRIED)
    assert entries(workspace) == [f"whole {backed_up.name}"]
    last = drilling.last_drill(workspace)
    assert (last.at, last.name, last.whole) == (clock.now(), backed_up.name, True)
    assert verifying.verify(workspace).ok


def test_nothing_is_written_beside_the_backup(workspace, backed_up):
    before = {path: path.stat().st_mtime_ns for path in backed_up.path.parent.rglob("*")}
    drilling.drill(workspace)
    assert {path: path.stat().st_mtime_ns for path in backed_up.path.parent.rglob("*")} == before


def test_a_damaged_page_fails_the_drill_and_the_log_says_so(workspace, backed_up):
    data = bytearray(backed_up.database.read_bytes())
    data[9000] ^= 1
    backed_up.database.write_bytes(data)
    assert drilling.drill(workspace).problems
    assert entries(workspace) == [f"not whole {backed_up.name}"]
    assert not drilling.last_drill(workspace).whole


def test_a_note_behind_whose_back_a_word_was_changed_fails_it(workspace, consented, write_note):
    note = write_note(consented)
    connection = workspace.vault.connection
    (document,) = connection.execute("SELECT document FROM notes WHERE id = ?", (note.id,)).fetchone()
    changed = json.loads(document)
    changed["content"]["summary"] = "Something else."
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")]
    for name in names:
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute("UPDATE notes SET document = ? WHERE id = ?", (json.dumps(changed), note.id))
    backups.back_up(workspace)
    assert "its hash differ" in " ".join(drilling.drill(workspace).problems)


def test_without_a_backup_there_is_nothing_to_try(workspace):
    with pytest.raises(NotFoundError):
        drilling.drill(workspace)


def test_it_is_offered_a_month_after_the_last_and_can_be_put_off(workspace, backed_up, clock):
    assert not drilling.is_due(workspace)
    clock.advance(days=30)
    assert drilling.is_due(workspace)
    drilling.put_off(workspace)
    assert not drilling.is_due(workspace)
    clock.advance(days=7)
    assert drilling.is_due(workspace)
    drilling.drill(workspace)
    assert not drilling.is_due(workspace)
    clock.advance(days=30)
    assert drilling.is_due(workspace)
