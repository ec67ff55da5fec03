"""A record of 400 notes handed out in each format: time and memory beside the vault that holds it.

python bench/handing_out.py [NOTES]
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from peernote_tui.documents.document import DocumentKind
from peernote_tui.documents.rendering import Format
from peernote_tui.domain.consent import ConsentHow
from peernote_tui.domain.disclosure import Purpose
from peernote_tui.domain.note import NoteContent
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.services import consenting, handing_out, participants, unlocking, writing
from peernote_tui.services.disclosing import Request
from peernote_tui.services.system_clock import SystemClock

FORMS = ("txt", "md", "html", "rtf", "json", "xlsx", "csv", "docx", "pdf")
_PHRASE = "violin glacier walnut pepper"


def _make(folder: Path, notes: int) -> str:

    made = unlocking.create_vault(
        folder, _PHRASE, author_name="Sam Rivera", credential="CPS", clock=SystemClock(), work_factor=10
    )
    workspace = made.workspace
    person = participants.add_participant(workspace, ParticipantDetails(name="Maria Santos", external_id="M-0042"))
    first = workspace.today - timedelta(days=notes + 5)
    consenting.give_consent(workspace, person.id, how=ConsentHow.VERBAL, starts_on=first)
    for number in range(notes):
        draft = writing.start_draft(workspace, person.id)
        writing.save_draft(workspace, draft.model_copy(update={"content": _content(first + timedelta(days=number))}))
        writing.sign_note(workspace, draft.id, late_reason="typed in later")
    unlocking.close(workspace)
    return person.id


def _content(day: date) -> NoteContent:

    words = "We read the second notice together, and she called the office herself. " * 6
    return NoteContent.model_validate(
        {
            "mode": "in_person",
            "place": "coffee shop, Elm St",
            "day": day,
            "start": "14:00",
            "end": "14:45",
            "concern_tags": ("housing", "sleep"),
            "concerns": words,
            "summary": words * 2,
            "techniques": ("grounding",),
            "response": words,
            "own_words": "I can do this if someone sits next to me.",
            "agreed_actions": [{"text": "call housing office", "owner": "me", "due": day + timedelta(days=3)}],
            "next_contact": {"day": day + timedelta(days=7), "at": "14:00"},
        }
    )


def _hand_out(folder: Path, person: str, form: str) -> None:
    """In a process of its own, so that the peak is that of one format."""

    workspace = unlocking.open_vault(folder, _PHRASE, clock=SystemClock())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    request = Request(participant_id=person, what="the whole record", form="", purpose=Purpose.OWN)
    begun = time.perf_counter()
    order = handing_out.Order(kind=DocumentKind.RECORD, form=Format(form), request=request)
    made = handing_out.hand_over(workspace, order)
    took = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    unlocking.close(workspace)
    told = (form, f"{took:.2f}", f"{len(made.data) / 1e6:.2f}", f"{peak / 1024:.0f}", f"{(peak - before) / 1024:.0f}")
    print("".join(f"{each:<10}" for each in told).rstrip())


def main() -> None:
    """Make the vault, then hand its record out once in each format."""
    if len(sys.argv) > 2:
        _hand_out(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
        return
    notes = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "bench.peernote"
        person = _make(folder, notes)
        print(f"A record of {notes} notes\n\nformat    seconds   file, MB  peak, MB  of it for this, MB", flush=True)
        for form in FORMS:
            subprocess.run([sys.executable, __file__, str(folder), person, form], check=True)


if __name__ == "__main__":
    main()
