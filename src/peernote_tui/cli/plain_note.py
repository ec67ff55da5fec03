"""`notes new --plain`: the guided note as plain questions, one line at a time."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from peernote_tui.cli.context import (
    answer,
    day_first,
    is_terminal,
    opened,
    require_one_reader,
    short,
    vault_folder,
    wants_json,
)
from peernote_tui.cli.exits import Exit
from peernote_tui.cli.parsing import Nouns, add_verb
from peernote_tui.cli.reviewing import by_name, readiness_lines
from peernote_tui.cli.talk import Talk
from peernote_tui.domain.errors import InvalidInputError, NotFoundError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peernote_tui.domain.draft import Draft
    from peernote_tui.domain.note import Note, NoteContent
    from peernote_tui.domain.participant import Participant
    from peernote_tui.domain.template import TemplateField
    from peernote_tui.services.reviewing import Review
    from peernote_tui.services.workspace import Workspace

_SIGN = "sign"
_KEEP = "keep"
_INTRODUCTION = (
    "Each answer is saved at once. Enter goes on, ? helps, < goes back, Ctrl+C keeps the draft and leaves. "
    "A blank line ends a long text."
)


def add_to(verbs: Nouns) -> None:
    """Add `notes new`."""
    new = add_verb(
        verbs,
        "new",
        _new,
        says="write a note in the app, or with --plain by answering questions line by line",
        example="peernote notes new M-0042",
    )
    new.add_argument("participant", nargs="?", help="id, prefix of an id, external ID or unique name")
    new.add_argument("--plain", action="store_true", help="ask here, line by line, instead of in the app")
    new.add_argument("--draft", metavar="ID", help="go on with a draft")
    new.add_argument("--meeting", metavar="ID", help="begin from a planned meeting; see meetings list")
    new.add_argument(
        "--from-paper", action="store_true", help="with --plain: its words stand on paper; the day is asked, and said"
    )
    new.add_argument("--template", metavar="ID", default="peer-support", help="another template; see templates list")


def _new(args: argparse.Namespace) -> int:
    if args.from_paper and (not args.plain or args.draft or args.meeting):
        raise InvalidInputError(
            "From paper a new note is typed in line by line.", "Add --plain; in the app, press s on Templates."
        )
    if not args.plain:
        return _in_the_app(args)
    if getattr(args, "passphrase_file", None) == "-":
        require_one_reader("-", "-")
    talk = Talk(sys.stderr if wants_json(args) else sys.stdout)
    with opened(args) as workspace:
        draft = _draft(workspace, args, talk)
        if draft is None:
            talk.say("Nothing was begun.")
            return Exit.DONE
        return _write(args, PlainNote(workspace, talk, draft, day_first=day_first()), talk)


def _in_the_app(args: argparse.Namespace) -> int:
    """Open the app, and the guided note in it as soon as the vault is open."""
    if hasattr(args, "passphrase_file") or wants_json(args):
        raise InvalidInputError(
            "The app asks for the passphrase itself.", "Add --plain to use --passphrase-file or --json."
        )
    if not is_terminal(sys.stdout):
        raise InvalidInputError("The guided note needs a terminal.", "Answer plain questions instead, with --plain.")
    from peernote_tui.ui.app import Errand, run_app

    errand = Errand(
        new_note_for=args.participant or "", draft=args.draft or "", template=args.template, meeting=args.meeting or ""
    )
    return run_app(vault_folder(args), errand=errand)


def _write(args: argparse.Namespace, plain: PlainNote, talk: Talk) -> int:
    code, note = Exit.DONE, None
    try:
        note = plain.write()
    except EOFError:
        pass
    except KeyboardInterrupt:
        talk.say()
        code = Exit.INTERRUPTED
    identifier = plain.draft.id
    if note is None:
        talk.say(f"The draft is kept. Go on with: peernote notes new --plain --draft {short(identifier)}")
    else:
        talk.say(f"Signed. Read it with: peernote notes show {short(identifier)}")
    if wants_json(args):
        answer(args, {"id": identifier, "state": "signed" if note else "draft"}, ())
    return code


def _draft(workspace: Workspace, args: argparse.Namespace, talk: Talk) -> Draft | None:
    from peernote_tui.domain.note import NoteState
    from peernote_tui.services.meetings import resolve_meeting
    from peernote_tui.services.notes import resolve_note
    from peernote_tui.services.participants import resolve_participant
    from peernote_tui.services.writing import get_draft, start_draft

    if args.draft:
        note = resolve_note(workspace, args.draft)
        if note.state is NoteState.SIGNED:
            raise NotFoundError("This note is signed already.", "Begin a new one with: peernote notes new --plain")
        return get_draft(workspace, note.id)
    if args.meeting:
        meeting = resolve_meeting(workspace, args.meeting)
        return start_draft(workspace, meeting.participant_id, template_id=args.template, meeting_id=meeting.id)
    person = resolve_participant(workspace, args.participant) if args.participant else _ask_who(workspace, talk)
    return start_draft(workspace, person.id, template_id=args.template, from_paper=args.from_paper) if person else None


def _ask_who(workspace: Workspace, talk: Talk) -> Participant | None:
    """Whom the note is about; None when nobody answers."""
    from peernote_tui.services.finding import find_participants

    while True:
        try:
            typed = talk.ask("Who is the note about", "Type the beginning of a name, an ID or a birth year.")
        except EOFError:
            return None
        found = find_participants(workspace, typed or "", limit=9)
        if not found.hits:
            talk.say("Nobody answers to this. Add someone with: peernote participants add --name …")
            continue
        if not found.sure:
            talk.say("Nobody fits all of it. The nearest are:")
        people = [hit.participant for hit in found.hits]
        for number, person in enumerate(people, start=1):
            facts = (person.name, person.pronouns, person.external_id, person.birth_year)
            talk.say(f"{number}: {', '.join(fact for fact in facts if fact)}")
        choice = talk.ask("Type the number, or Enter to look again") or ""
        if choice.isdecimal() and 1 <= int(choice) <= len(people):
            return people[int(choice) - 1]


class PlainNote:
    """One note from its first question to its signature.

    Args:
        workspace: The open vault.
        talk: The conversation.
        draft: The stored draft to go on with.
        day_first: How numbers such as 3/4 are read.

    Attributes:
        draft: The draft as stored last.
    """

    def __init__(self, workspace: Workspace, talk: Talk, draft: Draft, *, day_first: bool | None) -> None:
        from peernote_tui.cli.plain_fields import Asking
        from peernote_tui.services.participants import get_participant
        from peernote_tui.services.templates import template_of

        self.draft = draft
        self._workspace = workspace
        self._talk = talk
        self._template = template_of(workspace.templates, draft.template, draft.template_version)
        self._participant = get_participant(workspace, draft.participant_id)
        self._asking = Asking(talk, workspace, self._participant, day_first, self._save)

    def write(self) -> Note | None:
        """Ask every question, show the note and sign it when asked to; None when it stays a draft.

        Raises:
            EOFError: There is nobody to answer any more.
            KeyboardInterrupt: Ctrl+C; the draft is stored.
        """
        from peernote_tui.cli.context import country
        from peernote_tui.cli.plain_fields import ContactOnly
        from peernote_tui.services.protocol import protocol_card

        self._talk.say(f"{self._template.title} about {self._participant.name}")
        self._talk.say(_INTRODUCTION)
        if self._template.card:
            self._talk.say("\n".join(("", *protocol_card(self._workspace, country=country()), "")))
        for line in self._at_hand():
            self._talk.say(line)

        while True:
            try:
                self._walk(0, len(self._template.sections))
                return self._finish()
            except ContactOnly:
                self._leave_words_out()

    def _at_hand(self) -> Iterator[str]:
        """What is to be known while writing: what this meeting was planned for, and what a file held beside answers."""
        from peernote_tui.cli.taking import piece_lines
        from peernote_tui.domain.not_placed import not_placed
        from peernote_tui.services.participants import brief

        for meeting in brief(self._workspace, self.draft.participant_id).follow_ups if self.draft.meeting_id else ():
            if meeting.id == self.draft.meeting_id and meeting.topics:
                yield f"Planned to talk about: {meeting.topics}"
        yield from piece_lines(not_placed(self.draft.typed))

    def _leave_words_out(self) -> None:
        from peernote_tui.services.contacts import as_contact
        from peernote_tui.services.templates import template_of

        self.draft = as_contact(self._workspace, self.draft.id)
        self._template = template_of(self._workspace.templates, self.draft.template, self.draft.template_version)
        self._talk.say(f"{self._template.title}: nothing is written about {self._participant.name}.")

    def _walk(self, first: int, end: int) -> None:
        """Ask the questions of the sections from `first` up to `end`; an answer may show or hide later ones."""
        place, said = 0, -1
        while place < len(asked := self._questions(first, end)):
            section, field = asked[place]
            if section != said:
                said = section
                title = self._template.sections[section].title
                self._talk.say(f"\nStep {section + 1} of {len(self._template.sections)}: {title}")
            forward = self._ask(section, field)
            # The answer may have hidden questions before this one.
            asked = self._questions(first, end)
            place = next(index for index, (_, other) in enumerate(asked) if other.key == field.key)
            place = place + 1 if forward else self._place_before(place, asked)

    def _place_before(self, place: int, asked: list[tuple[int, TemplateField]]) -> int:
        from peernote_tui.cli.plain_fields import is_asked

        # What is only said, such as a consent on file, would send a step back forward again.
        while place > 0:
            place -= 1
            if is_asked(self._asking, asked[place][1], self.draft.content):
                break
        return place

    def _questions(self, first: int, end: int) -> list[tuple[int, TemplateField]]:
        from peernote_tui.domain.template_rules import shown_fields

        return [
            (index, field)
            for index in range(first, end)
            for field in shown_fields(self._template, self._template.sections[index], self.draft.content)
        ]

    def _ask(self, section: int, field: TemplateField) -> bool:
        """Ask one question and store the answer; False for a step back."""
        from peernote_tui.cli.plain_fields import ask_field
        from peernote_tui.domain.template import FieldKind
        from peernote_tui.domain.template_actions import with_made_actions

        half = self.draft.typed.get(field.key, "").strip()
        if half:
            self._talk.say(f"Typed before and not entered yet: {half}")
        if field.kind is FieldKind.ACTION_ROWS:
            self.draft = with_made_actions(self._template, self.draft)
        content = ask_field(self._asking, field, self.draft.content)
        if content is None:
            return False
        typed = {key: text for key, text in self.draft.typed.items() if key != field.key}
        self._save(content, section=section, typed=typed)
        return True

    def _save(self, content: NoteContent, *, section: int | None = None, typed: dict[str, str] | None = None) -> None:
        from peernote_tui.services.enduring import endure
        from peernote_tui.services.rescuing import rescue_draft
        from peernote_tui.services.writing import save_draft

        changes = {
            "content": content,
            "step": self.draft.step if section is None else section,
            "typed": self.draft.typed if typed is None else typed,
        }
        typed_so_far = self.draft.model_copy(update=changes)
        try:
            self.draft = endure(self._workspace, lambda opened: save_draft(opened, typed_so_far))
        except StorageError as error:
            kept = rescue_draft(self._workspace, typed_so_far)
            raise type(error)(
                error.sentence, f"{error.way_out} What you wrote is kept in {kept}: peernote rescue list."
            ) from None

    def _finish(self) -> Note | None:
        from peernote_tui.services.reviewing import review
        from peernote_tui.services.writing import sign_note

        while True:
            found = review(self._workspace, self.draft.id)
            if found.missing:
                if not self._fill(found):
                    return None
                continue
            self._show(found)
            count = len(self._template.sections)
            typed = self._talk.ask(f"Type {_SIGN} to sign, 1 to {count} to change a step, or {_KEEP} to leave a draft")
            word = (typed or "").casefold()
            if word == _KEEP:
                return None
            if word.isdecimal() and 1 <= int(word) <= count:
                self._walk(int(word) - 1, int(word))
            elif word == _SIGN:
                reason = self._late_reason() if found.late else ""
                return sign_note(self._workspace, self.draft.id, late_reason=reason)

    def _fill(self, found: Review) -> bool:
        """Name what is missing and ask for it; False to leave a draft."""
        self._talk.say("\nBefore it can be signed:")
        for gap in found.missing:
            self._talk.say(f"- {gap.sentence}")
        if self._talk.ask(f"Enter to answer these now, or {_KEEP} to leave a draft") == _KEEP:
            return False
        for gap in found.missing:
            field = self._template.field(gap.key)
            if field is not None and not self._ask(gap.section, field):
                break
        return True

    def _show(self, found: Review) -> None:
        from peernote_tui.documents.note_document import note_document
        from peernote_tui.documents.plain import plain_text

        self._talk.say("\n" + plain_text(note_document(found.note, self._template)))
        for warning in found.look_twice(by_name):
            self._talk.say(f"Look twice: {warning}")
        for line in readiness_lines(found.readiness):
            self._talk.say(line)
        self._hint(found.note.content)

    def _hint(self, content: NoteContent) -> None:
        from peernote_tui.services.language import note_hints, packaged_language

        for key, hint in note_hints(content, packaged_language()):
            field = self._template.field(key)
            self._talk.say(f"A thought on “{hint.term}” in {field.label if field else key}: {hint.suggestion}")

    def _late_reason(self) -> str:
        while True:
            reason = self._talk.ask("This is a late entry. Why, in a few words")
            if reason:
                return reason
