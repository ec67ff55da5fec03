"""Every reader of the program that takes bytes or words from outside, each with valid examples.

A new reader joins by one entry in `READERS`. `tests/reliability/test_fuzz.py` finds modules that read JSON, TOML
or age files and are named by no entry.
"""

from __future__ import annotations

import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from pydantic import ValidationError

from peernote_tui.cli import context
from peernote_tui.documents.amendment_json import read_amendment
from peernote_tui.documents.contents.form import form_document
from peernote_tui.documents.formats.pdf_form import fillable
from peernote_tui.documents.group_json import EXAMPLE as GROUP_EXAMPLE
from peernote_tui.documents.group_json import read_group
from peernote_tui.documents.holiday_list import read_holidays
from peernote_tui.documents.note_json import EXAMPLE, read_note_file
from peernote_tui.documents.participant_json import EXAMPLE as PAGE
from peernote_tui.documents.participant_json import read_page
from peernote_tui.documents.people.columns import guess_columns
from peernote_tui.documents.people.reading import read_people
from peernote_tui.documents.people.rows import make_plan
from peernote_tui.documents.people.writing import write_csv, write_xlsx
from peernote_tui.documents.readers.filling import Reader as FormReader
from peernote_tui.documents.readers.filling import fill, seems_to_be
from peernote_tui.documents.readers.reading import read_form
from peernote_tui.documents.record_json import RecordAction, RecordAnchor, RecordFile, read_record, write_record
from peernote_tui.documents.rendering import Format, render
from peernote_tui.documents.rule_pack_file import read_pack
from peernote_tui.documents.snippet_file import read_snippets
from peernote_tui.documents.template_file import read_template
from peernote_tui.documents.template_source import read_source
from peernote_tui.documents.xlsform.saying import Speaker
from peernote_tui.documents.xlsform.words import Known, UnknownNameError
from peernote_tui.documents.xlsform.xpath import CannotReadError
from peernote_tui.domain import names
from peernote_tui.domain.action_item import ActionEvent, ActionItem, ActionStatus
from peernote_tui.domain.action_line import parse_action_line, say_action_line
from peernote_tui.domain.audit import anchor_words, parse_anchor
from peernote_tui.domain.consent import ConsentHow
from peernote_tui.domain.dates import (
    Toward,
    age_words,
    say_day,
    say_moment,
    say_session,
    understand_birth,
    understand_day,
    understand_moment,
    understand_session,
)
from peernote_tui.domain.disclosure import Purpose
from peernote_tui.domain.errors import InvalidInputError, PeerNoteError
from peernote_tui.domain.expressions import parse
from peernote_tui.domain.finding.index import PeopleIndex
from peernote_tui.domain.finding.looking import look
from peernote_tui.domain.finding.person import Sought
from peernote_tui.domain.follow_up import FollowUp
from peernote_tui.domain.language import hints, load_language
from peernote_tui.domain.note import Note, NoteAuthor, NoteContent, NoteParticipant
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import Contact, Participant, ParticipantDetails, PersonAround
from peernote_tui.domain.template import FieldKind
from peernote_tui.domain.verbs import load_verbs
from peernote_tui.services import (
    consenting,
    finding,
    notes,
    participants,
    rescuing,
    salvaging,
    unlocking,
    verifying,
    writing,
)
from peernote_tui.services.demo_caseload import parse_caseload
from peernote_tui.services.language import packaged_language
from peernote_tui.services.system_clock import SystemClock
from peernote_tui.ui import safe
from peernote_tui.ui.keymap import load_keymap
from peernote_tui.ui.settings import load_settings
from peernote_tui.vault import (
    age,
    attempts,
    backup_place,
    bech32,
    header,
    keys,
    layout,
    manifest,
    organisation,
    passphrase,
    recovery_code,
    rescue,
)
from reliability.forms import xlsform

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "peernote_tui"
PHRASE = "violin glacier walnut pepper"
VAULT_ID = UUID("0192f7c1-3a5e-7b1a-8c4d-2f6e8a1b9c0d")
KEY = keys.DataKey(b"k" * 32, b"s" * 16)
NOW = datetime(2026, 11, 23, 14, 52)  # noqa: DTZ001 the wall clock that words are read on
TODAY = NOW.date()
_SHOWN = 200_000
"""The most characters that a field takes, and so that are wrapped for a screen."""


