"""The work that is broken into: acts of the real services, and a ledger outside the vault that says what is owed.

An act is written into the ledger before it is asked of a service ("intended") and again when the service has
returned ("done"). What is done must be in the vault, word for word, whatever happens next. What was only intended
may be there whole or not at all.

`ACTS` is the table of acts: a new one is a function and a line in it.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.consent import ConsentHow
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.errors import WrongPassphraseError
from peernote_tui.domain.note import AgreedAction, Mode, NextContact, NoteContent
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.repository.unit_of_work import UnitOfWork
from peernote_tui.services import (
    backups,
    changing_actions,
    consenting,
    notes,
    participants,
    unlocking,
    verifying,
    writing,
)
from peernote_tui.services.workspace import Workspace

PASSPHRASE = "correct horse battery staple"
WORK_FACTOR = 10
"""scrypt's log2(N) here; 18 in a real vault. What is broken does not depend on it."""
ZONE = "America/New_York"
BEGIN = datetime(2026, 11, 23, 19, 52, tzinfo=UTC)

_SYLLABLES = ("ka", "ro", "mi", "sel", "tan", "bo", "vi", "lu", "dre", "an", "or", "pe", "zu", "fa", "wen", "hal")
_FIRST = ("Maria", "Devon", "Tomás", "Zoë", "Łukasz", "Siobhán", "Nuño", "Linh", "Kwame", "Imani", "ليلى")
_LAST = ("Santos", "Kim", "Núñez", "Osei", "Ó-Broin", "Çelik", "Nguyễn", "Müller", "Okafor", "حداد")


class TickingClock:
    """A clock that moves one second whenever it is asked, so that a run can be repeated."""

    def __init__(self, begin: datetime = BEGIN, zone: str = ZONE) -> None:
        self.instant = begin
        self.zone = zone

    def now(self) -> datetime:
        """The present instant."""
        self.instant += timedelta(seconds=1)
        return self.instant


class Ledger:
    """Lines in a file outside the vault; each is one write, so that a kill leaves whole lines and at most one half.

    Args:
        path: The file; it is made, or added to.
        mark: Is told every line too, such as to place it in a recording.
    """

    def __init__(self, path: Path, mark: Callable[[str], None] | None = None) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._mark = mark

    def intends(self, what: str, **facts: Any) -> None:
        """Say what is about to be asked of a service."""
        self._write({"says": "intended", "what": what, **facts})

    def done(self, what: str, **facts: Any) -> None:
        """Say what a service has just promised to keep."""
        self._write({"says": "done", "what": what, **facts})

    def close(self) -> None:
        """Close the file."""
        os.close(self._handle)

    def _write(self, entry: dict[str, Any]) -> None:
        line = json.dumps(entry, ensure_ascii=False) + "\n"
        os.write(self._handle, line.encode())
        if self._mark is not None:
            self._mark(line)


@dataclass
class DraftOwed:
    """Which version of a draft is stored at least, and at most; what became of it."""

    participant: str
    least: int = 0
    most: int = 0
    signing: bool = False


@dataclass
class Owed:
    """What a vault has to hold, read from a ledger.

    Attributes:
        passphrases: The one in force, and the one that may already be.
        anchor: Length and head of the log at some moment.
    """

    made: bool = False
    participants: dict[str, dict[str, Any]] = field(default_factory=dict)
    consents: dict[str, dict[str, Any]] = field(default_factory=dict)
    drafts: dict[str, DraftOwed] = field(default_factory=dict)
    notes: dict[str, dict[str, Any]] = field(default_factory=dict)
    actions: dict[str, list[str]] = field(default_factory=dict)
    passphrases: list[str] = field(default_factory=lambda: [PASSPHRASE])
    backup: str = ""
    anchor: tuple[int, str] = (0, "")
    acknowledged: int = 0

    def take(self, line: str) -> None:
        """Read one line of a ledger."""
        entry = json.loads(line)
        done = entry["says"] == "done"
        self.acknowledged += done
        _READERS[entry["what"]](self, entry, done)


