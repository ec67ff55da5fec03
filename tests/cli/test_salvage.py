"""`peernote salvage` and `peernote repair`, and the words for each kind of damage."""

import pytest

PAGE = 4096
PHRASE = "violin glacier walnut pepper"


def spoil(folder, *places, name="vault.db"):
    path = folder / name
    data = bytearray(path.read_bytes())
    for place in places:
        data[place] ^= 1
    path.write_bytes(data)


def test_a_damaged_vault_is_salvaged_into_another_folder(maria, tmp_path):
    spoil(maria.folder, 1000)
    refused = maria("notes", "list")
    assert (refused.code, refused.out) == (4, "")
    assert "peernote salvage" in refused.err

    tried = maria("salvage", "--dry-run", "--json")
    assert tried.code == 0, tried.err
    assert tried.json["damage"]["unreadable_pages"] == [1]
    assert tried.json["nothing_lost"]
    assert tried.json["salvaged_to"] is None

    done = maria("salvage", "--to", tmp_path / "new.peernote")
    assert done.code == 0, done.err
    assert "1 participant" in done.out
    assert "Nothing is lost" in done.out
    again = maria("participants", "list", "--vault", tmp_path / "new.peernote", "--json")
    assert [each["name"] for each in again.json["participants"]] == ["Maria Santos"]
    # The damaged one lies as it lay.
    assert maria("notes", "list").code == 4


def test_notes_kept_apart_are_shown_and_said_not_to_be_what_was_signed(maria, peernote):
    from peernote_tui.services import kept_apart, unlocking
    from peernote_tui.services.system_clock import SystemClock

    nothing = maria("salvage", "--kept", "--json")
    assert (nothing.code, nothing.json) == (0, {"notes": []})
    opened = unlocking.open_vault(maria.folder, PHRASE, clock=SystemClock())
    with opened.changing() as work:
        row = {"id": "a-note", "participant_id": "somebody", "document": "words\x1b[2J changed"}
        work.remembered.put(kept_apart.APART, [row], at=opened.clock.now(), by=opened.author.id)
        work.commit()
    unlocking.close(opened)
    shown = maria("salvage", "--kept")
    assert "words[2J changed" in shown.out
    assert "not what was signed" in shown.err
    assert maria("salvage", "--kept", "--json").json["notes"][0]["id"] == "a-note"
    code = maria.folder.with_name("code")
    code.write_text(maria.recovery_code)
    assert peernote("salvage", "--kept", "--code-file", code, "--json").json["notes"][0]["id"] == "a-note"


def test_salvage_wants_a_place(maria):
    assert maria("salvage").code == 2
    assert maria("salvage", "--to", maria.folder / "inside").code == 2


def test_the_recovery_code_salvages_too(maria, peernote, tmp_path):
    (tmp_path / "code").write_text(maria.recovery_code)
    spoil(maria.folder, 1000)
    done = peernote("salvage", "--to", tmp_path / "new", "--code-file", tmp_path / "code", "--json")
    assert done.code == 0, done.err


@pytest.mark.parametrize("text", [None, "", "{", '{"format": "peernote-vault", "version": 1}'])
def test_a_lost_or_damaged_card_is_repaired(maria, text):
    card = maria.folder / "vault.json"
    good = card.read_bytes()
    if text is None:
        card.unlink()
    else:
        card.write_text(text)
    refused = maria("notes", "list")
    assert refused.code == 4
    assert "peernote repair" in refused.err
    assert "passphrase does not" not in refused.err
    assert maria("repair").code == 0
    assert card.read_bytes() == good
    assert maria("notes", "list").code == 0


def test_a_wrong_passphrase_is_told_before_any_damage(maria, peernote, tmp_path):
    (tmp_path / "wrong").write_text("quite another passphrase")
    spoil(maria.folder, 1000)
    for verb in (("notes", "list"), ("salvage", "--dry-run"), ("repair",)):
        refused = peernote(*verb, "--passphrase-file", tmp_path / "wrong")
        assert refused.code == 3, verb
        assert "damage" not in refused.err


def test_verify_names_the_page_and_the_way_out(maria, tmp_path):
    from peernote_tui.services import salvaging

    with salvaging.begin(maria.folder, PHRASE) as held, held.pages(tmp_path / "pages") as pages:
        page = next(root.page for root in pages.roots() if root.name == "action_events")
    spoil(maria.folder, (page - 1) * PAGE + 1000)
    found = maria("verify")
    assert found.code == 4
    assert f"page {page}" in found.out
    assert "peernote salvage" in found.out


def test_a_wrong_passphrase_is_noted_whatever_it_was_tried_on(maria, peernote, tmp_path):
    maria("backup", "create")
    maria("backup", "create")
    wrong = tmp_path / "wrong"
    wrong.write_text("another passphrase altogether")
    name = maria("backup", "list", "--json").json["backups"][0]["name"]
    tried = (
        ("backup", "verify"),
        ("backup", "restore", name, "--dry-run"),
        ("salvage", "--dry-run"),
        ("repair",),
    )
    for verb in tried:
        assert peernote(*verb, "--passphrase-file", wrong).code == 3, verb
    said = maria("log", "list", "--json").out
    assert "4 failed attempts to open" in said
