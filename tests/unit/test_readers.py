"""A filled form read back: by every route it can come, and what a bad file is told."""

from __future__ import annotations

import io
import shutil
import subprocess
import tracemalloc
import zipfile
from datetime import UTC, date, datetime, time
from time import perf_counter

import docx
import pypdf
import pytest
from pypdf.generic import DictionaryObject, NameObject
from reliability.bad_forms import bad_forms

from peernote_tui.documents.contents.form import form_document
from peernote_tui.documents.contents.notes import notes_document
from peernote_tui.documents.document import Cover
from peernote_tui.documents.formats.pdf_form import fillable
from peernote_tui.documents.note_document import note_document
from peernote_tui.documents.readers.filling import Reader, fill, seems_to_be
from peernote_tui.documents.readers.form import FormFileError, stamp
from peernote_tui.documents.readers.reading import read_form
from peernote_tui.documents.rendering import Format, render
from peernote_tui.domain.not_placed import NotPlaced, not_placed, with_not_placed
from peernote_tui.domain.note import AgreedAction, Mode, NextContact, Note, NoteContent, NoteKind, NoteParticipant
from peernote_tui.domain.participant import Participant
from peernote_tui.services.templates import built_in_templates

NOW = datetime(2026, 11, 23, 16, 0)  # noqa: DTZ001 the wall clock that words are read on
MARIA = Participant(
    id="0192f7c1-3a5e-7b1a-8c4d-2f6e8a1b9c0d",
    name="Maria Santos",
    pronouns="she/her",
    external_id="M-0042",
    created_at=NOW.replace(tzinfo=UTC),
    changed_at=NOW.replace(tzinfo=UTC),
)
HARD = NoteContent(
    mode=Mode.IN_PERSON,
    place="café, Elm St [back room]",
    day=date(2026, 11, 20),
    start=time(14),
    end=time(14, 45),
    concern_tags=("anxiety", "housing"),
    summary="We read the second notice together, and looked for the day. " * 6
    + "That was it.\n\nPlan\nPlace: her own flat [x] yes *not* that_one\nقال لي hello 👍 Ωμέγα",
    techniques=("grounding", "box breathing"),
    response="Breathing slowed.",
    own_words="I can do this\nif someone sits next to me.",
    rating=6,
    agreed_actions=(
        AgreedAction(text="call housing office", owner="me", due=date(2026, 11, 27)),
        AgreedAction(text="bring the leaflet"),
    ),
    next_contact=NextContact(day=date(2026, 11, 30), at=time(14), mode=Mode.PHONE),
    next_topics="rent",
    plan="Keep the flat; one step a week.",
)
TEMPLATES = built_in_templates()
TEMPLATE = TEMPLATES["peer-support", 1]


def filled(data, name="", template=TEMPLATE):
    return fill(read_form(data, name=name), template, NoteContent(), Reader(NOW, MARIA))


def form(how, content=HARD, template=TEMPLATE):
    return render(form_document(template, content=content), how).data


