"""Whatever is handed out, in whatever form and for whomever: what stays in the vault is nowhere in the file."""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from datetime import date, time
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape

import pypdf
import pytest

from peernote_tui.documents.document import DocumentKind
from peernote_tui.documents.note_json import write_file, write_notes
from peernote_tui.documents.people.table import FileKind
from peernote_tui.documents.rendering import LAID_OUT, Format
from peernote_tui.domain.action_line import ActionLine
from peernote_tui.domain.addendum import AddendumKind
from peernote_tui.domain.consent import ConsentDetails, ConsentHow, ConsentScope, GivenBy
from peernote_tui.domain.disclosure import IN_HOUSE, Purpose
from peernote_tui.domain.errors import RefusedError
from peernote_tui.domain.group_session import GroupLine
from peernote_tui.domain.ids import new_id
from peernote_tui.domain.note import Mode, NextContact
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.participant import PersonAround
from peernote_tui.services import (
    action_items,
    amending,
    consenting,
    data_out,
    erasing,
    exporting_people,
    group_notes,
    groups,
    half_typed,
    handing_out,
    interchange,
    keeping_templates,
    writing,
)
from peernote_tui.services.disclosing import Given, Request

FORM = b"""
id = "visit"
version = 1
title = "Visit"

[[sections]]
key = "first"
title = "Who and when"
fields = [
  { key = "consent", kind = "consent", label = "Consent" },
  { key = "session", kind = "session", label = "When", required = true },
]

[[sections]]
key = "second"
title = "Visit"
fields = [
  { key = "open", kind = "text", label = "Open" },
  { key = "secret", kind = "text", label = "Secret", private = true },
  { key = "told", kind = "computed", label = "Told", value = "if(answered(secret), secret, 'none')" },
  { key = "pet", kind = "yes_no", label = "Pet" },
  { key = "pet_name", kind = "text", label = "Its name", show_if = "pet" },
  { key = "other", kind = "participant", label = "Whom else" },
  { key = "costs", kind = "rows", label = "Costs", columns = [
    { key = "what", kind = "text", label = "What" },
    { key = "whose", kind = "text", label = "Whose", private = true },
  ] },
]
"""
NEVER = {
    "private answer": "xqprivateanswer",
    "private answer before a correction": "xqprivatebefore",
    "private cell of a row": "xqprivatecell",
    "hidden answer": "xqhiddenanswer",
    "somebody else of the group": "Xqzephyrine",
    "somebody an answer means": "Xqmeant",
    "somebody else's note": "xqothernote",
    "somebody else's action": "xqotheraction",
    "what is half typed": "xqhalftyped",
    "what stands in a box of a draft": "xqtypedbox",
    "a snippet": "xqsnippet",
}
FOR_ONESELF = {
    "a person around": "Xqaround",
    "why it is held": "xqholdreason",
    "draft": "xqdraftwords",
    "draft of an addendum": "xqdraftadded",
}
"""What an own copy of the whole record holds, and nothing else."""
FOR_THE_PARTICIPANT = {
    "remark on a consent": "xqconsentremark",
    "witness of a consent": "Xqwitness",
    "whoever gave a consent": "Xqgivenby",
    "why a parent is not involved": "xqparentwhy",
}
"""What a consent tells the participant, and those who look after the record."""
FOR_THE_RECORD = {
    "note that belongs to somebody else": "xqwrongrecord",
    "action of that note": "xqwrongaction",
}
"""What only those see who look after the record."""
OPEN = "xqopenwords"


