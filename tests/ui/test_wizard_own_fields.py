"""A template of an agency's own, of every kind of field, filled by keys, signed, and read."""

from __future__ import annotations

import pytest

from peernote_tui.domain.errors import NotFoundError
from peernote_tui.services import keeping_templates, notes, reviewing, writing
from peernote_tui.ui.screens.note_wizard.review import ReviewPane
from peernote_tui.ui.widgets.field import Field

HEAD = """\
id = "visit"
version = {version}
title = "Visit"

[[sections]]
key = "first"
title = "Who and when"
fields = [
  {{ key = "consent", kind = "consent", label = "Consent" }},
  {{ key = "session", kind = "session", label = "When", required = true }},
]

[[sections]]
key = "second"
title = "Visit"

[[sections.fields]]
key = "head"
kind = "heading"
label = "About [/] the visit"
hint = "As far as you know."

"""
FIELDS = {
    "note": 'kind = "text"\nprivate = true\ndefault = "none"',
    "miles": 'kind = "number"\nunit = "miles"\nplaces = 1\nmost = 300\nrequired = true',
    "fare": 'kind = "money"\nunit = "USD"',
    "on": 'kind = "date"',
    "at": 'kind = "time"',
    "span": 'kind = "time_span"',
    "long": 'kind = "duration"',
    "pet": 'kind = "yes_no"',
    "pets": 'kind = "number"\nshow_if = "pet"\nmust = "pets > 0"\nmust_say = "How many pets?"',
    "needs": (
        'kind = "choices"\nchoices = [{ value = "bus", label = "Bus pass" }, { value = "food", label = "Food box" }]'
    ),
    "way": 'kind = "choice"\nchoices = [{ value = "walk", label = "On foot" }, { value = "car", label = "By car" }]',
    "hope": 'kind = "scale"\nlow = "none"\nhigh = "much"\nleast = 1\nmost = 5',
    "call": 'kind = "phone"',
    "worker": 'kind = "staff"',
    "costs": (
        'kind = "rows"\n\n[[sections.fields.columns]]\nkey = "what"\nkind = "text"\nlabel = "What"\nrequired = true\n\n'
        '[[sections.fields.columns]]\nkey = "price"\nkind = "money"\nlabel = "Price"\nunit = "USD"'
    ),
    "total": 'kind = "computed"\nvalue = "sum(costs.price) + coalesce(fare, 0)"\nunit = "USD"',
    "sign_here": 'kind = "attestation"\nrequired = true',
}


def file(version=1, fields=FIELDS):
    asked = [f'[[sections.fields]]\nkey = "{key}"\nlabel = "Own {key}"\n{rest}\n' for key, rest in fields.items()]
    return (HEAD.format(version=version) + "\n".join(asked)).encode()


@pytest.fixture
def draft(workspace, consented):
    keeping_templates.add_template(workspace, file())
    return writing.start_draft(workspace, consented.id, template_id="visit")


def at_field(pilot):
    focused = pilot.app.screen.focused
    return next((node.key for node in focused.ancestors if isinstance(node, Field)), "") if focused else ""


def custom(pilot):
    return pilot.app.screen.draft.content.custom


def field(pilot, key):
    return next(one for one in pilot.app.screen.query(Field) if one.key == key)


async def fill(pilot, keys, type_in):
    """Fill every field from the keyboard, Enter after each."""
    for text in (
        "dog was kind [b]", "12.5", "$2.50", "yesterday", "2pm", "2-245", "1h30",
    ):  # fmt: skip
        await type_in(pilot, text)
        await keys(pilot, "enter")
    await keys(pilot, "1", "enter")
    await type_in(pilot, "2")
    await keys(pilot, "enter")
    await keys(pilot, "1", "2", "enter")
    await keys(pilot, "2", "enter", "4", "enter")
    await type_in(pilot, "555-0100")
    await keys(pilot, "enter")
    await type_in(pilot, "Kim Lee")
    await keys(pilot, "enter")
    for row in ("bus pass; 2", "lunch; 4.25"):
        await type_in(pilot, row)
        await keys(pilot, "enter")
    await keys(pilot, "enter")
    await type_in(pilot, "Maria Santos, seen by me")


async def test_every_kind_is_filled_by_keys_signed_and_read(draft, in_the_wizard, keys, type_in, read_screen):
    async with in_the_wizard(draft.id, size=(60, 20)) as pilot:
        await type_in(pilot, "1-145")
        await keys(pilot, "f4")
        assert at_field(pilot) == "miles", "the first that is needed and not answered"
        await keys(pilot, "shift+tab")
        await fill(pilot, keys, type_in)
        assert custom(pilot) == {
            "note": "dog was kind [b]",
            "miles": "12.5",
            "fare": "2.50",
            "on": "2026-11-22",
            "at": "14:00",
            "span": ["14:00", "14:45"],
            "long": 90,
            "pet": True,
            "pets": "2",
            "needs": ["bus", "food"],
            "way": "car",
            "hope": 4,
            "call": "555-0100",
            "worker": "Kim Lee",
            "costs": [{"what": "bus pass", "price": "2"}, {"what": "lunch", "price": "4.25"}],
            "sign_here": "Maria Santos, seen by me",
        }
        assert "8.75 USD" in read_screen(pilot.app)
        await keys(pilot, "f2")
        assert pilot.app.screen.query_one(ReviewPane).display
        await keys(pilot, "f8")
        signed = await pilot.app.gateway.call(notes.list_notes)
        view = await pilot.app.gateway.call(notes.view_note, signed.notes[0].id)
        assert view.note.content.custom["total"] == "8.75"
        assert (view.template.id, view.template.version) == ("visit", 1)


