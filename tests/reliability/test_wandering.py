"""Short walks through the whole application by chance; the long ones are `python -m reliability.wandering`."""

from __future__ import annotations

import shutil

import pytest
from reliability.steps import Step

from peernote_tui.services import writing
from peernote_tui.ui.screens.today import TodayScreen
from reliability import nasty_vault, wandering


@pytest.fixture(scope="module")
def vault(tmp_path_factory):
    """One vault for all walks of this file."""
    place = tmp_path_factory.mktemp("nasty")
    nasty_vault.make(place / "vault.peernote", nasty_vault.WalkingClock())
    return place


@pytest.fixture
def place(vault, tmp_path, monkeypatch):
    """A place for a walk, with a copy of the vault."""
    monkeypatch.setattr(
        nasty_vault, "make", lambda folder, _clock: shutil.copytree(vault, folder.parent, dirs_exist_ok=True)
    )
    return tmp_path


@pytest.mark.parametrize("seed", [1, 2])
def test_a_short_walk_finds_nothing(seed, place):
    walked = wandering.wander(seed, 12, place)
    assert not walked.found


WRITES = [Step("keys", ["ctrl+n"]), Step("keys", ["down"]), Step("keys", ["enter"]), Step("type", "zqmark00001")]


def test_a_word_that_is_lost_is_found_missing(place, monkeypatch):
    save = writing.save_draft
    monkeypatch.setattr(
        "peernote_tui.ui.screens.note_wizard.drafting.save_draft",
        lambda workspace, draft: save(workspace, draft.model_copy(update={"content": {}, "typed": {}})),
    )
    assert wandering.replay(WRITES, place).name == "Words are lost"


def test_a_fault_is_found_by_its_place(place, monkeypatch):
    def broken(_screen):
        raise ZeroDivisionError("zqmark00001")

    monkeypatch.setattr(TodayScreen, "action_meetings", broken)
    walked = wandering.replay([Step("home"), Step("keys", ["f2"])], place)
    assert walked.name.startswith("ZeroDivisionError at ")
    assert "zqmark00001" not in walked.name