@dataclass(frozen=True)
class Reader:
    """One reader under fire.

    Attributes:
        name: Said in the report.
        read: Takes the bytes; files go into the folder that is handed over.
        seeds: Makes valid examples.
        covers: Modules of the program it goes through, as paths below `src/peernote_tui`.
        form: "json", "lines" (TOML, age headers: a thing a line), or "words".
        refusals: What may come out beside a `PeerNoteError`.
        share: How many mutations, compared with the others.
    """

    name: str
    read: Callable[[bytes, Path], object]
    seeds: Callable[[], tuple[bytes, ...]]
    covers: tuple[str, ...]
    form: str = "words"
    refusals: tuple[type[Exception], ...] = (PeerNoteError,)
    share: float = 1.0


def words(data: bytes) -> str:
    """What a terminal would hand on: undecodable bytes become lone surrogates, as Python does with them."""
    return data.decode("utf-8", errors="surrogateescape")


# Key slots and age files


@cache
def _slot_seeds() -> tuple[bytes, ...]:
    made = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "keys").mkdir()
        for slot in (keys.Slot.PASSPHRASE, keys.Slot.RECOVERY):
            keys.write_slot(folder, slot, PHRASE, vault_id=VAULT_ID, data_key=KEY, work_factor=1)
            made.append(keys.slot_path(folder, slot).read_bytes())
    return tuple(made)


def _read_slot(data: bytes, folder: Path) -> object:
    (folder / "keys").mkdir(exist_ok=True)
    (folder / "keys" / "passphrase.age").write_bytes(data)
    # The most work a slot may ask for is proven apart; here it would only make every other example slow.
    return keys.open_slot(folder, keys.Slot.PASSPHRASE, PHRASE, vault_id=VAULT_ID, max_work_factor=4)


def _read_slot_plaintext(data: bytes, folder: Path) -> object:
    return keys._parse(data, folder, keys.Slot.PASSPHRASE)  # noqa: SLF001 behind the envelope


def _slot_plaintexts() -> tuple[bytes, ...]:
    return (keys._render(keys.Slot.PASSPHRASE, VAULT_ID, KEY), keys._render(keys.Slot.RECOVERY, VAULT_ID, KEY))  # noqa: SLF001


@cache
def _identity() -> tuple[str, str]:
    made = age.generate_identity()
    return made.secret, made.recipient


def _read_to_identity(data: bytes, _folder: Path) -> object:
    return age.decrypt_with_identity(data, _identity()[0])


def _identity_files() -> tuple[bytes, ...]:
    ours = _identity()[1]
    several = age.encrypt_to_recipients(b"x" * 70_000, [age.generate_identity().recipient, ours])
    return age.encrypt_to_recipients(b"words", [ours]), several


def _read_recipient(data: bytes, _folder: Path) -> object:
    return age.encrypt_to_recipients(b"", [words(data)])


def _read_identity(data: bytes, _folder: Path) -> object:
    return age.decrypt_with_identity(_identity_files()[0], words(data))


def _read_bech32(data: bytes, _folder: Path) -> object:
    return bech32.decode(words(data))


def _read_anchor(data: bytes, _folder: Path) -> object:
    return parse_anchor(words(data)).head


def _anchors() -> tuple[bytes, ...]:
    head = "7f3a91c204bed6a8" * 4
    return (anchor_words(1042, head).encode(), f"1042 {head}".encode(), head.encode())


def _read_anchor_file(data: bytes, _folder: Path) -> object:
    return verifying.anchor_in(data).head


def _anchor_files() -> tuple[bytes, ...]:
    log = {"log": {"length": 1042, "head": "7f3a91c204bed6a8" * 4}}
    return (json.dumps(log).encode(), json.dumps({"format": "peernote-backup", "version": 1, **log}).encode())


def _read_attempts(data: bytes, folder: Path) -> object:
    (folder / attempts.NAME).write_bytes(data)
    found = attempts.waiting(folder)
    attempts.note(folder, datetime(2026, 11, 23, tzinfo=UTC))
    return found.count if found else 0


def _attempts() -> tuple[bytes, ...]:
    return (b"batch 0123456789abcdef\n2026-11-23T19:52:04+00:00\n2026-11-23T19:58:40+00:00 12\n",)


def _read_recipients(data: bytes, _folder: Path) -> object:
    return [one.fingerprint for one in organisation.read_recipients([words(data)])]