def through(program, tmp_path, data, *by):
    """A form as another program saves it: as DOCX, or first as something else and then as DOCX."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not here")
    source = tmp_path / f"form.{by[0] if by else 'docx'}"
    source.write_bytes(data)
    for number, to in enumerate((*by[1:], "docx")):
        folder = tmp_path / str(number)
        target = folder / f"form.{to}"
        folder.mkdir()
        if program == "pandoc":
            command = ["pandoc", str(source), "-o", str(target)]
        elif program == "qpdf":
            command = ["qpdf", "--object-streams=generate", "--linearize", str(source), str(target)]
        else:
            home = f"-env:UserInstallation=file://{tmp_path}/lo"
            command = ["soffice", home, "--headless", "--convert-to", to, "--outdir", str(folder), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        source = target
    return source.read_bytes()


def told(content):
    dumped = content.model_dump(mode="json")
    for action in dumped["agreed_actions"]:
        action["id"] = ""
    return dumped


@pytest.mark.parametrize(
    ("route", "make"),
    [
        ("docx", lambda _: form(Format.DOCX)),
        ("txt", lambda _: form(Format.TXT)),
        ("md", lambda _: form(Format.MARKDOWN)),
        ("pdf", lambda _: fillable(form_document(TEMPLATE, content=HARD)).data),
        ("qpdf", lambda folder: through("qpdf", folder, fillable(form_document(TEMPLATE, content=HARD)).data)),
        ("pandoc", lambda folder: through("pandoc", folder, form(Format.DOCX))),
        pytest.param(
            "LibreOffice", lambda folder: through("soffice", folder, form(Format.DOCX)), marks=pytest.mark.slow
        ),
        pytest.param(
            "ODT", lambda folder: through("soffice", folder, form(Format.DOCX), "docx", "odt"), marks=pytest.mark.slow
        ),
        pytest.param(
            "doc", lambda folder: through("soffice", folder, form(Format.DOCX), "docx", "doc"), marks=pytest.mark.slow
        ),
        pytest.param("RTF", lambda folder: through("soffice", folder, form(Format.RTF), "rtf"), marks=pytest.mark.slow),
    ],
)
def test_every_answer_of_a_filled_form_comes_back(route, make, tmp_path):
    found = filled(make(tmp_path), f"form.{route}")
    assert told(found.content) == told(HARD)
    assert found.left == ()
    assert len(found.placed) == 14


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda each: each.id)
@pytest.mark.parametrize("how", [Format.DOCX, Format.TXT, Format.MARKDOWN])
def test_an_empty_form_says_nothing_and_leaves_nothing(template, how):
    form_of = form(how, None, template)
    assert stamp(read_form(form_of)) == (template.id, template.version)
    assert seems_to_be(read_form(form_of), TEMPLATES) == template
    found = filled(form_of, f"x.{how.value}", template)
    assert (found.content, found.placed, found.left) == (NoteContent(), (), ())


@pytest.mark.parametrize("how", [Format.DOCX, Format.TXT, Format.MARKDOWN])
def test_a_printed_note_comes_back_as_far_as_its_labels_go(how):
    note = Note(participant=NoteParticipant(name=MARIA.name, external_id="M-0042"), content=HARD)
    printed = notes_document([note_document(note, TEMPLATE)], Cover(about="", anchor="", made=""))
    found = filled(render(printed, how).data, f"note.{how.value}")
    same = set(NoteContent.model_fields) - {"summary", "agreed_actions", "own_words"}
    assert {key: getattr(found.content, key) for key in same} == {key: getattr(HARD, key) for key in same}
    assert found.content.summary.split() == HARD.summary.split()
    assert [(each.text, each.due) for each in found.content.agreed_actions] == [
        ("call housing office", date(2026, 11, 27)),
        ("bring the leaflet", None),
    ]
    assert [piece.words for piece in found.left] == ["Draft, not signed."]


LETTER = """Client: Maria Santos
PLACE:  coffee shop
how you met - by phone?
When: 20 nov 2026, 2pm-2:45pm
Main concerns: housing, anxiety
1. Next contact (day, time): someday soon
What was agreed:
- call the housing office @me 27 nov 2026
- bring leaflet @them by yesterday
In a sentence or two

Weather: bad. She said: I will try.
"""


def test_a_letter_with_labels_is_read_and_what_is_not_understood_stays_with_its_reason():
    found = filled(LETTER.encode())
    content = found.content
    assert (content.place, content.day, content.start, content.end) == (
        "coffee shop",
        date(2026, 11, 20),
        time(14),
        time(14, 45),
    )
    assert content.concern_tags == ("housing", "anxiety")
    assert [action.text for action in content.agreed_actions] == ["call the housing office"]
    kept = " ".join([*(piece.words for piece in found.left), *map(str, told(content).values())])
    for words in ("Client: Maria Santos", "by phone?", "someday soon", "yesterday", "Weather: bad.", "I will try."):
        assert words in kept
    assert all(piece.why for piece in found.left)


def word(*paragraphs):
    document = docx.Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def test_a_line_of_ones_own_words_is_no_label_where_headings_are():
    data = word(("Heading 3", "Strengths"), ("Heading 3", "Place"), ("Normal", "library"), ("Heading 3", "Referrals"),
                ("Normal", "Keep on."), ("Normal", "Place: the same"), ("Normal", "Place"))  # fmt: skip
    found = filled(data)
    assert (found.content.place, found.content.referrals) == ("library", "Keep on.\nPlace: the same\nPlace")


def test_ticks_that_contradict_each_other_are_left():
    data = word(("Heading 3", "How you met"), ("Normal", "☒ Phone"), ("Normal", "☒ Video"), ("Normal", "☐ Text"))
    found = filled(data)
    assert found.content.mode is None
    assert (found.left[0].label, found.left[0].words) == ("How you met", "Phone\nVideo")
    one = filled(word(("Heading 3", "how you MET:"), ("Normal", "☐ Phone  ☑ Video  [ ] Text (on her phone)")))
    assert one.content.mode is Mode.VIDEO


def test_tables_in_tables_and_deleted_words():
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Place", "library"
    table.cell(1, 0).text = "Summary of it all"
    inner = table.cell(1, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "one", "two"
    made = io.BytesIO()
    document.save(made)
    body = b"<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>came</w:t></w:r></w:ins></w:p>"
    data = replaced(made.getvalue(), "word/document.xml", lambda xml: xml.replace(b"<w:sectPr", body + b"<w:sectPr", 1))
    found = filled(data)
    assert found.content.place == "library"
    assert [(piece.label, piece.words) for piece in found.left] == [("Summary of it all", "one  two"), ("", "came")]


def test_three_thousand_words_and_words_from_the_right():
    long = "\n\n".join(" ".join(f"كلمة{number} word" for number in range(100)) for _ in range(15))
    for how in (Format.DOCX, Format.TXT, Format.MARKDOWN):
        found = filled(form(how, NoteContent(summary=long)), f"x.{how.value}")
        assert found.content.summary == long
        assert found.left == ()


def replaced(data, name, change):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, change(old.read(entry)) if entry.filename == name else old.read(entry))
    return made.getvalue()


def lying(data):
    """A document whose directory says that a part is small, and which unpacks to sixty-four megabytes."""
    return replaced(data, "word/document.xml", lambda _: b"<a>" + b" " * (64 * 1024 * 1024) + b"</a>")


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>
<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"""
OUTSIDE = LAUGHS.replace(b'<!ENTITY b "&a;&a;&a;&a;">', b'<!ENTITY b SYSTEM "file:///etc/hostname">')


