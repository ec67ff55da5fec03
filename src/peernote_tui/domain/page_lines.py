"""What stands on a participant's page, typed in one line each: a contact, a person around them, a number, an answer.

Each reader forgives order and wording; what a line is read as is said back before it is kept. Each `say_…` gives the
line that would enter the same thing again. Parts are set apart by commas, or by semicolons where a part holds a comma.
"""

from __future__ import annotations

import re

from peernote_tui.domain.base import clean_line
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.participant import (
    Contact,
    ContactKind,
    CustomField,
    OtherId,
    PersonAround,
    Safe,
    Safety,
)

_KIND = re.compile(r"(phone|tel|mobile|cell|e-?mail|address|other)\b[:.]?\s+(.+)", re.IGNORECASE)
_KINDS = {
    "phone": ContactKind.PHONE,
    "tel": ContactKind.PHONE,
    "mobile": ContactKind.PHONE,
    "cell": ContactKind.PHONE,
    "email": ContactKind.EMAIL,
    "e-mail": ContactKind.EMAIL,
    "address": ContactKind.ADDRESS,
    "other": ContactKind.OTHER,
}
_NUMBER = re.compile(r"\+?[0-9 ()./x-]{5,}", re.IGNORECASE)
_LEAST_DIGITS = 5
_WAY = r"(?P<way>call|voice ?mail|text)(?:s|ing)?"
_SAFETY = (
    re.compile(rf"(?:safe to )?{_WAY}\s*[:=]?\s*(?P<answer>yes|ok|okay|fine|safe|no|never|unsafe|not asked|\?)"),
    re.compile(rf"(?P<answer>ok|okay|fine|safe|no|never|don[’']?t|do not)\s+(?:to )?(?:leave )?(?:a )?{_WAY}"),
)
_ALONE = re.compile(_WAY)
_YES = frozenset({"yes", "ok", "okay", "fine", "safe"})
_ASK = frozenset({"not asked", "?"})
_EMERGENCY = re.compile(r"!|(?:in an |for )?emergenc(?:y|ies)(?: contact| person)?|ice", re.IGNORECASE)
_REMARK = re.compile(r"(?:remark|note):\s*(.*)", re.IGNORECASE)
_LABELLED = re.compile(r"([^:]*):\s*(.*)")


def parse_contact(line: str) -> Contact:
    """A further way to reach somebody, such as "555-0142, work, voicemail no, text yes, after six".

    The kind is a word in front (phone, email, address, other) or told by its looks. Without semicolons a whole
    address is one part, commas and all.

    Raises:
        InvalidInputError: Nothing to reach anybody by, or "text" stands there without yes or no.
    """
    parts = _parts(line)
    kind, value = _kind_and_value(parts[0] if parts else "")
    if not value:
        raise InvalidInputError("Where do they answer?", "Begin with the number or address.", field="contacts")
    rest = parts[1:]
    if kind is ContactKind.ADDRESS and ";" not in line:
        value, rest = ", ".join((value, *rest)), []
    safety: dict[str, Safe] = {}
    words: list[str] = []
    remark = ""
    for part in rest:
        told = _safety(part)
        if told is not None:
            safety[told[0]] = told[1]
        elif match := _REMARK.fullmatch(part):
            remark = match[1]
        else:
            words.append(part)
    label, *more = words or [""]
    return Contact(
        kind=kind,
        value=_line(value),
        label=_name(label),
        safety=Safety(**safety),
        remark=_line(", ".join((*more, *([remark] if remark else [])))),
    )


def parse_phone(line: str) -> tuple[str, Safety]:
    """The number to call first, and what may be done with it: "555-0142, voicemail no". Other words stay beside it."""
    safety: dict[str, Safe] = {}
    kept: list[str] = []
    for part in _parts(line):
        told = None if _ALONE.fullmatch(part.casefold()) else _safety(part)
        if told is None:
            kept.append(part)
        else:
            safety[told[0]] = told[1]
    return _name(", ".join(kept)), Safety(**safety)


def say_phone(number: str, safety: Safety) -> str:
    """The line that would enter the number to call first again, with what may be done with it."""
    told = [f"{way} {answer.value}" for way, answer in _ways(safety) if answer is not _ASKED]
    return ", ".join([number, *told]) if number else ""


def say_contact(contact: Contact) -> str:
    """The line that would enter a contact again."""
    told = [f"{way} {answer.value.replace('_', ' ')}" for way, answer in _ways(contact.safety) if answer is not _ASKED]
    return _joined(
        f"{contact.kind.value} {contact.value}", contact.label, *told, _remark(contact.remark, after=contact.label)
    )


