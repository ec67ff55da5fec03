"""Makes the pictures of the screens from fictional people, with real keys: `python scripts/screenshots.py`.

Clock, people and whatever is drawn by chance are fixed, so that two runs give the same pictures. The pictures
stand by themselves: no web font, no address, nothing of the machine they were made on.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import secrets
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

from nacl import bindings
from textual.pilot import Pilot

from peernote_tui.services.backups import back_up, backup_if_due
from peernote_tui.services.demo import StoryClock, fill_with_demo, story_begins
from peernote_tui.services.unlocking import close, create_vault
from peernote_tui.ui.app import Leaving, PeerNoteApp
from peernote_tui.ui.screens.base import PeerScreen
from peernote_tui.ui.widgets.field import Field
from peernote_tui.ui.widgets.top_line import TopLine
from peernote_tui.vault import passphrase, recovery_code, signing

PICTURES = Path(__file__).resolve().parents[1] / "screenshots"
SIZES = ((80, 24), (120, 40))
DOORS = ("unlock", "first-run-words", "recovery-code", "damage")
INSIDE = (
    "today",
    "sweep",
    "participants",
    "filters",
    "participant",
    "consents",
    "participant-timeline",
    "progress",
    "report",
    "participant-edit",
    "hand-out",
    "disclosures",
    "wizard-1",
    "wizard-2",
    "wizard-3",
    "wizard-4",
    "wizard-5",
    "jump",
    "review",
    "notes",
    "note",
    "note-added",
    "actions",
    "referrals",
    "backups",
    "keys",
    "log",
    "verify",
    "templates",
    "rules",
    "snippets",
    "group",
    "group-notes",
    "help",
    "palette",
)
NAMES = (*DOORS, *INSIDE)

# By their keys on Today: what keeps the vault, and what notes are written with.
_KEEPING = (
    ("b", "BackupsScreen", "backups"),
    ("k", "KeysScreen", "keys"),
    ("f12", "LogScreen", "log"),
    ("v", "VerifyScreen", "verify"),
    ("t", "TemplatesScreen", "templates"),
    ("y", "RulesScreen", "rules"),
    ("S", "SnippetsScreen", "snippets"),
)
_BACKED_UP_BEFORE = timedelta(minutes=5)
_PAGE_BYTES = 4096
_DAMAGED_PAGE = 40
_MOMENT = datetime(2026, 11, 23, 19, 52, tzinfo=UTC)
_ZONE = "America/New_York"
_PASSPHRASE = "walnut glacier violin harbor"
_WORDS = "lantern orchard pebble drizzle copper meadow"
# Seven groups as every code has them; the check at its end holds, and no vault was ever made with it.
_CODE_BEGINS = "FAKEC0DEFAKEC0DEFAKEC0DEFA"
_CHEAP = 4
_SEED = 5
_PATIENCE_SECONDS = 30.0
_FONTS = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"
_KEYS = {" ": "space", "@": "at", "-": "minus", ",": "comma", ".": "full_stop", ":": "colon"}


@dataclass(frozen=True)
class Stage:
    """What one run of the app needs.

    Attributes:
        folder: Of the vault.
        config: Of settings, absent: those of a fresh installation.
        size: Columns and rows.
    """

    folder: Path
    config: Path
    size: tuple[int, int]


def main() -> int:
    """Make every picture."""
    with tempfile.TemporaryDirectory() as folder, _nothing_by_chance():
        home = Path(folder)
        # The Unlock screen says where the vault lies; with this home it says "~/case-notes".
        os.environ["HOME"] = os.environ["USERPROFILE"] = str(home)
        PICTURES.mkdir(exist_ok=True)
        master = home / "master"
        _make_demo(master)
        for size in SIZES:
            stage = Stage(home / "case-notes", home / "config", size)
            asyncio.run(_first_run(replace(stage, folder=home / "new")))
            shutil.copytree(master, stage.folder)
            asyncio.run(_inside(stage))
            _damage(stage.folder)
            asyncio.run(_damaged(stage))
            for used in (stage.folder, home / "new"):
                shutil.rmtree(used)
    return 0


async def _first_run(stage: Stage) -> None:
    async with _running(stage) as photographer:
        await photographer.type("Sam Rivera")
        await photographer.press("enter")
        await photographer.type("CPS")
        await photographer.press("enter")
        await photographer.take("first-run-words")
        await photographer.press("enter")
        await photographer.type(_WORDS)
        await photographer.press("enter")
        await photographer.focus("code-card")
        await photographer.take("recovery-code")


async def _inside(stage: Stage) -> None:
    async with _running(stage) as photographer:
        await photographer.take("unlock")
        await photographer.type(_PASSPHRASE)
        await photographer.press("enter")
        await photographer.arrive("TodayScreen")
        await photographer.take("today")
        await photographer.press("e")
        await photographer.arrive("SweepScreen")
        await photographer.take("sweep")
        await photographer.press("escape")
        await photographer.arrive("TodayScreen")
        await photographer.press("f1")
        await photographer.take("help")
        await photographer.press("escape")
        await photographer.press("ctrl+p")
        await photographer.take("palette")
        await photographer.press("escape", "down", "down", "enter")
        await _wizard(photographer)
        await photographer.arrive("TodayScreen")
        await photographer.press("2")
        await photographer.arrive("ParticipantsScreen")
        await _people(photographer)
        await photographer.arrive("ParticipantScreen")
        await _person(photographer)
        await photographer.press("escape")
        await photographer.arrive("ParticipantsScreen")
        await photographer.press("escape")
        await photographer.arrive("TodayScreen")
        await _notes(photographer)
        await photographer.press("4")
        await photographer.arrive("ActionsScreen")
        await photographer.take("actions")
        await _referrals(photographer)
        await photographer.press("escape")
        await photographer.arrive("TodayScreen")
        for key, screen, name in _KEEPING:
            await photographer.press(key)
            await photographer.arrive(screen)
            await photographer.take(name)
            await photographer.press("escape")
            await photographer.arrive("TodayScreen")
        await _group(photographer)
        await _handing_out(photographer)


async def _notes(photographer: Photographer) -> None:
    """Searched, one read, and one that was corrected."""
    await photographer.press("3")
    await photographer.arrive("NotesScreen")
    await photographer.press("slash")
    await photographer.type("phone call")
    await photographer.take("notes")
    await photographer.press("enter")
    await photographer.settle()
    await photographer.press("enter")
    await photographer.arrive("NoteScreen")
    await photographer.take("note")
    await photographer.press("escape")
    await photographer.arrive("NotesScreen")
    await photographer.press("escape")
    await photographer.press("slash")
    await photographer.type("typed seven")
    await photographer.press("enter")
    await photographer.settle()
    await photographer.press("enter")
    await photographer.arrive("NoteScreen")
    await photographer.take("note-added")
    await photographer.press("escape")
    await photographer.arrive("NotesScreen")
    await photographer.press("escape")
    await photographer.press("escape")
    await photographer.arrive("TodayScreen")


async def _referrals(photographer: Photographer) -> None:
    """The list, and over it how far one has come."""
    await photographer.press("ctrl+p")
    await photographer.type("referrals")
    await photographer.press("enter")
    await photographer.arrive("ReferralsScreen")
    await photographer.press("enter")
    await photographer.arrive("MoveReferral")
    await photographer.take("referrals")
    await photographer.press("escape")
    await photographer.arrive("ReferralsScreen")
    await photographer.press("escape")
    await photographer.arrive("ActionsScreen")


async def _group(photographer: Photographer) -> None:
    """A group of three: the line of each, and their notes."""
    await photographer.press("g")
    await photographer.arrive("GroupScreen")
    await photographer.type("now-60")
    await photographer.press("enter")
    await photographer.type("Sleep, and what helps")
    await photographer.press("enter")
    await photographer.type("2")
    await photographer.press("enter", "enter", "1", "enter", "enter")
    for number in ("M-0042", "D-0017", "T-0063"):
        await photographer.type(number)
        await photographer.press("enter")
    await photographer.press("f2")
    await photographer.type("Everyone named one thing that helps. We tried slow breathing together.")
    await photographer.press("f2")
    for words in ("Counted along, eyes closed.", "Taught us his record trick."):
        await photographer.type(words)
        await photographer.press("enter")
        await photographer.type("tries it once at home")
        await photographer.press("enter", "enter")
    await photographer.take("group")
    await photographer.press("f2")
    await photographer.arrive("GroupReviewScreen")
    await photographer.take("group-notes")
    await photographer.press("escape")
    await photographer.arrive("TodayScreen")


async def _damaged(stage: Stage) -> None:
    """A vault in which pages are damaged, from the locked screen."""
    async with _running(stage) as photographer:
        await photographer.type(_PASSPHRASE)
        await photographer.press("f7")
        await photographer.arrive("DamageScreen", focuses=False)
        await photographer.take("damage")


def _damage(folder: Path) -> None:
    """Write noise over a page of notes."""
    database = folder / "vault.db"
    data = bytearray(database.read_bytes())
    at = _DAMAGED_PAGE * _PAGE_BYTES
    data[at + 100 : at + 400] = bytes(300)
    database.write_bytes(data)


async def _person(photographer: Photographer) -> None:
    await photographer.take("participant")
    await photographer.press("c")
    await photographer.arrive("ConsentsScreen")
    await photographer.take("consents")
    await photographer.press("escape")
    await photographer.arrive("ParticipantScreen")
    await photographer.press("t")
    await photographer.take("participant-timeline")
    await photographer.press("g")
    await photographer.arrive("ProgressScreen")
    await photographer.take("progress")
    await photographer.press("ctrl+p")
    await photographer.type("report over")
    await photographer.press("enter")
    await photographer.arrive("ReportScreen")
    await photographer.take("report")
    await photographer.press("escape")
    await photographer.arrive("ProgressScreen")
    await photographer.press("escape")
    await photographer.arrive("ParticipantScreen")
    await photographer.press("e")
    await photographer.arrive("EditParticipant")
    await photographer.take("participant-edit")
    await photographer.press("escape")
    await photographer.arrive("ParticipantScreen")


async def _handing_out(photographer: Photographer) -> None:
    """A whole record to the one whom a consent names, and the account with it."""
    await photographer.press("2")
    await photographer.arrive("ParticipantsScreen")
    await photographer.type("mari")
    await photographer.press("enter")
    await photographer.arrive("ParticipantScreen")
    await photographer.press("f8")
    await photographer.arrive("HandOutScreen")
    await photographer.press("tab")
    await photographer.type("Riverside Clinic, care team")
    await photographer.press("tab", "tab")
    await photographer.type("2")
    await photographer.take("hand-out")
    await photographer.press("f8")
    await photographer.arrive("ParticipantScreen")
    await photographer.press("s")
    await photographer.arrive("DisclosuresScreen")
    await photographer.take("disclosures")
    for record in Path.home().glob("record-*.pdf"):
        record.unlink()


async def _people(photographer: Photographer) -> None:
    await photographer.press("f4", "n", "7")
    await photographer.take("filters")
    await photographer.press("escape")
    await photographer.type("mari")
    await photographer.take("participants")
    await photographer.press("enter")


async def _wizard(photographer: Photographer) -> None:
    """Maria's draft, left at the summary."""
    await photographer.arrive("NoteWizard")
    await photographer.press("f3")
    await photographer.press("f3")
    await photographer.take("wizard-1")
    await photographer.press("ctrl+o")
    await photographer.take("jump")
    await photographer.press("escape")
    for step in ("wizard-2", "wizard-3", "wizard-4"):
        await photographer.press("f4")
        if step == "wizard-4":
            await photographer.type("call housing office @me fri")
            await photographer.press("enter")
        if step == "wizard-3":
            # What is missing has focus; a key in the box above brings the hint about one of its words.
            await photographer.press("shift+tab", "space")
            await photographer.read("other words")
        await photographer.take(step)
    await photographer.press("f4")
    await photographer.type("mon 2pm")
    await photographer.take("wizard-5")
    await photographer.press("f2")
    await photographer.take("review")
    await photographer.press("escape")
    await photographer.press("escape")


