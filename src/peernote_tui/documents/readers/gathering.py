"""What stands under each label of a filled form: words, rows of a table, ticked boxes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from peernote_tui.documents.contents.form import ACTION_COLUMNS, ACTION_HEADS, REVIEW_COLUMNS, REVIEW_HEADS
from peernote_tui.documents.readers.boxes import Box, boxes_in
from peernote_tui.documents.readers.form import FilledForm, Line, LineKind
from peernote_tui.documents.readers.labels import Labels, folded, ways
from peernote_tui.domain.template import FieldKind, TemplateField

_ROOM, _LINE = " \t_", "___"
"""What a line to write on is drawn with, and the least of it that is one."""
_GAP = re.compile(r"\t|:|：|\s{2,}")
_BOXED = frozenset({FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.YES_NO, FieldKind.SCALE, FieldKind.CONSENT,
                    FieldKind.TAGS})  # fmt: skip
_SHORT = frozenset({FieldKind.TEXT, FieldKind.SESSION, FieldKind.NEXT_CONTACT, FieldKind.CHOICE, FieldKind.YES_NO,
                    FieldKind.SCALE, FieldKind.NUMBER, FieldKind.MONEY, FieldKind.DATE, FieldKind.TIME,
                    FieldKind.TIME_SPAN, FieldKind.DURATION, FieldKind.PHONE, FieldKind.STAFF,
                    FieldKind.PARTICIPANT})  # fmt: skip
"""Kinds whose answer stands in one line, so that a line under "Place: library" is no part of it."""
_FOOT = re.compile(
    r"Draft(?: by [^\n]{1,300})?, not signed\.|(?:Signed by|Writing began) [^\n]{1,300} \(\S{1,60}\)\."
    r"|Note [0-9a-f-]{8,13} · seal [0-9A-F-]{4,30}"
)
"""What is printed under a note, which is no part of its last answer."""
_TABLES = frozenset({FieldKind.ROWS, FieldKind.ACTION_ROWS, FieldKind.ACTION_REVIEWS})


@dataclass(slots=True)
class Under:
    """What stands under one label.

    Attributes:
        label: As it stands in the file; empty for what stands under none.
        asked: The field whose label it is; None where the template has no such label.
        lines: The words, line by line.
        boxes: The boxes.
        rows: The rows of its table, by the keys of the columns.
    """

    label: str
    asked: TemplateField | None = None
    lines: list[str] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The words, without empty lines around them and without the lines to write on."""
        return "\n".join(written(line).rstrip() for line in self.lines).strip("\n ")


def gathered(form: FilledForm, labels: Labels) -> tuple[Under, ...]:
    """Everything that stands in a form, by label and in its order; what the form prints by itself is left out.

    Args:
        form: What a reader gave.
        labels: The labels of the template it is read as.
    """
    walk = _Walk(labels, marked=_is_marked(form, labels))
    for line in form.lines:
        walk.take(line)
    return tuple(walk.found)


def written(text: str) -> str:
    """What is written on a line that was drawn to be written on."""
    left = text.lstrip(_ROOM)
    if _LINE in text[: len(text) - len(left)]:
        text = left
    right = text.rstrip(_ROOM)
    return right if _LINE in text[len(right) :] else text


def columns_of(asked: TemplateField) -> tuple[tuple[str, str], ...]:
    """Label and key of each column of a table that a form prints for a field; none for other fields."""
    match asked.kind:
        case FieldKind.ACTION_ROWS:
            return tuple(zip(ACTION_HEADS, ACTION_COLUMNS, strict=True))
        case FieldKind.ACTION_REVIEWS:
            return tuple(zip(REVIEW_HEADS, REVIEW_COLUMNS, strict=True))
    return tuple((column.label, column.key) for column in asked.columns)


def _is_marked(form: FilledForm, labels: Labels) -> bool:
    """Whether only headings and cells are labels, so that a line of somebody's words is never taken for one."""
    if not form.marked:
        return False
    marked = [line.text for line in form.lines if line.kind in (LineKind.HEADING, LineKind.ROW)]
    plain = [line.text for line in form.lines if line.kind is LineKind.TEXT and not line.inside]
    found, beside = labels.among(ways(marked)), labels.among(ways(plain))
    return any(line.key for line in form.lines) or len(found) > len(beside) // 2


