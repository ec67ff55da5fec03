"""What the built-in form asks, hides and misses."""

from __future__ import annotations

from datetime import datetime

import pytest

from peernote_tui.domain.answered import answer
from peernote_tui.domain.answers import Asked
from peernote_tui.domain.note import Mode, NextContact, NoteContent, NoteKind
from peernote_tui.domain.template import FieldChoice, FieldKind, Template, TemplateField, TemplateSection
from peernote_tui.domain.template_rules import (
    begun_content,
    hidden_answers,
    is_answered,
    is_shown,
    missing,
    shown_fields,
)
from peernote_tui.services.templates import built_in_templates


@pytest.fixture(scope="module")
def form():
    return built_in_templates()["peer-support", 1]


def keys(gaps):
    return [gap.key for gap in gaps]


def test_a_complete_note_misses_nothing(form, complete_content):
    assert missing(form, complete_content(), may_write=True) == ()


@pytest.mark.parametrize(
    ("changes", "key", "section"),
    [
        ({"day": None}, "session", 0),
        ({"start": None}, "session", 0),
        ({"end": None}, "session", 0),
        ({"place": " "}, "place", 0),
        ({"mode": None}, "mode", 0),
        ({"concern_tags": ()}, "concern_tags", 1),
        ({"concern_tags": ("", " ")}, "concern_tags", 1),
        ({"summary": " \n\t "}, "summary", 2),
        ({"techniques": ()}, "techniques", 2),
        ({"response": ""}, "response", 2),
        ({"next_contact": None}, "next_contact", 4),
    ],
)
def test_each_required_answer_alone_stands_between_note_and_signature(form, complete_content, changes, key, section):
    gaps = missing(form, complete_content(**changes), may_write=True)
    assert [(gap.key, gap.section) for gap in gaps] == [(key, section)]
    assert gaps[0].sentence.endswith((".", "…"))


def test_the_session_says_which_part_is_missing(form, complete_content):
    said = {
        name: missing(form, complete_content(**{name: None}), may_write=True)[0].sentence
        for name in ("day", "start", "end")
    }
    assert len(set(said.values())) == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"concern_tags": (), "concerns": "The letter."},
        {"next_contact": None, "next_topics": "The letter."},
        {"next_contact": None, "plan": "Keep the flat."},
    ],
)
def test_another_answer_serves_as_well(form, complete_content, changes):
    assert missing(form, complete_content(**changes), may_write=True) == ()


def test_gaps_come_in_the_order_of_the_form(form):
    gaps = missing(form, NoteContent(), may_write=False)
    assert keys(gaps) == [
        "consent", "session", "place", "mode", "concern_tags", "summary", "techniques", "response", "next_contact",
    ]  # fmt: skip
    assert [gap.section for gap in gaps] == sorted(gap.section for gap in gaps)


def test_consent_is_missed_unless_on_file_or_an_emergency(form, complete_content):
    assert keys(missing(form, complete_content(), may_write=False)) == ["consent"]
    assert missing(form, complete_content(emergency_reason="Safety."), may_write=False) == ()
    assert keys(missing(form, complete_content(emergency_reason=" \n"), may_write=False)) == ["consent"]


def test_a_no_show_needs_time_reason_and_next_contact_only(form):
    told = NoteContent(kind=NoteKind.NO_SHOW)
    assert keys(missing(form, told, may_write=True)) == ["session", "reason", "next_contact"]
    whole = NoteContent(
        kind=NoteKind.NO_SHOW,
        day="2026-11-23",
        start="14:00",
        end="14:00",
        reason="Bus strike.",
        next_contact=NextContact(day="2026-11-30"),
    )
    assert missing(form, whole, may_write=True) == ()
    assert hidden_answers(form, whole) == ()


def test_the_reason_is_asked_of_a_no_show_alone(form):
    reason = form.field("reason")
    for kind in NoteKind:
        assert is_shown(form, reason, NoteContent(kind=kind)) is (kind is NoteKind.NO_SHOW)


def test_words_that_another_kind_hides_are_named(form, complete_content):
    turned = complete_content(kind=NoteKind.NO_SHOW, own_words="I can do this.", rating=0)
    hidden = {field.key for field in hidden_answers(form, turned)}
    assert hidden == {"concern_tags", "summary", "techniques", "response", "own_words", "rating"}
    back = complete_content(reason="Bus strike.")
    assert [field.key for field in hidden_answers(form, back)] == ["reason"]


def test_prefilled_answers_are_not_words_somebody_wrote(form):
    told = NoteContent(kind=NoteKind.NO_SHOW, place="coffee shop", mode="phone")
    assert hidden_answers(form, told) == ()


