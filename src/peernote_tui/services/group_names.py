"""Names of a group's people where somebody else would read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from peernote_tui.domain.draft import Draft
from peernote_tui.domain.group_session import GroupContent, GroupSession, StandingName, standing_names
from peernote_tui.domain.names import NameBook
from peernote_tui.domain.note import CONTACT_TEMPLATE, NoteKind
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services.workspace import Workspace

SOMEBODY_ELSE = "Somebody else of this group is named in it."
_NO_WORDS = frozenset({"kind", "mode", "day", "start", "end", "rating", "next_contact"})


@dataclass(frozen=True)
class GroupNames:
    """The names of a group session, to look for in the note of each.

    Attributes:
        book: By the id of the record that counts.
        ordinary: Words that are no names here.
    """

    book: NameBook
    ordinary: frozenset[str]

    @classmethod
    def of(cls, work: UnitOfWork, group: GroupSession) -> GroupNames:
        """The names of everybody with a line."""
        return cls(book_of(work, group.content), frozenset(group.content.ordinary))

    def others_in(self, work: UnitOfWork, draft: Draft) -> bool:
        """Whether somebody else of the group is named in what a person wrote."""
        own = work.participants.same(draft.participant_id)[0]
        silent = _NO_WORDS | ({"custom"} if draft.template == CONTACT_TEMPLATE else frozenset())
        texts = _texts([draft.content.model_dump(mode="json", exclude=set(silent)), draft.typed])
        return any(own not in one.who for text in texts for one in self.book.spot(text, ordinary=self.ordinary))


def names_standing(workspace: Workspace, content: GroupContent) -> tuple[StandingName, ...]:
    """The names of people that stand where they would go into the note of somebody else."""
    with workspace.reading() as work:
        return names_standing_in(work, content)


def names_standing_in(work: UnitOfWork, content: GroupContent) -> tuple[StandingName, ...]:
    """As `names_standing`, inside a transaction."""
    return standing_names(content, book_of(work, content), _kept_ids(work, content))


def other_names_in(work: UnitOfWork, draft: Draft) -> tuple[str, ...]:
    """What to look at twice in a draft of a group session, or of what is added to a note of one.

    Somebody else of the group is named in it.
    """
    if draft.amendment is not None:
        return (SOMEBODY_ELSE,) if _names_who_met(work, draft) else ()
    for group in work.group_sessions.open():
        if any(line.id == draft.id for line in group.content.lines) and GroupNames.of(work, group).others_in(
            work, draft
        ):
            return (SOMEBODY_ELSE,)
    return ()


def book_of(work: UnitOfWork, content: GroupContent) -> NameBook:
    """The names and numbers of everybody with a line, by the id of the record it counts for."""
    return _book(work, _kept_ids(work, content).values())


def _book(work: UnitOfWork, whose: Iterable[str]) -> NameBook:
    names: dict[str, tuple[str, ...]] = {}
    numbers: dict[str, tuple[str, ...]] = {}
    for kept in dict.fromkeys(whose):
        records = work.participants.records(kept)
        called = (name for person in records for name in (person.name, person.legal_name, *person.aliases) if name)
        names[kept] = tuple(dict.fromkeys(called))
        numbers[kept] = tuple(person.external_id for person in records if person.external_id)
    return NameBook.of(names, numbers)


def _names_who_met(work: UnitOfWork, draft: Draft) -> bool:
    """Whether what is added to a signed note names somebody of whom a note tells that they were in that group, too."""
    note = work.notes.get(draft.amendment.note_id) if draft.amendment else None
    if note is None or note.content.kind is not NoteKind.GROUP or note.content.day is None:
        return False
    told = note.content.model_dump(mode="json")
    book = _book(work, work.group_sessions.met(note.content.day, told["start"])[0])
    own = work.participants.same(draft.participant_id)[0]
    added = [draft.amendment.model_dump(mode="json") if draft.amendment else "", _content(draft), draft.typed]
    # What the note says already was looked at when that was signed.
    return bool(_others(book, added, own) - _others(book, told, own))


def _others(book: NameBook, value: Any, own: str) -> set[str]:
    """The names of others as they are written."""
    return {text[one.start : one.end] for text in _texts(value) for one in book.spot(text) if own not in one.who}


def _content(draft: Draft) -> dict[str, Any]:
    return draft.content.model_dump(mode="json", exclude=set(_NO_WORDS))


def _kept_ids(work: UnitOfWork, content: GroupContent) -> dict[str, str]:
    """By the participant id of a line, the id of the record it counts for now."""
    return {line.participant_id: work.participants.same(line.participant_id)[0] for line in content.lines}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)
