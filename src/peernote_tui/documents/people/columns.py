"""Which column of a file is which field of a participant: guessed from the headers, changed by hand."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from peernote_tui.documents.people.headers import GROUPED, NUMBERED, PLAIN
from peernote_tui.documents.people.table import Table
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.names import fold
from peernote_tui.domain.page_fields import label_key


class Field(StrEnum):
    """What a column can hold. The words are those of `--map`."""

    LEFT_OUT = "leave_out"
    NAME = "name"
    PREFERRED_NAME = "preferred_name"
    LAST_FIRST = "last_first"
    FIRST_NAME = "first_name"
    MIDDLE_NAME = "middle_name"
    LAST_NAME = "last_name"
    NAME_SUFFIX = "name_suffix"
    LEGAL_NAME = "legal_name"
    ALIAS = "also_called"
    PRONOUNS = "pronouns"
    BORN = "born"
    AGE = "age"
    BIRTH_PRECISION = "birth_precision"
    EXTERNAL_ID = "id"
    OTHER_ID = "other_id"
    OTHER_ID_LABEL = "other_id_label"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    STREET = "street"
    CITY = "city"
    REGION = "region"
    POSTCODE = "postcode"
    COUNTRY = "country"
    CONTACT = "contact"
    CONTACT_KIND = "contact_kind"
    CONTACT_LABEL = "contact_label"
    CONTACT_REMARK = "contact_remark"
    SAFE_CALL = "safe_to_call"
    SAFE_VOICEMAIL = "safe_to_leave_voicemail"
    SAFE_TEXT = "safe_to_text"
    PERSON = "person"
    PERSON_RELATION = "person_relation"
    PERSON_PHONE = "person_phone"
    PERSON_EMERGENCY = "person_emergency"
    PERSON_REMARK = "person_remark"
    LANGUAGE = "language"
    STRENGTH = "strength"
    GOAL = "goal"
    ABOUT = "about"
    PART2 = "part2"
    CUSTOM = "custom"
    CUSTOM_LABEL = "custom_label"


SINGLE = frozenset(
    {
        *(Field.NAME, Field.PREFERRED_NAME, Field.LAST_FIRST, Field.FIRST_NAME, Field.MIDDLE_NAME, Field.LAST_NAME),
        *(Field.NAME_SUFFIX, Field.LEGAL_NAME, Field.PRONOUNS, Field.BORN, Field.AGE, Field.BIRTH_PRECISION),
        *(Field.EXTERNAL_ID, Field.ABOUT, Field.PART2),
    }
)
"""Fields that only one column can fill."""
NAMING = frozenset({Field.NAME, Field.PREFERRED_NAME, Field.LAST_FIRST, Field.FIRST_NAME, Field.LAST_NAME})
_ADDRESS_PARTS = frozenset({Field.STREET, Field.CITY, Field.REGION, Field.POSTCODE, Field.COUNTRY})
_GROUPED_FIELDS = frozenset({Field.PERSON, Field.PERSON_RELATION, Field.PERSON_PHONE, Field.PERSON_REMARK})
_ONE_IN_A_GROUP = _GROUPED_FIELDS | {
    *(Field.PERSON_EMERGENCY, Field.CONTACT_KIND, Field.CONTACT_LABEL, Field.CONTACT_REMARK, Field.OTHER_ID_LABEL),
    *(Field.SAFE_CALL, Field.SAFE_VOICEMAIL, Field.SAFE_TEXT, Field.CUSTOM_LABEL),
}
_SUFFIXES = frozenset({"", "jr", "sr", "ii", "iii", "iv", "md", "phd", "esq"})
_PERSON = "person"
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file, and what is made of it.

    Attributes:
        index: Its place in the row, from 0.
        header: As it stands in the file.
        field: What it fills.
        group: Columns of one group belong to one contact, person or address.
        label: What the header says of the value, such as home.
        parting: Signs that part several values in one cell.
    """

    index: int
    header: str
    field: Field
    group: str = ""
    label: str = ""
    parting: tuple[str, ...] = ("\n",)

    @property
    def name(self) -> str:
        """The column as people are told of it."""
        return f"“{self.header}”" if self.header else f"column {self.index + 1}"


def means(headers: Sequence[str]) -> int:
    """How many of these texts are headers that mean something."""
    return sum(_guess(0, header).field is not Field.LEFT_OUT for header in headers if len(header) <= 80)


def guess_columns(table: Table, *, asked: Collection[str] = ()) -> tuple[Column, ...]:
    """What each column most likely is. A field that only one column can fill goes to none where two claim it.

    Args:
        table: The file.
        asked: Labels of the fields that a template gives every page, as `label_key` compares them.
    """
    columns = [_guess(index, header, asked) for index, header in enumerate(table.headers)]
    columns = _one_address([_with_last_first(table, column) for column in columns])
    disputed = {each for each, _ in contested(columns)}
    formatted = {column.group for column in columns if column.field is Field.ADDRESS and column.group}
    seen: set[tuple[str, Field]] = set()
    found = []
    for column in columns:
        again = column.field in _ONE_IN_A_GROUP and (column.group, column.field) in seen
        repeats = column.field in _ADDRESS_PARTS and column.group in formatted
        seen.add((column.group, column.field))
        taken = not (column.field in disputed or again or repeats)
        found.append(column if taken else replace(column, field=Field.LEFT_OUT))
    return tuple(found)


def contested(columns: Sequence[Column]) -> tuple[tuple[Field, tuple[Column, ...]], ...]:
    """Fields that only one column can fill and more than one is headed as, with those columns."""
    claims = {each: tuple(one for one in columns if one.field is each) for each in SINGLE}
    return tuple((each, found) for each, found in claims.items() if len(found) > 1)