@pytest.fixture
def filled(workspace, add_participant, complete_content):
    """Maria, whose record holds every canary; gives her id and those of her notes."""
    keeping_templates.add_template(workspace, FORM)
    details = {"people": (PersonAround(name="Xqaround Santos", relation="aunt"),), "external_id": "M-0042"}
    maria = add_participant("Maria Santos", consent=False, born="2011-05-02", **details)
    other = add_participant(f"{NEVER['somebody else of the group']} Quill", external_id="Z-7")
    meant = add_participant(f"{NEVER['somebody an answer means']} Poe")
    told = ConsentDetails(
        given_by=GivenBy.PARENT,
        given_by_name=FOR_THE_PARTICIPANT["whoever gave a consent"],
        basis="guardianship",
        parent_involved="no",
        parent_why=FOR_THE_PARTICIPANT["why a parent is not involved"],
        witness=FOR_THE_PARTICIPANT["witness of a consent"],
    )
    remark = FOR_THE_PARTICIPANT["remark on a consent"]
    for scope in (ConsentScope.NOTES, ConsentScope.GROUPS):
        consenting.give_consent(workspace, maria.id, scope=scope, how=ConsentHow.WITNESSED, remark=remark, details=told)

    def save(draft, **changes):
        return writing.save_draft(workspace, draft.model_copy(update=changes))

    def visit(**custom):
        draft = writing.start_draft(workspace, maria.id, template_id="visit")
        answers = {
            "open": OPEN,
            "secret": NEVER["private answer before a correction"],
            "other": meant.id,
            "costs": [{"what": "a bus", "whose": NEVER["private cell of a row"]}],
            **custom,
        }
        return save(draft, content=draft.content.model_copy(update={"end": draft.content.start, "custom": answers}))

    def add(note, kind, **words):
        draft = amending.start_amendment(workspace, note.id, kind, belongs_to=words.pop("belongs_to", ""))
        custom = {**draft.content.custom, **words.pop("custom", {})}
        amendment = draft.amendment.model_copy(update={"reason": "As it was.", **words})
        content = draft.content.model_copy(update={"custom": custom})
        return save(draft, content=content, amendment=amendment)

    note = writing.sign_note(workspace, visit().id)
    corrected = add(note, AddendumKind.CORRECTION, custom={"secret": NEVER["private answer"], "open": f"{OPEN} again"})
    amending.sign_amendment(workspace, corrected.id)
    amending.sign_amendment(workspace, add(note, AddendumKind.STATEMENT, text="I see it so: statementwords").id)
    add(note, AddendumKind.ADDENDUM, text=FOR_ONESELF["draft of an addendum"])

    group = groups.start_group(workspace)
    lines = tuple(
        GroupLine(id=new_id(workspace.clock.now()), participant_id=each.id, response=words, next_step="a song")
        for each, words in ((maria, "groupwords"), (other, NEVER["somebody else's note"]))
    )
    content = group.content.model_copy(
        update={
            "topic": "Relapse",
            "happened": "We went round the room.",
            "day": date(2026, 11, 23),
            "start": time(9),
            "end": time(10),
            "place": "room",
            "mode": Mode.IN_PERSON,
            "next_contact": NextContact(day="2026-11-30", at=time(13)),
            "lines": lines,
        }
    )
    groups.save_group(workspace, group.model_copy(update={"content": content}))
    group_notes.make_notes(workspace, group.id)
    signed = group_notes.sign_group(workspace, group.id)
    in_group = next(each for each in signed if each.participant.id == maria.id)

    wrong = writing.start_draft(workspace, maria.id)
    agreed = [{"text": FOR_THE_RECORD["action of that note"], "owner": "me"}]
    of_other = complete_content(
        summary=FOR_THE_RECORD["note that belongs to somebody else"],
        start=time(11),
        end=time(12),
        agreed_actions=agreed,
    )
    wrong = writing.sign_note(workspace, save(wrong, content=of_other).id)
    moved = amending.move_to_right_record(workspace, wrong.id, other.id)
    amending.sign_amendment(workspace, add(wrong, AddendumKind.IN_ERROR, belongs_to=moved.id).id)

    hidden = visit(pet=False, pet_name=NEVER["hidden answer"], open=FOR_ONESELF["draft"])
    save(hidden, typed={"place": NEVER["what stands in a box of a draft"]})
    action_items.add_action(workspace, maria.id, ActionLine("call the office", Owner.ME))
    action_items.add_action(workspace, other.id, ActionLine(NEVER["somebody else's action"], Owner.ME))
    half_typed.keep_typed(workspace, maria.id, {"to": NEVER["what is half typed"]}, form="handing_out")
    erasing.hold_record(workspace, maria.id, reason=FOR_ONESELF["why it is held"])
    return maria, (note.id, in_group.id), hidden.id, wrong.id


