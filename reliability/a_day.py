"""One day's work at the terminal, as a person types it, and what is done by commands beside it."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reliability.sitting import Sitting, peernote, variables

PHRASE = "violin glacier walnut pepper"
LOCK, QUIT, NEW_NOTE, ENTER, TAB, CLEAR = "\x0c", "\x11", "\x0e", "\r", "\t", "\x15"
F2, F3, F4, F8 = "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[19~"


@dataclass(frozen=True)
class Desk:
    """A home, a vault and a folder for exports, all of their own.

    Attributes:
        home: Home, with temporary files and settings in it.
        vault: The vault's folder, outside the home.
        exports: Where exports go.
        secret: The file with the passphrase.
    """

    home: Path
    vault: Path
    exports: Path
    secret: Path

    @classmethod
    def in_folder(cls, folder: Path) -> Desk:
        """Lay out a desk in an empty folder."""
        desk = cls(folder / "home", folder / "vault.peernote", folder / "exports", folder / "secret")
        desk.home.mkdir()
        desk.exports.mkdir()
        desk.secret.write_text(PHRASE + "\n", encoding="utf-8")
        return desk

    @property
    def variables(self) -> dict[str, str]:
        """The environment of everything that runs here."""
        return variables(self.home, PEERNOTE_VAULT=str(self.vault), PYTHONDONTWRITEBYTECODE="1")

    def run(self, *arguments: str, given: str | None = None, before: tuple[str, ...] = ()) -> str:
        """Run one verb; gives what it answered.

        Raises:
            RuntimeError: It did not do what was asked; the sentence it said.
        """
        command = [*before, *peernote(*arguments, "--passphrase-file", str(self.secret))]
        done = subprocess.run(
            command, env=self.variables, cwd=self.home, input=given, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{arguments[:2]}: {done.stderr}")
        return done.stdout

    def sit_down(self, *before: str) -> Sitting:
        """Begin to sit before the program, at the locked vault."""
        sitting = Sitting([*before, *peernote()], self.variables, self.home)
        sitting.see("Passphrase")
        return sitting


def begin(desk: Desk, words: Mapping[str, str], *, before: tuple[str, ...] = ()) -> None:
    """Make the vault and a participant who agreed to notes, by commands.

    Args:
        desk: Where.
        words: What is written in which field; missing ones get something ordinary.
        before: A program that watches each command.
    """
    desk.run("init", "--name", words.get("author", "Sam Rivera"), "--credential", "CPS", before=before)
    name = words.get("name", "Maria Santos")
    desk.run("participants", "add", "--name", name, "--id", words.get("external_id", "M-0042"), before=before)
    desk.run("consents", "give", words.get("external_id", "M-0042"), "--how", "verbal", before=before)


def unlock(sitting: Sitting) -> None:
    """Type the passphrase and wait for Today."""
    sitting.do(PHRASE + ENTER, "Nothing is due", "Drafts", "Actions", "Today")
    sitting.settle()


def write_note(sitting: Sitting, words: Mapping[str, str]) -> None:
    """Write a note through the wizard up to its last step; what is in `words` goes into the fields of that name."""
    sitting.press(NEW_NOTE)
    sitting.see("Choose")
    sitting.press(words.get("name", "Maria Santos")[:6])
    sitting.settle()
    sitting.do(ENTER, "Step 1 of 5", "has a draft")
    if sitting.shows("has a draft"):
        sitting.do("n", "Step 1 of 5")
    sitting.settle()
    sitting.press(CLEAR + "now-5" + ENTER)
    sitting.press(words.get("place", "at home") + ENTER)
    sitting.press("1" + ENTER + "1")
    sitting.settle()
    sitting.do(F4, "Step 2 of 5")
    sitting.press(words.get("concern_tag", "housing") + ENTER + ENTER)
    sitting.press(words.get("concerns", "The notice came."))
    sitting.settle()
    sitting.do(F4, "Step 3 of 5")
    for place, field in enumerate(("summary", "technique", "response", "own_words", "strengths")):
        if place:
            sitting.press(TAB)
        tag = field == "technique"
        sitting.press(words.get(field, "listened") + (ENTER if tag else ""))
    sitting.settle()
    sitting.do(F4, "Step 4 of 5")
    sitting.press(words.get("agreed_action", "call the office") + " @me +2w" + ENTER)
    sitting.settle()
    sitting.do(F4, "Step 5 of 5")
    sitting.press("+1w 10am" + ENTER)
    for place, field in enumerate(("next_place", "next_topics", "plan", "referrals")):
        if place:
            sitting.press(TAB)
        sitting.press(words.get(field, "as before"))
    sitting.settle()


def sign(sitting: Sitting) -> None:
    """Review and sign."""
    sitting.do(F2, "Sign")
    sitting.settle()
    sitting.do(F8, "Signed")
    sitting.settle()


def lock_and_unlock(sitting: Sitting) -> None:
    """Lock, which replaces the process image, and come back."""
    sitting.do(LOCK, "Passphrase")
    sitting.settle()
    unlock(sitting)


def leave(sitting: Sitting) -> int:
    """Quit; gives the exit code."""
    sitting.press(QUIT)
    return sitting.wait()