def left_open(table: Table, columns: Sequence[Column]) -> tuple[tuple[Field, tuple[Column, ...]], ...]:
    """Fields that more than one column is headed as, and that none of them fills."""
    claimed = contested([_guess(index, header) for index, header in enumerate(table.headers)])
    filled = {column.field for column in columns}
    return tuple((each, found) for each, found in claimed if each not in filled)


def given_name_of(name: str) -> str:
    """What follows the comma of “Last, First”; empty where a name is not written so."""
    family, _, given = name.partition(",")
    given = given.strip()
    return given if family.strip() and "," not in given and fold(given).strip(".") not in _SUFFIXES else ""


def with_field(columns: Sequence[Column], index: int, chosen: Field) -> tuple[Column, ...]:
    """The columns with one changed; another column that held a field only one can fill gives it up."""
    found = []
    for column in columns:
        if column.index == index:
            group = column.group or (_PERSON if chosen in _GROUPED_FIELDS else "")
            if chosen is Field.PERSON and any(each.field is chosen and each.group == group for each in columns):
                group = f"{_PERSON} {index}"
            found.append(replace(column, field=chosen, group=group, parting=_parting(chosen, column)))
        elif chosen in SINGLE and column.field is chosen:
            found.append(replace(column, field=Field.LEFT_OUT))
        else:
            found.append(column)
    return tuple(found)


def mapped(columns: Sequence[Column], chosen: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns with what somebody says of them.

    Args:
        columns: As guessed.
        chosen: By header, or by number such as `3`, the field's word.

    Raises:
        InvalidInputError: A column or field is not known, or two columns have that header.
    """
    result = tuple(columns)
    for said, word in chosen.items():
        try:
            wanted = Field(word.strip().casefold().replace(" ", "_").replace("-", "_"))
        except ValueError:
            raise InvalidInputError(
                "--map names a field that is not known.", f"Known are: {', '.join(Field)}."
            ) from None
        matching = [column for column in columns if fold(column.header) == fold(said) and column.header]
        if not matching and said.strip().lstrip("#").isdigit():
            number = int(said.strip().lstrip("#"))
            matching = [column for column in columns if column.index + 1 == number]
        if not matching:
            raise InvalidInputError(
                "--map names a column that the file does not have.", "See the columns with --dry-run."
            )
        if len(matching) > 1:
            numbers = " and ".join(str(column.index + 1) for column in matching)
            raise InvalidInputError(
                "--map names a header that more than one column has.", f"Use the number of the column: {numbers}."
            )
        result = with_field(result, matching[0].index, wanted)
    return result


def _guess(index: int, header: str, asked: Collection[str] = ()) -> Column:
    folded = _plain(header)
    if folded in PLAIN:
        word, label = PLAIN[folded]
        chosen = Field(word)
        grouped = chosen in _GROUPED_FIELDS
        return _made(index, header, chosen, group=label or _PERSON if grouped else "", label=label)
    for pattern, fields in (*NUMBERED, *GROUPED):
        if match := pattern.fullmatch(folded):
            meant = fields.get(match["what"])
            if meant is not None:
                label = match.groupdict().get("label") or ""
                return _made(index, header, Field(meant), group=match["group"], label=label)
    is_asked = bool(label := label_key(header)) and label in asked
    return Column(index, header, Field.CUSTOM if is_asked else Field.LEFT_OUT)


def _made(index: int, header: str, chosen: Field, *, group: str, label: str) -> Column:
    column = Column(index, header, chosen, group, label)
    return replace(column, parting=_parting(chosen, column))


def _parting(chosen: Field, column: Column) -> tuple[str, ...]:
    folded = fold(column.header)
    if folded.endswith("(one a line)"):
        return ("\n",)
    if chosen is Field.ADDRESS:
        return (" ::: ",) if folded.endswith(" - formatted") else ()
    if re.search(r" - value$", folded) or folded == "nickname":
        # Google Contacts writes several values of one kind like this.
        return ("\n", " ::: ")
    if chosen is Field.LANGUAGE:
        return ("\n", ";", ",")
    return ("\n", ";") if chosen is Field.ALIAS else ("\n",)


def _one_address(columns: list[Column]) -> list[Column]:
    """An address beside columns for the city or the postcode is the street of it."""
    bare = [column.field for column in columns if not column.group]
    parts = _ADDRESS_PARTS & set(bare)
    if not parts or Field.STREET in parts or bare.count(Field.ADDRESS) != 1:
        return columns
    return [
        replace(column, field=Field.STREET, parting=("\n",))
        if column.field is Field.ADDRESS and not column.group
        else column
        for column in columns
    ]


def _plain(header: str) -> str:
    text = fold(header).strip(" *:?#").replace("_", " ")
    return " ".join(text.split())


def _with_last_first(table: Table, column: Column) -> Column:
    """A name of which nearly every cell is “Last, First” is read so."""
    if column.field not in {Field.NAME, Field.PREFERRED_NAME}:
        return column
    names = [cells for _, cells, _ in table.rows[:_LOOKED_AT] if cells[column.index].strip()]
    turned = sum(given_name_of(cells[column.index]) != "" for cells in names)
    # Where the parts stand in columns of their own, or we wrote the file, a comma is part of the name.
    others = {Field.FIRST_NAME, Field.LAST_NAME, Field.BIRTH_PRECISION}
    alone = not any(_guess(0, header).field in others for header in table.headers)
    return replace(column, field=Field.LAST_FIRST) if alone and names and turned * 10 >= len(names) * 8 else column
