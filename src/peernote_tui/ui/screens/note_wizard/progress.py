"""How far a draft is: for each step what it holds, what it lacks, and whether it asks anything at all."""

from __future__ import annotations

from datetime import date

from peernote_tui.domain.answered import answer
from peernote_tui.domain.draft import Draft
from peernote_tui.domain.next_contact import say_contact
from peernote_tui.domain.template import FieldKind, Template, TemplateSection
from peernote_tui.domain.template_rules import missing, shown_fields
from peernote_tui.ui import sentences
from peernote_tui.ui.screens.note_wizard.facts import Facts
from peernote_tui.ui.widgets.step_rail import Step


def asks_anything(section: TemplateSection, draft: Draft, facts: Facts) -> bool:
    """Whether a step has a field to show, given the other answers."""
    kinds = [field.kind for field in shown_fields(facts.template, section, draft.content)]
    if kinds == [FieldKind.ACTION_REVIEWS]:
        return bool(facts.open_actions or draft.content.action_reviews)
    return bool(kinds)


def rail_steps(template: Template, draft: Draft, facts: Facts, *, may_write: bool, at: int) -> list[Step]:
    """The steps as the rail shows them.

    Args:
        template: The form.
        draft: The draft as it stands.
        facts: What the wizard knows beside it.
        may_write: Whether consent is on file.
        at: Index of the current step; what later steps lack is not told before they are reached.
    """
    content = draft.content
    gaps = missing(template, content, may_write=may_write)
    loose = {key.partition(".")[0] for key, text in draft.typed.items() if text.strip()}
    steps = []
    for index, section in enumerate(template.sections):
        lacking = {gap.key for gap in gaps if gap.section == index}
        lacking |= {field.key for field in section.fields if field.key in loose}
        answered = any(answer(content, field.key) for field in section.fields if field.kind is not FieldKind.CONSENT)
        done = not lacking and (answered or index == 0) and asks_anything(section, draft, facts)
        detail = ""
        if lacking and (index <= at or answered):
            detail = sentences.things_missing(len(lacking))
        elif done:
            detail = _summary(section.key, draft, facts.today)
        steps.append(Step(section.title, detail, done=done))
    return steps


def _summary(section_key: str, draft: Draft, today: date) -> str:
    """A few words about an answered step, for the rail."""
    content = draft.content
    if section_key == "who_and_when" and content.start is not None and content.end is not None:
        return f"{content.start:%H:%M}–{content.end:%H:%M}" + (f", {content.place}" if content.place else "")
    if section_key == "concerns":
        return ", ".join(content.concern_tags)
    if section_key == "summary":
        return ", ".join(content.techniques)
    if section_key == "agreed_actions":
        count = len(content.agreed_actions)
        return "1 action" if count == 1 else f"{count} actions"
    if section_key == "next_steps" and content.next_contact is not None:
        return say_contact(content.next_contact, today=today)
    return ""
