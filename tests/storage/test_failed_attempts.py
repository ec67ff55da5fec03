"""Attempts to open in vain: kept beside the vault, never lost, never entered twice, never in anybody's way."""

from __future__ import annotations

import os
import sys
from datetime import timedelta

import pytest

from peernote_tui.domain.audit import AuditAction
from peernote_tui.domain.errors import WrongPassphraseError
from peernote_tui.services import unlocking
from peernote_tui.vault import attempts


@pytest.fixture
def locked(workspace):
    unlocking.close(workspace)
    return workspace.vault.folder


@pytest.fixture
def fail(locked, clock):
    def trying(times=1):
        for _ in range(times):
            with pytest.raises(WrongPassphraseError):
                unlocking.open_vault(locked, "SECRETLY-TYPED and more of it", clock=clock)

    return trying


def failures(workspace):
    with workspace.reading() as work:
        return [entry.detail for entry in work.audit.entries() if entry.action is AuditAction.UNLOCK_FAILED]


def opening(locked, passphrase, clock):
    opened = unlocking.open_vault(locked, passphrase, clock=clock)
    found = failures(opened), opened.standing.failed_attempts
    unlocking.close(opened)
    return found


def test_times_and_nothing_else_are_kept_and_enter_the_log(locked, passphrase, clock, fail):
    fail()
    clock.advance(minutes=5)
    fail(2)
    kept = (locked / attempts.NAME).read_text()
    assert "SECRETLY" not in kept
    assert len(kept.splitlines()) == 4
    if sys.platform != "win32":
        assert (locked / attempts.NAME).stat().st_mode & 0o777 == 0o600
    said, standing = opening(locked, passphrase, clock)
    assert said == ["3 2026-11-23T19:52:00+00:00 2026-11-23T19:57:00+00:00"]
    assert standing.count == 3
    assert standing.first == clock.now() - timedelta(minutes=5)
    assert not (locked / attempts.NAME).exists()
    again, nothing = opening(locked, passphrase, clock)
    assert (again, nothing) == (said, None)


def test_a_list_that_stayed_after_the_commit_is_not_entered_twice(locked, passphrase, clock, fail, monkeypatch):
    fail(2)
    monkeypatch.setattr(attempts, "forget", lambda _folder: None)
    assert len(opening(locked, passphrase, clock)[0]) == 1
    assert len(opening(locked, passphrase, clock)[0]) == 1
    fail()
    said, standing = opening(locked, passphrase, clock)
    assert [detail.split()[0] for detail in said] == ["2", "1"]
    assert standing.count == 1


def test_a_list_stays_when_the_opening_does_not_commit(locked, passphrase, clock, fail, monkeypatch):
    fail(2)

    def refuse(_opened, _work):
        raise RuntimeError

    monkeypatch.setattr(unlocking, "notice_changes", refuse)
    with pytest.raises(RuntimeError):
        unlocking.open_vault(locked, passphrase, clock=clock)
    monkeypatch.undo()
    assert attempts.waiting(locked).count == 2
    assert opening(locked, passphrase, clock)[0][0].startswith("2 ")


def test_thousands_stay_small_and_none_is_forgotten(tmp_path, clock):
    for number in range(1000):
        attempts.note(tmp_path, clock.now() + timedelta(minutes=number))
    assert (tmp_path / attempts.NAME).stat().st_size < 8 * 1024
    found = attempts.waiting(tmp_path)
    assert (found.count, found.first) == (1000, clock.now())
    assert found.last == clock.now() + timedelta(minutes=999)


def test_what_was_written_into_the_list_by_hand_is_counted_and_breaks_nothing(locked, passphrase, clock):
    lines = [
        b"batch 0123456789abcdef",
        b"\xff\xfe\x00garbage",
        b"2026-99-99T00:00:00+00:00 3",
        b"2026-11-01T00:00:00+00:00 2",
    ]
    (locked / attempts.NAME).write_bytes(b"\n".join(lines))
    said, standing = opening(locked, passphrase, clock)
    assert standing.count == 6
    assert said == ["6 2026-11-01T00:00:00+00:00 2026-11-01T00:00:00+00:00"]


@pytest.mark.skipif(sys.platform == "win32", reason="folders have other permissions there")
def test_a_list_that_cannot_be_written_keeps_nobody_from_trying(locked, passphrase, clock, fail, monkeypatch):
    def refuse(*_arguments):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(os, "write", refuse)
        fail()
    (locked / attempts.NAME).unlink(missing_ok=True)
    (locked / attempts.NAME).mkdir()
    fail()
    assert opening(locked, passphrase, clock) == ([], None)


def test_a_wrong_recovery_code_counts_and_a_mistyped_one_does_not(locked, passphrase, clock):
    from peernote_tui.domain.errors import InvalidInputError
    from peernote_tui.vault import recovery_code

    with pytest.raises(WrongPassphraseError):
        unlocking.open_with_recovery_code(locked, recovery_code.generate(), clock=clock)
    with pytest.raises(InvalidInputError):
        unlocking.open_with_recovery_code(locked, "ABCD", clock=clock)
    assert opening(locked, passphrase, clock)[1].count == 1