async def test_what_is_not_understood_stays_is_told_and_stands_before_the_signature(
    draft, in_the_wizard, keys, type_in, stored
):
    async with in_the_wizard(draft.id) as pilot:
        await keys(pilot, "f4")
        await type_in(pilot, "a dozen")
        await keys(pilot, "tab")
        assert field(pilot, "miles").error.startswith("A number is needed")
        await keys(pilot, "escape")
        assert (await stored(pilot, draft.id)).typed["miles"] == "a dozen"
        found = await pilot.app.gateway.call(reviewing.review, draft.id)
        assert "What stands in “Own miles” is not entered yet." in [gap.sentence for gap in found.missing]


async def test_an_answer_that_another_hides_is_held_aside_and_asked_about(draft, in_the_wizard, keys, type_in):
    async with in_the_wizard(draft.id) as pilot:
        await keys(pilot, "f4")
        assert not field(pilot, "pets").display
        field(pilot, "pet").focus_control()
        await keys(pilot, "1", "enter")
        assert at_field(pilot) == "pets"
        await type_in(pilot, "0")
        await keys(pilot, "f3")
        await pilot.app.screen.flush()
        found = await pilot.app.gateway.call(reviewing.review, draft.id)
        assert "How many pets?" in [gap.sentence for gap in found.missing]
        await keys(pilot, "f4")
        field(pilot, "pet").focus_control()
        await keys(pilot, "2", "enter")
        assert (at_field(pilot), custom(pilot)["pets"]) == ("needs", "0")
        await keys(pilot, "f3")
        await pilot.app.screen.flush()
        found = await pilot.app.gateway.call(reviewing.review, draft.id)
        assert any("Own pets” holds an answer that another one hides" in gap.sentence for gap in found.missing)


async def test_a_draft_stays_in_the_version_it_was_begun_with(
    workspace, consented, draft, in_the_wizard, keys, type_in, read_screen
):
    changed = {"miles": 'kind = "text"', "colour": 'kind = "text"'}
    keeping_templates.add_template(workspace, file(2, changed))
    fresh = writing.start_draft(workspace, consented.id, template_id="visit")
    assert (draft.template_version, fresh.template_version) == (1, 2)
    async with in_the_wizard(draft.id) as pilot:
        await type_in(pilot, "1-145")
        await keys(pilot, "f4")
        await type_in(pilot, "3")
        await keys(pilot, "enter")
        assert custom(pilot)["miles"] == "3"
        assert field(pilot, "sign_here").label == "Own sign_here"


async def test_a_note_in_another_template_is_begun_from_the_palette(
    draft, consented, in_the_vault, keys, type_in, until, read_screen
):
    async with in_the_vault() as pilot:
        await keys(pilot, "ctrl+p")
        await type_in(pilot, "new note visit")
        await until(pilot, lambda: "New note: Visit" in read_screen(pilot.app))


def test_an_unknown_template_is_refused(workspace, consented):
    with pytest.raises(NotFoundError):
        writing.start_draft(workspace, consented.id, template_id="nothing")


LONG = "Help with the papers that the housing office asks for, again and again"
MORE = {
    "tired": (
        'kind = "choice"\nchoices = [{ value = "0", label = "Never" }, { value = "1", label = "Some days" }, '
        '{ value = "2", label = "Most days" }]'
    ),
    "calm": (
        'kind = "choice"\nchoices = [{ value = "0", label = "Never" }, { value = "1", label = "Some days" }, '
        '{ value = "2", label = "Most days" }]'
    ),
    "score": 'kind = "computed"\nvalue = "number(tired) + number(calm)"\nunit = "points"',
    "help": (
        f'kind = "choices"\nchoices = [{{ value = "papers", label = "{LONG}" }}, {{ value = "none", label = "No" }}]'
    ),
    "state": 'kind = "choice"\nchoices = ['
    + ", ".join(
        f'{{ value = "v{place}", label = "{word}" }}'
        for place, word in enumerate(
            ("Office", "Home", "Street", "Shelter", "Jail", "Hospital", "School", "Church", "Car", "Zoo")
        )
    )
    + "]",
    "ideas": 'kind = "tags"\nsuggestions = ["walk"]',
    "friend": 'kind = "participant"',
    "story": 'kind = "long_text"',
    "quote": 'kind = "own_words"',
    "due": 'kind = "date"\nahead = true',
}


async def test_scores_long_choices_and_the_other_kinds_are_filled_by_keys(
    workspace, consented, in_the_wizard, keys, type_in, read_screen
):
    keeping_templates.add_template(workspace, file(fields=MORE))
    begun = writing.start_draft(workspace, consented.id, template_id="visit")
    async with in_the_wizard(begun.id) as pilot:
        await type_in(pilot, "1-145")
        await keys(pilot, "f4")
        assert at_field(pilot) == "tired"
        await keys(pilot, "2", "enter", "0", "enter")
        shown = read_screen(pilot.app)
        assert "0 Never" in shown
        assert "2 points" in shown
        assert LONG[:60] in " ".join(shown.split())
        await keys(pilot, "1", "enter", "z", "enter")
        await type_in(pilot, "swim")
        await keys(pilot, "enter", "1", "enter")
        for text in ("Rosa", "It rained.\n", "I can do this."):
            await type_in(pilot, text.strip())
            await keys(pilot, "tab")
        await type_in(pilot, "fri")
        await keys(pilot, "f3")
        assert custom(pilot) == {
            "tired": "2",
            "calm": "0",
            "help": ["papers"],
            "state": "v9",
            "ideas": ["swim", "walk"],
            "friend": "Rosa",
            "story": "It rained.",
            "quote": "I can do this.",
            "due": "2026-11-27",
        }
