"""Rule packs: read with every fault by line, and what they find in a note."""

from __future__ import annotations

from datetime import date, time
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peernote_tui.documents.rule_pack_file import pack_file_faults, read_pack, write_pack
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.note import Note, NoteAuthor, NoteContent, NoteParticipant, NoteRules
from peernote_tui.domain.readiness import readiness, required_gaps
from peernote_tui.domain.unit_rounding import UnitRounding, count_units
from peernote_tui.services.rule_packs import built_in_packs
from peernote_tui.services.templates import built_in_templates

OWN = """\
id = "county"
version = 1
title = "County"
effective = 2026-01-01
due_business_days = 3
rounding = "cms8"

[[elements]]
key = "strengths"
label = "strengths"
fields = ["strengths", "assets"]
required = true
missing = "The county asks for a strength."

[[elements]]
key = "long_enough"
label = "at least a quarter of an hour"
holds = "minutes >= 15"
when = "kind = 'individual'"
"""
GUIDED = built_in_templates()["peer-support", 1]
FULL = {
    "mode": "in_person", "place": "library", "day": date(2026, 11, 23), "start": time(14), "end": time(14, 45),
    "concern_tags": ("housing",), "summary": "We read the notice.", "techniques": ("listening",),
    "response": "calmer", "plan": "one step a week",
}  # fmt: skip


def note(**content):
    author = NoteAuthor(id="a", name="Alex Rivera", credential="CPS")
    return Note(participant=NoteParticipant(id="p", name="Maria"), author=author, content=NoteContent(**content))


def texas():
    return built_in_packs()["texas-301-361", 1]


def test_what_ships_reads_and_is_written_back():
    packs = built_in_packs()
    assert {"seed", "texas-301-361"} == {name for name, _version in packs}
    for entry in resources.files("peernote_tui.rule_packs").iterdir():
        if entry.name.endswith(".toml"):
            assert pack_file_faults(entry.read_bytes()) == ()
    for pack in (*packs.values(), read_pack(OWN.encode())):
        assert read_pack(write_pack(pack)) == pack


def test_the_default_pack_keeps_nobody_from_signing():
    assert not any(element.required for element in built_in_packs()["seed", 1].elements)


@pytest.mark.parametrize(
    ("before", "after", "line", "way_out"),
    [
        ('id = "county"', 'id = "The County"', 1, "our-county"),
        ("version = 1", "version = 0", 2, "Begin with 1."),
        ('title = "County"', "", 1, "Add: title"),
        ("effective = 2026-01-01", 'effective = "soon"', 4, "2026-01-01"),
        ('"cms8"', '"cms9"', 6, "floor15, ceil15, cms8"),
        ("rounding", "ronding", 6, "peernote schema pack"),
        ('key = "long_enough"', 'key = "strengths"', 16, "Give each its own."),
        ("minutes >= 15", "minutes >= ", 18, "It looks like"),
        ("kind = 'individual'", "nosuch(kind)", 19, "It looks like"),
        ('holds = "minutes >= 15"', "", 15, "Add fields"),
        ("required = true", 'required = "yes, please"', 12, "true or false"),
        ('["strengths", "assets"]', '["What they can"]', 11, "Use keys of templates."),
    ],
)
def test_every_fault_is_named_with_its_line_and_the_way_out(before, after, line, way_out):
    faulty = OWN.replace(before, after, 1).encode()
    assert any(fault.line == line and way_out in fault.way_out for fault in pack_file_faults(faulty))
    with pytest.raises(InvalidInputError, match="of the rule pack"):
        read_pack(faulty)


@pytest.mark.parametrize("data", [b"", b"\xff", b"[[elements", b"elements = 3", b"[elements]\na = 1", b"x" * 300_000])
def test_what_is_no_pack_at_all_is_refused(data):
    assert pack_file_faults(data)


def test_texas_finds_nine_of_eleven_in_a_whole_guided_note():
    found = readiness(texas(), note(**FULL), GUIDED)
    assert found.line == "Texas 301.361: 9 of 11 there · missing: service type, goal addressed"
    assert required_gaps(texas(), note(**FULL), GUIDED) == ()
    assert found.length == "45 minutes · 3 units (floor15)"


def test_texas_asks_only_what_did_happen_of_a_no_show():
    found = readiness(texas(), note(kind="no_show", day=date(2026, 11, 23), start=time(14)), GUIDED)
    assert "goal addressed" not in found.missing
    assert "start and end time" not in found.missing
    assert found.units is None


def test_a_required_element_stands_before_the_signature_with_its_own_sentence_and_place():
    pack = read_pack(OWN.encode())
    (gap,) = required_gaps(pack, note(**FULL), GUIDED)
    assert (gap.section, gap.key, gap.sentence) == (2, "strengths", "The county asks for a strength.")
    assert required_gaps(pack, note(**FULL, strengths="asks for help"), GUIDED) == ()
    (gap,) = required_gaps(pack, note(**FULL), built_in_templates()["dap", 1])
    assert "does not ask for it" in gap.sentence


def test_an_answer_that_is_blank_or_hidden_does_not_count():
    pack = read_pack(OWN.encode())
    assert required_gaps(pack, note(**FULL, strengths="  "), GUIDED)
    assert required_gaps(pack, note(**{**FULL, "kind": "no_show"}, strengths="hidden"), GUIDED)


@given(st.sampled_from(list(built_in_templates().values())), st.sampled_from(list(built_in_packs().values())))
def test_every_pack_says_something_calm_of_an_empty_note_of_every_form(template, pack):
    found = readiness(pack, note(), template)
    assert found.line.startswith(f"{pack.name}: ")
    assert len(found.elements) >= len(found.missing)


@pytest.mark.parametrize(("rule", "units"), [("floor15", 1), ("ceil15", 2), ("cms8", 2)])
def test_units_of_25_minutes(rule, units):
    assert count_units(25, UnitRounding(rule)) == units
    assert count_units(None, UnitRounding(rule)) is None
    assert count_units(25, None) is None


def test_the_canonical_text_of_a_note_from_before_there_were_packs_is_what_it_was():
    before = note(**FULL)
    assert "rule_pack" not in before.canonical()
    after = before.model_copy(update={"rule_pack": NoteRules(id="seed", version=1)})
    assert '"rule_pack":{"id":"seed","rounding":null,"version":1}' in after.canonical()
