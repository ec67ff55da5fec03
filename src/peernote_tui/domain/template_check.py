"""What is wrong with a template: every fault with its place and the way out, not only the first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from peernote_tui.domain.answers import Asked, understand_answer
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.expressions import Expression, parse
from peernote_tui.domain.note import OUTCOMES, SESSION_FIELDS, Mode, NoteContent, NoteKind
from peernote_tui.domain.page_field_faults import page_faults
from peernote_tui.domain.patterns import read_pattern
from peernote_tui.domain.template import CORE_KINDS, About, FieldKind, Template, TemplateField
from peernote_tui.domain.template_faults import DERIVED, Fault, Place, action_faults, condition_faults

MOST_FIELDS = 500
MOST_SECTIONS = 40
MOST_CALLS = 500
"""How deep the working out of one field may go; Python ends at a thousand, and screens need some of them."""
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
_RESERVED = frozenset(
    {"and", "or", "not", "div", "mod", "true", "false", "yes", "no", "day", "start", "end", "minutes"}
)
CORE_KEYS = {
    FieldKind.CONSENT: "consent",
    FieldKind.SESSION: "session",
    FieldKind.ACTION_REVIEWS: "action_reviews",
    FieldKind.ACTION_ROWS: "agreed_actions",
    FieldKind.NEXT_CONTACT: "next_contact",
}
_CORE_ANSWERS = {
    "kind": {FieldKind.CHOICE},
    "mode": {FieldKind.CHOICE},
    "place": {FieldKind.TEXT},
    "concern_tags": {FieldKind.TAGS},
    "techniques": {FieldKind.TAGS},
    "rating": {FieldKind.SCALE},
    "written_together": {FieldKind.YES_NO},
    "next_place": {FieldKind.TEXT},
}
_CORE_CHOICES = {"kind": tuple(kind.value for kind in NoteKind), "mode": tuple(mode.value for mode in Mode)}
_CORE_TEXTS = {FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.OWN_WORDS}
_WITH_CHOICES = frozenset({FieldKind.CHOICE, FieldKind.CHOICES})
_WITH_RANGE = frozenset({FieldKind.NUMBER, FieldKind.MONEY, FieldKind.DURATION, FieldKind.SCALE})
_NO_COLUMN = CORE_KINDS | {FieldKind.ROWS, FieldKind.HEADING, FieldKind.COMPUTED, FieldKind.TAGS}
COLUMN_KINDS = frozenset(FieldKind) - _NO_COLUMN
_ANY_DAY = Asked(datetime(2026, 1, 5, 12))  # noqa: DTZ001 a wall clock, to read defaults by


def faults(template: Template) -> tuple[Fault, ...]:
    """Everything that is wrong with a template, in its order; empty when it can be used."""
    found = [*_of_the_whole(template)]
    keys = _keys(template)
    for number, section in enumerate(template.sections):
        if not _KEY.fullmatch(section.key):
            found.append(_key_fault(Place(section=number, entry="key")))
        if not section.fields:
            sentence = f"The section “{section.title}” asks nothing."
            found.append(Fault(place=Place(section=number), sentence=sentence, way_out="Add [[sections.fields]]."))
        for index, field in enumerate(section.fields):
            place = Place(section=number, field=index)
            found += _of_a_field(field, place, keys, core=True)
            for column, asked in enumerate(field.columns):
                found += _of_a_column(asked, place.model_copy(update={"column": column}))
    found += page_faults(template) if template.about is About.PARTICIPANT else action_faults(template, keys)
    return tuple(found) + (tuple(_cycles(template)) or tuple(_chains(template)))


def is_free_key(key: str) -> bool:
    """Whether a field of a template's own may have this key."""
    taken = key in _RESERVED or key in NoteContent.model_fields or key in set(CORE_KEYS.values())
    return _KEY.fullmatch(key) is not None and not taken


def may_have_key(field: TemplateField) -> bool:
    """Whether the note itself leaves this key to a field of its kind."""
    return next(_of_a_core_field(field, Place()), None) is None