def read(path: Path) -> Owed:
    """What a ledger says is owed; a half-written last line does not count."""
    owed = Owed()
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
            if line.endswith("\n"):
                owed.take(line)
    return owed


def _took_participant(owed: Owed, entry: dict[str, Any], done: bool) -> None:  # noqa: FBT001
    if done:
        owed.participants[entry["row"]["id"]] = entry["row"]


def _took_consent(owed: Owed, entry: dict[str, Any], done: bool) -> None:  # noqa: FBT001
    if done:
        owed.consents[entry["row"]["id"]] = entry["row"]


def _took_draft(owed: Owed, entry: dict[str, Any], done: bool) -> None:  # noqa: FBT001
    draft = owed.drafts.setdefault(entry["id"], DraftOwed(entry["participant"]))
    draft.most = max(draft.most, entry["version"])
    if done:
        draft.least = max(draft.least, entry["version"])


def _took_note(owed: Owed, entry: dict[str, Any], done: bool) -> None:  # noqa: FBT001
    if not done:
        owed.drafts[entry["id"]].signing = True
        return
    note = entry["row"]
    owed.drafts.pop(note["id"], None)
    owed.notes[note["id"]] = note
    for action in note["content"]["agreed_actions"]:
        owed.actions[action["id"]] = ["open"]


def _took_outcome(owed: Owed, entry: dict[str, Any], done: bool) -> None:  # noqa: FBT001
    if done:
        owed.actions[entry["id"]] = [entry["status"]]
    else:
        owed.actions[entry["id"]].append(entry["status"])


def _took_passphrase(owed: Owed, entry: dict[str, Any], done: bool) -> None:  # noqa: FBT001
    owed.passphrases = [entry["passphrase"]] if done else [*owed.passphrases, entry["passphrase"]]


def _took_backup(owed: Owed, entry: dict[str, Any], done: bool) -> None:  # noqa: FBT001
    if done:
        owed.backup = entry["name"]


def _took_log(owed: Owed, entry: dict[str, Any], done: bool) -> None:  # noqa: FBT001
    if done:
        owed.anchor = (entry["length"], entry["head"])


def _took_vault(owed: Owed, _entry: dict[str, Any], done: bool) -> None:  # noqa: FBT001
    owed.made = owed.made or done


_READERS: dict[str, Callable[[Owed, dict[str, Any], bool], None]] = {
    "participant": _took_participant,
    "consent": _took_consent,
    "draft": _took_draft,
    "note": _took_note,
    "outcome": _took_outcome,
    "passphrase": _took_passphrase,
    "backup": _took_backup,
    "log": _took_log,
    "vault": _took_vault,
}


def words(draft_id: str, version: int) -> str:
    """The text of a draft after so many saves: always the same words, each save some more of them."""
    chosen = random.Random(draft_id)
    count = 6 + 5 * version
    return " ".join(
        "".join(chosen.choice(_SYLLABLES) for _ in range(chosen.randint(1, 3))) for _ in range(count)
    ).capitalize()


@dataclass
class Session:
    """Somebody at work in an open vault, with what they know of it."""

    workspace: Workspace
    ledger: Ledger
    chance: random.Random
    people: list[str] = field(default_factory=list)
    drafts: list[tuple[Draft, int]] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)

    @classmethod
    def go_on(cls, workspace: Workspace, ledger: Ledger, chance: random.Random, owed: Owed) -> Session:
        """Sit down at a vault in which something is already."""
        session = cls(workspace, ledger, chance)
        agreed = {consent["participant_id"] for consent in owed.consents.values()}
        session.people = [each for each in owed.participants if each in agreed]
        session.actions = list(owed.actions)
        with workspace.reading() as work:
            for draft in work.drafts.open():
                if draft.participant_id in agreed and (version := _version_of(draft)):
                    session.drafts.append((draft, version))
        return session

    def act(self) -> None:
        """Do one thing, as often as it comes up in a day's work."""
        names = list(ACTS)
        name = self.chance.choices(names, [ACTS[each][1] for each in names])[0]
        ACTS[name][0](self)


