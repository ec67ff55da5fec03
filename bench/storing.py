"""How long it takes until typed words are safe on the disk: a draft, a signature."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, time, timedelta
from itertools import count
from pathlib import Path
from statistics import median
from uuid import uuid4

from caseload import UNTIL
from measuring import Pairs, Setting, milliseconds
from vaults import a_vault, opened

from peernote_tui.domain.draft import Draft
from peernote_tui.domain.note import Mode, NoteContent
from peernote_tui.services.finding import find_participants
from peernote_tui.services.workspace import Workspace
from peernote_tui.services.writing import save_draft, sign_note, start_draft
from peernote_tui.vault.connection import Connection, create_database
from peernote_tui.vault.keys import DataKey

_EACH = 10
"""Acts in a run; the run counts as their median."""
_WORDS = "We practised the call twice, and the second time she asked her own question. "


def stored_and_signed(setting: Setting) -> list[Pairs]:
    """Storing a draft and signing a note against a one-row commit.

    The yardstick writes a row as long as the draft into a database of its own, through a connection with
    PeerNote's own settings and nothing above it.
    """
    lines = []
    for scale in setting.scales:
        folder, made = a_vault(setting, scale, "storing")
        bare = _bare_connection(setting.work / f"bare-{scale:g}.db")
        with opened(folder) as workspace, closing(bare):
            saving, signing, committing = _measured(workspace, bare, setting.runs)
        beside = "one-row commit, bare SQLCipher connection, same settings"
        lines += [
            Pairs(f"storing a draft, {made.notes:,} notes", beside, saving, committing, 2),
            Pairs(f"signing a note, {made.notes:,} notes", beside, signing, committing, 4),
        ]
    return lines


def _measured(workspace: Workspace, bare: Connection, runs: int) -> tuple[list[float], list[float], list[float]]:
    person = find_participants(workspace, "P-00002").hits[0].participant.id
    saving, signing, committing = [], [], []
    number = count(1)
    for run in range(runs + 1):
        saves, signs, commits = [], [], []
        for _ in range(_EACH):
            draft = _written(start_draft(workspace, person), next(number))
            text = draft.model_dump_json()
            commits.append(milliseconds(lambda text=text: _commit(bare, text)))
            saves.append(milliseconds(lambda draft=draft: save_draft(workspace, draft)))
            signs.append(milliseconds(lambda draft=draft: sign_note(workspace, draft.id)))
        if run:
            saving.append(median(saves))
            signing.append(median(signs))
            committing.append(median(commits))
    return saving, signing, committing


def _written(draft: Draft, number: int) -> Draft:
    begins = datetime.combine(UNTIL, time(8, 0)) + timedelta(minutes=number % 300)
    content = NoteContent(
        day=UNTIL,
        start=begins.time(),
        end=(begins + timedelta(minutes=40)).time(),
        place="the library",
        mode=Mode.IN_PERSON,
        concern_tags=("housing",),
        summary=_WORDS * 12,
        techniques=("role play",),
        response="Slowly, and then all at once.",
        plan="Keep the flat.",
    )
    return draft.model_copy(update={"content": content})


def _bare_connection(path: Path) -> Connection:
    connection = create_database(path, DataKey.generate(), uuid4(), check_same_thread=True)
    connection.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, words TEXT) STRICT")
    connection.execute("INSERT INTO one (id, words) VALUES (1, '')")
    return connection


def _commit(connection: Connection, text: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE one SET words = ? WHERE id = 1", (text,))
    connection.execute("COMMIT")
