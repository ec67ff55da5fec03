"""A template as a form: to print and write on by hand, or to type into.

Its labels are the template's own, letter by letter, and so are the keys of what is asked: who reads a filled form finds
the answers by them. Its foot says which version of which template it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from peernote_tui.documents.condition_words import condition_words
from peernote_tui.documents.document import (
    Boxes,
    Cover,
    Document,
    DocumentKind,
    Heading,
    Notice,
    Paragraph,
    Piece,
    Table,
    WritingLines,
)
from peernote_tui.documents.note_document import STATUS_WORDS
from peernote_tui.domain.answered import answer
from peernote_tui.domain.answers import answer_text, scale_ends
from peernote_tui.domain.next_contact import contact_text
from peernote_tui.domain.note import NoteContent
from peernote_tui.domain.owner import Owner
from peernote_tui.domain.private_answers import leaving_content
from peernote_tui.domain.template import About, FieldKind, Template, TemplateField, TemplateSection

TITLE = "Form"
PARTICIPANT_KEY, SIGNED_KEY = "_participant", "_signed"
"""What every form asks beside its template; no field of a template has a key that begins so."""
CONSENT_OPTIONS = (
    ("on_file", "On file"),
    ("verbal", "Given today, in words"),
    ("written", "Given today, signed below"),
)
REVIEW_HEADS, REVIEW_COLUMNS = ("What", "What became of it", "Their words"), ("text", "outcome", "words")
ACTION_HEADS, ACTION_COLUMNS = ("What", "Who", "By when"), ("text", "owner", "due")
SIGNED_HEADS, SIGNED_COLUMNS = ("", "Name", "Signature", "Date"), ("as", "name", "signature", "date")
_SIGNATURES = "Signatures"
_SIGNED_AS = ("Peer supporter", "Participant")
_WISH = "The participant signs only if they wish to."
_KEEP = "What is not known stays empty. Keep this sheet locked away until its words are in PeerNote."
_ROWS = 4
"""Rows there is room for, beside those that are filled in."""
_FEWEST, _MOST = 4, 12
"""Lines of a long text: handwriting takes about twice the room of a screen."""
_LINES = {FieldKind.OWN_WORDS: 3, FieldKind.TAGS: 2}
_MOST_BOXES = 20
"""Numbers of a scale that are boxes; a longer one is written."""
_FOR_KEYS = re.compile(r"\bEnter\b|\bOne key\b|\bpress\b")
"""What only somebody at a keyboard is told."""
_HINTS = {
    FieldKind.SESSION: "The day, from when to when: 24 Nov 2026, 2pm-2:45pm",
    FieldKind.NEXT_CONTACT: "The day, the time, and how: 1 Dec 2026 2pm, by phone",
    FieldKind.ACTION_REVIEWS: "Done, partly, not yet, changed or dropped, and what they say about it.",
    FieldKind.ACTION_ROWS: "",
    FieldKind.ATTESTATION: "Their name, in their own hand",
    FieldKind.DATE: "Such as 24 Nov 2026",
    FieldKind.TIME: "Such as 2:30 pm",
    FieldKind.TIME_SPAN: "From when to when, such as 2pm-2:45pm",
    FieldKind.DURATION: "Such as 45 minutes",
}
_REPLACED = frozenset({FieldKind.SESSION, FieldKind.NEXT_CONTACT, FieldKind.ACTION_REVIEWS, FieldKind.ACTION_ROWS})
"""Kinds whose hints tell what to type."""


def form_document(
    template: Template, *, content: NoteContent | None = None, participant: str = "", cover: Cover | None = None
) -> Document:
    """A template as a form.

    Args:
        template: The version that is to be printed.
        content: What stands in it already; private answers are left out, since a form leaves the vault.
        participant: Whose form it is, where that stands in it already.
        cover: Whom a form with somebody's answers is about, and what goes along; its foot says the form, not the log.
    """
    filled = leaving_content(template, content) if content else None
    notices = [Notice(text=notice) for notice in cover.notices] if cover else []
    return Document(
        kind=DocumentKind.FORM,
        title=TITLE,
        about=cover.about if cover else "",
        anchor=form_name(template),
        pieces=(*notices, *_pieces(template, filled, participant)),
    )


def form_name(template: Template) -> str:
    """What stands at the foot of a form, by which a filled one is known again: "form peer-support 1"."""
    return f"form {template.id} {template.version}"


def _pieces(template: Template, content: NoteContent | None, participant: str) -> Iterator[Piece]:
    yield Heading(text=template.title)
    if template.description:
        yield Paragraph(text=template.description)
    yield Paragraph(text=_KEEP, quiet=True)
    yield WritingLines(
        key=PARTICIPANT_KEY,
        label="Participant",
        hint="Name, or the number they are known by here",
        value=participant,
    )
    for section in template.sections:
        asked = _asked(section)
        if asked:
            yield Heading(level=2, text=section.title)
            if section.hint and not _FOR_KEYS.search(section.hint):
                yield Paragraph(text=section.hint, quiet=True)
        for field in asked:
            yield from _field(template, field, content)
    if template.about is About.NOTE:
        yield Heading(level=2, text=_SIGNATURES)
        yield Paragraph(text=_WISH, quiet=True)
        yield Table(
            heads=SIGNED_HEADS,
            rows=tuple((name, "", "", "") for name in _SIGNED_AS),
            key=SIGNED_KEY,
            label=_SIGNATURES,
            columns=SIGNED_COLUMNS,
            widths=(3, 3, 4, 2),
        )


def _asked(section: TemplateSection) -> tuple[TemplateField, ...]:
    return tuple(field for field in section.fields if not field.retired and field.kind is not FieldKind.COMPUTED)


def _field(template: Template, field: TemplateField, content: NoteContent | None) -> Iterator[Piece]:
    label, hint = field.label, _hint(template, field)
    value = answer(content, field.key) if content else None
    match field.kind:
        case FieldKind.HEADING:
            yield Heading(level=3, text=label)
            if hint:
                yield Paragraph(text=hint, quiet=True)
        case FieldKind.CONSENT:
            yield Boxes(key=field.key, label=label, hint=hint, options=CONSENT_OPTIONS)
        case FieldKind.ACTION_REVIEWS:
            told = [(each.text, STATUS_WORDS[each.outcome], each.words) for each in value or ()]
            yield from _table(field, hint, REVIEW_HEADS, REVIEW_COLUMNS, told, widths=(3, 2, 3))
        case FieldKind.ACTION_ROWS:
            agreed = [(each.text, _owner(each.owner, each.owner_name), _day(each.due)) for each in value or ()]
            yield from _table(field, hint, ACTION_HEADS, ACTION_COLUMNS, agreed, widths=(4, 2, 2))
        case FieldKind.ROWS:
            heads = tuple(column.label for column in field.columns)
            rows = [tuple(answer_text(column, row.get(column.key)) for column in field.columns) for row in value or ()]
            yield from _table(field, hint, heads, tuple(column.key for column in field.columns), rows)
        case FieldKind.CHOICE | FieldKind.CHOICES | FieldKind.YES_NO:
            yield _boxes(field, hint, value, given=content is not None)
        case FieldKind.SCALE if scale_ends(field)[1] - scale_ends(field)[0] <= _MOST_BOXES:
            low, high = scale_ends(field)
            numbers = tuple((str(number), str(number)) for number in range(low, high + 1))
            ticked = () if value is None else (str(value),)
            yield Boxes(key=field.key, label=label, hint=hint, options=numbers, across=True, ticked=ticked)
        case _:
            written = _written(field, content, value)
            yield WritingLines(key=field.key, label=label, hint=hint, lines=_lines(field), value=written)


def _boxes(field: TemplateField, hint: str, value: Any, *, given: bool) -> Boxes:
    if field.kind is FieldKind.YES_NO:
        options: tuple[tuple[str, str], ...] = (("yes", "Yes"), ("no", "No"))
        # An unanswered yes or no of the note itself is no, as the note has it; on a form that is no answer.
        said = isinstance(value, bool) and (value or field.key not in NoteContent.model_fields)
        ticked: tuple[str, ...] = (("yes" if value else "no"),) if said else ()
    else:
        options = tuple((choice.value, choice.label) for choice in field.choices)
        chosen = value if isinstance(value, list | tuple) else () if value is None or not given else (value,)
        ticked = tuple(str(each) for each in chosen)
    return Boxes(
        key=field.key,
        label=field.label,
        hint=hint,
        options=options,
        across=field.kind is FieldKind.YES_NO,
        many=field.kind is FieldKind.CHOICES,
        ticked=ticked,
    )


def _table(
    field: TemplateField,
    hint: str,
    heads: tuple[str, ...],
    columns: tuple[str, ...],
    filled: Sequence[tuple[str, ...]],
    *,
    widths: tuple[int, ...] = (),
) -> Iterator[Piece]:
    yield Heading(level=3, text=field.label)
    if hint:
        yield Paragraph(text=hint, quiet=True)
    empty = ("",) * len(heads)
    rows = (*filled, *[empty] * _ROWS)
    yield Table(heads=heads, rows=rows, key=field.key, label=field.label, columns=columns, widths=widths)


def _lines(field: TemplateField) -> int:
    if field.kind is FieldKind.LONG_TEXT:
        return max(_FEWEST, min(_MOST, 2 * field.lines))
    return _LINES.get(field.kind, 1)


def _written(field: TemplateField, content: NoteContent | None, value: Any) -> str:
    """An answer as it would be typed, so that what is read back from a form is the same."""
    if content is None:
        return ""
    if field.kind is FieldKind.SESSION:
        if content.day is None:
            return ""
        times = "-".join(f"{each:%H:%M}" for each in (content.start, content.end) if each)
        return f"{content.day.isoformat()} {times}".strip()
    if field.kind is FieldKind.NEXT_CONTACT:
        return contact_text(value) if value else ""
    return answer_text(field, value)


def _owner(owner: Owner, name: str) -> str:
    return {Owner.PARTICIPANT: "participant", Owner.OTHER: name or "other"}.get(owner, owner.value)


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def _hint(template: Template, field: TemplateField) -> str:
    own = "" if field.kind in _REPLACED or _FOR_KEYS.search(field.hint) else field.hint
    parts = [own or _own_hint(field)]
    if field.kind is FieldKind.SCALE and (field.low or field.high):
        low, high = scale_ends(field)
        parts.append(f"{low} {field.low} · {high} {field.high}")
    if field.unit:
        parts.append(f"In {field.unit}")
    if field.private:
        parts.append("Private: it is never handed out")
    if field.show_if:
        parts.append(f"Only if {condition_words(template, field.show_if)}")
    parts += _leave_empty(template, field)
    return " ".join(part if part.endswith((".", "…", "?")) else f"{part}." for part in parts if part)


def _own_hint(field: TemplateField) -> str:
    if field.kind is FieldKind.TAGS and field.suggestions:
        return f"Such as {', '.join(field.suggestions)}. A comma between two"
    if field.kind is FieldKind.CHOICES:
        return "Tick all that apply"
    if field.example:
        return f"Such as {field.example}"
    return _HINTS.get(field.kind, "")


def _leave_empty(template: Template, asked: TemplateField) -> Iterator[str]:
    """What an answer of this field hides, said once where it is given."""
    hidden: dict[tuple[str, ...], list[str]] = {}
    for section in template.sections:
        fields = _asked(section)
        by = [field.hide_if.get(asked.key, ()) for field in fields]
        if len(fields) > 1 and by[0] and len(set(by)) == 1:
            hidden.setdefault(by[0], []).append(f"all of “{section.title}”")
            continue
        for field, values in zip(fields, by, strict=True):
            if values:
                hidden.setdefault(values, []).append(f"“{field.label}”")
    for values, names in hidden.items():
        said = condition_words(template, {asked.key: values}).removeprefix(f"{asked.label} is ")
        yield f"If {said}, leave empty: {', '.join(names)}"
