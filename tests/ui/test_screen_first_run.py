"""The first run: three steps to a vault, through real keys."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.domain.errors import DiskFullError
from peernote_tui.ui.screens.comparing import code_difference, own_difference, phrase_difference
from peernote_tui.ui.screens.first_run import FirstRunScreen
from peernote_tui.ui.screens.passphrase_step import PassphraseStep
from peernote_tui.ui.widgets.field import Field
from peernote_tui.vault import recovery_code

OWN = "my blue heron eats snow"


def error_of(app, key):
    return app.screen.query_one(f"#field-{key}", Field).error


def on_step(app, number):
    return app.screen.query_one("TopLine").status == f"Step {number} of 3"


def shown_phrase(lines):
    return next(
        found[1] for line in lines.splitlines() if (found := re.match(r"\s*▌?\s+((?:[a-z]+ ){5}[a-z]+)$", line))
    )


def shown_code(lines):
    return next(found[0] for line in lines.splitlines() if (found := re.search(r"(?:\w{4} - ){6}\w{4}", line)))


async def to_passphrase(pilot, type_in):
    await type_in(pilot, "Sam")
    await pilot.press("enter", "enter")
    await pilot.pause()
    assert on_step(pilot.app, 2)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
async def test_six_words_to_an_open_vault(size, tmp_path, at_the_door, read_screen, until, type_in):
    folder = tmp_path / "new" / "vault.peernote"
    async with at_the_door(folder, size=size) as pilot:
        app = pilot.app
        assert "Welcome to PeerNote" in read_screen(app)
        assert "vault.peernote" in read_screen(app)
        await to_passphrase(pilot, type_in)
        phrase = shown_phrase(read_screen(app))
        await pilot.press("enter")
        await pilot.pause()
        assert phrase not in read_screen(app)
        await type_in(pilot, phrase)
        await pilot.press("enter")
        await until(pilot, lambda: on_step(app, 3))
        assert (folder / "vault.json").exists()
        code = shown_code(read_screen(app))
        assert "k on Today" in " ".join(read_screen(app).split())
        await pilot.press("enter")
        await pilot.pause()
        assert code not in read_screen(app)
        await type_in(pilot, code.lower().replace(" ", "").replace("0", "o"))
        await pilot.press("enter")
        await until(pilot, lambda: type(app.screen).__name__ == "TodayScreen")
        assert "Welcome, Sam." in read_screen(app)
        assert app.gateway.workspace.author.name == "Sam"

    from peernote_tui.services.unlocking import close, open_vault, open_with_recovery_code

    close(open_vault(folder, phrase, clock=app.clock))
    close(open_with_recovery_code(folder, code, clock=app.clock))


async def test_an_own_passphrase_is_weighed_in_words_and_confirmed(tmp_path, at_the_door, until, type_in):
    async with at_the_door(tmp_path / "vault.peernote") as pilot:
        app = pilot.app
        await to_passphrase(pilot, type_in)
        await pilot.press("f4")
        await type_in(pilot, "short")
        own = app.screen.query_one("#field-own", Field)
        assert own.echo == "10 more characters are needed"
        await pilot.press("enter")
        await pilot.pause()
        assert "at least 15 are needed" in own.error
        await type_in(pilot, " aaaaaaaaaaaaaaa")
        assert own.error == ""
        assert "eak" in own.echo
        app.focused.load("")
        await type_in(pilot, OWN)
        assert own.echo == "Fair: a determined thief would need months"
        await pilot.press("enter")
        await type_in(pilot, "my blue horse eats snow")
        await pilot.press("enter")
        await pilot.pause()
        assert "character 10" in error_of(app, "again")
        assert "heron" not in error_of(app, "again")
        app.focused.load("")
        await type_in(pilot, OWN)
        await pilot.press("enter")
        await until(pilot, lambda: on_step(app, 3))


async def test_only_spaces_are_no_passphrase(tmp_path, at_the_door, type_in):
    async with at_the_door(tmp_path / "vault.peernote") as pilot:
        await to_passphrase(pilot, type_in)
        await pilot.press("f4", *["space"] * 20, "enter")
        await pilot.pause()
        assert "only spaces" in error_of(pilot.app, "own")


async def test_other_words_and_the_way_back(tmp_path, at_the_door, read_screen, type_in):
    async with at_the_door(tmp_path / "vault.peernote") as pilot:
        app = pilot.app
        await to_passphrase(pilot, type_in)
        first = shown_phrase(read_screen(app))
        await pilot.press("f3")
        await pilot.pause()
        second = shown_phrase(read_screen(app))
        assert first != second
        await pilot.press("enter", "x", "f3")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert shown_phrase(read_screen(app)) == second
        await pilot.press("f4", "q", "escape")
        await pilot.pause()
        assert shown_phrase(read_screen(app)) == second
        await pilot.press("escape")
        await pilot.pause()
        assert on_step(app, 1)
        assert app.screen.query_one("#name").value == "Sam"
        assert not (tmp_path / "vault.peernote").exists()


async def test_wrong_words_are_told_by_their_number(tmp_path, at_the_door, read_screen, type_in):
    async with at_the_door(tmp_path / "vault.peernote") as pilot:
        app = pilot.app
        await to_passphrase(pilot, type_in)
        words = shown_phrase(read_screen(app)).split()
        await pilot.press("enter")
        await type_in(pilot, " ".join([*words[:3], "zzz", *words[4:]]))
        await pilot.press("enter")
        await pilot.pause()
        told = "Word 4 is not the one that was shown. Look at your paper; Esc shows the words again."
        assert error_of(app, "again") == told


async def test_whoever_has_a_backup_is_told_how_to_put_it_back(tmp_path, at_the_door, read_screen):
    for size in ((80, 24), (60, 20)):
        async with at_the_door(tmp_path / "none.peernote", size=size) as pilot:
            await pilot.pause()
            told = read_screen(pilot.app)
            assert "peernote backup restore FOLDER" in " ".join(told.split())
            assert "Credential" in told


async def test_a_name_is_needed(tmp_path, at_the_door, type_in):
    async with at_the_door(tmp_path / "vault.peernote") as pilot:
        await pilot.press("space", "enter")
        await pilot.pause()
        assert error_of(pilot.app, "name").startswith("Type the name")
        assert on_step(pilot.app, 1)


async def test_a_wrong_group_of_the_code_is_told(tmp_path, at_the_door, read_screen, until, type_in):
    async with at_the_door(tmp_path / "vault.peernote") as pilot:
        app = pilot.app
        await to_passphrase(pilot, type_in)
        phrase = shown_phrase(read_screen(app))
        await pilot.press("enter")
        await type_in(pilot, phrase)
        await pilot.press("enter")
        await until(pilot, lambda: on_step(app, 3))
        code = shown_code(read_screen(app))
        await pilot.press("escape")
        await pilot.pause()
        assert on_step(app, 3)
        await pilot.press("enter")
        groups = code.split(" - ")
        wrong = ("A" if groups[2][0] != "A" else "B") + groups[2][1:]
        await type_in(pilot, "".join([*groups[:2], wrong]))
        await pilot.press("enter")
        await pilot.pause()
        assert error_of(app, "code").startswith("Group 3 ")
        await pilot.press("escape")
        await pilot.pause()
        assert shown_code(read_screen(app)) == code


async def test_leaving_at_the_code_leaves_a_vault_that_opens(tmp_path, at_the_door, read_screen, until, type_in):
    from peernote_tui.services.unlocking import close, open_vault

    folder = tmp_path / "vault.peernote"
    async with at_the_door(folder) as pilot:
        app = pilot.app
        await to_passphrase(pilot, type_in)
        phrase = shown_phrase(read_screen(app))
        await pilot.press("enter")
        await type_in(pilot, phrase)
        await pilot.press("enter")
        await until(pilot, lambda: on_step(app, 3))
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running)
        close(open_vault(folder, phrase, clock=app.clock))


async def test_a_full_disk_leaves_nothing_half_made(tmp_path, at_the_door, read_screen, until, type_in, monkeypatch):
    from peernote_tui.vault import keys

    folder = tmp_path / "vault.peernote"
    real = keys.write_slot

    def full(*_args, **_named):
        raise DiskFullError("There is no room left on the disk.", "Free some space, then try again.")

    monkeypatch.setattr(keys, "write_slot", full)
    async with at_the_door(folder) as pilot:
        app = pilot.app
        await to_passphrase(pilot, type_in)
        phrase = shown_phrase(read_screen(app))
        await pilot.press("enter")
        await type_in(pilot, phrase)
        await pilot.press("enter")
        await until(pilot, lambda: "no room left" in read_screen(app))
        assert "Enter tries again" in " ".join(read_screen(app).split())
        assert not folder.exists()
        monkeypatch.setattr(keys, "write_slot", real)
        await pilot.press("enter")
        await until(pilot, lambda: on_step(app, 3))
        assert (folder / "vault.json").exists()


async def test_a_folder_that_cannot_be_made_is_told(tmp_path, at_the_door, read_screen, until, type_in):
    async with at_the_door(tmp_path / "above" / "vault.peernote") as pilot:
        app = pilot.app
        (tmp_path / "above").write_text("a file where a folder should be")
        await to_passphrase(pilot, type_in)
        phrase = shown_phrase(read_screen(app))
        await pilot.press("enter")
        await type_in(pilot, phrase)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.query_one("#refusal").display)
        assert isinstance(app.screen, FirstRunScreen)
        assert not app.screen.query_one(PassphraseStep).disabled


@given(st.lists(st.sampled_from(["heron", "snow", "acorn", "zebra"]), min_size=6, max_size=6), st.integers(0, 5))
def test_the_first_wrong_word_is_named(words, place):
    phrase = " ".join(words)
    typed = " ".join([*words[:place], "other", *words[place + 1 :]])
    assert phrase_difference(phrase, phrase) == ""
    assert phrase_difference(phrase, typed).startswith(f"Word {place + 1} ")
    assert phrase_difference(phrase, phrase.upper()) != ""
    assert phrase_difference(phrase, " ".join(words[:place])) != ""
    assert phrase_difference(phrase, f"{phrase} more") != ""


@given(st.text(max_size=30), st.text(max_size=30))
def test_own_passphrases_are_alike_only_when_they_are_the_same(first, second):
    said = own_difference(first, second)
    assert (said == "") == (first == second)


@given(st.integers(0, 27), st.sampled_from("23456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_the_first_wrong_group_is_named(place, symbol):
    code = recovery_code.generate()
    symbols = code.replace("-", "")
    typed = symbols[:place] + symbol + symbols[place + 1 :]
    said = code_difference(code, typed.lower())
    assert said == "" if typed == symbols else said.startswith(f"Group {place // 4 + 1} ")
    assert code_difference(code, code.replace("-", " ").replace("0", "O").replace("1", "l")) == ""
    assert code_difference(code, symbols[:place]).endswith(f"group {place // 4 + 1} of 7. Type the rest.")
    assert code_difference(code, f"{symbols}2") != ""
