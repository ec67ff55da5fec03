"""What still reads of a damaged vault comes into a new one, and what is lost is told."""

import random
import shutil
from datetime import UTC, datetime

import pytest

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.errors import (
    InvalidInputError,
    NotAVaultError,
    VaultDamagedError,
    VaultInUseError,
    WrongPassphraseError,
)
from peernote_tui.repository import salvage as shapes
from peernote_tui.services import backups, demo, erasing, kept_apart, notes, salvaging, unlocking, verifying
from peernote_tui.services.action_items import list_actions
from peernote_tui.services.changing_actions import settle
from peernote_tui.services.demo import StoryClock
from peernote_tui.services.erasing import ErasureReason
from peernote_tui.services.salvaging import LOST_NAME
from peernote_tui.vault.keys import Slot
from peernote_tui.vault.pages import Pages
from peernote_tui.vault.read_only import ReadOnlyReason

PAGE = 4096
NOW = datetime(2026, 11, 23, 19, 52, tzinfo=UTC)
PASSPHRASE = "correct horse battery staple"


@pytest.fixture(scope="module")
def caseload(tmp_path_factory):
    """A vault full of fictional people, with a backup; only copies of it are damaged."""
    clock = StoryClock("America/New_York", NOW)
    folder = tmp_path_factory.mktemp("caseload") / "full.peernote"
    made = unlocking.create_vault(
        folder,
        PASSPHRASE,
        author_name="Sam Rivera",
        credential="CPS",
        clock=demo.story_begins(clock),
        work_factor=2,
    )
    unlocking.close(made.workspace)
    workspace = unlocking.open_vault(folder, PASSPHRASE, clock=clock)
    demo.fill_with_demo(workspace)
    backups.back_up(workspace)
    tables = dump(workspace.vault.connection)
    unlocking.close(workspace)
    return folder, made.recovery_code, tables


@pytest.fixture
def damaged(caseload, tmp_path):
    """A copy to damage: `damaged(7, 9)` flips a bit in pages 7 and 9."""

    def damage(*pages, cut=None):
        folder = tmp_path / "mine.peernote"
        shutil.copytree(caseload[0], folder)
        data = bytearray((folder / "vault.db").read_bytes())
        for page in pages:
            data[(page - 1) * PAGE + 1000] ^= 1
        (folder / "vault.db").write_bytes(data[:cut])
        return folder

    return damage


def dump(connection):
    return {
        name: {tuple(sorted(row.items())) for row in shapes.rows_of(connection, layout)}
        for name, layout in shapes.layouts(connection).items()
    }


def roots_of(folder, tmp_path):
    with salvaging.begin(folder, PASSPHRASE) as held, held.pages(tmp_path / "pages") as pages:
        return {root.name: root.page for root in pages.roots()}, pages.count


def salvaged(folder, to, clock, *, fill=False, secret=PASSPHRASE, slot=Slot.PASSPHRASE):
    """The report, everything in the new vault, and what verify says of it."""
    with salvaging.begin(folder, secret, slot=slot) as held:
        source = salvaging.newest_backup(folder, held.vault_id) if fill else None
        report = salvaging.carry_out(held, to, clock, fill_from=source)
    workspace = unlocking.open_vault(to, PASSPHRASE, clock=clock)
    try:
        return report, dump(workspace.vault.connection), verifying.verify(workspace)
    finally:
        unlocking.close(workspace)


def without_log(tables):
    return {name: rows for name, rows in tables.items() if name != "audit"}