def _of_the_whole(template: Template) -> Iterator[Fault]:
    if not _KEY.fullmatch(template.id.replace("-", "_")):
        yield Fault(
            place=Place(entry="id"),
            sentence="The id is no short name.",
            way_out="Use small letters, digits and hyphens, such as first-visit.",
        )
    if template.version < 1:
        yield Fault(place=Place(entry="version"), sentence="A version is 1 or more.", way_out="Begin with 1.")
    if not template.sections:
        yield Fault(place=Place(), sentence="There is no section.", way_out="Add at least one [[sections]].")
    if len(template.sections) > MOST_SECTIONS:
        yield Fault(
            place=Place(section=MOST_SECTIONS),
            sentence=f"There are more than {MOST_SECTIONS} sections.",
            way_out="Put several into one.",
        )
    if sum(len(section.fields) for section in template.sections) > MOST_FIELDS:
        yield Fault(
            place=Place(), sentence=f"There are more than {MOST_FIELDS} fields.", way_out="Make two templates of it."
        )
    fields = [field for section in template.sections for field in section.fields if not field.retired]
    bare = all(_tells_nothing(field) for field in fields)
    # Where nothing is asked but the bare fact of a contact, no consent is needed.
    needed = (FieldKind.SESSION,) if bare else (FieldKind.CONSENT, FieldKind.SESSION)
    for kind in needed if template.about is About.NOTE else ():
        if kind not in {field.kind for field in fields}:
            yield Fault(
                place=Place(),
                sentence=f"The field of kind {kind.value} is missing, which a note of this template needs.",
                way_out=f'Add a field with key = "{kind.value}" and kind = "{kind.value}", best in the first section.',
            )
    sections = Counter(section.key for section in template.sections)
    for number, section in enumerate(template.sections):
        if sections[section.key] > 1:
            yield Fault(
                place=Place(section=number, entry="key"),
                sentence=f"The key “{section.key}” is used by more than one section.",
                way_out="Give each its own.",
            )


def _tells_nothing(field: TemplateField) -> bool:
    """Whether an answer is the bare fact of a contact, as `has_words` counts it."""
    if field.kind in (FieldKind.SESSION, FieldKind.HEADING) or field.key in SESSION_FIELDS:
        return True
    return field.key == "outcome" and {choice.value for choice in field.choices} <= OUTCOMES


def _of_a_field(field: TemplateField, place: Place, keys: Mapping[str, int], *, core: bool) -> Iterator[Fault]:
    if not _KEY.fullmatch(field.key) or field.key in _RESERVED:
        yield _key_fault(place.model_copy(update={"entry": "key"}))
    elif keys[field.key] > 1:
        yield Fault(
            place=place.model_copy(update={"entry": "key"}),
            sentence=f"The key “{field.key}” is used by more than one field.",
            way_out="Give each its own.",
        )
    if core:
        yield from _of_a_core_field(field, place)
    for wrong, entry, what, way_out in _WRONG:
        if wrong(field):
            said = field.label.strip() or field.key
            yield Fault(place=place.model_copy(update={"entry": entry}), sentence=f"“{said}” {what}.", way_out=way_out)
    if any(other not in keys for other in field.alternatives):
        yield Fault(
            place=place.model_copy(update={"entry": "alternatives"}),
            sentence=f"“{field.label}” names a field that is not there.",
            way_out="Use a key of this file.",
        )
    yield from _of_its_default(field, place)
    yield from _of_its_pattern(field, place)
    yield from _of_its_expressions(field, place, keys)


def _has_a_doubtful_choice(field: TemplateField) -> bool:
    values = [choice.value.strip() for choice in field.choices]
    return len(set(values)) < len(values) or "" in values


