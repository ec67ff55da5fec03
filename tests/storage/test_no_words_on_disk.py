"""Nothing that was written can be read on the disk: not in the vault, its journal, its keys, or a temporary file."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager

import pytest

from peernote_tui.documents.note_json import write_notes
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.consent import ConsentHow
from peernote_tui.domain.note import AgreedAction
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.services import action_items, consenting, interchange, notes, participants, unlocking, writing

NAME = "Zephyrine Quillfeather"
WORDS = {
    "name": "Quillfeather",
    "ID": "ZQ-48151623",
    "phone": "555-0173-4477",
    "remark": "drawerseventeen",
    "place": "gazebolark",
    "tag": "moonwort",
    "summary": "wirbelwindjahre",
    "accented": "žluťoučký",
    "own words": "kummerspeckfrei",
    "agreed action": "xylophoneerrand",
    "other owner": "Auntbrambleberry",
    "lone action": "saxifragecall",
    "action words": "thimblerigged",
    "draft": "halbgeschrieben",
    "half typed": "unfinishedquince",
}
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The only place for temporary files, of Python and of SQLite."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


def readable(folder):
    """Which words stand in the clear in which file below a folder, in the encodings texts are kept in."""
    found = set()
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes().lower()
            found |= {
                (word, path.name)
                for word in WORDS.values()
                for encoding in ENCODINGS
                if word.lower().encode(encoding) in data or word.encode(encoding) in data
            }
    return found


@pytest.fixture
def written(workspace, complete_content, temporary):
    """A vault in which every word stands somewhere."""
    details = ParticipantDetails(name=NAME, external_id=WORDS["ID"], phone=WORDS["phone"])
    person = participants.add_participant(workspace, details)
    consenting.give_consent(workspace, person.id, how=ConsentHow.PAPER, remark=WORDS["remark"])
    action = action_items.add_action(workspace, person.id, ActionLine(WORDS["lone action"], Owner.ME))
    draft = writing.start_draft(workspace, person.id)
    content = complete_content(
        place=WORDS["place"],
        concern_tags=(WORDS["tag"],),
        summary=f"{WORDS['summary']} {WORDS['accented']} " * 2_000,
        own_words=WORDS["own words"],
        action_reviews=(
            {"action_id": action.id, "text": action.text, "outcome": "partly", "words": WORDS["action words"]},
        ),
        agreed_actions=(AgreedAction(text=WORDS["agreed action"], owner=Owner.OTHER, owner_name=WORDS["other owner"]),),
    )
    writing.save_draft(workspace, draft.model_copy(update={"content": content}))
    writing.sign_note(workspace, draft.id)
    second = writing.start_draft(workspace, person.id)
    begun = second.content.model_copy(update={"summary": WORDS["draft"]})
    typed = {"agreed_actions": WORDS["half typed"]}
    writing.save_draft(workspace, second.model_copy(update={"content": begun, "typed": typed}))
    return workspace


@contextmanager
def half_way(workspace):
    """Stand in the middle of a change, when a journal holds what was there before."""
    with workspace.changing() as work:
        connection = workspace.vault.connection
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("UPDATE participants SET phone = phone || '0'")
        connection.execute("UPDATE drafts SET content = content || ' '")
        yield work


def test_the_open_vault_shows_nothing(written, tmp_path):
    assert notes.search_notes(written, WORDS["summary"]).total == 1
    assert len(list(written.vault.folder.iterdir())) >= 3
    assert readable(tmp_path) == set()


def test_a_change_under_way_shows_nothing(written, tmp_path):
    with half_way(written):
        assert any("-journal" in path.name or "-wal" in path.name for path in written.vault.folder.iterdir())
        assert readable(tmp_path) == set()


def test_searching_and_sorting_much_leaves_no_temporary_file(written, temporary, tmp_path):
    connection = written.vault.connection
    connection.execute("CREATE TEMP TABLE much AS SELECT content FROM drafts")
    for _ in range(12):
        connection.execute("INSERT INTO much SELECT content FROM much")
    connection.execute("SELECT content FROM much ORDER BY content || random() LIMIT 1").fetchall()
    assert list(temporary.iterdir()) == []
    assert readable(tmp_path) == set()


def test_the_closed_vault_shows_nothing(written, temporary, tmp_path):
    unlocking.close(written)
    assert readable(tmp_path) == set()
    assert list(temporary.iterdir()) == []


def test_the_same_search_finds_every_word_in_an_export(written, tmp_path):
    exported = tmp_path / "exported.json"
    drafts = tuple(row.draft.id for row in writing.open_drafts(written))
    signed = interchange.export_notes(written)
    exported.write_bytes(write_notes([*signed, *interchange.export_notes(written, note_ids=drafts)]))
    in_notes = {word for kind, word in WORDS.items() if kind not in ("phone", "remark", "half typed")}
    assert in_notes <= {word for word, name in readable(tmp_path) if name == exported.name}
    for encoding in ENCODINGS:
        control = tmp_path / encoding
        control.write_bytes(" ".join(WORDS.values()).encode(encoding))
        assert {word for word, name in readable(tmp_path) if name == control.name} == set(WORDS.values())