def snapshot(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_sound_vault_is_salvaged_whole(caseload, damaged, tmp_path, clock):
    report, tables, verification = salvaged(damaged(), tmp_path / "new", clock)
    assert report.nothing_lost
    assert without_log(tables) == without_log(caseload[2])
    assert tables["audit"] > caseload[2]["audit"]
    assert verification.ok


def test_a_lost_first_page_costs_nothing(caseload, damaged, tmp_path, clock):
    folder = damaged(1)
    with pytest.raises(VaultDamagedError):
        unlocking.open_vault(folder, PASSPHRASE, clock=clock)
    report, tables, verification = salvaged(folder, tmp_path / "new", clock)
    assert report.unreadable_pages == (1,)
    assert report.nothing_lost
    assert without_log(tables) == without_log(caseload[2])
    assert verification.ok


def test_a_lost_inner_page_costs_nothing_because_leaves_are_found_without_it(caseload, damaged, tmp_path, clock):
    roots, _ = roots_of(damaged(), tmp_path)
    shutil.rmtree(tmp_path / "mine.peernote")
    report, tables, verification = salvaged(damaged(roots["notes"], roots["audit"]), tmp_path / "new", clock)
    assert without_log(tables) == without_log(caseload[2])
    assert report.nothing_lost, report.lines()
    assert verification.ok


@pytest.mark.parametrize("seed", range(3))
def test_what_is_lost_is_told_and_the_backup_gives_it_back(caseload, damaged, tmp_path, clock, seed):
    count = (caseload[0] / "vault.db").stat().st_size // PAGE
    chosen = random.Random(seed).sample(range(1, count + 1), 12)  # noqa: S311 chance that repeats
    folder = damaged(*chosen)
    before = snapshot(folder)
    report, tables, verification = salvaged(folder, tmp_path / "new", clock)
    assert report.unreadable_pages == tuple(sorted(chosen))
    # What is there is what was there: nothing is made up, but for names that stand in for lost people.
    for name in ("notes", "consents", "drafts"):
        assert tables[name] <= caseload[2][name]
    lost = len(caseload[2]["notes"]) - len(tables["notes"])
    told = next(each for each in report.tables if each.table == "notes")
    assert told.lost == lost
    assert verification.ok or report.log or lost

    full, tables, verification = salvaged(folder, tmp_path / "full", clock, fill=True)
    assert without_log(tables) == without_log(caseload[2])
    # The entry about the backup itself came after it.
    assert all(dict(row)["action"] == "backup.created" for row in caseload[2]["audit"] - tables["audit"])
    assert verification.ok
    assert sum(each.from_backup for each in full.tables) >= lost
    assert snapshot(folder) == before


def test_a_series_comes_over_with_its_next_one_and_never_has_two(damaged, tmp_path, clock):
    folder = damaged()
    workspace = unlocking.open_vault(folder, PASSPHRASE, clock=clock)
    (series,) = [row.action for row in list_actions(workspace).actions if row.action.repeats]
    (change,) = settle(workspace, [series.id], ActionStatus.DONE)
    unlocking.close(workspace)
    data = bytearray((folder / "vault.db").read_bytes())
    data[1000] ^= 1
    (folder / "vault.db").write_bytes(data)
    destination = tmp_path / "good.peernote"
    assert salvaged(folder, destination, clock)[0].nothing_lost
    workspace = unlocking.open_vault(destination, PASSPHRASE, clock=clock)
    try:
        found = [row.action for row in list_actions(workspace).actions if row.action.repeats]
        settle(workspace, [series.id], ActionStatus.OPEN)
        settle(workspace, [series.id], ActionStatus.DONE)
        again = [row.action.id for row in list_actions(workspace).actions if row.action.repeats]
    finally:
        unlocking.close(workspace)
    assert found == [change.born]
    assert found[0].born_from == series.id
    assert again == [change.born.id]


def test_a_cut_off_file_is_salvaged_up_to_the_cut(caseload, damaged, tmp_path, clock):
    folder = damaged(cut=60 * PAGE + 100)
    report, tables, _ = salvaged(folder, tmp_path / "new", clock)
    assert report.unreadable_pages == (61,)
    kept = tables["notes"]
    assert kept < caseload[2]["notes"]
    told = next(each for each in report.tables if each.table == "notes")
    assert told.lost == len(caseload[2]["notes"]) - len(kept)
    # Nobody's notes are dropped because the page with their name is gone.
    people = {dict(row)["id"]: dict(row)["name"] for row in tables["participants"]}
    assert all(people[dict(row)["participant_id"]] != LOST_NAME for row in kept)


def test_an_empty_or_missing_file_is_made_good_from_the_backup(caseload, damaged, tmp_path, clock):
    for number, spoil in enumerate((lambda path: path.write_bytes(b""), lambda path: path.unlink())):
        folder = damaged()
        spoil(folder / "vault.db")
        report, tables, verification = salvaged(folder, tmp_path / f"new{number}", clock, fill=True)
        assert without_log(tables) == without_log(caseload[2])
        assert verification.ok
        assert report.pages == 0
        shutil.rmtree(folder)


def test_a_changed_note_is_kept_apart(damaged, tmp_path, clock):
    folder = damaged()
    opened = unlocking.open_vault(folder, PASSPHRASE, clock=clock)
    connection = opened.vault.connection
    note_id = connection.execute("SELECT id FROM notes WHERE sequence = 3").fetchone()[0]
    connection.execute("DROP TRIGGER notes_stay")
    connection.execute(
        'UPDATE notes SET document = replace(document, \'"state":"signed"\', \'"state":"sighed"\') WHERE sequence = 3'
    )
    unlocking.close(opened)
    report, tables, verification = salvaged(folder, tmp_path / "new", clock)
    assert report.apart == (note_id,)
    assert note_id not in {dict(row)["id"] for row in tables["notes"]}
    assert [dict(row)["name"] for row in tables["remembered"]].count(kept_apart.APART) == 1
    assert any(note_id[:13] in problem for problem in verification.problems)
    assert "peernote salvage --kept" in " ".join(report.lines())
    opened = unlocking.open_vault(tmp_path / "new", PASSPHRASE, clock=clock)
    (kept,) = kept_apart.kept_notes(opened)
    assert (kept.id, '"state":"sighed"' in kept.text) == (note_id, True)
    with opened.reading() as work:
        last = list(work.audit.entries())[-1]
    assert (last.action, last.subject, last.detail) == (AuditAction.NOTE_VIEWED, note_id, "kept apart")
    unlocking.close(opened)


@pytest.mark.parametrize("spoilt", ["notes", "addenda"])
def test_what_was_added_to_a_note_is_kept_apart_when_it_or_the_note_is_not_what_was_signed(
    damaged, tmp_path, clock, spoilt
):
    folder = damaged()
    opened = unlocking.open_vault(folder, PASSPHRASE, clock=clock)
    connection = opened.vault.connection
    added, note = connection.execute("SELECT id, note_id FROM addenda WHERE kind = 'correction'").fetchone()
    connection.execute(f"DROP TRIGGER {spoilt}_stay")
    place = note if spoilt == "notes" else added
    connection.execute(
        f'UPDATE {spoilt} SET document = replace(document, \'"zone":"\', \'"zone":"x\') WHERE id = ?',  # noqa: S608
        (place,),
    )
    unlocking.close(opened)
    report, tables, _ = salvaged(folder, tmp_path / "new", clock)
    assert added in report.apart
    assert added not in {dict(row)["id"] for row in tables["addenda"]}
    assert len(tables["addenda"]) > 1


def test_an_erased_record_stays_erased_and_no_backup_brings_it_back(damaged, tmp_path, clock):
    folder = damaged()
    opened = unlocking.open_vault(folder, PASSPHRASE, clock=clock)
    person = opened.vault.connection.execute("SELECT participant_id FROM notes ORDER BY sequence LIMIT 1").fetchone()[0]
    erasing.erase_participant(opened, person, reason=ErasureReason.ASKED)
    unlocking.close(opened)
    roots, _ = roots_of(folder, tmp_path)
    data = bytearray((folder / "vault.db").read_bytes())
    data[(roots["erasures"] - 1) * PAGE + 1000] ^= 1
    (folder / "vault.db").write_bytes(data)
    with salvaging.begin(folder, PASSPHRASE) as held:
        oldest = backups.backups_of(folder)[-1]
        report = salvaging.carry_out(held, tmp_path / "new", clock, fill_from=oldest)
    assert report.apart == ()
    assert not any(each.from_backup for each in report.tables if each.table in {"notes", "participants", "drafts"})
    opened = unlocking.open_vault(tmp_path / "new", PASSPHRASE, clock=clock)
    held = opened.vault.connection.execute("SELECT document FROM notes WHERE participant_id = ?", (person,)).fetchall()
    unlocking.close(opened)
    assert {row[0] for row in held} == {"{}"}


def test_the_salvage_is_in_the_log_and_the_recovery_code_still_opens(caseload, damaged, tmp_path, clock):
    folder = damaged(40)
    salvaged(folder, tmp_path / "new", clock, secret=caseload[1], slot=Slot.RECOVERY)
    opened = unlocking.open_with_recovery_code(tmp_path / "new", caseload[1], clock=clock)
    with opened.reading() as work:
        assert AuditAction.VAULT_SALVAGED in {entry.action for entry in work.audit.entries()}
    unlocking.close(opened)


def test_a_change_that_was_cut_off_is_undone_first(damaged, tmp_path, clock, killed_in_a_change):
    folder = damaged()
    before = killed_in_a_change(folder)
    assert (folder / "vault.db-journal").stat().st_size
    report, tables, verification = salvaged(folder, tmp_path / "new", clock)
    assert without_log(tables) == without_log(before)
    assert report.nothing_lost
    assert verification.ok


@pytest.fixture
def killed_in_a_change(clock, tmp_path):
    """Leave a vault as a kill does in the middle of writing: pages half changed, the journal hot."""

    def kill(folder):
        opened = unlocking.open_vault(folder, PASSPHRASE, clock=clock)
        connection, held = opened.vault.connection, dump(opened.vault.connection)
        connection.execute("PRAGMA cache_size = 2")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE action_items SET text = text || ' changed', changed_at = '2030-01-01'")
        connection.execute("PRAGMA cache_spill = 1")
        connection.execute("UPDATE drafts SET content = content || zeroblob(40000)")
        copy = tmp_path / "frozen"
        copy.mkdir()
        for name in ("vault.db", "vault.db-journal"):
            shutil.copyfile(folder / name, copy / name)
        connection.execute("ROLLBACK")
        unlocking.close(opened)
        for name in ("vault.db", "vault.db-journal"):
            shutil.copyfile(copy / name, folder / name)
        return held

    return kill


def test_the_new_vault_needs_a_place_of_its_own(damaged, tmp_path, clock):
    folder = damaged(1)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    with salvaging.begin(folder, PASSPHRASE) as held:
        with pytest.raises(InvalidInputError):
            salvaging.carry_out(held, folder / "inside", clock)
        with pytest.raises(NotAVaultError):
            salvaging.carry_out(held, tmp_path / "full", clock)
        with pytest.raises(VaultInUseError):
            salvaging.begin(folder, PASSPHRASE)
    with pytest.raises(WrongPassphraseError):
        salvaging.begin(folder, "another passphrase altogether")


class TestLooking:
    def test_what_still_reads_can_be_read_and_nothing_is_written(self, caseload, damaged, tmp_path, clock):
        roots, _ = roots_of(damaged(), tmp_path)
        shutil.rmtree(tmp_path / "mine.peernote")
        folder = damaged(roots["audit"])
        before = snapshot(folder)
        with salvaging.begin(folder, PASSPHRASE) as held:
            opened = salvaging.look(held, clock)
            assert opened.vault.read_only_because is ReadOnlyReason.DAMAGED
            with opened.reading() as work:
                assert work.notes.count() == len(caseload[2]["notes"])
            with pytest.raises(VaultDamagedError), opened.reading() as work:
                list(work.audit.entries())
            # SQLCipher reads nothing more on a connection that met a bad page.
            opened.vault.reopen()
            with opened.reading() as work:
                note = next(work.notes.in_order())
            assert notes.view_note(opened, note.id).note.id == note.id
            with pytest.raises(VaultDamagedError, match="reading only"):
                opened.changing()
            unlocking.close(opened)
        assert snapshot(folder) == before

    def test_without_a_first_page_there_is_nothing_to_look_at(self, damaged, clock):
        with salvaging.begin(damaged(1), PASSPHRASE) as held, pytest.raises(VaultDamagedError):
            salvaging.look(held, clock)


class TestSurvey:
    def test_pages_tables_and_the_newest_backup_are_named(self, damaged, tmp_path):
        roots, count = roots_of(damaged(), tmp_path)
        shutil.rmtree(tmp_path / "mine.peernote")
        with salvaging.begin(damaged(roots["notes"]), PASSPHRASE) as held:
            seen = salvaging.survey(held)
        assert seen.damage.unreadable == (roots["notes"],)
        assert seen.damage.pages == count
        assert seen.tables == ("notes",)
        assert seen.backup is not None
        assert not seen.damage.card

    def test_a_damaged_card_is_named_beside_sound_pages(self, damaged):
        folder = damaged()
        (folder / "vault.json").write_text("{")
        with salvaging.begin(folder, PASSPHRASE) as held:
            seen = salvaging.survey(held)
        assert seen.damage.card
        assert not seen.damage.unreadable


class TestMendingTheCard:
    @pytest.mark.parametrize("spoil", [lambda card: card.unlink(), lambda card: card.write_text("{}")])
    def test_a_lost_or_damaged_card_is_written_again(self, damaged, clock, spoil):
        folder = damaged()
        good = (folder / "vault.json").read_bytes()
        spoil(folder / "vault.json")
        salvaging.mend_card(folder, PASSPHRASE)
        assert (folder / "vault.json").read_bytes() == good
        unlocking.close(unlocking.open_vault(folder, PASSPHRASE, clock=clock))

    def test_it_is_not_written_over_a_damaged_database(self, damaged):
        folder = damaged(1)
        (folder / "vault.json").unlink()
        with pytest.raises(VaultDamagedError):
            salvaging.mend_card(folder, PASSPHRASE)
        assert not (folder / "vault.json").exists()


def test_every_row_of_a_full_vault_fits_its_own_table_alone(damaged, tmp_path, clock):
    folder = damaged()
    opened = unlocking.open_vault(folder, PASSPHRASE, clock=clock)
    layouts = shapes.layouts(opened.vault.connection)
    unlocking.close(opened)
    with salvaging.begin(folder, PASSPHRASE) as held, held.pages(tmp_path / "pages") as pages:
        assert isinstance(pages, Pages)
        seen = 0
        for root in pages.roots():
            if root.kind == "table" and root.name in layouts:
                for each in pages.table(root.page):
                    fitting = [name for name, one in layouts.items() if one.fits((each.rowid, each.values))]
                    assert fitting == [root.name]
                    seen += 1
    assert seen > 300
