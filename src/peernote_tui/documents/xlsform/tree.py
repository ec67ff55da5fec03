"""The rows of the survey as what they stand for: questions, groups and repeats, one within another."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from peernote_tui.documents.xlsform.kinds import LEFT_OUT, PLAIN, RECORDED, FormType, read_type
from peernote_tui.documents.xlsform.report import Notes, Sheet
from peernote_tui.documents.xlsform.sheets import FormSheet, Row
from peernote_tui.domain.names import fold
from peernote_tui.domain.template_check import is_free_key

_DEEPEST = 12
_LONGEST_KEY = 50


@dataclass(eq=False)
class Item:
    """A question, a group or a repeat.

    Attributes:
        row: Where it stands.
        name: As the form has it.
        type: What it is; `begin` for groups and repeats.
        children: What a group or a repeat holds.
        key: Its key in the template.
        beside: The key of a second field that it needs, such as the time of a date and time.
    """

    row: Row
    name: str
    type: FormType
    children: list[Item] = field(default_factory=list)
    key: str = ""
    beside: str = ""

    @property
    def is_group(self) -> bool:
        """Whether it is a group of questions."""
        return self.type == FormType("begin", "group")

    @property
    def is_repeat(self) -> bool:
        """Whether it is a group that repeats."""
        return self.type == FormType("begin", "repeat")

    def all(self) -> Iterator[Item]:
        """Itself and everything in it, in the order of the form."""
        yield self
        for child in self.children:
            yield from child.all()


def read_tree(survey: FormSheet, notes: Notes) -> Item:
    """The whole survey as one group; faults go into the notes."""
    for column in ("type", "name"):
        if column not in survey.columns:
            notes.fault(
                Sheet.SURVEY,
                survey.header_row,
                f"The column {column} is missing.",
                "The first row that is not empty has the headers: type, name, label.",
            )
            return Item(Row(0, {}, {}), "", FormType("begin", "group"))
    whole = Item(Row(0, {}, {}), "", FormType("begin", "group"))
    stack = [whole]
    for row in survey.rows:
        if _is_yes(row["disabled"]):
            notes.tell(row.number, "It is disabled, and was passed over.", column="disabled", name=row["name"])
        elif row["type"]:
            _place(row, stack, notes)
        elif row["name"] or row.spoken.get("label"):
            notes.fault(Sheet.SURVEY, row.number, "The type is missing.", "Such as text or select_one yes_no.")
    for item in stack[1:]:
        kind = item.type.argument
        notes.fault(
            Sheet.SURVEY,
            item.row.number,
            f"This {kind} begins and never ends.",
            f"Add a row of type end_{kind} after its last question.",
            name=item.name,
        )
    _require_names(whole, notes)
    _allot_keys(whole, notes)
    return whole


def _place(row: Row, stack: list[Item], notes: Notes) -> None:
    """Put what a row stands for where it belongs; the stack holds the groups that are open."""
    found = read_type(row["type"])
    if found is None:
        _unknown(row, notes)
    elif found.name == "end" and found.argument:
        _end(stack, row, found, notes)
    else:
        item = Item(row, row["name"], found)
        stack[-1].children.append(item)
        if found.name == "begin":
            if len(stack) == _DEEPEST:
                notes.fault(Sheet.SURVEY, row.number, "Groups stand in each other too deeply.", "Use fewer levels.")
            stack.append(item)


def _end(stack: list[Item], row: Row, found: FormType, notes: Notes) -> None:
    if len(stack) == 1:
        notes.fault(
            Sheet.SURVEY, row.number, f"A {found.argument} ends here that never began.", "Delete the row, or begin it."
        )
    elif stack[-1].type.argument != found.argument:
        begun = stack.pop()
        notes.fault(
            Sheet.SURVEY,
            row.number,
            f"A {found.argument} ends here, but the {begun.type.argument} of row {begun.row.number} is still open.",
            f"Write end_{begun.type.argument}, or end that one first.",
        )
    else:
        stack.pop()


def _unknown(row: Row, notes: Notes) -> None:
    text = " ".join(row["type"].split())
    first = text.split(" ", maxsplit=1)[0]
    known = [*PLAIN, *LEFT_OUT, *RECORDED, "select_one", "select_multiple", "rank", "begin_group", "end_group",
             "begin_repeat", "end_repeat"]  # fmt: skip
    if first.casefold() in {"select_one", "select_multiple", "rank"}:
        way_out = f"Name the list of choices behind it: {first.casefold()} yes_no."
    else:
        near = difflib.get_close_matches(text.casefold(), known, 1) or difflib.get_close_matches(
            first.casefold(), known, 1
        )
        way_out = f"Did you mean {near[0]}?" if near else "See the question types on xlsform.org."
    notes.fault(
        Sheet.SURVEY,
        row.number,
        f"The type “{text[:60]}” is not known.",
        way_out,
        column="type",
        name=row["name"],
    )


def _require_names(whole: Item, notes: Notes) -> None:
    """See that every question has a name, and no two of a group the same."""
    by_group: Counter[tuple[int, str]] = Counter()
    for group in [item for item in whole.all() if item.type.name == "begin"]:
        for item in group.children:
            if not item.name:
                if item.type.name != "note" and not item.is_group:
                    notes.fault(
                        Sheet.SURVEY, item.row.number, "The name is missing.", "Give it a short one.", column="name"
                    )
                continue
            by_group[id(group), item.name] += 1
            if by_group[id(group), item.name] == 2:
                notes.fault(
                    Sheet.SURVEY,
                    item.row.number,
                    f"The name “{item.name}” is used by more than one question.",
                    "Give each its own.",
                    column="name",
                    name=item.name,
                )


def _allot_keys(whole: Item, notes: Notes) -> None:
    keys = Keys()
    for item in whole.all():
        if item is whole:
            continue
        item.key = keys.allot(item.name or f"{item.type.name}_{item.row.number}")
        if item.type.other:
            item.beside = keys.allot(f"{item.key}_other")
        elif item.type.name == "datetime":
            item.beside = keys.allot(f"{item.key}_time")
    changed = [f"{item.name} → {item.key}" for item in whole.all() if item.key != item.name and _is_asked(item)]
    if changed:
        notes.tell(
            0,
            "Names that are no keys of a template were changed; what refers to them follows.",
            column="name",
            text=", ".join(changed),
        )


def _is_asked(item: Item) -> bool:
    return bool(item.name) and item.type.name not in RECORDED and item.type.name != "begin"


class Keys:
    """Hands out keys that a template takes, none of them twice."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def allot(self, name: str) -> str:
        """A key as near to the name as can be."""
        key = re.sub(r"[^a-z0-9_]+", "_", fold(name).replace(" ", "_") if not name.isascii() else name.casefold())
        key = key.strip("_")[:_LONGEST_KEY].rstrip("_")
        if not key or not key[0].isalpha():
            key = f"q_{key}".rstrip("_")
        if not is_free_key(key):
            key = f"form_{key}"
        found, number = key, 2
        while found in self._taken:
            found, number = f"{key}_{number}", number + 1
        self._taken.add(found)
        return found


def _is_yes(text: str) -> bool:
    return text.strip().casefold() in {"yes", "true", "true()", "1"}