def _read_identities(data: bytes, _folder: Path) -> object:
    return organisation.read_identities(words(data))


def _read_rescue_file(data: bytes, folder: Path) -> object:
    path = folder / f"{rescue.PREFIX}00{rescue.SUFFIX}"
    path.write_bytes(data)
    return rescue.open_sealed(path, rescue.identity(KEY))


def _rescue_files() -> tuple[bytes, ...]:
    ours = rescue.identity(KEY).recipient
    return tuple(age.encrypt_to_recipients(plain, [ours]) for plain in (*_rescued(), b"x" * 70_000))


def _read_rescued(data: bytes, _folder: Path) -> object:
    return rescuing.read(data)


def _rescued() -> tuple[bytes, ...]:
    draft = {
        "id": str(VAULT_ID),
        "participant_id": str(VAULT_ID),
        "content": EXAMPLE["content"],
        "zone": "America/New_York",
        "begun_at": "2026-11-23T19:52:00Z",
        "changed_at": "2026-11-23T19:53:00Z",
        "step": 2,
        "typed": {"agreed_actions": "call the"},
    }
    said = {"format": rescuing.FORMAT, "version": 1, "vault_id": str(VAULT_ID), "draft": draft}
    return (json.dumps({**said, "written_at": "2026-11-23T19:53:00Z"}).encode(),)


def _read_recovery_code(data: bytes, _folder: Path) -> object:
    return recovery_code.normalise(words(data))


def _recovery_codes() -> tuple[bytes, ...]:
    return tuple(recovery_code.generate().encode() for _ in range(3))


def _read_passphrase(data: bytes, _folder: Path) -> object:
    text = words(data)
    passphrase.estimate(text)
    return passphrase.check(text)


# The vault's open files


def _read_header(data: bytes, folder: Path) -> object:
    (folder / "vault.json").write_bytes(data)
    layout.inspect(folder)
    return header.read_header(folder)


def _headers() -> tuple[bytes, ...]:
    said = {"format": "peernote-vault", "version": 1, "vault_id": str(VAULT_ID)}
    return (json.dumps(said).encode(), json.dumps({**said, "version": 2}).encode())


def _read_restore_note(data: bytes, folder: Path) -> object:
    (folder / layout._RESTORE_NOTE).write_bytes(data)  # noqa: SLF001 the file is the module's own
    return layout._moved_aside(folder)  # noqa: SLF001


def _read_mark(data: bytes, folder: Path) -> object:
    (folder / backup_place.MARK_NAME).write_bytes(data)
    return backup_place.has_mark(folder, VAULT_ID)


def _marks() -> tuple[bytes, ...]:
    with tempfile.TemporaryDirectory() as name:
        backup_place.write_mark(Path(name), VAULT_ID)
        return ((Path(name) / backup_place.MARK_NAME).read_bytes(),)


def _read_salvaged(data: bytes, _folder: Path) -> object:
    return salvaging._said_in({"document": words(data)})  # noqa: SLF001 what a damaged database gives


def _read_manifest(data: bytes, folder: Path) -> object:
    (folder / manifest.MANIFEST_NAME).write_bytes(data)
    (folder / "vault.db").write_bytes(b"")
    manifest.read_backup(folder, vault_id=VAULT_ID)
    return manifest.read_manifest(folder)


def _manifests() -> tuple[bytes, ...]:
    said = {
        "format": "peernote-backup",
        "version": 1,
        "vault_id": str(VAULT_ID),
        "created_at": "2026-11-23T19:52:00+00:00",
        "kind": "daily",
        "size": 0,
        "sha256": "0" * 64,
        "schema": 2,
        "counts": {"notes": 3, "participants": 2},
        "log": {"length": 12, "head": "f" * 64},
        "keys": {"passphrase.age": "0" * 64},
    }
    return (json.dumps(said, indent=1).encode(),)


# Notes and other documents


def _read_page(data: bytes, _folder: Path) -> object:
    return read_page(data, {"name": "Maria Santos"})


def _page_files() -> tuple[bytes, ...]:
    return (json.dumps(PAGE).encode(), b'{"born": "1991", "birth_precision": "year"}')


def _read_record(data: bytes, _folder: Path) -> object:
    return read_record(data)


