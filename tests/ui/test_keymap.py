"""A person's keymap and settings: what is usable is used, the rest is said and left aside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.ui.keymap import FORBIDDEN, load_keymap
from peernote_tui.ui.screens.base import PeerScreen, TopScreen, known_bindings
from peernote_tui.ui.settings import Settings, load_settings, save_settings

KNOWN = {"house.lock": "ctrl+l", "house.find": "f5,ctrl+f", "actions.done": "space"}


@pytest.fixture
def read(tmp_path):
    def reading(text, known=KNOWN):
        path = tmp_path / "keymap.toml"
        path.write_text(text, encoding="utf-8")
        return load_keymap(path, known)

    return reading


def test_no_file_means_the_usual_keys(tmp_path):
    keymap = load_keymap(tmp_path / "none.toml", KNOWN)
    assert (keymap.bindings, keymap.problems) == ({}, ())


def test_keys_are_taken_and_normalised(read):
    keymap = read('[keys]\n"house.lock" = "Shift+Ctrl+K"\n"actions.done" = ["d", "space"]\n')
    assert keymap.bindings == {"house.lock": "ctrl+shift+k", "actions.done": "d,space"}
    assert keymap.problems == ()


def test_a_capital_letter_stays_a_capital_letter(read):
    assert read('[keys]\n"actions.done" = "D"\n').bindings == {"actions.done": "D"}


@pytest.mark.parametrize("key", sorted(FORBIDDEN))
def test_keys_that_terminals_eat_are_refused(read, key):
    keymap = read(f'[keys]\n"house.lock" = "{key}"\n')
    assert keymap.bindings == {}
    assert key in keymap.problems[0]


@pytest.mark.parametrize("key", ["l", "enter", "escape", "tab", "space", "?"])
def test_a_key_needed_while_typing_cannot_be_a_house_key(read, key):
    keymap = read(f'[keys]\n"house.lock" = "{key}"\n')
    assert keymap.bindings == {}
    assert "typing" in keymap.problems[0]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('[keys]\n"no.such" = "f4"\n', "no.such"),
        ('[keys]\n"house.lock" = 4\n', "not a piece of text"),
        ('[keys]\n"house.lock" = "hyperdrive+q"\n', "not a key name"),
        ('[keys]\n"house.lock" = []\n', "has no key"),
        ("[keys\n", "TOML"),
        ('keys = "f4"\n', "[keys]"),
    ],
)
def test_what_cannot_be_used_is_said(read, text, word):
    keymap = read(text)
    assert keymap.bindings == {}
    assert word in keymap.problems[0]
    assert "!" not in keymap.problems[0]


def test_a_key_bound_twice_goes_to_the_first(read):
    keymap = read('[keys]\n"house.lock" = "f8"\n"house.find" = "f8"\n')
    assert keymap.bindings == {"house.lock": "f8"}
    assert "twice" in keymap.problems[0]


def test_a_usual_house_key_cannot_be_taken_unless_it_was_moved(read):
    assert "twice" in read('[keys]\n"actions.done" = "ctrl+l"\n').problems[0]
    moved = read('[keys]\n"house.lock" = "f8"\n"actions.done" = "ctrl+l"\n')
    assert moved.bindings == {"house.lock": "f8", "actions.done": "ctrl+l"}


@given(st.binary(max_size=200))
def test_no_bytes_break_reading(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("keys") / "keymap.toml"
    path.write_bytes(data)
    load_keymap(path, KNOWN)
    load_settings(path)


def test_every_house_command_has_an_id_and_an_explanation():
    for cls in (PeerScreen, TopScreen):
        for binding in cls.BINDINGS:
            assert binding.tooltip
            assert binding.id or binding.key in {"tab", "shift+tab"}


def test_no_default_key_is_one_that_terminals_eat():
    for keys in known_bindings(TopScreen).values():
        for key in keys.split(","):
            assert key not in {*FORBIDDEN, "f6", "f7"}
            assert not key.startswith("alt+")


async def test_a_moved_key_works_and_the_usual_one_rests(read, house_app, run):
    app = house_app(first_screen=TopScreen())
    async with run(app) as pilot:
        app.set_keymap(read('[keys]\n"house.lock" = "f8"\n').bindings)
        await pilot.press("f8")
        await pilot.press("ctrl+l")
        assert app.went == ["lock"]


def test_settings_survive_a_round_trip(tmp_path):
    path = tmp_path / "deep" / "settings.toml"
    for settings in (Settings(), Settings(theme="daylight", lock_minutes=12, day_first=True, side_pane=False)):
        save_settings(path, settings)
        assert load_settings(path).settings == settings
        assert load_settings(path).problems == ()
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize(
    "line",
    ["theme = 'pink'", "theme = 3", "lock_minutes = 0", "lock_minutes = true", "lock_minutes = 'x'", "side_pane = 1"],
)
def test_an_unusable_setting_is_said_and_its_default_kept(tmp_path, line):
    path = tmp_path / "settings.toml"
    path.write_text(line + "\nday_first = false\n", encoding="utf-8")
    loaded = load_settings(path)
    assert loaded.settings == Settings(day_first=False)
    assert line.split(" ")[0] in loaded.problems[0]


@pytest.mark.parametrize(
    "text",
    ["x = " + "[" * 20_000 + "]" * 20_000, "lock_minutes = " + "9" * 5_000, "[" + "a." * 20_000 + "a]", "#" * 300_000],
    ids=["deep arrays", "a number of 5000 digits", "a deep key", "a file of some other kind"],
)
def test_a_file_that_would_break_the_reader_is_left_aside_in_words(text, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    settings, keymap = load_settings(path), load_keymap(path, KNOWN)
    assert settings.settings == Settings()
    assert keymap.bindings == {}
    assert len(settings.problems) <= 1
    assert "9999" not in " ".join([*settings.problems, *keymap.problems])
