"""Keys: what opens the vault, since when, and changing it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static

from peernote_tui.domain.clock import in_zone
from peernote_tui.domain.dates import say_day
from peernote_tui.services import key_slots, rekeying
from peernote_tui.services.key_slots import KeyStanding, Slot
from peernote_tui.services.rekeying import OldKey
from peernote_tui.services.workspace import Workspace
from peernote_tui.ui import sentences
from peernote_tui.ui.safe import Cell, Column
from peernote_tui.ui.screens.key_tasks import ChangePassphrase, KeyTask, NewCode, NewDataKey, SetOrganisation
from peernote_tui.ui.screens.sheet import ask_for_sheet
from peernote_tui.ui.screens.vault_screen import VaultScreen
from peernote_tui.ui.widgets.confirm import Confirm
from peernote_tui.ui.widgets.peer_list import PeerList, Row

_COLUMNS = (Column(16), Column(20, flex=1))
_TASKS: dict[str, Callable[[], KeyTask]] = {
    "passphrase": ChangePassphrase,
    "recovery": NewCode,
    "organisation": SetOrganisation,
    "data": NewDataKey,
}


class KeysScreen(VaultScreen[None]):
    """Every key with what it opens and since when; each is changed from here."""

    PLACE = sentences.KEYS_PLACE
    FIRST_KEYS = ("list.open", "keys.passphrase", "keys.code", "keys.sheet", "keys.remove")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "p", "change('passphrase')", "Change passphrase", id="keys.passphrase", tooltip="Choose another passphrase."
        ),
        Binding(
            "c",
            "change('recovery')",
            "New code",
            id="keys.code",
            tooltip="A new recovery code; the old one stops.",
        ),
        Binding(
            "o",
            "change('organisation')",
            "Organisation",
            id="keys.organisation",
            show=False,
            tooltip="Let an organisation open the vault too, with its own key.",
        ),
        Binding(
            "d",
            "change('data')",
            "New data key",
            id="keys.data",
            show=False,
            tooltip="Write everything anew under another key, when a copy may be in wrong hands.",
        ),
        Binding("s", "sheet", "Page to print", id="keys.sheet", tooltip="Write a recovery sheet to print."),
        Binding(
            "x",
            "remove",
            "Remove",
            id="keys.remove",
            tooltip="Take the organisation's key away, or delete what the old data key opens.",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._standing: KeyStanding | None = None
        self._old = OldKey((), ())

    def compose_body(self) -> ComposeResult:
        """Lay out the list, and what Enter does."""
        with Vertical(classes="main"):
            yield PeerList(_COLUMNS, id="keys")
            yield Static(sentences.KEYS_FOOT, classes="muted", markup=False)

    def on_mount(self) -> None:
        """Begin in the list."""
        self._list.focus()

    async def reload(self) -> None:
        """Look anew at what opens the vault."""
        if not self.house.gateway.is_open:
            return
        standing = await self.ask(key_slots.standing)
        old = await self.ask(rekeying.old_key)
        if standing is None or old is None or not self.is_attached:
            return
        self._standing, self._old = standing, old
        self._list.show(self._rows(standing, old))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """X exists on what can be removed."""
        if action == "remove":
            return self._removable is not None
        return super().check_action(action, parameters)

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if event.option_id == "old":
            self.action_remove()
        elif event.option_id:
            self.action_change(event.option_id)

    def action_change(self, what: str) -> None:
        """Change one of the keys."""
        self.app.push_screen(_TASKS[what]())

    def action_sheet(self) -> None:
        """Write a page to print, with a box for the code."""
        ask_for_sheet(self.app)

    def action_remove(self) -> None:
        """Ask, then remove the highlighted one."""
        what = self._removable
        if what is None:
            return
        if what == "organisation":
            question = Confirm(
                sentences.REMOVE_ORGANISATION,
                sentences.REMOVE_ORGANISATION_MEANS,
                yes=sentences.REMOVE_YES,
                asked_with="x",
            )
        else:
            counted = len(self._old.backups), len(self._old.aside)
            question = Confirm(
                sentences.REMOVE_OLD, sentences.remove_old_means(*counted), yes=sentences.REMOVE_OLD_YES, asked_with="x"
            )

        def answered(yes: bool | None) -> None:  # noqa: FBT001 Textual gives it so
            if yes:
                self.run_worker(self._remove(what), description="remove a key", exclusive=True, group="key")

        self.app.push_screen(question, answered)

    async def _remove(self, what: str) -> None:
        if what == "organisation":
            removed = await self.ask(_remove_organisation)
            if removed:
                self.say(sentences.ORGANISATION_REMOVED, tone="success")
        else:
            left = await self.ask(rekeying.remove_old_key)
            if left is not None:
                self.say(sentences.OLD_LEFT if left else sentences.OLD_REMOVED, tone="warning" if left else "success")
        await self.reload()

    @property
    def _removable(self) -> str | None:
        highlighted, standing = self._list.highlighted_id, self._standing
        if standing is None:
            return None
        is_there = {"organisation": standing.of(Slot.ORGANISATION).there, "old": bool(self._old)}
        return highlighted if highlighted is not None and is_there.get(highlighted) else None

    def _rows(self, standing: KeyStanding, old: OldKey) -> list[Row]:
        rows = [
            self._row("passphrase", sentences.KEY_LABEL, *self._slot(standing, Slot.PASSPHRASE)),
            self._row("recovery", sentences.KEY_CODE, *self._slot(standing, Slot.RECOVERY)),
            self._row("organisation", sentences.KEY_ORGANISATION, *self._slot(standing, Slot.ORGANISATION)),
            self._row("data", sentences.KEY_DATA, self._since(standing.data_key_since), sentences.ENCRYPTS_EVERYTHING),
        ]
        if old:
            said = sentences.old_opens(len(old.backups), len(old.aside))
            rows.append(self._row("old", sentences.KEY_OLD, "", said))
        return rows

    def _row(self, key: str, name: str, since: str, says: str) -> Row:
        return Row(key, (Cell(name, "bold"), Cell(since, "$muted")), below=says)

    def _slot(self, standing: KeyStanding, slot: Slot) -> tuple[str, str]:
        found = standing.of(slot)
        if slot is Slot.ORGANISATION:
            if not found.there:
                return sentences.NOT_SET, sentences.NO_ORGANISATION
            if standing.organisation_unknown:
                return "", sentences.UNKNOWN_ORGANISATION
            named = ", ".join(each.fingerprint for each in standing.recipients)
            return self._since(found.since), sentences.organisation_opens(named)
        opens = sentences.OPENS_EVERY_DAY if slot is Slot.PASSPHRASE else sentences.OPENS_WHEN_FORGOTTEN
        if not found.there:
            return "", sentences.KEY_FILE_MISSING
        return self._since(found.since), opens if found.ours else sentences.FILE_OTHER

    def _since(self, moment: datetime | None) -> str:
        if moment is None:
            return ""
        day = in_zone(moment, self.workspace.clock.zone).date()
        return sentences.key_since(say_day(day, today=self.workspace.today))

    @property
    def _list(self) -> PeerList:
        return self.query_one("#keys", PeerList)


def _remove_organisation(workspace: Workspace) -> bool:
    key_slots.remove_organisation(workspace)
    return True
