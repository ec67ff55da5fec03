"""`rescue list` and `rescue restore`: found wherever they lie, nothing of the content shown, brought back once."""

from __future__ import annotations

import pytest

from peernote_tui.domain import errors
from peernote_tui.services import writing


@pytest.fixture
def kept(maria, monkeypatch, tmp_path):
    """A rescue file, as a full disk leaves it behind, and the id of its draft."""
    # Where temporary files go is no business of other runs.
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    begun = maria("notes", "new", "M-0042", "--plain", "--json", stdin="").json["id"]

    def refuse(_workspace, draft):
        if draft.content.end is None:
            return draft
        raise errors.VaultFullError("There is no room left on the disk.", "Free some space.")

    with monkeypatch.context() as patch:
        patch.setattr(writing, "save_draft", refuse)
        maria("notes", "new", "--plain", "--draft", begun, stdin="2-245\n")
    (path,) = (maria.folder / "rescue").iterdir()
    return path, begun


def test_a_vault_without_rescue_files_says_so(maria):
    done = maria("rescue", "list")
    assert (done.code, done.out) == (0, "There is no rescue file: the vault holds everything.\n")


def test_the_list_names_files_and_nothing_of_what_they_hold(maria, kept):
    path, draft = kept
    found = maria("rescue", "list", "--json").json
    assert found["total"] == 1
    (row,) = found["rescue_files"]
    assert (row["name"], row["path"], row["draft"], row["state"]) == (path.name, str(path), draft, "newer")
    for shown in (maria("rescue", "list").out, maria("rescue", "list", "--json").out):
        assert path.name in shown
        assert "14:45" not in shown
        assert "Maria" not in shown


def test_a_draft_comes_back_and_its_file_goes(maria, kept):
    path, draft = kept
    done = maria("rescue", "restore", path.name[:22], "--json")
    assert done.code == 0, done.err
    assert done.json == {"draft": draft, "further": False, "removed": True}
    assert maria("notes", "show", draft, "--json").json["content"]["start"] == "14:00:00"
    assert maria("rescue", "list", "--json").json["total"] == 0


def test_beside_the_stored_one_it_is_a_further_draft(maria, kept):
    path, draft = kept
    done = maria("rescue", "restore", str(path), "--beside", "--json").json
    assert done["further"]
    assert done["draft"] != draft
    assert maria("notes", "show", draft, "--json").code == 0


def test_6_no_such_rescue_file(maria, kept):
    for name in ("peernote-rescue-zz", ""):
        assert maria("rescue", "restore", name).code == 6
    assert kept[0].exists()


def test_4_a_damaged_one_is_told_and_kept(maria, kept):
    path, _ = kept
    path.write_bytes(path.read_bytes()[:-1])
    assert "damaged, and kept" in maria("rescue", "list").out
    done = maria("rescue", "restore", path.name)
    assert (done.code, done.out) == (4, "")
    assert path.exists()