def _record_files() -> tuple[bytes, ...]:
    me = "0192f7c1-3a5e-7b1a-8c4d-2f6e8a1b9c0d"
    at = datetime(2026, 11, 23, 19, 52, tzinfo=UTC)
    record = RecordFile(
        purpose=Purpose.OWN,
        made_at=at,
        made_by=NoteAuthor(id=me, name="Sam"),
        anchor=RecordAnchor(length=3, head="0" * 64),
        participant=Participant(id=me, name="Maria Santos", born="1991", created_at=at, changed_at=at),
        notes=(Note(id=me, participant=NoteParticipant(name="Maria Santos"), content=NoteContent(place="here")),),
        actions=(
            RecordAction(
                item=ActionItem(
                    id=me, participant_id=me, text="call", owner=Owner.ME, due=TODAY, created_at=at, changed_at=at
                ),
                events=(ActionEvent(id=me, action_id=me, status=ActionStatus.OPEN, change={"a": [1]}, at=at, by=me),),
            ),
        ),
        follow_ups=(FollowUp(id=me, participant_id=me, day=TODAY, created_at=at),),
    )
    return (write_record(record),)


def _read_amendment(data: bytes, _folder: Path) -> object:
    return read_amendment(data).corrected(NoteContent())


def _amendment_files() -> tuple[bytes, ...]:
    told = {"reason": "why", "text": "words", "said_by": "Ann", "content": {"place": "here", "rating": 3}}
    return (json.dumps(told).encode(), b'{"reason": "why", "content": {"start": "14:00", "custom": {"a": [1, null]}}}')


def _read_group(data: bytes, _folder: Path) -> object:
    return read_group(data).content()


def _group_files() -> tuple[bytes, ...]:
    return (json.dumps(GROUP_EXAMPLE).encode(),)


def _read_notes(data: bytes, _folder: Path) -> object:
    return read_note_file(data)


_ADDED = {
    "format": "peernote.addendum",
    "version": 1,
    "id": "0192f0c1-0000-7000-8000-000000000001",
    "note_id": "0192f0c1-0000-7000-8000-000000000000",
    "note_hash": "ab" * 32,
    "kind": "correction",
    "author": {"name": "Sam"},
    "reason": "why",
    "content": EXAMPLE["content"],
    "entered_at": "2026-11-23T15:00:00Z",
    "signed_at": "2026-11-23T15:00:00Z",
    "seal": {"salt": "ab", "hash": "ab", "signature": "ab", "public_key": "ab"},
}


def _note_files() -> tuple[bytes, ...]:
    other = {**EXAMPLE, "content": {**EXAMPLE["content"], "custom": {"own": {"a": [1, 2.5, None, True]}}}}
    return (
        json.dumps(EXAMPLE).encode(),
        json.dumps([EXAMPLE, other], indent=1, ensure_ascii=False).encode(),
        json.dumps([EXAMPLE, _ADDED]).encode(),
        "\n".join(json.dumps(one) for one in (EXAMPLE, other)).encode(),
    )


def _read_stored_content(data: bytes, _folder: Path) -> object:
    return NoteContent.model_validate_json(data)


def _stored_contents() -> tuple[bytes, ...]:
    return (json.dumps(EXAMPLE["content"]).encode(),)


# Files of people


def _read_people(data: bytes, _folder: Path) -> object:
    found = read_people(data)
    return list(make_plan(found, guess_columns(found), today=TODAY).rows())


def _read_sheet(data: bytes, folder: Path) -> object:
    """A workbook that is sound but for what one sheet says; a change of the archive itself is found at once."""
    return _read_people(_with_sheets(_workbooks()[0], data, "/sheet"), folder)


