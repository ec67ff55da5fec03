"""In every dialog in which words are typed, they wait over Esc and a lock, and are gone once they were taken."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from datetime import date

import pytest
from textual.screen import ModalScreen
from textual.widgets import Input, TextArea

from peernote_tui import ui
from peernote_tui.domain.errors import InvalidInputError, StorageError
from peernote_tui.services.half_typed import words_before
from peernote_tui.services.referrals import begin_referral, view_referral
from peernote_tui.ui.screens.actions.dialogs import ReassignDialog, SnoozeDialog, WordsDialog
from peernote_tui.ui.screens.backup_folder import ChooseFolder
from peernote_tui.ui.screens.keeping import KeepingModal
from peernote_tui.ui.screens.meeting_dialog import MeetingDialog
from peernote_tui.ui.screens.one_line import OneLine
from peernote_tui.ui.screens.referral_dialogs import BeginReferral, MoveReferral
from peernote_tui.ui.screens.sheet import SheetDialog
from peernote_tui.ui.shelf import Shelf
from peernote_tui.ui.widgets.choice_field import ChoiceField
from peernote_tui.ui.widgets.confirm import Confirm

TODAY = date(2026, 11, 23)
WORDS = "half a wo"


async def taken(answer):
    return answer


def moving(person, view):
    return MoveReferral(view, (), day_first=False, wait_days=7)


DIALOGS = {
    OneLine: lambda person, view: OneLine("What", "Why", hint="", shelf=Shelf("why", (person.id,)), typed="before"),
    SnoozeDialog: lambda person, view: SnoozeDialog([view.action.id], "It", taken, TODAY, day_first=False),
    WordsDialog: lambda person, view: WordsDialog([view.action.id], "It", taken),
    ReassignDialog: lambda person, view: ReassignDialog([view.action.id], "It", taken, "Maria"),
    MeetingDialog: lambda person, view: MeetingDialog(person, taken, day_first=False),
    BeginReferral: lambda person, view: BeginReferral(person, day_first=False),
    MoveReferral: moving,
    ChooseFolder: lambda person, view: ChooseFolder("", []),
}
"""Every dialog in which words are typed: how it is made for somebody and their referral."""
PLACES_ONLY = {SheetDialog}
"""Asks for a place on a disk before there is a vault."""


def every(kind):
    """Every class of a kind in the whole of the interface."""
    for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        importlib.import_module(module.name)
    found, left = set(), [kind]
    while left:
        for each in left.pop().__subclasses__():
            found.add(each)
            left.append(each)
    return {each for each in found if each.__module__.startswith(ui.__name__)}


def test_every_dialog_in_which_words_are_typed_lets_them_wait():
    boxes = {
        box.__name__ for kind in (Input, TextArea) for box in every(kind) if not getattr(box, "MAY_BE_LOST", False)
    }
    makes = re.compile(rf"\b(?:{'|'.join(boxes)})\(")
    asking = set()
    for dialog in every(ModalScreen):
        module = inspect.getmodule(dialog)
        helpers = {
            name
            for name, made in inspect.getmembers(module, inspect.isfunction)
            if makes.search(inspect.getsource(made))
        }
        calls = re.compile(rf"\b(?:{'|'.join(boxes | helpers)})\(")
        if calls.search(inspect.getsource(dialog)):
            asking.add(dialog)
    assert Confirm not in asking, "the search finds dialogs that ask for words, and no others"
    assert asking == {*DIALOGS, *PLACES_ONLY}, "a new dialog is a KeepingModal and stands in DIALOGS"
    assert all(issubclass(each, KeepingModal) for each in DIALOGS)


@pytest.fixture
def referral(workspace, consented):
    return begin_referral(workspace, consented.id, "Legal aid", accepted=True)


@pytest.mark.parametrize("kind", DIALOGS, ids=lambda kind: kind.__name__)
async def test_words_wait_over_esc_and_a_lock_until_they_are_taken(
    kind, workspace, consented, referral, in_the_vault, until
):
    view = view_referral(workspace, referral.id)

    def dialog():
        return DIALOGS[kind](consented.called, view)

    async with in_the_vault() as pilot:
        app = pilot.app

        async def ask():
            made = dialog()
            app.push_screen(made)
            await until(pilot, lambda: app.screen is made and made._first is not None and app.keys_settled)
            return made

        async def kept():
            return await app.gateway.call(words_before, asked._shelf.name)

        asked = await ask()
        for box in asked._boxes().values():
            if not isinstance(box, ChoiceField):
                box.value, box.text = WORDS, WORDS
        typed = asked.words()
        assert WORDS in typed.values()
        await app.flush()
        assert await kept() == typed, "locking stores it"
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is not asked)
        assert await kept() == typed, "Esc leaves it"
        asked = await ask()
        await until(pilot, lambda: asked.words() == typed)
        # An answer, and for some of them what is asked of the vault.
        asked.give(lambda _workspace: "done")
        await until(pilot, lambda: app.screen is not asked)
        assert await kept() == {}, "taken is taken"


async def test_what_is_refused_stays_in_the_dialog_with_the_reason(in_the_vault, until, type_in, read_screen):
    async def refuse(answer):
        if answer != "better":
            raise InvalidInputError("This will not do.", "Say it better.")
        return len(answer)

    got = []
    async with in_the_vault() as pilot:
        question = OneLine("What", "Why", hint="", shelf=Shelf("why"), take=refuse)
        pilot.app.push_screen(question, got.append)
        await until(pilot, lambda: question._first is not None)
        await type_in(pilot, "worse")
        await pilot.press("enter")
        await until(pilot, lambda: "This will not do." in read_screen(pilot.app))
        assert question.words() == {"one_line": "worse"}
        await pilot.press("home", "shift+end", "delete")
        await type_in(pilot, "better")
        await pilot.press("enter")
        await until(pilot, lambda: got == [6])


async def test_esc_says_first_that_nothing_can_be_stored(in_the_vault, until, type_in, read_screen, monkeypatch):
    def full(*_given, **_named):
        raise StorageError("The disk is full.", "Make room.")

    async with in_the_vault() as pilot:
        question = OneLine("What", "Why", hint="", shelf=Shelf("why"))
        pilot.app.push_screen(question)
        await until(pilot, lambda: question._first is not None)
        await type_in(pilot, "half")
        monkeypatch.setattr("peernote_tui.ui.shelf.keep_words", full)
        await pilot.press("escape")
        await until(pilot, lambda: "The disk is full." in read_screen(pilot.app))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is not question)
