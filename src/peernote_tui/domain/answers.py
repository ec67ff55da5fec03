"""An answer to a field of a template: understood as typed, said back, and worked with.

What is stored is JSON: a text, yes or no, a whole number (of a scale, or minutes of a duration), the text of a decimal
number, `YYYY-MM-DD`, `HH:MM`, two of these for a span, a list of choices, a list of rows by column key,
or `{"participant": id}` for somebody whose name is not to stand in the note.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, DecimalException
from typing import Any

from peernote_tui.domain.answer_checks import SCALE_TO, answer_problem
from peernote_tui.domain.base import clean_text
from peernote_tui.domain.dates import SessionTime, Toward, minutes, say_day, understand_day, understand_session
from peernote_tui.domain.dates.times import read_clock, read_duration
from peernote_tui.domain.dates.words import tidy
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.expressions import Value
from peernote_tui.domain.names import fold
from peernote_tui.domain.template import FieldKind, TemplateField

ANOTHER = "another participant"
"""How somebody reads whom an answer means by their record."""
_TEXTS = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.OWN_WORDS, FieldKind.PHONE, FieldKind.STAFF,
                    FieldKind.PARTICIPANT, FieldKind.ATTESTATION})  # fmt: skip
_NUMBERS = frozenset({FieldKind.NUMBER, FieldKind.MONEY})
_GROUPED = re.compile(r"(\d{1,3})((?:[,' ]\d{3})+)(\.\d+)?")
_PHONE = re.compile(r"\+?[\d\s()./-]{3,40}(?:\s?(?:x|ext\.?)\s?\d{1,8})?", re.IGNORECASE)
_LONGEST_NUMBER = 30
_BETWEEN = re.compile(r"[,;]")


@dataclass(frozen=True, slots=True)
class Asked:
    """When and where something is typed.

    Attributes:
        now: The local date and time.
        day_first: How numbers such as 5/6 are ordered; None refuses what can be read both ways.
    """

    now: datetime
    day_first: bool | None = None


def understand_answer(field: TemplateField, text: str, asked: Asked) -> Any:
    """What a text typed into a field means, as it is stored; None for an empty one.

    Raises:
        InvalidInputError: It does not fit the field; the sentence never quotes it.
    """
    text = clean_text(text).strip()
    if not text:
        return None
    found = _READERS.get(field.kind, _read_text)(field, text, asked)
    problem = answer_problem(field, found)
    if problem:
        raise InvalidInputError(problem, field.example and f"It looks like: {field.example}", field=field.key)
    return found


def referred(value: Any) -> str:
    """The id of the participant that an answer means; empty for words."""
    return str(value["participant"]) if isinstance(value, dict) and set(value) == {"participant"} else ""


def answer_text(field: TemplateField, value: Any) -> str:
    """A stored answer as it would be typed; it means the same on any later day."""
    if value is None:
        return ""
    if field.kind is FieldKind.PARTICIPANT and referred(value):
        return ANOTHER
    if field.kind is FieldKind.TIME_SPAN and isinstance(value, list):
        return "-".join(str(part) for part in value)
    if field.kind is FieldKind.DURATION and isinstance(value, int):
        return _duration_words(value)
    if field.kind in (FieldKind.CHOICES, FieldKind.TAGS) and isinstance(value, list | tuple):
        return ", ".join(_label(field, str(each)) for each in value)
    if field.kind is FieldKind.CHOICE:
        return _label(field, str(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def answer_words(field: TemplateField, value: Any, *, today: date = date.min) -> str:
    """A stored answer as it reads: "12 miles", "Fri 27 Nov 2026", "14:00 to 14:45 (45 minutes)", "Housing, Sleep".

    Args:
        field: The question.
        value: As it is stored.
        today: The local day where "tomorrow" may be said; days are written out when left out.
    """
    if value is None:
        return ""
    match field.kind:
        case FieldKind.DATE:
            return say_day(date.fromisoformat(value), today=today)
        case FieldKind.TIME_SPAN:
            start, end = (time.fromisoformat(part) for part in value)
            length = minutes(SessionTime(date.min, start, end)) or 0
            return f"{start:%H:%M} to {end:%H:%M} ({length} minutes)"
        case FieldKind.SCALE:
            return f"{value} of {field.most if field.most is not None else SCALE_TO}"
        case FieldKind.YES_NO:
            return "Yes" if value else "No"
        case FieldKind.NUMBER | FieldKind.MONEY | FieldKind.COMPUTED:
            return f"{_computed_words(value)} {field.unit}".strip()
    return answer_text(field, value)


def _computed_words(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)


def choice_digits(field: TemplateField) -> tuple[str, ...]:
    """What is typed for each choice, beside its words.

    It is the place, from 1; or the value where one of several single digits is taken, so that 2 means 2 on a form with
    scores.
    """
    values = [choice.value for choice in field.choices]
    if field.kind is FieldKind.CHOICE and all(len(value) == 1 and value in "0123456789" for value in values):
        return tuple(values)
    return tuple(str(place) for place in range(1, len(values) + 1))


def scale_ends(field: TemplateField) -> tuple[int, int]:
    """The ends of a scale, 0 and 10 where the template says nothing."""
    return int(field.least if field.least is not None else 0), int(field.most if field.most is not None else SCALE_TO)


def typed_value(field: TemplateField, value: Any) -> Any:
    """A stored answer as an expression works with it; None where it is none or does not fit."""
    if value is None or answer_problem(field, value):
        return None
    match field.kind:
        case FieldKind.NUMBER | FieldKind.MONEY | FieldKind.SCALE | FieldKind.DURATION:
            return Decimal(value)
        case FieldKind.DATE:
            return date.fromisoformat(value)
        case FieldKind.TIME:
            return time.fromisoformat(value)
        case FieldKind.TIME_SPAN:
            return tuple(time.fromisoformat(part) for part in value)
        case FieldKind.CHOICES | FieldKind.TAGS:
            return tuple(value)
        case FieldKind.ROWS:
            return tuple(
                {column.key: typed_value(column, row.get(column.key)) for column in field.columns} for row in value
            )
        case FieldKind.PARTICIPANT if referred(value):
            return ANOTHER
        case FieldKind.COMPUTED:
            return None
    return value


def stored_value(value: Value) -> Any:
    """What an expression gave, as it is stored."""
    if isinstance(value, bool | str) or value is None:
        return value
    if isinstance(value, Decimal):
        plain = value.normalize()
        return format(plain or Decimal(0), "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return [stored_value(each) for each in value]


def _read_text(_: TemplateField, text: str, __: Asked) -> str:
    return text


def _read_number(field: TemplateField, text: str, _: Asked) -> str:
    bare = text.removesuffix(field.unit).removeprefix(field.unit).strip() if field.unit else text
    bare = bare.lstrip("$€£¥ ").strip() if field.kind is FieldKind.MONEY else bare
    if grouped := _GROUPED.fullmatch(bare):
        bare = grouped[1] + re.sub(r"\D", "", grouped[2]) + (grouped[3] or "")
    try:
        number = Decimal(bare) if len(bare) <= _LONGEST_NUMBER and bare.isascii() and "e" not in bare.lower() else None
    except DecimalException:
        number = None
    if number is None or not number.is_finite():
        raise InvalidInputError("A number is needed here.", f"Such as {field.example or '12'}.", field=field.key)
    return format(number, "f")


def _read_date(field: TemplateField, text: str, asked: Asked) -> str:
    toward = Toward.FUTURE if field.ahead else Toward.PAST
    return understand_day(text, today=asked.now.date(), toward=toward, day_first=asked.day_first).isoformat()


def _read_time(field: TemplateField, text: str, _: Asked) -> str:
    clock = read_clock(tidy(text))
    if clock is None:
        raise InvalidInputError("A time is needed here.", "Such as 14:00 or 2pm.", field=field.key)
    return f"{clock.usual():%H:%M}"


def _read_span(field: TemplateField, text: str, asked: Asked) -> list[str]:
    found = understand_session(text, now=asked.now, day_first=asked.day_first)
    if found.start is None or found.end is None:
        raise InvalidInputError(
            "When it began and ended is needed here.", "Such as 2-245 or 14:00-14:45.", field=field.key
        )
    return [f"{found.start:%H:%M}", f"{found.end:%H:%M}"]


def _read_duration(field: TemplateField, text: str, _: Asked) -> int:
    plain = tidy(text)
    found = int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 4 else read_duration(plain)
    if found is None:
        raise InvalidInputError("A length of time is needed here.", "Such as 45m or 1h30.", field=field.key)
    return found


def _read_scale(field: TemplateField, text: str, _: Asked) -> int:
    if not text.isascii() or not text.removeprefix("-").isdigit() or len(text) > 6:
        raise InvalidInputError("A whole number is needed here.", field=field.key)
    return int(text)


def _read_yes(field: TemplateField, text: str, _: Asked) -> bool:
    word = fold(text)
    if word not in {"yes", "y", "no", "n"}:
        raise InvalidInputError("Yes or no is needed here.", field=field.key)
    return word.startswith("y")


def _read_choice(field: TemplateField, text: str, _: Asked) -> str:
    return _chosen(field, text)


def _read_choices(field: TemplateField, text: str, _: Asked) -> list[str]:
    words = [word.strip() for word in _BETWEEN.split(text) if word.strip()]
    # A label that holds commas itself is taken whole, so that what is said back can be typed again.
    whole = {
        tuple(_plain_parts(choice.label)): choice.value for choice in field.choices if _BETWEEN.search(choice.label)
    }
    longest = max(map(len, whole), default=1)
    found: list[str] = []
    while words:
        count = next((n for n in range(longest, 1, -1) if tuple(map(_plain, words[:n])) in whole), 1)
        found.append(_chosen(field, words[0]) if count == 1 else whole[tuple(map(_plain, words[:count]))])
        del words[:count]
    return list(dict.fromkeys(found))


def _plain_parts(text: str) -> list[str]:
    return [_plain(part.strip()) for part in _BETWEEN.split(text) if part.strip()]


def _read_tags(_: TemplateField, text: str, __: Asked) -> list[str]:
    return list(dict.fromkeys(word.strip() for word in _BETWEEN.split(text) if word.strip()))


def _chosen(field: TemplateField, text: str) -> str:
    digits = choice_digits(field)
    if text in digits:
        return field.choices[digits.index(text)].value
    wanted = _plain(text)
    exact = [choice for choice in field.choices if wanted in (_plain(choice.label), _plain(choice.value))]
    fitting = exact or [choice for choice in field.choices if _plain(choice.label).startswith(wanted)]
    if len(fitting) != 1:
        raise InvalidInputError("This is none of the answers.", "A number or a word of one is needed.", field=field.key)
    return fitting[0].value


def _plain(text: str) -> str:
    return fold(text).replace("-", " ").replace("_", " ")


def _label(field: TemplateField, value: str) -> str:
    return next((choice.label for choice in field.choices if choice.value == value), value)


def _duration_words(length: int) -> str:
    hours, rest = divmod(length, 60)
    if not hours:
        return f"{rest}m"
    return f"{hours}h{rest:02}" if rest else f"{hours}h"


_READERS: dict[FieldKind, Callable[[TemplateField, str, Asked], Any]] = {
    FieldKind.NUMBER: _read_number,
    FieldKind.MONEY: _read_number,
    FieldKind.DATE: _read_date,
    FieldKind.TIME: _read_time,
    FieldKind.TIME_SPAN: _read_span,
    FieldKind.DURATION: _read_duration,
    FieldKind.SCALE: _read_scale,
    FieldKind.YES_NO: _read_yes,
    FieldKind.CHOICE: _read_choice,
    FieldKind.CHOICES: _read_choices,
    FieldKind.TAGS: _read_tags,
}