def _with_sheets(sound: bytes, data: bytes, which: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            new.writestr(part, data if which in part.filename else old.read(part))
    return out.getvalue()


@cache
def _sheets() -> tuple[bytes, ...]:
    with zipfile.ZipFile(io.BytesIO(_workbooks()[0])) as book:
        return (book.read("xl/worksheets/sheet1.xml"),)


@cache
def _somebody() -> tuple[Participant, ...]:
    now = NOW.replace(tzinfo=UTC)
    return (
        Participant(
            id="0192f7c1-3a5e-7b1a-8c4d-2f6e8a1b9c0d",
            name="Tomás Ibarra",
            born="1991-05-02",
            external_id="T-0007",
            contacts=(Contact(value="+1 555 0142", label="home"),),
            people=(PersonAround(name="Rosa", emergency=True),),
            created_at=now,
            changed_at=now,
        ),
    )


def _lists() -> tuple[bytes, ...]:
    return (
        write_csv(_somebody()),
        'First name;Last name;DOB;Phone\nAna;Núñez;13/5/1990;"555;0142"\nBo;;;\n'.encode("cp1252"),
        "Name\tBirthday\nAna\t1990-05-02\n".encode("utf-16"),
    )


@cache
def _workbooks() -> tuple[bytes, ...]:
    return (write_xlsx(_somebody()),)


def _cards() -> tuple[bytes, ...]:
    old = (
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:N=C3=BA=\r\n=C3=B1ez;Ana;;;\r\n"
        b"TEL;CELL;PREF:+15550142\r\nPHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\n SkZJ\r\n\r\nEND:VCARD\r\n"
    )
    new = (
        "BEGIN:VCARD\nVERSION:3.0\nN:Núñez;Ana;;;\nFN:Ana Núñez\nNICKNAME:A\\,n,Nita\nitem1.TEL:555-0199\n"
        "item1.X-ABLabel:_$!<Other>!$_\nADR;type=HOME:;;12 Elm St;Salem;OR;01234;USA\nNOTE:one\\n\n  two\nEND:VCARD\n"
        'BEGIN:VCARD\nVERSION:4.0\nFN:Bo\nTEL;VALUE=uri;TYPE="voice,home":tel:+1-555\nBDAY:--0502\nEND:VCARD\n'
    )
    return (old, new.encode())


# A person's own files


def _read_settings(data: bytes, folder: Path) -> object:
    path = folder / "settings.toml"
    path.write_bytes(data)
    return load_settings(path)


def _settings() -> tuple[bytes, ...]:
    return (
        b'theme = "daylight"\nlock_minutes = 10\nday_first = true\nside_pane = false\n',
        b'# mine\ntheme = "contrast"\nunknown = [1, 2]\n',
    )


def _read_keymap(data: bytes, folder: Path) -> object:
    path = folder / "keymap.toml"
    path.write_bytes(data)
    return load_keymap(path, {"house.lock": "ctrl+l", "house.find": "f5,ctrl+f", "actions.done": "d"})


def _keymaps() -> tuple[bytes, ...]:
    return (
        b'[keys]\n"house.lock" = "f8"\n"actions.done" = ["d", "space"]\n"house.find" = "ctrl+shift+f"\n',
        b'keys = {"house.lock" = "question_mark"}\n',
    )


def _read_template(data: bytes, _folder: Path) -> object:
    return read_template(data)


def _read_form(data: bytes, _folder: Path) -> object:
    form = read_form(data)
    template = _guided()
    seems_to_be(form, {(template.id, template.version): template})
    return fill(form, template, NoteContent(), FormReader(NOW, _somebody()[0]))


def _read_word(data: bytes, folder: Path) -> object:
    return _read_form(_with_sheets(_word_forms()[0], data, "word/document"), folder)


@cache
def _guided():
    return read_template((SOURCE / "templates" / "peer-support.1.toml").read_bytes())


def _filled_form(how: Format) -> bytes:
    content = NoteContent.model_validate_json(json.dumps(EXAMPLE["content"]))
    return render(form_document(_guided(), content=content), how).data


@cache
def _text_forms() -> tuple[bytes, ...]:
    return _filled_form(Format.TXT), "Place: library\nWhen: yesterday 2-3\n☒ x\n".encode()


@cache
def _markdown_forms() -> tuple[bytes, ...]:
    return (_filled_form(Format.MARKDOWN),)


@cache
def _word_forms() -> tuple[bytes, ...]:
    return (_filled_form(Format.DOCX),)


@cache
def _word_documents() -> tuple[bytes, ...]:
    with zipfile.ZipFile(io.BytesIO(_word_forms()[0])) as parts:
        return (parts.read("word/document.xml"),)


@cache
def _pdf_forms() -> tuple[bytes, ...]:
    content = NoteContent.model_validate_json(json.dumps(EXAMPLE["content"]))
    return _filled_form(Format.PDF), fillable(form_document(_guided(), content=content)).data


def _read_pack(data: bytes, _folder: Path) -> object:
    return read_pack(data)


def _read_holidays(data: bytes, _folder: Path) -> object:
    return read_holidays(data)


def _read_verbs(data: bytes, _folder: Path) -> object:
    return load_verbs(data)


def _read_snippets(data: bytes, _folder: Path) -> object:
    return read_snippets(data)


def _read_xlsform(data: bytes, _folder: Path) -> object:
    return _converted(data)


def _converted(data: bytes) -> object:
    found = read_source(data)
    if found.template is None:
        raise InvalidInputError(found.told[0])
    return read_template(found.text.encode())


def _read_survey(data: bytes, _folder: Path) -> object:
    """An XLSForm that is sound but for what the sheet with its questions says."""
    return _converted(_with_sheets(_xlsforms()[0], data, "/sheet1"))


@cache
def _xlsforms() -> tuple[bytes, ...]:
    return (xlsform(),)


@cache
def _surveys() -> tuple[bytes, ...]:
    with zipfile.ZipFile(io.BytesIO(_xlsforms()[0])) as book:
        return (book.read("xl/worksheets/sheet1.xml"),)


def _read_rule(data: bytes, _folder: Path) -> object:
    known = {"a": Known("a", FieldKind.NUMBER), "b": Known("b", FieldKind.TEXT), "c": Known("c", FieldKind.CHOICES)}
    return parse(Speaker(known).say(words(data), itself=known["a"]))


def _packaged(*names: str) -> Callable[[], tuple[bytes, ...]]:
    return lambda: tuple((SOURCE / name).read_bytes() for name in names)


def _read_language(data: bytes, _folder: Path) -> object:
    language = load_language(words(data))
    return hints("He is a clean addict, non-compliant and a manipulative frequent flyer.", language)


def _languages() -> tuple[bytes, ...]:
    whole = (SOURCE / "templates" / "language.toml").read_bytes()
    return (b"[[hint]]".join(whole.split(b"[[hint]]")[:6]),)


def _look_for_hints(data: bytes, _folder: Path) -> object:
    return hints(words(data), _language())


@cache
def _language():
    return packaged_language()


def _read_caseload(data: bytes, _folder: Path) -> object:
    return parse_caseload(data)


def _caseloads() -> tuple[bytes, ...]:
    whole = (SOURCE / "services" / "demo_caseload.toml").read_bytes()
    return (b"[[participants]]".join(whole.split(b"[[participants]]")[:2]),)


# What is typed


def _read_action(data: bytes, _folder: Path) -> object:
    line = parse_action_line(words(data), today=TODAY, participant_name="Maria Santos")
    return say_action_line(line, today=TODAY)


def _read_day(data: bytes, _folder: Path) -> object:
    return say_day(understand_day(words(data), today=TODAY, toward=Toward.FUTURE, day_first=True), today=TODAY)


def _read_session(data: bytes, _folder: Path) -> object:
    return say_session(understand_session(words(data), now=NOW), today=TODAY)


def _read_moment(data: bytes, _folder: Path) -> object:
    return say_moment(understand_moment(words(data), now=NOW, toward=Toward.FUTURE), today=TODAY)


def _read_birth(data: bytes, _folder: Path) -> object:
    return age_words(understand_birth(words(data), today=TODAY), TODAY)


def _read_name(data: bytes, _folder: Path) -> object:
    text = words(data)
    index = PeopleIndex()
    index.put(Sought("1", ("Tomás Ibarra",), ids=("T-0007",), phones=("555-0142",), born="1991"))
    look(index, text, today=TODAY, around=True)
    short = text[: names.LONGEST_NAME]
    index.put(Sought("2", (short,), legal_names=(short,), ids=(short,), phones=(short,)))
    look(index, "maria santo", today=TODAY)
    names.alike(short, "Tomás Ibarra")
    name = names.clean_name(text)
    return names.short_name(name), names.initials(name)


def _typed(*examples: str) -> Callable[[], tuple[bytes, ...]]:
    return lambda: tuple(example.encode() for example in examples)


def _show(data: bytes, _folder: Path) -> object:
    text = words(data)[:_SHOWN]
    shown = context.clean(text) + context.safe_json(json.dumps(text, ensure_ascii=False))
    safe.content(text, keep_lines=True).wrap(40)
    shown += safe.clean(text) + safe.shorten(text, 30) + safe.fit(text, 20)
    if re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown):
        raise AssertionError("a character that a terminal obeys came through")
    return shown