def pdf(*, password="", text=False, script=False):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    if text:
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(render(form_document(TEMPLATE), Format.PDF).data))
    if script:
        action = {"/S": NameObject("/JavaScript"), "/JS": pypdf.generic.TextStringObject("app.alert(1)")}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject({NameObject(k): v for k, v in action.items()})
    if password:
        writer.encrypt(password, algorithm="AES-256")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def locked_word():
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


SOUND = word(("Normal", "Place: library"))


@pytest.mark.parametrize(
    ("data", "says", "way_out"),
    [
        (b"", "empty", "Save"),
        (b" \r\n\t", "empty", "Save"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old form of Word", ".docx"),
        (locked_word(), "locked with a password", "without one"),
        (pdf(password="secret"), "locked with a password", "without one"),
        (SOUND[: len(SOUND) // 2], "damaged", "save it once more"),
        (pdf(text=True)[:700], "damaged", "once more"),
        (replaced(SOUND, "word/document.xml", lambda xml: xml[:-30]), "damaged", "once more"),
        (lying(SOUND), "far larger", "right file"),
        (replaced(SOUND, "word/document.xml", lambda _: LAUGHS), "entities", "once more"),
        (replaced(SOUND, "word/document.xml", lambda _: OUTSIDE), "entities", "once more"),
        (replaced(SOUND, "word/document.xml", lambda _: b"<a>" * 5000 + b"</a>" * 5000), "damaged", "once more"),
        (pdf(), "pictures", "PDF form"),
        (b"{\\rtf1 hello}", "RTF", ".docx"),
        (b"<!DOCTYPE html><p>x", "HTML", ".docx"),
        (b"\x00\x01\x02\x03" * 50, "neither", "UTF-8"),
        (word(), "nothing written", "once more"),
        (b"a = 1\n" * 200_000, "more words", "one note a file"),
    ],
)  # fmt: skip
def test_a_bad_file_is_told_in_a_sentence_with_the_way_out(data, says, way_out):
    with pytest.raises(FormFileError) as told_so:
        read_form(data)
    assert says in told_so.value.sentence
    assert way_out in told_so.value.way_out


def test_what_a_part_says_of_its_size_is_counted_again_while_unpacking():
    data = bytearray(replaced(SOUND, "word/document.xml", lambda _: b"<a>" + b"ab" * 20_000_000 + b"</a>"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo("word/document.xml")
    told_size = entry.file_size.to_bytes(4, "little")
    assert data.count(told_size) == 2
    with pytest.raises(FormFileError, match=r"damaged|far larger"):
        read_form(bytes(data.replace(told_size, (900).to_bytes(4, "little"))))


@pytest.mark.parametrize("name", bad_forms())
def test_a_trap_takes_neither_memory_nor_time(name):
    data, says = bad_forms()[name]
    tracemalloc.start()
    begun = perf_counter()
    try:
        with pytest.raises(FormFileError, match=says):
            read_form(data, name=name)
        assert tracemalloc.get_traced_memory()[1] < 32 * 1024 * 1024
        # Told in a second; minutes, or a gigabyte, before it was bounded.
        assert perf_counter() - begun < 20
    finally:
        tracemalloc.stop()


def test_the_largest_form_that_is_one_is_still_read():
    many = tuple(AgreedAction(text=f"call number {number}", owner="me") for number in range(40))
    long = "\n\n".join("She said so, and more of it. " * 40 for _ in range(100))
    content = HARD.model_copy(update={"summary": long, "agreed_actions": many, "own_words": long, "plan": long})
    found = filled(form(Format.DOCX, content))
    assert found.content.summary.split() == long.split()
    assert found.left == ()


def test_a_script_in_a_pdf_is_passed_over():
    assert stamp(read_form(pdf(text=True, script=True))) == ("peer-support", 1)


def pdf_form(**values):
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(200, 200)
    fields = pypdf.generic.ArrayObject()
    for name, value in values.items():
        field = DictionaryObject({NameObject("/T"): pypdf.generic.TextStringObject(name)})
        if isinstance(value, str):
            field[NameObject("/FT")] = NameObject("/Tx")
            field[NameObject("/V")] = pypdf.generic.TextStringObject(value)
        else:
            states = DictionaryObject({NameObject(f"/{each}"): DictionaryObject() for each in (*value[0], "Off")})
            field[NameObject("/FT")] = NameObject("/Btn")
            field[NameObject("/AP")] = DictionaryObject({NameObject("/N"): states})
            field[NameObject("/V")] = NameObject(f"/{value[1]}")
        fields.append(writer._add_object(field))
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): fields})
    assert page is not None
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_fields_of_a_pdf_are_told_by_their_names():
    data = pdf_form(
        place="Büro, Łódź",
        session="2026-11-20 14:00-14:45",
        mode=(("phone", "video"), "video"),
        kind=(("individual", "group"), "Off"),
        **{
            "agreed_actions.2.text": "call",
            "agreed_actions.2.owner": "me",
            "other": "Odd one",
            "_participant": "M-0042",
        },
    )
    found = filled(data)
    content = found.content
    assert (content.place, content.start, content.mode, content.kind) == (
        "Büro, Łódź",
        time(14),
        Mode.VIDEO,
        NoteKind.INDIVIDUAL,
    )
    assert [(action.text, action.owner) for action in content.agreed_actions] == [("call", "me")]
    assert [(piece.label, piece.words) for piece in found.left] == [("other", "Odd one")]


def test_a_form_that_names_somebody_else_says_so():
    found = filled(word(("Heading 3", "Participant"), ("Normal", "Ana Lima"), ("Heading 3", "Place"), ("Normal", "x")))
    assert [(piece.label, piece.words) for piece in found.left] == [("Participant", "Ana Lima")]


def test_pieces_stand_in_a_draft_in_their_order_and_come_back_whole():
    pieces = tuple(NotPlaced(label=f"L{n}\n", words=f"a\n\nb {n}", why="because") for n in range(30))
    kept = with_not_placed({"place": "x", "not_placed.000009": "old"}, pieces)
    assert kept["place"] == "x"
    assert [piece.words for piece in not_placed(kept)] == [piece.words for piece in pieces]
    assert {piece.label for piece in not_placed(kept)} == {f"L{n}" for n in range(30)}
    assert with_not_placed(kept, ()) == {"place": "x"}
    long = "x" * 450_000
    parts = not_placed(with_not_placed({}, [NotPlaced(words=long)]))
    assert "".join(part.words for part in parts) == long


def flattened(*, values):
    """A form as viewers print it to a PDF: the page with its foot first, then what was typed, as words of the page."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(fillable(form_document(TEMPLATE)).data))
    for number, value in enumerate(values):
        font = "/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding"
        page = writer.pages[number]
        page["/Resources"]["/Font"][NameObject("/Typed")] = pypdf.generic.DictionaryObject(
            {NameObject(key): NameObject(name) for key, name in zip(*[iter(font.split())] * 2, strict=True)}
        )
        typed = pypdf.generic.DecodedStreamObject()
        typed.set_data(f"BT /Typed 10 Tf 60 500 Td ({value}) Tj ET".encode())
        page[NameObject("/Contents")] = pypdf.generic.ArrayObject([page["/Contents"], writer._add_object(typed)])
        del page["/Annots"]
    del writer.root_object["/AcroForm"]
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def test_words_of_fields_that_are_fields_no_more_are_kept_beside_and_put_under_no_question():
    data = flattened(values=("Place: her own flat", "We read the second notice."))
    assert stamp(read_form(data)) == ("peer-support", 1)
    found = filled(data, "printed.pdf")
    assert found.content == NoteContent()
    assert found.placed == ()
    assert [(left.label, left.words) for left in found.left] == [
        ("", "Place: her own flat"),
        ("", "We read the second notice."),
    ]