_WRONG: tuple[tuple[Callable[[TemplateField], bool], str, str, str], ...] = (
    (lambda field: not field.label.strip(), "label", "has no label", "Say what it asks."),
    (
        lambda field: field.kind in _WITH_CHOICES and not field.choices,
        "choices",
        "offers no choices",
        "Add choices = [{ value = …, label = … }].",
    ),
    (_has_a_doubtful_choice, "choices", "has a choice twice, or one without a value", "Give each its own."),
    (
        lambda field: bool(field.choices) and field.kind not in _WITH_CHOICES,
        "choices",
        "has choices, and is no choice",
        'Use kind = "choice" or "choices".',
    ),
    (
        lambda field: field.least is not None and field.most is not None and field.least > field.most,
        "least",
        "is at least more than it is at most",
        "Swap least and most.",
    ),
    (
        lambda field: (field.least is not None or field.most is not None) and field.kind not in _WITH_RANGE,
        "least",
        "has a range, and is no number",
        "Take least and most away.",
    ),
    (
        lambda field: field.kind is FieldKind.ROWS and not field.columns,
        "columns",
        "repeats nothing",
        "Add [[sections.fields.columns]].",
    ),
    (
        lambda field: bool(field.columns) and field.kind is not FieldKind.ROWS,
        "columns",
        "has columns, and does not repeat",
        'Use kind = "rows".',
    ),
    (
        lambda field: field.kind is FieldKind.COMPUTED and not field.value,
        "value",
        "is computed from nothing",
        'Add value = "an expression".',
    ),
    (
        lambda field: bool(field.value) and field.kind is not FieldKind.COMPUTED,
        "value",
        "has a value, and is not computed",
        'Use kind = "computed".',
    ),
    (
        lambda field: field.required and field.kind in (FieldKind.COMPUTED, FieldKind.HEADING),
        "required",
        "is required, and nobody can answer it",
        "Take required away.",
    ),
)
"""What can be wrong with a field by itself: how it shows, which entry, what to say, and the way out."""


def _of_a_core_field(field: TemplateField, place: Place) -> Iterator[Fault]:
    at = place.model_copy(update={"entry": "kind"})
    if field.kind in CORE_KINDS:
        if field.key != CORE_KEYS[field.kind]:
            yield Fault(
                place=at,
                sentence=f"A field of kind {field.kind.value} has the key {CORE_KEYS[field.kind]}, and no other.",
                way_out="Change key or kind.",
            )
    elif field.key in set(CORE_KEYS.values()) or field.key == "custom":
        yield Fault(place=at, sentence=f"The key “{field.key}” belongs to the note itself.", way_out="Use another key.")
    elif field.key in NoteContent.model_fields and field.kind not in _CORE_ANSWERS.get(field.key, _CORE_TEXTS):
        yield Fault(
            place=at,
            sentence=f"The key “{field.key}” belongs to the note itself, where it is of another kind.",
            way_out="Use another key, or the kind of the built-in template.",
        )
    known = _CORE_CHOICES.get(field.key, ())
    if known and any(choice.value not in known for choice in field.choices):
        yield Fault(
            place=place.model_copy(update={"entry": "choices"}),
            sentence=f"“{field.label}” has a choice that the note itself does not know.",
            way_out=f"The values are: {', '.join(known)}. Their labels are yours.",
        )


def _of_a_column(column: TemplateField, place: Place) -> Iterator[Fault]:
    if column.kind in _NO_COLUMN:
        yield Fault(
            place=place.model_copy(update={"entry": "kind"}),
            sentence=f"“{column.label}” is of a kind that rows cannot repeat.",
            way_out="Ask it beside the rows.",
        )
    if column.show_if or column.hide_if or column.must:
        yield Fault(
            place=place.model_copy(update={"entry": "show_if"}),
            sentence=f"“{column.label}” depends on other answers, which columns cannot.",
            way_out="Let the rows as a whole depend on them.",
        )
    if column.retired:
        yield Fault(
            place=place.model_copy(update={"entry": "retired"}),
            sentence=f"“{column.label}” is retired, which a column by itself cannot be.",
            way_out="Retire the rows as a whole, or take the column out.",
        )
    yield from _of_a_field(column, place, {column.key: 1}, core=False)


def _of_its_default(field: TemplateField, place: Place) -> Iterator[Fault]:
    if not field.default:
        return
    at = place.model_copy(update={"entry": "default"})
    if field.kind in CORE_KINDS | {FieldKind.SCALE, FieldKind.COMPUTED, FieldKind.HEADING, FieldKind.ROWS,
                                   FieldKind.ATTESTATION}:  # fmt: skip
        yield Fault(
            place=at,
            sentence=f"“{field.label}” cannot have a default: it is for the person to say.",
            way_out="Take default away.",
        )
        return
    try:
        understand_answer(field, field.default, _ANY_DAY)
    except InvalidInputError as error:
        yield Fault(place=at, sentence=f"The default of “{field.label}” does not fit it.", way_out=error.sentence)