class Photographer:
    """Presses keys, waits until all is quiet, and takes pictures.

    Args:
        pilot: Of the running app.
        size: Columns and rows, for the picture's name.
    """

    def __init__(self, pilot: Pilot[Leaving], size: tuple[int, int]) -> None:
        self._pilot = pilot
        self._size = size

    async def type(self, text: str) -> None:
        """Type a text key by key."""
        await self.press(*(_KEYS.get(sign, sign) for sign in text))

    async def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            await self._pilot.press(key)
        await self.settle()

    async def settle(self) -> None:
        """Wait until what was asked of the vault has come back."""
        await self._pilot.pause()
        # A flow waits for the person.
        asked = [worker for worker in self._pilot.app.workers if worker.group != "flow" and not worker.is_finished]
        if asked:
            await self._pilot.app.workers.wait_for_complete(asked)
        await self._pilot.pause()

    async def arrive(self, name: str, *, focuses: bool = True) -> None:
        """Wait until a screen of the class with this name is in front, and focus is where it belongs."""
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while type(self._pilot.app.screen).__name__ != name or (focuses and self._pilot.app.screen.focused is None):
                await self._pilot.pause(0.01)
        await self.settle()

    async def focus(self, name: str) -> None:
        """Wait until the widget with this id has focus."""
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while (focused := self._pilot.app.screen.focused) is None or focused.id != name:
                await self._pilot.pause(0.01)
        await self.settle()

    async def read(self, words: str) -> None:
        """Wait until a field says back something with these words."""
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while not any(words in field.echo for field in self._pilot.app.screen.query(Field)):
                await self._pilot.pause(0.01)

    async def take(self, name: str) -> None:
        """Write the picture of what is on the screen."""
        await self.settle()
        self._show_time_left()
        await self.settle()
        picture = standalone(self._pilot.app.export_screenshot(title="PeerNote"))
        columns, rows = self._size
        (PICTURES / f"{name}-{columns}x{rows}.svg").write_text(picture, encoding="utf-8", newline="\n")

    def _show_time_left(self) -> None:
        """Say when the vault locks, which a new screen otherwise says within its first second."""
        app = self._pilot.app
        if isinstance(app, PeerNoteApp) and app.gateway.is_open:
            for screen in app.screen_stack:
                if isinstance(screen, PeerScreen) and screen.query(TopLine):
                    screen.set_lock_countdown(app.settings.lock_minutes * 60)