class _Walk:
    """Goes through a form from top to bottom.

    Args:
        labels: The labels of the template.
        marked: Whether only headings and cells are labels.
    """

    def __init__(self, labels: Labels, *, marked: bool) -> None:
        self.found: list[Under] = []
        self._labels = labels
        self._marked = marked
        self._now: Under | None = None
        self._used: dict[str, Under] = {}

    def take(self, line: Line) -> None:
        """One line more."""
        if line.key:
            self._take_field(line)
        elif line.kind is LineKind.HEADING:
            self._take_heading(line.text)
        elif line.kind is LineKind.ROW:
            self._take_row(line)
        elif line.kind is LineKind.EDGE:
            if not self._labels.prints(line.text, edge=True):
                self.found.append(Under("", lines=[line.text]))
        else:
            self._take_text(line)

    def _open(self, asked: TemplateField, label: str) -> Under:
        under = self._used.get(asked.key)
        if under is None:
            under = self._used[asked.key] = Under(label, asked)
            self.found.append(under)
        return under

    def _of(self, text: str) -> TemplateField | None:
        asked = self._labels.of(text, self._used)
        if asked is not None and self._labels.beside(text):
            self.found.append(Under("", lines=[text]))
        return asked

    def _take_heading(self, text: str) -> None:
        asked = self._of(text)
        if asked is not None:
            self._now = self._open(asked, asked.label)
        elif self._labels.prints(text):
            self._now = None
        else:
            self._now = Under(text)
            self.found.append(self._now)

    def _take_row(self, line: Line) -> None:
        cells = (line.text, *line.cells)
        now = self._now
        if now is not None and now.asked is not None and now.asked.kind in _TABLES:
            self._add_row(now, cells)
        elif len(cells) == 2 and (asked := self._of(line.text)):
            for words in line.cells[0].split("\n"):
                self._add(self._open(asked, asked.label), words)
            self._now = None
        elif len(cells) == 2 and (now is None or now.asked is None):
            if not all(self._labels.prints(written(cell)) for cell in cells):
                self.found.append(Under(line.text, lines=line.cells[0].split("\n")))
        else:
            told = "  ".join(filter(None, map(written, cells)))
            if now is not None:
                self._add(now, told)
            elif not all(self._labels.prints(cell) for cell in cells):
                self.found.append(Under("", lines=[told]))

    def _take_text(self, line: Line) -> None:
        text = line.text
        if _FOOT.fullmatch(text.strip()):
            self._now = None
            self.found.append(Under("", lines=[text.strip()]))
            return
        now = self._now
        if now is not None and self._in_columns(now, text):
            return
        if not self._marked and not line.inside and text.strip() and self._labelled(text):
            return
        if now is None:
            # Whatever a form prints may also be somebody's answer, so under a label only its own hint is passed over.
            if self._labels.prints(text, edge=True) or not written(text).strip():
                return
            self._now = now = Under("")
            self.found.append(now)
        elif self._prints_under(now, text):
            return
        self._add(now, text)

    def _prints_under(self, now: Under, text: str) -> bool:
        """Whether a line is printed by itself where it stands; under no label nobody is asked for it."""
        if now.asked is None and not now.label:
            return self._labels.prints(text, edge=True)
        return not any(map(str.strip, now.lines)) and self._labels.hints_at(now.asked, text)

    def _labelled(self, text: str) -> bool:
        """A line that is a label, or begins with one; whether it does."""
        before, boxes = boxes_in(text)
        asked = self._of(before if boxes else text)
        if asked is not None:
            self._now = self._open(asked, asked.label)
            self._now.boxes += boxes
            return True
        split = self._labels.split(text, self._used)
        if split is None:
            return False
        asked, words = split
        self._now = self._open(asked, asked.label)
        self._add(self._now, words)
        if words and asked.kind in _SHORT:
            self._now = None
        return True

    def _add(self, under: Under, text: str) -> None:
        """A line under a label: its boxes where the label has some, else its words."""
        if under.asked is not None and under.asked.kind in _BOXED:
            before, boxes = boxes_in(text)
            under.boxes += boxes
            if boxes:
                under.lines += [before] if before else []
                return
        under.lines.append(text)

    def _add_row(self, under: Under, cells: tuple[str, ...]) -> None:
        columns = columns_of(under.asked) if under.asked else ()
        if [folded(cell) for cell in cells] == [folded(label) for label, _ in columns]:
            return
        values = [written(cell).strip() for cell in cells]
        if len(cells) > len(columns):
            under.lines.append("  ".join(filter(None, values)))
        elif any(values):
            under.rows.append({key: value for (_, key), value in zip(columns, values, strict=False) if value})

    def _in_columns(self, under: Under, text: str) -> bool:
        """A line that tells one cell of a table as "Who   me", as our text does."""
        columns = columns_of(under.asked) if under.asked and under.asked.kind in _TABLES else ()
        for number, (label, key) in enumerate(columns):
            rest = text[len(label) :]
            if not text.casefold().startswith(label.casefold()) or (rest and not _GAP.match(rest)):
                continue
            value = written(rest).lstrip(":： \t").strip()
            if number == 0 or not under.rows or key in under.rows[-1]:
                under.rows.append({})
            if value:
                under.rows[-1][key] = value
            return True
        return False

    def _take_field(self, line: Line) -> None:
        """What a field of a PDF form holds; its name says what it answers."""
        key, _, rest = line.key.partition(".")
        asked = self._labels.fields.get(key) or self._labels.special(key)
        said = "\n".join(line.cells).strip()
        if asked is None:
            ticked = ", ".join(name for name, on in line.ticked if on)
            if said or ticked:
                self.found.append(Under(line.text or line.key, lines=(said or ticked).split("\n")))
            return
        under = self._open(asked, asked.label)
        number, _, column = rest.partition(".")
        if line.ticked:
            # A box of its own is named after what it stands for; boxes that exclude each other are told apart inside.
            under.boxes += [Box(rest or name, on) for name, on in line.ticked]
        elif number.isdigit() and column:
            self._put_cell(under, int(number[:4]), column, said)
        elif said:
            under.lines += said.split("\n")

    @staticmethod
    def _put_cell(under: Under, number: int, column: str, said: str) -> None:
        if not said or not 0 < number <= 1000:
            return
        while len(under.rows) < number:
            under.rows.append({})
        under.rows[number - 1][column] = said