def parse_person(line: str) -> PersonAround:
    """Somebody around a participant, such as "Rosa Santos, mother, 555-0143, emergency".

    Raises:
        InvalidInputError: There is no name.
    """
    parts = _parts(line)
    emergency = False
    phone = remark = name = ""
    words: list[str] = []
    for part in parts:
        if _EMERGENCY.fullmatch(part):
            emergency = True
        elif match := _REMARK.fullmatch(part):
            remark = match[1]
        elif not name:
            name = part
        elif not phone and _is_number(part):
            phone = part
        else:
            words.append(part)
    if name.startswith("!"):
        emergency, name = True, name[1:].strip()
    if not name:
        raise InvalidInputError("Who is it?", "Begin with a name.", field="people")
    relation, *more = words or [""]
    return PersonAround(
        name=_name(name),
        relation=_name(relation),
        phone=_name(phone),
        emergency=emergency,
        remark=_line(", ".join((*more, *([remark] if remark else [])))),
    )


def say_person(person: PersonAround) -> str:
    """The line that would enter a person around somebody again."""
    emergency = "emergency" if person.emergency else ""
    remark = _remark(person.remark, after=person.relation)
    return _joined(person.name, person.relation, person.phone, emergency, remark)


def parse_other_id(line: str) -> OtherId:
    """A number that somebody else keeps, such as "Medicaid: 4711".

    Raises:
        InvalidInputError: There is no number.
    """
    label, value = _labelled(line)
    if not value:
        raise InvalidInputError("Which number is it?", "Such as Medicaid: 4711.", field="other_ids")
    return OtherId(label=_name(label), value=_name(value))


def say_other_id(number: OtherId) -> str:
    """The line that would enter such a number again."""
    return _say_labelled(number.label, number.value)


def parse_custom(line: str) -> CustomField:
    """An agency's own question and its answer, such as "Shoe size: 9".

    Raises:
        InvalidInputError: There is no question before a colon.
    """
    label, value = _labelled(line)
    if not label:
        raise InvalidInputError("What is asked?", "Such as Shoe size: 9, with a colon between.", field="custom")
    return CustomField(label=_name(label), value=_line(value))


def say_custom(field: CustomField) -> str:
    """The line that would enter such an answer again."""
    return _say_labelled(field.label, field.value)


_ASKED = Safe.NOT_ASKED


def _ways(safety: Safety) -> tuple[tuple[str, Safe], ...]:
    return (("call", safety.call), ("voicemail", safety.voicemail), ("text", safety.text))


def _parts(line: str) -> list[str]:
    between = ";" if ";" in line else ","
    return [part for each in line.split(between) if (part := " ".join(each.split()))]


def _joined(*parts: str) -> str:
    told = [part for part in parts if part]
    # A semicolon at the end says that commas belong to the parts, also where there is only one.
    return "; ".join(told) + (";" if len(told) == 1 else "") if any("," in part for part in told) else ", ".join(told)


def _remark(remark: str, *, after: str) -> str:
    return remark if after or not remark else f"remark: {remark}"


def _kind_and_value(part: str) -> tuple[ContactKind, str]:
    if match := _KIND.fullmatch(part):
        return _KINDS[match[1].casefold()], match[2]
    if part.casefold() in _KINDS:
        return ContactKind.OTHER, ""
    if "@" in part:
        return ContactKind.EMAIL, part
    if _is_number(part) or not part:
        return ContactKind.PHONE, part
    return (ContactKind.ADDRESS if any(sign.isdigit() for sign in part) else ContactKind.OTHER), part


def _is_number(part: str) -> bool:
    return bool(_NUMBER.fullmatch(part)) and sum(sign.isdigit() for sign in part) >= _LEAST_DIGITS


def _safety(part: str) -> tuple[str, Safe] | None:
    plain = part.casefold()
    for pattern in _SAFETY:
        if match := pattern.fullmatch(plain):
            answer = match["answer"]
            safe = Safe.YES if answer in _YES else Safe.NOT_ASKED if answer in _ASK else Safe.NO
            return match["way"].replace(" ", ""), safe
    if _ALONE.fullmatch(plain):
        raise InvalidInputError(f"Is “{plain}” safe or not?", f"Write {plain} yes or {plain} no.", field="contacts")
    return None


def _labelled(line: str) -> tuple[str, str]:
    match = _LABELLED.fullmatch(" ".join(line.split()))
    return (match[1].strip(), match[2].strip()) if match else ("", " ".join(line.split()))


def _say_labelled(label: str, value: str) -> str:
    if not label:
        return f": {value}" if ":" in value else value
    return f"{label}: {value}".strip()


def _name(text: str) -> str:
    return clean_line(text, field="", longest=200)


def _line(text: str) -> str:
    return clean_line(text, field="")
