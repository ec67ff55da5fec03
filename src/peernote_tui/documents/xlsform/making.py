"""Each question of an XLSForm as a field of a template, or as a line that says why it is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from peernote_tui.documents.xlsform.kinds import LEFT_OUT, RECORDED, becomes, read_range
from peernote_tui.documents.xlsform.languages import Speech
from peernote_tui.documents.xlsform.report import Notes
from peernote_tui.documents.xlsform.rules import Rules
from peernote_tui.documents.xlsform.saying import Speaker
from peernote_tui.documents.xlsform.tree import Item
from peernote_tui.documents.xlsform.words import Known
from peernote_tui.domain.template import FieldChoice, FieldKind, TemplateField

_SHOWN = re.compile(r"\$\{\s*([^{}\s]{1,200})\s*\}")
_EMAIL = {
    "pattern": r"[^@\s]+@[^@\s]+\.[^@\s]+",
    "pattern_say": "An e-mail address is needed here.",
    "example": "name@example.org",
}
_MONTH = {
    "pattern": r"\d{4}-(0[1-9]|1[0-2])",
    "pattern_say": "A year and a month are needed here.",
    "example": "1991-05",
}
_YEAR = {"pattern": r"(19|20)\d\d", "pattern_say": "A year is needed here.", "example": "1991"}
_BECAME: dict[tuple[str, FieldKind | None], str] = {
    ("barcode", None): "A code cannot be scanned; it is typed.",
    ("datetime", None): "Day and time are asked for one after the other.",
    ("image", None): "Nothing is drawn; who signs here types a name.",
    ("rank", FieldKind.ROWS): "An order is asked for as rows: one choice a line, the first one first.",
    ("rank", None): "An order within repeating rows is asked for as a line of text.",
    ("one_from_file", None): "Its choices stand in another file; it is asked as text.",
    ("multiple_from_file", None): "Its choices stand in another file; they are asked as text.",
    ("date", FieldKind.TEXT): "A year alone, or a month of one, is asked for as text; nothing reckons with it.",
}
"""By type and kind, what is told of a question that became something else."""
_PLACES = 6
_OTHER = "other"


@dataclass(frozen=True)
class Made:
    """A field, and the row that it comes from."""

    field: TemplateField
    row: int


class Maker:
    """Makes fields out of questions.

    Args:
        whole: The survey.
        choices: Its lists of choices.
        speech: What it says.
        notes: Takes faults and the report.
    """

    def __init__(
        self, whole: Item, choices: Mapping[str, tuple[FieldChoice, ...]], speech: Speech, notes: Notes
    ) -> None:
        self._choices = choices
        self._speech = speech
        self._notes = notes
        self._known: dict[str, Known] = {}
        self._labels: dict[str, str] = {}
        self._learn(whole.children, "")
        self._rules = Rules(Speaker(self._known), speech, notes)

    def condition(self, group: Item) -> tuple[str, ...]:
        """The condition of a group, if it has one."""
        found = self._rules.condition(group)
        return (found,) if found else ()

    def label(self, item: Item) -> str:
        """What a question or a group is called: its label, or its name where it has none."""
        text = self._speech.text(item.row, "label")
        return self._told(item, text) or said(item.name or item.key)

    def fields(self, item: Item, within: tuple[str, ...]) -> Iterator[Made]:
        """The fields of a question, a repeat, or a group within a section.

        Args:
            item: What stands in the form.
            within: The conditions of the groups around it.
        """
        row = item.row.number
        if item.is_group:
            inside = (*within, *self.condition(item))
            made = [each for child in item.children for each in self.fields(child, inside)]
            if made and item.row.spoken.get("label"):
                yield Made(self._heading(item, inside), row)
            yield from made
        elif item.is_repeat:
            yield from self._repeat(item, within)
        elif (field := self._field(item, within)) is not None:
            yield Made(field, row)
            if item.beside:
                yield Made(self._beside(item, field), row)

    def _learn(self, items: list[Item], rows: str) -> None:
        """Note for every name what expressions can do with it; names that are there twice are no use to them."""
        for item in items:
            known = self._as_known(item, rows)
            if item.name and item.name in self._known:
                known = Known(why="is the name of more than one question")
            if item.name:
                self._known[item.name] = known
                self._labels[item.name] = self._speech.text(item.row, "label") or said(item.name)
            inner = item.key if item.is_repeat and not rows else rows
            self._learn(item.children, inner)

    def _as_known(self, item: Item, rows: str) -> Known:
        row = item.row
        if item.type.name == "today":
            return Known(says="today()")
        if item.type.name == "begin":
            repeats = item.is_repeat and not rows
            return Known(item.key, FieldKind.ROWS) if repeats else Known(why="is a group")
        if item.type.name in LEFT_OUT or item.type.name in RECORDED:
            return Known()
        kind = becomes(item.type, row["appearance"], row["parameters"], in_rows=bool(rows))
        if kind in {FieldKind.HEADING, None}:
            return Known()
        if item.type.name == "rank":
            return Known(why="is an order")
        if row["calculation"] and not rows:
            return Known(item.key, FieldKind.COMPUTED, calculation=row["calculation"])
        if item.type.name == "hidden":
            return Known()
        return Known(item.key, kind, rows)

    def _field(self, item: Item, within: tuple[str, ...], *, in_rows: bool = False) -> TemplateField | None:
        """The field of a question; None for one that is left out, which the report says."""
        row = item.row
        if item.type.name in RECORDED:
            self._notes.tell(row.number, f"It is not asked. {RECORDED[item.type.name]}", name=item.name)
            return None
        kind = becomes(item.type, row["appearance"], row["parameters"], in_rows=in_rows)
        if kind is None:
            self._leave_out(item, in_rows=in_rows)
            return None
        if row["calculation"] and not in_rows:
            value = self._rules.value(item)
            if value:
                return self._computed(item, value, within)
        if kind is FieldKind.COMPUTED:
            return self._constant(item, within)
        entries = {
            "key": item.key,
            "kind": kind,
            "label": self.label(item),
            "hint": self.hint(item),
            **self._form_of(item, kind),
        }
        if not in_rows and (shown := self._rules.shown(item, within)):
            entries["show_if"] = shown
        if kind is not FieldKind.HEADING:
            entries |= self._rules.required(item)
        field = TemplateField.model_validate(entries)
        return field.model_copy(update=self._demands(item, field, in_rows=in_rows))

    def _demands(self, item: Item, field: TemplateField, *, in_rows: bool) -> dict[str, Any]:
        if field.kind is FieldKind.HEADING:
            return {}
        known = Known(field.key, field.kind)
        demands = self._rules.constraint(item, field, known, in_rows=in_rows)
        if re.fullmatch(rf"{field.key} >=? today\(\)", demands.get("must", "")):
            demands["ahead"] = True
        demands |= self._rules.default(item, field)
        if item.type.name == "acknowledge" and field.required and not in_rows:
            demands |= {"must": field.key, "must_say": field.missing or f"{field.label}: this needs a yes."}
        if item.type.name == "range" and field.kind is FieldKind.NUMBER and not in_rows and "must" not in demands:
            demands |= self._steps(item, field)
        return {name: value for name, value in demands.items() if value != ""}

    def _steps(self, item: Item, field: TemplateField) -> dict[str, Any]:
        found = read_range(item.row["parameters"])
        if found is None or found.step in (0, 1):
            return {}
        start = "" if not found.start else f" - {found.start}" if found.start > 0 else f" + {-found.start}"
        must = f"({field.key}{start}) mod {found.step} = 0"
        return {"must": must, "must_say": f"{field.label}: from {found.start} in steps of {found.step}."}

    def _form_of(self, item: Item, kind: FieldKind) -> dict[str, Any]:
        """What the type of a question says of its field beside the kind, and what is told of that."""
        name = item.type.name
        if (sentence := _BECAME.get((name, kind)) or _BECAME.get((name, None))) is not None:
            self._tell(item, sentence, text=item.type.argument if "file" in name else "")
        match name:
            case "decimal":
                return {"places": _PLACES}
            case "range":
                return self._range_of(item, kind)
            case "select_one" | "select_multiple":
                return self._choices_of(item, kind)
            case "rank" if kind is FieldKind.ROWS:
                column = {"key": "choice", "kind": FieldKind.CHOICE, "label": "Choice", "required": True}
                return {"columns": [{**column, "choices": self._choices.get(item.type.argument, ())}]}
            case "date" if kind is FieldKind.TEXT:
                return _YEAR if "year" in item.row["appearance"].casefold().split() else _MONTH
            case "text" if "email" in item.row["appearance"].casefold().split():
                return _EMAIL
        return {}

    def _range_of(self, item: Item, kind: FieldKind) -> dict[str, Any]:
        found = read_range(item.row["parameters"])
        if found is None:
            self._tell(item, "This range cannot be read; any number is taken.", text=item.row["parameters"])
            return {"places": _PLACES}
        ends = {"least": found.start, "most": found.end}
        return ends if kind is FieldKind.SCALE else {**ends, "places": _PLACES if found.step % 1 else 0}

    def _choices_of(self, item: Item, kind: FieldKind) -> dict[str, Any]:
        if item.type.argument.startswith("${"):
            self._tell(item, "Its choices are answers given before; it is asked as text.")
            return {"kind": FieldKind.TAGS if kind is FieldKind.CHOICES else FieldKind.TEXT}
        if item.row["choice_filter"]:
            self._tell(
                item,
                "All choices are offered, not only those that fit another answer.",
                "If that is too many, make a question for each group of them, with show_if.",
                column="choice_filter",
                text=item.row["choice_filter"],
            )
        offered = self._choices.get(item.type.argument, ())
        if item.type.other and _OTHER not in {choice.value for choice in offered}:
            offered = (*offered, FieldChoice(value=_OTHER, label="Other"))
        return {"choices": offered}

    def _beside(self, item: Item, field: TemplateField) -> TemplateField:
        """The second field of a question: the time of a date and time, or the answer of one's own."""
        if item.type.name == "datetime":
            changes = {"kind": FieldKind.TIME, "label": f"{field.label}: time", "hint": "", "must": "", "must_say": "",
                       "default": "", "least": None, "most": None}  # fmt: skip
            return field.model_copy(update={"key": item.beside, **changes})
        asked = f"selected({item.key}, '{_OTHER}')"
        return TemplateField(
            key=item.beside,
            kind=FieldKind.TEXT,
            label=f"{field.label}: which other?",
            required=field.required,
            show_if=asked if not field.show_if else f"{asked} and ({field.show_if})",
        )

    def _repeat(self, item: Item, within: tuple[str, ...], *, belongs: str = "") -> Iterator[Made]:
        """The rows of a repeat, and after them those of the repeats in it."""
        columns: list[TemplateField] = []
        if belongs:
            columns.append(TemplateField(key="belongs_to", kind=FieldKind.TEXT, label=belongs, required=True))
        inner: list[Item] = []
        self._columns(item.children, columns, inner)
        if item.row["repeat_count"]:
            self._tell(
                item,
                "How many rows there are is not fixed; a row is added by Enter.",
                column="repeat_count",
                text=item.row["repeat_count"],
            )
        label = self.label(item)
        if columns:
            entries: dict[str, Any] = {"show_if": shown} if (shown := self._rules.shown(item, within)) else {}
            field = TemplateField(
                key=item.key, kind=FieldKind.ROWS, label=label, hint=self.hint(item), columns=tuple(columns), **entries
            )
            yield Made(field, item.row.number)
        else:
            self._tell(item, "Nothing of this repeat could be carried over.")
        for each in inner:
            self._tell(each, "Rows within rows are asked for as rows of their own, which say what they belong to.")
            yield from self._repeat(each, (*within, *self.condition(item)), belongs=f"Belongs to ({label})")

    def _columns(self, items: list[Item], columns: list[TemplateField], inner: list[Item]) -> None:
        for child in items:
            if child.is_repeat:
                inner.append(child)
                continue
            if child.row["relevant"] and child.type.name not in RECORDED:
                self._rules.untold(child, "relevant", child.row["relevant"], "columns of rows are asked always")
            if child.is_group:
                self._columns(child.children, columns, inner)
                continue
            field = self._field(child, (), in_rows=True)
            if field is None:
                continue
            columns.append(field)
            if child.beside:
                beside = self._beside(child, field).model_copy(update={"show_if": {}, "required": False})
                columns.append(beside)

    def _computed(self, item: Item, value: str, within: tuple[str, ...]) -> TemplateField:
        shown = self._rules.shown(item, within)
        if item.row["constraint"]:
            self._rules.untold(item, "constraint", item.row["constraint"], "what is worked out is not checked")
        return TemplateField(
            key=item.key,
            kind=FieldKind.COMPUTED,
            label=self.label(item),
            value=value,
            **({"show_if": shown} if shown else {}),
        )

    def _constant(self, item: Item, within: tuple[str, ...]) -> TemplateField | None:
        """A hidden question that holds a text for ever; None where nothing is left of it."""
        text = item.row["default"]
        if item.row["calculation"]:
            return None
        if item.type.name == "hidden" and text and not _SHOWN.search(text) and "'" not in text and "\n" not in text:
            self._tell(item, "What is hidden in the form is shown in the note.", text=text)
            return self._computed(item, f"'{text}'", within)
        self._tell(item, "It computes nothing, and was left out.")
        return None

    def _heading(self, item: Item, within: tuple[str, ...]) -> TemplateField:
        shown = " and ".join(f"({part})" if len(within) > 1 else part for part in within)
        return TemplateField(
            key=item.key,
            kind=FieldKind.HEADING,
            label=self.label(item),
            hint=self.hint(item),
            **({"show_if": shown} if shown else {}),
        )

    def hint(self, item: Item) -> str:
        """What is said below a question or a group."""
        texts = [self._speech.text(item.row, column) for column in ("hint", "guidance_hint")]
        return " ".join(self._told(item, text) for text in texts if text)

    def _told(self, item: Item, text: str) -> str:
        """A text in which other answers would stand, with what they are called instead."""
        if not _SHOWN.search(text):
            return text
        self._tell(item, "Answers cannot stand inside a label; what they are called stands there.", text=text)
        return _SHOWN.sub(lambda match: f"“{self._labels.get(match[1], said(match[1]))}”", text)

    def _leave_out(self, item: Item, *, in_rows: bool) -> None:
        if item.type.name == "note" and not (item.row.spoken.get("label") or item.row.spoken.get("hint")):
            return
        if (what := LEFT_OUT.get(item.type.name)) is not None:
            self._tell(item, f"{what} is no part of a note; the question was left out.", "Ask for it in words instead.")
        elif in_rows:
            self._tell(item, "Rows neither tell nor compute; this was left out.", "Let a field beside the rows do it.")

    def _tell(self, item: Item, sentence: str, way_out: str = "", *, column: str = "", text: str = "") -> None:
        self._notes.tell(item.row.number, sentence, way_out, name=item.name, column=column, text=text)


def said(name: str) -> str:
    """A name as words: "visit_details" is "Visit details"."""
    words = " ".join(re.split(r"[_\s.-]+", name)).strip()
    return words[:1].upper() + words[1:]
