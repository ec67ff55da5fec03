"""A filled form as the answers to a template, and as what was not understood: nothing in it is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from peernote_tui.documents.contents.form import TITLE
from peernote_tui.documents.readers.answering import NotUnderstoodError, understood
from peernote_tui.documents.readers.form import FilledForm, LineKind, stamp
from peernote_tui.documents.readers.gathering import Under, gathered
from peernote_tui.documents.readers.labels import Labels, ways
from peernote_tui.domain.answers import Asked
from peernote_tui.domain.base import Model
from peernote_tui.domain.names import fold
from peernote_tui.domain.not_placed import NotPlaced
from peernote_tui.domain.note import DEFAULT_TEMPLATE, NoteContent
from peernote_tui.domain.participant import Participant
from peernote_tui.domain.template import About, Template

_NO_LABEL = "It stands under no question of the form."
_NO_FIELD = "The form has no question with this label."
_GAPS = re.compile(r"\t|\s{2,}")
_OTHER_PERSON = "It is not certain that this names the participant whose note it becomes."


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a form, and when.

    Attributes:
        now: The local date and time.
        participant: Whose note it becomes.
        day_first: How numbers such as 5/6 are ordered; None refuses what can be read both ways.
    """

    now: datetime
    participant: Participant
    day_first: bool | None = None


class Filled(Model):
    """What a form gave.

    Attributes:
        content: The answers.
        placed: Labels of what was understood, in the order of the file.
        left: Everything else, in the order of the file.
    """

    content: NoteContent
    placed: tuple[str, ...] = ()
    left: tuple[NotPlaced, ...] = ()


def fill(form: FilledForm, template: Template, content: NoteContent, reader: Reader) -> Filled:
    """The answers that a filled form gives to a template.

    Args:
        form: What a reader gave.
        template: The form it is read as.
        content: What the draft holds before; answers of the form take the place of what is there.
        reader: Who reads it, and when.
    """
    asked = Asked(reader.now, reader.day_first)
    placed: list[str] = []
    left: list[NotPlaced] = []
    for under in gathered(form, Labels(template)):
        if under.asked is None:
            piece = _without_about(reader.participant, under)
            if piece.words or piece.label:
                left.append(_unasked(piece))
        elif under.asked.key.startswith("_"):
            if under.words and not _names(reader.participant, under.words):
                left.append(NotPlaced(label=under.label, words=under.words, why=_OTHER_PERSON))
        else:
            try:
                answer = understood(under, content, asked, reader.participant.name)
            except NotUnderstoodError as error:
                left += error.left
                continue
            content = answer.content
            left += answer.left
            if answer.given:
                placed.append(under.label)
    return Filled(content=content, placed=tuple(placed), left=tuple(left))


def seems_to_be(form: FilledForm, templates: Mapping[tuple[str, int], Template]) -> Template | None:
    """The template that a form is of: the one it names, else the one most of whose labels stand in it; None for none.

    A template that was begun anew since stays what the form was printed from.
    """
    named = stamp(form)
    if named is not None and named in templates:
        return templates[named]
    questions = _questions(form)
    best: tuple[int, bool, int, int] = (1, False, 0, 0)
    found = None
    for template in templates.values():
        if template.about is not About.NOTE:
            continue
        asked = sum(len(section.fields) for section in template.sections)
        # Of those with as many labels in it the usual one, else the one that asks for less, and of that the newest.
        weight = (_count(questions, template), template.id == DEFAULT_TEMPLATE, -asked, template.version)
        if weight[0] > best[0] or (found is not None and weight > best):
            best, found = weight, template
    return found


def labels_in(form: FilledForm, template: Template) -> int:
    """How many of a template's questions stand in a form."""
    return _count(_questions(form), template)


def _questions(form: FilledForm) -> tuple[frozenset[str], frozenset[str]]:
    """What may be labels in a form, folded, and the keys that it names itself."""
    lines = [line for line in form.lines if line.kind is not LineKind.EDGE]
    texts = [line.text for line in lines]
    texts += [line.text.partition(sign)[0] for line in lines if not line.inside for sign in (":", "  ")]
    return ways(texts), frozenset(line.key.partition(".")[0] for line in lines if line.key)


def _count(questions: tuple[frozenset[str], frozenset[str]], template: Template) -> int:
    found, keys = questions
    labels = Labels(template)
    return len(labels.among(found) | (keys & set(labels.fields)))


def _unasked(under: Under) -> NotPlaced:
    why = _NO_FIELD if under.label else _NO_LABEL
    return NotPlaced(label=under.label if under.words else "", words=under.words or under.label, why=why)


def _names(participant: Participant, words: str) -> bool:
    """Whether words name this participant, with or without their ID and pronouns."""
    parts = [fold(part) for part in words.replace("\n", "·").split("·")]
    known = {fold(each) for each in (participant.name, participant.external_id) if each}
    said = {fold(each) for each in _calls(participant)} | known
    return bool(known & set(parts)) and all(not part or part in said for part in parts)


def _without_about(participant: Participant, under: Under) -> Under:
    """A piece under no label without what stands on every page of a form with answers: whom it is about."""
    if under.label:
        return under
    return replace(under, lines=[line for line in under.lines if not _is_about(participant, line)])


def _is_about(participant: Participant, line: str) -> bool:
    parts = [part.strip() for part in _GAPS.split(line)]
    return _names(participant, " · ".join(part for part in parts if part != TITLE))


def _calls(participant: Participant) -> Iterable[str]:
    return filter(None, (participant.pronouns, participant.called.name))