def unpacked(data, name=""):
    """Every text that a file holds or says of itself, however it is packed."""
    yield name
    yield data.decode("utf-8", "replace")
    yield data.decode("latin-1")
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive.comment.decode("latin-1")
            for entry in archive.infolist():
                yield entry.comment.decode("latin-1") + entry.extra.decode("latin-1")
                yield from unpacked(archive.read(entry), entry.filename)
    elif data.startswith(b"%PDF"):
        yield from _from_pdf(data)
    elif data.startswith(b"X-Unsent"):
        for part in message_from_bytes(data, policy=policy.default).walk():
            yield repr(part.items())
            if not part.is_multipart():
                yield from unpacked(part.get_payload(decode=True), part.get_filename() or "")
    elif data.startswith(b"{\\rtf"):
        yield re.sub(r"\\u(-?\d+)\\'3f", lambda found: chr(int(found[1]) % 65536), data.decode("ascii"))
    elif data.startswith((b"{", b"[")):
        for line in data.splitlines():
            for text in (data, line):
                try:
                    yield json.dumps(json.loads(text), ensure_ascii=False)
                except ValueError:
                    continue
    elif b"<" in data:
        yield unescape(data.decode("utf-8", "replace"))


def _from_pdf(data):
    reader = pypdf.PdfReader(io.BytesIO(data))
    for page in reader.pages:
        yield re.sub(r"\s", "", page.extract_text())
    for number in range(1, int(reader.trailer["/Size"])):
        found = reader.get_object(pypdf.generic.IndirectObject(number, 0, reader))
        yield repr(found)
        if isinstance(found, pypdf.generic.StreamObject):
            yield found.get_data().decode("latin-1")


def held_in(data, canaries):
    """Which canaries a file holds."""
    text = "\n".join(unpacked(data)).casefold()
    return {
        what
        for what, canary in canaries.items()
        if canary.casefold() in text or canary.casefold().encode("utf-16-be").decode("latin-1") in text
    }


@pytest.fixture
def opened_files(workspace):
    """What is opened to be written while something is handed out; the vault's own files are left out."""
    found = []

    def hook(event, told):
        if event == "open" and watching and isinstance(told[0], str | bytes):
            name, flags = str(told[0]), told[2] or 0
            if flags & 3 and not name.startswith(str(workspace.vault.folder)):
                found.append(name)

    watching = [True]
    sys.addaudithook(hook)
    yield found
    watching.clear()


ALL = [
    (kind, form)
    for kind in DocumentKind
    if kind is not DocumentKind.FORM
    for form in data_out.forms_of(kind)
    # All that are laid out say what the document says; these take longest.
    if form not in (Format.PDF, Format.DOCX) or kind is DocumentKind.RECORD
]
FEW = [(DocumentKind.RECORD, Format.TXT), (DocumentKind.RECORD, Format.XLSX), (DocumentKind.RECORD, Format.JSON)]


EVERY = [(Purpose.LEGAL, *way) for way in ALL] + [
    (purpose, *way) for purpose in (Purpose.OWN, Purpose.PARTICIPANT, Purpose.SUPERVISION) for way in FEW
]


def test_what_stays_is_nowhere_in_any_file(workspace, filled, opened_files, tmp_path):
    maria, notes, _, _ = filled
    machine = {"the machine": str(tmp_path), "the vault": str(workspace.vault.vault_id)}
    told = {"open": OPEN, "statement": "statementwords", "group": "groupwords"}
    for purpose, kind, form in EVERY:
        ids = notes[:1] if kind is DocumentKind.NOTE else notes
        request = Request(
            participant_id=maria.id, what="x", form="", purpose=purpose, to="Court", reason="asked for", note_ids=ids
        )
        order = handing_out.Order(kind=kind, form=form, mail=form not in LAID_OUT, request=request)
        found = held_in(
            handing_out.hand_over(workspace, order).data,
            NEVER | FOR_ONESELF | FOR_THE_RECORD | FOR_THE_PARTICIPANT | machine | told,
        )
        allowed = set(told)
        if purpose in IN_HOUSE:
            allowed |= FOR_THE_RECORD.keys() | FOR_THE_PARTICIPANT.keys()
        if purpose is Purpose.PARTICIPANT:
            allowed |= FOR_THE_PARTICIPANT.keys()
        if purpose is Purpose.OWN and form is Format.JSON:
            allowed |= FOR_ONESELF.keys()
        assert found - allowed == set(), (purpose, kind, form)
        if kind in (DocumentKind.NOTE, DocumentKind.NOTES, DocumentKind.RECORD):
            assert told.keys() - found == ({"group"} if kind is DocumentKind.NOTE else set()), (kind, form)
        if form is Format.JSON and kind is DocumentKind.RECORD:
            assert found == allowed
    assert opened_files == []


