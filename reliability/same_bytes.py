"""What is handed out of a vault in every format, as one hash each; the same in every process, whatever its hash seed.

python -m reliability.same_bytes VAULT PASSPHRASE PARTICIPANT NOTE…
"""

from __future__ import annotations

import hashlib
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from peernote_tui.documents.blank_form import blank_form
from peernote_tui.documents.document import DocumentKind, Paper
from peernote_tui.documents.mail_draft import mail_draft
from peernote_tui.documents.people.table import FileKind
from peernote_tui.documents.people.writing import write_csv, write_xlsx
from peernote_tui.documents.rendering import LAID_OUT, Format
from peernote_tui.domain.disclosure import Purpose
from peernote_tui.services import data_out, handing_out, participants, unlocking
from peernote_tui.services.disclosing import Request
from peernote_tui.services.templates import newest_template

NOW = datetime(2026, 11, 23, 19, 52, tzinfo=UTC)


class _Clock:
    """Stands still: the day of making is what may differ."""

    zone = "America/New_York"

    def now(self) -> datetime:
        return NOW


def hashes(folder: Path, passphrase: str, person_id: str, note_ids: tuple[str, ...]) -> dict[str, str]:
    """Hand everything out of a vault, in every form there is, without accounting for it.

    Args:
        folder: The vault; its log grows by one.
        passphrase: Of the vault.
        person_id: A participant with a meeting planned.
        note_ids: Signed notes of theirs.
    """
    workspace = unlocking.open_vault(folder, passphrase, clock=_Clock())
    found: dict[str, bytes] = {}
    try:
        for kind in DocumentKind:
            for form in data_out.forms_of(kind) if kind is not DocumentKind.FORM else ():
                if form is Format.PDF and kind is not DocumentKind.RECORD:
                    continue  # it takes longest, and is the same for every kind
                ids = note_ids[:1] if kind is DocumentKind.NOTE else note_ids
                request = Request(
                    participant_id=person_id, what="x", form="", purpose=Purpose.PARTICIPANT, note_ids=ids
                )
                order = handing_out.Order(kind=kind, form=form, request=request)
                found[f"{kind.value} {form.value}"] = handing_out.write(handing_out.prepare(workspace, order)).data
        template = newest_template(workspace.templates, "peer-support")
        found |= {
            f"form {form.value}": blank_form(template, form, paper=Paper.LETTER).data
            for form in LAID_OUT
            if form is not Format.PDF
        }
        found["form to type into"] = blank_form(template, Format.PDF, paper=Paper.A4, fillable=True).data
        people = (participants.get_participant(workspace, person_id),)
        found |= {FileKind.CSV.value: write_csv(people), FileKind.XLSX.value: write_xlsx(people)}
    finally:
        unlocking.close(workspace)
    found["mail"] = mail_draft(
        b"words",
        suffix=".pdf",
        media_type="application/pdf",
        protected="",
        address="",
        part2=True,
        draft_id="1",
        at=NOW,
    )
    return {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}


if __name__ == "__main__":
    _, where, phrase, whose, *which = sys.argv
    print(json.dumps(hashes(Path(where), phrase, whose, tuple(which))))