def _search(data: bytes, folder: Path) -> object:
    workspace = _workspace(folder.parent)
    notes.search_notes(workspace, words(data))
    return finding.find_participants(workspace, words(data))


_OPEN: dict[Path, object] = {}


def _workspace(place: Path):
    """A vault to search in, made once for a run and closed by `close_all`."""
    if place not in _OPEN:
        made = unlocking.create_vault(
            place / "searched.peernote",
            PHRASE,
            author_name="Sam Rivera",
            credential="CPS",
            clock=SystemClock(),
            work_factor=1,
        ).workspace
        person = participants.add_participant(made, ParticipantDetails(name="Maria Santos", external_id="M-0042"))
        consenting.give_consent(made, person.id, how=ConsentHow.VERBAL)
        draft = writing.start_draft(made, person.id)
        content = draft.content.model_copy(update={"summary": "We read the second notice together."})
        writing.save_draft(made, draft.model_copy(update={"content": content}))
        _OPEN[place] = made
    return _OPEN[place]


def close_all() -> None:
    """Close the vaults that were searched in."""
    while _OPEN:
        unlocking.close(_OPEN.popitem()[1])


READERS: tuple[Reader, ...] = (
    Reader(
        "key slot", _read_slot, _slot_seeds, ("vault/keys.py", "vault/age.py", "vault/age_header.py"), "lines", share=2
    ),
    Reader("key slot, behind the envelope", _read_slot_plaintext, _slot_plaintexts, ("vault/keys.py",), "lines"),
    Reader("age file to an identity", _read_to_identity, _identity_files, ("vault/age.py",), "lines", share=2),
    Reader("age recipient", _read_recipient, lambda: (_identity()[1].encode(),), ("vault/age.py",)),
    Reader("age identity", _read_identity, lambda: (_identity()[0].encode(),), ("vault/age.py",)),
    Reader(
        "bech32",
        _read_bech32,
        lambda: tuple(text.encode() for text in _identity()),
        ("vault/bech32.py",),
        refusals=(ValueError,),
    ),
    Reader(
        "recipients of an organisation",
        _read_recipients,
        lambda: (_identity()[1].encode(),),
        ("vault/organisation.py",),
    ),
    Reader(
        "identity file",
        _read_identities,
        lambda: (b"# ours\n" + _identity()[0].encode() + b"\n",),
        ("vault/organisation.py",),
    ),
    Reader("rescue file", _read_rescue_file, _rescue_files, ("vault/rescue.py",), "lines"),
    Reader("what a rescue file holds", _read_rescued, _rescued, ("services/rescuing.py",), "json"),
    Reader("recovery code", _read_recovery_code, _recovery_codes, ("vault/recovery_code.py",)),
    Reader("passphrase", _read_passphrase, _typed(PHRASE, "pässword1234567890 abc"), ("vault/passphrase.py",)),
    Reader("vault.json", _read_header, _headers, ("vault/header.py", "vault/layout.py"), "json"),
    Reader("note of a restore", _read_restore_note, lambda: (b'{"aside": "old"}',), ("vault/layout.py",), "json"),
    Reader("mark of a folder for backups", _read_mark, _marks, ("vault/backup_place.py",), "json"),
    Reader("salvaged document", _read_salvaged, _stored_contents, ("services/salvaging.py",), "json"),
    Reader("manifest of a backup", _read_manifest, _manifests, ("vault/manifest.py",), "json", share=2),
    Reader("anchor as typed", _read_anchor, _anchors, ("domain/audit.py",)),
    Reader("file with an anchor", _read_anchor_file, _anchor_files, ("services/verifying.py",), "json"),
    Reader("failed attempts", _read_attempts, _attempts, ("vault/attempts.py",), "lines"),
    Reader("participant, JSON", _read_page, _page_files, ("documents/participant_json.py",), "json"),
    Reader("amendment, JSON", _read_amendment, _amendment_files, ("documents/amendment_json.py",), "json"),
    Reader("group session, JSON", _read_group, _group_files, ("documents/group_json.py",), "json"),
    Reader("record, JSON", _read_record, _record_files, ("documents/record_json.py",), "json"),
    Reader("notes, JSON", _read_notes, _note_files, ("documents/note_json.py",), "json", share=4),
    Reader(
        "content of a note",
        _read_stored_content,
        _stored_contents,
        ("domain/note.py",),
        "json",
        refusals=(ValidationError,),
    ),
    Reader(
        "participants, CSV",
        _read_people,
        _lists,
        (
            "documents/people/csv_table.py",
            "documents/people/encodings.py",
            "documents/people/rows.py",
            "documents/people/births.py",
        ),
        "lines",
        share=2,
    ),
    Reader("participants, XLSX", _read_people, _workbooks, ("documents/people/xlsx_table.py",), share=0.5),
    Reader("participants, a sheet of XLSX", _read_sheet, _sheets, ("documents/people/xlsx_table.py",)),
    Reader("participants, vCard", _read_people, _cards, ("documents/people/vcard.py",), "lines", share=2),
    Reader("settings", _read_settings, _settings, ("ui/settings.py", "domain/toml.py"), "lines", share=2),
    Reader("keymap", _read_keymap, _keymaps, ("ui/keymap.py", "domain/toml.py"), "lines", share=2),
    Reader(
        "template",
        _read_template,
        _packaged("templates/peer-support.1.toml"),
        ("documents/template_file.py", "domain/toml.py"),
        "lines",
    ),
    Reader("filled form, text", _read_form, _text_forms, ("documents/readers/text.py",), "lines"),
    Reader("filled form, Markdown", _read_form, _markdown_forms, ("documents/readers/markdown.py",), "lines"),
    Reader("filled form, DOCX", _read_form, _word_forms, ("documents/readers/docx.py",), share=0.5),
    Reader("filled form, its document", _read_word, _word_documents, ("documents/readers/parts.py",), share=0.5),
    Reader("filled form, PDF", _read_form, _pdf_forms, ("documents/readers/pdf_form.py",), "lines", share=0.2),
    Reader(
        "rule pack",
        _read_pack,
        _packaged("rule_packs/texas-301-361.1.toml"),
        ("documents/rule_pack_file.py",),
        "lines",
    ),
    Reader(
        "holidays",
        _read_holidays,
        lambda: (b"# ours\n2026-11-26 Thanksgiving\n", b'day;name\n2026-12-25;"Christmas Day"\n'),
        ("documents/holiday_list.py",),
        "lines",
    ),
    Reader(
        "snippets",
        _read_snippets,
        _packaged("templates/snippets.toml"),
        ("documents/snippet_file.py", "domain/toml.py"),
        "lines",
    ),
    Reader(
        "XLSForm",
        _read_xlsform,
        _xlsforms,
        ("documents/xlsform/converting.py", "documents/template_source.py"),
        share=0.5,
    ),
    Reader("XLSForm, its questions", _read_survey, _surveys, ("documents/xlsform/sheets.py",), share=0.5),
    Reader(
        "XLSForm, a rule",
        _read_rule,
        _typed("${a} > 3 and not(. = ${b})", "int(${a} div 365.25) + sum(${a})", "regex(., '[a-z]+') or ${c} = 'x'"),
        ("documents/xlsform/xpath.py", "documents/xlsform/saying.py"),
        refusals=(CannotReadError, UnknownNameError),
    ),
    Reader("verbs", _read_verbs, _packaged("templates/verbs.toml"), ("domain/verbs.py", "domain/toml.py"), "lines"),
    Reader("language list", _read_language, _languages, ("domain/language.py", "domain/toml.py"), "lines"),
    Reader("words looked at for hints", _look_for_hints, _typed("He is a “clean” addict, non-compliant."), ()),
    Reader(
        "caseload of the demo",
        _read_caseload,
        _caseloads,
        ("services/demo_caseload.py", "domain/toml.py"),
        "lines",
        refusals=(ValueError,),
    ),
    Reader("action line", _read_action, _typed("call housing office @me fri", "letter by 3 dec @Maria"), ()),
    Reader("day", _read_day, _typed("fri", "in 2 weeks", "3/4/2027", "the day after tomorrow"), ()),
    Reader("session", _read_session, _typed("2-245", "yesterday 3pm-4", "now-45", "fri 10-1030"), ()),
    Reader("moment", _read_moment, _typed("mon 10am", "tomorrow at 14:00", "in 3 days"), ()),
    Reader("birth", _read_birth, _typed("34", "1991-05-02", "about 60", "2 may 1991"), ()),
    Reader(
        "name and what is searched for", _read_name, _typed("Tomás Ibarra", "maria sant", "Dr. María-José O’Neill"), ()
    ),
    Reader("search in the vault", _search, _typed("second notice", '"read the" OR x*', "M-0042"), ()),
    Reader("text on a screen", _show, _typed("[/] [bold]x Family 👨‍👩‍👧‍👦 \x1b[31m", "مرحبا\u202egnp"), ()),
)