def make_vault(folder: Path, ledger: Ledger, clock: TickingClock) -> Workspace:
    """A new vault, open."""
    ledger.intends("vault")
    made = unlocking.create_vault(
        folder, PASSPHRASE, author_name="Alex Rivera", credential="CPS", clock=clock, work_factor=WORK_FACTOR
    )
    ledger.done("vault")
    return made.workspace


def meet_somebody(session: Session) -> None:
    """Add a participant, who agrees to notes."""
    name = f"{session.chance.choice(_FIRST)} {session.chance.choice(_LAST)}"
    session.ledger.intends("participant")
    person = participants.add_participant(session.workspace, ParticipantDetails(name=name, pronouns="they/them"))
    session.ledger.done("participant", row=person.model_dump(mode="json"))
    session.ledger.intends("consent")
    given = consenting.give_consent(session.workspace, person.id, how=ConsentHow.VERBAL, remark="on paper, in the car")
    session.ledger.done("consent", row=given.model_dump(mode="json"))
    session.people.append(person.id)


def begin_draft(session: Session) -> None:
    """Begin a note and type its first words."""
    if not session.people:
        meet_somebody(session)
    draft = writing.start_draft(session.workspace, session.chance.choice(session.people))
    _type(session, draft, 1)


def type_on(session: Session) -> None:
    """Go on with a draft; the saves that typing makes."""
    if not session.drafts:
        begin_draft(session)
        return
    draft, version = session.drafts.pop(session.chance.randrange(len(session.drafts)))
    for _ in range(session.chance.randint(1, 4)):
        version += 1
        draft = _saved(session, draft, version)
    session.drafts.append((draft, version))


def sign(session: Session) -> None:
    """Sign a draft."""
    if not session.drafts:
        begin_draft(session)
        return
    draft, _ = session.drafts.pop()
    session.ledger.intends("note", id=draft.id)
    note = writing.sign_note(session.workspace, draft.id, late_reason="no signal")
    session.ledger.done("note", row=note.model_dump(mode="json"))
    session.actions += [action.id for action in note.content.agreed_actions]
    anchor(session)


def tell_outcome(session: Session) -> None:
    """Say what became of an agreed action."""
    if session.actions:
        action = session.chance.choice(session.actions)
        status = session.chance.choice(list(ActionStatus))
        session.ledger.intends("outcome", id=action, status=status.value)
        changing_actions.settle(session.workspace, [action], status, words=f"she said {status.value}")
        session.ledger.done("outcome", id=action, status=status.value)


def read_note(session: Session) -> None:
    """Open a signed note to read, which the log keeps."""
    found = notes.list_notes(session.workspace, limit=5).notes
    if found:
        notes.view_note(session.workspace, session.chance.choice(found).id)
        anchor(session)


def change_passphrase(session: Session) -> None:
    """Set another passphrase."""
    new = f"{PASSPHRASE} {session.chance.randrange(10**9)}"
    session.ledger.intends("passphrase", passphrase=new)
    unlocking.change_passphrase(session.workspace, new, work_factor=WORK_FACTOR)
    session.ledger.done("passphrase", passphrase=new)


def back_up(session: Session) -> None:
    """Make a backup."""
    session.ledger.intends("backup")
    session.ledger.done("backup", name=backups.back_up(session.workspace).name)


def anchor(session: Session) -> None:
    """Write down where the log ends."""
    with session.workspace.reading() as work:
        length, head = work.audit.head()
    session.ledger.done("log", length=length, head=head)


ACTS: dict[str, tuple[Callable[[Session], None], int]] = {
    "meet somebody": (meet_somebody, 4),
    "begin a draft": (begin_draft, 8),
    "type": (type_on, 30),
    "sign": (sign, 8),
    "tell an outcome": (tell_outcome, 8),
    "read a note": (read_note, 3),
    "change the passphrase": (change_passphrase, 2),
    "back up": (back_up, 2),
}
"""Each act by name, with how often it comes up."""


