"""The map of the open vault: which screen answers to which name."""

from __future__ import annotations

from typing import Any

from peernote_tui.ui.app import PeerNoteApp
from peernote_tui.ui.screens.actions import ActionsScreen
from peernote_tui.ui.screens.base import known_bindings
from peernote_tui.ui.screens.note import NoteScreen
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.notes import NotesScreen
from peernote_tui.ui.screens.participant import ParticipantScreen
from peernote_tui.ui.screens.participants import ParticipantsScreen
from peernote_tui.ui.screens.today import TodayScreen
from peernote_tui.ui.screens.vault_screen import VaultTopScreen

_TOP: dict[str, type[VaultTopScreen]] = {
    "today": TodayScreen,
    "participants": ParticipantsScreen,
    "notes": NotesScreen,
    "actions": ActionsScreen,
}


def top_screen(place: str) -> VaultTopScreen:
    """A fresh one of the four top screens, by its name in lower case."""
    return _TOP[place]()


def known_commands() -> dict[str, str]:
    """Every command of the open vault's screens with its usual keys, for checking a keymap."""
    screens: tuple[type[Any], ...] = (*_TOP.values(), NoteWizard, NoteScreen, ParticipantScreen)
    return known_bindings(PeerNoteApp, *screens)
