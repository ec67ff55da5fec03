"""A form to type into: fields by their keys, kept and read back by programs that are not ours."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader, PdfWriter

from peernote_tui.documents.blank_form import blank_form
from peernote_tui.documents.contents.form import form_document
from peernote_tui.documents.document import Boxes, Document, DocumentKind, Paper
from peernote_tui.documents.formats.pdf_form import fillable
from peernote_tui.documents.rendering import Format
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.note import Mode, NoteContent
from peernote_tui.services.templates import built_in_templates

BUILT_IN = built_in_templates()
WORDS = "She went to the café; Žofie said “Київ, مرحبا”.\nA second line [/]."
LETTERS = "Žofie, Łódź. Ελλάδα, ῥᾴδιος. Київ, ґанок. Chị ấy kể về nhà ở. Հայ, ქარ"


@pytest.fixture(scope="module")
def guided():
    return fillable(form_document(BUILT_IN["peer-support", 1]), paper=Paper.LETTER).data


def fields(data):
    return PdfReader(BytesIO(data)).get_fields()


def test_fields_are_named_by_the_keys_of_the_template(guided):
    found = fields(guided)
    asked = {field.key for section in BUILT_IN["peer-support", 1].sections for field in section.fields}
    assert asked <= found.keys()
    assert {"agreed_actions.4.due", "action_reviews.1.outcome", "_participant", "_signed.2.date"} <= found.keys()
    assert set(found["mode"]["/_States_"]) == {"/in_person", "/phone", "/video", "/text", "/Off"}
    assert found["summary"]["/TU"] == "What happened, what did you decide?"
    assert not any(field.value and field.value != "/Off" for field in found.values())
    assert fillable(form_document(BUILT_IN["peer-support", 1]), paper=Paper.LETTER).data == guided


def test_boxes_of_which_several_may_be_ticked_are_fields_of_their_own():
    assert {"outreach_made.called", "outreach_made.not_yet"} <= fields(
        fillable(form_document(BUILT_IN["no-show", 1])).data
    ).keys()


@pytest.mark.filterwarnings("ignore")
def test_what_is_typed_is_kept_and_shown(guided, tmp_path):
    writer = PdfWriter(clone_from=PdfReader(BytesIO(guided)))
    typed = {"summary": WORDS, "mode": "/phone", "rating": "/7", "agreed_actions.2.text": "llamar mañana"}
    writer.update_page_form_field_values(None, typed, auto_regenerate=True)
    filled = tmp_path / "filled.pdf"
    writer.write(filled)
    found = PdfReader(filled).get_fields()
    assert {key: found[key].value for key in typed} == typed
    if shutil.which("qpdf"):
        subprocess.run(["qpdf", "--check", filled], check=True, capture_output=True)
    if shutil.which("pdftotext"):
        shown = subprocess.run(["pdftotext", "-layout", filled, "-"], check=True, capture_output=True).stdout.decode()
        assert "She went to the café; Žofie" in shown
        assert "llamar mañana" in shown


@pytest.mark.filterwarnings("ignore")
def test_letters_of_many_scripts_are_drawn_with_the_font_of_the_form(guided, tmp_path):
    font = PdfReader(BytesIO(guided)).root_object["/AcroForm"]["/DR"]["/Font"]["/DejaVu"]
    with TTFont(BytesIO(font["/DescendantFonts"][0]["/FontDescriptor"]["/FontFile2"].get_data())) as held:
        drawn = held.getBestCmap()
    assert {ord(letter) for letter in LETTERS} <= drawn.keys()
    # Drawn letter by letter from the left, they would say something else.
    assert not {ord("م"), ord("ש")} & drawn.keys()
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler is not here")
    writer = PdfWriter(clone_from=PdfReader(BytesIO(guided)))
    writer.update_page_form_field_values(None, {"place": LETTERS}, auto_regenerate=True)
    filled = tmp_path / "filled.pdf"
    writer.write(filled)
    shown = subprocess.run(["pdftotext", "-layout", filled, "-"], check=True, capture_output=True).stdout.decode()
    assert LETTERS in shown


def test_what_stands_in_a_form_already_stands_in_its_fields():
    content = NoteContent(mode=Mode.PHONE, rating=7, summary=WORDS, place="home")
    found = fields(fillable(form_document(BUILT_IN["peer-support", 1], content=content)).data)
    assert found["summary"].value == WORDS
    assert (found["mode"].value, found["rating"].value) == ("/phone", "/7")


def test_values_with_points_and_spaces_are_names_like_others():
    odd = (("a.b", "one"), ("c d", "two"), ("ž", "three"))
    document = Document(
        kind=DocumentKind.FORM,
        title="t",
        pieces=(
            Boxes(key="many", label="Many", options=odd, many=True, ticked=("a.b",)),
            Boxes(key="one", label="One", options=odd, ticked=("c d",)),
        ),
    )
    found = fields(fillable(document).data)
    assert found["many.a.b"].value == "/a.b"
    assert found["many.ž"].value == "/Off"
    assert found["one"].value == "/c d"


def test_only_a_pdf_has_fields():
    with pytest.raises(InvalidInputError):
        blank_form(BUILT_IN["soap", 1], Format.DOCX, fillable=True)
