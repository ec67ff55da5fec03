"""The map of the open vault: which screen answers to which name."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

from textual.widget import Widget

from peernote_tui import ui
from peernote_tui.ui.app import PeerNoteApp
from peernote_tui.ui.screens.actions.screen import ActionsScreen
from peernote_tui.ui.screens.adding.screen import AddScreen
from peernote_tui.ui.screens.aside import AsideScreen
from peernote_tui.ui.screens.base import known_bindings
from peernote_tui.ui.screens.consents import ConsentsScreen
from peernote_tui.ui.screens.cosigning import CosignScreen
from peernote_tui.ui.screens.disclosures import DisclosuresScreen
from peernote_tui.ui.screens.edit_participant import EditParticipant
from peernote_tui.ui.screens.group.review import GroupReviewScreen
from peernote_tui.ui.screens.group.screen import GroupScreen
from peernote_tui.ui.screens.handing_out import HandOutScreen
from peernote_tui.ui.screens.meetings import MeetingsScreen
from peernote_tui.ui.screens.note import NoteScreen
from peernote_tui.ui.screens.note_wizard.correcting import CorrectionWizard
from peernote_tui.ui.screens.note_wizard.screen import NoteWizard
from peernote_tui.ui.screens.notes import NotesScreen
from peernote_tui.ui.screens.participant import ParticipantScreen
from peernote_tui.ui.screens.participants import ParticipantsScreen
from peernote_tui.ui.screens.progress import ProgressScreen
from peernote_tui.ui.screens.protocol import ProtocolScreen
from peernote_tui.ui.screens.recording_disclosure import RecordDisclosureScreen
from peernote_tui.ui.screens.referrals import ReferralsScreen
from peernote_tui.ui.screens.report import ReportScreen
from peernote_tui.ui.screens.rules import RulesScreen
from peernote_tui.ui.screens.snippets import SnippetsScreen
from peernote_tui.ui.screens.sweep import SweepScreen
from peernote_tui.ui.screens.template_editor import EditorScreen
from peernote_tui.ui.screens.templates import TemplatesScreen
from peernote_tui.ui.screens.today import TodayScreen
from peernote_tui.ui.screens.vault_screen import VaultScreen, VaultTopScreen
from peernote_tui.ui.screens.versions import VersionsScreen

_TOP: dict[str, type[VaultTopScreen]] = {
    "today": TodayScreen,
    "participants": ParticipantsScreen,
    "notes": NotesScreen,
    "actions": ActionsScreen,
}


def top_screen(place: str) -> VaultTopScreen:
    """A fresh one of the four top screens, by its name in lower case."""
    return _TOP[place]()


def returning_screens() -> dict[str, type[VaultScreen[Any]]]:
    """The screens that are come back to after locking, by their names."""
    kinds: tuple[type[VaultScreen[Any]], ...] = (
        *_TOP.values(),
        ParticipantScreen,
        EditParticipant,
        ConsentsScreen,
        NoteScreen,
        ProtocolScreen,
        NoteWizard,
        AsideScreen,
        RulesScreen,
        TemplatesScreen,
        EditorScreen,
        AddScreen,
        GroupScreen,
        GroupReviewScreen,
        CorrectionWizard,
        VersionsScreen,
        SnippetsScreen,
        CosignScreen,
        MeetingsScreen,
        ReferralsScreen,
        ProgressScreen,
        ReportScreen,
        SweepScreen,
        HandOutScreen,
        DisclosuresScreen,
        RecordDisclosureScreen,
    )
    return {kind.NAME: kind for kind in kinds}


def known_commands() -> dict[str, str]:
    """Every command of the application, its screens and its widgets with its usual keys, for checking a keymap."""
    for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        importlib.import_module(module.name)
    return known_bindings(PeerNoteApp, *_own_widgets(Widget))


def _own_widgets(base: type[Widget]) -> list[type[Widget]]:
    found: list[type[Widget]] = []
    for kind in base.__subclasses__():
        if kind.__module__.startswith("peernote_tui."):
            found.append(kind)
        found += _own_widgets(kind)
    return found
