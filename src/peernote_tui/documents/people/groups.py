"""The cells of one row put together: names from their parts, contacts and people from the columns of their group."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from peernote_tui.documents.people.births import Births
from peernote_tui.documents.people.columns import Column, Field, given_name_of
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.names import fold
from peernote_tui.domain.participant import BirthPrecision, ContactKind, Part2Status, Safe

_YES = frozenset({"yes", "y", "true", "1", "x", "ok", "okay", "ja", "si", "oui", "wahr", "verdadero", "vrai"})
_NO = frozenset({"no", "n", "false", "0", "nein", "non", "falsch", "falso", "faux"})
_UNKNOWN = frozenset({"", "not asked", "not reviewed", "unknown", "unbekannt", "desconocido", "inconnu", "n/a", "-"})
_EMERGENCY = re.compile("emerg|notfall|urgenc|prevenir")
# As spreadsheets write a long number in a narrow column.
_SHORTENED = re.compile(r"\d([.,]\d+)?E\+\d{2,}")
_KINDS = {Field.PHONE: ContactKind.PHONE, Field.EMAIL: ContactKind.EMAIL, Field.ADDRESS: ContactKind.ADDRESS}
_PARTS = frozenset({Field.STREET, Field.CITY, Field.REGION, Field.POSTCODE, Field.COUNTRY})
_LISTS = {
    Field.ALIAS: "aliases",
    Field.LANGUAGE: "languages",
    Field.STRENGTH: "strengths",
    Field.GOAL: "goals",
}


class RowReader:
    """Reads rows of one file.

    Args:
        columns: What each column fills.
        births: How birth dates are read.
    """

    def __init__(self, columns: Sequence[Column], births: Births) -> None:
        self._births = births
        self._columns = [column for column in columns if column.field is not Field.LEFT_OUT]
        self._single = {column.field: column for column in reversed(self._columns) if not column.group}
        self._by_field: dict[Field, list[Column]] = {}
        self._in_group: dict[tuple[str, Field], Column] = {}
        self._parts: dict[str, list[Column]] = {}
        for column in self._columns:
            self._by_field.setdefault(column.field, []).append(column)
            if column.group:
                self._in_group.setdefault((column.group, column.field), column)
            if column.field in _PARTS:
                self._parts.setdefault(column.group, []).append(column)

    def read(self, cells: Sequence[str]) -> dict[str, Any]:
        """The values of a participant.

        Raises:
            InvalidInputError: A cell cannot be understood; names the column and the reason.
        """
        phones, contacts = self._contacts(cells)
        values: dict[str, Any] = {
            **self._names(cells),
            **self._birth(cells),
            "pronouns": self._one(cells, Field.PRONOUNS),
            "external_id": self._number(cells, Field.EXTERNAL_ID),
            "about": self._one(cells, Field.ABOUT),
            "phone": phones[0]["value"] if phones else "",
            "phone_safety": self._safety(cells, ""),
            "contacts": (*phones[1:], *contacts),
            "people": tuple(self._people(cells)),
            "other_ids": tuple(self._labelled(cells, Field.OTHER_ID, Field.OTHER_ID_LABEL)),
            "custom": tuple(self._labelled(cells, Field.CUSTOM, Field.CUSTOM_LABEL)),
        }
        if reviewed := self._one(cells, Field.PART2):
            words = self._word(self._single[Field.PART2], reviewed, yes_or_no)
            values["part2"] = {Safe.YES: Part2Status.YES, Safe.NO: Part2Status.NO}.get(words, Part2Status.NOT_REVIEWED)
        for chosen, name in _LISTS.items():
            values[name] = tuple(
                value for column in self._by_field.get(chosen, ()) for value in _several(column, cells)
            )
        return values

    def _one(self, cells: Sequence[str], chosen: Field) -> str:
        column = self._single.get(chosen)
        return cells[column.index].strip() if column is not None else ""

    def _beside(self, cells: Sequence[str], group: str, chosen: Field) -> str:
        column = self._in_group.get((group, chosen)) if group else None
        return cells[column.index].strip() if column is not None else ""

    def _number(self, cells: Sequence[str], chosen: Field) -> str:
        value = self._one(cells, chosen)
        if value:
            _require_digits(self._single[chosen], value)
        return value

    def _names(self, cells: Sequence[str]) -> dict[str, str]:
        given = [Field.FIRST_NAME, Field.MIDDLE_NAME, Field.LAST_NAME, Field.NAME_SUFFIX]
        composed = " ".join(part for part in (self._one(cells, each) for each in given) if part)
        turned = self._one(cells, Field.LAST_FIRST)
        if first := given_name_of(turned):
            turned = f"{first} {turned.partition(',')[0].strip()}"
        whole = self._one(cells, Field.NAME) or turned or composed
        preferred = self._one(cells, Field.PREFERRED_NAME)
        legal = self._one(cells, Field.LEGAL_NAME)
        # The other name beside a preferred one is shown on demand only, never beside it.
        if not legal and preferred and whole and fold(preferred) != fold(whole):
            legal = whole
        return {"name": preferred or whole, "legal_name": legal}

    def _birth(self, cells: Sequence[str]) -> dict[str, Any]:
        precision = self._one(cells, Field.BIRTH_PRECISION)
        found = None
        if text := self._one(cells, Field.BORN):
            found = self._births.read(text)
        elif text := self._one(cells, Field.AGE):
            found = self._births.read_age(text)
        values: dict[str, Any] = {"born": found.value if found else ""}
        if precision:
            try:
                values["birth_precision"] = BirthPrecision(fold(precision))
            except ValueError:
                column = self._single[Field.BIRTH_PRECISION]
                raise InvalidInputError(f"{column.name} is exact, year or estimated.") from None
        elif found:
            values["birth_precision"] = BirthPrecision(found.precision.value)
        return values

    def _contacts(self, cells: Sequence[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """The phones, of which the first becomes the participant's, and all other contacts."""
        phones: list[dict[str, Any]] = []
        contacts: list[dict[str, Any]] = []
        told: set[str] = set()
        for column in self._columns:
            if column.field in _KINDS:
                for value in _several(column, cells):
                    if column.field is Field.PHONE:
                        _require_digits(column, value)
                    label = self._beside(cells, column.group, Field.CONTACT_LABEL).removeprefix("* ") or column.label
                    one = {"kind": _KINDS[column.field], "value": value, "label": label}
                    (phones if column.field is Field.PHONE else contacts).append(one)
            elif column.field is Field.CONTACT and (value := cells[column.index].strip()):
                contacts.append(self._contact(cells, column, value))
            elif column.field in _PARTS and column.group not in told:
                told.add(column.group)
                parts = [" ".join(cells[one.index].split()) for one in self._parts[column.group]]
                if any(parts):
                    label = self._beside(cells, column.group, Field.CONTACT_LABEL).removeprefix("* ") or column.label
                    value = ", ".join(part for part in parts if part)
                    contacts.append({"kind": ContactKind.ADDRESS, "value": value, "label": label})
        # A number that stands there twice is one number.
        return list({one["value"]: one for one in reversed(phones)}.values())[::-1], contacts

    def _contact(self, cells: Sequence[str], column: Column, value: str) -> dict[str, Any]:
        kind = self._beside(cells, column.group, Field.CONTACT_KIND)
        try:
            known = ContactKind(fold(kind)) if kind else ContactKind.OTHER
        except ValueError:
            raise InvalidInputError(f"The kind of {column.name} is phone, email, address or other.") from None
        return {
            "kind": known,
            "value": value,
            "label": self._beside(cells, column.group, Field.CONTACT_LABEL),
            "remark": self._beside(cells, column.group, Field.CONTACT_REMARK),
            "safety": self._safety(cells, column.group),
        }

    def _safety(self, cells: Sequence[str], group: str) -> dict[str, Safe]:
        found = {}
        for chosen, name in _SAFE.items():
            column = self._in_group.get((group, chosen)) if group else self._single.get(chosen)
            if column is not None:
                found[name] = self._word(column, cells[column.index], yes_or_no)
        return found

    def _people(self, cells: Sequence[str]) -> list[dict[str, Any]]:
        people = []
        groups = dict.fromkeys(
            column.group for column in self._columns if column.field in {Field.PERSON, Field.PERSON_PHONE}
        )
        for group in groups:
            found = {
                "name": self._beside(cells, group, Field.PERSON),
                "relation": self._beside(cells, group, Field.PERSON_RELATION),
                "phone": self._beside(cells, group, Field.PERSON_PHONE),
                "remark": self._beside(cells, group, Field.PERSON_REMARK),
            }
            if not found["name"] and not found["phone"]:
                continue
            column = self._in_group.get((group, Field.PERSON)) or self._in_group[group, Field.PERSON_PHONE]
            said = self._in_group.get((group, Field.PERSON_EMERGENCY))
            emergency = bool(_EMERGENCY.search(fold(column.header)))
            if said is not None:
                emergency = self._word(said, cells[said.index], yes_or_no) is Safe.YES
            found["name"] = found["name"] or found["relation"] or found["phone"]
            found["relation"] = found["relation"] or column.label
            people.append({**found, "emergency": emergency})
        return people

    def _labelled(self, cells: Sequence[str], value: Field, label: Field) -> list[dict[str, str]]:
        found = []
        for column in self._by_field.get(value, ()):
            text = cells[column.index].strip()
            said = self._in_group.get((column.group, label)) if column.group else None
            name = cells[said.index].strip() if said is not None else column.header
            # A question without its answer is kept; a heading of the file without one is none.
            if text or (said is not None and name):
                if value is Field.OTHER_ID:
                    _require_digits(column, text)
                found.append({"label": name, "value": text})
        return found

    @staticmethod
    def _word(column: Column, text: str, understood: Callable[[str], Safe | None]) -> Safe:
        found = understood(text)
        if found is None:
            raise InvalidInputError(f"{column.name} is neither yes nor no.")
        return found


_SAFE = {Field.SAFE_CALL: "call", Field.SAFE_VOICEMAIL: "voicemail", Field.SAFE_TEXT: "text"}


def yes_or_no(text: str) -> Safe | None:
    """What a cell says of something that is yes or no, in the words of lists; None when it is neither."""
    word = fold(text)
    if word in _UNKNOWN:
        return Safe.NOT_ASKED
    if word in _YES:
        return Safe.YES
    return Safe.NO if word in _NO else None


def _several(column: Column, cells: Sequence[str]) -> list[str]:
    texts = [cells[column.index]]
    for sign in column.parting:
        texts = [part for text in texts for part in text.split(sign)]
    return [text.strip() for text in texts if text.strip()]


def _require_digits(column: Column, value: str) -> None:
    if _SHORTENED.fullmatch(value):
        raise InvalidInputError(f"{column.name}: a spreadsheet shortened this number; take it from where it came from.")
