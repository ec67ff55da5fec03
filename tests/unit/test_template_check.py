"""A template that cannot be used says everything that is wrong with it, and where."""

from __future__ import annotations

import pytest

from peernote_tui.domain.answered import Answers
from peernote_tui.domain.note import NoteContent
from peernote_tui.domain.template import Template
from peernote_tui.domain.template_check import faults
from peernote_tui.services.templates import built_in_templates

CONSENT = {"key": "consent", "kind": "consent", "label": "Consent"}
SESSION = {"key": "session", "kind": "session", "label": "When"}


def form(*fields, **more):
    sections = [{"key": "s", "title": "S", "fields": [CONSENT, SESSION, *fields]}]
    return Template.model_validate({"id": "own", "version": 1, "title": "Own", "sections": sections, **more})


def text(key="q", **more):
    return {"key": key, "kind": "text", "label": f"Label of {key}", **more}


@pytest.mark.parametrize("template", built_in_templates().values(), ids=lambda template: template.id)
def test_what_ships_with_the_program_is_sound(template):
    assert faults(template) == ()


def test_a_form_of_every_kind_is_sound():
    fields = [
        text(),
        text("story", kind="long_text", default="As before."),
        text("quote", kind="own_words"),
        text("miles", kind="number", unit="miles", least=0, most=500, places=1, default="0"),
        text("fare", kind="money", unit="USD"),
        text("on", kind="date"),
        text("at", kind="time"),
        text("span", kind="time_span"),
        text("long", kind="duration"),
        text("ok", kind="yes_no"),
        text("one", kind="choice", choices=[{"value": "a", "label": "A"}]),
        text("some", kind="choices", choices=[{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]),
        text("hope", kind="scale", low="none", high="much", least=1, most=5),
        text("call", kind="phone", pattern=r"\+?[\d ]+"),
        text("who", kind="participant"),
        text("worker", kind="staff"),
        text("costs", kind="rows", columns=[text("what"), text("price", kind="money")]),
        text("sign_here", kind="attestation", required=True),
        text("total", kind="computed", value="sum(costs.price) + coalesce(fare, 0)"),
        text("head", kind="heading"),
        text("more", show_if="selected(some, 'b') and miles > 3", must="length(more) > 3", must_say="Say more."),
        text("old_way", show_if={"one": ["a"]}, hide_if={"ok": ["yes"]}, private=True),
    ]
    assert faults(form(*fields)) == ()


@pytest.mark.parametrize(
    ("fields", "entry", "word"),
    [
        ([text(), text()], "key", "more than one"),
        ([text("Q q")], "key", "short name"),
        ([text("and")], "key", "short name"),
        ([text(label=" ")], "label", "label"),
        ([text(kind="choice")], "choices", "no choices"),
        ([text(choices=[{"value": "a", "label": "A"}])], "choices", "no choice"),
        ([text(kind="choice", choices=[{"value": "a", "label": "A"}] * 2)], "choices", "twice"),
        ([text(kind="number", least=3, most=2)], "least", "more"),
        ([text(least=3)], "least", "range"),
        ([text(kind="rows")], "columns", "repeats"),
        ([text(kind="rows", columns=[text("a", kind="rows")])], "kind", "repeat"),
        ([text(kind="rows", columns=[text("a", show_if="q")])], "show_if", "depends"),
        ([text(kind="computed")], "value", "nothing"),
        ([text(value="1")], "value", "not computed"),
        ([text(kind="heading", required=True)], "required", "nobody"),
        ([text(alternatives=["gone"])], "alternatives", "not there"),
        ([text(kind="scale", default="3")], "default", "default"),
        ([text(kind="number", default="many")], "default", "fit"),
        ([text(pattern="(a")], "pattern", "bracket"),
        ([text(show_if="gone = 1")], "show_if", "gone"),
        ([text(show_if="q2 = ")], "show_if", "character"),
        ([text(hide_if={"gone": ["x"]})], "hide_if", "gone"),
        ([text(kind="computed", value="1 / gone")], "value", "gone"),
        ([text("session2", kind="session")], "kind", "key session"),
        ([text("summary", kind="number")], "kind", "another kind"),
        ([text("mode", kind="choice", choices=[{"value": "zoom", "label": "Zoom"}])], "choices", "does not know"),
        ([text("a", show_if="b"), text("b", show_if="c"), text("c", show_if="a")], "show_if", "itself"),
        ([text("a", kind="computed", value="a + 1")], "show_if", "itself"),
    ],
)
def test_each_fault_is_told_with_its_place(fields, entry, word):
    found = faults(form(*fields))
    assert [fault.place.entry for fault in found if word in fault.sentence][:1] == [entry]
    assert all(fault.way_out for fault in found)
    assert all(fault.place.section == 0 and (fault.place.field or 0) >= 2 for fault in found)


def test_every_fault_is_told_not_only_the_first():
    found = faults(form(text("a", kind="choice"), text("b", show_if="gone"), text("b")))
    assert len(found) == 4


def test_the_whole_has_its_own_faults():
    bare = Template(id="Bad Id", version=0, title="T", sections=())
    assert {fault.place.entry for fault in faults(bare)} == {"id", "version", ""}
    many = form(*(text(f"q{number}") for number in range(500)))
    assert any("500" in fault.sentence for fault in faults(many))


_STACKED = {"long_text", "own_words", "tags", "choices", "rows", "action_rows", "action_reviews"}


@pytest.mark.parametrize("template", built_in_templates().values(), ids=lambda template: template.id)
def test_what_ships_fits_80_columns(template):
    """A label beside its box has 14 cells, a hint below it 59; above a box and below it there are 72."""
    assert len(template.title) <= 24
    assert len(template.description) <= 43
    for section in template.sections:
        assert len(section.title) <= 20, section.title
        for field in section.fields:
            label, hint = (72, 72) if field.kind.value in _STACKED else (14, 59)
            if field.kind.value != "consent":
                assert len(field.label) <= label, field.label
            assert len(field.hint) <= hint, field.hint


@pytest.mark.parametrize(("count", "sound"), [(30, True), (200, False)])
def test_fields_that_depend_on_each_other_in_a_long_row_are_told(count, sound):
    fields = [text(f"c{n}", kind="computed", value=f"c{n + 1} + 1") for n in range(count)]
    template = form(*fields, text(f"c{count}", kind="number"))
    told = [fault.sentence for fault in faults(template)]
    assert told == ([] if sound else ["“Label of c0” depends on too many others, one after another."])
    if sound:
        answers = Answers(template, NoteContent(custom={f"c{count}": "1"}))
        assert answers["c0"] == count + 1
