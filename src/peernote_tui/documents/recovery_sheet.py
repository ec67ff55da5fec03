"""The recovery sheet: one page on paper that says what opens a vault, and how, also without PeerNote."""

from __future__ import annotations

import textwrap
from datetime import date

from peernote_tui.documents.plain import WIDTH
from peernote_tui.domain.base import Model

TITLE = "PeerNote recovery sheet"
_INDENT = "  "
_GROUPS, _GROUP = 7, 4
_CODE_OPENS = (
    "The recovery code opens it when the passphrase is forgotten: press F4 on the locked screen, or type "
    "peernote recovery use. Then choose a new passphrase."
)


class RecoverySheet(Model):
    """What the sheet says."""

    vault_id: str
    place: str
    """The vault's folder."""
    day: date
    """Of the sheet."""
    code: str = ""
    """As it is printed, where it was just made; empty leaves a box to write it in by hand."""
    organisation: bool = False
    """Whether an organisation can open the vault too."""

    @property
    def code_line(self) -> str:
        """The code, or the box for it."""
        return (self.code or "-".join(["_" * _GROUP] * _GROUPS)).replace("-", " - ")


class SheetSection(Model):
    """A heading and what stands under it."""

    title: str
    paragraphs: tuple[str, ...] = ()
    steps: tuple[tuple[str, str], ...] = ()
    """What to do, and the line to type, exactly; empty for nothing to type."""


def facts(sheet: RecoverySheet) -> tuple[tuple[str, str], ...]:
    """What the sheet is for, as labels and values."""
    return (
        ("Vault", sheet.vault_id),
        ("Lies in", sheet.place),
        ("Date of this sheet", f"{sheet.day.day} {sheet.day:%B %Y}"),
    )


def code_note(sheet: RecoverySheet) -> str:
    """What to do with the code, or with the box."""
    if sheet.code:
        return "Whoever has this code and the vault can read every note."
    return "Write the recovery code in by hand, from your paper or when PeerNote shows a new one."


def sections(sheet: RecoverySheet) -> tuple[SheetSection, ...]:
    """Everything below the code."""
    return (
        SheetSection(
            title="Where to keep this sheet",
            paragraphs=(
                "On paper, locked away, not with the laptop and not with the passphrase. Do not photograph it."
                + (" Delete the file once it is printed." if sheet.code else ""),
                "A new recovery code or a new data key makes this sheet void; backups made before still open with it.",
            ),
        ),
        SheetSection(
            title="What opens what",
            paragraphs=(
                "The passphrase opens the vault every day.",
                _CODE_OPENS,
                "An organisation can open this vault too, with its own key."
                if sheet.organisation
                else "Nobody else can open it. Without both, the notes are lost; there is nobody to ask.",
                "A backup opens with the passphrase and the recovery code of the day it was made.",
            ),
        ),
        SheetSection(
            title="Without PeerNote",
            paragraphs=(
                "With the programs age (age-encryption.org) and sqlcipher 4, on a copy of the vault's folder:",
            ),
            steps=(
                ("In that folder, type this, then the code in capitals with its dashes:", "age -d keys/recovery.age"),
                ("Open the database, and paste the last line that the first step printed:", "sqlcipher vault.db"),
                ("Every signed note:", "SELECT document FROM notes ORDER BY day;"),
            ),
        ),
    )


def plain_sheet(sheet: RecoverySheet, *, width: int = WIDTH) -> str:
    """The sheet as text with lines of at most `width` characters, ending in a newline; what is typed stays whole."""
    lines = [TITLE.upper(), "=" * len(TITLE), ""]
    named = facts(sheet)
    label_width = max(len(label) for label, _ in named)
    for label, value in named:
        lines += _wrapped(value, width, first=f"{label:<{label_width}}  ", rest=" " * (label_width + 2))
    lines += ["", "RECOVERY CODE", "", f"{_INDENT * 2}{sheet.code_line}", ""]
    lines += _wrapped(code_note(sheet), width, first=_INDENT, rest=_INDENT)
    for section in sections(sheet):
        lines += ["", section.title.upper(), ""]
        for paragraph in section.paragraphs:
            lines += _wrapped(paragraph, width, first=_INDENT, rest=_INDENT)
        for number, (says, typed) in enumerate(section.steps, start=1):
            lines += _wrapped(f"{number}. {says}", width, first=_INDENT, rest=_INDENT * 2 + " ")
            lines.append(f"{_INDENT * 4}{typed}")
    return "\n".join(lines) + "\n"


def _wrapped(text: str, width: int, *, first: str, rest: str) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
