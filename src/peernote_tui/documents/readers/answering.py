"""What stands under a label, as the answer to its field; what is not understood stays as words, with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from peernote_tui.documents.readers.gathering import Under
from peernote_tui.documents.readers.labels import folded
from peernote_tui.domain.answer_rows import understand_row
from peernote_tui.domain.answers import Asked, understand_answer
from peernote_tui.domain.base import LINE, LONG_TEXT, TAG
from peernote_tui.domain.dates import understand_session
from peernote_tui.domain.errors import InvalidInputError
from peernote_tui.domain.next_contact import understand_contact
from peernote_tui.domain.not_placed import NotPlaced
from peernote_tui.domain.note import AgreedAction, NoteContent
from peernote_tui.domain.referral_line import agreed_action, understand_agreed
from peernote_tui.domain.template import FieldKind, TemplateField

_TEXTS = frozenset({FieldKind.LONG_TEXT, FieldKind.OWN_WORDS})
_LINES = frozenset({FieldKind.TEXT, FieldKind.PHONE, FieldKind.STAFF, FieldKind.PARTICIPANT})
_CHOSEN = frozenset({FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.YES_NO, FieldKind.SCALE})
_HERE = {
    FieldKind.CONSENT: "Consent is recorded here, and not taken from a file.",
    FieldKind.ATTESTATION: "It is signed here, and not taken from a file.",
    FieldKind.ACTION_REVIEWS: "What became of an action item is told here, beside the item itself.",
}
_SEVERAL = "More than one box is ticked, and one is asked for."
_NO_CHOICE = "This is none of the answers."
_TOO_LONG = "It is longer than its box takes."
_TOO_MANY = "There are more of them than its box takes."
_LENGTH = re.compile(r"\(\d+ minutes\)|,\s*\d+ minutes\b.*$")
_MARK = re.compile(r"^\s*(?:[-*•]|>|\d{1,2}[.)])\s+")
_QUOTE = re.compile(r"^\s*>\s?")
_OF_TEN = re.compile(r"confidence (\d{1,2}) of 10", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;\n]")
_MOST_TAGS, _MOST_ACTIONS = 50, 200


class NotUnderstoodError(Exception):
    """Nothing under a label was understood.

    Args:
        left: What stands there.
    """

    def __init__(self, *left: NotPlaced) -> None:
        super().__init__()
        self.left = left


@dataclass(frozen=True, slots=True)
class Answer:
    """What was understood.

    Attributes:
        content: The note with the answer.
        given: Whether there was one.
        left: What stands beside it and is no part of it.
    """

    content: NoteContent
    given: bool = True
    left: tuple[NotPlaced, ...] = ()


def understood(under: Under, content: NoteContent, asked: Asked, name: str) -> Answer:
    """The content with what stands under the label of a field.

    Args:
        under: What stands there; its field is known.
        content: What is known so far.
        asked: When and where it is read.
        name: The participant's.

    Raises:
        NotUnderstoodError: It does not fit the field.
    """
    field = under.asked
    if field is None:
        raise TypeError(under.label)
    given = bool(under.words or any(under.rows) or any(box.ticked for box in under.boxes))
    if not given:
        return Answer(content, given=False)
    if field.kind in _HERE:
        raise NotUnderstoodError(_left(under, _everything(under), _HERE[field.kind]))
    if field.kind is FieldKind.ACTION_ROWS:
        return _actions(under, content, asked, name)
    if field.kind is FieldKind.ROWS:
        return _rows(under, field, content, asked)
    if field.kind is FieldKind.TAGS:
        return _tags(under, field, content)
    try:
        return _single(under, field, content, asked)
    except InvalidInputError as error:
        raise NotUnderstoodError(_left(under, _everything(under), str(error))) from None
    except ValidationError:
        raise NotUnderstoodError(_left(under, _everything(under), _TOO_LONG)) from None


def _single(under: Under, field: TemplateField, content: NoteContent, asked: Asked) -> Answer:
    words = under.words
    if field.kind is FieldKind.SESSION:
        when = understand_session(_plain(_LENGTH.sub("", words)), now=asked.now, day_first=asked.day_first)
        return Answer(content.model_copy(update={"day": when.day, "start": when.start, "end": when.end}))
    if field.kind is FieldKind.NEXT_CONTACT:
        planned = understand_contact(_plain(words), now=asked.now, day_first=asked.day_first)
        return Answer(content.model_copy(update={"next_contact": planned}))
    if field.kind in _CHOSEN:
        return _chosen(under, field, content, asked)
    if field.kind in _TEXTS:
        text = _unquoted(words) if field.kind is FieldKind.OWN_WORDS else words
        if len(text) > LONG_TEXT:
            raise InvalidInputError(_TOO_LONG)
        return Answer(_answered(content, field, text if _is_core(field) else understand_answer(field, text, asked)))
    line = " ".join(words.split())
    if field.kind in _LINES and len(line) > LINE:
        raise InvalidInputError(_TOO_LONG)
    return Answer(_answered(content, field, line if _is_core(field) else understand_answer(field, line, asked)))


def _chosen(under: Under, field: TemplateField, content: NoteContent, asked: Asked) -> Answer:
    """A choice by its boxes, else by its words; words beside ticked boxes are left."""
    ticked = [box.label for box in under.boxes if box.ticked]
    if not ticked:
        return Answer(
            _answered(content, field, _core(field, understand_answer(field, _as_typed(field, under.words), asked)))
        )
    if field.kind is FieldKind.CHOICES:
        known = {folded(text): choice.value for choice in field.choices for text in (choice.value, choice.label)}
        if any(folded(label) not in known for label in ticked):
            raise InvalidInputError(_NO_CHOICE)
        value: Any = list(dict.fromkeys(known[folded(label)] for label in ticked))
    elif len(ticked) > 1:
        raise InvalidInputError(_SEVERAL)
    else:
        value = _core(field, _box_value(field, ticked[0], asked))
    beside = (_left(under, under.words, "It stands beside the boxes."),) if under.words else ()
    return Answer(_answered(content, field, value), left=beside)


def _box_value(field: TemplateField, label: str, asked: Asked) -> Any:
    for choice in field.choices:
        if folded(label) in (folded(choice.label), folded(choice.value)):
            return choice.value
    if field.kind is FieldKind.CHOICE:
        raise InvalidInputError(_NO_CHOICE)
    return understand_answer(field, label, asked)


def _as_typed(field: TemplateField, words: str) -> str:
    """Words of a choice or a number as somebody would type them: "6 of 10" is 6."""
    line = " ".join(words.split())
    if field.kind is FieldKind.SCALE:
        return re.sub(r"\s*(?:of|/)\s*\d{1,4}$", "", line)
    return line


def _core(field: TemplateField, value: Any) -> Any:
    """An answer to a field that every note has, in its own type."""
    if not _is_core(field) or value is None:
        return value
    return getattr(NoteContent.model_validate({field.key: value}), field.key)


def _tags(under: Under, field: TemplateField, content: NoteContent) -> Answer:
    words = [box.label for box in under.boxes if box.ticked] + _BETWEEN.split(under.words)
    tags = list(dict.fromkeys(tag for word in words if (tag := " ".join(_MARK.sub("", word).split()).lstrip("#"))))
    long = [tag for tag in tags if len(tag) > TAG]
    kept = [tag for tag in tags if len(tag) <= TAG][:_MOST_TAGS]
    more = [tag for tag in tags if len(tag) <= TAG][_MOST_TAGS:]
    left = [_left(under, tag, _TOO_LONG) for tag in long]
    left += [_left(under, ", ".join(more), _TOO_MANY)] if more else []
    if not kept:
        raise NotUnderstoodError(*left)
    return Answer(_answered(content, field, tuple(kept) if _is_core(field) else kept), left=tuple(left))


def _actions(under: Under, content: NoteContent, asked: Asked, name: str) -> Answer:
    lines = [_typed_row(row) for row in under.rows if row]
    lines += [_typed_line(_MARK.sub("", line)) for line in under.words.split("\n") if line.strip()]
    agreed: list[AgreedAction] = list(content.agreed_actions)
    left: list[NotPlaced] = []
    for line in lines:
        try:
            read = understand_agreed(line, today=asked.now.date(), participant_name=name, day_first=asked.day_first)
            agreed.append(agreed_action(*read))
        except (InvalidInputError, ValidationError) as error:
            why = str(error) if isinstance(error, InvalidInputError) else _TOO_LONG
            left.append(_left(under, line, why))
    if len(agreed) > _MOST_ACTIONS:
        left += [_left(under, action.text, _TOO_MANY) for action in agreed[_MOST_ACTIONS:]]
        del agreed[_MOST_ACTIONS:]
    given = len(agreed) > len(content.agreed_actions)
    return Answer(content.model_copy(update={"agreed_actions": tuple(agreed)}), given=given, left=tuple(left))


def _typed_row(row: dict[str, str]) -> str:
    """A row of a printed table as it would be typed: what, @who, by when."""
    owner, due = " ".join(row.get("owner", "").split()).lstrip("@"), " ".join(row.get("due", "").split())
    parts = [" ".join(row.get("text", "").split()), _owner(owner), f"by {due.removeprefix('by ')}" if due else ""]
    return " ".join(filter(None, parts))


def _typed_line(line: str) -> str:
    """An action as a note prints it, as it would be typed; every other line as it stands."""
    text, *marks = (part.strip() for part in line.split(" · "))
    if not marks:
        return " ".join(line.split())
    typed = [text, _owner(marks[0])]
    for mark in marks[1:]:
        sure = _OF_TEN.fullmatch(mark)
        typed.append(f"sure:{sure[1]}" if sure else mark)
    return " ".join(typed)


def _owner(owner: str) -> str:
    if not owner:
        return ""
    return f'@"{owner}"' if " " in owner and '"' not in owner else f"@{owner}"


def _rows(under: Under, field: TemplateField, content: NoteContent, asked: Asked) -> Answer:
    lines = [
        "; ".join(row.get(column.key, "").replace(";", ",") for column in field.columns) for row in under.rows if row
    ]
    lines += [_MARK.sub("", line).replace(" · ", "; ") for line in under.words.split("\n") if line.strip()]
    rows: list[Any] = []
    left: list[NotPlaced] = []
    for line in lines:
        try:
            rows.append(understand_row(field, line, asked))
        except InvalidInputError as error:
            left.append(_left(under, line, str(error)))
    if not rows:
        raise NotUnderstoodError(*left)
    return Answer(_answered(content, field, rows), left=tuple(left))


def _answered(content: NoteContent, field: TemplateField, value: Any) -> NoteContent:
    if _is_core(field):
        # Checked here, so that what no note can hold is told beside its label.
        NoteContent.model_validate({field.key: value})
        return content.model_copy(update={field.key: value})
    custom = {key: held for key, held in content.custom.items() if key != field.key}
    return content.model_copy(update={"custom": {**custom, field.key: value} if value is not None else custom})


def _is_core(field: TemplateField) -> bool:
    return field.key in NoteContent.model_fields


def _left(under: Under, words: str, why: str) -> NotPlaced:
    return NotPlaced(label=under.label, words=words, why=why)


def _everything(under: Under) -> str:
    """All that stands under a label, in lines."""
    lines = [box.label for box in under.boxes if box.ticked]
    lines += ["  ".join(row.values()) for row in under.rows if row]
    return "\n".join(filter(None, (*lines, under.words)))


def _plain(text: str) -> str:
    return " ".join(text.replace(",", " ").split())


def _unquoted(words: str) -> str:
    lines = words.split("\n")
    quoted = all(line.lstrip().startswith(">") for line in lines if line.strip())
    return "\n".join(_QUOTE.sub("", line) for line in lines) if quoted else words