def standalone(picture: str) -> str:
    """A picture without web fonts, addresses and comments; its fonts are the reader's own."""
    picture = re.sub(r"\s*@font-face\s*\{.*?\}", "", picture, flags=re.DOTALL)
    picture = re.sub(r"<!--.*?-->\s*", "", picture, flags=re.DOTALL)
    picture = re.sub(r"font-family:[^;]*;", f"font-family: {_FONTS};", picture)
    # Some viewers trim the ends of a run of text otherwise.
    picture = picture.replace("<svg ", '<svg xml:space="preserve" ', 1)
    return "\n".join(line.rstrip() for line in picture.splitlines()) + "\n"


@asynccontextmanager
async def _running(stage: Stage) -> AsyncIterator[Photographer]:
    app = PeerNoteApp(
        stage.folder,
        clock=StoryClock(_ZONE, _MOMENT),
        config=stage.config,
        monotonic=lambda: 0.0,
        work_factor=_CHEAP,
    )
    try:
        async with app.run_test(size=stage.size) as pilot:
            photographer = Photographer(pilot, stage.size)
            await photographer.settle()
            yield photographer
            await app.flush()
    finally:
        app.gateway.shutdown()


def _make_demo(folder: Path) -> None:
    clock = StoryClock(_ZONE, _MOMENT)
    made = create_vault(
        folder,
        _PASSPHRASE,
        author_name="Sam Rivera",
        credential="CPS",
        clock=story_begins(clock),
        work_factor=_CHEAP,
    )
    try:
        fill_with_demo(replace(made.workspace, clock=clock))
        backup_if_due(replace(made.workspace, clock=StoryClock(_ZONE, _MOMENT - _BACKED_UP_BEFORE)))
        back_up(replace(made.workspace, clock=clock))
    finally:
        close(made.workspace)


def _key_pair(seed: bytes) -> signing.SigningKeyPair:
    public, _ = bindings.crypto_sign_seed_keypair(seed)
    return signing.SigningKeyPair(seed, public)


@contextmanager
def _nothing_by_chance() -> Iterator[None]:
    """Draw ids from a seed, and let words and code of the first run be fixed ones that guard nothing."""
    chance = random.Random(_SEED)
    symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    value = 0
    for symbol in _CODE_BEGINS:
        value = value * 32 + symbols.index(symbol)
    code = _CODE_BEGINS + symbols[value % 1021 // 32] + symbols[value % 1021 % 32]
    groups = "-".join(code[at : at + 4] for at in range(0, len(code), 4))
    with (
        mock.patch.object(secrets, "randbits", chance.getrandbits),
        mock.patch.object(secrets, "token_hex", lambda count: chance.randbytes(count).hex()),
        mock.patch.object(signing, "generate_signing_key", return_value=_key_pair(chance.randbytes(32))),
        mock.patch.object(passphrase, "generate_phrase", return_value=_WORDS),
        mock.patch.object(recovery_code, "generate", return_value=groups),
    ):
        yield


if __name__ == "__main__":
    sys.exit(main())