def _of_its_pattern(field: TemplateField, place: Place) -> Iterator[Fault]:
    if not field.pattern:
        return
    try:
        read_pattern(field.pattern)
    except InvalidInputError as error:
        yield Fault(
            place=place.model_copy(update={"entry": "pattern"}),
            sentence=f"The pattern of “{field.label}” cannot be used. {error.sentence}",
            way_out=error.way_out,
        )


def _of_its_expressions(field: TemplateField, place: Place, keys: Mapping[str, int]) -> Iterator[Fault]:
    said = (("show_if", field.show_if), ("must", field.must), ("value", field.value), ("hide_if", field.hide_if))
    for entry, condition in said:
        yield from condition_faults(condition, field.label, place.model_copy(update={"entry": entry}), keys)


def _key_fault(place: Place) -> Fault:
    return Fault(
        place=place,
        sentence="A key is a short name of small letters, digits and _, and none of the words of expressions.",
        way_out="Such as first_visit.",
    )


def _keys(template: Template) -> Mapping[str, int]:
    return Counter(field.key for section in template.sections for field in section.fields)


def depends_on(field: TemplateField) -> frozenset[str]:
    """The keys of the fields that decide whether a field is shown, or what it computes."""
    named: set[str] = set(field.hide_if)
    if isinstance(field.show_if, dict):
        named |= set(field.show_if)
    for text in (field.show_if, field.value):
        if isinstance(text, str) and text and (expression := _read(text)) is not None:
            named |= {answer.key for answer in expression.answers}
    return frozenset(named)


def decisive_keys(template: Template) -> frozenset[str]:
    """The keys of the fields whose answers let others be asked, or decide what they compute."""
    named = {key for section in template.sections for field in section.fields for key in depends_on(field)}
    return frozenset(named | {"session"} if named & DERIVED else named)


def _read(text: str) -> Expression | None:
    try:
        return parse(text)
    except InvalidInputError:
        return None


def _cycles(template: Template) -> Iterator[Fault]:
    places = {
        field.key: Place(section=number, field=index, entry="show_if")
        for number, section in enumerate(template.sections)
        for index, field in enumerate(section.fields)
    }
    needs = {field.key: depends_on(field) for section in template.sections for field in section.fields}
    done: set[str] = set()
    for key, place in places.items():
        if key not in done and key in _reached(key, needs):
            done |= {other for other in _reached(key, needs) if key in _reached(other, needs)}
            yield Fault(
                place=place,
                sentence=f"The field “{key}” depends on itself, over what it is shown by.",
                way_out="Let one of them depend on something else.",
            )


def _chains(template: Template) -> Iterator[Fault]:
    """Fields that need others which need others, further than can be worked out; none depends on itself here."""
    needs = {field.key: depends_on(field) for section in template.sections for field in section.fields}
    own = {field.key: _calls(field) for section in template.sections for field in section.fields}
    calls, changed = dict(own), True
    while changed and max(calls.values(), default=0) <= MOST_CALLS:
        longer = {key: own[key] + max((calls.get(other, 0) for other in needs[key]), default=0) for key in own}
        calls, changed = longer, longer != calls
    for number, section in enumerate(template.sections):
        for index, field in enumerate(section.fields):
            if calls[field.key] > MOST_CALLS:
                yield Fault(
                    place=Place(section=number, field=index, entry="value"),
                    sentence=f"“{field.label}” depends on too many others, one after another.",
                    way_out="Let it depend on the first ones directly.",
                )
                return


def _calls(field: TemplateField) -> int:
    """How many calls deep it is at most to work out what a field holds and whether it is shown."""
    texts = [text for text in (field.show_if, field.value) if isinstance(text, str) and text]
    return 8 + 2 * max((expression.depth for text in texts if (expression := _read(text)) is not None), default=0)


def _reached(key: str, needs: Mapping[str, frozenset[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(needs.get(key, ()))
    while waiting:
        other = waiting.pop()
        if other not in found:
            found.add(other)
            waiting += needs.get(other, ())
    return found
