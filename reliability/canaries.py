"""Proof 4: words that stand in every field there is are found nowhere but in the export and in the open program.

    python -m reliability.canaries

A note is typed through the wizard of the real program in a pseudo-terminal, another one with every field comes in by
command. Then vault, backups, journal in mid-transaction, rescue file, home, temporary files, core dumps, what is left
on the terminal (after quitting, after a fault, after a crash) and the memory after locking are searched for the
words, in the encodings texts are kept in. The same search must find them in the export and in the memory before.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from peernote_tui.documents.note_json import EXAMPLE
from peernote_tui.domain.action_filter import ActionFilter
from peernote_tui.domain.action_item import ActionStatus
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.note import AgreedAction, NoteContent
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import ParticipantDetails
from peernote_tui.domain.referral import Referral
from peernote_tui.services import (
    action_items,
    action_views,
    changing_actions,
    keeping_records,
    rescuing,
    system_clock,
    unlocking,
    writing,
)
from peernote_tui.services.workspace import Workspace
from reliability.a_day import LOCK, PHRASE, Desk, leave, sign, unlock, write_note
from reliability.sitting import Sitting, left_on_screen, left_without_other_screen, titles

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")
NO_WORDS = frozenset(
    {"kind", "mode", "day", "start", "end", "rating", "written_together", "next_contact", "born", "birth_precision",
     "part2", "copied_from", "phone_safety", "safety", "emergency"}
)  # fmt: skip
"""Fields that hold no words: choices, numbers, days."""
HANDLED = frozenset({"action_reviews", "agreed_actions", "custom"})
"""Fields that are filled below, since they hold more than one text."""
_OF_AN_ACTION = ("owner", "tag", "repeats", "reason", "words", "referral", "barrier", "why", "view")
_F1 = "\x1bOP"
_CHUNK = 16 * 2**20


def word(place: str) -> str:
    """The canary of a field: one word that no program and no dictionary holds."""
    return f"zq{place.replace('_', '').replace(' ', '')}vogelkop"


def imported_content() -> dict[str, Any]:
    """The content of a note with a word in every field; a new field of words joins by itself.

    Raises:
        LookupError: A field is of a shape that is not known here, so that nobody would look for what is in it.
    """
    content: dict[str, Any] = dict(EXAMPLE["content"])
    for name, about in NoteContent.model_fields.items():
        if name in NO_WORDS or name in HANDLED:
            continue
        if about.annotation is str:
            content[name] = f"{word(name)} there"
        elif str(about.annotation).startswith("tuple[") and "str" in str(about.annotation):
            content[name] = [word(name)]
        else:
            raise LookupError(f"NoteContent.{name} has no canary: say in reliability/canaries.py what is in it.")
    agreed = {"text": word("agreed text"), "owner": "other", "owner_name": word("agreed owner")}
    content["agreed_actions"] = [{**agreed, "tags": [word("agreed tag")]}]
    content["custom"] = {"own_question": word("custom")}
    # These two are asked only where a meeting did not take place or nothing was agreed to; see `missed_content`.
    content["reason"] = content["emergency_reason"] = ""
    return content


def missed_content() -> dict[str, Any]:
    """The content of a meeting that did not take place."""
    reasons = {"reason": word("reason"), "emergency_reason": word("emergency_reason")}
    return {"kind": "no_show", "day": "2026-11-23", "start": "14:00", **reasons}


def details() -> dict[str, Any]:
    """A participant with a word in every field.

    Raises:
        LookupError: As `imported_content`.
    """
    said = {}
    for name, about in ParticipantDetails.model_fields.items():
        if name in NO_WORDS:
            continue
        said[name] = _filled(f"ParticipantDetails.{name}", name, about.annotation)
    return said


def _filled(place: str, name: str, kind: Any) -> Any:
    """A value of that kind with a canary in each of its texts."""
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if kind is str:
        return word(name)
    if get_origin(kind) is tuple:
        return [_filled(place, name, get_args(kind)[0])]
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        parts = kind.model_fields.items()
        return {
            part: _filled(place, f"{name} {part}", about.annotation) for part, about in parts if part not in NO_WORDS
        }
    raise LookupError(f"{place} has no canary: say in reliability/canaries.py what is in it.")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


TYPED = ("place", "concern_tag", "concerns", "summary", "technique", "response", "own_words", "strengths",
         "agreed_action", "next_place", "next_topics", "plan", "referrals")  # fmt: skip


def typed() -> dict[str, str]:
    """What is typed into the wizard, by the names of `a_day.write_note`."""
    return {name: word(f"typed {name}") for name in TYPED}


def every_word() -> tuple[str, ...]:
    """All words that are looked for."""
    content = json.dumps(imported_content())
    here = [word(name) for name in (*NoteContent.model_fields, "agreed text", "agreed owner", "agreed tag", "custom")]
    imported = [one for one in here if one in content]
    rest = (
        word("remark"),
        word("half typed"),
        word("rescued"),
        word("action"),
        *(word(f"action {part}") for part in _OF_AN_ACTION),
        word("reason"),
        word("emergency_reason"),
        *_texts(details()),
    )
    return tuple(dict.fromkeys((*imported, *typed().values(), *rest, PHRASE)))


def found_in(data: bytes, words: Iterable[str]) -> set[str]:
    """Which words stand in the clear in some bytes, whatever their case and encoding."""
    lowered = data.lower()
    return {one for one in words if any(one.lower().encode(encoding) in lowered for encoding in ENCODINGS)}


def found_below(folder: Path, words: Iterable[str]) -> dict[str, set[str]]:
    """Which words stand in which file below a folder, or in its name."""
    words, found = tuple(words), {}
    for path in folder.rglob("*"):
        hits = found_in(os.fsencode(path.name), words)
        if path.is_file():
            hits |= found_in(path.read_bytes(), words)
        if hits:
            found[str(path.relative_to(folder))] = hits
    return found


def found_in_memory(pid: int, words: Iterable[str]) -> set[str] | None:
    """Which words stand in the memory of a process; None where the system does not let us look."""
    words, found = tuple(words), set()
    try:
        with Path(f"/proc/{pid}/maps").open(encoding="utf-8") as maps, Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
            for line in maps:
                span, rights, *_ = line.split()
                if not rights.startswith("r") or "[v" in line:
                    continue
                start, end = (int(part, 16) for part in span.split("-"))
                for at in range(start, end, _CHUNK):
                    try:
                        memory.seek(at)
                        found |= found_in(memory.read(min(_CHUNK + 256, end - at)), words)
                    except OSError:
                        break
    except OSError:
        return None
    return found


@dataclass
class Findings:
    """Where words were found.

    Attributes:
        words: How many were looked for.
        places: Places that were searched, each with how many bytes or files.
        leaks: Place and word, where no word may be.
        controls: Places where they must be found, each with how many were.
        missing: Controls that did not find what is there.
        not_shown: What this machine does not let us look at.
    """

    words: int = 0
    places: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    controls: dict[str, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    not_shown: list[str] = field(default_factory=list)

    def clean(self, place: str, hits: Iterable[str]) -> None:
        """Note a place that may hold no word."""
        self.places.append(place)
        self.leaks += [f"{place}: {hit}" for hit in sorted(hits)]

    def control(self, place: str, hits: Iterable[str], wanted: Iterable[str]) -> None:
        """Note a place where the words must be."""
        hits = set(hits)
        self.controls[place] = len(hits)
        self.missing += [f"{place}: {one}" for one in sorted(set(wanted) - hits)]

    @property
    def good(self) -> bool:
        """Whether nothing leaked and the search can find."""
        return not self.leaks and not self.missing and bool(self.controls)

    def said(self) -> str:
        """A few lines."""
        controls = ", ".join(f"{place} {count}" for place, count in self.controls.items())
        hidden = f"; not shown here: {', '.join(self.not_shown)}" if self.not_shown else ""
        return (
            f"{self.words} words in {len(self.places)} places ({', '.join(self.places)}): {len(self.leaks)} found\n"
            f"where they must be: {controls}; {len(self.missing)} missing{hidden}"
        )


def look(place: Path, *, crashes: bool = True) -> Findings:
    """Write the words, and look for them everywhere.

    Args:
        place: An empty folder.
        crashes: Look at a fault of the program's own and at a crash too.
    """
    desk, findings, words = Desk.in_folder(place), Findings(), every_word()
    findings.words = len(words)
    _begin(desk)
    with desk.sit_down() as sitting:
        unlock(sitting)
        write_note(sitting, {**typed(), "name": word("name")})
        findings.clean("vault while a draft is open", _flat(found_below(desk.vault, words)))
        sign(sitting)
        _memory(sitting, findings, words)
        leave(sitting)
    _fill(desk)
    _terminal("terminal after quitting", sitting, findings, words)
    _behind_the_app(desk, findings, words)
    if crashes:
        for kind in ("gateway", "SIGSEGV", "SIGABRT"):
            _crash(desk, kind, findings, words)
    findings.clean("vault and its backups", _flat(found_below(desk.vault, words)))
    findings.clean("home, temporary files and core dumps", _flat(found_below(desk.home, words)))
    desk.run("notes", "export", "-o", str(desk.exports / "notes.json"))
    exported = _flat(found_below(desk.exports, words))
    findings.control("export", exported, [*typed().values(), *(one for one in words if one in _importable())])
    return findings


def _importable() -> str:
    return json.dumps(imported_content())


def _begin(desk: Desk) -> None:
    about = details()
    options = [part for name, value in about.items() if isinstance(value, str) for part in (_option(name), value)]
    desk.run("init", "--name", "Sam Rivera", "--credential", "CPS")
    desk.run("participants", "add", *options)
    desk.run("consents", "give", about["external_id"], "--how", "verbal", "--remark", word("remark"))
    opened = unlocking.open_vault(desk.vault, PHRASE, clock=system_clock.SystemClock())
    try:
        with opened.reading() as work:
            person = next(iter(work.participants.every()))
        keeping_records.change_participant(opened, person.id, ParticipantDetails(**about))
    finally:
        unlocking.close(opened)


def _fill(desk: Desk) -> None:
    about = details()
    desk.run("actions", "add", about["external_id"], f"{word('action')} @me +3d")
    note = {**EXAMPLE, "participant": about["external_id"], "content": imported_content()}
    desk.run("notes", "import", "-", "--sign", given=json.dumps(note))
    missed = {**EXAMPLE, "participant": about["external_id"], "content": missed_content()}
    desk.run("notes", "import", "-", given=json.dumps(missed))
    desk.run("backup", "create")


def _option(name: str) -> str:
    return {"external_id": "--id"}.get(name, f"--{name.replace('_', '-')}")


def _memory(sitting: Sitting, findings: Findings, words: Iterable[str]) -> None:
    before = found_in_memory(sitting.pid, words)
    sitting.do(LOCK, "Passphrase")
    sitting.settle()
    after = found_in_memory(sitting.pid, words)
    if before is None or after is None:
        findings.not_shown.append("memory (only the administrator may look)")
    else:
        findings.control("memory before locking", before, [word("typed summary")])
        findings.clean("memory after locking", after)
    sitting.settle()


def _terminal(place: str, sitting: Sitting, findings: Findings, words: Iterable[str]) -> None:
    left = left_on_screen(sitting.transcript) + left_without_other_screen(sitting.transcript)
    findings.clean(place, found_in(left + b" ".join(titles(sitting.transcript)), words))


def _change_an_action(opened: Workspace) -> None:
    """Words in every part of an action item and of its history."""
    told = {part: word(f"action {part}") for part in _OF_AN_ACTION}
    action = action_items.list_actions(opened, text=word("action")).actions[0].action
    line = ActionLine(word("action"), Owner.OTHER, told["owner"], action.due, (told["tag"],), 7, told["repeats"])
    changing_actions.edit_action(opened, action.id, line)
    changing_actions.snooze(opened, [action.id], action.due, reason=told["reason"])
    changing_actions.settle(opened, [action.id], ActionStatus.PARTLY, words=told["words"])
    with opened.changing() as work:
        before = changing_actions.action_in(work, action.id)
        referral = Referral(to=told["referral"], words=told["barrier"], why_covered=told["why"])
        changing_actions.store(opened, work, before, before.model_copy(update={"referral": referral}))
        work.commit()
    action_views.save_view(opened, told["view"], ActionFilter(text=told["view"]))


def _behind_the_app(desk: Desk, findings: Findings, words: Iterable[str]) -> None:
    """A change under way, half-typed words and a rescue file, through the services."""
    opened = unlocking.open_vault(desk.vault, PHRASE, clock=system_clock.SystemClock())
    try:
        with opened.reading() as work:
            person = next(iter(work.participants.every())).id
        _change_an_action(opened)
        draft = writing.start_draft(opened, person)
        agreed = (AgreedAction(text=word("rescued")),)
        draft = draft.model_copy(update={"content": draft.content.model_copy(update={"agreed_actions": agreed})})
        draft = writing.save_draft(opened, draft.model_copy(update={"typed": {"agreed_actions": word("half typed")}}))
        with opened.changing():
            connection = opened.vault.connection
            connection.execute("PRAGMA cache_size = 1")
            connection.execute("UPDATE drafts SET content = content || ' '")
            journal = _flat(found_below(desk.vault, words))
            findings.clean("journal in mid-transaction", journal)
        path = rescuing.rescue_draft(opened, draft)
        findings.clean("rescue file", found_in(path.read_bytes(), words))
    finally:
        unlocking.close(opened)


def _crash(desk: Desk, kind: str, findings: Findings, words: Iterable[str]) -> None:
    command = [sys.executable, "-m", "reliability.faulty", kind, word("typed summary")]
    with Sitting(command, desk.variables, desk.home) as sitting:
        sitting.see("Passphrase")
        unlock(sitting)
        sitting.press("3")
        sitting.settle()
        sitting.press(_F1)
        sitting.wait()
    if kind.startswith("SIG"):
        # Nobody is left to wipe the screen; no image of the memory may lie anywhere.
        cores = [*desk.home.rglob("core*"), *desk.vault.rglob("core*")]
        findings.clean(f"core dump after {kind}", [str(path) for path in cores])
    else:
        _terminal("terminal after a fault", sitting, findings, words)


def _flat(found: Mapping[str, set[str]]) -> list[str]:
    return sorted({hit for hits in found.values() for hit in hits})


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m reliability.canaries", description=__doc__.split("\n")[0])
    parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        findings = look(Path(name).resolve())
    for line in findings.leaks:
        print(f"LEAK     {line}")
    for line in findings.missing:
        print(f"MISSING  {line}")
    print(findings.said())
    return 0 if findings.good else 1


if __name__ == "__main__":
    sys.exit(main())
