"""A killed program loses nothing that was acknowledged, and at most the last second of typing.

The full proofs are `python -m reliability.kills`; here they run small.
"""

from __future__ import annotations

import json
import random
import sys

import pytest

from peernote_tui.services import unlocking

if sys.platform == "win32":
    pytest.skip("POSIX signals", allow_module_level=True)

from reliability import keystrokes, kills, workload

KILLS = 6


@pytest.mark.slow
def test_a_killed_process_loses_nothing_that_was_acknowledged(tmp_path):
    result = kills.kill_services(KILLS, tmp_path, seed=3)
    assert result.kills == KILLS
    assert result.acknowledged > KILLS
    assert (result.lost, result.unreadable) == ([], [])


@pytest.mark.slow
def test_a_killed_process_loses_at_most_a_second_of_typing(tmp_path):
    typed = keystrokes.kill_typing(2, tmp_path, seed=1)
    assert len(typed.lost) == 2
    assert typed.letters > 4
    assert typed.wrong == []
    assert max(typed.lost) <= keystrokes.MOST_LOST_SECONDS


@pytest.fixture
def worked(tmp_path):
    """A vault after some work, open, and what it owes."""
    ledger = workload.Ledger(tmp_path / "ledger")
    workspace = workload.make_vault(tmp_path / "worked.peernote", ledger, workload.TickingClock())
    session = workload.Session(workspace, ledger, random.Random(5))  # noqa: S311 nothing secret
    for act, _ in workload.ACTS.values():
        act(session)
    workload.begin_draft(session)
    yield workspace, workload.read(tmp_path / "ledger")
    unlocking.close(workspace)


def test_every_act_is_owed_and_there(worked):
    workspace, owed = worked
    assert all((owed.participants, owed.consents, owed.drafts, owed.notes, owed.actions, owed.backup))
    assert owed.anchor[0] > 3
    assert owed.made
    assert workload.losses(workspace, owed) == []


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("UPDATE drafts SET content = json_set(content, '$.summary', 'other words')", "draft"),
        ("DELETE FROM drafts", "draft"),
        ("UPDATE participants SET name = 'Somebody Else'", "participant"),
        ("UPDATE action_items SET status = 'dropped' WHERE status <> 'dropped'", "action item"),
    ],
)
def test_a_loss_is_found(worked, sql, found):
    workspace, owed = worked
    for statuses in owed.actions.values():
        statuses[:] = ["done"]
    workspace.vault.connection.execute(sql)
    assert any(line.startswith(found) for line in workload.losses(workspace, owed))


def test_what_was_promised_and_never_written_is_found(worked):
    workspace, owed = worked
    row = next(iter(owed.notes.values()))
    owed.take(json.dumps({"says": "done", "what": "note", "row": {**row, "id": workload.PASSPHRASE}}))
    assert f"note {workload.PASSPHRASE}" in workload.losses(workspace, owed)