@pytest.mark.parametrize(
    ("kind", "value", "answered"),
    [
        (FieldKind.SCALE, 0, True),
        (FieldKind.SCALE, None, False),
        (FieldKind.YES_NO, False, True),
        (FieldKind.YES_NO, None, False),
        (FieldKind.TEXT, "  ", False),
        (FieldKind.TEXT, "x", True),
        (FieldKind.TAGS, [], False),
        (FieldKind.TAGS, [" "], False),
        (FieldKind.TAGS, ["x"], True),
    ],
)
def test_custom_answers_count_by_their_kind(kind, value, answered):
    field = TemplateField(key="q", kind=kind, label="Question")
    assert is_answered(field, NoteContent(custom={"q": value})) is answered
    assert not is_answered(field, NoteContent()) or kind is FieldKind.SESSION


def test_a_core_field_is_never_shadowed_by_a_custom_answer():
    assert answer(NoteContent(summary="core", custom={"summary": "custom"}), "summary") == "core"
    assert answer(NoteContent(), "nobody_asks") is None


def test_show_if_needs_every_answer_and_hide_if_any():
    yes = (FieldChoice(value="yes", label="Yes"),)
    asked = TemplateField(
        key="more", kind=FieldKind.TEXT, label="More", show_if={"a": ("yes",), "b": ("yes",)}, hide_if={"c": ("yes",)}
    )
    section = TemplateSection(
        key="s",
        title="S",
        fields=(*(TemplateField(key=key, kind=FieldKind.CHOICE, label=key, choices=yes) for key in "abc"), asked),
    )
    form = Template(id="t", version=1, title="T", sections=(section,))
    shown = {
        custom: asked in shown_fields(form, section, NoteContent(custom=dict.fromkeys(custom, "yes")))
        for custom in ("", "a", "ab", "abc")
    }
    assert shown == {"": False, "a": False, "ab": True, "abc": False}


def test_a_form_without_words_for_a_gap_uses_its_label():
    field = TemplateField(key="q", kind=FieldKind.TEXT, label="Colour", required=True)
    form = Template(id="t", version=1, title="T", sections=(TemplateSection(key="s", title="S", fields=(field,)),))
    assert missing(form, NoteContent(), may_write=True)[0].sentence == "Colour is missing."


def test_every_alternative_and_condition_of_the_built_in_form_names_a_field(form):
    for section in form.sections:
        for field in section.fields:
            for key in (*field.alternatives, *field.show_if, *field.hide_if):
                assert form.field(key) is not None
            if field.kind not in (FieldKind.CONSENT, FieldKind.SESSION):
                assert field.key in NoteContent.model_fields


class TestBeginning:
    @pytest.fixture
    def begun(self):
        def begin(*fields, **more):
            sections = (TemplateSection(key="s", title="S", fields=fields),)
            form = Template(id="own", version=1, title="Own", sections=sections, **more)
            known = NoteContent(place="library", mode=Mode.IN_PERSON)
            return begun_content(form, known, Asked(datetime(2026, 11, 23, 16)))  # noqa: DTZ001 a wall clock

        return begin

    def test_what_is_known_stays_where_the_template_says_nothing(self, begun):
        content = begun(TemplateField(key="place", kind=FieldKind.TEXT, label="Q"))
        assert content == NoteContent(place="library"), "how they met is not asked, and so not taken from last time"

    def test_a_template_says_kind_mode_place_and_answers_of_its_own(self, begun):
        modes = tuple(FieldChoice(value=mode.value, label=mode.value.title()) for mode in Mode)
        content = begun(
            TemplateField(key="mode", kind=FieldKind.CHOICE, label="How", choices=modes, default="Phone"),
            TemplateField(key="place", kind=FieldKind.TEXT, label="Place", default="by phone"),
            TemplateField(key="q", kind=FieldKind.NUMBER, label="Q", default="3"),
            kind="no_show",
        )
        assert (content.kind, content.mode, content.place) == (NoteKind.NO_SHOW, Mode.PHONE, "by phone")
        assert content.custom == {"q": "3"}

    def test_a_question_about_the_kind_has_its_own_default(self, begun):
        kinds = tuple(FieldChoice(value=kind.value, label=kind.value) for kind in NoteKind)
        asked = TemplateField(key="kind", kind=FieldKind.CHOICE, label="Kind", choices=kinds, default="collateral")
        assert begun(asked, kind="outreach").kind is NoteKind.COLLATERAL


def test_a_retired_field_is_not_asked_not_missed_and_begins_with_nothing():
    asked = TemplateField(key="bus", kind=FieldKind.TEXT, label="Bus", required=True, default="7")
    retired = asked.model_copy(update={"retired": True})
    for field, there in ((asked, True), (retired, False)):
        template = Template(
            id="t", version=1, title="T", sections=(TemplateSection(key="s", title="S", fields=(field,)),)
        )
        begun = begun_content(template, NoteContent(), Asked(datetime(2026, 1, 5, 12)))  # noqa: DTZ001 a wall clock
        assert ("bus" in begun.custom) is there
        assert bool(shown_fields(template, template.sections[0], begun)) is there
        assert bool(missing(template, NoteContent(), may_write=True)) is there
