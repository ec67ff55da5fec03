"""Changing a participant's page from the page, and taking changes back there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, TypeAlias

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from peernote_tui.domain.errors import PeerNoteError
from peernote_tui.domain.participant import ParticipantChange
from peernote_tui.domain.timeline import TimelineEntry
from peernote_tui.services.changing_actions import ActionChange
from peernote_tui.services.keeping_records import take_back_change
from peernote_tui.services.participants import get_participant
from peernote_tui.services.separating import parts_of, separate
from peernote_tui.ui import naming, safe, sentences
from peernote_tui.ui.screens.base import PeerModal
from peernote_tui.ui.screens.edit_participant import EditParticipant
from peernote_tui.ui.screens.merged import PartsScreen
from peernote_tui.ui.screens.merging import Merged, merge_with_another, separated_words
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.undoing import Undoing, push_actions

Change: TypeAlias = tuple[ActionChange, ...] | ParticipantChange | Merged
"""What can be taken back on a page."""


async def edit_page(
    screen: VaultScreen[Any], participant_id: str, edited: Callable[[ParticipantChange | None], None]
) -> None:
    """Open the form of the page that a screen shows; `edited` is told the change that was saved."""
    if screen.workspace.vault.read_only:
        screen.say(sentences.READ_ONLY_PAGE, tone="error")
        return
    try:
        form = await EditParticipant.load(screen.house, participant_id)
    except PeerNoteError as error:
        screen.say(str(error), tone="error")
        return
    screen.app.push_screen(form, edited)


async def merge_page(screen: VaultScreen[Any], participant_id: str, merged: Callable[[Merged | None], None]) -> None:
    """Show the records that are part of the page's, or where there are none merge another one; in a worker.

    Args:
        screen: The page.
        participant_id: Whose page it is.
        merged: Told the merge that was made.
    """
    if await screen.ask(parts_of, participant_id):
        made: Merged | None = await screen.app.push_screen_wait(PartsScreen(participant_id))
    else:
        made = await merge_with_another(screen, participant_id)
    if made is not None and (person := await screen.ask(get_participant, made.kept_id)) is not None:
        merged(made)
        screen.say(sentences.two_are_one(naming.in_short(person.called)), tone="success", way=sentences.WAY_UNDO)


def remember(undoing: Undoing, change: Change) -> None:
    """Remember how a change is taken back, and what to say then."""
    if isinstance(change, ParticipantChange):
        undoing.push(sentences.page_as_before(change.fields), partial(take_back_change, change_id=change.id))
    elif isinstance(change, Merged):
        undoing.push(separated_words, partial(separate, merged_id=change.merged_id))
    else:
        push_actions(undoing, sentences.action_back(change[0].before.text), change)


class ChangeDialog(PeerModal[str]):
    """What a change of a page was, part by part; closes with the id of the change to take back, or with None.

    Args:
        entry: The change, as the timeline tells it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "take_back", "Take back", id="change.take_back", tooltip="Give these parts back what they held."),
    ]

    def __init__(self, entry: TimelineEntry) -> None:
        super().__init__()
        self._entry = entry

    def compose(self) -> ComposeResult:
        """Lay out each part with what it held before and what it holds since."""
        with Vertical(classes="dialog"):
            yield Static(safe.content(sentences.CHANGE_TITLE, "bold"), markup=False)
            with VerticalScroll():
                yield Static(_told(self._entry), classes="dialog--text", markup=False)
            yield Static(safe.content(sentences.CHANGE_KEYS), classes="dialog--keys", markup=False)

    def action_take_back(self) -> None:
        """Ask for the change to be taken back."""
        self.dismiss(self._entry.id)


def _told(entry: TimelineEntry) -> Content:
    lines = []
    for name in entry.fields:
        word = sentences.FIELD_WORDS.get(name, name)
        if name not in entry.before:
            lines.append(Content.assemble((word, "$secondary"), f"  {sentences.CHANGED_COVERED}"))
            continue
        was, became = value_words(entry.before[name]), value_words(entry.after.get(name))
        lines.append(
            Content.assemble(
                (word, "$secondary"), "  ", safe.content(was, "$muted"), ("  →  ", "$primary"), safe.content(became)
            )
        )
    return Content("\n").join(lines)


def value_words(value: Any) -> str:
    """A value of a record in words: a text, an answer, or the texts in a list of entries."""
    if isinstance(value, dict):
        found = [
            f"{name} {sentences.SAFE_WORDS[str(each)]}" if str(each) in sentences.SAFE_WORDS else value_words(each)
            for name, each in value.items()
            if each not in ("", False, None, [])
        ]
        return ", ".join(found) or sentences.EMPTY_VALUE
    if isinstance(value, list):
        return "; ".join(value_words(each) for each in value) or sentences.EMPTY_VALUE
    if value is True:
        return sentences.IN_AN_EMERGENCY
    return sentences.SAFE_WORDS.get(str(value), str(value)) if value not in (None, "") else sentences.EMPTY_VALUE
