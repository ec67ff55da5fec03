"""`notes contact`: a contact logged without a word about the person."""

from __future__ import annotations

import argparse

from peernote_tui.cli.context import answer, day_first, opened, short
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_verb
from peernote_tui.domain.errors import InvalidInputError

# Written out so that the parser needs no pydantic; a test holds them to the enums.
MODES = ("in_person", "phone", "video", "text")
KINDS = ("individual", "group", "collateral", "outreach", "no_show")


def add_to(verbs: Nouns) -> None:
    """Add `notes contact`."""
    contact = add_verb(
        verbs,
        "contact",
        _contact,
        says="log that a contact took place, without content; no consent is needed for that",
        example='peernote notes contact M-0042 --when "now-15" --mode phone --outcome reached',
    )
    contact.add_argument("participant", help="id, prefix of an id, external ID or unique name")
    contact.add_argument("--when", required=True, metavar="TIME", help="such as 2-245, now-15 or yesterday 3pm-4")
    contact.add_argument("--mode", choices=MODES, required=True, help="how you met")
    contact.add_argument("--kind", choices=KINDS, default="individual", help="individual when left out")
    contact.add_argument("--outcome", choices=("reached", "not_reached"), default="reached", help="reached if left out")


def _contact(args: argparse.Namespace) -> int:
    from peernote_tui.domain.dates import understand_session
    from peernote_tui.domain.note import Mode, NoteKind
    from peernote_tui.services.contacts import log_contact
    from peernote_tui.services.participants import resolve_participant

    with opened(args) as workspace:
        now = workspace.local_now.replace(tzinfo=None)
        told = understand_session(args.when, now=now, day_first=day_first())
        if told.day is None or told.start is None or told.end is None:
            raise InvalidInputError("When it began and ended is needed.", "For example: 2-245, yesterday 3pm-4.")
        person = resolve_participant(workspace, args.participant)
        note = log_contact(
            workspace,
            person.id,
            day=told.day,
            start=told.start,
            end=told.end,
            mode=Mode(args.mode),
            kind=NoteKind(args.kind),
            reached=args.outcome == "reached",
        )
    line = f"Logged and signed, without a word about {person.name}. Read it with: peernote notes show {short(note.id)}"
    answer(args, {"id": note.id, "state": note.state.value}, [line])
    return Exit.DONE
