"""The labels of a template as they are found again in a filled form, and what else a form prints by itself."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from peernote_tui.documents.contents.form import PARTICIPANT_KEY, form_document
from peernote_tui.documents.contents.notes import ONE, SEVERAL
from peernote_tui.documents.document import Boxes, Document, Facts, Heading, Notice, Paragraph, Table, WritingLines
from peernote_tui.domain.disclosure import PART2_NOTICE
from peernote_tui.domain.names import fold
from peernote_tui.domain.template import FieldKind, Template, TemplateField

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NUMBER = re.compile(r"^\s*\d{1,3}[.)]\s+")
_GAP = re.compile(r"\t|\s{2,}")
_NO_WORD = re.compile(r"[\W_]+")
_PAGE = re.compile(r"(?:page )?\d{1,4}(?: of \d{1,4})?|(?:page )?of|[\W_]*", re.IGNORECASE)
_SIGNS = re.compile(r"[\W_]*")
_NOT_ASKED = frozenset({FieldKind.HEADING, FieldKind.COMPUTED})
_ALSO = {"When": "session", "How": "mode", "Kind": "kind", "Place": "place", "What was agreed": "agreed_actions"}
"""Labels under which a printed note tells what its template asks in other words."""
_PARTICIPANT = TemplateField(key=PARTICIPANT_KEY, kind=FieldKind.TEXT, label="Participant")
_LONGEST = 1000
"""Characters; a longer line is no label."""


def folded(text: str) -> str:
    """A label without case, accents, spaces and signs; "1. How they were (in a word):" is "howtheywereinaword"."""
    return _NO_WORD.sub("", fold(_NUMBER.sub("", text[:_LONGEST])))


class Labels:
    """What a template's own words are in a filled form.

    Args:
        template: The version.
    """

    def __init__(self, template: Template) -> None:
        self.fields = {field.key: field for field in _asked(template)}
        self._by_label: dict[str, list[TemplateField]] = {}
        for field in self.fields.values():
            self._by_label.setdefault(folded(field.label), []).append(field)
        for label, key in _ALSO.items():
            if key in self.fields:
                self._by_label.setdefault(folded(label), [self.fields[key]])
        self._by_label.setdefault(folded(_PARTICIPANT.label), [_PARTICIPANT])
        self._by_label.pop("", None)
        form = form_document(template)
        self._hints = _hints(form, self)
        self._furniture = frozenset(map(folded, (ONE, SEVERAL, PART2_NOTICE, *_printed(form), *_titles(template))))

    def of(self, text: str, used: Container[str] = ()) -> TemplateField | None:
        """The field whose label a line is; of several with the same label the first that is not used yet."""
        if len(text) > _LONGEST:
            return None
        found = next((self._by_label[way] for way in _ways(text) if way in self._by_label), [])
        return next((field for field in found if field.key not in used), found[-1] if found else None)

    def special(self, key: str) -> TemplateField | None:
        """What every form asks beside its template, by its key in a PDF form."""
        return _PARTICIPANT if key == PARTICIPANT_KEY else None

    def split(self, text: str, used: Container[str] = ()) -> tuple[TemplateField, str] | None:
        """Label and words of a line in which they stand side by side: "Place: coffee shop", "Place   coffee shop"."""
        for between in (":", "：", "\t", "  "):
            label, sign, words = text.partition(between)
            if sign and (field := self.of(label, used)):
                return field, words.strip()
        return None

    def beside(self, text: str) -> bool:
        """Whether a line that is a label holds more than that: brackets with something that no form prints."""
        inner = text[text.index("(") + 1 :].rstrip(" :*").removesuffix(")") if "(" in text else ""
        return bool(inner.strip()) and not (self.prints(inner) or self.prints(text))

    def hints_at(self, asked: TemplateField | None, text: str) -> bool:
        """Whether a line is what a form prints under a label by itself."""
        return asked is not None and folded(text) in self._hints.get(asked.key, ())

    def prints(self, text: str, *, edge: bool = False) -> bool:
        """Whether a line is one that the form prints by itself: a title, a hint; at its edge a number of a page."""
        parts = (text, *_GAP.split(text)) if _GAP.search(text.strip()) else (text,)
        known = [
            bool((_PAGE if edge else _SIGNS).fullmatch(part.strip())) or folded(part) in self._furniture
            for part in parts
        ]
        return known[0] or (len(known) > 1 and all(known[1:]))

    def among(self, found: Iterable[str]) -> frozenset[str]:
        """The keys of the fields whose labels stand among folded lines; see `ways`."""
        fields = (field for way in found for field in self._by_label.get(way, ()))
        return frozenset(field.key for field in fields if field is not _PARTICIPANT)


def ways(texts: Iterable[str]) -> frozenset[str]:
    """What lines are as labels, folded: as they stand, and without what stands in brackets."""
    return frozenset(way for text in texts if len(text) <= _LONGEST for way in _ways(text))


def _ways(text: str) -> Iterator[str]:
    yield folded(text)
    if "(" in text or "[" in text:
        yield folded(_BRACKETS.sub("", text))
        if text.rstrip(" :*").endswith(")"):
            yield folded(text.partition(" (")[0])


def _asked(template: Template) -> Iterator[TemplateField]:
    for section in template.sections:
        yield from (field for field in section.fields if field.kind not in _NOT_ASKED)


def _titles(template: Template) -> Iterator[str]:
    yield from (template.title, f"{template.title} (draft)")
    for section in template.sections:
        yield from (section.title, section.hint)
        for field in section.fields:
            yield from (field.hint, field.label, f"{field.label} ({field.hint})", field.low, field.high)


def _hints(form: Document, labels: Labels) -> dict[str, set[str]]:
    """By the key of a field, what a form prints between its label and its answer."""
    found = {key: {folded(field.hint), folded(field.example)} for key, field in labels.fields.items()}
    asked: TemplateField | None = None
    for piece in form.pieces:
        if isinstance(piece, Heading):
            asked = labels.of(piece.text)
        elif isinstance(piece, Paragraph) and asked is not None:
            found.setdefault(asked.key, set()).add(folded(piece.text))
        elif isinstance(piece, WritingLines | Boxes):
            found.setdefault(piece.key, set()).add(folded(piece.hint))
    return {key: texts - {""} for key, texts in found.items()}


def _printed(form: Document) -> Iterator[str]:
    """Every text of an empty form."""
    yield from (form.title, form.anchor, form.about, form.made, f"{form.about}\t{form.title}", f"{form.anchor}\t1 of 1")
    for piece in form.pieces:
        match piece:
            case Heading() | Paragraph() | Notice():
                yield piece.text
            case WritingLines() | Boxes():
                yield from (piece.label, piece.hint, f"{piece.label} ({piece.hint})")
            case Table():
                yield from (piece.label, *piece.heads, "".join(piece.heads))
                for row in piece.rows:
                    yield from (*row, "".join(row))
            case Facts():
                for row in piece.rows:
                    yield from row
