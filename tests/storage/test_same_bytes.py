"""The same words are the same bytes in every format, also in another process with another hash seed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from reliability.same_bytes import hashes

from peernote_tui.documents.rendering import Format
from peernote_tui.services import unlocking

ROOT = Path(__file__).resolve().parents[2]


def test_another_process_makes_the_same_bytes(workspace, passphrase, consented, write_note, tmp_path):
    actions = [{"text": f"call {number}", "owner": "me", "tags": ["rent", "food"]} for number in range(3)]
    notes = [
        write_note(consented, summary="žluť 👍 مرحبا", agreed_actions=actions, start=at, end=at)
        for at in ("09:00", "10:00")
    ]
    unlocking.close(workspace)
    copy = shutil.copytree(workspace.vault.folder, tmp_path / "copy.peernote")
    seed = "1" if os.environ.get("PYTHONHASHSEED") == "2" else "2"
    search = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    ids = [note.id for note in notes]
    command = [sys.executable, "-m", "reliability.same_bytes", str(copy), passphrase, consented.id, *ids]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": search}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as other:
        here = hashes(workspace.vault.folder, passphrase, consented.id, tuple(ids))
        there = json.loads(other.communicate(timeout=120)[0])
    assert {name for name in here if here[name] != there[name]} == set()
    assert {name.rpartition(" ")[2] for name in here} >= {form.value for form in Format}