def _type(session: Session, draft: Draft, version: int) -> None:
    content = NoteContent(
        mode=Mode.IN_PERSON,
        place="coffee shop, Elm St",
        day=BEGIN.date(),
        start=time(14, 0),
        end=time(14, 45),
        concern_tags=("housing",),
        techniques=("grounding",),
        response="Breathing slowed.",
        agreed_actions=(AgreedAction(text="call the housing office", owner=Owner.PARTICIPANT),),
        next_contact=NextContact(day=BEGIN.date() + timedelta(days=7), at=time(14, 0)),
    )
    draft = _saved(session, draft.model_copy(update={"content": content}), version)
    session.drafts.append((draft, version))


def _saved(session: Session, draft: Draft, version: int) -> Draft:
    session.ledger.intends("draft", id=draft.id, participant=draft.participant_id, version=version)
    content = draft.content.model_copy(update={"summary": words(draft.id, version)})
    saved = writing.save_draft(session.workspace, draft.model_copy(update={"content": content}))
    session.ledger.done("draft", id=draft.id, participant=draft.participant_id, version=version)
    return saved


def _version_of(draft: Draft) -> int:
    """Which save a stored draft is of; 0 when it holds no words yet."""
    count = len(draft.content.summary.split())
    return (count - 6) // 5 if count else 0


def open_owed(folder: Path, owed: Owed, clock: TickingClock) -> Workspace:
    """Open a vault with the passphrase in force, or with the one that was being set.

    Raises:
        PeerNoteError: It opens with neither.
    """
    *others, newest = owed.passphrases
    for passphrase in others:
        try:
            return unlocking.open_vault(folder, passphrase, clock=clock)
        except WrongPassphraseError:
            continue
    return unlocking.open_vault(folder, newest, clock=clock)


def losses(workspace: Workspace, owed: Owed) -> list[str]:
    """What is owed and not there, word for word; and what the checks of the whole vault say."""
    found = [f"verify: {problem}" for problem in verifying.verify(workspace).problems]
    with workspace.reading() as work:
        found += _people_lost(work, owed)
        found += _notes_lost(work, owed)
        found += [f"draft {key}" for key, draft in owed.drafts.items() if not _draft_kept(work, key, draft)]
    length, head = owed.anchor
    if length:
        row = workspace.vault.connection.execute("SELECT hash FROM audit WHERE sequence = ?", (length,)).fetchone()
        if row is None or row[0] != head:
            found.append(f"log entry {length}")
    if owed.backup and owed.backup not in {each.name for each in backups.backups(workspace) if not each.problem}:
        found.append(f"backup {owed.backup}")
    return found


def _people_lost(work: UnitOfWork, owed: Owed) -> Iterator[str]:
    for key, row in owed.participants.items():
        person = work.participants.get(key)
        if person is None or person.model_dump(mode="json") != row:
            yield f"participant {key}"
    for key, row in owed.consents.items():
        history = work.consents.of_participant(row["participant_id"])
        if row not in [consent.model_dump(mode="json") for consent in history]:
            yield f"consent {key}"


def _notes_lost(work: UnitOfWork, owed: Owed) -> Iterator[str]:
    for key, row in owed.notes.items():
        note = work.notes.get(key)
        if note is None or note.model_dump(mode="json") != row:
            yield f"note {key}"
        if work.drafts.get(key) is not None:
            yield f"note {key} is a draft too"
    for key, statuses in owed.actions.items():
        action = work.action_items.get(key)
        if action is None or action.status.value not in statuses:
            yield f"action item {key}"


def _draft_kept(work: UnitOfWork, key: str, owed: DraftOwed) -> bool:
    draft, note = work.drafts.get(key), work.notes.get(key)
    if draft is None and note is None:
        return owed.most == 0
    if draft is not None and note is not None:
        return False
    if note is not None and not owed.signing:
        return False
    held = draft or note
    possible = {words(key, version) if version else "" for version in range(owed.least, owed.most + 1)}
    return held is not None and held.content.summary in possible