def test_a_note_about_somebody_else_is_not_handed_out_by_choice(workspace, filled):
    maria, (note, _), _, wrong = filled
    given = Given(purpose=Purpose.PARTICIPANT)
    request = Request(**given.model_dump(), participant_id=maria.id, what="x", form="", note_ids=(note, wrong))
    for form in (Format.JSON, Format.PDF):
        order = handing_out.Order(kind=DocumentKind.NOTES, form=form, request=request)
        with pytest.raises(RefusedError, match="about somebody else"):
            handing_out.hand_over(workspace, order)
    with pytest.raises(RefusedError, match="about somebody else"):
        interchange.export_notes(workspace, note_ids=(wrong,), given=given)
    assert wrong not in {each.id for each in interchange.export_notes(workspace, participant_id=maria.id, given=given)}
    assert wrong in {each.id for each in interchange.export_notes(workspace, participant_id=maria.id)}


def test_a_draft_of_a_group_that_names_somebody_else_stays(workspace, filled, add_participant):
    maria, other = filled[0], add_participant("Ottilie Xqother")
    group = groups.start_group(workspace)
    lines = tuple(
        GroupLine(id=new_id(workspace.clock.now()), participant_id=each.id, response="spoke", next_step="a song")
        for each in (maria, other)
    )
    content = group.content.model_copy(update={"happened": "A round.", "day": date(2026, 11, 23), "lines": lines})
    groups.save_group(workspace, group.model_copy(update={"content": content}))
    group_notes.make_notes(workspace, group.id)
    draft = writing.get_draft(workspace, lines[0].id)
    named = draft.content.model_copy(update={"response": "She sat beside Ottilie."})
    given = Given(purpose=Purpose.PARTICIPANT)
    assert interchange.export_notes(workspace, note_ids=(draft.id,), given=given)
    writing.save_draft(workspace, draft.model_copy(update={"content": named}))
    with pytest.raises(RefusedError, match="names somebody else of its group"):
        interchange.export_notes(workspace, note_ids=(draft.id,), given=given)
    assert held_in(write_file(erasing.record_of(workspace, maria.id)), {"name": "Ottilie"}) == set()


def test_a_draft_that_leaves_as_json_keeps_what_is_private_and_hidden(workspace, filled):
    maria, _, draft, _ = filled
    for given in (Given(), Given(purpose=Purpose.OTHER, to="A friend", reason="asked")):
        data = write_notes(interchange.export_notes(workspace, note_ids=(draft,), given=given))
        assert held_in(data, NEVER | FOR_ONESELF) == {"draft"}
    whole = write_file(erasing.record_of(workspace, maria.id))
    assert held_in(whole, NEVER | FOR_THE_RECORD) == set()
    page = exporting_people.export_people(workspace, FileKind.XLSX).data
    assert held_in(page, {key: NEVER[key] for key in NEVER if not key.startswith("somebody")}) == set()


def test_the_search_finds_what_is_hidden_anywhere_in_a_file():
    """A test that finds nothing must be able to find something."""
    canary = {"it": "xqcanary"}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("docProps/core.xml", "<x>xqcanary</x>")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Subject": "xqcanary"})
    pdf = io.BytesIO()
    writer.write(pdf)
    mail = EmailMessage()
    mail["X-Unsent"] = "1"
    mail.set_content("none")
    mail.add_attachment(archive.getvalue(), maintype="application", subtype="zip", filename="a.docx")
    named = EmailMessage()
    named["X-Unsent"] = "1"
    named.add_attachment(b"none", maintype="application", subtype="zip", filename="xqcanary.docx")
    for data in (
        archive.getvalue(),
        pdf.getvalue(),
        mail.as_bytes(),
        named.as_bytes(),
        b"XQCANARY",
        b"{\\rtf xq\\u99\\'3fanary}",
    ):
        assert held_in(data, canary) == {"it"}
    assert held_in(b"nothing", canary) == set()
